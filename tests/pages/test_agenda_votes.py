"""Votes in the agenda designer without scripts: every method with its settings, the prices, the checkers, the roll, the preview."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest

from facilitate.core import registry
from facilitate.events.types import TYPES
from facilitate.voting import methods
from tests.support.room import Room, new_id
from tests.support.visitor import Form, Visitor

METHODS = registry.variants(methods)
OTHER = {
    "budget": 7, "cap": 2, "min": 1, "max": 4, "seats": 2, "majority": "two-thirds", "majority_of": "eligible", "quorum": 40, "money": 5000,
}  # fmt: skip
"""A value other than the usual one for every setting that methods ask for."""


def html(desk: Visitor) -> str:
    """A page as it was sent."""
    assert desk.response is not None
    return desk.response.text


def idea(room: Room, who: int, text: str) -> str:
    """An idea in the collecting step, which opens for it; its id."""
    step, made = room.activity("collect"), new_id()
    if step["status"] == "planned":
        room.send(room.organiser, "events.start", {"activity": step["id"]})
    room.send(room[who], "ideas.add", {"idea": made, "activity": step["id"], "text": text})
    return made


def edit(desk: Visitor, studio: str, vote: str) -> Form:
    """The form of a vote, as its page shows it now."""
    return desk.open(f"{studio}/agenda").form("events.edit", activity=vote)


def settings(room: Room) -> dict:
    """The settings of the vote as they are stored."""
    room.gallery.follow()
    found: dict = room.activity("vote")["settings"]
    return found


@pytest.mark.parametrize("method", METHODS)
def test_every_method_can_be_chosen_and_set(room: Room, desk: Visitor, studio: str, method: str) -> None:
    """People choose a method, which decides the shape; what it asks for takes its usual value, then the one that is written."""
    vote = room.activity("vote")["id"]
    form = edit(desk, studio, vote)
    assert method in form.choices["settings.method"]
    assert desk.send(form, settings__method=method).status == 200, desk.text
    saved = settings(room)
    assert (saved["method"], saved["shape"]) == (method, METHODS[method].SHAPE)
    asks = next(offer.asks for offer in TYPES["vote"].offers() if offer.value == method)
    assert {name: saved[name] for name in asks} == asks
    wanted = {name: OTHER[name] for name in asks if name in OTHER}
    desk.send(edit(desk, studio, vote), **{f"settings__{name}": str(value) for name, value in wanted.items()})
    assert {name: settings(room)[name] for name in wanted} == wanted


@pytest.mark.parametrize("method", METHODS)
def test_only_what_a_method_asks_for_is_shown(room: Room, desk: Visitor, studio: str, method: str) -> None:
    """The fields of other methods are hidden by the server, too."""
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": {"method": method, "shape": None}})
    page = html(desk.open(f"{studio}/agenda")).split(f'id="edit-{vote}"')[1].split("</form>")[0]
    parts = re.findall(r'<div class="only[^"]*" +data-only="([^"]*)"( hidden)?>(.*?)name="settings\.(\w+)', page, re.DOTALL)
    every = {offer.value: set(offer.asks) - {"costs"} for offer in TYPES["vote"].offers()}
    shown = {name for _, hidden, _, name in parts if not hidden and name in OTHER}
    assert shown == every[method] and {name for *_, name in parts} >= set().union(*every.values())
    assert all((method in only.split()) != bool(hidden) for only, hidden, *_ in parts)


def test_what_another_method_left_does_not_count(room: Room, desk: Visitor, studio: str) -> None:
    """A bound for approval is none for one choice, though its field was still filled in when the method changed."""
    vote = room.activity("vote")["id"]
    desk.send(edit(desk, studio, vote), settings__method="approval")
    desk.send(edit(desk, studio, vote), settings__max="4", settings__min="2")
    assert (settings(room)["min"], settings(room)["max"]) == (2, 4)
    desk.send(edit(desk, studio, vote), settings__method="plurality")
    assert (settings(room)["min"], settings(room)["max"]) == (0, 1)
    desk.send(edit(desk, studio, vote), settings__method="fist-to-five")
    assert (settings(room)["shape"], settings(room)["max"]) == ("scale", 5)
    desk.send(edit(desk, studio, vote), settings__method="consent")
    assert (settings(room)["shape"], settings(room)["max"]) == ("scale", 2)


@pytest.mark.parametrize(
    ("method", "name", "value", "says"),
    [
        ("dots", "budget", "0", "from 1 to 100"), ("stv", "seats", "none", "whole number"), ("majority", "quorum", "101", "from 0 to 100"),
        ("approval", "min", "9", "fewest choices"), ("equal-shares", "money", "0", "from 1 to"),
    ],
)  # fmt: skip
def test_a_wrong_value_says_which_field(room: Room, desk: Visitor, studio: str, method: str, name: str, value: str, says: str) -> None:
    """The form opens again with what was written, and the field says what is wrong with it."""
    vote = room.activity("vote")["id"]
    more = {"settings__max": "3"} if name == "min" else {}
    desk.send(edit(desk, studio, vote), settings__method=method, **{f"settings__{name}": value, "title": "Written in vain"} | more)
    assert desk.status == 400
    form = desk.form("events.edit", activity=vote)
    assert form.values["settings.method"] == method and form.values[f"settings.{name}"] == value and form.values["title"] == "Written in vain"
    in_view = rf'data-only="[^"]*\b{method}\b[^"]*">\s*<div class="field[^>]*>\s*<label for="edit-{vote}-settings-{name}"'
    assert re.search(in_view, html(desk))
    field = html(desk).split(f'id="edit-{vote}-settings-{name}-e"')[1].split("</p>")[0]
    assert says in field, field


def test_prices_and_checkers(room: Room, desk: Visitor, studio: str) -> None:
    """Each item that comes in has a field for its price; up to two people may recount."""
    ideas = [idea(room, number, text) for number, text in enumerate(("A pool", "A park"))]
    vote = room.activity("vote")["id"]
    desk.send(edit(desk, studio, vote), settings__method="equal-shares")
    form = edit(desk, studio, vote)
    assert {f"settings.costs.{one}" for one in ideas} <= set(form.values)
    desk.send(form, **{f"settings__costs__{ideas[0]}": "30"}, settings__checkers__0=room[0].id, settings__checkers__1=room[1].id)
    assert settings(room)["costs"] == {ideas[0]: 30} and settings(room)["checkers"] == [room[0].id, room[1].id]
    desk.send(edit(desk, studio, vote), **{f"settings__costs__{ideas[1]}": "0"})
    assert desk.status == 400 and "A price is a whole number" in desk.text
    desk.send(edit(desk, studio, vote), settings__checkers__0="")
    assert settings(room)["checkers"] == [room[1].id]


def test_the_roll(room: Room, desk: Visitor, studio: str) -> None:
    """Who votes, with what weight, by whose phone; a wrong weight keeps what was written; frozen while the vote is open."""
    vote = room.activity("vote")["id"]
    assert "Nobody is named on the roll" in desk.open(f"{studio}/agenda").text
    path = f"{studio}/roll/{vote}"
    form = desk.open(path).form("voting.roll")
    given = {f"on.{room[0].id}": "true", f"on.{room[1].id}": "true", f"weight.{room[0].id}": "3", f"holder.{room[1].id}": room[2].id}
    for name, value in given.items():
        form.values[name] = value
    desk.send(form)
    assert desk.status == 200 and desk.path == path
    room.gallery.follow()
    rights = {row["member"]: (row["weight"], row["holder"]) for row in room.rows("rights").values()}
    assert rights == {room[0].id: (3, None), room[1].id: (1, room[2].id)} and settings(room)["roll"] == "frozen"
    form = desk.form("voting.roll")
    assert (form.values[f"weight.{room[0].id}"], form.values[f"holder.{room[1].id}"]) == ("3", room[2].id)
    form.values[f"weight.{room[0].id}"] = "500"
    desk.send(form)
    assert desk.status == 400 and "A weight is a whole number from 1 to 100" in desk.text
    assert desk.form("voting.roll").values[f"weight.{room[0].id}"] == "500" and f"on.{room[2].id}" not in desk.form("voting.roll").values
    assert "2 people are on the roll" in desk.open(f"{studio}/agenda").text
    idea(room, 0, "A motion")
    room.send(room.organiser, "events.start", {"activity": vote})
    assert "The roll is frozen" in desk.open(path).text and "<fieldset class=\"bare\" disabled" in html(desk)


@pytest.mark.parametrize("method", METHODS)
def test_the_preview_of_a_method(guest: Visitor, method: str) -> None:
    """A phone with three samples, whatever half-typed settings its address has; nothing in it can be pressed."""
    for query in ("", "&roll=frozen", "&budget=6&quorum=&max=&money=1000", "&budget=x&seats=0"):
        guest.open(f"/studio/preview/vote?method={method}{query}")
        assert guest.status == 200 and "A quiet room for tests" in html(guest) and " inert" in html(guest)
        assert f'"method": "{method}"' in html(guest)
    assert guest.open("/studio/preview/vote?method=nonsense").status == 200


def test_a_preview_of_nothing(guest: Visitor) -> None:
    """Other types have no picture yet."""
    assert guest.open("/studio/preview/collect").status == 404 and guest.open("/studio/preview/nonsense").status == 404


def test_who_may_open_the_roll(room: Room, visitor: Callable[..., Visitor], studio: str) -> None:
    """The staff only."""
    path = f"{studio}/roll/{room.activity('vote')['id']}"
    assert visitor().open(path).path == "/sign-in" and visitor(room[0]).open(path).status == 403
    assert visitor(room.organiser).open(f"{studio}/roll/nothing").status == 404


FILE = "# FILE NAME: three.soc\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 5\n# NUMBER UNIQUE ORDERS: 2\n" + "".join(
    f"# ALTERNATIVE NAME {number}: {name}\n" for number, name in enumerate(("Oak", "Elm", "Ash"), start=1)
) + "3: 1,2,3\n2: 2,3,1\n"


def send_file(desk: Visitor, studio: str, vote: str, name: str, text: str) -> Visitor:
    """Choose a file in the form of a planned vote, and send it."""
    form = desk.open(f"{studio}/agenda").form("voting.import", activity=vote)
    data = {**form.values.to_dict(), "file": (BytesIO(text.encode()), name)}
    return desk._read(desk.client.post(form.action, data=data, content_type="multipart/form-data", follow_redirects=True))


def test_a_file_of_analysts_becomes_a_vote(room: Room, desk: Visitor, studio: str) -> None:
    """A planned vote takes one; what cannot be read is refused beside the field."""
    vote = room.activity("vote")["id"]
    send_file(desk, studio, vote, "three.txt", FILE)
    assert desk.status == 400 and f'id="import-{vote}-format-e"' in html(desk)
    send_file(desk, studio, vote, "three.soc", FILE)
    assert desk.status == 200, desk.text
    room.gallery.follow()
    assert settings(room)["shape"] == "ranking" and {row["title"] for row in room.rows("options").values()} == {"Oak", "Elm", "Ash"}
    assert not desk.open(f"{studio}/agenda").has("voting.import", activity=vote)


def test_what_should_be_known_before_a_vote_opens(room: Room, desk: Visitor, studio: str) -> None:
    """A secret vote of a handful is warned of at its step; nothing is said of one that may be named, or of a room in which nobody is."""
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "voting.roll", {"activity": vote, "people": [{"member": room[0].id}, {"member": room[1].id, "weight": 2}]})
    (few, rare) = room.activity("vote")["warnings"]
    desk.open(f"{studio}/agenda")
    assert few in desk.text and rare in desk.text
    desk.send(edit(desk, studio, vote), settings__secret=None)
    assert few not in desk.open(f"{studio}/agenda").text
