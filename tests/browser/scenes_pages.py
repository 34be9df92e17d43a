"""The scenes of the pages that `make shots` photographs: the door, the public pages, the studio, and all of it in longer words."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.scenes import TITLE, ballots, collected, room, team
from tests.support.stage import PHONE, Devices, Stage, Workshop, new_id, raised
from tests.support.until import until

if TYPE_CHECKING:
    from tests.browser.shots import Camera

LONG = {"locale": "en-XA"}
"""A browser that asks for the pseudo-language, which a server offers where FACILITATE_PSEUDO is set."""
SCENES: dict[str, Callable[[Camera, Stage, Devices], None]] = {}


def scene(function: Callable[[Camera, Stage, Devices], None]) -> Callable[[Camera, Stage, Devices], None]:
    """Register a scene under the name of its function."""
    SCENES[function.__name__] = function
    return function


def held(stage: Stage) -> Workshop:
    """A workshop that was held to its end: counted, made to challenges with teams, its records drafted."""
    workshop = collected(stage)
    workshop.start("vote")
    ballots(workshop)
    workshop.act("events.reveal", activity=workshop.step("vote"))
    until(lambda: workshop.rows("results"), "the count")
    workshop.act("challenges.adopt", round=workshop.round, top=3)
    team(workshop, 0, "Lesson Label", [0, 1, 2])
    team(workshop, 1, "Carry-over", [3, 4])
    workshop.act("seats.generate", prefix="Blue", count=4)
    workshop.act("practices.draft", round=workshop.round, top=3)
    return workshop


@scene
def doors(camera: Camera, stage: Stage, devices: Devices) -> None:
    """Before one is in: start, code, join, sign in, and the answers that say no; without scripts too."""
    workshop, draft = room(stage), stage.workshop(title="Tomorrow", opened=False)
    ended = stage.workshop(title="Yesterday")
    ended.act("events.end")
    pages = {"01-start": "/", "02-code": "/j/", "03-join": f"/j/{workshop.code}", "04-sign-in": "/sign-in", "05-unknown-code": "/j/000000"}
    pages |= {"06-not-open-yet": f"/j/{draft.code}", "07-ended": f"/j/{ended.code}", "08-nothing-here": "/nothing-here"}
    for name, path in pages.items():
        camera.shoot(camera.open(stage.url + path, **PHONE), "page", name)
    for kind in ("collect", "vote"):
        if kind == "vote":
            workshop.says(0, "A repair café for laptops")
        workshop.start(kind)
        page = camera.open(f"{stage.url}/j/{workshop.code}", java_script_enabled=False, **PHONE)
        page.get_by_role("button", name="Join", exact=True).click()
        page.wait_for_url("**/s/*")
        camera.shoot(page, "page", f"09-without-scripts-{kind}")


@scene
def public(camera: Camera, stage: Stage, devices: Devices) -> None:
    """The event, a challenge, the results and a record, for everybody."""
    workshop = held(stage)
    event, record = f"/e/{workshop.slug}", workshop.rows("practices")[0]["id"]
    pages = {"10-event": event, "11-challenge": f"{event}/challenges/1", "12-results": f"{event}/results", "13-record": f"/practice/{record}"}
    for name, path in pages.items():
        camera.shoot(camera.open(stage.url + path, storage_state=stage.organiser), "studio", name)  # the record is not sent yet
        camera.shoot(camera.open(stage.url + path, storage_state=stage.organiser, **PHONE), "page", name)


@scene
def studio(camera: Camera, stage: Stage, devices: Devices) -> None:
    """The organiser's pages, one of them on a phone."""
    workshop = held(stage)
    tabs = ("agenda", "challenges", "people", "results", "export", "settings", "delete")
    pages = {"01-events": "", "02-account": "/account"} | {f"{place:02}-{tab}": f"/{workshop.slug}/{tab}" for place, tab in enumerate(tabs, 3)}
    for name, path in pages.items():
        camera.shoot(camera.open(f"{stage.url}/studio{path}", 1440, 900, storage_state=stage.organiser), "studio", name)
    camera.shoot(camera.open(f"{stage.url}/studio/{workshop.slug}/agenda", storage_state=stage.organiser, **PHONE), "page", "14-agenda")
    planned = collected(stage)
    vote = planned.step("vote")
    for name, method in (("10-vote-ranking", "schulze"), ("11-vote-budget", "equal-shares"), ("12-vote-motions", "majority")):
        planned.act("events.edit", activity=vote, settings={"method": method, "shape": None})
        page = camera.open(f"{stage.url}/studio/{planned.slug}/agenda", 1440, 900, storage_state=stage.organiser)
        page.locator(f"#a-{vote} summary").first.click()
        page.locator(f"#a-{vote} .picker").scroll_into_view_if_needed()
        page.frame_locator(f"#a-{vote} iframe").get_by_text("Done", exact=True).first.wait_for()
        camera.shoot(page, "studio", name)
    camera.shoot(camera.open(f"{stage.url}/studio/{planned.slug}/roll/{vote}", storage_state=stage.organiser, **PHONE), "page", "14-roll")


@scene
def long_words(camera: Camera, _stage: Stage, devices: Devices) -> None:
    """The pseudo-language: every sentence 40 % longer, so that what is cut or unwritten shows."""
    with tempfile.TemporaryDirectory() as folder, raised(camera.browser, Path(folder), pseudo="1", rate_limits="off") as stage:
        workshop = collected(stage)
        workshop.act("events.edit_event", language="en-XA", title=TITLE)
        camera.shoot(camera.open(f"{stage.url}/j/{workshop.code}", **LONG, **PHONE), "page", "15-join-long")
        settings = camera.open(f"{stage.url}/studio/{workshop.slug}/settings", 1440, 900, storage_state=stage.organiser, **LONG)
        camera.shoot(settings, "studio", "14-settings-long")
        for kind in ("collect", "sort", "vote", "present"):
            activity = workshop.start(kind)
            if kind == "sort":
                workshop.act("groups.make", group=new_id(), activity=activity, title="Calm", ideas=[workshop.rows("ideas")[0]["id"]])
            phone = camera.open(f"{stage.url}/j/{workshop.code}", **LONG, **PHONE)
            phone.locator("form button[type=submit]").last.click()
            phone.wait_for_url(f"**/s/{workshop.code}")
            camera.shoot(phone, "phone", f"39-{kind}-long")
            camera.shoot(devices.console(workshop, **LONG), "console", f"39-{kind}-long")
            camera.shoot(devices.projector(workshop, **LONG), "projector", f"39-{kind}-long", workshop)
        camera.leave()
