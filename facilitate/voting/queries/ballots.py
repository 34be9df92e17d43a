"""Reads of one's own ballots, and of those that one casts for others: never in the log, and nobody else's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.registry import EVERYBODY, Viewer
from facilitate.events.models import Member
from facilitate.voting.models import Ballot, Right, Round
from facilitate.voting.queries.piles import receipt
from facilitate.voting.queries.rounds import UNSEALED, voter_token


def _load_ballots(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    return {}


def _every_ballot(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    """One's own ballots; a device that the staff handed over shows none of a secret round that was open before (decision 0009)."""
    if viewer.member is None or EVERYBODY not in viewer.audiences:
        return []
    found = []
    for round_ in session.scalars(select(Round).where(Round.event_id == event_id, Round.status.in_(UNSEALED))):
        if round_.secret and viewer.handed_at is not None and (round_.opened_at or 0) <= viewer.handed_at:
            continue
        own, held = _stored(session, round_, viewer.member), _held(session, round_, viewer.member)
        if own or held:
            found.append((round_.id, {"id": round_.id, "ballot": None, **(own or {}), **({"held": held} if held else {})}))
    return found


def _stored(session: Session, round_: Round, member: str) -> dict[str, Any] | None:
    """{ballot, receipt} of a member in a round; None where there is none, or nobody can tell any more."""
    try:
        token = voter_token(round_, member)
    except KeyError:
        return None
    ballot = session.get(Ballot, (round_.id, token))
    return None if ballot is None else {"ballot": ballot.ballot, "receipt": receipt(round_.id, token)}


def _held(session: Session, round_: Round, holder: str) -> list[dict[str, Any]]:
    """[{member, name, ballot, receipt?}] of the people without a device for whom this member votes."""
    if round_.settings.get("roll") != "frozen":
        return []
    query = select(Member.id, Member.name).join(Right, Right.member_id == Member.id)
    people = session.execute(query.where(Right.activity_id == round_.activity_id, Right.holder_id == holder).order_by(Member.number))
    return [{"member": member, "name": name, "ballot": None, **(_stored(session, round_, member) or {})} for member, name in people]


registry.collection("ballots", load=_load_ballots, every=_every_ballot, row=lambda thing, viewer: thing, audiences=lambda thing: set())
