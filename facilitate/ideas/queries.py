"""Reads of ideas and groups: who may see which card, and which items go into an activity."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.registry import EVERYBODY, STAFF, Viewer
from facilitate.events.models import Activity, Member
from facilitate.events.queries.people import named
from facilitate.ideas.models import Group, Idea

TITLE = 60


class Card(NamedTuple):
    """An idea with what decides who sees it and under which name."""

    idea: Idea
    activity: Activity
    author: Member | None


class Item(NamedTuple):
    """Something that goes from one activity into the next: an idea, a group, a challenge, a team."""

    kind: str
    id: str
    number: int
    title: str
    text: str
    member: str | None
    theme: str | None = None


def title_of(text: str) -> str:
    """The short title of a text: its first line, at most sixty characters, cut between words."""
    line = text.split("\n", 1)[0]
    if len(line) <= TITLE:
        return line
    cut = line[: TITLE - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[TITLE // 2 :] else cut).rstrip(" ,;:–-") + "…"


def is_open(activity: Activity) -> bool:
    """Whether the room sees the cards of an activity: written live, revealed, or statements that are voted on."""
    return activity.revealed or activity.type == "vote" or activity.settings.get("visibility") == "live"


def _load(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    return {card.idea.id: card for card in _cards(session, event_id, Idea.id.in_(ids))}


def _cards(session: Session, event_id: str, *wanted: Any) -> list[Card]:
    query = select(Idea, Activity, Member).join(Activity, Activity.id == Idea.activity_id).outerjoin(Member, Member.id == Idea.member_id)
    rows = session.execute(query.where(Idea.event_id == event_id, *wanted).order_by(Idea.number))
    return [Card(*row) for row in rows]


def _every(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    return [(card.idea.id, card) for card in _cards(session, event_id)]


def may_see(card: Card, viewer: Viewer) -> bool:
    """Whether a viewer may see a card: the staff all; its author, unless withdrawn; the room what is shown and open."""
    if viewer.staff:
        return True
    if viewer.member is not None and card.idea.member_id == viewer.member:
        return card.idea.status != "withdrawn"
    return EVERYBODY in viewer.audiences and card.idea.status == "shown" and is_open(card.activity)


def _row(card: Card, viewer: Viewer) -> dict[str, Any] | None:
    idea, activity, author = card
    if not may_see(card, viewer):
        return None
    mine = viewer.member is not None and idea.member_id == viewer.member
    row: dict[str, Any] = {
        "id": idea.id, "number": idea.number, "activity": idea.activity_id, "text": idea.text, "title": idea.title, "group": idea.group_id,
        "challenge": idea.challenge_id, "status": idea.status,
    }  # fmt: skip
    if activity.settings.get("authors") == "name" and author is not None:
        row |= {"author": named(author), "author_number": author.number}
    if viewer.staff or mine:
        row |= {"at": idea.received_at, "publish": idea.publish, "reason": idea.reason}
    return row | {"mine": True} if mine else row


def _audiences(thing: Any) -> set[str]:
    """Of (idea, activity): the author and the staff, and the room where it sees the card; of an idea alone: everybody."""
    idea, activity = (thing, None) if isinstance(thing, Idea) else (thing[0], thing[1])
    if activity is None:
        return {EVERYBODY, STAFF, f"member:{idea.member_id}"}
    everybody = idea.status not in ("held", "late") and is_open(activity)
    return {EVERYBODY if everybody else STAFF, STAFF, f"member:{idea.member_id}"}


registry.collection("ideas", load=_load, every=_every, row=_row, audiences=_audiences)


def _load_groups(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    return {group.id: group for group in session.scalars(select(Group).where(Group.id.in_(ids), Group.event_id == event_id))}


def _every_group(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    query = select(Group).where(Group.event_id == event_id).order_by(Group.position, Group.number)
    return [(group.id, group) for group in session.scalars(query)]


def _group_row(group: Group, viewer: Viewer) -> dict[str, Any] | None:
    if EVERYBODY not in viewer.audiences:
        return None
    return {"id": group.id, "number": group.number, "activity": group.activity_id, "title": group.title, "position": group.position}


registry.collection("groups", load=_load_groups, every=_every_group, row=_group_row, audiences=lambda thing: {EVERYBODY})


def ideas_of(session: Session, activity_id: str, *statuses: str) -> list[Idea]:
    """The ideas of an activity with one of the statuses (default: shown), by number."""
    query = select(Idea).where(Idea.activity_id == activity_id, Idea.status.in_(statuses or ("shown",)))
    return list(session.scalars(query.order_by(Idea.number)))


def groups_of(session: Session, activity_id: str) -> list[Group]:
    """The groups that an activity made, in their order."""
    return list(session.scalars(select(Group).where(Group.activity_id == activity_id).order_by(Group.position, Group.number)))


def source_of(session: Session, activity: Activity) -> Activity | None:
    """The activity whose items come into another one: the named one, or the nearest before it that makes or sorts items."""
    wanted = activity.settings["input"]["from"]
    if wanted == "none":
        return None
    query = select(Activity).where(Activity.event_id == activity.event_id)
    if wanted != "previous":
        return session.scalar(query.where(Activity.id == wanted))
    before = query.where(Activity.position < activity.position, Activity.type.in_(("collect", "sort", "vote")), Activity.status != "skipped")
    return session.scalar(before.order_by(Activity.position.desc()).limit(1))


def items_of(session: Session, activity: Activity) -> list[Item]:
    """What comes out of a collect or a sort: groups that hold cards, and the cards that are in none of them."""
    ideas = ideas_behind(session, activity)
    groups = {group.id: group for group in groups_of(session, activity.id)} if activity.type == "sort" else {}
    held = {idea.group_id for idea in ideas}
    filled = [group for group in groups.values() if group.id in held]
    items = [Item("group", group.id, group.number, group.title, _texts(ideas, group.id), _author(ideas, group.id)) for group in filled]
    return items + [idea_item(idea) for idea in ideas if idea.group_id not in groups]


def idea_item(idea: Idea) -> Item:
    """An idea as an item."""
    return Item("idea", idea.id, idea.number, idea.title, idea.text, idea.member_id)


def _author(ideas: list[Idea], group: str) -> str | None:
    """Whose a group is: somebody's who wrote all of it; else nobody's."""
    authors = {idea.member_id for idea in ideas if idea.group_id == group}
    return authors.pop() if len(authors) == 1 else None


def _texts(ideas: list[Idea], group: str) -> str:
    return "\n".join(idea.text for idea in ideas if idea.group_id == group)


def ideas_behind(session: Session, activity: Activity, seen: frozenset[str] = frozenset()) -> list[Idea]:
    """The ideas that an activity works on: those put up in it, or those of what comes into it; none where inputs go in a circle."""
    if activity.type == "collect":
        return ideas_of(session, activity.id)
    ids = activity.settings.get("items")
    if ids is not None:
        query = select(Idea).where(Idea.event_id == activity.event_id, Idea.status == "shown", Idea.id.in_(ids) | Idea.group_id.in_(ids))
        return list(session.scalars(query.order_by(Idea.number)))
    source = source_of(session, activity)
    return ideas_behind(session, source, seen | {activity.id}) if source is not None and source.id not in seen | {activity.id} else []


def sources(session: Session, activity: Activity) -> list[Activity]:
    """The activities in which the cards that an activity works on were put up (they are revealed when it starts)."""
    ids = {idea.activity_id for idea in ideas_behind(session, activity)}
    return list(session.scalars(select(Activity).where(Activity.id.in_(ids))))
