"""Joining by the form, without scripts: by code, with a seat, by a card, on another device, and every way in which it fails."""

from collections.abc import Callable

import pytest

from tests.support.instance import Clock
from tests.support.room import Person, Room, new_id
from tests.support.visitor import Visitor


def test_a_code_opens_the_room(room: Room, guest: Visitor, code: str) -> None:
    """From the start page: code, name, room; a second time leads to the same seat."""
    guest.open("/")
    guest.send(guest.form("/j/"), code=f"{code[:3]} {code[3:]}")
    assert guest.path == f"/j/{code}" and "5 people are already here" in guest.text
    assert "CC BY 4.0" in guest.text and "30 days after the end" in guest.text
    guest.send(guest.form(f"/j/{code}"), name="  Eleni ")
    assert guest.path == f"/s/{code}" and guest.status == 200
    room.gallery.follow()
    assert guest.open(f"/j/{code}").path == f"/s/{code}"
    room.gallery.follow()
    assert len([row for row in room.rows("members").values() if row["name"] == "Eleni"]) == 1


def test_the_code_may_be_typed_into_the_form_itself(guest: Visitor, code: str) -> None:
    """The empty join form takes code and name in one go."""
    guest.open("/j/")
    guest.send(guest.form("/j/"), code=code, name="Eleni")
    assert guest.path == f"/s/{code}"


@pytest.mark.parametrize("typed", ["000000", "12", "", "abc def"])
def test_a_wrong_code_loses_nothing(guest: Visitor, typed: str) -> None:
    """The form comes back with the sentence, the code and the name."""
    guest.open("/j/")
    guest.send(guest.form("/j/"), code=typed, name="Eleni")
    assert guest.status == 404 and "That code is not open right now" in guest.text
    assert guest.form("/j/").values["name"] == "Eleni"
    assert guest.form("/j/").values["code"] == typed


def test_a_name_that_is_too_long_comes_back(guest: Visitor, code: str) -> None:
    """A refused form keeps what was written and says what is wrong, at the field."""
    guest.open(f"/j/{code}")
    guest.send(guest.form(f"/j/{code}"), name="x" * 41)
    assert guest.status == 400 and "At most 40 fit" in guest.text
    assert guest.form(f"/j/{code}").values["name"] == "x" * 41
    assert 'aria-invalid="true"' in guest.response.text  # type: ignore[union-attr]


def test_every_closed_door_says_why(room: Room, guest: Visitor, desk: Visitor, studio: str, code: str) -> None:
    """Closed doors, a resting event, an ended one, a code that was replaced."""
    room.send(room.organiser, "events.close_doors", {})
    guest.open(f"/j/{code}")
    guest.send(guest.form(f"/j/{code}"), name="Eleni")
    assert guest.status == 403 and "The doors are closed" in guest.text and guest.form(f"/j/{code}").values["name"] == "Eleni"
    room.send(room.organiser, "events.rest", {})
    assert guest.open(f"/j/{code}").status == 425
    room.send(room.organiser, "events.wake", {})
    room.send(room.organiser, "events.new_code", {})
    assert guest.open(f"/j/{code}").status == 404 and "The code has changed. Look at the screen." in guest.text
    fresh = room.rows("events")[room.event.slug]["code"]
    room.send(room.organiser, "events.end", {})
    for old in (code, fresh):
        assert guest.open(f"/j/{old}").status == 410 and "has ended" in guest.text


def test_scripts_ask_which_room_a_code_opens(guest: Visitor, code: str) -> None:
    """JSON for those who ask for it, also where nothing is open."""
    answer = guest.open(f"/j/{code}", Accept="application/json").response
    assert answer is not None and answer.json is not None and answer.json["here"] == 5 and answer.json["licence"] == "CC-BY-4.0"
    wrong = guest.open("/j/000000", Accept="application/json").response
    assert wrong is not None and wrong.json is not None and wrong.json["code"] == "unknown_event" and wrong.status_code == 404


def test_a_seat_from_the_list(room: Room, guest: Visitor, visitor: Callable[..., Visitor], code: str) -> None:
    """Where the event has a list one chooses a seat; nobody else gets the same one."""
    room.send(room.organiser, "seats.add", {"seats": [{"seat": new_id(), "name": "Ada"}, {"seat": new_id(), "name": "Bob"}]})
    guest.open(f"/j/{code}")
    form = guest.form(f"/j/{code}")
    assert len(form.choices["seat"]) == 3 and "name" not in form.values
    guest.send(form)
    assert guest.status == 400 and "Choose your seat" in guest.text
    guest.send(guest.form(f"/j/{code}"), seat=form.choices["seat"][1])
    assert guest.path == f"/s/{code}"
    other = visitor().open(f"/j/{code}")
    other.send(other.form(f"/j/{code}"), seat=form.choices["seat"][1])
    assert other.status == 409 and "Somebody has just taken this seat" in other.text


def test_no_form_without_its_token(guest: Visitor, code: str) -> None:
    """A foreign page cannot join for somebody; the answer says what to do."""
    guest.open(f"/j/{code}")
    guest.send(guest.form(f"/j/{code}"), csrf_token=None, name="Eve")
    assert guest.status == 403 and "open for too long" in guest.text


def test_a_personal_link_takes_the_seat_along(guest: Visitor, visitor: Callable[..., Visitor], code: str) -> None:
    """Opening the link changes nothing; its one button moves the seat, once."""
    guest.open(f"/j/{code}")
    guest.send(guest.form(f"/j/{code}"), name="Eleni")
    guest.open(f"/s/{code}/mine")
    guest.send(guest.form(f"/s/{code}/link"))
    assert "<svg" in guest.response.text  # type: ignore[union-attr]
    link = next(part for part in guest.response.text.split('"') if "/d/" in part)  # type: ignore[union-attr]
    path = "/d/" + link.split("/d/")[1]
    phone = visitor().open(path)
    assert guest.open(f"/s/{code}").path == f"/s/{code}"
    phone.send(phone.form(path))
    assert phone.path == f"/s/{code}" and phone.open(f"/s/{code}/mine").form("members.rename", "Change").values["name"] == "Eleni"
    assert guest.open(f"/s/{code}").path == f"/j/{code}"
    late = visitor().open(path)
    assert late.status == 404 and "no longer valid" in late.text


def test_larger_text_is_painted_by_the_server(room: Room, code: str) -> None:
    """The cookie of the display choices reaches the page; what it may not say is left out."""
    client = room.client()
    client.set_cookie("display", "text.large_motion.less_theme.pink_evil")
    page = client.get(f"/j/{code}").text
    assert 'data-text="large"' in page and 'data-motion="less"' in page and "pink" not in page


def test_a_join_whose_answer_was_lost(room: Room, code: str) -> None:
    """The same form sent again, by a browser that never got its cookie, is the same person; another form is another one."""
    first, again = Visitor(room.client()), Visitor(room.client())
    first.open(f"/j/{code}")
    form, before = first.form(f"/j/{code}"), len(room.rows("members"))
    first.send(form, name="Eleni")
    room.gallery.follow()
    again.open(f"/j/{code}")
    again.send(again.form(f"/j/{code}"), name="Eleni", command_id=form.values["command_id"])
    room.gallery.follow()
    assert again.path == f"/s/{code}" and again.status == 200
    assert len(room.rows("members")) == before + 1 and len([row for row in room.rows("seats").values() if row["name"] == "Eleni"]) == 1
    assert first.open(f"/s/{code}").path == f"/j/{code}"
    first.send(first.form(f"/j/{code}"), name="Eleni")
    room.gallery.follow()
    assert len(room.rows("members")) == before + 2


def test_a_script_whose_answer_was_lost(room: Room, clock: Clock) -> None:
    """With the same key it is the same member, with a token that works; not after ten minutes, and not under another role."""
    path, key = f"/api/events/{room.event.slug}/members", {"Idempotency-Key": new_id()}
    one, two = (room.client().post(path, json={"name": "Robot"}, headers=key).get_json() for _ in range(2))
    room.gallery.follow()
    assert one["member"] == two["member"] and one["token"] != two["token"]
    assert room.client(Person("robot", two["token"])).get(f"/api/events/{room.event.slug}/state").status_code == 200
    assert room.client(room.organiser).post(path, json={"role": "facilitator"}, headers=key).status_code == 409
    seat = room.rows("members")[one["member"]]["seat"]
    room.send(room.facilitator, "seats.free", {"seat": seat})
    assert room.client().post(path, json={"name": "Robot"}, headers=key).status_code == 409
    key = {"Idempotency-Key": new_id()}
    assert room.client().post(path, json={}, headers=key).status_code == 201
    clock.pass_(601)
    assert room.client().post(path, json={"name": "Robot"}, headers=key).status_code == 409
    assert room.client().post(path, json={}, headers={"Idempotency-Key": "1"}).status_code == 400
