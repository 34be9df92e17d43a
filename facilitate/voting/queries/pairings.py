"""Reads of the next pairs that somebody compares: those seen least by everybody, and never one that they had."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core.refusals import Refused
from facilitate.core.registry import Viewer
from facilitate.voting.ballots import pair_of
from facilitate.voting.models import Ballot, Round
from facilitate.voting.pairs import next_pairs
from facilitate.voting.queries import elsewhere
from facilitate.voting.queries.papers import paper_of
from facilitate.voting.queries.piles import cast_in
from facilitate.voting.queries.rounds import OPEN, voter_token

AT_ONCE, FRESH = 10, 2.0
"""Pairs that are given at once; seconds for which a count of what was seen is used again."""

Seen = dict[str, int]
_seen: dict[str, tuple[float, Seen]] = {}
_ROUNDS = 100


def pairs_for(session: Session, viewer: Viewer, round_id: str, held: str | None) -> dict[str, Any]:
    """{pairs: the next ones as [left, right], done: how many comparisons there are} of a voter, or of a person without a device
    for whom the voter votes; Refused where there is nothing to compare, or for others."""
    round_ = session.get(Round, round_id)
    if round_ is None or round_.event_id != viewer.event or round_.status not in OPEN or round_.shape != "pair":
        raise Refused("not_found", "refusal.no_round")
    paper, member = paper_of(session, round_), held or viewer.member
    holder = viewer.member if paper.roll is None and held is None else (paper.roll or {}).get(str(member))
    if member is None or viewer.role != "participant" or viewer.account is not None or holder != viewer.member:
        raise Refused("not_eligible")
    own, options = _own(session, viewer, round_, member), [option for option, is_open in paper.open.items() if is_open]
    salt = f"{round_.id} {member}"
    seen = seen_in(session, round_)
    found = next_pairs(sorted(options), seen, [_sides(salt, pair) for pair in own], salt, AT_ONCE)
    for option in (option for pair in found for option in pair):  # who asks in the next moment gets others
        seen[option] = seen.get(option, 0) + 1
    return {"pairs": [list(pair) for pair in found], "done": len(own)}


def _own(session: Session, viewer: Viewer, round_: Round, member: str) -> list[tuple[str, str]]:
    """The pairs that a voter compared; none of those told to a device that the staff handed over since (decision 0009)."""
    if round_.secret and viewer.handed_at is not None and (round_.opened_at or 0) <= viewer.handed_at:
        return []
    try:
        stored = session.get(Ballot, (round_.id, voter_token(round_, member)))
    except KeyError:
        raise Refused("round_closed", "refusal.secret_gone") from None
    return [pair_of(one) for one in stored.ballot] if stored is not None else []


def _sides(salt: str, pair: tuple[str, str]) -> tuple[str, str]:
    """A pair that was compared, as (left, right): ballots do not say who stood where, so chance does, the same each time."""
    return pair if hashlib.sha256(f"{salt} {pair[0]} {pair[1]}".encode()).digest()[0] & 1 else (pair[1], pair[0])


def seen_in(session: Session, round_: Round) -> Seen:
    """How often each option was compared in a round, at most a few seconds old; many ballots are counted beside the event loop."""
    at, known = _seen.get(round_.id, (0.0, {}))
    if at and time.monotonic() - at < FRESH:
        return known
    if cast_in(session, round_) > elsewhere.READ:
        counted = elsewhere.comparisons(session, round_)
        known = known if counted is None else counted
    else:
        known = {}
        for ballot in session.scalars(select(Ballot.ballot).where(Ballot.round_id == round_.id)):
            for option in (option for one in ballot for option in pair_of(one)):
                known[option] = known.get(option, 0) + 1
    if len(_seen) >= _ROUNDS:
        _seen.clear()
    _seen[round_.id] = (time.monotonic(), known)
    return known
