"""A screen on the wire: a real Socket.IO client that follows the rule of the protocol for frames, by websocket or by long polling."""

import queue
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import socketio

from tests.support.served import Served

PATIENCE = 30


class Screen:
    """A real Socket.IO client that follows the rule of the wire for frames."""

    def __init__(self, served: Served, code: str, token: str, transport: str) -> None:
        self.code, self.seen, self.rows = code, 0, dict[tuple[str, str], Any]()
        self.frames: queue.Queue[list[Any]] = queue.Queue()
        self.heard: dict[str, queue.Queue[Any]] = {name: queue.Queue() for name in ("presence", "here", "clock", "figures", "moved", "gone")}
        self.client = socketio.Client(reconnection=False)
        self.client.on("frame", self.frames.put)
        for name, told in self.heard.items():
            self.client.on(name, lambda *arguments, told=told: told.put(arguments[0] if arguments else None))
        self.client.connect(served.url, auth={"token": token}, transports=[transport], wait_timeout=PATIENCE)

    def call(self, name: str, body: Any) -> dict[str, Any]:
        """The answer to a message."""
        answer: dict[str, Any] = self.client.call(name, body, timeout=PATIENCE)
        return answer

    def join(self, seen: int) -> dict[str, Any]:
        """Join, and take over what changed since."""
        answer = self.call("join", {"event": self.code, "seen": seen})
        if "seq" in answer:
            self.seen = answer["seq"]
        return answer

    def command(self, name: str, words: Any, command: str | None = None, **more: Any) -> dict[str, Any]:
        """The answer to a command."""
        return self.call("command", {"id": command or str(uuid.uuid4()), "event": self.code, "name": name, "words": words, **more})

    def until(self, seq: int) -> dict[tuple[str, str], Any]:
        """The rows that frames brought, once a frame reached `seq`; numbers are contiguous on the way."""
        while self.seen < seq:
            _, start, to, rows = self.frames.get(timeout=PATIENCE)
            if to <= self.seen:
                continue
            assert start <= self.seen
            self.seen = to
            self.rows.update({(collection, row_id): row for collection, row_id, row in rows})
        return self.rows

    def close(self) -> None:
        """End the connection, and those that long polling kept."""
        self.client.disconnect()
        if self.client.eio.http is not None:
            self.client.eio.http.close()


@contextmanager
def screens(*opened: Screen) -> Iterator[None]:
    """Close the screens whatever happens."""
    try:
        yield
    finally:
        for screen in opened:
            screen.close()
