"""The three screens: phone, console and projector; each is a shell with the first state inside."""

from __future__ import annotations

import json
import uuid
from typing import Any

from flask import Blueprint, Response, redirect, request

from facilitate.core import changes, registry
from facilitate.core.db import db, now
from facilitate.core.http import credentials
from facilitate.core.pages import base_url, language, page, problem, protect, send_form, set_cookie, strings_url
from facilitate.core.registry import Event, Viewer
from facilitate.core.spine import spine
from facilitate.events.queries import people, room
from facilitate.events.views import designer
from facilitate.events.views.join import digits, drawn, guessed, guessing, member_here
from facilitate.events.views.plain_ballots import next_pair, whole
from facilitate.people.queries import digest, new_secret, token

screens = Blueprint("screens", __name__)

FIRST = 20_000
"""Bytes of state that a page embeds; a larger one carries the current activity's rows only."""


def boot(kind: str, wanted: str, event: Event, viewer: Viewer) -> dict[str, Any]:
    """What a screen starts with (see docs/screens.md)."""
    state = changes.state(db.session, viewer)
    partial = len(json.dumps(state)) > FIRST
    if partial:
        state = state | {"collections": current_only(state["collections"])}
    code = state["code"]
    return {
        "kind": kind,
        "as": wanted,
        "event": event.slug,
        "code": code,
        "language": language(),
        "now": now(),
        "state": state,
        "partial": partial,
        "strings": strings_url(language(), kind),
        "join_url": f"{base_url()}/j/{code}" if code else None,
        "qr_url": f"/j/{code}/qr.svg" if code else None,
    }


def current_only(collections: dict[str, Any]) -> dict[str, Any]:
    """Of a large state what the first paint needs: event, agenda, one's own rows, and what belongs to the current activity."""
    event: dict[str, Any] = next(iter(collections["events"].values()), {})
    current = collections["activities"].get(event.get("current"), {})
    round_id = current.get("round")
    kept = {name: collections[name] for name in ("events", "activities", "ballots")}
    kept["ideas"] = {key: row for key, row in collections["ideas"].items() if row.get("mine") and row["activity"] == current.get("id")}
    for name in ("rounds", "turnout", "results", "progress"):
        kept[name] = {key: row for key, row in collections[name].items() if key in (round_id, current.get("id"))}
    kept["options"] = {key: row for key, row in collections["options"].items() if row["round"] == round_id}
    kept["members"] = {key: row for key, row in collections["members"].items() if len(collections["members"]) == 1}
    return kept


def session_of(code: str) -> Event | None:
    """The event of a session's address, also under a code that was replaced or rests since the end."""
    event = registry.ask("resolve", db.session, digits(code))
    if event is not None:
        return event
    retired = room.retired(db.session, digits(code))
    if retired is None or retired.event_id is None:
        return None
    return Event(retired.event_id, room.slug_of(db.session, retired.event_id))


@screens.get("/s/<code>")
def phone(code: str) -> Response:
    """The one address of a participant for the whole session."""
    event = session_of(code)
    viewer = member_here(event) if event else None
    if viewer is None and guessing():
        return problem("slow_down", "refusal.too_many_wrong_codes")
    if event is None:
        guessed()
        return problem("unknown_event", "refusal.unknown_code")
    found = room.event_of(db.session, event.id)
    if viewer is None:
        return redirect(f"/j/{found.code or digits(code)}", 303)  # type: ignore[return-value]
    if found.code and found.code != digits(code):
        return redirect(f"/s/{found.code}", 303)  # type: ignore[return-value]
    document = boot("phone", "member", event, viewer)
    return page("phone/shell.html", event=found, boot=document, viewer=viewer, code=digits(code), pair=pair_of(document["state"]))


def pair_of(state: dict[str, Any]) -> Any:
    """The pair that the page of a vote by pairs asks about where scripts do not run."""
    rows = state["collections"]
    event: dict[str, Any] = next(iter(rows["events"].values()), {})
    round_id = rows["activities"].get(event.get("current"), {}).get("round")
    return next_pair(rows, round_id, state["me"]["id"]) if rows["rounds"].get(round_id, {}).get("shape") == "pair" else None


@screens.post("/s/<code>/do/<name>")
def phone_form(code: str, name: str) -> Response:
    """A form of the phone's page, where scripts do not run."""
    event = session_of(code)
    viewer = member_here(event) if event else None
    return send_form(name, viewer, event.id if event else None, whole(request.form) if name == "voting.cast" else None)


@screens.get("/s/<code>/mine")
def mine(code: str) -> Response:
    """What one wrote, one's name, a link for another device."""
    event = session_of(code)
    viewer = member_here(event) if event else None
    if event is None or viewer is None:
        return redirect(f"/j/{digits(code)}", 303)  # type: ignore[return-value]
    state = changes.state(db.session, viewer)
    ideas = sorted((row for row in state["collections"]["ideas"].values() if row.get("mine")), key=lambda row: row["number"])
    slips = receipts_in(state["collections"])
    return page("phone/mine.html", event=room.event_of(db.session, event.id), code=digits(code), me=state["me"], ideas=ideas, slips=slips)


def receipts_in(rows: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(question, for whom, receipt) of one's ballots that are not sealed, and of those that one cast for others."""
    found = []
    for round_id, paper in rows["ballots"].items():
        round_ = rows["rounds"].get(round_id, {})
        question = round_.get("question") or rows["activities"].get(round_.get("activity"), {}).get("title", "")
        found += [(question, one.get("name", ""), one["receipt"]) for one in (paper, *paper.get("held", [])) if one.get("receipt")]
    return found


@screens.get("/s/<code>/mine.json")
def my_data(code: str) -> Response:
    """Everything that the server has of one, as a file."""
    event = session_of(code)
    viewer = member_here(event) if event else None
    if event is None or viewer is None:
        return redirect(f"/j/{digits(code)}", 303)  # type: ignore[return-value]
    state = changes.state(db.session, viewer)
    rows = state["collections"]
    own = {
        "event": {name: rows["events"][event.slug][name] for name in ("slug", "title", "licence", "delete_at")},
        "me": state["me"],
        "member": rows["members"].get(str(viewer.member)),
        "ideas": [row for row in rows["ideas"].values() if row.get("mine")],
        "ballots": list(rows["ballots"].values()),
    }
    return Response(json.dumps(own, ensure_ascii=False, indent=2), mimetype="application/json", headers={"Cache-Control": "no-store"})


@screens.post("/s/<code>/link")
def device_link(code: str) -> Response:
    """Make a personal link and show it once, with its QR."""
    event = session_of(code)
    viewer = member_here(event) if event else None
    if event is None or viewer is None:
        return redirect(f"/j/{digits(code)}", 303)  # type: ignore[return-value]
    if (refused := protect()) is not None:
        return refused
    secret = new_secret()
    found = room.event_of(db.session, event.id)
    db.session.rollback()
    answer = spine().send(viewer, event.id, "members.link", {"member": viewer.member, "hash": digest(secret)}, str(uuid.uuid4()))
    if not answer["ok"]:
        return problem(answer["code"], "refusal.plain", sentence=answer["sentence"])
    link = f"{base_url()}/d/{secret}"
    return page("phone/link.html", event=found, back=f"/s/{digits(code)}", link=link, qr=drawn(link))


def by_slug(slug: str) -> Event | None:
    """The event with a slug; a code is for joining and leads nowhere else, so that guessing codes is counted where they lead."""
    event: Event | None = registry.ask("resolve", db.session, slug)
    return event if event is not None and event.slug == slug else None


def staff_here(slug: str) -> tuple[Event | None, Viewer | None, str]:
    """The event of a console's address, who is staff in it, and by which cookie: an account, or a member who became facilitator."""
    event = by_slug(slug)
    if event is None:
        return None, None, ""
    for wanted in ("account", "member"):
        viewer = registry.ask("identify", db.session, credentials(wanted, slug), event.id)
        if viewer is not None and viewer.staff:
            return event, viewer, wanted
    return event, None, ""


@screens.get("/run/<slug>")
def console(slug: str) -> Response:
    """The facilitator's console."""
    event, viewer, wanted = staff_here(slug)
    if event is None:
        return problem("unknown_event", "refusal.unknown_event")
    if viewer is None:
        return redirect(f"/sign-in?next=/run/{slug}", 303)  # type: ignore[return-value]
    found = room.event_of(db.session, event.id)
    document = boot("console", wanted, event, viewer) | {"screen_url": f"/screen/{slug}", "types": designer.offered()}
    if wanted == "account":  # a participant who became facilitator has no way into the studio
        document["studio_url"] = f"/studio/{slug}"
    return page("console/shell.html", event=found, boot=document)


@screens.get("/screen/<slug>")
def projector(slug: str) -> Response:
    """The projector: with its own token, or opened by the staff in the same browser."""
    event = by_slug(slug)
    if event is None:
        return problem("unknown_event", "refusal.unknown_event")
    if request.args.get("k"):
        return page("people/one_button.html", action=request.full_path, title_key="screen.link.title", button_key="screen.link.button", referrer="no-referrer")
    viewer = registry.ask("identify", db.session, credentials("screen", slug), event.id)
    if viewer is not None:
        return _projector(event, viewer)
    if staff_here(slug)[1] is not None:
        return _give_screen(event, {"label": "console"})
    return redirect(f"/sign-in?next=/screen/{slug}", 303)  # type: ignore[return-value]


def _projector(event: Event, viewer: Viewer) -> Response:
    """The projector's shell. Staff get a projector's token of its own for it, so that it never holds what is hidden."""
    found = room.event_of(db.session, event.id)
    document = boot("projector", "screen", event, viewer) | {"staff": staff_here(event.slug)[2]}
    return page("projector/shell.html", event=found, boot=document)


def _give_screen(event: Event, words: dict[str, Any]) -> Response:
    secret = new_secret()
    db.session.rollback()
    made = {"token": str(uuid.uuid4()), "kind": "screen", "hash": digest(secret), "event_id": event.id, "lifetime": 30 * 86_400_000}
    spine().act("people.issue_token", made | words)
    return set_cookie(redirect(f"/screen/{event.slug}", 303), people.cookie_name("screen", event.slug), secret, 30)  # type: ignore[arg-type]


@screens.post("/screen/<slug>")
def use_screen_link(slug: str) -> Response:
    """Make this browser a projector by the link that carries a token."""
    if (refused := protect()) is not None:
        return refused
    event = by_slug(slug)
    found = token(db.session, request.args.get("k"), "screen_link")
    if event is None or found is None or found.event_id != event.id:
        return problem("not_found", "refusal.link_used")
    return _give_screen(event, {})
