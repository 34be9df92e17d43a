"""Plain data of a voted result, as the server hands it to the builder of records."""

from copy import deepcopy
from typing import Any

FIRST, SECOND, THIRD = "0b8f7c1e-6a52-4c39-9d0e-1f2a3b4c5d6e", "7d1c2b3a-0f9e-4d8c-8b7a-6f5e4d3c2b1a", "c3a1b2d4-5e6f-4a7b-9c8d-0e1f2a3b4c5d"

DATA: dict[str, Any] = {
    "id": FIRST,
    "created": 1_795_450_000_000,  # 2026-11-23T16:06:40Z
    "event": {
        "slug": "digital-schools",
        "title": "Digital schools",
        "start": "2026-11-23T09:00:00+01:00",
        "end": "2026-11-23T15:00:00Z",
        "mode": "onsite",
        "language": "en",
        "organiser": "City library",
        "licence": "CC-BY-4.0",
    },
    "challenge": {
        "id": "c1",
        "number": 1,
        "title": "Reading for all",
        "problem": "Half of the pupils have no desk at home.",
        "host": "Library network",
        "theme": "accessibility-inclusion",
    },
    "source": {"kind": "group", "id": "g1", "number": 3, "title": "Homework rooms", "text": "Schools stay open until six, with somebody to ask."},
    "derived": [
        {"id": "i2", "number": 12, "text": "Open classrooms in the afternoon", "publish": True},
        {"id": "i1", "number": 7, "text": "Older pupils help younger ones", "publish": True},
    ],
    "process": {
        "method": "dots",
        "round": "r1",
        "rank": 1,
        "of": 12,
        "cast": 24,
        "eligible": 31,
        "participants": 40,
        "ideas": 57,
        "figures": {"points": 33, "voters": 14},
    },
    "names": ["Ada Lovelace", "Rose"],
}


def data(**changes: Any) -> dict[str, Any]:
    """The sample with some of its parts changed; a part that is a mapping is merged one level deep."""
    made = deepcopy(DATA)
    for name, value in changes.items():
        made[name] = {**made[name], **value} if isinstance(value, dict) and isinstance(made.get(name), dict) else value
    return made
