"""Dots: everybody places a budget of dots, several on one option up to a cap; the options with the most dots lead.

Source: multi-voting with cumulative points, as in Jake Knapp, Sprint (2016), chapter 10; cumulative voting goes back to
James Garth Marshall, Majorities and Minorities (1853).

>>> count(["a", "b"], [{"a": 2, "b": 1}, {"b": 1}], {"budget": 3, "cap": 3}).figures
{'a': {'points': 2, 'voters': 1}, 'b': {'points': 2, 'voters': 2}}
"""

from __future__ import annotations

from typing import Any

from facilitate.voting.result import Result, by_score, tie_steps

NAME, SHAPE = "dots", "points"
DISPLAY, FIGURES = "bars", ("points", "voters")


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: dots}; the number of different voters stands beside the dots and breaks no tie."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, points: {option id: n}, voters: {option id: n}}."""
    points, voters = dict.fromkeys(options, 0), dict.fromkeys(options, 0)
    for ballot in ballots:
        for option, dots in ballot.items():
            if option in points and dots > 0:
                points[option] += dots
                voters[option] += 1
    return {"ballots": len(ballots), "points": points, "voters": voters}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    points = {option: sums["points"][option] for option in options}
    ranking = by_score(dict(points))
    steps = [("vote.step.dots", {"n": sums["ballots"], "points": sum(points.values())}), *tie_steps(ranking)]
    return Result(ranking, {option: {"points": points[option], "voters": sums["voters"][option]} for option in options}, steps)
