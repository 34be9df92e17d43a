"""Practice records in an event: drafted from a result, sent beside the room, and what came of it."""

from typing import Any

import pytest

from facilitate.practices import commands
from tests.support.instance import Clock
from tests.support.room import Room, new_id
from tests.support.until import until
from tests.voting.test_adopt import decided


def row(room: Room) -> dict[str, Any]:
    """The only record, as the staff sees it."""
    [found] = room.rows("practices").values()
    return dict(found)


@pytest.fixture
def drafted(room: Room, clock: Clock) -> str:
    """Draft a record of the first result; its id."""
    round_, _, _ = decided(room, clock)
    room.send(room.facilitator, "practices.draft", {"round": round_, "top": 1})
    return str(row(room)["id"])


def test_drafting(room: Room, drafted: str) -> None:
    """Only the staff sees records; the same again is the same version, another result is another one."""
    assert (row(room)["state"], row(room)["version"]) == ("draft", 1)
    assert all(person.rows["practices"] == {} for person in (room[0], room.screen, room.waiting))
    room.send(room.organiser, "practices.draft", {})
    assert {one["version"] for one in room.rows("practices").values()} == {1} and len(room.rows("practices")) == 2


def test_what_is_not_decided(room: Room) -> None:
    """Without a sealed round there is nothing to record, without records nothing to send."""
    room.refuse(room.facilitator, "practices.draft", {}, "not_found")
    room.refuse(room.facilitator, "practices.draft", {"round": new_id()}, "not_found")
    room.refuse(room.facilitator, "practices.send", {}, "not_found")


def test_sending(room: Room, drafted: str) -> None:
    """The answer comes at once; the receipt follows from a process of its own, and names the record in the repository."""
    room.send(room.facilitator, "practices.send", {})

    def arrived() -> bool:
        room.gallery.follow()
        return bool(row(room)["state"] != "sending")

    until(arrived, "the repository took the record", patience=60)
    assert row(room)["state"] == "sent" and row(room)["receipt"]["commit"]
    assert row(room)["problem"] is None


def test_a_repository_that_does_not_take_it(room: Room, drafted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record stays a draft with a sentence that says why."""
    monkeypatch.setattr(commands, "deliver", lambda *_: None)
    room.send(room.facilitator, "practices.send", {})
    assert row(room)["state"] == "sending"
    sent = {"target": "somewhere", "sent": [{"id": drafted, "version": 1}, {"id": new_id(), "version": 1}], "receipts": []}
    room.act("practices.delivered", sent)
    assert row(room)["state"] == "draft" and row(room)["problem"].endswith(".")


def receipt(practice: str, version: int) -> dict[str, Any]:
    """What a repository says of a record that it took."""
    return {"id": practice, "version": version, "url": "https://example.org/p", "commit": "0" * 40, "path": "p", "unchanged": False}


def test_what_changed_while_it_was_sent(room: Room, drafted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The receipt is for the version that went; the newer draft stays one."""
    monkeypatch.setattr(commands, "deliver", lambda *_: None)
    room.send(room.facilitator, "practices.send", {})
    room.send(room.facilitator, "events.edit_event", {"title": "Another title", "licence": "CC0-1.0"})
    room.send(room.facilitator, "practices.draft", {"top": 1})
    assert (row(room)["version"], row(room)["state"]) == (2, "draft")
    room.act("practices.delivered", {"target": "somewhere", "sent": [{"id": drafted, "version": 1}], "receipts": [receipt(drafted, 1)]})
    assert (row(room)["version"], row(room)["state"]) == (2, "draft")
    room.send(room.facilitator, "practices.send", {})
    room.act("practices.delivered", {"target": "somewhere", "sent": [{"id": drafted, "version": 2}], "receipts": [receipt(drafted, 7)]})
    assert (row(room)["version"], row(room)["state"]) == (7, "sent")


def test_a_delivery_that_was_interrupted_is_taken_up(room: Room, drafted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is being sent by nobody goes on its way again, once; what is under way is left alone."""
    monkeypatch.setattr(commands, "deliver", lambda *_: None)
    room.send(room.facilitator, "practices.send", {})
    begun: list[Any] = []
    monkeypatch.setattr(commands, "deliver", lambda house, event, given: begun.append((event, [record["id"] for record in given["records"]])))
    room.app.extensions[commands.UNDER_WAY] = {room.event.id}
    room.beat()
    assert begun == []
    room.app.extensions[commands.UNDER_WAY].clear()
    room.beat()
    assert begun == [(room.event.id, [drafted])]
    room.act("practices.delivered", {"target": "somewhere", "sent": [{"id": drafted, "version": 1}], "receipts": [receipt(drafted, 1)]})
    room.beat()
    assert len(begun) == 1 and row(room)["state"] == "sent"
