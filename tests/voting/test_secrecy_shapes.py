"""What a seal leaves of every shape, with weights and delegates: no token and no ballot but the shuffled ones, in any byte of the instance."""

import json
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import text

from facilitate.core.db import Base, table_of
from facilitate.voting.models import Ballot, Round
from facilitate.voting.queries.rounds import voter_token
from tests.support.instance import Clock
from tests.support.room import Room
from tests.voting.crowd import SHAPES, USUAL, ballot_by, cast, crowd, sealed, vote_by
from tests.voting.test_secrecy import everything


def tokens(room: Room, round_: str) -> dict[str, str]:
    """{member: token} in a round that is not sealed."""
    with room.spine.reading() as session:
        found = session.get_one(Round, round_)
        return {person.id: voter_token(found, person.id) for person in room.people}


def written(room: Room, ballots: Counter[str]) -> dict[str, int]:
    """How often each ballot stands in the bytes of the database, its log and whatever else lies there, but for the result: a list of
    what won may look like a ballot."""
    there = everything(room.spine.settings.folder)
    with room.spine.reading() as session:
        results = " ".join(session.execute(text("SELECT CAST(result AS TEXT) FROM outcomes")).scalars())
    return {ballot: there.count(ballot.encode()) - results.count(ballot) for ballot in ballots}


def stored(room: Room, round_: str) -> Counter[str]:
    """The sealed ballots as they are written."""
    with room.spine.reading() as session:
        rows = session.execute(text("SELECT ballot FROM sealed_ballots WHERE round_id = :round"), {"round": round_}).scalars().all()
    return Counter(str(row) for row in rows)


def members_beside_ballots(room: Room, round_: str) -> list[str]:
    """The tables in which some row names a round or a ballot of it together with a member."""
    with room.spine.reading() as session:
        members, found = {person.id for person in room.people}, []
        for name, table in Base.metadata.tables.items():
            for row in session.execute(table.select()).all():
                said = json.dumps([str(value) for value in row])
                if round_ in said and any(member in said for member in members) and name not in ("options", "changes"):
                    found.append(name)
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_with_weights(make_room: Callable[..., Room], clock: Clock, shape: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Everybody votes twice, one by a delegate; afterwards each ballot stands in the file as often as it was cast, and no token does."""
    room = make_room(people=12)
    vote, method = room.activity("vote")["id"], USUAL[shape]
    weights = [{"member": person.id, "weight": 2 if number < 6 else 1} for number, person in enumerate(room.people)]
    weights[0]["holder"] = room[1].id
    room.send(room.organiser, "voting.roll", {"activity": vote, "people": weights})
    round_, options = vote_by(room, method, cards=7)
    for turn in (3, 0):
        for number, person in enumerate(room.people):
            sender, words = (room[1], {"member": person.id}) if number == 0 else (person, {})
            cast(room, sender, round_, ballot_by(method, options, number + turn), **words)
    known, folder = tokens(room, round_), room.spine.settings.folder
    sealed(room, clock)
    after, ballots = everything(folder), stored(room, round_)
    assert sum(ballots.values()) == 12 and written(room, ballots) == dict(ballots)
    told = capfd.readouterr()
    for member, token in known.items():
        assert token.encode() not in after, member
        assert token not in told.out + told.err and not any(ballot in told.out + told.err for ballot in ballots)
    assert (folder / "facilitate.db-wal").stat().st_size == 0 and not list((folder / "secrets").iterdir())
    assert members_beside_ballots(room, round_) == []
    with room.spine.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM changes WHERE collection = 'ballots'")) == 0
        assert not session.execute(table_of(Ballot).select()).all()


def test_many_pages(room: Room, clock: Clock) -> None:
    """So many ballots that the table was split and joined over many pages: none of them keeps a stale copy."""
    people = crowd(room, 60)
    round_, options = vote_by(room, "schulze", cards=7)
    for turn in range(3):
        for number, person in enumerate(people):
            cast(room, person, round_, ballot_by("schulze", options, number + turn))
    known, folder = tokens(room, round_), room.spine.settings.folder
    sealed(room, clock)
    ballots, after = stored(room, round_), everything(folder)
    assert sum(ballots.values()) == 60 and written(room, ballots) == dict(ballots)
    assert not [member for member, token in known.items() if token.encode() in after]


def test_the_order_says_nothing(room: Room, clock: Clock) -> None:
    """Of sixty different ballots, neither those of the order of casting, of joining nor of tokens stand next to each other more than chance does."""
    people = crowd(room, 60)
    round_, (first, *_) = vote_by(room, "dots", budget=100, cap=100)
    for number, person in enumerate(people):
        cast(room, person, round_, {first: number + 1})
    known = tokens(room, round_)
    sealed(room, clock)
    with room.spine.reading() as session:
        rows = session.execute(text("SELECT ballot FROM sealed_ballots WHERE round_id = :round ORDER BY id"), {"round": round_}).scalars().all()
    found: list[Any] = [json.loads(row)[first] for row in rows]
    by_token = sorted(range(60), key=lambda number: known[people[number].id])
    for order in (list(range(1, 61)), [number + 1 for number in by_token]):
        place = {ballot: at for at, ballot in enumerate(order)}
        near = sum(abs(place[a] - place[b]) == 1 for a, b in pairwise(found))
        assert near < 15, "by chance about two of 59 are neighbours"
