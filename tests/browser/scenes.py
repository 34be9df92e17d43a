"""The scenes of the room that `make shots` photographs: each brings phone, console and projector into their states."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from tests.support.acts import card, write
from tests.support.stage import Devices, Stage, Workshop, new_id
from tests.support.until import until

if TYPE_CHECKING:
    from tests.browser.shots import Camera

Scene = Callable[["Camera", Stage, Devices], None]
TITLE = "Digital education: from challenge to prototype"
PEOPLE = ["Anna", "Marek", "Eleni", "Ingrid", "João", "Zoë", "Νίκος", "Katarzyna", "Liam", "Siân", "Björn", "Дарина"]
IDEAS = [
    "A one-minute accessibility statement on every resource, written by the teacher",
    "One “send to my platform” button, built on the standards we already have",
    "A footprint label: what one lesson costs in data and power",
    "Teachers review teachers: two reviews earn you one",
    "Ask a neighbour country: advisers on call",
    "Paid student testers with disabilities",
    "Let each class own one plant and one problem of the building",
    "Peer feedback with two questions only",
    "Subtitles on every video",
    "A repair café for laptops",
]
SCENES: dict[str, Scene] = {}


def scene(function: Scene) -> Scene:
    """Register a scene under the name of its function."""
    SCENES[function.__name__] = function
    return function


def room(stage: Stage, template: str = "ideas-and-vote", people: int = len(PEOPLE)) -> Workshop:
    """An open workshop with people in it."""
    workshop = stage.workshop(template, TITLE)
    workshop.crowd(PEOPLE[:people])
    return workshop


def collected(stage: Stage) -> Workshop:
    """A workshop in which everybody writes."""
    workshop = room(stage)
    workshop.act("events.edit", activity=workshop.step("collect"), question="How might we make every shared lesson usable with a screen reader?")
    workshop.act("events.edit", activity=workshop.step("vote"), question="Which ideas should we prototype this afternoon?")
    workshop.start("collect")
    for number, text in enumerate(IDEAS):
        workshop.says(number, text)
    return workshop


class Room:
    """The three screens of a workshop under the camera."""

    def __init__(self, camera: Camera, devices: Devices, workshop: Workshop) -> None:
        self.camera, self.workshop = camera, workshop
        self.ended = False
        self.phone = devices.phone(workshop, "Eleni")
        self.console, self.projector = devices.console(workshop), devices.projector(workshop)

    def shoot(self, state: str, *screens: str) -> None:
        """Photograph all three, or those that are named."""
        for family in screens or ("phone", "console", "projector"):
            page: Page = getattr(self, family)
            self.camera.shoot(page, family, state, None if self.ended else self.workshop)


@scene
def lobby(camera: Camera, stage: Stage, devices: Devices) -> None:
    """Before the first step."""
    Room(camera, devices, room(stage)).shoot("01-lobby")


def refused(phone: Page, workshop: Workshop, activity: str) -> None:
    """Close the step while the phone is away and writes: the note that comes back refused."""
    phone.context.set_offline(True)
    workshop.act("events.close", activity=activity)
    phone.get_by_label("Your idea", exact=True).fill("Lend every family a headset for the weekend, and ask them on Monday")
    phone.get_by_role("button", name="Send idea").click()
    expect(phone.locator("header.bar")).to_contain_text("Reconnecting")
    phone.context.set_offline(False)
    expect(phone.locator(".note.refused .st.bad")).to_be_visible(timeout=20_000)


@scene
def collect(camera: Camera, stage: Stage, devices: Devices) -> None:
    """Writing: empty, written, without a network, refused, paused, the last minute, closed, revealed, one card large."""
    workshop = collected(stage)
    all_three = Room(camera, devices, workshop)
    phone, activity = all_three.phone, workshop.step("collect")
    all_three.shoot("02-ideas-empty", "phone")
    write(phone, "Alt text suggested in the author’s own language, never published unread")
    phone.get_by_label("Your idea", exact=True).fill("Borrow the library’s tactile-graphics printer")
    all_three.shoot("03-ideas")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send idea").click()
    expect(phone.locator("header.bar")).to_contain_text("Reconnecting")
    all_three.shoot("04-ideas-offline", "phone")
    phone.context.set_offline(False)
    expect(phone.locator(".note.mine .st.ok")).to_have_count(2)
    workshop.act("events.pause", activity=activity)
    all_three.shoot("05-ideas-paused")
    workshop.act("events.resume", activity=activity)
    workshop.act("events.extend", activity=activity, seconds=-550)
    all_three.shoot("06-ideas-last-minute")
    refused(phone, workshop, activity)
    all_three.shoot("07-ideas-closed")
    workshop.act("events.reveal", activity=activity)
    workshop.act("ideas.hide", idea=workshop.rows("ideas")[-1]["id"], reason="It names a person")
    all_three.shoot("08-ideas-revealed")
    workshop.act("events.screen", spotlight={"collection": "ideas", "id": workshop.rows("ideas")[0]["id"]})
    all_three.shoot("09-spotlight", "projector")


@scene
def sort(camera: Camera, stage: Stage, devices: Devices) -> None:
    """Grouping: some cards in groups, some chosen."""
    workshop = collected(stage)
    ideas, activity = [row["id"] for row in workshop.rows("ideas")], workshop.start("sort")
    for title, some in {"Open to everybody": ideas[:2] + ideas[5:6] + ideas[8:9], "Peer learning": [ideas[3], ideas[7]]}.items():
        workshop.act("groups.make", group=new_id(), activity=activity, title=title, ideas=some)
    all_three = Room(camera, devices, workshop)
    for check in all_three.console.locator(".sort-loose .check").all()[:2]:
        check.check()
    all_three.shoot("10-groups")


def ballots(workshop: Workshop, tie: bool = False) -> None:
    """Everybody votes; the first option wins, or shares the first place with the second."""
    options = [row["id"] for row in workshop.options]
    for bot in range(len(workshop.bots)):
        other = options[1] if tie else options[bot % 4 + 1]
        workshop.votes(bot, {options[0]: 2, other: 2 if tie else 1, options[5]: 1})


@scene
def dots(camera: Camera, stage: Stage, devices: Devices) -> None:
    """A dot vote: open, given, nothing left, closed, the reveal half way, the result, made to challenges."""
    workshop = collected(stage)
    activity = workshop.start("vote")
    all_three = Room(camera, devices, workshop)
    phone = all_three.phone
    all_three.shoot("11-vote")
    for title, times in ((IDEAS[0], 2), (IDEAS[2], 1)):
        for _ in range(times):
            card(phone, title[:30]).get_by_role("button", name="Add a dot").click()
    ballots(workshop)
    all_three.console.get_by_role("button", name="Uncover").click()
    all_three.shoot("12-vote-given")
    for _ in range(2):
        card(phone, IDEAS[4][:30]).get_by_role("button", name="Add a dot").click()
    card(phone, IDEAS[4][:30]).get_by_role("button", name="Add a dot").click(force=True)
    all_three.shoot("13-vote-none-left", "phone")
    workshop.act("events.close", activity=activity)
    all_three.shoot("14-vote-closed")
    workshop.act("events.reveal", activity=activity)
    until(lambda: workshop.rows("results"), "the count")
    workshop.act("events.screen", step=4)
    all_three.shoot("15-reveal-half-way", "projector")
    workshop.act("events.screen", step=None)
    all_three.shoot("16-result")
    workshop.act("challenges.adopt", round=workshop.round, top=3)
    for number, challenge in enumerate(workshop.rows("challenges")):
        workshop.act("challenges.edit", challenge=challenge["id"], theme=("accessibility-inclusion", "interoperability", "quality-assurance")[number % 3])
    workshop.start("present")
    all_three.shoot("17-teams-empty")
    team(workshop, 0, "Lesson Label", [0, 1, 2])
    team(workshop, 1, "Carry-over", [3, 4])
    all_three.shoot("18-teams")
    workshop.act("teams.lock", locked=True)
    all_three.shoot("19-teams-locked", "phone", "projector")


def team(workshop: Workshop, challenge: int, title: str, people: list[int]) -> None:
    """A team on a challenge with some people in it."""
    one, on = new_id(), workshop.rows("challenges")[challenge]["id"]
    workshop.act("teams.start", team=one, challenge=on, title=title, sentence="A statement on every lesson", need="design")
    members = [row for row in workshop.rows("members") if row["role"] == "participant"]
    for place in people:
        workshop.act("teams.place", team=one, member=members[place]["id"])


@scene
def tie(camera: Camera, stage: Stage, devices: Devices) -> None:
    """A live race, and two that share the first place."""
    workshop = collected(stage)
    workshop.act("events.edit", activity=workshop.step("vote"), settings={"shape": "points", "method": "dots", "results": "live"})
    activity = workshop.start("vote")
    all_three = Room(camera, devices, workshop)
    ballots(workshop, tie=True)
    expect(all_three.projector.locator(".bar-row").first).to_be_visible()
    all_three.shoot("20-live-race")
    workshop.act("events.reveal", activity=activity)
    until(lambda: workshop.rows("results"), "the count")
    expect(all_three.phone.locator(".tie")).to_be_visible()
    all_three.shoot("21-tie")


@scene
def stance(camera: Camera, stage: Stage, devices: Devices) -> None:
    """A consultation: a statement at a time, one of one's own, the result."""
    workshop = room(stage, "consultation")
    activity = workshop.start("vote")
    for bot, text in enumerate(IDEAS[:6]):
        workshop.says(bot, text, "vote")
    all_three = Room(camera, devices, workshop)
    expect(all_three.phone.get_by_role("button", name="Disagree")).to_be_visible()
    all_three.shoot("22-statements")
    all_three.phone.get_by_role("button", name="Add your own").click()
    all_three.shoot("23-statement-of-ones-own", "phone")
    all_three.phone.keyboard.press("Escape")
    for bot in range(len(workshop.bots)):
        stances = ("agree", "disagree", "pass", "agree")
        workshop.votes(bot, {row["id"]: stances[(bot * bot + place) % 4] for place, row in enumerate(workshop.options)})
    workshop.act("events.reveal", activity=activity)
    expect(all_three.projector.locator(".d-consensus .d-row").first).to_be_visible()
    all_three.shoot("24-statements-result")


@scene
def quiet(camera: Camera, stage: Stage, devices: Devices) -> None:
    """The QR large, a text, a break, nothing, a rest, a person at the door, the end; what I wrote and the menu."""
    workshop = collected(stage)
    all_three = Room(camera, devices, workshop)
    phone = all_three.phone
    write(phone, IDEAS[3])
    phone.get_by_role("button", name="You are Eleni").click()
    all_three.shoot("25-menu", "phone")
    phone.get_by_role("button", name="What I wrote").click()
    all_three.shoot("26-what-i-wrote", "phone")
    phone.get_by_role("button", name="Back to the room").click()
    workshop.act("events.screen", qr=True)
    all_three.shoot("27-qr", "projector")
    workshop.act("events.screen", qr=False)
    for title, question, text in (("text", "How it goes", "Read the card aloud.\nThen pass it on to your left."), ("break", "Coffee, and a window", "")):
        block, settings = new_id(), {"show": title, "text": text}
        workshop.act("events.add", activity=block, type="present", title=title.title(), question=question, minutes=15, settings=settings, after=None)
        workshop.act("events.start", activity=block)
        all_three.shoot(f"28-{title}")
    workshop.act("events.rest", until=None)
    all_three.shoot("30-rest")
    workshop.act("events.wake")
    workshop.act("events.end")
    all_three.ended = True  # the projector keeps its look from here on
    all_three.shoot("31-end")


@scene
def desk(camera: Camera, stage: Stage, devices: Devices) -> None:
    """The console's own: menu, keys, a person, seats, a new step, the question before closing, no connection, a phone as remote."""
    workshop = collected(stage)
    page = devices.console(workshop)
    menu = page.get_by_role("button", name="More for this event")
    menu.click()
    camera.shoot(page, "console", "32-menu")
    page.keyboard.press("Escape")
    person = page.locator("#people").get_by_role("button", name=re.compile("^Anna"))
    for name, opener in {"33-person": person, "34-new-step": page.get_by_role("button", name="Add a step")}.items():
        opener.click()
        camera.shoot(page, "console", name)
        page.keyboard.press("Escape")
    for name, what in {"35-keys": "Keys", "36-seats": "Seats"}.items():
        menu.click()
        page.get_by_role("banner").get_by_role("button", name=what).click()
        camera.shoot(page, "console", name)
        page.keyboard.press("Escape")
    page.context.set_offline(True)
    expect(page.locator(".console-banner")).to_be_visible()
    camera.shoot(page, "console", "37-no-connection")
    camera.shoot(devices.console(workshop, (390, 844)), "phone", "38-remote")
