"""Dividing money: known outcomes, what no outcome may break, and the sentences that explain it."""

import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate.core import registry
from facilitate.core.strings import t
from facilitate.voting import methods
from facilitate.voting.carts import poll_of
from facilitate.voting.methods import equal_shares
from facilitate.voting.rounded import Foresight
from tests.voting import piles

METHODS = registry.variants(methods)
SHARES, GREEDY = METHODS["equal-shares"].count, METHODS["greedy"].count
OPTIONS = list("abcdef")
BALLOTS = some.lists(some.lists(some.sampled_from(OPTIONS), unique=True, max_size=4), max_size=10)
COSTS = some.fixed_dictionaries({option: some.integers(1, 30) for option in OPTIONS})
MONEY = some.integers(0, 60)


def settings(money: int, costs: dict[str, int]) -> dict[str, Any]:
    """The settings of a budget."""
    return {"money": money, "costs": costs, "run": "r", "seed": "s"}


def funded(counted: Any) -> list[str]:
    """What is funded, in order."""
    return [one["option"] for one in counted.details["funded"]]


@given(BALLOTS, COSTS, MONEY)
def test_no_outcome_costs_more_than_there_is(ballots: Any, costs: dict[str, int], money: int) -> None:
    """Neither method spends too much, funds what nobody wants, or leaves out what is wanted and still affordable."""
    for count in (SHARES, GREEDY):
        counted = count(OPTIONS, ballots, settings(money, costs))
        chosen = funded(counted)
        spent = sum(costs[one] for one in chosen)
        wanted = {one for ballot in ballots for one in ballot}
        assert spent == counted.details["spent"] <= money and set(chosen) <= wanted
        assert all(costs[one] > money - spent for one in wanted - set(chosen))
        assert set(counted.details["not_funded"]) == set(OPTIONS) - set(chosen)
        assert all(t("en", key, **values) for key, values in counted.details["not_funded"].values())
        assert sum(counted.details["satisfaction"]) == len(ballots)


@given(BALLOTS, COSTS, MONEY)
def test_every_option_is_paid_by_its_supporters(ballots: Any, costs: dict[str, int], money: int) -> None:
    """Replayed by hand with fractions: equal payments up to the price, nobody more than their share, the sum is the cost."""
    counted = SHARES(OPTIONS, ballots, settings(money, costs))
    purses = [Fraction(counted.details["share"])] * len(ballots)
    for one in counted.details["funded"]:
        if one["by"] == "shares":
            paid = {number: min(purses[number], Fraction(one["price"])) for number, ballot in enumerate(ballots) if one["option"] in ballot}
            assert sum(paid.values()) == costs[one["option"]] and len(paid) == one["supporters"]
            purses = [purse - paid.get(number, 0) for number, purse in enumerate(purses)]
    assert all(purse >= 0 for purse in purses)
    for option, (key, values) in counted.details["not_funded"].items():
        had = sum(purse for purse, ballot in zip(purses, ballots, strict=True) if option in ballot)
        assert key != "vote.why.supporters_short" or had < costs[option]
        assert values.get("cost", costs[option]) == costs[option]


def plain(ballots: Any, costs: dict[str, int], share: Fraction) -> list[str]:
    """Equal shares as its definition reads: every option in every round, every purse a fraction. Ties: cost, supporters, name."""
    purses, left, chosen = [share] * len(ballots), set(OPTIONS), []
    while True:
        offers = []
        for option in left:
            rest, supporters = Fraction(costs[option]), sorted((purses[n], n) for n, ballot in enumerate(ballots) if option in ballot)
            for place, (purse, _) in enumerate(supporters):
                price = rest / (len(supporters) - place)
                if price <= purse:
                    offers.append((price / costs[option], costs[option], -len(supporters), option, price))
                    break
                rest -= purse
        if not offers:
            return chosen
        *_, option, price = min(offers)
        left.discard(option)
        chosen.append(option)
        purses = [max(purse - price, Fraction(0)) if option in ballot else purse for purse, ballot in zip(purses, ballots, strict=True)]


@given(BALLOTS.filter(len), COSTS, MONEY.filter(bool))
def test_equal_shares_is_its_definition(ballots: Any, costs: dict[str, int], money: int) -> None:
    """An oracle that shares no line with the method: each count, and adding one until the next outcome costs too much."""
    counted = SHARES(OPTIONS, ballots, settings(money, costs))
    if counted.broken:
        return
    wanted, added = {one for ballot in ballots for one in ballot}, 0
    chosen = plain(ballots, costs, Fraction(money, len(ballots)))
    while set(chosen) != wanted and added < equal_shares.PATIENCE:
        more = plain(ballots, costs, Fraction(money, len(ballots)) + added + 1)
        if sum(costs[one] for one in more) > money:
            break
        chosen, added = more, added + 1
    assert [one["option"] for one in counted.details["funded"] if one["by"] == "shares"] == chosen
    assert Fraction(counted.details["share"]) == Fraction(money, len(ballots)) + added


@given(BALLOTS.filter(len), COSTS, MONEY.filter(bool))
def test_rounding_decides_nothing(ballots: Any, costs: dict[str, int], money: int) -> None:
    """What is foreseen in rounded numbers is what the exact count buys: in order, with its lots, and whether it costs too much."""
    poll, start = poll_of(OPTIONS, ballots, settings(money, costs)), Fraction(money, len(ballots))
    foresight = Foresight(poll, poll.wanted(), start)
    for added in range(1, 20):
        found = equal_shares.bought(poll, poll.wanted(), start + added)
        assert foresight.course(added, 1) in (None, (list(found.prices), found.lots, found.over))


def test_most_is_foreseen_in_a_crowd() -> None:
    """Hundreds of voters with prices that differ: the exact count is asked rarely, and says the same."""
    chance, options = random.Random("crowd"), [f"o{number}" for number in range(20)]
    ballots = [chance.sample(options[: chance.randint(6, 20)], chance.randint(1, 6)) for _ in range(400)]
    poll = poll_of(options, ballots, settings(90_000, {option: chance.randint(100, 20_000) for option in options}))
    start = Fraction(90_000, 400)
    foresight, told = Foresight(poll, poll.wanted(), start), 0
    for added in range(1, 60):
        course, found = foresight.course(added, 1), equal_shares.bought(poll, poll.wanted(), start + added)
        assert course in (None, (list(found.prices), found.lots, found.over))
        told += course is not None
    assert told > 50


@given(BALLOTS, COSTS, MONEY)
def test_a_group_that_agrees_gets_its_part(ballots: Any, costs: dict[str, int], money: int) -> None:
    """Justified representation: where a group could pay an option from its shares, one of the group gets something it wants."""
    chosen = set(funded(SHARES(OPTIONS, ballots, settings(money, costs))))
    for option in OPTIONS:
        group = [ballot for ballot in ballots if option in ballot]
        if group and Fraction(money, len(ballots)) * len(group) >= costs[option]:
            assert any(chosen & set(ballot) for ballot in group)


def spent_with_and_without(ballots: Any, costs: dict[str, int], money: int) -> tuple[int, int]:
    """What the shares buy after adding and before."""
    poll = poll_of(OPTIONS, ballots, settings(money, costs))
    first, (last, _, _) = equal_shares.bought(poll, poll.wanted(), Fraction(money, len(ballots))), equal_shares.completed(poll)
    assert first is not None
    return sum(costs[one] for one in last.prices), sum(costs[one] for one in first.prices)


def test_adding_one_spends_what_would_lie_idle() -> None:
    """Two stand alone with something that costs a little more than their share."""
    assert spent_with_and_without([["a"], ["a"], ["b"], ["c"]], dict.fromkeys(OPTIONS, 14) | {"a": 10}, 40) == (38, 10)


def test_adding_one_does_not_stop_at_the_first_outcome_that_leaves_nothing_affordable() -> None:
    """d and a leave 20, too little for c; five more for each voter buy d and c, which serves one supporter more."""
    ballots, costs = [["d", "c"], ["d"], ["d"], ["c", "a"]], {"a": 8, "b": 8, "c": 22, "d": 27}
    poll = poll_of(list("abcd"), ballots, settings(55, costs))
    first = equal_shares.bought(poll, poll.wanted(), Fraction(55, 4))
    assert first is not None and list(first.prices) == ["d", "a"]
    assert funded(SHARES(list("abcd"), ballots, settings(55, costs))) == ["d", "c"]


def test_adding_one_may_buy_something_else() -> None:
    """No law says that the shares buy more after adding: here they buy what is cheaper. The definition has it so."""
    ballots = [["f", "d", "a"], ["e", "f", "d"], ["e", "f", "d", "a"], ["c", "e"], ["a"], ["a"]]
    after, before = spent_with_and_without(ballots, {"a": 21, "b": 25, "c": 27, "d": 19, "e": 23, "f": 16}, 58)
    assert after < before <= 58


@given(BALLOTS, COSTS, MONEY, some.permutations(OPTIONS))
def test_names_do_not_matter(ballots: Any, costs: dict[str, int], money: int, order: list[str]) -> None:
    """Neutrality with prices of their own, and anonymity."""
    names = dict(zip(OPTIONS, order, strict=True))
    priced = {names[one]: cost for one, cost in costs.items()}
    for count in (SHARES, GREEDY):
        counted = count(OPTIONS, ballots, settings(money, costs))
        again = count(OPTIONS, [piles.renamed(ballot, names) for ballot in reversed(ballots)], settings(money, priced))
        if not counted.broken and not again.broken:
            assert {names[one] for one in funded(counted)} == set(funded(again))


def test_a_third_of_the_room_decides_on_a_third() -> None:
    """Greedy gives all to the majority; equal shares does not."""
    ballots = [["a", "b", "c"]] * 6 + [["d"]] * 3
    costs = dict.fromkeys("abcd", 30)
    assert sorted(funded(GREEDY(list("abcd"), ballots, settings(90, costs)))) == ["a", "b", "c"]
    counted = SHARES(list("abcd"), ballots, settings(90, costs))
    assert "d" in funded(counted) and len(funded(counted)) == 3
    assert sorted(counted.details["greedy"]["funded"]) == ["a", "b", "c"]
    assert counted.broken == [("vote.step.budget_lot", {"n": 3}), ("vote.step.budget_lot", {"n": 2})]
    assert counted.details["satisfaction"] == [0, 3, 6]


def test_why_not() -> None:
    """Each reason in its own words."""
    costs = {"a": 8, "b": 9, "c": 1, "d": 40}
    counted = SHARES(list("abcde"), [["a"], ["a"], ["b"], ["e", "d"]], settings(12, costs))
    keys = {option: key for option, (key, _) in counted.details["not_funded"].items()}
    assert keys["c"] == "vote.why.no_supporter" and keys["e"] == "vote.why.no_price" and keys["b"] == keys["d"] == "vote.why.supporters_short"
    assert funded(counted) == ["a"]
    key, values = counted.details["not_funded"]["b"]
    assert t("en", key, **values) == "It costs 9. Its 1 supporter had 8 left, and of all the money 4 was left."


@pytest.mark.parametrize("money", [1, 10**9])
def test_large_and_small_amounts(money: int) -> None:
    """A supporter who stands alone with something dear does not make the count endless."""
    ballots = [["a"]] * 5 + [["b"]]
    counted = SHARES(["a", "b"], ballots, settings(money, {"a": money, "b": money}))
    assert funded(counted) == ["a"]
