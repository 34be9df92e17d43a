"""The shapes of ballots as tables: what each takes, what it makes of it, and what it refuses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate.core.refusals import Refused
from facilitate.voting.ballots import ANSWERS, SHAPES, STANCES, allowed

SETTINGS = {"budget": 5, "cap": 3, "min": 0, "max": 2, "money": 9, "costs": {"a": 5}}
NAN, INFINITE = float("nan"), float("inf")

BALLOTS: list[tuple[str, Any, Any]] = [
    ("choices", [], None), ("choices", ["b", "a"], ["a", "b"]), ("choices", ["a", "b", "c"], "over_budget"), ("choices", ["a", "a"], "invalid"),
    ("choices", {"a": True}, "invalid"), ("choices", [1], "invalid"), ("choices", [["a"]], "invalid"), ("choices", [None], "invalid"),
    ("points", {}, None), ("points", {"b": 2, "a": 3}, {"a": 3, "b": 2}), ("points", {"a": 0}, None), ("points", {"a": 1, "b": 0}, {"a": 1}),
    ("points", {"a": 4}, "over_budget"), ("points", {"a": 3, "b": 3}, "over_budget"), ("points", {"a": -1}, "invalid"), ("points", {"a": 1.5}, "invalid"),
    ("points", {"a": 1.0}, "invalid"), ("points", {"a": True}, "invalid"), ("points", {"a": "1"}, "invalid"), ("points", {"a": None}, "invalid"),
    ("points", {"a": 10**30}, "over_budget"), ("points", {"a": NAN}, "invalid"), ("points", {"a": INFINITE}, "invalid"), ("points", ["a"], "invalid"),
    ("motions", {}, None), ("motions", {"b": "yes", "a": "abstain"}, {"a": "abstain", "b": "yes"}), ("motions", {"a": "agree"}, "invalid"),
    ("motions", ["a"], "invalid"), ("motions", {"a": True}, "invalid"), ("motions", {"a": None}, "invalid"),
    ("ranking", [], None), ("ranking", [[], []], None), ("ranking", [["c"], ["b", "a"]], [["c"], ["a", "b"]]),
    ("ranking", [["a"], [], ["b"], []], [["a"], [], ["b"]]),
    ("ranking", ["a"], "invalid"), ("ranking", [["a"], ["a"]], "invalid"), ("ranking", [["a", "a"]], "invalid"), ("ranking", [[1]], "invalid"),
    ("ranking", {"a": 1}, "invalid"), ("ranking", [[]] * 100 + [["a"]], "invalid"), ("ranking", [[]] * 99 + [["a"]], [[]] * 99 + [["a"]]),
    ("stance", {}, None), ("stance", {"b": "agree", "a": "pass"}, {"a": "pass", "b": "agree"}), ("stance", {"a": "Agree"}, "invalid"),
    ("stance", {"a": 1}, "invalid"), ("stance", {"a": ["agree"]}, "invalid"), ("stance", {"a": None}, "invalid"), ("stance", ["a"], "invalid"),
]  # fmt: skip

MARKS: list[tuple[str, Any, str, Any, Any]] = [
    ("choices", None, "a", True, ["a"]), ("choices", ["a"], "b", True, ["a", "b"]), ("choices", ["a"], "a", True, ["a"]), ("choices", ["a"], "a", False, None),
    ("choices", ["a", "b"], "a", None, ["b"]), ("choices", ["a", "b"], "c", True, "over_budget"), ("choices", None, "a", 1, "invalid"),
    ("choices", None, "a", 1.0, "invalid"), ("choices", None, "a", 0, "invalid"), ("choices", ["a"], "a", 0.0, "invalid"),
    ("choices", None, "a", "yes", "invalid"), ("choices", None, "a", {}, "invalid"), ("choices", None, "a", NAN, "invalid"),
    ("points", None, "a", 2, {"a": 2}), ("points", {"a": 2}, "a", 3, {"a": 3}), ("points", {"a": 2}, "a", 0, None), ("points", {"a": 2}, "a", None, None),
    ("points", {"a": 3, "b": 2}, "c", 1, "over_budget"), ("points", {"a": 2}, "a", 4, "over_budget"), ("points", {"a": 2}, "a", -1, "invalid"),
    ("points", {"a": 2}, "a", 0.5, "invalid"), ("points", None, "a", True, "invalid"), ("points", None, "a", "2", "invalid"),
    ("points", None, "a", {}, "invalid"), ("points", None, "a", -0.0, "invalid"),
    ("motions", None, "a", "yes", {"a": "yes"}), ("motions", {"a": "yes"}, "a", "no", {"a": "no"}), ("motions", {"a": "yes"}, "a", None, None),
    ("motions", None, "a", "agree", "invalid"), ("motions", None, "a", True, "invalid"), ("ranking", None, "a", 1, [["a"]]),
    ("ranking", None, "a", 2, [[], ["a"]]), ("ranking", [["a"]], "b", 1, [["a", "b"]]), ("ranking", [["a"], ["b"]], "a", 3, [[], ["b"], ["a"]]),
    ("ranking", [["a"], ["b"]], "a", None, [[], ["b"]]), ("ranking", [["a"], ["b"]], "b", None, [["a"]]), ("ranking", [[], ["a"]], "a", None, None),
    ("ranking", None, "a", 0, "invalid"), ("ranking", None, "a", -1, "invalid"), ("ranking", None, "a", True, "invalid"),
    ("ranking", None, "a", 1.0, "invalid"),
    ("ranking", None, "a", 101, "invalid"), ("ranking", None, "a", 10**30, "invalid"), ("ranking", None, "a", "1", "invalid"),
    ("stance", None, "a", "agree", {"a": "agree"}), ("stance", {"a": "agree"}, "a", "pass", {"a": "pass"}), ("stance", {"a": "agree"}, "a", None, None),
    ("stance", {"b": "pass"}, "a", None, {"b": "pass"}), ("stance", None, "a", True, "invalid"), ("stance", None, "a", "maybe", "invalid"),
    ("stance", None, "a", {}, "invalid"),
]  # fmt: skip


def outcome(function: Any, *arguments: Any) -> Any:
    """What a function gives, or the code with which it refuses."""
    try:
        return function(*arguments)
    except Refused as refused:
        assert refused.code in ("invalid", "over_budget")
        assert refused.code != "invalid" or set(refused.fields) == {"ballot"}
        return refused.code


@pytest.mark.parametrize(("shape", "ballot", "expected"), BALLOTS)
def test_whole_ballots(shape: str, ballot: Any, expected: Any) -> None:
    """What is stored of a ballot, or why it is refused."""
    assert outcome(SHAPES[shape].check, ballot, SETTINGS) == expected


@pytest.mark.parametrize(("shape", "stored", "option", "value", "expected"), MARKS)
def test_single_marks(shape: str, stored: Any, option: str, value: Any, expected: Any) -> None:
    """What one mark makes of a stored ballot, or why it is refused; what was stored is not touched."""
    before = repr(stored)
    assert outcome(SHAPES[shape].marked, stored, option, value, SETTINGS) == expected
    assert repr(stored) == before


def test_marks_on_what_may_be_marked() -> None:
    """No unknown option; none that was withdrawn, unless the mark stands already; taking it back is free."""
    points, options = SHAPES["points"], {"a": True, "gone": False}
    allowed(points, {"a": 1}, None, options)
    allowed(points, {"gone": 2}, {"gone": 2}, options)
    allowed(points, None, {"gone": 2}, options)
    for ballot, stored in (({"b": 1}, None), ({"gone": 1}, None), ({"gone": 1}, {"gone": 2}), ({"gone": 3}, {"gone": 2})):
        with pytest.raises(Refused) as refused:
            allowed(points, ballot, stored, options)
        assert refused.value.code == "unknown_option"


def test_a_withdrawn_option_moves_with_the_others() -> None:
    """In a ranking it may be left where it is or move, but not come in."""
    ranking, options = SHAPES["ranking"], {"a": True, "b": True, "gone": False}
    allowed(ranking, [["b"], ["gone"], ["a"]], [["a"], ["b"], ["gone"]], options)
    with pytest.raises(Refused):
        allowed(ranking, [["a"], ["gone"]], [["a"]], options)


OPTION = some.sampled_from("abcdef")
VALUES = {
    "choices": some.booleans(), "points": some.integers(0, 3), "stance": some.sampled_from(STANCES),
    "motions": some.sampled_from(ANSWERS), "ranking": some.integers(1, 6),
}  # fmt: skip
LISTS = ("choices", "ranking")


@given(some.data(), some.sampled_from(sorted(VALUES)))
def test_marks_add_up_to_the_ballot(data: Any, name: str) -> None:
    """Marking option by option gives the ballot that is cast whole, in whichever order, and taking all back gives none."""
    shape, settings = SHAPES[name], {"budget": 99, "cap": 9, "max": 99}
    marks = data.draw(some.lists(some.tuples(OPTION, some.none() | VALUES[name]), max_size=20))
    stored: Any = None
    for option, value in marks:
        stored = shape.marked(stored, option, value, settings)
    last = dict(marks)
    kept = {option: value for option, value in last.items() if value not in (None, False, 0)}
    assert shape.marks(stored) == (dict.fromkeys(kept, True) if name == "choices" else kept)
    assert shape.check(stored if stored is not None else ([] if name in LISTS else {}), settings) == stored
    for option in "abcdef":
        stored = shape.marked(stored, option, None, settings)
    assert stored is None


@given(some.data(), some.sampled_from(sorted(SHAPES)))
def test_any_json_is_a_ballot_or_refused(data: Any, name: str) -> None:
    """Nothing that JSON can say makes a shape fail in another way."""
    anything = some.recursive(
        some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=3),
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=3), inner, max_size=3),
        max_leaves=6,
    )
    outcome(SHAPES[name].check, data.draw(anything), SETTINGS)
    outcome(SHAPES[name].marked, None, "a", data.draw(anything), SETTINGS)


@given(some.dictionaries(OPTION, some.integers(1, 6)), some.randoms(use_true_random=False))
def test_ranking_step_by_step_is_casting(places: dict[str, int], chance: Any) -> None:
    """Marks in any order give the ranking that is cast whole, gaps included; each mark may come twice."""
    shape = SHAPES["ranking"]
    cast = shape.check([[option for option in places if places[option] == place] for place in range(1, 7)], {})
    marks = list(places.items()) * 2
    chance.shuffle(marks)
    stored: Any = None
    for option, place in marks:
        stored = shape.marked(stored, option, place, {})
    assert stored == cast and shape.marks(stored) == places
