"""Who checks a round over HTTP: receipts for those who may see the result, all ballots for the checkers alone, pairs for voters."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from facilitate.core.strings import t
from facilitate.voting import pabulib, recount
from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id
from tests.voting.crowd import ballot_by, cast, crowd, sealed, vote_by


def get(room: Room, person: Person | None, round_: str, what: str) -> tuple[int, Any]:
    """(status, JSON) of an address of a round."""
    answer = room.client(person).get(f"/api/events/{room.event.slug}/rounds/{round_}/{what}")
    return answer.status_code, answer.get_json()


@pytest.mark.parametrize("policy", ["close", "never"])
def test_receipts(make_room: Callable[..., Room], clock: Clock, policy: str) -> None:
    """As many as ballots, sorted, everybody's own among them; with the result and not before; in no row beside a ballot."""
    room = make_room(people=6)
    round_, options = vote_by(room, "dots", results=policy)
    own = [cast(room, person, round_, ballot_by("dots", options, number))["receipt"] for number, person in enumerate(room.people)]
    assert get(room, room[0], round_, "receipts")[0] == 404
    sealed(room, clock)
    assert get(room, room.organiser, round_, "receipts") == (200, {"receipts": sorted(own)})
    status, said = get(room, room[0], round_, "receipts")
    assert (status, said.get("receipts")) == ((200, sorted(own)) if policy == "close" else (404, None))
    assert get(room, None, round_, "receipts")[0] == 401 and get(room, room.stranger, round_, "receipts")[0] in (401, 404)
    assert get(room, room[0], new_id(), "receipts")[0] == get(room, room[0], "x", "receipts")[0] == 404
    with room.spine.reading() as session:
        stored = " ".join(map(str, session.execute(text("SELECT * FROM sealed_ballots")).all()))
    assert not any(code in stored for code in own)
    rows = json.dumps([room.rows(name, person) for name in ("results", "rounds", "ballots", "turnout", "options") for person in (room.organiser, room[0])])
    assert not any(code in rows for code in own)


def test_no_receipts_of_a_few(room: Room, clock: Clock) -> None:
    """Below five ballots the list is empty."""
    round_, options = vote_by(room, "dots")
    for person in room.people[:4]:
        cast(room, person, round_, {options[0]: 1})
    sealed(room, clock)
    assert get(room, room[0], round_, "receipts") == (200, {"receipts": []})


def test_only_checkers_get_the_ballots(make_room: Callable[..., Room], clock: Clock) -> None:
    """Named before the opening: they and nobody else, the staff neither; what they get counts to the announced result."""
    room = make_room(people=6)
    vote = room.activity("vote")["id"]
    round_, options = vote_by(room, "irv", checkers=[room[1].id])
    room.refuse(room.organiser, "events.edit", {"activity": vote, "settings": {"checkers": [room[2].id]}}, "activity_closed")
    assert room.rows("rounds", room[0])[round_]["checkers"] == [room[1].id]
    for number, person in enumerate(room.people):
        cast(room, person, round_, ballot_by("irv", options, number))
    assert get(room, room[1], round_, "recount?checker=1")[0] == 403, "not before the seal"
    result = sealed(room, clock)
    status, full = get(room, room[1], round_, "recount?checker=1")
    assert status == 200 and len(full["proof"]["ballots"]) == 6 and full["announced"] == result["checksum"]
    assert recount.check(full) == []
    for person in (room[0], room[2], room.organiser, room.facilitator, room.mentor, room.observer, room.screen):
        status, refused = get(room, person, round_, "recount?checker=1")
        assert status in (401, 403), person
    assert refused["sentence"] == t("en", "refusal.not_a_checker")
    assert get(room, None, round_, "recount?checker=1")[0] == 401
    status, published = get(room, room[0], round_, "recount")
    assert status == 200 and "ballots" not in published["proof"] and published["checksum"] == result["checksum"]
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"checkers": [room[2].id]}})
    assert get(room, room[2], round_, "recount?checker=1")[0] == 403, "named after the vote"


def test_who_is_no_checker(room: Room, clock: Clock) -> None:
    """The staff, people of another event, nobody at all; nor who became one of the staff since."""
    vote = room.activity("vote")["id"]
    for nobody in (room.facilitator.id, room.waiting.id, new_id()):
        room.refuse(room.organiser, "events.edit", {"activity": vote, "settings": {"checkers": [room[0].id, nobody]}}, "invalid", "checkers")
        words = {"activity": new_id(), "type": "vote", "title": "Another", "settings": {"checkers": [nobody]}}
        room.refuse(room.organiser, "events.add", words, "invalid", "checkers")
    round_, options = vote_by(room, "irv", checkers=[room[0].id])
    cast(room, room[0], round_, ballot_by("irv", options, 0))
    sealed(room, clock)
    assert get(room, room[0], round_, "recount?checker=1")[0] == 200 and get(room, room.facilitator, round_, "recount?checker=1")[0] == 403
    room.send(room.organiser, "members.set_role", {"member": room[0].id, "role": "facilitator"})
    assert get(room, room[0], round_, "recount?checker=1")[0] == 403


def test_three_checkers_are_too_many(room: Room) -> None:
    """Two may be named."""
    words = {"activity": room.activity("vote")["id"], "settings": {"checkers": [person.id for person in room.people[:3]]}}
    room.refuse(room.organiser, "events.edit", words, "invalid", "checkers")


def test_pairs(room: Room, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most ten that the voter has not had, never with what was withdrawn, until all were compared; each option equally often."""
    from facilitate.voting.queries import pairings

    monkeypatch.setattr(pairings, "FRESH", 0.0)
    round_, options = vote_by(room, "bradley-terry", cards=6)
    status, first = get(room, room[0], round_, "pairs")
    assert status == 200 and first["done"] == 0 and len(first["pairs"]) == 10 and len({frozenset(pair) for pair in first["pairs"]}) == 10
    cast(room, room[0], round_, [{"winner": a, "loser": b} for a, b in first["pairs"]])
    status, then = get(room, room[0], round_, "pairs")
    assert then["done"] == 10 and len(then["pairs"]) == 5
    assert not {frozenset(pair) for pair in then["pairs"]} & {frozenset(pair) for pair in first["pairs"]}
    cast(room, room[0], round_, [{"winner": a, "loser": b} for a, b in first["pairs"] + then["pairs"]])
    assert get(room, room[0], round_, "pairs")[1] == {"pairs": [], "done": 15}
    room.gallery.follow()
    room.send(room.facilitator, "ideas.withdraw", {"idea": options[0]})
    status, others = get(room, room[1], round_, "pairs")
    assert not any(options[0] in pair for pair in others["pairs"]) and len(others["pairs"]) == 10
    for person in (room.organiser, room.facilitator, room.observer):
        assert get(room, person, round_, "pairs")[0] == 403
    assert get(room, None, round_, "pairs")[0] == 401
    room.send(room.organiser, "events.close", {"activity": room.activity("vote")["id"]})
    assert get(room, room[1], round_, "pairs")[0] == 404


def test_pairs_are_balanced(room: Room) -> None:
    """Everybody who asks in the same moment gets what was given out least."""
    people = crowd(room, 12)
    round_, options = vote_by(room, "bradley-terry", cards=8)
    given = dict.fromkeys(options, 0)
    for person in people:
        for a, b in get(room, person, round_, "pairs")[1]["pairs"]:
            given[a] += 1
            given[b] += 1
    assert sum(given.values()) == 240 and max(given.values()) - min(given.values()) <= 2


def test_pairs_of_many_ballots(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was seen is counted beside the event loop; until that is done, as if nothing had been."""
    from facilitate.voting.queries import elsewhere, pairings
    from tests.support.until import until

    monkeypatch.setattr(pairings, "FRESH", 0.0)
    monkeypatch.setattr(elsewhere, "READ", 2)
    round_, options = vote_by(room, "bradley-terry", cards=6)
    for person in room.people[:4]:
        cast(room, person, round_, [{"winner": options[0], "loser": options[1]}, {"equal": [options[0], options[2]]}])
    assert get(room, room[4], round_, "pairs")[0] == 200
    until(lambda: not elsewhere.is_under_way(), "the comparisons")
    assert elsewhere._comparisons[round_] == {options[0]: 8, options[1]: 4, options[2]: 4} | dict.fromkeys(options[3:], 0)
    first = get(room, room[4], round_, "pairs")[1]["pairs"][0]
    assert options[0] not in first


def test_pairs_of_somebody_without_a_device(room: Room) -> None:
    """A delegate asks for them; nobody else does."""
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "voting.roll", {"activity": vote, "people": [{"member": room[0].id, "holder": room[1].id}, {"member": room[1].id}]})
    round_, _ = vote_by(room, "bradley-terry")
    assert get(room, room[1], round_, f"pairs?member={room[0].id}")[0] == get(room, room[1], round_, "pairs")[0] == 200
    for person, who in ((room[2], "pairs"), (room[0], "pairs"), (room[2], f"pairs?member={room[0].id}"), (room[1], f"pairs?member={room[2].id}")):
        assert get(room, person, round_, who)[0] == 403


def test_what_has_no_price_is_no_project(room: Room, clock: Clock) -> None:
    """In the file for analysts an option without a price would be free, and be funded where the vote could not."""
    people = crowd(room, 31)
    round_, (a, b, c) = vote_by(room, "greedy", cards=3)
    room.send(room.organiser, "events.undo", {"command": room.activity("vote")["undo"]["command"]})
    room.send(room.organiser, "events.edit", {"activity": room.activity("vote")["id"], "settings": {"money": 5, "costs": {a: 5, b: 3}}})
    room.send(room.organiser, "events.start", {"activity": room.activity("vote")["id"]})
    round_ = room.round()["id"]
    for number, person in enumerate(people):
        cast(room, person, round_, [a, c] if number % 2 else [b, c])
    sealed(room, clock)
    answer = room.client().get(f"/e/{room.event.slug}/results/{round_}.pb")
    assert answer.status_code == 200
    read = pabulib.read(answer.get_data(as_text=True))
    assert sorted(read.costs.values()) == [3, 5] and len(read.ballots) == 31 and all(len(cart) == 1 for cart in read.ballots)
