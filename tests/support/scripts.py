"""Reads our JavaScript well enough to tell its strings and html templates apart; no full parser."""

import re
from dataclasses import dataclass, field

SPACE = re.compile(r"\s+|//[^\n]*|/\*.*?\*/", re.DOTALL)
STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
REGEX = re.compile(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
WORD = re.compile(r"[A-Za-z_$][\w$]*|\d[\w.]*")
BEFORE_REGEX = set("(,=:[!&|?{};+-*%<>~^") | {"", "return", "typeof", "case", "in", "of", "=>"}


@dataclass
class Text:
    """A piece of text in a script: a string, or a template whose holes are marked.

    `value` has HOLE where a template has `${…}`; `before` is the code of the same line and the one before it, up to the text.
    """

    line: int
    value: str
    tag: str = ""
    before: str = ""
    holes: list[str] = field(default_factory=list)


HOLE = "\x00"


class Reader:
    """Walks through a script once and collects its texts, those inside the holes of templates too."""

    def __init__(self, source: str) -> None:
        self.source, self.texts = source, []
        self.code(0, closing="")

    def line(self, place: int) -> int:
        """The line of a place in the source."""
        return self.source.count("\n", 0, place) + 1

    def before(self, place: int) -> str:
        """The code in front of a place, up to 120 characters."""
        return self.source[max(0, place - 120) : place]

    def code(self, place: int, closing: str) -> int:
        """Read code up to the brace that closes it; returns the place behind it."""
        last, depth = "", 0
        while place < len(self.source):
            here = self.source[place]
            if space := SPACE.match(self.source, place):
                place = space.end()
            elif text := STRING.match(self.source, place):
                self.texts.append(Text(self.line(place), text[0][1:-1], before=self.before(place)))
                place, last = text.end(), "string"
            elif here == "`":
                place, last = self.template(place, last), "string"
            elif here == "/" and last in BEFORE_REGEX and (regex := REGEX.match(self.source, place)):
                place, last = regex.end(), "regex"
            elif word := WORD.match(self.source, place):
                place, last = word.end(), word[0]
            else:
                depth += (here == "{") - (here == "}")
                if depth < 0 and closing:
                    return place + 1
                place, last = place + 1, here
        return place

    def template(self, place: int, tag: str) -> int:
        """Read a template literal from its backtick on; returns the place behind its end."""
        text = Text(self.line(place), "", tag if re.fullmatch(r"[\w$]+", tag) else "", self.before(place))
        self.texts.append(text)
        place += 1
        while place < len(self.source) and self.source[place] != "`":
            if self.source.startswith("${", place):
                end = self.code(place + 2, closing="}")
                text.holes.append(self.source[place + 2 : end - 1])
                text.value += HOLE + "\n" * self.source.count("\n", place, end)
                place = end
            else:
                step = 2 if self.source[place] == "\\" else 1
                text.value += self.source[place : place + step]
                place += step
        return place + 1


def texts(source: str) -> list[Text]:
    """All strings and templates of a script, in the order in which they begin."""
    return Reader(source).texts
