"""Majority: yes, no or abstain on each motion; it passes where enough say yes and enough take part.

Source: Henry M. Robert, Robert's Rules of Order Newly Revised, 12th edition (2020), sections 40 (quorum) and 44 (bases for
determining a voting result).

Settings: `majority` is simple (more than half), absolute (more than half of the eligible), two-thirds or three-quarters (at least
so much); `majority_of` says of what: votes (yes and no, the default), cast (every ballot, abstentions too) or eligible; `quorum` is
the percentage of the eligible who must have cast a ballot; `eligible` is their number, on a weighted roll their weights together,
as a ballot counts as often as it weighs; `cast` is how many ballots there are, those too with nothing on the motions that are left.

>>> count(["a"], [{"a": "yes"}, {"a": "yes"}, {"a": "no"}], {"majority": "two-thirds", "eligible": 5, "quorum": 50}).details["motions"]["a"]
{'needed': 2, 'of': 3, 'reached': 2, 'share': '2/3', 'passed': True}
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from facilitate.voting.result import Result, Step, by_score, exact

NAME, SHAPE = "majority", "motions"
DISPLAY, FIGURES = "motions", ("yes", "no", "abstain")
ASKS = {"majority": "simple", "majority_of": "votes", "quorum": 0}
SHARES = {"two-thirds": Fraction(2, 3), "three-quarters": Fraction(3, 4)}


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each {option id: yes | no | abstain}."""
    return decide(options, tally(options, ballots, settings), settings)


def tally(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sums that decide: {ballots, answers: {option id: {yes, no, abstain}}}."""
    figures = {option: {"yes": 0, "no": 0, "abstain": 0} for option in sorted(options)}
    for ballot in ballots:
        for option, answer in ballot.items():
            if option in figures:
                figures[option][answer] += 1
    return {"ballots": settings.get("cast", len(ballots)), "answers": figures}


def decide(options: list[str], sums: dict[str, Any], settings: dict[str, Any]) -> Result:
    """Count from the sums."""
    figures, cast = {option: dict(sums["answers"][option]) for option in sorted(options)}, sums["ballots"]
    eligible = max(settings.get("eligible") or 0, cast)
    asked = Fraction(settings.get("quorum") or 0, 100) * eligible
    present = cast >= asked
    motions = {option: _motion(one, cast, eligible, present, settings) for option, one in figures.items()}
    scores = {option: (2 if one["passed"] else 0) + Fraction(one["reached"], one["of"] or 1) for option, one in motions.items()}
    steps: list[Step] = [("vote.step.motions", {"n": cast, "eligible": eligible})]
    if asked:
        steps.append(("vote.step.quorum" if present else "vote.step.no_quorum", {"n": -(-asked // 1), "cast": cast}))
    steps += [_said(option, one) for option, one in motions.items()]
    details = {"eligible": eligible, "cast": cast, "quorum": {"needed": exact(-(-asked // 1)), "reached": present}, "motions": motions}
    return Result(by_score(dict(scores)), figures, steps, [], details)


def _motion(figures: dict[str, int], cast: int, eligible: int, present: bool, settings: dict[str, Any]) -> dict[str, Any]:
    """What a motion needed, of how many, and whether it passed."""
    kind = settings.get("majority") or "simple"
    base = "eligible" if kind == "absolute" else settings.get("majority_of") or "votes"
    of = {"votes": figures["yes"] + figures["no"], "cast": cast, "eligible": eligible}[base]
    needed = max(-(-(SHARES[kind] * of) // 1), 1) if kind in SHARES else of // 2 + 1
    yes = figures["yes"]
    return {"needed": int(needed), "of": of, "reached": yes, "share": exact(Fraction(yes, of or 1)), "passed": present and yes >= needed}


def _said(option: str, motion: dict[str, Any]) -> Step:
    """Whether a motion passed, in words."""
    key = "vote.step.motion_passed" if motion["passed"] else "vote.step.motion_failed"
    return key, {"option": option, "n": motion["reached"], "needed": motion["needed"], "of": motion["of"]}


def chosen(result: Result) -> list[str]:
    """The motions that passed."""
    return sorted(option for option, motion in result.details["motions"].items() if motion["passed"])
