"""A room: an event with its people, and `send`, through which every command of the tests goes (law 1 sits inside it)."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
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
from facilitate.voting.queries import elsewhere
from tests.support.instance import ORGANISER, OTHER, working
from tests.support.until import until
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


@dataclass
class Plan:
    """Who is in a room that was set up: the event, another organiser's event, and the people with their tokens."""

    event: Event
    elsewhere: Event
    people: dict[str, tuple[str, str]]


class Room:
    """An event and its people: `organiser` and `facilitator`, participants by number (`room[0]`), and those at the edges."""

    def __init__(self, app: Flask, plan: Plan) -> None:
        self.app = app
        self.spine: Spine = app.extensions["facilitate"]
        self.event, self.elsewhere = plan.event, plan.elsewhere
        self.gallery = Gallery(self.spine, self.event)
        self.organiser, self.stranger = Person("organiser", ORGANISER), Person("stranger", OTHER)
        there = {name: Person(name, *who) for name, who in plan.people.items()}
        self.facilitator, self.mentor, self.observer, self.screen, self.waiting = (there.pop(name) for name in EDGES)
        self.people = list(there.values())
        self.gallery.add(self.organiser, *self.people[:2], self.screen, self.waiting)

    # who is there

    def __getitem__(self, number: int) -> Person:
        return self.people[number]

    def made(self, token: str, template: str, **words: Any) -> Event:
        """A new open event of the account behind a token."""
        return made(self.spine, token, template, **words)

    def watch(self, person: Person) -> Person:
        """Let somebody open a screen, which law 1 follows from here on."""
        self.gallery.add(person)
        return person

    def join(self, name: str, role: str = "participant", **words: Any) -> Person:
        """Somebody joins, and opens a screen."""
        secret = new_secret()
        member = self.act("members.join", joining(name, role, secret) | words)["member"]
        return self.watch(Person(f"{name} ({role} {member[:4]})", secret, member))

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
        """Let the server do what is due now (sealing, closing what is over, deleting names), and what follows from that."""
        self._beat()
        if elsewhere.is_under_way():
            until(lambda: not elsewhere.is_under_way(), "the count in a process of its own")
            self._beat()

    def _beat(self) -> None:
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
        for person in (self.screen, self.waiting, self.stranger, self.observer, self.mentor, self.facilitator, *self.people[:1]):
            viewer = self.viewer(person)
            yield person, viewer.role if viewer else None


EDGES = ("Fay (facilitator)", "Mel (mentor)", "Obi (observer)", "screen", "Wes (waiting)")
NAMES = ("Ann", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gwen", "Hugo", "Ida", "Jon", "Kim", "Lea")


def check_refusal(answer: Answer, code: str, *fields: str) -> None:
    """Fail where an answer is not a refusal in plain words with this code (and these fields)."""
    assert not answer["ok"] and answer["code"] == code, answer
    assert answer["code"] in STATUS
    for sentence in (answer["sentence"], *answer.get("fields", {}).values()):
        assert sentence[0].isupper() and sentence.endswith((".", "?")) and "{" not in sentence, answer
    assert set(answer.get("fields", {})) >= set(fields), answer


def made(spine: Spine, token: str, template: str, **words: Any) -> Event:
    """A new open event of the account behind a token."""
    with spine.reading() as session:
        viewer = registry.ask("identify", session, Credentials(token), None)
    event = new_id()
    answer = spine.send(viewer, None, "events.create", {"event": event, "template": template, "open": True} | words, new_id())
    assert answer["ok"], answer
    with spine.reading() as session:
        return Event(event, registry.ask("slug_of", session, event))


def joining(name: str, role: str, secret: str) -> dict[str, Any]:
    """The words with which somebody joins."""
    return {"member": new_id(), "name": name, "device": digest(secret)} | ({"role": role} if role != "participant" else {})


def set_up(spine: Spine, template: str, people: int) -> Plan:
    """An event with its people."""
    event, there = made(spine, ORGANISER, template), dict[str, tuple[str, str]]()

    def let_in(name: str, role: str = "participant", shown: str = "") -> None:
        secret = new_secret()
        there[shown or name] = (secret, spine.act("members.join", joining(name, role, secret), event.id)["member"])

    for name in NAMES[:people]:
        let_in(name)
    for role, name in (("facilitator", "Fay"), ("mentor", "Mel"), ("observer", "Obi")):
        let_in(name, role, f"{name} ({role})")
    there["screen"] = (new_secret(), "")
    spine.act("people.issue_token", {"token": new_id(), "kind": "screen", "hash": digest(there["screen"][0]), "event_id": event.id})
    spine.act("events.door", {"door": "admit"}, event.id)
    let_in("Wes", shown="Wes (waiting)")
    spine.act("events.door", {"door": "open"}, event.id)
    return Plan(event, made(spine, OTHER, "consultation"), there)


@pytest.fixture(scope="session")
def plans(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], tuple[Path, Plan]]:
    """A function that gives the folder of an instance with a room that is set up, once per run, and who is in it."""

    @cache
    def plan(template: str, people: int) -> tuple[Path, Plan]:
        folder = shutil.copytree(blank, tmp_path_factory.mktemp("plan") / "instance")
        with working(folder) as app:
            found = set_up(app.extensions["facilitate"], template, people)
        return folder, found

    return plan


@pytest.fixture
def make_room(plans: Callable[[str, int], tuple[Path, Plan]], tmp_path: Path) -> Iterator[Callable[..., Room]]:
    """A function that makes a room in an instance of its own: `make_room(template="ideas-and-vote", people=5, **settings)`."""
    with ExitStack() as stack:

        def made(template: str = "ideas-and-vote", people: int = 5, **settings: Any) -> Room:
            source, plan = plans(template, people)
            folder = shutil.copytree(source, tmp_path / new_id())
            return Room(stack.enter_context(working(folder, **settings)), plan)

        yield made


@pytest.fixture
def room(make_room: Callable[..., Room]) -> Room:
    """An open event of the template ideas-and-vote with five participants and everybody else who may look."""
    return make_room()
