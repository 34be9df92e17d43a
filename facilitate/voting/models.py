"""Tables of voting: rounds, their options, ballots while a round is open, and what sealing leaves of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.core.db import Base


class Round(Base):
    """One opening of a vote; `version` is another one whenever its options changed."""

    __tablename__ = "rounds"

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    activity_id: Mapped[str] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"), index=True)
    run: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(default="draft")
    shape: Mapped[str]
    method: Mapped[str]
    secret: Mapped[bool] = mapped_column(default=True)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    opened_at: Mapped[int | None]
    closed_at: Mapped[int | None]
    seal_at: Mapped[int | None] = mapped_column(index=True)
    sealed_at: Mapped[int | None]
    eligible: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=0)


class Option(Base):
    """What can be chosen in a round; its id is that of the idea, group, challenge, team or solution it stands for."""

    __tablename__ = "options"
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="open")
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    theme: Mapped[str | None]


class Ballot(Base):
    """A ballot of a round that is not sealed, under the voter's token: an HMAC whose key lives outside the database."""

    __tablename__ = "ballots"
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(primary_key=True)
    ballot: Mapped[Any] = mapped_column(JSON)


class SealedBallot(Base):
    """A ballot of a sealed round: shuffled, without token or time. Of a secret one nothing tells whose it was, and `weight` is None where
    fewer than five ballots share it; in a named round `member_id` says who cast it."""

    __tablename__ = "sealed_ballots"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    ballot: Mapped[Any] = mapped_column(JSON)
    weight: Mapped[int | None] = mapped_column(default=1)
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))


class Right(Base):
    """The right of a member to vote in an activity with a frozen roll: with what weight, and by whose phone.

    `holder_id` is the delegate who votes for a person without a device; None votes for oneself.
    """

    __tablename__ = "rights"
    __table_args__ = {"sqlite_with_rowid": False}

    activity_id: Mapped[str] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    weight: Mapped[int] = mapped_column(default=1)
    holder_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))


class Outcome(Base):
    """The result of a sealed round, as it was counted."""

    __tablename__ = "outcomes"

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)
