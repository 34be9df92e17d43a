"""The command that makes a run of a vote out of a file of analysts: its options, its ballots, counted by the normal path."""

from __future__ import annotations

import json
import uuid
from typing import Any

from sqlalchemy import insert
from wtforms import Form

from facilitate.core.commands import STAFF, Context, command
from facilitate.core.db import table_of
from facilitate.core.fields import Choice, Id, Text
from facilitate.core.refusals import Refused
from facilitate.events.commands.members import take_number
from facilitate.events.commands.run import find
from facilitate.events.models import Activity
from facilitate.events.queries.room import event_of
from facilitate.ideas.commands.ideas import TEXT, put_idea
from facilitate.ideas.models import Idea
from facilitate.ideas.queries import idea_item, title_of
from facilitate.voting import pabulib, preflib
from facilitate.voting.ballots import SHAPES
from facilitate.voting.commands import rounds
from facilitate.voting.counting import asked
from facilitate.voting.models import Ballot, Round

FORMATS = ("soc", "soi", "toc", "toi", "pb")
CHARACTERS, OPTIONS, BALLOTS = 60_000, 300, 2_000
"""What one file may hold: a command is not larger, and what it writes must not hold up a room."""
METHODS = {"ranking": "schulze", "budget": "equal-shares"}
"""Who counts a shape where the vote is set to another one."""


class Import(Form):
    activity = Id()
    format = Choice(FORMATS)
    text = Text(limit=CHARACTERS, lines=True)


@command("voting.import", form=Import, may=STAFF)
def import_file(ctx: Context, words: Import) -> None:
    """Make a closed run of a planned vote out of a PrefLib or Pabulib file; it is counted like any other, and can be revealed."""
    activity = find(ctx, words.activity.data)
    if activity.type != "vote":
        raise Refused("not_found", "refusal.no_vote")
    if activity.status != "planned":
        raise Refused("activity_closed", "refusal.import_planned")
    names, ballots, told = contents(words.format.data, words.text.data)
    shape = "budget" if told else "ranking"
    ideas = {option: put_up(ctx, activity, name or option) for option, name in names.items()}
    settings = {name: _renamed(value, ideas) for name, value in told.items()}
    stored = _checked(ballots, ideas, shape, settings)
    decide(activity, shape, settings)
    round_ = closed_run(ctx, activity, settings, len(ballots))
    for idea in ideas.values():
        rounds.add_option(ctx, round_, idea_item(idea))
    ctx.session.flush()
    rows = [{"round_id": round_.id, "token": uuid.uuid4().hex, "ballot": ballot if ballot is not None else []} for ballot in stored]
    if rows:
        ctx.session.connection().execute(insert(table_of(Ballot)), rows)
    rounds.put_options(ctx, round_)
    rounds.put_round(ctx, round_)
    ctx.put("activities", activity.id, activity)


def contents(kind: str, text: str) -> tuple[dict[str, str], list[Any], dict[str, Any]]:
    """(names by option, ballots, settings) of a file; Refused where it cannot be read or holds too much."""
    if kind == "pb":
        carts = pabulib.read(text)
        found: tuple[dict[str, str], list[Any]] = carts.options, carts.ballots
        told = {"money": carts.money, "costs": carts.costs, "free_cart": True}
    else:
        found, told = preflib.read(text, BALLOTS), {}
    names, ballots = found
    if len(names) > OPTIONS:
        raise Refused("too_large", "refusal.file_options", n=OPTIONS)
    if len(ballots) > BALLOTS:
        raise Refused("too_large", "refusal.file_ballots", n=BALLOTS)
    return names, ballots, told


def put_up(ctx: Context, activity: Activity, name: str) -> Idea:
    """A card for an option of the file."""
    text = name[:TEXT]
    idea = Idea(
        id=str(uuid.uuid4()), event_id=ctx.event_id, activity_id=activity.id, member_id=ctx.viewer.member, text=text, title=title_of(text),
        number=take_number(event_of(ctx.session, ctx.event_id), "card"), status="shown", publish=True, received_at=ctx.now, reason="",
    )  # fmt: skip
    ctx.session.add(idea)
    put_idea(ctx, idea)
    return idea


def _checked(ballots: list[Any], ideas: dict[str, Idea], shape: str, settings: dict[str, Any]) -> list[Any]:
    """The ballots as they are stored. Of those that say the same, files keep one with a number; one of them is checked."""
    known: dict[str, Any] = {}
    for said in (keys := [json.dumps(ballot) for ballot in ballots]):
        if said not in known:
            known[said] = SHAPES[shape].check(_renamed(json.loads(said), ideas), settings)
    return [known[said] for said in keys]


def _renamed(value: Any, ideas: dict[str, Idea]) -> Any:
    """A ballot or a setting that names cards where the file names its own options."""
    if isinstance(value, dict):
        return {ideas[option].id: cost for option, cost in value.items()}
    if isinstance(value, list):
        return [_renamed(one, ideas) for one in value]
    return ideas[value].id if isinstance(value, str) else value


def decide(activity: Activity, shape: str, settings: dict[str, Any]) -> None:
    """Set the vote to the shape of the file; it keeps its method where that fits."""
    method = activity.settings["method"] if activity.settings["shape"] == shape else METHODS[shape]
    usual = asked(shape, method)
    known = {name: value for name, value in usual.items() if activity.settings.get(name) is None}
    activity.settings = activity.settings | {"shape": shape, "method": method, "roll": "open"} | known | settings


def closed_run(ctx: Context, activity: Activity, settings: dict[str, Any], people: int) -> Round:
    """A run that is closed from its first moment and sealed with the next beat; its voters are unknown, so it has no secret."""
    kept = rounds.fixed(activity.settings) | settings | {"small": people < rounds.SMALL, "seed": rounds.new_seed(), "imported": True}
    round_ = Round(
        id=str(uuid.uuid4()), event_id=ctx.event_id, activity_id=activity.id, run=len(rounds.rounds_of(ctx.session, activity.id)) + 1,
        shape=activity.settings["shape"], method=activity.settings["method"], version=rounds.new_version(), secret=True, settings=kept, status="closed",
        opened_at=ctx.now, closed_at=ctx.now, seal_at=ctx.now, eligible=people,
    )  # fmt: skip
    ctx.session.add(round_)
    ctx.session.flush()
    activity.status, activity.round_id, activity.started_at, activity.closed_at, activity.actual = "closed", round_.id, ctx.now, ctx.now, 0
    return round_
