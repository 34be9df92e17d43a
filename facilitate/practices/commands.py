"""Commands about practice records: draft them from a result, send them to the repository, keep what came of it."""

from __future__ import annotations

import sys
import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Form

from facilitate.core import jobs, registry
from facilitate.core.commands import STAFF, SYSTEM, Context, command
from facilitate.core.fields import Id, Int, Json, NoWords, Text
from facilitate.core.refusals import Refused
from facilitate.core.spine import Spine, spine
from facilitate.core.strings import t
from facilitate.events.queries.room import event_of
from facilitate.practices import record as records
from facilitate.practices.models import Delivery, Practice
from facilitate.practices.queries import GONE, decided, delivery_of, practices_of, source_data, taken_back
from facilitate.voting.models import Option, Round
from facilitate.voting.queries.results import top_of

PROGRAM = [sys.executable, "-m", "facilitate.practices.deliver"]
"""The program that talks to the repository, in a process of its own."""
UNDER_WAY = "practices_under_way"
"""Where the app keeps the events whose records this process is sending."""
UNDER_WAY_STATES = ("sending", "withdrawing")
"""The states of a record of which the repository is being told."""


class Draft(Form):
    round = Id(optional=True)
    top = Int(1, 100, optional=True, default=3)


@command("practices.draft", form=Draft, may=STAFF, after_end=True)
def draft(ctx: Context, words: Draft) -> None:
    """Make practice records of the top results of a sealed vote (default: the one decided last)."""
    round_ = ctx.session.get(Round, words.round.data) if words.round.data else decided(ctx.session, str(ctx.event_id))
    if round_ is None or round_.event_id != ctx.event_id or round_.status != "sealed":
        raise Refused("not_found", "refusal.no_result")
    withheld = 0
    for place, option_id in enumerate(top_of(ctx.session, round_.id, words.top.data), 1):
        option = ctx.session.get(Option, (round_.id, option_id))
        if option is not None and not _draft_one(ctx, round_, option, place):
            withheld += 1
    if withheld and not practices_of(ctx.session, str(ctx.event_id)):
        raise Refused("not_found", "refusal.all_withheld")


def _draft_one(ctx: Context, round_: Round, option: Option, place: int) -> bool:
    """Make or renew the record of one result; False where it is not for publication."""
    one = ctx.session.scalar(select(Practice).where(Practice.event_id == ctx.event_id, Practice.source_id == option.id))
    practice_id, created = (one.id, one.created_at) if one is not None else (str(uuid.uuid4()), ctx.now)
    try:
        made = records.build(source_data(ctx.session, round_, option, practice_id, created))
    except records.Unpublishable:
        if one is not None and one.state not in GONE:
            _take_back(ctx, one)
        return False
    if one is None:
        one = Practice(id=practice_id, event_id=ctx.event_id, source_id=option.id, created_at=created, updated_at=ctx.now, record={}, version=0, state="draft")
        ctx.session.add(one)
    one.round_id, one.position = round_.id, place
    if not one.record or not records.same(made, one.record):
        one.version += 1
        one.record = records.seal(made, one.version)
        one.fingerprint, one.missing, one.state, one.updated_at = one.record["fingerprint"], made["missing"], "draft", ctx.now
    ctx.session.flush()
    ctx.put("practices", one.id, None)
    return True


def _take_back(ctx: Context, one: Practice) -> None:
    """A record is not for publication any more: one that never went is dropped, another says nothing and is withdrawn at the next sending."""
    if one.state == "draft" and delivery_of(ctx.session, one) is None:
        ctx.session.delete(one)
    else:
        one.state, one.record, one.fingerprint, one.missing, one.updated_at = "withdrawn", {}, "", [], ctx.now
        one.version += 1
    ctx.session.flush()
    ctx.put("practices", one.id, None)


@registry.hook("publication")
def publication(ctx: Context, event_id: str) -> None:
    """Ideas were taken back, hidden, or are for publication again: no record goes on showing what is withheld now."""
    for one in practices_of(ctx.session, event_id):
        if one.state in GONE or not taken_back(ctx.session, one):
            continue
        round_, option = ctx.session.get(Round, one.round_id), ctx.session.get(Option, (one.round_id, one.source_id))
        if round_ is None or option is None or round_.status != "sealed":  # what cannot be made anew cannot be made without it
            _take_back(ctx, one)
        else:
            _draft_one(ctx, round_, option, one.position)


@command("practices.send", form=NoWords, may=STAFF, after_end=True)
def send(ctx: Context, words: NoWords) -> None:
    """Send the records to the practice repository; what came of it follows as rows, the room does not wait for it."""
    publication(ctx, str(ctx.event_id))
    found = [one for one in practices_of(ctx.session, str(ctx.event_id)) if one.state not in GONE or not _told(ctx, one)]
    if not found:
        raise Refused("not_found", "refusal.no_records")
    for one in found:
        one.state = "withdrawing" if one.state in GONE else "sending"
        ctx.put("practices", one.id, None)
    _deliver_after(ctx, found)


@command("practices.send_on", form=NoWords, may=SYSTEM, after_end=True)
def send_on(ctx: Context, words: NoWords) -> None:
    """Take up a delivery that ended with the server under it: what went already is found there and changes nothing."""
    found = [one for one in practices_of(ctx.session, str(ctx.event_id)) if one.state in UNDER_WAY_STATES]
    if found:
        _deliver_after(ctx, found)


@registry.periodic(60)
def interrupted(session: Session) -> list[tuple[str | None, str, dict[str, Any]]]:
    """The events whose records are being sent, but by nobody: the server stopped meanwhile."""
    under_way = spine().app.extensions.setdefault(UNDER_WAY, set())
    sending = session.scalars(select(Practice.event_id).where(Practice.state.in_(UNDER_WAY_STATES)).distinct())
    return [(event, "practices.send_on", {}) for event in sending if event not in under_way]


def _deliver_after(ctx: Context, found: list[Practice]) -> None:
    """Start a delivery once this command is durable."""
    house, event = spine(), str(ctx.event_id)
    gone = [{"id": one.id, "version": one.version, "at": records.instant(one.updated_at)} for one in found if one.state == "withdrawing"]
    given: dict[str, Any] = {"records": [one.record for one in found if one.state == "sending"], "withdrawals": gone}
    given |= {"target": house.settings.practices_repository, "token": house.settings.practices_token or None}
    ctx.after.append(lambda: deliver(house, event, given))


def deliver(house: Spine, event: str, given: dict[str, Any]) -> None:
    """Run the delivery in a process of its own and bring back what it says as a command."""
    under_way = house.app.extensions.setdefault(UNDER_WAY, set())
    under_way.add(event)

    def done(code: int, document: Any) -> None:
        body = document if isinstance(document, dict) else {}
        receipts = body.get("receipts") or []
        error = None if code == 0 and receipts else body.get("error") or {"key": "practice.error.unexpected", "values": {}}
        sent = [{"id": record["id"], "version": record["version"]} for record in given["records"] + given["withdrawals"]]
        words = {"target": given["target"], "sent": sent, "receipts": receipts} | ({"error": error} if error else {})
        house.act("practices.delivered", words, event)
        under_way.discard(event)

    jobs.program(house, PROGRAM, given, done)


class Delivered(Form):
    target = Text(limit=500)
    sent = Json((list,), limit=2000)
    receipts = Json((list,), limit=9000)
    error = Json((dict,), limit=100, optional=True)


@command("practices.delivered", form=Delivered, may=SYSTEM, after_end=True)
def delivered(ctx: Context, words: Delivered) -> None:
    """Keep the receipts of a delivery, or the sentence that says why it failed: one row per target, record and version."""
    receipts = {receipt["id"]: receipt for receipt in words.receipts.data}
    for sent in words.sent.data:
        one = ctx.session.get(Practice, sent["id"])
        if one is None or one.event_id != ctx.event_id:
            continue
        receipt = receipts.get(one.id)
        row = _delivery(ctx, one, words.target.data, sent["version"])
        if receipt is not None:
            row.status, row.receipt = "sent", receipt
        elif row.status != "sent":
            row.status, row.receipt = "failed", {"sentence": _sentence(ctx, words.error.data)}
        if sent["version"] == one.version:  # what was drafted anew meanwhile stays a draft
            _as_there(one, row.status, receipt)
        row.at = ctx.now
        ctx.session.flush()
        ctx.put("practices", one.id, None)


def _as_there(one: Practice, status: str, receipt: dict[str, Any] | None) -> None:
    """The repository settles versions, and what was withdrawn from it once stays so: the record takes over what is there."""
    if one.state in GONE or receipt is not None and receipt.get("state") == "withdrawn":
        one.state = "withdrawn"
        return
    one.state = "draft" if status == "failed" else "sent"
    if receipt is not None and receipt["version"] != one.version:
        one.version = receipt["version"]
        one.record = records.seal(one.record, one.version)
        one.fingerprint = one.record["fingerprint"]


def _told(ctx: Context, one: Practice) -> bool:
    """Whether the repository knows that a record is withdrawn."""
    row = delivery_of(ctx.session, one, spine().settings.practices_repository)
    return row is not None and row.status == "sent" and row.receipt.get("state") == "withdrawn"


def _delivery(ctx: Context, one: Practice, target: str, version: int) -> Delivery:
    query = select(Delivery).where(Delivery.practice_id == one.id, Delivery.target == target, Delivery.version == version)
    row = ctx.session.scalar(query)
    if row is None:
        row = Delivery(practice_id=one.id, target=target, version=version, status="new", receipt={}, at=ctx.now)
        ctx.session.add(row)
    return row


def _sentence(ctx: Context, error: dict[str, Any] | None) -> str:
    """The repository's problem in the event's language."""
    error = error or {"key": "practice.error.unexpected", "values": {}}
    return t(event_of(ctx.session, ctx.event_id).language, error["key"], **error.get("values", {}))
