"""Builds practice records from plain data."""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

from facilitate.practices import counts, texts, vocabulary
from facilitate.practices.canonical import EXACT, fingerprint

REQUIRED = (
    *("id", "version", "fingerprint", "title", "teaser", "summary", "challenge", "problem", "how_it_works", "innovation", "maturity"),
    *("evidence", "resources_needed", "challenges_met", "transferability", "sectors", "target_groups", "deap_priorities", "themes"),
    *("inclusion", "accessibility", "sustainability", "data_protection", "countries", "event", "team", "process", "derived_from"),
    *("licence", "attribution", "language", "ai_disclosure", "review", "dates"),
)
"""The fields that a published practice has; those that a record has not are named in its field `missing`, in this order."""

LICENCE = "CC-BY-4.0"
TITLE, SUMMARY = 100, 1500
KINDS = ("idea", "group", "challenge", "team", "solution", "text")
UNDETERMINED = "und"

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Unpublishable(ValueError):
    """The result may not leave the event; `key` and `values` name the sentence of the catalogue that says why."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def build(data: dict[str, Any]) -> dict[str, Any]:
    """A sealed practice record from plain data (the shape is written down in docs/practices.md).

    Only the fields named there are read, so that nothing else (an author, a voter) can slip into a record. Raises
    Unpublishable where the result itself is not for publication, ValueError where `id` is no UUID.
    """
    event, source = data.get("event") or {}, data.get("source") or {}
    if withheld(source):
        raise Unpublishable("practice.error.withheld", title=texts.shorten(texts.line(source.get("title")), TITLE))
    record = {name: value for name, value in _fields(data, event, source).items() if value}
    record["missing"] = [name for name in REQUIRED if name not in record and name not in ("version", "fingerprint")]
    return seal(record, max(1, int(data.get("version") or 1)))


def seal(record: dict[str, Any], version: int) -> dict[str, Any]:
    """The record with this version and the fingerprint that goes with it."""
    sealed = {**record, "version": version}
    return {**sealed, "fingerprint": fingerprint(sealed)}


def same(record: dict[str, Any], stored: dict[str, Any]) -> bool:
    """Whether `stored` was made from the content of `record`: version and dates do not count.

    The stored fingerprint is compared, not the stored fields: what a curator added to a record by hand does not make
    our unchanged record a new version that would undo it.
    """
    version = stored.get("version")
    if not isinstance(version, int):
        return False
    undated = {name: value for name, value in record.items() if name != "dates"}
    dated = undated | ({"dates": stored["dates"]} if "dates" in stored else {})
    try:
        return seal(dated, version)["fingerprint"] == stored.get("fingerprint")
    except (TypeError, ValueError):  # somebody put dates there that are no JSON of ours
        return False


def instant(moment: Any) -> str | None:
    """A moment (milliseconds since 1970, or ISO 8601) as `2026-11-23T14:00:00Z`; a time without a zone counts as UTC."""
    try:
        if isinstance(moment, int | float) and not isinstance(moment, bool):
            when = datetime.fromtimestamp(moment / 1000, UTC)
        else:
            when = datetime.fromisoformat(moment)
        when = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when.year >= 1970 else None


class _Words:
    """Takes over texts in the record's language, without what must not leave the event."""

    def __init__(self, language: str, data: dict[str, Any]) -> None:
        self.language = language
        self.names = [texts.line(name) for name in data.get("names") or [] if texts.line(name)]
        held = [idea for idea in data.get("derived") or [] if withheld(idea)]
        self.held = [texts.line(idea.get(field)).casefold() for idea in held for field in ("title", "text") if texts.line(idea.get(field))]

    def text(self, value: Any) -> str:
        return texts.private(texts.clean(value), self.names)

    def line(self, value: Any) -> str:
        """One line; nothing at all where it is a member's name."""
        return "" if any(texts.same(value, name) for name in self.names) else texts.line(self.text(value))

    def safe(self, value: Any) -> str:
        """The text, or nothing where it repeats an idea that is not for publication (a group is often named after one)."""
        said = texts.line(value).casefold()
        repeats = any(said == held or (len(held) >= 20 and held in said) for held in self.held)
        return "" if repeats else self.text(value)

    def map(self, text: str) -> dict[str, str]:
        return {self.language: text} if text else {}


def _fields(data: dict[str, Any], event: dict[str, Any], source: dict[str, Any]) -> dict[str, Any]:
    """Every field that the data can fill, empty where they do not."""
    say = _Words(_language(data.get("language"), source.get("language"), event.get("language")), data)
    shown = [idea for idea in data.get("derived") or [] if not withheld(idea)]
    challenge = _challenge(data.get("challenge") or {}, say)
    title = say.safe(source.get("title")) or say.safe(source.get("text"))
    described = _event(event, say)
    return {
        "id": str(uuid.UUID(str(data.get("id")))),
        "slug": texts.slug(title),
        "title": say.map(texts.shorten(texts.line(title), TITLE)),
        "summary": say.map(texts.shorten(_summary(data, source, shown, say), SUMMARY)),
        "challenge": challenge,
        "problem": say.map(texts.shorten(say.text((data.get("challenge") or {}).get("problem")), SUMMARY)),
        "themes": [challenge["theme"]] if challenge and "theme" in challenge else None,
        "event": described,
        "team": _some({"name": say.line((data.get("team") or {}).get("name"))}),
        "process": counts.process(data["process"], len(shown)) if data.get("process") else None,
        "derived_from": _derived(source, shown, say),
        "licence": vocabulary.licence(data.get("licence") or event.get("licence") or LICENCE),
        "attribution": _attribution(described),
        "language": None if say.language == UNDETERMINED else say.language,
        "dates": _dates(data, event),
    }


def withheld(thing: dict[str, Any]) -> bool:
    """Whether an idea, or what was voted on, is not for publication: its author said so, or the room does not see it."""
    return thing.get("publish") is False or thing.get("status") in ("hidden", "withdrawn", "held", "late")


def _language(*candidates: Any) -> str:
    return next((tag for tag in candidates if isinstance(tag, str) and TAG.fullmatch(tag)), UNDETERMINED)


def _some(fields: dict[str, Any]) -> dict[str, Any] | None:
    return {name: value for name, value in fields.items() if value} or None


def _summary(data: dict[str, Any], source: dict[str, Any], shown: list[dict[str, Any]], say: _Words) -> str:
    """The text given, else that of the source, else those of the ideas behind it, one a line."""
    own = say.safe(data.get("summary")) or say.safe(source.get("text"))
    return own or "\n".join(filter(None, (say.line(idea.get("text")) for idea in _ordered(shown))))


def _challenge(challenge: dict[str, Any], say: _Words) -> dict[str, Any] | None:
    theme = challenge.get("theme")
    return _some(
        {
            "id": texts.line(challenge.get("id")),
            "number": _number(challenge.get("number")),
            "title": say.map(texts.shorten(say.line(challenge.get("title")), TITLE)),
            "host": say.line(challenge.get("host")),
            "theme": theme if isinstance(theme, str) and theme in vocabulary.themes() else None,
        }
    )


def _event(event: dict[str, Any], say: _Words) -> dict[str, Any] | None:
    return _some(
        {
            "id": texts.line(event.get("slug")),
            "name": say.map(texts.shorten(say.line(event.get("title")), TITLE)),
            "start": instant(event.get("start")),
            "end": instant(event.get("end")),
            "mode": event.get("mode") if event.get("mode") in ("onsite", "online", "mixed") else None,
            "place": say.line(event.get("place")),
            "organiser": say.line(event.get("organiser")),
        }
    )


def _dates(data: dict[str, Any], event: dict[str, Any]) -> dict[str, Any] | None:
    """When the record was made and last changed: never when it was sent, so that sending leaves it as it is."""
    created = instant(data.get("created")) or instant(event.get("end")) or instant(event.get("start"))
    return _some({"created": created, "modified": instant(data.get("modified"))})


def _attribution(event: dict[str, Any] | None) -> str:
    """The event and who held it, with the year: no words of any language, and no person."""
    if not event or not event.get("name"):
        return ""
    moment = event.get("end") or event.get("start") or ""
    held = ", ".join(filter(None, (next(iter(event["name"].values())), event.get("organiser"))))
    return f"{held} ({moment[:4]})" if moment else held


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= EXACT else None


def _ordered(ideas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(ideas, key=lambda idea: (idea.get("number") or 0, str(idea.get("id"))))


def _derived(source: dict[str, Any], shown: list[dict[str, Any]], say: _Words) -> list[dict[str, Any]]:
    """Where the practice comes from: the voted option first, then the ideas behind it by number, none twice."""
    things = [source, *({"kind": "idea", **idea} for idea in _ordered(shown))]
    found: dict[str, dict[str, Any]] = {}
    for thing in things:
        told = say.safe(thing.get("text")) or say.safe(thing.get("title"))
        kind = thing.get("kind") if thing.get("kind") in KINDS else None
        entry = {
            "kind": kind,
            "id": texts.line(thing.get("id")),
            "number": _number(thing.get("number")),
            "text": say.map(texts.shorten(told, SUMMARY)),
        }
        entry = _some(entry) or {}
        if entry.get("id"):
            found.setdefault(entry["id"], entry)
    return list(found.values())
