"""Editing the agenda: add, edit, move, remove."""

from collections.abc import Callable
from typing import Any

import pytest

from facilitate.events.commands import agenda as agenda_commands
from facilitate.events.types import TYPES
from tests.support.instance import Clock
from tests.support.room import Room, new_id


def order(room: Room) -> list[str]:
    """The ids of the agenda in their order, as the room sees it."""
    rows = room.rows("activities", room[0]).values()
    return [row["id"] for row in sorted(rows, key=lambda row: row["position"])]


def added(room: Room, kind: str = "collect", **words: Any) -> str:
    """Add an activity; its id."""
    activity = new_id()
    room.send(room.organiser, "events.add", {"activity": activity, "type": kind, "title": "Extra"} | words)
    return activity


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_an_activity_of_every_type(room: Room, kind: str) -> None:
    """It is added at the end with the defaults of its type, starts, closes and is revealed."""
    activity = added(room, kind, settings={"add_own": True} if kind == "vote" else {})
    assert order(room)[-1] == activity
    assert room.rows("activities")[activity]["settings"]["visibility"] == "private"
    assert room.rows("activities", room[0])[activity]["settings"] == {}
    room.send(room.organiser, "events.start", {"activity": activity})
    assert room.rows("activities", room[0])[activity]["settings"]
    room.send(room.organiser, "events.reveal", {"activity": activity})
    assert room.rows("activities")[activity]["revealed"]


def test_places(room: Room) -> None:
    """After another one, at the end, or at the top."""
    first, second, third, fourth = order(room)
    extra = added(room, after=second)
    assert order(room) == [first, second, extra, third, fourth]
    top = added(room, after=None)
    assert order(room) == [top, first, second, extra, third, fourth]
    room.send(room.organiser, "events.move", {"activity": extra, "after": fourth})
    room.send(room.organiser, "events.move", {"activity": fourth, "after": None})
    assert order(room) == [fourth, top, first, second, third, extra]
    for name, words in (("events.move", {"activity": extra}), ("events.add", {"activity": new_id(), "type": "sort", "title": "x"})):
        room.refuse(room.organiser, name, words | {"after": new_id()}, "not_found")
        room.refuse(room.organiser, name, words | {"after": next(iter(room.other_rows("activities")))}, "not_found")


def test_the_same_id_twice(room: Room) -> None:
    """The same thing again is the same answer; another one under the id, or one of another event, is refused."""
    activity = added(room)
    before = room.gallery.seq
    room.send(room.organiser, "events.add", {"activity": activity, "type": "collect", "title": "Extra"})
    assert room.gallery.seq == before
    room.refuse(room.organiser, "events.add", {"activity": activity, "type": "collect", "title": "Other"}, "id_taken")
    foreign = next(iter(room.other_rows("activities").values()))
    room.refuse(room.organiser, "events.add", {"activity": foreign["id"], "type": foreign["type"], "title": foreign["title"]}, "id_taken")


def test_an_agenda_is_not_endless(room: Room) -> None:
    """A hundred activities and no more."""
    viewer = room.viewer(room.organiser)
    for number in range(96):
        words = {"activity": new_id(), "type": "present", "title": f"Slide {number}"}
        assert room.spine.send(viewer, room.event.id, "events.add", words, new_id())["ok"]
    room.gallery.follow()
    room.refuse(room.organiser, "events.add", {"activity": new_id(), "type": "present", "title": "One more"}, "full")


def test_planned_minutes_move_the_end_of_what_runs(room: Room, clock: Clock) -> None:
    """Two minutes more are two minutes later, and never in the past."""
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room.organiser, "events.edit", {"activity": collect, "minutes": 12})
    assert room.rows("activities")[collect]["ends_at"] == clock.now + 720_000
    clock.pass_(600)
    room.send(room.organiser, "events.edit", {"activity": collect, "minutes": 1})
    assert room.rows("activities")[collect]["ends_at"] == clock.now


def test_what_was_promised_stays(room: Room) -> None:
    """Once people write, who sees it and under which name is fixed; other settings are not."""
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    for promise in ({"visibility": "live"}, {"authors": "name"}):
        room.refuse(room.organiser, "events.edit", {"activity": collect, "settings": promise}, "activity_closed")
    room.send(room.organiser, "events.edit", {"activity": collect, "settings": {"limit": 3, "moderated": True}})
    assert room.rows("activities", room[0])[collect]["settings"]["limit"] == 3


def test_a_running_vote_counts_as_it_opened(room: Room) -> None:
    """Budget, method and what is shown to whom stay; the question may be corrected."""
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"add_own": True}})
    room.send(room.organiser, "events.start", {"activity": vote})
    for change in ({"budget": 9}, {"secret": False}, {"results": "live"}, {"shape": "choices", "method": "approval"}, {"staff_totals": False}):
        room.refuse(room.organiser, "events.edit", {"activity": vote, "settings": change}, "activity_closed")
    room.send(room.organiser, "events.edit", {"activity": vote, "question": "Which ones?"})
    assert room.round()["question"] == "Which ones?"


def test_removing(room: Room) -> None:
    """What never ran goes, with the cards that were put into it beforehand, and comes back with them; what ran stays."""
    collect = room.activity("collect")["id"]
    idea, removed = new_id(), new_id()
    room.send(room.facilitator, "ideas.add", {"idea": idea, "activity": collect, "text": "Seed"})
    room.send(room.organiser, "events.remove", {"activity": collect}, command=removed)
    assert idea not in room.rows("ideas") and collect not in room.rows("activities", room[0])
    room.send(room.organiser, "events.undo", {"command": removed})
    assert room.rows("ideas")[idea]["text"] == "Seed"
    room.send(room.organiser, "events.start", {"activity": collect})
    room.refuse(room.organiser, "events.remove", {"activity": collect}, "activity_closed")


def test_what_people_wrote_keeps_its_activity(room: Room) -> None:
    """An undone start leaves it planned; it is not removed with the cards and ballots of participants, nor by undo."""
    collect, vote, added = room.activity("collect")["id"], room.activity("vote")["id"], new_id()
    extra = new_id()
    room.send(room.organiser, "events.add", {"activity": extra, "type": "collect", "title": "Extra"}, command=added)
    for activity, name, words in (
        (collect, "ideas.add", {"idea": new_id(), "activity": collect, "text": "Mine"}),
        (vote, "voting.cast", None),
        (extra, "ideas.add", {"idea": new_id(), "activity": extra, "text": "Mine"}),
    ):
        start = new_id()
        room.send(room.organiser, "events.start", {"activity": activity}, command=start)
        room.send(room[0], name, words or {"round": room.round()["id"], "ballot": {room.options()[0]: 1}})
        room.send(room.organiser, "events.undo", {"command": start})
        room.refuse(room.organiser, "events.remove", {"activity": activity}, "activity_closed")
    room.refuse(room.organiser, "events.undo", {"command": added}, "activity_closed")


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("collect", {"visibility": "secret"}), ("collect", {"authors": 3}), ("collect", {"limit": -1}), ("collect", {"limit": 2.5}),
    ("collect", {"text_limit": 401}),
    ("collect", {"moderated": "yes"}),
    ("collect", {"frame": "x" * 121}),
    ("collect", {"input": {"from": 3}}),
    ("collect", {"input": {"take": "most"}}),
    ("collect", {"input": {"top": 0}}), ("collect", {"input": {"top": True}}), ("collect", {"input": {"picked": "x"}}), ("collect", {"input": {"picked": [1]}}),
    ("collect", {"input": {"take": ["all"]}}), ("collect", {"input": []}), ("collect", {"input": {"from": "x"}}),
    ("collect", {"input": {"from": "\ud800"}}),
    ("collect", {"input": {"picked": ["x"]}}),
    ("sort", {"by": "nobody"}),
    ("sort", {"cells": "Now"}),
    ("sort", {"cells": [1]}),
    ("sort", {"cells": [{}]}), ("sort", {"cells": ["a\x00b"]}), ("sort", {"cells": ["\ud800"]}), ("sort", {"cells": ["x" * 61]}), ("sort", {"cells": [""]}),
    ("vote", {"shape": "elephants"}), ("vote", {"shape": "ranking", "method": "approval"}), ("vote", {"method": "guess"}),
    ("vote", {"budget": 0}), ("vote", {"cap": 101}),
    ("vote", {"results": "soon"}), ("vote", {"secret": 1}), ("present", {"show": "film"}), ("present", {"text": "x" * 2001}), ("present", {"back_at": -1}),
    ("vote", {"shape": "choices", "min": 3, "max": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "settings"), WRONG)
def test_settings_that_do_not_fit(make_room: Callable[..., Room], kind: str, settings: dict[str, Any]) -> None:
    """They are refused when the activity is added and when it is edited, and nothing changes."""
    room = make_room(people=1)
    words = {"activity": new_id(), "type": kind, "title": "Extra", "settings": settings}
    room.refuse(room.organiser, "events.add", words, "invalid")
    activity = added(room, kind)
    room.refuse(room.organiser, "events.edit", {"activity": activity, "settings": settings}, "invalid")


def test_a_setting_that_the_step_does_not_have(room: Room) -> None:
    """It is refused by its name, when added and when edited; it is not dropped without a word."""
    words = {"activity": new_id(), "type": "collect", "title": "Extra", "settings": {"buget": 3}}
    room.refuse(room.organiser, "events.add", words, "invalid", "buget")
    room.refuse(room.organiser, "events.edit", {"activity": room.activity("vote")["id"], "settings": {"buget": 3}}, "invalid", "buget")


def test_an_input_from_an_activity_that_is_not_there(room: Room) -> None:
    """One of another event, or none at all, is not found; one of this event is taken."""
    [foreign, *_] = room.other_rows("activities")
    vote = room.activity("vote")["id"]
    for source in (foreign, new_id()):
        settings = {"input": {"from": source}}
        room.refuse(room.organiser, "events.add", {"activity": new_id(), "type": "vote", "title": "Extra", "settings": settings}, "not_found")
        room.refuse(room.organiser, "events.edit", {"activity": vote, "settings": settings}, "not_found")
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"input": {"from": room.activity("collect")["id"]}}})
    assert room.rows("activities")[vote]["settings"]["input"]["from"] == room.activity("collect")["id"]


def test_items_come_from_before_only(room: Room) -> None:
    """A step takes nothing from itself, nor from what stands behind it: not when it is added, edited, or moved there."""
    first = room.activity("collect")["id"]
    one = added(room, "sort", settings={"input": {"from": first}}, after=first)
    two = added(room, "sort", settings={"input": {"from": one}}, after=one)
    for source in (one, two):
        room.refuse(room.organiser, "events.edit", {"activity": one, "settings": {"input": {"from": source}}}, "invalid", "settings")
    words = {"activity": new_id(), "type": "sort", "title": "Loop", "settings": {"input": {"from": two}}, "after": first}
    room.refuse(room.organiser, "events.add", words, "invalid", "settings")
    room.refuse(room.organiser, "events.add", words | {"settings": {"input": {"from": words["activity"]}}}, "invalid", "settings")
    room.refuse(room.organiser, "events.move", {"activity": two, "after": first}, "invalid", "after")
    room.refuse(room.organiser, "events.move", {"activity": one, "after": two}, "invalid", "after")
    room.send(room.organiser, "events.edit", {"activity": two, "settings": {"input": {"from": first}}})
    room.send(room.organiser, "events.move", {"activity": one, "after": two})


def test_a_loop_that_is_there_starts(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inputs that go in a circle, kept by an earlier version, bring nothing in; the step starts all the same."""
    monkeypatch.setattr(agenda_commands, "earlier", lambda *_: None, raising=False)
    one = added(room, "sort")
    two = added(room, "sort", settings={"input": {"from": one}})
    room.send(room.organiser, "events.edit", {"activity": one, "settings": {"input": {"from": two}}})
    for activity in (one, two):
        room.send(room.organiser, "events.start", {"activity": activity})
