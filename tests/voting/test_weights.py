"""Weights: what a result says counts votes where ballots weigh, and people where they do not."""

from typing import Any

import pytest

from facilitate.core.strings import t
from facilitate.voting import counting, recount
from facilitate.voting.stability import stability
from tests.support.instance import Clock
from tests.support.room import Room
from tests.voting.crowd import ballot_by, cast, crowd, sealed, vote_by


def weighed(room: Room, clock: Clock, method: str, heavy: int, many: int = 12, **settings: Any) -> dict[str, Any]:
    """The result of a vote in which the first `heavy` of `many` people weigh three."""
    people = crowd(room, many)
    roll = [{"member": person.id, "weight": 3 if number < heavy else 1} for number, person in enumerate(people)]
    room.send(room.organiser, "voting.roll", {"activity": room.activity("vote")["id"], "people": roll})
    round_, options = vote_by(room, method, **settings)
    for number, person in enumerate(people):
        cast(room, person, round_, ballot_by(method, options, number % 2))
    return sealed(room, clock)


def test_the_base_says_people_and_votes(room: Room, clock: Clock) -> None:
    """Twelve ballots that hold 22 votes; the first step says so, and how sure it is stands there as well."""
    result = weighed(room, clock, "approval", heavy=5)
    assert (result["base"]["valid"], result["base"]["weight"], result["base"]["cast"]) == (12, 22, 12)
    assert result["steps"][0] == t("en", "vote.step.weights", n=12, votes=22)
    assert max(figures["votes"] for figures in result["figures"].values()) == 22 and result["stability"]["resamples"] > 0


def test_nothing_is_said_of_weights_where_all_are_one(room: Room, clock: Clock) -> None:
    """A frozen roll alone changes no word."""
    result = weighed(room, clock, "approval", heavy=0)
    assert "weight" not in result["base"] and result["steps"][0] != t("en", "vote.step.weights", n=12, votes=12)


def test_people_are_drawn_and_not_votes() -> None:
    """One heavy person among ten leads in fewer resamples than the same votes of many people would; nine people are too few."""
    method, a, b = counting.method_of({"method": "approval"}), "a", "b"
    settings: dict[str, Any] = {"run": "r", "seed": "s"}
    alone = stability(method, [a, b], [([a], 12), *[([b], 1)] * 10], settings)
    many = stability(method, [a, b], [*[([a], 1)] * 12, *[([b], 1)] * 10], settings)
    assert alone and many and 0.5 < alone["options"][a]["first"] / alone["resamples"] < 0.75
    assert stability(method, [a, b], [([a], 12), *[([b], 1)] * 8], settings) is None


@pytest.mark.parametrize("method", ["approval", "irv"])
def test_a_base_that_does_not_add_up_is_told(room: Room, clock: Clock, method: str) -> None:
    """Each number around the result is compared with the sums, or with the ballots."""
    round_ = weighed(room, clock, method, heavy=6, many=30)["id"]
    given = room.client(room[0]).get(f"/api/events/{room.event.slug}/rounds/{round_}/recount").get_json()
    assert recount.check(given) == []
    for name, value in (("eligible", 29), ("cast", 29), ("valid", 29), ("weight", 43), ("abstentions", 1)):
        base = given["proof"]["result"]["base"] | {name: value}
        proof = given["proof"] | {"result": given["proof"]["result"] | {"base": base}}
        found = recount.check(given | {"proof": proof, "checksum": counting.fingerprint(proof)})
        assert ("vote.recount.base", {}) in found, name


def test_the_staff_is_warned_of_what_nobody_can_count_again(room: Room) -> None:
    """A rare weight in a method that needs the ballots; not where sums suffice, not where names stand beside the votes."""
    vote = room.activity("vote")["id"]
    people = crowd(room, 6)
    roll = [{"member": person.id, "weight": 2 if number == 0 else 1} for number, person in enumerate(people)]
    room.send(room.organiser, "voting.roll", {"activity": vote, "people": roll})
    sentence = t("en", "vote.warn.recount", method=t("en", "method.irv"))
    for method, told in (("schulze", False), ("irv", True)):
        room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"method": method, "shape": "ranking"}})
        assert (sentence in room.rows("activities")[vote]["warnings"]) is told
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"secret": False}})
    assert "warnings" not in room.rows("activities")[vote]
