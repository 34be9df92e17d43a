"""Consent: everybody consents, has a concern or objects with a reason; an option passes only where nobody objects.

An objection stands until whoever made it marks otherwise: nobody outvotes it. Options that pass come first, those with fewest
concerns leading; the others follow by the number of objections and of concerns. An option of which nobody has said anything
has not passed. Source: Gerard Endenburg, Sociocracy: The Organization of Decision-Making (1998), the consent principle; Ted J.
Rau and Jerry Koch-Gonzalez, Many Voices One Song (2018), chapter 3 on consent and objections with reasons.

>>> counted = count(["a", "b"], [{"a": 2, "b": {"value": 0, "reason": "Too dear."}}, {"a": 1, "b": 2}], {"max": 2})
>>> counted.ranking, counted.details["objections"]
([['a'], ['b']], {'b': ['Too dear.']})
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from facilitate.voting.grades import tallied, total, value_of
from facilitate.voting.result import Result, Step, tie_steps
from facilitate.voting.ties import lot

NAME, SHAPE = "consent", "scale"
DISPLAY, FIGURES = "consent", ("consents", "concerns", "objections")
ASKS: dict[str, Any] = {"max": 2, "reasons": [0]}
"""What the ballots of this method are checked by: two is consent, one a concern, and nought an objection, which needs a reason."""


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: 2, 1 or 0, or {"value": 0, "reason": text}}."""
    result = decide(options, tally(options, ballots, settings), settings)
    said = {"objections": _reasons(options, ballots, settings, 0), "concerns": _reasons(options, ballots, settings, 1)}
    return replace(result, details=said | result.details)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, tallies: {option id: [objections, concerns, consents]}}; reasons decide nothing."""
    return {"ballots": len(ballots), "tallies": tallied(options, ballots, ASKS["max"])}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    tallies = {option: list(sums["tallies"][option]) for option in options}
    passed = {option: tally[0] == 0 and sum(tally) > 0 for option, tally in tallies.items()}
    levels: dict[tuple[bool, int, int], list[str]] = {}
    for option in sorted(options):
        levels.setdefault((not passed[option], tallies[option][0], tallies[option][1]), []).append(option)
    ranking = [levels[level] for level in sorted(levels)]
    figures = {
        option: {"score": total(tally), "opinions": sum(tally), "objections": tally[0], "concerns": tally[1], "consents": tally[2]}
        for option, tally in tallies.items()
    }
    steps: list[Step] = [("vote.step.consent", {"n": sums["ballots"]}), ("vote.step.consent_passed", {"n": sum(passed.values())})]
    if objected := sum(tally[0] > 0 for tally in tallies.values()):
        steps.append(("vote.step.consent_objected", {"n": objected}))
    details = {"passed": sorted(option for option in options if passed[option]), "tallies": tallies}
    return Result(ranking, figures, [*steps, *tie_steps(ranking)], details=details)


def _reasons(options: list[str], ballots: list[Any], settings: dict[str, Any], step: int) -> dict[str, list[str]]:
    """The reasons that were given at a step, by option, in an order that tells nothing of who gave them."""
    found: dict[str, list[str]] = {}
    for ballot in ballots:
        for option in sorted(set(ballot) & set(options)):
            mark = ballot[option]
            if isinstance(mark, dict) and value_of(mark) == step:
                found.setdefault(option, []).append(mark["reason"])
    return {option: sorted(found[option], key=lambda reason: lot(settings, reason)) for option in sorted(found)}


def chosen(result: Result) -> list[str]:
    """What nobody objects to."""
    return list(result.details["passed"])
