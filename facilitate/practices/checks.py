"""Says what keeps a practice record from being sent, and what somebody should look at first."""

import re
import uuid
from collections.abc import Iterable
from typing import Any

from facilitate.practices import texts, vocabulary
from facilitate.practices.canonical import canonical
from facilitate.practices.record import TAG, TITLE, UNDETERMINED

SHORT_SUMMARY = 200
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def problems(record: dict[str, Any]) -> list[dict[str, Any]]:
    """What keeps a record from being written to a repository: [{key, values}] of sentences of the catalogue; [] if nothing."""
    title = next(iter(record["title"].values()), "") if isinstance(record.get("title"), dict) else ""
    values = {"title": texts.shorten(texts.line(title), TITLE), "id": texts.line(record.get("id"))}
    found = []
    if not TAG.fullmatch(str(record.get("language", UNDETERMINED))) or not SLUG.fullmatch(str(record.get("slug"))) or not _sound(record):
        found.append("practice.error.record")
    if not values["title"]:
        found.append("practice.error.no_title")
    if not vocabulary.licence(record.get("licence")):
        found.append("practice.error.no_licence")
    return [{"key": key, "values": values} for key in found]


def notes(record: dict[str, Any], names: Iterable[str] = ()) -> list[dict[str, Any]]:
    """What the facilitator should look at before sending: [{key, values}] of sentences of the catalogue.

    A summary that is too short to stand alone, and names of a single word from `names` that stand in the texts.
    """
    summary = " ".join(record.get("summary", {}).values())
    found = [] if len(summary) >= SHORT_SUMMARY else [{"key": "practice.note.short_summary", "values": {"n": len(summary)}}]
    said = " ".join(_strings(record))
    return found + [{"key": "practice.note.name", "values": {"name": name}} for name in texts.named(said, names)]


def _sound(record: dict[str, Any]) -> bool:
    """Whether the record has an id, a version, and a form in canonical JSON."""
    try:
        canonical(record)
        return str(uuid.UUID(record["id"])) == record["id"] and isinstance(record["version"], int) and record["version"] >= 1
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
