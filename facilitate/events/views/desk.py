"""The organiser's desk: who may sit at it, and what every page of the studio shows of an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, redirect, request

from facilitate.core import changes, registry
from facilitate.core.db import db
from facilitate.core.http import credentials
from facilitate.core.pages import page, problem
from facilitate.core.registry import Event, Viewer
from facilitate.events.queries import room

TABS = ("agenda", "challenges", "people", "results", "export", "settings")
"""The pages of an event in the studio, in the order of the navigation."""


@dataclass
class Desk:
    """An event as its staff sees it: the event, who looks, and the state document with all its rows."""

    event: Event
    viewer: Viewer
    state: dict[str, Any]

    @property
    def row(self) -> dict[str, Any]:
        """The event's own row."""
        return self.state["collections"]["events"][self.event.slug]

    def rows(self, collection: str, by: str = "number") -> list[dict[str, Any]]:
        """The rows of a collection in order."""
        return sorted(self.state["collections"][collection].values(), key=lambda row: row[by])

    def of(self, collection: str, row_id: str) -> dict[str, Any]:
        """One row; a page that says so where there is none."""
        found = self.state["collections"][collection].get(row_id)
        if found is None:
            abort(problem("not_found", "refusal.not_found"))
        return found


def staff_of(slug: str) -> tuple[Event, Viewer]:
    """The event of an address and the account that is staff in it; else the way to sign in, or a page that says what is wrong."""
    event = registry.ask("resolve", db.session, slug)
    if event is None or event.slug != slug:
        abort(problem("unknown_event", "refusal.unknown_event"))
    viewer = registry.ask("identify", db.session, credentials("account", slug), event.id)
    if viewer is None and registry.ask("identify", db.session, credentials("account"), None) is None:
        abort(redirect(f"/sign-in?next={request.path}", 303))
    if viewer is None or not viewer.staff:
        abort(problem("forbidden", "refusal.forbidden"))
    return event, viewer


def desk(slug: str) -> Desk:
    """The desk of an event for a page that is read."""
    event, viewer = staff_of(slug)
    return Desk(event, viewer, changes.state(db.session, viewer))


def desk_page(tab: str, template: str, at: Desk, **values: Any) -> Response:
    """A page of the studio about an event; `tab` is its place in the navigation."""
    found = room.event_of(db.session, at.event.id)
    return page(f"studio/{template}.html", tab=tab, tabs=TABS, desk=at, event=at.row, place=found.place, template_name=found.template, **values)
