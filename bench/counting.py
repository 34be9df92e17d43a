"""Measures how long each method counts, in milliseconds, beside other people's programs where they count by the same rule.

One table: ballots × options × method, the median of several counts of one pile. The piles are drawn with a fixed seed, so that two runs
count the same ones; the other program gets them in its own form, and changing the form is not part of its time.
"""

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from facilitate.core import registry
from facilitate.voting import methods

SIZES = ((100, 10), (500, 20), (2000, 40))
CART_SIZES = ((500, 20), (6586, 64))
"""(ballots, options): a workshop, a hackathon, the largest round; carts also at the size of a district's budget."""

TIMES = 3
HEADS = ["method", "ballots", "options", "ms", "beside it", "its ms", "ratio"]
SETTINGS = {
    "budget": 10, "cap": 5, "min": 0, "max": 5, "steps": 5, "seats": 3, "money": 1000, "eligible": 10_000, "run": "bench", "seed": "bench",
}  # fmt: skip

Pile = list[Any]


def names(options: int) -> list[str]:
    """The ids of so many options."""
    return [f"o{number:03}" for number in range(options)]


def pile_of(shape: str, ballots: int, options: int) -> Pile:
    """A pile of random ballots of a shape, the same one at every call."""
    drawing, ids = random.Random(f"{shape} {ballots} {options}"), names(options)
    return [BALLOTS[shape](drawing, ids) for _ in range(ballots)]


def _some(drawing: random.Random, ids: list[str], most: int) -> list[str]:
    return drawing.sample(ids, drawing.randint(1, min(most, len(ids))))


def _ranking(drawing: random.Random, ids: list[str]) -> Any:
    return [[option] for option in _some(drawing, ids, len(ids))]


def _pairs(drawing: random.Random, ids: list[str]) -> Any:
    met = (drawing.sample(ids, 2) for _ in range(15))
    return [{"winner": one, "loser": other} for one, other in met]


BALLOTS: dict[str, Callable[[random.Random, list[str]], Any]] = {
    "choices": lambda drawing, ids: sorted(_some(drawing, ids, 6)),
    "points": lambda drawing, ids: {option: drawing.randint(1, 2) for option in _some(drawing, ids, 4)},
    "stance": lambda drawing, ids: {option: drawing.choice(["agree", "disagree", "pass"]) for option in ids},
    "motions": lambda drawing, ids: {option: drawing.choice(["yes", "no", "abstain"]) for option in ids},
    "ranking": _ranking,
    "scale": lambda drawing, ids: {option: drawing.randint(0, 5) for option in _some(drawing, ids, len(ids))},
    "two_scales": lambda drawing, ids: {option: {"impact": drawing.randint(1, 5), "effort": drawing.randint(1, 5)} for option in ids},
    "pair": _pairs,
    "budget": lambda drawing, ids: sorted(_some(drawing, ids, 8)),
}


def settings_of(method: Any, options: int) -> dict[str, Any]:
    """What a method gets beside the ballots; every thing costs something else, about a tenth of the money."""
    costs = {option: 60 + 7 * (number % 11) for number, option in enumerate(names(options))}
    return SETTINGS | {"costs": costs} | getattr(method, "ASKS", {}) | {"costs": costs, "money": 1000, "eligible": 10_000}


def timed(work: Callable[[], Any]) -> float:
    """Milliseconds that a piece of work takes: the median of a few times, of the processor's time."""
    taken = []
    for _ in range(TIMES):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return round(statistics.median(taken), 1)


def beside(name: str, ids: list[str], pile: Pile) -> tuple[str, Callable[[], Any]] | None:
    """(program, its count of the same pile), where there is one that counts by the same rule."""
    if name in ("schulze", "ranked-pairs", "borda"):
        return "votelib", _votelib(name, pile)
    if name == "star":
        return "starvote", _starvote(ids, pile)
    if name == "bradley-terry":
        return "choix", _choix(ids, pile)
    return None


def _votelib(name: str, pile: Pile) -> Callable[[], Any]:
    import votelib.component.rankscore as rankscore
    import votelib.convert as convert
    import votelib.evaluate.condorcet as condorcet

    votes = Counter(tuple(int(option[1:]) for tier in ballot for option in tier) for ballot in pile)
    to_pairs = convert.RankedToCondorcetVotes(unranked_at_bottom=True)
    if name == "schulze":
        return lambda: condorcet.Schulze().evaluate(to_pairs.convert(votes), 1)
    if name == "ranked-pairs":
        return lambda: condorcet.RankedPairs().evaluate(to_pairs.convert(votes), 1)
    return lambda: convert.RankedToPositionalVotes(rankscore.Borda(base=1)).convert(votes)


def _starvote(ids: list[str], pile: Pile) -> Callable[[], Any]:
    import starvote

    ballots = [{option: ballot.get(option, 0) for option in ids} for ballot in pile]
    return lambda: starvote.star_voting(ballots, maximum_score=5, tiebreaker=starvote.on_demand_random_tiebreaker)


def _choix(ids: list[str], pile: Pile) -> Callable[[], Any]:
    import choix

    place = {option: number for number, option in enumerate(ids)}
    met = [(place[one["winner"]], place[one["loser"]]) for ballot in pile for one in ballot]
    return lambda: choix.mm_pairwise(len(ids), met, alpha=0.1)


def row(name: str, method: Any, ballots: int, options: int) -> list[Any]:
    """One line of the table."""
    pile, ids, settings = pile_of(method.SHAPE, ballots, options), names(options), settings_of(method, options)
    ours = timed(lambda: method.count(ids, pile, settings))
    other = beside(name, ids, pile)
    if other is None:
        return [name, ballots, options, ours, None, None, None]
    theirs = timed(other[1])
    return [name, ballots, options, ours, other[0], theirs, f"× {theirs / ours:.1f}" if ours else None]


def table() -> list[list[Any]]:
    """All lines: every method at every size that fits its shape."""
    found = registry.variants(methods)
    return [
        row(name, found[name], *size) for name in sorted(found) for size in (CART_SIZES if found[name].SHAPE == "budget" else SIZES)
    ]  # fmt: skip
