"""What the methods over a budget share: who supports what, the greedy order, and how content the voters are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from facilitate.voting.result import Step
from facilitate.voting.ties import lot


@dataclass(frozen=True)
class Poll:
    """Carts over priced options: `supporters` are the numbers of the ballots that hold an option."""

    options: list[str]
    ballots: list[list[str]]
    costs: dict[str, int]
    money: int
    supporters: dict[str, list[int]]
    settings: dict[str, Any]

    def order(self, option: str) -> tuple[int, int, str]:
        """The published order of a tie: more supporters, the lower cost, the lot."""
        return -len(self.supporters[option]), self.costs[option], lot(self.settings, option)

    def wanted(self) -> list[str]:
        """The options that have a price and a supporter, in the greedy order."""
        return sorted((one for one in self.options if one in self.costs and self.supporters[one]), key=self.order)


def poll_of(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Poll:
    """The ballots of a round put in order; an option that has no price cannot be funded."""
    names = sorted(options)
    carts = sorted(sorted(set(ballot) & set(names)) for ballot in ballots)
    supporters: dict[str, list[int]] = {option: [] for option in names}
    for number, cart in enumerate(carts):
        for option in cart:
            supporters[option].append(number)
    costs = {option: settings.get("costs", {})[option] for option in names if option in settings.get("costs", {})}
    return Poll(names, carts, costs, settings.get("money", 0), supporters, settings)


def filled(poll: Poll, funded: list[str]) -> tuple[list[str], dict[str, int]]:
    """What is funded besides, by number of supporters as long as money is left; and for the others how much was left at their turn."""
    left, more, short = poll.money - sum(poll.costs[one] for one in funded), [], {}
    for option in poll.wanted():
        if option in funded:
            continue
        if poll.costs[option] <= left:
            more.append(option)
            left -= poll.costs[option]
        else:
            short[option] = left
    return more, short


def lots_drawn(poll: Poll, funded: list[str]) -> list[Step]:
    """A step for each lot that decided: options of equal support and cost of which some were funded and some were not."""
    levels: dict[tuple[int, int], list[str]] = {}
    for option in poll.wanted():
        levels.setdefault(poll.order(option)[:2], []).append(option)
    split = [tied for tied in levels.values() if 0 < sum(one in funded for one in tied) < len(tied)]
    return [("vote.step.budget_lot", {"n": len(tied)}) for tied in split]


def why_not(poll: Poll, option: str, left: int) -> Step:
    """Why an option is not funded, where the money left was asked last."""
    if option not in poll.costs:
        return "vote.why.no_price", {}
    if not poll.supporters[option]:
        return "vote.why.no_supporter", {}
    return "vote.why.over_left", {"cost": poll.costs[option], "left": left}


def outcome(poll: Poll, funded: list[str]) -> dict[str, Any]:
    """What a drawing of an outcome needs: spent and left, supporters' prices, and how many voters got how many of their wishes."""
    got = set(funded)
    numbers = [sum(option in got for option in cart) for cart in poll.ballots]
    spent = sum(poll.costs[one] for one in funded)
    return {
        "money": poll.money, "spent": spent, "left": poll.money - spent,
        "satisfaction": [numbers.count(n) for n in range(max(numbers, default=0) + 1)],
    }  # fmt: skip


def levels(poll: Poll, funded: list[str]) -> list[list[str]]:
    """The ranking of a budget: what is funded, then what is not."""
    return [tied for tied in (sorted(funded), [one for one in poll.options if one not in funded]) if tied]


def figures(poll: Poll, funded: list[str]) -> dict[str, dict[str, int]]:
    """Supporters of each option, and whether it is funded."""
    return {one: {"supporters": len(poll.supporters[one]), "funded": int(one in funded)} for one in poll.options}
