"""Files of analysts: what is imported is counted as the method counts the file, and comes out again as it went in."""

import random
from typing import Any

import pytest

from facilitate.core import registry
from facilitate.core.refusals import Refused
from facilitate.core.strings import t
from facilitate.voting import methods, pabulib, preflib
from facilitate.voting.commands import importing
from tests.support.instance import Clock
from tests.support.room import Person, Room

METHODS = registry.variants(methods)
NAMES = {"1": "Benches", "2": "Shade trees", "3": "A pond", "4": "Wild corner; “north”"}


def rankings(kind: str, many: int) -> str:
    """A file of rankings of a kind."""
    chance, ballots = random.Random(kind), []
    for _ in range(many):
        order = chance.sample(sorted(NAMES), 4 if kind.endswith("c") else chance.randint(1, 4))
        cut = chance.randint(1, len(order))
        tie = kind.startswith("to") and chance.random() < 0.7
        ballots.append([sorted(order[:cut]), *([one] for one in order[cut:])] if tie else [[one] for one in order])
    return preflib.write(NAMES, ballots, "Vote")


def carts(many: int) -> str:
    """A file of carts in the order of what they hold, some of them empty and some dearer than the money."""
    chance = random.Random(many)
    ballots = sorted(sorted(chance.sample(sorted(NAMES), chance.randint(0, 4))) for _ in range(many))
    return pabulib.write(NAMES, ballots, "Vote", money=10, costs={"1": 4, "2": 5, "3": 6, "4": 0})


def imported(room: Room, clock: Clock, kind: str, content: str, **settings: Any) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Import a file and reveal it: (the round, its result, {option: what the file calls it})."""
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "events.edit", {"activity": vote, "question": "Vote", "settings": settings})
    room.send(room.facilitator, "voting.import", {"activity": vote, "format": kind, "text": content})
    assert room.activity("vote")["status"] == "closed" and room.round()["status"] == "closed" and room.round()["imported"]
    room.beat()
    if room.round()["status"] != "sealed":
        room.beat()
    room.send(room.organiser, "events.reveal", {"activity": vote})
    round_ = room.round()["id"]
    there = sorted((row for row in room.rows("options").values() if row["round"] == round_), key=lambda row: row["number"])
    assert [row["text"] for row in there] == list(NAMES.values())
    return round_, room.rows("results", room[0])[round_], {row["id"]: name for row, name in zip(there, NAMES, strict=True)}


def download(room: Room, person: Person | None, round_: str, ending: str) -> tuple[int, str]:
    """(status, text) of the file of a result."""
    answer = room.client(person).get(f"/e/{room.event.slug}/results/{round_}.{ending}")
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize("method", ["schulze", "irv", "borda", "stv"])
@pytest.mark.parametrize("kind", ["soc", "soi", "toc", "toi"])
def test_rankings_there_and_back(room: Room, clock: Clock, kind: str, method: str) -> None:
    """The result is that of the method on the file, and the export is the file."""
    content = rankings(kind, 40)
    assert preflib.name_in(content) == f"vote.{kind}"
    round_, result, names = imported(room, clock, kind, content, shape="ranking", method=method)
    expected = METHODS[method].count(list(NAMES), preflib.read(content).ballots, {"seats": 3})
    if not expected.broken:
        assert [sorted(names[one] for one in tied) for tied in result["ranking"]] == expected.ranking
        assert {names[one]: figures for one, figures in result["figures"].items()} == expected.figures
    assert result["base"]["cast"] == result["base"]["eligible"] == 40 and result["method"] == method
    assert download(room, None, round_, kind) == (200, content)
    assert download(room, None, round_, "pb")[0] == download(room, None, round_, "exe")[0] == 404


def test_carts_there_and_back(room: Room, clock: Clock) -> None:
    """A vote that is set to something else becomes one over a budget; carts may hold more than the money pays for, or nothing."""
    content = carts(35)
    round_, result, names = imported(room, clock, "pb", content)
    given = pabulib.read(content)
    expected = METHODS["equal-shares"].count(list(NAMES), given.ballots, {"money": given.money, "costs": given.costs})
    assert room.round()["shape"] == "budget" and result["method"] == "equal-shares"
    assert [sorted(names[one] for one in tied) for tied in result["ranking"]] == expected.ranking
    assert download(room, None, round_, "pb") == (200, content)
    assert download(room, None, round_, "toi")[0] == 404


def test_small_files_are_not_given_out(room: Room, clock: Clock) -> None:
    """Below thirty ballots none is published, imported or not; and there are no receipts that nobody holds."""
    round_, _, _ = imported(room, clock, "soi", rankings("soi", 12))
    assert download(room, None, round_, "soi")[0] == 404
    assert room.client(room[0]).get(f"/api/events/{room.event.slug}/rounds/{round_}/receipts").get_json() == {"receipts": []}


def test_a_sealed_import_is_followed_by_a_vote(room: Room, clock: Clock) -> None:
    """Started again, the room votes over the same options in a second run."""
    imported(room, clock, "soc", rankings("soc", 9))
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "events.reopen", {"activity": vote})
    assert (room.round()["run"], room.round()["status"], room.round()["imported"]) == (2, "open", False)
    assert len(room.options()) == 4
    room.send(room[0], "voting.cast", {"round": room.round()["id"], "ballot": [[room.options()[0]]]})


def test_what_is_refused(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vote that has begun, something else than a vote, a file that makes no sense, one that is too large; nothing is left of any."""
    vote, collect = room.activity("vote")["id"], room.activity("collect")["id"]
    good = rankings("soc", 3)
    for words, code in (
        ({"activity": collect, "format": "soc", "text": good}, "not_found"), ({"activity": vote, "format": "csv", "text": good}, "invalid"),
        ({"activity": vote, "format": "pb", "text": good}, "invalid"), ({"activity": vote, "format": "soc", "text": carts(2)}, "invalid"),
        ({"activity": vote, "format": "soc", "text": good + "1: 9\n"}, "invalid"), ({"activity": vote, "format": "soc", "text": "x" * 60_001}, "invalid"),
        ({"activity": vote, "format": "soc", "text": good + "20000: 1,2,3,4\n"}, "too_large"),
    ):  # fmt: skip
        room.refuse(room.organiser, "voting.import", words, code)
    monkeypatch.setattr(importing, "OPTIONS", 3)
    room.refuse(room.organiser, "voting.import", {"activity": vote, "format": "soc", "text": good}, "too_large")
    monkeypatch.undo()
    assert not room.rows("ideas") and not room.rows("rounds")
    room.send(room.organiser, "voting.import", {"activity": vote, "format": "soc", "text": good})
    room.refuse(room.organiser, "voting.import", {"activity": vote, "format": "soc", "text": good}, "activity_closed")


def test_the_line_is_named() -> None:
    """Who imports learns where a file stops making sense."""
    with pytest.raises(Refused) as refused:
        importing.contents("soc", "# ALTERNATIVE NAME 1: A\n1: 2\n")
    assert t("en", refused.value.key, **refused.value.values) == "Line 2 of the file cannot be read. Nothing was taken from it."
