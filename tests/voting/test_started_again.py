"""What a vote that starts again leaves behind and takes along: drafts, rolls, and people who lead by then."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.support.instance import Clock
from tests.support.room import Room
from tests.voting.crowd import cast, crowd, sealed, vote_by


def left(room: Room, round_: str) -> tuple[int, int, bool]:
    """(ballots with tokens, marks of who voted, whether the secret is there) of a round."""
    with room.spine.reading() as session:
        counts = [
            session.execute(text(f"SELECT count(*) FROM {table} WHERE {column} = :round"), {"round": round_}).scalar_one()
            for table, column in (("ballots", "round_id"), ("participation", "subject_id"))
        ]
    return counts[0], counts[1], any(path.stem == round_ for path in room.spine.settings.secrets.glob("*.key"))


@pytest.mark.parametrize("secret", [True, False])
def test_a_start_that_was_taken_back_leaves_nothing_once_another_began(room: Room, secret: bool) -> None:
    """As long as it may go on it keeps ballots, who cast them, and secret; where the vote became another one, all are gone."""
    vote = room.activity("vote")["id"]
    round_, (a, *_) = vote_by(room, "dots", secret=secret)
    cast(room, room[0], round_, {a: 1})
    room.gallery.follow()
    room.send(room.organiser, "events.undo", {"command": room.rows("activities")[vote]["undo"]["command"]})
    assert left(room, round_) == (1, 1, secret)
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"budget": 7}})
    room.send(room.organiser, "events.start", {"activity": vote})
    assert room.round()["id"] != round_ and left(room, round_) == (0, 0, False)


def test_the_room_is_frozen_at_each_opening(room: Room, clock: Clock) -> None:
    """Who came after the first run is on the roll of the second one; who comes after its opening is not."""
    round_, (a, *_) = vote_by(room, "dots", roll="frozen")
    late = room.join("In between")
    room.refuse(late, "voting.mark", {"round": round_, "option": a, "value": 1}, "not_eligible")
    cast(room, room[0], round_, {a: 1})
    sealed(room, clock)
    room.send(room.organiser, "events.reopen", {"activity": room.activity("vote")["id"]})
    second, later = str(room.round()["id"]), room.join("Later")
    room.send(late, "voting.mark", {"round": second, "option": a, "value": 1})
    room.refuse(later, "voting.mark", {"round": second, "option": a, "value": 1}, "not_eligible")
    assert room.rows("turnout")[second]["eligible"] == len(room.rows("rights"))


def test_a_roll_that_somebody_made_stays(room: Room, clock: Clock) -> None:
    """Through every run, also where it took the place of everybody."""
    vote = room.activity("vote")["id"]
    round_, (a, *_) = vote_by(room, "dots", roll="frozen")
    cast(room, room[0], round_, {a: 1})
    sealed(room, clock)
    room.send(room.organiser, "voting.roll", {"activity": vote, "people": [{"member": room[0].id, "weight": 3}]})
    for _ in range(2):
        room.send(room.organiser, "events.reopen", {"activity": vote})
        assert [row["weight"] for row in room.rows("rights").values()] == [3]
        cast(room, room[0], room.round()["id"], {a: 1})
        sealed(room, clock)


def test_who_leads_by_now_has_no_ballot(room: Room, clock: Clock) -> None:
    """A participant who becomes a facilitator leaves the base together with the ballot; of a closed vote both stay."""
    crowd(room, 6)
    round_, (a, *_) = vote_by(room, "dots")
    for person in room.people[:6]:
        cast(room, person, round_, {a: 1})
    room.gallery.follow()
    before = room.rows("turnout")[round_]
    room.send(room.organiser, "members.set_role", {"member": room[5].id, "role": "facilitator"})
    after: dict[str, Any] = room.rows("turnout")[round_]
    assert (before["cast"], after["cast"], after["eligible"]) == (6, 5, before["eligible"] - 1)
    room.send(room.organiser, "events.close", {"activity": room.activity("vote")["id"]})
    room.send(room.organiser, "members.set_role", {"member": room[4].id, "role": "facilitator"})
    result = sealed(room, clock)
    assert result["figures"][a]["voters"] == result["base"]["cast"] == 5 and result["base"]["eligible"] == after["eligible"]
