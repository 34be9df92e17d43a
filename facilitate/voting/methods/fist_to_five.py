"""Fist to five: everybody shows from no finger to five how far they go along; where anybody shows two or fewer, there is need to talk.

The options are ordered by the mean of those who show a hand; the details list them with the lowest hand first, because
that is what is talked about. Source: Jean Tabaka, Collaboration Explained: Facilitation Skills for Software Project Leaders
(2006), the chapter on decisions ("Fist of Five"): three fingers and more support, two and fewer ask to be heard first.

>>> counted = count(["a", "b"], [{"a": 5, "b": 3}, {"a": 1, "b": 4}], {"max": 5})
>>> counted.ranking, counted.details["talk"]
([['b'], ['a']], ['a'])
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from facilitate.voting.grades import tallied, total
from facilitate.voting.result import Result, Step, by_score, exact, tie_steps

NAME, SHAPE = "fist-to-five", "scale"
DISPLAY, FIGURES = "profile", ("mean", "lowest", "opinions")
ASKS = {"max": 5}
"""What the ballots of this method are checked by."""

SUPPORT = 3
"""The fewest fingers that support an option."""


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: fingers}."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, tallies: {option id: [how many show 0, 1, … fingers]}}."""
    return {"ballots": len(ballots), "tallies": tallied(options, ballots, settings.get("max", ASKS["max"]))}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    tallies = {option: list(sums["tallies"][option]) for option in options}
    opinions = {option: sum(tally) for option, tally in tallies.items()}
    means = {option: Fraction(total(tallies[option]), opinions[option]) if opinions[option] else Fraction(-1) for option in options}
    ranking = by_score(dict(means))
    lowest = {option: next((step for step, n in enumerate(tallies[option]) if n), None) for option in options}
    reserved = {option: sum(tallies[option][:SUPPORT]) for option in options}
    figures: dict[str, dict[str, Any]] = {one: {"score": total(tallies[one]), "opinions": opinions[one]} for one in options}
    for one, figure in figures.items():
        figure |= {"mean": exact(max(means[one], Fraction(0))), "lowest": lowest[one], "reserved": reserved[one]}
    listed = sorted(options, key=lambda one: (lowest[one] is None, lowest[one], -reserved[one], means[one], one))
    talk = [option for option in listed if reserved[option]]
    steps: list[Step] = [("vote.step.fist", {"n": sums["ballots"]})]
    if any(opinions.values()):
        steps.append(("vote.step.fist_talk", {"n": len(talk)}) if talk else ("vote.step.fist_agreed", {}))
    return Result(ranking, figures, [*steps, *tie_steps(ranking)], details={"tallies": tallies, "lowest_first": listed, "talk": talk})
