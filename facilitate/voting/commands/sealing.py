"""Sealing a round: it is counted, its ballots are kept shuffled without token or time, and what could join them to a person dies."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from typing import Any

from sqlalchemy import delete, func, insert, literal, null, select
from sqlalchemy.orm import Session
from wtforms import Form

from facilitate.core import jobs, registry
from facilitate.core.commands import SYSTEM, Context, command
from facilitate.core.db import now, table_of
from facilitate.core.fields import Id
from facilitate.core.spine import spine
from facilitate.events import undo
from facilitate.events.models import Activity
from facilitate.voting import recount, secrets
from facilitate.voting.commands.rounds import forget, forget_voters, put_round
from facilitate.voting.models import Ballot, Outcome, Round, SealedBallot
from facilitate.voting.queries import elsewhere
from facilitate.voting.queries.piles import pile_text, weights
from facilitate.voting.queries.rounds import UNSEALED

UNCOMMITTED = 60
"""Seconds after which the secret of a round that is not there belongs to none that is just being opened."""


class SealRound(Form):
    round = Id()


@command("voting.seal", form=SealRound, may=SYSTEM, after_end=True)
def seal(ctx: Context, words: SealRound) -> None:
    """Seal a round that is due."""
    round_ = ctx.session.get(Round, words.round.data)
    if round_ is not None and round_.status == "closed" and round_.seal_at is not None and round_.seal_at <= ctx.now:
        seal_now(ctx, round_)


def seal_now(ctx: Context, round_: Round) -> None:
    """Keep the result, keep the ballots shuffled without token or time, and destroy what could join them to a person."""
    activity = ctx.session.get(Activity, round_.activity_id)
    ctx.session.add(Outcome(round_id=round_.id, event_id=round_.event_id, result=outcome_of(ctx, round_)))
    _shuffle(ctx, round_)
    forget_voters(ctx, round_)
    round_.status, round_.sealed_at, round_.seal_at = "sealed", ctx.now, None
    ctx.session.flush()
    undo.forget(ctx, round_.id, round_.activity_id)
    put_round(ctx, round_)
    ctx.put("results", round_.id, (None, round_, activity))
    settings, round_id = spine().settings, round_.id
    ctx.after.append(lambda: erase(settings.secrets, round_id, settings.database))


def outcome_of(ctx: Context, round_: Round) -> dict[str, Any]:
    """The result as it is kept; counted beside the event loop, or here where that is quick or the program failed."""
    return elsewhere.taken(round_) or recount.sealed(json.loads(pile_text(ctx.session, round_, closing=True)))


def _shuffle(ctx: Context, round_: Round) -> None:
    """Rewrite the ballots in an order that chance decides, in the database itself where all weigh the same; with names in a named round,
    whose tokens they are. Reasons stay with no secret ballot: one may tell who wrote it, and so whose the rest is."""
    heavy, reasons = weights(ctx.session, round_), round_.settings.get("reasons")
    if not heavy and not (round_.secret and reasons):
        voter = null() if round_.secret else Ballot.token
        mixed = select(Ballot.round_id, Ballot.ballot, literal(1), voter).where(Ballot.round_id == round_.id).order_by(func.random())
        ctx.session.execute(insert(SealedBallot).from_select(["round_id", "ballot", "weight", "member_id"], mixed))
    else:
        found = [(row, heavy.get(row.token, 1)) for row in ctx.session.scalars(select(Ballot).where(Ballot.round_id == round_.id))]
        rare = recount.unkept([weight for _, weight in found], named=not round_.secret)
        random.SystemRandom().shuffle(found)
        rows = [
            {"round_id": round_.id, "ballot": recount.bare(row.ballot) if round_.secret else row.ballot,
             "weight": None if weight in rare else weight, "member_id": None if round_.secret else row.token}
            for row, weight in found
        ]  # fmt: skip
        if rows:  # into the table, since an insert of the ORM leaves out what is None and so takes the column's default
            ctx.session.execute(insert(table_of(SealedBallot)), rows)
    ctx.session.execute(delete(Ballot).where(Ballot.round_id == round_.id))


def erase(folder: Any, round_id: str, database: str) -> None:
    """After the commit: destroy the secret, and empty the write-ahead log so that no earlier page stays in it."""
    secrets.destroy(folder, round_id)
    _washed.discard(database)
    wash(database)


_washed: set[str] = set()
"""The databases whose write-ahead log holds no page from before a seal; of none is that known at the start."""


def wash(database: str) -> None:
    """Write SQLite's write-ahead log back and empty it; where a reader stands in the way, the next beat tries again."""
    if not database.startswith("sqlite:///"):
        return
    connection = sqlite3.connect(database.removeprefix("sqlite:///"), timeout=0)
    try:
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
            _washed.add(database)
    except sqlite3.OperationalError:
        pass
    finally:
        connection.close()


@registry.periodic(jobs.BEAT)
def rinse(session: Session) -> list[tuple[str | None, str, dict[str, Any]]]:
    """Empty the write-ahead log after a seal, and after a start. Sends no command."""
    if spine().settings.database not in _washed:
        wash(spine().settings.database)
    return []


@registry.periodic(jobs.BEAT)
def due(session: Session) -> list[tuple[str | None, str, dict[str, Any]]]:
    """The rounds that are to be sealed now; one that takes long to count waits until that is done beside the event loop."""
    closed = session.scalars(select(Round).where(Round.status == "closed", Round.seal_at <= now()))
    return [(round_.event_id, "voting.seal", {"round": round_.id}) for round_ in closed if elsewhere.is_counted(session, round_)]


@registry.periodic(60)
def sweep(session: Session) -> list[tuple[str | None, str, dict[str, Any]]]:
    """Destroy the secrets that a crash left behind: those of rounds that are sealed or gone. Sends no command."""
    folder = spine().settings.secrets
    open_rounds = set(session.scalars(select(Round.id).where(Round.status.in_(("draft", *UNSEALED)))))
    for path in folder.glob("*.key"):
        if path.stem not in open_rounds and time.time() - path.stat().st_mtime > UNCOMMITTED:
            secrets.destroy(folder, path.stem)
    return []


@registry.hook("ended")
def ended(ctx: Context) -> None:
    """The event ended: a round whose start was taken back is never counted, so its ballots and its secret go."""
    for round_ in ctx.session.scalars(select(Round).where(Round.event_id == ctx.event_id, Round.status == "draft")):
        forget(ctx, round_)
