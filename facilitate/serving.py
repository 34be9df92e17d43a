"""The running server: runtime of the async mode, our own listening socket, the WSGI server, and a clean end."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from facilitate import app as application
from facilitate.config import Settings
from facilitate.core import jobs
from facilitate.core.http import same_origin
from facilitate.core.runtime import Runtime, threads
from facilitate.core.spine import Spine
from facilitate.live.sockets import FRAME_LIMIT, Sockets

BACKLOG, MOST = 2048, 20_000
"""Connections that wait to be accepted, and connections at once (the WSGI server's own default stops at 1,024)."""


def eventlet_runtime() -> Runtime:
    """The runtime of eventlet: greenlets, and real threads only for the driver's commit and for hashing."""
    import eventlet
    from eventlet import tpool
    from eventlet.green import subprocess
    from eventlet.queue import LightQueue

    class Flag:
        """An event for one waiter."""

        def __init__(self) -> None:
            self._event = eventlet.Event()

        def set(self) -> None:
            self._event.send()

        def wait(self) -> None:
            self._event.wait()

    def process(argv: list[str], given: bytes) -> tuple[int, bytes]:
        child = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        output, _ = child.communicate(given)
        return child.returncode, output

    return Runtime(
        mode="eventlet",
        spawn=eventlet.spawn,
        queue=LightQueue,
        event=Flag,
        sleep=eventlet.sleep,
        commit=lambda connection: tpool.execute(connection.commit),
        thread=tpool.execute,
        process=process,
    )


def runtime_of(mode: str) -> Runtime:
    """The runtime of an async mode."""
    return eventlet_runtime() if mode == "eventlet" else threads()


def listen(host: str, port: int) -> socket.socket:
    """Our own listening socket: no SO_REUSEPORT (a second server must not take a share), TCP_NODELAY, a long backlog.

    Raises OSError where the port is taken.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def without_deflate(wsgi: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse permessage-deflate: it costs 100 kB a connection and our frames are small."""

    def refusing(environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return wsgi(environ, start_response)

    return refusing


def build(settings: Settings) -> tuple[Flask, Sockets]:
    """The app with its sockets; nothing runs yet."""
    app = application.create_app(settings, runtime_of(settings.async_mode))
    socketio = SocketIO(
        app,
        async_mode=settings.async_mode,
        async_handlers=False,
        max_http_buffer_size=FRAME_LIMIT,
        http_compression=False,
        cookie=None,
        manage_session=False,
        ping_interval=20,
        ping_timeout=20,
        cors_allowed_origins=lambda origin, environ: same_origin(origin or "", environ, settings.public_url),
    )
    app.wsgi_app = without_deflate(app.wsgi_app)  # type: ignore[method-assign]
    return app, Sockets(app.extensions["facilitate"], socketio)


def serve(settings: Settings, ready: Any = None) -> None:
    """Serve until interrupted."""
    app, sockets = build(settings)
    spine: Spine = app.extensions["facilitate"]
    listener = listen(settings.host, settings.port)
    spine.writer.start()
    sockets.ticker.start()
    jobs.start(spine)
    signal.signal(signal.SIGTERM, _interrupt)
    if ready is not None:
        ready(app)
    try:
        _run(settings.async_mode, listener, app)
    except KeyboardInterrupt:
        pass
    finally:
        spine.writer.stop()


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def _run(mode: str, listener: socket.socket, app: Flask) -> None:
    if mode == "eventlet":
        import eventlet
        from eventlet import wsgi

        wsgi.server(eventlet.greenio.GreenSocket(listener) if not hasattr(listener, "fd") else listener, app, max_size=MOST, log_output=False, debug=False)
        return
    from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        """No line for each request."""

        protocol_version = "HTTP/1.1"

        def log_request(self, *_: Any) -> None:
            """Say nothing."""

    host, port = listener.getsockname()[:2]
    server = ThreadedWSGIServer(host, port, app, handler=Quiet, fd=listener.fileno())
    server.daemon_threads = True
    server.serve_forever()


if __name__ == "__main__":
    sys.exit("Start the server with run.py or with: facilitate run")
