"""The running server: runtime of the async mode, our own listening socket, the WSGI server, and a clean end."""

from __future__ import annotations

import errno
import gc
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import structlog
from flask import Flask
from flask_socketio import SocketIO
from sqlalchemy import Engine, QueuePool, event
from sqlalchemy.exc import DBAPIError

from facilitate import app as application
from facilitate import instance, network
from facilitate.config import Settings
from facilitate.core import jobs, logs
from facilitate.core.db import db
from facilitate.core.http import same_origin
from facilitate.core.runtime import Runtime, threads
from facilitate.core.spine import Spine
from facilitate.instance import BROKEN, CANNOT_START, Lock, Trouble
from facilitate.live.sockets import FRAME_LIMIT, Sockets

TIDY, THOROUGH = 5.0, 120
"""Seconds between two looks at what the garbage collector can leave alone, and after how many of them it looks through all."""
BACKLOG, MOST = 2048, 20_000
"""Connections that wait to be accepted, and connections at once (the WSGI server's own default stops at 1,024)."""
LAST_WORDS = 0.2
"""Seconds in which answers that are on their way leave when the server stops."""
LAST_LOOK = 2.0
"""Seconds that readers have to put their connections to the database down when the server stops."""

log = structlog.get_logger()
Ready = Callable[[Flask], None]


class Closing(Exception):
    """The server ends: the database takes no new reader."""


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

    Trouble says why the server cannot listen there.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise _cannot_listen(error, host, port) from None
    return listener


def _cannot_listen(error: Exception, host: str, port: int) -> Trouble:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return Trouble(CANNOT_START, "cli.port_taken", port=port, other=port + 1)
    if number in (errno.EACCES, errno.EPERM):
        return Trouble(CANNOT_START, "cli.port_forbidden", port=port)
    return Trouble(CANNOT_START, "cli.cannot_listen", host=host, port=port, problem=getattr(error, "strerror", None) or error)


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


def serve(settings: Settings, ready: Ready | None = None) -> None:
    """Serve until interrupted; `ready(app)` is called once everything works. Trouble says why the server cannot start."""
    logs.to_stderr()
    _many_connections()
    instance.check_language(settings)
    with instance.locked(settings) as lock:
        instance.check(settings)
        with closing(listen(settings.host, settings.port)) as listener:
            settings.port = listener.getsockname()[1]
            settings.reached_at = network.urls(settings.host, settings.port, settings.public_url)[0]
            _serve(settings, listener, lock, ready)


def _serve(settings: Settings, listener: socket.socket, lock: Lock, ready: Ready | None) -> None:
    app, sockets = build(settings)
    spine: Spine = app.extensions["facilitate"]
    _migrate(app, settings)
    spine.writer.start()
    sockets.ticker.start()
    beat = jobs.Beat(spine)
    beat.start()
    spine.runtime.spawn(_tidy, sockets)
    stop = _Stop(settings.async_mode)
    try:
        lock.tell(pid=os.getpid(), port=settings.port, url=_own(settings), key=spine.local_key, public=settings.reached_at)
        if ready is not None:
            ready(app)
        else:
            log.info("serving", url=settings.reached_at)
        _run(settings.async_mode, listener, app, stop)
    except KeyboardInterrupt:
        pass
    finally:
        beat.stop()
        spine.writer.stop()
        with app.app_context():
            let_go(db.engine, spine.runtime.sleep)


def let_go(engine: Engine, sleep: Callable[[float], None]) -> None:
    """Close all connections to the database for good, those too that a thread has in hand while it ends: the last one to close
    writes the write-ahead log back, and one that was opened after it would leave a new log."""
    event.listen(engine, "do_connect", _refuse)
    pool = engine.pool
    engine.dispose(close=False)  # nobody takes a connection from that pool any more; what is in hand comes back to it
    deadline = time.monotonic() + LAST_LOOK
    while isinstance(pool, QueuePool) and pool.checkedout() and time.monotonic() < deadline:
        sleep(0.01)
    pool.dispose()


def _refuse(*_: Any) -> None:
    raise Closing


def _tidy(sockets: Sockets) -> None:
    """Keep what lives long out of the garbage collector's way: a full collection over a thousand phones holds the loop for 180 ms.

    What has survived is set aside every few seconds. All of it is looked through when the last one has left, and every ten
    minutes, so that what was set aside and died meanwhile does not stay.
    """
    looks, crowd = 0, False
    while True:
        left, crowd = crowd and not sockets.screens.connections, bool(sockets.screens.connections)
        looks = 0 if left else (looks + 1) % THOROUGH
        if not looks:
            gc.unfreeze()
        if crowd or not looks:
            gc.collect(1 if looks else 2)
            gc.freeze()
        sockets.spine.runtime.sleep(TIDY)


def _migrate(app: Flask, settings: Settings) -> None:
    try:
        application.migrate(app)
    except DBAPIError as error:
        raise Trouble(BROKEN, "cli.database_closed", file=settings.database, problem=error.orig) from None


def _own(settings: Settings) -> str:
    """The address at which programs of this machine reach the server."""
    host = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return network.urls(host, settings.port)[0]


def _many_connections() -> None:
    """Open as many files as the system lets this process: each phone is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + 200 if hard == resource.RLIM_INFINITY else min(hard, MOST + 200)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class _Stop:
    """The wish to stop: what was begun is finished after the first signal, the second one ends the process at once."""

    def __init__(self, mode: str) -> None:
        self._wish: Any = None
        if mode == "eventlet":
            import eventlet

            self._wish = eventlet.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._signal)

    def _signal(self, *_: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        self.wish()
        if self._wish is None:
            raise KeyboardInterrupt

    def wish(self, *_: Any) -> None:
        """Stop, also where nobody sent a signal. An exception here would hit whichever greenlet runs, the writer too."""
        if self._wish is not None and not self._wish.ready():
            self._wish.send()

    def wait(self) -> None:
        """Until somebody wishes it."""
        self._wish.wait()


def _run(mode: str, listener: socket.socket, app: Flask, stop: _Stop) -> None:
    if mode == "eventlet":
        import eventlet
        from eventlet import wsgi

        green = eventlet.greenio.GreenSocket(listener) if not hasattr(listener, "fd") else listener
        server = eventlet.spawn(wsgi.server, green, app, max_size=MOST, log_output=False, debug=False)
        server.link(stop.wish)
        stop.wait()
        eventlet.kill(server)
        eventlet.sleep(LAST_WORDS)
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
