"""The change log: contiguous numbers, what a screen missed, when it must reload."""

import pytest

from facilitate.core import changes
from facilitate.core.changes import Change, Log
from tests.support.room import Room, new_id


@pytest.fixture
def collecting(room: Room) -> Room:
    """A room in which ideas are collected."""
    room.send(room.organiser, "events.start", {"activity": room.activity("collect")["id"]})
    return room


def add(room: Room, text: str) -> str:
    """A new idea of the first participant; its id."""
    idea = new_id()
    room.send(room[0], "ideas.add", {"idea": idea, "activity": room.activity("collect")["id"], "text": text})
    return idea


def test_numbers_are_contiguous_and_rows_the_latest(collecting: Room) -> None:
    """The log has every number once; a row that changed twice is told once, as it is now."""
    room = collecting
    with room.spine.reading() as session:
        before, _ = changes.head(session, room.event.id)
    idea = add(room, "First words")
    room.send(room[0], "ideas.edit", {"idea": idea, "text": "Second words"})
    with room.spine.reading() as session:
        last, touched = changes.since(session, room.event.id, before)
        assert last == changes.head(session, room.event.id)[0]
        numbers = [row.number for row in session.query(Change).filter(Change.event_id == room.event.id).order_by(Change.number)]
        assert numbers == list(range(numbers[0], last + 1))
        assert list(touched).count(("ideas", idea)) == 1
        viewer = room.viewer(room[0])
        assert viewer is not None
        answer = changes.resync(session, viewer, before)
    assert next(row for name, key, row in answer["rows"] if key == idea)["text"] == "Second words"


def test_what_was_cut_makes_a_screen_reload(collecting: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that grew to twice what is kept is cut; whoever saw less loads anew."""
    room = collecting
    monkeypatch.setattr(changes, "KEPT", 3)
    for number in range(8):
        add(room, f"Idea {number}")
    viewer = room.viewer(room.organiser)
    assert viewer is not None
    with room.spine.reading() as session:
        seq, floor = changes.head(session, room.event.id)
        assert 0 < floor <= seq - 3
        assert changes.resync(session, viewer, floor - 1) == {"reload": True}
        assert "rows" in changes.resync(session, viewer, floor)
        assert changes.resync(session, viewer, seq + 1) == {"reload": True}
        assert changes.count(session, room.event.id) == seq - floor


def test_too_much_to_catch_up_reloads(collecting: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer to join does not carry the whole event."""
    monkeypatch.setattr(changes, "REPLAYED", 2)
    for number in range(3):
        add(collecting, f"Idea {number}")
    viewer = collecting.viewer(collecting.organiser)
    assert viewer is not None
    with collecting.spine.reading() as session:
        assert changes.resync(session, viewer, 0) == {"reload": True}


def test_a_restore_raises_every_number(collecting: Room) -> None:
    """Every log is empty and a million higher, so that each screen reloads."""
    room = collecting
    with room.spine.reading() as session:
        seq, _ = changes.head(session, room.event.id)
        changes.raise_all(session)
        assert changes.head(session, room.event.id) == (seq + 1_000_000, seq + 1_000_000)
        assert session.query(Log).count() >= 1 and session.query(Change).count() == 0
        session.rollback()
