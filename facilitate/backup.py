"""Backups of the database: taken while a server runs, and brought back while none does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from facilitate import instance
from facilitate.app import create_app, engine, migrate
from facilitate.config import Settings
from facilitate.core import changes
from facilitate.core.db import now
from facilitate.events.models import Activity
from facilitate.events.queries.room import people_in
from facilitate.instance import BROKEN, FAILED, Trouble
from facilitate.people.models import Token
from facilitate.voting import secrets
from facilitate.voting.models import Round
from facilitate.voting.queries.rounds import UNSEALED

PAGES = 2_000
"""Pages that are copied between two looks at the progress."""
Progress = Callable[[int, int], None]
"""Is told how many pages are copied, and how many there are."""


def database(settings: Settings) -> Path:
    """The file of the database; Trouble where it is none of SQLite's."""
    path = instance.database_file(settings)
    if path is None:
        raise Trouble(FAILED, "cli.backup.not_sqlite")
    return path


def save(settings: Settings, target: Path, progress: Progress) -> None:
    """Copy the database into one file as it is at one moment; Trouble where it is damaged. Servers go on meanwhile.

    The secrets of open votes are no part of it: they lie outside the database, so that a backup can never join ballots to people.
    """
    path = database(settings)
    if not path.exists():
        raise Trouble(FAILED, "cli.no_database", folder=settings.folder)
    instance.check(settings)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(target.name + ".part")
    copy(path, part, progress)
    problem = instance.flaw(part)
    if problem:
        part.unlink()
        raise Trouble(BROKEN, "cli.database_broken", file=path, problem=problem)
    part.replace(target)


def copy(source: Path, target: Path, progress: Progress) -> None:
    """Copy a database as it is now into one file that only its owner may read; sqlite3.DatabaseError where it is none."""
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with closing(instance.opened(source)) as old, closing(sqlite3.connect(target)) as new:
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees one moment: what is written meanwhile starts nothing anew
        old.backup(new, pages=PAGES, progress=lambda status, left, total: progress(total - left, total))
        new.execute("PRAGMA journal_mode=DELETE")


def restore(settings: Settings, file: Path, progress: Progress) -> Path | None:
    """Make a backup the database, with every log emptied and its number raised so that all screens reload.

    Returns where the database that was here is kept (None: there was none). Trouble where a server runs, or the file is no sound
    backup of this program; then nothing was changed.
    """
    path = database(settings)
    with instance.locked(settings):
        if path.exists() and file.samefile(path):
            raise Trouble(FAILED, "cli.restore.itself")
        part = path.with_name(path.name + ".restoring")
        try:
            _sound(file, part, progress)
            _begin_anew(part, settings)
            kept = _aside(path)
            part.replace(path)
        finally:
            for left in part.parent.glob(f"{part.name}*"):
                left.unlink()
    return kept


def _sound(file: Path, part: Path, progress: Progress) -> None:
    """Copy the backup beside the database, and make sure that the copy is sound and ours."""
    try:
        copy(file, part, progress)
        problem = instance.flaw(part, whole=True)
    except sqlite3.DatabaseError as error:
        problem = str(error)
    if problem:
        raise Trouble(FAILED, "cli.restore.unsound", file=file, problem=problem)
    found = instance.revision(part)
    if not found or found not in instance.revisions():
        raise Trouble(FAILED, "cli.restore.newer" if found else "cli.restore.foreign", file=file)


def _begin_anew(part: Path, settings: Settings) -> None:
    """Bring the copy up to date, raise its logs, end votes that cannot go on, and take back sign-in links, of which some may have
    been used since.
    """
    app = create_app(Settings({}, instance=str(settings.folder), database_url=f"sqlite:///{part}"))
    migrate(app)
    with Session(engine(app)) as session:
        changes.raise_all(session)
        session.execute(update(Token).where(Token.kind == "sign_in", Token.used_at.is_(None)).values(revoked_at=now()))
        end_votes(session, settings.secrets)
        session.commit()
    engine(app).dispose()


def end_votes(session: Session, folder: Path) -> None:
    """Close the secret votes whose secret is not in `folder`, to be counted as soon as a server runs.

    Nobody can be told apart in them any more, so nobody could go on voting; the ballots themselves count without it. What was to
    be opened gets a new secret.
    """
    for round_ in session.scalars(select(Round).where(Round.secret, Round.status.in_(("draft", *UNSEALED)))):
        if secrets.known(folder, round_.id):
            continue
        if round_.status == "draft":
            secrets.make(folder, round_.id)
            continue
        activity = session.get_one(Activity, round_.activity_id)
        activity.status, activity.closed_at, activity.ends_at, activity.left = "closed", activity.closed_at or now(), None, None
        round_.eligible = people_in(session, round_.event_id) if round_.eligible is None else round_.eligible
        round_.status, round_.closed_at, round_.seal_at = "closed", round_.closed_at or now(), now()


def _aside(path: Path) -> Path | None:
    """Keep the database that is here under another name, with what SQLite has beside it."""
    beside = [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")]
    if not any(one.exists() for one in beside):
        return None
    kept = path.with_name(f"{path.name}.{'broken' if _broken(path) else 'before'}-{datetime.now():%Y%m%d-%H%M%S}")
    for one in beside:
        if one.exists():
            one.replace(kept.with_name(kept.name + one.name.removeprefix(path.name)))
    return kept


def _broken(path: Path) -> bool:
    try:
        return not path.exists() or instance.flaw(path) is not None
    except Trouble:
        return True
