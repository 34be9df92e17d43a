"""The shapes scale, two scales, pair and budget as tables, and that marking step by step equals casting."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate.core.refusals import Refused
from facilitate.core.strings import t
from facilitate.voting.ballots import AXES, REASON, SHAPES, allowed, pair_of

SETTINGS = {"max": 5, "money": 10, "costs": {"a": 6, "b": 4, "c": 1}, "budget": 9, "cap": 3, "cost": "square"}
CONSENT = SETTINGS | {"max": 2, "reasons": [0]}
WHY = {"value": 0, "reason": "No."}
WON, EQUAL, SKIP = {"winner": "b", "loser": "a"}, {"equal": ["a", "c"]}, {"skip": ["b", "c"]}

BALLOTS: list[tuple[str, Any, Any, Any]] = [
    ("points", SETTINGS, {"a": 3}, {"a": 3}), ("points", SETTINGS, {"a": 2, "b": 2, "c": 1}, {"a": 2, "b": 2, "c": 1}),
    ("points", SETTINGS, {"a": 3, "b": 1}, "over_budget"), ("points", SETTINGS | {"cost": "each"}, {"a": 3, "b": 3, "c": 3}, {"a": 3, "b": 3, "c": 3}),
    ("scale", SETTINGS, {}, None), ("scale", SETTINGS, {"b": 5, "a": 0}, {"a": 0, "b": 5}), ("scale", SETTINGS, {"a": 6}, "invalid"),
    ("scale", SETTINGS, {"a": -1}, "invalid"), ("scale", SETTINGS, {"a": True}, "invalid"), ("scale", SETTINGS, {"a": 1.0}, "invalid"),
    ("scale", SETTINGS, {"a": None}, "invalid"), ("scale", SETTINGS, ["a"], "invalid"), ("scale", SETTINGS, {"a": WHY}, "invalid"),
    ("scale", CONSENT, {"a": WHY}, {"a": WHY}), ("scale", CONSENT, {"a": 0}, "invalid"), ("scale", CONSENT, {"a": {"value": 0, "reason": "  "}}, "invalid"),
    ("scale", CONSENT, {"a": {"value": 0, "reason": " No. "}}, {"a": WHY}), ("scale", CONSENT, {"a": {"value": 1, "reason": ""}}, {"a": 1}),
    ("scale", CONSENT, {"a": {"value": 1, "reason": "x" * REASON}}, {"a": {"value": 1, "reason": "x" * REASON}}), ("scale", CONSENT, {"a": 3}, "invalid"),
    ("scale", CONSENT, {"a": {"value": 1, "reason": "x" * (REASON + 1)}}, "invalid"), ("scale", CONSENT, {"a": {"value": 0}}, "invalid"),
    ("scale", CONSENT, {"a": {"value": 0, "reason": 1}}, "invalid"), ("scale", CONSENT, {"a": WHY | {"voter": "me"}}, "invalid"),
    ("two_scales", SETTINGS, {"a": {"impact": 5}, "b": {}}, {"a": {"impact": 5}}), ("two_scales", SETTINGS, {"a": {"impact": 6}}, "invalid"),
    ("two_scales", SETTINGS, {"a": {"impact": 0}}, "invalid"), ("two_scales", SETTINGS, {"a": {"size": 1}}, "invalid"),
    ("two_scales", SETTINGS, {"a": 1}, "invalid"),
    ("two_scales", SETTINGS, {"a": {"impact": True}}, "invalid"), ("two_scales", SETTINGS, [], "invalid"), ("two_scales", SETTINGS, {}, None),
    ("pair", SETTINGS, [], None), ("pair", SETTINGS, [SKIP, EQUAL, WON], [WON, EQUAL, SKIP]), ("pair", SETTINGS, [{"equal": ["c", "a"]}], [EQUAL]),
    ("pair", SETTINGS, [WON, {"winner": "a", "loser": "b"}], "invalid"), ("pair", SETTINGS, [{"winner": "a", "loser": "a"}], "invalid"),
    ("pair", SETTINGS, [{"winner": "a"}], "invalid"), ("pair", SETTINGS, [{"equal": ["a"]}], "invalid"), ("pair", SETTINGS, [{"equal": "ab"}], "invalid"),
    ("pair", SETTINGS, [{"equal": ["a", 1]}], "invalid"), ("pair", SETTINGS, [WON | EQUAL], "invalid"),
    ("pair", SETTINGS, {"winner": "a", "loser": "b"}, [{"winner": "a", "loser": "b"}]), ("pair", SETTINGS, {"a": "b"}, "invalid"),
    ("budget", SETTINGS, ["b", "a"], ["a", "b"]), ("budget", SETTINGS, ["a", "b", "c"], "over_budget"), ("budget", SETTINGS, [], None),
    ("budget", SETTINGS | {"free_cart": True}, ["a", "b", "c"], ["a", "b", "c"]), ("budget", SETTINGS, ["a", "a"], "invalid"),
    ("budget", SETTINGS, {}, "invalid"),
    ("budget", SETTINGS, [1], "invalid"),
]  # fmt: skip

MARKS: list[tuple[str, Any, Any, str, Any, Any]] = [
    ("scale", SETTINGS, {"a": 1}, "a", 0, {"a": 0}), ("scale", SETTINGS, {"a": 1}, "a", None, None), ("scale", SETTINGS, {"b": 1}, "a", None, {"b": 1}),
    ("scale", CONSENT, {"a": WHY}, "a", 2, {"a": 2}), ("scale", CONSENT, None, "a", 0, "invalid"),
    ("two_scales", SETTINGS, {"a": {"impact": 2}}, "a", {"impact": 2, "effort": 1}, {"a": {"effort": 1, "impact": 2}}),
    ("two_scales", SETTINGS, {"a": {"impact": 2}}, "a", {}, None), ("two_scales", SETTINGS, {"a": {"impact": 2}}, "a", None, None),
    ("two_scales", SETTINGS, None, "a", 3, "invalid"),
    ("pair", SETTINGS, None, "b", {"loser": "a"}, [WON]), ("pair", SETTINGS, [WON], "a", {"loser": "b"}, [{"winner": "a", "loser": "b"}]),
    ("pair", SETTINGS, [WON], "a", {"equal": "b"}, [{"equal": ["a", "b"]}]), ("pair", SETTINGS, [WON], "a", {"skip": "c"}, [WON, {"skip": ["a", "c"]}]),
    ("pair", SETTINGS, [WON, EQUAL, SKIP], "a", None, [SKIP]), ("pair", SETTINGS, [WON, EQUAL], "a", {"clear": "b"}, [EQUAL]),
    ("pair", SETTINGS, None, "a", {"clear": "b"}, None), ("pair", SETTINGS, None, "a", {"loser": "a"}, "invalid"),
    ("pair", SETTINGS, None, "a", "b", "invalid"),
    ("pair", SETTINGS, None, "a", {"winner": "b"}, "invalid"), ("pair", SETTINGS, None, "a", {"loser": 1}, "invalid"),
    ("pair", SETTINGS, None, "a", {}, "invalid"),
    ("budget", SETTINGS, ["a"], "b", True, ["a", "b"]), ("budget", SETTINGS, ["a", "b"], "c", True, "over_budget"),
    ("budget", SETTINGS, ["a"], "a", False, None),
    ("budget", SETTINGS, ["a"], "a", None, None), ("budget", SETTINGS, None, "a", 1, "invalid"),
]  # fmt: skip


def outcome(function: Any, *arguments: Any) -> Any:
    """What a function gives, or the code with which it refuses, in a sentence that has all its values."""
    try:
        return function(*arguments)
    except Refused as refused:
        assert "{" not in t("en", refused.key, **refused.values)
        return refused.code


@pytest.mark.parametrize(("shape", "settings", "ballot", "expected"), BALLOTS)
def test_whole_ballots(shape: str, settings: Any, ballot: Any, expected: Any) -> None:
    """What is stored of a ballot, or why it is refused."""
    assert outcome(SHAPES[shape].check, ballot, settings) == expected


@pytest.mark.parametrize(("shape", "settings", "stored", "option", "value", "expected"), MARKS)
def test_single_marks(shape: str, settings: Any, stored: Any, option: str, value: Any, expected: Any) -> None:
    """What one mark makes of a stored ballot, or why it is refused; what was stored is not touched."""
    before = repr(stored)
    assert outcome(SHAPES[shape].marked, stored, option, value, settings) == expected
    assert repr(stored) == before


OPTION = some.sampled_from("abcd")
WIDE = SETTINGS | {"money": 99}
VALUES = {
    "scale": some.integers(0, 5), "budget": some.booleans(),
    "two_scales": some.dictionaries(some.sampled_from(AXES), some.integers(1, 5)),
    "pair": some.dictionaries(some.sampled_from(["loser", "equal", "skip", "clear"]), OPTION, min_size=1, max_size=1),
}  # fmt: skip


@given(some.data(), some.sampled_from(sorted(VALUES)))
def test_marking_step_by_step_equals_casting(data: Any, name: str) -> None:
    """Whatever was marked in whichever order: what is stored is what casting it whole would store, and all can be taken back."""
    shape, stored = SHAPES[name], None
    for option, value in data.draw(some.lists(some.tuples(OPTION, some.none() | VALUES[name]), max_size=20)):
        if name != "pair" or value is None or option not in value.values():
            stored = shape.marked(stored, option, value, WIDE)
    empty: Any = [] if name in ("pair", "budget") else {}
    assert shape.check(stored if stored is not None else empty, WIDE) == stored
    again: Any = None
    for option, value in shape.marks(stored).items():
        for one in value if name == "pair" else [value]:
            again = shape.marked(again, *(_said(one) if name == "pair" else (option, one)), WIDE)
    assert again == stored
    for option in "abcd":
        stored = shape.marked(stored, option, None, WIDE)
    assert stored is None


def _said(one: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """A stored comparison as the mark that sets it."""
    if "winner" in one:
        return one["winner"], {"loser": one["loser"]}
    first, second = pair_of(one)
    return first, {next(iter(one)): second}


def test_comparisons_with_what_was_withdrawn() -> None:
    """None is added, those that stand stay, and taking one back is free."""
    shape, options = SHAPES["pair"], {"a": True, "b": False, "c": True}
    allowed(shape, [EQUAL], [WON, EQUAL], options)
    allowed(shape, [WON, EQUAL], [WON], options)
    allowed(shape, [WON], [WON, SKIP], options)
    for ballot in ([WON], [SKIP, WON]):
        with pytest.raises(Refused):
            allowed(shape, ballot, [SKIP], options)
