"""Majority judgement: everybody gives each option one of six words; the option with the best middle word leads.

Source: Michel Balinski and Rida Laraki, A theory of measuring, electing, and ranking, PNAS 104 (2007), 8720-8725, sections
"Majority-grade" and "Majority-ranking": where two options share the middle word (the lower one of two), one middle word at a
time is taken from each until they differ. People without an opinion of an option do not count for it; where options have
different numbers of opinions, each is counted as if all its opinions were repeated equally often until the numbers match,
which changes nothing where they are equal.

>>> count(["x", "y"], [{"x": 2, "y": 3}, {"x": 2, "y": 1}, {"x": 1, "y": 1}, {"x": 0, "y": 1}], {"max": 3}).ranking
[['x'], ['y']]
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any

from facilitate.voting.grades import tallied, total
from facilitate.voting.result import Result, Step, tie_steps

NAME, SHAPE = "majority-judgement", "scale"
DISPLAY, FIGURES = "profile", ("median", "opinions")
ASKS = {"max": 5}
"""What the ballots of this method are checked by."""

Value = tuple[tuple[int, int], ...]
"""The words around the middle, (lower, upper), from the middle outwards: the greater one wins."""


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: word, 0 being the worst}."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, tallies: {option id: [how many chose the worst word, the next one, …]}}."""
    return {"ballots": len(ballots), "tallies": tallied(options, ballots, settings.get("max", ASKS["max"]))}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    tallies = {option: list(sums["tallies"][option]) for option in options}
    values = majority_values(tallies)
    levels: dict[Value, list[str]] = {}
    for option in sorted(options):
        levels.setdefault(values[option], []).append(option)
    ranking = [levels[value] for value in sorted(levels, reverse=True)]
    medians = {option: value[0][0] if value else None for option, value in values.items()}
    figures = {
        option: {"score": total(tallies[option]), "opinions": sum(tallies[option]), "median": medians[option], **_beside(tallies[option], medians[option])}
        for option in options
    }
    steps: list[Step] = [("vote.step.majority", {"n": sums["ballots"]})]
    if ranking and (best := medians[ranking[0][0]]) is not None:
        same = sum(median == best for median in medians.values())
        steps += [("vote.step.majority_same", {"n": same})] if same > len(ranking[0]) else []
    return Result(ranking, figures, [*steps, *tie_steps(ranking)], details={"tallies": tallies})


def _beside(tally: list[int], median: int | None) -> dict[str, int]:
    """How many chose a better and how many a worse word than the middle one."""
    return {"better": 0, "worse": 0} if median is None else {"better": sum(tally[median + 1 :]), "worse": sum(tally[:median])}


def majority_values(tallies: dict[str, list[int]]) -> dict[str, Value]:
    """What remains in the middle as equal shares are taken from it on both sides; the empty value where nobody has an opinion.

    Between two offsets from the middle at which any option's word changes, every option has one lower and one upper word, so
    that the comparison of these is the comparison of the middle words taken away one by one.
    """
    shares = {option: [Fraction(n, sum(tally)) for n in accumulate(tally)] for option, tally in tallies.items() if sum(tally)}
    half = Fraction(1, 2)
    offsets = sorted({abs(share - half) for row in shares.values() for share in row} | {Fraction(0), half})
    between = [(inner + outer) / 2 for inner, outer in pairwise(offsets)]
    found: dict[str, Value] = dict.fromkeys(tallies, ())
    for option, row in shares.items():
        found[option] = tuple((bisect_left(row, half - offset), bisect_right(row, half + offset)) for offset in between)
    return found
