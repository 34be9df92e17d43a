"""Comparing pairs: known strengths, an oracle, and who compares what next."""

import json
from math import exp, isclose
from typing import Any

import choix
import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate.core import registry
from facilitate.voting import methods
from facilitate.voting.methods.bradley_terry import fitted, tallied
from facilitate.voting.pairs import next_pairs
from tests.support import house
from tests.voting import piles

COUNT = registry.variants(methods)["bradley-terry"].count
VECTORS = json.loads((house.ROOT / "tests" / "data" / "voting" / "vectors.json").read_text(encoding="utf-8"))
OPTIONS = list("abcde")


def baseball() -> tuple[list[str], list[Any]]:
    """The season of 1987 as ballots."""
    table = VECTORS["bradley_terry_baseball_1987"]
    teams, wins = table["teams"], table["wins"]
    games = [[{"winner": teams[i], "loser": teams[j]}] for i, row in enumerate(wins) for j, n in enumerate(row) for _ in range(n)]
    return teams, games


def test_the_strengths_of_a_season() -> None:
    """Agresti's estimates, but for the prior, which is as good as nought here; with the usual one the order is the same."""
    teams, games = baseball()
    strengths, _ = fitted(sorted(teams), tallied(teams, games)[0], 1e-6)
    found = [round(strengths[team] - strengths["Bal"], 2) for team in teams]
    assert found == VECTORS["bradley_terry_baseball_1987"]["log_strength_vs_Bal"]
    counted = COUNT(teams, games, {})
    assert counted.ranking == [[team] for team in teams]
    assert all(one["low"] < one["strength"] < one["high"] for one in counted.figures.values())


@given(some.lists(piles.ballot_of("pair", OPTIONS), min_size=1, max_size=30), some.sampled_from([0.5, 1.0]))
def test_strengths_are_those_of_an_oracle(ballots: list[Any], prior: float) -> None:
    """choix, by another method and with the same prior: the slope of the likelihood is nought at its maximum."""
    wins, _ = tallied(OPTIONS, ballots)
    strengths, _ = fitted(OPTIONS, wins, prior)
    average, halves = len(OPTIONS), int(prior * 2)
    pairs = [(OPTIONS.index(a), OPTIONS.index(b)) for (a, b), n in wins.items() for _ in range(n * 2)]
    pairs += [pair for index in range(average) for pair in ((index, average), (average, index)) for _ in range(halves)]
    oracle = choix.opt_pairwise(average + 1, pairs, alpha=0, method="BFGS", tol=1e-9)
    for index, option in enumerate(OPTIONS):
        assert isclose(strengths[option], oracle[index] - oracle[average], abs_tol=1e-3)


def test_extremes_stay_finite() -> None:
    """Who always wins, and who was never compared, have a strength."""
    figures = COUNT(["a", "b", "c"], [[{"winner": "a", "loser": "b"}]] * 1000, {}).figures
    assert figures["a"]["strength"] == -figures["b"]["strength"] > 3 and figures["c"]["low"] is None
    assert figures["a"]["of_hundred"] > 90 and figures["c"] == {"of_hundred": 0, "comparisons": 0, "wins": 0, "strength": 0.0, "low": None, "high": None}


@pytest.mark.parametrize(
    "wins",
    [
        {("e", "a"): 2, ("a", "e"): 2, ("c", "b"): 2, ("c", "f"): 1000, ("a", "b"): 100000, ("f", "d"): 1},
        {("e", "c"): 100000, ("d", "f"): 1, ("d", "c"): 1000, ("e", "f"): 100000, ("a", "d"): 10, ("e", "b"): 1, ("f", "b"): 1000},
    ],
)
def test_strengths_explain_lopsided_data(wins: dict[tuple[str, str], int]) -> None:
    """Where a step of Newton's method goes too far it is cut; in the maximum everybody won as often as was to be expected."""
    wins = wins | {(b, a): 0 for a, b in wins if (b, a) not in wins}
    for prior in (1e-4, 0.1, 1.0):
        strengths, _ = fitted(list("abcdef"), wins, prior)
        for one in "abcdef":
            met = [(other, wins[one, other] + wins[other, one]) for other in "abcdef" if (one, other) in wins]
            expected = sum(n / 2 / (1 + exp(strengths[other] - strengths[one])) for other, n in met) + prior / (1 + exp(-strengths[one]))
            assert isclose(expected, sum(wins[one, other] for other, _ in met) / 2 + prior / 2, abs_tol=1e-5)


def test_equal_data_tie_and_what_was_seen_is_told() -> None:
    """A circle of three is a tie; skipped pairs are no comparisons."""
    circle = [[{"winner": "a", "loser": "b"}], [{"winner": "b", "loser": "c"}], [{"winner": "c", "loser": "a"}], [{"skip": ["a", "d"]}]]
    counted = COUNT(list("abcd"), circle, {})
    assert counted.ranking == [["a", "b", "c", "d"]] and counted.details["skipped"] == 1
    assert ("vote.step.pairs_seen", {"seen": 3, "n": 6}) in counted.steps and ("vote.step.pairs_few", {"n": 0}) in counted.steps
    half = COUNT(["a", "b"], [[{"equal": ["a", "b"]}]], {})
    assert half.figures["a"]["wins"] == "1/2" and half.details["pairs"] == [["a", "b", "1/2", "1/2"]]


@given(
    some.lists(some.text("abcdefgh", min_size=1, max_size=1), unique=True, max_size=8), some.dictionaries(some.sampled_from("abcdefgh"), some.integers(0, 9)),
    some.integers(0, 40), some.text(max_size=3),
)  # fmt: skip
def test_pairs_are_new_and_of_the_least_seen(options: list[str], seen: dict[str, int], n: int, salt: str) -> None:
    """Never the same two twice, nothing but options, all pairs in the end; the first one is among those seen least."""
    found = next_pairs(options, seen, [], salt, n)
    assert len({frozenset(pair) for pair in found}) == len(found) == min(n, len(options) * (len(options) - 1) // 2)
    assert next_pairs(list(reversed(options)), seen, [], salt, n) == found
    assert all({*pair} <= {*options} and pair[0] != pair[1] for pair in found)
    if found:
        assert sorted(seen.get(one, 0) for one in found[0]) == sorted(seen.get(one, 0) for one in options)[:2]
        assert not {frozenset(pair) for pair in next_pairs(options, seen, found[:1], salt, 40)} & {frozenset(found[0])}


@pytest.mark.parametrize("salt", ["a", "b", "c"])
def test_everything_is_seen_equally_often_on_both_sides(salt: str) -> None:
    """Over many voters: how often options are shown differs by one at most, left and right by little."""
    options, seen, lefts = [f"o{n}" for n in range(30)], dict.fromkeys([f"o{n}" for n in range(30)], 0), dict.fromkeys([f"o{n}" for n in range(30)], 0)
    for voter in range(100):
        for left, right in next_pairs(options, seen, [], f"{salt}{voter}", 15):
            seen[left], seen[right] = seen[left] + 1, seen[right] + 1
            lefts[left], lefts[right] = lefts[left] + 1, lefts[right] - 1
    assert max(seen.values()) - min(seen.values()) <= 1 and max(map(abs, lefts.values())) < 40
    own: list[tuple[str, str]] = []
    for _ in range(20):
        own += next_pairs(options[:8], {}, own, salt, 1)
    sides = [sum(pair[0] == one for pair in own) - sum(pair[1] == one for pair in own) for one in options[:8]]
    assert max(map(abs, sides)) <= 2
