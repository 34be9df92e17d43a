"""An event that rests: what runs rests with it, nothing starts meanwhile, and it wakes when its time has come."""

import pytest
from sqlalchemy import select

from facilitate.core.registry import Viewer
from facilitate.events.models import Event
from tests.events.test_undo import undo
from tests.support.instance import Clock
from tests.support.room import Room, new_id

HOUR = 3_600_000


@pytest.fixture
def voting(room: Room) -> Room:
    """A room in which a vote runs."""
    collect, vote = room.activity("collect")["id"], room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "More benches"})
    room.send(room.organiser, "events.start", {"activity": vote})
    return room


def standing(room: Room) -> tuple[str, str, str]:
    """How the event, its vote and its round stand."""
    return room.rows("events")[room.event.slug]["status"], room.activity("vote")["status"], room.round()["status"]


def test_what_runs_rests_with_the_event(voting: Room, clock: Clock) -> None:
    """The clock stops and the round takes no marks; on waking both go on with the time that was left."""
    clock.pass_(60)
    left = voting.activity("vote")["ends_at"] - clock.now
    voting.send(voting.facilitator, "events.rest", {})
    assert standing(voting) == ("paused", "paused", "paused")
    mark = {"round": voting.round()["id"], "option": voting.options()[0], "value": 1}
    voting.refuse(voting[0], "voting.mark", mark, "round_closed")
    clock.pass_(86_400)
    voting.send(voting.facilitator, "events.wake", {})
    assert standing(voting) == ("open", "running", "open")
    assert voting.activity("vote")["ends_at"] == clock.now + left
    voting.send(voting[0], "voting.mark", mark)


def test_what_was_paused_before_stays_paused(voting: Room) -> None:
    """Waking lets go on only what the rest paused, and opening the doors wakes like waking."""
    vote = voting.activity("vote")["id"]
    voting.send(voting.organiser, "events.pause", {"activity": vote})
    voting.send(voting.organiser, "events.rest", {})
    voting.send(voting.organiser, "events.open", {})
    assert standing(voting) == ("open", "paused", "paused")
    voting.send(voting.organiser, "events.resume", {"activity": vote})
    voting.send(voting.organiser, "events.rest", {})
    voting.send(voting.organiser, "events.open", {})
    assert standing(voting) == ("open", "running", "open")


def test_nothing_starts_while_it_rests(voting: Room) -> None:
    """Starting, the next step, going on and reopening are refused until the event is woken."""
    vote, collect = voting.activity("vote")["id"], voting.activity("collect")["id"]
    voting.send(voting.organiser, "events.rest", {})
    for name, words in (
        ("events.start", {"activity": collect}), ("events.next", {}), ("events.resume", {"activity": vote}), ("events.reopen", {"activity": collect}),
    ):  # fmt: skip
        voting.refuse(voting.organiser, name, words, "activity_closed")
    voting.send(voting.organiser, "events.close", {"activity": vote})
    voting.send(voting.organiser, "events.wake", {})
    assert standing(voting) == ("open", "closed", "closed")


def test_it_wakes_when_its_time_has_come(voting: Room, clock: Clock) -> None:
    """Not before, and by itself; a time that is over is refused."""
    voting.refuse(voting.organiser, "events.rest", {"until": clock.now}, "invalid", "until")
    voting.send(voting.organiser, "events.rest", {"until": clock.now + HOUR})
    voting.beat()
    assert standing(voting)[0] == "paused"
    clock.pass_(3600)
    voting.beat()
    assert standing(voting) == ("open", "running", "open")
    assert voting.rows("events")[voting.event.slug]["paused_until"] is None


def test_rest_and_wake_are_taken_back(voting: Room) -> None:
    """In their order, the newest first, down to the start of the vote."""
    voting.send(voting.organiser, "events.rest", {})
    undo(voting)
    assert standing(voting) == ("open", "running", "open")
    voting.send(voting.organiser, "events.rest", {})
    voting.send(voting.organiser, "events.wake", {})
    undo(voting)
    assert standing(voting) == ("paused", "paused", "paused")
    undo(voting)
    assert standing(voting) == ("open", "running", "open")
    undo(voting)
    assert standing(voting) == ("open", "planned", "draft")


def test_an_undone_waking_by_the_clock_rests_on(voting: Room, clock: Clock) -> None:
    """The time to wake is over: who takes the waking back rests until somebody wakes the event, and not for a second."""
    voting.send(voting.organiser, "events.rest", {"until": clock.now + HOUR})
    clock.pass_(3601)
    voting.beat()
    assert standing(voting)[0] == "open"
    undo(voting)
    for _ in range(2):
        voting.beat()
        assert standing(voting) == ("paused", "paused", "paused")
    voting.send(voting.organiser, "events.wake", {})
    assert standing(voting) == ("open", "running", "open")


def test_a_draft_that_rested_is_a_draft(room: Room) -> None:
    """Waking opens nothing that was not open before; opening does."""
    viewer = room.viewer(room.organiser)
    answer = room.spine.send(Viewer(None, account=viewer.account, sender="t"), None, "events.create", {"event": new_id(), "template": "consultation"}, new_id())
    assert answer["ok"]
    with room.spine.reading() as session:
        event = session.scalar(select(Event).where(Event.status == "draft"))
        assert event is not None
        draft = event.id

    def status() -> str:
        with room.spine.reading() as session:
            return session.get_one(Event, draft).status

    for last, after in (("events.wake", "draft"), ("events.open", "open")):
        for name in ("events.rest", last):
            assert room.spine.act(name, {}, draft)["ok"]
        assert status() == after
    for name in ("events.rest", "events.wake"):
        assert room.spine.act(name, {}, draft)["ok"]
    assert status() == "open"


def test_opening_the_doors_lets_in_who_waits(room: Room) -> None:
    """Nobody stands at an open door."""
    people = room.rows("events")[room.event.slug]["people"]
    room.send(room.facilitator, "events.open", {})
    assert room.rows("members")[room.waiting.id]["status"] == "in" and room.rows("activities", room.waiting)
    assert room.rows("events")[room.event.slug]["people"] == people + 1
