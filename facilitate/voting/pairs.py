"""Which two options a voter compares next: those seen least, never the same two twice, each as often on the left as on the right.

>>> next_pairs(["a", "b", "c"], {"a": 3, "b": 0, "c": 1}, [], "salt", 1)[0] in [("b", "c"), ("c", "b")]
True
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def next_pairs(options: list[str], seen_counts: dict[str, int], own: Iterable[tuple[str, str]], salt: str, n: int) -> list[tuple[str, str]]:
    """At most n pairs (left, right) for one voter, who had the pairs `own` already, each as (left, right).

    `seen_counts` says how often each option was shown to anybody. The same arguments give the same pairs; the salt, that of the
    voter, decides between options that were seen equally often, so that not everybody gets the same two.
    """
    had = list(own)
    met, lefts = {frozenset(pair) for pair in had}, dict.fromkeys(options, 0)
    for left, right in had:
        lefts[left], lefts[right] = lefts.get(left, 0) + 1, lefts.get(right, 0) - 1
    seen = {option: seen_counts.get(option, 0) for option in options}
    drawn = {option: _drawn(salt, option) for option in options}
    found: list[tuple[str, str]] = []
    while len(found) < n:
        pair = _least_seen(sorted(options, key=lambda one: (seen[one], drawn[one])), met)
        if pair is None:
            break
        a, b = sorted(pair, key=lambda one: (lefts[one], _drawn(salt, *sorted(pair), one)))
        found.append((a, b))
        met.add(frozenset(pair))
        lefts[a], lefts[b] = lefts[a] + 1, lefts[b] - 1
        seen[a], seen[b] = seen[a] + 1, seen[b] + 1
    return found


def _least_seen(order: list[str], met: set[frozenset[str]]) -> tuple[str, str] | None:
    """The first two in an order that this voter has not compared; None where all were."""
    for index, first in enumerate(order):
        for second in order[index + 1 :]:
            if frozenset((first, second)) not in met:
                return first, second
    return None


def _drawn(*parts: str) -> str:
    """A number that the parts alone decide."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
