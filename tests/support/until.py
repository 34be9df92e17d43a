"""Waiting for what another thread or process will do: look again and again, give up at a deadline, never sleep and hope."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def until(look: Callable[[], Found], what: str, patience: float = 20) -> Found:
    """The first value of `look` that is true; the test fails with `what` when there is none within `patience` seconds."""
    deadline, pause = time.monotonic() + patience, 0.005
    while not (found := look()):
        assert time.monotonic() < deadline, f"waited {patience} s in vain: {what}"
        time.sleep(pause)
        pause = min(pause * 1.3, 0.1)  # who waits for seconds leaves the processor to those who are waited for
    return found
