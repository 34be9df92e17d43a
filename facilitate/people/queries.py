"""Reads of people: whom a token stands for, and accounts."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from facilitate.core.db import now, table_of
from facilitate.people.models import Account, Token


def new_secret() -> str:
    """A fresh token: 256 random bits, safe in addresses."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """The form in which a token is stored."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


_T = table_of(Token)
_TOKEN = select(_T).where(_T.c.hash == bindparam("hash"))
"""Asked at every request and connection: made once and run on the connection."""


def token(session: Session, secret: str | None, *kinds: str) -> Any:
    """The living token behind a secret, as a row of the table: neither used up, revoked nor expired, and of one of the kinds."""
    if not secret:
        return None
    found = session.connection().execute(_TOKEN, {"hash": digest(secret)}).first()
    if found is None or found.kind not in kinds or found.revoked_at is not None or found.used_at is not None:
        return None
    return None if found.expires_at is not None and found.expires_at < now() else found


def account_of(session: Session, email: str) -> Account | None:
    """The account with an address, however it is written."""
    return session.scalar(select(Account).where(func.lower(Account.email) == email.strip().lower()))


def first_account(session: Session) -> Account | None:
    """The account that was made first: the organiser whom `make run` greets."""
    return session.scalar(select(Account).order_by(Account.created_at).limit(1))


def api_tokens(session: Session, account: str) -> list[Token]:
    """The living tokens for scripts of an account, newest first."""
    query = select(Token).where(Token.account_id == account, Token.kind == "api", Token.revoked_at.is_(None))
    return list(session.scalars(query.order_by(Token.created_at.desc())))


def account(session: Session, account_id: str) -> Account | None:
    """An account by its id."""
    return session.get(Account, account_id)
