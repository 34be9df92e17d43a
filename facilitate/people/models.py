"""Tables of people: organisers' accounts and every token that says who somebody is."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.core.db import Base

HANDED = "handed"
"""The label of a device, or of the link to one, that came to a member through the staff: a link made for them, or a freed seat."""


class Account(Base):
    """An organiser's account; without a password it is entered by sign-in links only."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    created_at: Mapped[int]


class Token(Base):
    """A secret that somebody carries, stored as its SHA-256 only.

    Kinds: `account` (a browser that signed in), `sign_in` (a link, used up once), `api` (a script that acts as an account),
    `device` (the one phone of a member, or a script that is one), `link` (moves a member to another device), `card` (a seat's
    printed card), `screen` (a projector), `screen_link` (the link that makes one).
    """

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    event_id: Mapped[str | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    seat_id: Mapped[str | None] = mapped_column(ForeignKey("seats.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(default="")
    created_at: Mapped[int]
    expires_at: Mapped[int | None]
    used_at: Mapped[int | None]
    revoked_at: Mapped[int | None]
