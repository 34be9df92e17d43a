"""Commands about members: joining, admitting, renaming, hiding a name, roles, removing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from wtforms import Form

from facilitate.core import registry
from facilitate.core.commands import ANYBODY, MEMBERS, ORGANISER, STAFF, SYSTEM, Context, command
from facilitate.core.db import now
from facilitate.core.fields import Bool, Choice, Id, Text
from facilitate.core.refusals import Refused
from facilitate.core.strings import languages
from facilitate.events.models import Activity, Event, Member, Participation, Seat
from facilitate.events.queries.agenda import SMALL
from facilitate.events.queries.room import event_of, people_in
from facilitate.people.commands import issue, revoke
from facilitate.people.models import HANDED, Token

NAME = 40
LOST = 10 * 60_000
"""Characters of a name; ms in which a join that is sent again, because its answer was lost, is the same member."""
ROLES = ("participant", "mentor", "juror", "observer", "facilitator", "organiser")


def take_number(event: Event, kind: str) -> int:
    """The next short number of a kind of thing in an event."""
    number = event.numbers.get(kind, 0) + 1
    event.numbers = event.numbers | {kind: number}
    return number


def find_member(ctx: Context, member_id: str | None) -> Member:
    """The member of this event with an id; Refused `not_found`."""
    member = ctx.session.get(Member, member_id)
    if member is None or member.event_id != ctx.event_id:
        raise Refused("not_found", "refusal.no_member")
    return member


@contextmanager
def crowd(ctx: Context) -> Iterator[None]:
    """Around what may change how many people are in: puts what depends on their number."""
    event = event_of(ctx.session, ctx.event_id)
    before = people_in(ctx.session, event.id)
    told = _told_marks(ctx) if before == SMALL else []  # people leave one by one
    yield
    ctx.session.flush()
    ctx.put("events", event.slug, event)
    if (before < SMALL) != (people_in(ctx.session, event.id) < SMALL):
        for mark in told if before >= SMALL else _told_marks(ctx):  # of a mark that is new and hidden nobody learns
            ctx.put("participation", mark, None)
    registry.call("crowd", ctx)


def _told_marks(ctx: Context) -> list[str]:
    """The marks of single people that the staff is told of in a room that is large enough."""
    withheld = registry.ask("withheld", ctx.session, ctx.event_id)
    rows = ctx.session.scalars(select(Participation).where(Participation.event_id == ctx.event_id, Participation.subject_id.not_in(withheld)))
    return [f"{row.subject_id}/{row.member_id}" for row in rows]


def new_member(ctx: Context, event: Event, member_id: str, name: str, *, role: str = "participant", status: str = "in", **more: str | None) -> Member:
    """Make a member, with a seat of its own where the event has no list; `more` gives account, channel and language."""
    member = Member(
        id=member_id, event_id=event.id, number=take_number(event, "member"), name=name, role=role, status=status, joined_at=ctx.now,
        account_id=more.get("account"), channel=more.get("channel") or "web", language=more.get("language") or event.language, name_hidden=False,
    )  # fmt: skip
    ctx.session.add(member)
    ctx.session.flush()
    if role == "participant" and event.seating == "open":
        seat = Seat(id=str(uuid.uuid4()), event_id=event.id, number=take_number(event, "seat"), name=name, listed=False, status="taken", member_id=member.id)
        ctx.session.add(seat)
        ctx.put("seats", seat.id, seat)
    ctx.put("members", member.id, member)
    return member


class Join(Form):
    member = Id()
    name = Text(limit=NAME, optional=True, empty=True, default="")
    language = Choice(languages, optional=True)
    channel = Choice(("web", "api", "paper", "proxy"), optional=True, default="web")
    role = Choice(ROLES, optional=True, default="participant")
    seat = Id(optional=True)
    device = Text(limit=64)


@command("members.join", form=Join, may=SYSTEM)
def join(ctx: Context, words: Join) -> None:
    """Let somebody in: a new member, the one whose freed seat is taken again, or the one whose answer was lost a moment ago."""
    event = event_of(ctx.session, ctx.event_id)
    if (known := ctx.session.get(Member, words.member.data)) is not None:
        _join_again(ctx, known, words)
        return
    invited = words.role.data != "participant"
    if not invited:
        at_the_door(event)
    seat = _seat(ctx, event, words.seat.data) if not invited else None
    handed = HANDED if seat is not None and seat.member_id is not None else ""
    if seat is not None and seat.member_id is not None:
        member = find_member(ctx, seat.member_id)
        if member.role != "participant":
            raise Refused("forbidden")
        revoke(ctx, member.id, "device", "link")
        ctx.meet_again(member.id, "moved")
    else:
        status = "waiting" if event.door == "admit" and not invited else "in"
        name = seat.name if seat is not None and seat.name else words.name.data
        more = {"channel": words.channel.data, "language": words.language.data}
        with crowd(ctx):
            member = new_member(ctx, event, words.member.data, name, role=words.role.data, status=status, **more)
    if seat is not None:
        seat.status, seat.member_id = "taken", member.id
        ctx.put("seats", seat.id, seat)
    issue(ctx, "device", words.device.data, handed, member_id=member.id, event_id=event.id)
    ctx.answer["member"] = member.id


def _join_again(ctx: Context, member: Member, words: Join) -> None:
    """Somebody joined and never got the answer: the device that asks again is theirs now. Long after, an id that is taken is refused."""
    lost = member.event_id == ctx.event_id and member.role == words.role.data and member.account_id is None and ctx.now - member.joined_at <= LOST
    mine = select(Token.id).where(Token.member_id == member.id, Token.kind == "device", Token.revoked_at.is_(None), Token.label != HANDED)
    if not lost or member.status not in ("in", "waiting") or ctx.session.scalar(mine.limit(1)) is None:  # a freed seat is nobody's to ask back
        raise Refused("id_taken")
    revoke(ctx, member.id, "device")
    issue(ctx, "device", words.device.data, member_id=member.id, event_id=member.event_id)
    ctx.meet_again(member.id, "moved")
    ctx.answer["member"] = member.id


def at_the_door(event: Event) -> None:
    """Refuse who comes when the event is not open, or its doors are closed."""
    if event.status != "open":
        raise Refused("not_open_yet", "refusal.not_open_yet")
    if event.door == "closed":
        raise Refused("forbidden", "refusal.doors_closed")


def _seat(ctx: Context, event: Event, wanted: str | None) -> Seat | None:
    """The free seat that is taken; None where a seat is made at joining."""
    if wanted is None:
        if event.seating == "list":
            raise Refused("invalid", "refusal.pick_a_seat")
        return None
    seat = ctx.session.get(Seat, wanted)
    if seat is None or seat.event_id != event.id or seat.status == "removed":
        raise Refused("not_found", "refusal.no_seat")
    if seat.status == "taken":
        raise Refused("full", "refusal.seat_taken")
    return seat


class OneMember(Form):
    member = Id()


@command("members.admit", form=OneMember, may=STAFF)
def admit(ctx: Context, words: OneMember) -> None:
    """Let in somebody who waits at the door."""
    member = find_member(ctx, words.member.data)
    if member.status == "waiting":
        with crowd(ctx):
            member.status = "in"
        ctx.put("members", member.id, member)
        ctx.meet_again(member.id)


class RenameMember(Form):
    member = Id()
    name = Text(limit=NAME, empty=True)


@command("members.rename", form=RenameMember, may=MEMBERS)
def rename(ctx: Context, words: RenameMember) -> None:
    """Change one's own name; the staff may change anybody's."""
    member = find_member(ctx, words.member.data)
    if member.id != ctx.viewer.member and not ctx.viewer.staff:
        raise Refused("forbidden")
    member.name = words.name.data
    renamed(ctx, member)


@command("members.delete_name", form=OneMember, may=ANYBODY, after_end=True)
def delete_name(ctx: Context, words: OneMember) -> None:
    """Delete one's own name from the event, and from the seat that bore it."""
    member = find_member(ctx, words.member.data)
    if member.id != ctx.viewer.member:
        raise Refused("forbidden")
    member.name = ""
    seat = ctx.session.scalar(select(Seat).where(Seat.member_id == member.id))
    if seat is not None:
        seat.name = ""
        ctx.put("seats", seat.id, seat)
    renamed(ctx, member)


def renamed(ctx: Context, member: Member) -> None:
    """Put everything that shows a member's name."""
    seat = ctx.session.scalar(select(Seat).where(Seat.member_id == member.id))
    if seat is not None and not seat.listed and seat.name != member.name:
        seat.name = member.name
        ctx.put("seats", seat.id, seat)
    ctx.session.flush()
    ctx.put("members", member.id, member)
    registry.call("renamed", ctx, member)


class HideName(Form):
    member = Id()
    hidden = Bool()


@command("members.hide_name", form=HideName, may=STAFF)
def hide_name(ctx: Context, words: HideName) -> None:
    """Hide a name on all screens, or show it again."""
    member = find_member(ctx, words.member.data)
    member.name_hidden = words.hidden.data
    renamed(ctx, member)


@command("members.remove", form=OneMember, may=STAFF)
def remove(ctx: Context, words: OneMember) -> None:
    """Send somebody away: their device is let go, their seat freed, their ballots in rounds that are not sealed dropped."""
    member = find_member(ctx, words.member.data)
    if member.id == ctx.viewer.member or member.role == "organiser":
        raise Refused("forbidden", "refusal.not_oneself")
    seat = ctx.session.scalar(select(Seat).where(Seat.member_id == member.id))
    if seat is not None:
        seat.member_id = None
        seat.status = "free" if seat.listed else "removed"
        ctx.put("seats", seat.id, seat)
    send_away(ctx, member)


def send_away(ctx: Context, member: Member) -> None:
    """A member is not in any more: neither device nor link is theirs, and what they cast in rounds that are not sealed is void."""
    with crowd(ctx):
        member.status = "removed"
    revoke(ctx, member.id, "device", "link")
    ctx.put("members", member.id, member)
    _put_progress(ctx, member)
    registry.call("removed", ctx, member)
    ctx.meet_again(member.id)


def _put_progress(ctx: Context, member: Member) -> None:
    """A member is, or is not, a participant any more: put the counts of the activities in which they started or are done."""
    query = select(Activity).join(Participation, Participation.subject_id == Activity.id).where(Participation.member_id == member.id)
    for activity in ctx.session.scalars(query):
        ctx.put("progress", activity.id, activity)


class SetRole(Form):
    member = Id()
    role = Choice(ROLES)


@command("members.set_role", form=SetRole, may=ORGANISER)
def set_role(ctx: Context, words: SetRole) -> None:
    """Give a member another role."""
    member = find_member(ctx, words.member.data)
    if member.id == ctx.viewer.member:
        raise Refused("forbidden", "refusal.not_oneself")
    with crowd(ctx):
        member.role = words.role.data
    ctx.put("members", member.id, member)
    _put_progress(ctx, member)
    registry.call("role", ctx, member)
    ctx.meet_again(member.id)


class Link(Form):
    member = Id()
    hash = Text(limit=64)


@command("members.link", form=Link, may=ANYBODY, after_end=True)
def link(ctx: Context, words: Link) -> None:
    """Keep the hash of a personal link that moves a member to another device; an earlier link dies."""
    member = find_member(ctx, words.member.data)
    if member.id != ctx.viewer.member and not (ctx.viewer.staff and member.role == "participant"):
        raise Refused("forbidden")
    revoke(ctx, member.id, "link")
    handed = HANDED if member.id != ctx.viewer.member or ctx.viewer.handed_at else ""
    issue(ctx, "link", words.hash.data, handed, member_id=member.id, event_id=member.event_id)


@registry.hook("revoked")
def revoked(ctx: Context, account: str) -> None:
    """A token of an account was taken back: whoever acts by it is identified anew."""
    for member in ctx.session.scalars(select(Member.id).where(Member.account_id == account)):
        ctx.meet_again(member)


@registry.hook("names_due")
def drop_names(ctx: Context) -> None:
    """Delete the names of members and seats when the event's date of deletion has come."""
    for seat in ctx.session.scalars(select(Seat).where(Seat.event_id == ctx.event_id)):
        seat.name = ""
        ctx.put("seats", seat.id, seat)
    for member in ctx.session.scalars(select(Member).where(Member.event_id == ctx.event_id)):
        member.name = ""
        revoke(ctx, member.id, "device", "link")
        renamed(ctx, member)
        ctx.meet_again(member.id)


@registry.periodic(60)
def names_due(session: object) -> list[tuple[str | None, str, dict[str, object]]]:
    """The events whose date of deletion has come."""
    due = session.scalars(select(Event.id).where(Event.delete_at <= now()))  # type: ignore[attr-defined]
    return [(event, "events.delete_names", {}) for event in due]


@registry.provides("members_of")
def members_of(session: object, event_id: str) -> list[str]:
    """The ids of everybody who ever was in an event."""
    return list(session.scalars(select(Member.id).where(Member.event_id == event_id)))  # type: ignore[attr-defined]
