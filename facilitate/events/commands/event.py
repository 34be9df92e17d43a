"""Commands about the event itself: make it from a template, doors, codes, rest, end, and what the projector shows."""

from __future__ import annotations

import re
import secrets
import unicodedata
import uuid
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from wtforms import Form

from facilitate.core import changes, jobs, registry
from facilitate.core.commands import ACCOUNT, ORGANISER, STAFF, SYSTEM, Context, command
from facilitate.core.db import now
from facilitate.core.fields import Bool, Choice, Id, Int, Json, NoWords, Text
from facilitate.core.refusals import Refused, Wrong
from facilitate.core.strings import languages, t
from facilitate.events import templates, undo
from facilitate.events.commands.agenda import STEP
from facilitate.events.commands.members import crowd, new_member
from facilitate.events.commands.run import finish, go_on, hold, label, put_event
from facilitate.events.models import Activity, Code, Event, Member
from facilitate.events.queries.room import SCREEN, agenda, event_of
from facilitate.events.types import TYPES
from facilitate.events.undo import Taken
from facilitate.people.models import Account

DAY = 86_400_000
KEPT_FOR = 30 * DAY
RESTS_FOR = 365 * DAY
"""ms that names are kept after the end; ms that a code rests before it is used again."""
FAR = 4_102_444_800_000
LICENCES = ("CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0")


class CreateEvent(Form):
    event = Id()
    template = Choice(lambda: sorted(registry.variants(templates)))
    title = Text(limit=80, optional=True)
    language = Choice(languages, optional=True, default="en")
    open = Bool(optional=True, default=False)
    starts_at = Int(0, FAR, optional=True)


@command("events.create", form=CreateEvent, may=ACCOUNT, outside=True)
def create(ctx: Context, words: CreateEvent) -> None:
    """Make an event from a template; its maker becomes its organiser."""
    if ctx.session.get(Event, words.event.data) is not None:
        raise Refused("id_taken")
    template, language = registry.variants(templates)[words.template.data], words.language.data
    account = ctx.session.get(Account, ctx.viewer.account)
    title = words.title.data or t(language, f"template.{words.template.data}.title")
    event = Event(
        id=words.event.data, slug=_slug(title), title=title, template=words.template.data, language=language, created_at=ctx.now,
        status="open" if words.open.data else "draft", starts_at=words.starts_at.data, screen={}, numbers={},
        facilitator=account.name if account else "",
    )  # fmt: skip
    ctx.session.add(event)
    ctx.session.add(changes.Log(event_id=event.id, slug=event.slug, seq=0, floor=0))
    ctx.session.flush()
    ctx.event_id = event.id
    event.code = fresh_code(ctx, event)
    new_member(ctx, event, str(uuid.uuid4()), event.facilitator, role="organiser", account=ctx.viewer.account)
    for place, block in enumerate(template.activities(lambda key, **values: t(language, key, **values)), 1):
        _plan(ctx, event, place, block)
    put_event(ctx, event)


def _plan(ctx: Context, event: Event, place: int, block: dict[str, Any]) -> None:
    activity = Activity(
        id=str(uuid.uuid4()), event_id=event.id, position=place * STEP, type=block["type"], title=block["title"], question=block.get("question", ""),
        minutes=block["minutes"], settings=TYPES[block["type"]].complete(block.get("settings", {})), stays_open=block.get("stays_open", False),
    )  # fmt: skip
    ctx.session.add(activity)
    ctx.put("activities", activity.id, activity)


def _slug(title: str) -> str:
    """A readable address: the title's letters and a few random ones, so that addresses cannot be guessed or collide."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "event"
    return f"{words}-{secrets.token_hex(3)}"


def fresh_code(ctx: Context, event: Event) -> str:
    """A six-digit code that no event has and that has rested for a year."""
    for _ in range(1000):
        code = str(100_000 + secrets.randbelow(900_000))
        known = ctx.session.get(Code, code)
        if known is None:
            ctx.session.add(Code(code=code, event_id=event.id))
            return code
        if known.retired_at is not None and known.retired_at < ctx.now - RESTS_FOR:
            known.event_id, known.retired_at, known.title = event.id, None, ""
            return code
    raise Refused("full", "refusal.no_codes")


def _retire(ctx: Context, event: Event) -> None:
    if event.code and (known := ctx.session.get(Code, event.code)) is not None:
        known.retired_at, known.title = ctx.now, event.title
    event.code = None


@command("events.open", form=NoWords, may=STAFF)
def open_event(ctx: Context, words: NoWords) -> None:
    """Open the event and its doors: people may join, and who waits at the door is let in."""
    event = event_of(ctx.session, ctx.event_id)
    if event.status == "paused":
        _wake(ctx, event)
    _let_in(ctx, event)
    event.status, event.door = "open", "open"
    undo.settle(ctx, event, "status")
    put_event(ctx, event)


def _let_in(ctx: Context, event: Event) -> None:
    """Let in everybody who waits at the door."""
    waiting = ctx.session.scalars(select(Member).where(Member.event_id == event.id, Member.status == "waiting")).all()
    if not waiting:
        return
    with crowd(ctx):
        for member in waiting:
            member.status = "in"
    for member in waiting:
        ctx.put("members", member.id, member)
        ctx.meet_again(member.id)


@command("events.close_doors", form=NoWords, may=STAFF)
def close_doors(ctx: Context, words: NoWords) -> None:
    """Close the doors: who is in stays in, nobody else joins."""
    event = event_of(ctx.session, ctx.event_id)
    event.door = "closed"
    put_event(ctx, event)


class Door(Form):
    door = Choice(("open", "admit", "closed"))


@command("events.door", form=Door, may=STAFF)
def door(ctx: Context, words: Door) -> None:
    """Set the doors: open, closed, or the facilitator admits each person."""
    event = event_of(ctx.session, ctx.event_id)
    event.door = words.door.data
    put_event(ctx, event)


@command("events.new_code", form=NoWords, may=STAFF)
def new_code(ctx: Context, words: NoWords) -> None:
    """Replace the code; the old one rests, and who is in stays in."""
    event = event_of(ctx.session, ctx.event_id)
    _retire(ctx, event)
    ctx.session.flush()
    event.code = fresh_code(ctx, event)
    put_event(ctx, event)


class Rest(Form):
    until = Int(0, FAR, optional=True)


@command("events.rest", form=Rest, may=STAFF)
def rest(ctx: Context, words: Rest) -> None:
    """Pause the whole event, and what runs in it, until it is woken or its time has come; seats stay."""
    event = event_of(ctx.session, ctx.event_id)
    if words.until.data is not None and words.until.data <= ctx.now:
        raise Refused("invalid", "refusal.rest_is_over", fields={"until": Wrong("refusal.rest_is_over")})
    with undo.undoable(ctx, label(ctx, "undo.rest"), _shown_at(ctx, event)) as taken:
        taken.keep("events", event)
        event.rested_from = event.rested_from if event.status == "paused" else event.status
        event.status, event.paused_until = "paused", words.until.data
        for activity in agenda(ctx.session, event.id):
            if activity.status == "running":
                hold(ctx, activity, taken)
                activity.rested_at = ctx.now
        put_event(ctx, event)


def _shown_at(ctx: Context, event: Event) -> str | None:
    """The activity whose row offers to take back what was done to the whole event."""
    return event.current_id or next((activity.id for activity in agenda(ctx.session, event.id)), None)


@command("events.wake", form=NoWords, may=STAFF)
def wake(ctx: Context, words: NoWords) -> None:
    """Resume a paused event with the same seats; what was paused with it goes on, what was paused before stays so."""
    event = event_of(ctx.session, ctx.event_id)
    if event.status == "paused":
        _wake(ctx, event)


def _wake(ctx: Context, event: Event) -> None:
    if event.paused_until is not None and event.paused_until <= ctx.now:
        event.paused_until = None  # who takes this waking back rests until somebody wakes the event: its time would wake it at once
    with undo.undoable(ctx, label(ctx, "undo.wake"), _shown_at(ctx, event)) as taken:
        taken.keep("events", event)
        event.status, event.paused_until, event.rested_from = event.rested_from or "open", None, None
        for activity in agenda(ctx.session, event.id):
            if activity.status == "paused" and activity.rested_at is not None:
                go_on(ctx, activity, taken)
        put_event(ctx, event)


@registry.periodic(jobs.BEAT)
def time_to_wake(session: Session) -> list[tuple[str | None, str, dict[str, Any]]]:
    """The events that rest to a date which has come."""
    due = session.scalars(select(Event.id).where(Event.status == "paused", Event.paused_until <= now()))
    return [(event, "events.wake", {}) for event in due]


@command("events.end", form=NoWords, may=STAFF, after_end=True)
def end(ctx: Context, words: NoWords) -> None:
    """End the event: what runs is closed, its code rests, and names are deleted thirty days later."""
    event = event_of(ctx.session, ctx.event_id)
    if event.status == "ended":
        return
    _retire(ctx, event)
    for activity in agenda(ctx.session, event.id):
        finish(ctx, activity, Taken())
    registry.call("ended", ctx)
    event.status, event.ended_at, event.delete_at = "ended", ctx.now, ctx.now + KEPT_FOR
    ctx.forget()
    put_event(ctx, event)


@command("events.delete", form=NoWords, may=ORGANISER, after_end=True)
def delete_event(ctx: Context, words: NoWords) -> None:
    """Delete the event now, with everything in it."""
    event = event_of(ctx.session, ctx.event_id)
    registry.call("deleted", ctx, event)
    _retire(ctx, event)
    for member in registry.ask("members_of", ctx.session, event.id):
        ctx.meet_again(member)
    ctx.session.flush()
    ctx.touched.clear()
    ctx.session.execute(delete(changes.Log).where(changes.Log.event_id == event.id))
    ctx.session.execute(delete(Event).where(Event.id == event.id))
    ctx.forget()
    ctx.session.expire_all()


class EditEvent(Form):
    title = Text(limit=80, optional=True)
    language = Choice(languages, optional=True)
    starts_at = Int(0, FAR, optional=True)
    seating = Choice(("open", "list"), optional=True)
    team_min = Int(1, 50, optional=True)
    team_max = Int(1, 50, optional=True)
    licence = Choice(LICENCES, optional=True)
    facilitator = Text(limit=60, optional=True, empty=True)
    place = Text(limit=80, optional=True, empty=True)


@command("events.edit_event", form=EditEvent, may=STAFF)
def edit_event(ctx: Context, words: EditEvent) -> None:
    """Change the event's title, language, start, seating, team sizes, licence, place or the facilitator's name."""
    event = event_of(ctx.session, ctx.event_id)
    for field in words:
        if field.data is not None:
            setattr(event, field.name, field.data)
    if event.team_min > event.team_max:
        raise Refused("invalid", "refusal.team_sizes")
    put_event(ctx, event)
    if words.team_min.given or words.team_max.given:
        registry.call("sizes", ctx)


class Screen(Form):
    blank = Bool(optional=True)
    qr = Bool(optional=True)
    page = Int(0, 999, optional=True)
    step = Int(0, 9999, optional=True)
    spotlight = Json((dict,), limit=10, optional=True)
    theme = Choice(("dark", "light"), optional=True)
    race = Bool(optional=True)


@command("events.screen", form=Screen, may=STAFF)
def screen(ctx: Context, words: Screen) -> None:
    """Set what the projector shows beside the current activity: blank, QR, page, reveal step, spotlight, theme."""
    event = event_of(ctx.session, ctx.event_id)
    given = {field.name: field.data for field in words if field.given}
    spotlight = given.get("spotlight")
    if spotlight is not None and (spotlight.get("collection") not in ("ideas", "groups", "options") or not isinstance(spotlight.get("id"), str)):
        raise Refused("invalid", "refusal.spotlight")
    event.screen = SCREEN | event.screen | given
    ctx.put("events", event.slug, event, "staff", "screen")


@command("events.delete_names", form=NoWords, may=SYSTEM, after_end=True)
def delete_names(ctx: Context, words: NoWords) -> None:
    """Delete the names of an event whose date of deletion has come."""
    event = event_of(ctx.session, ctx.event_id)
    registry.call("names_due", ctx)
    event.delete_at = None
    put_event(ctx, event)
