"""Ideas and vote, 30 minutes: write in private, group, place dots, form teams on what was chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MINUTES = 30


def activities(say: Callable[..., str]) -> list[dict[str, Any]]:
    """The agenda; `say(key)` gives a string in the event's language."""
    return [
        {"type": "collect", "minutes": 10, "title": say("template.ideas-and-vote.collect"), "question": say("template.ideas-and-vote.collect.question")},
        {"type": "sort", "minutes": 8, "title": say("template.ideas-and-vote.sort"), "question": say("template.ideas-and-vote.sort.question")},
        {
            "type": "vote",
            "minutes": 5,
            "title": say("template.ideas-and-vote.vote"),
            "question": say("template.ideas-and-vote.vote.question"),
            "settings": {"shape": "points", "method": "dots", "budget": 5, "cap": 3},
        },
        {
            "type": "present",
            "minutes": 7,
            "title": say("template.ideas-and-vote.commit"),
            "question": say("template.ideas-and-vote.commit.question"),
            "settings": {"show": "teams"},
        },
    ]
