"""Pages: what every template may use, the headers of every answer, and the door by which a page's form becomes a command."""

from __future__ import annotations

import gzip
import json
import uuid
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError, generate_csrf, validate_csrf
from werkzeug.exceptions import HTTPException
from wtforms import ValidationError

from facilitate.core import assets, strings
from facilitate.core.commands import COMMANDS
from facilitate.core.forms import words_of
from facilitate.core.refusals import STATUS
from facilitate.core.registry import Viewer
from facilitate.core.spine import spine

THEMES = ("light", "dark")
_DESIGNER = tuple(f"activity.{part}." for part in ("advice", "hint", "part", "shape", "shows"))
_SERVER = ("cli.", "join.", "phone.plain.", "practice.", "studio.", "template.", "vote.recount.", "vote.sample.", "vote.step.", *_DESIGNER)
UNSAID = {"phone": (*_SERVER, "console.", "activity.set."), "console": _SERVER, "projector": (*_SERVER, "activity.set.")}
"""The strings that only the server says, and on the phone those of the console too: a screen does not fetch them."""
LATER = {"phone": ("method.",)}
"""What a screen fetches when it first says one of these: how a vote is counted, which few people unfold."""
_OWN = ("refusal.offline", "refusal.too_large")
"""The refusals that a screen says by itself; all others come as sentences."""


def language() -> str:
    """The language of this page: the chosen one, else the best that the browser asks for and that exists here."""
    known = strings.languages()
    chosen = getattr(g, "language", None) or request.cookies.get("language")
    if chosen in known or chosen == strings.PSEUDO and current_app.testing:
        return str(chosen)
    return request.accept_languages.best_match(known) or spine().settings.language


def t(key: str, **values: Any) -> str:
    """A sentence of the catalogue in the language of this page."""
    return strings.t(language(), key, **values)


def strings_url(wanted: str, screen: str | None = None) -> str:
    """The address of a language's catalogue; with the name of a screen, of the part that this screen may say."""
    return url_for("strings_of", name=wanted, screen=screen, v=strings.fingerprint(wanted))


def base_url() -> str:
    """The address under which people reach this server: the public one where it is set, else the one of this request, and
    where that is this machine's own (a facilitator at the laptop), the one that phones on its network reach."""
    settings = spine().settings
    own = urlsplit(request.host_url).hostname in ("localhost", "127.0.0.1", "::1")
    return (settings.public_url or own and settings.reached_at or request.host_url).rstrip("/")


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A page in the visitor's language."""
    refusal = getattr(g, "refusal", None)
    response = Response(render_template(template, **values), status=STATUS.get(refusal["code"], 400) if refusal else status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language()
    return response


def problem(code: str, key: str, **values: Any) -> Response:
    """A refusal as a page that says it in one sentence, or as JSON for those who ask for it."""
    sentence = t(key, **values)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return Response(json.dumps({"ok": False, "code": code, "sentence": sentence}), status=STATUS[code], mimetype="application/json")
    return page("public/problem.html", STATUS[code], sentence=sentence, code=code)


def protect() -> Response | None:
    """Check the CSRF token of a page's form; a page in words where it is missing or too old."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except (CSRFError, ValidationError):
        return problem("forbidden", "refusal.form_too_old")
    return None


def send_form(name: str, viewer: Viewer | None, event: str | None, more: dict[str, Any] | None = None) -> Response:
    """Send a page's form through the gate; back to its page (`next`) when it is done, or that page again with what is wrong."""
    if (refused := protect()) is not None:
        return refused
    if name not in COMMANDS:
        return problem("unknown_command", "refusal.unknown_command")
    words = words_of(name, request.form) | (more or {})
    command_id = request.form.get("command_id") or str(uuid.uuid4())
    answer = spine().send(viewer, event, name, words, command_id)
    back = local_path(request.form.get("next"))
    if answer["ok"]:
        return redirect(back, 303)  # type: ignore[return-value]
    return again(back, name, answer)


def again(back: str, name: str, answer: dict[str, Any]) -> Response:
    """The page of a refused form once more, with the refusal and everything that was written."""
    g.refusal, g.kept, g.path = answer | {"command": name, "form": request.form.get("form", name)}, request.form, back
    adapter = current_app.url_map.bind_to_environ(request.environ)
    try:
        endpoint, values = adapter.match(urlsplit(back).path, method="GET")
    except HTTPException:
        return problem(answer["code"], "refusal.plain", sentence=answer["sentence"])
    return current_app.make_response(current_app.ensure_sync(current_app.view_functions[endpoint])(**values))


def local_path(wanted: str | None) -> str:
    """A path of this server; anything else, also what no header can hold, becomes the front page."""
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in wanted or ""):
        return "/"
    parts = urlsplit(wanted or "")
    return wanted if wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc else "/"


def kept(name: str, default: Any = "", form: str | None = None) -> Any:
    """What was written into a field of a form that was refused, else its default."""
    refusal = getattr(g, "refusal", None)
    if refusal is None or form is not None and refusal["form"] != form:
        return default
    return g.kept.get(name, default)


def set_cookie(response: Response, name: str, value: str, days: int = 365) -> Response:
    """Set a cookie that scripts cannot read and foreign pages cannot send; Secure behind TLS."""
    secure = request.is_secure or spine().settings.public_url.startswith("https:")
    response.set_cookie(name, value, max_age=days * 86_400, httponly=True, samesite="Lax", secure=secure)
    return response


def headers(response: Response) -> Response:
    """The headers that every answer carries."""
    host = request.host
    policy = (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self' ws://{host} wss://{host}; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'self'; require-trusted-types-for 'script'"
    )
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("Referrer-Policy", "no-referrer" if "token" in (request.view_args or {}) else "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    return response


def catalogue(name: str) -> Response:
    """A catalogue of strings for the browser."""
    if name not in strings.languages() and name != strings.PSEUDO:
        return problem("not_found", "refusal.not_found")
    screen = request.args.get("screen", "")
    screen, later = screen if screen in UNSAID else "", "later" in request.args
    if request.accept_encodings["gzip"] > 0:
        response = assets.packed(_zipped_catalogue(name, screen, later, strings.fingerprint(name)), "application/json")
    else:
        response = Response(_catalogue_bytes(name, screen, later), mimetype="application/json")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _catalogue_bytes(name: str, screen: str, later: bool) -> bytes:
    said = {key: entry for key, entry in strings.catalogue(name).items() if _says(screen, key) and _waits(screen, key) == later}
    return json.dumps(said, ensure_ascii=False).encode()


def _says(screen: str, key: str) -> bool:
    """Whether a screen may say a string at all; without the name of a screen every string is given."""
    return not screen or not key.startswith((*UNSAID[screen], "refusal.")) or key in _OWN


def _waits(screen: str, key: str) -> bool:
    """Whether a string is among those that a screen fetches later; the words of a method's steps stand on its ballots."""
    return key.startswith(LATER.get(screen, ())) and ".word." not in key


@lru_cache(maxsize=40)
def _zipped_catalogue(name: str, screen: str, later: bool, fingerprint: str) -> bytes:
    """A catalogue, compressed once, not for each phone that joins."""
    return gzip.compress(_catalogue_bytes(name, screen, later), 9, mtime=0)


def failed(error: HTTPException) -> Response:
    """An HTTP error as a page, or JSON, in words."""
    key = {404: "refusal.not_found", 405: "refusal.not_found", 413: "refusal.too_large"}.get(error.code or 500, "refusal.failed")
    code = {404: "not_found", 405: "not_found", 413: "too_large"}.get(error.code or 500, "unavailable")
    return problem(code, key)


def init_app(app: Flask) -> None:
    """Give an app its pages' environment."""
    app.add_url_rule("/i18n/<name>.json", "strings_of", catalogue)
    app.after_request(headers)
    app.register_error_handler(HTTPException, failed)
    app.jinja_env.globals.update(t=t, kept=kept, csrf_token=generate_csrf, new_id=lambda: str(uuid.uuid4()), language=language, base_url=base_url)
    app.context_processor(lambda: {"refusal": getattr(g, "refusal", None), "path": getattr(g, "path", request.full_path.rstrip("?"))})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
