"""Present: a text, a break with the clock of return, the board of challenges, team formation, or the wall of cards."""

from __future__ import annotations

from facilitate.core.fields import Choice, Int, Text
from facilitate.events.types import ActivityType, CommonSettings, Offer, activity_type

NAME = "present"
SHOWS = ("text", "break", "challenges", "teams", "wall")


class Settings(CommonSettings):
    show = Choice(SHOWS, optional=True, default="text")
    text = Text(limit=2000, lines=True, optional=True, empty=True, default="")
    back_at = Int(0, 4_102_444_800_000, optional=True)


@activity_type
class Present(ActivityType):
    """Nothing comes in and nothing goes out: the items of the activity before go on to the next one."""

    name = NAME
    settings = Settings
    decides = "show"

    def offers(self) -> list[Offer]:
        asks: dict[str, dict[str, object]] = {"text": {"text": ""}, "break": {"back_at": None}}
        return [Offer(one, asks.get(one, {})) for one in SHOWS]
