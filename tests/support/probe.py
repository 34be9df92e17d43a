"""Runs `facilitate` as ever, and on SIGUSR1 writes what its sockets look like from inside to probe.json in the instance folder.

The signal handler is all that it adds: what it reads are the process's own files and the connections that Engine.IO holds.
"""

import gc
import json
import os
import signal
import socket
import stat
from pathlib import Path
from typing import Any


def connections(port: int) -> Any:
    """Every accepted TCP connection of this process on a port, as a socket of its own."""
    for name in Path("/proc/self/fd").iterdir():
        try:
            if not stat.S_ISSOCK(os.fstat(int(name.name)).st_mode):
                continue
            with socket.socket(fileno=os.dup(int(name.name))) as found:
                if found.family in (socket.AF_INET, socket.AF_INET6) and found.getsockname()[1] == port:
                    found.getpeername()  # an error for the listening socket
                    yield found
        except OSError:
            continue


def told(port: int) -> dict[str, list[int]]:
    """`nodelay`: TCP_NODELAY of each accepted connection. `queued`: packets that wait in each Engine.IO connection."""
    from engineio.base_socket import BaseSocket

    gc.unfreeze()  # what a server sets aside is not among the objects else
    return {
        "nodelay": [found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for found in connections(port)],
        "queued": [thing.queue.qsize() for thing in gc.get_objects() if isinstance(thing, BaseSocket) and not thing.closed],
    }


def answer(*_signal: Any) -> None:
    """Write the answer in one go, so that nobody reads half of it."""
    folder = Path(os.environ["FACILITATE_INSTANCE"])
    (folder / "probe.part").write_text(json.dumps(told(int(os.environ["FACILITATE_PORT"]))), encoding="utf-8")
    (folder / "probe.part").rename(folder / "probe.json")


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, answer)
    from facilitate.cli import main

    main()
