"""Rankings: the electorates of the literature, and what each method promises."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from facilitate.core import registry
from facilitate.voting import methods, pairwise, transfers
from facilitate.voting.words import sentences
from tests.support import rankings
from tests.support.rankings import VECTORS, pile

METHODS = registry.variants(methods)
OPTIONS = list("abcd")
RANKED = ("schulze", "ranked-pairs", "irv", "borda", "stv")
FOOD = pile(VECTORS["stv_food"]["ballots"])


def ranking(name: str, ballots: list[Any], options: Any = OPTIONS, **settings: Any) -> list[list[str]]:
    """The ranking of a pile by a method."""
    found: list[list[str]] = METHODS[name].count(list(options), ballots, settings).ranking
    return found


def wins(ballots: list[Any], one: str, other: str, options: list[str]) -> int:
    """How many ballots rank one option above another, counted by hand: an oracle that shares no line with the method."""
    places = [{option: place for place, tier in enumerate(ballot) for option in tier} for ballot in ballots]
    return sum(place.get(one, len(options)) < place.get(other, len(options)) for place in places)


@pytest.mark.parametrize(
    ("name", "order"),
    [("schulze", "EACBD"), ("ranked-pairs", "ACEBD"), ("borda", "EABCD")],
)
def test_schulzes_45_voters(name: str, order: str) -> None:
    """The example in which Schulze elects E and ranked pairs elect A."""
    vector = VECTORS["schulze_wikipedia_45"]
    counted = METHODS[name].count(list("ABCDE"), pile(vector["ballots"]), {})
    assert counted.ranking == [[option] for option in order] and counted.broken == []
    if name == "schulze":
        assert order == vector["schulze_order"]
        assert {pair: counted.details["strength"][pair[0]][pair[1]] for pair in vector["strength"]} == vector["strength"]
    if name == "ranked-pairs":
        assert order[0] == vector["ranked_pairs_winner"]


@pytest.mark.parametrize(("name", "order"), [("schulze", "NCKM"), ("ranked-pairs", "NCKM"), ("borda", "NCMK"), ("irv", "KMNC"), ("stv", "KMNC")])
def test_tennessee(name: str, order: str) -> None:
    """One electorate, two capitals: head to head and Borda choose Nashville, the run-off chooses Knoxville."""
    counted = METHODS[name].count(list("CKMN"), pile(VECTORS["tennessee"]["ballots"]), {})
    assert counted.ranking == [[option] for option in order] and counted.broken == []
    if name == "borda":
        assert {option: figures["points"] for option, figures in counted.figures.items()} == VECTORS["tennessee"]["borda"]


def test_tennessee_by_plurality() -> None:
    """With one choice each Memphis leads, without a majority."""
    counted = METHODS["plurality"].count(list("CKMN"), [ballot[0] for ballot in pile(VECTORS["tennessee"]["ballots"])], {"max": 1})
    assert counted.ranking == [["M"], ["N"], ["K"], ["C"]]
    assert ("vote.step.plurality_minority", {"option": "M", "votes": 42, "all": 100}) in counted.steps


def test_plurality_says_a_majority_and_counts_no_double_choice() -> None:
    """More than half is said; a ballot with two marks gives none."""
    counted = METHODS["plurality"].count(["a", "b"], [["a"], ["a"], ["b"], ["a", "b"]], {})
    assert counted.figures == {"a": {"votes": 2}, "b": {"votes": 1}}
    assert ("vote.step.plurality_majority", {"option": "a", "votes": 2, "all": 3}) in counted.steps
    assert ("vote.step.plurality_several", {"n": 1}) in counted.steps


def test_stv_of_twenty_ballots() -> None:
    """Three seats, quota 6: chocolate hands on half of each ballot, pears make oranges, strawberries fill the last seat."""
    vector = VECTORS["stv_food"]
    counted = METHODS["stv"].count(["Bonbon", "Choc", "Orange", "Pear", "Straw"], FOOD, {"seats": vector["seats"]})
    details = counted.details
    assert (details["quota"], sorted(details["elected"]), counted.broken) == (vector["quota"], sorted(vector["winners"]), [])
    assert counted.ranking == [["Choc"], ["Orange"], ["Straw"], ["Bonbon"], ["Pear"]]
    first, second, third, fourth = details["rounds"]
    assert first["transfers"] == [{"from": "Choc", "to": {"Bonbon": 2, "Straw": 4}, "exhausted": 0, "part": "1/2"}]
    assert second["transfers"] == [{"from": "Pear", "to": {"Orange": 2}, "exhausted": 0}]
    assert third["transfers"] == [{"from": "Bonbon", "to": {}, "exhausted": 3}]
    assert (fourth["votes"], fourth["exhausted"]) == ({"Choc": 6, "Orange": 6, "Straw": 5}, 3)


@given(rankings.piles(OPTIONS))
def test_the_matrix_is_what_one_counts_by_hand(ballots: list[Any]) -> None:
    """Every pair of the fast matrix, and the duels that follow from it."""
    counted = pairwise.matrix(OPTIONS, ballots)
    by_hand = {one: {other: wins(ballots, one, other, OPTIONS) for other in OPTIONS if other != one} for one in OPTIONS}
    assert counted == by_hand
    assert all(sum(one.values()) == len(OPTIONS) - 1 for one in pairwise.figures(counted).values())


@given(rankings.piles(OPTIONS))
def test_who_beats_everybody_wins(ballots: list[Any]) -> None:
    """A Condorcet winner is elected by Schulze and by ranked pairs, and said to win all duels; who loses them all is last."""
    counted = pairwise.beats(pairwise.matrix(OPTIONS, ballots))
    for name in ("schulze", "ranked-pairs"):
        result = METHODS[name].count(OPTIONS, ballots, {})
        for option in OPTIONS:
            if len(counted[option]) == len(OPTIONS) - 1:
                assert result.ranking[0] == [option] and ("vote.step.wins_all", {"option": option}) in result.steps
            if all(option in counted[other] for other in OPTIONS if other != option):
                assert result.ranking[-1] == [option]


@given(rankings.piles(OPTIONS))
def test_a_strict_majority_of_first_choices_wins(ballots: list[Any]) -> None:
    """Who is the only first choice of more than half wins by Schulze, ranked pairs, run-off and with one seat by transfers."""
    for option in OPTIONS:
        if 2 * sum(bool(ballot) and ballot[0] == [option] for ballot in ballots) > len(ballots):
            assert all(ranking(name, ballots)[0] == [option] for name in RANKED if name != "borda")


@given(rankings.piles(OPTIONS), some.sampled_from(["schulze", "borda", "irv", "ranked-pairs"]))
def test_twice_the_ballots_change_nothing(ballots: list[Any], name: str) -> None:
    """Every ballot counted twice gives the same ranking."""
    assert ranking(name, ballots * 2) == ranking(name, ballots)


def place(ranked: list[list[str]], option: str) -> int:
    """How many options are ahead of one."""
    return sum(len(tied) for tied in ranked[: next(n for n, tied in enumerate(ranked) if option in tied)])


@given(rankings.piles(OPTIONS, 9), some.sampled_from(["schulze", "borda", "ranked-pairs"]), some.data())
def test_ranking_an_option_higher_never_hurts_it(ballots: list[Any], name: str, data: Any) -> None:
    """Monotonicity: one voter puts the winner on top, everything else as it was; it still wins."""
    option = ranking(name, ballots)[0][0]
    if ballots:
        at = data.draw(some.integers(0, len(ballots) - 1))
        lifted = [[option]] + [rest for tier in ballots[at] if (rest := [one for one in tier if one != option])]
        after = ranking(name, [*ballots[:at], lifted, *ballots[at + 1 :]])
        assert option in after[0]


def test_run_off_is_not_monotone() -> None:
    """The example that says why the promise above is not made for it: two voters who come over make the winner lose."""
    before = pile([[8, "abc"], [5, "bca"], [4, "cab"]])
    after = pile([[10, "abc"], [3, "bca"], [4, "cab"]])
    assert ranking("irv", before, "abc")[0] == ["a"] and ranking("irv", after, "abc")[0] == ["a"]
    before = pile([[6, "abc"], [4, "bca"], [2, "bac"], [5, "cab"]])
    after = pile([[8, "abc"], [4, "bca"], [5, "cab"]])
    assert ranking("irv", before, "abc")[0] == ["a"] and ranking("irv", after, "abc")[0] == ["c"]


CLONES = {"tied": [["a", "z"]], "before": [["z"], ["a"]], "behind": [["a"], ["z"]]}


@given(rankings.piles(OPTIONS), some.data())
def test_a_clone_changes_no_winner_of_schulze(ballots: list[Any], data: Any) -> None:
    """Independence of clones: a copy of an option right beside it on every ballot, before or behind it as each voter likes, leaves the
    winners what they were."""
    cloned = [_cloned(ballot, data.draw(some.sampled_from(list(CLONES)))) for ballot in ballots]
    before, after = ranking("schulze", ballots)[0], ranking("schulze", cloned, [*OPTIONS, "z"])[0]
    assert {"a" if option == "z" else option for option in after} == set(before)


def _cloned(ballot: Any, order: str) -> Any:
    """A ballot with a copy of the first option: in its place where others share it, else in an order."""
    return [part for tier in ballot for part in (CLONES[order] if tier == ["a"] else [[*tier, "z"]] if "a" in tier else [tier])]


@given(rankings.piles(OPTIONS))
def test_every_ballot_gives_the_same_points(ballots: list[Any]) -> None:
    """Borda: points are never lost, whatever is tied or left out."""
    counted = METHODS["borda"].count(OPTIONS, ballots, {})
    assert sum(Fraction(figures["points"]) for figures in counted.figures.values()) == 6 * len(ballots)


@given(rankings.piles(list("abcdef"), 20), some.integers(1, 4))
def test_transfers_lose_no_vote(ballots: list[Any], seats: int) -> None:
    """In every round the votes of all options and the exhausted ones are the ballots, exactly; as many are elected as there are
    seats; and each elected one but the fillers had its quota."""
    details = METHODS["stv"].count(list("abcdef"), ballots, {"seats": seats, "run": "r", "seed": "s"}).details
    valid = sum(bool(ballot) for ballot in ballots)
    assert details["ballots"] == valid and details["quota"] == valid // (seats + 1) + 1
    assert len(details["elected"]) == len(set(details["elected"])) == (seats if valid else 0)
    for round_ in details["rounds"]:
        assert sum(Fraction(n) for n in round_["votes"].values()) + Fraction(round_["exhausted"]) == valid
    everything = METHODS["irv"].count(list("abcdef"), ballots, {"run": "r", "seed": "s"}).details["rounds"]
    assert all(sum(Fraction(n) for n in one["votes"].values()) + Fraction(one["exhausted"]) == valid for one in everything)


@given(rankings.piles(OPTIONS), some.integers(1, 3))
def test_a_group_with_a_quota_gets_its_option(ballots: list[Any], seats: int) -> None:
    """Who is the only first choice of a whole quota is elected."""
    counted = METHODS["stv"].count(OPTIONS, ballots, {"seats": seats})
    for option in OPTIONS:
        if sum(bool(ballot) and ballot[0] == [option] for ballot in ballots) >= counted.details["quota"]:
            assert option in counted.details["elected"]


def test_shared_places_share_the_vote() -> None:
    """A ballot with two options on its first place gives half a vote to each, and the whole to the one that stays."""
    counted = METHODS["irv"].count(["a", "b", "c"], [[["a", "b"]], [["b"]], [["c"]], [["c"]]], {})
    first, last = counted.details["rounds"]
    assert first["votes"] == {"a": "1/2", "b": "3/2", "c": 2} and first["excluded"] == ["a"]
    assert first["transfers"] == [{"from": "a", "to": {"b": "1/2"}, "exhausted": 0}]
    assert last["votes"] == {"b": 2, "c": 2} and counted.ranking == [["b", "c"], ["a"]]


def test_last_places_that_tie() -> None:
    """Who had fewer votes in an earlier round goes, though later preferences would say otherwise; else the lot, and it is said."""
    groups = [[4, "a"], [3, "b"], [2, "cd"], [1, "dc"]]
    counted = METHODS["irv"].count(list("abcd"), pile(groups), {"run": "r", "seed": "s"})
    assert counted.broken == [("vote.step.tie_earlier_least", {"options": ["b", "c"], "option": "c", "round": 1})]
    assert counted.ranking == [["a"], ["b"], ["c"], ["d"]]
    lots = {METHODS["irv"].count(list("abc"), pile([[2, "ab"], [2, "bc"], [2, "ca"]]), {"run": "r", "seed": str(n)}).ranking[0][0] for n in range(20)}
    assert lots == set("abc")
    together = METHODS["irv"].count(list("abcd"), pile([[4, "a"], [3, "b"], [1, "cb"], [1, "db"]]), {})
    assert together.ranking == [["b"], ["a"], ["c", "d"]] and together.broken == []
    assert ("vote.step.go_together", {"n": 2, "options": ["c", "d"], "votes": 1, "round": 1}) in together.steps


def test_equal_surpluses() -> None:
    """The surplus of who had more in an earlier round moves first; else the lot says which."""
    counted = METHODS["stv"].count(list("abcd"), pile([[5, "ac"], [5, "bd"], [1, "c"], [1, "d"]]), {"seats": 3, "run": "r", "seed": "s"})
    assert counted.ranking[0] == ["a", "b"] and counted.broken[0][0] == "vote.step.tie_lot_first"
    history: list[Any] = [{"a": 1, "b": 2, "c": 2}, {"a": 3, "b": 3, "c": 3}]
    chosen, how = transfers.one_of(["a", "b"], history, {}, least=False)
    assert (chosen, how) == ("b", ("vote.step.tie_earlier_most", {"options": ["a", "b"], "option": "b", "round": 1}))
    assert transfers.one_of(["a", "b", "c"], history, {}, least=True)[0] == "a"


def test_equally_clear_duels_in_a_circle() -> None:
    """Three equal duels in a circle are all left out and said to be broken; the options tie."""
    counted = METHODS["ranked-pairs"].count(list("abcd"), pile([[1, "abcd"], [1, "bcad"], [1, "cabd"]]), {})
    assert counted.ranking == [["a", "b", "c"], ["d"]]
    assert counted.broken == [("vote.step.circle", {"n": 3, "for": 2, "against": 1})]
    assert [pair["locked"] for pair in counted.details["pairs"]] == [True] * 3 + [False] * 3


def test_a_chain_is_explained() -> None:
    """In a circle the steps name the chains; where none leads back, the duel."""
    steps = METHODS["schulze"].count(list("ABCDE"), pile(VECTORS["schulze_wikipedia_45"]["ballots"]), {}).steps
    assert ("vote.step.chain", {"option": "E", "other": "A", "for": 25, "against": 24}) in steps
    steps = METHODS["schulze"].count(list("CKMN"), pile(VECTORS["tennessee"]["ballots"]), {}).steps
    assert ("vote.step.duel", {"option": "N", "other": "C", "for": 68, "against": 32}) in steps


@given(rankings.piles(OPTIONS), some.sampled_from(RANKED))
def test_a_result_can_be_stored(ballots: list[Any], name: str) -> None:
    """Figures, details and steps are the same after they were written as JSON; every step is a sentence."""
    counted = METHODS[name].count(OPTIONS, ballots, {"seats": 2})
    for part in (counted.figures, counted.details, [list(step) for step in counted.steps]):
        assert json.loads(json.dumps(part)) == part
    assert all(sentences(counted.steps, {option: f"Option {option}" for option in OPTIONS}, "en"))
    assert set(map(str, counted.broken)) <= set(map(str, counted.steps))


@pytest.mark.parametrize("name", RANKED)
def test_ballots_with_gaps_and_strangers(name: str) -> None:
    """Empty places and unknown options count for nothing; one option alone wins."""
    assert ranking(name, [[["x"], [], ["b"]], [["b", "x"], ["a"]]], "ab") == ranking(name, [[["b"]], [["b"], ["a"]]], "ab") == [["b"], ["a"]]
    assert ranking(name, [[["a"]]], "a") == [["a"]]
