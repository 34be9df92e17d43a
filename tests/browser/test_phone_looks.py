"""How the phone looks and weighs: what fits a small window, what a screen reader hears, what the first load costs."""

import gzip
import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Response, expect

from tests.support import axe
from tests.support.phones import Open, Workshop, hall, write

COLLECT = {"type": "collect", "title": "Ideas", "question": "How might we make every shared lesson usable with a screen reader?"}
VOTE = {
    "type": "vote",
    "title": "Dot vote",
    "question": "Which ideas should we prototype this afternoon?",
    "settings": {"shape": "points", "method": "dots", "budget": 5, "cap": 3},
}
IDEAS = [
    "A one-minute accessibility statement on every resource",
    "One send to my platform button, built on the standards we already have",
    "A footprint label: what one lesson costs in data and power",
    "Teachers review teachers: two reviews earn you one",
    "Ask a neighbour country: advisers on call",
]
SCRIPTS_BUDGET, STYLES_BUDGET = 70_000, 12_000
SMALL = {"width": 360, "height": 640}

Make = Callable[[list[dict]], Workshop]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes workshops on one server."""
    with hall(tmp_path_factory.mktemp("looks")) as workshops:
        yield workshops


def voting(make: Make, open_page: Open, **context: object) -> tuple[Workshop, Page]:
    """An open dot vote over five ideas, and a phone in it."""
    workshop = make([COLLECT, VOTE])
    workshop.do("events.start", activity=workshop.steps[0])
    workshop.ideas(IDEAS, workshop.steps[0])
    workshop.do("events.start", activity=workshop.steps[1])
    page = workshop.join(open_page, **context)
    expect(page.locator(".opt .add")).to_have_count(5)
    return workshop, page


def writing(make: Make, open_page: Open, **context: object) -> tuple[Workshop, Page]:
    """A running collect, and a phone in it with two ideas."""
    workshop = make([COLLECT])
    workshop.do("events.start", activity=workshop.steps[0])
    page = workshop.join(open_page, **context)
    write(page, IDEAS[0])
    write(page, IDEAS[1])
    expect(page.locator(".note.saved")).to_have_count(2)
    return workshop, page


def violations(page: Page) -> list[str]:
    """What axe finds, one line each."""
    found = axe.violations(page)
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_three_cards_and_done_fit_the_smallest_window(make: Make, open_page: Open) -> None:
    """At 360 × 640, with dots on one of them."""
    _, page = voting(make, open_page, **SMALL)
    page.locator(".opt .add").first.click()
    page.evaluate("document.querySelector('.toast button').closest('.toasts').remove()")
    top = page.locator(".dock").bounding_box()["y"]
    for number in range(3):
        box = page.locator(".opt").nth(number).bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= top, f"card {number + 1}"
    done = page.get_by_role("button", name="Done").bounding_box()
    assert done["y"] + done["height"] <= 640
    assert done["height"] >= 44


def test_what_one_presses_is_large_enough(make: Make, open_page: Open) -> None:
    """Plus and minus are 48 px; every other target at least 24 px (WCAG 2.5.8)."""
    _, page = voting(make, open_page, **SMALL)
    page.locator(".opt .add").first.click()
    for button in page.locator(".step button").all():
        box = button.bounding_box()
        assert (box["width"], box["height"]) == (48, 48)
    small = page.evaluate("""[...document.querySelectorAll("button, a[href], input, summary")].filter(one => {
        const box = one.getBoundingClientRect();
        return box.width && !one.closest(".skip") && (box.width < 24 || box.height < 24);
    }).map(one => one.outerHTML)""")
    assert not small


@pytest.mark.parametrize("width", [320, 360, 390, 640, 1280])
def test_nothing_is_wider_than_the_window(make: Make, open_page: Open, width: int) -> None:
    """Also with larger text and on a narrow phone."""
    _, page = voting(make, open_page, width=width)
    assert not too_wide(page)
    page.evaluate("document.documentElement.dataset.text = 'large'")
    page.locator(".opt .add").first.click()
    assert not too_wide(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(make: Make, open_page: Open, scheme: str) -> None:
    """On the ideas, in the sheets, on the vote, after the result."""
    workshop, page = writing(make, open_page, color_scheme=scheme)
    assert not violations(page)
    page.locator(".note .lnk").first.click()
    assert not violations(page)
    page.keyboard.press("Escape")
    page.locator("button.me").click()
    assert not violations(page)
    page.keyboard.press("Escape")
    workshop, page = voting(make, open_page, color_scheme=scheme)
    page.locator(".opt .add").first.click()
    assert not violations(page)
    page.wait_for_timeout(500)
    workshop.do("events.reveal", activity=workshop.steps[1])
    expect(page.locator(".bar-row")).to_have_count(5, timeout=10_000)
    assert not violations(page)


def test_the_first_load_is_light(make: Make, open_page: Open) -> None:
    """Scripts of a participant's first load, and all styles of the page, compressed."""
    workshop = make([COLLECT, VOTE])
    workshop.do("events.start", activity=workshop.steps[0])
    workshop.ideas(IDEAS, workshop.steps[0])
    workshop.do("events.start", activity=workshop.steps[1])
    weights: dict[str, dict[str, int]] = {"script": {}, "stylesheet": {}}
    others: list[str] = []

    def weigh(response: Response) -> None:
        kind = response.request.resource_type
        if not response.url.startswith(workshop.served.url):
            others.append(response.url)
        if kind in weights and response.ok:
            weights[kind][response.url.split("?")[0]] = len(gzip.compress(response.body(), 9))

    page = open_page()
    page.goto(f"{workshop.served.url}/j/{workshop.code}")
    page.get_by_label("first name").fill("Eleni")
    page.on("response", weigh)
    page.get_by_role("button", name="Join").click()
    expect(page.locator(".opt .add")).to_have_count(5)
    page.wait_for_timeout(300)
    assert sum(weights["script"].values()) <= SCRIPTS_BUDGET, weights["script"]
    assert sum(weights["stylesheet"].values()) <= STYLES_BUDGET, weights["stylesheet"]
    assert weights["script"]
    assert not others


def test_a_step_that_changes_takes_the_focus_along(make: Make, open_page: Open) -> None:
    """To the new question, which a screen reader then reads."""
    workshop, page = voting(make, open_page)
    workshop.do(
        "events.add", activity=(extra := str(uuid.uuid4())), type="collect", title="One more", question="And now?", settings={}, after=workshop.steps[1]
    )
    workshop.do("events.start", activity=extra)
    expect(page.get_by_role("heading", level=1, name="And now?")).to_be_focused()


def test_display_choices_hold_over_a_reload(make: Make, open_page: Open) -> None:
    """Larger text, dark colours and less motion; the server paints them into the first picture."""
    _, page = writing(make, open_page)
    page.locator("button.me").click()
    for name in ("Larger text", "Dark colours", "Less motion"):
        page.get_by_role("switch", name=name).click()
    page.reload()
    look = page.evaluate("({ ...document.documentElement.dataset })")
    assert (look["text"], look["theme"], look["motion"]) == ("large", "dark", "less")


def test_less_motion_moves_nothing(make: Make, open_page: Open) -> None:
    """Where the system asks for it, no transition and no animation has a duration."""
    _, page = voting(make, open_page, reduced_motion="reduce")
    moving = page.evaluate("""[...document.querySelectorAll("*")].filter(one => {
        const style = getComputedStyle(one);
        return style.transitionDuration.split(",").some(part => parseFloat(part) > 0) || parseFloat(style.animationDuration) > 0;
    }).length""")
    assert moving == 0


def test_the_dock_never_hides_what_has_the_focus(make: Make, open_page: Open) -> None:
    """WCAG 2.4.11: the last card, reached by keys, is scrolled above the dock."""
    _, page = voting(make, open_page, **SMALL)
    last = page.locator(".opt .add").last
    for _ in range(20):
        page.keyboard.press("Tab")
        if last.evaluate("one => one === document.activeElement"):
            break
    expect(last).to_be_focused()
    box, dock = last.bounding_box(), page.locator(".dock").bounding_box()
    assert box["y"] + box["height"] <= dock["y"] + 1
