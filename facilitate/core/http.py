"""What every HTTP door shares: who sends a request, which event it means, its words, and the answer as JSON."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any
from urllib.parse import urlsplit

from flask import Response, jsonify, request

from facilitate.core import registry
from facilitate.core.commands import WORDS_LIMIT
from facilitate.core.db import db
from facilitate.core.refusals import STATUS, Refused
from facilitate.core.registry import Credentials, Event, Viewer
from facilitate.core.spine import spine
from facilitate.core.strings import languages


def language() -> str:
    """The language of a reader who is nobody yet."""
    return request.accept_languages.best_match(languages()) or spine().settings.language


def credentials(wanted: str | None = None, event: str | None = None) -> Credentials:
    """What this request brings along; `wanted` says by which cookie it wants to be known."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    token = value.strip() if kind.lower() == "bearer" else None
    return Credentials(token, dict(request.cookies), wanted or request.headers.get("X-As") or "member", event, address())


def address() -> str:
    """The visitor's address."""
    if spine().settings.trust_proxy and request.access_route:
        return request.access_route[-1]
    return request.remote_addr or ""


VISITOR = "visitor"
"""The cookie that tells browsers behind one address apart once one of them tried a wrong code."""


def browser() -> str:
    """The mark of the visitor's browser; empty where it has none."""
    return request.cookies.get(VISITOR, "")[:64]


def guard() -> None:
    """Refuse what a foreign page could make a browser send: without a bearer token it takes JSON and an equal Origin."""
    if credentials().token is not None:
        return
    if request.mimetype != "application/json":
        raise Refused("bad_json", "refusal.content_type")
    if not same_origin(request.headers.get("Origin", ""), request.environ, spine().settings.public_url):
        raise Refused("forbidden", "refusal.origin")


def find_event(reference: str) -> Event:
    """The event with a slug or a code; Refused `unknown_event`, `ended` for the code of an event that has ended, and after many wrong
    codes from one address `slow_down`.

    Who is in the event already is not slowed down by what others try from the same address.
    """
    event: Event | None = registry.ask("resolve", db.session, reference)
    wait = spine().credits.guessing(address(), browser())
    if wait is not None and (event is None or who(event) is None):
        raise Refused("slow_down", retry_after=wait)
    if event is None:
        if (why := registry.ask("why_retired", db.session, reference)) is not None:
            raise why
        spine().credits.guessed(address(), browser())
        raise Refused("unknown_event")
    return event


def who(event: Event, wanted: str | None = None) -> Viewer | None:
    """Who sends this request, in an event."""
    viewer = registry.ask("identify", db.session, credentials(wanted, event.slug), event.id)
    return viewer if viewer is None or viewer.event is not None else None


def words() -> Any:
    """The JSON body of a command; Refused where it is none, or too large."""
    if (request.content_length or 0) > WORDS_LIMIT + 1000 or len(request.get_data()) > WORDS_LIMIT + 1000:
        raise Refused("too_large")
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise Refused("bad_json") from None
    if body is None:
        raise Refused("bad_json")
    return body


def behind(sender: str, key: str) -> str:
    """The id of what a request with this key makes: the same again when it is sent again, whichever arrives first."""
    return str(uuid.UUID(bytes=hashlib.sha256(f"{sender} {key}".encode()).digest()[:16], version=4))


def answer(body: dict[str, Any], made: int = 200) -> Response:
    """An answer as JSON with its HTTP status."""
    response = jsonify(body)
    response.status_code = made if body.get("ok", True) else STATUS.get(body.get("code", ""), 400)
    if "retry_after" in body:
        response.headers["Retry-After"] = str(-(-int(body["retry_after"]) // 1000))
    response.headers["Cache-Control"] = "no-store"
    return response


def same_origin(origin: str, environ: dict[str, Any], public_url: str) -> bool:
    """Whether a browser's Origin is this server's own address."""
    host = urlsplit(origin).netloc
    return host == environ.get("HTTP_HOST") or bool(public_url) and host == urlsplit(public_url).netloc


def refused(error: Refused) -> Response:
    """A refusal outside of the gate, as an answer."""
    return answer(error.answer(language()))
