"""`facilitate event`: list events, pack one into a file, unpack it on another machine and back."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.cli import accounts
from facilitate.cli.organiser import hands
from facilitate.cli.say import line, settings, t
from facilitate.core.refusals import Refused
from facilitate.events.models import Event
from facilitate.events.queries.room import people_in, resolve, retired
from facilitate.instance import FAILED, Trouble
from facilitate.local import done, reading
from facilitate.suitcase import loading, packing
from facilitate.suitcase.loading import Suitcase

ASIDE = "suitcases"
"""The folder in the instance in which copies are kept that were replaced."""


@click.group(help=t("cli.event.help"))
def event() -> None:
    """The group itself does nothing."""


@event.command("list", help=t("cli.event.list.help"))
@click.option("--json", "as_json", is_flag=True, help=t("cli.json.help"))
def list_all(as_json: bool) -> None:
    """Print every event, newest first."""
    with reading(settings()) as session:
        found = [
            {"code": one.code, "slug": one.slug, "title": one.title, "status": one.status, "people": people_in(session, one.id)}
            for one in session.scalars(select(Event).order_by(Event.created_at.desc()))
        ]
    if as_json:
        line(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        line(t("cli.event.row", **one | {"code": one["code"] or "–", "n": one["people"]}))


@event.command(help=t("cli.event.pack.help"))
@click.argument("reference", metavar="CODE")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default=None, required=False)
@click.option("--force", is_flag=True, help=t("cli.force.help"))
def pack(reference: str, file: Path | None, force: bool) -> None:
    """Pack an event and print the name of the file."""
    with reading(settings()) as session:
        one = found(session, reference)
        target = file or Path(f"{one.slug}-{datetime.now():%Y%m%d-%H%M%S}.zip")
        if target.exists() and not force:
            raise Trouble(FAILED, "cli.file_exists", file=target)
        manifest = packing.pack(session, one, target)
        line(t("cli.event.packed", title=one.title, n=sum(part["rows"] for part in manifest["parts"])), err=True)
    line(str(target))


def found(session: Session, reference: str) -> Event:
    """The event with a slug or a code, also one that it had before or until its end; Trouble where there is none."""
    known, code = resolve(session, reference), retired(session, reference.replace(" ", ""))
    event = session.get(Event, known.id) if known is not None else session.get(Event, code.event_id) if code is not None else None
    if event is None:
        raise Trouble(FAILED, "cli.no_event", event=reference)
    return event


@event.command(help=t("cli.event.unpack.help"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organiser", default="", help=t("cli.event.organiser.help"))
@click.option("--replace", is_flag=True, help=t("cli.event.replace.help"))
def unpack(file: Path, organiser: str, replace: bool) -> None:
    """Unpack an event, or replace the copy that is here where the one in the file goes on from it."""
    given, case = settings(), loading.load(file)
    with hands(given) as (act, read):
        account = accounts.organiser(act, read, organiser)
        with read() as session:
            here = _agreed(session, case, replace, given.folder / ASIDE)
        if here is None:
            return
        answer = done(act("suitcase.unpack", {"file": str(file.resolve()), "account": account.id, "here": here}))
    code, before = answer.get("code"), case.manifest["event"]["code"]
    line(t("cli.event.unpacked", title=case.manifest["event"]["title"], code=code or "–"))
    if code != before and before is not None:
        line(t("cli.event.fresh_code", before=before, code=code))


def _agreed(session: Session, case: Suitcase, replace: bool, folder: Path) -> int | None:
    """The number of the copy that may be replaced (-1: there is none here), None where nothing is to be done; Trouble otherwise.

    A copy that is replaced is packed aside first.
    """
    one = session.get(Event, case.event_id)
    if one is None:
        return -1
    here = packing.marks(session, one)
    state = loading.compare(case.marks, here)
    if state == "same":
        line(t("cli.event.same", title=one.title))
        return None
    if state != "newer" and not replace:
        raise Trouble(FAILED, "cli.event.older" if state == "older" else "cli.event.both", title=one.title)
    folder.mkdir(exist_ok=True, mode=0o700)
    aside = folder / f"{one.slug}-{datetime.now():%Y%m%d-%H%M%S-%f}.zip"
    try:
        packing.pack(session, one, aside)
    except Refused as refused:
        raise Refused(refused.code, "refusal.vote_not_counted_here", **refused.values) from None
    line(t("cli.event.aside", file=aside), err=True)
    return here.seq
