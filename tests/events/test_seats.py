"""Seats: a list of names, generated ones, one live device a seat; free, rename, merge, remove; printed cards."""

from typing import Any

import pytest

from facilitate.people.queries import digest, new_secret, token
from tests.support.room import Person, Room, new_id


def listed(room: Room, *names: str) -> list[str]:
    """Add seats; their ids."""
    seats = [{"seat": new_id(), "name": name} for name in names]
    room.send(room.organiser, "seats.add", {"seats": seats})
    return [seat["seat"] for seat in seats]


def test_a_list_of_seats(room: Room) -> None:
    """From then on joining takes a seat, whose name the member bears; a seat holds one."""
    blue, red = listed(room, "Blue", "Red")
    assert room.rows("events", room[0])[room.event.slug]["seating"] == "list"
    person = room.join("ignored", seat=blue)
    assert room.rows("members")[person.id]["name"] == "Blue" and room.rows("members", person)[person.id]["seat"] == blue
    for words, code in (({"seat": blue}, "full"), ({"seat": new_id()}, "not_found"), ({}, "invalid")):
        given = {"member": new_id(), "device": digest(new_secret())} | words
        assert room.spine.act("members.join", given, room.event.id)["code"] == code
    assert room.rows("seats")[red]["status"] == "free"


def test_generated_seats_go_on_counting(room: Room) -> None:
    """Blue 1, Blue 2, and the next ones after them; names that are there are left out."""
    listed(room, "Blue 2")
    room.send(room.organiser, "seats.generate", {"prefix": "Blue", "count": 2})
    room.send(room.organiser, "seats.generate", {"prefix": "Blue", "count": 1})
    names = [row["name"] for row in room.rows("seats").values() if row["listed"]]
    assert sorted(names) == ["Blue 1", "Blue 2", "Blue 3", "Blue 4"]


def test_a_freed_seat_is_the_same_member_again(room: Room) -> None:
    """A dead battery, a lost cookie: the old phone is let go, the new one is the same person with everything they wrote."""
    [blue] = listed(room, "Blue")
    first = room.join("", seat=blue)
    collect, idea = room.activity("collect")["id"], new_id()
    room.send(room.organiser, "events.start", {"activity": collect})
    room.send(first, "ideas.add", {"idea": idea, "activity": collect, "text": "Mine"})
    room.send(room.facilitator, "seats.free", {"seat": blue})
    assert room.viewer(first) is None and room.rows("seats")[blue]["status"] == "free"
    people = room.rows("events")[room.event.slug]["people"]
    second = room.join("", seat=blue)
    assert second.id == first.id and room.rows("ideas", second)[idea]["mine"]
    assert room.rows("events")[room.event.slug]["people"] == people


def test_a_renamed_seat_renames_who_sits_on_it(room: Room) -> None:
    """The name of the seat is the name of its member."""
    blue, red = listed(room, "Blue", "Red")
    person = room.join("", seat=blue)
    room.send(room.facilitator, "seats.rename", {"seat": blue, "name": "Ocean"})
    assert room.rows("members", person)[person.id]["name"] == "Ocean"
    room.send(room.facilitator, "seats.rename", {"seat": red, "name": "Rust"})
    assert room.rows("seats")[red]["name"] == "Rust"


def test_removing_a_seat(room: Room) -> None:
    """A free one goes, one that is taken is freed first; one that is gone is not found."""
    blue, red = listed(room, "Blue", "Red")
    room.join("", seat=blue)
    room.refuse(room.facilitator, "seats.remove", {"seat": blue}, "full")
    room.send(room.facilitator, "seats.remove", {"seat": red})
    for name, words in (("seats.remove", {}), ("seats.free", {}), ("seats.rename", {"name": "x"}), ("seats.card", {"hash": "x"})):
        room.refuse(room.facilitator, name, {"seat": red} | words, "not_found")
    assert room.spine.act("members.join", {"member": new_id(), "device": "x", "seat": red}, room.event.id)["code"] == "not_found"


def mergeable(room: Room) -> tuple[Person, Person, str, str]:
    """Two members with a seat each, who both wrote, voted, are done, and of whom the first is in a team."""
    blue, red = listed(room, "Blue", "Red")
    one, other = room.join("", seat=blue), room.join("", seat=red)
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    for person in (one, other):
        room.send(person, "ideas.add", {"idea": new_id(), "activity": collect, "text": "Mine"})
        room.send(person, "events.done", {"activity": collect, "done": True})
    room.send(one, "teams.start", {"team": new_id(), "title": "One"})
    return one, other, blue, red


@pytest.mark.parametrize("voters", [(0,), (1,), (0, 1)])
def test_two_seats_that_were_one_person(room: Room, voters: tuple[int, ...]) -> None:
    """Ideas and team go to the second, a second ballot is dropped, nothing counts twice, the first phone is let go."""
    *people, blue, red = mergeable(room)
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": room.activity("vote")["id"]})
    round_, options = room.round()["id"], room.options()
    for number in voters:
        room.send(people[number], "voting.cast", {"round": round_, "ballot": {options[number]: 1}})
        room.send(people[number], "voting.done", {"round": round_, "done": True})
    room.send(room.facilitator, "seats.merge", {"seat": blue, "into": red})
    turnout = room.rows("turnout", room[0])[round_]
    assert (turnout["cast"], turnout["done"]) == (1, 1)
    assert room.rows("progress", room[0])[collect] == {"id": collect, "started": 1, "done": 1}
    assert sum(row.get("mine", False) for row in room.rows("ideas", people[1]).values()) == 2
    assert room.rows("teams")[next(iter(room.rows("teams")))]["members"][0]["id"] == people[1].id
    assert room.viewer(people[0]) is None and room.rows("members")[people[0].id]["status"] == "left"
    assert room.rows("seats")[blue]["status"] == "removed" and room.rows("seats")[red]["member"] == people[1].id


def test_merging_keeps_the_team_of_who_stays(room: Room) -> None:
    """Where both are in a team, the second one's holds."""
    _, other, blue, red = mergeable(room)
    room.send(other, "teams.start", {"team": new_id(), "title": "Other"})
    room.send(room.facilitator, "seats.merge", {"seat": blue, "into": red})
    assert {team["title"]: len(team["members"]) for team in room.rows("teams").values()} == {"One": 0, "Other": 1}


@pytest.mark.parametrize("sits", [0, 1, None])
def test_merging_with_an_empty_seat(room: Room, sits: int | None) -> None:
    """Who sits on one of them sits on the second afterwards."""
    for _ in range(3):  # the order of ids must not matter
        seats = listed(room, "Blue", "Red")
        person = room.join("", seat=seats[sits]) if sits is not None else None
        room.send(room.facilitator, "seats.merge", {"seat": seats[0], "into": seats[1]})
        row: dict[str, Any] = room.rows("seats")[seats[1]]
        assert (row["member"], row["status"]) == ((person.id, "taken") if person else (None, "free"))
        assert person is None or room.rows("members", person)[person.id]["seat"] == seats[1]


def test_a_seat_is_not_merged_with_itself(room: Room) -> None:
    """Nor with one that is not there."""
    [blue] = listed(room, "Blue")
    room.refuse(room.facilitator, "seats.merge", {"seat": blue, "into": blue}, "invalid")
    room.refuse(room.facilitator, "seats.merge", {"seat": blue, "into": new_id()}, "not_found")


def test_a_card_of_a_seat(room: Room) -> None:
    """A new card ends the one before."""
    [blue] = listed(room, "Blue")
    first, second = new_secret(), new_secret()
    room.send(room.facilitator, "seats.card", {"seat": blue, "hash": digest(first)})
    room.send(room.facilitator, "seats.card", {"seat": blue, "hash": digest(second)})
    with room.spine.reading() as session:
        assert token(session, first, "card") is None
        found = token(session, second, "card")
        assert found is not None and found.seat_id == blue


def test_lists_that_do_not_fit(room: Room) -> None:
    """Each seat has an id and a name; an id that is taken and more than 5,000 seats are refused as a whole."""
    [blue] = listed(room, "Blue")
    before = len(room.rows("seats"))
    for seats in ({}, "Blue", [1], [{"seat": new_id()}], [{"seat": "x", "name": "y"}], [{"seat": new_id(), "name": ""}]):
        room.refuse(room.organiser, "seats.add", {"seats": seats}, "invalid")
    room.refuse(room.organiser, "seats.add", {"seats": [{"seat": new_id(), "name": "New"}, {"seat": blue, "name": "Blue"}]}, "id_taken")
    twice = {"seat": new_id(), "name": "Twice"}
    room.refuse(room.organiser, "seats.add", {"seats": [twice, twice]}, "id_taken")
    for _ in range(4):
        assert room.spine.send(room.viewer(room.organiser), room.event.id, "seats.generate", {"prefix": "Row", "count": 1000}, new_id())["ok"]
    room.gallery.follow()
    room.refuse(room.organiser, "seats.generate", {"prefix": "Row", "count": 1000}, "full")
    assert len(room.rows("seats")) == before + 4000


def test_a_seat_that_is_freed_and_removed(room: Room) -> None:
    """Who sat on it is not in any more, is counted nowhere, and what they cast in an open round is void."""
    [blue] = listed(room, "Blue")
    one = room.join("", seat=blue)
    before = room.rows("events")[room.event.slug]["people"]
    room.send(room.facilitator, "seats.free", {"seat": blue})
    room.send(room.facilitator, "seats.remove", {"seat": blue})
    assert room.rows("members")[one.id]["status"] == "removed"
    assert room.rows("events")[room.event.slug]["people"] == before - 1
    assert room.viewer(Person("one", one.token, one.id)) is None


def linked(room: Room, person: Person) -> str:
    """Somebody makes a personal link; its secret."""
    secret = new_secret()
    room.send(person, "members.link", {"member": person.id, "hash": digest(secret)})
    return secret


def lives(room: Room, secret: str) -> bool:
    """Whether a personal link still opens anything."""
    with room.spine.reading() as session:
        return token(session, secret, "link") is not None


def test_a_freed_seat_lets_go_of_the_personal_link(room: Room) -> None:
    """Who made a link before the seat was freed cannot take it from whoever sits on it now; nor one made meanwhile."""
    [blue] = listed(room, "Blue")
    first = room.join("", seat=blue)
    link = linked(room, first)
    room.send(room.facilitator, "seats.free", {"seat": blue})
    assert not lives(room, link)
    between = new_secret()
    room.send(room.facilitator, "members.link", {"member": first.id, "hash": digest(between)})
    room.join("", seat=blue)
    assert not lives(room, between)


def test_a_deleted_name_is_on_no_seat(room: Room) -> None:
    """Also where the seat and its name came from a list."""
    blue, _ = listed(room, "Eleni", "Red")
    person = room.join("", seat=blue)
    room.send(person, "members.delete_name", {"member": person.id})
    assert room.rows("members")[person.id]["name"] == "" and room.rows("seats")[blue]["name"] == ""


def test_the_seat_of_a_facilitator_is_not_merged(room: Room) -> None:
    """Neither into another one nor as the one that stays: somebody would go with it, or get into it."""
    blue, red = listed(room, "Blue", "Red")
    one = room.join("", seat=blue)
    room.join("", seat=red)
    room.send(room.organiser, "members.set_role", {"member": one.id, "role": "facilitator"})
    for words in ({"seat": blue, "into": red}, {"seat": red, "into": blue}):
        room.refuse(room.facilitator, "seats.merge", words, "forbidden")
    assert room.rows("members")[one.id]["status"] == "in"
