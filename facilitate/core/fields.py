"""Strict fields for the words of commands: the type is checked before anything is converted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from wtforms import Field, Form

from facilitate.core.refusals import Wrong

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
ABSENT = object()


class Words:
    """The words of a command in the form in which WTForms reads a request."""

    def __init__(self, words: dict[str, Any]) -> None:
        self.words = words

    def __contains__(self, name: str) -> bool:
        return name in self.words

    def __iter__(self) -> Any:
        return iter(self.words)

    def getlist(self, name: str) -> list[Any]:
        """The word as a list of one, or nothing where it is absent."""
        return [self.words[name]] if name in self.words else []


class Strict(Field):
    """A field over one JSON value; absent or null gives None where it is optional."""

    json_type = "string"
    data: Any
    wrong: Wrong | None
    errors: list[Wrong]

    def __init__(self, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.optional, self.given, self.wrong = optional, False, None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read and check the word; what is wrong is kept for validate()."""
        values = formdata.getlist(self.name) if formdata is not None else []
        self.raw_data, self.data, self.given, self.wrong = values, None, bool(values), None
        value = values[0] if values else None
        if value is None:
            self.data = self.default
            self.wrong = None if self.optional else Wrong("refusal.missing")
            return
        try:
            self.data = self.check(value)
        except Wrong as wrong:
            self.wrong = wrong

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Whether the word fits."""
        self.errors = [self.wrong] if self.wrong else []
        return not self.errors

    def check(self, value: Any) -> Any:
        """The value, or Wrong."""
        raise NotImplementedError

    def read(self, text: str) -> Any:
        """The JSON value that a page's form means by `text`."""
        return text

    def schema(self) -> dict[str, Any]:
        """The field as JSON schema, for the OpenAPI document."""
        return {"type": self.json_type}


def check_text(value: Any, limit: int, lines: bool = False, empty: bool = False) -> str:
    """A text of a person as it is kept: trimmed, composed (NFC), without control characters; Wrong where it does not fit.

    `limit` is in characters; line breaks stay where `lines`, nothing at all is a text where `empty`.
    """
    if not isinstance(value, str):
        raise Wrong("refusal.not_text")
    if len(value) > 4 * limit + 1000:
        raise Wrong("refusal.too_long", limit=limit, n=len(value))
    if UNSHOWABLE.search(value):
        raise Wrong("refusal.unshowable")
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()
    if not lines:
        text = " ".join(text.split())
    if len(text) > limit:
        raise Wrong("refusal.too_long", limit=limit, n=len(text))
    if not text and not empty:
        raise Wrong("refusal.empty")
    return text


class Text(Strict):
    """Text of a person: trimmed, composed (NFC), no control characters, at most `limit` characters."""

    def __init__(self, limit: int, lines: bool = False, empty: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit, self.lines, self.empty = limit, lines, empty

    def check(self, value: Any) -> str:
        return check_text(value, self.limit, self.lines, self.empty)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.limit}


class Texts(Strict):
    """A list of texts, at most `limit`, each as `Text` takes it."""

    json_type = "array"

    def __init__(self, limit: int, length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit, self.length = limit, length

    def check(self, value: Any) -> list[str]:
        if not isinstance(value, list):
            raise Wrong("refusal.not_this_shape")
        if len(value) > self.limit:
            raise Wrong("refusal.too_many", limit=self.limit)
        return [check_text(one, self.length) for one in value]

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "maxLength": self.length}, "maxItems": self.limit}


class Id(Strict):
    """A lower-case UUIDv4."""

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or not UUID.match(value):
            raise Wrong("refusal.not_an_id")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"}


class Ids(Strict):
    """A list of different ids, at most `limit`."""

    json_type = "array"

    def __init__(self, limit: int = 500, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit

    def check(self, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) and UUID.match(one) for one in value):
            raise Wrong("refusal.not_ids")
        if len(value) > self.limit:
            raise Wrong("refusal.too_many", limit=self.limit)
        return list(dict.fromkeys(value))

    def read(self, text: str) -> Any:
        return [part for part in text.split(",") if part]

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "format": "uuid"}, "maxItems": self.limit}


class Int(Strict):
    """A whole number within bounds; true, 2.0 and "2" are none."""

    json_type = "integer"

    def __init__(self, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def check(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Wrong("refusal.not_a_number")
        if not self.low <= value <= self.high:
            raise Wrong("refusal.out_of_range", low=self.low, high=self.high)
        return value

    def read(self, text: str) -> Any:
        text = text.strip()
        if not text:
            return None
        return int(text) if re.fullmatch(r"-?\d{1,15}", text) else text

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Bool(Strict):
    """True or false; 0, 1 and "yes" are neither."""

    json_type = "boolean"

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise Wrong("refusal.not_yes_or_no")
        return value

    def read(self, text: str) -> Any:
        return text in {"true", "on", "1", "yes"}


class Choice(Strict):
    """One of some words."""

    def __init__(self, choices: Sequence[str] | Callable[[], Sequence[str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._choices = choices

    @property
    def choices(self) -> Sequence[str]:
        """The words there are now."""
        return self._choices() if callable(self._choices) else self._choices

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise Wrong("refusal.not_a_choice", choices=", ".join(self.choices))
        return value

    def read(self, text: str) -> Any:
        return text or None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}


class Json(Strict):
    """An object, a list or a word of one of the given types with a size limit; its meaning is checked by the command."""

    json_type = "object"

    def __init__(self, types: tuple[type, ...] = (dict,), limit: int = 2000, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.types, self.limit = types, limit

    def check(self, value: Any) -> Any:
        if not isinstance(value, self.types) or (isinstance(value, bool) and bool not in self.types):
            raise Wrong("refusal.not_this_shape")
        if size(value) > self.limit:
            raise Wrong("refusal.too_many", limit=self.limit)
        return value

    def schema(self) -> dict[str, Any]:
        names = {dict: "object", list: "array", str: "string", int: "integer", float: "number", bool: "boolean"}
        kinds = [names[kind] for kind in self.types]
        return {"type": kinds[0] if len(kinds) == 1 else kinds}


def size(value: Any) -> int:
    """How many values a JSON value holds, itself included; anything deeper than ten levels counts as endless."""
    total, level = 0, [value]
    for _ in range(10):
        total += len(level)
        level = [part for one in level for part in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())]
        if not level:
            return total
    return 10**9


class NoWords(Form):
    """The form of a command that takes no words."""
