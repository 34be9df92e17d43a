"""Pages of the door: the join form, its QR, personal links, seat cards."""

from __future__ import annotations

import io
import json
import secrets
import uuid
from typing import Any

import segno
from flask import Blueprint, Response, after_this_request, redirect, request
from markupsafe import Markup

from facilitate.core import registry
from facilitate.core.credits import JOINS
from facilitate.core.db import db
from facilitate.core.fields import UUID
from facilitate.core.http import VISITOR, address, behind, browser, credentials
from facilitate.core.pages import again, base_url, language, page, problem, protect, set_cookie, t
from facilitate.core.registry import Viewer
from facilitate.core.spine import spine
from facilitate.events.queries import people, room
from facilitate.people.queries import digest, new_secret, token

join_pages = Blueprint("join", __name__)


def digits(code: str) -> str:
    """A code as it is stored, however it was typed."""
    return "".join(sign for sign in code if sign.isdigit() and sign.isascii())[:6]


def member_here(event: registry.Event) -> Viewer | None:
    """The member that this browser is in an event."""
    return registry.ask("identify", db.session, credentials("member", event.slug), event.id)


def wants_json() -> bool:
    """Whether the caller asks for JSON rather than a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


class Shut(Exception):
    """Why a code opens nothing: the code of the refusal, the key of its sentence, and its values."""

    def __init__(self, code: str, key: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.key, self.values = code, key, values

    def said(self) -> Response:
        """The page that says it in one sentence."""
        return problem(self.code, self.key, **self.values)


def guessing() -> bool:
    """Whether this browser, or all of its address together, tried so many wrong codes that a page lets it wait."""
    return spine().credits.guessing(address(), browser() or "new") is not None


def guessed() -> None:
    """A code was typed that opens nothing: the browser is marked, so that its tries count against nobody else."""
    mark = browser() or secrets.token_urlsafe(16)
    spine().credits.guessed(address(), mark)
    after_this_request(lambda response: set_cookie(response, VISITOR, mark, 1))


def find_open(code: str) -> registry.Event:
    """The event that people may join by a code; Shut says why there is none."""
    if guessing():
        raise Shut("slow_down", "refusal.too_many_wrong_codes")
    event = registry.ask("resolve", db.session, digits(code)) if len(digits(code)) == 6 else None
    if event is None:
        if (why := room.why_retired(db.session, digits(code))) is not None:
            raise Shut(why.code, why.key, **why.values)
        guessed()
        raise Shut("unknown_event", "refusal.unknown_code")
    found = room.event_of(db.session, event.id)
    if found.status == "ended":
        raise Shut("ended", "refusal.event_ended")
    if found.status != "open":
        raise Shut("not_open_yet", "refusal.not_open_yet")
    return event


@join_pages.get("/j/")
def empty() -> Response:
    """The join form with an empty code."""
    if code := digits(request.args.get("code", "")):
        return redirect(f"/j/{code}", 303)  # type: ignore[return-value]
    return page("join/form.html", event=None, code="")


@join_pages.get("/j/<code>")
def form(code: str) -> Response:
    """The join form of an event; who is in already goes on to the room."""
    try:
        event = find_open(code)
    except Shut as shut:
        return shut.said()
    if member_here(event) is not None and not wants_json():
        return redirect(f"/s/{digits(code)}", 303)  # type: ignore[return-value]
    found, here = room.event_of(db.session, event.id), room.people_in(db.session, event.id)
    if wants_json():
        said = t("join.here", n=here) if here else t("join.first")
        known = {"title": found.title, "here": here, "seating": found.seating, "licence": found.licence, "said": said}
        return Response(json.dumps(known), mimetype="application/json")
    seats = people.free_seats(db.session, event.id) if found.seating == "list" else []
    return page("join/form.html", event=found, code=digits(code), here=here, seats=seats)


@join_pages.post("/j/")
@join_pages.post("/j/<code>")
def join(code: str = "") -> Response:
    """Join: a new member with the cookie that makes this phone theirs."""
    if (refused := protect()) is not None:
        return refused
    typed = request.form.get("code", "")
    try:
        event = find_open(code or typed)
    except Shut as shut:
        return shut.said() if code else again("/j/", "join", {"code": shut.code, "sentence": t(shut.key, **shut.values)})
    code = code or typed
    if member_here(event) is not None:
        return redirect(f"/s/{digits(code)}", 303)  # type: ignore[return-value]
    wait = spine().credits.spend(JOINS, address(), event.id)
    if wait is not None:
        return problem("slow_down", "refusal.many_joins")
    words = {"name": request.form.get("name", ""), "language": request.form.get("language") or language()}
    if request.form.get("seat"):
        words["seat"] = request.form["seat"]
    return enter(event, digits(code), words, f"/j/{digits(code)}")


def enter(event: registry.Event, code: str, words: dict[str, Any], back: str) -> Response:
    """Let somebody in and set their cookie, or show the form again with what is wrong."""
    secret = new_secret()
    db.session.rollback()
    door = Viewer(event.id, role="system", sender="system", language=language())
    key = request.form.get("command_id", "")
    member = behind(event.id, key) if UUID.match(key) else str(uuid.uuid4())
    answer = spine().act("members.join", words | {"member": member, "device": digest(secret)}, event.id, door)
    if not answer["ok"]:
        return again(back, "join", answer)
    response = redirect(f"/s/{code}", 303)
    set_cookie(response, people.cookie_name("member", event.slug), secret)  # type: ignore[arg-type]
    if words.get("language"):
        set_cookie(response, "language", words["language"])  # type: ignore[arg-type]
    return response  # type: ignore[return-value]


@join_pages.get("/j/<code>/qr.svg")
def qr(code: str) -> Response:
    """The QR of the join address, drawn by the server: no third party learns of the room."""
    return qr_of(f"{base_url()}/j/{digits(code)}")


def qr_of(text: str) -> Response:
    """A QR as SVG, dark on a paper that does not glare in a dark room."""
    return Response(drawn(text), mimetype="image/svg+xml", headers={"Cache-Control": "max-age=300"})


def drawn(text: str) -> Markup:
    """The drawing of a QR, to stand in a page."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", border=2, dark="#131E38", light="#F3F2EB", xmldecl=False, nl=False, omitsize=True)
    return Markup(buffer.getvalue().decode())  # noqa: S704 (drawn here, from modules that are black or white)


@join_pages.get("/d/<token>")
def device_page(token: str) -> Response:
    """One button: take one's seat on this device."""
    if token_of(token, "link") is None:
        return problem("not_found", "refusal.link_used")
    return page("people/one_button.html", action=request.path, title_key="join.device.title", button_key="join.device.button")


def token_of(secret: str, kind: str) -> Any:
    """The living token behind a link."""
    return token(db.session, secret, kind)


@join_pages.post("/d/<token>")
def move_device(token: str) -> Response:
    """Move a member to this device; the earlier one is told."""
    if (refused := protect()) is not None:
        return refused
    found = token_of(token, "link")
    if found is None:
        return problem("not_found", "refusal.link_used")
    label = {"label": found.label} if found.label else {}
    event, member, used, secret = room.event_of(db.session, found.event_id), found.member_id, found.id, new_secret()
    slug, code, event_id = event.slug, event.code, event.id
    db.session.rollback()
    if not spine().act("people.use_token", {"token": used})["ok"]:
        return problem("not_found", "refusal.link_used")
    words = {"token": str(uuid.uuid4()), "kind": "device", "hash": digest(secret), "member": member, "event_id": event_id} | label
    spine().act("people.issue_token", words)
    return set_cookie(redirect(f"/s/{code}", 303), people.cookie_name("member", slug), secret)  # type: ignore[arg-type]


@join_pages.get("/c/<token>")
def card_page(token: str) -> Response:
    """One button: take the seat that a printed card is for."""
    if token_of(token, "card") is None:
        return problem("not_found", "refusal.card_dead")
    return page("people/one_button.html", action=request.path, title_key="join.card.title", button_key="join.card.button")


@join_pages.post("/c/<token>")
def use_card(token: str) -> Response:
    """Take the seat of a printed card; a card serves again once its seat was freed."""
    if (refused := protect()) is not None:
        return refused
    found = token_of(token, "card")
    if found is None:
        return problem("not_found", "refusal.card_dead")
    event = room.event_of(db.session, found.event_id)
    return enter(registry.Event(event.id, event.slug), event.code or "", {"seat": found.seat_id, "language": language()}, request.path)
