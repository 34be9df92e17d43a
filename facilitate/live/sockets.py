"""The socket's door: connect, join and command, straight on the Socket.IO server (a Flask context per message costs too much)."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any

import structlog
from flask_socketio import SocketIO
from socketio.exceptions import ConnectionRefusedError

from facilitate.core import changes, registry
from facilitate.core.commands import WORDS_LIMIT
from facilitate.core.db import now
from facilitate.core.http import VISITOR
from facilitate.core.refusals import Refused
from facilitate.core.registry import Credentials, Event, Viewer
from facilitate.core.spine import Spine
from facilitate.core.strings import t
from facilitate.live.screens import Connection, Screen, Screens
from facilitate.live.ticks import Ticker

log = structlog.get_logger()
FRAME_LIMIT = 4_000_000
"""Bytes of a frame from a client; a larger one closes that socket."""


class Sockets:
    """The handlers of all connections of this process."""

    def __init__(self, spine: Spine, socketio: SocketIO) -> None:
        self.spine, self.server = spine, socketio.server
        self.screens = Screens()
        self.ticker = Ticker(spine, self.server, self.screens)
        self.server.on("connect", self.connect)
        self.server.on("disconnect", self.disconnect)
        self.server.on("join", self._answering(self.join))
        self.server.on("command", self._answering(self.command))

    def _answering(self, handler: Callable[[str, Any], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        """The handler, with an answer also where it fails: a screen that gets none would wait for ever."""

        def answered(sid: str, body: Any = None, *_more: Any) -> dict[str, Any]:
            try:
                return handler(sid, body)
            except Exception:
                log.exception("handler_failed", handler=handler.__name__)
                return Refused("unavailable", "refusal.failed").answer(self.spine.settings.language)

        return answered

    def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Take a connection whose credentials are somebody's; refuse it with a sentence otherwise."""
        credentials = read_credentials(environ, auth, self.spine.settings.trust_proxy)
        # Browsers send no Origin with a GET to their own server, as long polling begins; a header of ours proves the same.
        ours = environ.get("HTTP_ORIGIN") or environ.get("HTTP_X_REQUESTED_WITH") == "facilitate"
        token_needed = not ours and credentials.token is None
        with self.spine.reading() as session:
            known = None if token_needed else registry.ask("identify", session, credentials, None)
        if known is None:
            raise ConnectionRefusedError(t(self.spine.settings.language, "refusal.sign_in"))
        self.screens.connect(Connection(sid, credentials))

    def disconnect(self, sid: str, *_reason: Any) -> None:
        """Forget a connection."""
        self.screens.disconnect(sid)

    def join(self, sid: str, body: Any = None) -> dict[str, Any]:
        """Open the connection's screen in an event; what changed since `seen`, or reload."""
        body = body if isinstance(body, dict) else {}
        try:
            event, viewer = self._who(sid, body.get("event"))
        except Refused as refused:
            return refused.answer(self.spine.settings.language)
        before = self.screens.one(event.id, sid)
        if event.id not in self.ticker.sent:
            with self.spine.reading() as session:
                self.ticker.sent.setdefault(event.id, changes.head(session, event.id)[0])
        self.screens.enter(Screen(sid, event, viewer))
        if before is not None and before.stale:
            return {"reload": True}
        seen = body.get("seen")
        with self.spine.reading() as session:
            answer = changes.resync(session, viewer, seen) if type(seen) is int and seen >= 0 else {"reload": True}
        self.server.emit("clock", [now()], to=sid)
        return answer

    def command(self, sid: str, body: Any = None) -> dict[str, Any]:
        """Take a command; its answer once it is durable."""
        if not isinstance(body, dict):
            return Refused("bad_json").answer(self.spine.settings.language)
        try:
            event, viewer = self._who(sid, body.get("event"))
            if length(body.get("words")) > WORDS_LIMIT:
                raise Refused("too_large")
        except Refused as refused:
            return refused.answer(self.spine.settings.language)
        return self.spine.send(viewer, event.id, body.get("name"), body.get("words"), body.get("id"), body.get("at"))

    def _who(self, sid: str, reference: Any) -> tuple[Event, Viewer]:
        """The event that is meant and who this connection is in it; Refused where there is no such thing."""
        connection = self.screens.connections.get(sid)
        if connection is None or not isinstance(reference, str):
            raise Refused("unknown_event")
        if reference in connection.known:
            return connection.known[reference]
        since = self.screens.moment()
        with self.spine.reading() as session:
            event = registry.ask("resolve", session, reference)
            viewer = registry.ask("identify", session, connection.credentials, event.id) if event else None
        guesser = connection.credentials.address, connection.credentials.cookies.get(VISITOR, "")[:64]
        wait = self.spine.credits.guessing(*guesser)
        if wait is not None and viewer is None:
            raise Refused("slow_down", retry_after=wait)
        if event is None:
            self.spine.credits.guessed(*guesser)
            raise Refused("unknown_event")
        if viewer is None or viewer.event is None:
            raise Refused("sign_in")
        self.screens.remember(connection, reference, (event, viewer), since)
        return event, viewer


def length(words: Any) -> int:
    """About how many bytes the words of a command take (strings counted, structure estimated)."""
    total, open_values = 0, [words]
    while open_values and total <= WORDS_LIMIT:
        value = open_values.pop()
        total += len(value.encode("utf-8", "replace")) if isinstance(value, str) else 4
        if isinstance(value, dict):
            open_values += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            open_values += value
    return total


def read_credentials(environ: dict[str, Any], auth: Any, trust_proxy: bool) -> Credentials:
    """What a connection brings along: its token, or its cookies and as whom it wants to be known."""
    auth = auth if isinstance(auth, dict) else {}
    token, wanted, event = auth.get("token"), auth.get("as"), auth.get("event")
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(environ.get("HTTP_COOKIE", ""))
    except CookieError:
        pass
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip() if trust_proxy else ""
    return Credentials(
        token=token if isinstance(token, str) else None,
        cookies={name: morsel.value for name, morsel in cookies.items()},
        wanted=wanted if isinstance(wanted, str) else None,
        event=event if isinstance(event, str) else None,
        address=forwarded or environ.get("REMOTE_ADDR", ""),
    )
