"""The recount of a sealed round: a document that holds what suffices to count again, and the check that anybody can make of it.

A document is {"format", "proof", "labels", "checksum"}. The proof decides the result: run, seed, method, shape, settings, options
with number and status, how many could vote and did, the ballots (or the sums that suffice for the method, or the patterns that enough
voters share), receipts, and the result. The labels (event, question, numbers and titles) are for readers: a
title may be hidden later, its number stays, and is what ties an option to what the room saw. The checksum is the
SHA-256 of the proof in its canonical form, and is shown in the room when the round is sealed. The document of a checker holds the
ballots of a small round, too; `announced` is then the checksum of what everybody gets.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from facilitate.core import registry
from facilitate.core.refusals import Refused
from facilitate.core.strings import SOURCE
from facilitate.voting import bounds, counting, methods
from facilitate.voting.ballots import SHAPES
from facilitate.voting.counting import Pile

FORMAT = "facilitate-recount/1"
OPEN_FROM, SHARED = 30, 5
"""Voters from which on all ballots are published; voters who have to share a pattern before it is."""

Document = dict[str, Any]
Proof = dict[str, Any]
Difference = tuple[str, dict[str, Any]]
"""What is wrong with a document, as a key of the catalogue and its values."""


def proof(pile: Pile, outcome: dict[str, Any], *, everything: bool = False) -> Proof:
    """The proof of a counted pile. `everything` puts the ballots in, however few there are: it is for the checkers alone."""
    told = {name: pile[name] for name in ("run", "seed", "method", "shape", "settings", "eligible")}
    options = [{name: option[name] for name in ("id", "number", "status")} for option in sorted(pile["options"], key=lambda one: one["id"])]
    result = {name: outcome[name] for name in ("ranking", "figures", "base")} | {"settled": outcome["settled"]["order"]}
    return told | {"options": options, "result": result, "receipts": outcome["receipts"]} | evidence(pile, outcome.get("sums"), everything=everything)


def evidence(pile: Pile, sums: Any, *, everything: bool) -> dict[str, Any]:
    """What of the ballots is published: all of them, sums, or shared patterns. `sums` are those kept at the seal, because a weight that
    too few share is not kept with the ballots."""
    ballots = sorted(zip(map(bare, pile["ballots"]), pile["weights"], strict=True), key=lambda one: counting.canonical(one))
    if None not in pile["weights"] and (everything and len(ballots) >= SHARED or len(ballots) >= OPEN_FROM):
        return {"ballots": [ballot for ballot, _ in ballots], "weights": [weight for _, weight in ballots]}
    if counting.sums_suffice(pile):
        return {"sums": sums if None in pile["weights"] else counting.sums_of(pile)}
    patterns = Counter(counting.canonical(one).decode() for one in ballots if one[1] is not None)
    shared = {pattern: n for pattern, n in sorted(patterns.items()) if n >= SHARED}
    return {"patterns": shared, "unpublished": len(ballots) - sum(shared.values())}


def bare(ballot: Any) -> Any:
    """A ballot without reasons: one may tell who wrote it, and so whose the rest of the ballot is. They stand on their own in the
    details of a result."""
    if not isinstance(ballot, dict):
        return ballot
    return {option: mark["value"] if isinstance(mark, dict) and "reason" in mark else mark for option, mark in ballot.items()}


def sealed(pile: Pile) -> dict[str, Any]:
    """Everything that is kept of a round that closes: what was counted, the base, the receipts, sums in place of weights that are not
    kept, and the checksum that is shown in the room. `pile["closing"]` has base, receipts, and whether names stand beside the ballots."""
    counted, closing = counting.count(pile), pile["closing"]
    if not closing["named"] and closing["base"]["cast"] < SHARED:
        for one in counted["details"].get("rounds", []):
            one["transfers"] = []  # of a handful they tell where a single ballot went
    base = closing["base"] | {name: counted.pop(name) for name in ("valid", "weight") if name in counted}
    outcome = counted | {"method": pile["method"], "base": base, "receipts": closing["receipts"]}
    rare = unkept(pile["weights"], named=closing["named"])
    if rare and counting.sums_suffice(pile):
        outcome["sums"] = counting.sums_of(pile)
    kept = pile | {"weights": [None if weight in rare else weight for weight in pile["weights"]]}
    return outcome | {"checksum": counting.fingerprint(proof(kept, outcome))}


def unkept(weights: list[int], *, named: bool = False) -> set[int]:
    """The weights that are kept with no ballot, because fewer than five share them: beside a ballot they would name its voter. As a
    ballot without a weight would name them just as well, at least five are left without one. In a named round all are kept.

    >>> unkept([1] * 9), unkept([1] * 9 + [2] * 5), unkept([1] * 9 + [2] * 5 + [7]), unkept([1] * 9 + [2] * 3 + [7] * 2)
    (set(), set(), {2, 7}, {2, 7})
    """
    shared = Counter(weights)
    if named or len(shared) < 2:
        return set()
    chosen, without = set[int](), 0
    for weight, n in sorted(shared.items(), key=lambda one: (one[1], one[0])):
        if n < SHARED or 0 < without < SHARED:
            chosen.add(weight)
            without += n
    return chosen


def document(proven: Proof, labels: dict[str, Any], announced: str | None = None) -> Document:
    """The file that people download; `announced` is given where it is that of a checker."""
    made = {"format": FORMAT, "proof": proven, "labels": labels, "checksum": counting.fingerprint(proven)}
    return made if announced is None else made | {"announced": announced}


def check(given: Any) -> list[Difference]:
    """Count a document again: what differs from what it says; nothing where all is as announced."""
    if not isinstance(given, dict) or given.get("format") != FORMAT or not isinstance(given.get("proof"), dict):
        return [("vote.recount.no_document", {"format": FORMAT})]
    proven, wrong = given["proof"], list[Difference]()
    try:
        if counting.fingerprint(proven) != given.get("checksum"):
            wrong.append(("vote.recount.checksum", {}))
        if proven["method"] not in registry.variants(methods):
            return [*wrong, ("vote.recount.method", {"method": str(proven["method"])})]
        return [*wrong, *_differences(given, proven)]
    except UNREADABLE:
        return [*wrong, ("vote.recount.unreadable", {})]


UNREADABLE = (KeyError, IndexError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, Refused)
"""What counting runs into where a document is not what it should be."""
HEAVIEST, STEPS = 100, 2_000
"""Larger weights and longer scales than any round has: only a file that is to stop the machine asks for them."""


def _differences(given: Document, proven: Proof) -> list[Difference]:
    """What differs between a document and its count."""
    _within_reason(proven)
    wrong: list[Difference] = []
    if "announced" in given and counting.fingerprint(published(proven)) != given["announced"]:
        wrong.append(("vote.recount.announced", {}))
    again, result = recounted(proven), proven["result"]
    if again is None:
        return [*wrong, ("vote.recount.unpublished", {"n": proven["unpublished"]})]
    names = {option["id"]: str(option["title"]) for option in given.get("labels", {}).get("options", [])}
    if not _numbered(given, proven):
        wrong.append(("vote.recount.labels", {}))
    if again["ranking"] != result["ranking"]:
        wrong.append(("vote.recount.ranking", {"said": _ranks(result["ranking"], names), "counted": _ranks(again["ranking"], names)}))
    if again["settled"] != result["settled"]:
        wrong.append(("vote.recount.settled", {"said": _ranks([[one] for one in result["settled"]], names)}))
    for option in again["figures"] | result["figures"]:
        said, counted = result["figures"].get(option, {}), again["figures"].get(option, {})
        if said != counted:
            wrong.append(("vote.recount.figures", {"option": names.get(option, option), **_unlike(said, counted)}))
    receipts, cast = proven["receipts"], result["base"]["cast"]
    if receipts and len(receipts) != cast:
        wrong.append(("vote.recount.receipts", {"n": len(receipts), "cast": cast}))
    if "ballots" in proven and len(proven["ballots"]) != cast:
        wrong.append(("vote.recount.cast", {"n": len(proven["ballots"]), "cast": cast}))
    if "sums" in proven and not bounds.possible(proven["sums"], proven["settings"], len(proven["options"])):
        wrong.append(("vote.recount.sums", {}))
    return wrong + ([] if _adds_up(proven) else [("vote.recount.base", {})])


def _numbered(given: Document, proven: Proof) -> bool:
    """Whether the titles stand beside the numbers that the checksum is of."""
    numbers = {option["id"]: option["number"] for option in proven["options"]}
    return all(numbers[option["id"]] == option["number"] for option in given.get("labels", {}).get("options", []))


def _unlike(said: dict[str, Any], counted: dict[str, Any]) -> dict[str, str]:
    """The figures of an option in which two counts differ, on one line each."""
    names = [name for name in said | counted if said.get(name) != counted.get(name)]
    both = {"said": said, "counted": counted}
    return {which: ", ".join(f"{name} {json.dumps(one[name])}" for name in names if name in one) or "–" for which, one in both.items()}


def _adds_up(proven: Proof) -> bool:
    """Whether the numbers around a result agree with one another, and with the ballots or the sums."""
    base, votes = proven["result"]["base"], proven["result"]["base"].get("weight", proven["result"]["base"]["valid"])
    if not 0 <= base["valid"] <= base["cast"] <= base["eligible"] or base["abstentions"] != base["eligible"] - base["cast"] or votes < base["valid"]:
        return False
    more_voted = base["cast"] == base["eligible"]  # than were in at the close: then the base was raised to them
    if proven["eligible"] < base["eligible"] and not more_voted:
        return False
    if "sums" in proven:
        everything = all(option["status"] == "open" for option in proven["options"])
        return bool(proven["sums"]["ballots"] == votes if everything else proven["sums"]["ballots"] <= votes)
    counted = counting.tallied(_pile(proven))
    return bool((counted["valid"], counted.get("weight", counted["valid"])) == (base["valid"], votes))


def _within_reason(proven: Proof) -> None:
    """ValueError where a document asks for more than any round has, Refused where a ballot breaks the rules of its round."""
    settings, options = proven["settings"], {option["id"] for option in proven["options"]}
    pile = _pile(proven)
    if not all(type(weight) is int and 1 <= weight <= HEAVIEST for weight in pile["weights"]) or not 0 <= settings.get("max", 0) <= STEPS:
        raise ValueError("weights or steps out of bounds")
    shape, settings = SHAPES[proven["shape"]], settings | {"reasons": None}  # which stand in no file
    for ballot in pile["ballots"]:
        if not set(shape.marks(shape.check(ballot, settings))) <= options:
            raise ValueError("a mark on what is no option")


def published(proven: Proof) -> Proof:
    """What everybody gets of the proof of a checker."""
    if "ballots" not in proven:
        return proven
    without = {name: value for name, value in proven.items() if name not in ("ballots", "weights")}
    return without | evidence(_pile(proven), None, everything=False)


def recounted(proven: Proof) -> dict[str, Any] | None:
    """{ranking, figures, settled} counted from a proof; None where too little of it is published. Sums do not hold who would be first of those
    that tie: there `settled` is the announced order, as long as it keeps to the ranking."""
    if "sums" in proven:
        counted = counting.from_sums(_pile(proven), proven["sums"])
        places = {option: place for place, tied in enumerate(counted["ranking"]) for option in tied}
        return counted | {"settled": sorted(proven["result"]["settled"], key=lambda one: places[one])}
    if proven.get("unpublished"):
        return None
    pile = _pile(proven)
    counted = counting.tallied(pile)
    return {"ranking": counted["ranking"], "figures": counted["figures"], "settled": counting.order_of(pile)}


def _pile(proven: Proof) -> Pile:
    """The pile that a proof holds; of patterns each as often as it was cast."""
    pile = {**proven, "language": SOURCE, "options": [option | {"title": ""} for option in proven["options"]]}
    if "ballots" in proven:
        return pile
    cast = [json.loads(pattern) for pattern, n in proven.get("patterns", {}).items() for _ in range(min(n, OPEN_FROM))]
    return pile | {"ballots": [ballot for ballot, _ in cast], "weights": [weight for _, weight in cast]}


def _ranks(ranking: list[list[str]], names: dict[str, str]) -> str:
    """A ranking on one line: places by semicolons, ties by equal signs."""
    return "; ".join(" = ".join(names.get(option, option) for option in tied) for tied in ranking)
