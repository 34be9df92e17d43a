"""Pages of results: the studio's, with ideas and minutes, and the public one with its open data."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response

from facilitate.core import changes, registry
from facilitate.core.db import db
from facilitate.core.pages import language, page, problem, t
from facilitate.core.registry import EVERYBODY, STAFF, Viewer
from facilitate.events.views.desk import desk, desk_page
from facilitate.events.views.public import event_for_all
from facilitate.voting import tables
from facilitate.voting.queries.results import recount_document
from facilitate.voting.recount import OPEN_FROM

result_pages = Blueprint("results", __name__)


@result_pages.get("/studio/<slug>/results")
def results(slug: str) -> Response:
    """Every vote with how it was counted, the ideas, planned and actual minutes."""
    at = desk(slug)
    rows = at.state["collections"]
    agenda = at.rows("activities", "position")
    titles = {name: {row["id"]: row for row in rows[name].values()} for name in ("activities", "groups", "challenges")}
    return desk_page("results", "results", at, votes=tables.together(tables.votes(rows, language())), ideas=at.rows("ideas"), agenda=agenda, known=titles)


def public_rows(slug: str) -> tuple[dict[str, Any] | None, Response | None]:
    """What everybody may see of an event, without the ideas that are not for publication."""
    state, refusal = event_for_all(slug)
    if state is None:
        return None, refusal
    event = registry.ask("resolve", db.session, slug)
    every = changes.state(db.session, Viewer(event.id, frozenset({EVERYBODY, STAFF})))
    withheld = {row["id"] for row in every["collections"]["ideas"].values() if not row["publish"] or row["status"] in ("hidden", "withdrawn")}
    return tables.hide(state["collections"], withheld, t("vote.withheld")), None  # type: ignore[arg-type]


@result_pages.get("/e/<slug>/results")
def public_results(slug: str) -> Response:
    """What the room decided, as far as it was revealed: result, method, base, steps and open data."""
    rows, refusal = public_rows(slug)
    if rows is None:
        return refusal  # type: ignore[return-value]
    votes = [one for one in tables.votes(rows, language()) if one["result"]]
    return page("public/results.html", event=rows["events"][slug], votes=tables.together(votes), open_from=OPEN_FROM)


@result_pages.get("/e/<slug>/results/<round_id>.json")
def open_data(slug: str, round_id: str) -> Response:
    """A revealed result to count again: see recount.py and docs/recount.md."""
    rows, refusal = public_rows(slug)
    if rows is None:
        return refusal  # type: ignore[return-value]
    result, round_ = rows["results"].get(round_id), rows["rounds"].get(round_id)
    if result is None or round_ is None:
        return problem("not_found", "refusal.not_found")
    options = [{name: row[name] for name in ("id", "number", "title")} for row in tables.options_of(rows, round_id)]
    labels = {"event": rows["events"][slug]["title"], "question": round_["question"], "options": options}
    document = recount_document(db.session, round_id, labels)
    return Response(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True), mimetype="application/json")
