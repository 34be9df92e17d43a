"""Impact and effort: everybody rates both from 1 to 5; quick wins come first, then big projects, fill-ins and thankless tasks.

The quadrant follows from the two means, above 3 being high; within a quadrant the mean impact minus the mean effort decides.
Only marks with both values count. Source: the action priority matrix (Mind Tools; quick wins, major projects, fill-ins and
thankless tasks, to be done in this order); the two axes as in Dave Gray, Sunni Brown and James Macanufo, Gamestorming (2010),
"Impact & Effort Matrix".

>>> counted = count(["a", "b"], [{"a": {"impact": 5, "effort": 2}, "b": {"impact": 4}}, {"a": {"impact": 4, "effort": 2}}], {})
>>> counted.figures["a"]["impact"], counted.figures["a"]["quadrant"], counted.figures["b"]["opinions"]
('9/2', 'quick', 0)
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from facilitate.voting.result import Result, Step, by_score, exact, tie_steps

NAME, SHAPE = "impact-effort", "two_scales"
DISPLAY, FIGURES = "quadrants", ("impact", "effort", "opinions")
MIDDLE, STEPS = 3, 5
QUADRANTS = ("quick", "big", "fill", "thankless")
"""High impact and low effort, both high, both low, low impact and high effort: in the order in which they are taken up."""


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: {"impact": 1 to 5, "effort": 1 to 5}}; the spread is the variance."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, marks: {option id: [how often each impact from 1 to 5, how often each effort]}}."""
    marks = {option: [[0] * STEPS, [0] * STEPS] for option in sorted(options)}
    for ballot in ballots:
        for option, mark in ballot.items():
            if option in marks and len(mark) == 2:
                marks[option][0][mark["impact"] - 1] += 1
                marks[option][1][mark["effort"] - 1] += 1
    return {"ballots": len(ballots), "marks": marks}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    marks = {option: sums["marks"][option] for option in options}
    measured = {option: _measured(found) for option, found in marks.items() if any(found[0])}
    places = {option: quadrant(one["impact"], one["effort"]) for option, one in measured.items()}
    ranking: list[list[str]] = []
    for name in QUADRANTS:
        ranking += by_score({option: one["impact"] - one["effort"] for option, one in measured.items() if places[option] == name})
    ranking += by_score(dict.fromkeys(set(options) - set(measured), 0))
    none = dict.fromkeys(("impact", "effort", "impact_spread", "effort_spread"))
    figures = {
        option: {"opinions": sum(marks[option][0]), "quadrant": places.get(option)} | none | {axis: exact(n) for axis, n in measured.get(option, {}).items()}
        for option in options
    }
    steps: list[Step] = [("vote.step.impact", {"n": sums["ballots"]})]
    if measured:
        steps.append(("vote.step.impact_quick", {"n": sum(place == "quick" for place in places.values())}))
    details = {"middle": MIDDLE, "quadrants": _listed(places), "pattern": {one: marks[one] for one in sorted(marks)}}
    return Result(ranking, figures, [*steps, *tie_steps(ranking)], details=details)


def _measured(marks: list[list[int]]) -> dict[str, Fraction]:
    """Mean and variance of both scales."""
    found: dict[str, Fraction] = {}
    for axis, often in zip(("impact", "effort"), marks, strict=True):
        mean, square = (Fraction(sum(n * step**power for step, n in enumerate(often, start=1)), sum(often)) for power in (1, 2))
        found |= {axis: mean, f"{axis}_spread": square - mean**2}
    return found


def quadrant(impact: Fraction, effort: Fraction) -> str:
    """The quadrant of two means; the middle itself is not high."""
    if impact > MIDDLE:
        return "big" if effort > MIDDLE else "quick"
    return "thankless" if effort > MIDDLE else "fill"


def _listed(places: dict[str, str]) -> dict[str, list[str]]:
    """The options of each quadrant."""
    return {name: sorted(option for option, place in places.items() if place == name) for name in QUADRANTS}
