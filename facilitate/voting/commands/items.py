"""What comes into an activity: all items of an earlier one, group heads, the top of a vote, or picked ones."""

from __future__ import annotations

from sqlalchemy.orm import Session

from facilitate.challenges.queries import challenges_of
from facilitate.core.commands import Context
from facilitate.events.models import Activity
from facilitate.events.undo import Taken
from facilitate.ideas.queries import Item, items_of, source_of
from facilitate.voting.models import Option
from facilitate.voting.queries.results import top_of
from facilitate.voting.queries.rounds import options_of


def resolve(ctx: Context, activity: Activity, taken: Taken) -> None:
    """Fix, when an activity starts, which items it works on; its row then names them (settings: source, items)."""
    taken.keep("activities", activity)
    source = source_of(ctx.session, activity)
    items = None
    if source is not None and source.type == "vote" or activity.settings["input"]["take"] != "all":
        items = [item.id for item in incoming(ctx.session, activity)]
    activity.settings = activity.settings | {"source": source.id if source else None, "items": items}


def incoming(session: Session, activity: Activity) -> list[Item]:
    """The items that come into an activity."""
    wanted = activity.settings["input"]
    if wanted["from"] == "challenges":
        return [
            Item("challenge", one.id, one.number, one.title, one.problem, None, one.theme)
            for one in challenges_of(session, activity.event_id)
            if one.status in ("approved", "open")
        ]
    source = source_of(session, activity)
    if source is None:
        return []
    items = _out_of_vote(session, source) if source.type == "vote" else items_of(session, source)
    if wanted["take"] == "heads":
        return [item for item in items if item.kind == "group"]
    if wanted["take"] == "picked":
        return [item for item in items if item.id in wanted["picked"]]
    if wanted["take"] == "top" and source.round_id is not None:
        top = top_of(session, source.round_id, wanted["top"])
        return [item for item in items if item.id in top]
    return items


def _out_of_vote(session: Session, source: Activity) -> list[Item]:
    """The options of a vote's latest run, as items."""
    if source.round_id is None:
        return []
    options: list[Option] = [option for option in options_of(session, source.round_id) if option.status == "open"]
    return [Item(option.kind, option.id, option.number, option.title, option.text, option.member_id, option.theme) for option in options]
