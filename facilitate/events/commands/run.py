"""Commands that run the agenda: start, pause, extend, close, reveal, next, reopen, undo, done."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Form

from facilitate.core import jobs, registry
from facilitate.core.commands import MEMBERS, STAFF, Context, command
from facilitate.core.db import now
from facilitate.core.fields import Bool, Id, Int, NoWords
from facilitate.core.refusals import Refused, Wrong
from facilitate.core.strings import t
from facilitate.events.models import Activity, Event, Participation
from facilitate.events.queries.agenda import few
from facilitate.events.queries.room import agenda, event_of
from facilitate.events.types import type_of
from facilitate.events.undo import Taken, newest, restore, undoable

MINUTE = 60_000
NEAR = 60 * MINUTE
"""A planned start counts for the plan where the event really starts within this time of it."""


class OneActivity(Form):
    activity = Id()


def find(ctx: Context, activity_id: str | None) -> Activity:
    """The activity of this event with an id; Refused `not_found`."""
    activity = ctx.session.get(Activity, activity_id)
    if activity is None or activity.event_id != ctx.event_id:
        raise Refused("not_found", "refusal.no_activity")
    return activity


def label(ctx: Context, key: str, **values: object) -> str:
    """What *undo* will say, in the event's language."""
    return t(event_of(ctx.session, ctx.event_id).language, key, **values)


def put_event(ctx: Context, event: Event) -> None:
    """Put the event's own row."""
    ctx.put("events", event.slug, event)


def awake(ctx: Context) -> Event:
    """The event; Refused while it rests: its people were sent home until a time, and nothing runs behind their back."""
    event = event_of(ctx.session, ctx.event_id)
    if event.status == "paused":
        raise Refused("activity_closed", "refusal.event_rests")
    return event


@command("events.start", form=OneActivity, may=STAFF)
def start(ctx: Context, words: OneActivity) -> None:
    """Start an activity; the other running one closes unless it is set to stay open. Refused while the event rests: wake it first."""
    activity = find(ctx, words.activity.data)
    if activity.status in ("running", "paused"):
        return
    with undoable(ctx, label(ctx, "undo.start", title=activity.title), activity.id) as taken:
        begin(ctx, activity, taken)


def begin(ctx: Context, activity: Activity, taken: Taken) -> None:
    """Close what runs, start an activity, and make it the current one."""
    event = awake(ctx)
    taken.keep("events", event)
    for other in agenda(ctx.session, event.id):
        if other.id != activity.id and other.status in ("running", "paused") and not other.stays_open:
            finish(ctx, other, taken)
    taken.keep("activities", activity)
    activity.status, activity.started_at = "running", ctx.now
    activity.ends_at = ctx.now + activity.minutes * MINUTE if activity.minutes else None
    activity.left = activity.closed_at = activity.actual = None
    event.current_id = activity.id
    event.status = "open" if event.status == "draft" else event.status
    event.plan_ends_at = event.plan_ends_at or planned_end(ctx, event)
    event.screen = {name: value for name, value in event.screen.items() if name in ("theme", "race")}
    type_of(activity).on_start(ctx, activity, taken)
    ctx.put("activities", activity.id, activity)
    put_event(ctx, event)


def planned_end(ctx: Context, event: Event) -> int:
    """When the agenda would end as it stands: the measure of every later delay, whatever is changed on the way."""
    near = event.starts_at is not None and abs(ctx.now - event.starts_at) < NEAR
    start = event.starts_at if near and event.starts_at is not None else ctx.now
    return start + MINUTE * sum(block.minutes for block in agenda(ctx.session, event.id) if block.status != "skipped")


def finish(ctx: Context, activity: Activity, taken: Taken) -> None:
    """Close an activity that runs or rests."""
    if activity.status not in ("running", "paused"):
        return
    taken.keep("activities", activity)
    activity.status, activity.closed_at = "closed", ctx.now
    activity.actual = ctx.now - (activity.started_at or ctx.now)
    activity.left = activity.rested_at = None
    type_of(activity).on_close(ctx, activity, taken)
    ctx.put("activities", activity.id, activity)


@command("events.pause", form=OneActivity, may=STAFF)
def pause(ctx: Context, words: OneActivity) -> None:
    """Stop the clock of a running activity."""
    activity = find(ctx, words.activity.data)
    if activity.status != "running":
        return
    with undoable(ctx, label(ctx, "undo.pause"), activity.id) as taken:
        hold(ctx, activity, taken)


def hold(ctx: Context, activity: Activity, taken: Taken) -> None:
    """Stop the clock of a running activity."""
    taken.keep("activities", activity)
    activity.status = "paused"
    activity.left = activity.ends_at - ctx.now if activity.ends_at is not None else None
    activity.ends_at = None
    type_of(activity).on_pause(ctx, activity, taken)
    ctx.put("activities", activity.id, activity)


@command("events.resume", form=OneActivity, may=STAFF)
def resume(ctx: Context, words: OneActivity) -> None:
    """Let the clock of a paused activity go on."""
    activity = find(ctx, words.activity.data)
    if activity.status != "paused":
        return
    awake(ctx)
    with undoable(ctx, label(ctx, "undo.resume"), activity.id) as taken:
        go_on(ctx, activity, taken)


def go_on(ctx: Context, activity: Activity, taken: Taken) -> None:
    """Let the clock of a paused activity run again."""
    taken.keep("activities", activity)
    activity.status = "running"
    activity.ends_at = ctx.now + activity.left if activity.left is not None else None
    activity.left = activity.rested_at = None
    type_of(activity).on_resume(ctx, activity, taken)
    ctx.put("activities", activity.id, activity)


class Extend(Form):
    activity = Id()
    seconds = Int(-86_400, 86_400)


@command("events.extend", form=Extend, may=STAFF)
def extend(ctx: Context, words: Extend) -> None:
    """Give an open activity more time, or less; its end is never set into the past."""
    activity = find(ctx, words.activity.data)
    if activity.status not in ("running", "paused"):
        raise Refused("activity_closed", "refusal.activity_not_open")
    seconds = words.seconds.data
    if seconds < 0 and activity.ends_at is None and activity.left is None:
        raise Refused("invalid", "refusal.no_clock", fields={"seconds": Wrong("refusal.no_clock")})
    with undoable(ctx, label(ctx, "undo.extend", seconds=f"{seconds:+d}", minutes=f"{round(seconds / 60, 1):+g}".replace("-", "−")), activity.id) as taken:
        taken.keep("activities", activity)
        if activity.status == "paused":
            activity.left = max(0, (activity.left or 0) + seconds * 1000)
        else:
            base = max(activity.ends_at or ctx.now, ctx.now) if seconds > 0 else activity.ends_at or ctx.now
            activity.ends_at = max(ctx.now, base + seconds * 1000)
        ctx.put("activities", activity.id, activity)


@command("events.close", form=OneActivity, may=STAFF)
def close(ctx: Context, words: OneActivity) -> None:
    """Close an activity; what is hidden stays hidden."""
    activity = find(ctx, words.activity.data)
    if activity.status not in ("running", "paused"):
        return
    with undoable(ctx, label(ctx, "undo.close", title=activity.title), activity.id) as taken:
        finish(ctx, activity, taken)


@command("events.reveal", form=OneActivity, may=STAFF, after_end=True)
def reveal(ctx: Context, words: OneActivity) -> None:
    """Show the room what an activity hid; an open one closes first."""
    activity = find(ctx, words.activity.data)
    if activity.revealed and activity.status == "closed":
        return
    if activity.status in ("planned", "skipped"):
        raise Refused("activity_closed", "refusal.activity_not_started")
    with undoable(ctx, label(ctx, "undo.reveal"), activity.id) as taken:
        finish(ctx, activity, taken)
        taken.keep("activities", activity)
        activity.revealed = True
        type_of(activity).on_reveal(ctx, activity, taken)
        ctx.put("activities", activity.id, activity)


@command("events.next", form=NoWords, may=STAFF)
def next_activity(ctx: Context, words: NoWords) -> None:
    """Close the current activity and start the next one that is planned."""
    event = event_of(ctx.session, ctx.event_id)
    blocks = agenda(ctx.session, event.id)
    current = next((block for block in blocks if block.id == event.current_id), None)
    after = current.position if current is not None else -1
    coming = next((block for block in blocks if block.position > after and block.status == "planned"), None)
    if coming is None and current is None:
        raise Refused("not_found", "refusal.no_next_activity")
    with undoable(ctx, label(ctx, "undo.next"), (coming or current).id) as taken:  # type: ignore[union-attr]
        if coming is not None:
            begin(ctx, coming, taken)
        elif current is not None:
            finish(ctx, current, taken)


@command("events.reopen", form=OneActivity, may=STAFF)
def reopen(ctx: Context, words: OneActivity) -> None:
    """Open a closed activity again, without a clock; a vote that is counted gets a new run."""
    activity = find(ctx, words.activity.data)
    if activity.status != "closed":
        return
    with undoable(ctx, label(ctx, "undo.reopen", title=activity.title), activity.id) as taken:
        event = awake(ctx)
        taken.keep("events", event)
        for other in agenda(ctx.session, event.id):
            if other.id != activity.id and other.status in ("running", "paused") and not other.stays_open:
                finish(ctx, other, taken)
        taken.keep("activities", activity)
        activity.status, activity.closed_at, activity.actual, activity.ends_at = "running", None, None, None
        event.current_id = activity.id
        type_of(activity).on_reopen(ctx, activity, taken)
        ctx.put("activities", activity.id, activity)
        put_event(ctx, event)


@command("events.skip", form=OneActivity, may=STAFF)
def skip(ctx: Context, words: OneActivity) -> None:
    """Leave a planned activity out, or plan it again."""
    activity = find(ctx, words.activity.data)
    if activity.status not in ("planned", "skipped"):
        raise Refused("activity_closed", "refusal.activity_started")
    with undoable(ctx, label(ctx, "undo.skip", title=activity.title), activity.id) as taken:
        taken.keep("activities", activity)
        activity.status = "skipped" if activity.status == "planned" else "planned"
        ctx.put("activities", activity.id, activity)


class UndoWords(Form):
    command = Id()


@command("events.undo", form=UndoWords, may=STAFF)
def undo(ctx: Context, words: UndoWords) -> None:
    """Take back the last room-changing command; what participants wrote since stays."""
    last = newest(ctx.session, ctx.event_id)
    if last is None or last.command_id != words.command.data:
        raise Refused("nothing_to_undo")
    for collection, thing in restore(ctx, last):
        ctx.put(collection, thing.slug if isinstance(thing, Event) else thing.id, thing)
        if isinstance(thing, Activity):
            type_of(thing).on_undo(ctx, thing)


class Done(Form):
    activity = Id()
    done = Bool()


@command("events.done", form=Done, may=MEMBERS)
def done(ctx: Context, words: Done) -> None:
    """Say, or take back, that one is finished with an activity."""
    activity = find(ctx, words.activity.data)
    if activity.status not in ("running", "paused"):
        raise Refused("activity_closed")
    if activity.type == "vote":
        raise Refused("invalid", "refusal.use_voting_done")
    mark(ctx, activity.id, ctx.viewer.member, done=words.done.data)


def mark(ctx: Context, subject: str, member: str | None, *, started: bool | None = None, done: bool | None = None) -> None:
    """Keep that a member started, or is done with, a subject (an activity or a round), and put the counts and the staff's mark."""
    row = ctx.session.get(Participation, (subject, member))
    if row is None:
        row = Participation(subject_id=subject, member_id=member, event_id=ctx.event_id, started=False, done=False)
        ctx.session.add(row)
    elif started in (None, row.started) and done in (None, row.done):
        return
    row.started = row.started if started is None else started
    row.done = row.done if done is None else done
    put_mark(ctx, subject, member)


def forget_mark(ctx: Context, row: Participation) -> None:
    """Drop that a member started, or is done with, a subject."""
    ctx.session.delete(row)
    put_mark(ctx, row.subject_id, row.member_id)


def put_mark(ctx: Context, subject: str, member: str | None) -> None:
    """Put how many people started or are done with an activity, and who, where the staff is told."""
    activity = ctx.session.get(Activity, subject)
    if activity is not None:
        ctx.put("progress", subject, activity)
    withheld = activity is None and subject in registry.ask("withheld", ctx.session, ctx.event_id)
    if not withheld and not few(ctx.session, ctx.event_id):
        ctx.put("participation", f"{subject}/{member}", None)


@registry.periodic(jobs.BEAT)
def time_is_up(session: Session) -> list[tuple[str | None, str, dict[str, object]]]:
    """Close the activities whose time is up and which are set to close by themselves."""
    query = select(Activity).where(Activity.status == "running", Activity.ends_at <= now())
    return [(one.event_id, "events.close", {"activity": one.id}) for one in session.scalars(query) if one.settings.get("at_end") == "close"]
