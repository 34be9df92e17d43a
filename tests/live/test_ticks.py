"""Ticks from inside: who gets a frame, in which order things happen, and what one event's failure does to others."""

from typing import Any

import pytest
import structlog

from facilitate.core import changes
from facilitate.live.screens import Connection, Screen, Screens
from facilitate.live.ticks import Ticker
from tests.support.room import NOBODY, Person, Room, new_id


class Sent:
    """Takes what would go to connections: [(name, argument, connection)]."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, Any, str]] = []

    def emit(self, name: str, argument: Any, to: str) -> None:
        """A message to one connection."""
        self.messages.append((name, argument, to))

    def send(self, name: str, argument: Any, sids: list[str]) -> list[str]:
        """A message to some; none of them lags."""
        self.messages += [(name, argument, sid) for sid in sids]
        return []

    def to(self, sid: str) -> list[str]:
        """The names of what a connection got."""
        return [name for name, _, there in self.messages if there == sid and name not in ("clock", "presence", "here")]


@pytest.fixture
def ticking(room: Room, monkeypatch: pytest.MonkeyPatch) -> tuple[Ticker, Sent]:
    """A ticker that is ticked by hand, with the screens of the organiser and of three phones, and what it sends."""
    sent, screens = Sent(), Screens()
    ticker = Ticker(room.spine, sent, screens)
    monkeypatch.setattr(ticker.fanout, "send", sent.send)
    monkeypatch.setattr(ticker.fanout, "waiting", lambda _sid: 0)
    room.spine.writer.listeners.append(ticker.announced)
    for person in (room.organiser, *room.people[:3]):
        enter(room, ticker, person)
    ticker.tick()
    sent.messages.clear()
    return ticker, sent


def enter(room: Room, ticker: Ticker, person: Person) -> None:
    """Open somebody's screen; the connection is called like the person."""
    viewer = room.viewer(person)
    assert viewer is not None
    ticker.screens.connect(Connection(person.name, person.credentials))
    ticker.screens.enter(Screen(person.name, room.event, viewer))
    with room.spine.reading() as session:
        ticker.sent[room.event.id] = changes.head(session, room.event.id)[0]


def test_one_frame_a_tick(room: Room, ticking: tuple[Ticker, Sent]) -> None:
    """However much happened; its author's own rows are in the same frame; nothing new is no frame."""
    ticker, sent = ticking
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    for number in range(3):
        room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": f"Card {number}"})
    ticker.tick()
    ticker.tick()
    frames = {sid: argument for name, argument, sid in sent.messages if name == "frame"}
    assert all(sent.to(person.name) == ["frame"] for person in (room.organiser, *room.people[:3]))
    assert [row[0] for row in frames[room[0].name][3]].count("ideas") == 3
    assert "ideas" not in {row[0] for row in frames[room[1].name][3]}
    assert len({(frame[1], frame[2]) for frame in frames.values()}) == 1


def test_a_removed_member_gets_no_frame_of_it(room: Room, ticking: tuple[Ticker, Sent]) -> None:
    """They are let go before the frame is rendered; a changed role is told to reload, and forgotten connections are asked anew."""
    ticker, sent = ticking
    connection = ticker.screens.connections[room[0].name]
    viewer = room.viewer(room[0])
    assert viewer is not None
    ticker.screens.remember(connection, room.event.slug, (room.event, viewer), ticker.screens.moment())
    room.send(room.organiser, "members.remove", {"member": room[0].id})
    assert connection.known == {}
    room.send(room.organiser, "members.set_role", {"member": room[1].id, "role": "facilitator"})
    ticker.tick()
    assert sent.to(room[0].name) == ["gone"] and sent.to(room[1].name) == ["frame", "frame"] and sent.to(room[2].name) == ["frame"]
    stale = next(argument for name, argument, sid in sent.messages if sid == room[1].name)
    assert stale[1] == stale[2] > 1_000_000 and stale[3] == []


def test_what_is_found_out_too_late_is_not_remembered(room: Room, ticking: tuple[Ticker, Sent]) -> None:
    """Somebody was forgotten while a connection's viewer was looked up: the next message looks again."""
    ticker, _ = ticking
    connection, viewer = ticker.screens.connections[room[0].name], room.viewer(room[0])
    assert viewer is not None
    since = ticker.screens.moment()
    room.send(room.organiser, "members.remove", {"member": room[1].id})
    ticker.screens.remember(connection, room.event.slug, (room.event, viewer), since)
    assert connection.known == {}


def test_a_failure_harms_no_other_event(room: Room, ticking: tuple[Ticker, Sent], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is logged once, the other event's frame goes out, and its own follows as soon as it can be rendered."""
    ticker, sent = ticking
    with room.spine.reading() as session:
        stranger = room.stranger.identify(session, room.elsewhere)
    assert stranger is not None
    ticker.screens.connect(Connection("elsewhere", room.stranger.credentials))
    ticker.screens.enter(Screen("elsewhere", room.elsewhere, stranger))
    with room.spine.reading() as session:
        ticker.sent[room.elsewhere.id] = changes.head(session, room.elsewhere.id)[0]
    room.send(room.organiser, "events.close_doors", {})
    room.spine.send(stranger, room.elsewhere.id, "events.close_doors", {}, new_id())
    since = changes.since

    def fails(session: Any, event: str, seen: int) -> Any:
        if event == room.event.id:
            raise RuntimeError("a row that cannot be rendered")
        return since(session, event, seen)

    with monkeypatch.context() as broken, structlog.testing.capture_logs() as lines:
        broken.setattr(changes, "since", fails)
        for _ in range(3):
            ticker.tick()
    assert sent.to("elsewhere") == ["frame"] and sent.to(room[0].name) == []
    assert [line["event"] for line in lines] == ["tick_failed"]
    ticker.tick()
    assert sent.to(room[0].name) == ["frame"]


def test_nobody_looks(room: Room) -> None:
    """Without screens nothing is rendered, and the first who comes starts from there."""
    sent = Sent()
    ticker = Ticker(room.spine, sent, Screens())
    room.spine.writer.listeners.append(ticker.announced)
    room.send(room.organiser, "events.close_doors", {})
    ticker.tick()
    assert sent.messages == [] and ticker.sent[room.event.id] == room.gallery.seq
    assert room.viewer(NOBODY) is None
