"""Reads for those who check a round: its receipts, the document to count again, and the files that analysts expect."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.refusals import Refused
from facilitate.core.registry import Viewer
from facilitate.core.strings import t
from facilitate.events.models import Activity, Member
from facilitate.events.queries.people import named
from facilitate.events.queries.room import event_of
from facilitate.voting import counting, pabulib, preflib, recount
from facilitate.voting.models import Outcome, Round, SealedBallot
from facilitate.voting.queries.piles import sealed_pile
from facilitate.voting.queries.results import recount_document, results_open, taken_away
from facilitate.voting.queries.rounds import options_of

PREFLIB = ("soc", "soi", "toc", "toi")
"""The endings of files of rankings; which one a file gets follows from what its ballots say."""


def is_shown(session: Session, viewer: Viewer, round_id: str) -> bool:
    """Whether there is a result of a round of the viewer's event that the viewer may see."""
    round_ = session.get(Round, round_id)
    if round_ is None or round_.event_id != viewer.event:
        return False
    results = registry.COLLECTIONS["results"]
    thing = results.load(session, round_.event_id, [round_id]).get(round_id)
    return thing is not None and results.row(thing, viewer) is not None


def is_checker(session: Session, viewer: Viewer, round_id: str) -> bool:
    """Whether somebody was named before the opening to see all ballots once the result is revealed (or counted, where it is for the staff
    alone); never on the side of the staff, nor with a device that came to them through the staff since (decision 0009)."""
    round_ = session.get(Round, round_id)
    if round_ is None or round_.event_id != viewer.event or session.get(Outcome, round_id) is None:
        return False
    activity = session.get_one(Activity, round_.activity_id)
    if not results_open(round_, activity) and not activity.revealed:
        return False
    handed = viewer.handed_at is not None and (round_.opened_at or 0) <= viewer.handed_at
    named = viewer.member is not None and viewer.member in (round_.settings.get("checkers") or [])
    return named and not viewer.staff and viewer.account is None and not handed


def document_for(session: Session, round_id: str, *, everything: bool) -> recount.Document:
    """The document to count a round again, with the titles that the room saw."""
    round_ = session.get_one(Round, round_id)
    gone, instead = taken_away(session, [round_id]), t(event_of(session, round_.event_id).language, "vote.taken_away")
    known = options_of(session, round_id)
    options = [{"id": one.id, "number": one.number, "title": instead if one in gone else one.title} for one in known]
    labels = {"event": event_of(session, round_.event_id).title, "question": question_of(session, round_id), "options": options}
    return recount_document(session, round_id, labels, everything=everything)


def named_ballots(session: Session, viewer: Viewer, round_id: str) -> list[dict[str, Any]]:
    """[{"name", "number", "weight", "ballot"}] by number of a sealed round that was announced as named, for whoever may see its result; Refused
    for others and in a secret round, where nobody knows. A name that was hidden or deleted since is empty; somebody who is gone has no number."""
    if not is_shown(session, viewer, round_id):
        raise Refused("not_found", "refusal.no_result")
    if session.get_one(Round, round_id).secret:
        raise Refused("forbidden", "refusal.secret_round")
    query = select(SealedBallot, Member).outerjoin(Member, Member.id == SealedBallot.member_id).where(SealedBallot.round_id == round_id)
    found = session.execute(query.order_by(Member.number, SealedBallot.id))
    return [{"name": named(member), "number": member.number if member else None, "weight": row.weight, "ballot": row.ballot} for row, member in found]


def question_of(session: Session, round_id: str) -> str:
    """What a round asks: the question of its activity, or its title."""
    activity = session.get_one(Activity, session.get_one(Round, round_id).activity_id)
    return activity.question or activity.title


def analysts_file(session: Session, round_id: str, ending: str, names: dict[str, str]) -> tuple[str, str] | None:
    """(name of the file, its text) of a sealed round whose ballots are published; None where they are not, or another kind of
    file holds them. `names` are the options in their order. A ballot stands there as often as its weight says."""
    round_ = session.get_one(Round, round_id)
    pile = sealed_pile(session, round_)
    if len(pile["ballots"]) < recount.OPEN_FROM or None in pile["weights"]:
        return None
    options = {one: names[one] for one in names if one in set(counting.standing(pile))}
    ballots, title = counting.kept(pile, counting.every_ballot(pile)), question_of(session, round_id)
    if ending in PREFLIB and pile["shape"] == "ranking":
        text = preflib.write(options, [[tier for tier in ballot if tier] for ballot in ballots], title)
        return preflib.name_in(text), text
    if ending == "pb" and pile["shape"] == "budget":
        costs: dict[str, Any] = {one: price for one, price in pile["settings"]["costs"].items() if one in options}
        options = {one: name for one, name in options.items() if one in costs}  # what has no price cannot be funded, and is no project
        places = {option: place for place, option in enumerate(options)}
        carts = ([one for one in ballot if one in places] for ballot in ballots)
        ballots = sorted((sorted(cart, key=places.__getitem__) for cart in carts), key=lambda ballot: [places[one] for one in ballot])
        return f"{preflib.slug(title)}.pb", pabulib.write(options, ballots, title, money=pile["settings"]["money"], costs=costs)
    return None
