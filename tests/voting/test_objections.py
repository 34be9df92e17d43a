"""Consent rounds: an objection needs a reason, is listed without a name, and is resolved or carried."""

from typing import Any

import pytest

from tests.support.instance import Clock
from tests.support.room import Room, new_id


def consented(room: Room, clock: Clock, ballots: list[Any]) -> tuple[str, str]:
    """(round, option) of a sealed consent round over one proposal; `ballots` are the marks of the people, in turn."""
    collect, vote, option = room.activity("collect")["id"], room.activity("vote")["id"], new_id()
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"method": "consent", "input": {"from": collect}}})
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": option, "activity": collect, "text": "Meet on Mondays"})
    room.send(room.organiser, "events.start", {"activity": vote})
    round_ = room.activity("vote")["round"]
    for number, mark in enumerate(ballots):
        room.send(room[number], "voting.mark", {"round": round_, "option": option, "value": mark})
    room.send(room.organiser, "events.reveal", {"activity": vote})
    clock.pass_(4)
    room.beat()
    return round_, option


def test_an_objection_needs_a_reason(room: Room, clock: Clock) -> None:
    """Without one it is refused, and nothing is stored."""
    round_, option = consented(room, clock, [2])
    assert room.rows("results")[round_]["details"]["passed"] == [option]


def test_an_objection_is_resolved_or_carried(room: Room, clock: Clock) -> None:
    """Only the staff says what became of it; the count and its checksum stay."""
    round_, option = consented(room, clock, [2, {"value": 0, "reason": "I work elsewhere on Mondays."}])
    before = room.rows("results")[round_]
    assert before["details"]["objections"] == {option: ["I work elsewhere on Mondays."]} and before["details"]["passed"] == []
    words = {"round": round_, "option": option, "place": 1, "state": "resolved", "note": "Every second Monday."}
    room.send(room.organiser, "voting.objection", words)
    after = room.rows("results", room[0])[round_]
    assert after["handled"] == {f"{option}/1": {"state": "resolved", "note": "Every second Monday."}} and after["checksum"] == before["checksum"]
    room.send(room.organiser, "voting.objection", words | {"state": "open"})
    assert room.rows("results")[round_]["handled"] == {}


@pytest.mark.parametrize("wrong", [{"place": 2}, {"option": new_id()}, {"round": new_id()}])
def test_what_nobody_objected_to(room: Room, clock: Clock, wrong: dict[str, Any]) -> None:
    """Another place, option or round has no objection."""
    round_, option = consented(room, clock, [{"value": 0, "reason": "No."}])
    room.refuse(room.organiser, "voting.objection", {"round": round_, "option": option, "place": 1, "state": "carried"} | wrong, "not_found")
