"""The roll of a formal vote: who may vote, with what weight, and who votes for a person without a device."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from wtforms import Form

from facilitate.core import registry
from facilitate.core.commands import STAFF, Context, command
from facilitate.core.fields import Id, Json
from facilitate.core.refusals import Refused, Wrong
from facilitate.events.commands.run import find
from facilitate.events.models import Activity, Member
from facilitate.voting.models import Ballot, Right, Round
from facilitate.voting.queries.rounds import UNSEALED

HEAVIEST, MOST = 100, 2_000
"""The largest weight, and how many people a roll may name."""


class Roll(Form):
    activity = Id()
    people = Json((list,), limit=6 * MOST)


@command("voting.roll", form=Roll, may=STAFF)
def roll(ctx: Context, words: Roll) -> None:
    """Set who may vote in a planned vote: [{member, weight?, holder?}]; it is frozen from the opening on."""
    activity = find(ctx, words.activity.data)
    if activity.type != "vote":
        raise Refused("not_found", "refusal.no_vote")
    cast = select(Ballot.token).where(Ballot.round_id == Round.id).exists()  # also in a round whose start was taken back
    frozen = select(Round.id).where(Round.activity_id == activity.id, Round.status.in_(UNSEALED) | (Round.status == "draft") & cast)
    if ctx.session.scalar(frozen.limit(1)) is not None:
        raise Refused("activity_closed", "refusal.roll_frozen")
    people = checked(ctx, words.people.data)
    drop_rights(ctx, activity)
    put_rights(ctx, activity, people)
    for round_ in ctx.session.scalars(select(Round).where(Round.activity_id == activity.id)):
        round_.settings = round_.settings | {"whole_room": False}  # the roll is one that somebody made
    activity.settings = activity.settings | {"roll": "frozen" if people else "open"}
    ctx.put("activities", activity.id, activity)


def checked(ctx: Context, given: list[Any]) -> list[dict[str, Any]]:
    """The people of a roll: each a participant of the event, once; a holder is another one of them."""
    found = ctx.session.scalars(select(Member.id).where(Member.event_id == ctx.event_id, Member.role == "participant", Member.status != "removed"))
    known, people = set(found), []
    for one in given:
        if not isinstance(one, dict) or not set(one) <= {"member", "weight", "holder"} or not is_among(known, one.get("member")):
            raise unfit("refusal.roll_person")
        weight, holder = one.get("weight", 1), one.get("holder")
        if type(weight) is not int or not 1 <= weight <= HEAVIEST:
            raise unfit("refusal.roll_weight", n=HEAVIEST)
        if holder is not None and (not is_among(known, holder) or holder == one["member"]):
            raise unfit("refusal.roll_holder")
        people.append({"member_id": one["member"], "weight": weight, "holder_id": holder})
    if len({one["member_id"] for one in people}) != len(people):
        raise unfit("refusal.roll_twice")
    return people


def is_among(known: set[str], member: Any) -> bool:
    """Whether something that JSON can say is one of these members."""
    return isinstance(member, str) and member in known


def unfit(key: str, **values: Any) -> Refused:
    """A roll that cannot be."""
    return Refused("invalid", key, fields={"people": Wrong(key, **values)}, **values)


def put_rights(ctx: Context, activity: Activity, people: list[dict[str, Any]]) -> None:
    """Add the rights of people, and their rows."""
    for one in people:
        right = Right(activity_id=activity.id, event_id=activity.event_id, **one)
        ctx.session.add(right)
        ctx.put("rights", f"{activity.id}/{right.member_id}", right)
    ctx.session.flush()


def drop_rights(ctx: Context, activity: Activity) -> None:
    """Drop the rights of a vote, and their rows."""
    for right in rights_of(ctx, activity):
        ctx.put("rights", f"{activity.id}/{right.member_id}", right)
    ctx.session.execute(delete(Right).where(Right.activity_id == activity.id))


def rights_of(ctx: Context, activity: Activity) -> list[Right]:
    """The rights of a vote."""
    return list(ctx.session.scalars(select(Right).where(Right.activity_id == activity.id)))


def freeze(ctx: Context, activity: Activity) -> bool:
    """At the opening of a vote with a frozen roll: where nobody was named, it is everybody who is in the room. Says whether it is."""
    if activity.settings["roll"] != "frozen" or rights_of(ctx, activity):
        return False
    here = ctx.session.scalars(select(Member.id).where(Member.event_id == activity.event_id, Member.role == "participant", Member.status == "in"))
    put_rights(ctx, activity, [{"member_id": member, "weight": 1, "holder_id": None} for member in here])
    return True


@registry.hook("removed")
def removed(ctx: Context, member: Member) -> None:
    """A member was sent away: they are on no roll any more, and nobody's delegate."""
    for right in ctx.session.scalars(select(Right).where((Right.member_id == member.id) | (Right.holder_id == member.id))):
        ctx.put("rights", f"{right.activity_id}/{right.member_id}", right)
        if right.member_id == member.id:
            ctx.session.delete(right)
        else:
            right.holder_id = None
    put_planned_rolls(ctx)


def put_planned_rolls(ctx: Context) -> None:
    """Put the votes with a roll that are still to come: what their rows warn of may have changed."""
    ctx.session.flush()
    named = select(Right.activity_id).where(Right.event_id == ctx.event_id)
    for activity in ctx.session.scalars(select(Activity).where(Activity.id.in_(named), Activity.status == "planned")):
        ctx.put("activities", activity.id, activity, registry.STAFF)


@registry.hook("merged")
def merged(ctx: Context, member: Member, into: Member) -> None:
    """Two members are one person: the right of the first goes over where the second has none, and so does what it holds."""
    for right in ctx.session.scalars(select(Right).where(Right.holder_id == member.id)):
        right.holder_id = into.id if right.member_id != into.id else None
        ctx.put("rights", f"{right.activity_id}/{right.member_id}", right)
    for right in ctx.session.scalars(select(Right).where(Right.member_id == member.id)):
        if ctx.session.get(Right, (right.activity_id, into.id)) is None:
            ctx.session.add(Right(activity_id=right.activity_id, member_id=into.id, event_id=right.event_id, weight=right.weight, holder_id=right.holder_id))
            ctx.put("rights", f"{right.activity_id}/{into.id}", None, "staff", f"member:{into.id}")
        ctx.put("rights", f"{right.activity_id}/{member.id}", right)
        ctx.session.delete(right)
    put_planned_rolls(ctx)
