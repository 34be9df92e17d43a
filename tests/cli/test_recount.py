"""`facilitate recount`: a downloaded round is counted again on a machine that has never seen its event."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from facilitate.core import registry
from facilitate.core.strings import t
from facilitate.voting import counting, methods, recount
from tests.support.terminal import Terminal


def announced(method: str, ballots: list[Any], **settings: Any) -> dict[str, Any]:
    """The document of a round over three options, as a server would hand it out."""
    shape = registry.variants(methods)[method].SHAPE
    options = [{"id": one, "number": place, "title": f"Card {one.upper()}", "status": "open"} for place, one in enumerate("abc", start=1)]
    pile = {"run": "r", "seed": "s", "method": method, "shape": shape, "settings": counting.asked(shape, method) | settings, "language": "en", "eligible": 40}
    pile |= {"options": options, "ballots": ballots, "weights": [1] * len(ballots)}
    counted, n = counting.count(pile), len(ballots)
    outcome = counted | {"base": {"eligible": 40, "cast": n, "valid": counted["valid"], "done": 0, "abstentions": 40 - n}, "receipts": []}
    labels = {"event": "Green School", "question": "What first?", "options": [{key: one[key] for key in ("id", "number", "title")} for one in options]}
    return recount.document(recount.proof(pile, outcome), labels)


def written(folder: Path, given: Any) -> Path:
    """A document in a file."""
    file = folder / "round.json"
    file.write_text(given if isinstance(given, str) else json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return file


DOTS = [{"a": 2}, {"a": 1, "b": 1}, {"c": 1}]


def test_an_honest_round(terminal: Terminal, tmp_path: Path) -> None:
    """Ranking and checksum are printed; exit code 0, in a process of its own, too, and as JSON."""
    given = announced("dots", DOTS)
    said = terminal.says("recount", written(tmp_path, given), alone=True)
    assert said.splitlines()[:2] == ["Green School", "What first?"] and "   1  1 · Card A" in said.splitlines() and said.endswith(given["checksum"])
    assert "   2  2 · Card B" in said.splitlines() and "   2  3 · Card C" in said.splitlines()
    assert json.loads(terminal.says("recount", written(tmp_path, given), "--json")) == {"ok": True, "problems": []}


@pytest.mark.parametrize("method", sorted(registry.variants(methods)))
def test_thirty_ballots_of_every_method(terminal: Terminal, tmp_path: Path, method: str) -> None:
    """From the ballots in the file, whichever method counts them."""
    from tests.voting.crowd import ballot_by

    ballots = [ballot_by(method, list("abc"), n) for n in range(30)]
    random.Random(1).shuffle(ballots)
    given = announced(method, ballots, **({"money": 10, "costs": dict.fromkeys("abc", 4)} if method in ("equal-shares", "greedy") else {}))
    assert len(given["proof"]["ballots"]) == 30
    assert terminal.says("recount", written(tmp_path, given)).endswith(given["checksum"])


def test_a_file_that_was_changed(terminal: Terminal, tmp_path: Path) -> None:
    """Exit code 1, and a sentence for everything that differs."""
    given = announced("dots", DOTS)
    assert t("en", "vote.recount.checksum") in problems(terminal, written(tmp_path, given | {"checksum": "0" * 64}))
    given["proof"]["result"]["figures"]["a"]["points"] = 9
    forged = given | {"checksum": counting.fingerprint(given["proof"])}
    differs = t("en", "vote.recount.figures", option="Card A", said="points 9", counted="points 3")
    assert problems(terminal, written(tmp_path, forged)) == [differs]
    said = json.loads(terminal.here("recount", written(tmp_path, forged), "--json", code=1).stdout)
    assert said == {"ok": False, "problems": [differs]}
    forged["proof"]["result"]["ranking"].reverse()
    [_, ranking, _] = problems(terminal, written(tmp_path, forged))
    assert ranking == t("en", "vote.recount.ranking", said="Card B = Card C; Card A", counted="Card A; Card B = Card C")


def problems(terminal: Terminal, file: Path) -> list[str]:
    """What is said of a file that does not count to what it announces."""
    return list(terminal.here("recount", file, code=1).stderr.strip().splitlines())


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "no JSON", "[" * 100_000, '{"format": "facilitate-recount/1", "proof": 3}', '"\\ud800"'])
def test_what_is_no_document(terminal: Terminal, tmp_path: Path, text: str) -> None:
    """Cut, empty, endlessly deep, or something else: one sentence."""
    assert terminal.says("recount", written(tmp_path, text), code=1) == t("en", "vote.recount.no_document", format=recount.FORMAT)


def test_a_file_that_was_cut(terminal: Terminal, tmp_path: Path) -> None:
    """Wherever it ends, it is no document."""
    text = json.dumps(announced("dots", DOTS))
    for end in range(0, len(text), 97):
        assert terminal.says("recount", written(tmp_path, text[:end]), code=1) == t("en", "vote.recount.no_document", format=recount.FORMAT)


def test_other_trouble(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A method of another program, a file that is not text, one that is larger than any round, one that is not there."""
    given = announced("dots", DOTS)
    given["proof"]["method"] = "guess"
    given["checksum"] = counting.fingerprint(given["proof"])
    assert problems(terminal, written(tmp_path, given)) == [t("en", "vote.recount.method", method="guess")]
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00")
    assert problems(terminal, tmp_path / "picture") == [t("en", "vote.recount.no_document", format=recount.FORMAT)]
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(65 * 2**20)
    assert terminal.says("recount", tmp_path / "huge", code=1) == t("en", "cli.recount.too_large", n=64)
    assert terminal.here("recount", tmp_path / "none", code=2).stdout == ""


def test_too_little_is_published(terminal: Terminal, tmp_path: Path) -> None:
    """A run-off of a few: only the checkers can count it again, and that is said."""
    given = announced("irv", [[["a"]], [["b"], ["a"]], [["c"]]])
    assert problems(terminal, written(tmp_path, given)) == [t("en", "vote.recount.unpublished", n=3)]
