"""Opening, pausing and closing a round, and what changes its options and voters while it is not sealed."""

from __future__ import annotations

import random
import uuid
from functools import partial
from random import SystemRandom
from typing import Any

from sqlalchemy import delete, func, select, update

from facilitate.core import registry
from facilitate.core.commands import Context
from facilitate.core.refusals import Refused
from facilitate.core.spine import spine
from facilitate.events.models import Activity, Member, Participation
from facilitate.events.queries.room import people_in
from facilitate.events.undo import Taken
from facilitate.ideas.models import Idea
from facilitate.ideas.queries import Item, idea_item
from facilitate.voting import secrets
from facilitate.voting.commands.rolls import drop_rights, freeze
from facilitate.voting.counting import asked
from facilitate.voting.models import Ballot, Option, Round, SealedBallot
from facilitate.voting.queries.papers import grown
from facilitate.voting.queries.rounds import OPEN, SMALL, UNSEALED, eligible_in, rounds_of, told, voter_token, weight_of_roll

GRACE, UNDO_WINDOW = 3_000, 10 * 60_000
"""ms in which ballots already on their way still count after the close; ms in which a close can be undone."""
MOST = 2_000
SEED = 8
"""Bytes of the seed that is announced at the opening, from which lots are drawn."""


def new_version() -> int:
    """A mark that changes whenever a round's options do; random, so that one from a transaction that was rolled back never
    comes again with other options."""
    return random.getrandbits(62)


def new_seed() -> str:
    """A seed that nobody could know before."""
    return SystemRandom().randbytes(SEED).hex()


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
    before = next(iter(rounds_of(ctx.session, activity.id)[-1:]), None)
    round_ = before if before is not None and _goes_on(activity, before) else None
    if before is not None and before.status == "draft" and round_ is None:
        forget(ctx, before)
    if round_ is not None:
        taken.keep("rounds", round_)
        _renew(ctx, round_, items)
    else:
        round_ = _new_run(ctx, activity, items)
        taken.made("rounds", round_, status="draft")
        if before is not None and before.settings.get("whole_room"):
            drop_rights(ctx, activity)
    round_.settings = round_.settings | {"whole_room": freeze(ctx, activity) or round_.settings.get("whole_room", False)}
    round_.settings = round_.settings | {"small": eligible_in(ctx.session, round_) < SMALL}
    activity.round_id = round_.id
    # A round that goes on after an undone start was opened when it was opened first: decision 0009 compares with that.
    round_.status, round_.opened_at, round_.closed_at, round_.seal_at, round_.eligible = "open", round_.opened_at or ctx.now, None, None, None
    ctx.session.flush()
    put_options(ctx, round_)
    put_round(ctx, round_)
    return round_


def fixed(settings: dict[str, Any]) -> dict[str, Any]:
    """Of an activity's settings those by which its round goes."""
    kept = {name: settings[name] for name in ("results", "add_own", "order", "staff_totals", "text_limit", "own_barred", "roll", "checkers")}
    kept |= {"label": settings.get("label") or ""}
    wanted = asked(settings["shape"], settings["method"])
    return kept | {name: usual if settings.get(name) is None else settings[name] for name, usual in wanted.items()}


def _goes_on(activity: Activity, round_: Round) -> bool:
    """Whether a round is what an undone start left, with whatever was cast in it, and the vote is no other one by now."""
    settings = activity.settings
    if round_.status != "draft" or any(getattr(round_, name) != settings[name] for name in ("shape", "method", "secret")):
        return False
    return fixed(settings).items() <= round_.settings.items()


def forget(ctx: Context, round_: Round) -> None:
    """A round whose start was taken back is never counted: its ballots, who cast them, and its secret go."""
    ctx.session.execute(delete(Ballot).where(Ballot.round_id == round_.id))
    _drop_marks(ctx, round_)
    ctx.after.append(partial(secrets.destroy, spine().settings.secrets, round_.id))


def forget_voters(ctx: Context, round_: Round) -> None:
    """Drop who voted in a secret round: turnout is a number from here on."""
    if round_.secret:
        _drop_marks(ctx, round_)


def _drop_marks(ctx: Context, round_: Round) -> None:
    """Drop who voted in a round or is done with it."""
    if told(ctx.session, round_):
        for member in ctx.session.scalars(select(Participation.member_id).where(Participation.subject_id == round_.id)):
            ctx.put("participation", f"{round_.id}/{member}", None)
    ctx.session.execute(delete(Participation).where(Participation.subject_id == round_.id))


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
    kept = fixed(settings) | {"seed": new_seed()}
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
    before, round_.version = round_.version, new_version()
    grown(round_.id, before, round_.version, item.id, item.member)
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
    round_.eligible = eligible_in(ctx.session, round_)
    round_.settings = round_.settings | {"roll_weight": weight_of_roll(ctx.session, round_)}
    put_round(ctx, round_)


def reopen_round(ctx: Context, round_: Round, taken: Taken) -> None:
    """Go on with a closed round and all its ballots; what was hidden or shown again meanwhile takes effect."""
    taken.keep("rounds", round_)
    for option, idea in ctx.session.execute(select(Option, Idea).join(Idea, Idea.id == Option.id).where(Option.round_id == round_.id)):
        follow(round_, option, idea)
        ctx.put("options", f"{round_.id}/{option.id}", option)
    round_.status, round_.closed_at, round_.seal_at, round_.eligible, round_.version = "open", None, None, None, new_version()
    put_round(ctx, round_)


def seal_soon(ctx: Context, round_: Round, taken: Taken) -> None:
    """Let a closed round be sealed as soon as the grace for ballots on their way is over."""
    if round_.status == "closed":
        taken.keep("rounds", round_)
        round_.seal_at = max(ctx.now, (round_.closed_at or ctx.now) + GRACE)


def withdraw_option(ctx: Context, idea: Idea) -> None:
    """An idea was withdrawn, hidden or shown again: so are its options in open rounds. What a closed round counts stands as it did at
    the close, or whoever hides a card could choose the winner; there only its text goes from the screens."""
    query = select(Option, Round).join(Round, Round.id == Option.round_id).where(Option.id == idea.id, Round.status != "draft")
    for option, round_ in ctx.session.execute(query):
        if round_.status in OPEN:
            follow(round_, option, idea)
        ctx.put("options", f"{round_.id}/{option.id}", option)
        if round_.status == "sealed":
            put_result(ctx, round_)


def put_result(ctx: Context, round_: Round) -> None:
    """Put the result of a sealed round for those who may see it, or might a moment ago."""
    ctx.put("results", round_.id, None, registry.STAFF if round_.settings["results"] == "never" else registry.EVERYBODY)


def follow(round_: Round, option: Option, idea: Idea) -> None:
    """Let an option stand or fall with its idea."""
    status = "open" if idea.status == "shown" else "withdrawn"
    if option.status != status:
        option.status, round_.version = status, new_version()


def idea_option(ctx: Context, round_: Round, idea: Idea) -> None:
    """A new idea in a vote that takes them becomes an option."""
    if (ctx.session.scalar(select(func.count()).select_from(Option).where(Option.round_id == round_.id)) or 0) >= MOST:
        raise Refused("full", "refusal.too_many_options", n=MOST)
    add_option(ctx, round_, idea_item(idea))


@registry.hook("activity_leaves")
def activity_leaves(ctx: Context, activity: Activity) -> None:
    """Refuse to drop a vote in which somebody cast a ballot."""
    cast = select(Ballot.token).join(Round, Round.id == Ballot.round_id).where(Round.activity_id == activity.id)
    if ctx.session.scalar(cast.limit(1)) is not None:
        raise Refused("activity_closed", "refusal.activity_has_run")


@registry.hook("crowd")
def crowd(ctx: Context) -> None:
    """The number of participants changed: so does the number of the eligible in open rounds, and up to five what the staff is warned of."""
    if people_in(ctx.session, str(ctx.event_id)) <= SMALL:
        put_planned(ctx)
    for round_id in ctx.session.scalars(select(Round.id).where(Round.event_id == ctx.event_id, Round.status.in_(OPEN))):
        ctx.put("turnout", round_id, None)


def put_planned(ctx: Context) -> None:
    """Put the votes that are still to come: what their rows warn of may have changed."""
    for activity in ctx.session.scalars(select(Activity).where(Activity.event_id == ctx.event_id, Activity.type == "vote", Activity.status == "planned")):
        ctx.put("activities", activity.id, activity, registry.STAFF)


def with_voters(ctx: Context) -> list[Round]:
    """The rounds of the event that are not sealed and whose voters are known; a secret that was lost makes them unknown."""
    unsealed = ctx.session.scalars(select(Round).where(Round.event_id == ctx.event_id, Round.status.in_(("draft", *UNSEALED))))
    folder = spine().settings.secrets
    return [round_ for round_ in unsealed if not round_.secret or secrets.known(folder, round_.id)]


@registry.hook("removed")
def removed(ctx: Context, member: Member) -> None:
    """A member was sent away: their ballots in rounds that are not sealed are void, and they are not counted as eligible."""
    for round_ in with_voters(ctx):
        if round_.eligible and member.role == "participant" and round_.settings.get("roll") != "frozen":
            round_.eligible -= 1  # the base is that of the close, and they are no part of it any more
        _void(ctx, round_, member)


@registry.hook("role")
def role(ctx: Context, member: Member) -> None:
    """A member has another role: who takes part no more has no ballot in open rounds; in closed ones what was cast stands."""
    for round_ in with_voters(ctx):
        if member.role != "participant" and round_.status in ("draft", *OPEN):
            _void(ctx, round_, member)


def _void(ctx: Context, round_: Round, member: Member) -> None:
    """Drop what a member cast in a round, and that they did."""
    token, round_.version = voter_token(round_, member.id), new_version()
    ctx.session.execute(delete(Ballot).where(Ballot.round_id == round_.id, Ballot.token == token))
    ctx.session.execute(delete(Participation).where(Participation.subject_id == round_.id, Participation.member_id == member.id))
    put_turnout(ctx, round_.id, member.id, told(ctx.session, round_))
    ctx.announce("figures", round_.id, token)


@registry.hook("merged")
def merged(ctx: Context, member: Member, into: Member) -> None:
    """Two members are one person: the first one's ballots stand only where the second has none."""
    for round_ in with_voters(ctx):
        gone, kept, round_.version = voter_token(round_, member.id), voter_token(round_, into.id), new_version()
        theirs = ctx.session.get(Ballot, (round_.id, gone))
        if theirs is not None:
            if ctx.session.get(Ballot, (round_.id, kept)) is None:
                ctx.session.add(Ballot(round_id=round_.id, token=kept, ballot=theirs.ballot))
            ctx.session.delete(theirs)
            ctx.announce("figures", round_.id, kept)
        ctx.put("turnout", round_.id, None)
    ctx.session.execute(update(SealedBallot).where(SealedBallot.member_id == member.id).values(member_id=into.id))


@registry.hook("deleted")
def deleted(ctx: Context, event: Any) -> None:
    """An event is deleted: so are the secrets of its rounds."""
    folder = spine().settings.secrets
    for round_id in ctx.session.scalars(select(Round.id).where(Round.event_id == event.id)):
        ctx.after.append(partial(secrets.destroy, folder, round_id))
