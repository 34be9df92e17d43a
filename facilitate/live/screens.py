"""Who is connected: connections, the screens they opened in events, and who is therefore present."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from facilitate.core.registry import Credentials, Event, Viewer


@dataclass
class Connection:
    """One socket: what it brought along, and as whom it acts in each event it asked for."""

    sid: str
    credentials: Credentials
    known: dict[str, tuple[Event, Viewer]] = field(default_factory=dict)


@dataclass
class Screen:
    """One connection's view of one event; `stale` means that the next `join` answers reload."""

    sid: str
    event: Event
    viewer: Viewer
    stale: bool = False

    @cached_property
    def alike(self) -> Viewer:
        """The viewer without anything personal; made once, because every frame asks every screen for it."""
        return self.viewer.shared()

    @property
    def member(self) -> str | None:
        """The member whose phone this is; None for consoles and projectors."""
        return None if self.viewer.staff or self.viewer.screen else self.viewer.member


class Screens:
    """All connections and screens of this process, safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.connections: dict[str, Connection] = {}
        self._by_event: dict[str, dict[str, Screen]] = {}
        self.crowd_changed: set[str] = set()
        self._forgotten = 0

    def connect(self, connection: Connection) -> None:
        """A socket opened."""
        with self._lock:
            self.connections[connection.sid] = connection

    def disconnect(self, sid: str) -> None:
        """A socket closed."""
        with self._lock:
            self.connections.pop(sid, None)
            for event in [event for event, screens in self._by_event.items() if sid in screens]:
                self.leave(event, sid)

    def enter(self, screen: Screen) -> None:
        """A connection opened, or opened again, its screen in an event."""
        with self._lock:
            self._by_event.setdefault(screen.event.id, {})[screen.sid] = screen
            self.crowd_changed.add(screen.event.id)

    def leave(self, event: str, sid: str) -> None:
        """A screen of an event is gone."""
        with self._lock:
            screens = self._by_event.get(event, {})
            screens.pop(sid, None)
            self.crowd_changed.add(event)
            if not screens:
                self._by_event.pop(event, None)

    def of(self, event: str) -> list[Screen]:
        """The screens of an event."""
        with self._lock:
            return list(self._by_event.get(event, {}).values())

    def one(self, event: str, sid: str) -> Screen | None:
        """The screen that a connection has in an event."""
        with self._lock:
            return self._by_event.get(event, {}).get(sid)

    def of_member(self, member: str) -> list[Screen]:
        """Every screen on which a member looks at its event."""
        with self._lock:
            return [screen for screens in self._by_event.values() for screen in screens.values() if screen.viewer.member == member]

    def forget(self, members: Collection[str]) -> None:
        """Forget as whom the connections of some members act, whether they opened a screen or not."""
        with self._lock:
            self._forgotten += bool(members)
            for connection in self.connections.values() if members else ():
                connection.known = {reference: who for reference, who in connection.known.items() if who[1].member not in members}

    def moment(self) -> int:
        """What `remember` needs to know: when somebody began to find out who a connection is."""
        return self._forgotten

    def remember(self, connection: Connection, reference: str, who: tuple[Event, Viewer], since: int) -> None:
        """Keep as whom a connection acts in an event, unless somebody was forgotten while that was found out."""
        with self._lock:
            if self._forgotten == since:
                connection.known[reference] = who

    def events(self) -> list[str]:
        """The events that somebody looks at."""
        with self._lock:
            return list(self._by_event)

    def here(self, event: str) -> list[str]:
        """The members whose phones are connected, sorted."""
        return sorted({screen.member for screen in self.of(event) if screen.member})

    def crowds(self) -> set[str]:
        """The events in which people came or went since the last call."""
        with self._lock:
            changed, self.crowd_changed = self.crowd_changed, set()
            return changed
