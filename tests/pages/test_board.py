"""The board of challenges and teams without scripts."""

from tests.support.room import Room
from tests.support.visitor import Visitor


def test_challenges(room: Room, desk: Visitor, studio: str) -> None:
    """Add, edit, approve a proposal, close, remove."""
    desk.open(f"{studio}/challenges")
    assert "0 challenges, 0 teams" in desk.text
    desk.send(desk.form("challenges.add"), title="Quiet rooms", problem="Noise everywhere", host="Class 7b", theme="digital-skills")
    assert "1 challenge, 0 teams" in desk.text and "Set by Class 7b" in desk.text and "Digital skills" in desk.text
    desk.send(desk.form("challenges.edit"), title="Quiet corners", theme="")
    assert "Quiet corners" in desk.text
    room.gallery.follow()
    (one,) = room.rows("challenges").values()
    assert one["theme"] is None
    room.send(room[0], "challenges.add", {"challenge": "0b8f7c1e-6a52-4c39-9d0e-1f2a3b4c5d6e", "title": "A plan of ours"})
    desk.open(f"{studio}/challenges")
    desk.send(desk.form("challenges.set_status", "Approve"))
    desk.send(desk.form("challenges.set_status", challenge=one["id"]), status="closed")
    assert not desk.has("teams.start", challenge=one["id"])
    desk.send(desk.form("challenges.remove", challenge=one["id"]))
    room.gallery.follow()
    assert [(row["title"], row["status"]) for row in room.rows("challenges").values()] == [("A plan of ours", "approved")]


def test_teams(room: Room, desk: Visitor, studio: str) -> None:
    """Start, place people, edit, take out, lock, remove."""
    desk.open(f"{studio}/challenges")
    desk.send(desk.form("challenges.add"), title="Quiet rooms")
    desk.send(desk.form("teams.start"), title="Lesson Label", sentence="A label", need="design")
    assert "2 more to start" not in desk.text and "3 more to start" in desk.text and "needs design" in desk.text
    assert "5 people need a team" in desk.text
    room.gallery.follow()
    (team,) = room.rows("teams").values()
    desk.send(desk.form("teams.place", "Place", member=room[0].id), team=team["id"])
    assert "4 people need a team" in desk.text and "1 of 6" in desk.text
    desk.send(desk.form("teams.edit"), title="Label", need="")
    desk.send(desk.form("teams.lock"))
    assert "Unlock teams" in desk.form("teams.lock").buttons
    desk.send(desk.form("teams.place", "Take out"))
    assert "5 people need a team" in desk.text
    desk.send(desk.form("teams.remove"))
    room.gallery.follow()
    assert not room.rows("teams") and room.rows("events")[room.event.slug]["teams_locked"]


def test_a_refused_team_keeps_what_was_written(desk: Visitor, studio: str) -> None:
    """The form of that challenge opens again with the words in it."""
    desk.open(f"{studio}/challenges")
    desk.send(desk.form("challenges.add"), title="Quiet rooms")
    desk.send(desk.form("teams.start"), title="", sentence="A label on every lesson")
    assert desk.status == 400 and "Write something first" in desk.text
    assert desk.form("teams.start").values["sentence"] == "A label on every lesson"
