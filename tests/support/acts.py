"""What people do on the screens, as the browser tests do it: every act ends when the screen itself says that it is done."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error, Locator, Page, Response, WebSocket, expect


def write(phone: Page, text: str) -> Locator:
    """Write an idea and send it; its note as soon as the server has it."""
    phone.get_by_label("Your idea", exact=True).fill(text)
    phone.get_by_role("button", name="Send idea").click()
    note = phone.locator(".note.mine", has_text=text)
    expect(note.locator(".st.ok")).to_contain_text("Received")
    return note


def card(phone: Page, title: str) -> Locator:
    """The card of an option on a ballot."""
    return phone.locator(".opt", has_text=title)


def dot(phone: Page, title: str, times: int = 1) -> None:
    """Place dots on an option; ends when the server has them."""
    for _ in range(times):
        card(phone, title).get_by_role("button", name="Add a dot").click()
    expect(card(phone, title).locator(".st.ok")).to_have_text("Saved")


def press(console: Page, name: str | re.Pattern[str]) -> None:
    """Press a button in the bar of the console."""
    console.locator("footer.ctl").get_by_role("button", name=name).click()


def go_on(console: Page, title: str) -> None:
    """Start the next step, which has this title."""
    press(console, re.compile(f"Start {title}|Skip to next"))
    expect(console.locator("nav.ag li[aria-current=step]")).to_contain_text(title)


def reveal(console: Page) -> None:
    """Close and reveal; ends when the server has done it (after a vote it waits for the last ballots)."""
    press(console, re.compile("^(Close and reveal|Reveal)"))
    expect(console.get_by_role("button", name=re.compile("Undo “(Close and reveal|Reveal)"))).to_be_visible()


def group(console: Page, title: str, *cards: str) -> None:
    """Select cards on the console and give them a name."""
    for text in cards:
        console.locator(".sort-loose").get_by_label(text).check()
    console.get_by_label("Name of the group").fill(title)
    console.get_by_role("button", name="Group as").click()
    expect(console.locator(".sort-group", has=console.get_by_role("heading", name=title))).to_be_visible()


@dataclass
class Heard:
    """Everything that a page is told: bodies of answers, and what comes through its sockets. Attach it before the page opens."""

    page: Page
    said: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self._answer)
        self.page.on("websocket", self._socket)

    def _answer(self, answer: Response) -> None:
        self.answers.append(answer)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: self.said.append(data if isinstance(data, str) else data.decode("utf-8", "replace")))

    def everything(self) -> str:
        """All of it so far, with what the page shows and keeps; call it before the page is left, which forgets the bodies."""
        for answer in self.answers:
            try:
                self.said.append(answer.body().decode("utf-8", "replace"))
            except Error:
                continue  # a redirect has no body; a long poll that is still open has none yet
        self.answers.clear()
        return "\n".join([*self.said, self.page.content(), self.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")])


def fetched(page: Page, path: str, **headers: Any) -> str:
    """What the server answers to a request that the page itself makes."""
    return str(page.evaluate("([path, headers]) => fetch(path, {headers}).then(answer => answer.text())", [path, headers]))
