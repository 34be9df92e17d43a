"""The spine of one process: settings, runtime, writer and credits, and the one way to send a command from any door."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from facilitate.config import Settings
from facilitate.core import commands, credits
from facilitate.core.db import db
from facilitate.core.refusals import Refused
from facilitate.core.registry import Viewer
from facilitate.core.runtime import Runtime
from facilitate.core.writer import Writer


class Spine:
    """What the doors need; one per app."""

    def __init__(self, app: Flask, settings: Settings, runtime: Runtime) -> None:
        self.app, self.settings, self.runtime = app, settings, runtime
        self.writer = Writer(app, runtime, settings.database)
        self.credits = credits.Credits(settings.rate_limits)
        self.local_key = secrets.token_urlsafe(32)
        app.extensions["facilitate"] = self

    def send(self, viewer: Viewer | None, event: str | None, name: Any, words: Any, command_id: Any, at: Any = None) -> dict[str, Any]:
        """Take a command through the gate and the writer; its answer as protocol.md says."""
        language = viewer.language if viewer else self.settings.language
        try:
            self._spend(viewer)
            submission = commands.enter(viewer, event, name, words, command_id, at)
        except Refused as refused:
            return refused.answer(language)
        return self.writer.submit(submission)

    def act(self, name: str, words: dict[str, Any], event: str | None = None, viewer: Viewer | None = None) -> dict[str, Any]:
        """Send a command as the server itself, or one that a page's handler completed for `viewer`."""
        try:
            submission = commands.internal(name, words, event, str(uuid.uuid4()), viewer)
        except Refused as refused:
            return refused.answer(viewer.language if viewer else self.settings.language)
        return self.writer.submit(submission)

    def _spend(self, viewer: Viewer | None) -> None:
        if viewer is None:
            return
        item = credits.STAFF_COMMANDS if viewer.staff else credits.COMMANDS
        wait = self.credits.spend(item, viewer.sender)
        if wait is not None:
            raise Refused("slow_down", retry_after=wait)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one snapshot, for readers outside of a request."""
        with self.app.app_context(), Session(db.engine) as session:
            yield session


def spine() -> Spine:
    """The spine of the current app."""
    return current_app.extensions["facilitate"]
