"""What commands need of people: the organiser they act for, and fresh tokens of theirs."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple

from sqlalchemy.orm import Session

from facilitate.cli.say import t
from facilitate.instance import FAILED, Trouble
from facilitate.local import Act, done
from facilitate.people import queries

DAY = 86_400_000
LINK_LIVES, GREETING_LIVES = 7 * DAY, DAY
"""ms in which a sign-in link may be used: one that was asked for, and the one that each start prints."""
FIRST = "organiser@localhost"
"""The address of the organiser who is made when there is none."""

Reading = Callable[[], AbstractContextManager[Session]]


class Known(NamedTuple):
    """An organiser's account."""

    id: str
    email: str
    name: str


def organiser(act: Act, reading: Reading, email: str = "") -> Known:
    """The account with an address, else the first one, which is made where there is none; Trouble where the address has none."""
    with reading() as session:
        found = queries.account_of(session, email) if email else queries.first_account(session)
        if found is not None:
            return Known(found.id, found.email, found.name)
    if email:
        raise Trouble(FAILED, "cli.no_organiser", email=email)
    return make(act, FIRST, t("cli.first_organiser"))


def make(act: Act, email: str, name: str) -> Known:
    """Make an account; Trouble where the address has one."""
    made = Known(str(uuid.uuid4()), email, name)
    done(act("people.make_account", {"account": made.id, "email": email, "name": name}))
    return made


def token(act: Act, account: Known, kind: str, lifetime: int, label: str = "") -> str:
    """A fresh token of an account: `api` for scripts, `sign_in` for a link that serves once. `lifetime` in ms."""
    secret = queries.new_secret()
    words = {"token": str(uuid.uuid4()), "kind": kind, "hash": queries.digest(secret), "account": account.id, "lifetime": lifetime}
    done(act("people.issue_token", words | ({"label": label} if label else {})))
    return secret


def sign_in_link(act: Act, account: Known, base: str, lifetime: int = LINK_LIVES) -> str:
    """An address that signs an organiser in once."""
    return f"{base}/sign-in/{token(act, account, 'sign_in', lifetime)}"
