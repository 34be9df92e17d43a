"""Ticks: what changed goes out as at most one frame per screen and tick; presence, clock and live figures beside it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog

from facilitate.core import changes, registry
from facilitate.core.db import now
from facilitate.core.spine import Spine
from facilitate.core.writer import Announcement
from facilitate.live.fanout import Fanout
from facilitate.live.screens import Screen, Screens

TICK, SHARE = 0.050, 0.4
"""Seconds between two ticks at least, and the share of the processor that fan-out may take before the tick stretches."""
HOPELESS = 400
"""Packets that wait for a screen before it is let go (much earlier it is skipped, and joins again when it has read them)."""
CROWD_EVERY, CLOCK_EVERY = 1.0, 20.0

log = structlog.get_logger()


class Ticker:
    """Renders and sends frames, one greenlet or thread for all events of the process."""

    def __init__(self, spine: Spine, server: Any, screens: Screens) -> None:
        self.spine, self.server, self.screens = spine, server, screens
        self.fanout = Fanout(server, spine.runtime)
        self.sent: dict[str, int] = {}
        self._behind: dict[str, str] = {}
        self._failing: set[tuple[Any, ...]] = set()
        self._lock = threading.Lock()
        self._dirty: dict[str, int] = {}
        self._strangers: dict[str, str] = {}
        self._figures: dict[tuple[str, str, str], set[str]] = {}
        self._figures_due: dict[tuple[str, str, str], float] = {}
        self._due = {self._crowds: CROWD_EVERY, self._clocks: CLOCK_EVERY}
        self._next = dict.fromkeys(self._due, 0.0)

    def start(self) -> None:
        """Begin to tick."""
        self.spine.writer.listeners.append(self.announced)
        self.spine.runtime.spawn(self._work)

    def announced(self, announcement: Announcement) -> None:
        """Take note of a commit."""
        with self._lock:
            self._dirty.update(announcement.events)
            self._strangers.update(announcement.strangers)
            for event, name, subject, part in announcement.figures:
                self._figures.setdefault((event, name, subject), set()).add(part)
        self.screens.forget(announcement.strangers.keys())

    def _work(self) -> None:
        pause = TICK
        while True:
            self.spine.runtime.sleep(pause)
            self.fanout.spent = 0.0
            self.tick()
            pause = max(TICK, self.fanout.spent / SHARE)

    def tick(self) -> None:
        """Send what is due now; who became somebody else is known anew before the frames are rendered."""
        with self._lock:
            dirty, self._dirty = self._dirty, {}
            strangers, self._strangers = self._strangers, {}
        for member, farewell in strangers.items():
            if not self._tried(self._meet_again, member, farewell):
                with self._lock:
                    self._strangers.setdefault(member, farewell)
        for event, number in dirty.items():
            if not self._tried(self._frames, event, number):
                with self._lock:
                    self._dirty.setdefault(event, number)
        self._tried(self._catch_up)
        for key in list(self._figures):
            self._tried(self._live_figures, key)
        for work, seconds in self._due.items():
            if time.monotonic() >= self._next[work]:
                self._next[work] = time.monotonic() + seconds
                self._tried(work)

    def _tried(self, work: Callable[..., None], *arguments: Any) -> bool:
        """Whether a piece of work succeeded; one that fails harms no other, and is logged once until it succeeds again."""
        piece = (work.__name__, *arguments[:1])
        try:
            work(*arguments)
        except Exception:
            if piece not in self._failing:
                log.exception("tick_failed", work=work.__name__)
            self._failing.add(piece)
            return False
        self._failing.discard(piece)
        return True

    def _frames(self, event: str, number: int) -> None:
        screens = self.screens.of(event)
        if not screens:
            self.sent[event] = max(number, self.sent.get(event, 0))
            return
        started = time.thread_time()
        with self.spine.reading() as session:
            # A log that was emptied begins beyond what any screen has seen, so that the frame makes each of them join again.
            start = max(self.sent.get(event, number), changes.floor(session, event))
            to, touched = changes.since(session, event, start)
            if to == start:
                return
            things = changes.Things(session, event, touched)
            frames = self._render(event, screens, things, touched)
        self.sent[event] = to
        self.fanout.spent += time.thread_time() - started
        for rows, sids in frames:
            left_out = self._emit("frame", [screens[0].event.slug, start, to, rows], sids)
            self._behind.update(dict.fromkeys(left_out, event))

    def _catch_up(self) -> None:
        """Tell screens that were left out, as soon as they read again: an empty frame beyond what they have makes them join."""
        for sid, event in list(self._behind.items()):
            screen = self.screens.one(event, sid)
            if screen is not None and self.fanout.waiting(sid):
                continue
            del self._behind[sid]
            if screen is not None:
                self._emit("frame", [screen.event.slug, self.sent[event], self.sent[event], []], [sid])

    def _render(self, event: str, screens: list[Screen], things: changes.Things, touched: changes.Touched) -> list[tuple[list[Any], list[str]]]:
        """[(rows, sids)]: screens with the same audiences share their rows; a member with rows of its own gets them merged in."""
        personal = {audience[len("member:") :] for audiences in touched.values() for audience in audiences if audience.startswith("member:")}
        shared: dict[frozenset[str], tuple[list[Any], list[str]]] = {}
        frames = []
        for screen in screens:
            if screen.viewer.member in personal:
                frames.append((changes.rows(things, touched, screen.viewer), [screen.sid]))
                continue
            alike = screen.alike
            if alike.audiences not in shared:
                shared[alike.audiences] = (changes.rows(things, touched, alike), [])
            shared[alike.audiences][1].append(screen.sid)
        return frames + list(shared.values())

    def _emit(self, name: str, argument: Any, sids: list[str]) -> list[str]:
        """Send one message to some screens; those that lag are left out, and returned; one that does not read for long is let
        go, so that its queue stays bounded."""
        left_out = self.fanout.send(name, argument, sids)
        for sid in left_out:
            if self.fanout.waiting(sid) > HOPELESS:
                self.spine.runtime.spawn(self.server.disconnect, sid)
        return left_out

    def _live_figures(self, key: tuple[str, str, str]) -> None:
        if time.monotonic() < self._figures_due.get(key, 0):
            return
        event, name, subject = key
        figures, screens = registry.FIGURES[name], self.screens.of(event)
        watching = {audience for screen in screens for audience in screen.viewer.audiences}
        with self._lock:
            parts = self._figures.pop(key)
        with self.spine.reading() as session:
            messages = figures.produce(session, event, subject, len(parts), watching)
        self._figures_due[key] = time.monotonic() + figures.every
        if messages is None:
            with self._lock:
                self._figures.setdefault(key, set()).update(parts)
            return
        for audiences, arguments in messages:
            self._emit(name, arguments, [screen.sid for screen in screens if screen.viewer.audiences & audiences])

    def _crowds(self) -> None:
        for event in self.screens.crowds():
            screens, here = self.screens.of(event), self.screens.here(event)
            if not screens:
                continue
            slug = screens[0].event.slug
            self._emit("presence", [slug, len(here)], [screen.sid for screen in screens])
            self._emit("here", [slug, here], [screen.sid for screen in screens if screen.viewer.staff])

    def _clocks(self) -> None:
        for event in self.screens.events():
            self._emit("clock", [now()], [screen.sid for screen in self.screens.of(event)])

    def _meet_again(self, member: str, farewell: str) -> None:
        """Identify the screens of a member anew: those that are nobody any more are let go, the others are made to reload."""
        for screen in self.screens.of_member(member):
            connection = self.screens.connections.get(screen.sid)
            if connection is None:
                continue
            with self.spine.reading() as session:
                viewer = registry.ask("identify", session, connection.credentials, screen.event.id)
            if viewer is None or viewer.event is None:
                self.screens.leave(screen.event.id, screen.sid)
                self.server.emit(farewell, [], to=screen.sid)
                continue
            self.screens.enter(Screen(screen.sid, screen.event, viewer, stale=True))
            seq = self.sent.get(screen.event.id, 0)
            self.server.emit("frame", [screen.event.slug, seq + 1_000_000, seq + 1_000_000, []], to=screen.sid)
