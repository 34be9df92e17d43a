"""Waiting for what another thread or process will do: look again and again, give up at a deadline, never sleep and hope."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def until(look: Callable[[], Found], what: str, patience: float = 20) -> Found:
    """The first value of `look` that is true; the test fails with `what` when there is none within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < deadline, f"waited {patience} s in vain: {what}"
        time.sleep(0.005)
    return found
