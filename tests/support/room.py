"""A room: an event with its people, and `send`, through which every command of the tests goes (law 1 sits inside it)."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from facilitate.core import changes, registry
from facilitate.core.commands import COMMANDS
from facilitate.core.refusals import STATUS
from facilitate.core.registry import Credentials, Event, Viewer
from facilitate.core.spine import Spine
from facilitate.people.queries import digest, new_secret
from tests.support.instance import ORGANISER, OTHER
from tests.support.watch import Gallery, Watcher

Answer = dict[str, Any]


def new_id() -> str:
    """A fresh id, as a client makes it."""
    return str(uuid.uuid4())


class Person(Watcher):
    """Somebody in a room, or outside of it: a watcher with a token that may send commands."""

    def __init__(self, name: str, token: str, member: str = "") -> None:
        super().__init__(name, Credentials(token))
        self.token, self.id = token, member


NOBODY = Person("nobody", "a-token-of-nobody")


class Room:
    """An event and its people: `organiser` and `facilitator`, participants by number (`room[0]`), and those at the edges."""

    def __init__(self, app: Flask, template: str, people: int, **words: Any) -> None:
        self.app = app
        self.spine: Spine = app.extensions["facilitate"]
        self.event = self.made(ORGANISER, template, **words)
        self.gallery = Gallery(self.spine, self.event)
        self.organiser, self.stranger = Person("organiser", ORGANISER), Person("stranger", OTHER)
        self.people = [self._let_in(name) for name in NAMES[:people]]
        self.facilitator = self._let_in("Fay", "facilitator")
        self.mentor, self.observer = self._let_in("Mel", "mentor"), self._let_in("Obi", "observer")
        self.screen, self.waiting = self._screen(), self._at_the_door()
        self.elsewhere = self.made(OTHER, "consultation")
        for person in (self.organiser, self.facilitator, *self.people[:2], self.observer, self.screen, self.waiting):
            self.watch(person)

    # who is there

    def __getitem__(self, number: int) -> Person:
        return self.people[number]

    def made(self, token: str, template: str, **words: Any) -> Event:
        """A new open event of the account behind a token."""
        with self.spine.reading() as session:
            viewer = registry.ask("identify", session, Credentials(token), None)
        event = new_id()
        answer = self.spine.send(viewer, None, "events.create", {"event": event, "template": template, "open": True} | words, new_id())
        assert answer["ok"], answer
        with self.spine.reading() as session:
            return Event(event, registry.ask("slug_of", session, event))

    def watch(self, person: Person) -> Person:
        """Let somebody open a screen, which law 1 follows from here on."""
        self.gallery.add(person)
        return person

    def join(self, name: str, role: str = "participant", **words: Any) -> Person:
        """Somebody joins, and opens a screen."""
        return self.watch(self._let_in(name, role, **words))

    def _let_in(self, name: str, role: str = "participant", **words: Any) -> Person:
        secret = new_secret()
        given = {"member": new_id(), "name": name, "device": digest(secret)} | ({"role": role} if role != "participant" else {}) | words
        answer = self.act("members.join", given)
        return Person(f"{name} ({role})", secret, answer["member"])

    def _screen(self) -> Person:
        secret = new_secret()
        self.act("people.issue_token", {"token": new_id(), "kind": "screen", "hash": digest(secret), "event_id": self.event.id})
        return Person("screen", secret)

    def _at_the_door(self) -> Person:
        self.act("events.door", {"door": "admit"})
        waiting = self._let_in("Wes")
        self.act("events.door", {"door": "open"})
        return waiting

    def viewer(self, person: Person | None) -> Viewer | None:
        """Who somebody is in this event."""
        if person is None or person.name in self.gallery.watchers:
            return None if person is None else person.viewer
        with self.spine.reading() as session:
            return person.identify(session, self.event)

    def client(self, person: Person | None = None) -> FlaskClient:
        """A browser or a script over HTTP; with somebody's bearer token."""
        client = self.app.test_client()
        if person is not None:
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {person.token}"
        return client

    # what is there

    def rows(self, collection: str, person: Person | None = None) -> dict[str, Any]:
        """The rows of a collection as somebody (the organiser) follows them."""
        return (person or self.organiser).rows[collection]

    def other_rows(self, collection: str) -> dict[str, Any]:
        """The rows of a collection in the other event, as its organiser sees them."""
        with self.spine.reading() as session:
            viewer = self.stranger.identify(session, self.elsewhere)
            assert viewer is not None
            rows: dict[str, Any] = changes.state(session, viewer)["collections"][collection]
            return rows

    def activity(self, kind: str, number: int = 0) -> dict[str, Any]:
        """The first (or another) activity of a type, as the organiser sees it."""
        found = [row for row in self.rows("activities").values() if row["type"] == kind]
        return sorted(found, key=lambda row: int(row["position"]))[number]

    def round(self, number: int = -1) -> dict[str, Any]:
        """The last (or another) round, as the organiser sees it."""
        return sorted(self.rows("rounds").values(), key=lambda row: (row["opened_at"] or 0, row["run"]))[number]

    def options(self, round_id: str | None = None) -> list[str]:
        """The ids of the options of a round (the last one), by number."""
        wanted = round_id or self.round()["id"]
        return [row["id"] for row in sorted(self.rows("options").values(), key=lambda row: int(row["number"])) if row["round"] == wanted]

    # what people do

    def send(self, person: Person, name: str, words: dict[str, Any] | None = None, *, at: int | None = None, command: str | None = None) -> Answer:
        """Send a command that is accepted: nobody else may, every audience that follows sees what a reload shows."""
        given = words or {}
        self._not_for_others(name, given)
        answer = self.spine.send(self.viewer(person), self.event.id, name, given, command or new_id(), at)
        assert answer["ok"], answer
        assert answer["seq"] >= self.gallery.seq
        self.gallery.follow()
        return answer

    def act(self, name: str, words: dict[str, Any] | None = None) -> Answer:
        """Let the server itself send a command, which no door takes from anybody."""
        if "system" in COMMANDS[name].may:
            for person in (None, *self.gallery.watchers.values()):
                refused = self.spine.send(self.viewer(person), self.event.id, name, words or {}, new_id())  # type: ignore[arg-type]
                assert refused["code"] == "unknown_command", refused
        answer = self.spine.act(name, words or {}, self.event.id)
        assert answer["ok"], answer
        self.gallery.follow()
        return answer

    def beat(self) -> None:
        """Let the server do what is due now (sealing, closing what is over, deleting names)."""
        for _, wanted in registry.PERIODIC:
            with self.spine.reading() as session:
                found = list(wanted(session))
            for event, name, words in found:
                if event == self.event.id:
                    self.act(name, words)

    def refuse(self, person: Person, name: str, words: Any, code: str, *fields: str, at: int | None = None, command: str | None = None) -> Answer:
        """Send a command that is refused: with this code and these fields, in a sentence, and nothing changes."""
        answer = self.spine.send(self.viewer(person), self.event.id, name, words, command or new_id(), at)
        check_refusal(answer, code, *fields)
        self.gallery.unchanged()
        return answer

    def _not_for_others(self, name: str, words: dict[str, Any]) -> None:
        """Those whose role the command does not name are refused, and nothing changes."""
        may = COMMANDS[name].may
        others = [person for person, role in self._roles() if role not in may]
        for person in others:
            answer = self.spine.send(self.viewer(person), self.event.id, name, words, new_id())
            assert not answer["ok"] and answer["code"] in ("forbidden", "sign_in"), (person, name, answer)
        self.gallery.unchanged()

    def _roles(self) -> Iterator[tuple[Person | None, str | None]]:
        yield None, None
        for person in (getattr(self, name, None) for name in ("screen", "waiting", "stranger", "observer", "mentor", "facilitator")):
            if person is not None:
                viewer = self.viewer(person)
                yield person, viewer.role if viewer else None
        yield from ((person, viewer.role) for person in getattr(self, "people", [])[:1] if (viewer := self.viewer(person)))


NAMES = ("Ann", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gwen", "Hugo", "Ida", "Jon", "Kim", "Lea")


def check_refusal(answer: Answer, code: str, *fields: str) -> None:
    """Fail where an answer is not a refusal in plain words with this code (and these fields)."""
    assert not answer["ok"] and answer["code"] == code, answer
    assert answer["code"] in STATUS
    for sentence in (answer["sentence"], *answer.get("fields", {}).values()):
        assert sentence[0].isupper() and sentence.endswith((".", "?")) and "{" not in sentence, answer
    assert set(answer.get("fields", {})) >= set(fields), answer


@pytest.fixture
def make_room(app: Flask) -> Callable[..., Room]:
    """A function that makes a room: `make_room(template="ideas-and-vote", people=5)`."""

    def made(template: str = "ideas-and-vote", people: int = 5, **words: Any) -> Room:
        return Room(app, template, people, **words)

    return made


@pytest.fixture
def room(make_room: Callable[..., Room]) -> Room:
    """An open event of the template ideas-and-vote with five participants and everybody else who may look."""
    return make_room()
