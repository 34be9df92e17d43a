"""Reads of the event itself: its row, how it is found by slug or code, and the head of the state document."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.commands import STAFF
from facilitate.core.db import table_of
from facilitate.core.refusals import Refused
from facilitate.core.registry import Viewer, provides
from facilitate.events.models import Activity, Code, Event, Member

SCREEN = {"blank": False, "qr": False, "page": 0, "step": None, "spotlight": None, "theme": "dark", "race": False}
"""What a projector shows beside the current activity, before anybody changed it."""


def event_of(session: Session, event_id: str | None) -> Event:
    """The event itself."""
    event = session.get(Event, event_id)
    assert event is not None
    return event


def participants(event_id: str | None) -> Select[str]:
    """The query of the ids of the participants who are in."""
    return select(Member.id).where(Member.event_id == event_id, Member.status == "in", Member.role == "participant")


def people_in(session: Session, event_id: str) -> int:
    """How many participants are in."""
    return session.scalar(select(func.count()).select_from(participants(event_id).subquery())) or 0


SLUG = re.compile(r"[a-z0-9-]{1,80}")
_E = table_of(Event)
_BY_CODE = select(_E.c.id, _E.c.slug).where(_E.c.code == bindparam("reference"))
_BY_SLUG = select(_E.c.id, _E.c.slug).where(_E.c.slug == bindparam("reference"))
_ENDED = select(_E.c.id).where(_E.c.id.in_(bindparam("ids", expanding=True)), _E.c.status == "ended")
"""Asked at every request and connection: made once and run on the connection."""


@provides("resolve")
def resolve(session: Session, reference: str) -> registry.Event | None:
    """The event with a slug or a code (with or without the space in its middle)."""
    digits = reference.replace(" ", "")
    coded = digits.isascii() and digits.isdigit()
    if not coded and not SLUG.fullmatch(reference):
        return None
    found = session.connection().execute(_BY_CODE if coded else _BY_SLUG, {"reference": digits if coded else reference}).first()
    return registry.Event(*found) if found else None


def retired(session: Session, code: str) -> Code | None:
    """A code that was used once and rests now: its event ended or got a new one."""
    return session.scalar(select(Code).where(Code.code == code, Code.retired_at.is_not(None)))


@provides("why_retired")
def why_retired(session: Session, reference: str) -> Refused | None:
    """Why a code that was used once opens nothing: its event ended, or got another one. None where nobody had it."""
    code = retired(session, reference.replace(" ", ""))
    if code is None or not code.title:
        return None
    event = session.get(Event, code.event_id) if code.event_id else None
    if event is not None and event.status != "ended":
        return Refused("unknown_event", "refusal.code_changed")
    return Refused("ended", "refusal.code_ended", title=code.title)


@provides("describe")
def describe(session: Session, event_id: str, viewer: Viewer) -> dict[str, Any]:
    """The head of the state document: slug, code and who the reader is."""
    event = event_of(session, event_id)
    member = session.get(Member, viewer.member) if viewer.member else None
    me: dict[str, Any] = {"id": viewer.member, "staff": viewer.staff, "screen": viewer.screen, "role": viewer.role}
    if member is not None:
        seat = registry.ask("seat_of", session, member.id)
        me |= {"name": member.name, "number": member.number, "status": member.status, "seat": seat, "team": registry.ask("team_of", session, member.id)}
    return {"event": event.slug, "code": event.code, "me": me}


def event_row(event: Event, people: int) -> dict[str, Any]:
    """The row that everybody sees."""
    return {
        "id": event.slug, "slug": event.slug, "title": event.title, "code": event.code, "status": event.status, "door": event.door,
        "language": event.language, "starts_at": event.starts_at,
        "plan_ends_at": event.plan_ends_at, "paused_until": event.paused_until, "ended_at": event.ended_at,
        "current": event.current_id, "seating": event.seating, "people": people, "licence": event.licence, "delete_at": event.delete_at,
        "team_min": event.team_min, "team_max": event.team_max, "teams_locked": event.teams_locked, "facilitator": event.facilitator,
    }  # fmt: skip


def _load(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    event = event_of(session, event_id)
    return {event.slug: (event, people_in(session, event_id))}


def _every(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    return list(_load(session, event_id, []).items())


def _row(thing: tuple[Event, int], viewer: Viewer) -> dict[str, Any]:
    event, people = thing
    row = event_row(event, people)
    return row | {"screen": SCREEN | event.screen} if viewer.staff or viewer.screen else row


registry.collection("events", load=_load, every=_every, row=_row, audiences=lambda thing: {registry.EVERYBODY, registry.DOOR})


def owned(session: Session, account: str) -> list[Event]:
    """The events in which an account is staff, newest first."""
    mine = select(Member.event_id).where(Member.account_id == account, Member.role.in_(STAFF), Member.status == "in")
    return list(session.scalars(select(Event).where(Event.id.in_(mine)).order_by(Event.created_at.desc())))


def agenda(session: Session, event_id: str) -> list[Activity]:
    """The activities of an event in their order."""
    return list(session.scalars(select(Activity).where(Activity.event_id == event_id).order_by(Activity.position)))


@provides("ended")
def ended(session: Session, ids: set[str]) -> set[str]:
    """Those of some events that have ended."""
    return {row.id for row in session.connection().execute(_ENDED, {"ids": list(ids)})} if ids else set()


@provides("slug_of")
def slug_of(session: Session, event_id: str) -> str:
    """The permanent address of an event."""
    return event_of(session, event_id).slug
