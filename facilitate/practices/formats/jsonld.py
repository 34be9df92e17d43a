"""The practice record as linked data in the terms of schema.org: a learning resource with its event and its origins.

`practice.jsonld` describes the practice as `LearningResource`: title as `name`, summary as `abstract`, the challenge and
the ideas behind it as `isBasedOn`, the workshop as `recordedAt`, themes as `about`, the number of ballots as
`interactionStatistic`, and `practice.json` with its SHA-256 as `encoding`. Texts carry their language. The record's
fields that schema.org has no term for (the method of the vote, the place in the ranking) are in `practice.json` only.
"""

import hashlib
import json
from typing import Any

from facilitate.practices import vocabulary
from facilitate.practices.formats import json as practice_json

NAME = "jsonld"
FILENAME = "practice.jsonld"

MODES = {"onsite": "OfflineEventAttendanceMode", "online": "OnlineEventAttendanceMode", "mixed": "MixedEventAttendanceMode"}
THEMES = "Hub themes"


def render(record: dict[str, Any]) -> bytes:
    """The file's bytes: two spaces of indentation, sorted keys; `<`, `>` and `&` are escaped, so that a page may embed it."""
    text = json.dumps(_resource(record), ensure_ascii=False, indent=2, sort_keys=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"{text}\n".encode()


def _resource(record: dict[str, Any]) -> dict[str, Any]:
    dates = record.get("dates", {})
    return _some(
        {
            "@context": "https://schema.org",
            "@type": ["LearningResource", "CreativeWork"],
            "@id": f"urn:uuid:{record['id']}",
            "identifier": [_property("UUID", record["id"]), _property("fingerprint", record["fingerprint"])],
            "learningResourceType": "practice",
            "version": str(record["version"]),
            "name": _texts(record.get("title")),
            "abstract": _texts(record.get("summary")),
            "inLanguage": record.get("language"),
            "license": vocabulary.licences().get(record.get("licence", ""), {}).get("url"),
            "creditText": record.get("attribution"),
            "creator": _named("Organization", (record.get("team") or {}).get("name")),
            "creativeWorkStatus": "Draft" if record.get("missing") else "Published",
            "dateCreated": dates.get("created"),
            "dateModified": dates.get("modified"),
            "about": [_theme(code) for code in record.get("themes", [])],
            "isBasedOn": _origins(record),
            "recordedAt": _event(record.get("event") or {}),
            "interactionStatistic": _ballots(record.get("process") or {}),
            "encoding": _encoding(record),
        }
    )


def _encoding(record: dict[str, Any]) -> dict[str, Any]:
    content = practice_json.render(record)
    return {
        "@type": "MediaObject",
        "contentUrl": practice_json.FILENAME,
        "encodingFormat": "application/json",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _origins(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The challenge, then what was collected and voted on."""
    asked = _challenge(record.get("challenge") or {}, record.get("problem"))
    return ([asked] if asked else []) + [
        _some({"@type": "CreativeWork", "additionalType": origin.get("kind"), "identifier": origin["id"], "text": _texts(origin.get("text"))})
        for origin in record.get("derived_from", [])
    ]


def _challenge(challenge: dict[str, Any], problem: dict[str, str] | None) -> dict[str, Any] | None:
    if not challenge:
        return None
    return _some(
        {
            "@type": "CreativeWork",
            "additionalType": "challenge",
            "identifier": challenge.get("id"),
            "name": _texts(challenge.get("title")),
            "abstract": _texts(problem),
            "sponsor": _named("Organization", challenge.get("host")),
        }
    )


def _event(event: dict[str, Any]) -> dict[str, Any] | None:
    if not event:
        return None
    return _some(
        {
            "@type": "Event",
            "identifier": event.get("id"),
            "name": _texts(event.get("name")),
            "startDate": event.get("start"),
            "endDate": event.get("end"),
            "eventAttendanceMode": f"https://schema.org/{MODES[event['mode']]}" if event.get("mode") in MODES else None,
            "location": _named("Place", event.get("place")),
            "organizer": _named("Organization", event.get("organiser")),
        }
    )


def _ballots(process: dict[str, Any]) -> dict[str, Any] | None:
    if "cast" not in process:
        return None
    return {"@type": "InteractionCounter", "interactionType": "https://schema.org/VoteAction", "userInteractionCount": process["cast"]}


def _theme(code: str) -> dict[str, Any]:
    return _some({"@type": "DefinedTerm", "termCode": code, "name": vocabulary.themes().get(code), "inDefinedTermSet": THEMES})


def _property(name: str, value: str) -> dict[str, Any]:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _named(kind: str, name: str | None) -> dict[str, Any] | None:
    return {"@type": kind, "name": name} if name else None


def _texts(texts: dict[str, str] | None) -> Any:
    """A language map as JSON-LD language-tagged values: one alone, several as a list."""
    tagged = [{"@language": language, "@value": text} for language, text in sorted((texts or {}).items())]
    return tagged[0] if len(tagged) == 1 else tagged


def _some(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
