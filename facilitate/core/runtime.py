"""The async mode as one object: how to start work, queue, wait, sleep and commit."""

from __future__ import annotations

import queue
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Runtime:
    """What core needs from an async mode; server.py has one for eventlet and one for threads.

    `thread(function, *args)` runs a function that computes for long (a hash) beside the event loop and returns its value;
    `process(argv, input)` runs a program and returns (exit code, its output); `commit(connection)` commits on the driver's
    connection without holding the loop.
    """

    mode: str
    spawn: Callable[..., Any]
    queue: Callable[[], Any]
    event: Callable[[], Any]
    sleep: Callable[[float], None]
    commit: Callable[[Any], None]
    thread: Callable[..., Any]
    process: Callable[[list[str], bytes], tuple[int, bytes]]


class Waiting:
    """A value that one side sets once and the other waits for, in every async mode."""

    def __init__(self, runtime: Runtime) -> None:
        self._event, self._value = runtime.event(), None

    def set(self, value: Any) -> None:
        """Hand over the value."""
        self._value = value
        self._event.set()

    def wait(self) -> Any:
        """The value, once it is there."""
        self._event.wait()
        return self._value


def run_process(argv: list[str], given: bytes) -> tuple[int, bytes]:
    """Run a program to its end with `given` on its standard input: (exit code, standard output)."""
    done = subprocess.run(argv, input=given, stdout=subprocess.PIPE, check=False)
    return done.returncode, done.stdout


def threads() -> Runtime:
    """The runtime of plain threads: used in `threading` mode, on the command line and in tests."""

    def spawn(function: Callable[..., Any], *args: Any) -> threading.Thread:
        thread = threading.Thread(target=function, args=args, daemon=True)
        thread.start()
        return thread

    return Runtime(
        mode="threading",
        spawn=spawn,
        queue=queue.Queue,
        event=threading.Event,
        sleep=time.sleep,
        commit=lambda connection: connection.commit(),
        thread=lambda function, *args: function(*args),
        process=run_process,
    )
