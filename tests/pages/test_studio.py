"""The studio without scripts: making an event, its agenda, its people and seats, its settings, its end."""

from collections.abc import Callable

import pytest

from tests.support.instance import ORGANISER
from tests.support.room import Room, new_id
from tests.support.visitor import Visitor

PAGES = ("agenda", "challenges", "people", "results", "export", "settings", "delete")


@pytest.mark.parametrize("page", PAGES)
def test_who_may_open_a_page(room: Room, visitor: Callable[..., Visitor], studio: str, page: str) -> None:
    """The staff; a guest signs in first, another organiser and a participant are told no."""
    assert visitor(room.organiser).open(f"{studio}/{page}").status == 200
    guest = visitor().open(f"{studio}/{page}")
    assert guest.path == "/sign-in" and guest.form("/sign-in").values["next"] == f"{studio}/{page}"
    assert visitor(room.stranger).open(f"{studio}/{page}").status == 403
    assert visitor(room[0]).open(f"{studio}/{page}").status == 403
    assert visitor(room.organiser).open(f"/studio/nothing-here/{page}").status == 404


def test_a_new_event_from_a_template(room: Room, desk: Visitor) -> None:
    """Templates show their minutes and steps; the new event opens at its agenda."""
    desk.open("/studio")
    assert "Lightning Decision Jam" in desk.text and "50 min" in desk.text and "Effort and impact" in desk.text
    form = desk.form("events.create")
    desk.send(form, template="consultation", title="What should stay open?", starts_at="2027-03-01T09:30", offset="-60")
    assert desk.path.startswith("/studio/what-should-stay-open-") and desk.path.endswith("/agenda")
    assert "1 March 2027" in desk.text and "Statements" in desk.text and "As long as the template" in desk.text
    made = desk.path
    assert desk.send(form, template="consultation", title="What should stay open?", starts_at="2027-03-01T09:30", offset="-60").path == made
    assert desk.open("/studio").text.count("What should stay open?") == 2  # the heading, and the button's words for readers


def test_a_refused_event_keeps_what_was_written(desk: Visitor) -> None:
    """The sentence says what is wrong, and the fields stand as they were."""
    desk.open("/studio")
    desk.send(desk.form("events.create"), template="consultation", title="x" * 90)
    assert desk.status == 400 and "At most 80 fit" in desk.text
    assert desk.form("events.create").values["title"] == "x" * 90 and desk.form("events.create").values["template"] == "consultation"


def titles(room: Room) -> list[str]:
    """The agenda as the organiser follows it."""
    room.gallery.follow()
    return [row["title"] for row in sorted(room.rows("activities").values(), key=lambda row: int(row["position"]))]


def test_the_agenda_is_designed(room: Room, desk: Visitor, studio: str) -> None:
    """Add, move, skip, remove; the total is told against the template's."""
    desk.open(f"{studio}/agenda")
    assert titles(room) == ["Ideas", "Group", "Vote", "Teams"] and "30 minutes" in desk.text
    first = room.activity("collect")["id"]
    desk.send(desk.form("events.add"), type="present", title="Welcome", minutes="7", after="")
    assert titles(room)[0] == "Welcome" and "7 minutes more" in desk.text
    desk.send(desk.form("events.move", activity=first, after=""))
    assert titles(room)[:2] == ["Ideas", "Welcome"]
    desk.send(desk.form("events.move", activity=first, after=room.activity("present")["id"]))
    assert titles(room)[:2] == ["Welcome", "Ideas"]
    desk.send(desk.form("events.skip", activity=room.activity("sort")["id"]))
    assert "1 minute less" in desk.text and room.activity("sort")["status"] == "planned"
    room.gallery.follow()
    assert room.activity("sort")["status"] == "skipped"
    desk.send(desk.form("events.remove", activity=first))
    assert titles(room) == ["Welcome", "Group", "Vote", "Teams"]


def test_settings_of_every_type(room: Room, desk: Visitor, studio: str) -> None:
    """Each type's settings are fields; saving them unchanged changes nothing, saving others sets them."""
    before = {row["id"]: row["settings"] for row in room.rows("activities").values()}
    for activity in before:
        desk.open(f"{studio}/agenda")
        desk.send(desk.form("events.edit", activity=activity))
        assert desk.status == 200, desk.text
    room.gallery.follow()
    assert {row["id"]: row["settings"] for row in room.rows("activities").values()} == before
    vote, sort, present = (str(room.activity(kind)["id"]) for kind in ("vote", "sort", "present"))
    wanted = {"settings.method": "approval", "settings.max": "2", "settings.secret": None, "settings.input.take": "heads", "settings.results": "live"}
    desk.send(desk.form("events.edit", activity=vote), **{name.replace(".", "__"): value for name, value in wanted.items()})
    desk.send(desk.form("events.edit", activity=sort), settings__cells="Now\nLater", question="12")
    desk.send(desk.form("events.edit", activity=present), settings__show="break", settings__back_at="2027-01-15T10:30", offset="0")
    room.gallery.follow()
    saved = room.rows("activities")[vote]["settings"]
    assert (saved["shape"], saved["method"], saved["max"], saved["secret"], saved["results"]) == ("choices", "approval", 2, False, "live")
    assert saved["input"]["take"] == "heads" and saved["staff_totals"] is True
    assert room.rows("activities")[sort]["settings"]["cells"] == ["Now", "Later"] and room.rows("activities")[sort]["question"] == "12"
    assert room.rows("activities")[present]["settings"]["back_at"] == 1_800_009_000_000


def test_a_refused_setting_opens_its_form_again(room: Room, desk: Visitor, studio: str) -> None:
    """The promise to those who write stands; the form says so with what was chosen."""
    collect = room.activity("collect")["id"]
    room.send(room.organiser, "events.start", {"activity": collect})
    desk.open(f"{studio}/agenda")
    desk.send(desk.form("events.edit", activity=collect), settings__visibility="live", title="Ideas, live")
    assert desk.status == 409 and "People were already told" in desk.text
    form = desk.form("events.edit", activity=collect)
    assert form.values["settings.visibility"] == "live" and form.values["title"] == "Ideas, live"


def test_people(room: Room, desk: Visitor, studio: str) -> None:
    """Admit, rename, hide a name, change a role, remove."""
    desk.open(f"{studio}/people/{room.waiting.id}")
    desk.send(desk.form("members.admit"))
    desk.open(f"{studio}/people/{room[0].id}")
    desk.send(desk.form("members.rename"), name="Ann K.")
    assert desk.path == f"{studio}/people/{room[0].id}" and "Ann K." in desk.text
    desk.send(desk.form("members.hide_name"))
    desk.send(desk.form("members.set_role"), role="facilitator")
    room.gallery.follow()
    row = room.rows("members")[room[0].id]
    assert (row["name"], row["name_hidden"], row["role"]) == ("Ann K.", True, "facilitator")
    desk.open(f"{studio}/people/{room[1].id}")
    desk.send(desk.form("members.remove"))
    room.gallery.follow()
    assert room.rows("members")[room[1].id]["status"] == "removed" and room.rows("members")[room.waiting.id]["status"] == "in"
    assert not desk.open(f"{studio}/people/{next(iter(room.rows('members')))}").has("members.remove")


def test_seats(room: Room, desk: Visitor, studio: str, code: str, visitor: Callable[..., Visitor]) -> None:
    """A list of names, generated ones, rename, merge, free, remove; printed cards that open a seat."""
    desk.open(f"{studio}/people")
    desk.send(desk.form("seats.add"), names="Ada\n\n  Bob  \nCy")
    desk.send(desk.form("seats.generate"), prefix="Blue", count="2")
    room.gallery.follow()
    seats = {row["name"]: row["id"] for row in room.rows("seats").values() if row["listed"]}
    assert list(seats) == ["Ada", "Bob", "Cy", "Blue 1", "Blue 2"] and room.rows("events")[room.event.slug]["seating"] == "list"
    desk.open(f"{studio}/people/{seats['Cy']}")
    desk.send(desk.form("seats.rename"), name="Cyrus")
    desk.send(desk.form("seats.merge"), into=seats["Bob"])
    desk.open(f"{studio}/people/{seats['Blue 2']}")
    desk.send(desk.form("seats.remove"))
    desk.send(desk.form("/cards"))
    assert desk.status == 200 and "3 cards" in desk.text and desk.response.text.count("<svg") >= 3  # type: ignore[union-attr]
    phone = visitor().open(f"/j/{code}")
    phone.send(phone.form(f"/j/{code}"), seat=seats["Ada"])
    desk.open(f"{studio}/people/{seats['Ada']}")
    desk.send(desk.form("seats.free"))
    room.gallery.follow()
    assert room.rows("seats")[seats["Ada"]]["status"] == "free"
    assert phone.open(f"/s/{code}").path == f"/j/{code}"


def test_a_printed_card_opens_its_seat(
    room: Room, desk: Visitor, studio: str, code: str, visitor: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card's address shows one button; pressing it is sitting down."""
    secrets = iter(["card-one", "phone"])
    monkeypatch.setattr("facilitate.events.views.studio.new_secret", lambda: next(secrets))
    room.send(room.organiser, "seats.add", {"seats": [{"seat": new_id(), "name": "Ada"}]})
    desk.open(f"{studio}/people")
    desk.send(desk.form("/cards"))
    phone = visitor().open("/c/card-one")
    assert "Take this seat" in phone.form("/c/card-one").buttons
    phone.send(phone.form("/c/card-one"))
    assert phone.path == f"/s/{code}" and phone.status == 200
    again = visitor().open("/c/card-one")
    again.send(again.form("/c/card-one"))
    assert again.status == 409 and "Somebody has just taken this seat" in again.text


def test_settings(room: Room, desk: Visitor, studio: str) -> None:
    """Title, doors, seats, team sizes, a new code, rest and wake."""
    desk.open(f"{studio}/settings")
    desk.send(desk.form("events.edit_event", "Save", licence="CC-BY-4.0"), title="Better mornings", place="Library", licence="CC0-1.0", starts_at="")
    assert desk.form("events.edit_event", licence="CC0-1.0").values["place"] == "Library"
    desk.send(desk.form("events.door"), door="admit")
    desk.send(desk.form("events.edit_event", team_min="3"), team_min="9")
    assert desk.status == 400 and "cannot be larger" in desk.text
    before = room.rows("events")[room.event.slug]["code"]
    desk.send(desk.form("events.new_code"))
    desk.send(desk.form("events.rest"), until="2030-01-01T10:00", offset="0")
    assert "The event rests until" in desk.text and "1 January 2030" in desk.text
    desk.send(desk.form("events.wake"))
    room.gallery.follow()
    row = room.rows("events")[room.event.slug]
    assert (row["title"], row["door"], row["licence"], row["status"]) == ("Better mornings", "admit", "CC0-1.0", "open") and row["code"] != before


def test_the_link_of_a_projector(room: Room, desk: Visitor, studio: str, visitor: Callable[..., Visitor]) -> None:
    """It is shown once; on the room's machine one button makes a projector that sees what the room sees."""
    desk.open(f"{studio}/settings")
    desk.send(desk.form("/projector"))
    link = desk.response.text.split('id="screen-link" readonly value="')[1].split('"')[0]  # type: ignore[union-attr]
    path = "/screen/" + link.split("/screen/")[1]
    machine = visitor().open(path)
    machine.send(machine.form(path))
    assert machine.path == f"/screen/{room.event.slug}" and machine.status == 200
    assert '"screen": true' in machine.response.text and '"staff": false' in machine.response.text  # type: ignore[union-attr]
    assert "?k=" not in desk.open(f"{studio}/settings").response.text  # type: ignore[union-attr]


def test_a_personal_link_for_somebody(room: Room, desk: Visitor, studio: str, code: str, visitor: Callable[..., Visitor]) -> None:
    """The staff makes a link for a phone that died."""
    desk.open(f"{studio}/people/{room[2].id}")
    desk.send(desk.form("/link"))
    path = "/d/" + desk.response.text.split("/d/")[1].split('"')[0]  # type: ignore[union-attr]
    phone = visitor().open(path)
    phone.send(phone.form(path))
    assert phone.path == f"/s/{code}"


def test_the_end_and_the_deletion(room: Room, desk: Visitor, studio: str) -> None:
    """Ending says when names go; deleting asks once more, and then nothing is left."""
    desk.open(f"{studio}/settings")
    desk.send(desk.form("events.end"))
    assert "Names are deleted on" in desk.text and not desk.has("events.end")
    desk.open(f"{studio}/delete")
    assert "cannot be undone" in desk.text
    desk.send(desk.form("events.delete"))
    assert desk.path == "/studio" and room.event.slug not in desk.response.text  # type: ignore[union-attr]
    assert desk.open(f"{studio}/agenda").status == 404


def test_a_facilitator_runs_but_does_not_delete(room: Room, visitor: Callable[..., Visitor], studio: str) -> None:
    """Another account as facilitator sees no way to delete the event, and the gate refuses it."""
    desk = visitor(room.organiser).open(f"{studio}/delete")
    form = desk.form("events.delete")
    assert room.client(room.stranger).post(form.action, data=form.values).status_code == 403


def test_a_form_of_nobody(room: Room, studio: str, visitor: Callable[..., Visitor]) -> None:
    """Without its token, with an unknown command, or with a foreign way back a form does no harm."""
    desk = visitor(room.organiser).open(f"{studio}/settings")
    form = desk.form("events.door")
    desk.send(form, csrf_token="x", door="closed")
    assert desk.status == 403
    assert desk.send(form, door="closed", next="https://evil.example/").path == "/"
    form.action = form.action.replace("events.door", "events.nonsense")
    assert desk.send(form).status == 404
    form.action = form.action.replace("events.nonsense", "members.join")
    assert desk.send(form, member=new_id(), device=ORGANISER).status in (400, 404)


@pytest.mark.parametrize("path", ["people/zzz", "export/zzz"])
def test_what_is_not_there_is_not_found(desk: Visitor, studio: str, path: str) -> None:
    """A person or a record that the event does not have is a 404, not the page of another one."""
    assert desk.open(f"{studio}/{path}").status == 404
