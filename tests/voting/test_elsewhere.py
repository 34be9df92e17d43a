"""Counts in a process of their own: the writer goes on meanwhile, and what changed in between is counted again."""

import json
import subprocess
import sys
from typing import Any

import pytest

from facilitate.voting.commands import sealing
from facilitate.voting.models import Round
from facilitate.voting.queries import elsewhere
from facilitate.voting.queries.figures import totals_of
from tests.support.instance import Clock
from tests.support.room import Room
from tests.support.until import until
from tests.voting.crowd import ballot_by, cast, crowd, sealed, vote_by


def begin(room: Room, clock: Clock) -> None:
    """Reveal, let the grace pass, and look once at what is due: the count begins and nothing waits for it."""
    room.gallery.follow()
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    clock.pass_(3)
    with room.spine.reading() as session:
        assert sealing.due(session) == []
    assert elsewhere.is_under_way()


def test_the_writer_goes_on_while_it_counts(room: Room, clock: Clock) -> None:
    """Between the beginning of a count and its end, commands are taken; then the round is sealed with what was counted."""
    people = crowd(room, 12)
    round_, options = vote_by(room, "schulze")
    for number, person in enumerate(people):
        cast(room, person, round_, ballot_by("schulze", options, number))
    begin(room, clock)
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.edit", {"activity": collect, "title": "Renamed meanwhile"})
    assert room.round()["status"] == "closed"
    until(lambda: not elsewhere.is_under_way(), "the count in a process of its own")
    room.beat()
    assert room.round()["status"] == "sealed" and room.rows("results")[round_]["base"]["cast"] == 12


def test_what_was_undone_is_counted_again(room: Room, clock: Clock) -> None:
    """A close that is taken back while it is counted: ballots that come in then are in the result of the next close."""
    people, vote = crowd(room, 12), room.activity("vote")["id"]
    round_, options = vote_by(room, "dots")
    for person in people:
        cast(room, person, round_, {options[0]: 1})
    begin(room, clock)
    room.send(room.organiser, "events.undo", {"command": room.activity("vote")["undo"]["command"]})
    assert room.round()["status"] == "open"
    for person in people:
        cast(room, person, round_, {options[1]: 2})
    until(lambda: not elsewhere.is_under_way(), "the count in a process of its own")
    room.gallery.follow()
    result = sealed(room, clock)
    assert result["figures"][options[0]]["points"] == 0 and result["figures"][options[1]]["points"] == 24
    assert vote == result["activity"]


def test_a_program_that_fails_is_stood_in_for(room: Room, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The round is counted where it is."""
    monkeypatch.setattr(elsewhere, "PROGRAM", ["/bin/false"])
    round_, options = vote_by(room, "dots")
    for person in crowd(room, 12):
        cast(room, person, round_, {options[0]: 1})
    assert sealed(room, clock)["figures"][options[0]]["points"] == 12


def test_live_totals_of_many_ballots(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """They come as soon as they are counted beside the event loop."""
    monkeypatch.setattr(elsewhere, "READ", 5)
    round_, options = vote_by(room, "dots")
    for person in crowd(room, 7):
        cast(room, person, round_, {options[0]: 1})

    def figures() -> Any:
        with room.spine.reading() as session:
            return totals_of(session, session.get_one(Round, round_))

    assert figures() is None
    until(lambda: not elsewhere.is_under_way(), "the totals")
    assert figures()[options[0]] == {"points": 7, "voters": 7}
    assert figures() is None, "and the next ones when they are due"


def test_the_map_is_drawn_elsewhere() -> None:
    """The program adds it to stances of forty people with seven votes each; the server itself never loads numpy."""
    options = [{"id": f"s{number}", "number": number, "title": "", "status": "open"} for number in range(8)]
    ballots = [{f"s{number}": "agree" if (number + person) % 2 else "disagree" for number in range(8)} for person in range(40)]
    pile = {"run": "r", "seed": "s", "method": "agree-disagree-pass", "shape": "stance", "settings": {}, "language": "en", "eligible": 40, "options": options}
    for people, drawn in ((40, True), (39, False)):
        given = pile | {"ballots": ballots[:people], "weights": [1] * people}
        for arguments, wanted in (([], drawn), (["--figures"], False)):
            done = subprocess.run([*elsewhere.PROGRAM, *arguments], input=json.dumps(given).encode(), capture_output=True, check=True)
            assert ("map" in json.loads(done.stdout)["details"]) is wanted
    loads = "import sys; from facilitate.app import register; register(); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0
