"""Commands that edit the agenda: add, edit, move and remove activities."""

from __future__ import annotations

from typing import Any

from wtforms import Form

from facilitate.core import registry
from facilitate.core.commands import STAFF, Context, command
from facilitate.core.fields import Bool, Choice, Id, Int, Json, Text
from facilitate.core.refusals import Refused, Wrong
from facilitate.events.commands.run import find, label
from facilitate.events.models import Activity
from facilitate.events.queries.room import agenda
from facilitate.events.types import NAMED_SOURCES, TYPES, type_of
from facilitate.events.undo import Taken, undoable

LONGEST, STEP = 1_440, 1_000
"""Minutes of an activity at most; distance between the positions of two neighbours."""
MOST = 100
RESOLVED = ("source", "items")
"""Settings that say, from the start on, what an activity works on: nobody edits them."""


class AddActivity(Form):
    activity = Id()
    type = Choice(lambda: sorted(TYPES))
    title = Text(limit=80)
    question = Text(limit=300, optional=True, empty=True)
    minutes = Int(0, LONGEST, optional=True, default=5)
    stays_open = Bool(optional=True, default=False)
    settings = Json((dict,), optional=True)
    after = Id(optional=True)


@command("events.add", form=AddActivity, may=STAFF)
def add(ctx: Context, words: AddActivity) -> None:
    """Add an activity to the agenda, after another one or at the end."""
    known = ctx.session.get(Activity, words.activity.data)
    if known is not None:
        if known.event_id == ctx.event_id and known.title == words.title.data:
            return
        raise Refused("id_taken")
    blocks = agenda(ctx.session, str(ctx.event_id))
    if len(blocks) >= MOST:
        raise Refused("full", "refusal.agenda_full", n=MOST)
    activity = Activity(
        id=words.activity.data, event_id=ctx.event_id, type=words.type.data, title=words.title.data, question=words.question.data or "",
        minutes=words.minutes.data, settings=TYPES[words.type.data].complete(words.settings.data or {}), position=STEP * (len(blocks) + 1),
        stays_open=words.stays_open.data,
    )  # fmt: skip
    if activity.settings["input"]["from"] != activity.id:
        _source_exists(ctx, activity.settings)
    type_of(activity).check_change(ctx, activity, activity.settings)
    with undoable(ctx, label(ctx, "undo.add", title=activity.title), activity.id) as taken:
        ctx.session.add(activity)
        ctx.session.flush()
        taken.made("activities", activity)
        place(ctx, blocks, activity, words.after.data if words.after.given else (blocks[-1].id if blocks else None), taken)
        earlier(blocks, activity, "settings")
        ctx.put("activities", activity.id, activity)


def _source_exists(ctx: Context, settings: dict[str, Any]) -> None:
    """Refuse an input from an activity that this event does not have."""
    source = settings["input"]["from"]
    if source not in NAMED_SOURCES:
        find(ctx, source)


def earlier(blocks: list[Activity], activity: Activity, field: str) -> None:
    """Refuse an order of the agenda in which an activity takes its items from itself or from behind, or another one from it."""
    place_of = {block.id: number for number, block in enumerate(blocks)}
    for block in blocks:
        source = block.settings["input"]["from"]
        if activity.id in (block.id, source) and place_of.get(source, -1) >= place_of[block.id]:
            raise Refused("invalid", "refusal.input_not_earlier", fields={field: Wrong("refusal.input_not_earlier")})


class EditActivity(Form):
    activity = Id()
    title = Text(limit=80, optional=True)
    question = Text(limit=300, optional=True, empty=True)
    minutes = Int(0, LONGEST, optional=True)
    stays_open = Bool(optional=True)
    settings = Json((dict,), optional=True)


@command("events.edit", form=EditActivity, may=STAFF)
def edit(ctx: Context, words: EditActivity) -> None:
    """Change an activity's title, question, minutes or settings; what a running vote counts by stays as it opened."""
    activity = find(ctx, words.activity.data)
    with undoable(ctx, label(ctx, "undo.edit", title=activity.title), activity.id) as taken:
        taken.keep("activities", activity)
        for name in ("title", "question", "stays_open"):
            if words[name].data is not None:
                setattr(activity, name, words[name].data)
        if words.minutes.data is not None:
            _minutes(ctx, activity, words.minutes.data)
        if words.settings.data is not None:
            given = {name: value for name, value in words.settings.data.items() if name not in RESOLVED}
            known = {field.name for field in type_of(activity).settings()}
            settings = type_of(activity).changed({name: value for name, value in activity.settings.items() if name in known}, given)
            settings = type_of(activity).complete(settings)
            if settings["input"] != activity.settings.get("input"):
                _source_exists(ctx, settings)
            settings |= {name: activity.settings[name] for name in RESOLVED if name in activity.settings}
            type_of(activity).check_change(ctx, activity, settings)
            moved, activity.settings = settings["input"] != activity.settings.get("input"), settings
            if moved:
                earlier(agenda(ctx.session, activity.event_id), activity, "settings")
        ctx.put("activities", activity.id, activity)
        type_of(activity).on_edit(ctx, activity)


def _minutes(ctx: Context, activity: Activity, minutes: int) -> None:
    """New planned minutes; those of a running activity move its end."""
    if activity.ends_at is not None and activity.started_at is not None and activity.status == "running":
        activity.ends_at = max(ctx.now, activity.ends_at + (minutes - activity.minutes) * 60_000)
    activity.minutes = minutes


class MoveActivity(Form):
    activity = Id()
    after = Id(optional=True)


@command("events.move", form=MoveActivity, may=STAFF)
def move(ctx: Context, words: MoveActivity) -> None:
    """Move an activity behind another one, or to the top of the agenda."""
    activity = find(ctx, words.activity.data)
    blocks = [block for block in agenda(ctx.session, str(ctx.event_id)) if block.id != activity.id]
    with undoable(ctx, label(ctx, "undo.move", title=activity.title), activity.id) as taken:
        taken.keep("activities", activity)
        place(ctx, blocks, activity, words.after.data, taken)
        earlier(blocks, activity, "after")


class RemoveActivity(Form):
    activity = Id()


@command("events.remove", form=RemoveActivity, may=STAFF)
def remove(ctx: Context, words: RemoveActivity) -> None:
    """Remove an activity that never ran; one that ran keeps what people wrote and stays."""
    activity = find(ctx, words.activity.data)
    if activity.started_at is not None:
        raise Refused("activity_closed", "refusal.activity_has_run")
    registry.call("activity_leaves", ctx, activity)
    neighbour = next((block.id for block in agenda(ctx.session, activity.event_id) if block.id != activity.id), None)
    with undoable(ctx, label(ctx, "undo.remove", title=activity.title), neighbour) as taken:
        taken.gone("activities", activity)
        type_of(activity).on_remove(ctx, activity, taken)
        ctx.put("activities", activity.id, activity)
        ctx.session.delete(activity)


def place(ctx: Context, blocks: list[Activity], activity: Activity, after: str | None, taken: Taken) -> None:
    """Put an activity behind another one of `blocks`, and renumber what stands wrong."""
    place_of = {block.id: number for number, block in enumerate(blocks, 1)}
    if after is not None and after not in place_of:
        raise Refused("not_found", "refusal.no_activity")
    blocks.insert(place_of.get(after or "", 0), activity)
    for number, block in enumerate(blocks, 1):
        if block.position != number * STEP:
            if block is not activity:
                taken.keep("activities", block)
            block.position = number * STEP
            ctx.put("activities", block.id, block)
