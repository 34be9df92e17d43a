"""Table of challenges: the problems that an event works on."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.core.db import Base


class Challenge(Base):
    """A problem with somebody who has it: title, problem, host, theme, status."""

    __tablename__ = "challenges"

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    source_id: Mapped[str | None]
    number: Mapped[int]
    title: Mapped[str]
    problem: Mapped[str] = mapped_column(default="")
    host: Mapped[str] = mapped_column(default="")
    theme: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="approved")
