"""Equal shares: the money is divided equally among the voters, and an option is bought by its supporters together.

In each round the option is bought that gives most for what its supporters pay: every supporter pays the same, who has less pays
all that is left. An option is worth its cost to each supporter. Source: Dominik Peters, Grzegorz Pierczyński and Piotr Skowron,
Proportional Participatory Budgeting with Additive Utilities, NeurIPS 34 (2021), section 3; the completion as on
equalshares.net/explanation (add-one): the count is repeated with one unit of money more per voter until the next outcome would
cost more than there is, and only then; what is left after that goes to the most supported options that it still pays for. Where
200 repetitions in a row changed nothing, the additions double until something changes, and are then made smaller again. An
equal price goes to the lower cost, then to more supporters, then to the announced lot.

>>> counted = count(["a", "b", "c"], [["a"], ["a"], ["b", "c"], ["b"]], {"money": 12, "costs": {"a": 6, "b": 6, "c": 5}})
>>> counted.ranking, counted.details["funded"][0]["price"]
([['a', 'b'], ['c']], 3)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from math import gcd
from operator import mul
from typing import Any

from facilitate.voting.carts import Poll, figures, filled, levels, outcome, poll_of, why_not
from facilitate.voting.result import Result, Step, exact, shown
from facilitate.voting.rounded import Course, Foresight
from facilitate.voting.ties import lot

NAME, SHAPE = "equal-shares", "budget"
DISPLAY, FIGURES = "funded", ("supporters", "funded")
PATIENCE = 200
"""Repetitions that change nothing before the additions double."""


class Purses:
    """What the voters have left. Those who have the same share one purse; all are whole numbers over one denominator, so that
    nothing is rounded and little is computed."""

    def __init__(self, voters: int, share: Fraction) -> None:
        self.amounts, self.below = [0, share.numerator], share.denominator
        self.of, self.sharers = [1] * voters, [0, voters]

    def shared(self, supporters: list[int], cost: int) -> tuple[int, int, Counter[int]] | None:
        """What each supporter pays at most, as (amount, divisor), for an option; None where they cannot pay it together."""
        purses = Counter(map(self.of.__getitem__, supporters))
        missing, payers = cost * self.below, len(supporters)
        held = list(map(self.amounts.__getitem__, purses))
        if sum(map(mul, held, purses.values())) < missing:
            return None
        paying, part = list(zip(held, purses.values(), strict=True)), -(-missing // payers)
        while min(paying)[0] < part:  # who has less than an equal part pays all that is left, which raises the part of the others
            poor = [one for one in paying if one[0] < part]
            paying = [one for one in paying if one[0] >= part]
            for amount, n in poor:
                missing -= amount * n
                payers -= n
            part = -(-missing // payers)
        return missing, payers, purses

    def pay(self, supporters: list[int], missing: int, payers: int, purses: Counter[int]) -> Fraction:
        """Take the price out of the purses of the supporters; gives it."""
        by = payers // gcd(missing, payers)
        if by > 1:
            self.amounts = [amount * by for amount in self.amounts]
            self.below *= by
        price = missing * by // payers
        after = {}
        for purse, n in purses.items():
            amount = self.amounts[purse]
            if amount <= price:
                after[purse] = 0
            else:
                after[purse] = len(self.amounts)
                self.amounts.append(amount - price)
                self.sharers.append(n)
            self.sharers[purse] -= n
            if purse and not self.sharers[purse]:
                self.amounts[purse] = 0  # nobody has it any more, and small numbers are quick
        of = self.of
        for voter in supporters:
            of[voter] = after[of[voter]]
        return Fraction(price, self.below)

    def left(self, supporters: list[int]) -> Fraction:
        """What these voters have left together."""
        return Fraction(sum(self.amounts[purse] * n for purse, n in Counter(map(self.of.__getitem__, supporters)).items()), self.below)


@dataclass
class Bought:
    """One count with one share: what was bought at which price for each supporter, how many each lot chose from, what is left."""

    purses: Purses
    prices: dict[str, Fraction] = field(default_factory=dict)
    lots: list[int] = field(default_factory=list)
    over: bool = False
    """Whether it costs more than there is; then it was not counted further."""


def bought(poll: Poll, wanted: list[str], share: Fraction) -> Bought:
    """One count with this share for each voter."""
    found, spent = Bought(Purses(len(poll.ballots), share)), 0
    least = {one: Fraction(1, len(poll.supporters[one])) for one in wanted if share * len(poll.supporters[one]) >= poll.costs[one]}
    while True:
        best = _best(poll, found.purses, least, found.lots)
        if best is None:
            return found
        option, missing, payers, tally = best
        spent += poll.costs[option]
        if spent > poll.money:
            found.over = True
            return found
        found.prices[option] = found.purses.pay(poll.supporters[option], missing, payers, tally)
        del least[option]


Offer = tuple[str, int, int, "Counter[int]"]


def _best(poll: Poll, purses: Purses, least: dict[str, Fraction], lots: list[int]) -> Offer | None:
    """The option with the lowest price for what it is worth. `least` has what each costs at least: prices only rise, so that
    most need not be computed again; an option that its supporters cannot pay leaves it for good."""
    lowest: Fraction | None = None
    offers: list[Offer] = []
    for option in sorted(least, key=least.__getitem__):
        if lowest is not None and least[option] > lowest:
            break
        found = purses.shared(poll.supporters[option], poll.costs[option])
        if found is None:
            del least[option]
            continue
        missing, payers, tally = found
        least[option] = price = Fraction(missing, payers * poll.costs[option] * purses.below) if poll.costs[option] else Fraction(0)
        if lowest is None or price < lowest:
            lowest, offers = price, []
        if price == lowest:
            offers.append((option, missing, payers, tally))
    if not offers:
        return None
    rank = {offer[0]: (poll.costs[offer[0]], -len(poll.supporters[offer[0]])) for offer in offers}
    first = min(rank.values())
    offers = [offer for offer in offers if rank[offer[0]] == first]
    if len(offers) > 1:
        lots.append(len(offers))
    return min(offers, key=lambda offer: lot(poll.settings, offer[0]))


def none_of(poll: Poll) -> Bought:
    """Nothing bought, nothing in the purses."""
    return Bought(Purses(len(poll.ballots), Fraction(0)))


def completed(poll: Poll) -> tuple[Bought, Fraction, int]:
    """The last count that the money pays for, its share, and how much was added to each voter's share."""
    start = Fraction(poll.money, len(poll.ballots))
    wanted = poll.wanted()
    foresight = Foresight(poll, wanted, start)
    last, added, step, same = _course(poll, wanted, start), 0, 1, 0
    lots = list(last.lots)  # those of every repetition are told: with another lot one of them might have cost too much, or not
    while len(last.order) < len(wanted):
        tried = foresight.course(added + step, step) or _course(poll, wanted, start + added + step)
        changed = tried.over or set(tried.order) != set(last.order)
        if changed and step > 1:
            step, same = step // 2, 0
            continue
        lots += [n for n in tried.lots if n not in lots]
        if tried.over:
            break
        last, added, same = tried, added + step, 0 if changed else same + 1
        step *= 2 if same > PATIENCE else 1
    found = bought(poll, wanted, start + added)
    found.lots = lots
    return found, start + added, added


def _course(poll: Poll, wanted: list[str], share: Fraction) -> Course:
    """What is bought with this share, exactly."""
    found = bought(poll, wanted, share)
    return Course(list(found.prices), found.lots, found.over)


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of option ids; `settings` have `money` and `costs` {option id: price}."""
    poll = poll_of(options, ballots, settings)
    steps: list[Step] = [("vote.step.shares", {"n": len(ballots), "share": shown(Fraction(poll.money, max(len(ballots), 1)))})]
    last, share, added = completed(poll) if ballots and poll.money > 0 else (none_of(poll), Fraction(0), 0)
    more, short = filled(poll, list(last.prices))
    funded = [*last.prices, *more]
    known = outcome(poll, funded)
    broken: list[Step] = [("vote.step.budget_lot", {"n": n}) for n in last.lots] + [("vote.step.budget_lot", {"n": n}) for n in _split(poll, more, short)]
    steps += [("vote.step.shares_raised", {"share": shown(share)})] if added else []
    steps += [("vote.step.shares_rest", {"n": len(more)})] if more else []
    steps.append(("vote.step.budget_spent", {"n": len(funded), "spent": known["spent"], "money": poll.money}))
    greedy = filled(poll, [])[0]
    details = known | {
        "share": exact(share), "funded": list(_funded(poll, last, more)),
        "not_funded": {one: _why(poll, one, last, short) for one in poll.options if one not in funded},
        "greedy": outcome(poll, greedy) | {"funded": greedy},
    }  # fmt: skip
    return Result(levels(poll, funded), figures(poll, funded), [*steps, *broken], broken, details)


def _split(poll: Poll, more: list[str], short: dict[str, int]) -> Iterator[int]:
    """How many were equal where the lot decided which of them the rest of the money pays for."""
    for _, tied in groupby([one for one in poll.wanted() if one in more or one in short], key=lambda one: poll.order(one)[:2]):
        level = list(tied)
        if 0 < sum(one in more for one in level) < len(level):
            yield len(level)


def _funded(poll: Poll, last: Bought, more: list[str]) -> Iterator[dict[str, Any]]:
    """What is funded, in order: the price is what each supporter paid at most; the rest was paid by nobody's share."""
    for option in [*last.prices, *more]:
        row = {"option": option, "cost": poll.costs[option], "supporters": len(poll.supporters[option])}
        yield row | ({"price": exact(last.prices[option]), "by": "shares"} if option in last.prices else {"price": None, "by": "rest"})


def _why(poll: Poll, option: str, last: Bought, short: dict[str, int]) -> list[Any]:
    """Why an option is not funded: first what its supporters had left, then what was left at all."""
    if option not in short:
        return list(why_not(poll, option, poll.money))
    had = last.purses.left(poll.supporters[option])
    return ["vote.why.supporters_short", {"cost": poll.costs[option], "had": shown(had), "left": short[option], "n": len(poll.supporters[option])}]


def chosen(result: Result) -> list[str]:
    """What is funded."""
    return [one["option"] for one in result.details["funded"]]
