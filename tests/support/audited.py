"""Runs `facilitate` as ever, and writes into a file (the first word) whom it connects to, sends to, looks up or starts."""

import sys
from pathlib import Path
from typing import Any

WATCHED = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0, "subprocess.Popen": 1}
"""Which events of Python's own audit are written down, and which of their values says whom."""


def listen(file: Path) -> None:
    """Write every watched event into the file, from now until the process ends."""
    out = file.open("a", encoding="utf-8", buffering=1)

    def hook(event: str, values: tuple[Any, ...]) -> None:
        if event in WATCHED:
            out.write(f"{event} {values[WATCHED[event]]!r}\n")

    sys.addaudithook(hook)


if __name__ == "__main__":
    listen(Path(sys.argv.pop(1)))
    from facilitate.cli import main

    main()
