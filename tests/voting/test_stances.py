"""A consultation: statements that people add to an open vote, three stances, other shapes beside dots."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id


@pytest.fixture
def consultation(make_room: Callable[..., Room]) -> Room:
    """An open consultation with two statements of the staff."""
    room = make_room("consultation", people=5)
    vote = room.activity("vote")["id"]
    for text in ("More benches", "More light"):
        room.send(room.organiser, "ideas.add", {"idea": new_id(), "activity": vote, "text": text})
    room.send(room.organiser, "events.start", {"activity": vote})
    return room


def add(room: Room, person: Person, text: str = "More trees") -> str:
    """Add a statement to the open vote; its id."""
    idea = new_id()
    room.send(person, "ideas.add", {"idea": idea, "activity": room.activity("vote")["id"], "text": text})
    return idea


def test_a_statement_is_an_option_at_once(consultation: Room) -> None:
    """Idea and option come in one change, for everybody, and nobody's ballot is disturbed."""
    room, round_ = consultation, consultation.round()["id"]
    first = room.options()[0]
    room.send(room[1], "voting.mark", {"round": round_, "option": first, "value": "agree"})
    mine = add(room, room[0])
    assert room.options()[-1] == mine and room.rows("options", room.screen)[f"{round_}/{mine}"]["title"] == "More trees"
    assert room.rows("options", room[0])[f"{round_}/{mine}"]["mine"]
    room.send(room[1], "voting.mark", {"round": round_, "option": mine, "value": "disagree"})


def test_it_takes_longer_texts(consultation: Room) -> None:
    """Up to four hundred characters here."""
    add(consultation, consultation[0], "x" * 400)
    words = {"idea": new_id(), "activity": consultation.activity("vote")["id"], "text": "x" * 401}
    consultation.refuse(consultation[0], "ideas.add", words, "invalid", "text")


def test_moderated_statements(make_room: Callable[..., Room]) -> None:
    """A statement that was hidden takes no marks; one that is put up after the close is refused."""
    room = make_room("consultation", people=2)
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": vote})
    mine = add(room, room[0])
    room.send(room.organiser, "ideas.hide", {"idea": mine, "reason": "Not now"})
    room.refuse(room[1], "voting.mark", {"round": room.round()["id"], "option": mine, "value": "agree"}, "unknown_option")
    room.send(room.organiser, "events.close", {"activity": vote})
    room.refuse(room[0], "ideas.add", {"idea": new_id(), "activity": vote, "text": "x"}, "activity_closed")


def test_stances_are_counted(consultation: Room, clock: Clock) -> None:
    """Agree, disagree and pass, and the order by shared agreement."""
    room, round_ = consultation, consultation.round()["id"]
    benches, light = room.options()
    trees = add(room, room[4])
    for number, marks in enumerate(({benches: "agree", light: "disagree"}, {benches: "agree", trees: "pass"}, {light: "agree", trees: "agree"})):
        room.send(room[number], "voting.cast", {"round": round_, "ballot": marks})
    room.refuse(room[0], "voting.mark", {"round": round_, "option": trees, "value": "maybe"}, "invalid")
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    clock.pass_(3)
    room.beat()
    result = room.rows("results", room[0])[round_]
    assert result["figures"][benches] == {"agree": 2, "disagree": 0, "pass": 0}
    assert result["ranking"] == [[benches], [trees], [light]]


def choices(room: Room, **settings: Any) -> tuple[str, list[str]]:
    """A vote by approval over three cards: (the round, its options)."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    for text in "abc":
        room.send(room.organiser, "ideas.add", {"idea": new_id(), "activity": collect, "text": text})
    settings = {"shape": "choices", "method": "approval", "max": 2} | settings
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": settings})
    room.send(room.organiser, "events.start", {"activity": vote})
    return room.round()["id"], room.options()


def test_approval(room: Room, clock: Clock) -> None:
    """Check boxes up to the most that are allowed."""
    round_, (a, b, c) = choices(room)
    room.send(room[0], "voting.cast", {"round": round_, "ballot": [a, b]})
    room.refuse(room[0], "voting.mark", {"round": round_, "option": c, "value": True}, "over_budget")
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": False})
    room.send(room[1], "voting.mark", {"round": round_, "option": c, "value": True})
    room.send(room[1], "voting.cast", {"round": round_, "ballot": []})
    assert room.rows("rounds", room[0])[round_]["settings"] == {"min": 0, "max": 2}
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    clock.pass_(3)
    room.beat()
    assert room.rows("results", room[0])[round_]["figures"] == {a: {"votes": 0}, b: {"votes": 1}, c: {"votes": 0}}


def test_a_named_vote(room: Room, clock: Clock) -> None:
    """Named rounds need no secret, and the seal leaves no names beside the ballots either."""
    round_, (a, *_) = choices(room, secret=False)
    assert not list(room.spine.settings.secrets.glob("*"))
    room.send(room[0], "voting.cast", {"round": round_, "ballot": [a]})
    assert f"{round_}/{room[0].id}" in room.rows("participation")
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    clock.pass_(3)
    room.beat()
    assert room.rows("results", room[0])[round_]["figures"][a] == {"votes": 1}


def test_too_many_options(consultation: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vote that takes statements takes them up to a limit."""
    from facilitate.voting.commands import rounds

    monkeypatch.setattr(rounds, "MOST", 2)
    words = {"idea": new_id(), "activity": consultation.activity("vote")["id"], "text": "One more"}
    consultation.refuse(consultation[0], "ideas.add", words, "full")
