"""Pages of people: signing in by link or password, signing out, one's password and tokens for scripts."""

from __future__ import annotations

import uuid

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import Blueprint, Response, redirect, request

from facilitate.core import registry
from facilitate.core.credits import SIGN_INS
from facilitate.core.db import db
from facilitate.core.http import address, credentials
from facilitate.core.pages import again, local_path, page, problem, protect, set_cookie
from facilitate.core.registry import Viewer
from facilitate.core.spine import spine
from facilitate.people import queries

pages = Blueprint("people", __name__)

DAY = 86_400_000
SIGNED_IN, API_TOKEN = 90 * DAY, 365 * DAY
"""ms for which a browser stays signed in, and a token for scripts lives."""
SHORTEST = 10
HASHER = PasswordHasher()
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$BOcHYjYe4SeWPfMjglPY3g$3FT40dSdZWiku8N1/Xub47HWRmANuI7tfpveowh6pQI"
"""The hash of no account: a name that nobody has takes as long to refuse as a wrong password, and so tells nothing."""


def signed_in() -> Viewer | None:
    """The account of this browser, or None."""
    return registry.ask("identify", db.session, credentials("account"), None)


def sign_in_first() -> Response:
    """The way to the sign-in page and back."""
    return redirect(f"/sign-in?next={request.path}", 303)  # type: ignore[return-value]


def keep_signed_in(account: str, back: str) -> Response:
    """Set the cookie of an account that proved who it is, and go on."""
    secret = queries.new_secret()
    spine().act(
        "people.issue_token", {"token": str(uuid.uuid4()), "kind": "account", "hash": queries.digest(secret), "account": account, "lifetime": SIGNED_IN}
    )
    return set_cookie(redirect(back, 303), "account", secret, 90)  # type: ignore[arg-type]


@pages.get("/sign-in")
def sign_in_page() -> Response:
    """The form for address and password."""
    return page("people/sign_in.html", next=local_path(request.args.get("next") or "/studio"))


@pages.post("/sign-in")
def sign_in() -> Response:
    """Sign in with address and password; the same sentence for an unknown address and a wrong password."""
    if (refused := protect()) is not None:
        return refused
    email = request.form.get("email", "")[:254]
    wait = spine().credits.spend(SIGN_INS, address(), email.lower())
    if wait is not None:
        return problem("slow_down", "refusal.slow_down")
    account = queries.account_of(db.session, email)
    known, hashed = (account.id, account.password_hash) if account is not None else (None, None)
    db.session.rollback()
    fits = spine().runtime.thread(verify, hashed or NOBODYS, request.form.get("password", "")[:200])
    if known is None or hashed is None or not fits:
        return again("/sign-in", "sign-in", {"code": "sign_in", "sentence": ""})
    return keep_signed_in(known, local_path(request.form.get("next") or "/studio"))


def verify(hashed: str, password: str) -> bool:
    """Whether a password fits its hash (computes for long)."""
    try:
        return HASHER.verify(hashed, password)
    except VerificationError:
        return False


@pages.get("/sign-in/<token>")
def link_page(token: str) -> Response:
    """One button: opening a link signs nobody in, so that a mail scanner cannot use it up."""
    if queries.token(db.session, token, "sign_in") is None:
        return problem("not_found", "refusal.link_used")
    return page("people/one_button.html", action=request.path, title_key="app.sign_in.title", button_key="app.sign_in.button")


@pages.post("/sign-in/<token>")
def use_link(token: str) -> Response:
    """Use the link up and sign its account in."""
    if (refused := protect()) is not None:
        return refused
    found = queries.token(db.session, token, "sign_in")
    if found is None or found.account_id is None:
        return problem("not_found", "refusal.link_used")
    account, used = found.account_id, found.id
    db.session.rollback()
    if not spine().act("people.use_token", {"token": used})["ok"]:
        return problem("not_found", "refusal.link_used")
    return keep_signed_in(account, "/studio")


@pages.post("/sign-out")
def sign_out() -> Response:
    """Forget this browser's account."""
    if (refused := protect()) is not None:
        return refused
    viewer, secret = signed_in(), request.cookies.get("account")
    found = queries.token(db.session, secret, "account")
    if viewer is not None and found is not None:
        used = found.id
        db.session.rollback()
        spine().act("people.revoke_token", {"token": used}, None, viewer)
    response = redirect("/", 303)
    response.delete_cookie("account")
    return response  # type: ignore[return-value]


@pages.get("/studio/account")
def account_page() -> Response:
    """One's password and tokens for scripts."""
    viewer = signed_in()
    if viewer is None or viewer.account is None:
        return sign_in_first()
    account = queries.account(db.session, viewer.account)
    return page("people/account.html", account=account, tokens=queries.api_tokens(db.session, viewer.account), shortest=SHORTEST)


@pages.post("/studio/account/password")
def set_password() -> Response:
    """Set one's password."""
    viewer = signed_in()
    if viewer is None or viewer.account is None:
        return sign_in_first()
    if (refused := protect()) is not None:
        return refused
    password = request.form.get("password", "")
    if not SHORTEST <= len(password) <= 200:
        return again("/studio/account", "password", {"code": "invalid", "sentence": "", "fields": {"password": True}})
    db.session.rollback()
    hashed = spine().runtime.thread(HASHER.hash, password)
    spine().act("people.set_password", {"account": viewer.account, "password_hash": hashed})
    return redirect("/studio/account", 303)  # type: ignore[return-value]


@pages.post("/studio/account/tokens")
def make_token() -> Response:
    """Make a token for scripts and show it once."""
    viewer = signed_in()
    if viewer is None or viewer.account is None:
        return sign_in_first()
    if (refused := protect()) is not None:
        return refused
    secret, label = queries.new_secret(), request.form.get("label", "").strip()[:80]
    db.session.rollback()
    words = {"token": str(uuid.uuid4()), "kind": "api", "hash": queries.digest(secret), "account": viewer.account, "lifetime": API_TOKEN}
    spine().act("people.issue_token", words | ({"label": label} if label else {}))
    account = queries.account(db.session, viewer.account)
    return page("people/account.html", account=account, tokens=queries.api_tokens(db.session, viewer.account), shortest=SHORTEST, fresh=secret)
