"""The roll of a formal vote: who may set it, who may vote by it, with what weight, and by whose phone."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from facilitate.core.strings import t
from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id
from tests.voting.crowd import SHAPES, USUAL, ballot_by, cast, sealed, vote_by


def on(person: Person, weight: int = 1, holder: Person | None = None) -> dict[str, Any]:
    """A person on a roll."""
    return {"member": person.id, "weight": weight} | ({"holder": holder.id} if holder else {})


def roll(room: Room, *people: dict[str, Any]) -> None:
    """Set the roll of the vote."""
    room.send(room.organiser, "voting.roll", {"activity": room.activity("vote")["id"], "people": list(people)})


def test_only_who_is_on_the_roll_votes(room: Room, clock: Clock) -> None:
    """Weights count, the base is the roll, and whoever is not on it is refused; the roll is told to the staff and to oneself."""
    roll(room, on(room[0], 3), on(room[1]), on(room[2], 2))
    assert room.activity("vote")["settings"]["roll"] == "frozen"
    assert {row["member"]: row["weight"] for row in room.rows("rights").values()} == {room[0].id: 3, room[1].id: 1, room[2].id: 2}
    assert [row["weight"] for row in room.rows("rights", room[0]).values()] == [3] and room.rows("rights", room.screen) == {}
    round_, (a, b, *_) = vote_by(room, "dots")
    assert room.rows("turnout", room[0])[round_]["eligible"] == 3 and room.rows("rounds", room[0])[round_]["roll"] == "frozen"
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 1}})
    room.send(room[1], "voting.mark", {"round": round_, "option": b, "value": 2})
    for name, words in (("voting.cast", {"ballot": {a: 1}}), ("voting.mark", {"option": a, "value": 1}), ("voting.done", {"done": True})):
        answer = room.refuse(room[3], name, {"round": round_} | words, "not_eligible")
        assert answer["sentence"] == t("en", "refusal.not_on_the_roll")
    room.join("Late")
    assert room.rows("turnout", room[0])[round_]["eligible"] == 3
    result = sealed(room, clock)
    assert result["figures"][a] == {"points": 3, "voters": 3} and result["figures"][b] == {"points": 2, "voters": 1}
    assert (result["base"]["eligible"], result["base"]["cast"], result["base"]["abstentions"]) == (3, 2, 1)


@pytest.mark.parametrize(("voters", "handful"), [(4, True), (5, False)])
def test_a_handful_on_the_roll_of_a_large_room(make_room: Callable[..., Room], voters: int, handful: bool) -> None:
    """The promise is that of a small vote, and the staff is not told who of so few voted: the roll counts, not the room."""
    room = make_room(people=8)
    roll(room, *(on(person) for person in room.people[:voters]))
    round_, (a, *_) = vote_by(room, "dots", staff_totals=False)
    assert room.rows("rounds", room[0])[round_]["small"] is handful
    cast(room, room[0], round_, {a: 1})
    room.gallery.follow()
    assert bool([row for row in room.rows("participation").values() if row["subject"] == round_]) is not handful


def test_a_roll_is_frozen(room: Room, clock: Clock) -> None:
    """While the vote is open, paused or closed; for a new run it may be set anew."""
    vote = room.activity("vote")["id"]
    roll(room, on(room[0]), on(room[1]))
    round_, (a, *_) = vote_by(room, "dots")
    again = {"activity": vote, "people": [on(room[2])]}
    for step in (None, "events.pause", "events.resume", "events.close"):
        if step:
            room.send(room.organiser, step, {"activity": vote})
        room.refuse(room.organiser, "voting.roll", again, "activity_closed")
        room.refuse(room.organiser, "voting.roll", {"activity": vote, "people": []}, "activity_closed")
    sealed(room, clock)
    room.send(room.organiser, "voting.roll", again)
    room.send(room.organiser, "events.reopen", {"activity": vote})
    second = room.round()["id"]
    assert second != round_ and room.rows("turnout", room[0])[second]["eligible"] == 1
    room.refuse(room[0], "voting.cast", {"round": second, "ballot": {a: 1}}, "not_eligible")
    room.send(room[2], "voting.cast", {"round": second, "ballot": {a: 1}})


@pytest.mark.parametrize("people", [
    "x", [1], [{}], [{"member": "me"}], [{"member": "SELF", "weight": 0}], [{"member": "SELF", "weight": 101}], [{"member": "SELF", "weight": True}],
    [{"member": "SELF", "weight": 1.5}], [{"member": "SELF", "holder": "SELF"}], [{"member": "SELF", "holder": "nobody"}], [{"member": "SELF"}] * 2,
    [{"member": "SELF", "name": "Ann"}], [{"member": "STAFF"}], [{"member": "ELSEWHERE"}], [{"member": "SELF", "weight": None}], [{"member": ["SELF"]}],
    [{"member": "SELF", "holder": {}}],
])  # fmt: skip
def test_rolls_that_cannot_be(room: Room, people: Any) -> None:
    """Each is refused in a sentence at its field, and changes nothing."""
    known = json.dumps(people).replace("SELF", room[0].id).replace("STAFF", room.facilitator.id).replace("ELSEWHERE", new_id())
    room.refuse(room.organiser, "voting.roll", {"activity": room.activity("vote")["id"], "people": json.loads(known)}, "invalid", "people")


def test_a_roll_belongs_to_a_vote(room: Room) -> None:
    """Of this event."""
    for activity in (room.activity("collect")["id"], new_id(), next(iter(room.other_rows("activities")))):
        room.refuse(room.organiser, "voting.roll", {"activity": activity, "people": []}, "not_found")


def test_an_empty_roll_opens_the_vote_to_all(room: Room) -> None:
    """Taken back before the opening, everybody may vote; frozen without names, everybody who is in at the opening."""
    vote = room.activity("vote")["id"]
    roll(room, on(room[0]))
    roll(room)
    assert room.activity("vote")["settings"]["roll"] == "open" and room.rows("rights") == {}
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"roll": "frozen"}})
    round_, (a, *_) = vote_by(room, "dots", roll="frozen")
    late = room.join("Late")
    room.send(room[4], "voting.cast", {"round": round_, "ballot": {a: 1}})
    room.refuse(late, "voting.cast", {"round": round_, "ballot": {a: 1}}, "not_eligible")
    assert room.rows("turnout")[round_]["eligible"] == 5


def test_a_delegate_votes_for_somebody_without_a_device(room: Room, clock: Clock) -> None:
    """Beside one's own ballot, each with its receipt; nobody else can, the person neither; only the delegate sees it."""
    roll(room, on(room[0], 2, room[1]), on(room[1]), on(room[2]))
    round_, (a, b, *_) = vote_by(room, "dots")
    own = room.send(room[1], "voting.cast", {"round": round_, "ballot": {a: 1}})["receipt"]
    held = room.send(room[1], "voting.cast", {"round": round_, "ballot": {b: 1}, "member": room[0].id})["receipt"]
    room.send(room[1], "voting.mark", {"round": round_, "option": a, "value": 1, "member": room[0].id})
    room.send(room[1], "voting.done", {"round": round_, "done": True, "member": room[0].id})
    assert own != held
    for person, member in ((room[0], None), (room[2], room[0].id), (room[1], room[2].id), (room[3], room[0].id), (room[2], new_id())):
        words = {"round": round_, "ballot": {a: 1}} | ({"member": member} if member else {})
        room.refuse(person, "voting.cast", words, "not_eligible")
    [row] = everything(room, room[1], "ballots")
    assert (row["ballot"], row["receipt"], row["held"][0]["member"], row["held"][0]["ballot"]) == ({a: 1}, own, room[0].id, {a: 1, b: 1})
    assert everything(room, room[0], "ballots") == [{"id": round_, "ballot": {a: 1, b: 1}, "receipt": held}]
    assert everything(room, room[2], "ballots") == everything(room, room.organiser, "ballots") == []
    result = sealed(room, clock)
    assert result["figures"][a]["points"] == 3 and result["figures"][b]["points"] == 2 and result["base"]["cast"] == 2


def everything(room: Room, person: Person, collection: str) -> list[dict[str, Any]]:
    """The rows of a collection as a reload shows them to somebody."""
    from facilitate.core import changes

    with room.spine.reading() as session:
        viewer = room.viewer(person)
        assert viewer is not None
        return list(changes.state(session, viewer)["collections"][collection].values())


def test_on_an_open_roll_nobody_votes_for_others(room: Room) -> None:
    """Also not for oneself by another name."""
    round_, (a, *_) = vote_by(room, "dots")
    room.refuse(room[0], "voting.cast", {"round": round_, "ballot": {a: 1}, "member": room[1].id}, "not_eligible")
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 1}, "member": room[0].id})


def test_who_leaves_and_who_was_two(room: Room, clock: Clock) -> None:
    """A removed member is on no roll, and those whom they held vote themselves; of two that were one the rights become one."""
    seats = [new_id(), new_id()]
    room.send(room.organiser, "seats.add", {"seats": [{"seat": seat, "name": name} for seat, name in zip(seats, ("Blue", "Red"), strict=True)]})
    blue, red = (room.join("", seat=seat) for seat in seats)
    roll(room, on(room[0], 2, room[1]), on(room[1]), on(blue, 3), on(room[4], 1, blue))
    round_, (a, *_) = vote_by(room, "dots")
    room.send(room[1], "voting.cast", {"round": round_, "ballot": {a: 1}, "member": room[0].id})
    room.send(room.organiser, "members.remove", {"member": room[1].id})
    assert room.rows("turnout")[round_]["eligible"] == 3
    rights = {row["member"]: row for row in room.rows("rights").values()}
    assert rights[room[0].id]["holder"] is None and room[1].id not in rights
    room.send(room[0], "voting.mark", {"round": round_, "option": a, "value": 2})
    room.send(room.organiser, "seats.merge", {"seat": seats[0], "into": seats[1]})
    rights = {row["member"]: row for row in room.rows("rights").values()}
    assert rights[red.id]["weight"] == 3 and rights[room[4].id]["holder"] == red.id and blue.id not in rights
    room.send(red, "voting.cast", {"round": round_, "ballot": {a: 1}, "member": room[4].id})
    assert sealed(room, clock)["figures"][a]["points"] == 2 * 2 + 1


@pytest.mark.parametrize("secret", [True, False])
def test_rare_weights_are_kept_with_no_ballot(make_room: Callable[..., Room], clock: Clock, secret: bool) -> None:
    """Six of one weight are kept with it; where one weighs more, nobody's weight is, unless names stand beside the votes anyway."""
    for heavy, stored in ((2, [1] * 6 + [2] * 6), (9, [None] * 12 if secret else [1] * 11 + [9])):
        room = make_room(people=12)
        roll(room, *(on(person, 2 if number < 6 else 1) if heavy == 2 else on(person, 9 if number == 0 else 1) for number, person in enumerate(room.people)))
        round_, (a, *_) = vote_by(room, "dots", secret=secret)
        for person in room.people:
            cast(room, person, round_, {a: 1})
        assert sealed(room, clock)["figures"][a]["points"] == (18 if heavy == 2 else 20)
        with room.spine.reading() as session:
            found = session.execute(text("SELECT weight FROM sealed_ballots")).scalars().all()
        assert sorted(found, key=lambda weight: weight or 0) == stored


def test_what_the_staff_is_warned_of(make_room: Callable[..., Room]) -> None:
    """Before a secret vote of a few, or with rare weights; it goes as soon as that is over, and nobody else reads it."""
    room = make_room(people=4)
    vote = room.activity("vote")["id"]
    assert room.rows("activities")[vote]["warnings"] == [t("en", "vote.warn.few", n=4)]
    assert "warnings" not in room.rows("activities", room[0])[vote]
    room.join("Fifth")
    assert "warnings" not in room.rows("activities")[vote]
    members = [row["id"] for row in room.rows("members").values() if row["role"] == "participant" and row["status"] == "in"]
    room.send(room.organiser, "voting.roll", {"activity": vote, "people": [{"member": one} for one in members]})
    assert len(members) == 5 and "warnings" not in room.rows("activities")[vote]
    heavy = [{"member": one, "weight": 2 if number == 0 else 1} for number, one in enumerate(members)]
    room.send(room.organiser, "voting.roll", {"activity": vote, "people": heavy})
    assert room.rows("activities")[vote]["warnings"] == [t("en", "vote.warn.weights", weights="1, 2")]
    room.send(room.organiser, "members.remove", {"member": members[0]})
    assert room.rows("activities")[vote]["warnings"] == [t("en", "vote.warn.few", n=4)]
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"secret": False}})
    assert "warnings" not in room.rows("activities")[vote]


def test_a_run_keeps_its_label(room: Room, clock: Clock) -> None:
    """The room votes, then who decides, in a run of its own; each result stays under its name."""
    vote = room.activity("vote")["id"]
    first, (a, b, *_) = vote_by(room, "dots", label="The room")
    room.send(room[0], "voting.cast", {"round": first, "ballot": {a: 1}})
    sealed(room, clock)
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"label": "The decider"}})
    roll(room, on(room[1]))
    room.send(room.organiser, "events.reopen", {"activity": vote})
    second = room.round()["id"]
    room.send(room[1], "voting.cast", {"round": second, "ballot": {b: 1}})
    sealed(room, clock)
    rows = room.rows("rounds", room[0])
    assert (rows[first]["label"], rows[second]["label"]) == ("The room", "The decider")
    figures = {one: room.rows("results", room[0])[one]["figures"] for one in (first, second)}
    assert figures[first][a]["points"] == figures[second][b]["points"] == 1 and figures[second][a]["points"] == 0


OWN = {"choices": True, "points": 1, "stance": "agree", "motions": "yes", "ranking": 1, "scale": 2, "two_scales": {"impact": 2}, "budget": True}


@pytest.mark.parametrize("shape", SHAPES)
def test_nobody_votes_for_their_own(room: Room, shape: str) -> None:
    """By mark and by cast, in every shape; the others' they may, and a delegate is held to whose ballot it is."""
    roll(room, on(room[0], 1, room[2]), on(room[1]), on(room[2]))
    round_, (of_one, of_zero, *others) = vote_by(room, USUAL[shape], cards=6, own_barred=True)
    # cards are put up by room[1] and room[0] in turn: see vote_by
    value = {"equal": others[1]} if shape == "pair" else OWN[shape]
    mark = {"round": round_, "option": of_one, "value": value}
    room.refuse(room[1], "voting.mark", mark, "unknown_option")
    ballot = ballot_by(USUAL[shape], [of_zero, others[1], others[3]], 0)
    room.send(room[1], "voting.cast", {"round": round_, "ballot": ballot})
    room.refuse(room[2], "voting.cast", {"round": round_, "ballot": ballot, "member": room[0].id}, "unknown_option")
    allowed = ballot_by(USUAL[shape], [of_one, others[0], others[2]], 0)
    room.refuse(room[1], "voting.cast", {"round": round_, "ballot": allowed}, "unknown_option")
    room.send(room[2], "voting.cast", {"round": round_, "ballot": allowed, "member": room[0].id})
