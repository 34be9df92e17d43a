"""The fields of commands over every kind of JSON value: the type is checked before anything is converted."""

from typing import Any

import pytest
from wtforms import Form

from facilitate.core.fields import Bool, Choice, Id, Ids, Int, Json, Text, Words, size

UUID = "3f2b8c1e-9d4a-4c7b-8e1f-0a1b2c3d4e5f"
VALUES: dict[str, Any] = {
    "null": None, "true": True, "false": False, "zero": 0, "one": 1, "minus": -3, "whole float": 2.0, "fraction": 2.7, "huge": 10**30,
    "empty text": "", "text": "text", "digits": "2", "id": UUID, "ID": UUID.upper(), "list": [], "ids": [UUID], "object": {}, "nested": {"a": [1]},
}  # fmt: skip
FITS = {
    "text": {"text", "digits", "id", "ID"},
    "number": {"zero", "one"},
    "switch": {"true", "false"},
    "choice": {"text"},
    "ident": {"id"},
    "idents": {"list", "ids"},
    "shape": {"object", "nested"},
}


class Everything(Form):
    text = Text(limit=40, optional=True)
    number = Int(0, 5, optional=True)
    switch = Bool(optional=True)
    choice = Choice(("text", "other"), optional=True)
    ident = Id(optional=True)
    idents = Ids(optional=True)
    shape = Json((dict,), optional=True)


@pytest.mark.parametrize("field", FITS)
@pytest.mark.parametrize("name", VALUES)
def test_every_field_over_every_value(field: str, name: str) -> None:
    """A value fits or is refused with a sentence; null is like nothing where the word is optional."""
    form = Everything(Words({field: VALUES[name]}))
    fits = name == "null" or name in FITS[field]
    assert form.validate() is fits, form.errors
    if fits:
        assert form[field].data == (None if name == "null" else VALUES[name])
    else:
        assert form.errors[field][0].key.startswith("refusal.")


@pytest.mark.parametrize("name", ["null", "absent"])
def test_what_must_be_there(name: str) -> None:
    """A word that is not optional has to be there."""

    class Strict(Form):
        text = Text(limit=5)

    assert not Strict(Words({"text": None} if name == "null" else {})).validate()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  two   words ", "two words"),
        ("a\r\nb", "a b"),
        ("cafe\u0301", "café"),
        ("<b>bold</b> & =SUM(A1)", "<b>bold</b> & =SUM(A1)"),
        ("שלום عليكم", "שלום عليكم"),
        ("👩‍👩‍👧‍👦 family", "👩‍👩‍👧‍👦 family"),
        ("x" * 40, "x" * 40),
    ],
)
def test_text_keeps_what_people_write(given: str, kept: str) -> None:
    """Right to left, emoji, HTML and formulas are text like any other; only space at the edges goes."""
    form = Everything(Words({"text": given}))
    assert form.validate() and form.text.data == kept


@pytest.mark.parametrize("given", ["", "   ", "x" * 41, "x" * 1_000_000, "a\x00b", "a\x07b", "\ud800", "a\udfffb", "\x9f", "\ufffe"])
def test_text_that_cannot_be_kept(given: str) -> None:
    """Nothing, too much, control characters, NUL and lone surrogates are refused, never repaired behind one's back."""
    assert not Everything(Words({"text": given})).validate()


def test_lines_stay_where_they_may() -> None:
    """A text of several lines keeps them."""

    class Lines(Form):
        text = Text(limit=40, lines=True)

    form = Lines(Words({"text": "one\ntwo\r\nthree"}))
    assert form.validate() and form.text.data == "one\ntwo\nthree"


def test_size_knows_depth() -> None:
    """Nesting without end is endless, however few values it holds."""
    deep: Any = []
    for _ in range(50):
        deep = [deep]
    assert size({"a": [1, 2, {"b": 3}]}) == 6
    assert size(deep) > 10**6


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [("number", " 3 ", 3), ("number", "", None), ("number", "three", "three"), ("switch", "on", True), ("idents", f"{UUID},", [UUID])],
)
def test_what_a_page_means(field: str, text: str, value: Any) -> None:
    """A page's form says everything in text; the field reads it."""
    assert Everything(Words({}))[field].read(text) == value
