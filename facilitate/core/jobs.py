"""Work beside the event loop: what is due every so often, and programs that run in a process of their own."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import structlog

from facilitate.core import registry
from facilitate.core.runtime import Waiting
from facilitate.core.spine import Spine

BEAT = 0.25
"""Seconds between two looks at what is due."""

log = structlog.get_logger()


class Beat:
    """The look at what the features registered as periodic, every quarter second from `start` to `stop`."""

    def __init__(self, spine: Spine) -> None:
        self._spine, self._stopping = spine, False
        self._ended = Waiting(spine.runtime)

    def start(self) -> None:
        """Begin to look (once)."""
        self._spine.runtime.spawn(self._work)

    def stop(self) -> None:
        """Look no more; what is under way is brought to its end first."""
        self._stopping = True
        self._ended.wait()

    def _work(self) -> None:
        due = [0.0] * len(registry.PERIODIC)
        while not self._stopping:
            for place, (seconds, _) in enumerate(registry.PERIODIC):
                if time.monotonic() >= due[place]:
                    due[place] = time.monotonic() + seconds
                    run_due(self._spine, place)
            self._spine.runtime.sleep(BEAT)
        self._ended.set(None)


def run_due(spine: Spine, place: int) -> None:
    """Send the commands that one periodic function asks for now."""
    try:
        with spine.reading() as session:
            wanted = list(registry.PERIODIC[place][1](session))
        for event, name, words in wanted:
            spine.act(name, words, event)
    except Exception:
        log.exception("periodic_failed")


def program(spine: Spine, argv: list[str], given: Any, done: Callable[[int, Any], None]) -> None:
    """Run a program with a JSON document, written or not, on its standard input; `done(exit code, JSON document or None)` gets its end."""

    def work() -> None:
        code, output = spine.runtime.process(argv, given if isinstance(given, bytes) else json.dumps(given).encode())
        try:
            document = json.loads(output) if output else None
        except ValueError:
            document = None
        done(code, document)

    spine.runtime.spawn(work)
