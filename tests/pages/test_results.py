"""Results, export and public pages: figures in the counted order, what is withheld, copies without formulas, records and their check-list."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from facilitate.practices import copies
from facilitate.voting import recount, tables
from tests.browser.results_played import COSTS, PLAYS
from tests.support.room import Room, new_id
from tests.support.visitor import Visitor

TEXTS = ("One for all", "=HYPERLINK(1)", "Three in a row")


@pytest.fixture
def voted(room: Room) -> Room:
    """A room whose dots are counted and revealed: the second idea leads, its author keeps the third out of publication."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    ids = [new_id() for _ in TEXTS]
    for idea, text in zip(ids, TEXTS, strict=True):
        room.send(room[0], "ideas.add", {"idea": idea, "activity": collect, "text": text})
    room.send(room[0], "ideas.publish", {"idea": ids[2], "publish": False})
    room.send(room.organiser, "events.start", {"activity": vote})
    for number, ballot in enumerate([{ids[1]: 3}, {ids[1]: 2, ids[2]: 2}, {ids[0]: 1}]):
        room.send(room[number], "voting.cast", {"round": room.round()["id"], "ballot": ballot})
    return room


def reveal(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reveal the vote and count it at once."""
    monkeypatch.setattr("facilitate.voting.commands.rounds.GRACE", 0)
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    room.beat()
    assert room.round()["status"] == "sealed"


def test_results_of_the_studio(voted: Room, desk: Visitor, studio: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it runs, counted, and the winners as challenges; ideas and minutes beside it."""
    assert "This vote is running" in desk.open(f"{studio}/results").text
    reveal(voted, monkeypatch)
    desk.open(f"{studio}/results")
    text = desk.text
    assert text.index("=HYPERLINK") < text.index("Three in a row") < text.index("One for all")
    for said in ("3 of 5 people voted", "Dots", "3 ballots were counted, with 8 dots in all", "from 2 people", "Not for publication", "Planned", "30"):
        assert said in text, said
    desk.send(desk.form("challenges.adopt"), top="1")
    assert desk.path == f"{studio}/challenges" and "=HYPERLINK" in desk.text


def test_the_public_result(voted: Room, visitor: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing before the reveal; afterwards the result without what is not for publication, and its open data."""
    guest, slug = visitor(), voted.event.slug
    assert "No result has been revealed yet" in guest.open(f"/e/{slug}/results").text
    round_id = voted.round()["id"]
    assert guest.open(f"/e/{slug}/results/{round_id}.json").status == 404
    reveal(voted, monkeypatch)
    text = guest.open(f"/e/{slug}/results").text
    assert "=HYPERLINK(1)" in text and "Three in a row" not in text and "Not for publication" in text and "Below 30 ballots" in text
    data = guest.open(f"/e/{slug}/results/{round_id}.json").response
    assert data is not None and data.json is not None and recount.check(data.json) == []
    proof, options = data.json["proof"], data.json["labels"]["options"]
    assert proof["result"]["base"]["cast"] == 3 and "ballots" not in proof and len(data.json["checksum"]) == 64
    assert "Three" not in data.text and any(row["title"] == "Not for publication" for row in options)
    assert data.json["checksum"][:8] in text


def test_public_pages_of_an_event(voted: Room, visitor: Callable[..., Visitor], desk: Visitor) -> None:
    """When, how to take part, challenges; what was only proposed stays inside, and so does a draft event."""
    guest, slug = visitor(), voted.event.slug
    voted.send(voted.organiser, "challenges.add", {"challenge": new_id(), "title": "Quiet rooms", "problem": "Noise", "theme": "digital-skills"})
    voted.send(voted[0], "challenges.add", {"challenge": new_id(), "title": "Secret plan"})
    guest.open(f"/e/{slug}")
    assert "Quiet rooms" in guest.text and "Secret plan" not in guest.text and "Digital skills" in guest.text
    assert f"/j/{voted.rows('events')[slug]['code']}" in guest.reader.links
    guest.open(f"/e/{slug}/challenges/1")
    assert guest.status == 200 and "Noise" in guest.text
    assert guest.open(f"/e/{slug}/challenges/2").status == 404 and guest.open("/e/nothing").status == 404
    desk.open("/studio")
    desk.send(desk.form("events.create"), template="consultation", title="Still a draft")
    draft = desk.path.split("/")[2]
    assert guest.open(f"/e/{draft}").status == 425 and desk.open(f"/e/{draft}").status == 200


def cells(answer: Any) -> list[list[str]]:
    """A CSV as its cells."""
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_copies(voted: Room, desk: Visitor, studio: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ideas and results as CSV that computes nothing, everything as JSON with names only where they are wanted."""
    reveal(voted, monkeypatch)
    ideas = cells(desk.open(f"{studio}/copies/ideas.csv").response)
    assert [line[2] for line in ideas] == ["text", "One for all", "'=HYPERLINK(1)", "Three in a row"] and ideas[3][6] == "no"
    results = cells(desk.open(f"{studio}/copies/results.csv").response)
    assert results[1][:7] == ["Vote", "1", "dots", "1", "2", "'=HYPERLINK(1)", ""] and results[1][7:9] == ["5", "2"]
    plain = desk.open(f"{studio}/copies/event.json").response
    named = desk.open(f"{studio}/copies/event.json?names=yes").response
    assert plain is not None and named is not None and "Ben" not in plain.text and "members" not in json.loads(plain.text)
    assert any(row["name"] == "Ben" for row in json.loads(named.text)["members"]) and "ballot" not in json.loads(named.text)
    assert desk.open(f"{studio}/copies/nothing.txt").status == 404


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "＝1", "\r1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """What a spreadsheet would compute stays text; numbers stay numbers."""
    assert copies.cell(text) == f"'{text}" and copies.cell(-1) == "-1" and copies.cell("a=1") == "a=1" and copies.cell(None) == ""


def test_records(voted: Room, desk: Visitor, visitor: Callable[..., Visitor], studio: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draft them from the result, read what is missing at its place, send them; the record's page is open once it is sent."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr("facilitate.practices.commands.jobs.program", lambda house, program, given, done: sent.append(given))
    assert "Draft records first" in desk.open(f"{studio}/export").text
    reveal(voted, monkeypatch)
    desk.open(f"{studio}/export")
    assert not desk.has("practices.send")
    desk.send(desk.form("practices.draft"), top="3")
    text = desk.text
    for said in ("Draft practice record", "Still to be described:", "How it works", "No names in the records", "of 34 required fields", "The summary has"):
        assert said in text, said
    record = next(link for link in desk.reader.links if link.startswith("/practice/") and not link.endswith(".jsonld"))
    guest = visitor()
    assert guest.open(record).status == 404 and desk.open(record).status == 200
    desk.open(f"{studio}/export")
    desk.send(desk.form("practices.send"))
    assert "being sent" in desk.text and len(sent) == 1 and not desk.has("practices.send")
    receipts = [{"id": one["id"], "version": one["version"], "url": "file:///practices", "commit": "0123456789abcdef"} for one in sent[0]["records"]]
    words = {"target": "practices", "sent": [{"id": one["id"], "version": one["version"]} for one in sent[0]["records"]], "receipts": receipts}
    voted.gallery.follow()
    voted.act("practices.delivered", words)
    desk.open(f"{studio}/export")
    assert "0123456789" in desk.text and "Send again" in desk.form("practices.send").buttons
    assert guest.open(record).status == 200 and "Sent as draft" in guest.text
    linked = guest.open(f"{record}.jsonld").response
    assert linked is not None and linked.json is not None and linked.json["@context"] == "https://schema.org"


def test_a_failed_delivery_says_what_the_repository_said(voted: Room, desk: Visitor, studio: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The repository's sentence under ours, and a way to try again."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr("facilitate.practices.commands.jobs.program", lambda house, program, given, done: sent.append(given))
    reveal(voted, monkeypatch)
    voted.send(voted.organiser, "practices.draft", {"top": 1})
    voted.send(voted.organiser, "practices.send", {})
    error = {"key": "practice.error.unreachable", "values": {"target": "git.example.org"}}
    versions = [{"id": one["id"], "version": one["version"]} for one in sent[0]["records"]]
    voted.act("practices.delivered", {"target": "t", "sent": versions, "receipts": [], "error": error})
    desk.open(f"{studio}/export")
    assert "git.example.org does not answer" in desk.text and "Try again" in desk.form("practices.send").buttons


@pytest.mark.parametrize("method", PLAYS)
def test_every_method_has_its_page(room: Room, visitor: Callable[..., Visitor], desk: Visitor, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """Studio and public page tell the result of every method without a script: what it says of an option, turnout, the check."""
    play = PLAYS[method]
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    ids = [new_id() for _ in range(5)]
    for number, idea in enumerate(ids):
        room.send(room[0], "ideas.add", {"idea": idea, "activity": collect, "text": f"Idea {number + 1} <b>"})
    settings = {"shape": play.shape, "method": method, **play.settings} | ({"costs": dict(zip(ids, COSTS, strict=False))} if play.shape == "budget" else {})
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": settings})
    room.send(room.organiser, "events.start", {"activity": vote})
    for bot in range(5):
        ballot = play.answer([*ids, new_id(), new_id()], bot)
        room.send(room[bot], "voting.cast", {"round": room.round()["id"], "ballot": known(ballot, ids)})
    reveal(room, monkeypatch)
    for text in (desk.open(f"/studio/{room.event.slug}/results").text, visitor().open(f"/e/{room.event.slug}/results").text):
        for said in (play.says, "5 of 5 people voted", "5 valid ballots", "0 abstained", "How was this counted?", "Check number", "All figures as a table"):
            assert said in text, said
        assert "Idea 1 <b>" in text, "titles are text"


def known(ballot: Any, ids: list[str]) -> Any:
    """A ballot with the marks on these options alone."""
    if isinstance(ballot, dict):
        return {one: mark for one, mark in ballot.items() if one in ids}
    if ballot and isinstance(ballot[0], dict):
        return [one for one in ballot if set(one.values()) <= set(ids)]
    return [one for one in ballot if (one[0] if isinstance(one, list) else one) in ids]


def test_ties_are_named(voted: Room, visitor: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that share the first place are told as a tie, and which would be first where one has to be."""
    monkeypatch.setattr("facilitate.voting.views.OPEN_FROM", 3)
    ids = [row["id"] for row in sorted(voted.rows("options").values(), key=lambda row: row["number"]) if row["round"] == voted.round()["id"]]
    voted.send(voted[2], "voting.cast", {"round": voted.round()["id"], "ballot": {ids[0]: 3, ids[2]: 2}})
    voted.send(voted[3], "voting.cast", {"round": voted.round()["id"], "ballot": {ids[0]: 2}})
    reveal(voted, monkeypatch)
    text = visitor().open(f"/e/{voted.event.slug}/results").text
    assert "Tie: 1 and 2." in text and "If one has to be first: " in text and "Three in a row" not in text


def test_what_is_withheld_is_in_no_sentence() -> None:
    """Sentences of a result name options by number and title; one that is not for publication gives its number alone."""
    rows: Any = {
        "options": {"r/x": {"id": "x", "kind": "idea", "number": 3, "title": "Three", "text": "Three", "round": "r"}},
        "results": {"r": {"id": "r", "steps": ["3 · Three is ahead."], "details": {"not_funded": {"x": "3 · Three is dear."}}, "base": {"cast": 3}}},
    }
    hidden = tables.hide(rows, {"x"}, "Not for publication")["results"]["r"]
    assert hidden["steps"] == ["3 · Not for publication is ahead."] and "Three" not in hidden["details"]["not_funded"]["x"] and hidden["base"] == {"cast": 3}


def test_a_table_of_every_shape() -> None:
    """Equal ones share their place, withdrawn ones have none, bars are shares of what their base says."""
    options = [{"id": name, "number": number, "status": "open"} for number, name in enumerate("abcd", 1)]
    figures = {"a": {"votes": 2}, "b": {"votes": 4}, "c": {"votes": 2}, "d": {"votes": 1}}
    result = {"ranking": [["b"], ["c", "a"]], "figures": figures, "base": {"cast": 8}}
    lines = tables.lines({"shape": "choices", "figures": ["votes"]}, result, options)
    assert [(line["option"]["id"], line["place"], line["tied"], line["lead"], line["share"]) for line in lines] == [
        ("b", 1, False, True, 0.5), ("a", 2, True, False, 0.25), ("c", 2, True, False, 0.25), ("d", None, False, False, 0.125),
    ]  # fmt: skip
    stance = {"ranking": [["a"]], "figures": {"a": {"agree": 1, "disagree": 1, "pass": 2}}, "base": {"cast": 4}}
    (line,) = tables.lines({"shape": "stance", "figures": ["agree", "disagree", "pass"], "display": "consensus"}, stance, options[:1])
    assert line["picture"]["strip"] == [["agree", 0, 250], ["pass", 250, 500], ["disagree", 750, 250]] and line["share"] == 0.25
    nothing = {"ranking": [["a"]], "figures": {"a": {"points": 0, "voters": 0}}, "base": {"cast": 0}}
    assert tables.lines({"shape": "points", "figures": ["points"]}, nothing, options[:1])[0]["lead"] is False
