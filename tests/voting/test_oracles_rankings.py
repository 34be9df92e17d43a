"""Rankings counted by votelib as well: wherever its rules are ours, random piles give the same result."""

import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import votelib.component.rankscore as rankscore
import votelib.convert as convert
import votelib.evaluate.condorcet as condorcet
import votelib.evaluate.core as core
import votelib.evaluate.sequential as sequential
from hypothesis import assume, given

from facilitate.core import registry
from facilitate.voting import methods
from tests.support import rankings

METHODS = registry.variants(methods)
OPTIONS = list("abcde")
LAST_GOES = core.Plurality()
"""Who is retained is chosen among the options; votelib's own default counts exhausted votes as if they were one of them."""


def theirs(ballots: list[Any]) -> dict[Any, int]:
    """A pile as votelib takes it."""
    return dict(Counter(tuple(tier[0] if len(tier) == 1 else frozenset(tier) for tier in ballot) for ballot in ballots if ballot))


def named(ballots: list[Any]) -> list[str]:
    """The options that some ballot ranks; votelib knows no others."""
    return sorted({option for ballot in ballots for tier in ballot for option in tier})


@given(rankings.piles(OPTIONS, 20))
def test_schulze(ballots: list[Any]) -> None:
    """The strength of the strongest chains between all pairs, and who is ahead of whom by them."""
    options = named(ballots)
    assume(len(options) > 1)
    pairs = convert.RankedToCondorcetVotes().convert(theirs(ballots))
    paths = condorcet.Schulze.widest_paths(pairs)
    counted = METHODS["schulze"].count(options, ballots, {})
    strength = counted.details["strength"]
    assert {(one, other): n for one, row in strength.items() for other, n in row.items() if n} == {pair: n for pair, n in paths.items() if n}
    place = {option: at for at, tied in enumerate(counted.ranking) for option in tied}
    assert all(place[one] < place[other] for one, other in condorcet.pairwise_wins(paths))


def rooms(options: list[str], voters: int, shared: bool) -> Iterator[list[Any]]:
    """A hundred and fifty piles of a room: people who lean towards some options more than to others."""
    for seed in range(150):
        chance = random.Random(seed)
        weight = {option: chance.random() for option in options}
        for_all = [sorted(options, key=lambda option: weight[option] * chance.random()) for _ in range(voters)]
        ballots = [[[option] for option in order[: chance.randint(1, len(options))]] for order in for_all]
        yield [[[*ballot[0], *ballot[1]], *ballot[2:]] if shared and len(ballot) > 1 and chance.random() < 0.2 else ballot for ballot in ballots]


def test_ranked_pairs() -> None:
    """The whole order, where no two duels are equally clear."""
    compared = 0
    for ballots in rooms(OPTIONS, 301, shared=True):
        pairs = convert.RankedToCondorcetVotes().convert(theirs(ballots))
        clear = [max(pairs.get((one, other), 0), pairs.get((other, one), 0)) for one, other in combinations(OPTIONS, 2)]
        if len(set(clear)) < len(clear) or any(pairs.get((one, other), 0) == pairs.get((other, one), 0) for one, other in combinations(OPTIONS, 2)):
            continue
        assert METHODS["ranked-pairs"].count(OPTIONS, ballots, {}).ranking == [[one] for one in condorcet.RankedPairs().evaluate(pairs, len(OPTIONS))]
        compared += 1
    assert compared > 50


def test_transfers_of_a_room() -> None:
    """Who is elected of seven for three seats by sixty-one voters, where no two surpluses wait together: votelib moves those at once."""
    compared, moved = 0, 0
    for ballots in rooms(list("abcdefg"), 61, shared=False):
        counted = METHODS["stv"].count(list("abcdefg"), ballots, {"seats": 3})
        rounds, quota = counted.details["rounds"], counted.details["quota"]
        waiting = any(sum(Fraction(n) > quota for n in one["votes"].values()) > 1 for one in rounds)
        if waiting or counted.broken or any(len(one["excluded"]) > 1 for one in rounds):
            continue
        try:
            elected = sequential.TransferableVoteSelector(quota_function="droop", retainer=LAST_GOES).evaluate(theirs(ballots), 3)
        except NotImplementedError:  # the elected ones, left without a vote, tie for its last place
            continue
        assert sorted(elected) == sorted(counted.details["elected"])
        compared += 1
        moved += any("part" in transfer for one in rounds for transfer in one["transfers"])
    assert compared > 30 and moved > 20


@given(rankings.strict_piles(OPTIONS, 20, complete=True))
def test_borda(ballots: list[Any]) -> None:
    """The points of complete rankings; with ties and gaps there are other rules at work in votelib."""
    points = convert.RankedToPositionalVotes(rankscore.Borda(base=0)).convert(theirs(ballots))
    counted = METHODS["borda"].count(OPTIONS, ballots, {})
    assert {option: figures["points"] for option, figures in counted.figures.items()} == points


@given(rankings.strict_piles(OPTIONS))
def test_run_off(ballots: list[Any]) -> None:
    """The winner, where no tie was broken: who is left last when votelib lets one after the other go."""
    counted = METHODS["irv"].count(named(ballots), ballots, {})
    assume(not counted.broken and len(counted.ranking[0]) == 1 and all(len(tied) == 1 for tied in counted.ranking))
    try:
        elected = sequential.TransferableVoteSelector(quota_function=None, retainer=LAST_GOES).evaluate(theirs(ballots), 1)
    except NotImplementedError:  # a tie for the last place among votes of nought
        assume(False)
    assert list(elected) == counted.ranking[0]
