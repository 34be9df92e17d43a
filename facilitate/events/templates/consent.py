"""Consent, 45 minutes: proposals are presented, clarified and reacted to; nobody objects, or the objection is worked in and asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MINUTES = 45


def activities(say: Callable[..., str]) -> list[dict[str, Any]]:
    """The agenda; `say(key)` gives a string in the event's language."""

    def block(kind: str, name: str, minutes: int, **settings: Any) -> dict[str, Any]:
        key = f"template.consent.{name}"
        return {"type": kind, "minutes": minutes, "title": say(key), "question": say(f"{key}.question"), "settings": settings}

    return [
        block("collect", "present", 8, visibility="live", authors="name"),
        block("present", "clarify", 7, show="wall"),
        block("present", "react", 7, show="wall"),
        block("vote", "consent", 5, method="consent", results="close"),
        block("collect", "integrate", 13, visibility="live", authors="name"),
        block("vote", "again", 5, method="consent", results="close"),
    ]
