"""Tables of events: the event itself, its codes, members, seats, activities, who is done, and what can be undone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.core.db import Base


class Event(Base):
    """A workshop or a hackathon; a site is an event with a parent (programme > country > site)."""

    __tablename__ = "events"

    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("events.id"), index=True)
    kind: Mapped[str] = mapped_column(default="event")
    title: Mapped[str]
    template: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    status: Mapped[str] = mapped_column(default="draft")
    door: Mapped[str] = mapped_column(default="open")
    seating: Mapped[str] = mapped_column(default="open")
    licence: Mapped[str] = mapped_column(default="CC-BY-4.0")
    facilitator: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    current_id: Mapped[str | None]
    screen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    team_min: Mapped[int] = mapped_column(default=3)
    team_max: Mapped[int] = mapped_column(default=6)
    teams_locked: Mapped[bool] = mapped_column(default=False)
    numbers: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    created_at: Mapped[int]
    starts_at: Mapped[int | None]
    plan_ends_at: Mapped[int | None]
    paused_until: Mapped[int | None]
    rested_from: Mapped[str | None]
    ended_at: Mapped[int | None]
    delete_at: Mapped[int | None]


class Code(Base):
    """A code that an event had: it rests for a year before it is used again."""

    __tablename__ = "codes"

    code: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[int | None]


class Member(Base):
    """A person in an event, with a role and a channel (web, api, paper, proxy)."""

    __tablename__ = "members"

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    name_hidden: Mapped[bool] = mapped_column(default=False)
    role: Mapped[str] = mapped_column(default="participant")
    status: Mapped[str] = mapped_column(default="in")
    channel: Mapped[str] = mapped_column(default="web")
    language: Mapped[str] = mapped_column(default="en")
    joined_at: Mapped[int]


class Seat(Base):
    """A member's place in an event, with a name or a number; made at joining or from a list."""

    __tablename__ = "seats"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    listed: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(default="free")
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), unique=True)


class Activity(Base):
    """A block of the agenda: planned, run and reported as the same object; `rested_at` is set while it rests with its event."""

    __tablename__ = "activities"

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    type: Mapped[str]
    title: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[str] = mapped_column(default="planned")
    revealed: Mapped[bool] = mapped_column(default=False)
    stays_open: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int] = mapped_column(default=5)
    actual: Mapped[int | None]
    started_at: Mapped[int | None]
    ends_at: Mapped[int | None]
    left: Mapped[int | None]
    closed_at: Mapped[int | None]
    rested_at: Mapped[int | None]
    round_id: Mapped[str | None]


class Participation(Base):
    """That a member started, or is done with, an activity or a round; never what they wrote or chose."""

    __tablename__ = "participation"
    __table_args__ = {"sqlite_with_rowid": False}

    subject_id: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    started: Mapped[bool] = mapped_column(default=False)
    done: Mapped[bool] = mapped_column(default=False)


class Undo(Base):
    """What a room-changing command changed, so that it can be taken back: the fields' earlier values, nothing else."""

    __tablename__ = "undos"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    command_id: Mapped[str]
    activity_id: Mapped[str | None]
    label: Mapped[str]
    things: Mapped[list[Any]] = mapped_column(JSON)
