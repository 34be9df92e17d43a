"""Commands about challenges: add or propose, edit, set the status, remove."""

from __future__ import annotations

from wtforms import Form

from facilitate.challenges.models import Challenge
from facilitate.challenges.queries import audiences, challenges_of
from facilitate.core import registry
from facilitate.core.commands import MEMBERS, STAFF, Context, command
from facilitate.core.fields import Choice, Id, Text
from facilitate.core.refusals import Refused
from facilitate.events.commands.members import take_number
from facilitate.events.queries.room import event_of

THEMES = (
    "accessibility-inclusion", "interoperability", "environmental-sustainability", "quality-assurance", "common-standards", "micro-credentials",
    "ai-in-education", "digital-skills", "digital-pedagogy", "virtual-exchange", "programming-stem",
)  # fmt: skip
STATUSES = ("draft", "proposed", "approved", "open", "closed")
TITLE, MOST = 80, 60


def find_challenge(ctx: Context, challenge_id: str | None) -> Challenge:
    """The challenge of this event with an id; Refused `not_found`."""
    one = ctx.session.get(Challenge, challenge_id)
    if one is None or one.event_id != ctx.event_id:
        raise Refused("not_found", "refusal.no_challenge")
    return one


class AddChallenge(Form):
    challenge = Id()
    title = Text(limit=TITLE)
    problem = Text(limit=600, lines=True, optional=True, empty=True, default="")
    host = Text(limit=80, optional=True, empty=True, default="")
    theme = Choice(THEMES, optional=True)


@command("challenges.add", form=AddChallenge, may=MEMBERS)
def add(ctx: Context, words: AddChallenge) -> None:
    """Put a challenge on the board; one that a participant proposes waits for the organiser's approval."""
    known = ctx.session.get(Challenge, words.challenge.data)
    if known is not None:
        if known.event_id == ctx.event_id and known.member_id == ctx.viewer.member:
            return
        raise Refused("id_taken")
    status = "approved" if ctx.viewer.staff else "proposed"
    new_challenge(ctx, words.challenge.data, words.title.data, words.problem.data, host=words.host.data, theme=words.theme.data, status=status)


def new_challenge(
    ctx: Context, challenge_id: str, title: str, problem: str, *, host: str = "", theme: str | None = None, status: str = "approved", source: str | None = None
) -> Challenge:
    """A new challenge with the next number."""
    if len(challenges_of(ctx.session, str(ctx.event_id))) >= MOST:
        raise Refused("full", "refusal.too_many_challenges", n=MOST)
    number = take_number(event_of(ctx.session, ctx.event_id), "challenge")
    one = Challenge(
        id=challenge_id, event_id=ctx.event_id, member_id=ctx.viewer.member, number=number, title=title, problem=problem, host=host, theme=theme,
        status=status, source_id=source,
    )  # fmt: skip
    ctx.session.add(one)
    ctx.session.flush()
    ctx.put("challenges", one.id, one)
    return one


class EditChallenge(Form):
    challenge = Id()
    title = Text(limit=TITLE, optional=True)
    problem = Text(limit=600, lines=True, optional=True, empty=True)
    host = Text(limit=80, optional=True, empty=True)
    theme = Choice(THEMES, optional=True)


@command("challenges.edit", form=EditChallenge, may=STAFF)
def edit(ctx: Context, words: EditChallenge) -> None:
    """Change a challenge's title, problem, host or theme."""
    one = find_challenge(ctx, words.challenge.data)
    for name in ("title", "problem", "host"):
        if words[name].data is not None:
            setattr(one, name, words[name].data)
    if words.theme.given:
        one.theme = words.theme.data
    ctx.put("challenges", one.id, one)


class SetStatus(Form):
    challenge = Id()
    status = Choice(STATUSES)


@command("challenges.set_status", form=SetStatus, may=STAFF)
def set_status(ctx: Context, words: SetStatus) -> None:
    """Draft, proposed, approved, open or closed."""
    one = find_challenge(ctx, words.challenge.data)
    before = audiences(one)
    one.status = words.status.data
    ctx.put("challenges", one.id, one, *(before | audiences(one)))


class OneChallenge(Form):
    challenge = Id()


@command("challenges.remove", form=OneChallenge, may=STAFF)
def remove(ctx: Context, words: OneChallenge) -> None:
    """Take a challenge off the board; one with teams or ideas on it stays."""
    one = find_challenge(ctx, words.challenge.data)
    registry.call("challenge_leaves", ctx, one)
    ctx.put("challenges", one.id, one)
    ctx.session.delete(one)
