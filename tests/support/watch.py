"""Law 1, replay equals reload: what each audience sees by following the changes is what it would see after a reload."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from dis import get_instructions
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from facilitate.core import changes, registry
from facilitate.core.registry import Credentials, Event, Viewer
from facilitate.core.spine import Spine
from facilitate.core.writer import Announcement
from facilitate.live.screens import Screen
from facilitate.live.ticks import Ticker

NEVER_SENT = "ballots"
"""One's own ballots: in the state only, since the phone keeps its copy in step with what it sends."""

SILENT = ("challenges", "members", "participation", "practices", "results", "seats")
"""Collections of which somebody who sees no row must not even learn that one changed."""

Rows = dict[str, dict[str, Any]]


def plain(value: Any) -> Any:
    """A value as it is after a journey as JSON."""
    return json.loads(json.dumps(value))


@cache
def impersonal(every: Callable[..., Any]) -> bool:
    """Whether the function that finds all things of a collection never looks at its third argument, who asks."""
    asking = every.__code__.co_varnames[2]
    return all(one.argval != asking for one in get_instructions(every))


@contextmanager
def found_once(session: Session) -> Iterator[None]:
    """Let readers of one snapshot share the things that are found without looking at who asks: what each of them sees of a thing is
    decided in `row`, which is asked for each. It is the largest part of what law 1 costs."""
    kept = dict(registry.COLLECTIONS)

    def shared(every: Callable[..., Any]) -> Callable[..., Any]:
        found: dict[str, list[tuple[str, Any]]] = {}

        def once(asked: Session, event: str, viewer: Viewer) -> Any:
            if asked is not session:
                return every(asked, event, viewer)
            if event not in found:
                found[event] = list(every(asked, event, viewer))
            return found[event]

        return once

    registry.COLLECTIONS.update({name: replace(one, every=shared(one.every)) for name, one in kept.items() if impersonal(one.every)})
    try:
        yield
    finally:
        registry.COLLECTIONS.update(kept)


class Watcher:
    """One reader of an event: who it is, and what it sees by following the changes."""

    def __init__(self, name: str, credentials: Credentials) -> None:
        self.name, self.credentials = name, credentials
        self.viewer: Viewer | None = None
        self.seen, self.rows = 0, Rows()

    def identify(self, session: Session, event: Event) -> Viewer | None:
        """Who this reader is now."""
        found: Viewer | None = registry.ask("identify", session, self.credentials, event.id)
        return found

    def reload(self, session: Session, viewer: Viewer | None) -> None:
        """Take the state as a page would that was told to reload."""
        self.viewer, self.rows = viewer, Rows()
        if viewer is not None:
            state = plain(changes.state(session, viewer))
            self.seen, self.rows = state["seq"], state["collections"]

    def apply(self, rows: Iterable[list[Any]]) -> None:
        """The whole reducer of the browser, and the proof that no row told of something that this reader does not see."""
        for collection, row_id, row in plain(list(rows)):
            there = self.rows[collection]
            if row is None:
                assert row_id in there or collection not in SILENT, f"{self.name} learns of a hidden row of {collection}: {row_id}"
                there.pop(row_id, None)
            else:
                there[row_id] = row

    def compare(self, session: Session) -> None:
        """Fail where what was followed is not what a reload would show."""
        assert self.viewer is not None
        fresh = plain(changes.state(session, self.viewer))
        for collection, rows in fresh["collections"].items():
            if collection != NEVER_SENT:
                assert self.rows[collection] == rows, difference(self.name, collection, self.rows[collection], rows)
        head(self.name, fresh)


def difference(name: str, collection: str, followed: dict[str, Any], fresh: dict[str, Any]) -> str:
    """What differs, in few lines."""
    keys = sorted(key for key in {*followed, *fresh} if followed.get(key) != fresh.get(key))
    lines = [f"  {key}\n    followed {followed.get(key)}\n    reloaded {fresh.get(key)}" for key in keys[:3]]
    return f"{name} sees other {collection} after a reload:\n" + "\n".join(lines)


def head(name: str, state: dict[str, Any]) -> None:
    """Fail where the head of a state says something that its rows do not: screens follow rows only."""
    me, rows = state["me"], state["collections"]
    event = rows["events"][state["event"]]
    assert state["code"] == event["code"], name
    mine = rows["members"].get(me["id"])
    if mine is not None:
        assert {key: me[key] for key in ("name", "number", "status", "role", "seat")} == {
            key: mine[key] if key != "role" or mine["status"] == "in" else None for key in ("name", "number", "status", "role", "seat")
        }, name
        teams = [team["id"] for team in rows["teams"].values() if any(one["id"] == me["id"] for one in team["members"])]
        assert me["status"] == "waiting" or teams == ([me["team"]] if me["team"] else []), name


class Gallery:
    """All watchers of an event; `follow` is law 1 after a command."""

    def __init__(self, spine: Spine, event: Event) -> None:
        self.spine, self.event = spine, event
        self.watchers: dict[str, Watcher] = {}
        self.ticker = Ticker(spine, None, None)  # type: ignore[arg-type]
        self.seq, self._strangers = 0, set[str]()
        spine.writer.listeners.append(self._announced)

    def _announced(self, announcement: Announcement) -> None:
        self._strangers |= set(announcement.strangers)

    def add(self, *watchers: Watcher) -> None:
        """Let more readers open their screens."""
        with self.spine.reading() as session, found_once(session):
            for watcher in watchers:
                watcher.reload(session, watcher.identify(session, self.event))
                self.watchers[watcher.name] = watcher
            self.seq = changes.head(session, self.event.id)[0]

    def unchanged(self) -> None:
        """Fail where the log of the event grew."""
        with self.spine.reading() as session:
            assert changes.head(session, self.event.id)[0] == self.seq, "a refused command changed something"

    def follow(self) -> changes.Touched:
        """Bring every reader up to date by what was logged, and compare each with a reload; what was touched."""
        with self.spine.reading() as session, found_once(session):
            seq, touched = changes.since(session, self.event.id, self.seq)
            assert seq == changes.head(session, self.event.id)[0]
            assert seq - self.seq >= len(touched)
            there = self._meet(session)
            self._frames(session, there, touched)
            for watcher in there:
                watcher.compare(session)
        self.seq = seq
        self._strangers.clear()
        return touched

    def _meet(self, session: Session) -> list[Watcher]:
        """The readers that go on; those that became somebody else have to have been told, and reload."""
        there = []
        for watcher in self.watchers.values():
            viewer = watcher.identify(session, self.event)
            if viewer == watcher.viewer:
                there += [watcher] if viewer is not None else []
                continue
            told = {one.member for one in (watcher.viewer, viewer) if one is not None}
            assert told & self._strangers, f"{watcher.name} became somebody else and was not told"
            watcher.reload(session, viewer)
        return there

    def _frames(self, session: Session, there: list[Watcher], touched: changes.Touched) -> None:
        """Apply what a tick would send, which has to be what an answer to `join` would carry."""
        things = changes.Things(session, self.event.id, touched)
        screens = [Screen(watcher.name, self.event, watcher.viewer) for watcher in there if watcher.viewer is not None]
        frames = {sid: rows for rows, sids in self.ticker._render(self.event.id, screens, things, touched) for sid in sids}
        for watcher in there:
            assert watcher.viewer is not None
            joined = changes.resync(session, watcher.viewer, self.seq)
            if len(touched) > changes.REPLAYED:
                assert joined == {"reload": True}
            else:
                assert plain(joined["rows"]) == plain(list(frames[watcher.name]))
            watcher.apply(frames[watcher.name])
