"""Methods of counting: known results, real ballots, and properties (their common contract: tests/test_laws_purity.py)."""

import doctest
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate import polis
from facilitate.core import registry
from facilitate.replay import DEMO
from facilitate.voting import methods, result
from facilitate.voting.ballots import ANSWERS, SHAPES, STANCES
from facilitate.voting.result import exact
from tests.support import house, rankings
from tests.voting import piles

METHODS = registry.variants(methods)
FRESHWATER = house.ROOT / "tests" / "data" / "polis" / "scoop-hivemind.freshwater"
OPTIONS = list("abcde")
SETTINGS = piles.SETTINGS | {"budget": 5, "cap": 3, "min": 0, "max": 5}
MARKS = {"choices": some.just(True), "points": some.integers(1, 3), "stance": some.sampled_from(STANCES), "motions": some.sampled_from(ANSWERS)}


QUOTA = {"stv"}
"""Where one more ballot also raises what is needed."""


def ballots_for(shape: str) -> Any:
    """A strategy for piles of ballots of a shape."""
    if shape == "choices":
        return some.lists(some.lists(some.sampled_from(OPTIONS), unique=True), max_size=12)
    if shape == "ranking":
        return rankings.piles(OPTIONS)
    if shape in ("scale", "two_scales", "pair", "budget"):
        return some.lists(piles.ballot_of(shape, OPTIONS), max_size=12)
    return some.lists(some.dictionaries(some.sampled_from(OPTIONS), MARKS[shape]), max_size=12)


def test_there_is_a_method_for_every_shape() -> None:
    """No shape without one, no method without a shape; the usual one of each shape counts it."""
    assert {module.SHAPE for module in METHODS.values()} == set(SHAPES)
    assert all(shape.name == METHODS[shape.usual].SHAPE for shape in SHAPES.values())


def test_the_doctest_of_rankings_holds() -> None:
    """What all methods share."""
    assert not doctest.testmod(result).failed


@pytest.mark.parametrize("name", sorted(METHODS))
def test_nobody_voted(name: str) -> None:
    """Everything ties, nothing fails, also without options."""
    method = METHODS[name]
    assert method.count(OPTIONS, [], SETTINGS).ranking == [OPTIONS]
    empty = method.count([], [], SETTINGS)
    assert (empty.ranking, empty.figures) == ([], {})


@given(some.data())
def test_a_count_changes_no_ballot_and_says_no_less_than_nothing(data: Any) -> None:
    """Ballots are as they were; every figure is an exact number from nought up."""
    module = METHODS[data.draw(some.sampled_from(sorted(METHODS)))]
    ballots = data.draw(ballots_for(module.SHAPE))
    before = repr(ballots)
    figures = module.count(OPTIONS, ballots, SETTINGS).figures.values()
    assert repr(ballots) == before
    if module.SHAPE not in ("two_scales", "pair"):  # a quadrant is a word, a strength may be negative
        numbers = [number for one in figures for number in one.values() if number is not None]
        assert all(exact(Fraction(number)) == number and Fraction(number) >= 0 for number in numbers)


@given(some.data())
def test_marks_on_what_is_no_option_are_no_marks(data: Any) -> None:
    """An option that is not counted, whatever was marked on it, has no place; the others have one each."""
    module = METHODS[data.draw(some.sampled_from(sorted(METHODS)))]
    counted = module.count(OPTIONS[:3], data.draw(ballots_for(module.SHAPE)), SETTINGS)
    assert sorted(option for tied in counted.ranking for option in tied) == sorted(counted.figures) == OPTIONS[:3]


def place(counted: result.Result, option: str) -> int:
    """How many options are ahead of one."""
    return sum(len(tied) for tied in counted.ranking[: next(n for n, tied in enumerate(counted.ranking) if option in tied)])


@given(some.data())
def test_one_more_supporter_never_hurts(data: Any) -> None:
    """Monotonicity: a new ballot for one option alone cannot put it further back."""
    more_of: dict[str, Any] = {
        "choices": ["c"], "points": {"c": 1}, "stance": {"c": "agree"}, "motions": {"c": "yes"}, "ranking": [["c"]], "scale": {"c": 2},
        "two_scales": {"c": {"impact": 5, "effort": 1}},
    }  # fmt: skip
    module = METHODS[data.draw(some.sampled_from([name for name in sorted(METHODS.keys() - QUOTA) if METHODS[name].SHAPE in more_of]))]
    ballots, more = data.draw(ballots_for(module.SHAPE)), more_of[module.SHAPE]
    more = {"c": module.ASKS["max"]} if module.SHAPE == "scale" else more
    assert place(module.count(OPTIONS, [*ballots, more], SETTINGS), "c") <= place(module.count(OPTIONS, ballots, SETTINGS), "c")


@given(ballots_for("choices"))
def test_approval_is_a_sum_over_ballots(ballots: list[list[str]]) -> None:
    """An oracle that shares no line with the method."""
    figures = METHODS["approval"].count(OPTIONS, ballots, SETTINGS).figures
    assert figures == {option: {"votes": sum(option in ballot for ballot in ballots)} for option in OPTIONS}


@given(ballots_for("points"))
def test_dots_are_sums_over_ballots(ballots: list[dict[str, int]]) -> None:
    """Points and different voters, and the ranking by points alone."""
    counted = METHODS["dots"].count(OPTIONS, ballots, SETTINGS)
    for option in OPTIONS:
        marks = [ballot[option] for ballot in ballots if option in ballot]
        assert counted.figures[option] == {"points": sum(marks), "voters": len(marks)}
    levels = [counted.figures[tied[0]]["points"] for tied in counted.ranking]
    assert levels == sorted(set(levels), reverse=True)


@given(ballots_for("stance"))
def test_statements_are_ordered_by_shared_agreement(ballots: list[dict[str, str]]) -> None:
    """(agree + 1) / (agree + disagree + 2), exactly; passing moves nothing."""
    counted = METHODS["agree-disagree-pass"].count(OPTIONS, ballots, SETTINGS)

    def share(option: str) -> Fraction:
        stances = [ballot[option] for ballot in ballots if ballot.get(option, "pass") != "pass"]
        return Fraction(stances.count("agree") + 1, len(stances) + 2)

    assert [share(tied[0]) for tied in counted.ranking] == sorted({share(option) for option in OPTIONS}, reverse=True)


def test_tennessee_by_first_choices() -> None:
    """The textbook's electorate: with one mark each Memphis leads; who could also live with the next city elects Nashville."""
    groups = [(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")]
    first = [[order[0]] for size, order in groups for _ in range(size)]
    assert METHODS["approval"].count(list("CKMN"), first, SETTINGS).ranking == [["M"], ["N"], ["K"], ["C"]]
    two = [list(order[:2]) for size, order in groups for _ in range(size)]
    counted = METHODS["approval"].count(list("CKMN"), two, SETTINGS)
    assert counted.figures == {"N": {"votes": 68}, "C": {"votes": 58}, "M": {"votes": 42}, "K": {"votes": 32}}
    assert counted.ranking == [["N"], ["C"], ["M"], ["K"]]


def test_a_lonely_agreement_does_not_lead() -> None:
    """One of one is less sure than nineteen of twenty."""
    ballots: list[dict[str, str]] = [{"b": "agree"}] * 19 + [{"b": "disagree"}, {"a": "agree"}]
    assert METHODS["agree-disagree-pass"].count(["a", "b", "c"], ballots, {}).ranking == [["b"], ["a"], ["c"]]


@pytest.mark.parametrize("folder", [DEMO, FRESHWATER], ids=["demo", "freshwater"])
def test_real_stances(folder: Path) -> None:
    """The figures of two real consultations are those of their data."""
    data = polis.read(folder)
    ballots: dict[str, dict[str, str]] = {}
    for mark in data.marks:
        ballots.setdefault(mark.voter, {})[mark.statement] = mark.value
    counted = METHODS["agree-disagree-pass"].count([one.id for one in data.statements], list(ballots.values()), {})
    assert counted.figures == data.figures()


@pytest.mark.parametrize(
    ("name", "tied", "one_more"),
    [("approval", ["a", "b"], ["a"]), ("dots", {"a": 1, "b": 1}, {"a": 1}), ("agree-disagree-pass", {"a": "agree", "b": "agree"}, {"a": "agree"})],
)  # fmt: skip
def test_a_tie_is_shown_as_one(name: str, tied: Any, one_more: Any) -> None:
    """A step says how many tie; where one leads there is none."""
    counted = METHODS[name].count(["a", "b", "c"], [tied], SETTINGS)
    assert counted.ranking == [["a", "b"], ["c"]] and ("vote.step.tie", {"n": 2}) in counted.steps
    counted = METHODS[name].count(["a", "b", "c"], [tied, one_more], SETTINGS)
    assert counted.ranking[0] == ["a"] and all(key != "vote.step.tie" for key, _ in counted.steps)
