"""A Socket.IO client down at the bytes, for what no library lets one do: odd handshakes, and not reading."""

import base64
import json
import os
import socket
import struct
from typing import Any


class RawSocket:
    """One websocket connection to the server's Socket.IO, blocking; `headers` are those of the answer to the handshake."""

    def __init__(self, port: int, extra: str = "", small: bool = False) -> None:
        """Shake hands. `extra` are further header lines; `small` makes the system keep little that is not read, on both sides."""
        self.socket = socket.socket()
        self.socket.settimeout(60)
        if small:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)  # the server's send buffer grows with it
        self.socket.connect(("127.0.0.1", port))
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{extra}\r\n".encode()
        )
        self.stream = self.socket.makefile("rb")
        self.status = self.stream.readline().decode().strip()
        self.headers: dict[str, str] = {}
        while line := self.stream.readline().decode().strip():
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()
        self.calls = 0

    def send(self, text: str) -> None:
        """Send one text message, masked as a client has to."""
        data, mask = text.encode(), os.urandom(4)
        length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))  # up to 64 kB
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(data))
        self.socket.sendall(b"\x81" + length + mask + masked)

    def receive(self) -> str:
        """The next text message; Engine.IO's pings are answered on the way.

        ConnectionError at the end of the connection; TimeoutError when three pings came and nothing else.
        """
        for _ in range(3):
            head = self._read(2)
            length = head[1] & 0x7F
            if length >= 126:
                length = int.from_bytes(self._read(2 if length == 126 else 8), "big")
            data = self._read(length)
            if head[0] & 0x0F == 8:
                raise ConnectionError("closed by the server")
            if (text := data.decode()) == "2":
                self.send("3")
            else:
                return text
        raise TimeoutError("nothing but pings")

    def sign_in(self, token: str) -> None:
        """Connect to Socket.IO with a token."""
        assert self.receive().startswith("0")
        self.send("40" + json.dumps({"token": token}))
        connected = self.receive()
        assert connected.startswith("40"), connected

    def enter(self, token: str, event: str, seen: int = 0) -> dict[str, Any]:
        """Connect to Socket.IO with a token and join an event; the answer of `join`."""
        self.sign_in(token)
        return self.ask("join", {"event": event, "seen": seen})

    def emit(self, name: str, argument: dict[str, Any]) -> None:
        """Emit an event that wants an answer."""
        self.calls += 1
        self.send(f"42{self.calls}" + json.dumps([name, argument]))

    def answer(self, text: str) -> dict[str, Any] | None:
        """The answer to the last emitted event, where a message is that."""
        head, bracket, body = text.partition("[")
        if head != f"43{self.calls}":
            return None
        given: dict[str, Any] = json.loads(bracket + body)[0]
        return given

    def ask(self, name: str, argument: dict[str, Any]) -> dict[str, Any]:
        """Emit an event and wait for its answer; messages that come in between are dropped."""
        self.emit(name, argument)
        while (answer := self.answer(self.receive())) is None:
            pass
        return answer

    def close(self) -> None:
        """Close the connection without a word."""
        self.stream.close()
        self.socket.close()

    def _read(self, length: int) -> bytes:
        data = self.stream.read(length)
        if len(data) < length:
            raise ConnectionError("the connection ended")
        return data
