"""Public pages of events: the start page, the choice of a language, the page of an event."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request

from facilitate.core import changes, registry
from facilitate.core.db import db
from facilitate.core.http import credentials
from facilitate.core.pages import local_path, page, problem, protect, set_cookie
from facilitate.core.registry import EVERYBODY, Viewer
from facilitate.core.strings import languages
from facilitate.events.queries import room
from facilitate.people.views import signed_in

public = Blueprint("public", __name__)


@public.get("/")
def home() -> Response:
    """What this is, and the field for a code; an organiser finds the own open events."""
    viewer = signed_in()
    events = [one for one in room.owned(db.session, viewer.account) if one.status == "open"] if viewer and viewer.account else []
    return page("public/home.html", account=viewer, events=events)


@public.post("/language")
def choose_language() -> Response:
    """Keep the language that a visitor chose."""
    if (refused := protect()) is not None:
        return refused
    response = redirect(local_path(request.form.get("next")), 303)
    chosen = request.form.get("language", "")
    return set_cookie(response, "language", chosen) if chosen in languages() else response  # type: ignore[arg-type, return-value]


def event_for_all(slug: str) -> tuple[dict[str, object] | None, Response | None]:
    """The state of an event as everybody in the room sees it, or the page that says why there is none."""
    event = registry.ask("resolve", db.session, slug)
    if event is None or event.slug != slug:
        return None, problem("unknown_event", "refusal.unknown_event")
    if room.event_of(db.session, event.id).status == "draft" and not registry.ask("identify", db.session, credentials("account", slug), event.id):
        return None, problem("not_open_yet", "refusal.not_open_yet")
    return changes.state(db.session, Viewer(event.id, frozenset({EVERYBODY}))), None


@public.get("/e/<slug>")
def event_page(slug: str) -> Response:
    """The page of an event: when, what it works on, how to take part."""
    state, refusal = event_for_all(slug)
    return refusal if state is None else page("public/event.html", state=state)  # type: ignore[return-value]
