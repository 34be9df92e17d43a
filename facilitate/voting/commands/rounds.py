"""Opening, pausing, closing and sealing a round, and what changes its options while it is open."""

from __future__ import annotations

import random
import sqlite3
import time
import uuid
from functools import partial
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session
from wtforms import Form

from facilitate.core import jobs, registry
from facilitate.core.commands import SYSTEM, Context, command
from facilitate.core.db import now
from facilitate.core.fields import Id
from facilitate.core.refusals import Refused
from facilitate.core.spine import spine
from facilitate.core.strings import t
from facilitate.events import undo
from facilitate.events.models import Activity, Member, Participation
from facilitate.events.queries.room import event_of, people_in
from facilitate.events.undo import Taken
from facilitate.ideas.models import Idea
from facilitate.ideas.queries import Item, idea_item
from facilitate.voting import methods, secrets
from facilitate.voting.models import Ballot, Option, Outcome, Round, SealedBallot
from facilitate.voting.queries import OPEN, UNSEALED, ballots_of, counted, rounds_of, told, turnout, voter_token

GRACE, UNDO_WINDOW = 3_000, 10 * 60_000
"""ms in which ballots already on their way still count after the close; ms in which a close can be undone."""
SMALL = 5
MOST = 2_000
UNCOMMITTED = 60
"""Seconds after which the secret of a round that is not there belongs to none that is just being opened."""


def new_version() -> int:
    """A mark that changes whenever a round's options do; random, so that one from a transaction that was rolled back never
    comes again with other options."""
    return random.getrandbits(62)


def current(ctx: Context, activity: Activity) -> Round | None:
    """The latest run of a vote."""
    return ctx.session.get(Round, activity.round_id) if activity.round_id else None


def put_round(ctx: Context, round_: Round) -> None:
    """Put a round's row and its turnout."""
    ctx.put("rounds", round_.id, round_)
    ctx.put("turnout", round_.id, round_)


def put_turnout(ctx: Context, round_id: str, member: str, told: bool) -> None:
    """Put how many voted or are done, and who, where the staff is told."""
    ctx.put("turnout", round_id, None)
    if told:
        ctx.put("participation", f"{round_id}/{member}", None)


def put_options(ctx: Context, round_: Round) -> None:
    """Put every option of a round: they were uncovered, or hidden by an undo."""
    for option in ctx.session.scalars(select(Option).where(Option.round_id == round_.id)):
        ctx.put("options", f"{round_.id}/{option.id}", option)


def open_round(ctx: Context, activity: Activity, items: list[Item], taken: Taken) -> Round:
    """Open a vote: a new run over the items, or the draft that an undone start left."""
    taken.keep("activities", activity)
    round_ = _draft(ctx, activity)
    if round_ is not None:
        taken.keep("rounds", round_)
        _renew(ctx, round_, items)
    else:
        round_ = _new_run(ctx, activity, items)
        taken.made("rounds", round_, status="draft")
    activity.round_id = round_.id
    round_.status, round_.opened_at, round_.closed_at, round_.seal_at, round_.eligible = "open", ctx.now, None, None, None
    ctx.session.flush()
    put_options(ctx, round_)
    put_round(ctx, round_)
    return round_


def _kept(settings: dict[str, Any]) -> dict[str, Any]:
    """Of an activity's settings those by which its round goes."""
    return {name: settings[name] for name in ("budget", "cap", "min", "max", "results", "add_own", "order", "staff_totals", "text_limit", "own_barred")}


def _draft(ctx: Context, activity: Activity) -> Round | None:
    """The round that an undone start left, with whatever was cast in it, unless the vote is another one by now."""
    settings, round_ = activity.settings, next(iter(rounds_of(ctx.session, activity.id)[-1:]), None)
    if round_ is None or round_.status != "draft" or any(getattr(round_, name) != settings[name] for name in ("shape", "method", "secret")):
        return None
    return round_ if _kept(settings).items() <= round_.settings.items() else None


def _renew(ctx: Context, round_: Round, items: list[Item]) -> None:
    """Bring the options of a draft up to what comes in now; one that is no longer among them takes no more marks."""
    there = {option.id: option for option in ctx.session.scalars(select(Option).where(Option.round_id == round_.id))}
    for option in there.values():
        option.status = "withdrawn"
    for item in items[:MOST]:
        if item.id in there:
            there[item.id].status, there[item.id].title, there[item.id].text = "open", item.title, item.text
        else:
            add_option(ctx, round_, item)
    round_.version = new_version()


def _new_run(ctx: Context, activity: Activity, items: list[Item]) -> Round:
    settings = activity.settings
    asks = getattr(registry.variants(methods)[settings["method"]], "ASKS", {})
    kept = asks | _kept(settings) | {"small": people_in(ctx.session, str(ctx.event_id)) < SMALL}
    round_ = Round(
        id=str(uuid.uuid4()), event_id=ctx.event_id, activity_id=activity.id, run=len(rounds_of(ctx.session, activity.id)) + 1, shape=settings["shape"],
        method=settings["method"],
        version=new_version(), secret=settings["secret"], settings=kept,
    )  # fmt: skip
    ctx.session.add(round_)
    ctx.session.flush()
    if round_.secret:
        secrets.make(spine().settings.secrets, round_.id)
    for item in items[:MOST]:
        add_option(ctx, round_, item)
    return round_


def add_option(ctx: Context, round_: Round, item: Item) -> None:
    """Add an option to a round; nobody's ballot is disturbed."""
    option = Option(
        round_id=round_.id, id=item.id, event_id=round_.event_id, kind=item.kind, number=item.number, title=item.title, text=item.text, status="open",
        member_id=item.member, theme=item.theme,
    )  # fmt: skip
    ctx.session.add(option)
    round_.version = new_version()
    ctx.put("options", f"{round_.id}/{item.id}", option)


def set_status(ctx: Context, round_: Round, status: str, taken: Taken) -> None:
    """Pause a round or let it go on."""
    taken.keep("rounds", round_)
    round_.status = status
    put_round(ctx, round_)


def close_round(ctx: Context, round_: Round, taken: Taken) -> None:
    """Close a round: its base is that of the close, and it is sealed ten minutes later unless it is revealed before."""
    if round_.status not in OPEN:
        return
    taken.keep("rounds", round_)
    round_.status, round_.closed_at, round_.seal_at = "closed", ctx.now, ctx.now + UNDO_WINDOW
    round_.eligible = people_in(ctx.session, str(ctx.event_id))
    put_round(ctx, round_)


def reopen_round(ctx: Context, round_: Round, taken: Taken) -> None:
    """Go on with a closed round and all its ballots."""
    taken.keep("rounds", round_)
    round_.status, round_.closed_at, round_.seal_at, round_.eligible = "open", None, None, None
    put_round(ctx, round_)


def seal_soon(ctx: Context, round_: Round) -> None:
    """Let a closed round be sealed as soon as the grace for ballots on their way is over."""
    if round_.status == "closed":
        round_.seal_at = max(ctx.now, (round_.closed_at or ctx.now) + GRACE)


def withdraw_option(ctx: Context, idea: Idea) -> None:
    """An idea was withdrawn, hidden or shown again: so are its options in rounds that are not sealed."""
    query = select(Option, Round).join(Round, Round.id == Option.round_id).where(Option.id == idea.id, Round.status.in_(UNSEALED))
    status = "open" if idea.status == "shown" else "withdrawn"
    for option, round_ in ctx.session.execute(query):
        if option.status != status:
            option.status = status
            round_.version = new_version()
            ctx.put("options", f"{round_.id}/{option.id}", option)


def idea_option(ctx: Context, round_: Round, idea: Idea) -> None:
    """A new idea in a vote that takes them becomes an option."""
    if (ctx.session.scalar(select(func.count()).select_from(Option).where(Option.round_id == round_.id)) or 0) >= MOST:
        raise Refused("full", "refusal.too_many_options", n=MOST)
    add_option(ctx, round_, idea_item(idea))


class SealRound(Form):
    round = Id()


@command("voting.seal", form=SealRound, may=SYSTEM)
def seal(ctx: Context, words: SealRound) -> None:
    """Seal a round that is due."""
    round_ = ctx.session.get(Round, words.round.data)
    if round_ is not None and round_.status == "closed" and round_.seal_at is not None and round_.seal_at <= ctx.now:
        seal_now(ctx, round_)


def seal_now(ctx: Context, round_: Round) -> None:
    """Count, keep the ballots shuffled without token or time, and destroy what could join them to a person."""
    activity = ctx.session.get(Activity, round_.activity_id)
    ctx.session.add(Outcome(round_id=round_.id, event_id=round_.event_id, result=outcome_of(ctx, round_)))
    _shuffle(ctx, round_)
    _forget_voters(ctx, round_)
    round_.status, round_.sealed_at, round_.seal_at = "sealed", ctx.now, None
    ctx.session.flush()
    undo.forget(ctx, round_.id, round_.activity_id)
    put_round(ctx, round_)
    ctx.put("results", round_.id, (None, round_, activity))
    settings, round_id = spine().settings, round_.id
    ctx.after.append(lambda: erase(settings.secrets, round_id, settings.database))


def outcome_of(ctx: Context, round_: Round) -> dict[str, Any]:
    """The result as it is kept: figures, ranking, steps in the event's language, method and base."""
    result, shown = counted(ctx.session, round_), turnout(ctx.session, round_.event_id, round_)
    language = event_of(ctx.session, round_.event_id).language
    base = {"eligible": max(shown.eligible, shown.cast), "cast": shown.cast, "valid": shown.cast, "done": shown.done}
    return {
        "figures": result.figures, "ranking": result.ranking, "steps": [t(language, key, **values) for key, values in result.steps],
        "method": round_.method, "base": base | {"abstentions": base["eligible"] - base["cast"]},
    }  # fmt: skip


def _shuffle(ctx: Context, round_: Round) -> None:
    ballots = ballots_of(ctx.session, round_)
    random.SystemRandom().shuffle(ballots)
    ctx.session.execute(delete(Ballot).where(Ballot.round_id == round_.id))
    if ballots:
        ctx.session.execute(insert(SealedBallot), [{"round_id": round_.id, "ballot": ballot} for ballot in ballots])


def _forget_voters(ctx: Context, round_: Round) -> None:
    """Drop who voted in a secret round: turnout is a number from here on."""
    if not round_.secret:
        return
    if told(ctx.session, round_):
        for member in ctx.session.scalars(select(Participation.member_id).where(Participation.subject_id == round_.id)):
            ctx.put("participation", f"{round_.id}/{member}", None)
    ctx.session.execute(delete(Participation).where(Participation.subject_id == round_.id))


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
    """The rounds that are to be sealed now."""
    found = session.execute(select(Round.event_id, Round.id).where(Round.status == "closed", Round.seal_at <= now()))
    return [(event, "voting.seal", {"round": round_id}) for event, round_id in found]


@registry.periodic(60)
def sweep(session: Session) -> list[tuple[str | None, str, dict[str, Any]]]:
    """Destroy the secrets that a crash left behind: those of rounds that are sealed or gone. Sends no command."""
    folder = spine().settings.secrets
    open_rounds = set(session.scalars(select(Round.id).where(Round.status.in_(("draft", *UNSEALED)))))
    for path in folder.glob("*.key"):
        if path.stem not in open_rounds and time.time() - path.stat().st_mtime > UNCOMMITTED:
            secrets.destroy(folder, path.stem)
    return []


@registry.hook("activity_leaves")
def activity_leaves(ctx: Context, activity: Activity) -> None:
    """Refuse to drop a vote in which somebody cast a ballot."""
    cast = select(Ballot.token).join(Round, Round.id == Ballot.round_id).where(Round.activity_id == activity.id)
    if ctx.session.scalar(cast.limit(1)) is not None:
        raise Refused("activity_closed", "refusal.activity_has_run")


@registry.hook("ended")
def ended(ctx: Context) -> None:
    """The event ended: a round whose start was taken back is never counted, so its ballots and its secret go."""
    folder = spine().settings.secrets
    for round_ in ctx.session.scalars(select(Round).where(Round.event_id == ctx.event_id, Round.status == "draft")):
        ctx.session.execute(delete(Ballot).where(Ballot.round_id == round_.id))
        _forget_voters(ctx, round_)
        ctx.after.append(partial(secrets.destroy, folder, round_.id))


@registry.hook("crowd")
def crowd(ctx: Context) -> None:
    """The number of participants changed: so does the number of the eligible in open rounds."""
    for round_id in ctx.session.scalars(select(Round.id).where(Round.event_id == ctx.event_id, Round.status.in_(OPEN))):
        ctx.put("turnout", round_id, None)


def with_voters(ctx: Context) -> list[Round]:
    """The rounds of the event that are not sealed and whose voters are known; a secret that was lost makes them unknown."""
    unsealed = ctx.session.scalars(select(Round).where(Round.event_id == ctx.event_id, Round.status.in_(("draft", *UNSEALED))))
    folder = spine().settings.secrets
    return [round_ for round_ in unsealed if not round_.secret or secrets.known(folder, round_.id)]


@registry.hook("removed")
def removed(ctx: Context, member: Member) -> None:
    """A member was sent away: their ballots in rounds that are not sealed are void."""
    for round_ in with_voters(ctx):
        token = voter_token(round_, member.id)
        ctx.session.execute(delete(Ballot).where(Ballot.round_id == round_.id, Ballot.token == token))
        ctx.session.execute(delete(Participation).where(Participation.subject_id == round_.id, Participation.member_id == member.id))
        put_turnout(ctx, round_.id, member.id, told(ctx.session, round_))
        ctx.announce("figures", round_.id, token)


@registry.hook("merged")
def merged(ctx: Context, member: Member, into: Member) -> None:
    """Two members are one person: the first one's ballots stand only where the second has none."""
    for round_ in with_voters(ctx):
        gone, kept = voter_token(round_, member.id), voter_token(round_, into.id)
        theirs = ctx.session.get(Ballot, (round_.id, gone))
        if theirs is not None:
            if ctx.session.get(Ballot, (round_.id, kept)) is None:
                ctx.session.add(Ballot(round_id=round_.id, token=kept, ballot=theirs.ballot))
            ctx.session.delete(theirs)
            ctx.announce("figures", round_.id, kept)
        ctx.put("turnout", round_.id, None)


@registry.hook("deleted")
def deleted(ctx: Context, event: Any) -> None:
    """An event is deleted: so are the secrets of its rounds."""
    folder = spine().settings.secrets
    for round_id in ctx.session.scalars(select(Round.id).where(Round.event_id == event.id)):
        ctx.after.append(partial(secrets.destroy, folder, round_id))
