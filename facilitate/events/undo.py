"""Taking back: a room-changing command notes the fields it changes, and undo restores those that are still as it left them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from facilitate.core import registry
from facilitate.core.commands import Context
from facilitate.core.db import Base
from facilitate.core.refusals import Refused
from facilitate.events.models import Undo

KEPT = 20
"""How many commands of an event can be taken back, one after the other."""


class Taken:
    """The things that a command is about to change, as they were before."""

    def __init__(self) -> None:
        self._before: dict[tuple[str, str], tuple[str, Any, dict[str, Any]]] = {}
        self._made: list[list[Any]] = []

    def keep(self, collection: str, thing: Any) -> None:
        """Note a thing as it is now; the row of `collection` that shows it is put again when it is restored."""
        key = (thing.__tablename__, thing.id)
        self._before.setdefault(key, (collection, thing, _values(thing)))

    def made(self, collection: str, thing: Any, **instead: Any) -> None:
        """Note a thing that the command made: undo sets the given fields on it, or drops it where none are given."""
        self._made.append([collection, thing.__tablename__, thing.id, instead or None, None])

    def gone(self, collection: str, thing: Any) -> None:
        """Note a thing that the command drops: undo makes it again as it was."""
        self._made.append([collection, thing.__tablename__, thing.id, _values(thing), None])

    def things(self) -> list[list[Any]]:
        """[[collection, table, id, earlier values or None, values as the command left them or None]] of what really changed."""
        changed = []
        for (table, thing_id), (collection, thing, before) in self._before.items():
            current = _values(thing)
            earlier = {name: value for name, value in before.items() if current[name] != value}
            if earlier:
                changed.append([collection, table, thing_id, earlier, {name: current[name] for name in earlier}])
        return changed + self._made


def _values(thing: Any) -> dict[str, Any]:
    return {column.key: getattr(thing, column.key) for column in inspect(type(thing)).column_attrs}


@contextmanager
def undoable(ctx: Context, label: str, activity: str | None) -> Iterator[Taken]:
    """Record what the command changes inside the block under a label in words; it becomes what *undo* takes back next."""
    taken = Taken()
    yield taken
    ctx.session.flush()
    things = taken.things()
    if not things:
        return
    earlier = newest(ctx.session, ctx.event_id)
    ctx.session.add(Undo(event_id=ctx.event_id, command_id=ctx.command_id, activity_id=activity, label=label, things=things))
    ctx.session.flush()
    show(ctx, activity)
    if earlier is not None:
        show(ctx, earlier.activity_id)
    _shorten(ctx)


def newest(session: Session, event: str | None) -> Undo | None:
    """What would be taken back next."""
    return session.scalar(select(Undo).where(Undo.event_id == event).order_by(Undo.id.desc()).limit(1))


def show(ctx: Context, activity: str | None) -> None:
    """Put the row that carries the offer to undo."""
    if activity is not None:
        ctx.put("activities", activity, None, "all", "staff")


def restore(ctx: Context, undo: Undo) -> list[tuple[str, Any]]:
    """Restore what a command changed; [(collection, thing)] of what is there afterwards. Refused where a thing is gone."""
    restored = []
    _make_again(ctx, undo)
    for collection, table, thing_id, values, left in undo.things:
        thing = ctx.session.get(_model(table), thing_id)
        if thing is None:
            raise Refused("nothing_to_undo")
        if values is None:
            if collection == "activities":
                registry.call("activity_leaves", ctx, thing)
            ctx.put(collection, thing_id, thing)
            ctx.session.delete(thing)
            continue
        for name, value in values.items():
            if left is None or getattr(thing, name) == left[name]:  # what a later command decided stays
                setattr(thing, name, value)
        restored.append((collection, thing))
    ctx.session.delete(undo)
    ctx.session.flush()
    show(ctx, undo.activity_id)
    earlier = newest(ctx.session, ctx.event_id)
    if earlier is not None:
        show(ctx, earlier.activity_id)
    return restored


def _make_again(ctx: Context, undo: Undo) -> None:
    """Make what a command dropped, before anything is restored that belongs to it."""
    for _, table, thing_id, values, _ in undo.things:
        if values and "id" in values and ctx.session.get(_model(table), thing_id) is None:
            ctx.session.add(_model(table)(**values))
            ctx.session.flush()


def forget(ctx: Context, sealed: str, activity: str) -> None:
    """A round was sealed: nothing brings it back, so of its activity only the reveal can still be taken back (hidden again)."""
    for undo in ctx.session.scalars(select(Undo).where(Undo.event_id == ctx.event_id)):
        left = [noted for noted in (_still(noted, sealed, activity) for noted in undo.things) if noted is not None]
        if left != undo.things:
            undo.things = left
            show(ctx, undo.activity_id)
        if not left:
            ctx.session.delete(undo)
    ctx.session.flush()
    last = newest(ctx.session, ctx.event_id)
    if last is not None:
        show(ctx, last.activity_id)


def settle(ctx: Context, thing: Any, *fields: str) -> None:
    """A command that is not taken back decided these fields of a thing: no undo of an earlier one sets them back."""
    for undo in ctx.session.scalars(select(Undo).where(Undo.event_id == ctx.event_id)):
        undo.things = [_without(noted, fields) if noted[1:3] == [thing.__tablename__, thing.id] else noted for noted in undo.things]


def _without(noted: list[Any], fields: tuple[str, ...]) -> list[Any]:
    *head, values, left = noted
    return [*head, {name: value for name, value in (values or {}).items() if name not in fields}, left]


def _still(noted: list[Any], sealed: str, activity: str) -> list[Any] | None:
    """What is left of a note once a round is sealed."""
    collection, table, thing_id, values, left = noted
    if thing_id == sealed:
        return None
    if thing_id != activity:
        return noted
    revealed = {name: value for name, value in (values or {}).items() if name == "revealed"}
    return [collection, table, thing_id, revealed, left] if revealed else None


def _model(table: str) -> type[Base]:
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table)


def _shorten(ctx: Context) -> None:
    for old in list(ctx.session.scalars(select(Undo).where(Undo.event_id == ctx.event_id).order_by(Undo.id.desc()).offset(KEPT))):
        ctx.session.delete(old)
