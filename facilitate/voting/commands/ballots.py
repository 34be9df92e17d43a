"""Commands of voters: cast a ballot, mark one option, say that one is finished."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session
from wtforms import Form

from facilitate.core.commands import MEMBERS, Context, command, hot
from facilitate.core.db import table_of, upsert
from facilitate.core.fields import Bool, Id, Json
from facilitate.core.refusals import Refused
from facilitate.events.models import Participation
from facilitate.voting.ballots import SHAPES, Shape, allowed
from facilitate.voting.commands.rounds import GRACE, put_turnout
from facilitate.voting.models import Ballot, Round
from facilitate.voting.queries.papers import Paper, paper_of
from facilitate.voting.queries.piles import receipt
from facilitate.voting.queries.rounds import told, voter_token

Change = Callable[[Shape, Any, dict[str, Any]], Any]
"""(shape, stored ballot, the round's settings) → the ballot to store; None is the empty one."""


_R, _B = table_of(Round), table_of(Ballot)
_ROUNDS = select(_R).where(_R.c.id.in_(bindparam("ids", expanding=True)))
_STORED = select(_B.c.token, _B.c.ballot).where(_B.c.round_id == bindparam("round"), _B.c.token.in_(bindparam("tokens", expanding=True)))
"""The reads of the hot path, made once and run on the connection."""


class Urn:
    """A round while ballots come in, and the stored ballots of those who act, read once a batch."""

    def __init__(self, session: Session, round_: Any) -> None:
        self.session, self.round, self.shape = session, round_, SHAPES[round_.shape]
        self.paper, self.told = paper_of(session, round_), told(session, round_)
        self._stored: dict[str, Any] = {}
        self._members: dict[str, str] = {}
        self._first: dict[str, Any] = {}

    def read(self, members: list[str]) -> None:
        """Read the stored ballots of some members."""
        tokens = {voter_token(self.round, member): member for member in members}
        found = self.session.connection().execute(_STORED, {"round": self.round.id, "tokens": list(tokens)})
        there = {row.token: row.ballot for row in found}
        for token, member in tokens.items():
            self._members[member] = token
            self._stored[member] = self._first[member] = there.get(token)

    def take(self, ctx: Context, member: str, change: Change) -> None:
        """Check one change of the ballot of `member` and fold it in; Refused leaves everything as it was."""
        may_vote(ctx, self.round)
        on_the_roll(ctx, self.paper, member)
        stored = self._stored[member]
        ballot = change(self.shape, stored, self.round.settings)
        allowed(self.shape, ballot, stored, self.paper.open)
        self._own(member, ballot)
        self._stored[member] = ballot
        if (ballot is None) != (stored is None):
            put_turnout(ctx, self.round.id, member, self.told)
        if ballot != stored:
            ctx.announce("figures", self.round.id, self._members[member])
        ctx.answer["receipt"] = receipt(self.round.id, self._members[member])

    def _own(self, member: str, ballot: Any) -> None:
        if self.round.settings["own_barred"] and any(self.paper.authors[option] == member for option in self.shape.marks(ballot)):
            raise Refused("unknown_option", "refusal.own_idea")

    def write(self) -> None:
        """Write what changed with the driver's executemany."""
        changed = {member: ballot for member, ballot in self._stored.items() if ballot != self._first[member]}
        kept = [{"round_id": self.round.id, "token": self._members[member], "ballot": ballot} for member, ballot in changed.items() if ballot is not None]
        upsert(self.session, Ballot, ("round_id", "token"), ("ballot",), kept)
        emptied = [self._members[member] for member, ballot in changed.items() if ballot is None]
        if emptied:
            self.session.connection().execute(delete(Ballot).where(Ballot.round_id == self.round.id, Ballot.token.in_(emptied)))
        turned = [
            {"subject_id": self.round.id, "member_id": member, "event_id": self.round.event_id, "started": ballot is not None, "done": False}
            for member, ballot in changed.items()
            if (ballot is None) != (self._first[member] is None)
        ]
        upsert(self.session, Participation, ("subject_id", "member_id"), ("started",), turned)


def find_rounds(session: Session, items: list[tuple[Context, Any]]) -> dict[str, Any]:
    """The rounds that are meant, as rows; where there is none in the sender's event, its command is refused `not_found`."""
    ids = list({words.round.data for _, words in items})
    rounds = {row.id: row for row in session.connection().execute(_ROUNDS, {"ids": ids})}
    for ctx, words in items:
        row = rounds.get(words.round.data)
        if row is None or row.event_id != ctx.event_id or row.status == "draft":
            ctx.refusal = Refused("not_found", "refusal.no_round")
    return rounds


def may_vote(ctx: Context, round_: Any) -> None:
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


def on_the_roll(ctx: Context, paper: Paper, member: str) -> None:
    """Refuse who votes for somebody else without being asked to, and who is not on a frozen roll."""
    own = member == ctx.viewer.member
    if paper.roll is None and own:
        return
    if paper.roll is None or paper.roll.get(member) != ctx.viewer.member:
        raise Refused("not_eligible", "refusal.not_on_the_roll" if own else "refusal.not_your_vote")


def voter(ctx: Context, words: Any) -> str:
    """Whose ballot is meant: one's own, or that of the person whose delegate one is."""
    return words.member.data or str(ctx.viewer.member)


def take_many(session: Session, items: list[tuple[Context, Any]], change_of: Callable[[Any], Change]) -> None:
    """Take neighbouring changes of ballots: check all, fold those of one voter in order, write what is left."""
    for round_id, row in find_rounds(session, items).items():
        here = [(ctx, words) for ctx, words in items if words.round.data == round_id and ctx.refusal is None]
        if not here:
            continue
        urn = Urn(session, row)
        try:
            urn.read([voter(ctx, words) for ctx, words in here])
        except KeyError:
            for ctx, _ in here:
                ctx.refusal = Refused("round_closed", "refusal.secret_gone")
            continue
        for ctx, words in here:
            try:
                urn.take(ctx, voter(ctx, words), change_of(words))
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
    member = Id(optional=True)


def _whole(words: Any) -> Change:
    return lambda shape, stored, settings: shape.check(words.ballot.data, settings)


@command("voting.cast", form=Cast, may=MEMBERS, after_end=True)
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
    member = Id(optional=True)


def _single(words: Any) -> Change:
    return lambda shape, stored, settings: shape.marked(stored, words.option.data, words.value.data, settings)


@command("voting.mark", form=Mark, may=MEMBERS, after_end=True)
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
    member = Id(optional=True)


@command("voting.done", form=Done, may=MEMBERS)
def done(ctx: Context, words: Done) -> None:
    """Say, or take back, that one is finished with a vote."""
    round_ = find_rounds(ctx.session, [(ctx, words)]).get(words.round.data)
    if ctx.refusal is not None:
        raise ctx.refusal
    may_vote(ctx, round_)
    member = voter(ctx, words)
    on_the_roll(ctx, paper_of(ctx.session, round_), member)
    row = {"subject_id": words.round.data, "member_id": member, "event_id": ctx.event_id, "started": False, "done": words.done.data}
    upsert(ctx.session, Participation, ("subject_id", "member_id"), ("done",), [row])
    put_turnout(ctx, words.round.data, member, told(ctx.session, round_))
