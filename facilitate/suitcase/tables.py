"""Which rows belong to one event: what travels with it, and what stays on its machine."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from facilitate.challenges.models import Challenge
from facilitate.core.changes import Accepted, Change, Log
from facilitate.core.db import Base, table_of
from facilitate.events.models import Activity, Code, Event, Member, Participation, Seat, Undo
from facilitate.ideas.models import Group, Idea
from facilitate.people.models import Account, Token
from facilitate.practices.models import Delivery, Practice
from facilitate.teams.models import Team, TeamSeat
from facilitate.voting.models import Ballot, Option, Outcome, Right, Round, SealedBallot

CARRIED: tuple[type[Base], ...] = (
    Event, Code, Member, Seat, Activity, Right, Challenge, Group, Idea, Round, Option, Outcome, SealedBallot, Team, TeamSeat, Participation, Undo,
    Practice, Delivery, Token, Accepted,
)  # fmt: skip
"""What travels, in an order in which each row finds what it refers to."""

LEFT: tuple[type[Base], ...] = (Account, Ballot, Log, Change)
"""What stays: accounts are those of a machine; ballots that are not counted cannot be read without a secret that never travels;
the log begins anew wherever the event arrives."""

COUNTED = (SealedBallot, TeamSeat, Undo, Delivery)
"""Tables whose ids are counted by the database of each machine: rows keep their order, not their number."""

Row = dict[str, Any]


def rows(session: Session, event_id: str) -> dict[str, list[Row]]:
    """{table: its rows of one event}, the values as JSON has them, the rows in the order of their keys."""
    found = {}
    for model in CARRIED:
        table = table_of(model)
        query = select(table).where(belongs(model, event_id)).order_by(*table.primary_key.columns)
        found[table.name] = [dict(row) for row in session.execute(query).mappings()]
    drafts = {row["id"] for row in found["rounds"] if row["status"] == "draft"}  # what was written into an opening that was undone
    found["participation"] = [row for row in found["participation"] if row["subject_id"] not in drafts]
    return found


def belongs(model: type[Base], event_id: str) -> ColumnElement[bool]:
    """The condition under which a row of a table belongs to an event."""
    columns = table_of(model).c
    if model is Event:
        return columns.id == event_id
    if model is SealedBallot:
        return columns.round_id.in_(select(Round.id).where(Round.event_id == event_id))
    if model is Delivery:
        return columns.practice_id.in_(select(Practice.id).where(Practice.event_id == event_id))
    if model is Token:
        return (columns.event_id == event_id) & columns.account_id.is_(None)
    return columns.event_id == event_id
