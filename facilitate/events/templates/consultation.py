"""Stakeholder consultation, 20 minutes or days: statements that people add while all agree, disagree or pass on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MINUTES = 20


def activities(say: Callable[..., str]) -> list[dict[str, Any]]:
    """The agenda; `say(key)` gives a string in the event's language."""
    return [
        {
            "type": "vote",
            "minutes": 20,
            "title": say("template.consultation.statements"),
            "question": say("template.consultation.statements.question"),
            "settings": {"shape": "stance", "method": "agree-disagree-pass", "add_own": True, "text_limit": 400, "input": {"from": "none"}},
        }
    ]
