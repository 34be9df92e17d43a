"""Reads of practice records: their rows for the staff, and the plain data from which a record is built."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.challenges.models import Challenge
from facilitate.core import registry
from facilitate.core.registry import STAFF, Viewer
from facilitate.events.models import Event
from facilitate.events.queries.people import members
from facilitate.events.queries.room import event_of, people_in
from facilitate.ideas.models import Idea
from facilitate.practices import record as records
from facilitate.practices.models import Delivery, Practice
from facilitate.voting.models import Option, Outcome, Round
from facilitate.voting.queries.rounds import options_of


def practices_of(session: Session, event_id: str) -> list[Practice]:
    """The practice records of an event in the order of the result."""
    return list(session.scalars(select(Practice).where(Practice.event_id == event_id).order_by(Practice.position, Practice.created_at)))


def practice(session: Session, practice_id: str) -> Practice | None:
    """A practice record by its id."""
    return session.get(Practice, practice_id)


def delivery_of(session: Session, one: Practice, target: str | None = None) -> Delivery | None:
    """The latest delivery of a record (to one target, or to any)."""
    query = select(Delivery).where(Delivery.practice_id == one.id)
    query = query if target is None else query.where(Delivery.target == target)
    return session.scalar(query.order_by(Delivery.version.desc(), Delivery.at.desc()).limit(1))


GONE = ("withdrawing", "withdrawn")
"""The states of a record that is not for publication any more: the repository is being told, or it was or will be at the next sending."""


def taken_back(session: Session, one: Practice) -> bool:
    """Whether a record shows an idea that is not for publication any more: its author or the staff changed their mind."""
    shown = {one.source_id} | {entry.get("id") for entry in one.record.get("derived_from", [])}
    ideas = session.scalars(select(Idea).where(Idea.event_id == one.event_id, Idea.id.in_(shown)))
    return any(records.withheld({"publish": idea.publish, "status": idea.status}) for idea in ideas)


def decided(session: Session, event_id: str) -> Round | None:
    """The sealed round that was decided last: its top results become records unless another one is named."""
    query = select(Round).where(Round.event_id == event_id, Round.status == "sealed")
    return session.scalar(query.order_by(Round.sealed_at.desc()).limit(1))


def source_data(session: Session, round_: Round, option: Option, practice_id: str, created: int) -> dict[str, Any]:
    """The plain data of a record for one option of a sealed round (the shape that practices/record.py takes)."""
    event = event_of(session, round_.event_id)
    ideas = ideas_behind(session, option)
    return {
        "id": practice_id,
        "language": event.language,
        "created": created,
        "event": event_data(event),
        "challenge": challenge_data(session, option, ideas),
        "source": source(option, ideas),
        "process": process(session, round_, option),
        "derived": [
            {"id": idea.id, "number": idea.number, "text": idea.text, "title": idea.title, "publish": idea.publish, "status": idea.status} for idea in ideas
        ],
        "licence": event.licence,
        "names": [member.name for member in members(session, event.id) if member.name] + [event.facilitator],
    }


def event_data(event: Event) -> dict[str, Any]:
    """What a record says of its event: no person's name."""
    return {
        "slug": event.slug,
        "title": event.title,
        "start": event.starts_at or event.created_at,
        "end": event.ended_at,
        "mode": "onsite",
        "place": event.place,
        "language": event.language,
        "licence": event.licence,
    }


def ideas_behind(session: Session, option: Option) -> list[Idea]:
    """The ideas that an option stands for: itself, those of its group, those on its challenge."""
    column = {"idea": Idea.id, "group": Idea.group_id, "challenge": Idea.challenge_id}.get(option.kind)
    if column is None:
        return []
    return list(session.scalars(select(Idea).where(column == option.id).order_by(Idea.number)))


def source(option: Option, ideas: list[Idea]) -> dict[str, Any]:
    """What was voted on; an idea that is not for publication keeps its whole result out, a group only its texts."""
    data = {"kind": option.kind, "id": option.id, "number": option.number, "title": option.title, "text": option.text if option.kind == "idea" else ""}
    if option.kind == "idea" and ideas:
        data |= {"publish": ideas[0].publish, "status": ideas[0].status}
    return data


def challenge_data(session: Session, option: Option, ideas: list[Idea]) -> dict[str, Any] | None:
    """The challenge that a result belongs to: the option itself, that of its ideas, or the one that was made from it."""
    one = session.get(Challenge, option.id) if option.kind == "challenge" else None
    if one is None:
        wanted = [idea.challenge_id for idea in ideas if idea.challenge_id]
        one = session.get(Challenge, wanted[0]) if wanted else session.scalar(select(Challenge).where(Challenge.source_id == option.id))
    if one is None:
        return None
    return {"id": one.id, "number": one.number, "title": one.title, "host": one.host, "theme": one.theme, "problem": one.problem}


def process(session: Session, round_: Round, option: Option) -> dict[str, Any]:
    """The counts of the vote behind a result; what is below five is left out by practices/counts.py."""
    outcome = session.get(Outcome, round_.id)
    assert outcome is not None
    result, options = outcome.result, options_of(session, round_.id)
    place = 1
    for tied in result["ranking"]:
        if option.id in tied:
            break
        place += len(tied)
    return {
        "method": round_.method,
        "rank": place,
        "of": len([one for one in options if one.status == "open"]),
        "cast": result["base"]["cast"],
        "eligible": result["base"]["eligible"],
        "participants": people_in(session, round_.event_id),
        "ideas": ideas_in(session, round_.event_id),
        "figures": result["figures"].get(option.id, {}),
        "table": list(result["figures"].values()),
    }


def ideas_in(session: Session, event_id: str) -> int:
    """How many ideas an event brought forth that were shown."""
    query = select(func.count()).select_from(Idea).where(Idea.event_id == event_id, Idea.status == "shown")
    return session.scalar(query) or 0


def _load(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    found = session.scalars(select(Practice).where(Practice.id.in_(ids), Practice.event_id == event_id))
    return {one.id: (one, delivery_of(session, one)) for one in found}


def _every(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    if not viewer.staff:
        return []
    return [(one.id, (one, delivery_of(session, one))) for one in practices_of(session, event_id)]


def _row(thing: tuple[Practice, Delivery | None], viewer: Viewer) -> dict[str, Any] | None:
    if not viewer.staff:
        return None
    one, delivery = thing
    row: dict[str, Any] = {"id": one.id, "version": one.version, "state": one.state, "missing": one.missing, "position": one.position, "source": one.source_id}
    row |= {"title": next(iter(one.record.get("title", {}).values()), ""), "fingerprint": one.fingerprint}
    sent = delivery.receipt if delivery is not None and delivery.status == "sent" else None
    problem = delivery.receipt.get("sentence") if delivery is not None and delivery.status == "failed" else None
    return row | {"target": delivery.target if delivery else None, "receipt": sent, "problem": problem, "at": delivery.at if delivery else None}


registry.collection("practices", load=_load, every=_every, row=_row, audiences=lambda thing: {STAFF})
