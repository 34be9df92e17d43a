"""The recount of a sealed round: a document that holds what suffices to count again, and the check that anybody can make of it.

A document is {"format", "proof", "labels", "checksum"}. The proof decides the result: run, seed, method, shape, settings, options
with their status, how many could vote and did, the ballots (or the sums that suffice for the method, or the patterns that enough
voters share), receipts, and the result. The labels (event, question, numbers and titles) are for readers. The checksum is the
SHA-256 of the proof in its canonical form, and is shown in the room when the round is sealed.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from facilitate.core.strings import SOURCE
from facilitate.voting import counting
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
    options = [{"id": option["id"], "status": option["status"]} for option in sorted(pile["options"], key=lambda one: one["id"])]
    result = {name: outcome[name] for name in ("ranking", "figures", "base")}
    return told | {"options": options, "result": result, "receipts": outcome["receipts"]} | evidence(pile, outcome.get("sums"), everything=everything)


def evidence(pile: Pile, sums: Any, *, everything: bool) -> dict[str, Any]:
    """What of the ballots is published: all of them, sums, or shared patterns. `sums` are those kept at the seal, because a weight that
    too few share is not kept with the ballots."""
    ballots = sorted(zip(pile["ballots"], pile["weights"], strict=True), key=lambda one: counting.canonical(one))
    if None not in pile["weights"] and (everything or len(ballots) >= OPEN_FROM):
        return {"ballots": [ballot for ballot, _ in ballots], "weights": [weight for _, weight in ballots]}
    if counting.sums_suffice(pile):
        return {"sums": sums if None in pile["weights"] else counting.sums_of(pile)}
    patterns = Counter(counting.canonical([ballot, weight]).decode() for ballot, weight in ballots)
    shared = {pattern: n for pattern, n in sorted(patterns.items()) if n >= SHARED}
    return {"patterns": shared, "unpublished": len(ballots) - sum(shared.values())}


def document(proven: Proof, labels: dict[str, Any]) -> Document:
    """The file that people download."""
    return {"format": FORMAT, "proof": proven, "labels": labels, "checksum": counting.fingerprint(proven)}


def check(given: Any) -> list[Difference]:
    """Count a document again: what differs from what it says; nothing where all is as announced."""
    if not isinstance(given, dict) or given.get("format") != FORMAT or not isinstance(given.get("proof"), dict):
        return [("vote.recount.no_document", {"format": FORMAT})]
    proven, wrong = given["proof"], list[Difference]()
    if counting.fingerprint(proven) != given.get("checksum"):
        wrong.append(("vote.recount.checksum", {}))
    try:
        again = recounted(proven)
    except (KeyError, TypeError, ValueError, AttributeError):
        return [*wrong, ("vote.recount.unreadable", {})]
    if again is None:
        return [*wrong, ("vote.recount.unpublished", {"n": proven["unpublished"]})]
    names = {option["id"]: option["title"] for option in given.get("labels", {}).get("options", [])}
    if again["ranking"] != proven["result"]["ranking"]:
        wrong.append(("vote.recount.ranking", {"said": _ranks(proven["result"]["ranking"], names), "counted": _ranks(again["ranking"], names)}))
    for option, figures in again["figures"].items():
        if figures != proven["result"]["figures"].get(option):
            wrong.append(("vote.recount.figures", {"option": names.get(option, option)}))
    receipts, cast = proven["receipts"], proven["result"]["base"]["cast"]
    if receipts and len(receipts) != cast:
        wrong.append(("vote.recount.receipts", {"n": len(receipts), "cast": cast}))
    return wrong


def recounted(proven: Proof) -> dict[str, Any] | None:
    """{ranking, figures} counted from a proof; None where too little of it is published."""
    pile = {**proven, "language": SOURCE, "options": [option | {"number": 0, "title": ""} for option in proven["options"]]}
    if "ballots" in proven:
        counted = counting.tallied(pile)
        return {name: counted[name] for name in ("ranking", "figures")}
    if "sums" in proven:
        return counting.from_sums(pile, proven["sums"])
    return None


def _ranks(ranking: list[list[str]], names: dict[str, str]) -> str:
    """A ranking on one line: places by semicolons, ties by equal signs."""
    return "; ".join(" = ".join(names.get(option, option) for option in tied) for tied in ranking)
