"""The largest round, 2,000 voters and 40 options, of every shape: the room goes on while it is counted, and the seal does not wait."""

import random
import uuid
from typing import Any

import pytest
from sqlalchemy import insert

from facilitate.core.db import table_of
from facilitate.voting import counting, recount
from facilitate.voting.commands import sealing
from facilitate.voting.models import Ballot
from facilitate.voting.queries import elsewhere
from facilitate.voting.queries.results import recount_document
from tests.support.instance import Clock
from tests.support.room import Room
from tests.support.until import until
from tests.voting.crowd import SHAPES, USUAL, ballot_by, cast, vote_by

VOTERS, CARDS = 2_000, 40


def stuffed(room: Room, round_: str, ballots: list[Any]) -> None:
    """Put ballots of people whom nobody knows into the urn (performance of casting is measured elsewhere)."""
    with room.spine.reading() as session:
        session.execute(insert(table_of(Ballot)), [{"round_id": round_, "token": uuid.uuid4().hex, "ballot": ballot} for ballot in ballots])
        session.commit()


@pytest.mark.parametrize("shape", SHAPES)
def test_the_largest_round(room: Room, clock: Clock, shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in a process while commands are taken; the server itself counts nothing; the checksum is that of the document."""
    method, chance = USUAL[shape], random.Random(shape)
    round_, options = vote_by(room, method, cards=CARDS)
    stuffed(room, round_, [ballot_by(method, chance.sample(options, CARDS), 0) for _ in range(VOTERS - 1)])
    cast(room, room[0], round_, ballot_by(method, options, 0))
    room.gallery.follow()
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    clock.pass_(3)
    with monkeypatch.context() as elsewhere_only:
        for name in ("count", "tallied"):
            elsewhere_only.setattr(counting, name, lambda *_: pytest.fail("the server counts"))
        with room.spine.reading() as session:
            assert sealing.due(session) == []
        room.send(room.organiser, "events.edit", {"activity": room.activity("collect")["id"], "title": "Meanwhile"})
        assert elsewhere.is_under_way() and room.round()["status"] == "closed"
        until(lambda: not elsewhere.is_under_way(), "the count", patience=120)
        room.beat()
    result = room.rows("results")[round_]
    assert (result["base"]["cast"], result["method"], result["stability"]["resamples"]) == (VOTERS, method, 40)
    with room.spine.reading() as session:
        document = recount_document(session, round_, {"options": []})
    assert document["checksum"] == result["checksum"] and recount.check(document) == []
