"""`facilitate export`: send an event's practice records to the repository, as the button in the studio does."""

from __future__ import annotations

import json
import time
from typing import Any

import click
from sqlalchemy.orm import Session

from facilitate.cli.event import found
from facilitate.cli.organiser import hands
from facilitate.cli.say import line, settings, t
from facilitate.instance import FAILED, Trouble
from facilitate.local import done
from facilitate.practices.commands import UNDER_WAY_STATES
from facilitate.practices.queries import delivery_of, practices_of

PATIENCE, PAUSE = 300, 0.1
"""Seconds for which the delivery is awaited, and between two looks at it."""


@click.command(help=t("cli.export.help"))
@click.argument("reference", metavar="CODE")
@click.option("--json", "as_json", is_flag=True, help=t("cli.json.help"))
def export(reference: str, as_json: bool) -> None:
    """Send the records and print what came of it."""
    with hands(settings()) as (act, read):
        with read() as session:
            event = found(session, reference).id
            none = not practices_of(session, event)
        if none:
            done(act("practices.draft", {}, event))
        done(act("practices.send", {}, event))
        records = _awaited(read, event)
    failed = [record for record in records if record["state"] != "sent" and not _withdrawn(record)]
    if as_json:
        line(json.dumps(records, ensure_ascii=False))
    else:
        for record in records:
            tell(record)
    raise SystemExit(FAILED if failed else 0)


def tell(record: dict[str, Any]) -> None:
    """Print what came of one record."""
    if record["state"] == "sent":
        line(t("cli.export.sent", title=record["title"], version=record["version"], commit=str(record["receipt"].get("commit", ""))[:10]))
    elif _withdrawn(record):
        line(t("cli.export.withdrawn", id=record["id"]))
    else:
        line(t("cli.export.failed", title=record["title"], problem=record["problem"] or ""), err=True)


def _withdrawn(record: dict[str, Any]) -> bool:
    """Whether a record was taken back and the repository knows it."""
    return bool(record["state"] == "withdrawn" and record["receipt"].get("state") == "withdrawn")


def _awaited(read: Any, event: str) -> list[dict[str, Any]]:
    """The records as soon as none of them is on its way any more."""
    deadline = time.monotonic() + PATIENCE
    while True:
        with read() as session:
            records = _records(session, event)
        if all(record["state"] not in UNDER_WAY_STATES for record in records):
            return records
        if time.monotonic() > deadline:
            raise Trouble(FAILED, "cli.export.late", n=PATIENCE)
        time.sleep(PAUSE)


def _records(session: Session, event: str) -> list[dict[str, Any]]:
    records = []
    for one in practices_of(session, event):
        delivery = delivery_of(session, one)
        receipt = dict(delivery.receipt) if delivery is not None else {}
        records.append({
            "id": one.id, "title": next(iter(one.record.get("title", {}).values()), ""), "version": one.version, "state": one.state,
            "target": delivery.target if delivery is not None else None, "receipt": receipt, "problem": receipt.get("sentence"),
        })  # fmt: skip
    return records
