"""An instance for tests: a database migrated once per run and copied for each test, an app with a real writer, and a clock to set."""

import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from facilitate.app import create_app, migrate, register
from facilitate.config import Settings
from facilitate.core import db
from facilitate.core.spine import Spine
from facilitate.people.queries import digest

register()


class Compiled(BytecodeCache):
    """Templates as the first app of this process compiled them: compiling takes longer than most tests."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known of a template; its checksum is looked at by the bucket."""
        if known := self.known.get(bucket.key):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        self.known[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options["bytecode_cache"] = Compiled()

ORGANISER, OTHER = "organiser-token-of-the-tests", "token-of-another-organiser"
"""Tokens for scripts of the two accounts that every instance of the tests has."""


class Clock:
    """A clock that stands still until it is moved; every time of the server comes from it."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def time(self) -> float:
        """What `time.time` gives."""
        return self.seconds

    @property
    def now(self) -> int:
        """What `db.now` gives: ms."""
        return int(self.seconds * 1000)

    def pass_(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The server's clock in the hand of the test."""
    made = Clock()
    monkeypatch.setattr(db, "time", made)
    return made


def settings(folder: Path, **given: Any) -> Settings:
    """The settings of an instance in a folder, without what the environment says; limits are off unless they are asked for."""
    return Settings({}, **({"instance": str(folder), "rate_limits": False} | given))


@contextmanager
def working(folder: Path, **given: Any) -> Iterator[Flask]:
    """An app over the instance in a folder, its writer at work."""
    app = create_app(settings(folder, **given))
    app.testing = True
    spine: Spine = app.extensions["facilitate"]
    spine.writer.start()
    try:
        yield app
    finally:
        spine.writer.stop()
        with app.app_context():
            db.db.session.remove()
            db.db.engine.dispose()


def account(spine: Spine, name: str, token: str) -> str:
    """A new account with a token for scripts; its id."""
    made, secret = str(uuid.uuid4()), {"token": str(uuid.uuid4()), "kind": "api", "hash": digest(token)}
    for command, words in (
        ("people.make_account", {"account": made, "email": f"{name.lower()}@example.org", "name": name}),
        ("people.issue_token", secret | {"account": made}),
    ):
        answer = spine.act(command, words)
        assert answer["ok"], answer
    return made


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an instance with two accounts and no event, made by the migrations once per run; to be copied, never used."""
    folder = tmp_path_factory.mktemp("blank")
    migrate(create_app(settings(folder)))
    with working(folder) as app:
        account(app.extensions["facilitate"], "Olga", ORGANISER)
        account(app.extensions["facilitate"], "Otto", OTHER)
    connection = sqlite3.connect(folder / "facilitate.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder


@pytest.fixture
def folder(blank: Path, tmp_path: Path) -> Path:
    """The folder of a fresh instance."""
    return shutil.copytree(blank, tmp_path / "instance")


@pytest.fixture
def app(folder: Path) -> Iterator[Flask]:
    """An app in threading mode, limits off, its writer at work."""
    with working(folder) as made:
        yield made


@pytest.fixture
def limited(folder: Path) -> Iterator[Flask]:
    """The same with the limits of a real instance."""
    with working(folder, rate_limits=True) as made:
        yield made


@pytest.fixture
def spine(app: Flask) -> Spine:
    """The spine of the app."""
    found: Spine = app.extensions["facilitate"]
    return found


@pytest.fixture
def instances(blank: Path, tmp_path: Path) -> Callable[[], Path]:
    """A function that makes the folder of one more fresh instance."""
    return lambda: shutil.copytree(blank, tmp_path / uuid.uuid4().hex)
