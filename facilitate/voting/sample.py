"""A room in which a vote with three options runs, as rows: the designer shows it as a picture of the phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from facilitate.core import registry
from facilitate.voting import methods
from facilitate.voting.counting import asked

NAMES = ("one", "two", "three")
STEP, ROUND, ME = "sample-step", "sample-round", "sample-member"
PRICES = (30, 45, 60)
"""The prices of the samples, in hundredths of the money."""


def rows(settings: dict[str, Any], say: Callable[..., str]) -> dict[str, dict[str, Any]]:
    """{collection: {id: row}} of a vote that runs with these settings (complete ones); `say(key)` gives a sentence."""
    question = say("vote.sample.question")
    activity = {
        "id": STEP, "position": 1, "type": "vote", "title": say("activity.type.vote"), "question": question, "status": "running", "revealed": False,
        "stays_open": False, "minutes": 5, "actual": None, "started_at": None, "ends_at": None, "closed_at": None, "left": None, "round": ROUND,
        "settings": settings,
    }  # fmt: skip
    options = {f"{ROUND}/{name}": _option(name, number, say) for number, name in enumerate(NAMES, start=1)}
    right_id = f"{STEP}/{ME}"
    right = {"id": right_id, "activity": STEP, "member": ME, "weight": 1, "holder": None}
    return {
        "activities": {STEP: activity}, "rights": {right_id: right}, "rounds": {ROUND: _round(settings, question)}, "options": options,
        "ballots": {}, "results": {},
        "turnout": {ROUND: {"id": ROUND, "cast": 0, "done": 0, "eligible": 12}}, "progress": {}, "ideas": {}, "groups": {}, "challenges": {}, "teams": {},
        "members": {ME: {"id": ME, "number": 1, "name": None, "role": "participant", "seat": None, "status": "in", "name_hidden": False}},
    }  # fmt: skip


def _option(name: str, number: int, say: Callable[..., str]) -> dict[str, Any]:
    title = say(f"vote.sample.{name}")
    return {"id": name, "round": ROUND, "kind": "idea", "number": number, "title": title, "text": title, "status": "open", "theme": None}


def _round(settings: dict[str, Any], question: str) -> dict[str, Any]:
    """The row of the round, as queries/rounds.py gives it for a real one."""
    method = registry.variants(methods)[settings["method"]]
    usual = asked(settings["shape"], settings["method"])
    wanted = {name: settings[name] if settings.get(name) is not None else usual[name] for name in usual}
    if "costs" in wanted:
        wanted["costs"] = {name: max(1, wanted["money"] * share // 100) for name, share in zip(NAMES, PRICES, strict=True)}
    kept = {name: settings[name] for name in ("shape", "method", "secret", "results", "add_own", "order", "staff_totals", "text_limit", "roll")}
    return kept | {
        "id": ROUND, "run": 1, "status": "open", "opened_at": 0, "closed_at": None, "activity": STEP, "settings": wanted, "small": False, "seed": "",
        "question": question, "display": method.DISPLAY, "figures": list(method.FIGURES),
    }  # fmt: skip
