"""Consent on pages: below each objection stands what became of it."""

from collections.abc import Callable

from tests.support.instance import Clock
from tests.support.room import Room
from tests.support.visitor import Visitor
from tests.voting.test_objections import consented


def test_what_became_of_an_objection_is_read_by_everybody(room: Room, clock: Clock, visitor: Callable[..., Visitor]) -> None:
    """Nothing before it was said; then the state with the sentence, on the public page too."""
    round_, option = consented(room, clock, [2, {"value": 0, "reason": "I work elsewhere on Mondays."}])
    guest, page = visitor(), f"/e/{room.event.slug}/results"
    assert "I work elsewhere" in guest.open(page).text and "Resolved" not in guest.text
    words = {"round": round_, "option": option, "place": 1, "state": "resolved", "note": "Every second Monday."}
    room.send(room.organiser, "voting.objection", words)
    assert "Resolved: Every second Monday." in guest.open(page).text
    room.send(room.organiser, "voting.objection", words | {"state": "carried", "note": ""})
    assert "Carried along." in guest.open(page).text
