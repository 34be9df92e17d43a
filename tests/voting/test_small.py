"""Small rounds, and what a result tells beside its figures: nothing that a handful could be read out of, nothing before its time."""

import io
import sys
from typing import Any

import pytest
from sqlalchemy import text

from facilitate.voting import counting, recount
from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id
from tests.voting.crowd import METHODS, ballot_by, cast, crowd, sealed, vote_by


def document(room: Room, person: Person, round_: str, query: str = "") -> tuple[int, Any]:
    """(status, the document to count a round again)."""
    answer = room.client(person).get(f"/api/events/{room.event.slug}/rounds/{round_}/recount{query}")
    return answer.status_code, answer.get_json()


@pytest.mark.parametrize("method", sorted(METHODS))
def test_seven_ballots_count_to_what_was_announced(room: Room, clock: Clock, method: str) -> None:
    """What everybody gets holds, or says how much is not published; what a checker gets counts to the last figure."""
    crowd(room, 7)
    round_, options = vote_by(room, method, checkers=[room[1].id])
    for number, person in enumerate(room.people[:7]):
        cast(room, person, round_, ballot_by(method, options, number))
    sealed(room, clock)
    published = recount.check(document(room, room[0], round_)[1])
    assert published == [] or published == [("vote.recount.unpublished", {"n": 7})] and not hasattr(METHODS[method], "tally")
    status, given = document(room, room[1], round_, "?checker=1")
    assert status == 200 and len(given["proof"]["ballots"]) == 7 and recount.check(given) == []


def test_objections_with_reasons_count_again(room: Room, clock: Clock) -> None:
    """Reasons decide nothing: they are shown on their own, stand in no file, and beside no ballot of the database."""
    crowd(room, 7)
    round_, (a, b, *_) = vote_by(room, "consent", checkers=[room[1].id])
    for number, person in enumerate(room.people[:7]):
        cast(room, person, round_, {a: 2, b: {"value": 0, "reason": "Zebra"} if number == 3 else 2})
    assert sealed(room, clock)["details"]["objections"] == {b: ["Zebra"]}
    for person, query in ((room[0], ""), (room[1], "?checker=1")):
        given = document(room, person, round_, query)[1]
        assert recount.check(given) == [] and "Zebra" not in str(given)
    with room.spine.reading() as session:
        assert "Zebra" not in str(session.execute(text("SELECT ballot FROM sealed_ballots")).scalars().all())


@pytest.mark.parametrize("reason", ["\ud83d", "a\x00b", "x" * 501])
def test_a_reason_is_checked_like_any_text(room: Room, reason: str) -> None:
    """What could not be shown, or written into a file, is refused before it is stored."""
    round_, (a, *_) = vote_by(room, "consent")
    room.refuse(room[0], "voting.mark", {"round": round_, "option": a, "value": {"value": 0, "reason": reason}}, "invalid")
    room.refuse(room[0], "voting.cast", {"round": round_, "ballot": {a: {"value": 0, "reason": reason}}}, "invalid")


def test_a_broken_pile_is_not_quoted(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the counting program prints is logged, so it names a fault without its words."""
    monkeypatch.setattr(sys, "stdin", type("In", (), {"buffer": io.BytesIO(b'{"shape": "SECRET WORDS", "ballots": [], "weights": []}')})())
    assert counting.main() == 2 and "SECRET" not in capsys.readouterr().out


@pytest.mark.parametrize(("people", "told"), [(4, False), (5, True)])
@pytest.mark.parametrize("method", ["irv", "stv"])
def test_where_votes_went_is_not_told_of_a_handful(room: Room, clock: Clock, method: str, people: int, told: bool) -> None:
    """From five ballots on a run-off shows its transfers."""
    voters = crowd(room, people)
    round_, (a, b, c, _) = vote_by(room, method)
    for person, ballot in zip(voters, ([[a]], [[a]], [[b], [a]], [[c], [b]], [[c]]), strict=False):
        cast(room, person, round_, ballot)
    rounds = sealed(room, clock)["details"]["rounds"]
    assert any(one["transfers"] for one in rounds) is told


def test_the_order_of_ties_is_announced(room: Room, clock: Clock) -> None:
    """Who would be first of those that tie is under the checksum, and another one is found out."""
    people = crowd(room, 30)
    round_, (a, b, *_) = vote_by(room, "approval")
    for person in people:
        cast(room, person, round_, [a, b])
    order = sealed(room, clock)["settled"]["order"]
    given = document(room, room[0], round_)[1]
    assert given["proof"]["result"]["settled"] == order and recount.check(given) == []
    other = [order[1], order[0], *order[2:]]
    proof = given["proof"] | {"result": given["proof"]["result"] | {"settled": other}}
    assert "vote.recount.settled" in [key for key, _ in recount.check(given | {"proof": proof, "checksum": counting.fingerprint(proof)})]


def test_a_checker_waits_for_the_reveal(room: Room, clock: Clock) -> None:
    """As long as the room does not see the result, the ballots are for nobody."""
    crowd(room, 6)
    round_, (a, *_) = vote_by(room, "dots", checkers=[room[0].id])
    for person in room.people[:6]:
        cast(room, person, round_, {a: 1})
    room.gallery.follow()
    room.send(room.organiser, "events.close", {"activity": room.activity("vote")["id"]})
    clock.pass_(601)
    room.beat()
    room.beat()
    assert room.round()["status"] == "sealed" and document(room, room[0], round_, "?checker=1")[0] == 403
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    assert document(room, room[0], round_, "?checker=1")[0] == 200


def test_totals_after_ones_own_vote_hide_who_voted(room: Room) -> None:
    """Where totals move before the close, no mark of a person moves beside them, whoever sees the totals."""
    crowd(room, 6)
    round_, (a, *_) = vote_by(room, "dots", results="after_vote", staff_totals=False)
    for person in room.people[:6]:
        cast(room, person, round_, {a: 1})
    room.gallery.follow()
    assert [row for row in room.rows("participation").values() if row["subject"] == round_] == [] and room.rows("turnout")[round_]["cast"] == 6


def test_a_group_of_ones_own_cards_is_ones_own(room: Room) -> None:
    """Where own ideas are barred, wrapping them up does not help; a group with somebody else's card is nobody's."""
    collect, vote, sort = room.activity("collect")["id"], room.activity("vote")["id"], new_id()
    ideas, groups = [new_id() for _ in range(3)], [new_id(), new_id()]
    room.send(room.organiser, "events.add", {"activity": sort, "type": "sort", "title": "Sort", "after": collect, "settings": {"input": {"from": collect}}})
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"own_barred": True, "input": {"from": sort, "take": "heads"}}})
    room.send(room.organiser, "events.start", {"activity": collect})
    for person, idea in zip((room[0], room[0], room[1]), ideas, strict=True):
        room.send(person, "ideas.add", {"idea": idea, "activity": collect, "text": "A card"})
    room.send(room.organiser, "events.start", {"activity": sort})
    for group, some in zip(groups, (ideas[:1], ideas[1:]), strict=True):
        room.send(room.organiser, "groups.make", {"group": group, "activity": sort, "title": "Group", "ideas": some})
    room.send(room.organiser, "events.start", {"activity": vote})
    round_ = room.round()["id"]
    room.refuse(room[0], "voting.mark", {"round": round_, "option": groups[0], "value": 1}, "unknown_option")
    room.send(room[0], "voting.mark", {"round": round_, "option": groups[1], "value": 1})
    room.send(room[1], "voting.mark", {"round": round_, "option": groups[0], "value": 1})
