"""The scenes that `make shots` photographs: each brings a room into its states and says which devices to look at."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.stage import SMALL, Devices, Stage, Workshop, new_id, raised

if TYPE_CHECKING:
    from tests.browser.shots import Camera

TITLE = "Digital education: from challenge to prototype"
PEOPLE = ["Ada", "Marek", "Eleni", "Ingrid", "João", "Zoë", "Nikos", "Katarzyna", "Liam", "Siân", "Björn", "Agnė"]
IDEAS = [
    "Lend each pupil a tablet with the week's lessons on it, so that nobody needs a connection at home",
    "A buddy from the year above for the first month",
    "Fifteen minutes of silent reading, all together, teachers too",
    "Record short explanations and let pupils choose the one that helps",
    "One afternoon a month in which pupils teach their parents",
    "A map of all quiet places in the school",
    "Let each class own one plant and one problem of the building",
    "Peer feedback with two questions only",
    "Subtitles on every video",
    "A repair café for laptops",
]
PSEUDO = {"locale": "en-XA"}
"""A browser that asks for the pseudo-language, which a server offers where FACILITATE_PSEUDO is set."""
SCENES: dict[str, Callable[[Camera, Stage, Devices], None]] = {}


def scene(function: Callable[[Camera, Stage, Devices], None]) -> Callable[[Camera, Stage, Devices], None]:
    """Register a scene under the name of its function."""
    SCENES[function.__name__] = function
    return function


def room(stage: Stage, template: str = "ideas-and-vote", people: int = len(PEOPLE)) -> Workshop:
    """An open workshop with people in it."""
    workshop = stage.workshop(template, TITLE)
    workshop.crowd(PEOPLE[:people])
    return workshop


def collected(stage: Stage) -> Workshop:
    """A workshop that has collected ideas."""
    workshop = room(stage)
    workshop.start("collect")
    for number, text in enumerate(IDEAS):
        workshop.says(number, text)
    return workshop


def all_three(camera: Camera, devices: Devices, workshop: Workshop, what: str, **phone: str) -> None:
    """Photograph phone, console and projector of a workshop as they are now."""
    camera.shoot(devices.phone(workshop, "Sofia"), f"phone-{what}")
    camera.shoot(devices.console(workshop), f"console-{what}")
    camera.shoot(devices.projector(workshop), f"projector-{what}")


@scene
def doors(camera: Camera, stage: Stage, devices: Devices) -> None:
    """The pages before one is in: start, code, join, and the answers that say no."""
    workshop, draft = room(stage), stage.workshop(title="Tomorrow", opened=False)
    ended = stage.workshop(title="Yesterday")
    ended.act("events.end")
    for name, path in {"start": "/", "code": "/j/", "join": f"/j/{workshop.code}", "sign-in": "/sign-in", "event": f"/e/{workshop.slug}"}.items():
        camera.shoot(camera.open(stage.url + path), f"page-{name}")
    for name, code in {"unknown-code": "000000", "not-open-yet": draft.code, "ended": ended.code}.items():
        camera.shoot(camera.open(f"{stage.url}/j/{code}"), f"page-{name}")
    camera.shoot(camera.open(f"{stage.url}/j/{workshop.code}", *SMALL, color_scheme="dark"), "page-join-dark-small")


@scene
def lobby(camera: Camera, stage: Stage, devices: Devices) -> None:
    """Nothing has begun yet."""
    all_three(camera, devices, room(stage), "lobby")


@scene
def collect(camera: Camera, stage: Stage, devices: Devices) -> None:
    """Collecting ideas: empty, written, in the dark, paused, without a network, closed and revealed."""
    workshop = collected(stage)
    phone = devices.phone(workshop, "Sofia")
    camera.shoot(phone, "phone-collect-empty")
    phone.locator("textarea").fill("A wall where classes say what they found out this week")
    phone.locator("textarea").press("Enter")
    camera.shoot(phone, "phone-collect-written")
    all_three(camera, devices, workshop, "collect")
    camera.shoot(devices.console(workshop, (1280, 720), color_scheme="dark"), "console-collect-dark-1280")
    camera.shoot(devices.phone(workshop, "Tom", SMALL, color_scheme="dark"), "phone-collect-dark-small")
    phone.context.set_offline(True)
    phone.locator("textarea").fill("This one waits for the network")
    phone.locator("textarea").press("Enter")
    phone.wait_for_timeout(3000)
    camera.shoot(phone, "phone-collect-offline")
    workshop.act("events.pause", activity=workshop.step("collect"))
    all_three(camera, devices, workshop, "collect-paused")
    workshop.act("events.reveal", activity=workshop.step("collect"))
    all_three(camera, devices, workshop, "collect-revealed")


@scene
def sort(camera: Camera, stage: Stage, devices: Devices) -> None:
    """Grouping what was collected."""
    workshop = collected(stage)
    ideas = [row["id"] for row in workshop.rows("ideas")]
    activity = workshop.start("sort")
    for title, some in {"Without a connection": ideas[:2], "Calm": ideas[2:6:3]}.items():
        workshop.act("groups.make", group=new_id(), activity=activity, title=title, ideas=some)
    all_three(camera, devices, workshop, "sort")


@scene
def points(camera: Camera, stage: Stage, devices: Devices) -> None:
    """A vote with dots: open, given, closed, revealed."""
    workshop = collected(stage)
    activity = workshop.start("vote")
    phone = devices.phone(workshop, "Sofia")
    camera.shoot(phone, "phone-vote-open")
    options = [row["id"] for row in workshop.options]
    for bot in range(len(workshop.bots)):
        workshop.votes(bot, {options[bot % 3]: 2, options[(bot * 2) % len(options)]: 1} if bot % 3 != (bot * 2) % len(options) else {options[0]: 2})
    for _ in range(2):
        phone.get_by_role("button", name="Add a dot").first.click()
    camera.shoot(phone, "phone-vote-given")
    all_three(camera, devices, workshop, "vote")
    camera.shoot(devices.phone(workshop, "Tom", SMALL), "phone-vote-small")
    workshop.act("events.close", activity=activity)
    all_three(camera, devices, workshop, "vote-closed")
    workshop.act("events.reveal", activity=activity)
    camera.contexts[-1].pages[0].wait_for_timeout(5000)  # the grace of three seconds, then the count
    all_three(camera, devices, workshop, "vote-result")
    camera.shoot(phone, "phone-vote-own-result")


@scene
def stance(camera: Camera, stage: Stage, devices: Devices) -> None:
    """Statements that one agrees or disagrees with."""
    workshop = room(stage, "consultation")
    workshop.start("vote")
    for bot, text in enumerate(IDEAS[:6]):
        workshop.says(bot, text, "vote")
    all_three(camera, devices, workshop, "stance")


@scene
def long_words(camera: Camera, _stage: Stage, devices: Devices) -> None:
    """The pseudo-language: every sentence 40 % longer, so that what is cut or unwritten shows."""
    with tempfile.TemporaryDirectory() as folder, raised(camera.browser, Path(folder), pseudo="1", rate_limits="off") as stage:
        workshop = collected(stage)
        workshop.act("events.edit_event", language="en-XA")
        camera.shoot(camera.open(f"{stage.url}/j/{workshop.code}", *SMALL, **PSEUDO), "page-join-long")
        camera.shoot(camera.open(f"{stage.url}/studio/{workshop.slug}/settings", 1280, 900, storage_state=stage.organiser, **PSEUDO), "studio-settings-long")
        for kind in ("collect", "vote"):
            workshop.start(kind)
            phone = camera.open(f"{stage.url}/j/{workshop.code}", *SMALL, **PSEUDO)
            phone.locator("form button[type=submit]").last.click()
            phone.wait_for_url(f"**/s/{workshop.code}")
            camera.shoot(phone, f"phone-{kind}-long")
            camera.shoot(devices.console(workshop, (1280, 720), **PSEUDO), f"console-{kind}-long")
            camera.shoot(devices.projector(workshop, **PSEUDO), f"projector-{kind}-long")


@scene
def desk(camera: Camera, stage: Stage, devices: Devices) -> None:
    """The studio's pages."""
    workshop = collected(stage)
    for name in ("", "agenda", "people", "settings", "delete", "export", "results", "challenges", "teams"):
        page = camera.open(None, 1280, 900, storage_state=stage.organiser)
        answer = page.goto(f"{stage.url}/studio/{workshop.slug}/{name}".rstrip("/"))
        if answer and answer.ok:
            camera.shoot(page, f"studio-{name or 'event'}")
    camera.shoot(camera.open(f"{stage.url}/studio", 1280, 900, storage_state=stage.organiser), "studio-events")
    camera.shoot(camera.open(f"{stage.url}/studio/{workshop.slug}/agenda", 390, 844, storage_state=stage.organiser), "studio-agenda-phone")
