"""The HTTP doors of core: state and commands of an event, the OpenAPI document, and the local door for the command line."""

from __future__ import annotations

import hmac
import re
import uuid
from importlib.metadata import version

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from facilitate.core import changes, openapi
from facilitate.core.commands import COMMANDS
from facilitate.core.db import db
from facilitate.core.http import answer, find_event, guard, language, refused, who, words
from facilitate.core.refusals import Refused
from facilitate.core.registry import Viewer
from facilitate.core.spine import spine

doors = Blueprint("doors", __name__)
MOMENT = re.compile(r"[0-9]{1,15}")
"""A server time in ms, as the header X-At gives it."""


doors.register_error_handler(Refused, refused)


@doors.errorhandler(RequestEntityTooLarge)
def too_large(error: HTTPException) -> Response:
    """A body that is too large to be read."""
    return answer(Refused("too_large").answer(language()))


@doors.get("/api/events/<reference>/state")
def state(reference: str) -> Response:
    """The state of an event, as the caller may see it."""
    event = find_event(reference)
    viewer = who(event)
    if viewer is None:
        raise Refused("sign_in")
    return answer(changes.state(db.session, viewer))


@doors.post("/api/events/<reference>/commands/<name>")
def command(reference: str, name: str) -> Response:
    """Take a command."""
    event = find_event(reference)
    if name not in COMMANDS:
        raise Refused("unknown_command")
    guard()
    viewer, at = who(event), request.headers.get("X-At", "")
    given = words()
    db.session.rollback()
    key = request.headers.get("Idempotency-Key") or str(uuid.uuid4())
    return answer(spine().send(viewer, event.id, name, given, key, int(at) if MOMENT.fullmatch(at) else None))


@doors.get("/api/openapi.json")
def openapi_document() -> Response:
    """The OpenAPI document, generated from the registry."""
    return jsonify(openapi.document(version("facilitate")))


@doors.get("/healthz")
def health() -> Response:
    """200 once the server serves and the database answers."""
    db.session.execute(db.text("SELECT 1"))
    return jsonify({"ok": True})


@doors.post("/api/local/commands/<name>")
def local(name: str) -> Response:
    """The command line of this machine: any command, also for the server itself, with the key from the instance folder."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), spine().local_key.encode()) or name not in COMMANDS:
        raise Refused("forbidden")
    body = words()
    if not isinstance(body, dict):
        raise Refused("invalid", "refusal.words")
    viewer = Viewer(body.get("event"), account=body.get("account"), role="system", sender="local")
    return answer(spine().act(name, body.get("words") or {}, body.get("event"), viewer))
