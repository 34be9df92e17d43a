"""After the count: how ties are settled, whether the method matters, how stable a ranking is, and all of it in words."""

import doctest
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate.core import registry
from facilitate.voting import compare, counting, methods, pairwise, stability, tables, ties, transfers
from facilitate.voting.result import Result
from facilitate.voting.words import explained, sentences
from tests.support import rankings
from tests.support.rankings import VECTORS, pile

METHODS = registry.variants(methods)
RUN = {"run": "r", "seed": "s"}


def each(ballots: list[Any]) -> list[tuple[Any, int]]:
    """Ballots of people who all weigh the same."""
    return [(ballot, 1) for ballot in ballots]


TIED = Result([["c"], ["a", "b"]], {})


@pytest.mark.parametrize("module", [compare, pairwise, stability, tables, ties, transfers])
def test_the_doctests_hold(module: Any) -> None:
    """What the modules show is true."""
    assert not doctest.testmod(module).failed


@pytest.mark.parametrize(
    ("shape", "ballots", "key"),
    [
        ("ranking", [[["b"], ["a"]], [["c"], ["b", "a"]]], "vote.step.settle_duels"),
        ("points", [{"a": 1, "b": 2}], "vote.step.settle_duels"),
        ("choices", [["b"], ["c"]], "vote.step.settle_duels"),
        ("scale", [{"a": 3, "b": {"value": 4, "reason": "It fits."}}], "vote.step.settle_duels"),
        ("stance", [{"a": "pass", "b": "agree"}], "vote.step.settle_duels"),
        ("stance", [{"a": "disagree", "b": "pass"}], "vote.step.settle_duels"),
        ("scale", [{"a": 0}, {"b": 1}], "vote.step.settle_supporters"),
        ("stance", [{"a": "disagree"}, {"b": "agree"}], "vote.step.settle_supporters"),
        ("motions", [{"a": "no", "b": "yes"}], "vote.step.settle_supporters"),
        ("ranking", [[["c"], ["b"]], [["a", "b"]], [["a"]]], "vote.step.settle_lot"),
        ("pair", [[{"winner": "b", "loser": "a"}]], "vote.step.settle_duels"),
        ("pair", [[{"winner": "b", "loser": "c"}, {"equal": ["a", "b"]}]], "vote.step.settle_supporters"),
        ("pair", [[{"skip": ["a", "b"]}]], "vote.step.settle_lot"),
        ("two_scales", [{"a": {"impact": 3, "effort": 2}, "b": {"impact": 5, "effort": 3}}], "vote.step.settle_duels"),
        ("two_scales", [{"b": {"impact": 3, "effort": 2}}, {"a": {"impact": 3}}], "vote.step.settle_supporters"),
        ("nothing", ["b"], "vote.step.settle_lot"),
    ],
)
def test_one_rule_after_the_other(shape: str, ballots: list[Any], key: str) -> None:
    """Head to head, supporters, the lot: the first one that tells them apart decides, and says so."""
    drawn = sorted("ab", key=lambda option: ties.lot(RUN, option))
    settled = ties.settle(TIED, ["a", "b", "c"], ballots, shape, RUN)
    assert [step for step, _ in settled.steps] == ["vote.step.settle", key]
    assert settled.order == ["c", *(drawn if key == "vote.step.settle_lot" else "ba")]


def test_parts_begin_again_with_the_first_rule() -> None:
    """Three in a circle and one behind them: duels tell that one apart, and those in the circle go on, each with the next rule."""
    settled = ties.settle(Result([list("abcd")], {}), list("abcd"), pile([[1, "abcd"], [1, "bcad"], [1, "cabd"]]), "ranking", RUN)
    assert [step for step, _ in settled.steps] == ["vote.step.settle", "vote.step.settle_duels", "vote.step.settle_lot"]
    assert settled.steps[1][1] == {"options": list("abcd"), "first": list("abc"), "n": 1} and settled.order[-1] == "d"
    settled = ties.settle(Result([list("abc")], {}), list("abc"), [[["a"], ["b"]], [["b"], ["a"]], [["c"]]], "ranking", RUN)
    assert [step for step, _ in settled.steps] == ["vote.step.settle", "vote.step.settle_duels", "vote.step.settle_lot"]
    assert settled.steps[1][1]["first"] == ["a", "b"] and settled.order[-1] == "c"


@given(rankings.piles(list("abcd")), some.randoms(use_true_random=False))
def test_a_settled_order_depends_on_nothing_but_the_votes_and_the_lot(ballots: list[Any], chance: Any) -> None:
    """Each option once, levels in their order, and the same whatever the order of ballots and options."""
    result = METHODS["schulze"].count(list("abcd"), ballots, RUN)
    settled = ties.settle(result, list("abcd"), ballots, "ranking", RUN)
    at = 0
    for tied in result.ranking:
        assert sorted(settled.order[at : at + len(tied)]) == tied
        at += len(tied)
    chance.shuffle(ballots)
    assert ties.settle(result, list("dcba"), ballots, "ranking", RUN) == settled
    assert sentences(settled.steps, {option: option.upper() for option in "abcd"}, "en") is not None


def test_the_lot_follows_the_seed() -> None:
    """Another seed may draw another order; who is withdrawn is in none."""
    orders = {tuple(ties.settle(TIED, ["a", "b", "c"], [], "ranking", {"run": "r", "seed": str(n)}).order) for n in range(20)}
    assert orders == {("c", "a", "b"), ("c", "b", "a")}
    assert ties.settle(TIED, ["a", "c"], [], "ranking", RUN) == (["c", "a"], [])


def test_tennessee_depends_on_the_method() -> None:
    """Head to head and Borda choose Nashville, the run-off Knoxville, first places Memphis."""
    ballots = pile(VECTORS["tennessee"]["ballots"])
    found = compare.compare("irv", list("CKMN"), ballots, {}, METHODS)
    assert found["depends"] and found["methods"][0] == {"method": "irv", "winners": ["K"]}
    winners = {one["method"]: one["winners"] for one in found["methods"]}
    assert winners == {"irv": ["K"], "schulze": ["N"], "borda": ["N"], "ranked-pairs": ["N"], "first-places": ["M"]}
    clear = compare.compare("schulze", ["a", "b"], pile([[2, "ab"], [1, "ba"]]), {}, METHODS)
    assert not clear["depends"] and len(clear["methods"]) == 5


def test_a_scale_is_compared_with_what_counts_scales() -> None:
    """Methods that are not there are left out; first places are for rankings only."""
    known = {name: SimpleNamespace(SHAPE="scale", count=METHODS["dots"].count) for name in ("score", "star")}
    found = compare.compare("star", ["a", "b"], [{"a": 2, "b": 1}], {}, known)  # type: ignore[arg-type]
    assert found == {"methods": [{"method": "star", "winners": ["a"]}, {"method": "score", "winners": ["a"]}], "depends": False}


@pytest.mark.parametrize(("method", "ballots"), [("schulze", []), ("approval", [["a"]]), ("stv", [[["a"]]])])
def test_nothing_to_compare(method: str, ballots: list[Any]) -> None:
    """No ballots, no other method for the shape, or a method that answers another question."""
    assert compare.compare(method, ["a", "b"], ballots, {}, METHODS) == {"methods": [], "depends": False}


def test_what_has_companions() -> None:
    """A fist to five is a score ballot; transfers for one seat choose one, as rankings do, and for two they do not."""
    found = compare.compare("fist-to-five", ["a", "b"], [{"a": 5, "b": 1}], RUN | {"max": 5}, METHODS)
    assert {one["method"] for one in found["methods"]} == {"fist-to-five", "score", "star", "majority-judgement"} and not found["depends"]
    one, two = (compare.compare("stv", list("abc"), pile([[6, "ab"], [5, "ba"]]), RUN | {"seats": seats}, METHODS)["methods"] for seats in (1, 2))
    assert one[0] == {"method": "stv", "winners": ["a"]} and len(one) == 6 and two == []


def test_stability_of_a_clear_and_of_a_close_vote() -> None:
    """A unanimous ranking never moves; a close one does; below ten voters nothing is said."""
    clear = stability.stability(METHODS["schulze"], ["a", "b"], each(pile([[10, "ab"]])), RUN)
    assert clear == {
        "resamples": 200,
        "options": {"a": {"first": 200, "best": 1, "worst": 1, "usual": [1, 1]}, "b": {"first": 0, "best": 2, "worst": 2, "usual": [2, 2]}},
    }
    close = stability.stability(METHODS["schulze"], ["a", "b"], each(pile([[6, "ab"], [5, "ba"]])), RUN)
    assert close is not None and 100 < close["options"]["a"]["first"] < 180 and close["options"]["a"]["worst"] == 2
    assert stability.stability(METHODS["schulze"], ["a"], each(pile([[9, "a"]])), RUN) is None
    assert stability.stability(METHODS["schulze"], [], each(pile([[10, "a"]])), RUN) is None


def test_stability_of_a_set() -> None:
    """For a set it is counted how often an option is in it."""
    two = stability.stability(METHODS["stv"], list("abc"), each(pile([[6, "a"], [5, "b"]])), RUN | {"seats": 2})
    assert two is not None and [two["options"][option]["first"] for option in "abc"] == [200, 200, 0]


def test_stability_is_the_same_for_everybody() -> None:
    """Neither the order of ballots nor that of options changes a draw; the seed does."""
    ballots = pile([[4, "abc"], [4, "bca"], [3, "cab"]])
    first = stability.stability(METHODS["borda"], list("abc"), each(ballots), RUN)
    assert stability.stability(METHODS["borda"], list("cba"), each(ballots[::-1]), RUN) == first
    assert stability.stability(METHODS["borda"], list("abc"), each(ballots), {"run": "r", "seed": "other"}) != first


def test_steps_in_words() -> None:
    """Titles instead of ids, lists as the language writes them, fractions to two places, and ids nowhere."""
    titles = {"a": "Park", "b": "School", "c": "Bridge"}
    steps: Any = [("vote.step.settle", {"options": ["a", "b", "c"]}), ("vote.step.goes", {"option": "b", "votes": "7/3", "round": 2})]
    assert sentences(steps, titles, "en") == [
        "Park, School, and Bridge tie.",
        "Round 2: School has the fewest votes, 2.33, and goes. Its ballots move on to their next choice.",
    ]
    assert sentences(steps, titles, "en-XA")[0].startswith("[")
    assert explained("en", "schulze")["name"] == "Ranking, head to head (Schulze)"


@pytest.mark.parametrize(
    ("settings", "yes", "no", "abstain", "needed", "of", "passed"),
    [
        ({}, 2, 1, 5, 2, 3, True), ({}, 2, 2, 0, 3, 4, False), ({}, 0, 0, 3, 1, 0, False), ({"majority_of": "cast"}, 2, 1, 5, 5, 8, False),
        ({"majority": "absolute", "eligible": 9}, 4, 0, 0, 5, 9, False), ({"majority": "absolute", "eligible": 9}, 5, 4, 0, 5, 9, True),
        ({"majority": "two-thirds"}, 2, 1, 0, 2, 3, True), ({"majority": "two-thirds"}, 66, 34, 0, 67, 100, False),
        ({"majority": "two-thirds"}, 0, 0, 2, 1, 0, False),
        ({"majority": "three-quarters"}, 3, 1, 4, 3, 4, True), ({"majority": "three-quarters", "majority_of": "cast"}, 3, 1, 4, 6, 8, False),
        ({"majority_of": "eligible", "eligible": 10}, 6, 0, 0, 6, 10, True), ({"quorum": 50, "eligible": 9}, 4, 0, 0, 3, 4, False),
        ({"quorum": 50, "eligible": 8}, 4, 0, 0, 3, 4, True), ({"quorum": 50, "eligible": 8}, 2, 0, 2, 2, 2, True),
    ],
)  # fmt: skip
def test_majorities(settings: dict[str, Any], yes: int, no: int, abstain: int, needed: int, of: int, passed: bool) -> None:
    """What a motion needs, of what, and whether it passes; the quorum is said where one is asked for."""
    ballots = [{"a": answer} for answer, times in (("yes", yes), ("no", no), ("abstain", abstain)) for _ in range(times)]
    counted = METHODS["majority"].count(["a"], ballots, settings)
    motion = counted.details["motions"]["a"]
    assert (motion["needed"], motion["of"], motion["reached"], motion["passed"]) == (needed, of, yes, passed)
    assert counted.figures == {"a": {"yes": yes, "no": no, "abstain": abstain}}
    assert any("quorum" in key for key, _ in counted.steps) is ("quorum" in settings)
    assert all(sentences(counted.steps, {"a": "Motion 1"}, "en"))


def test_motions_that_pass_are_ahead() -> None:
    """First what passed, then by the share of yes; a blank is no answer to that motion."""
    ballots = [{"a": "yes", "b": "no", "c": "yes"}, {"a": "yes", "c": "no", "x": "yes"}, {"b": "yes", "a": "no"}]
    assert METHODS["majority"].count(list("abc"), ballots, {}).ranking == [["a"], ["b", "c"]]


def rows(method: str, shape: str, ballots: list[Any], options: str) -> list[dict[str, Any]]:
    """The table of a count, as pages draw it."""
    counted = METHODS[method].count(list(options), ballots, {})
    known = [{"id": option, "number": at} for at, option in enumerate(options, start=1)]
    round_ = {"shape": shape, "method": method, "figures": METHODS[method].FIGURES}
    return tables.lines(round_, {"ranking": counted.ranking, "figures": counted.figures, "base": {"cast": len(ballots)}}, known)


def test_rankings_and_motions_as_tables() -> None:
    """Each method shows its own figures; fractions are drawn to two places; motions fill their bars with yes of all answers."""
    borda = rows("borda", "ranking", [[["a"], ["b", "c"]]], "abc")
    assert [(line["value"], line["share"], line["lead"]) for line in borda] == [(2, 1.0, True), (0.5, 0.25, False), (0.5, 0.25, False)]
    assert [line["value"] for line in rows("schulze", "ranking", [[["a"], ["b"]]], "abc")] == [2, 1, 0]
    assert [line["share"] for line in rows("majority", "motions", [{"a": "yes", "b": "no"}, {"a": "abstain"}], "ab")] == [0.5, 0.0]


def test_places_are_settled_apart() -> None:
    """Why one of those that share the first place would be first, and on its own what is so of lower places."""
    options = [{"id": one, "number": place, "title": one, "status": "open"} for place, one in enumerate("abcd", start=1)]
    pile = RUN | {"method": "approval", "shape": "choices", "settings": {"min": 0, "max": 4}, "language": "en", "eligible": 9, "options": options}
    both = counting.count(pile | {"ballots": [["a", "b"], ["a", "b"], ["c", "d"]], "weights": [1, 1, 1]})["settled"]
    assert both["steps"][0] == "1 and 2 tie." and both["lower"][0] == "3 and 4 tie." and not set(both["steps"]) & set(both["lower"])
    lower = counting.count(pile | {"ballots": [["a", "b"], ["a", "c"]], "weights": [1, 1]})["settled"]
    assert lower["steps"] == [] and lower["lower"][0] == "2 and 3 tie." and lower["order"][0] == "a"
