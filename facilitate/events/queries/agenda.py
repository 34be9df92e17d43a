"""Reads of the agenda: the activities as each viewer may see them, and how far people are."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Integer, func, select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.registry import Viewer
from facilitate.events.models import Activity, Participation, Undo
from facilitate.events.queries.room import participants
from facilitate.events.undo import newest

SMALL = 5
"""A room with fewer people hides who is done: a mark beside one name would tell too much."""


class Block(NamedTuple):
    """An activity with the offer to undo that stands on it, and what the staff should know before it starts."""

    activity: Activity
    undo: Undo | None
    warnings: list[str]


def _load(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    undo = newest(session, event_id)
    found = list(session.scalars(select(Activity).where(Activity.id.in_(ids), Activity.event_id == event_id)))
    warned = registry.ask("warnings", session, event_id, [activity for activity in found if activity.status == "planned"])
    return {one.id: Block(one, undo if undo and undo.activity_id == one.id else None, warned.get(one.id, [])) for one in found}


def _every(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    ids = list(session.scalars(select(Activity.id).where(Activity.event_id == event_id).order_by(Activity.position)))
    found = _load(session, event_id, ids)
    return [(activity_id, found[activity_id]) for activity_id in ids]


def _row(block: Block, viewer: Viewer) -> dict[str, Any] | None:
    if registry.EVERYBODY not in viewer.audiences:
        return None
    activity, undo, warnings = block
    coming = activity.status in ("planned", "skipped")
    row: dict[str, Any] = {
        "id": activity.id, "position": activity.position, "type": activity.type, "title": activity.title, "status": activity.status,
        "question": "" if coming and not viewer.staff else activity.question, "revealed": activity.revealed, "stays_open": activity.stays_open,
        "minutes": activity.minutes, "actual": activity.actual, "started_at": activity.started_at, "ends_at": activity.ends_at,
        "closed_at": activity.closed_at, "left": activity.left, "round": activity.round_id,
        "settings": activity.settings if viewer.staff or not coming else {},
    }  # fmt: skip
    if viewer.staff and undo is not None:
        row["undo"] = {"command": undo.command_id, "label": undo.label}
    if viewer.staff and warnings:
        row["warnings"] = warnings
    return row


registry.collection("activities", load=_load, every=_every, row=_row, audiences=lambda thing: {"all"})


def _progress_of(session: Session, event_id: str, ids: list[str] | None) -> dict[str, Any]:
    query = select(Participation.subject_id, func.sum(Participation.started.cast(Integer)), func.sum(Participation.done.cast(Integer)))
    query = query.join(Activity, Activity.id == Participation.subject_id).where(Participation.event_id == event_id, Activity.type != "vote")
    query = query.where(Participation.member_id.in_(participants(event_id)))
    if ids is not None:
        query = query.where(Participation.subject_id.in_(ids))
    return {
        subject: {"id": subject, "started": started or 0, "done": done or 0}
        for subject, started, done in session.execute(query.group_by(Participation.subject_id))
    }


def _every_progress(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    return list(_progress_of(session, event_id, None).items())


registry.collection(
    "progress",
    load=_progress_of,
    every=_every_progress,
    row=lambda thing, viewer: thing if registry.EVERYBODY in viewer.audiences else None,
    audiences=lambda thing: {"all"},
)


def few(session: Session, event_id: str | None) -> bool:
    """Whether the room is so small that it hides who is done (reads no more members than it takes to know)."""
    return len(session.scalars(participants(event_id).limit(SMALL)).all()) < SMALL


class Mark(NamedTuple):
    """That a member started or is done, and whether that must not be told of single people."""

    participation: Participation
    withheld: bool


def _marks(session: Session, event_id: str, rows: list[Participation]) -> dict[str, Any]:
    withheld = registry.ask("withheld", session, event_id)
    small = few(session, event_id)
    return {f"{row.subject_id}/{row.member_id}": Mark(row, small or row.subject_id in withheld) for row in rows}


def _load_marks(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    subjects, members = {one.split("/")[0] for one in ids}, {one.split("/")[1] for one in ids}
    query = select(Participation).where(Participation.subject_id.in_(subjects), Participation.member_id.in_(members), Participation.event_id == event_id)
    return _marks(session, event_id, list(session.scalars(query)))


def _every_mark(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    if not viewer.staff:
        return []
    return list(_marks(session, event_id, list(session.scalars(select(Participation).where(Participation.event_id == event_id)))).items())


def _mark_row(mark: Mark, viewer: Viewer) -> dict[str, Any] | None:
    if mark.withheld or not viewer.staff:
        return None
    row = mark.participation
    return {"id": f"{row.subject_id}/{row.member_id}", "subject": row.subject_id, "member": row.member_id, "started": row.started, "done": row.done}


registry.collection("participation", load=_load_marks, every=_every_mark, row=_mark_row, audiences=lambda thing: {"staff"})
