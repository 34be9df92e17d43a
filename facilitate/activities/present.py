"""Present: a text, a break with the clock of return, the board of challenges, team formation, or the wall of cards."""

from __future__ import annotations

from facilitate.core.fields import Choice, Int, Text
from facilitate.events.types import ActivityType, CommonSettings, activity_type

NAME = "present"


class Settings(CommonSettings):
    show = Choice(("text", "break", "challenges", "teams", "wall"), optional=True, default="text")
    text = Text(limit=2000, lines=True, optional=True, empty=True, default="")
    back_at = Int(0, 4_102_444_800_000, optional=True)


@activity_type
class Present(ActivityType):
    """Nothing comes in and nothing goes out: the items of the activity before go on to the next one."""

    name = NAME
    settings = Settings
