"""A named round: who voted how stands beside the result, for whoever may see it; a secret one has no such list."""

from typing import Any

from sqlalchemy import text

from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id
from tests.voting.crowd import cast, crowd, sealed, vote_by


def names(room: Room, person: Person | None, round_: str) -> tuple[int, Any]:
    """(status, answer) of who voted how."""
    answer = room.client(person).get(f"/api/events/{room.event.slug}/rounds/{round_}/names")
    return answer.status_code, answer.get_json()


def test_who_voted_how(room: Room, clock: Clock) -> None:
    """By number, with the weight however rare it is; only with the result, and only for the people of the event."""
    people = [{"member": person.id, "weight": 1 + 6 * (number == 0)} for number, person in enumerate(room.people[:4])]
    room.send(room.organiser, "voting.roll", {"activity": room.activity("vote")["id"], "people": people})
    round_, (a, b, *_) = vote_by(room, "approval", secret=False)
    cast(room, room[1], round_, [b])
    cast(room, room[0], round_, [a])
    cast(room, room[2], round_, [a, b])
    for person in (room.organiser, room[0]):
        assert names(room, person, round_)[0] == 404, "not before the count"
    sealed(room, clock)
    status, answer = names(room, room[3], round_)
    said = [(one["name"], one["weight"], one["ballot"]) for one in answer["ballots"]]
    assert status == 200 and said == [("Ann", 7, [a]), ("Ben", 1, [b]), ("Cleo", 1, sorted([a, b]))]
    assert names(room, None, round_)[0] == 401 and names(room, room.stranger, round_)[0] in (401, 403) and names(room, room[0], new_id())[0] == 404


def test_nobody_sees_names_before_the_result(room: Room, clock: Clock) -> None:
    """Where only the facilitator sees the result, the names are theirs as well."""
    round_, (a, *_) = vote_by(room, "dots", secret=False, results="never")
    cast(room, room[0], round_, {a: 1})
    sealed(room, clock)
    assert names(room, room[0], round_)[0] == 404 and names(room, room.organiser, round_)[0] == 200


def test_a_secret_round_has_no_names(room: Room, clock: Clock) -> None:
    """Neither over HTTP nor in the table."""
    round_, (a, *_) = vote_by(room, "dots")
    for person in crowd(room, 6):
        cast(room, person, round_, {a: 1})
    sealed(room, clock)
    status, answer = names(room, room.organiser, round_)
    assert status == 403 and "secret" in answer["sentence"]
    with room.spine.reading() as session:
        assert set(session.execute(text("SELECT member_id FROM sealed_ballots")).scalars()) == {None}


def test_a_name_follows_its_person(room: Room, clock: Clock) -> None:
    """Two members who are one person stand there once more under the one who stays; a deleted name is gone here, too."""
    round_, (a, b, *_) = vote_by(room, "dots", secret=False)
    cast(room, room[0], round_, {a: 1})
    cast(room, room[1], round_, {b: 1})
    sealed(room, clock)
    seats = {row["member"]: row["id"] for row in room.rows("seats").values()}
    room.send(room.organiser, "seats.merge", {"seat": seats[room[0].id], "into": seats[room[2].id]})
    room.send(room[1], "members.delete_name", {"member": room[1].id})
    said = [(one["name"], one["ballot"]) for one in names(room, room.organiser, round_)[1]["ballots"]]
    assert said == [("", {b: 1}), ("Cleo", {a: 1})]
