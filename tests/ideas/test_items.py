"""What goes from one activity into the next: all, heads, the top of a vote, picked ones, challenges, nothing."""

from typing import Any

from tests.support.instance import Clock
from tests.support.room import Room, new_id


def cards(room: Room, texts: int = 4) -> list[str]:
    """Run the collect of a room; the ids of its cards."""
    collect, ideas = room.activity("collect")["id"], [new_id() for _ in range(texts)]
    room.send(room.organiser, "events.start", {"activity": collect})
    for number, idea in enumerate(ideas):
        room.send(room[number % 2], "ideas.add", {"idea": idea, "activity": collect, "text": f"Card {number}"})
    return ideas


def vote(room: Room, **source: Any) -> list[str]:
    """Start the vote of a room with an input; its options."""
    activity = room.activity("vote")["id"]
    room.send(room.organiser, "events.edit", {"activity": activity, "settings": {"input": source}})
    room.send(room.organiser, "events.start", {"activity": activity})
    return room.options()


def grouped(room: Room, ideas: list[str]) -> str:
    """Sort the first two cards into a group; its id."""
    sort, group = room.activity("sort")["id"], new_id()
    room.send(room.organiser, "events.start", {"activity": sort})
    room.send(room.organiser, "groups.make", {"group": group, "activity": sort, "title": "Seats", "ideas": ideas[:2]})
    return group


def test_everything_of_the_activity_before(room: Room) -> None:
    """Groups, and beside them the cards that are in none; an empty group is no option, a hidden card neither."""
    ideas = cards(room)
    group = grouped(room, ideas)
    room.send(room.organiser, "groups.make", {"group": new_id(), "activity": room.activity("sort")["id"], "title": "Empty"})
    room.send(room.organiser, "ideas.hide", {"idea": ideas[3]})
    assert set(vote(room, **{"from": "previous"})) == {group, ideas[2]}
    texts = {row["id"]: row["text"] for row in room.rows("options").values()}
    assert texts[group] == "Card 0\nCard 1"


def test_only_group_heads(room: Room) -> None:
    """Cards in no group stay behind."""
    ideas = cards(room)
    room.send(room.organiser, "events.close", {"activity": room.activity("vote")["id"]})
    group = grouped(room, ideas)
    assert vote(room, **{"from": "previous", "take": "heads"}) == [group]


def test_picked_ones(room: Room) -> None:
    """Those and no others, in the order of their numbers."""
    ideas = cards(room)
    assert vote(room, **{"from": room.activity("collect")["id"], "take": "picked", "picked": [ideas[2], ideas[0], new_id()]}) == [ideas[0], ideas[2]]


def test_an_activity_by_its_id(room: Room) -> None:
    """Not the one before, but the one that is named."""
    ideas = cards(room)
    grouped(room, ideas)
    assert set(vote(room, **{"from": room.activity("collect")["id"]})) == set(ideas)


def test_nothing_comes_in(room: Room) -> None:
    """A vote that starts from nothing has no options."""
    cards(room)
    room.send(room.organiser, "events.edit", {"activity": room.activity("vote")["id"], "settings": {"add_own": True}})
    assert vote(room, **{"from": "none"}) == []


def test_what_is_skipped_is_not_the_activity_before(room: Room) -> None:
    """The nearest one that was not left out counts."""
    ideas = cards(room)
    room.send(room.organiser, "events.skip", {"activity": room.activity("sort")["id"]})
    assert set(vote(room, **{"from": "previous"})) == set(ideas)


def test_challenges_are_voted_on(room: Room) -> None:
    """Those that are approved or open."""
    ids = {}
    for status in ("draft", "proposed", "approved", "open", "closed"):
        ids[status] = new_id()
        room.send(room.organiser, "challenges.add", {"challenge": ids[status], "title": status, "theme": "digital-skills"})
        room.send(room.organiser, "challenges.set_status", {"challenge": ids[status], "status": status})
    assert set(vote(room, **{"from": "challenges"})) == {ids["approved"], ids["open"]}
    assert {row["theme"] for row in room.rows("options", room.screen).values()} == {"digital-skills"}


def test_the_top_of_a_vote_goes_on(room: Room, clock: Clock) -> None:
    """The first ones and whatever ties with the last of them; an edit of the running activity does not lose them."""
    ideas = cards(room)
    vote(room, **{"from": room.activity("collect")["id"]})
    round_ = room.round()["id"]
    for person, dots in zip(room.people, ({ideas[0]: 3, ideas[1]: 1}, {ideas[0]: 1, ideas[2]: 1}, {ideas[3]: 3}), strict=False):
        room.send(person, "voting.cast", {"round": round_, "ballot": dots})
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    clock.pass_(3)
    room.beat()
    sort = new_id()
    settings = {"input": {"from": "previous", "take": "top", "top": 3}}
    room.send(room.organiser, "events.add", {"activity": sort, "type": "sort", "title": "Effort", "settings": settings, "after": room.activity("vote")["id"]})
    room.send(room.organiser, "events.start", {"activity": sort})
    assert set(room.rows("activities", room[0])[sort]["settings"]["items"]) == set(ideas)
    room.send(room.organiser, "events.edit", {"activity": sort, "settings": {"at_end": "close"}})
    assert set(room.rows("activities", room[0])[sort]["settings"]["items"]) == set(ideas)
    again = new_id()
    settings = {"input": {"from": "previous", "take": "top", "top": 1}, "shape": "choices"}
    room.send(room.organiser, "events.move", {"activity": sort, "after": None})
    room.send(room.organiser, "events.add", {"activity": again, "type": "vote", "title": "Final", "settings": settings, "after": room.activity("vote")["id"]})
    room.send(room.organiser, "events.start", {"activity": again})
    assert room.options() == [ideas[0]]


def test_an_undone_start_forgets_its_items(room: Room) -> None:
    """Started again, it takes what is there then."""
    cards(room, 2)
    command = new_id()
    activity = room.activity("vote")["id"]
    room.send(room.organiser, "events.start", {"activity": activity}, command=command)
    assert len(room.options()) == 2
    room.send(room.organiser, "events.undo", {"command": command})
    assert room.rows("options", room[0]) == {} and room.rows("rounds", room[0]) == {}
    room.send(room.organiser, "events.reopen", {"activity": room.activity("collect")["id"]})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": room.activity("collect")["id"], "text": "One more"})
    room.send(room.organiser, "events.start", {"activity": activity})
    assert len(room.options()) == 3 and room.round()["run"] == 1
