"""Reads of challenges: the board as each viewer may see it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.challenges.models import Challenge
from facilitate.core import registry
from facilitate.core.registry import EVERYBODY, STAFF, Viewer

HIDDEN = ("draft", "proposed")


def challenges_of(session: Session, event_id: str) -> list[Challenge]:
    """The challenges of an event by number."""
    return list(session.scalars(select(Challenge).where(Challenge.event_id == event_id).order_by(Challenge.number)))


@registry.provides("challenge_for")
def challenge_for(session: Session, viewer: Viewer, challenge_id: str) -> str | None:
    """The status of a challenge that somebody may see; None where there is none for them."""
    found = session.get(Challenge, challenge_id)
    return found.status if found is not None and found.event_id == viewer.event and _row(found, viewer) is not None else None


def _load(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    return {one.id: one for one in session.scalars(select(Challenge).where(Challenge.id.in_(ids), Challenge.event_id == event_id))}


def _every(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    return [(one.id, one) for one in challenges_of(session, event_id)]


def _row(one: Challenge, viewer: Viewer) -> dict[str, Any] | None:
    mine = viewer.member is not None and one.member_id == viewer.member
    if EVERYBODY not in viewer.audiences or one.status in HIDDEN and not viewer.staff and not mine:
        return None
    return {"id": one.id, "number": one.number, "title": one.title, "problem": one.problem, "host": one.host, "theme": one.theme, "status": one.status}


def audiences(one: Challenge) -> set[str]:
    """Who may see a challenge: everybody from its approval on, before that the staff and who proposed it."""
    return {STAFF, f"member:{one.member_id}"} | (set() if one.status in HIDDEN else {EVERYBODY})


registry.collection("challenges", load=_load, every=_every, row=_row, audiences=audiences)
