"""Ballots that move on from option to option: piles, transfers, and who is last where votes are equal (IRV and STV)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from facilitate.voting.result import Step, exact
from facilitate.voting.ties import lot

Number = int | Fraction
Ranking = tuple[tuple[str, ...], ...]
Pile = dict[Ranking, Number]
"""Ballots by what they say, each kind with the votes that it still carries."""
Votes = dict[str, Number]


def pack(options: Iterable[str], ballots: list[Any]) -> Pile:
    """Ballots, each a list of tiers, best first, equal ones together; what ranks no option is none.

    >>> pack("ab", [[["b", "a"]], [["a", "b"]], [[], ["b"], ["x"]], []])
    {(('a', 'b'),): 2, (('b',),): 1}
    """
    known, pile = set(options), Pile()
    for ballot in ballots:
        tiers = (tuple(sorted(option for option in tier if option in known)) for tier in ballot)
        ranking = tuple(tier for tier in tiers if tier)
        if ranking:
            pile[ranking] = pile.get(ranking, 0) + 1
    return pile


def deal(pile: Pile, standing: set[str]) -> tuple[dict[str, Pile], Number]:
    """Hand each ballot to the best option on it that still stands, in equal parts where several share that place; also how many
    votes have nobody left to go to."""
    piles: dict[str, Pile] = {option: {} for option in sorted(standing)}
    exhausted: Number = 0
    for ranking, votes in pile.items():
        heirs = next((found for tier in ranking if (found := [option for option in tier if option in standing])), None)
        if heirs is None:
            exhausted += votes
            continue
        part = votes if len(heirs) == 1 else Fraction(votes) / len(heirs)
        for option in heirs:
            piles[option][ranking] = piles[option].get(ranking, 0) + part
    return piles, exhausted


def total(pile: Pile) -> Number:
    """The votes of a pile; parts with the same denominator are added as whole numbers first, which is many times faster."""
    parts: dict[int, int] = {}
    for votes in pile.values():
        parts[votes.denominator] = parts.get(votes.denominator, 0) + votes.numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in parts.items() if denominator > 1), parts.get(1, 0))


def take(piles: dict[str, Pile], received: dict[str, Pile]) -> None:
    """Put what was dealt onto the piles that are there."""
    for option, pile in received.items():
        for ranking, votes in pile.items():
            piles[option][ranking] = piles[option].get(ranking, 0) + votes


def transfer(source: str, received: dict[str, Pile], exhausted: Number) -> dict[str, Any]:
    """A transfer as it is kept: from whom, to whom how much, and how much had nobody left to go to."""
    moved = {option: total(pile) for option, pile in received.items()}
    return {"from": source, "to": {option: exact(n) for option, n in moved.items() if n}, "exhausted": exact(exhausted)}


def together(votes: Votes) -> list[str]:
    """Those with the fewest votes, where they can go in any order: one alone, or several that have fewer votes together than
    anybody else, so that none of them could overtake another option with the votes of the rest. Empty where it matters who goes."""
    fewest = min(votes.values())
    last = sorted(option for option, n in votes.items() if n == fewest)
    others = [n for n in votes.values() if n != fewest]
    return last if len(last) == 1 or others and fewest * len(last) < min(others) else []


def one_of(tied: list[str], history: list[Votes], settings: dict[str, Any], least: bool) -> tuple[str, Step]:
    """Choose among options with equal votes, and say how: who had the fewest (or the most) votes in the latest earlier round in
    which they differed, never by later preferences; then by lot, where who is drawn first is ahead of who is drawn later."""
    pick, rest = (min if least else max), sorted(tied)
    for back, votes in enumerate(reversed(history[:-1]), start=1):
        edge = pick(votes[option] for option in rest)
        rest = [option for option in rest if votes[option] == edge]
        if len(rest) == 1:
            key = "vote.step.tie_earlier_least" if least else "vote.step.tie_earlier_most"
            return rest[0], (key, {"options": sorted(tied), "option": rest[0], "round": len(history) - back})
    drawn = sorted(rest, key=lambda option: lot(settings, option))
    chosen = drawn[-1 if least else 0]
    return chosen, ("vote.step.tie_lot_last" if least else "vote.step.tie_lot_first", {"options": rest, "option": chosen})
