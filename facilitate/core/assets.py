"""Static files under an address that changes with any of them: browsers keep them for a year, and never mix two versions.

The mark stands in the path, not in the query, because modules and style sheets name each other by relative paths. What
compresses well is compressed once, not for each of three hundred phones that join in the same minute.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import time
from functools import lru_cache

from flask import Flask, Response, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.utils import safe_join

from facilitate.core import paths

YEAR = 31_536_000
LOOKED = 2.0
"""s for which the mark is not computed again."""
TEXTS = (".js", ".css", ".svg", ".json")

_known: tuple[float, str] = (float("-inf"), "")


def mark() -> str:
    """Ten hexadecimal digits that change when any static file does."""
    global _known
    looked, found = _known
    if time.monotonic() - looked > LOOKED:
        digest = hashlib.sha256()
        for path in sorted(paths.static().rglob("*")):
            if path.is_file():
                digest.update(f"{path.name} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
        found = digest.hexdigest()[:10]
        _known = (time.monotonic(), found)
    return found


def asset(name: str) -> str:
    """The address of a static file."""
    return f"/assets/{mark()}/{name}"


def serve(seen: str, name: str) -> Response:
    """A static file; under the mark of another version it is given, but not kept."""
    now = mark()
    if name.endswith(TEXTS) and request.accept_encodings["gzip"] > 0:
        response = packed(zipped(name, now), mimetypes.guess_type(name)[0])
        response.set_etag(now)
        response = response.make_conditional(request)  # type: ignore[assignment]
    else:
        response = send_from_directory(paths.static(), name)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if seen == now else "no-cache"
    return response


def packed(body: bytes, mimetype: str | None) -> Response:
    """An answer whose body is compressed already."""
    return Response(body, mimetype=mimetype, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})


@lru_cache(maxsize=400)
def zipped(name: str, now: str) -> bytes:
    """A static file, compressed; `now` is the mark of the version."""
    path = safe_join(str(paths.static()), name)
    if path is None:
        raise NotFound
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (a path that was joined safely)
            return gzip.compress(file.read(), 9, mtime=0)
    except OSError:
        raise NotFound from None


def init_app(app: Flask) -> None:
    """Serve the static files, and give templates their addresses."""
    app.add_url_rule("/assets/<seen>/<path:name>", "asset", serve)
    app.jinja_env.globals["asset"] = asset
