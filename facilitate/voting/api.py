"""HTTP of rounds: receipts, the next pairs, the document to count again, and the files of analysts."""

from __future__ import annotations

from flask import Blueprint, Response, request

from facilitate.core.db import db
from facilitate.core.fields import UUID
from facilitate.core.http import answer, find_event, refused, who
from facilitate.core.pages import problem
from facilitate.core.refusals import Refused
from facilitate.core.registry import Viewer
from facilitate.voting import tables
from facilitate.voting.queries.checks import PREFLIB, analysts_file, document_for, is_checker, is_shown, named_ballots
from facilitate.voting.queries.pairings import pairs_for
from facilitate.voting.queries.results import receipts_of
from facilitate.voting.views import public_rows

rounds_api = Blueprint("rounds_api", __name__)
rounds_api.register_error_handler(Refused, refused)


def caller(reference: str, round_id: str) -> Viewer:
    """Who asks about a round of an event; Refused where that is nobody, or no id of a round."""
    viewer = who(find_event(reference))
    if viewer is None:
        raise Refused("sign_in")
    if not UUID.match(round_id):
        raise Refused("not_found", "refusal.no_round")
    return viewer


@rounds_api.get("/api/events/<reference>/rounds/<round_id>/receipts")
def receipts(reference: str, round_id: str) -> Response:
    """{"receipts": [sorted]} of a sealed round, for whoever may see its result; none where fewer than five voted."""
    viewer = caller(reference, round_id)
    if not is_shown(db.session, viewer, round_id):
        raise Refused("not_found", "refusal.no_result")
    return answer({"receipts": receipts_of(db.session, round_id)})


@rounds_api.get("/api/events/<reference>/rounds/<round_id>/names")
def names(reference: str, round_id: str) -> Response:
    """{"ballots": [{"name", "number", "weight", "ballot"}]} of a sealed round that was announced as named, for whoever may see its result."""
    return answer({"ballots": named_ballots(db.session, caller(reference, round_id), round_id)})


@rounds_api.get("/api/events/<reference>/rounds/<round_id>/pairs")
def pairs(reference: str, round_id: str) -> Response:
    """{"pairs": [[left, right], … at most ten], "done": n} for a voter, or with `?member=` for somebody whose delegate that voter is."""
    viewer = caller(reference, round_id)
    return answer(pairs_for(db.session, viewer, round_id, request.args.get("member")))


@rounds_api.get("/api/events/<reference>/rounds/<round_id>/recount")
def recount(reference: str, round_id: str) -> Response:
    """The document to count again, for whoever may see the result; with `?checker=1` the one with all ballots, for the checkers alone."""
    viewer, checker = caller(reference, round_id), request.args.get("checker") == "1"
    if checker and not is_checker(db.session, viewer, round_id):
        raise Refused("forbidden", "refusal.not_a_checker")
    if not checker and not is_shown(db.session, viewer, round_id):
        raise Refused("not_found", "refusal.no_result")
    return answer(document_for(db.session, round_id, everything=checker))


@rounds_api.get("/e/<slug>/results/<round_id>.<ending>")
def analysts(slug: str, round_id: str, ending: str) -> Response:
    """A revealed result whose ballots are published, as PrefLib or Pabulib keep such ballots."""
    rows, refusal = public_rows(slug)
    if rows is None:
        return refusal  # type: ignore[return-value]
    known = ending in (*PREFLIB, "pb") and round_id in rows["results"] and round_id in rows["rounds"]
    names = {row["id"]: row["text"] if row["kind"] == "idea" and row["text"] else row["title"] for row in tables.options_of(rows, round_id)}
    made = analysts_file(db.session, round_id, ending, names) if known else None
    if made is None:
        return problem("not_found", "refusal.not_found")
    response = Response(made[1], mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="{made[0]}"'
    return response
