"""Pages of practice records: the export of an event with its check-list and copies, and the stable page of each record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, request

from facilitate.core import registry
from facilitate.core.db import db
from facilitate.core.http import credentials
from facilitate.core.pages import page, problem
from facilitate.events.queries.room import slug_of
from facilitate.events.views.desk import Desk, desk, desk_page
from facilitate.practices import copies, queries
from facilitate.practices.checks import notes
from facilitate.practices.formats import json as practice_json
from facilitate.practices.formats import jsonld
from facilitate.practices.record import REQUIRED
from facilitate.voting import tables

practice_pages = Blueprint("practices", __name__)

SECTIONS = (
    ("problem", ("challenge", "problem")),
    ("practice", ("teaser", "summary", "how_it_works", "innovation", "maturity")),
    ("evidence", ("process", "evidence", "challenges_met")),
    ("reuse", ("resources_needed", "transferability", "licence", "attribution")),
    ("people", ("sectors", "target_groups", "deap_priorities", "themes", "countries", "team")),
    ("care", ("inclusion", "accessibility", "sustainability", "data_protection", "ai_disclosure")),
    ("origin", ("derived_from", "event", "language", "review", "dates")),
)
"""The parts of a record as people read it, each with its fields: what is missing is named at its place."""


@practice_pages.get("/studio/<slug>/export")
@practice_pages.get("/studio/<slug>/export/<chosen>")
def export(slug: str, chosen: str = "") -> Response:
    """The decision, the record as it will read, and the check-list with *Send as draft*."""
    at = desk(slug)
    records = queries.practices_of(db.session, at.event.id)
    standing = [one for one in records if one.state not in queries.GONE]
    record = next((one for one in standing if one.id == chosen), standing[0] if standing else None)
    counted = [one for one in tables.votes(at.state["collections"]) if one["result"] and one["result"]["base"]["cast"]]
    rows = at.state["collections"]["practices"]
    if chosen and chosen not in rows:
        abort(problem("not_found", "refusal.not_found"))
    shown = {"records": [rows[one.id] for one in records], "chosen": record and rows[record.id], "record": record and record.record}
    checked = {"required": len(REQUIRED), "warnings": warnings(at, record), "sending": any(one.state in ("sending", "withdrawing") for one in records)}
    return desk_page("export", "export", at, votes=counted, decision=decision(counted, record), sections=SECTIONS, **shown, **checked)


def decision(counted: list[dict[str, Any]], record: Any) -> dict[str, Any] | None:
    """The vote that a record comes from, else the one that was counted last."""
    named = [one for one in counted if record is not None and one["round"]["id"] == record.round_id]
    found = named or counted
    return found[-1] if found else None


def warnings(at: Desk, record: Any) -> list[dict[str, Any]]:
    """What the organiser should look at before a record is sent: [{key, values}]."""
    return notes(record.record, [row["name"] for row in at.rows("members") if row["name"]]) if record is not None else []


COPIES: dict[str, tuple[str, Callable[[Desk], bytes]]] = {
    "ideas.csv": ("text/csv", lambda at: copies.ideas(at.state["collections"])),
    "results.csv": ("text/csv", lambda at: copies.results(tables.votes(at.state["collections"]))),
    "event.json": ("application/json", lambda at: copies.everything(at.state["collections"], request.args.get("names") == "yes")),
}


@practice_pages.get("/studio/<slug>/copies/<name>")
def copy(slug: str, name: str) -> Response:
    """A copy of the event to keep."""
    at = desk(slug)
    if name not in COPIES:
        return problem("not_found", "refusal.not_found")
    kind, made = COPIES[name]
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{name}"', "Cache-Control": "no-store"}
    return Response(made(at), mimetype=kind, headers=headers)


def readable(practice_id: str) -> Any:
    """A record that was sent, or that the organiser reads before; a page that says so where there is none, or where it was withdrawn."""
    one = queries.practice(db.session, practice_id)
    if one is not None and one.state in queries.GONE:
        abort(problem("ended", "refusal.practice_withdrawn"))
    if one is not None and one.state != "sent":
        slug = slug_of(db.session, one.event_id)
        viewer = registry.ask("identify", db.session, credentials("account", slug), one.event_id)
        one = one if viewer is not None and viewer.staff else None
    if one is None:
        abort(problem("not_found", "refusal.not_found"))
    return one


@practice_pages.get("/practice/<uuid:practice_id>")
def practice_page(practice_id: Any) -> Response:
    """A practice record as a page, at its stable address."""
    one = readable(str(practice_id))
    response = page("public/practice.html", one=one, record=one.record, sections=SECTIONS)
    response.headers["Link"] = f'</practice/{one.id}.jsonld>; rel="alternate"; type="application/ld+json"'
    return response


@practice_pages.get("/practice/<uuid:practice_id>.jsonld")
def practice_jsonld(practice_id: Any) -> Response:
    """A practice record as linked data."""
    return Response(jsonld.render(readable(str(practice_id)).record), mimetype="application/ld+json")


@practice_pages.get("/practice/<uuid:practice_id>.json")
def practice_as_json(practice_id: Any) -> Response:
    """A practice record in its canonical form."""
    return Response(practice_json.render(readable(str(practice_id)).record), mimetype="application/json")
