"""Tables of teams and of who is in them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitate.core.db import Base


class Team(Base):
    """People who work on a challenge together."""

    __tablename__ = "teams"

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    challenge_id: Mapped[str | None] = mapped_column(ForeignKey("challenges.id", ondelete="SET NULL"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    sentence: Mapped[str] = mapped_column(default="")
    need: Mapped[str] = mapped_column(default="")
    seats: Mapped[list[TeamSeat]] = relationship(cascade="all, delete-orphan", lazy="selectin", order_by="TeamSeat.id")


class TeamSeat(Base):
    """A member's place in a team: one team per member and event, by constraint."""

    __tablename__ = "team_seats"
    __table_args__ = (UniqueConstraint("event_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    team_id: Mapped[str] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
