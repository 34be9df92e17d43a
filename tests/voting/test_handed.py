"""A device that came to its member through the staff: what it shows of ballots that were cast before (decision 0009)."""

from typing import Any

import pytest

from facilitate.core import changes
from facilitate.people.queries import digest, new_secret
from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id
from tests.support.visitor import Visitor
from tests.voting.test_rounds import opened


def ballots(room: Room, token: str) -> dict[str, Any]:
    """The ballots that a device finds when it loads."""
    with room.spine.reading() as session:
        viewer = Person("device", token).identify(session, room.event)
        assert viewer is not None
        return dict(changes.state(session, viewer)["collections"]["ballots"])


def moved(room: Room, maker: Person) -> str:
    """Let somebody make a personal link for the first participant and use it; the token of the new device."""
    secret = new_secret()
    room.send(maker, "members.link", {"member": room[0].id, "hash": digest(secret)})
    visitor = Visitor(room.app.test_client()).open(f"/d/{secret}")
    visitor.send(visitor.form(f"/d/{secret}"))
    [cookie] = [one.value for one in visitor.client._cookies.values() if one.key.startswith("member")]
    return str(cookie)


@pytest.mark.parametrize("secret", [True, False])
def test_a_link_that_the_staff_made(room: Room, clock: Clock, secret: bool) -> None:
    """It shows no marks of a secret round that was open before; they still count. A later round is shown."""
    round_, (a, *_) = opened(room, secret=secret)
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 1}})
    clock.pass_(10)
    token = moved(room, room.facilitator)
    assert (round_ in ballots(room, token)) is not secret
    assert room.rows("turnout")[round_]["cast"] == 1


def test_ones_own_link(room: Room, clock: Clock) -> None:
    """A link that one made oneself takes the ballot along."""
    round_, (a, *_) = opened(room)
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 1}})
    clock.pass_(10)
    assert ballots(room, moved(room, room[0]))[round_]["ballot"] == {a: 1}


def test_a_freed_seat(room: Room, clock: Clock) -> None:
    """Whoever takes it goes on as the same member, and sees nothing of the open secret ballot."""
    round_, (a, *_) = opened(room)
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 1}})
    clock.pass_(10)
    seat, secret = room.rows("members")[room[0].id]["seat"], new_secret()
    room.send(room.facilitator, "seats.free", {"seat": seat})
    assert room.act("members.join", {"member": new_id(), "seat": seat, "device": digest(secret)})["member"] == room[0].id
    assert ballots(room, secret) == {} and room.rows("turnout")[round_]["cast"] == 1


def test_seats_that_are_merged(room: Room, clock: Clock) -> None:
    """The ballot goes along and counts, and the device that is left shows nothing of it."""
    round_, (a, *_) = opened(room)
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 1}})
    clock.pass_(10)
    seats = [room.rows("members")[person.id]["seat"] for person in (room[0], room[1])]
    room.send(room.facilitator, "seats.merge", {"seat": seats[0], "into": seats[1]})
    assert ballots(room, room[1].token) == {} and room.rows("turnout")[round_]["cast"] == 1


def test_a_vote_that_is_started_again(room: Room, clock: Clock) -> None:
    """An undone start and another one change nothing of what a handed device shows, and the roll stays as it was."""
    round_, (a, *_) = opened(room)
    vote = room.activity("vote")
    room.send(room[0], "voting.cast", {"round": round_, "ballot": {a: 1}})
    clock.pass_(10)
    token = moved(room, room.facilitator)
    room.send(room.facilitator, "events.undo", {"command": room.rows("activities")[vote["id"]]["undo"]["command"]})
    room.refuse(room.facilitator, "voting.roll", {"activity": vote["id"], "people": [{"member": room[0].id, "holder": room[1].id}]}, "activity_closed")
    clock.pass_(10)
    room.send(room.facilitator, "events.start", {"activity": vote["id"]})
    assert ballots(room, token) == {} and room.activity("vote")["round"] == round_
