"""Canonical JSON as RFC 8785 has it, and the fingerprint of a practice record."""

import hashlib
import json
import math
from decimal import Decimal
from typing import Any

EXACT = 2**53 - 1
"""Whole numbers beyond this are not the same in every reader of JSON (RFC 7493), so they are refused."""


def canonical(value: Any) -> bytes:
    """The one form of a JSON value that RFC 8785 gives it, in UTF-8.

    Raises ValueError for what has no such form: a number that is not finite or too large to be exact, half of a
    surrogate pair, a key that is no text; TypeError for anything that is not JSON.
    """
    return _written(value).encode("utf-8")


def fingerprint(record: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the canonical form of the record without its field `fingerprint`."""
    return hashlib.sha256(canonical({key: value for key, value in record.items() if key != "fingerprint"})).hexdigest()


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)  # the short escapes and lower-case \u00xx that RFC 8785 asks for
    if isinstance(value, int):
        return _whole(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_written, value))}]"
    if isinstance(value, dict):
        return f"{{{','.join(f'{_written(key)}:{_written(value[key])}' for key in sorted(value, key=_order))}}}"
    raise TypeError(f"{type(value).__name__} is not JSON")


def _order(key: Any) -> bytes:
    """Keys are sorted by their UTF-16 code units, not by code points."""
    if not isinstance(key, str):
        raise ValueError(f"the key {key!r} is no text")
    return key.encode("utf-16-be")


def _whole(value: int) -> str:
    if abs(value) > EXACT:
        raise ValueError(f"{value} is too large to be exact")
    return str(value)


def _number(value: float) -> str:
    """A number as ECMAScript writes it: the shortest digits that read back the same (ECMA-262, Number::toString)."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that JSON has")
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    text = "".join(map(str, digits)).rstrip("0")
    point = len(digits) + int(exponent)
    if len(text) <= point <= 21:
        shown = text + "0" * (point - len(text))
    elif 0 < point <= 21:
        shown = f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0:
        shown = f"0.{'0' * -point}{text}"
    else:
        shown = f"{text[0]}{'.' + text[1:] if len(text) > 1 else ''}e{point - 1:+d}"
    return f"-{shown}" if sign else shown
