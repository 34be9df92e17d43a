"""Ties: how one is broken where a decision has to be had, in a fixed and published order, each step in words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from facilitate.voting.pairwise import Matrix, matrix
from facilitate.voting.result import Result, Step, by_score

STANCES = {"agree": 2, "pass": 1, "disagree": 0}
FOR = ("agree", "yes")
"""What a word on a ballot says for an option."""

UNSAID = ("scale", "stance", "two_scales", "pair")
"""Shapes on which an option without a mark was not judged; on the others it was left behind."""


def lot(settings: dict[str, Any], option: str) -> str:
    """The lot of an option: SHA-256 of run id, option id and the seed that was announced at the opening; the lowest is drawn first.

    Anybody can draw it again, and nobody could know it before the options and the seed stood.

    >>> lot({"run": "r", "seed": "s"}, "a")[:8]
    '590d75a7'
    """
    return hashlib.sha256(f"{settings.get('run', '')}{option}{settings.get('seed', '')}".encode()).hexdigest()


class Settled(NamedTuple):
    """A ranking without ties: the options from first to last, and in words which rule put those that tied in their order."""

    order: list[str]
    steps: list[Step]


def settle(result: Result, options: list[str], ballots: list[Any], shape: str, settings: dict[str, Any]) -> Settled:
    """Break every tie that a method left, for where a decision has to be had; the ranking itself keeps its ties.

    The order of the rules is fixed and published. First head to head: of those that tie, who wins more duels against the others
    of them than it loses. Then the number of supporters: who was marked by more voters. Then the lot. As soon as a rule tells some of
    them apart, each part that still ties begins again with the first one.
    """
    known = set(options)
    tiers = [ranking for ballot in ballots for ranking in preferences(shape, ballot)]
    backing = supporters(options, ballots, shape)
    order: list[str] = []
    steps: list[Step] = []
    for tied in result.ranking:
        level = sorted(option for option in tied if option in known)
        if len(level) > 1:
            steps.append(("vote.step.settle", {"options": level}))
        order += _order(level, partial(matrix, ballots=tiers, rest_last=shape not in UNSAID), backing, settings, steps)
    return Settled(order, steps)


def _order(tied: list[str], compared: Callable[[list[str]], Matrix], backing: dict[str, int], settings: dict[str, Any], steps: list[Step]) -> list[str]:
    """Options that tie, from first to last by the first rule that tells them apart."""
    if len(tied) < 2:
        return tied
    duels = compared(tied)
    balance = {one: sum((n > duels[other][one]) - (n < duels[other][one]) for other, n in row.items()) for one, row in duels.items()}
    for key, score in (("vote.step.settle_duels", balance), ("vote.step.settle_supporters", {option: backing[option] for option in tied})):
        parts = by_score(dict(score))
        if len(parts) > 1:
            steps.append((key, {"options": tied, "first": parts[0], "n": score[parts[0][0]]}))
            return [option for part in parts for option in _order(part, compared, backing, settings, steps)]
    drawn = sorted(tied, key=lambda option: lot(settings, option))
    steps.append(("vote.step.settle_lot", {"options": drawn}))
    return drawn


def preferences(shape: str, ballot: Any) -> list[list[list[str]]]:
    """What a ballot says head to head: one ranking, or of pairs one for each pair that was decided.

    >>> preferences("pair", [{"winner": "a", "loser": "b"}, {"equal": ["b", "c"]}, {"skip": ["a", "c"]}])
    [[['a'], ['b']], [['b', 'c']]]
    """
    if shape != "pair":
        return [ranked(shape, ballot)]
    return [[[one["winner"]], [one["loser"]]] if "winner" in one else [one["equal"]] for one in ballot if "skip" not in one]


def ranked(shape: str, ballot: Any) -> list[list[str]]:
    """What a ballot of any shape says about which options its voter prefers: tiers, best first.

    >>> ranked("points", {"a": 1, "b": 3}), ranked("choices", ["a"]), ranked("stance", {"a": "disagree", "b": "agree", "c": "pass"})
    ([['b'], ['a']], [['a']], [['b'], ['c'], ['a']])
    """
    if shape == "ranking":
        return list(ballot)
    if isinstance(ballot, list):
        return [ballot] if all(isinstance(option, str) for option in ballot) else []
    if not isinstance(ballot, dict):
        return []
    return by_score({option: value for option, value in ((option, _worth(value)) for option, value in ballot.items()) if value is not None})


def _worth(mark: Any) -> int | None:
    """What a mark is worth to its voter: a number, a stance, a number with its reason, impact less effort; None where it cannot be compared."""
    if isinstance(mark, dict) and "value" not in mark:
        return mark["impact"] - mark["effort"] if len(mark) == 2 else None
    value = mark.get("value") if isinstance(mark, dict) else STANCES.get(mark) if isinstance(mark, str) else mark
    return value if type(value) is int else None


def supporters(options: list[str], ballots: list[Any], shape: str) -> dict[str, int]:
    """How many voters marked each option: chose it, ranked it, gave it points, agreed with it, preferred it once, or gave it impact and effort."""
    backing = dict.fromkeys(options, 0)
    for ballot in ballots:
        for option in {option for option in _marked(shape, ballot) if option in backing}:
            backing[option] += 1
    return backing


def _marked(shape: str, ballot: Any) -> list[str]:
    if shape == "ranking":
        return [option for tier in ballot for option in tier]
    if shape == "pair":
        return [one["winner"] for one in ballot if "winner" in one]
    if shape == "two_scales":
        return [option for option, mark in ballot.items() if _worth(mark) is not None]
    if isinstance(ballot, dict):
        return [option for option, value in ballot.items() if value in FOR or (_worth(value) or 0) > 0 and value != "pass"]
    return [option for option in ballot if isinstance(option, str)] if isinstance(ballot, list) else []
