"""Equal shares in rounded numbers: what a count with some share buys, told only where rounding cannot have decided it.

Adding one counts hundreds of times, and exact fractions grow long. Here a purse holds whole coins, so many to a unit of money that
every sum stays below 2**53: as floats such numbers are exact, and Python compares and adds them fastest. What is no whole coin is
rounded against the voters, and `slack` bounds how many coins a purse is short of the truth. Four facts carry it all:

- Who has less never makes others pay less: with purses that are too small, every price comes out too high. If p poor supporters
  of an option pay all they have and r others the rest, then the price is at most slack * p / r too high.
- Where nobody is poor the price by cost is one by the number of supporters, exactly.
- As long as two counts buy the same, purses are larger and prices lower in the one with the larger share. So the prices of a
  larger share bound those of a smaller one, which is why shares are counted from the largest one down.
- What the most supporters buy first, none of them being poor, is bought first with any larger share, too (`Stem`).

Where two prices, or a purse and a price, are too close for these bounds, no answer is given, and the exact count is made.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from facilitate.voting.carts import Poll
from facilitate.voting.ties import lot

WHOLE = 2**53
"""Whole numbers below this, and their sums, are exact as floats."""

APART = 1e-12
"""By how much of itself a quotient of floats is moved to be a bound: far more than it was rounded by."""

MOST = 16
"""Shares that are foreseen together, at most."""


class Course(NamedTuple):
    """What one count buys: the options in order, how many each lot chose from, and whether it costs more than there is."""

    order: list[str]
    lots: list[int]
    over: bool


class CloseCall(Exception):
    """Rounding could have decided."""


class Offer(NamedTuple):
    """A price in coins that is at most `slack` coins too high, and the bounds of price by cost; they are equal where it is exact."""

    price: int
    slack: int
    low: float
    high: float


class Crowd:
    """The voters as every count needs them: one purse for each cart, and quick look-ups of the purses of supporters."""

    def __init__(self, poll: Poll, wanted: list[str]) -> None:
        self.poll, self.wanted = poll, wanted
        purse_of = {cart: number for number, cart in enumerate(dict.fromkeys(map(tuple, poll.ballots)))}
        of = [purse_of[tuple(cart)] for cart in poll.ballots]
        self.purses = len(purse_of)
        voters = {option: [of[voter] for voter in poll.supporters[option]] for option in wanted}
        self.payers = {option: list(dict.fromkeys(found)) for option, found in voters.items()}
        """The purses of the supporters of an option."""
        self.of_voters = {option: _reader(found) for option, found in voters.items()}
        self.of_payers = {option: _reader(found) for option, found in self.payers.items()}
        self.rank = {option: (poll.costs[option], -len(voters[option])) for option in wanted}
        self.lots = {option: lot(poll.settings, option) for option in wanted}


def _reader(purses: list[int]) -> Callable[[list[float]], tuple[float, ...]]:
    """Reads what some purses hold."""
    return itemgetter(*purses) if len(purses) > 1 else lambda held: (held[purses[0]],)


class Stem:
    """What all counts with shares from one to another buy first, and how many coins that takes from each purse.

    First comes whatever has most supporters, then the cheapest of these, as long as all of them can pay their equal part.
    """

    def __init__(self, crowd: Crowd, least: Fraction, largest: Fraction) -> None:
        self.unit = WHOLE // (int(largest * len(crowd.poll.ballots)) + 1)
        """Coins to a unit of money."""
        self.rest = [option for option in crowd.wanted if crowd.poll.costs[option] <= largest * len(crowd.poll.supporters[option])]
        self.order: list[str] = []
        self.taken, self.slack, spent = [0.0] * crowd.purses, 1, 0
        coins = int(least * self.unit)
        for option, following in pairwise([*self.rest, None]):
            assert option is not None
            price, drawn = -(-crowd.poll.costs[option] * self.unit // len(crowd.poll.supporters[option])), crowd.of_payers[option](self.taken)
            spent += crowd.poll.costs[option]
            if max(drawn) + price >= coins or spent > crowd.poll.money or (following and crowd.rank[following] == crowd.rank[option]):
                break
            for purse, already in zip(crowd.payers[option], drawn, strict=True):
                self.taken[purse] = already + price
            self.order.append(option)
            self.slack += 1
        self.rest = self.rest[len(self.order) :]


class Count:
    """One count in coins."""

    def __init__(self, crowd: Crowd, stem: Stem, share: Fraction, above: Count | None) -> None:
        self.crowd, self.stem, self.above = crowd, stem, above
        coins = float(int(share * stem.unit))
        self.purses, self.slack = [coins - taken for taken in stem.taken], stem.slack
        self.least = {option: 1 / len(crowd.poll.supporters[option]) for option in stem.rest}
        """The least price by cost of each option that may still be bought: it only rises."""
        self.order, self.lots = list(stem.order), list[int]()
        self.bounds: list[dict[str, float]] = []
        """`least` after each purchase: bounds for a count with a smaller share that bought the same."""

    def course(self) -> Course:
        """Buy until nothing can be paid, or until it costs too much."""
        costs, spent = self.crowd.poll.costs, sum(self.crowd.poll.costs[option] for option in self.order)
        while offers := self._offers():
            option = self._best(list(offers), all(offer.low == offer.high for offer in offers.values()))
            spent += costs[option]
            if spent > self.crowd.poll.money:
                return Course(self.order, self.lots, True)
            self._pay(option, offers[option])
        return Course(self.order, self.lots, False)

    def _offers(self) -> dict[str, Offer]:
        """The options that may have the lowest price by cost."""
        self._look_above()
        limit, offers = float("inf"), {}
        for option in sorted(self.least, key=self.least.__getitem__):
            if self.least[option] > limit:
                break
            offer = self._offer(option)
            if offer is None:
                del self.least[option]
            else:
                self.least[option] = offer.low
                limit = min(limit, offer.high)
                offers[option] = offer
        self.bounds.append(dict(self.least))
        return {option: offer for option, offer in offers.items() if offer.low <= limit}

    def _look_above(self) -> None:
        """Take over the bounds of the count with a larger share, as long as it bought the same."""
        turn = len(self.bounds)
        if self.above is None or turn >= len(self.above.bounds) or self.above.order[: len(self.order)] != self.order:
            self.above = None
            return
        bounds = self.above.bounds[turn]
        self.least = {option: max(least, bounds[option]) for option, least in self.least.items() if option in bounds}

    def _offer(self, option: str) -> Offer | None:
        """The price of an option; None where its supporters cannot pay it, and so never will."""
        cost, held = self.crowd.poll.costs[option] * self.stem.unit, self.crowd.of_voters[option](self.purses)
        if sum(held) < cost:
            if int(sum(held)) + self.slack * (len(held) - held.count(0.0)) >= cost:
                raise CloseCall
            return None
        part, poor, payers = float(int(self.least[option] * cost)), -1, len(held)
        while len(below := [purse for purse in held if purse < part]) != poor:
            poor, payers = len(below), len(held) - len(below)
            if not payers:
                raise CloseCall
            part = float(-(-(cost - int(sum(below))) // payers))
        price = int(part)
        if not poor:
            return Offer(price, 1, 1 / payers, 1 / payers)
        slack = self.slack * (poor - below.count(0.0)) // payers + 2
        return Offer(price, slack, (price - slack) / cost * (1 - APART), price / cost * (1 + APART))

    def _best(self, offers: list[str], sure: bool) -> str:
        """The option with the lowest price by cost, of those that are within each other's bounds."""
        if len(offers) == 1:
            return offers[0]
        if not sure:
            raise CloseCall
        first = min(self.crowd.rank[option] for option in offers)
        equal = [option for option in offers if self.crowd.rank[option] == first]
        if len(equal) > 1:
            self.lots.append(len(equal))
        return min(equal, key=self.crowd.lots.__getitem__)

    def _pay(self, option: str, offer: Offer) -> None:
        """Take the price out of the purses of the supporters; a purse of zero is empty in truth, too."""
        price, purses = float(offer.price), self.purses
        surely_less = offer.price - offer.slack - self.slack
        for payer, purse in zip(self.crowd.payers[option], self.crowd.of_payers[option](purses), strict=True):
            if purse > price:
                purses[payer] = purse - price
            elif purse and purse >= surely_less:
                raise CloseCall
            else:
                purses[payer] = 0.0
        self.slack += offer.slack
        self.order.append(option)
        del self.least[option]


class Foresight:
    """What counts with larger and larger shares buy, a few of them at a time."""

    def __init__(self, poll: Poll, wanted: list[str], start: Fraction) -> None:
        self.crowd, self.start, self.ahead = Crowd(poll, wanted), start, 1
        self.sure = all(poll.costs[option] for option in wanted)
        """What costs nothing has no price by cost."""
        self.known: dict[int, Course | None] = {}

    def course(self, added: int, step: int) -> Course | None:
        """What is bought with so much added to each share; None where only the exact count can tell. With it those are counted
        that are a few steps further, in which nothing may have changed."""
        if added not in self.known and self.sure:
            self.known = self._courses(range(added, added + step * self.ahead, step))
            self.ahead = min(self.ahead * 2, MOST)
        return self.known.get(added)

    def _courses(self, additions: range) -> dict[int, Course | None]:
        stem = Stem(self.crowd, self.start + additions[0], self.start + additions[-1])
        found: dict[int, Course | None] = {}
        above: Count | None = None
        for added in reversed(additions):
            count = Count(self.crowd, stem, self.start + added, above)
            try:
                found[added], above = count.course(), count
            except CloseCall:
                found[added] = None
        return found
