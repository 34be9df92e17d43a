"""HTTP for scripts: the templates, making an event, joining one."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, Response, jsonify, request

from facilitate.core import registry
from facilitate.core.credits import JOINS
from facilitate.core.db import db
from facilitate.core.fields import UUID
from facilitate.core.http import address, answer, behind, credentials, find_event, guard, language, refused, who, words
from facilitate.core.refusals import Refused
from facilitate.core.spine import spine
from facilitate.core.strings import t
from facilitate.events import templates
from facilitate.events.queries.room import agenda, event_of
from facilitate.people.queries import digest, new_secret

api = Blueprint("events_api", __name__)
api.register_error_handler(Refused, refused)


@api.get("/api/templates")
def list_templates() -> Response:
    """The templates an event can be made from."""
    found = registry.variants(templates)
    return jsonify([{"name": name, "title": t(language(), f"template.{name}.title"), "minutes": module.MINUTES} for name, module in found.items()])


@api.post("/api/events")
def create() -> Response:
    """Make an event; its organiser is the account whose token this is."""
    guard()
    viewer = registry.ask("identify", db.session, credentials("account"), None)
    given = words()
    db.session.rollback()
    key = request.headers.get("Idempotency-Key") or str(uuid.uuid4())
    event = behind(viewer.sender if viewer else "", key)
    wanted = {**given, "event": event} if isinstance(given, dict) else given
    made = spine().send(viewer, None, "events.create", wanted, key)
    if not made["ok"]:
        return answer(made)
    found = event_of(db.session, event)
    blocks = [{"id": block.id, "type": block.type, "title": block.title} for block in agenda(db.session, event)]
    return answer({"event": found.slug, "code": found.code, "activities": blocks}, 201)


@api.post("/api/events/<reference>/members")
def join(reference: str) -> Response:
    """Join an event as a script: a participant of channel `api`, or another role with an organiser's token."""
    event = find_event(reference)
    viewer = who(event) if request.headers.get("Authorization") else None
    staff = viewer if viewer is not None and viewer.staff else None
    if staff is None:
        wait = spine().credits.spend(JOINS, address(), event.id)
        if wait is not None:
            raise Refused("slow_down", retry_after=wait)
    given = words() if request.content_length else {}
    if not isinstance(given, dict):
        raise Refused("invalid", "refusal.words")
    if given.get("role", "participant") != "participant" and (staff is None or staff.role != "organiser"):
        raise Refused("forbidden")
    db.session.rollback()
    key = request.headers.get("Idempotency-Key", "")
    if key and not UUID.match(key):
        raise Refused("invalid", "refusal.command_id")
    return join_as_script(event.id, given, behind(event.id, key) if key else str(uuid.uuid4()))


def join_as_script(event: str, given: dict[str, Any], member: str) -> Response:
    """Let a script in: 201 {member, token}; `member` is the id that it gets."""
    secret = new_secret()
    asked = {name: given[name] for name in ("name", "language", "role", "seat") if given.get(name) is not None}
    made = spine().act("members.join", asked | {"member": member, "channel": "api", "device": digest(secret)}, event)
    return answer({"member": made["member"], "token": secret} if made["ok"] else made, 201)
