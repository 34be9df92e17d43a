"""Equal shares in rounded numbers: what one count buys, told only where rounding cannot have decided it.

Adding one counts hundreds of times, and exact fractions get long. Here each purse is a whole number of small coins, so many to a
unit of money that every sum is still exact as a float (below 2**53), which Python adds up and compares fastest. What does not go
into whole coins is rounded against the voter, and `Rounded.slack` bounds how many coins a purse may have too few.

Why that suffices: who has less never pays less for others, so that with purses that are too small every price comes out too high.
Say that p poor supporters of an option have up to `slack` more, and r others share the rest of its cost: then its price is at most
slack * p / r lower. As soon as two prices are too close for these bounds, or a purse and a price, the count gives up, and the
exact one has to be asked. So the bounds never change a result; they only say when it costs more to get.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

from facilitate.voting.carts import Poll
from facilitate.voting.ties import lot

WHOLE = 2**53
"""Whole numbers below this are exact as floats, and so are their sums."""

APART = 1e-12
"""How far a quotient of floats is moved to be a bound: far more than it was rounded by."""


class Course(NamedTuple):
    """What one count buys: the options in order, how many each lot chose from, and whether it costs more than there is."""

    order: list[str]
    lots: list[int]
    over: bool


class CloseCall(Exception):
    """Rounding could have decided."""


class Offer(NamedTuple):
    """A price in coins, which may be `slack` coins too high, and the bounds of price by cost. They are equal where all pay the same
    part, one by the number of supporters: then they are exact."""

    price: int
    slack: float
    low: float
    high: float


class Crowd:
    """The voters as all counts need them: one entry for each cart, and the supporters of an option as a quick look-up."""

    def __init__(self, poll: Poll, wanted: list[str]) -> None:
        self.poll, self.lots = poll, {option: lot(poll.settings, option) for option in wanted}
        carts = {tuple(cart): number for number, cart in enumerate(dict.fromkeys(map(tuple, poll.ballots)))}
        of = [carts[tuple(cart)] for cart in poll.ballots]
        self.carts = len(carts)
        everyone = {option: [of[voter] for voter in poll.supporters[option]] for option in wanted}
        self.payers = {option: sorted(set(found)) for option, found in everyone.items()}
        self.held: dict[str, Callable[[list[float]], tuple[float, ...]]] = {option: _looked_up(found) for option, found in everyone.items()}
        self.purses_of = {option: _looked_up(found) for option, found in self.payers.items()}

    def course(self, share: Fraction) -> Course | None:
        """What is bought with this share for each voter; None where only the exact count can tell."""
        try:
            return Rounded(self, share).course()
        except CloseCall:
            return None


def _looked_up(numbers: list[int]) -> Callable[[list[float]], tuple[float, ...]]:
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda purses: (purses[numbers[0]],)


class Rounded:
    """One count in coins."""

    def __init__(self, crowd: Crowd, share: Fraction) -> None:
        self.crowd, self.poll = crowd, crowd.poll
        unit = WHOLE // (int(share * len(self.poll.ballots)) + max(self.poll.costs.values()) + 1)
        self.costs = {option: self.poll.costs[option] * unit for option in crowd.held}
        self.purses = [float(int(share * unit))] * crowd.carts
        self.slack = 1.0
        self.least = {option: (0, 1 / len(self.poll.supporters[option])) for option in crowd.held}
        """Of each option that may still be bought: the last price that was found, and the least price by cost. Both only rise."""

    def course(self) -> Course:
        """Buy until nothing can be paid, or until it costs too much."""
        found, spent = Course([], [], False), 0
        while offers := self._offers():
            option = self._best(offers, found.lots)
            spent += self.poll.costs[option]
            if spent > self.poll.money:
                return found._replace(over=True)
            self._pay(option, offers[option])
            found.order.append(option)
        return found

    def _offers(self) -> dict[str, Offer]:
        """The options that may have the lowest price by cost."""
        limit, offers = float("inf"), {}
        for option in sorted(self.least, key=lambda one: self.least[one][1]):
            if self.least[option][1] > limit:
                break
            offer = self._offer(option, limit)
            if offer is not None:
                limit = min(limit, offer.high)
                offers[option] = offer
        return {option: offer for option, offer in offers.items() if offer.low <= limit}

    def _offer(self, option: str, limit: float) -> Offer | None:
        """The price of an option; None where its supporters cannot pay it or it is above the limit."""
        cost, n = self.costs[option], len(self.poll.supporters[option])
        if not cost:
            return Offer(0, 0, 0, 0)
        held = self.crowd.held[option](self.purses)
        price, poor = self.least[option][0], -1
        if sum(held) < cost:
            return self._dropped(option, held)
        while True:
            below = [purse for purse in held if purse < price]
            if len(below) == poor:
                break
            poor = len(below)
            price = -(-(cost - int(sum(below))) // (n - poor))
            slack = self.slack * (poor - below.count(0.0)) / (n - poor) + 1
            low = (price - slack) / cost * (1 - APART)
            if low > limit:
                self.least[option] = price, low
                return None
        if not poor:
            low = high = 1 / n
        else:
            high = price / cost * (1 + APART)
        self.least[option] = price, low
        return Offer(price, slack, low, high)

    def _dropped(self, option: str, held: tuple[float, ...]) -> None:
        """Leave out an option for good: its supporters cannot pay it, and have less and less."""
        if sum(held) + self.slack * (len(held) - held.count(0.0)) >= self.costs[option]:
            raise CloseCall
        del self.least[option]

    def _best(self, offers: dict[str, Offer], lots: list[int]) -> str:
        """The option with the lowest price by cost, of those that are within each other's bounds."""
        if len(offers) == 1:
            return next(iter(offers))
        if any(offer.low != offer.high for offer in offers.values()):
            raise CloseCall
        rank = {option: (self.costs[option], -len(self.poll.supporters[option])) for option in offers}
        first = min(rank.values())
        equal = [option for option in offers if rank[option] == first]
        if len(equal) > 1:
            lots.append(len(equal))
        return min(equal, key=self.crowd.lots.__getitem__)

    def _pay(self, option: str, offer: Offer) -> None:
        """Take the price out of the purses of the supporters; who has less has nothing left."""
        price, purses = float(offer.price), self.purses
        unsure = price - offer.slack - self.slack
        for payer, purse in zip(self.crowd.payers[option], self.crowd.purses_of[option](purses), strict=True):
            if purse >= price:
                purses[payer] = purse - price
            elif purse <= unsure or not purse:
                purses[payer] = 0.0
            else:
                raise CloseCall
        self.slack += offer.slack
        del self.least[option]
