"""Canonical JSON against the vectors of RFC 8785 and against an implementation that is not ours."""

import json
import math

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.practices.canonical import EXACT, canonical, fingerprint

NUMBERS = {  # RFC 8785, appendix B
    0.0: "0",
    5e-324: "5e-324",
    -5e-324: "-5e-324",
    1.7976931348623157e308: "1.7976931348623157e+308",
    9007199254740992.0: "9007199254740992",
    295147905179352830000.0: "295147905179352830000",
    9.999999999999997e22: "9.999999999999997e+22",
    1e23: "1e+23",
    1.0000000000000001e23: "1.0000000000000001e+23",
    999999999999999700000.0: "999999999999999700000",
    1e21: "1e+21",
    9.999999999999997e-7: "9.999999999999997e-7",
    0.000001: "0.000001",
    333333333.33333325: "333333333.33333325",
    -0.0000033333333333333333: "-0.0000033333333333333333",
    1424953923781206.2: "1424953923781206.2",
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-EXACT, EXACT) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(("number", "written"), NUMBERS.items(), ids=NUMBERS.values())
def test_numbers_are_written_as_the_rfc_says(number: float, written: str) -> None:
    assert canonical(number).decode() == written


def test_zero_has_no_sign() -> None:
    assert canonical([-0.0, 0]) == b"[0,0]"


def test_keys_are_sorted_by_utf16_units() -> None:
    """The example of RFC 8785, section 3.2.3: the emoji comes before a letter of the basic plane."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\u00f6"]
    written = json.loads(canonical(dict.fromkeys(keys)))
    assert list(written) == ["\r", "1", "\x80", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@settings(deadline=None)
@given(JSON)
def test_same_bytes_as_another_implementation(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [math.nan, math.inf, EXACT + 1, "\ud800", {"\udfff": 1}, {1: 2}], ids=repr)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical(value)


def test_a_fingerprint_covers_everything_but_itself() -> None:
    record = {"id": "x", "version": 1}
    first = fingerprint(record)
    assert fingerprint({**record, "fingerprint": first}) == first
    assert fingerprint({**record, "version": 2}) != first
