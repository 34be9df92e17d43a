"""Page forms become words: numbers, lists, switches, moments and nested settings, as fields and hidden hints say."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from facilitate.core.forms import moment, words_of
from facilitate.core.look import initials
from facilitate.core.pages import local_path
from tests.support.room import Room


@pytest.mark.parametrize(
    ("command", "fields", "words"),
    [
        ("events.edit", {"minutes": "12", "title": "12", "question": ""}, {"minutes": 12, "title": "12", "question": ""}),
        ("events.edit", {"minutes": "", "settings.budget": "5", "settings.frame": "12"}, {"minutes": None, "settings": {"budget": 5, "frame": 12}}),
        ("events.edit", {"settings.frame": "12", "texts": "settings.frame"}, {"settings": {"frame": "12"}}),
        ("events.edit", {"switches": "settings.secret settings.add_own", "settings.secret": "true"}, {"settings": {"secret": True, "add_own": False}}),
        ("events.edit", {"settings.cells": "Now\r\n\r\n Later ", "lines": "settings.cells"}, {"settings": {"cells": ["Now", "Later"]}}),
        ("events.edit", {"settings.input.from": "previous", "settings.input.top": "3"}, {"settings": {"input": {"from": "previous", "top": 3}}}),
        ("events.edit", {"settings.max": ""}, {"settings": {"max": None}}),
        ("events.rest", {"moments": "until", "until": "2026-11-23T09:30", "offset": "-60"}, {"until": 1_795_422_600_000}),
        ("events.rest", {"moments": "until", "until": ""}, {"until": None}),
        ("voting.cast", {"lists": "ballot", "ballot[]": ["a", "b"]}, {"ballot": ["a", "b"]}),
        ("voting.cast", {"lists": "ballot"}, {"ballot": []}),
        ("voting.cast", {"objects": "ballot"}, {"ballot": {}}),
        ("voting.cast", {"objects": "ballot", "ballot.a": "2"}, {"ballot": {"a": 2}}),
        ("teams.place", {"team": "", "member": "x"}, {"team": None, "member": "x"}),
        ("members.rename", {"member": "x", "name": ""}, {"member": "x", "name": ""}),
        ("members.hide_name", {"member": "x", "hidden": "true"}, {"member": "x", "hidden": True}),
        ("events.screen", {"switches": "blank"}, {"blank": False}),
        ("events.done", {"activity": "x", "done": "false", "csrf_token": "y", "next": "/"}, {"activity": "x", "done": False}),
    ],
)
def test_words(command: str, fields: dict[str, Any], words: dict[str, Any]) -> None:
    """Each kind of field, and nothing that the command does not know."""
    form = MultiDict([(name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])])
    assert words_of(command, form) == words


@pytest.mark.parametrize(
    ("text", "offset", "ms"),
    [
        ("2026-11-23T09:30", "0", 1_795_426_200_000),
        ("2026-11-23T09:30", "-60", 1_795_422_600_000),
        ("", "", None),
        ("soon", "", "soon"),
        ("2026-11-23T09:30", "x", "2026-11-23T09:30"),
    ],
)
def test_moments(text: str, offset: str, ms: Any) -> None:
    """Local time with the reader's offset; what is no time stays a text that the command refuses."""
    assert moment(text, offset) == ms


@pytest.mark.parametrize(
    ("name", "number", "shown"), [("Ada", 1, "Ad"), ("σοφία", 1, "Σο"), ("é", 1, "É"), ("", 7, "7"), (None, 7, "7"), ("J B", 1, "J"), ("🙂", 3, "3")]
)
def test_initials(name: str | None, number: int, shown: str) -> None:
    """Two letters in any script, else the number; the same as the screens show."""
    assert initials(name, number) == shown


def test_a_way_back_with_line_ends_leads_to_the_front_page(room: Room) -> None:
    """No header can be written with it, and nothing fails."""
    for wanted in ("/x\r\nSet-Cookie: a=b", "/\n", "/x\x00", "/a\tb", "//evil.example", "/\\evil.example"):
        with room.app.test_request_context():
            assert local_path(wanted) == "/"
    assert local_path("/studio/x?y=1") == "/studio/x?y=1"
