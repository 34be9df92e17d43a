"""Taking back: what undo restores, what it leaves alone, and what it refuses."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.support.instance import Clock
from tests.support.room import Room, new_id

UNTOLD = ("undo", "seq")


def seen(room: Room) -> dict[str, Any]:
    """The agenda and the event as the organiser sees them, without the offers to undo."""
    rows = {**room.rows("activities"), **room.rows("events"), **room.rows("groups"), **room.rows("ideas")}
    return {key: {name: value for name, value in row.items() if name != "undo"} for key, row in rows.items()}


def offered(room: Room) -> list[tuple[str, str, str]]:
    """(activity, command, label) of the offers that the staff sees."""
    return [(key, row["undo"]["command"], row["undo"]["label"]) for key, row in room.rows("activities").items() if "undo" in row]


def undo(room: Room) -> None:
    """Take back what is offered."""
    [(_, command, _)] = offered(room)
    room.send(room.facilitator, "events.undo", {"command": command})


STEPS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "start": [("events.start", {"activity": "collect"})],
    "next": [("events.next", {})],
    "pause": [("events.start", {"activity": "collect"}), ("events.pause", {"activity": "collect"})],
    "resume": [("events.start", {"activity": "collect"}), ("events.pause", {"activity": "collect"}), ("events.resume", {"activity": "collect"})],
    "extend": [("events.start", {"activity": "collect"}), ("events.extend", {"activity": "collect", "seconds": 60})],
    "close": [("events.start", {"activity": "collect"}), ("events.close", {"activity": "collect"})],
    "reveal": [("events.start", {"activity": "collect"}), ("events.reveal", {"activity": "collect"})],
    "reopen": [("events.start", {"activity": "collect"}), ("events.start", {"activity": "sort"}), ("events.reopen", {"activity": "collect"})],
    "sort": [("events.start", {"activity": "collect"}), ("events.start", {"activity": "sort"})],
    "skip": [("events.skip", {"activity": "vote"})],
    "edit": [("events.edit", {"activity": "vote", "title": "Dots", "question": "Which?", "minutes": 3, "settings": {"budget": 9}})],
    "move": [("events.move", {"activity": "vote", "after": None})],
}


@pytest.mark.parametrize("name", STEPS)
def test_undo_restores_what_the_command_changed(room: Room, clock: Clock, name: str) -> None:
    """The agenda is as it was, whatever people wrote in between stays, and the offer says what it takes back."""
    *before, last = STEPS[name]

    def send(step: tuple[str, dict[str, Any]]) -> None:
        words = {key: room.activity(value)["id"] if key == "activity" else value for key, value in step[1].items()}
        room.send(room.organiser, step[0], words)
        clock.pass_(10)

    for step in before:
        send(step)
    earlier = seen(room)
    send(last)
    assert seen(room) != earlier
    [(activity, _, label)] = offered(room)
    assert label and activity in room.rows("activities")
    undo(room)
    assert seen(room) == earlier


def test_what_is_taken_back_once_is_not_taken_back_again(room: Room) -> None:
    """The newest comes first, each once; the same command twice in a row is one undo."""
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room.organiser, "events.extend", {"activity": collect, "seconds": 60})
    ends = room.rows("activities")[collect]["ends_at"]
    [(_, extended, _)] = offered(room)
    undone = new_id()
    room.send(room.organiser, "events.undo", {"command": extended}, command=undone)
    room.send(room.organiser, "events.undo", {"command": extended}, command=undone)
    assert room.rows("activities")[collect]["ends_at"] == ends - 60_000
    room.refuse(room.organiser, "events.undo", {"command": extended}, "nothing_to_undo")
    undo(room)
    assert room.rows("activities")[collect]["status"] == "planned" and not offered(room)
    room.refuse(room.organiser, "events.undo", {"command": new_id()}, "nothing_to_undo")


def test_what_people_wrote_stays(room: Room) -> None:
    """Undoing a start hides nothing that was written since, and starting again finds it."""
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    idea = new_id()
    room.send(room[0], "ideas.add", {"idea": idea, "activity": collect, "text": "More benches"})
    undo(room)
    assert room.rows("ideas", room[0])[idea]["text"] == "More benches"
    room.send(room.organiser, "events.start", {"activity": collect})
    assert idea in room.rows("ideas")


def test_adding_and_removing_are_taken_back(room: Room) -> None:
    """An added activity goes, a removed one comes back at its place."""
    before = seen(room)
    room.send(room.organiser, "events.add", {"activity": new_id(), "type": "vote", "title": "Extra", "after": room.activity("collect")["id"]})
    undo(room)
    assert seen(room) == before
    sort = room.activity("sort")["id"]
    removed = new_id()
    room.send(room.organiser, "events.remove", {"activity": sort}, command=removed)
    room.send(room.organiser, "events.undo", {"command": removed})
    assert seen(room) == before


def test_only_the_last_twenty_are_kept(room: Room) -> None:
    """More than twenty cannot be taken back."""
    collect = room.activity("collect")["id"]
    for minutes in range(10, 32):
        room.send(room.organiser, "events.edit", {"activity": collect, "minutes": minutes + 1})
    for _ in range(20):
        undo(room)
    assert not offered(room) and room.rows("activities")[collect]["minutes"] == 12


def test_a_removed_thing_cannot_be_restored(room: Room) -> None:
    """Undo of an edit of something that is gone is refused."""
    extra = new_id()
    room.send(room.organiser, "events.add", {"activity": extra, "type": "present", "title": "Extra"})
    [(_, added, _)] = offered(room)
    room.send(room.organiser, "events.remove", {"activity": extra})
    room.refuse(room.organiser, "events.undo", {"command": added}, "nothing_to_undo")


def test_what_a_later_command_decided_stays(room: Room) -> None:
    """Taking back a start leaves the doors open that were opened since, and the projector as it was set since."""
    with room.spine.reading() as session:
        session.execute(text("UPDATE events SET status = 'draft' WHERE id = :id"), {"id": room.event.id})
        session.commit()
    room.send(room.organiser, "events.start", {"activity": room.activity("collect")["id"]})
    room.send(room.organiser, "events.open", {})
    room.send(room.organiser, "events.screen", {"qr": True})
    undo(room)
    row = room.rows("events")[room.event.slug]
    assert (row["status"], row["screen"]["qr"], row["current"]) == ("open", True, None)


def test_a_start_that_opened_the_event_is_taken_back(room: Room) -> None:
    """Where nobody opened the doors meanwhile, the event is a draft again."""
    with room.spine.reading() as session:
        session.execute(text("UPDATE events SET status = 'draft' WHERE id = :id"), {"id": room.event.id})
        session.commit()
    room.send(room.organiser, "events.start", {"activity": room.activity("collect")["id"]})
    undo(room)
    assert room.rows("events")[room.event.slug]["status"] == "draft"


def test_taking_back_a_reveal_gives_the_ten_minutes_back(room: Room, clock: Clock) -> None:
    """A closed round that was revealed is not sealed after the grace once the reveal was taken back."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "More benches"})
    room.send(room.organiser, "events.start", {"activity": vote})
    room.send(room[0], "voting.cast", {"round": room.round()["id"], "ballot": {room.options()[0]: 1}})
    room.send(room.organiser, "events.close", {"activity": vote})
    clock.pass_(10)
    room.send(room.organiser, "events.reveal", {"activity": vote})
    undo(room)
    clock.pass_(4)
    room.beat()
    assert room.round()["status"] == "closed" and not room.rows("activities")[vote]["revealed"]
    clock.pass_(600)
    room.beat()
    assert room.round()["status"] == "sealed"
