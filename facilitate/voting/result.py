"""What counting gives: a ranking with ties, figures per option, and the steps in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Step = tuple[str, dict[str, Any]]
"""A sentence of the catalogue: its key and its values."""


@dataclass(frozen=True)
class Result:
    """The result of a count.

    `ranking` lists the options from first to last, those that tie together; `figures` has the numbers of each option;
    `steps` explains the count in sentences; `broken` says what was needed to break a tie inside the count; `details` holds what
    a drawing or a recount by hand needs beyond the figures (a matrix, rounds, a profile). All of it is JSON: numbers are whole
    or written by `exact`, and floats stand only where the method itself estimates.
    """

    ranking: list[list[str]]
    figures: dict[str, dict[str, Any]]
    steps: list[Step] = field(default_factory=list)
    broken: list[Step] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)


def exact(number: int | Fraction) -> int | str:
    """A number as it is stored: a whole one as it is, any other as "numerator/denominator".

    >>> exact(Fraction(4, 2)), exact(Fraction(7, 3))
    (2, '7/3')
    """
    whole = Fraction(number)
    return int(whole) if whole.denominator == 1 else f"{whole.numerator}/{whole.denominator}"


def shown(number: int | Fraction) -> str:
    """A number as a sentence says it: with at most two places after the point, rounded half up.

    >>> shown(3), shown(Fraction(7, 3)), shown(Fraction(-1, 2))
    ('3', '2.33', '-0.5')
    """
    hundredths = int(abs(Fraction(number)) * 100 + Fraction(1, 2))
    text = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 and hundredths else text


def by_score(scores: dict[str, int | Fraction]) -> list[list[str]]:
    """Options from the highest score to the lowest, equal ones together (in the order of their ids, so that it never depends
    on the order in which they came).

    >>> by_score({"b": 2, "a": 2, "c": 5})
    [['c'], ['a', 'b']]
    """
    levels: dict[int | Fraction, list[str]] = {}
    for option in sorted(scores):
        levels.setdefault(scores[option], []).append(option)
    return [levels[score] for score in sorted(levels, reverse=True)]


def tie_steps(ranking: list[list[str]]) -> list[Step]:
    """A step for a tie at the top: it is shown as a tie, never broken by an order nobody voted for."""
    return [("vote.step.tie", {"n": len(ranking[0])})] if ranking and len(ranking[0]) > 1 else []
