"""Starts the server: patches for the async mode before anything else is imported, then app, runtime, socket and fan-out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from facilitate.config import Settings

MODES = ("eventlet", "threading")


def patch(mode: str) -> None:
    """Patch the standard library for an async mode; must run before anything else is imported."""
    if mode not in MODES:
        raise ValueError(f"FACILITATE_ASYNC_MODE must be one of {', '.join(MODES)}, not {mode}.")
    if mode == "eventlet":
        import warnings

        warnings.filterwarnings("ignore", message="\\s*Eventlet is deprecated")
        os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")  # its own way of waiting would hold the whole loop
        import eventlet

        eventlet.monkey_patch()


def patched() -> Settings:
    """The settings of the environment, with the library patched for them; ends the program where one of them is no such value."""
    try:
        settings = Settings(os.environ)
        patch(settings.async_mode)
    except ValueError as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
    return settings


def main(settings: Settings | None = None, ready: Callable[[Any], None] | None = None) -> None:
    """Serve until interrupted; `ready(app)` is called once everything works. What keeps the server from starting ends the program
    with one sentence and an exit code.
    """
    settings = settings or patched()
    from facilitate.instance import Trouble
    from facilitate.serving import serve

    try:
        serve(settings, ready)
    except Trouble as trouble:
        print(trouble.sentence(settings.language), file=sys.stderr)
        raise SystemExit(trouble.code) from None


if __name__ == "__main__":
    main()
