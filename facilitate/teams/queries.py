"""Reads of teams: who is in which, under the names that the room may see."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.registry import EVERYBODY, Viewer
from facilitate.events.models import Event, Member
from facilitate.events.queries.people import named
from facilitate.teams.models import Team, TeamSeat


class Table(NamedTuple):
    """A team with its people and the sizes that hold in its event."""

    team: Team
    people: list[Member]
    event: Event


def _tables(session: Session, event_id: str, *wanted: Any) -> dict[str, Any]:
    event = session.get(Event, event_id)
    assert event is not None
    teams = list(session.scalars(select(Team).where(Team.event_id == event_id, *wanted).order_by(Team.number)))
    query = select(TeamSeat.team_id, Member).join(Member, Member.id == TeamSeat.member_id).where(TeamSeat.event_id == event_id)
    people: dict[str, list[Member]] = {}
    for team_id, member in session.execute(query.order_by(TeamSeat.id)):
        people.setdefault(team_id, []).append(member)
    return {team.id: Table(team, people.get(team.id, []), event) for team in teams}


def _load(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    return _tables(session, event_id, Team.id.in_(ids))


def _every(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    return list(_tables(session, event_id).items())


def _row(table: Table, viewer: Viewer) -> dict[str, Any] | None:
    if EVERYBODY not in viewer.audiences:
        return None
    team, people, event = table
    return {
        "id": team.id, "number": team.number, "challenge": team.challenge_id, "title": team.title, "sentence": team.sentence, "need": team.need,
        "min": event.team_min, "max": event.team_max, "locked": event.teams_locked,
        "members": [{"id": member.id, "name": named(member), "number": member.number} for member in people],
    }  # fmt: skip


registry.collection("teams", load=_load, every=_every, row=_row, audiences=lambda thing: {EVERYBODY})


@registry.provides("team_of")
def team_of(session: Session, member: str) -> str | None:
    """The id of a member's team."""
    return session.scalar(select(TeamSeat.team_id).where(TeamSeat.member_id == member))
