"""Practice records in an event: drafted from a result, sent beside the room, and what came of it."""

from pathlib import Path
from typing import Any

import pytest

from facilitate.practices import commands
from tests.practices.servers import git
from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id
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


def sent(room: Room) -> None:
    """Send the records and wait until the repository answered."""
    room.send(room.facilitator, "practices.send", {})

    def arrived() -> bool:
        room.gallery.follow()
        return all(one["state"] not in ("sending", "withdrawing") for one in room.rows("practices").values())

    until(arrived, "the repository answered", patience=60)


def page_of(room: Room, practice: str) -> int:
    """What a guest gets for the page of a record, and for its copies: one status."""
    [status] = {room.client().get(f"/practice/{practice}{kind}").status_code for kind in ("", ".json", ".jsonld")}
    return int(status)


def held(room: Room) -> str:
    """Everything that the repository shows now, file by file."""
    path = room.spine.settings.practices_repository
    names = git("ls-tree", "-r", "--name-only", "main", at=Path(path)).splitlines()
    return "\n".join(git("show", f"main:{name}", at=Path(path)) for name in names)


def minds(room: Room, clock: Clock) -> tuple[str, Person, dict[str, str]]:
    """A decision of single cards, drafted: the idea that leads, its author, and {idea: record}."""
    round_, ideas, _ = decided(room, clock)
    room.send(room.facilitator, "practices.draft", {"round": round_, "top": 4})
    return ideas[2], room[0], {one["source"]: one["id"] for one in room.rows("practices").values()}


@pytest.mark.parametrize("how", ["publish", "withdraw", "hide"])
def test_what_is_taken_back_after_the_draft_is_not_sent(room: Room, clock: Clock, how: str) -> None:
    """The author, or the staff, changes their mind between draft and sending: nothing of it is in the repository."""
    idea, author, records = minds(room, clock)
    words = {"publish": {"idea": idea, "publish": False}, "withdraw": {"idea": idea}, "hide": {"idea": idea}}[how]
    room.send(room.facilitator if how == "hide" else author, f"ideas.{how}", words)
    assert idea not in {one["source"] for one in room.rows("practices").values()}
    sent(room)
    assert "Card 2" not in held(room) and "Card 1" in held(room)
    assert page_of(room, records[idea]) == 404


def test_what_is_taken_back_after_it_was_sent_is_withdrawn(room: Room, clock: Clock) -> None:
    """Its page is gone at once, and the next sending takes it out of the repository."""
    idea, author, records = minds(room, clock)
    sent(room)
    assert "Card 2" in held(room) and page_of(room, records[idea]) == 200
    room.send(author, "ideas.publish", {"idea": idea, "publish": False})
    assert page_of(room, records[idea]) == 410
    assert room.rows("practices")[records[idea]]["state"] == "withdrawn" and room.rows("practices")[records[idea]]["title"] == ""
    assert room.client(room.organiser).get(f"/studio/{room.event.slug}/export/{records[idea]}").status_code == 200
    sent(room)
    assert "Card 2" not in held(room) and records[idea] in held(room)
    assert page_of(room, records[idea]) == 410 and room.rows("practices")[records[idea]]["state"] == "withdrawn"
    before = git("rev-parse", "main", at=Path(room.spine.settings.practices_repository))
    room.send(author, "ideas.publish", {"idea": idea, "publish": True})
    room.send(room.facilitator, "practices.draft", {"top": 4})
    sent(room)
    assert git("rev-parse", "main", at=Path(room.spine.settings.practices_repository)) == before
    assert page_of(room, records[idea]) == 410


def test_one_card_of_a_group_is_taken_back(room: Room, clock: Clock) -> None:
    """The record of the group stays, without what that card said."""
    round_, ideas, _ = decided(room, clock)
    room.send(room.facilitator, "practices.draft", {"round": round_, "top": 1})
    sent(room)
    assert "Card 0" in held(room)
    room.send(room[0], "ideas.publish", {"idea": ideas[0], "publish": False})
    assert row(room)["state"] == "draft"
    sent(room)
    assert "Card 0" not in held(room) and "Card 1" in held(room) and row(room)["state"] == "sent"
