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
MIDDLE = 3
QUADRANTS = ("quick", "big", "fill", "thankless")
"""High impact and low effort, both high, both low, low impact and high effort: in the order in which they are taken up."""


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: {"impact": 1 to 5, "effort": 1 to 5}}; the spread is the variance."""
    marks: dict[str, list[tuple[int, int]]] = {option: [] for option in options}
    for ballot in ballots:
        for option, mark in ballot.items():
            if option in marks and len(mark) == 2:
                marks[option].append((mark["impact"], mark["effort"]))
    measured = {option: _measured(found) for option, found in marks.items() if found}
    places = {option: quadrant(one["impact"], one["effort"]) for option, one in measured.items()}
    ranking: list[list[str]] = []
    for name in QUADRANTS:
        ranking += by_score({option: one["impact"] - one["effort"] for option, one in measured.items() if places[option] == name})
    ranking += by_score(dict.fromkeys(set(options) - set(measured), 0))
    none = dict.fromkeys(("impact", "effort", "impact_spread", "effort_spread"))
    figures = {
        option: {"opinions": len(marks[option]), "quadrant": places.get(option)} | none | {axis: exact(n) for axis, n in measured.get(option, {}).items()}
        for option in options
    }
    steps: list[Step] = [("vote.step.impact", {"n": len(ballots)})]
    if measured:
        steps.append(("vote.step.impact_quick", {"n": sum(place == "quick" for place in places.values())}))
    return Result(ranking, figures, [*steps, *tie_steps(ranking)], details={"middle": MIDDLE, "quadrants": _listed(places), "pattern": _pattern(marks)})


def _measured(marks: list[tuple[int, int]]) -> dict[str, Fraction]:
    """Mean and variance of both scales."""
    found: dict[str, Fraction] = {}
    for index, axis in enumerate(("impact", "effort")):
        mean = Fraction(sum(mark[index] for mark in marks), len(marks))
        found |= {axis: mean, f"{axis}_spread": Fraction(sum(mark[index] ** 2 for mark in marks), len(marks)) - mean**2}
    return found


def quadrant(impact: Fraction, effort: Fraction) -> str:
    """The quadrant of two means; the middle itself is not high."""
    if impact > MIDDLE:
        return "big" if effort > MIDDLE else "quick"
    return "thankless" if effort > MIDDLE else "fill"


def _listed(places: dict[str, str]) -> dict[str, list[str]]:
    """The options of each quadrant."""
    return {name: sorted(option for option, place in places.items() if place == name) for name in QUADRANTS}


def _pattern(marks: dict[str, list[tuple[int, int]]]) -> dict[str, list[list[int]]]:
    """How often each impact and each effort was chosen, [[1 … 5], [1 … 5]]: what a recount of the means needs."""
    return {option: [[sum(mark[axis] == value for mark in found) for value in range(1, 6)] for axis in (0, 1)] for option, found in sorted(marks.items())}
