"""Rankings as PrefLib keeps them (.soc, .soi, .toc, .toi), for analysts: read and write.

Source: Nicholas Mattei and Toby Walsh, PrefLib: A Library for Preferences, ADT 2013, and preflib.org/format.

>>> text = write({"1": "Bridge", "2": "Park"}, [[["2"], ["1"]], [["2"], ["1"]], [["1", "2"]]], "Vote")
>>> text.splitlines()[-2:]
['2: 2,1', '1: {1,2}']
>>> read(text).options
{'1': 'Bridge', '2': 'Park'}
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from facilitate.core.refusals import Refused, Wrong

Ranking = list[list[str]]
"""Options from first to last, equal ones together; the order within a level says nothing."""

CHARACTERS, OPTIONS, BALLOTS = 5_000_000, 2000, 100_000
"""What is read at most."""

_NAME = re.compile(r"#\s*ALTERNATIVE NAME (\d{1,6})\s*:\s*(.*)")
_ORDER = re.compile(r"(\d{1,9})\s*:\s*(.+)")
_LEVEL = re.compile(r"\{([^{}]*)\}|([^,{}]+)")


class Rankings(NamedTuple):
    """What a file says: names by option, and every ballot."""

    options: dict[str, str]
    ballots: list[Ranking]


def bad_line(line: int) -> Refused:
    """A file that cannot be read, and the line at which it stops making sense."""
    return Refused("invalid", "refusal.file_line", fields={"file": Wrong("refusal.file_line", line=line)}, line=line)


def check_size(text: str) -> None:
    """Refuse a file that is too long to be read."""
    if len(text) > CHARACTERS:
        raise Refused("too_large", "refusal.file_long", n=CHARACTERS // 1_000_000)


def read(text: str, most: int = BALLOTS) -> Rankings:
    """The options and ballots of a file, at most so many; options are named as in the file, by numbers."""
    check_size(text)
    options: dict[str, str] = {}
    ballots: list[Ranking] = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        line = line.strip()
        if named := _NAME.fullmatch(line):
            if named[1] in options or len(options) >= OPTIONS:
                raise bad_line(number)
            options[named[1]] = named[2].strip()
        elif line and not line.startswith("#"):
            ballots += _ballots(line, number, options, most - len(ballots), most)
    if not options:
        raise Refused("invalid", "refusal.file_without_options")
    return Rankings(options, ballots)


def _ballots(line: str, number: int, options: dict[str, str], left: int, most: int) -> list[Ranking]:
    """The ballots of a line: as many as it counts, and at most as many as are left."""
    found = _ORDER.fullmatch(line)
    if found is None:
        raise bad_line(number)
    if int(found[1]) > left:
        raise Refused("too_large", "refusal.file_ballots", n=most)
    ranking = _ranking(found[2], number)
    named = [option for level in ranking for option in level]
    if len(set(named)) != len(named) or not set(named) <= options.keys():
        raise bad_line(number)
    return [[list(level) for level in ranking] for _ in range(int(found[1]))]


def _ranking(text: str, number: int) -> Ranking:
    """The order that a line gives, such as 3,{1,2}."""
    ranking, at = [], 0
    for level in _LEVEL.finditer(text):
        if text[at : level.start()].strip() not in ("",) if at == 0 else text[at : level.start()].strip() != ",":
            raise bad_line(number)
        ranking.append([one.strip() for one in (level[1] if level[1] is not None else level[2]).split(",")])
        at = level.end()
    if text[at:].strip() or not ranking or not all(one for level in ranking for one in level):
        raise bad_line(number)
    return ranking


def write(options: dict[str, str], ballots: list[Ranking], title: str) -> str:
    """A file of these ballots; options are numbered in the order given, and equal ballots counted together."""
    numbers = {option: str(place) for place, option in enumerate(options, start=1)}
    counts = Counter(tuple(tuple(sorted((numbers[one] for one in level), key=int)) for level in ballot) for ballot in ballots)
    ties = any(len(level) > 1 for ballot in counts for level in ballot)
    complete = all(sum(map(len, ballot)) == len(options) for ballot in counts)
    kind = ("to" if ties else "so") + ("c" if complete else "i")
    head = {
        "FILE NAME": f"{slug(title)}.{kind}", "TITLE": one_line(title), "DESCRIPTION": "", "DATA TYPE": kind,
        "MODIFICATION TYPE": "original", "RELATES TO": "", "RELATED FILES": "", "PUBLICATION DATE": "", "MODIFICATION DATE": "",
        "NUMBER ALTERNATIVES": len(options), "NUMBER VOTERS": len(ballots), "NUMBER UNIQUE ORDERS": len(counts),
    }  # fmt: skip
    lines = [f"# {name}: {value}".rstrip() for name, value in head.items()]
    lines += [f"# ALTERNATIVE NAME {numbers[option]}: {one_line(name)}".rstrip() for option, name in options.items()]
    for ballot, n in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        lines.append(f"{n}: " + ",".join(level[0] if len(level) == 1 else "{" + ",".join(level) + "}" for level in ballot))
    return "\n".join(lines) + "\n"


def slug(title: str) -> str:
    """A title as the name of a file.

    >>> slug("What next?"), slug("…")
    ('what-next', 'vote')
    """
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "vote"


def name_in(text: str) -> str:
    """The name that a file says it has."""
    return text.split("\n", 1)[0].partition(": ")[2]


def one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())
