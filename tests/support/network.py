"""Keeps the tests off every network but loopback."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


class Outside(RuntimeError):
    """A test tried to reach an address that is not this machine; no OSError, so that nothing swallows it as a lost network."""


def _loopback(address: Any) -> bool:
    """Whether a socket address is a local one: a path, localhost, 127.0.0.0/8 or ::1."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in ("localhost", "", None):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def _guarded(real: Any) -> Any:
    def connect(self: socket.socket, address: Any, *rest: Any) -> Any:
        # Connecting a datagram socket sends nothing; it is how a program asks which of its own addresses faces the network.
        if self.type != socket.SOCK_DGRAM and not _loopback(address):
            raise Outside(f"a test tried to connect to {address}")
        return real(self, address, *rest)

    return connect


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Refuse connections to, and look-ups of, anything but this machine, for the whole run."""
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        if not _loopback((host,)):
            raise Outside(f"a test tried to look up {host}")
        return look_up(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield
