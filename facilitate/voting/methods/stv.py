"""Single transferable vote: a set of several options, so that every group of voters large enough gets one of them.

Source: The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45-52. The quota is that of Droop:
ballots / (seats + 1), rounded down, plus one. A surplus moves on with every ballot of the pile in the same proportion (weighted
inclusive Gregory), the largest first and one at a time; where there is none, the option with the fewest votes goes. Equal votes:
the latest earlier round in which they differed, then the lot. Two things differ from the Order: shares are exact fractions, not cut after five
decimals, and options that share a place on a ballot share its vote equally, where the Order rejects the ballot. Options without
any vote go at once, which moves no vote. Setting: `seats`, 1 where it is not given.

>>> pile = [[["a"], ["b"]]] * 4 + [[["c"]]] * 2
>>> count(["a", "b", "c"], pile, {"seats": 2}).details["elected"]
['a', 'c']
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from facilitate.voting.result import Result, Step, by_score, exact
from facilitate.voting.transfers import Number, Pile, Votes, deal, one_of, pack, take, total, transfer

NAME, SHAPE = "stv", "ranking"
DISPLAY, FIGURES = "rounds", ("votes", "first")
ASKS = {"seats": 3}


@dataclass
class Count:
    """A count as it stands: `piles` of the options that are still in, `kept` votes of those elected, those of them whose surplus
    waits, and what was written down on the way."""

    seats: int
    quota: int
    settings: dict[str, Any]
    piles: dict[str, Pile]
    exhausted: Number
    kept: Votes = field(default_factory=dict)
    waiting: dict[str, Pile] = field(default_factory=dict)
    elected: list[list[str]] = field(default_factory=list)
    gone: list[list[str]] = field(default_factory=list)
    history: list[Votes] = field(default_factory=list)
    rounds: list[dict[str, Any]] = field(default_factory=list)
    final: Votes = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    broken: list[Step] = field(default_factory=list)

    def votes(self) -> Votes:
        """The votes of those who are still in."""
        return {option: total(pile) for option, pile in self.piles.items()}

    def left(self) -> int:
        """Seats that are still to be filled."""
        return self.seats - sum(len(tied) for tied in self.elected)

    def tell(self, key: str, **values: Any) -> None:
        """Write a step down; fractions as they are kept."""
        self.steps.append((key, {name: exact(value) if isinstance(value, Fraction) else value for name, value in values.items()}))

    def choose(self, tied: list[str], least: bool) -> str:
        """One of several with equal votes, and how it was chosen."""
        if len(tied) == 1:
            return tied[0]
        chosen, how = one_of(tied, self.history, self.settings, least)
        self.steps.append(how)
        self.broken.append(how)
        return chosen


def count(options: list[str], ballots: list[Any], settings: dict[str, Any]) -> Result:
    """Count ballots, each a list of tiers, best first: [["a"], ["b", "c"]]."""
    pile, seats = pack(options, ballots), max(settings.get("seats") or 1, 1)
    valid = int(total(pile))
    piles, _ = deal(pile, set(options))
    run = Count(seats, valid // (seats + 1) + 1, settings, piles, 0)
    run.tell("vote.step.stv", n=valid, seats=seats, quota=run.quota)
    first = run.votes()
    if valid:
        while _go_on(run):
            pass
    rest = by_score(dict(run.votes()))
    ranking = [*run.elected, *rest, *reversed(run.gone)]
    figures = {option: {"votes": exact(run.final.get(option, 0)), "first": exact(first[option])} for option in sorted(options)}
    elected = [option for tied in run.elected for option in tied]
    details = {"ballots": valid, "seats": seats, "quota": run.quota, "elected": elected, "rounds": run.rounds}
    return Result(ranking, figures, run.steps, run.broken, details)


def _go_on(run: Count) -> bool:
    """One round: who has a quota is elected, then a surplus moves on, or somebody goes; whether there is a round after it."""
    votes = run.votes()
    run.history.append(run.kept | votes)
    run.final |= votes
    held = {option: exact(n) for option, n in sorted(run.history[-1].items())}
    run.rounds.append({"votes": held, "exhausted": exact(run.exhausted), "elected": [], "excluded": [], "transfers": []})
    _elect(run, {option: n for option, n in votes.items() if n >= run.quota}, "vote.step.elected")
    if run.left() and len(run.piles) <= run.left():
        _elect(run, run.votes(), "vote.step.filled")
    if not run.left() or not run.piles:
        return False
    if run.waiting:
        _move_surplus(run)
    else:
        _exclude(run)
    return True


def _elect(run: Count, votes: Votes, key: str) -> None:
    """Elect options, those with more votes first."""
    for tied in by_score(dict(votes)) if votes else []:
        run.elected.append(tied)
        run.rounds[-1]["elected"] += tied
        for option in tied:
            pile = run.piles.pop(option)
            run.kept[option] = votes[option]
            run.tell(key, option=option, votes=Fraction(votes[option]), quota=run.quota, round=len(run.rounds))
            if votes[option] > run.quota:
                run.waiting[option] = pile


def _move_surplus(run: Count) -> None:
    """Hand on what the option with the largest surplus has beyond the quota, the same part of every ballot."""
    most = max(run.kept[option] for option in run.waiting)
    option = run.choose([one for one in run.waiting if run.kept[one] == most], least=False)
    part = Fraction(most - run.quota) / most
    received, exhausted = deal({ranking: votes * part for ranking, votes in run.waiting.pop(option).items()}, set(run.piles))
    take(run.piles, received)
    run.kept[option] = run.quota
    run.exhausted += exhausted
    run.rounds[-1]["transfers"].append(transfer(option, received, exhausted) | {"part": exact(part)})
    run.tell("vote.step.surplus", option=option, votes=Fraction(most - run.quota), part=part, round=len(run.rounds))


def _exclude(run: Count) -> None:
    """Let the last option go, or all at once that have no vote, and hand on its ballots with the votes that they carry."""
    votes = run.votes()
    fewest = min(votes.values())
    last = [option for option, n in votes.items() if n == fewest]
    if fewest or len(run.piles) - len(last) < run.left():
        last = [run.choose(last, least=True)]
    leaving = {option: run.piles.pop(option) for option in last}
    run.gone.append(last)
    run.rounds[-1]["excluded"] = last
    for option, pile in leaving.items():
        received, exhausted = deal(pile, set(run.piles))
        take(run.piles, received)
        run.exhausted += exhausted
        run.rounds[-1]["transfers"].append(transfer(option, received, exhausted))
        run.tell("vote.step.goes", option=option, votes=Fraction(fewest), round=len(run.rounds))


def chosen(result: Result) -> list[str]:
    """Who is elected."""
    return list(result.details["elected"])
