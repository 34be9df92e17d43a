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
from typing import Any

from facilitate.core.runtime import Runtime

CHUNK = 100
"""Recipients between two yields to the event loop."""


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


class Fanout:
    """Sends messages to connections of one Socket.IO server; `spent` is the processor time that took, in seconds."""

    def __init__(self, server: Any, runtime: Runtime) -> None:
        self.server, self.runtime = server, runtime
        self.spent = 0.0
        self._websockets: dict[str, Any] = {}
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

            return make(handle, engine_server)

        quick_masks()
        engine._async = {**engine._async, "websocket": watched}
        return True

    def waiting(self, sid: str) -> int:
        """How many packets wait to be sent to a connection."""
        socket = self.server.eio.sockets.get(self._engine_sid(sid))
        return socket.queue.qsize() if socket is not None else 0

    def send(self, name: str, argument: Any, sids: list[str]) -> None:
        """Send one message to some connections, yielding to the loop between chunks."""
        frame = self._frame(name, argument) if self.direct and len(sids) > 1 else None
        for first in range(0, len(sids), CHUNK):
            started, chunk = time.thread_time(), sids[first : first + CHUNK]
            slow = [sid for sid in chunk if frame is None or not self._write(sid, frame)]
            if slow:
                self.server.emit(name, argument, to=slow)
            self.spent += time.thread_time() - started
            if first + CHUNK < len(sids):
                self.runtime.sleep(0)

    def _engine_sid(self, sid: str) -> Any:
        return self.server.manager.eio_sid_from_sid(sid, "/")

    def _frame(self, name: str, argument: Any) -> bytes:
        """The message as one unmasked text frame of RFC 6455, section 5.2."""
        packet = self.server.packet_class(2, namespace="/", data=[name, argument]).encode()
        text = f"4{packet}".encode()
        if len(text) < 126:
            return b"\x81" + bytes([len(text)]) + text
        return b"\x81" + (struct.pack("!BH", 126, len(text)) if len(text) < 65_536 else struct.pack("!BQ", 127, len(text))) + text

    def _write(self, sid: str, frame: bytes) -> bool:
        """Write a frame to an idle websocket without waiting; False where it must take the usual way."""
        engine_sid = self._engine_sid(sid)
        websocket, socket = self._websockets.get(engine_sid), self.server.eio.sockets.get(engine_sid)
        if websocket is None or socket is None or not socket.upgraded or socket.closed or socket.queue.qsize() or websocket._sendlock.locked():
            return False
        try:
            sent = websocket.socket.fd.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            return True  # the connection is going away; its own handler finds out
        if sent < len(frame):
            websocket._sendlock.acquire()
            self.runtime.spawn(self._finish, websocket, frame[sent:])
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
