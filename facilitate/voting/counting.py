"""Counts a pile of ballots with all that a result says: a function, and a program that reads JSON and writes JSON.

A pile is everything that decides a result, and nothing that names a voter: {"run", "seed", "method", "shape", "settings",
"language", "eligible", "options": [{"id", "number", "title", "status"}], "ballots": [ballot, …], "weights": [n, …]}.
`python -m facilitate.voting.counting` reads one from standard input and writes its result to standard output, so that a long
count holds up nobody's room; with `--figures` it leaves out what only a final result says, and with "closing" in the pile it adds what is
sealed with a result. Exit codes: 0 counted, 2 the input is no pile.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

from facilitate.core import registry
from facilitate.voting import methods
from facilitate.voting.ballots import SHAPES
from facilitate.voting.compare import compare
from facilitate.voting.result import Result, Step
from facilitate.voting.stability import stability
from facilitate.voting.ties import Settled, settle
from facilitate.voting.words import sentences

Pile = dict[str, Any]


def canonical(document: Any) -> bytes:
    """The one way in which a document is written before it is hashed: sorted keys, no blanks, UTF-8."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(document: Any) -> str:
    """SHA-256 of a document in its canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()


def asked(shape: str, method: str) -> dict[str, Any]:
    """{setting: its usual value} of what a shape and a method ask for."""
    return SHAPES[shape].asks | getattr(registry.variants(methods)[method], "ASKS", {})


def count(pile: Pile) -> dict[str, Any]:
    """Everything that a result says, as JSON: what `tallied` gives, how a tie would be broken, other methods, and how sure it is."""
    result, every = _counted(pile)
    modules, settings, there = registry.variants(methods), settings_of(pile), standing(pile)
    ballots = kept(pile, every)
    settled = settle(result, there, ballots, pile["shape"], settings)
    decides = getattr(modules[pile["method"]], "chosen", None)
    sure = stability(modules[pile["method"]], there, people(pile), settings)
    return _told(pile, result, every) | ({"chosen": decides(result)} if decides else {}) | {
        "settled": _settled(pile, result, settled),
        "others": compare(pile["method"], there, ballots, settings, modules), "stability": sure,
    }  # fmt: skip


def _settled(pile: Pile, result: Result, settled: Settled) -> dict[str, Any]:
    """{order, steps, lower}: who is before whom with every tie settled, and why: `steps` of the first place, `lower` of the others."""
    begins = [place for place, (key, _) in enumerate(settled.steps) if key == "vote.step.settle"] + [len(settled.steps)]
    cut = begins[1] if result.ranking and len(result.ranking[0]) > 1 else 0
    return {"order": settled.order, "steps": in_words(pile, settled.steps[:cut]), "lower": in_words(pile, settled.steps[cut:])}


def order_of(pile: Pile) -> list[str]:
    """The options from first to last with every tie settled (see ties.py)."""
    result, every = _counted(pile)
    return settle(result, standing(pile), kept(pile, every), pile["shape"], settings_of(pile)).order


def tallied(pile: Pile) -> dict[str, Any]:
    """What the method itself says: ranking, figures, steps, broken, details, and how many ballots are valid.

    Withdrawn options keep their figures and have no rank: the others are counted as if those had never been there.
    """
    return _told(pile, *_counted(pile))


def _counted(pile: Pile) -> tuple[Result, list[Any]]:
    every = every_ballot(pile)
    return method_of(pile).count(standing(pile), kept(pile, every), settings_of(pile) | {"cast": len(every)}), every


def _told(pile: Pile, result: Result, every: list[Any]) -> dict[str, Any]:
    figures, ids = dict(result.figures), [option["id"] for option in pile["options"]]
    if len(result.figures) < len(ids):
        all_figures = method_of(pile).count(ids, every, settings_of(pile)).figures
        figures |= {one: all_figures[one] for one in ids if one not in figures}
    shape = SHAPES[pile["shape"]]
    valid = sum(shape.valid(ballot, pile["settings"]) for ballot in pile["ballots"])
    short = [("vote.step.too_few", {"n": len(pile["ballots"]) - valid, "min": pile["settings"].get("min", 0)})] if valid < len(pile["ballots"]) else []
    weighed: list[Step] = [("vote.step.weights", {"n": valid, "votes": len(every)})] if is_weighted(pile) else []
    return {
        "ranking": result.ranking, "figures": figures, "steps": in_words(pile, [*weighed, *result.steps, *short]), "broken": in_words(pile, result.broken),
        "details": _details(pile, result.details), "valid": valid,
    } | ({"weight": len(every)} if weighed else {})  # fmt: skip


def _details(pile: Pile, details: dict[str, Any]) -> dict[str, Any]:
    """What a method says beside its figures, with the reasons why something was not funded in words."""
    if "not_funded" not in details:
        return details
    return details | {"not_funded": {one: in_words(pile, [tuple(why)])[0] for one, why in details["not_funded"].items()}}


def method_of(pile: Pile) -> Any:
    """The module that counts a pile."""
    return registry.variants(methods)[pile["method"]]


def standing(pile: Pile) -> list[str]:
    """The ids of the options that are ranked: those that were not withdrawn."""
    return [option["id"] for option in pile["options"] if option["status"] == "open"]


def withdrawn(pile: Pile) -> set[str]:
    """The ids of the options that are not ranked."""
    return {option["id"] for option in pile["options"] if option["status"] != "open"}


def every_ballot(pile: Pile) -> list[Any]:
    """The valid ballots, each as often as its weight says: every method counts weights without knowing of them."""
    return [ballot for ballot, weight in _valid(pile) for _ in range(weight)]


def is_weighted(pile: Pile) -> bool:
    """Whether a ballot counts more than once: then figures are sums of weights and no numbers of people."""
    return any(weight != 1 for weight in pile["weights"])


def people(pile: Pile) -> list[tuple[Any, int]]:
    """[(ballot, weight)] of those whose ballots decide: one entry a person, without marks on what was withdrawn."""
    gone, shape = withdrawn(pile), SHAPES[pile["shape"]]
    left = ((shape.without(ballot, gone) if gone else ballot, weight) for ballot, weight in _valid(pile))
    return [(ballot, weight) for ballot, weight in left if ballot is not None]


def _valid(pile: Pile) -> list[tuple[Any, int]]:
    shape = SHAPES[pile["shape"]]
    return [one for one in zip(pile["ballots"], pile["weights"], strict=True) if shape.valid(one[0], pile["settings"])]


def kept(pile: Pile, ballots: list[Any]) -> list[Any]:
    """Ballots without the marks on what was withdrawn; those with no other mark are left out."""
    gone = withdrawn(pile)
    if not gone:
        return ballots
    left = (SHAPES[pile["shape"]].without(ballot, gone) for ballot in ballots)
    return [ballot for ballot in left if ballot is not None]


def sums_suffice(pile: Pile) -> bool:
    """Whether the method can be decided from sums, which tell less than the ballots."""
    return hasattr(method_of(pile), "tally")


def sums_of(pile: Pile) -> Any:
    """The sums from which the method decides, as JSON."""
    every = every_ballot(pile)
    return method_of(pile).tally(standing(pile), kept(pile, every), settings_of(pile) | {"cast": len(every)})


def from_sums(pile: Pile, sums: Any) -> dict[str, Any]:
    """{ranking, figures} of the options that were not withdrawn, decided from sums."""
    result: Result = method_of(pile).decide(standing(pile), sums, settings_of(pile))
    return {"ranking": result.ranking, "figures": result.figures}


def settings_of(pile: Pile) -> dict[str, Any]:
    """What a method gets to know beside the ballots."""
    return pile["settings"] | {"run": pile["run"], "seed": pile["seed"], "eligible": pile["eligible"]}


def in_words(pile: Pile, steps: list[Step]) -> list[str]:
    """Steps as sentences in the language of the event; an option is called by its number and title, several by their numbers."""
    titles = {option["id"]: f"{option['number']} · {option['title']}" if option["title"] else option["id"] for option in pile["options"]}
    numbers = {option["id"]: str(option["number"]) for option in pile["options"] if option["number"]}
    return sentences(steps, titles, pile["language"], numbers)


def mapped(pile: Pile, result: dict[str, Any]) -> dict[str, Any]:
    """The result of a round of stances with the map of opinions in its details, where enough people took part: one person, one
    point, whatever the weight. Only the program draws it, because it needs numpy and time."""
    from facilitate.voting import opinions

    chart = opinions.groups(standing(pile), kept(pile, pile["ballots"]))
    return result if chart is None else result | {"details": result["details"] | {"map": chart}}


def final(pile: Pile) -> dict[str, Any]:
    """What the program says of a whole count; where a round closes, with everything that is sealed with it."""
    from facilitate.voting import recount  # which imports this module

    result = recount.sealed(pile) if "closing" in pile else count(pile)
    return mapped(pile, result) if pile["shape"] == "stance" else result


def main() -> int:
    """The program: see the module's docstring."""
    try:
        pile = json.load(sys.stdin.buffer)
        result = tallied(pile) if "--figures" in sys.argv else final(pile)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        print(json.dumps({"error": type(error).__name__}))  # its words may quote a ballot, and what is printed here is logged
        return 2
    print(json.dumps(result, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
