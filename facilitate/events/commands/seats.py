"""Commands about seats: a list of names, generated ones, freeing, renaming, merging, removing."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import select, update
from wtforms import Form

from facilitate.core import registry
from facilitate.core.commands import STAFF, Context, check_words, command
from facilitate.core.fields import Id, Int, Json, Text
from facilitate.core.refusals import Refused
from facilitate.events.commands.members import NAME, crowd, find_member, renamed, send_away, take_number
from facilitate.events.commands.run import forget_mark, mark
from facilitate.events.models import Member, Participation, Seat
from facilitate.events.queries.people import seats
from facilitate.events.queries.room import event_of
from facilitate.people.commands import hand_on, issue, revoke
from facilitate.people.models import Token

MOST = 5_000


def find_seat(ctx: Context, seat_id: str | None) -> Seat:
    """The seat of this event with an id; Refused `not_found`."""
    seat = ctx.session.get(Seat, seat_id)
    if seat is None or seat.event_id != ctx.event_id or seat.status == "removed":
        raise Refused("not_found", "refusal.no_seat")
    return seat


def _make(ctx: Context, seat_id: str, name: str) -> None:
    event = event_of(ctx.session, ctx.event_id)
    seat = Seat(id=seat_id, event_id=event.id, number=take_number(event, "seat"), name=name, listed=True, status="free")
    ctx.session.add(seat)
    ctx.put("seats", seat.id, seat)


def _room_for(ctx: Context, n: int) -> None:
    if len(seats(ctx.session, str(ctx.event_id))) + n > MOST:
        raise Refused("full", "refusal.too_many_seats", n=MOST)


class AddSeats(Form):
    seats = Json((list,), limit=3 * 2000)


class OneSeat(Form):
    seat = Id()


class SeatOfList(Form):
    seat = Id()
    name = Text(limit=NAME)


def _listed(words: list[Any]) -> list[SeatOfList]:
    return [check_words(SeatOfList, one) for one in words]


@command("seats.add", form=AddSeats, may=STAFF)
def add(ctx: Context, words: AddSeats) -> None:
    """Add seats from a list of names: [{seat, name}, …]."""
    listed = _listed(words.seats.data)
    _room_for(ctx, len(listed))
    for one in listed:
        if ctx.session.get(Seat, one.seat.data) is not None:
            raise Refused("id_taken")
        _make(ctx, one.seat.data, one.name.data)
    use_list(ctx)


class Generate(Form):
    prefix = Text(limit=NAME - 6)
    count = Int(1, 1000)


@command("seats.generate", form=Generate, may=STAFF)
def generate(ctx: Context, words: Generate) -> None:
    """Add seats with generated names: Blue 1, Blue 2, …"""
    _room_for(ctx, words.count.data)
    taken = {seat.name for seat in seats(ctx.session, str(ctx.event_id))}
    number, left = 0, words.count.data
    while left:
        number += 1
        name = f"{words.prefix.data} {number}"
        if name not in taken:
            _make(ctx, str(uuid.uuid4()), name)
            left -= 1
    use_list(ctx)


def use_list(ctx: Context) -> None:
    """From now on joining takes a seat of the list."""
    event = event_of(ctx.session, ctx.event_id)
    event.seating = "list"
    ctx.put("events", event.slug, event)


class RenameSeat(Form):
    seat = Id()
    name = Text(limit=NAME)


@command("seats.rename", form=RenameSeat, may=STAFF)
def rename(ctx: Context, words: RenameSeat) -> None:
    """Give a seat, and who sits on it, another name."""
    seat = find_seat(ctx, words.seat.data)
    seat.name = words.name.data
    ctx.put("seats", seat.id, seat)
    if seat.member_id is not None:
        member = find_member(ctx, seat.member_id)
        member.name = seat.name
        renamed(ctx, member)


@command("seats.free", form=OneSeat, may=STAFF)
def free(ctx: Context, words: OneSeat) -> None:
    """Free a seat: its device and personal link are let go, and the next person who takes it goes on as the same member."""
    seat = find_seat(ctx, words.seat.data)
    of_a_participant(ctx, seat)
    seat.status = "free"
    ctx.put("seats", seat.id, seat)
    if seat.member_id is not None:
        revoke(ctx, seat.member_id, "device", "link")
        ctx.meet_again(seat.member_id, "moved")


def of_a_participant(ctx: Context, seat: Seat) -> None:
    """Refuse to hand on, or to merge, the seat of anybody with another role: that role goes with the seat."""
    if seat.member_id is not None and find_member(ctx, seat.member_id).role != "participant":
        raise Refused("forbidden")


class MergeSeats(Form):
    seat = Id()
    into = Id()


@command("seats.merge", form=MergeSeats, may=STAFF)
def merge(ctx: Context, words: MergeSeats) -> None:
    """Two seats were one person: ideas go to the second, a second ballot of the same person is dropped."""
    seat, into = find_seat(ctx, words.seat.data), find_seat(ctx, words.into.data)
    if seat.id == into.id:
        raise Refused("invalid", "refusal.same_seat")
    for one in (seat, into):
        of_a_participant(ctx, one)
    left, kept = seat.member_id, into.member_id
    with crowd(ctx):
        seat.member_id, seat.status = None, "removed"
        ctx.session.flush()
        if left is not None and kept is not None:
            _one_person(ctx, find_member(ctx, left), find_member(ctx, kept))
        elif left is not None:
            into.member_id, into.status = left, "taken"
    ctx.session.flush()
    ctx.put("seats", seat.id, seat)
    ctx.put("seats", into.id, into)
    for member in (left, kept):
        if member is not None:
            ctx.put("members", member, find_member(ctx, member))


def _one_person(ctx: Context, gone: Member, kept: Member) -> None:
    """The first member leaves; what they wrote, cast and marked is the second one's."""
    gone.status = "left"
    ctx.session.flush()  # what is told of single people depends on how many are in
    registry.call("merged", ctx, gone, kept)
    revoke(ctx, gone.id, "device", "link")
    hand_on(ctx, kept.id)  # the ballots of the first one are now its own: it shows none of those that are open
    ctx.meet_again(gone.id, "moved")


@registry.hook("merged")
def merged(ctx: Context, member: Member, into: Member) -> None:
    """Two members are one person: started and done where one of them was."""
    for row in ctx.session.scalars(select(Participation).where(Participation.member_id == member.id)).all():
        forget_mark(ctx, row)
        mark(ctx, row.subject_id, into.id, started=row.started or None, done=row.done or None)


@command("seats.remove", form=OneSeat, may=STAFF)
def remove(ctx: Context, words: OneSeat) -> None:
    """Remove a free seat from the list; whoever sat on it before it was freed is not in any more."""
    seat = find_seat(ctx, words.seat.data)
    if seat.status == "taken":
        raise Refused("full", "refusal.seat_in_use")
    left = seat.member_id
    if left is not None:
        of_a_participant(ctx, seat)
    seat.status, seat.member_id = "removed", None
    ctx.put("seats", seat.id, seat)
    if left is not None:
        send_away(ctx, find_member(ctx, left))


class Card(Form):
    seat = Id()
    hash = Text(limit=64)


@command("seats.card", form=Card, may=STAFF)
def card(ctx: Context, words: Card) -> None:
    """Keep the hash of a seat's printed card; an earlier card of the seat dies."""
    seat = find_seat(ctx, words.seat.data)
    ctx.session.execute(update(Token).where(Token.seat_id == seat.id, Token.kind == "card", Token.revoked_at.is_(None)).values(revoked_at=ctx.now))
    issue(ctx, "card", words.hash.data, seat_id=seat.id, event_id=seat.event_id)
