"""The writer: order, neighbours, resends, the hot path, a database that is locked or full, and listeners that fail."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import event, text

from facilitate.core import changes, writer
from facilitate.core.commands import COMMANDS, Command, Context
from facilitate.core.fields import NoWords
from facilitate.core.spine import Spine
from tests.support.batches import submission, take
from tests.support.room import Room, check_refusal, new_id
from tests.support.until import until

LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
print("locked", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches that no time slice cuts, however busy the machine is; a test that wants slices says so."""
    monkeypatch.setattr(writer, "SLICE", 60.0)


@pytest.fixture
def quiet() -> Iterator[list[dict[str, Any]]]:
    """What is logged, instead of printing it."""
    with structlog.testing.capture_logs() as lines:
        yield lines


def collect(room: Room) -> str:
    """Start the collect; its id."""
    activity = str(room.activity("collect")["id"])
    room.send(room.organiser, "events.start", {"activity": activity})
    return activity


def adding(room: Room, activity: str, text: str = "More benches", idea: str | None = None, number: int = 0) -> dict[str, Any]:
    """A submission of `ideas.add` by one of the people."""
    words = {"idea": idea or new_id(), "activity": activity, "text": text}
    return {"person": room[number], "name": "ideas.add", "words": words}


def texts(room: Room) -> list[str]:
    """What was put up, by number."""
    room.gallery.follow()
    return [row["text"] for row in sorted(room.rows("ideas").values(), key=lambda row: int(row["number"]))]


def test_a_batch_keeps_the_order_of_arrival(room: Room) -> None:
    """Thirty ideas that waited together have the numbers of their places, and one number of the log for all."""
    activity = collect(room)
    answers = take(room.spine, [submission(room, **adding(room, activity, f"Idea {place}", number=place % 5)) for place in range(12)])
    assert all(answer["ok"] for answer in answers)
    assert texts(room) == [f"Idea {place}" for place in range(12)]
    assert [answer["seq"] for answer in answers] == sorted(answer["seq"] for answer in answers)


def test_a_refused_one_harms_only_itself(room: Room) -> None:
    """What it had done already is undone, its neighbours stand."""
    activity, taken = collect(room), new_id()
    room.send(room[1], "ideas.add", {"idea": taken, "activity": activity, "text": "Zero"})
    answers = take(
        room.spine,
        [
            submission(room, **adding(room, activity, "One")),
            submission(room, **adding(room, activity, "Taken", idea=taken)),
            submission(room, room.organiser, "ideas.move", {"ideas": [taken, new_id()], "group": None}),
            submission(room, **adding(room, activity, "Two")),
        ],
    )
    assert [answer.get("code", "ok") for answer in answers] == ["ok", "id_taken", "not_found", "ok"]
    assert texts(room) == ["Zero", "One", "Two"]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that go wrong in the ways in which code does."""

    def change(ctx: Context) -> None:
        ctx.session.execute(text("UPDATE events SET title = 'Half done'"))
        ctx.put("events", "x", None, "all")

    def fails(ctx: Context, _words: Any) -> None:
        change(ctx)
        raise RuntimeError("a mistake in our code")

    def breaks(ctx: Context, _words: Any) -> None:
        change(ctx)
        ctx.session.execute(text("UPDATE ideas SET activity_id = 'nowhere'"))
        ctx.session.execute(text("INSERT INTO ideas SELECT * FROM ideas"))

    def strays(ctx: Context, _words: Any) -> None:
        change(ctx)
        ctx.session.execute(text("INSERT INTO participation VALUES ('a', 'nobody', 'b', 1, 1)"))

    for name, function in (("test.fails", fails), ("test.breaks", breaks), ("test.strays", strays)):
        monkeypatch.setitem(COMMANDS, name, Command(name, NoWords, frozenset({"organiser"}), function))


@pytest.mark.parametrize(("name", "code"), [("test.fails", "unavailable"), ("test.breaks", "unavailable"), ("test.strays", "unavailable")])
def test_a_failing_one_harms_only_itself(room: Room, broken: None, quiet: list[dict[str, Any]], name: str, code: str) -> None:
    """A mistake in our code, a broken constraint: a sentence for its sender, a line in the log, the neighbours commit."""
    activity = collect(room)
    answers = take(
        room.spine,
        [submission(room, **adding(room, activity, "One")), submission(room, room.organiser, name, {}), submission(room, **adding(room, activity, "Two"))],
    )
    check_refusal(answers[1], code)
    assert answers[0]["ok"] and answers[2]["ok"] and texts(room) == ["One", "Two"]
    assert room.rows("events")[room.event.slug]["title"] == "Ideas and vote"
    assert [line["command"] for line in quiet] == [name]


def test_the_same_id_again(room: Room) -> None:
    """In a later batch, and within one: the same meaning, carried out once; somebody else's equal id is another command."""
    activity, command = collect(room), new_id()
    one = submission(room, **adding(room, activity, "Once"), command=command)
    other = submission(room, **adding(room, activity, "Other", number=1), command=command)
    first = take(room.spine, [one, one, other])
    again = take(room.spine, [one, other])
    assert [answer["ok"] for answer in first + again] == [True] * 5
    assert len({answer["seq"] for answer in first + again}) == 1
    assert texts(room) == ["Once", "Other"]


def test_extending_twice_by_one_id(room: Room) -> None:
    """Also what could be done twice is done once."""
    activity = collect(room)
    before = room.rows("activities")[activity]["ends_at"]
    extend = submission(room, room.organiser, "events.extend", {"activity": activity, "seconds": 60}, command=new_id())
    take(room.spine, [extend, extend])
    take(room.spine, [extend])
    room.gallery.follow()
    assert room.rows("activities")[activity]["ends_at"] == before + 60_000


def test_a_refused_id_is_tried_again(room: Room) -> None:
    """Refusals are not kept: what was too early may be right later."""
    activity, command = room.activity("collect")["id"], new_id()
    words = {"idea": new_id(), "activity": activity, "text": "x"}
    room.refuse(room[0], "ideas.add", words, "activity_closed", command=command)
    collect(room)
    room.send(room[0], "ideas.add", words, command=command)


def test_long_batches_are_cut_into_slices(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each commits for itself; every command is answered, in order."""
    activity = collect(room)
    monkeypatch.setattr(writer, "SLICE", 0.0)
    answers = take(room.spine, [submission(room, **adding(room, activity, f"Idea {place}")) for place in range(8)])
    assert all(answer["ok"] for answer in answers) and len({answer["seq"] for answer in answers}) == 8
    assert texts(room) == [f"Idea {place}" for place in range(8)]


def test_many_threads_at_once(room: Room) -> None:
    """Two hundred ideas of twenty threads: each acknowledged, each there once, numbers without a gap."""
    activity, answers, viewers = collect(room), list[dict[str, Any]](), [room.viewer(person) for person in room.people]

    def act(place: int) -> None:
        for number in range(10):
            words = {"idea": new_id(), "activity": activity, "text": f"{place}-{number}"}
            answers.append(room.spine.send(viewers[place % 5], room.event.id, "ideas.add", words, new_id()))

    threads = [threading.Thread(target=act, args=(place,)) for place in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(answer["ok"] for answer in answers)
    assert sorted(texts(room)) == sorted(f"{place}-{number}" for place in range(20) for number in range(10))
    with room.spine.reading() as session:
        numbers = session.scalars(text("SELECT number FROM changes WHERE event_id = :e ORDER BY number"), {"e": room.event.id}).all()
    assert numbers == list(range(1, len(numbers) + 1))


def locked(room: Room, how: str) -> subprocess.Popen[str]:
    """Another process that holds the database until something is written to it."""
    path = room.spine.settings.folder / "facilitate.db"
    process = subprocess.Popen([sys.executable, "-c", LOCK, str(path), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "locked\n"
    return process


def release(process: subprocess.Popen[str]) -> None:
    """Let the other process let go."""
    process.communicate("go\n", timeout=20)


@pytest.mark.parametrize("how", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_locked_database_is_waited_for(room: Room, how: str) -> None:
    """A backup or a command line holds it for a moment: the command is answered when it is free."""
    activity, answers = collect(room), list[dict[str, Any]]()
    process, viewer = locked(room, how), room.viewer(room[0])
    words = {"idea": new_id(), "activity": activity, "text": "Patient"}
    thread = threading.Thread(target=lambda: answers.append(room.spine.send(viewer, room.event.id, "ideas.add", words, new_id())))
    thread.start()
    thread.join(0.3)
    assert thread.is_alive() and not answers
    release(process)
    thread.join(20)
    assert answers[0]["ok"] and texts(room) == ["Patient"]


def test_a_database_that_stays_locked(room: Room, monkeypatch: pytest.MonkeyPatch, quiet: list[dict[str, Any]]) -> None:
    """After some seconds: `unavailable`, come back in two; and then everything works again."""
    activity = collect(room)
    monkeypatch.setattr(writer, "PATIENCE", 0.1)
    process = locked(room, "BEGIN IMMEDIATE")
    words = {"idea": new_id(), "activity": activity, "text": "Later"}
    refused = room.refuse(room[0], "ideas.add", words, "unavailable")
    assert refused["retry_after"] == 2000 and quiet[-1]["event"] == "database_unavailable"
    release(process)
    room.send(room[0], "ideas.add", words)


class Disk:
    """A disk of which the test says how many pages the database may still grow to."""

    def __init__(self, spine: Spine) -> None:
        self.spine, self.most = spine, 1_000_000
        event.listen(spine.writer._engine, "connect", self._limit)

    def _limit(self, connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={self.most}")

    def full(self, most: int) -> None:
        """No page more than these, from the next connection on."""
        self.most = most
        self.spine.writer._close()


def pages(room: Room) -> int:
    """How many pages the database has."""
    with room.spine.reading() as session:
        return int(session.scalar(text("PRAGMA page_count")) or 0)


def test_a_full_disk(room: Room, quiet: list[dict[str, Any]]) -> None:
    """Nothing half written, nothing acknowledged that is not there, and the service goes on when there is space again."""
    activity, kept = collect(room), list[str]()
    disk = Disk(room.spine)
    disk.full(pages(room) + 8)
    answer: dict[str, Any] = {"ok": True}
    while answer["ok"]:
        batch = [submission(room, **adding(room, activity, "x" * 190, number=number)) for number in range(5)]
        answers = take(room.spine, batch)
        kept += [one.words.idea.data for one, answer in zip(batch, answers, strict=True) if answer["ok"]]
        answer = answers[-1]
    check_refusal(answer, "unavailable")
    assert answer["retry_after"] and any(line["event"] == "commit_failed" for line in quiet)
    room.gallery.follow()
    assert set(room.rows("ideas")) == set(kept)
    disk.full(1_000_000)
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": activity, "text": "There is space again"})
    assert room.spine.send(room.viewer(room[0]), room.event.id, "ideas.add", {"idea": kept[0], "activity": activity, "text": "x"}, new_id())["ok"]


def test_what_fails_after_the_commit_cannot_undo_it(room: Room, quiet: list[dict[str, Any]]) -> None:
    """A listener or an action that raises is logged; the command is acknowledged, because it is durable."""

    def raises(_announcement: Any) -> None:
        raise RuntimeError("a screen that is no more")

    room.spine.writer.listeners.insert(0, raises)
    collect(room)
    assert room.activity("collect")["status"] == "running"
    assert {line["event"] for line in quiet} == {"after_commit_failed"}


def test_stopping_answers_what_waits(room: Room) -> None:
    """Commands that are queued when the server ends are carried out and answered first."""
    activity = collect(room)
    viewer, answers = room.viewer(room[0]), list[dict[str, Any]]()
    room.spine.writer._take = slow(room.spine.writer._take)  # type: ignore[method-assign]

    def act() -> None:
        answers.append(room.spine.send(viewer, room.event.id, "ideas.add", {"idea": new_id(), "activity": activity, "text": "x"}, new_id()))

    threads = [threading.Thread(target=act) for _ in range(5)]
    for thread in threads:
        thread.start()
    until(lambda: len(answers) + room.spine.writer._queue.qsize() >= 4, "the commands are queued")
    room.spine.writer.stop()
    for thread in threads:
        thread.join(20)
    assert [answer["ok"] for answer in answers] == [True] * 5
    room.spine.writer._started = False
    assert len(texts(room)) == 5


def slow(take: Any) -> Any:
    """The same, once somebody else had a turn."""

    def later(taken: Any) -> None:
        threading.Event().wait(0.05)
        take(taken)

    return later


def test_numbers_belong_to_one_event(room: Room) -> None:
    """Two events in one batch have numbers of their own."""
    activity = collect(room)
    with room.spine.reading() as session:
        stranger = room.stranger.identify(session, room.elsewhere)
        before = changes.head(session, room.elsewhere.id)[0]
    from facilitate.core.commands import enter

    there = enter(stranger, room.elsewhere.id, "events.close_doors", {}, new_id())
    answers = take(room.spine, [submission(room, **adding(room, activity)), there, submission(room, **adding(room, activity))])
    assert answers[1]["seq"] == before + 1 and answers[0]["seq"] == answers[2]["seq"] != answers[1]["seq"]
    assert len(texts(room)) == 2


def test_the_file_of_the_database(room: Room) -> None:
    """Write-ahead log, full durability, foreign keys and overwriting of what is deleted, on the writer's connection and on readers'."""
    with room.spine.reading() as session:
        found = {name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert Path(room.spine.settings.folder / "facilitate.db").exists()
