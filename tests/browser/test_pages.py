"""The pages in a real browser: no violation that axe finds in any theme or width, nothing wider than the screen, and what scripts add."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import violations
from tests.support.stage import PHONE, Devices, Stage, Workshop, new_id

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = [(360, 640, "light"), (1440, 900, "dark")]


@pytest.fixture(scope="module")
def held(stage: Stage) -> Iterator[Workshop]:
    """A workshop that was held: ideas, groups, a counted vote, challenges, teams, seats, records."""
    workshop = stage.workshop(title="Digital education: from challenge to prototype")
    workshop.crowd(["Eleni", "Paweł", "Σοφία", "Ивайло", "Lucía", "Juhani"])
    challenge, team = new_id(), new_id()
    workshop.act(
        "challenges.add", challenge=challenge, title="Make every lesson usable", problem="Nobody knows.", host="three schools", theme="quality-assurance"
    )
    workshop.act("challenges.add", challenge=new_id(), title="Let lessons travel", theme="interoperability")
    workshop.start("collect")
    for number, text in enumerate(["A statement on every lesson", "One button to send it on", "Captions that pupils correct"]):
        workshop.says(number, text)
    workshop.start("sort")
    workshop.start("vote")
    for number in range(6):
        workshop.votes(number, {workshop.options[number % 2]["id"]: 2, workshop.options[2]["id"]: 1})
    workshop.act("events.reveal", activity=workshop.step("vote"))
    counted(workshop)
    workshop.act("teams.start", team=team, challenge=challenge, title="Lesson Label", sentence="A label", need="design")
    workshop.act("teams.place", team=team, member=workshop.rows("members")[2]["id"])
    workshop.act("practices.draft", top=2)
    yield workshop


def counted(workshop: Workshop) -> None:
    """Wait until the vote is counted: three seconds of grace, then the next beat."""
    for _ in range(100):
        if workshop.rows("results"):
            return
        time.sleep(0.2)
    raise AssertionError("the vote was not counted")


def clean(page: Page) -> None:
    """Fail where axe finds a violation, or the page is wider than the screen."""
    found = violations(page, RULES)
    assert not found, "\n".join(f"{one['id']}: {one['help']}\n  {one['nodes'][0]['html'][:200]}" for one in found)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
@pytest.mark.parametrize("path", ["/", "/j/", "/j/{code}", "/j/000000", "/sign-in", "/e/{slug}", "/e/{slug}/challenges/1", "/e/{slug}/results"])
def test_public_pages(held: Workshop, open_page: Callable[..., Page], path: str, width: int, height: int, scheme: str) -> None:
    """Pages for everybody."""
    clean(open_page(held.stage.url + path.format(code=held.code, slug=held.slug), width, height, color_scheme=scheme))


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
@pytest.mark.parametrize(
    "path",
    ["", "/account", *(f"/{{slug}}/{page}" for page in ("agenda", "roll/{vote}", "challenges", "people", "results", "export", "settings", "delete"))],
)
def test_pages_of_the_studio(held: Workshop, open_page: Callable[..., Page], path: str, width: int, height: int, scheme: str) -> None:
    """Pages for the organiser, with every part that can be opened opened."""
    address = f"{held.stage.url}/studio{path.format(slug=held.slug, vote=held.step('vote'))}"
    page = open_page(address, width, height, color_scheme=scheme, storage_state=held.stage.organiser)
    clean(page)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    clean(page)


@pytest.mark.parametrize("kind", ["collect", "vote"])
def test_the_phone_without_scripts(stage: Stage, open_page: Callable[..., Page], kind: str) -> None:
    """What the server paints is whole and clean by itself."""
    workshop = stage.workshop()
    workshop.crowd(["Ada", "Marek"])
    workshop.start("collect")
    workshop.says(0, "Fifteen minutes of silent reading")
    workshop.start(kind)
    context = {**PHONE, "java_script_enabled": False}
    page = open_page(f"{stage.url}/j/{workshop.code}", 360, 640, **context)
    page.get_by_label("Your first name").fill("Eleni")
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url(f"**/s/{workshop.code}")
    if kind == "collect":
        page.get_by_label("Your idea").fill("A buddy for the first month")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("listitem").filter(has_text="A buddy for the first month")).to_be_visible()
    else:
        page.get_by_label("Dots").first.fill("3")
        page.get_by_role("button", name="Save my ballot").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    state = page.context.storage_state()
    scripted = open_page(None, 360, 640, quiet=False, storage_state=state)
    scripted.route("**/js/screens/phone.js*", lambda route: route.abort())
    scripted.goto(f"{stage.url}/s/{workshop.code}")
    clean(scripted)
    scripted.goto(f"{stage.url}/s/{workshop.code}/mine")
    clean(scripted)


def test_the_card_of_the_room(held: Workshop, open_page: Callable[..., Page]) -> None:
    """With the sixth digit the card says which room it is, under which licence; a wrong code says so at once."""
    page = open_page(f"{held.stage.url}/j/", **PHONE)
    field = page.get_by_label("Session code")
    expect(field).to_be_focused()
    field.press_sequentially(held.code[:3] + " " + held.code[3:])
    expect(page.get_by_role("status")).to_contain_text(held.rows("events")[0]["title"])
    expect(page.get_by_role("link", name="CC BY 4.0")).to_be_visible()
    clean(page)
    field.fill("000000")
    expect(page.get_by_role("status")).to_contain_text("That code is not open right now")
    page.get_by_label("Your first name").fill("Eleni")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("That code is not open right now")
    expect(page.get_by_label("Your first name")).to_have_value("Eleni")


def test_larger_text_and_less_motion_go_along(held: Workshop, devices: Devices, open_page: Callable[..., Page]) -> None:
    """Chosen while joining, kept on the phone's screen, painted by the server from then on."""
    page = open_page(f"{held.stage.url}/j/{held.code}", **PHONE)
    page.get_by_role("button", name="Larger text").click()
    page.get_by_role("button", name="Less motion").click()
    expect(page.get_by_role("button", name="Larger text")).to_have_attribute("aria-pressed", "true")
    clean(page)
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url(f"**/s/{held.code}")
    expect(page.locator("html")).to_have_attribute("data-text", "large")
    expect(page.locator("html")).to_have_attribute("data-motion", "less")


def test_times_are_those_of_the_reader(held: Workshop, open_page: Callable[..., Page]) -> None:
    """In another zone a time reads as there, and a moment that is written there arrives as meant."""
    held.act("events.edit_event", starts_at=1_800_000_000_000)
    page = open_page(f"{held.stage.url}/studio/{held.slug}/settings", storage_state=held.stage.organiser, timezone_id="Asia/Tokyo")
    expect(page.get_by_label("Starts at")).to_have_value("2027-01-15T17:00")
    page.get_by_label("Starts at").fill("2027-01-15T18:30")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_load_state()
    assert held.rows("events")[0]["starts_at"] == 1_800_005_400_000
    page.goto(f"{held.stage.url}/e/{held.slug}")
    expect(page.locator("time").first).to_contain_text("18:30")


def test_the_designer_shows_what_fits(held: Workshop, open_page: Callable[..., Page]) -> None:
    """Settings that mean nothing with the chosen method are hidden."""
    page = open_page(f"{held.stage.url}/studio/{held.slug}/agenda", storage_state=held.stage.organiser)
    step = page.locator("li.step", has_text="Which ideas should we try first?")
    step.get_by_text("Change", exact=False).first.click()
    expect(step.get_by_label("Dots for each person")).to_be_visible()
    step.get_by_label("How people vote").select_option("approval")
    expect(step.get_by_label("Dots for each person")).to_be_hidden()
    expect(step.get_by_label("Options to choose at most")).to_be_visible()
