"""Commands about teams: start, join, leave, edit, place, lock, remove."""

from __future__ import annotations

from sqlalchemy import func, select
from wtforms import Form

from facilitate.challenges.models import Challenge
from facilitate.core import registry
from facilitate.core.commands import ANYBODY, MEMBERS, STAFF, Context, command
from facilitate.core.fields import Bool, Id, Text
from facilitate.core.refusals import Refused
from facilitate.events.commands.members import find_member, take_number
from facilitate.events.models import Member
from facilitate.events.queries.room import event_of
from facilitate.ideas.commands.ideas import challenge_takes
from facilitate.ideas.models import Idea
from facilitate.teams.models import Team, TeamSeat

TITLE, MOST = 40, 300


def find_team(ctx: Context, team_id: str | None) -> Team:
    """The team of this event with an id; Refused `not_found`."""
    team = ctx.session.get(Team, team_id)
    if team is None or team.event_id != ctx.event_id:
        raise Refused("not_found", "refusal.no_team")
    return team


def unlocked(ctx: Context) -> None:
    """Refuse participants once the facilitator locked the teams."""
    if event_of(ctx.session, ctx.event_id).teams_locked and not ctx.viewer.staff:
        raise Refused("activity_closed", "refusal.teams_locked")


def put_team(ctx: Context, team_id: str | None) -> None:
    """Put a team's row."""
    if team_id is not None:
        ctx.session.flush()
        ctx.put("teams", team_id, None)


class StartTeam(Form):
    team = Id()
    challenge = Id(optional=True)
    title = Text(limit=TITLE)
    sentence = Text(limit=140, optional=True, empty=True, default="")
    need = Text(limit=60, optional=True, empty=True, default="")


@command("teams.start", form=StartTeam, may=MEMBERS)
def start(ctx: Context, words: StartTeam) -> None:
    """Start a team on a challenge; a participant who starts one is in it, and leaves the team they were in."""
    known = ctx.session.get(Team, words.team.data)
    if known is not None:
        if _started(ctx, known, words.title.data):
            return
        raise Refused("id_taken")
    unlocked(ctx)
    challenge_takes(ctx, words.challenge.data)
    event = event_of(ctx.session, ctx.event_id)
    if (ctx.session.scalar(select(func.count()).select_from(Team).where(Team.event_id == event.id)) or 0) >= MOST:
        raise Refused("full", "refusal.too_many_teams", n=MOST)
    team = Team(
        id=words.team.data, event_id=event.id, challenge_id=words.challenge.data, number=take_number(event, "team"), title=words.title.data,
        sentence=words.sentence.data, need=words.need.data,
    )  # fmt: skip
    ctx.session.add(team)
    ctx.session.flush()
    if not ctx.viewer.staff:
        sit(ctx, team, str(ctx.viewer.member))
    put_team(ctx, team.id)


def _started(ctx: Context, team: Team, title: str) -> bool:
    """Whether a team is the one that the sender started before."""
    if team.event_id != ctx.event_id or team.title != title:
        return False
    return ctx.viewer.staff or registry.ask("team_of", ctx.session, ctx.viewer.member) == team.id


class OneTeam(Form):
    team = Id()


@command("teams.join", form=OneTeam, may=MEMBERS)
def join(ctx: Context, words: OneTeam) -> None:
    """Take a free seat in a team; two people cannot take the last one."""
    unlocked(ctx)
    if ctx.viewer.staff:
        raise Refused("not_eligible", "refusal.staff_join_no_team")
    sit(ctx, find_team(ctx, words.team.data), str(ctx.viewer.member))


def sit(ctx: Context, team: Team, member: str) -> None:
    """Seat a member in a team, and let go their seat in another one; Refused `full`, and then nothing changes."""
    mine = ctx.session.scalar(select(TeamSeat).where(TeamSeat.member_id == member, TeamSeat.event_id == ctx.event_id))
    if mine is not None and mine.team_id == team.id:
        return
    taken = ctx.session.scalar(select(func.count()).select_from(TeamSeat).where(TeamSeat.team_id == team.id)) or 0
    if taken >= event_of(ctx.session, ctx.event_id).team_max:
        raise Refused("full", "refusal.team_full", title=team.title)
    if mine is not None:
        ctx.session.delete(mine)
        put_team(ctx, mine.team_id)
    ctx.session.add(TeamSeat(event_id=ctx.event_id, team_id=team.id, member_id=member))
    put_team(ctx, team.id)


@command("teams.leave", form=OneTeam, may=ANYBODY)
def leave(ctx: Context, words: OneTeam) -> None:
    """Leave a team."""
    unlocked(ctx)
    stand(ctx, str(ctx.viewer.member), find_team(ctx, words.team.data).id)


def stand(ctx: Context, member: str, team: str | None = None) -> None:
    """Let go a member's seat in a team (None: in whichever they are)."""
    mine = ctx.session.scalar(select(TeamSeat).where(TeamSeat.member_id == member, TeamSeat.event_id == ctx.event_id))
    if mine is None or team not in (None, mine.team_id):
        return
    left = mine.team_id
    ctx.session.delete(mine)
    put_team(ctx, left)


class EditTeam(Form):
    team = Id()
    title = Text(limit=TITLE, optional=True)
    sentence = Text(limit=140, optional=True, empty=True)
    need = Text(limit=60, optional=True, empty=True)


@command("teams.edit", form=EditTeam, may=MEMBERS)
def edit(ctx: Context, words: EditTeam) -> None:
    """Change a team's name, sentence or need: its own people, or the staff."""
    team = find_team(ctx, words.team.data)
    if not ctx.viewer.staff and registry.ask("team_of", ctx.session, ctx.viewer.member) != team.id:
        raise Refused("forbidden", "refusal.not_your_team")
    for name in ("title", "sentence", "need"):
        if words[name].data is not None:
            setattr(team, name, words[name].data)
    put_team(ctx, team.id)


class Place(Form):
    team = Id(optional=True)
    member = Id()


@command("teams.place", form=Place, may=STAFF)
def place(ctx: Context, words: Place) -> None:
    """Place a person in a team, or take them out of theirs."""
    member = find_member(ctx, words.member.data)
    if words.team.data is None:
        stand(ctx, member.id)
    elif member.status != "in":
        raise Refused("not_found", "refusal.no_member")
    else:
        sit(ctx, find_team(ctx, words.team.data), member.id)


class Lock(Form):
    locked = Bool()


@command("teams.lock", form=Lock, may=STAFF)
def lock(ctx: Context, words: Lock) -> None:
    """Lock the teams, or open them again: while they are locked only the facilitator moves people."""
    event = event_of(ctx.session, ctx.event_id)
    event.teams_locked = words.locked.data
    ctx.put("events", event.slug, event)
    put_teams(ctx)


def put_teams(ctx: Context) -> None:
    """Put every team's row."""
    for team in ctx.session.scalars(select(Team.id).where(Team.event_id == ctx.event_id)):
        put_team(ctx, team)


@command("teams.remove", form=OneTeam, may=STAFF)
def remove(ctx: Context, words: OneTeam) -> None:
    """Remove a team; its people are without one again."""
    team = find_team(ctx, words.team.data)
    ctx.session.delete(team)
    put_team(ctx, team.id)


@registry.hook("merged")
def merged(ctx: Context, member: Member, into: Member) -> None:
    """Two members are one person, who keeps the second's team, or else has the first's."""
    seat = ctx.session.scalar(select(TeamSeat).where(TeamSeat.member_id == member.id))
    if seat is None:
        return
    if registry.ask("team_of", ctx.session, into.id) is None:
        seat.member_id = into.id
        put_team(ctx, seat.team_id)
    else:
        stand(ctx, member.id)


@registry.hook("removed")
def removed(ctx: Context, member: Member) -> None:
    """A member was sent away: their seat in a team is free."""
    stand(ctx, member.id)


@registry.hook("role")
def role(ctx: Context, member: Member) -> None:
    """A member got another role: who watches or facilitates sits in no team."""
    if member.role in STAFF | {"observer"}:
        stand(ctx, member.id)


@registry.hook("renamed")
def renamed(ctx: Context, member: Member) -> None:
    """A name changed or was hidden: the team that shows it is put again."""
    put_team(ctx, registry.ask("team_of", ctx.session, member.id))


@registry.hook("sizes")
def sizes(ctx: Context) -> None:
    """The sizes of teams changed: every team shows them."""
    put_teams(ctx)


@registry.hook("challenge_leaves")
def challenge_leaves(ctx: Context, challenge: Challenge) -> None:
    """Refuse to drop a challenge that teams or ideas are on."""
    teams = ctx.session.scalar(select(func.count()).select_from(Team).where(Team.challenge_id == challenge.id))
    ideas = ctx.session.scalar(select(func.count()).select_from(Idea).where(Idea.challenge_id == challenge.id))
    if teams or ideas:
        raise Refused("full", "refusal.challenge_in_use")
