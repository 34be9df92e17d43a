"""The command that unpacks a suitcase: the event comes in, or replaces the copy of it that is here, in one transaction."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from wtforms import Form

from facilitate.core.changes import Accepted, Log
from facilitate.core.commands import SYSTEM, Context, command
from facilitate.core.db import table_of
from facilitate.core.fields import Id, Int, Text
from facilitate.core.refusals import Refused
from facilitate.core.spine import spine
from facilitate.events.commands.event import fresh_code
from facilitate.events.models import Code, Event, Member
from facilitate.people.models import Account
from facilitate.suitcase.loading import Suitcase, load
from facilitate.suitcase.packing import PACKED, UNPACKED, refuse_uncounted
from facilitate.suitcase.tables import CARRIED, COUNTED, Row
from facilitate.voting import secrets
from facilitate.voting.models import Round

RAISED = 1_000_000
"""By how much the number of the log rises at least: no screen of an earlier copy can take the new one for its own. The rest is
drawn, so that two copies never come to stand at the same number."""


class Unpack(Form):
    file = Text(limit=4000)
    account = Id()
    here = Int(-1, 2**53)


@command("suitcase.unpack", form=Unpack, may=SYSTEM, outside=True)
def unpack(ctx: Context, words: Unpack) -> None:
    """Bring in the event of a suitcase; `here` is the number of the log of the copy that the caller agreed to replace, or -1.

    The only command that reads a file: it comes from the command line of this machine, and one transaction makes it whole or undone.
    """
    case = load(Path(words.file.data))
    log = ctx.session.get(Log, case.event_id)
    seq = log.seq if log is not None else -1
    if seq != words.here.data:
        raise Refused("invalid", "refusal.suitcase_moved_on")
    refuse_uncounted(ctx.session, case.event_id)
    gone = _Gone(ctx, case.event_id)
    seq = max(seq, case.marks.seq) + RAISED + random.SystemRandom().randrange(RAISED)
    try:
        event = _bring(ctx, case, gone, words.account.data)
        ctx.session.add(Log(event_id=event.id, slug=event.slug, seq=seq, floor=seq))
        ctx.session.flush()
    except IntegrityError:
        raise Refused("invalid", "refusal.suitcase_collides") from None
    event.numbers = event.numbers | {PACKED: case.marks.seq, UNPACKED: seq + 1}
    ctx.event_id = event.id
    ctx.put("events", event.slug, event)  # the one change that takes the log to its number after unpacking
    for member in gone.accounts:
        ctx.meet_again(member)
    ctx.answer |= {"slug": event.slug, "code": event.code}


class _Gone:
    """The copy that was here, taken out: what of it the new one keeps."""

    def __init__(self, ctx: Context, event_id: str) -> None:
        people = ctx.session.execute(select(Member.id, Member.account_id).where(Member.event_id == event_id))
        self.accounts = {row.id: row.account_id for row in people}
        self.codes = list(ctx.session.scalars(select(Code.code).where(Code.event_id == event_id)))
        self.drafts = set(ctx.session.scalars(select(Round.id).where(Round.event_id == event_id, Round.status == "draft")))
        for model, column in ((Code, Code.event_id), (Accepted, Accepted.event_id), (Log, Log.event_id), (Event, Event.id)):
            ctx.session.execute(delete(model).where(column == event_id))
        ctx.session.expire_all()


def _bring(ctx: Context, case: Suitcase, gone: _Gone, account: str) -> Event:
    rows = {table_of(model).name: [dict(row) for row in case.rows.get(table_of(model).name, [])] for model in CARRIED}
    about = rows["events"][0]
    codes, wanted = rows.pop("codes"), about["code"]
    if about["parent_id"] is not None and ctx.session.get(Event, about["parent_id"]) is None:
        about["parent_id"] = None
    about["code"] = None  # it may be taken here
    _relink(ctx, rows["members"], gone, account)
    for practice in rows["practices"]:
        practice["state"] = "draft" if practice["state"] == "sending" else practice["state"]
    for model in CARRIED:
        _insert(ctx, model, rows.get(table_of(model).name, []))
    event = ctx.session.get_one(Event, case.event_id)
    _keep_codes(ctx, event, codes, gone.codes)
    if wanted is not None:
        known = ctx.session.get(Code, wanted)
        event.code = wanted if known is not None and known.event_id == event.id else fresh_code(ctx, event)
    _secrets(ctx, rows["rounds"], gone.drafts)
    return event


def _insert(ctx: Context, model: Any, rows: list[Row]) -> None:
    counted = model in COUNTED
    if rows:
        ctx.session.execute(insert(table_of(model)), [{name: value for name, value in row.items() if not (counted and name == "id")} for row in rows])


def _relink(ctx: Context, members: list[Row], gone: _Gone, account: str) -> None:
    """Whose account a member is: as it was here, else the same account where it is known here, else nobody's; an event that would
    have no organiser gets the account that unpacks it.
    """
    known = set(ctx.session.scalars(select(Account.id)))
    for member in members:
        linked = gone.accounts.get(member["id"]) or member["account_id"]
        member["account_id"] = linked if linked in known else None
    organisers = [member for member in members if member["role"] == "organiser"]
    if organisers and not any(member["account_id"] for member in organisers):
        organisers[0]["account_id"] = account


def _keep_codes(ctx: Context, event: Event, codes: list[Row], here: list[str]) -> None:
    """The codes that the event had anywhere lead to it here too, unless another event has one; a deleted event's rests with it."""
    for row in codes:
        known = ctx.session.get(Code, row["code"])
        if known is None:
            ctx.session.add(Code(**row))
        elif known.event_id is None and known.title == event.title:
            known.event_id, known.retired_at, known.title = event.id, row["retired_at"], row["title"]
    for code in set(here) - {row["code"] for row in codes}:
        ctx.session.add(Code(code=code, event_id=event.id, title=event.title, retired_at=ctx.now))
    ctx.session.flush()


def _secrets(ctx: Context, rounds: list[Row], drafts: set[str]) -> None:
    """A round that is still to be opened needs its secret on this machine; the secrets of openings that went are destroyed."""
    folder, wanted = spine().settings.secrets, {row["id"] for row in rounds if row["status"] == "draft" and row["secret"]}
    for round_id in wanted:
        secrets.make(folder, round_id)

    def destroy() -> None:
        for round_id in drafts - wanted:
            secrets.destroy(folder, round_id)

    ctx.after.append(destroy)
