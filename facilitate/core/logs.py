"""Logs: to standard error, as lines with fields, with tracebacks that name no values (a ballot or a token must not get into a log)."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog


class Errors:
    """Standard error as a file that never raises: a disk too full for its log must not stop the server from saying so."""

    def write(self, text: str) -> None:
        """Write, or drop what cannot be written."""
        with suppress(OSError, ValueError):
            sys.stderr.write(text)

    def flush(self) -> None:
        """Flush, or leave it."""
        with suppress(OSError, ValueError):
            sys.stderr.flush()


def to_stderr() -> None:
    """Send every log line to standard error; what a command prints on standard output stays its own."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(cast(TextIO, Errors())),
        cache_logger_on_first_use=False,
    )
