"""A screen on the wire: a real Socket.IO client that follows the rule of the protocol for frames, by websocket or by long polling."""

import queue
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import requests
import socketio

from tests.support.served import Served

PATIENCE = 30


def client(session: requests.Session | None = None) -> socketio.Client:
    """A client that does not connect again, to be closed with `close`."""
    return socketio.Client(reconnection=False, http_session=session or requests.Session())


def close(client: socketio.Client) -> None:
    """End a client's connection, whoever ended it before, and wait for its threads: the library leaves sockets open that the server cut."""
    wire = client.eio
    threads = [thread for thread in (wire.read_loop_task, wire.write_loop_task) if thread is not None]
    if wire.ws is not None:
        wire.ws.close = partial(wire.ws.close, timeout=0)  # a server in threading mode may say no farewell, for which it would wait three seconds
    client.disconnect()
    for thread in threads:
        thread.join(PATIENCE)
    if wire.ws is not None:
        wire.ws.shutdown()
    wire.http.close()


@contextmanager
def closed_on_failure(client: socketio.Client) -> Iterator[None]:
    """Close a client that could not connect; one that could stays open."""
    try:
        yield
    except BaseException:
        close(client)
        raise


class Screen:
    """A real Socket.IO client that follows the rule of the wire for frames."""

    def __init__(self, served: Served, code: str, token: str, transport: str) -> None:
        self.code, self.seen, self.rows = code, 0, dict[tuple[str, str], Any]()
        self.frames: queue.Queue[list[Any]] = queue.Queue()
        self.heard: dict[str, queue.Queue[Any]] = {name: queue.Queue() for name in ("presence", "here", "clock", "figures", "moved", "gone")}
        self.client = client()
        self.client.on("frame", self.frames.put)
        for name, told in self.heard.items():
            self.client.on(name, lambda *arguments, told=told: told.put(arguments[0] if arguments else None))
        with closed_on_failure(self.client):
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
        """End the connection."""
        close(self.client)


@contextmanager
def screens(*opened: Screen) -> Iterator[None]:
    """Close the screens whatever happens."""
    try:
        yield
    finally:
        for screen in opened:
            screen.close()
