"""The challenge board: add or propose, edit, set the status, remove."""

import pytest

from facilitate.challenges.commands import STATUSES, THEMES
from tests.support.room import Room, new_id


def added(room: Room, by: str = "facilitator", **words: object) -> str:
    """Put a challenge on the board; its id."""
    challenge = new_id()
    person = room[0] if by == "participant" else room.facilitator
    room.send(person, "challenges.add", {"challenge": challenge, "title": "Seats"} | words)
    return challenge


def test_the_staff_adds_and_people_propose(room: Room) -> None:
    """What the staff adds stands on the board; a proposal is seen by its author and the staff until it is approved."""
    board, proposed = added(room), added(room, "participant", problem="Nobody\ncan sit", host="City", theme=THEMES[0])
    assert room.rows("challenges", room.screen)[board]["status"] == "approved"
    assert room.rows("challenges", room[0])[proposed]["status"] == "proposed"
    assert proposed in room.rows("challenges") and proposed not in room.rows("challenges", room[1])
    room.send(room.facilitator, "challenges.set_status", {"challenge": proposed, "status": "approved"})
    row = room.rows("challenges", room[1])[proposed]
    assert (row["problem"], row["host"], row["theme"], row["number"]) == ("Nobody\ncan sit", "City", THEMES[0], 2)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status(room: Room, status: str) -> None:
    """What is a draft or only proposed leaves the room's screens."""
    challenge = added(room)
    room.send(room.facilitator, "challenges.set_status", {"challenge": challenge, "status": status})
    assert (challenge in room.rows("challenges", room[1])) is (status not in ("draft", "proposed"))
    assert room.rows("challenges")[challenge]["status"] == status
    assert challenge not in room.rows("challenges", room.waiting)


def test_editing(room: Room) -> None:
    """What is given changes, null takes the theme away, the rest stays."""
    challenge = added(room, problem="Old", theme=THEMES[1])
    room.send(room.facilitator, "challenges.edit", {"challenge": challenge, "title": "Benches", "host": "City", "theme": None})
    row = room.rows("challenges", room[0])[challenge]
    assert (row["title"], row["problem"], row["host"], row["theme"]) == ("Benches", "Old", "City", None)
    room.send(room.facilitator, "challenges.edit", {"challenge": challenge, "problem": ""})
    assert room.rows("challenges", room[0])[challenge]["problem"] == ""


def test_the_same_id_again(room: Room) -> None:
    """By the same author it is the first answer, by another one it is refused."""
    challenge = added(room, "participant")
    before = room.gallery.seq
    room.send(room[0], "challenges.add", {"challenge": challenge, "title": "Other"})
    assert room.gallery.seq == before
    room.refuse(room[1], "challenges.add", {"challenge": challenge, "title": "Seats"}, "id_taken")


def test_removing(room: Room) -> None:
    """One with ideas or teams on it stays."""
    free, team, idea = added(room), added(room), added(room)
    room.send(room[0], "teams.start", {"team": new_id(), "challenge": team, "title": "One"})
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "x", "challenge": idea})
    room.send(room.facilitator, "challenges.remove", {"challenge": free})
    assert set(room.rows("challenges", room[1])) == {team, idea}
    for challenge in (team, idea):
        room.refuse(room.facilitator, "challenges.remove", {"challenge": challenge}, "full")


def test_a_proposal_that_is_removed_tells_only_who_knew(room: Room) -> None:
    """Nobody else learns that there was one (law 1 looks)."""
    proposed = added(room, "participant")
    room.send(room.facilitator, "challenges.edit", {"challenge": proposed, "title": "Better"})
    room.send(room.facilitator, "challenges.remove", {"challenge": proposed})
    assert room.rows("challenges", room[0]) == {}


def test_what_is_not_there(room: Room) -> None:
    """Unknown challenges, themes and statuses, too long titles, and more than sixty."""
    for name, words in (("challenges.edit", {"title": "x"}), ("challenges.set_status", {"status": "open"}), ("challenges.remove", {})):
        room.refuse(room.facilitator, name, {"challenge": new_id()} | words, "not_found")
    room.refuse(room[0], "challenges.add", {"challenge": new_id(), "title": "x", "theme": "astrology"}, "invalid", "theme")
    room.refuse(room[0], "challenges.add", {"challenge": new_id(), "title": "x" * 81}, "invalid", "title")
    viewer = room.viewer(room.organiser)
    for _ in range(60):
        assert room.spine.send(viewer, room.event.id, "challenges.add", {"challenge": new_id(), "title": "x"}, new_id())["ok"]
    room.gallery.follow()
    room.refuse(room.facilitator, "challenges.add", {"challenge": new_id(), "title": "x"}, "full")


def test_nobody_works_on_what_they_cannot_see_or_what_is_closed(room: Room) -> None:
    """Teams and ideas go on challenges that stand on the board, and on one's own proposal; the staff may prepare on drafts."""
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    draft, closed, mine = added(room), added(room), added(room, "participant")
    room.send(room.facilitator, "challenges.set_status", {"challenge": draft, "status": "draft"})
    room.send(room.facilitator, "challenges.set_status", {"challenge": closed, "status": "closed"})
    idea = new_id()
    room.send(room[1], "ideas.add", {"idea": idea, "activity": collect, "text": "Mine"})
    for challenge, code in ((draft, "not_found"), (mine, "not_found"), (closed, "activity_closed")):
        room.refuse(room[1], "teams.start", {"team": new_id(), "title": "We", "challenge": challenge}, code)
        room.refuse(room[1], "ideas.add", {"idea": new_id(), "activity": collect, "text": "x", "challenge": challenge}, code)
        room.refuse(room[1], "ideas.assign", {"ideas": [idea], "challenge": challenge}, code)
    room.send(room[0], "teams.start", {"team": new_id(), "title": "We", "challenge": mine})
    room.send(room.facilitator, "ideas.assign", {"ideas": [idea], "challenge": draft})
