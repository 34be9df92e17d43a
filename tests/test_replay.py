"""A real workshop played against the real server: all that was cast is acknowledged, and the figures are those of the data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate import polis, replay
from tests.support import house
from tests.support.cutting import cutting
from tests.support.served import Served, free_port, serve

FRESHWATER = house.ROOT / "tests" / "data" / "polis" / "scoop-hivemind.freshwater"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with its limits on, as a room finds it."""
    with serve(tmp_path_factory.mktemp("instance")) as served:
        yield served


def test_the_demo_is_counted_as_it_was(server: Served) -> None:
    """26 people, 39 statements, 640 acknowledged votes, 638 marks, three statements withdrawn and still compared."""
    report = replay.play(replay.DEMO, server.url, server.token, speed=0)
    assert report.sentences() == [
        f"Event {report.event}: 26 people joined, 39 statements were put up, 640 votes were acknowledged, 3 statements were withdrawn.",
        "The server counted 638 marks on 39 statements: every figure is that of the data.",
    ]
    assert report.ok
    state = server.state(report.event)
    assert "map" not in next(iter(state["results"].values()))["details"], "26 people are too few to draw"
    assert sum(row["role"] == "participant" for row in state["members"].values()) == 26
    assert sorted(row["status"] for row in state["options"].values()) == ["open"] * 36 + ["withdrawn"] * 3


def test_the_larger_set_at_full_speed(server: Served) -> None:
    """117 people at once, 80 statements, 3,979 votes of which seven replace one."""
    report = replay.play(FRESHWATER, server.url, server.token, speed=0)
    assert report.ok, report.sentences()
    assert (report.people, report.statements, report.votes, report.ballots) == (117, 80, 3979, 3972)
    [result] = server.state(report.event)["results"].values()
    chart = result["details"]["map"]
    assert len(chart["points"]) == chart["people"] == sum(group["size"] for group in chart["groups"]) and chart["people"] >= 40
    assert len(chart["groups"]) >= 2 and all(group["says"] for group in chart["groups"]) and chart["divides"]
    assert {said["option"] for said in chart["divides"]} <= set(result["figures"])


def test_the_clock_runs_when_there_is_a_speed(server: Served) -> None:
    """The same figures when everything waits for its time."""
    steps: list[replay.Progress] = []
    report = replay.play(replay.DEMO, server.url, server.token, speed=200, progress=steps.append)
    assert report.ok, report.sentences()
    seeds = [step for step in steps if step.people == 0]
    assert [step.statements for step in seeds] == list(range(1, 16))
    assert steps[-1] == replay.Progress(report.event, 26, 39, 640, 640)


def test_a_line_that_breaks_loses_nothing(server: Served) -> None:
    """Every connection is cut again and again: what was not answered is sent again, and nothing counts twice."""
    with cutting(server.port, patience=12) as line:
        report = replay.play(replay.DEMO, f"http://127.0.0.1:{line.port}", server.token, speed=0)
    assert report.ok, report.sentences()
    assert line.cuts > 26 and report.resent > 0


def test_what_somebody_else_casts_is_a_difference(server: Served) -> None:
    """The comparison looks at what the server counted: one more voter and one more mark are two problems."""
    code, _ = server.consultation()
    stranger = server.member(code, "Stranger")

    def interfere(step: replay.Progress) -> None:
        if step.votes == 300:
            options = server.state(code, stranger)["options"]
            option = next(row for row in options.values() if row["number"] == 5)
            server.command(code, "voting.mark", stranger, round=option["round"], option=option["id"], value="pass")

    report = replay.play(replay.DEMO, server.url, server.token, 0, event=code, progress=interfere)
    assert not report.ok
    assert [key for key, _ in report.problems] == ["cli.replay.differs", "cli.replay.turnout"]
    seed = polis.read(replay.DEMO).statements[4]
    expected = ", ".join(f"{value} {number}" for value, number in polis.read(replay.DEMO).figures()[seed.id].items())
    assert report.sentences()[1].endswith(f"the data says {expected}.")
    assert report.sentences()[2] == "The server counted 27 voters; the data says 26."


def test_a_wrong_token_is_a_sentence(server: Served) -> None:
    """What the server answers is what is said."""
    report = replay.play(replay.DEMO, server.url, "wrong", speed=0)
    assert [key for key, _ in report.problems] == ["cli.replay.refused"]
    assert report.sentences()[0].startswith("The server refused POST /api/events: ")


def test_an_event_without_such_a_vote_is_a_sentence(server: Served) -> None:
    """An event of another kind is left as it is."""
    made = server.call("POST", "/api/events", {"template": "ideas-and-vote", "title": "Other", "open": True})[1]
    report = replay.play(replay.DEMO, server.url, server.token, 0, event=made["code"])
    assert report.problems == [("cli.replay.no_vote", {})]


def test_no_server_is_a_sentence(tmp_path: Path) -> None:
    """Nobody answers: one sentence with the address."""
    url = f"http://127.0.0.1:{free_port()}"
    assert replay.play(replay.DEMO, url, "x", speed=0).sentences() == [f"No server answers at {url}."]
