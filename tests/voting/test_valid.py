"""Which ballots count, and which votes open: a fewest number of choices, and options to choose from."""

import pytest

from facilitate.voting.ballots import SHAPES
from tests.support.instance import Clock
from tests.support.room import Room, new_id
from tests.voting.test_rounds import ballot, opened, seal


@pytest.mark.parametrize(
    ("shape", "given", "valid"),
    [("choices", ["a"], False), ("choices", ["a", "b"], True), ("choices", None, False), ("points", {"a": 1}, True), ("stance", {"a": "pass"}, True)],
)
def test_whether_a_ballot_counts(shape: str, given: object, valid: bool) -> None:
    """Only choices have a fewest number."""
    assert SHAPES[shape].valid(given, {"min": 2}) is valid


def test_a_ballot_below_the_fewest_is_kept_and_does_not_count(room: Room, clock: Clock) -> None:
    """Every tap is saved; at the count a ballot with too few marks is cast but not valid, and the result says so."""
    round_, (a, b, c) = opened(room, shape="choices", method="approval", min=2, max=3, staff_totals=True)
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": True})
    assert ballot(room, 0, round_) == [a]
    room.send(room[1], "voting.cast", {"round": round_, "ballot": [b, c]})
    result = seal(room, clock)
    assert {option: figures["votes"] for option, figures in result["figures"].items()} == {a: 0, b: 1, c: 1}
    assert (result["base"]["cast"], result["base"]["valid"], result["base"]["abstentions"]) == (2, 1, 3)
    assert any("1 ballot does not count" in step for step in result["steps"])


def test_a_vote_without_options_does_not_open(room: Room) -> None:
    """Neither by starting nor as the next step, unless people may add their own."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.refuse(room.organiser, "events.start", {"activity": vote}, "invalid")
    assert room.activity("collect")["status"] == "running"
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"add_own": True}})
    room.send(room.organiser, "events.start", {"activity": vote})
    assert room.round()["status"] == "open"


def test_a_vote_with_fewer_options_than_choices_asked_for_does_not_open(room: Room) -> None:
    """Nobody could cast a ballot that counts."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "One"})
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"shape": "choices", "method": "approval", "min": 2}})
    room.refuse(room.organiser, "events.start", {"activity": vote}, "invalid")


def test_a_reason_of_five_hundred_characters_is_kept(room: Room) -> None:
    """By a mark as by a cast; one more is refused in a sentence."""
    round_, (a, *_) = opened(room, method="consent", shape="scale")
    for name, words in (("voting.mark", lambda mark: {"option": a, "value": mark}), ("voting.cast", lambda mark: {"ballot": {a: mark}})):
        kept = {"value": 0, "reason": "é" * 500}
        room.send(room[0], name, {"round": round_} | words(kept))
        assert ballot(room, 0, round_) == {a: kept}
        room.refuse(room[0], name, {"round": round_} | words({"value": 0, "reason": "é" * 501}), "invalid", "ballot")
