"""The command line's hands: a command goes to the server that runs on the instance, or is carried out here under its lock."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import NullPool, create_engine
from sqlalchemy.orm import Session

from facilitate import instance
from facilitate.config import Settings
from facilitate.core import logs
from facilitate.core.db import prepare
from facilitate.core.registry import Viewer
from facilitate.core.spine import Spine
from facilitate.instance import BROKEN, FAILED, IN_USE, Lock, Running, Trouble

PATIENCE = 120
"""Seconds for which a command waits for the server's answer."""
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Opens addresses of this machine itself, whatever proxy the environment names."""

Answer = dict[str, Any]


class Act(Protocol):
    """Carries out a command: its answer once it is durable."""

    def __call__(self, name: str, words: dict[str, Any], event: str | None = None, account: str | None = None) -> Answer:
        """Send the command `name` as the server itself, in an event (its id) and for an account where it needs one."""


def inside(spine: Spine) -> Act:
    """The hands of the process that runs the server."""

    def act(name: str, words: dict[str, Any], event: str | None = None, account: str | None = None) -> Answer:
        viewer = Viewer(event, account=account, role="system", sender="local", language=spine.settings.language)
        return spine.act(name, words, event, viewer)

    return act


def remote(server: Running) -> Act:
    """The hands of a program beside a running server: its local door, with the key from the lock."""

    def act(name: str, words: dict[str, Any], event: str | None = None, account: str | None = None) -> Answer:
        body = json.dumps({"words": words, "event": event, "account": account}).encode()
        headers = {"Authorization": f"Bearer {server.key}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{server.url}/api/local/commands/{name}", body, headers)  # noqa: S310 - the address is from the lock
        try:
            with DIRECT.open(request, timeout=PATIENCE) as response:
                return dict(json.loads(response.read()))
        except urllib.error.HTTPError as refused:
            return _refusal(refused, server)
        except (OSError, ValueError):
            raise Trouble(IN_USE, "cli.unreachable", url=server.url, pid=server.pid) from None

    return act


def _refusal(refused: urllib.error.HTTPError, server: Running) -> Answer:
    try:
        return dict(json.loads(refused.read()))
    except ValueError:
        raise Trouble(IN_USE, "cli.unreachable", url=server.url, pid=server.pid) from None


@contextmanager
def acting(settings: Settings) -> Iterator[Act]:
    """Hands for the block: a running server's, else this process's own on a database that is made, or brought up to date."""
    server = instance.running(settings)
    if server is not None:
        yield remote(server)
        return
    with instance.locked(settings), working(settings) as spine:
        yield inside(spine)


@contextmanager
def working(settings: Settings) -> Iterator[Spine]:
    """The app with its writer at work in this process; its caller holds the lock."""
    from facilitate.app import create_app, migrate

    logs.to_stderr()
    instance.check(settings)
    app = create_app(settings)
    migrate(app)
    spine: Spine = app.extensions["facilitate"]
    spine.writer.start()
    try:
        yield spine
    finally:
        spine.writer.stop()


@contextmanager
def reading(settings: Settings) -> Iterator[Session]:
    """A session over one snapshot of the database, beside a server or without one; Trouble where there is none yet."""
    path = instance.database_file(settings)
    if path is not None and not path.exists():
        raise Trouble(FAILED, "cli.no_database", folder=settings.folder)
    if path is not None and not Lock(settings.folder).held():  # who holds it has looked at the database
        instance.check(settings)
        if instance.revision(path) != instance.newest():
            raise Trouble(BROKEN, "cli.database_older", file=path)
    engine = prepare(create_engine(settings.database, poolclass=NullPool))
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def done(answer: Answer) -> Answer:
    """The answer to a command that has to be accepted; Trouble says in words why it was not."""
    if not answer.get("ok"):
        raise Trouble(FAILED, "cli.refused", sentence=answer.get("sentence") or answer.get("code"))
    return answer
