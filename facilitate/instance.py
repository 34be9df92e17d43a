"""An instance as its programs find it: who holds its lock, whether its database is sound, and what stops them, in words."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from facilitate.config import Settings
from facilitate.core import paths
from facilitate.core.strings import languages, t

FAILED, CANNOT_START, BROKEN, IN_USE = 1, 2, 3, 4
"""Exit codes: what was asked for cannot be done; the server cannot start as it was told to (wrong options have the same
code); the database is damaged, foreign or closed to us; another program works on the instance."""
PATIENCE, PAUSE = 15.0, 0.05
"""Seconds for which a program waits until another one lets go of the instance, and between two looks."""


class Trouble(Exception):
    """What ends a program: a sentence of the catalogue with its values, and the exit code."""

    def __init__(self, code: int, key: str, **values: Any) -> None:
        super().__init__(key)
        self.code, self.key, self.values = code, key, values

    def sentence(self, language: str) -> str:
        """The trouble in words."""
        return t(language, self.key, **self.values)


@dataclass(frozen=True)
class Running:
    """A server that runs on the instance: its process, the address of its local door and the key to it, and how people reach it."""

    pid: int
    url: str
    key: str
    public: str


class Lock:
    """The file `lock` of an instance: held by the one program that may write, gone with it however it ends.

    The system's own lock on the file counts, not that the file is there; in it stands who holds it, for its owner only.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lock"
        self._descriptor, self._mine = -1, False

    def take(self) -> None:
        """Take the lock; Trouble where a server runs, or another program does not let go in time."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            os.fchmod(self._descriptor, 0o600)
        except OSError as error:
            raise Trouble(CANNOT_START, "cli.no_instance", folder=self.path.parent, problem=error.strerror) from None
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._mine = True
                return self.tell(pid=os.getpid())
            except BlockingIOError:
                held = self.read()
                if held.get("url"):
                    raise Trouble(IN_USE, "cli.running", url=held.get("public"), folder=self.path.parent, pid=held.get("pid")) from None
                if time.monotonic() > deadline:
                    raise Trouble(IN_USE, "cli.busy", folder=self.path.parent, pid=held.get("pid")) from None
            time.sleep(PAUSE)

    def tell(self, **content: Any) -> None:
        """Write who holds the lock and, for a server, how to reach it."""
        data = json.dumps(content).encode()
        os.pwrite(self._descriptor, data, 0)
        os.ftruncate(self._descriptor, len(data))

    def read(self) -> dict[str, Any]:
        """Who holds, or held, the lock."""
        try:
            found = json.loads(self.path.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def release(self) -> None:
        """Let go; nothing of it stays but an empty file (removing it would let two programs hold two files)."""
        if self._mine:
            with suppress(OSError):
                os.ftruncate(self._descriptor, 0)
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor, self._mine = -1, False

    def held(self) -> bool:
        """Whether some program holds the lock now."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False


@contextmanager
def locked(settings: Settings) -> Iterator[Lock]:
    """Hold the instance while the block runs."""
    lock = Lock(settings.folder)
    try:
        lock.take()
        yield lock
    finally:
        lock.release()


def running(settings: Settings) -> Running | None:
    """The server that runs on this instance; waits for one that is just starting, or for a command that is at work."""
    lock, deadline = Lock(settings.folder), time.monotonic() + PATIENCE
    while lock.held():
        found = lock.read()
        if found.get("url"):
            return Running(int(found["pid"]), str(found["url"]), str(found["key"]), str(found["public"]))
        if time.monotonic() > deadline:
            raise Trouble(IN_USE, "cli.busy", folder=settings.folder, pid=found.get("pid"))
        time.sleep(PAUSE)
    return None


def database_file(settings: Settings) -> Path | None:
    """The file of the SQLite database; None for another database."""
    url = make_url(settings.database)
    return Path(url.database).resolve() if url.get_backend_name() == "sqlite" and url.database else None


def check_language(settings: Settings) -> None:
    """Make sure that the language of the instance has a catalogue; Trouble with exit code 2 names those that have one."""
    if settings.language not in languages():
        raise Trouble(CANNOT_START, "cli.no_language", asked=settings.language, known=", ".join(languages()))


def check(settings: Settings) -> None:
    """Make sure that the database is sound and ours, or not there yet; Trouble with exit code 3 says what is wrong with it."""
    path = database_file(settings)
    if path is None:
        return
    beside = path.with_name(path.name + "-wal")
    if not path.exists():
        if beside.exists() and beside.stat().st_size:
            raise Trouble(BROKEN, "cli.database_lost", file=path)
        return
    problem = flaw(path)
    if problem:
        raise Trouble(BROKEN, "cli.database_broken", file=path, problem=problem)
    check_revision(path)


def flaw(path: Path, whole: bool = False) -> str | None:
    """What SQLite finds wrong with a file, in its own words; None where it is sound. `whole` checks the indexes too."""
    if not path.stat().st_size:
        return "0 bytes"
    connection = opened(path)
    try:
        found = connection.execute("PRAGMA integrity_check(1)" if whole else "PRAGMA quick_check(1)").fetchone()
        return None if found and found[0] == "ok" else " ".join(str(found and found[0]).split())
    except sqlite3.OperationalError as error:
        raise Trouble(BROKEN, "cli.database_closed", file=path, problem=error) from None
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        connection.close()


def opened(path: Path) -> sqlite3.Connection:
    """A connection that only reads a database file, which has to be there; Trouble where it cannot be opened.

    One that might write would, at its end, write a write-ahead log into a file that is perhaps damaged.
    """
    try:
        return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)
    except sqlite3.OperationalError as error:
        raise Trouble(BROKEN, "cli.database_closed", file=path, problem=error) from None


def check_revision(path: Path) -> None:
    """Make sure that a sound file is a database of this program, and not of a newer one."""
    found = revision(path)
    if found is None:
        raise Trouble(BROKEN, "cli.database_foreign", file=path)
    if found not in revisions():
        raise Trouble(BROKEN, "cli.database_newer", file=path)


def revision(path: Path) -> str | None:
    """The number of the schema in a database file: empty where it has no tables yet, None where its tables are not ours."""
    connection = opened(path)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            return None if tables else newest()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else newest()
    finally:
        connection.close()


def revisions() -> set[str]:
    """The numbers of all schemas that this program knows."""
    return {script.revision for script in _scripts().walk_revisions()}


def newest() -> str:
    """The number of the newest schema that this program knows."""
    return str(_scripts().get_current_head())


def _scripts() -> Any:
    from alembic.script import ScriptDirectory  # here, because most commands do without it and it takes long to import

    return ScriptDirectory(str(paths.migrations()))
