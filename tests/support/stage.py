"""The stage of the browser tests: the real server with a signed-in organiser, workshops on it, and the devices of a room."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.served import Served, serve

SIGN_IN = re.compile(r"https?://\S+/sign-in/\S+")
PHONE = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
SMALL, TALL = (360, 640), (390, 844)
LAPTOP, SCREEN = (1440, 900), (1920, 1080)


def new_id() -> str:
    """An id as a client makes it."""
    return str(uuid.uuid4())


@dataclass
class Stage:
    """A running server and the cookies of its organiser."""

    served: Served
    organiser: Any

    @property
    def url(self) -> str:
        """The server's address."""
        return self.served.url

    def workshop(self, template: str = "ideas-and-vote", title: str = "Better mornings", opened: bool = True) -> "Workshop":
        """A new event of the organiser."""
        status, made = self.served.call("POST", "/api/events", {"template": template, "title": title, "open": opened})
        assert status == 201, made
        return Workshop(self, made["code"], made["event"], made["activities"])


@dataclass
class Workshop:
    """An event on the stage, driven by the organiser's token; what people do on their devices goes through the browser."""

    stage: Stage
    code: str
    slug: str
    activities: list[dict[str, Any]]
    bots: list[str] = field(default_factory=list)

    def act(self, name: str, **words: Any) -> dict[str, Any]:
        """A command of the organiser, which has to be accepted."""
        return self.stage.served.command(self.code, name, **words)

    def step(self, kind: str, place: int = 0) -> str:
        """The id of an activity by its type."""
        return str([one["id"] for one in self.activities if one["type"] == kind][place])

    def start(self, kind: str, place: int = 0) -> str:
        """Start an activity; its id."""
        self.act("events.start", activity=self.step(kind, place))
        return self.step(kind, place)

    def rows(self, collection: str) -> list[dict[str, Any]]:
        """The rows of a collection as the organiser sees them, by number."""
        return sorted(self.stage.served.state(self.code)[collection].values(), key=lambda row: row.get("number") or row.get("position") or 0)

    def crowd(self, names: list[str]) -> list[str]:
        """People who join by a script; their tokens."""
        self.bots += [self.stage.served.member(self.code, name) for name in names]
        return self.bots

    def says(self, bot: int, text: str, kind: str = "collect") -> str:
        """One of the crowd writes an idea; its id."""
        idea = new_id()
        self.stage.served.command(self.code, "ideas.add", self.bots[bot], idea=idea, activity=self.step(kind), text=text)
        return idea

    def votes(self, bot: int, ballot: Any) -> None:
        """One of the crowd casts a ballot in the round that is open."""
        self.stage.served.command(self.code, "voting.cast", self.bots[bot], round=self.round, ballot=ballot)

    @property
    def round(self) -> str:
        """The round of the current activity."""
        event = self.stage.served.state(self.code)["events"][self.slug]
        return str(self.stage.served.state(self.code)["activities"][event["current"]]["round"])

    @property
    def options(self) -> list[dict[str, Any]]:
        """The options of that round, by number."""
        here = self.round
        return [row for row in self.rows("options") if row["round"] == here]


@contextmanager
def raised(chromium: Browser, folder: Path, **settings: str) -> Iterator[Stage]:
    """Start a server in an empty folder and sign its organiser in by the link that it prints."""
    with serve(folder, **settings) as served:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(printed_link(served))
        page.get_by_role("button").click()
        page.wait_for_url("**/studio")
        state = context.storage_state()
        context.close()
        yield Stage(served, state)


def printed_link(served: Served) -> str:
    """The sign-in link that the server printed when it started."""
    found = SIGN_IN.search((served.folder / "server.log").read_text(encoding="utf-8"))
    assert found, "the server printed no sign-in link"
    return found[0]


@pytest.fixture(scope="session")
def stage(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One server for all browser tests of a process; every test makes events of its own on it."""
    with raised(chromium, tmp_path_factory.mktemp("stage")) as made:
        yield made


@dataclass
class Devices:
    """Opens the devices of a room, each in a browser context of its own."""

    open_page: Callable[..., Page]
    query: str = ""

    def phone(self, workshop: Workshop, name: str = "", size: tuple[int, int] = TALL, **context: Any) -> Page:
        """A phone that joined through the form; it shows what the room is at."""
        page = self.open_page(f"{workshop.stage.url}/j/{workshop.code}", *size, **PHONE, **context)
        if name:
            page.get_by_label("Your first name").fill(name)
        page.get_by_role("button", name="Join", exact=True).click()
        page.wait_for_url(f"**/s/{workshop.code}")
        if self.query:
            page.goto(f"{workshop.stage.url}/s/{workshop.code}{self.query}")
        return alive(page)

    def console(self, workshop: Workshop, size: tuple[int, int] = LAPTOP, **context: Any) -> Page:
        """The facilitator's console."""
        url = f"{workshop.stage.url}/run/{workshop.slug}{self.query}"
        page = self.open_page(url, *size, storage_state=workshop.stage.organiser, **context)
        expect(page.locator("footer.ctl")).to_be_visible()
        return page

    def projector(self, workshop: Workshop, size: tuple[int, int] = SCREEN, **context: Any) -> Page:
        """The projector, opened by the organiser's browser."""
        page = self.open_page(f"{workshop.stage.url}/screen/{workshop.slug}", *size, storage_state=workshop.stage.organiser, **context)
        if self.query:
            page.goto(f"{workshop.stage.url}/screen/{workshop.slug}{self.query}")
        expect(page.locator(".screen")).to_be_visible()
        return page


def alive(page: Page) -> Page:
    """The phone as soon as its script runs it: what the server painted looks the same and knows no socket."""
    expect(page.locator("button.me")).to_be_visible()
    return page


@pytest.fixture
def devices(open_page: Callable[..., Page]) -> Devices:
    """The devices of a room."""
    return Devices(open_page)
