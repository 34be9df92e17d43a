"""Borda: an option gets a point for every option ranked below it; the highest sum leads.

Source: Jean-Charles de Borda, Mémoire sur les élections au scrutin, Histoire de l'Académie royale des sciences 1781 (1784), 657-665.
Options that share a place share the points of their places equally; what a ballot does not rank shares what is left
(Duncan Black, Partial justification of the Borda count, Public Choice 28 (1976), 1-15), so that every ballot gives the same sum.

>>> count(["a", "b", "c"], [[["a"], ["b"], ["c"]], [["b"]], [["a", "b"]]], {}).figures
{'a': {'points': 4}, 'b': {'points': '9/2'}, 'c': {'points': '1/2'}}
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from facilitate.voting.result import Result, by_score, exact, tie_steps

NAME, SHAPE = "borda", "ranking"
DISPLAY, FIGURES = "bars", ("points",)


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of tiers, best first: [["a"], ["b", "c"]]."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, doubled: {option id: twice its points}}."""
    doubled = dict.fromkeys(sorted(options), 0)
    for ballot in ballots:
        tiers = [[option for option in tier if option in doubled] for tier in ballot]
        ranked = {option for tier in tiers for option in tier}
        below = len(doubled)
        for tier in [*tiers, [option for option in doubled if option not in ranked]]:
            below -= len(tier)
            for option in tier:  # the mean of below … below + len(tier) - 1, doubled so that it is whole
                doubled[option] += 2 * below + len(tier) - 1
    return {"ballots": len(ballots), "doubled": doubled}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    doubled = {option: sums["doubled"][option] for option in sorted(options)}
    points = {option: Fraction(n, 2) for option, n in doubled.items()}
    ranking = by_score(dict(points))
    steps = [("vote.step.borda", {"n": sums["ballots"], "most": max(len(doubled) - 1, 0)}), *tie_steps(ranking)]
    details = {"points": {option: exact(n) for option, n in points.items()}, "each": exact(Fraction(len(doubled) * (len(doubled) - 1), 2))}
    return Result(ranking, {option: {"points": exact(n)} for option, n in points.items()}, steps, [], details)
