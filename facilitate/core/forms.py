"""The words of a command from a page's form: texts become numbers, choices, lists and moments, as its fields and names say."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from werkzeug.datastructures import MultiDict

from facilitate.core.commands import COMMANDS
from facilitate.core.fields import Bool, Json, Text, Words

HINTS = ("switches", "lists", "objects", "lines", "texts", "moments")
"""Hidden fields of a form; each lists names, separated by spaces, of fields that a browser cannot send as they are meant:
`switches` (check boxes, sent only when they are on), `lists` (`name[]`, several check boxes that make one list), `objects`
(`name.key` fields, of which there may be none), `lines` (a text whose lines make a list), `texts` (nested words that stay text
where they read like a number) and `moments` (a local date and time; `offset` has the minutes by which the reader is behind UTC)."""


def words_of(name: str, form: MultiDict[str, str]) -> dict[str, Any]:
    """The words that a page's form means for the command `name`; nested words are named `settings.budget`.

    An empty field is null (absent, or "none of them"), unless it holds text, which may be empty.
    """
    hints = {hint: form.get(hint, "").split() for hint in HINTS}
    words: dict[str, Any] = {}
    for field in COMMANDS[name].form(Words({})):
        if field.name in hints["lists"]:
            words[field.name] = form.getlist(f"{field.name}[]")
        elif field.name in hints["moments"]:
            words[field.name] = moment(form.get(field.name, ""), form.get("offset", ""))
        elif field.name in form:
            text = form[field.name]
            words[field.name] = field.read(text) if text.strip() or isinstance(field, Text) else None
        elif isinstance(field, Bool) and field.name in hints["switches"]:
            words[field.name] = False
        if isinstance(field, Json) and ((nested := _nested(f"{field.name}.", form, hints)) or field.name in hints["objects"]):
            words[field.name] = nested
    return words


def moment(text: str, offset: str = "") -> Any:
    """A local date and time (`2026-11-23T09:30`) as ms since 1970; without an offset it is the server's local time; None where
    it is empty, the text itself where it is no time."""
    if not text.strip():
        return None
    try:
        local = datetime.fromisoformat(text.strip())
        zone = timezone(timedelta(minutes=-int(offset))) if offset.strip() else None
        return int((local.replace(tzinfo=zone) if zone else local.astimezone()).timestamp() * 1000)
    except (ValueError, OverflowError):
        return text


def _nested(prefix: str, form: MultiDict[str, str], hints: dict[str, list[str]]) -> dict[str, Any]:
    """The nested words under a prefix, as deep as their names go."""
    found: dict[str, Any] = {}
    names = [key for key in form if key.startswith(prefix)] + [one for one in hints["switches"] if one.startswith(prefix) and one not in form]
    for name in names:
        *path, last = name.removeprefix(prefix).split(".")
        place = found
        for step in path:
            place = place.setdefault(step, {})
        place[last] = _value(name, form, hints)
    return found


def _value(name: str, form: MultiDict[str, str], hints: dict[str, list[str]]) -> Any:
    if name in hints["switches"]:
        return name in form
    if name in hints["lines"]:
        return [line.strip() for line in form[name].splitlines() if line.strip()]
    if name in hints["moments"]:
        return moment(form[name], form.get("offset", ""))
    return form[name] if name in hints["texts"] else plain(form[name])


def plain(text: str) -> Any:
    """A nested word: a number or a switch where it reads like one, null where it is empty, else text."""
    if not text.strip():
        return None
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.lstrip("-").isdigit() and len(text) < 16 else text
