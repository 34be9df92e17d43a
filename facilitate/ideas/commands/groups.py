"""Commands about groups: make, rename, merge, dissolve, and move cards between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from wtforms import Form

from facilitate.core import registry
from facilitate.core.commands import MEMBERS, Context, command
from facilitate.core.fields import Id, Ids, Text
from facilitate.core.refusals import Refused
from facilitate.events.commands.members import take_number
from facilitate.events.commands.run import find, label, mark
from facilitate.events.models import Activity
from facilitate.events.queries.room import event_of
from facilitate.events.undo import Taken, undoable
from facilitate.ideas.commands.ideas import find_idea, put_idea
from facilitate.ideas.models import Group, Idea

TITLE = 60
MOST = 200


def sorting(ctx: Context, activity: Activity | None) -> None:
    """Refuse who may not sort: the staff always may, the others where the running sort is for all."""
    if ctx.viewer.staff:
        return
    if activity is None or activity.type != "sort" or activity.settings.get("by") != "all":
        raise Refused("forbidden", "refusal.facilitator_sorts")
    if activity.status != "running":
        raise Refused("activity_closed")


def running_sort(ctx: Context) -> Activity | None:
    """The sort that runs now."""
    return ctx.session.scalar(select(Activity).where(Activity.event_id == ctx.event_id, Activity.type == "sort", Activity.status == "running"))


def find_group(ctx: Context, group_id: str | None) -> Group:
    """The group of this event with an id; Refused `not_found`."""
    group = ctx.session.get(Group, group_id)
    if group is None or group.event_id != ctx.event_id:
        raise Refused("not_found", "refusal.no_group")
    return group


def not_voted_on(ctx: Context, *ids: str) -> None:
    """Refuse to change what people vote on at this moment."""
    if registry.ask("in_open_round", ctx.session, list(ids)):
        raise Refused("round_closed", "refusal.being_voted_on")


def _place(ctx: Context, ideas: list[str], group: str | None, taken: Taken) -> None:
    for idea_id in ideas:
        idea = find_idea(ctx, idea_id)
        taken.keep("ideas", idea)
        idea.group_id = group
        put_idea(ctx, idea)


@contextmanager
def _undoable(ctx: Context, said: str, activity: str | None) -> Iterator[Taken]:
    """Undo is the staff's, and takes back what the staff did: what the others sort does not push that aside."""
    if not ctx.viewer.staff:
        yield Taken()
        return
    with undoable(ctx, said, activity) as taken:
        yield taken


class MakeGroup(Form):
    group = Id()
    activity = Id()
    title = Text(limit=TITLE)
    ideas = Ids(optional=True, default=())


@command("groups.make", form=MakeGroup, may=MEMBERS)
def make(ctx: Context, words: MakeGroup) -> None:
    """Make a group of cards under a name."""
    activity = find(ctx, words.activity.data)
    sorting(ctx, activity)
    known = ctx.session.get(Group, words.group.data)
    if known is not None:
        if known.activity_id == activity.id and known.title == words.title.data:
            return
        raise Refused("id_taken")
    with _undoable(ctx, label(ctx, "undo.group", title=words.title.data), activity.id) as taken:
        group = new_group(ctx, activity, words.group.data, words.title.data)
        taken.made("groups", group)
        _place(ctx, list(words.ideas.data), group.id, taken)
    if not ctx.viewer.staff:
        mark(ctx, activity.id, ctx.viewer.member, started=True)


def new_group(ctx: Context, activity: Activity, group_id: str, title: str) -> Group:
    """A new group at the end of an activity's groups."""
    last = ctx.session.scalars(select(Group.position).where(Group.activity_id == activity.id).order_by(Group.position.desc())).all()
    if len(last) >= MOST:
        raise Refused("full", "refusal.too_many_groups", n=MOST)
    number = take_number(event_of(ctx.session, ctx.event_id), "card")
    group = Group(id=group_id, event_id=ctx.event_id, activity_id=activity.id, number=number, title=title, position=(last[0] if last else 0) + 1)
    ctx.session.add(group)
    ctx.session.flush()
    ctx.put("groups", group.id, group)
    return group


class RenameGroup(Form):
    group = Id()
    title = Text(limit=TITLE)


@command("groups.rename", form=RenameGroup, may=MEMBERS)
def rename(ctx: Context, words: RenameGroup) -> None:
    """Give a group another name."""
    group = find_group(ctx, words.group.data)
    sorting(ctx, ctx.session.get(Activity, group.activity_id))
    not_voted_on(ctx, group.id)
    with _undoable(ctx, label(ctx, "undo.rename_group", title=group.title), group.activity_id) as taken:
        taken.keep("groups", group)
        group.title = words.title.data
        ctx.put("groups", group.id, group)


class MergeGroups(Form):
    group = Id()
    into = Id()


@command("groups.merge", form=MergeGroups, may=MEMBERS)
def merge(ctx: Context, words: MergeGroups) -> None:
    """Move all cards of a group into another one and drop it."""
    group, into = find_group(ctx, words.group.data), find_group(ctx, words.into.data)
    sorting(ctx, ctx.session.get(Activity, group.activity_id))
    not_voted_on(ctx, group.id, into.id)
    if group.id == into.id:
        raise Refused("invalid", "refusal.same_group")
    with _undoable(ctx, label(ctx, "undo.merge", title=into.title), group.activity_id) as taken:
        _drop(ctx, group, into.id, taken)


class OneGroup(Form):
    group = Id()


@command("groups.dissolve", form=OneGroup, may=MEMBERS)
def dissolve(ctx: Context, words: OneGroup) -> None:
    """Drop a group; its cards stand alone again."""
    group = find_group(ctx, words.group.data)
    sorting(ctx, ctx.session.get(Activity, group.activity_id))
    not_voted_on(ctx, group.id)
    with _undoable(ctx, label(ctx, "undo.dissolve", title=group.title), group.activity_id) as taken:
        _drop(ctx, group, None, taken)


def _drop(ctx: Context, group: Group, into: str | None, taken: Taken) -> None:
    taken.gone("groups", group)
    _place(ctx, list(ctx.session.scalars(select(Idea.id).where(Idea.group_id == group.id))), into, taken)
    ctx.session.flush()
    ctx.put("groups", group.id, group)
    ctx.session.delete(group)


class MoveIdeas(Form):
    ideas = Ids()
    group = Id(optional=True)


@command("ideas.move", form=MoveIdeas, may=MEMBERS)
def move(ctx: Context, words: MoveIdeas) -> None:
    """Move cards into a group, or out of all groups."""
    group = find_group(ctx, words.group.data) if words.group.data is not None else None
    activity = ctx.session.get(Activity, group.activity_id) if group is not None else running_sort(ctx)
    sorting(ctx, activity)
    not_voted_on(ctx, *words.ideas.data, *([group.id] if group else []))
    with _undoable(ctx, label(ctx, "undo.move_ideas"), activity.id if activity else None) as taken:
        _place(ctx, words.ideas.data, group.id if group else None, taken)
