"""Quadratic: everybody spends a budget of credits on votes, and k votes for one option cost k² credits; the most votes lead.

Source: Steven P. Lalley and E. Glen Weyl, Quadratic Voting: How Mechanism Design Can Radicalize Democracy, AEA Papers and
Proceedings 108 (2018), 33-37, section I. Votes against an option, which the paper knows, are left out.

>>> count(["a", "b"], [{"a": 3}, {"b": 2, "a": 1}, {"b": 2}], {"budget": 9}).figures
{'a': {'points': 4, 'voters': 2, 'credits': 10}, 'b': {'points': 4, 'voters': 2, 'credits': 8}}
"""

from __future__ import annotations

from typing import Any

from facilitate.voting.result import Result, by_score, tie_steps

NAME, SHAPE = "quadratic", "points"
DISPLAY, FIGURES = "bars", ("points", "voters", "credits")
ASKS = {"cost": "square", "budget": 25, "cap": 5}
"""What the ballots of this method are checked by."""


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: votes}; the credits spent stand beside the votes."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, options: {option id: {points, voters, credits}}}."""
    figures = {option: {"points": 0, "voters": 0, "credits": 0} for option in options}
    for ballot in ballots:
        for option, votes in ballot.items():
            if option in figures and votes > 0:
                figures[option]["points"] += votes
                figures[option]["voters"] += 1
                figures[option]["credits"] += votes**2
    return {"ballots": len(ballots), "options": figures}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    figures = {option: dict(sums["options"][option]) for option in options}
    ranking = by_score({option: one["points"] for option, one in figures.items()})
    votes = sum(one["points"] for one in figures.values())
    steps = [("vote.step.quadratic", {"n": sums["ballots"], "votes": votes, "credits": sum(one["credits"] for one in figures.values())})]
    return Result(ranking, figures, [*steps, *tie_steps(ranking)])
