"""The group of all commands, which loads the file of a command when somebody asks for it."""

from __future__ import annotations

import importlib
from importlib.metadata import version
from typing import Any

import click

from facilitate.cli.say import plainly, t

FILES = {
    "run": "run", "room": "run", "demo": "demo", "replay": "replay", "organiser": "organiser", "event": "event", "export": "export",
    "recount": "recount", "backup": "backup", "restore": "backup",
}  # fmt: skip
"""Which file a command is in; the order is that of the help."""


class Lazy(click.Group):
    """A group whose commands are imported when they are needed: `facilitate run` must not wait for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which one needs them."""
        return list(FILES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command with a name; None where there is none."""
        if name not in FILES:
            return None
        found: click.Command = getattr(importlib.import_module(f"facilitate.cli.{FILES[name]}"), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what ends it is said in one sentence."""
        with plainly():
            return super().invoke(ctx)


@click.group(cls=Lazy, help=t("cli.help"), epilog=t("cli.exit_codes"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("facilitate"), message="%(version)s")
def facilitate() -> None:
    """The group itself does nothing."""
