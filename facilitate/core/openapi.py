"""The OpenAPI document of the HTTP doors, generated from the registry of commands."""

from __future__ import annotations

from typing import Any

from facilitate.core.commands import COMMANDS, Command
from facilitate.core.fields import Words
from facilitate.core.refusals import STATUS

ANSWER = {
    "type": "object",
    "required": ["ok"],
    "properties": {
        "ok": {"type": "boolean"},
        "seq": {"type": "integer", "description": "The event's number once the command is durable."},
        "code": {"type": "string", "enum": sorted(STATUS)},
        "sentence": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}},
        "retry_after": {"type": "integer", "description": "Milliseconds."},
    },
}


def words_schema(known: Command) -> dict[str, Any]:
    """The words of a command as JSON schema."""
    form = known.form(Words({}))
    fields = {field.name: field.schema() for field in form}
    required = [field.name for field in form if not field.optional]
    schema: dict[str, Any] = {"type": "object", "properties": fields}
    return schema | ({"required": required} if required else {})


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _operation(known: Command) -> dict[str, Any]:
    key = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "format": "uuid"}}
    refusals = {str(status): {"description": "Refused.", **_json({"$ref": "#/components/schemas/Answer"})} for status in sorted(set(STATUS.values()))}
    return {
        "operationId": known.name,
        "summary": known.summary,
        "description": "May: " + ", ".join(sorted(known.may)) + ".",
        "parameters": [key],
        "requestBody": {"required": True, **_json(words_schema(known))},
        "responses": {"200": {"description": "Carried out.", **_json({"$ref": "#/components/schemas/Answer"})}, **refusals},
    }


def _reading(summary: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {"get": {"summary": summary, "parameters": parameters, "responses": {"200": {"description": "OK.", **_json({"type": "object"})}}}}


def _member() -> dict[str, Any]:
    body = {"type": "object", "properties": {"name": {"type": "string"}, "role": {"type": "string"}}}
    made = {"type": "object", "properties": {"member": {"type": "string"}, "token": {"type": "string"}}}
    return {"post": {"summary": "Join as a script.", "requestBody": _json(body), "responses": {"201": {"description": "Joined.", **_json(made)}}}}


def _event() -> dict[str, Any]:
    body = {
        "type": "object",
        "required": ["template"],
        "properties": {"template": {"type": "string"}, "title": {"type": "string"}, "open": {"type": "boolean"}},
    }
    made = {"type": "object", "properties": {"event": {"type": "string"}, "code": {"type": "string"}, "activities": {"type": "array"}}}
    return {
        "post": {"summary": "Create an event from a template.", "requestBody": _json(body), "responses": {"201": {"description": "Created.", **_json(made)}}}
    }


def document(version: str) -> dict[str, Any]:
    """The whole OpenAPI 3.1 document."""
    event = {"name": "event", "in": "path", "required": True, "schema": {"type": "string"}, "description": "The event's slug or code."}
    paths: dict[str, Any] = {
        "/api/templates": _reading("The templates an event can be made from.", []),
        "/api/events": _event(),
        "/api/events/{event}/state": _reading("The state of an event, as the caller may see it.", [event]),
        "/api/events/{event}/members": {**_member(), "parameters": [event]},
    }
    for name, known in sorted(COMMANDS.items()):
        if "system" not in known.may and not known.outside:
            paths[f"/api/events/{{event}}/commands/{name}"] = {"parameters": [event], "post": _operation(known)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "facilitate", "version": version, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}},
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {"schemas": {"Answer": ANSWER}, "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }
