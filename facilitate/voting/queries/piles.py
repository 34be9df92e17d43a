"""Reads of piles: everything that decides the result of a round, and nothing that names a voter (see counting.py)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session

from facilitate.events.queries.room import event_of
from facilitate.voting.counting import Pile, asked
from facilitate.voting.models import Ballot, Option, Right, Round, SealedBallot
from facilitate.voting.queries.rounds import SMALL, options_of, turnout, voter_token

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The signs of a receipt: none that looks like another one."""
SIGNS = 8


def pile_text(session: Session, round_: Round, closing: bool = False) -> bytes:
    """The pile of a round that is not sealed, as JSON. Ballots are not read on the way: a large pile costs the room nothing.
    `closing` adds what is sealed with the result (see recount.sealed)."""
    raw = type_coerce(Ballot.ballot, String)
    query = select(Ballot.token, raw).where(Ballot.round_id == round_.id).order_by(func.length(raw), raw, Ballot.token)
    found = list(session.execute(query))
    heavy = weights(session, round_)
    head = parameters(session, round_) | {"weights": [heavy.get(token, 1) for token, _ in found]}
    head |= {"closing": _closing(session, round_)} if closing else {}
    return json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "ballots": [' + ",".join(ballot for _, ballot in found).encode() + b"]}"


def _closing(session: Session, round_: Round) -> dict[str, Any]:
    """The base of a round that is closed, and its receipts; none below five ballots, nor of ballots that came out of a file."""
    shown = turnout(session, round_.event_id, round_)
    eligible = max(shown.eligible, shown.cast)
    listed = shown.cast >= SMALL and not round_.settings.get("imported")
    base = {"eligible": eligible, "cast": shown.cast, "done": shown.done, "abstentions": eligible - shown.cast}
    return {"base": base, "receipts": receipts(session, round_) if listed else [], "named": not round_.secret}


def pile_of(session: Session, round_: Round) -> Pile:
    """The pile of a round that is not sealed, read."""
    pile: Pile = json.loads(pile_text(session, round_))
    return pile


def sealed_pile(session: Session, round_: Round) -> Pile:
    """The pile of a sealed round; a weight that too few share is not known any more and is None."""
    found = list(session.execute(select(SealedBallot.ballot, SealedBallot.weight).where(SealedBallot.round_id == round_.id).order_by(SealedBallot.id)))
    return parameters(session, round_) | {"ballots": [ballot for ballot, _ in found], "weights": [weight for _, weight in found]}


def parameters(session: Session, round_: Round) -> Pile:
    """What decides a result beside the ballots."""
    settings = {name: round_.settings[name] for name in asked(round_.shape, round_.method) if name in round_.settings}
    options = [{"id": one.id, "number": one.number, "title": one.title, "status": one.status} for one in options_of(session, round_.id)]
    return {
        "run": round_.id, "seed": round_.settings.get("seed", ""), "method": round_.method, "shape": round_.shape, "settings": settings,
        "language": event_of(session, round_.event_id).language, "eligible": round_.settings.get("roll_weight") or round_.eligible or 0, "options": options,
    }  # fmt: skip


def weights(session: Session, round_: Round) -> dict[str, int]:
    """{token: weight} of those voters of a frozen roll whose ballots count more than once."""
    query = select(Right.member_id, Right.weight).where(Right.activity_id == round_.activity_id, Right.weight != 1)
    if round_.settings.get("roll") != "frozen":
        return {}
    try:
        return {voter_token(round_, member): weight for member, weight in session.execute(query)}
    except KeyError:  # the secret is lost: nobody's weight can be told any more
        return {}


def cast_in(session: Session, round_: Round) -> int:
    """How many ballots a round has that is not sealed."""
    return session.scalar(select(func.count()).select_from(Ballot).where(Ballot.round_id == round_.id)) or 0


def option_count(session: Session, round_: Round) -> int:
    """How many options a round has."""
    return session.scalar(select(func.count()).select_from(Option).where(Option.round_id == round_.id)) or 0


def receipt(round_id: str, token: str) -> str:
    """The receipt of a ballot: it names the ballot among those that were counted and says nothing of what is on it.

    Forty bits of a hash: of 2,000 ballots two share a code in one round of half a million. The token it is made of dies with the secret of
    the round, so that nobody can make the code of another one's ballot afterwards.
    """
    number = int.from_bytes(hashlib.sha256(f"receipt {round_id} {token}".encode()).digest()[:5], "big")
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in range(SIGNS))
    return f"{signs[:4]}-{signs[4:]}"


def receipts(session: Session, round_: Round) -> list[str]:
    """The receipts of all ballots of a round that is not sealed, sorted."""
    return sorted(receipt(round_.id, token) for token in session.scalars(select(Ballot.token).where(Ballot.round_id == round_.id)))
