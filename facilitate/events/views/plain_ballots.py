"""Ballots as plain forms: what the fields of one mean as a ballot, and which pair a page asks about next."""

from __future__ import annotations

import hashlib
from typing import Any

from werkzeug.datastructures import MultiDict

from facilitate.core.forms import words_of

Ballot = dict[str, Any] | list[Any]


def whole(form: MultiDict[str, str]) -> dict[str, Any]:
    """The words that the fields of a ballot mean where they are not the ballot itself: places make a ranking, empty fields say nothing."""
    shape, marks = form.get("shape", ""), words_of("voting.cast", form).get("ballot")
    if shape not in _MEANS or not isinstance(marks, dict):
        return {}
    return {"ballot": _MEANS[shape](marks)}


def _said(marks: dict[str, Any]) -> Ballot:
    return {option: mark for option, mark in marks.items() if mark is not None}


def _parts(marks: dict[str, Any]) -> Ballot:
    """Marks of several parts, without what was left empty."""
    kept = {option: {name: part for name, part in mark.items() if part is not None} for option, mark in marks.items() if isinstance(mark, dict)}
    return {option: mark for option, mark in kept.items() if mark}


def _steps(marks: dict[str, Any]) -> Ballot:
    """Steps, with the reason where one was written; a reason without a step says nothing."""
    found: dict[str, Any] = {}
    for option, mark in marks.items():
        step, reason = (mark.get("value"), mark.get("reason")) if isinstance(mark, dict) else (mark, None)
        if step is not None:
            found[option] = {"value": step, "reason": reason} if reason else step
    return found


def _tiers(marks: dict[str, Any]) -> Ballot:
    """Places as a ranking: those with the same number share it, and gaps between numbers mean nothing."""
    places = sorted({place for place in marks.values() if type(place) is int})
    return [[option for option, own in marks.items() if own == place] for place in places]


_MEANS = {"motions": _said, "scale": _steps, "two_scales": _parts, "ranking": _tiers}


def next_pair(collections: dict[str, Any], round_id: str | None, member: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The two options that a page asks about: those that this member compared least; None where every pair was compared."""
    options = [row for row in collections["options"].values() if row["round"] == round_id and row["status"] == "open"]
    pairs = [_two(one) for one in collections["ballots"].get(round_id, {}).get("ballot") or []]
    times = {row["id"]: sum(row["id"] in pair for pair in pairs) for row in options}
    options.sort(key=lambda row: (times[row["id"]], hashlib.sha256(f"{member}/{round_id}/{row['id']}".encode()).digest()))
    for index, one in enumerate(options):
        for other in options[index + 1 :]:
            if {one["id"], other["id"]} not in pairs:
                return one, other
    return None


def _two(comparison: dict[str, Any]) -> set[str]:
    return {comparison["winner"], comparison["loser"]} if "winner" in comparison else set(next(iter(comparison.values())))
