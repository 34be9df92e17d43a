"""Bounds of sums: those that ballots make keep them, whichever ballots, and those that no ballots make do not."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate.voting import bounds, counting
from tests.voting.crowd import METHODS, ballot_by
from tests.voting.test_methods import ballots_for

OPTIONS = list("abcde")
SETTINGS = {"budget": 45, "cap": 3, "min": 0, "max": 5}
SUMMED = sorted(method for method in METHODS if counting.sums_suffice({"method": method}))


def sums_of(method: str, ballots: list[Any], weights: list[int] | None = None) -> dict[str, Any]:
    """What a recount gets in place of these ballots."""
    options = [{"id": option, "number": 0, "title": "", "status": "open"} for option in OPTIONS]
    pile = {"run": "r", "seed": "s", "method": method, "shape": METHODS[method].SHAPE, "settings": SETTINGS, "eligible": 99, "options": options}
    return dict(counting.sums_of(pile | {"ballots": ballots, "weights": weights or [1] * len(ballots), "language": "en"}))


@pytest.mark.parametrize("method", SUMMED)
@given(data=some.data())
def test_what_ballots_make_is_possible(method: str, data: Any) -> None:
    """For any ballots, heavy ones too."""
    ballots = data.draw(ballots_for(METHODS[method].SHAPE))
    weights = data.draw(some.lists(some.integers(1, 3), min_size=len(ballots), max_size=len(ballots)))
    assert bounds.possible(sums_of(method, ballots, weights), SETTINGS, len(OPTIONS))


def leaves(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each number in a part."""
    if isinstance(part, (dict, list)):
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        return [leaf for key, one in inside for leaf in leaves(one, (*path, key))]
    return [path] if type(part) is int else []


@pytest.mark.parametrize("anything", [-1, 0.5, True, None, 10**6])
@pytest.mark.parametrize("method", SUMMED)
def test_what_none_makes_is_not(method: str, anything: Any) -> None:
    """Wherever in the sums a number stands that none can make: below zero, a part of a vote, more than there are ballots for."""
    made = sums_of(method, [ballot_by(method, OPTIONS, n) for n in range(7)])
    assert bounds.possible(made, SETTINGS, len(OPTIONS))
    for *way, last in leaves(made):
        if way or last != "ballots" or anything != 10**6:  # more ballots than sums ask for are the turnout's to tell
            forged = copy.deepcopy(made)
            inside = forged
            for key in way:
                inside = inside[key]
            inside[last] = anything
            assert not bounds.possible(forged, SETTINGS, len(OPTIONS)), (way, last)


@pytest.mark.parametrize(
    ("sums", "possible"),
    [
        ({"ballots": 2, "votes": {"a": 2, "b": 2}}, True),
        ({"ballots": 2, "votes": {"a": 2, "b": 1}, "several": 0}, False),
        ({"ballots": 2, "votes": {"a": 1}, "several": 2}, False),
        ({"ballots": 1, "points": {"a": 3}, "voters": {"a": 1}}, True),
        ({"ballots": 1, "points": {"a": 4}, "voters": {"a": 1}}, False),
        ({"ballots": 1, "points": {"a": 0}, "voters": {"a": 1}}, False),
        ({"ballots": 1, "points": {"a": 1}, "voters": {"b": 1}}, False),
        ({"ballots": 1, "points": dict.fromkeys("abcdefghijklmnop", 3), "voters": dict.fromkeys("abcdefghijklmnop", 1)}, False),
        ({"ballots": 2, "options": {"a": {"points": 4, "voters": 2, "credits": 10}}}, True),
        ({"ballots": 2, "options": {"a": {"points": 4, "voters": 2, "credits": 7}}}, False),
        ({"ballots": 2, "stances": {"a": {"agree": 2, "disagree": 1, "pass": 0}}}, False),
        ({"ballots": 2, "tallies": {"a": [1, 1, 1]}}, False),
        ({"ballots": 2, "marks": {"a": [[1, 0], [0, 2]]}}, False),
        ({"ballots": 2, "matrix": {"a": {"b": 1}, "b": {"a": 1}}}, True),
        ({"ballots": 2, "matrix": {"a": {"b": 2}, "b": {"a": 1}}}, False),
        ({"ballots": 1, "doubled": {"a": 4, "b": 2, "c": 0}}, True),
        ({"ballots": 1, "doubled": {"a": 4, "b": 4, "c": 0}}, False),
        ({"ballots": 2, "doubled": {"a": 12, "b": 0, "c": 0}}, False),
        ({"ballots": 1, "doubled": [["a", "b", 1, 1]], "skipped": 9}, True),
        ({"ballots": 1, "doubled": [["a", "b", 1, 1]], "skipped": 11}, False),
        ({"ballots": 1, "doubled": [["a", "b", 2, 0], ["b", "a", 2, 0]], "skipped": 0}, False),
        ({"ballots": 1, "doubled": [["a", "b", 1, 0]], "skipped": 0}, False),
    ],
)  # fmt: skip
def test_at_the_border(sums: dict[str, Any], possible: bool) -> None:
    """One vote more is one too many."""
    assert bounds.possible(sums, SETTINGS, len(OPTIONS)) is possible


def test_every_part_has_a_bound() -> None:
    """A part of which nobody said what it can be is no sum to count from."""
    with pytest.raises(KeyError):
        bounds.possible({"ballots": 1, "guesses": {}}, SETTINGS, 5)
