"""Fan-out: one message to many screens, encoded and framed once and written straight to every idle websocket.

The way through engine.io costs a queue, a greenlet switch and a framing per recipient, which is most of a tick's time (see
bench/). What is not an idle websocket (long polling, an upgrade under way, packets waiting, another async mode) takes that
way all the same, through `emit`. It rests on inner parts of engine.io and eventlet: they are checked once at the start, their
versions are pinned, and both ways pass the same tests.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from facilitate.core.runtime import Runtime

CHUNK, BACKLOG = 100, 32
"""Recipients between two yields to the event loop; packets that wait for a connection before it is left out."""


def unmasked(data: bytes, mask: tuple[int, ...], length: int | None = None, offset: int = 0) -> bytes:
    """What a client sent, without its mask (RFC 6455, section 5.3), as one number instead of byte by byte."""
    size = len(data) if length is None else length
    key = bytes(mask[(offset + place) % 4] for place in range(4)) * (size // 4 + 1)
    return (int.from_bytes(data[:size], "big") ^ int.from_bytes(key[:size], "big")).to_bytes(size, "big")


def quick_masks() -> None:
    """Let eventlet take masks off by `unmasked`: its own way costs more than the rest of reading a message."""
    from eventlet.websocket import RFC6455WebSocket

    if hasattr(RFC6455WebSocket, "_apply_mask"):
        RFC6455WebSocket._apply_mask = staticmethod(unmasked)


class Line(NamedTuple):
    """A connection that is written to directly: eventlet's websocket, engine.io's socket, and the way into the kernel."""

    websocket: Any
    socket: Any
    write: Callable[[bytes], int]

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way to the connection that this would overtake."""
        socket = self.socket
        return not socket.queue.qsize() and socket.upgraded and not socket.closed and not self.websocket._sendlock.locked()


class Fanout:
    """Sends messages to connections of one Socket.IO server; `spent` is the processor time that took, in seconds."""

    def __init__(self, server: Any, runtime: Runtime) -> None:
        self.server, self.runtime = server, runtime
        self.spent = 0.0
        self._websockets: dict[str, Any] = {}
        self._lines: dict[str, Line] = {}
        self._sids: dict[str, str] = {}
        self.direct = runtime.mode == "eventlet" and self._watch()

    def _watch(self) -> bool:
        """Learn of every websocket that opens; False where the inner parts are not those that we know."""
        engine = self.server.eio
        make = getattr(engine, "_async", {}).get("websocket")
        if make is None or not hasattr(engine, "sockets"):
            return False

        def watched(handler: Callable[[Any], Any], engine_server: Any) -> Any:
            sid = handler.__self__.sid  # type: ignore[attr-defined]

            def handle(websocket: Any) -> Any:
                if hasattr(websocket, "_sendlock") and hasattr(getattr(websocket, "socket", None), "fd"):
                    self._websockets[sid] = websocket
                try:
                    return handler(websocket)
                finally:
                    self._websockets.pop(sid, None)
                    self._lines.pop(self._sids.pop(sid, ""), None)

            return make(handle, engine_server)

        quick_masks()
        engine._async = {**engine._async, "websocket": watched}
        return True

    def waiting(self, sid: str) -> int:
        """How many packets wait to be sent to a connection."""
        socket = self.server.eio.sockets.get(self._engine_sid(sid))
        return socket.queue.qsize() if socket is not None else 0

    def send(self, name: str, argument: Any, sids: list[str]) -> list[str]:
        """Send one message to some connections, yielding to the loop between chunks; returns those that lag, which got nothing."""
        frame, left_out = self._frame(name, argument) if self.direct and len(sids) > 1 else None, list[str]()
        for first in range(0, len(sids), CHUNK):
            started, chunk = time.thread_time(), sids[first : first + CHUNK]
            slow = [sid for sid in chunk if frame is None or not self._write(sid, frame)]
            lagging = [sid for sid in slow if self.waiting(sid) > BACKLOG]
            if len(lagging) < len(slow):
                self.server.emit(name, argument, to=[sid for sid in slow if sid not in lagging] if lagging else slow)
            left_out += lagging
            self.spent += time.thread_time() - started
            if first + CHUNK < len(sids):
                self.runtime.sleep(0)
        return left_out

    def _engine_sid(self, sid: str) -> Any:
        return self.server.manager.eio_sid_from_sid(sid, "/")

    def _frame(self, name: str, argument: Any) -> bytes:
        """The message as one unmasked text frame of RFC 6455, section 5.2."""
        packet = self.server.packet_class(2, namespace="/", data=[name, argument]).encode()
        text = f"4{packet}".encode()
        if len(text) < 126:
            return b"\x81" + bytes([len(text)]) + text
        return b"\x81" + (struct.pack("!BH", 126, len(text)) if len(text) < 65_536 else struct.pack("!BQ", 127, len(text))) + text

    def _line(self, sid: str) -> Line | None:
        """The websocket of a connection, looked up once; None where it has none yet."""
        line = self._lines.get(sid)
        if line is None:
            engine_sid = self._engine_sid(sid)
            websocket, socket = self._websockets.get(engine_sid), self.server.eio.sockets.get(engine_sid)
            if websocket is not None and socket is not None:
                line = self._lines[sid] = Line(websocket, socket, websocket.socket.fd.send)
                self._sids[engine_sid] = sid
        return line

    def _write(self, sid: str, frame: bytes) -> bool:
        """Write a frame to an idle websocket without waiting; False where it must take the usual way."""
        line = self._line(sid)
        if line is None or not line.idle:
            return False
        try:
            sent = line.write(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            return True  # the connection is going away; its own handler finds out
        if sent < len(frame):
            line.websocket._sendlock.acquire()
            self.runtime.spawn(self._finish, line.websocket, frame[sent:])
        return True

    @staticmethod
    def _finish(websocket: Any, rest: bytes) -> None:
        """Send what the socket did not take at once; the lock is held since the first part went out."""
        try:
            websocket.socket.sendall(rest)
        except OSError:
            pass
        finally:
            websocket._sendlock.release()
