"""`facilitate demo`: a real consultation, played into a room that one can watch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import click

from facilitate import instance, polis
from facilitate import replay as player
from facilitate.cli import accounts, greeting
from facilitate.cli.replay import play, tell
from facilitate.cli.run import HOST, PORT
from facilitate.cli.say import line, settings, t
from facilitate.config import Settings
from facilitate.instance import FAILED, PATIENCE, PAUSE, Running
from facilitate.local import done, reading, remote

SECONDS = 90
"""How long the demo takes unless a speed is given: long enough to open its screens, short enough to be watched."""
TEMPLATE = "consultation"


@click.command(help=t("cli.demo.help"))
@click.option("--speed", default=None, type=click.FloatRange(0), help=t("cli.demo.speed.help"))
@click.option("--leave", is_flag=True, help=t("cli.demo.leave.help"))
@HOST
@PORT
def demo(speed: float | None, leave: bool, host: str | None, port: int | None) -> None:
    """Play the consultation that comes with the program."""
    given = settings(host=host, port=port)
    with server_for(given) as (server, started):
        report = perform(given, server, speed)
        if started is not None and not leave:
            line(t("cli.demo.stays"))
            started.wait()
    raise SystemExit(0 if report.ok else FAILED)


def perform(given: Settings, server: Running, speed: float | None) -> player.Report:
    """Make the event, say where it can be watched, and play."""
    act, read, export = remote(server), partial(reading, given), polis.read(player.DEMO)
    organiser, event = accounts.organiser(act, read), str(uuid.uuid4())
    words = {"event": event, "template": TEMPLATE, "title": export.topic, "language": "en", "open": True}
    done(act("events.create", words, account=organiser.id))
    with read() as session:
        workshop = greeting.workshop(session, event)
    line(t("cli.demo.plays", people=len(export.people), statements=len(export.statements), votes=len(export.marks)))
    line(t("cli.demo.attribution"))
    line()
    line(t("cli.run.sign_in", url=accounts.sign_in_link(act, organiser, server.public, accounts.GREETING_LIVES)))
    greeting.screens(server.public, workshop)
    line()
    token = accounts.token(act, organiser, "api", accounts.DAY, t("cli.replay.label"))
    pace = export.timeline()[-1].due / 1000 / SECONDS
    report = play(player.DEMO, server.url, token, pace if speed is None else speed, workshop.code)
    tell(report)
    return report


@contextmanager
def server_for(given: Settings) -> Iterator[tuple[Running, subprocess.Popen[bytes] | None]]:
    """The server that runs on the instance, else one that is started for the block (then its process comes with it)."""
    server = instance.running(given)
    if server is not None:
        yield server, None
        return
    environment = os.environ | {"FACILITATE_HOST": given.host, "FACILITATE_PORT": str(given.port)}
    signal.signal(signal.SIGTERM, _ended)
    process = subprocess.Popen([sys.executable, "-m", "facilitate.server"], env=environment)
    try:
        yield _awaited(given, process), process
    finally:
        process.terminate()
        _gone(process)


def _ended(*_: object) -> None:
    """End as after Ctrl+C: a demo that is stopped takes the server that it started with it."""
    raise SystemExit(128 + signal.SIGTERM)


def _gone(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of a server that was asked to stop; one that does not end in time is ended."""
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _awaited(given: Settings, process: subprocess.Popen[bytes]) -> Running:
    """The server as soon as it serves; where it ends instead, it has said why."""
    while True:
        server = instance.running(given)
        if server is not None:
            return server
        if process.poll() is not None:
            raise SystemExit(process.returncode or FAILED)
        time.sleep(PAUSE)
