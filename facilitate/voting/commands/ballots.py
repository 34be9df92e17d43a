"""Commands of voters: cast a ballot, mark one option, say that one is finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from wtforms import Form

from facilitate.core.commands import MEMBERS, Context, command, hot
from facilitate.core.db import upsert
from facilitate.core.fields import Bool, Id, Json
from facilitate.core.refusals import Refused
from facilitate.events.models import Participation
from facilitate.voting.ballots import SHAPES, Shape, allowed
from facilitate.voting.commands.rounds import GRACE
from facilitate.voting.models import Ballot, Option, Round
from facilitate.voting.queries import voter_token

Change = Callable[[Shape, Any, dict[str, Any]], Any]
"""(shape, stored ballot, the round's settings) → the ballot to store; None is the empty one."""


class Urn:
    """A round while ballots come in: its options and the stored ballots of those who act, each read once a batch."""

    def __init__(self, session: Session, round_: Round) -> None:
        self.session, self.round, self.shape = session, round_, SHAPES[round_.shape]
        found = session.execute(select(Option.id, Option.status, Option.member_id).where(Option.round_id == round_.id)).all()
        self.options = {option: status == "open" for option, status, _ in found}
        self.authors = {option: member for option, _, member in found}
        self._stored: dict[str, Any] = {}
        self._members: dict[str, str] = {}
        self._first: dict[str, Any] = {}

    def read(self, members: list[str]) -> None:
        """Read the stored ballots of some members."""
        tokens = {voter_token(self.round, member): member for member in members}
        query = select(Ballot.token, Ballot.ballot).where(Ballot.round_id == self.round.id, Ballot.token.in_(tokens))
        there: dict[str, Any] = dict(self.session.execute(query).tuples().all())
        for token, member in tokens.items():
            self._members[member] = token
            self._stored[member] = self._first[member] = there.get(token)

    def take(self, ctx: Context, change: Change) -> None:
        """Check one change of a ballot and fold it in; Refused leaves everything as it was."""
        may_vote(ctx, self.round)
        member = str(ctx.viewer.member)
        stored = self._stored[member]
        ballot = change(self.shape, stored, self.round.settings)
        allowed(self.shape, ballot, stored, self.options)
        self._own(member, ballot)
        self._stored[member] = ballot
        if (ballot is None) != (stored is None):
            ctx.put("turnout", self.round.id, None)
            ctx.put("participation", f"{self.round.id}/{member}", None)
        ctx.announce("figures", self.round.id)

    def _own(self, member: str, ballot: Any) -> None:
        if self.round.settings["own_barred"] and any(self.authors[option] == member for option in self.shape.marks(ballot)):
            raise Refused("unknown_option", "refusal.own_idea")

    def write(self) -> None:
        """Write what changed with the driver's executemany."""
        changed = {member: ballot for member, ballot in self._stored.items() if ballot != self._first[member]}
        kept = [{"round_id": self.round.id, "token": self._members[member], "ballot": ballot} for member, ballot in changed.items() if ballot is not None]
        upsert(self.session, Ballot, ("round_id", "token"), ("ballot",), kept)
        emptied = [self._members[member] for member, ballot in changed.items() if ballot is None]
        if emptied:
            self.session.execute(delete(Ballot).where(Ballot.round_id == self.round.id, Ballot.token.in_(emptied)))
        turned = [
            {"subject_id": self.round.id, "member_id": member, "event_id": self.round.event_id, "started": ballot is not None, "done": False}
            for member, ballot in changed.items()
            if (ballot is None) != (self._first[member] is None)
        ]
        upsert(self.session, Participation, ("subject_id", "member_id"), ("started",), turned)


def find_round(session: Session, event_id: str | None, round_id: str | None) -> Round:
    """The round of this event with an id; Refused `not_found`."""
    round_ = session.get(Round, round_id)
    if round_ is None or round_.event_id != event_id or round_.status == "draft":
        raise Refused("not_found", "refusal.no_round")
    return round_


def may_vote(ctx: Context, round_: Round) -> None:
    """Refuse who is not eligible, and what comes too late; a ballot on its way at the close counts for three seconds."""
    if ctx.viewer.role != "participant" or ctx.viewer.account is not None:
        raise Refused("not_eligible")
    if round_.status == "open":
        return
    if round_.status == "paused":
        raise Refused("round_closed", "refusal.round_paused")
    closed = round_.closed_at or 0
    on_its_way = round_.status == "closed" and ctx.at is not None and ctx.at <= closed and ctx.now <= closed + GRACE
    if not on_its_way:
        raise Refused("round_closed")


def take_many(session: Session, items: list[tuple[Context, Any]], change_of: Callable[[Any], Change]) -> None:
    """Take neighbouring changes of ballots: check all, fold those of one voter in order, write what is left."""
    urns: dict[str, Urn] = {}
    for ctx, words in items:
        try:
            round_ = find_round(session, ctx.event_id, words.round.data)
            urns.setdefault(round_.id, Urn(session, round_))
        except Refused as refused:
            ctx.refusal = refused
    for round_id, urn in urns.items():
        here = [(ctx, words) for ctx, words in items if words.round.data == round_id and ctx.refusal is None]
        urn.read([str(ctx.viewer.member) for ctx, _ in here])
        for ctx, words in here:
            try:
                urn.take(ctx, change_of(words))
            except Refused as refused:
                ctx.refusal = refused
        urn.write()


def take_one(ctx: Context, words: Any, change_of: Callable[[Any], Change]) -> None:
    """Take one change of a ballot."""
    take_many(ctx.session, [(ctx, words)], change_of)
    if ctx.refusal is not None:
        raise ctx.refusal


class Cast(Form):
    round = Id()
    ballot = Json((dict, list), limit=5000)


def _whole(words: Any) -> Change:
    return lambda shape, stored, settings: shape.check(words.ballot.data, settings)


@command("voting.cast", form=Cast, may=MEMBERS)
def cast(ctx: Context, words: Cast) -> None:
    """Cast a ballot: it replaces everything marked before."""
    take_one(ctx, words, _whole)


@hot("voting.cast")
def cast_many(session: Session, items: list[tuple[Context, Any]]) -> None:
    """Cast many ballots in one go."""
    take_many(session, items, _whole)


class Mark(Form):
    round = Id()
    option = Id()
    value = Json((str, int, float, bool, dict), limit=50, optional=True)


def _single(words: Any) -> Change:
    return lambda shape, stored, settings: shape.marked(stored, words.option.data, words.value.data, settings)


@command("voting.mark", form=Mark, may=MEMBERS)
def mark(ctx: Context, words: Mark) -> None:
    """Set one option of one's ballot to a value; null takes it back."""
    take_one(ctx, words, _single)


@hot("voting.mark")
def mark_many(session: Session, items: list[tuple[Context, Any]]) -> None:
    """Set many marks in one go."""
    take_many(session, items, _single)


class Done(Form):
    round = Id()
    done = Bool()


@command("voting.done", form=Done, may=MEMBERS)
def done(ctx: Context, words: Done) -> None:
    """Say, or take back, that one is finished with a vote."""
    round_ = find_round(ctx.session, ctx.event_id, words.round.data)
    may_vote(ctx, round_)
    member = ctx.viewer.member
    row = {"subject_id": round_.id, "member_id": member, "event_id": ctx.event_id, "started": False, "done": words.done.data}
    upsert(ctx.session, Participation, ("subject_id", "member_id"), ("done",), [row])
    ctx.put("turnout", round_.id, None)
    ctx.put("participation", f"{round_.id}/{member}", None)
