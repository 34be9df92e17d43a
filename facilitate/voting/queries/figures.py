"""Live totals of a round: for those whom its policy shows them, at most once a second, and never in the log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.registry import EVERYBODY, STAFF
from facilitate.events.models import Participation
from facilitate.voting import counting
from facilitate.voting.models import Round
from facilitate.voting.queries import elsewhere
from facilitate.voting.queries.piles import cast_in, pile_of
from facilitate.voting.queries.rounds import UNSEALED

ENOUGH = 5
"""Ballots that must have changed before new live totals of a secret round go out."""


@registry.figures("figures", every=1.0)
def live_totals(session: Session, event_id: str, round_id: str, changed: int, watching: set[str]) -> list[tuple[set[str], list[Any]]] | None:
    """The totals of an open round for those whom its policy shows them; None while too few ballots of a secret one changed, and
    while nobody who may see them is looking: counting is work that every ballot on its way would wait for."""
    round_ = session.get(Round, round_id)
    if round_ is None or round_.status not in UNSEALED:
        return []
    if round_.secret and changed < ENOUGH:
        return None
    audiences = _who_sees_totals(session, round_)
    if not audiences & watching:
        return None if audiences else []
    slug = registry.ask("slug_of", session, event_id)
    figures = totals_of(session, round_)
    return None if figures is None else [(audiences, [slug, round_id, figures])]


def _who_sees_totals(session: Session, round_: Round) -> set[str]:
    settings = round_.settings
    if settings["results"] == "live":
        return {EVERYBODY}
    audiences = {STAFF} if settings["staff_totals"] else set()
    if settings["results"] == "after_vote":
        voted = select(Participation.member_id).where(Participation.subject_id == round_.id, Participation.started.is_(True))
        audiences |= {f"member:{member}" for member in session.scalars(voted)}
    return audiences


def totals_of(session: Session, round_: Round) -> dict[str, Any] | None:
    """The figures as they are now; None while many ballots are being counted beside the event loop."""
    if cast_in(session, round_) > elsewhere.READ:
        return elsewhere.totals(session, round_)
    figures: dict[str, Any] = counting.tallied(pile_of(session, round_))["figures"]
    return figures
