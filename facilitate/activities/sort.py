"""Sort: cards are grouped, named and merged, or moved to named cells, by the facilitator or by all."""

from __future__ import annotations

import uuid

from facilitate.core.commands import Context
from facilitate.core.fields import Choice, Texts
from facilitate.events.models import Activity
from facilitate.events.types import ActivityType, CommonSettings, activity_type, type_of
from facilitate.events.undo import Taken
from facilitate.ideas.commands.groups import new_group
from facilitate.ideas.queries import groups_of, sources
from facilitate.voting.commands.items import resolve

NAME = "sort"


class Settings(CommonSettings):
    by = Choice(("facilitator", "all"), optional=True, default="facilitator")
    cells = Texts(limit=20, length=60, optional=True, default=[])


@activity_type
class Sort(ActivityType):
    """Ideas come in; groups, and the ideas that are in none, go out."""

    name = NAME
    settings = Settings

    def on_start(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        resolve(ctx, activity, taken)
        uncover(ctx, activity, taken)
        if not groups_of(ctx.session, activity.id):
            for title in activity.settings.get("cells") or ():
                taken.made("groups", new_group(ctx, activity, str(uuid.uuid4()), title))


def uncover(ctx: Context, activity: Activity, taken: Taken) -> None:
    """Reveal the activities whose cards are worked on now: everybody has to see them."""
    for source in sources(ctx.session, activity):
        if not source.revealed and source.type == "collect":
            taken.keep("activities", source)
            source.revealed = True
            ctx.put("activities", source.id, source)
            type_of(source).on_reveal(ctx, source, taken)
