"""Groups: make, rename, merge, dissolve, move cards; who may sort; what goes on into the vote."""

from typing import Any

import pytest

from tests.support.room import Person, Room, new_id


def sorting(room: Room, cards: int = 4, **settings: Any) -> tuple[str, list[str]]:
    """(the running sort, the ids of its cards)."""
    collect, sort = room.activity("collect")["id"], str(room.activity("sort")["id"])
    if settings:
        room.send(room.organiser, "events.edit", {"activity": sort, "settings": settings})
    room.send(room.organiser, "events.start", {"activity": collect})
    ideas = [new_id() for _ in range(cards)]
    for number, idea in enumerate(ideas):
        room.send(room[number % 2], "ideas.add", {"idea": idea, "activity": collect, "text": f"Card {number}"})
    room.send(room.organiser, "events.start", {"activity": sort})
    return sort, ideas


def group(room: Room, person: Person, sort: str, title: str = "Seats", ideas: list[str] | None = None) -> str:
    """Make a group; its id."""
    made = new_id()
    room.send(person, "groups.make", {"group": made, "activity": sort, "title": title, "ideas": ideas or []})
    return made


def of(room: Room, ideas: list[str]) -> list[str | None]:
    """The groups of some cards, as the room sees them."""
    return [room.rows("ideas", room[1])[idea]["group"] for idea in ideas]


def test_sorting_uncovers_the_cards(room: Room) -> None:
    """Everybody has to see what is sorted."""
    _, ideas = sorting(room)
    assert set(ideas) == set(room.rows("ideas", room.screen))


def test_groups_by_the_facilitator(room: Room) -> None:
    """Make, rename, move in and out, merge, dissolve; the room follows each step."""
    sort, ideas = sorting(room)
    seats = group(room, room.facilitator, sort, ideas=ideas[:2])
    light = group(room, room.facilitator, sort, "Light", ideas[2:3])
    assert of(room, ideas) == [seats, seats, light, None]
    assert [row["position"] for row in room.rows("groups", room.screen).values()] == [1, 2]
    room.send(room.facilitator, "groups.rename", {"group": light, "title": "Lamps"})
    assert room.rows("groups", room[0])[light]["title"] == "Lamps"
    room.send(room.facilitator, "ideas.move", {"ideas": [ideas[3]], "group": light})
    room.send(room.facilitator, "ideas.move", {"ideas": [ideas[0]], "group": None})
    assert of(room, ideas) == [None, seats, light, light]
    room.send(room.facilitator, "groups.merge", {"group": seats, "into": light})
    assert of(room, ideas) == [None, light, light, light] and seats not in room.rows("groups", room[0])
    room.send(room.facilitator, "groups.dissolve", {"group": light})
    assert of(room, ideas) == [None] * 4 and room.rows("groups") == {}


@pytest.mark.parametrize("step", ["make", "rename", "merge", "dissolve", "move"])
def test_each_step_is_taken_back(room: Room, step: str) -> None:
    """Groups and cards are as they were."""
    sort, ideas = sorting(room)
    seats, light = group(room, room.facilitator, sort, "Seats", ideas[:2]), group(room, room.facilitator, sort, "Light", ideas[2:])
    before, command = (of(room, ideas), dict(room.rows("groups", room[0]))), new_id()
    name, words = {
        "make": ("groups.make", {"group": new_id(), "activity": sort, "title": "New", "ideas": ideas}),
        "rename": ("groups.rename", {"group": seats, "title": "New"}),
        "merge": ("groups.merge", {"group": seats, "into": light}),
        "dissolve": ("groups.dissolve", {"group": seats}),
        "move": ("ideas.move", {"ideas": ideas, "group": light}),
    }[step]
    room.send(room.facilitator, name, words, command=command)
    assert (of(room, ideas), room.rows("groups", room[0])) != before
    room.send(room.facilitator, "events.undo", {"command": command})
    assert (of(room, ideas), room.rows("groups", room[0])) == before


def test_who_may_sort(room: Room) -> None:
    """The staff always; the others where the running sort is for all, and not in a pause."""
    sort, ideas = sorting(room)
    seats, light = group(room, room.facilitator, sort), group(room, room.facilitator, sort, "Light")
    steps: list[tuple[str, dict[str, Any]]] = [
        ("groups.make", {"group": new_id(), "activity": sort, "title": "x"}), ("groups.rename", {"group": seats, "title": "x"}),
        ("groups.merge", {"group": seats, "into": light}), ("groups.dissolve", {"group": seats}), ("ideas.move", {"ideas": ideas, "group": seats}),
        ("ideas.move", {"ideas": ideas, "group": None}),
    ]  # fmt: skip
    for name, words in steps:
        room.refuse(room[0], name, words, "forbidden")
    room.send(room.organiser, "events.edit", {"activity": sort, "settings": {"by": "all"}})
    room.send(room.organiser, "events.pause", {"activity": sort})
    for name, words in steps[:-1]:
        room.refuse(room[0], name, words, "activity_closed")
    room.send(room.organiser, "events.resume", {"activity": sort})
    mine = group(room, room[0], sort, "Mine", ideas[:1])
    room.send(room[1], "groups.rename", {"group": mine, "title": "Ours"})
    room.send(room.mentor, "ideas.move", {"ideas": ideas[1:2], "group": mine})
    room.send(room[1], "ideas.move", {"ideas": ideas[:2], "group": None})
    room.send(room[0], "groups.merge", {"group": mine, "into": seats})
    room.send(room[0], "groups.dissolve", {"group": seats})
    assert room.rows("progress", room[0])[sort]["started"] == 1
    room.send(room.organiser, "events.close", {"activity": sort})
    room.refuse(room[0], "groups.rename", {"group": light, "title": "x"}, "activity_closed")
    room.refuse(room[0], "ideas.move", {"ideas": ideas, "group": None}, "forbidden")


def test_what_is_not_there(room: Room) -> None:
    """Unknown groups, cards and activities, a group merged with itself, an id that is taken."""
    sort, ideas = sorting(room)
    seats = group(room, room.facilitator, sort)
    for name, words, code in (
        ("groups.rename", {"group": new_id(), "title": "x"}, "not_found"), ("groups.dissolve", {"group": new_id()}, "not_found"),
        ("groups.merge", {"group": seats, "into": new_id()}, "not_found"), ("groups.merge", {"group": seats, "into": seats}, "invalid"),
        ("ideas.move", {"ideas": [new_id()], "group": seats}, "not_found"), ("ideas.move", {"ideas": ideas, "group": new_id()}, "not_found"),
        ("groups.make", {"group": new_id(), "activity": new_id(), "title": "x"}, "not_found"),
        ("groups.make", {"group": seats, "activity": sort, "title": "Other"}, "id_taken"),
        ("groups.make", {"group": new_id(), "activity": sort, "title": "x", "ideas": [new_id()]}, "not_found"),
        ("groups.make", {"group": new_id(), "activity": sort, "title": "x" * 61}, "invalid"),
    ):  # fmt: skip
        room.refuse(room.facilitator, name, words, code)
    before = room.gallery.seq
    room.send(room.facilitator, "groups.make", {"group": seats, "activity": sort, "title": "Seats"})
    assert room.gallery.seq == before


def test_cells_are_groups_that_are_there_from_the_start(room: Room) -> None:
    """A sort into named cells begins with them, once."""
    sort, _ = sorting(room, cells=["Now", "Never"])
    assert [row["title"] for row in room.rows("groups", room[0]).values()] == ["Now", "Never"]
    room.send(room.organiser, "events.start", {"activity": room.activity("vote")["id"]})
    room.send(room.organiser, "events.start", {"activity": sort})
    assert len(room.rows("groups")) == 2


def test_undoing_the_start_takes_the_cells_away(room: Room) -> None:
    """And the cards are covered again."""
    sort = room.activity("sort")["id"]
    collect, idea, command = room.activity("collect")["id"], new_id(), new_id()
    room.send(room.organiser, "events.edit", {"activity": sort, "settings": {"cells": ["Now", "Never"]}})
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": idea, "activity": collect, "text": "One"})
    room.send(room.organiser, "events.start", {"activity": sort}, command=command)
    room.send(room.organiser, "events.undo", {"command": command})
    assert room.rows("groups", room[0]) == {} and room.rows("ideas", room[1]) == {}


def test_what_is_voted_on_stays_as_it_is(room: Room) -> None:
    """While a vote is open no option is reworded, merged, dissolved, moved or taken apart."""
    sort, ideas = sorting(room)
    seats, light = group(room, room.facilitator, sort, "Seats", ideas[:2]), group(room, room.facilitator, sort, "Light", ideas[2:3])
    room.send(room.organiser, "events.start", {"activity": room.activity("vote")["id"]})
    assert set(room.options()) == {seats, light, ideas[3]}
    for name, words in (
        ("groups.rename", {"group": seats, "title": "x"}), ("groups.merge", {"group": seats, "into": light}), ("groups.dissolve", {"group": light}),
        ("ideas.move", {"ideas": [ideas[3]], "group": light}), ("ideas.move", {"ideas": [ideas[0]], "group": light}),
        ("ideas.edit", {"idea": ideas[3], "text": "x"}),
    ):  # fmt: skip
        room.refuse(room.facilitator, name, words, "round_closed")


def test_too_many_groups(room: Room) -> None:
    """Two hundred are enough."""
    sort, _ = sorting(room, 1)
    viewer = room.viewer(room.organiser)
    for number in range(200):
        words = {"group": new_id(), "activity": sort, "title": f"Group {number}"}
        assert room.spine.send(viewer, room.event.id, "groups.make", words, new_id())["ok"]
    room.gallery.follow()
    room.refuse(room.organiser, "groups.make", {"group": new_id(), "activity": sort, "title": "One more"}, "full")


def test_undo_is_the_facilitators(room: Room) -> None:
    """Where all sort, what the room moves is not what undo takes back: the facilitator's last step is."""
    sort, ideas = sorting(room, by="all")
    room.send(room.facilitator, "events.extend", {"activity": sort, "seconds": 60})
    offered = room.rows("activities")[sort]["undo"]
    made = group(room, room[0], sort, ideas=ideas[:1])
    room.send(room[1], "groups.rename", {"group": made, "title": "Other"})
    room.send(room[1], "ideas.move", {"ideas": ideas[1:2], "group": made})
    other = group(room, room[0], sort, "Second")
    room.send(room[0], "groups.merge", {"group": other, "into": made})
    assert room.rows("activities")[sort]["undo"] == offered
    room.send(room.facilitator, "events.undo", {"command": offered["command"]})
    assert of(room, ideas)[:2] == [made, made]
    room.send(room[0], "groups.dissolve", {"group": made})
    assert room.rows("groups") == {}
