"""Reads of voting: rounds, options, turnout, results and one's own ballot, each as its viewer may see it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Integer, func, select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.registry import EVERYBODY, Viewer
from facilitate.core.spine import spine
from facilitate.core.strings import t
from facilitate.events.models import Activity, Participation
from facilitate.events.queries.agenda import few
from facilitate.events.queries.room import event_of, people_in
from facilitate.ideas.models import Idea
from facilitate.voting import methods, secrets
from facilitate.voting.counting import asked
from facilitate.voting.models import Ballot, Option, Outcome, Right, Round

OPEN, UNSEALED = ("open", "paused"), ("open", "paused", "closed")
GONE = ("hidden", "withdrawn")
"""What became of a card whose text only the staff still reads."""
SMALL = 5
"""People below whom a ballot does not hide in a crowd: no list of receipts is published, and the staff is warned."""


def method_of(round_: Round) -> Any:
    """The module that counts a round."""
    return registry.variants(methods)[round_.method]


def voter_token(round_: Round, member: str) -> str:
    """The key of a member's ballot in a round that is not sealed."""
    return secrets.token(spine().settings.secrets, round_.id, member) if round_.secret else member


def rounds_of(session: Session, activity_id: str) -> list[Round]:
    """The runs of a vote, the first one first."""
    return list(session.scalars(select(Round).where(Round.activity_id == activity_id).order_by(Round.run)))


def options_of(session: Session, round_id: str) -> list[Option]:
    """The options of a round by number."""
    return list(session.scalars(select(Option).where(Option.round_id == round_id).order_by(Option.number)))


# rounds


def _load_rounds(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    query = select(Round, Activity.question).join(Activity, Activity.id == Round.activity_id)
    return {round_.id: (round_, question) for round_, question in session.execute(query.where(Round.id.in_(ids), Round.event_id == event_id))}


def _every_round(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    ids = list(session.scalars(select(Round.id).where(Round.event_id == event_id)))
    return list(_load_rounds(session, event_id, ids).items())


def _round_row(thing: tuple[Round, str], viewer: Viewer) -> dict[str, Any] | None:
    round_, question = thing
    if EVERYBODY not in viewer.audiences or round_.status == "draft" and not viewer.staff:
        return None
    settings, method = round_.settings, method_of(round_)
    wanted = {name: settings[name] for name in asked(round_.shape, round_.method) if name in settings}
    row = {name: getattr(round_, name) for name in ("id", "run", "status", "shape", "method", "secret", "opened_at", "closed_at")}
    return row | {
        "activity": round_.activity_id, "settings": wanted, "results": settings["results"],
        "add_own": settings["add_own"], "order": settings["order"], "staff_totals": settings["staff_totals"], "text_limit": settings["text_limit"],
        "small": settings["small"], "seed": settings.get("seed", ""), "roll": settings.get("roll", "open"), "question": question,
        "checkers": settings.get("checkers") or [], "imported": settings.get("imported", False), "label": settings.get("label") or "",
        "display": method.DISPLAY, "figures": list(method.FIGURES),
    }  # fmt: skip


registry.collection("rounds", load=_load_rounds, every=_every_round, row=_round_row, audiences=lambda thing: {EVERYBODY})


# options


def _options(session: Session, event_id: str, *wanted: Any) -> dict[str, Any]:
    query = select(Option, Round.status, Idea.status).join(Round, Round.id == Option.round_id).outerjoin(Idea, Idea.id == Option.id)
    found = session.execute(query.where(Option.event_id == event_id, *wanted).order_by(Option.number)).all()
    withheld = t(event_of(session, event_id).language, "vote.taken_away") if any(idea in GONE for _, _, idea in found) else ""
    return {f"{option.round_id}/{option.id}": (option, status, withheld if idea in GONE else None) for option, status, idea in found}


def _load_options(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    rounds, options = {one.split("/")[0] for one in ids}, {one.split("/")[1] for one in ids}
    return _options(session, event_id, Option.round_id.in_(rounds), Option.id.in_(options))


def _every_option(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    return list(_options(session, event_id).items())


def _option_row(thing: tuple[Option, str, str | None], viewer: Viewer) -> dict[str, Any] | None:
    option, status, withheld = thing
    if EVERYBODY not in viewer.audiences or status == "draft" and not viewer.staff:
        return None
    mine = viewer.member is not None and option.member_id == viewer.member and not viewer.staff
    row = {"id": option.id, "round": option.round_id, "kind": option.kind, "number": option.number, "title": option.title}
    row |= {"text": option.text, "status": option.status, "theme": option.theme}
    if withheld is not None and not viewer.staff and not mine:
        row |= {"title": withheld, "text": ""}
    return row | {"mine": True} if mine else row


def option_audiences(option: Any) -> set[str]:
    """Everybody, and its author by name: their row says that it is their own."""
    return {EVERYBODY, f"member:{option.member_id}"} if option is not None and option.member_id else {EVERYBODY}


registry.collection("options", load=_load_options, every=_every_option, row=_option_row, audiences=option_audiences)


# turnout


class Turnout(NamedTuple):
    """How many of how many voted, and how many say that they are finished."""

    round: str
    cast: int
    done: int
    eligible: int


def turnout(session: Session, event_id: str, round_: Round) -> Turnout:
    """The turnout of a round: counted while it is open, as sealed afterwards."""
    outcome = session.get(Outcome, round_.id)
    if outcome is not None:
        base = outcome.result["base"]
        return Turnout(round_.id, base["cast"], base["done"], base["eligible"])
    cast = session.scalar(select(func.count()).select_from(Ballot).where(Ballot.round_id == round_.id)) or 0
    done = session.scalar(select(func.sum(Participation.done.cast(Integer))).where(Participation.subject_id == round_.id)) or 0
    return Turnout(round_.id, cast, done, eligible_in(session, round_) if round_.eligible is None else round_.eligible)


def weight_of_roll(session: Session, round_: Round) -> int | None:
    """The weights of all people of a frozen roll together; None where whoever is in may vote, each once."""
    if round_.settings.get("roll") != "frozen":
        return None
    return session.scalar(select(func.sum(Right.weight)).where(Right.activity_id == round_.activity_id)) or 0


def eligible_in(session: Session, round_: Round) -> int:
    """How many may vote: everybody who is in, or the people of a frozen roll."""
    if round_.settings.get("roll") == "frozen":
        return session.scalar(select(func.count()).select_from(Right).where(Right.activity_id == round_.activity_id)) or 0
    return people_in(session, round_.event_id)


def _load_turnout(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    found = session.scalars(select(Round).where(Round.id.in_(ids), Round.event_id == event_id, Round.status != "draft"))
    return {round_.id: turnout(session, event_id, round_) for round_ in found}


def _every_turnout(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    return list(_load_turnout(session, event_id, list(session.scalars(select(Round.id).where(Round.event_id == event_id)))).items())


def _turnout_row(thing: Turnout, viewer: Viewer) -> dict[str, Any] | None:
    if EVERYBODY not in viewer.audiences:
        return None
    return {"id": thing.round, "cast": thing.cast, "done": thing.done, "eligible": thing.eligible}


registry.collection("turnout", load=_load_turnout, every=_every_turnout, row=_turnout_row, audiences=lambda thing: {EVERYBODY})


# what is withheld


def is_withheld(round_: Any) -> bool:
    """Whether it is not told who voted in a round: a secret one whose totals anybody sees meanwhile, or whose roll is a handful."""
    given = round_.settings
    return bool(round_.secret and (given["staff_totals"] or given["results"] in ("live", "after_vote") or given.get("roll") == "frozen" and given["small"]))


def told(session: Session, round_: Any) -> bool:
    """Whether the staff is told who voted in a round."""
    return not is_withheld(round_) and not few(session, round_.event_id)


@registry.provides("withheld")
def withheld(session: Session, event_id: str) -> set[str]:
    """The rounds of which it is not told who voted."""
    return {round_.id for round_ in session.scalars(select(Round).where(Round.event_id == event_id)) if is_withheld(round_)}


@registry.provides("in_open_round")
def in_open_round(session: Session, ids: list[str]) -> bool:
    """Whether one of these things is voted on at this moment."""
    query = select(Option.id).join(Round, Round.id == Option.round_id).where(Option.id.in_(ids), Round.status.in_(OPEN))
    return session.scalar(query.limit(1)) is not None
