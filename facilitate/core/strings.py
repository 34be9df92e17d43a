"""Everything people read: one catalogue of whole sentences per language, with plurals, for server and browser."""

import hashlib
import json
import math
import os
import re
from functools import cache
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError

from facilitate.core import paths

SOURCE = "en"
PSEUDO = "en-XA"

Entry = str | dict[str, str]

_PLACEHOLDER = re.compile(r"(\{[a-z_]+\})")
_ACCENTS = str.maketrans(
    "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz",
    "ÅåBbÇçĐđÉéFfĞğĦħÎîĴĵĶķĻļMmÑñÖöPpQqŘřŠšŢţÛûVvŴŵXxÝýŽž",
)
_FILLER = "öñé ţŵö ţħřéé föûř fîvé šîx šévéñ éîğħţ ñîñé ţéñ "


def languages() -> list[str]:
    """The languages that have a catalogue file, English first; with FACILITATE_PSEUDO the pseudo-language too, last."""
    found = sorted(path.stem for path in (paths.static() / "i18n").glob("*.json"))
    return sorted(found, key=lambda language: language != SOURCE) + ([PSEUDO] if os.environ.get("FACILITATE_PSEUDO") else [])


@cache
def catalogue(language: str) -> dict[str, Entry]:
    """All strings in a language; what it lacks is filled from its base language, then from English."""
    if language == PSEUDO:
        return {key: _pseudo_entry(entry) for key, entry in _stored(SOURCE).items()}
    strings: dict[str, Entry] = {}
    for step in reversed(_chain(language)):
        strings.update(_stored(step))
    return strings


@cache
def fingerprint(language: str) -> str:
    """Ten hexadecimal digits that change when any string of the language does, for the address of the catalogue."""
    text = json.dumps(catalogue(language), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def t(language: str, key: str, **values: Any) -> str:
    """The sentence for a key, its `{name}` places filled, its plural form chosen by the value `n`.

    A key that English lacks raises KeyError where FACILITATE_STRICT_STRINGS is set (as in the tests); else the key
    itself is shown, because a missing word must not take a page away from a room.
    """
    entry = catalogue(language).get(key)
    if entry is None:
        if os.environ.get("FACILITATE_STRICT_STRINGS"):
            raise KeyError(key)
        return key
    if isinstance(entry, dict):
        entry = entry.get(plural(language, values.get("n", 0))) or entry["other"]
    return fill(entry, values)


def fill(sentence: str, values: dict[str, Any]) -> str:
    """The sentence with each `{name}` replaced by its value; a place without a value stays as it is."""
    return _PLACEHOLDER.sub(lambda place: str(values.get(place[0][1:-1], place[0])), sentence)


def plural(language: str, number: float) -> str:
    """The CLDR plural category (zero, one, two, few, many, other) of a number in a language."""
    return str(_locale(language).plural_form(number))


def pseudo(text: str) -> str:
    """The text as the pseudo-language shows it: accented, in brackets, at least 40 % longer, places kept."""
    parts = _PLACEHOLDER.split(text)
    shown = sum(len(part) for part in parts[::2])
    missing = max(0, math.ceil(shown * 0.4))
    filler = (_FILLER * (missing // len(_FILLER) + 1))[:missing]
    accented = "".join(part if index % 2 else part.translate(_ACCENTS) for index, part in enumerate(parts))
    return f"[{accented}{' ' if filler else ''}{filler.rstrip()}]"


def _pseudo_entry(entry: Entry) -> Entry:
    return pseudo(entry) if isinstance(entry, str) else {form: pseudo(text) for form, text in entry.items()}


def _chain(language: str) -> list[str]:
    """Where to look for a language's strings, best first: itself, its base language, English."""
    return list(dict.fromkeys([language, language.split("-")[0], SOURCE]))


@cache
def _stored(language: str) -> dict[str, Entry]:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):  # it may come from an address
        return {}
    path = paths.static() / "i18n" / f"{language}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def _locale(language: str) -> Locale:
    for step in _chain(language):
        try:
            return Locale.parse(step, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(SOURCE)
