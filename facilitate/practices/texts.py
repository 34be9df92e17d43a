"""What people wrote, made fit to leave the event: no control characters, no addresses, no names of members."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

GONE = "[…]"
"""Stands where an address, a number or a name was taken out; the same in every language."""

_BREAKS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
# Control characters, direction overrides (which would reach past the text they stand in), byte order marks and
# code points that are no characters: neither YAML nor XML takes them, and nobody sees them.
_NO_CHARACTERS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_UNSEEN = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef{_NO_CHARACTERS}]")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|00|0)[1-9](?:[ ()./-]{0,2}\d){7,13}(?!\w)")


def clean(text: Any) -> str:
    """The text in Unicode's composed form (NFC), with line feeds only, at most one empty line, and no unseen characters.

    Halves of surrogate pairs become the replacement character. Anything that is no text gives the empty text.
    """
    if not isinstance(text, str):
        return ""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def line(text: Any) -> str:
    """The cleaned text on one line."""
    return " ".join(clean(text).split())


def private(text: str, names: Iterable[str] = ()) -> str:
    """The text without mail addresses, account and telephone numbers, and without the full names given.

    A full name has two words or more and is found in any case and in either order ("Ada Lovelace", "LOVELACE, Ada").
    Single words are left: they are too often words of the language ("Rose", "Art"); `named` finds those.
    """
    for pattern in (_MAIL, _IBAN, _PHONE):
        text = pattern.sub(GONE, text)
    for name in sorted({line(name) for name in names}, key=lambda name: (-len(name), name)):
        words = name.split()
        if len(words) > 1:
            text = _full(words).sub(GONE, text)
    return text


def named(text: str, names: Iterable[str]) -> list[str]:
    """The given names of a single word, three letters or more, that stand in the text as words of their own."""
    single = sorted({line(name) for name in names if len(line(name).split()) == 1})
    return [name for name in single if len(name) > 2 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def same(one: str, other: str) -> bool:
    """Whether two texts are equal but for case and white space."""
    return line(one).casefold() == line(other).casefold()


def shorten(text: str, limit: int) -> str:
    """The text, cut after a word and marked with an ellipsis where it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    end = limit - 1
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    end = space if space > limit // 2 else end
    while end and (_joined(text[end]) or text[end - 1] == "\u200d"):  # never between a letter and its accent, nor inside an emoji
        end -= 1
    return text[:end].rstrip() + "…"


def slug(text: str) -> str:
    """Lower-case Latin letters, digits and hyphens for an address, at most 60; `practice` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "practice"


def _joined(letter: str) -> bool:
    return unicodedata.combining(letter) > 0 or letter in "\u200d\ufe0e\ufe0f" or "\U0001f3fb" <= letter <= "\U0001f3ff"


def _full(words: list[str]) -> re.Pattern[str]:
    """Finds a name in its own order, and with its last word first."""
    straight = r"\s+".join(map(re.escape, words))
    turned = r",?\s+".join([re.escape(words[-1]), r"\s+".join(map(re.escape, words[:-1]))])
    return re.compile(rf"(?<!\w)(?:{straight}|{turned})(?!\w)", re.IGNORECASE)
