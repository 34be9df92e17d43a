"""From a result to challenges: the top of a sealed vote goes on the board."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from wtforms import Form

from facilitate.challenges.commands import TITLE, new_challenge
from facilitate.challenges.models import Challenge
from facilitate.core.commands import STAFF, Context, command
from facilitate.core.fields import Id, Int
from facilitate.core.refusals import Refused
from facilitate.ideas.commands.ideas import put_idea
from facilitate.ideas.models import Idea
from facilitate.voting.models import Option, Round
from facilitate.voting.queries.results import top_of


class Adopt(Form):
    round = Id()
    top = Int(1, 20, optional=True, default=3)


@command("challenges.adopt", form=Adopt, may=STAFF)
def adopt(ctx: Context, words: Adopt) -> None:
    """Make challenges of the top results of a sealed vote; their ideas belong to them. Doing it again adds only what is new."""
    round_ = ctx.session.get(Round, words.round.data)
    if round_ is None or round_.event_id != ctx.event_id or round_.status != "sealed":
        raise Refused("not_found", "refusal.no_result")
    for option_id in top_of(ctx.session, round_.id, words.top.data):
        option = ctx.session.get(Option, (round_.id, option_id))
        known = ctx.session.scalar(select(Challenge).where(Challenge.event_id == ctx.event_id, Challenge.source_id == option_id))
        if option is None or option.kind == "challenge" or known is not None:
            continue
        problem = "" if option.text == option.title else option.text[:600]
        one = new_challenge(ctx, str(uuid.uuid4()), option.title[:TITLE], problem, source=option.id)
        column = Idea.group_id if option.kind == "group" else Idea.id
        for idea in ctx.session.scalars(select(Idea).where(column == option.id, Idea.challenge_id.is_(None))):
            idea.challenge_id = one.id
            put_idea(ctx, idea)
