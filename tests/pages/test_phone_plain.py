"""The phone where scripts do not run: writing, voting in every shape, saying one is done, and one's own things, as plain forms."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.room import Room, new_id
from tests.support.visitor import Visitor


@pytest.fixture
def phone(room: Room, visitor: Callable[..., Visitor], code: str) -> Visitor:
    """The first participant's phone, as a browser that joined."""
    return visitor(room[0]).open(f"/s/{code}")


def start(room: Room, kind: str, **settings: Any) -> str:
    """Start an activity of a type; its id."""
    activity = str(room.activity(kind)["id"])
    if settings:
        room.send(room.organiser, "events.edit", {"activity": activity, "settings": settings})
    room.send(room.organiser, "events.start", {"activity": activity})
    return activity


def written(room: Room, *texts: str) -> str:
    """Ideas of the second participant in a running collect; its id."""
    activity = start(room, "collect")
    for text in texts:
        room.send(room[1], "ideas.add", {"idea": new_id(), "activity": activity, "text": text})
    return activity


def test_before_anything_runs(room: Room, phone: Visitor, code: str) -> None:
    """The lobby says who starts and who is here; the page holds the state for the script that will take over."""
    assert "Olga starts soon" in phone.text and "5 people are here" in phone.text
    boot = phone.response.text.split('id="boot">')[1].split("</script>")[0]  # type: ignore[union-attr]
    assert '"kind": "phone"' in boot and code in boot and "<" not in boot


def test_writing_and_taking_back(room: Room, phone: Visitor, code: str) -> None:
    """An idea is sent once, even if its form is sent twice; it is listed and can be taken back until the close."""
    activity = start(room, "collect")
    phone.open(f"/s/{code}")
    assert "What could we do next term" in phone.text and "without names" in phone.text
    form = phone.form("ideas.add")
    phone.send(form, text="Silent reading <b>together</b>")
    phone.send(form, text="Silent reading <b>together</b>")
    assert phone.path == f"/s/{code}" and "<b>together" in phone.text
    room.gallery.follow()
    assert [row["text"] for row in room.rows("ideas").values()] == ["Silent reading <b>together</b>"]
    phone.send(phone.form("ideas.add"), text="   ")
    assert phone.status == 400 and "Write something first" in phone.text
    phone.send(phone.form("ideas.withdraw"))
    assert "Silent reading" not in phone.text
    room.gallery.follow()
    room.send(room.organiser, "events.close", {"activity": activity})
    phone.send(form, text="Too late", command_id=new_id(), idea=new_id())
    assert phone.status == 409 and "closed before your idea arrived" in phone.text


def test_dots(room: Room, phone: Visitor, code: str) -> None:
    """Dots are numbers; too many are refused and what was typed stays."""
    written(room, "One", "Two", "Three")
    start(room, "vote")
    phone.open(f"/s/{code}")
    first, second, third = room.options()
    phone.send(phone.form("voting.cast"), **{f"ballot__{first}": 3, f"ballot__{second}": 3})
    assert phone.status == 409 and "more than your 5 dots" in phone.text
    assert phone.form("voting.cast").values[f"ballot.{first}"] == "3"
    phone.send(phone.form("voting.cast"), **{f"ballot__{first}": 3, f"ballot__{second}": 2})
    assert phone.status == 200 and "Saved" in phone.text
    assert phone.form("voting.cast").values[f"ballot.{second}"] == "2" and phone.form("voting.cast").values[f"ballot.{third}"] == "0"
    room.gallery.follow()
    assert room.rows("turnout")[room.round()["id"]]["cast"] == 1
    phone.send(phone.form("voting.cast"), **{f"ballot__{first}": 0, f"ballot__{second}": 0})
    room.gallery.follow()
    assert room.rows("turnout")[room.round()["id"]]["cast"] == 0


@pytest.mark.parametrize(("most", "picked"), [(2, 2), (1, 1)])
def test_check_boxes(room: Room, phone: Visitor, code: str, most: int, picked: int) -> None:
    """Several boxes, or one button of several; none of them takes the ballot back."""
    written(room, "One", "Two", "Three")
    start(room, "vote", shape="choices", method="approval", max=most)
    phone.open(f"/s/{code}")
    wanted = sorted(room.options()[:picked])
    phone.send(phone.form("voting.cast"), **{"ballot[]": wanted})
    assert phone.status == 200 and sorted(phone.form("voting.cast").values.getlist("ballot[]")) == wanted
    if most > 1:
        phone.send(phone.form("voting.cast"), **{"ballot[]": room.options()})
        assert phone.status == 409 and "up to 2" in phone.text
    phone.send(phone.form("voting.cast"), **{"ballot[]": None})
    assert phone.form("voting.cast").values.getlist("ballot[]") == []


def test_stances_and_an_own_statement(room: Room, phone: Visitor, code: str) -> None:
    """Agree, disagree or pass on each; a statement of one's own becomes an option at once."""
    start(room, "vote", shape="stance", method="agree-disagree-pass", add_own=True, input={"from": "none"})
    phone.open(f"/s/{code}")
    phone.send(phone.form("ideas.add"), text="Open on Sundays")
    (option,) = phone.form("voting.cast").choices
    phone.send(phone.form("voting.cast"), **{option.replace(".", "__"): "agree"})
    assert phone.status == 200 and phone.form("voting.cast").values[option] == "agree"


def test_done_and_not_done(room: Room, phone: Visitor, code: str) -> None:
    """One says that one is done, in a vote and elsewhere, and takes it back."""
    for kind, collection, settings in (("collect", "progress", {}), ("vote", "turnout", {"add_own": True})):
        activity = start(room, kind, **settings)
        phone.open(f"/s/{code}")
        for done in ("true", "false"):
            phone.send(phone.form("done", done=done))
            room.gallery.follow()
            subject = activity if kind == "collect" else room.round()["id"]
            assert room.rows(collection)[subject]["done"] == (done == "true")


def test_the_result_follows_the_reveal(room: Room, phone: Visitor, code: str) -> None:
    """Closed, then counted; the words say which."""
    written(room, "One", "Two")
    activity = start(room, "vote")
    room.send(room[0], "voting.cast", {"round": room.round()["id"], "ballot": {room.options()[1]: 2}})
    room.send(room.organiser, "events.close", {"activity": activity})
    assert "The vote is closed" in phone.open(f"/s/{code}").text
    room.send(room.organiser, "events.start", {"activity": activity})
    assert phone.open(f"/s/{code}").has("voting.cast")


def test_what_i_wrote(room: Room, phone: Visitor, visitor: Callable[..., Visitor], code: str) -> None:
    """One's ideas, kept out of publication and back; one's name, changed and deleted; one's data as a file."""
    activity = start(room, "collect")
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": activity, "text": "My own"})
    room.send(room[1], "ideas.add", {"idea": new_id(), "activity": activity, "text": "Not mine"})
    phone.open(f"/s/{code}/mine")
    assert "1 idea" in phone.text and "My own" in phone.text and "Not mine" not in phone.text
    phone.send(phone.form("ideas.publish"))
    room.gallery.follow()
    assert [row["publish"] for row in room.rows("ideas").values()] == [False, True]
    phone.send(phone.form("members.rename", "Change"), name="Anna")
    assert phone.path == f"/s/{code}/mine" and phone.form("members.rename", "Change").values["name"] == "Anna"
    phone.send(phone.form("members.delete_name"))
    assert phone.form("members.rename", "Change").values["name"] == ""
    data = phone.open(f"/s/{code}/mine.json").response
    assert data is not None and data.json is not None
    assert [idea["text"] for idea in data.json["ideas"]] == ["My own"] and data.json["member"]["name"] == ""
    assert visitor().open(f"/s/{code}/mine").path == f"/j/{code}"


def test_at_the_door_at_rest_and_at_the_end(room: Room, visitor: Callable[..., Visitor], phone: Visitor, code: str) -> None:
    """What the page says while one waits, rests, or is finished."""
    assert "You are at the door" in visitor(room.waiting).open(f"/s/{code}").text
    room.send(room.organiser, "events.rest", {"until": 1_900_000_000_000})
    assert "This event rests" in phone.open(f"/s/{code}").text and "2030" in phone.text
    room.send(room.organiser, "events.end", {})
    assert "has ended" in phone.open(f"/s/{code}").text and phone.open(f"/s/{code}/mine").status == 200
    phone.send(phone.form("members.delete_name"))
    assert not phone.has("members.rename") and not phone.has("members.delete_name")
    room.gallery.follow()
    assert room.rows("members")[room[0].id]["name"] == ""
