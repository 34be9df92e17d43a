"""What the server's time is spent on while phones act: samples of its stack, taken from outside, by part of the house."""

import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import psutil

HEADS = ["part of the house", "share of the processor time %"]
RATE, SECONDS, PATIENCE = 100, 8, 120
"""Samples a second, for how many seconds, and how long it waits for the phones to be there."""
PARTS = {
    "messages: reading them, sending acknowledgements": ("Socket._websocket_handler",),
    "fan-out: rendering and writing frames": ("live/ticks.py",),
    "what is due: agenda, seals": ("core/jobs.py",),
    "garbage": ("_tidy",),
    "commands: rules and ballots": ("facilitate/voting/", "facilitate/ideas/", "facilitate/events/"),
    "the log: numbers, and what is known already": ("core/changes.py",),
    "transactions: begin, savepoints, commit": ("core/writer.py", "eventlet/tpool.py"),
    "the event loop": ("eventlet/",),
}
"""Part → what its frames are called; the first one found in a stack has it."""


class Samples:
    """Samples of a process from the moment on when so many connections are open to it."""

    def __init__(self, pid: int, clients: int, folder: Path) -> None:
        self._pid, self._clients, self._file = pid, clients, folder / "stacks"
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def _watch(self) -> None:
        server, deadline = psutil.Process(self._pid), time.monotonic() + PATIENCE
        while len(server.net_connections()) <= self._clients and time.monotonic() < deadline:
            time.sleep(0.2)
        program = str(Path(sys.executable).parent / "py-spy")
        command = [program, "record", "--gil", "--rate", str(RATE), "--duration", str(SECONDS), "--format", "raw", "--output", str(self._file)]
        subprocess.run([*command, "--pid", str(self._pid)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)

    def shares(self) -> list[list[str | float]]:
        """[[part, share in percent]], the largest first; nothing where the system lets nobody look at a process."""
        self._watching.join(PATIENCE + 2 * SECONDS)
        counts: Counter[str] = Counter()
        for line in self._file.read_text(encoding="utf-8").splitlines() if self._file.exists() else []:
            stack, _, samples = line.rpartition(" ")
            counts[part_of(stack)] += int(samples)
        return [[part, round(100 * n / counts.total(), 1)] for part, n in counts.most_common()]


def part_of(stack: str) -> str:
    """The part of the house to which a stack belongs."""
    return next((part for part, marks in PARTS.items() if any(mark in stack for mark in marks)), "the rest")
