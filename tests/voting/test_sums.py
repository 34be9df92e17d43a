"""Sums that suffice: a method that can be decided from sums gives from them, written down and read again, what it gives from the ballots."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate.core import registry
from facilitate.voting import counting, methods
from facilitate.voting.ballots import SHAPES
from tests.test_laws_purity import OPTIONS, ballots_of
from tests.voting import piles

METHODS = registry.variants(methods)
NEED_BALLOTS = {"irv", "stv", "equal-shares", "greedy"}
"""Methods whose next step depends on what else stands on a ballot: no sums tell enough."""
BY_SUMS = sorted(name for name in METHODS if hasattr(METHODS[name], "tally"))


def test_who_needs_ballots() -> None:
    """Every other method is decided from sums."""
    assert set(METHODS) - set(BY_SUMS) == NEED_BALLOTS
    assert all(hasattr(METHODS[name], "decide") == (name in BY_SUMS) for name in METHODS)


@pytest.mark.parametrize("name", BY_SUMS)
@given(data=some.data())
def test_sums_decide_as_ballots_do(name: str, data: Any) -> None:
    """Through a file too: everything that a result says, of random piles; and of a part of the options, as where one was withdrawn."""
    module = METHODS[name]
    ballots = data.draw(some.lists(ballots_of(module.SHAPE), max_size=12))
    settings = piles.SETTINGS | {"max": 2 if name == "consent" else 5, "eligible": 14, "quorum": 40, "majority": "two-thirds", "majority_of": "cast"}
    for options in (OPTIONS, OPTIONS[1:], OPTIONS[:1], []):
        sums = module.tally(options, ballots, settings)
        written = counting.canonical(sums)
        assert module.decide(list(reversed(options)), json.loads(written), settings).ranking == module.count(options, ballots, settings).ranking
        decided, counted = module.decide(options, json.loads(written), settings), module.count(options, ballots, settings)
        assert set(counted.details) - set(decided.details) == ({"objections", "concerns"} if name == "consent" else set()), "reasons decide nothing"
        assert decided == replace(counted, details={said: counted.details[said] for said in decided.details})
        assert counting.canonical(module.tally(options, data.draw(some.permutations(ballots)), settings)) == written


@pytest.mark.parametrize("name", BY_SUMS)
def test_sums_of_a_pile(name: str) -> None:
    """Weights, withdrawn options and ballots that do not count are in the sums as they are in the count."""
    module = METHODS[name]
    marks: dict[str, Any] = {
        "choices": ["a", "b"], "points": {"a": 2, "b": 1}, "stance": {"a": "agree", "b": "pass"}, "motions": {"a": "yes", "b": "no"},
        "ranking": [["a"], ["b"]], "scale": {"a": 2, "b": 1}, "two_scales": {"a": {"impact": 4, "effort": 2}}, "pair": [{"winner": "a", "loser": "b"}],
    }  # fmt: skip
    ballot = marks[module.SHAPE]
    settings = counting.asked(module.SHAPE, name) | {"max": 2}
    options = [{"id": one, "number": place, "title": one, "status": "withdrawn" if one == "c" else "open"} for place, one in enumerate("abc", start=1)]
    pile = {"run": "r", "seed": "s", "method": name, "shape": module.SHAPE, "settings": settings, "language": "en", "eligible": 9, "options": options}
    pile |= {"ballots": [ballot] * 3, "weights": [1, 2, 5]}
    assert set(SHAPES) >= {module.SHAPE} and counting.sums_suffice(pile)
    counted, decided = counting.tallied(pile), counting.from_sums(pile, json.loads(counting.canonical(counting.sums_of(pile))))
    assert decided["ranking"] == counted["ranking"]
    assert decided["figures"] == {one: counted["figures"][one] for one in "ab"}
