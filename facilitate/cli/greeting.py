"""What a server that starts says: the address for phones with its QR, a sign-in link, and the workshops that are ready."""

from __future__ import annotations

import shutil
import sys
import uuid
from typing import NamedTuple

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate import network
from facilitate.cli import accounts
from facilitate.cli.say import line, qr, qr_size, t
from facilitate.core import registry
from facilitate.core.spine import Spine
from facilitate.events.models import Event
from facilitate.instance import FAILED, Trouble
from facilitate.local import Act, done, inside

INDENT = "  "
SHOWN = 3
"""How many of the workshops that are not over are listed."""
TEMPLATE = "ideas-and-vote"
"""The template of the workshop that a new instance begins with."""


class Workshop(NamedTuple):
    """An event that is not over, and where its screens are."""

    title: str
    slug: str
    code: str
    status: str


def run(app: Flask) -> None:
    """Greet for `facilitate run`."""
    spine: Spine = app.extensions["facilitate"]
    link = prepare(spine)
    with spine.reading() as session:
        found = workshops(session)
    opened = [one for one in found if one.status == "open"]
    base = spine.settings.reached_at
    join = f"{base}/j/{opened[0].code}" if len(opened) == 1 else f"{base}/j/"
    line()
    line(t("cli.run.join", url=join), bold=True)
    show_qr(join)
    others(spine)
    line(t("cli.run.sign_in", url=link))
    for one in found[:SHOWN]:
        line()
        line(t("cli.run.workshop", title=one.title))
        screens(base, one)
    line()
    line(t("cli.run.stop", folder=spine.settings.folder))


def room(app: Flask, event: str = "") -> None:
    """Greet for `facilitate room`: one event, large."""
    spine: Spine = app.extensions["facilitate"]
    link = prepare(spine)
    with spine.reading() as session:
        one = chosen(session, event)
    join = f"{spine.settings.reached_at}/j/{one.code}"
    line()
    line(one.title, bold=True)
    show_qr(join, large=True)
    line(t("cli.room.join", url=join, code=f"{one.code[:3]} {one.code[3:]}"), bold=True)
    if one.status != "open":
        line(t("cli.room.not_open"))
    others(spine)
    line(t("cli.run.sign_in", url=link))
    screens(spine.settings.reached_at, one)
    line(t("cli.run.stop", folder=spine.settings.folder))


def prepare(spine: Spine) -> str:
    """Make the first organiser and a workshop to try where there are none; a sign-in link for the organiser."""
    act = inside(spine)
    organiser = accounts.organiser(act, spine.reading)
    with spine.reading() as session:
        empty = not session.scalar(select(func.count()).select_from(Event))
    if empty:
        first_workshop(act, organiser, spine.settings.language)
    return accounts.sign_in_link(act, organiser, spine.settings.reached_at, accounts.GREETING_LIVES)


def first_workshop(act: Act, organiser: accounts.Known, language: str) -> None:
    """Make the workshop that a new instance begins with: ready to be run, its doors open."""
    words = {"event": str(uuid.uuid4()), "template": TEMPLATE, "title": t("cli.demo.title"), "language": language, "open": True}
    done(act("events.create", words, account=organiser.id))


def workshops(session: Session) -> list[Workshop]:
    """The events that are not over, newest first."""
    query = select(Event).where(Event.status != "ended", Event.code.is_not(None)).order_by(Event.created_at.desc())
    return [workshop(session, event.id) for event in session.scalars(query)]


def workshop(session: Session, event_id: str) -> Workshop:
    """The event with an id, which has to be there."""
    event = session.get_one(Event, event_id)
    return Workshop(event.title, event.slug, str(event.code), event.status)


def chosen(session: Session, reference: str) -> Workshop:
    """The event with a slug or code, else the newest one that is open, else the newest; Trouble where there is none."""
    found = workshops(session)
    if reference:
        event = registry.ask("resolve", session, reference)
        found = [one for one in found if event is not None and one.slug == event.slug]
        if not found:
            raise Trouble(FAILED, "cli.no_event", event=reference)
    if not found:
        raise Trouble(FAILED, "cli.room.no_event")
    return next((one for one in found if one.status == "open"), found[0])


def screens(base: str, one: Workshop) -> None:
    """Print where the screens of an event are."""
    line(INDENT + t("cli.run.console", url=f"{base}/run/{one.slug}"))
    line(INDENT + t("cli.run.projector", url=f"{base}/screen/{one.slug}"))
    line(INDENT + t("cli.run.phones", url=f"{base}/j/{one.code}"))


def others(spine: Spine) -> None:
    """Print the other addresses of this machine, or that nobody else reaches it."""
    settings = spine.settings
    urls = network.urls(settings.host, settings.port, settings.public_url)
    if len(urls) > 1:
        line(t("cli.run.also", urls=", ".join(urls[1:])))
    elif not settings.public_url and network.loopback(urls[0].removeprefix("http://")):
        line(t("cli.run.only_here"))


def show_qr(text: str, large: bool = False) -> None:
    """Print a QR code, as large as the terminal allows."""
    watched = sys.stdout.isatty()
    size, terminal = qr_size(text), shutil.get_terminal_size()
    fits = not watched or (terminal.lines > size and terminal.columns >= 2 * size)
    line(qr(text, large=large and fits, colour=watched))
