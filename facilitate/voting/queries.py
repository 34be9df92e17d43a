"""Reads of voting: rounds, options, turnout, results and one's own ballot, each as its viewer may see it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Integer, func, select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.registry import EVERYBODY, STAFF, Viewer
from facilitate.core.spine import spine
from facilitate.events.models import Activity, Participation
from facilitate.events.queries.agenda import few
from facilitate.events.queries.room import people_in
from facilitate.voting import methods, secrets
from facilitate.voting.ballots import SHAPES
from facilitate.voting.models import Ballot, Option, Outcome, Round, SealedBallot
from facilitate.voting.result import Result

OPEN, UNSEALED = ("open", "paused"), ("open", "paused", "closed")
ENOUGH = 5
"""Ballots that must have changed before new live totals of a secret round go out."""
SHAPE_SETTINGS = {"choices": ("min", "max"), "points": ("budget", "cap"), "stance": ()}


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


def ballots_of(session: Session, round_: Round) -> list[Any]:
    """The ballots of a round that is not sealed, in no order that tells anything."""
    return list(session.scalars(select(Ballot.ballot).where(Ballot.round_id == round_.id).order_by(Ballot.token)))


def valid_ballots(session: Session, round_: Round) -> list[Any]:
    """Those of the ballots that count."""
    return [ballot for ballot in ballots_of(session, round_) if SHAPES[round_.shape].valid(ballot, round_.settings)]


def sealed_ballots(session: Session, round_id: str) -> list[Any]:
    """The ballots of a sealed round, shuffled when it was sealed."""
    return list(session.scalars(select(SealedBallot.ballot).where(SealedBallot.round_id == round_id).order_by(SealedBallot.id)))


def counted(session: Session, round_: Round) -> Result:
    """The count of the valid ballots as they are now; withdrawn options have figures and no rank."""
    options = options_of(session, round_.id)
    result = method_of(round_).count([option.id for option in options], valid_ballots(session, round_), round_.settings)
    withdrawn = {option.id for option in options if option.status == "withdrawn"}
    ranking = [[one for one in tied if one not in withdrawn] for tied in result.ranking]
    return Result([tied for tied in ranking if tied], result.figures, result.steps)


def top_of(session: Session, round_id: str, top: int) -> list[str]:
    """The first options of a sealed round's ranking: as many as asked for, and everything tied with the last of them, those
    that share a place by their numbers; what nobody chose is never among them."""
    outcome = session.get(Outcome, round_id)
    numbers = {row.id: row.number for row in session.execute(select(Option.id, Option.number).where(Option.round_id == round_id))}
    chosen: list[str] = []
    for tied in outcome.result["ranking"] if outcome else []:
        if outcome is None or len(chosen) >= top:
            break
        chosen += [option for option in sorted(tied, key=lambda one: numbers.get(one, 0)) if any(outcome.result["figures"][option].values())]
    return chosen


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
    settings = round_.settings
    row = {name: getattr(round_, name) for name in ("id", "run", "status", "shape", "method", "secret", "opened_at", "closed_at")}
    return row | {
        "activity": round_.activity_id, "settings": {name: settings[name] for name in SHAPE_SETTINGS[round_.shape]}, "results": settings["results"],
        "add_own": settings["add_own"], "order": settings["order"], "staff_totals": settings["staff_totals"], "text_limit": settings["text_limit"],
        "small": settings["small"], "question": question,
    }  # fmt: skip


registry.collection("rounds", load=_load_rounds, every=_every_round, row=_round_row, audiences=lambda thing: {EVERYBODY})


# options


def _options(session: Session, event_id: str, *wanted: Any) -> dict[str, Any]:
    query = select(Option, Round.status).join(Round, Round.id == Option.round_id).where(Option.event_id == event_id, *wanted)
    return {f"{option.round_id}/{option.id}": (option, status) for option, status in session.execute(query.order_by(Option.number))}


def _load_options(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    rounds, options = {one.split("/")[0] for one in ids}, {one.split("/")[1] for one in ids}
    return _options(session, event_id, Option.round_id.in_(rounds), Option.id.in_(options))


def _every_option(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    return list(_options(session, event_id).items())


def _option_row(thing: tuple[Option, str], viewer: Viewer) -> dict[str, Any] | None:
    option, status = thing
    if EVERYBODY not in viewer.audiences or status == "draft" and not viewer.staff:
        return None
    mine = viewer.member is not None and option.member_id == viewer.member and not viewer.staff
    row = {"id": option.id, "round": option.round_id, "kind": option.kind, "number": option.number, "title": option.title}
    row |= {"text": option.text, "status": option.status, "theme": option.theme}
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
    return Turnout(round_.id, cast, done, people_in(session, event_id) if round_.eligible is None else round_.eligible)


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


# results


def _load_results(session: Session, event_id: str, ids: list[str]) -> dict[str, Any]:
    query = select(Outcome, Round, Activity).join(Round, Round.id == Outcome.round_id).join(Activity, Activity.id == Round.activity_id)
    return {outcome.round_id: (outcome, round_, activity) for outcome, round_, activity in session.execute(query.where(Outcome.round_id.in_(ids)))}


def _every_result(session: Session, event_id: str, viewer: Viewer) -> list[tuple[str, Any]]:
    ids = list(session.scalars(select(Outcome.round_id).where(Outcome.event_id == event_id)))
    return list(_load_results(session, event_id, ids).items())


def results_open(round_: Round, activity: Activity) -> bool:
    """Whether the room may see the result of a sealed round."""
    policy = round_.settings["results"]
    return policy in ("live", "after_vote") or policy == "close" and activity.revealed


def _result_row(thing: tuple[Outcome, Round, Activity], viewer: Viewer) -> dict[str, Any] | None:
    outcome, round_, activity = thing
    if EVERYBODY not in viewer.audiences or not viewer.staff and not results_open(round_, activity):
        return None
    result = outcome.result
    row = {"id": round_.id, "activity": activity.id, "run": round_.run, "method": round_.method}
    return row | {name: result[name] for name in ("figures", "ranking", "steps", "base")}


def _result_audiences(thing: Any) -> set[str]:
    _, round_, activity = thing
    return {EVERYBODY} if results_open(round_, activity) else {STAFF}


registry.collection("results", load=_load_results, every=_every_result, row=_result_row, audiences=_result_audiences)


# one's own ballots (never in the log)


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
        try:
            ballot = session.get(Ballot, (round_.id, voter_token(round_, viewer.member)))
        except KeyError:
            continue
        if ballot is not None:
            found.append((round_.id, {"id": round_.id, "ballot": ballot.ballot}))
    return found


registry.collection("ballots", load=_load_ballots, every=_every_ballot, row=lambda thing, viewer: thing, audiences=lambda thing: set())


# live totals and what is withheld


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
    return [(audiences, [slug, round_id, counted(session, round_).figures])]


def _who_sees_totals(session: Session, round_: Round) -> set[str]:
    settings = round_.settings
    if settings["results"] == "live":
        return {EVERYBODY}
    audiences = {STAFF} if settings["staff_totals"] else set()
    if settings["results"] == "after_vote":
        voted = select(Participation.member_id).where(Participation.subject_id == round_.id, Participation.started.is_(True))
        audiences |= {f"member:{member}" for member in session.scalars(voted)}
    return audiences


def is_withheld(round_: Any) -> bool:
    """Whether it is not told who voted in a round: a secret one whose totals the staff sees meanwhile."""
    return bool(round_.secret and (round_.settings["staff_totals"] or round_.settings["results"] == "live"))


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
