"""The change log: which row of which collection changed under which number, and what a viewer gets to see of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ForeignKey, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from facilitate.core import registry
from facilitate.core.db import Base, now, table_of
from facilitate.core.registry import Viewer

KEPT = 20_000
REPLAYED = 2_000
"""How many numbers a log keeps, and how many changed rows an answer to `join` carries before it says reload."""


class Log(Base):
    """The head of an event's log: its last number and the number up to which it was cut."""

    __tablename__ = "logs"

    event_id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    seq: Mapped[int] = mapped_column(default=0)
    floor: Mapped[int] = mapped_column(default=0)


class Change(Base):
    """One change: no body, because rows are rendered when they are read."""

    __tablename__ = "changes"
    __table_args__ = {"sqlite_with_rowid": False}

    event_id: Mapped[str] = mapped_column(ForeignKey("logs.event_id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    collection: Mapped[str]
    row_id: Mapped[str]
    audiences: Mapped[str]


class Accepted(Base):
    """A command that was accepted: sender, id and number; no words and no time."""

    __tablename__ = "accepted"
    __table_args__ = {"sqlite_with_rowid": False}

    sender: Mapped[str] = mapped_column(primary_key=True)
    command_id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str | None] = mapped_column(index=True)
    seq: Mapped[int]


Touched = dict[tuple[str, str], set[str]]
"""What a batch touched in one event: (collection, id) → audiences."""


_LOGS, _CHANGES, _IDS = table_of(Log), table_of(Change), table_of(Accepted)
_ADVANCE = update(_LOGS).where(_LOGS.c.event_id == bindparam("event")).values(seq=_LOGS.c.seq + bindparam("n")).returning(_LOGS.c.seq, _LOGS.c.floor)
_ADD = insert(_CHANGES)
_KNOWN = select(_IDS.c.sender, _IDS.c.command_id, _IDS.c.seq).where(_IDS.c.command_id.in_(bindparam("ids", expanding=True)))
_KEEP = insert(_IDS)
_HEAD = select(_LOGS.c.seq, _LOGS.c.floor).where(_LOGS.c.event_id == bindparam("event"))
_SINCE = (
    select(_CHANGES.c.number, _CHANGES.c.collection, _CHANGES.c.row_id, _CHANGES.c.audiences)
    .where(_CHANGES.c.event_id == bindparam("event"), _CHANGES.c.number > bindparam("seen"))
    .order_by(_CHANGES.c.number)
)
"""The statements of every batch, made once and run on the connection: the ORM would cost several times their work."""


def append(session: Session, event: str, touched: Touched) -> int:
    """Append what was touched under consecutive numbers, in the open transaction; returns the event's number.

    Raising the number first locks the log, so that it stays contiguous whichever process writes.
    """
    connection = session.connection()
    found = connection.execute(_ADVANCE, {"event": event, "n": len(touched)}).first()
    if found is None:
        return 0
    seq, floor = found
    if touched:
        rows = [
            {"event_id": event, "number": seq - len(touched) + n, "collection": collection, "row_id": row_id, "audiences": " ".join(sorted(audiences))}
            for n, ((collection, row_id), audiences) in enumerate(touched.items(), 1)
        ]
        connection.execute(_ADD, rows)
        if seq - floor > 2 * KEPT:
            cut(session, event, seq - KEPT)
    return int(seq)


def cut(session: Session, event: str, floor: int) -> None:
    """Shorten a log; it is left to grow to twice what is kept, so that cutting is rare."""
    session.execute(update(Log).where(Log.event_id == event).values(floor=floor))
    session.execute(delete(Change).where(Change.event_id == event, Change.number <= floor))


def head(session: Session, event: str) -> tuple[int, int]:
    """(last number, floor) of an event's log."""
    found = session.connection().execute(_HEAD, {"event": event}).one()
    return found.seq, found.floor


def floor(session: Session, event: str) -> int:
    """Up to which number an event's log was cut, or emptied when another copy of the event took its place."""
    return session.scalar(select(Log.floor).where(Log.event_id == event)) or 0


def since(session: Session, event: str, seen: int) -> tuple[int, Touched]:
    """What changed after `seen`: (the last number, the touched rows in the order of their last change)."""
    last, touched = seen, Touched()
    for number, collection, row_id, audiences in session.connection().execute(_SINCE, {"event": event, "seen": seen}):
        last = number
        key = (collection, row_id)
        touched[key] = touched.pop(key, set()) | set(audiences.split())
    return last, touched


class Things:
    """The things behind touched rows, each loaded once however many viewers look at them."""

    def __init__(self, session: Session, event: str, touched: Iterable[tuple[str, str]]) -> None:
        ids: dict[str, list[str]] = {}
        for collection, row_id in touched:
            ids.setdefault(collection, []).append(row_id)
        self._things = {name: registry.COLLECTIONS[name].load(session, event, wanted) for name, wanted in ids.items()}

    def row(self, collection: str, row_id: str, viewer: Viewer) -> dict[str, Any] | None:
        """The row as this viewer may see it; None where it is gone or hidden."""
        thing = self._things[collection].get(row_id)
        return None if thing is None else registry.COLLECTIONS[collection].row(thing, viewer)


def rows(things: Things, touched: Touched, viewer: Viewer) -> list[list[Any]]:
    """The touched rows that concern a viewer, as [[collection, id, row or None], …]."""
    return [[name, row_id, things.row(name, row_id, viewer)] for (name, row_id), audiences in touched.items() if audiences & viewer.audiences]


def resync(session: Session, viewer: Viewer, seen: int) -> dict[str, Any]:
    """The answer to `join`: what changed since `seen` as it is now, or reload where the log does not reach back."""
    assert viewer.event is not None
    seq, floor = head(session, viewer.event)
    if seen > seq or seen < floor:
        return {"reload": True}
    _, touched = since(session, viewer.event, seen)
    if len(touched) > REPLAYED:
        return {"reload": True}
    things = Things(session, viewer.event, touched)
    return {"seq": seq, "rows": rows(things, touched, viewer)}


def state(session: Session, viewer: Viewer) -> dict[str, Any]:
    """The whole state document of an event as a viewer may see it, read in one snapshot."""
    assert viewer.event is not None
    seq, _ = head(session, viewer.event)
    collections: dict[str, dict[str, Any]] = {}
    for name, known in registry.COLLECTIONS.items():
        found = ((row_id, known.row(thing, viewer)) for row_id, thing in known.every(session, viewer.event, viewer))
        collections[name] = {row_id: row for row_id, row in found if row is not None}
    return {**registry.ask("describe", session, viewer.event, viewer), "seq": seq, "now": now(), "collections": collections}


def accepted(session: Session, keys: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The numbers under which commands of these (sender, id) were accepted before."""
    found = session.connection().execute(_KNOWN, {"ids": [command_id for _, command_id in keys]})
    return {(sender, command_id): seq for sender, command_id, seq in found}


def keep(session: Session, rows: list[dict[str, Any]]) -> None:
    """Keep the ids of accepted commands: rows of sender, command_id, event_id and seq."""
    if rows:
        session.connection().execute(_KEEP, rows)


def forget(session: Session, event: str) -> None:
    """Drop the ids of accepted commands of an event that ended."""
    session.execute(delete(Accepted).where(Accepted.event_id == event))


def raise_all(session: Session) -> None:
    """After a restore: empty every log and raise every number, so that each screen reloads."""
    session.execute(delete(Change))
    session.execute(update(Log).values(seq=Log.seq + 1_000_000, floor=Log.seq + 1_000_000))


def count(session: Session, event: str) -> int:
    """How many changes the log of an event holds."""
    return session.scalar(select(func.count()).select_from(Change).where(Change.event_id == event)) or 0
