"""How sure is a ranking? It is counted again from ballots drawn anew from the pile, and the places of each option are noted.

Source: Bradley Efron, Bootstrap methods: another look at the jackknife, The Annals of Statistics 7 (1979), 1-26. As many ballots
are drawn as there are, each time from all of them, so that some come twice and others not at all. It shows how much the ranking hangs
on a few voters; it says nothing about people who were not asked. The draws follow from run and seed, so that anybody gets
the same ones, and not from the order of the ballots.
"""

from __future__ import annotations

import json
import random
from itertools import chain
from types import ModuleType
from typing import Any

ENOUGH = 10
"""Voters from which on this is shown."""

MOST, FEWEST, MARKS = 200, 40, 2_000_000
"""Resamples, at most and at least; in between as many as look at so many pairs of ballot and option. The number follows from the size of
the pile, not from a clock, so that it is the same on every machine."""


def resamples(options: list[str], ballots: list[Any]) -> int:
    """How many times a pile is drawn anew.

    >>> resamples(["a"] * 20, [[]] * 100), resamples(["a"] * 20, [[]] * 1000), resamples(["a"] * 40, [[]] * 2000)
    (200, 100, 40)
    """
    return max(FEWEST, min(MOST, MARKS // max(len(options) * len(ballots), 1)))


def stability(method: ModuleType, options: list[str], people: list[tuple[Any, int]], settings: dict[str, Any]) -> dict[str, Any] | None:
    """{resamples, options: {id: {first, best, worst, usual}}} of [(ballot, weight)]; None below ten voters. People are drawn, each with
    the whole weight: they are what chance might have sent or not.

    `first` is in how many resamples an option leads, alone or in a tie, or is elected with others; `best` and `worst` are its first and last places in them;
    `usual` is [from, to], without the outermost twentieth at either end. Options that tie share the first of their places.
    """
    if len(people) < ENOUGH or not options:
        return None
    names = sorted(options)
    pile = [[ballot] * weight for ballot, weight in sorted(people, key=lambda one: json.dumps(one, sort_keys=True))]
    drawing = random.Random(f"{settings.get('run', '')} {settings.get('seed', '')}")  # noqa: S311 (nothing is kept secret by it)
    times = resamples(options, list(chain.from_iterable(pile)))
    places: dict[str, list[int]] = {option: [] for option in names}
    wins = dict.fromkeys(names, 0)
    for _ in range(times):
        result = method.count(names, list(chain.from_iterable(drawing.choices(pile, k=len(pile)))), settings)
        for option in result.details.get("elected") or result.ranking[0]:
            wins[option] += 1
        place = 1
        for tied in result.ranking:
            for option in tied:
                places[option].append(place)
            place += len(tied)
    return {"resamples": times, "options": {option: {"first": wins[option]} | _range(sorted(found)) for option, found in places.items()}}


def _range(places: list[int]) -> dict[str, Any]:
    """What is said of the places of an option, from its best to its worst one."""
    cut = len(places) // 20
    return {"best": places[0], "worst": places[-1], "usual": [places[cut], places[-1 - cut]]}
