"""Reads of results: what a sealed round says, and to whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.registry import EVERYBODY, STAFF, Viewer
from facilitate.core.strings import t
from facilitate.events.models import Activity
from facilitate.events.queries.room import event_of
from facilitate.ideas.models import Idea
from facilitate.voting import recount
from facilitate.voting.models import Option, Outcome, Round
from facilitate.voting.queries.piles import sealed_pile
from facilitate.voting.queries.rounds import GONE
from facilitate.voting.words import renamed

SAID = ("figures", "ranking", "steps", "broken", "base", "details", "settled", "others", "stability", "checksum", "handled", "chosen")
"""What of an outcome is said; the receipts are asked for on their own, and sums go into the document to count again."""


def top_of(session: Session, round_id: str, top: int) -> list[str]:
    """The first options of a sealed round's ranking: as many as asked for, and everything tied with the last of them, those
    that share a place by their numbers; what nobody chose is never among them, nor what was not elected, passed or funded."""
    outcome = session.get(Outcome, round_id)
    decided = outcome.result.get("chosen") if outcome else None
    numbers = {row.id: row.number for row in session.execute(select(Option.id, Option.number).where(Option.round_id == round_id))}
    chosen: list[str] = []
    for tied in outcome.result["ranking"] if outcome else []:
        if outcome is None or len(chosen) >= top:
            break
        chosen += [option for option in sorted(tied, key=lambda one: numbers.get(one, 0)) if any(outcome.result["figures"][option].values())]
        chosen = [option for option in chosen if decided is None or option in decided]
    return chosen


def _load_results(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    query = select(Outcome, Round, Activity).join(Round, Round.id == Outcome.round_id).join(Activity, Activity.id == Round.activity_id)
    found, gone = session.execute(query.where(Outcome.round_id.in_(ids))).all(), dict[str, dict[str, str]]()
    instead = t(event_of(session, event_id).language, "vote.taken_away")
    for option in taken_away(session, ids):
        gone.setdefault(option.round_id, {})[f"{option.number} · {option.title}"] = f"{option.number} · {instead}"
    return {outcome.round_id: (outcome, round_, activity, gone.get(outcome.round_id, {})) for outcome, round_, activity in found}


def taken_away(session: Session, rounds: list[str]) -> list[Option]:
    """The options of rounds whose cards were hidden or taken back."""
    query = select(Option).join(Idea, Idea.id == Option.id).where(Option.round_id.in_(rounds), Idea.status.in_(GONE))
    return list(session.scalars(query))


def _every_result(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    ids = list(session.scalars(select(Outcome.round_id).where(Outcome.event_id == event_id)))
    return list(_load_results(session, event_id, ids).items())


def results_open(round_: Round, activity: Activity) -> bool:
    """Whether the room may see the result of a sealed round."""
    policy = round_.settings["results"]
    return policy in ("live", "after_vote") or policy == "close" and activity.revealed


def _result_row(thing: tuple[Outcome, Round, Activity, dict[str, str]], viewer: Viewer) -> dict[str, Any] | None:
    outcome, round_, activity, gone = thing
    if EVERYBODY not in viewer.audiences or not viewer.staff and not results_open(round_, activity):
        return None
    result = outcome.result
    row = {"id": round_.id, "activity": activity.id, "run": round_.run, "method": round_.method}
    said = {name: result[name] for name in SAID if name in result}
    return row | (said if viewer.staff else renamed(said, gone))


def _result_audiences(thing: Any) -> set[str]:
    _, round_, activity, *_ = thing
    return {EVERYBODY} if results_open(round_, activity) else {STAFF}


registry.collection("results", load=_load_results, every=_every_result, row=_result_row, audiences=_result_audiences)


def recount_document(session: Session, round_id: str, labels: dict[str, Any], *, everything: bool = False) -> recount.Document:
    """The document with which anybody can count a sealed round again; `everything` is for the checkers."""
    round_, outcome = session.get_one(Round, round_id), session.get_one(Outcome, round_id)
    proven = recount.proof(sealed_pile(session, round_), outcome.result, everything=everything)
    return recount.document(proven, labels, outcome.result["checksum"] if everything else None)


def receipts_of(session: Session, round_id: str) -> list[str]:
    """The published receipts of a sealed round, sorted; none where fewer than five voted."""
    outcome = session.get(Outcome, round_id)
    return outcome.result.get("receipts", []) if outcome else []
