"""Starts the server: patches for the async mode before anything else is imported, then app, runtime, socket and fan-out."""

from __future__ import annotations

import os

from facilitate.config import Settings

MODES = ("eventlet", "threading")


def patch(mode: str) -> None:
    """Patch the standard library for an async mode; must run before anything else is imported."""
    if mode not in MODES:
        raise SystemExit(f"FACILITATE_ASYNC_MODE must be one of {', '.join(MODES)}, not {mode}.")
    if mode == "eventlet":
        import warnings

        warnings.filterwarnings("ignore", message="\\s*Eventlet is deprecated", category=DeprecationWarning)
        import eventlet

        eventlet.monkey_patch()


def main(settings: Settings | None = None, ready: object = None) -> None:
    """Serve until interrupted; `ready(app)` is called once the socket listens."""
    settings = settings or Settings(os.environ)
    patch(settings.async_mode)
    from facilitate.serving import serve

    serve(settings, ready)


if __name__ == "__main__":
    main()
