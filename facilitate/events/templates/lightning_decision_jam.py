"""Lightning Decision Jam, 50 minutes: from what works and what hinders to solutions placed by effort and impact, and actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MINUTES = 50
DOTS = {"shape": "points", "method": "dots", "budget": 5, "cap": 3}


def activities(say: Callable[..., str]) -> list[dict[str, Any]]:
    """The agenda; `say(key)` gives a string in the event's language."""

    def block(kind: str, name: str, minutes: int, **settings: Any) -> dict[str, Any]:
        key = f"template.lightning-decision-jam.{name}"
        return {"type": kind, "minutes": minutes, "title": say(key), "question": say(f"{key}.question"), "settings": settings}

    cells = [say(f"template.lightning-decision-jam.cell.{name}") for name in ("now", "project", "maybe", "never")]
    return [
        block("collect", "works", 4),
        block("present", "read_out", 4, show="wall"),
        block("collect", "problems", 6),
        block("vote", "problem_dots", 4, **DOTS),
        block("collect", "reframe", 4, frame=say("template.lightning-decision-jam.frame"), visibility="live"),
        block("collect", "solutions", 7),
        block("vote", "solution_dots", 5, **DOTS),
        block("sort", "effort_impact", 10, cells=cells, input={"from": "previous", "take": "top", "top": 8}),
        block("collect", "actions", 6, frame=say("template.lightning-decision-jam.action_frame"), visibility="live", authors="name"),
    ]
