"""Commands about ideas: put up, edit, withdraw, hide, show, take from the late tray, move, publish, assign."""

from __future__ import annotations

from sqlalchemy import func, select
from wtforms import Form

from facilitate.core import registry
from facilitate.core.commands import MEMBERS, STAFF, Context, command
from facilitate.core.fields import Bool, Id, Ids, Text
from facilitate.core.refusals import Refused, Wrong
from facilitate.events.commands.members import take_number
from facilitate.events.commands.run import find, mark
from facilitate.events.models import Activity, Member
from facilitate.events.queries.room import event_of
from facilitate.events.types import TYPES, type_of
from facilitate.events.undo import Taken
from facilitate.ideas.models import Idea
from facilitate.ideas.queries import title_of

TEXT = 400
LATE = 10 * 60_000
"""Characters of the longest text; ms in which an idea written before the close may still arrive."""


def find_idea(ctx: Context, idea_id: str | None) -> Idea:
    """The idea of this event with an id; Refused `not_found`."""
    idea = ctx.session.get(Idea, idea_id)
    if idea is None or idea.event_id != ctx.event_id:
        raise Refused("not_found", "refusal.no_idea")
    return idea


def put_idea(ctx: Context, idea: Idea, *audiences: str) -> None:
    """Put an idea's row."""
    ctx.put("ideas", idea.id, (idea, ctx.session.get(Activity, idea.activity_id)), *audiences)


def everywhere(idea: Idea) -> tuple[str, ...]:
    """The audiences of a card whose visibility changes: everybody who saw it before or sees it now."""
    return ("all", "staff", f"member:{idea.member_id}")


class AddIdea(Form):
    idea = Id()
    activity = Id()
    text = Text(limit=TEXT, lines=True)
    challenge = Id(optional=True)
    publish = Bool(optional=True, default=True)


@command("ideas.add", form=AddIdea, may=MEMBERS)
def add(ctx: Context, words: AddIdea) -> None:
    """Put up an idea; one written before the close and arriving within ten minutes goes to the late tray."""
    known = ctx.session.get(Idea, words.idea.data)
    if known is not None:
        if known.member_id == ctx.viewer.member and known.activity_id == words.activity.data:
            return
        raise Refused("id_taken")
    activity, event = find(ctx, words.activity.data), event_of(ctx.session, ctx.event_id)
    status = admit(ctx, activity)
    fits(activity, words.text.data)
    within_limit(ctx, activity)
    challenge_takes(ctx, words.challenge.data)
    idea = Idea(
        id=words.idea.data, event_id=ctx.event_id, activity_id=activity.id, member_id=ctx.viewer.member, number=take_number(event, "card"),
        text=words.text.data, title=title_of(words.text.data), status=status, publish=words.publish.data, challenge_id=words.challenge.data,
        received_at=ctx.now, reason="",
    )  # fmt: skip
    ctx.session.add(idea)
    put_idea(ctx, idea)
    if status != "late":
        type_of(activity).on_idea(ctx, activity, idea)
        if not ctx.viewer.staff and activity.type != "vote":
            mark(ctx, activity.id, ctx.viewer.member, started=True)


def admit(ctx: Context, activity: Activity) -> str:
    """The status of an idea that arrives now: shown, held (moderated) or late; Refused where it comes too late."""
    if not type_of(activity).takes_ideas(activity):
        raise Refused("activity_closed", "refusal.takes_no_ideas")
    if activity.status == "running" or (activity.status == "paused" or activity.status == "planned") and ctx.viewer.staff:
        return "held" if activity.settings.get("moderated") and not ctx.viewer.staff else "shown"
    if activity.status == "paused":
        raise Refused("activity_closed", "refusal.activity_paused")
    closed = activity.closed_at
    written_before = closed is not None and ctx.at is not None and ctx.at <= closed
    if activity.type == "collect" and written_before and closed is not None and ctx.now <= closed + LATE:
        return "late"
    raise Refused("activity_closed", "refusal.ideas_closed" if closed is not None else "refusal.activity_not_started")


def fits(activity: Activity, text: str) -> None:
    """Refuse a text that is longer than its activity takes."""
    limit = activity.settings.get("text_limit") or TEXT
    if len(text) > limit:
        wrong = Wrong("refusal.too_long", limit=limit, n=len(text))
        raise Refused("invalid", wrong.key, fields={"text": wrong}, **wrong.values)


def within_limit(ctx: Context, activity: Activity) -> None:
    """Refuse one idea more than each person may put up."""
    limit = activity.settings.get("limit") or 0
    if not limit or ctx.viewer.staff:
        return
    mine = select(func.count()).select_from(Idea).where(Idea.activity_id == activity.id, Idea.member_id == ctx.viewer.member, Idea.status != "withdrawn")
    if (ctx.session.scalar(mine) or 0) >= limit:
        raise Refused("full", "refusal.ideas_limit", n=limit)


def challenge_takes(ctx: Context, challenge: str | None) -> None:
    """Refuse a challenge that the sender cannot see, or that is closed."""
    if challenge is None:
        return
    status = registry.ask("challenge_for", ctx.session, ctx.viewer, challenge)
    if status is None:
        raise Refused("not_found", "refusal.no_challenge")
    if status == "closed":
        raise Refused("activity_closed", "refusal.challenge_closed")


class EditIdea(Form):
    idea = Id()
    text = Text(limit=TEXT, lines=True)


@command("ideas.edit", form=EditIdea, may=MEMBERS)
def edit(ctx: Context, words: EditIdea) -> None:
    """Reword one's own idea while its activity is open; the staff may later, unless it is being voted on."""
    idea = find_idea(ctx, words.idea.data)
    activity = find(ctx, idea.activity_id)
    own(ctx, idea)
    if not ctx.viewer.staff and activity.status != "running":
        raise Refused("activity_closed", "refusal.ideas_closed")
    if registry.ask("in_open_round", ctx.session, [idea.id]):
        raise Refused("round_closed", "refusal.being_voted_on")
    if idea.status == "withdrawn":
        raise Refused("not_found", "refusal.no_idea")
    fits(activity, words.text.data)
    idea.text, idea.title = words.text.data, title_of(words.text.data)
    put_idea(ctx, idea)
    changed(ctx, idea)
    if activity.settings.get("moderated") and not ctx.viewer.staff and idea.status == "shown":
        set_status(ctx, idea, "held")


def own(ctx: Context, idea: Idea) -> None:
    """Refuse who is neither the author nor of the staff."""
    if idea.member_id != ctx.viewer.member and not ctx.viewer.staff:
        raise Refused("forbidden", "refusal.not_your_idea")


def changed(ctx: Context, idea: Idea) -> None:
    """Tell the activity types that an idea changed."""
    for kind in TYPES.values():
        kind.on_idea_changed(ctx, idea)


class OneIdea(Form):
    idea = Id()


@command("ideas.withdraw", form=OneIdea, may=MEMBERS)
def withdraw(ctx: Context, words: OneIdea) -> None:
    """Take an idea back; given marks stay in the figures of a round but are not ranked."""
    idea = find_idea(ctx, words.idea.data)
    own(ctx, idea)
    set_status(ctx, idea, "withdrawn")


def set_status(ctx: Context, idea: Idea, status: str) -> None:
    """Give an idea another status; whoever saw it before or sees it now gets its row."""
    if idea.status == status:
        return
    activity = ctx.session.get(Activity, idea.activity_id)
    before = registry.COLLECTIONS["ideas"].audiences((idea, activity))
    idea.status = status
    put_idea(ctx, idea, *(before | registry.COLLECTIONS["ideas"].audiences((idea, activity))))
    changed(ctx, idea)
    registry.call("publication", ctx, idea.event_id)


class HideIdea(Form):
    idea = Id()
    reason = Text(limit=200, optional=True, empty=True, default="")


@command("ideas.hide", form=HideIdea, may=STAFF)
def hide(ctx: Context, words: HideIdea) -> None:
    """Hide a card on all screens, with an answer to its author."""
    idea = find_idea(ctx, words.idea.data)
    if idea.status == "withdrawn":
        return
    if idea.reason != words.reason.data:
        idea.reason = words.reason.data
        put_idea(ctx, idea)
    set_status(ctx, idea, "hidden")


@command("ideas.show", form=OneIdea, may=STAFF)
def show(ctx: Context, words: OneIdea) -> None:
    """Show a hidden card again, or approve one that waits."""
    idea = find_idea(ctx, words.idea.data)
    if idea.status not in ("hidden", "held", "late"):
        return
    idea.reason = ""
    set_status(ctx, idea, "shown")


@command("ideas.take", form=OneIdea, may=STAFF)
def take(ctx: Context, words: OneIdea) -> None:
    """Take one idea out of the late tray or the tray of those that wait for approval."""
    idea = find_idea(ctx, words.idea.data)
    if idea.status in ("late", "held"):
        set_status(ctx, idea, "shown")


class OneActivity(Form):
    activity = Id()


@command("ideas.take_all", form=OneActivity, may=STAFF)
def take_all(ctx: Context, words: OneActivity) -> None:
    """Take every idea of an activity that came late or waits for approval."""
    activity = find(ctx, words.activity.data)
    for idea in ctx.session.scalars(select(Idea).where(Idea.activity_id == activity.id, Idea.status.in_(("late", "held")))):
        set_status(ctx, idea, "shown")


class PublishIdea(Form):
    idea = Id()
    publish = Bool()


@command("ideas.publish", form=PublishIdea, may=MEMBERS, after_end=True)
def publish(ctx: Context, words: PublishIdea) -> None:
    """Say whether one's own idea may appear in practice records."""
    idea = find_idea(ctx, words.idea.data)
    if idea.member_id != ctx.viewer.member:
        raise Refused("forbidden", "refusal.not_your_idea")
    idea.publish = words.publish.data
    put_idea(ctx, idea)
    registry.call("publication", ctx, idea.event_id)


class AssignIdeas(Form):
    ideas = Ids()
    challenge = Id(optional=True)


@command("ideas.assign", form=AssignIdeas, may=MEMBERS)
def assign(ctx: Context, words: AssignIdeas) -> None:
    """Say to which challenge ideas belong: one's own, or any by the staff."""
    challenge_takes(ctx, words.challenge.data)
    for idea_id in words.ideas.data:
        idea = find_idea(ctx, idea_id)
        own(ctx, idea)
        idea.challenge_id = words.challenge.data
        put_idea(ctx, idea)


@registry.hook("activity_leaves")
def activity_leaves(ctx: Context, activity: Activity) -> None:
    """Refuse to drop an activity in which a participant put up an idea; what the staff prepared goes, and comes back, with it."""
    theirs = select(Idea.id).join(Member, Member.id == Idea.member_id).where(Idea.activity_id == activity.id, Member.role.not_in(sorted(STAFF)))
    if ctx.session.scalar(theirs.limit(1)) is not None:
        raise Refused("activity_closed", "refusal.activity_has_run")


@registry.hook("merged")
def merged(ctx: Context, member: Member, into: Member) -> None:
    """Two members are one person: the ideas of the first are the second's."""
    for idea in ctx.session.scalars(select(Idea).where(Idea.member_id == member.id)):
        idea.member_id = into.id
        put_idea(ctx, idea, *everywhere(idea), f"member:{member.id}")


@registry.hook("renamed")
def renamed(ctx: Context, member: Member) -> None:
    """A name changed or was hidden: the cards that show it are put again."""
    query = select(Idea, Activity).join(Activity, Activity.id == Idea.activity_id).where(Idea.member_id == member.id)
    for idea, activity in ctx.session.execute(query):
        if activity.settings.get("authors") == "name":
            put_idea(ctx, idea)


def put_all(ctx: Context, activity: Activity) -> None:
    """Put every card of an activity for everybody: it was uncovered, or hidden again."""
    for idea in ctx.session.scalars(select(Idea).where(Idea.activity_id == activity.id)):
        put_idea(ctx, idea, *(everywhere(idea) if idea.status not in ("held", "late") else ("staff", f"member:{idea.member_id}")))


def drop_all(ctx: Context, activity: Activity, taken: Taken) -> None:
    """Drop the cards that were put into an activity which is removed before it ran; undo brings them back."""
    for idea in ctx.session.scalars(select(Idea).where(Idea.activity_id == activity.id)):
        taken.gone("ideas", idea)
        put_idea(ctx, idea)
        ctx.session.delete(idea)
    ctx.session.flush()
