"""`facilitate run` and `facilitate room`: start the server and say where it is."""

from __future__ import annotations

from functools import partial

import click

from facilitate.cli import greeting
from facilitate.cli.say import settings, t
from facilitate.instance import CANNOT_START, Trouble
from facilitate.network import addresses, loopback

HOST = click.option("--host", default=None, help=t("cli.host.help"))
PORT = click.option("--port", default=None, type=click.IntRange(0, 65_535), help=t("cli.port.help"))


@click.command(help=t("cli.run.help"))
@HOST
@PORT
def run(host: str | None, port: int | None) -> None:
    """Serve on this network."""
    from facilitate.serving import serve

    serve(settings(host=host, port=port), greeting.run)


@click.command(help=t("cli.room.help"))
@click.option("--event", default="", help=t("cli.room.event.help"))
@click.option("--address", default="", help=t("cli.room.address.help"))
@PORT
def room(event: str, address: str, port: int | None) -> None:
    """Serve one event to the room around this machine."""
    from facilitate.serving import serve

    given = settings(host=address or None, port=port)
    if loopback(given.host) and not address:
        given.host = "0.0.0.0"
    if not given.public_url and not addresses():
        raise Trouble(CANNOT_START, "cli.room.no_network")
    serve(given, partial(greeting.room, event=event))
