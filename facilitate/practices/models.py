"""Tables of practice records and of their deliveries to repositories."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.core.db import Base


class Practice(Base):
    """A practice record of an event, in its latest version."""

    __tablename__ = "practices"
    __table_args__ = (UniqueConstraint("event_id", "source_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    round_id: Mapped[str | None]
    source_id: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    fingerprint: Mapped[str] = mapped_column(default="")
    record: Mapped[dict[str, Any]] = mapped_column(JSON)
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(default="draft")
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[int]
    updated_at: Mapped[int]


class Delivery(Base):
    """That a version of a record went, or could not go, to a repository: exactly one row per target, record and version."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("target", "practice_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practices.id", ondelete="CASCADE"), index=True)
    target: Mapped[str]
    version: Mapped[int]
    status: Mapped[str]
    receipt: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[int]
