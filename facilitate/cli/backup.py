"""`facilitate backup` and `facilitate restore`: the database as one file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from facilitate import backup as backups
from facilitate.cli.say import line, progress, settings, t
from facilitate.instance import FAILED, Trouble

FOLDER = "backups"
"""The folder in the instance in which backups are kept that were given no name."""


@click.command(help=t("cli.backup.help"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default=None, required=False)
@click.option("--force", is_flag=True, help=t("cli.force.help"))
def backup(file: Path | None, force: bool) -> None:
    """Take a backup and print the name of the file."""
    given = settings()
    target = file or given.folder / FOLDER / f"facilitate-{datetime.now():%Y%m%d-%H%M%S}.db"
    if target.exists() and not force:
        raise Trouble(FAILED, "cli.file_exists", file=target)
    with progress(t("cli.backup.pages"), 100) as bar:
        backups.save(given, target, lambda copied, pages: bar(100 * copied // max(1, pages)))
    line(str(target))


@click.command(help=t("cli.restore.help"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring a backup back."""
    given = settings()
    with progress(t("cli.backup.pages"), 100) as bar:
        kept = backups.restore(given, file.resolve(), lambda copied, pages: bar(100 * copied // max(1, pages)))
    line(t("cli.restore.restored", file=file))
    if kept is not None:
        line(t("cli.restore.kept", file=kept))
