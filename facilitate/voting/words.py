"""Counting in words: the steps of a count as sentences, with titles where ids stand."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from babel.lists import format_list
from babel.numbers import format_decimal

from facilitate.core.strings import t
from facilitate.voting.result import Step

FRACTION = re.compile(r"-?\d+/\d+")


def sentences(steps: list[Step], titles: dict[str, str], language: str, short: dict[str, str] | None = None) -> list[str]:
    """Steps as people read them: an option's title where its id stands, lists as the language writes them, fractions to two places.

    `short` are the names by which several options at once are called.
    """
    return [t(language, key, **{name: _said(value, titles, language, short or {}) for name, value in values.items()}) for key, values in steps]


def _said(value: Any, titles: dict[str, str], language: str, short: dict[str, str]) -> Any:
    if isinstance(value, list):
        names = titles | short if len(value) > 1 else titles
        return format_list([str(_said(one, names, language, short)) for one in value], locale=locale_of(language))
    if not isinstance(value, str):
        return value
    if value not in titles and FRACTION.fullmatch(value):
        return format_decimal(float(Fraction(value)), format="#,##0.##", locale=locale_of(language))
    return titles.get(value, value)


def locale_of(language: str) -> str:
    """The language as babel spells it; the pseudo-language writes its lists in English."""
    return "en" if language == "en-XA" else language.replace("-", "_")


def explained(language: str, method: str) -> dict[str, str]:
    """What people read of a method: {name, when, sentence, paragraph}."""
    said = {part: t(language, f"method.{method}.{part}") for part in ("when", "sentence", "paragraph")}
    return {"name": t(language, f"method.{method}")} | said


def renamed(thing: Any, named: dict[str, str]) -> Any:
    """A document with other names wherever a sentence in it says one of these.

    >>> renamed({"steps": ["4 · Rude leads."]}, {"4 · Rude": "4 · No longer shown"})
    {'steps': ['4 · No longer shown leads.']}
    """
    if not named:
        return thing
    if isinstance(thing, str):
        for name, instead in named.items():
            thing = thing.replace(name, instead)
        return thing
    if isinstance(thing, list):
        return [renamed(one, named) for one in thing]
    return {key: renamed(one, named) for key, one in thing.items()} if isinstance(thing, dict) else thing
