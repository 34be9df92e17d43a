"""Tables of ideas and of the groups they are sorted into."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.core.db import Base


class Idea(Base):
    """What a person put up: a card, a statement, a solution in one sentence."""

    __tablename__ = "ideas"

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    activity_id: Mapped[str] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    number: Mapped[int]
    text: Mapped[str]
    title: Mapped[str]
    status: Mapped[str] = mapped_column(default="shown")
    reason: Mapped[str] = mapped_column(default="")
    publish: Mapped[bool] = mapped_column(default=True)
    group_id: Mapped[str | None] = mapped_column(ForeignKey("groups.id", ondelete="SET NULL"), index=True)
    challenge_id: Mapped[str | None] = mapped_column(ForeignKey("challenges.id", ondelete="SET NULL"), index=True)
    received_at: Mapped[int]


class Group(Base):
    """Ideas that belong together, under a name."""

    __tablename__ = "groups"

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    activity_id: Mapped[str] = mapped_column(ForeignKey("activities.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
