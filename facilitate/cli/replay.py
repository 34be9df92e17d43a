"""`facilitate replay`: play a consultation that Polis exported, and compare what the server counted with the data."""

from __future__ import annotations

import json
from pathlib import Path

import click

from facilitate import instance, polis
from facilitate import replay as player
from facilitate.cli import accounts
from facilitate.cli.organiser import hands
from facilitate.cli.say import language, line, progress, settings, t
from facilitate.config import Settings
from facilitate.instance import FAILED, Trouble


@click.command(help=t("cli.replay.help"))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--url", default="", help=t("cli.replay.url.help"))
@click.option("--token", default="", envvar="FACILITATE_TOKEN", help=t("cli.replay.token.help"))
@click.option("--speed", default=1.0, type=click.FloatRange(0), show_default=True, help=t("cli.replay.speed.help"))
@click.option("--event", default=None, help=t("cli.replay.event.help"))
@click.option("--json", "as_json", is_flag=True, help=t("cli.json.help"))
def replay(folder: Path, url: str, token: str, speed: float, event: str | None, as_json: bool) -> None:
    """Play a folder against a server."""
    url, token = door(settings(), url, token)
    report = play(folder, url, token, speed, event)
    if as_json:
        figures = {"event": report.event, "people": report.people, "statements": report.statements, "votes": report.votes, "ballots": report.ballots}
        line(json.dumps(figures | {"ok": report.ok, "problems": [t(key, **values) for key, values in report.problems]}, ensure_ascii=False))
    else:
        tell(report)
    raise SystemExit(0 if report.ok else FAILED)


def door(given: Settings, url: str, token: str) -> tuple[str, str]:
    """(address, organiser's token) of the server to play against: as given, else of the one that runs on this instance."""
    server = instance.running(given)
    if not url:
        if server is None:
            raise Trouble(FAILED, "cli.replay.no_server")
        url = server.url
    if not token:
        if server is None or url.rstrip("/") not in (server.url, server.public):
            raise Trouble(FAILED, "cli.replay.no_token")
        with hands(given) as (act, read):
            token = accounts.token(act, accounts.organiser(act, read), "api", accounts.DAY, t("cli.replay.label"))
    return url, token


def play(folder: Path, url: str, token: str, speed: float, event: str | None) -> player.Report:
    """Play with progress; Trouble where the folder holds no export."""
    try:
        votes = len(polis.read(folder).marks)
    except polis.ExportError as error:
        raise Trouble(FAILED, error.reason, **error.values) from None
    with progress(t("cli.replay.votes"), votes) as bar:
        return player.play(folder, url, token, speed, event=event, progress=lambda step: bar(step.votes))


def tell(report: player.Report) -> None:
    """Print what came of a replay."""
    for sentence in report.sentences(language()):
        line(sentence)
