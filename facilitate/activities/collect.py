"""Collect: people write ideas, in private until the reveal or live, with a limit, a frame and a tray for approval."""

from __future__ import annotations

from typing import Any

from facilitate.core.commands import Context
from facilitate.core.fields import Bool, Int, Text
from facilitate.core.refusals import Refused
from facilitate.events.models import Activity
from facilitate.events.types import ActivityType, CommonSettings, activity_type
from facilitate.events.undo import Taken
from facilitate.ideas.commands.ideas import drop_all, put_all

NAME = "collect"


class Settings(CommonSettings):
    frame = Text(limit=120, optional=True, empty=True, default="")
    limit = Int(0, 50, optional=True, default=0)
    moderated = Bool(optional=True, default=False)
    challenges = Bool(optional=True, default=False)


@activity_type
class Collect(ActivityType):
    """Cards come in; ideas go out."""

    name = NAME
    settings = Settings

    def takes_ideas(self, activity: Activity) -> bool:
        return True

    def check_change(self, ctx: Context, activity: Activity, settings: dict[str, Any]) -> None:
        """The words about who sees what are fixed before writing starts."""
        keep_promises(activity, settings)

    def on_reveal(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        put_all(ctx, activity)

    def on_remove(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        drop_all(ctx, activity, taken)

    def on_undo(self, ctx: Context, activity: Activity) -> None:
        put_all(ctx, activity)


def keep_promises(activity: Activity, settings: dict[str, Any]) -> None:
    """Refuse to change visibility or authors of an activity in which people have begun to write."""
    promised = ("visibility", "authors")
    if activity.started_at is not None and any(settings[name] != activity.settings.get(name) for name in promised):
        raise Refused("activity_closed", "refusal.promise_made")
