"""Teams: start, join, leave, edit, place, lock, remove; nobody is in two, and the last seat is taken once."""

import threading

import pytest

from tests.support.room import Person, Room, new_id


def team_of(room: Room, person: Person, title: str = "Benches", **words: object) -> str:
    """Somebody starts a team; its id."""
    team = new_id()
    room.send(person, "teams.start", {"team": team, "title": title} | words)
    return team


def people(room: Room, team: str) -> list[str]:
    """The names in a team, as the room sees them."""
    return [member["name"] for member in room.rows("teams", room.screen)[team]["members"]]


def test_who_starts_a_team_is_in_it(room: Room) -> None:
    """A participant sits in it at once, the staff does not."""
    team = team_of(room, room[0], sentence="We sit", need="A carpenter")
    row = room.rows("teams", room[1])[team]
    assert people(room, team) == ["Ann"] and (row["sentence"], row["need"], row["min"], row["max"]) == ("We sit", "A carpenter", 3, 6)
    assert people(room, team_of(room, room.facilitator)) == []


def test_one_team_at_a_time(room: Room) -> None:
    """Joining or starting another one leaves the first; both rows follow."""
    first, second = team_of(room, room[0]), team_of(room, room[1], "Lamps")
    room.send(room[0], "teams.join", {"team": second})
    assert people(room, first) == [] and people(room, second) == ["Ben", "Ann"]
    room.send(room[0], "teams.join", {"team": second})
    third = team_of(room, room[0], "Trees")
    assert people(room, second) == ["Ben"] and people(room, third) == ["Ann"]
    room.send(room[0], "teams.leave", {"team": second})
    assert people(room, third) == ["Ann"]
    room.send(room[0], "teams.leave", {"team": third})
    room.send(room[0], "teams.leave", {"team": third})
    assert people(room, third) == []


def test_two_people_cannot_take_the_last_seat(room: Room) -> None:
    """Twenty tries at the same moment: one seat, one who sits, the others are told that it is full and stay where they were."""
    team, other = team_of(room, room[0]), team_of(room, room[1], "Lamps")
    room.send(room.organiser, "events.edit_event", {"team_min": 1, "team_max": 2})
    crowd = [room.join(f"Person {number}") for number in range(8)]
    room.send(crowd[0], "teams.join", {"team": other})
    start, answers = threading.Barrier(len(crowd)), []

    def grab(person: Person) -> None:
        viewer = room.viewer(person)
        start.wait()
        answers.append(room.spine.send(viewer, room.event.id, "teams.join", {"team": team}, new_id()))

    threads = [threading.Thread(target=grab, args=(person,)) for person in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    room.gallery.follow()
    assert sorted(answer.get("code", "ok") for answer in answers) == ["full"] * 7 + ["ok"]
    assert len(people(room, team)) == 2 and len(people(room, other)) + len(people(room, team)) in (3, 4)


def test_the_same_id_again(room: Room) -> None:
    """By who started it it is the first answer; another member, or another event, has no claim on it."""
    team = team_of(room, room[0])
    before = room.gallery.seq
    room.send(room[0], "teams.start", {"team": team, "title": "Benches"})
    assert room.gallery.seq == before
    room.refuse(room[1], "teams.start", {"team": team, "title": "Benches"}, "id_taken")
    room.refuse(room.facilitator, "teams.start", {"team": team, "title": "Other"}, "id_taken")
    staff = team_of(room, room.facilitator, "Staff")
    room.send(room.facilitator, "teams.start", {"team": staff, "title": "Staff"})


def test_editing_is_for_its_people(room: Room) -> None:
    """And for the staff."""
    team = team_of(room, room[0])
    room.send(room[0], "teams.edit", {"team": team, "title": "Better benches", "need": "Paint"})
    room.send(room.facilitator, "teams.edit", {"team": team, "sentence": "We paint"})
    row = room.rows("teams", room.screen)[team]
    assert (row["title"], row["need"], row["sentence"]) == ("Better benches", "Paint", "We paint")
    room.refuse(room[1], "teams.edit", {"team": team, "title": "Mine now"}, "forbidden")
    room.send(room[0], "teams.edit", {"team": team, "need": ""})
    assert room.rows("teams")[team]["need"] == ""


def test_the_facilitator_places(room: Room) -> None:
    """Into a team, out of all, also while they are locked; into a full one nobody; somebody who is gone neither."""
    team = team_of(room, room[0])
    room.send(room.facilitator, "teams.lock", {"locked": True})
    room.send(room.facilitator, "teams.place", {"team": team, "member": room[1].id})
    assert people(room, team) == ["Ann", "Ben"]
    room.send(room.facilitator, "teams.place", {"team": None, "member": room[0].id})
    room.send(room.facilitator, "teams.place", {"team": None, "member": room[0].id})
    assert people(room, team) == ["Ben"]
    room.send(room.organiser, "events.edit_event", {"team_min": 1, "team_max": 1})
    room.refuse(room.facilitator, "teams.place", {"team": team, "member": room[2].id}, "full")
    room.refuse(room.facilitator, "teams.place", {"team": team, "member": new_id()}, "not_found")
    room.refuse(room.facilitator, "teams.place", {"team": new_id(), "member": room[2].id}, "not_found")
    room.send(room.organiser, "events.edit_event", {"team_max": 9})
    room.refuse(room.facilitator, "teams.place", {"team": team, "member": room.waiting.id}, "not_found")
    room.send(room.facilitator, "members.remove", {"member": room[3].id})
    room.refuse(room.facilitator, "teams.place", {"team": team, "member": room[3].id}, "not_found")


def test_locked_teams(room: Room) -> None:
    """Participants move no more until they are unlocked; they may still reword their own."""
    team = team_of(room, room[0])
    room.send(room.facilitator, "teams.lock", {"locked": True})
    assert room.rows("teams", room[0])[team]["locked"] and room.rows("events", room[0])[room.event.slug]["teams_locked"]
    for name, words in (("teams.start", {"team": new_id(), "title": "x"}), ("teams.join", {"team": team}), ("teams.leave", {"team": team})):
        room.refuse(room[1], name, words, "activity_closed")
    room.send(room[0], "teams.edit", {"team": team, "title": "Still ours"})
    room.send(room.facilitator, "teams.lock", {"locked": False})
    room.send(room[1], "teams.join", {"team": team})


def test_removing_a_team(room: Room) -> None:
    """Its people are without one again."""
    team = team_of(room, room[0])
    room.send(room.facilitator, "teams.remove", {"team": team})
    assert room.rows("teams", room[0]) == {}
    for name in ("teams.join", "teams.leave"):
        room.refuse(room[0], name, {"team": team}, "not_found")
    room.refuse(room.facilitator, "teams.remove", {"team": team}, "not_found")


@pytest.mark.parametrize(("status", "code"), [("open", None), ("closed", "activity_closed")])
def test_a_team_on_a_challenge(room: Room, status: str, code: str | None) -> None:
    """On one that is closed no team starts any more."""
    challenge = new_id()
    room.send(room.organiser, "challenges.add", {"challenge": challenge, "title": "Seats"})
    room.send(room.organiser, "challenges.set_status", {"challenge": challenge, "status": status})
    words = {"team": new_id(), "title": "x", "challenge": challenge}
    if code:
        room.refuse(room[0], "teams.start", words, code)
    else:
        room.send(room[0], "teams.start", words)
        assert room.rows("teams", room[1])[words["team"]]["challenge"] == challenge
    room.refuse(room[0], "teams.start", {"team": new_id(), "title": "x", "challenge": new_id()}, "not_found")


def test_the_staff_joins_no_team(room: Room) -> None:
    """Facilitators stand beside."""
    team = team_of(room, room[0])
    room.refuse(room.facilitator, "teams.join", {"team": team}, "not_eligible")


def test_not_too_many(room: Room) -> None:
    """Three hundred teams at once; those that were removed do not count."""
    viewer = room.viewer(room.organiser)

    def start(number: int) -> dict[str, object]:
        return room.spine.send(viewer, room.event.id, "teams.start", {"team": new_id(), "title": f"Team {number}"}, new_id())

    assert all(start(number)["ok"] for number in range(300))
    room.gallery.follow()
    room.refuse(room.organiser, "teams.start", {"team": new_id(), "title": "x"}, "full")
    room.send(room.organiser, "teams.remove", {"team": next(iter(room.rows("teams")))})
    room.send(room.organiser, "teams.start", {"team": new_id(), "title": "x"})


@pytest.mark.parametrize("role", ["observer", "facilitator", "mentor"])
def test_a_role_that_sits_in_no_team(room: Room, role: str) -> None:
    """Who watches or facilitates from now on lets go of their seat; a mentor stays in the team."""
    team = team_of(room, room[0])
    room.send(room.organiser, "members.set_role", {"member": room[0].id, "role": role})
    assert people(room, team) == (["Ann"] if role == "mentor" else [])


def test_an_observer_leaves_the_team_they_were_placed_in(room: Room) -> None:
    """The staff may place anybody; leaving is one's own."""
    team = team_of(room, room.facilitator)
    room.send(room.facilitator, "teams.place", {"team": team, "member": room.observer.id})
    assert len(people(room, team)) == 1
    room.send(room.observer, "teams.leave", {"team": team})
    assert people(room, team) == []
