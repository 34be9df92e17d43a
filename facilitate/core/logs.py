"""Logs: to standard error, as lines with fields, with tracebacks that name no values (a ballot or a token must not get into a log)."""

from __future__ import annotations

import sys

import structlog


def to_stderr() -> None:
    """Send every log line to standard error; what a command prints on standard output stays its own."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
