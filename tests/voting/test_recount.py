"""The recount: what is downloaded of a sealed round counts to the announced result, says no more than it may, and shows every change."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from facilitate.voting import counting, recount
from facilitate.voting.queries.results import recount_document
from tests.support.instance import Clock
from tests.support.room import Room
from tests.voting.crowd import METHODS, ballot_by, cast, crowd, sealed, vote_by


def downloaded(room: Room, round_: str, **how: bool) -> dict[str, Any]:
    """The document of a round, as it comes out of a file."""
    labels = {"event": "E", "question": "Q", "options": [{"id": row["id"], "number": row["number"], "title": row["title"]} for row in rows(room, round_)]}
    with room.spine.reading() as session:
        return dict(json.loads(json.dumps(recount_document(session, round_, labels, **how))))


def rows(room: Room, round_: str) -> list[dict[str, Any]]:
    """The options of a round."""
    return [row for row in room.rows("options").values() if row["round"] == round_]


def keys(given: Any) -> list[str]:
    """What a recount finds wrong."""
    return [key.removeprefix("vote.recount.") for key, _ in recount.check(given)]


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_counts_again(make_room: Callable[..., Room], clock: Clock, method: str) -> None:
    """Below thirty ballots from sums or shared patterns, for checkers from the ballots; the checksum is that of the seal."""
    room = make_room(people=7)
    round_, options = vote_by(room, method)
    for number, person in enumerate(room.people):
        cast(room, person, round_, ballot_by(method, options, number))
    result = sealed(room, clock)
    published, full = downloaded(room, round_), downloaded(room, round_, everything=True)
    assert published["checksum"] == full["announced"] == result["checksum"] and "announced" not in published
    assert keys(full) == [] and len(full["proof"]["ballots"]) == 7 and "ballots" not in published["proof"]
    if counting.sums_suffice({"method": method}):
        assert keys(published) == [] and "sums" in published["proof"]
    else:
        assert keys(published) == ["unpublished"] and published["proof"]["patterns"] == {}
    other = copy.deepcopy(full)
    first, *rest = other["proof"]["ballots"]
    other["proof"]["ballots"] = [next(ballot for ballot in rest if ballot != first), *rest]
    other["checksum"] = counting.fingerprint(other["proof"])
    assert not counting.sums_suffice({"method": method}) or "announced" in keys(other), "checkers are shown the ballots of the announced checksum"


@pytest.mark.parametrize("method", ["irv", "stv", "equal-shares"])
def test_patterns_that_five_share(make_room: Callable[..., Room], clock: Clock, method: str) -> None:
    """Where every ballot is one that five cast, all of them are published; where one is not, its number is."""
    room = make_room(people=11)
    round_, options = vote_by(room, method)
    for number, person in enumerate(room.people[:10]):
        cast(room, person, round_, ballot_by(method, options, number % 2))
    cast(room, room[10], round_, ballot_by(method, options, 3))
    sealed(room, clock)
    given = downloaded(room, round_)
    assert sorted(given["proof"]["patterns"].values()) == [5, 5] and given["proof"]["unpublished"] == 1
    assert keys(given) == ["unpublished"] and ballot_by(method, options, 3) not in [json.loads(one)[0] for one in given["proof"]["patterns"]]
    room.send(room.organiser, "events.reopen", {"activity": room.activity("vote")["id"]})
    for number, person in enumerate(room.people[:10]):
        cast(room, person, room.round()["id"], ballot_by(method, options, number % 2))
    result = sealed(room, clock)
    given = downloaded(room, room.round()["id"])
    assert given["proof"]["unpublished"] == 0 and keys(given) == [] and given["checksum"] == result["checksum"]


@pytest.mark.parametrize("method", ["irv", "stv", "dots", "schulze", "consent", "greedy", "bradley-terry"])
def test_from_thirty_on_the_ballots_are_there(room: Room, clock: Clock, method: str) -> None:
    """Shuffled, without names; with a withdrawn option and weights that many share."""
    people = crowd(room, 32)
    weights = [{"member": person.id, "weight": 2 if number < 6 else 1} for number, person in enumerate(people)]
    room.send(room.organiser, "voting.roll", {"activity": room.activity("vote")["id"], "people": weights})
    round_, options = vote_by(room, method)
    for number, person in enumerate(people):
        cast(room, person, round_, ballot_by(method, options, number))
    room.gallery.follow()
    room.send(room.facilitator, "ideas.withdraw", {"idea": options[2]})
    result = sealed(room, clock)
    given = downloaded(room, round_)
    assert len(given["proof"]["ballots"]) == 32 and sorted(given["proof"]["weights"]) == [1] * 26 + [2] * 6
    assert given["checksum"] == result["checksum"] and keys(given) == []
    assert not any(person.id in json.dumps(given) for person in people)


@pytest.mark.parametrize("method", ["irv", "dots", "star"])
def test_weights_that_few_share_are_nowhere(room: Room, clock: Clock, method: str) -> None:
    """One heavy voter among thirty: neither the file nor the database joins a weight to a ballot; the sums hold it."""
    people = crowd(room, 31)
    weights = [{"member": person.id, "weight": 7 if number == 0 else 1} for number, person in enumerate(people)]
    room.send(room.organiser, "voting.roll", {"activity": room.activity("vote")["id"], "people": weights})
    round_, options = vote_by(room, method)
    for number, person in enumerate(people):
        cast(room, person, round_, ballot_by(method, options, number))
    result = sealed(room, clock)
    given = downloaded(room, round_)
    assert given["checksum"] == result["checksum"] and "ballots" not in given["proof"]
    assert downloaded(room, round_, everything=True)["proof"] == given["proof"], "not even checkers can be told which ballot was the heavy one"
    with room.spine.reading() as session:
        stored = session.execute(text("SELECT weight FROM sealed_ballots WHERE round_id = :round"), {"round": round_}).scalars().all()
        assert stored == [None] * 31, "the only ballot without a weight would be the heavy one"
    if method == "irv":
        assert keys(given) == ["unpublished"] and given["proof"]["unpublished"] >= 1
    else:
        assert keys(given) == [] and given["proof"]["sums"]["ballots"] == 37


@pytest.fixture
def dots(make_room: Callable[..., Room], clock: Clock) -> dict[str, Any]:
    """The document of a round of dots with six ballots, as everybody gets it."""
    room = make_room(people=6)
    round_, options = vote_by(room, "dots")
    for number, person in enumerate(room.people):
        cast(room, person, round_, ballot_by("dots", options, number))
    sealed(room, clock)
    return downloaded(room, round_)


def again(given: dict[str, Any]) -> dict[str, Any]:
    """The document with a checksum that fits what is in it now, as whoever forges it would make it."""
    return given | {"checksum": counting.fingerprint(given["proof"])}


def test_every_change_is_seen(dots: dict[str, Any]) -> None:
    """A wrong checksum, a changed figure or ranking, another number of receipts, a method that nobody knows, a part that is missing."""
    assert keys(dots) == []
    assert keys(dots | {"checksum": "0" * 64}) == ["checksum"]
    first = dots["proof"]["options"][0]["id"]
    changed = copy.deepcopy(dots)
    changed["proof"]["result"]["figures"][first]["points"] += 1
    assert keys(changed) == ["checksum", "figures"] and keys(again(changed)) == ["figures"]
    changed = copy.deepcopy(dots)
    changed["proof"]["result"]["ranking"].reverse()
    assert keys(again(changed)) == ["ranking"]
    changed = copy.deepcopy(dots)
    changed["proof"]["receipts"].pop()
    assert keys(again(changed)) == ["receipts"]
    changed = copy.deepcopy(dots)
    titles = changed["labels"]["options"]
    titles[0]["title"], titles[1]["title"] = titles[1]["title"], titles[0]["title"]
    titles[0]["number"], titles[1]["number"] = titles[1]["number"], titles[0]["number"]
    assert keys(changed) == ["labels"], "a title beside the number of another one"
    changed = copy.deepcopy(dots)
    for points in (changed["proof"]["sums"]["points"], *changed["proof"]["result"]["figures"].values()):
        for name in points.keys() - {"voters"}:
            points[name] *= 1000
    assert keys(again(changed)) == ["sums"], "more dots than anybody had"
    changed = copy.deepcopy(dots)
    changed["proof"]["method"] = "guess"
    assert keys(again(changed)) == ["method"]
    for name in dots["proof"]:
        if name not in ("run", "seed", "eligible"):
            assert keys(again(dots | {"proof": {key: value for key, value in dots["proof"].items() if key != name}})) != [], name


@pytest.mark.parametrize("anything", [None, 1, "x", [], {}, {"format": recount.FORMAT}, {"format": recount.FORMAT, "proof": []}])
def test_what_is_no_document(anything: Any) -> None:
    """Said as such."""
    assert keys(anything) == ["no_document"]


@pytest.mark.parametrize("anything", [None, -1, 10**12, 1e308, "x", "\ud800", [], [[]], {}, {"a": None}, True])
def test_a_part_that_is_something_else(dots: dict[str, Any], anything: Any) -> None:
    """No part of a document, whatever it is, makes the recount fail without a sentence."""
    for part in ("proof", "labels"):
        for name in dots[part]:
            for given in (dots | {part: dots[part] | {name: anything}}, again_or_not(dots, part, name, anything)):
                assert all(isinstance(key, str) for key in keys(given))
    for name in ("weights", "settings", "ballots"):
        pile = {"ballots": [{}], "weights": [1]} | {name: [anything] if name != "settings" else {"max": anything}}
        proven = {key: value for key, value in dots["proof"].items() if key != "sums"} | pile
        assert all(isinstance(key, str) for key in keys(dots | {"proof": proven}))


def again_or_not(dots: dict[str, Any], part: str, name: str, anything: Any) -> dict[str, Any]:
    """The same with a checksum that fits, where it can be made."""
    given = dots | {part: dots[part] | {name: anything}}
    return given if anything == "\ud800" else again(given)


def test_ballots_that_break_the_rules(make_room: Callable[..., Room], clock: Clock) -> None:
    """More dots than there are, marks on what is no option, a weight without bounds: a forged pile is not counted."""
    room = make_room(people=6)
    round_, options = vote_by(room, "dots")
    for number, person in enumerate(room.people):
        cast(room, person, round_, ballot_by("dots", options, number))
    sealed(room, clock)
    full = downloaded(room, round_, everything=True)
    for name, value in (("ballots", [{options[0]: 99}]), ("ballots", [{"nobody": 1}]), ("weights", [10**12])):
        changed = copy.deepcopy(full)
        changed["proof"][name] = value + changed["proof"][name][1:]
        assert keys(again(changed)) == ["unreadable"]
    changed = copy.deepcopy(full)
    for name in ("ballots", "weights"):
        changed["proof"][name].pop()
    assert "cast" in keys(again(changed))
