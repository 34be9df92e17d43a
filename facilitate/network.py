"""Under which addresses this machine can be reached, found without sending anything to anybody."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import struct
import sys

EVERYWHERE = ("", "0.0.0.0", "::")
"""What one listens on to be reached under every address of the machine."""
ELSEWHERE = ("203.0.113.1", 9)
"""An address that belongs to nobody (RFC 5737): connecting a datagram socket to it sends nothing, but picks the way out."""
ASK = 0xC0206921 if sys.platform == "darwin" else 0x8915
"""SIOCGIFADDR: what is the address of this interface?"""
INNER = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "utun", "tun", "tap", "podman", "lxc")
"""Interfaces that lead to containers, virtual machines and tunnels: phones in the room are rarely behind one of them."""


def urls(host: str, port: int, public_url: str = "") -> list[str]:
    """The addresses of a server that listens on `host` and `port`, the likeliest for phones in the room first.

    A public address wins alone; a machine without any network gives its own loopback.
    """
    if public_url:
        return [public_url.rstrip("/")]
    hosts = (addresses() or ["127.0.0.1"]) if host in EVERYWHERE else [host]
    return [f"http://{f'[{one}]' if ':' in one else one}:{port}" for one in hosts]


def loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on `host`, a name or an address with or without port."""
    name = host.rsplit(":", 1)[0] if host.count(":") == 1 else host.strip("[]").split("]")[0]
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return name == "localhost"


def addresses() -> list[str]:
    """The IPv4 addresses of this machine in its networks: that of the way out first, those of containers and tunnels last."""
    by_interface = {name: address for _, name in interfaces() if (address := address_of(name))}
    inner = {address for name, address in by_interface.items() if name.startswith(INNER)}
    found = [*way_out(), *sorted(by_interface.values(), key=lambda address: (address in inner, ipaddress.ip_address(address).is_link_local))]
    return [address for address in dict.fromkeys(found) if not ipaddress.ip_address(address).is_loopback]


def way_out() -> list[str]:
    """The address from which this machine would leave its network; nothing where it has no way out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
            return [probe.getsockname()[0]]
        except OSError:
            return []


def interfaces() -> list[tuple[int, str]]:
    """(number, name) of the network interfaces; nothing where the system does not say."""
    try:
        return socket.if_nameindex()
    except (OSError, AttributeError):
        return []


def address_of(interface: str) -> str | None:
    """The IPv4 address of an interface; None where it has none, or the system does not say."""
    try:
        import fcntl

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            answer = fcntl.ioctl(probe.fileno(), ASK, struct.pack("256s", interface.encode()[:15]))
    except (ImportError, OSError):
        return None
    return socket.inet_ntoa(answer[20:24])
