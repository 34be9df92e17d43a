"""A workshop on the real server with real phones in it, for the tests of what participants see."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.served import Served, serve

Open = Callable[..., Page]
BEHIND = 3000
"""Milliseconds after which a phone, too, knows that a moment has passed: its server time is behind by as long as its page took to load."""


class Workshop:
    """One open event: what the facilitator does is a command over HTTP, what participants do happens in their browsers."""

    def __init__(self, served: Served, agenda: list[dict[str, Any]]) -> None:
        """Make an open event with these activities: {type, settings?, title?, question?, minutes?}."""
        self.served = served
        status, made = served.call(
            "POST", "/api/events", {"template": "ideas-and-vote", "title": "Digital education: from challenge to prototype", "open": True}
        )
        assert status == 201, made
        self.code, self.slug = made["code"], made["event"]
        for activity in made["activities"]:
            self.do("events.remove", activity=activity["id"])
        self.steps: list[str] = []
        for block in agenda:
            activity = str(uuid.uuid4())
            words = {"title": block["type"].title(), "settings": {}, "after": self.steps[-1] if self.steps else None, **block}
            self.do("events.add", activity=activity, **words)
            self.steps.append(activity)

    def do(self, name: str, token: str | None = None, **words: Any) -> dict[str, Any]:
        """A command, which has to be accepted; by the organiser unless another token is given."""
        return self.served.command(self.code, name, token, **words)

    def rows(self, collection: str) -> list[dict[str, Any]]:
        """The rows of a collection as the organiser sees them."""
        return list(self.served.state(self.code)[collection].values())

    def ideas(self, texts: list[str], activity: str, name: str = "Marek") -> str:
        """Let a participant without a browser put up ideas; their token."""
        token = self.served.member(self.code, name)
        for text in texts:
            self.do("ideas.add", token, idea=str(uuid.uuid4()), activity=activity, text=text)
        return token

    def join(self, open_page: Open, name: str = "Eleni", query: str = "", **context: Any) -> Page:
        """A phone that joined by the code, as people do, and shows the room."""
        page = open_page(f"{self.served.url}/j/{self.code}", **context)
        page.get_by_label("first name").fill(name)
        page.locator(".dock button[type=submit], form button[type=submit]").last.click()
        page.wait_for_url(f"**/s/{self.code}*")
        if query:
            page.goto(f"{self.served.url}/s/{self.code}?{query}")
        expect(page.locator("button.me")).to_be_visible()  # the script has taken over from the server's first picture
        return page


@contextmanager
def hall(folder: Path) -> Iterator[Callable[[list[dict[str, Any]]], Workshop]]:
    """A server for the tests of one file; a function that makes workshops on it."""
    with serve(folder, rate_limits="off") as served:
        yield lambda agenda: Workshop(served, agenda)


def write(page: Page, text: str) -> None:
    """Type an idea into the composer and send it with Enter."""
    field = page.locator(".comp textarea")
    field.fill(text)
    field.press("Enter")


def note(page: Page, text: str) -> Any:
    """The note that shows an own idea."""
    return page.locator(".note.mine", has_text=text)


def eventually(holds: Callable[[], bool], page: Page, what: str, tries: int = 150) -> None:
    """Wait up to fifteen seconds until something holds; the page goes on meanwhile."""
    for _ in range(tries):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {what}")


def said(page: Page, text: str) -> None:
    """Expect that a live region of the page says a sentence, or has said it since the page was loaded."""
    eventually(lambda: any(text in one for one in page.evaluate("window.saidAloud")), page, f"the page says {text!r}")
