"""Instant run-off: every ballot counts for the best option on it that is still in; the last one goes, until one has a majority.

Source: William Robert Ware's single-winner form of Thomas Hare's count, as described in Henry M. Robert, Robert's Rules of Order
Newly Revised, 12th edition (2020), section 45:62-69 (preferential voting). A majority is more than half of the ballots that still
count for somebody. Options that share a place on a ballot share its vote equally, as exact fractions. Several options that are
last go at once where they have fewer votes together than any other one; otherwise who had fewer votes in an earlier round goes,
then the lot decides, never a later preference. The last two with equal votes tie.

>>> count(["a", "b", "c"], [[["a"]], [["a"]], [["b"], ["c"]], [["b"]], [["c"], ["b"]]], {}).ranking
[['b'], ['a'], ['c']]
"""

from __future__ import annotations

from typing import Any

from facilitate.voting.result import Result, Step, by_score, exact, tie_steps
from facilitate.voting.transfers import Number, Votes, deal, one_of, pack, take, together, total, transfer

NAME, SHAPE = "irv", "ranking"
DISPLAY, FIGURES = "rounds", ("votes", "first")


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of tiers, best first: [["a"], ["b", "c"]]."""
    piles, exhausted = deal(pack(options, ballots), set(options))
    gone: list[list[str]] = []
    history: list[Votes] = []
    rounds: list[dict[str, Any]] = []
    steps: list[Step] = [("vote.step.irv", {"n": len(ballots)})]
    broken: list[Step] = []
    final: Votes = {}
    while piles:
        votes = {option: total(pile) for option, pile in piles.items()}
        history.append(votes)
        final |= votes
        rounds.append({"votes": _exact(votes), "exhausted": exact(exhausted), "in_play": exact(sum(votes.values())), "excluded": [], "transfers": []})
        if _decided(votes):
            break
        last = together(votes)
        if not last:
            fewest = min(votes.values())
            chosen, how = one_of([option for option, n in votes.items() if n == fewest], history, settings, least=True)
            last = [chosen]
            steps.append(how)
            broken.append(how)
        steps.append(_goes(last, votes, len(rounds)))
        exhausted += _exclude(piles, last, rounds[-1])
        gone.append(last)
    ranking = [*by_score(dict(history[-1])), *reversed(gone)] if history else []
    figures = {option: {"votes": exact(final[option]), "first": exact(history[0][option])} for option in sorted(options)}
    return Result(ranking, figures, [*steps, *_end(ranking, history), *tie_steps(ranking)], broken, {"rounds": rounds, "ballots": len(ballots)})


def _decided(votes: Votes) -> bool:
    """Whether one has a majority, or nobody can get one any more: no votes are left, or two share them equally."""
    everything = sum(votes.values())
    return 2 * max(votes.values()) > everything or everything == 0 or len(votes) == 2


def _exclude(piles: dict[str, Any], last: list[str], round_: dict[str, Any]) -> Number:
    """Let options go and hand on their ballots; the votes that have nobody left to go to."""
    leaving = {option: piles.pop(option) for option in last}
    lost: Number = 0
    round_["excluded"] = last
    for option, pile in leaving.items():
        received, exhausted = deal(pile, set(piles))
        take(piles, received)
        round_["transfers"].append(transfer(option, received, exhausted))
        lost += exhausted
    return lost


def _exact(votes: Votes) -> dict[str, int | str]:
    return {option: exact(n) for option, n in votes.items()}


def _goes(last: list[str], votes: Votes, round_: int) -> Step:
    """Who goes, in words."""
    if len(last) == 1:
        return "vote.step.goes", {"option": last[0], "votes": exact(votes[last[0]]), "round": round_}
    return "vote.step.go_together", {"n": len(last), "options": last, "votes": exact(votes[last[0]]), "round": round_}


def _end(ranking: list[list[str]], history: list[Votes]) -> list[Step]:
    """The majority in words; nothing where none was reached."""
    if not ranking or len(ranking[0]) > 1:
        return []
    votes, winner = history[-1], ranking[0][0]
    values = {"option": winner, "votes": exact(votes[winner]), "in_play": exact(sum(votes.values())), "round": len(history)}
    return [("vote.step.irv_majority", values)] if votes[winner] else []
