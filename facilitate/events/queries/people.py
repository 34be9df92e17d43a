"""Reads of the people of an event: who somebody is, members, seats."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.commands import STAFF
from facilitate.core.db import table_of
from facilitate.core.registry import EVERYBODY, Credentials, Viewer, provides
from facilitate.events.models import Event, Member, Seat
from facilitate.people.models import HANDED
from facilitate.people.queries import token

COOKIES = {"member": ("member_", "device"), "screen": ("screen_", "screen"), "account": ("account", "account")}
"""By which cookie somebody is known as what: (its name or the beginning of it, the kind of the token in it)."""


def cookie_name(wanted: str, slug: str) -> str:
    """The name of the cookie that makes a browser a member, a screen or an account."""
    prefix, _ = COOKIES[wanted]
    return prefix + slug if prefix.endswith("_") else prefix


_M = table_of(Member)
_MEMBER = select(_M).where(_M.c.id == bindparam("id"))
_STAFF = select(_M).where(_M.c.event_id == bindparam("event"), _M.c.account_id == bindparam("account"), _M.c.role.in_(sorted(STAFF))).order_by(_M.c.joined_at)
_SLUG = select(table_of(Event).c.slug).where(table_of(Event).c.id == bindparam("id"))
"""Asked at every request and connection: made once and run on the connection."""


@provides("identify")
def identify(session: Session, credentials: Credentials, event_id: str | None) -> Viewer | None:
    """Who somebody is in an event (None: anywhere); None where their token is nobody's, or nobody's there."""
    found = _token(session, credentials, event_id)
    if found is None:
        return None
    connection = session.connection()
    if found.kind == "screen":
        return _screen(found, event_id)
    if found.kind == "device":
        return _member(connection.execute(_MEMBER, {"id": found.member_id}).first(), found, event_id)
    if event_id is None:
        return Viewer(None, account=found.account_id, sender=f"account:{found.account_id}", channel=found.kind)
    return _member(connection.execute(_STAFF, {"event": event_id, "account": found.account_id}).first(), found, event_id)


def _token(session: Session, credentials: Credentials, event_id: str | None) -> Any:
    if credentials.token is not None:
        return token(session, credentials.token, "api", "device", "screen")
    if credentials.wanted not in COOKIES:
        return None
    slug = session.connection().execute(_SLUG, {"id": event_id}).scalar() if event_id else credentials.event
    name = cookie_name(credentials.wanted, slug or "")
    return token(session, credentials.cookies.get(name), COOKIES[credentials.wanted][1])


def _screen(found: Any, event_id: str | None) -> Viewer | None:
    if event_id not in (None, found.event_id):
        return None
    return Viewer(found.event_id, frozenset({EVERYBODY, registry.SCREEN}), sender=f"screen:{found.id}")


def _member(member: Any, found: Any, event_id: str | None) -> Viewer | None:
    if member is None or member.status not in ("in", "waiting") or event_id not in (None, member.event_id):
        return None
    audiences = {f"member:{member.id}"}
    if member.status == "in":
        audiences |= {EVERYBODY} | ({registry.STAFF} if member.role in STAFF else set())
    else:
        audiences.add(registry.DOOR)
    role = member.role if member.status == "in" else None
    handed_at = found.created_at if found.kind == "device" and found.label == HANDED else None
    return Viewer(member.event_id, frozenset(audiences), member.id, role, found.account_id, f"member:{member.id}", member.channel, member.language, handed_at)


def named(member: Member | None) -> str:
    """The name under which the room knows a member; empty where there is none or it was hidden."""
    return "" if member is None or member.name_hidden else member.name


def not_staff(session: Session, event_id: str) -> set[str]:
    """The ids of those who are in an event and do not lead it."""
    return set(session.scalars(select(Member.id).where(Member.event_id == event_id, Member.status == "in", Member.role.not_in(STAFF))))


@provides("seat_of")
def seat_of(session: Session, member: str) -> str | None:
    """The id of a member's seat."""
    return session.scalar(select(Seat.id).where(Seat.member_id == member))


def members(session: Session, event_id: str) -> list[Member]:
    """Everybody who ever was in an event, by number."""
    return list(session.scalars(select(Member).where(Member.event_id == event_id).order_by(Member.number)))


def seats(session: Session, event_id: str) -> list[Seat]:
    """The seats of an event, by number."""
    return list(session.scalars(select(Seat).where(Seat.event_id == event_id).order_by(Seat.number)))


def _held(session: Session, *wanted: Any) -> dict[str | None, str]:
    return {row.member_id: row.id for row in session.execute(select(Seat.member_id, Seat.id).where(*wanted))}


def _load_members(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    found = session.scalars(select(Member).where(Member.id.in_(ids), Member.event_id == event_id))
    held = _held(session, Seat.member_id.in_(ids))
    return {member.id: (member, held.get(member.id)) for member in found}


def _every_member(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    if not viewer.staff:
        return list(_load_members(session, event_id, [viewer.member] if viewer.member else []).items())
    held = _held(session, Seat.event_id == event_id, Seat.member_id.is_not(None))
    return [(member.id, (member, held.get(member.id))) for member in members(session, event_id)]


def _member_row(thing: tuple[Member, str | None], viewer: Viewer) -> dict[str, Any] | None:
    member, seat = thing
    if not viewer.staff and viewer.member != member.id:
        return None
    return {
        "id": member.id, "number": member.number, "name": member.name, "name_hidden": member.name_hidden, "role": member.role,
        "status": member.status, "seat": seat, "channel": member.channel, "joined_at": member.joined_at,
    }  # fmt: skip


def _load_seats(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    return {seat.id: seat for seat in session.scalars(select(Seat).where(Seat.id.in_(ids), Seat.event_id == event_id))}


def _every_seat(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    return [(seat.id, seat) for seat in seats(session, event_id)] if viewer.staff else []


def _seat_row(seat: Seat, viewer: Viewer) -> dict[str, Any] | None:
    if not viewer.staff:
        return None
    return {"id": seat.id, "number": seat.number, "name": seat.name, "status": seat.status, "listed": seat.listed, "member": seat.member_id}


registry.collection("members", load=_load_members, every=_every_member, row=_member_row, audiences=lambda thing: {"staff", f"member:{thing.id}"})
registry.collection("seats", load=_load_seats, every=_every_seat, row=_seat_row, audiences=lambda thing: {"staff"})


def free_seats(session: Session, event_id: str) -> list[Seat]:
    """The seats of a list that nobody sits on, by number."""
    return [seat for seat in seats(session, event_id) if seat.status == "free" and seat.listed]
