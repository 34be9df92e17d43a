"""The budgets of the first load: bytes, fonts, layout shift, and no word to anybody else; nothing here is timed."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Response, expect

from tests.support.acts import card, write
from tests.support.stage import PHONE, SMALL, TALL, Devices, Stage, Workshop, alive
from tests.support.until import until

SCRIPTS, STRINGS, STYLES, HTML, FONTS, PLAIN = 70_000, 13_000, 12_000, 6_000, 90_000, 100_000
"""Bytes as they travel: scripts, sentences and styles of a participant's first load, the HTML of join page and lobby, the fonts
of one language, and everything together where scripts do not run."""
SHIFT = 0.02
"""Cumulative layout shift at most."""
WATCH = """() => {
  window.shifts = [];
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) {
      window.shifts.push([one.value, ...one.sources.map(({ node }) => node && (node.className || node.nodeName))]);
    }
  }).observe({ type: "layout-shift", buffered: true });
  window.violated = [];
  document.addEventListener("securitypolicyviolation", event => window.violated.push(`${event.violatedDirective} ${event.blockedURI}`));
}"""
QUESTION = "Which of the things that we tried this year would you keep, which would you change, and what did nobody dare to try at all?"


@dataclass
class Load:
    """What a page fetched, by kind, in bytes as they travelled; addresses of others apart."""

    page: Page
    home: str
    bytes: Counter[str] = field(default_factory=Counter)
    urls: dict[str, list[str]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self._answer)

    def _answer(self, response: Response) -> None:
        self.answers.append(response)

    def weigh(self) -> Counter[str]:
        """Bytes by kind so far: script, stylesheet, document, font and the rest."""
        for answer in self.answers:
            if not answer.url.startswith((self.home, "data:", "blob:")):
                self.others.append(answer.url)
            if not answer.ok:
                continue
            kind, size = answer.request.resource_type, max(0, answer.request.sizes()["responseBodySize"])  # nothing where it lay in the cache
            self.bytes[kind] += size
            self.urls.setdefault(kind, []).append(f"{answer.url.removeprefix(self.home)} {size}")
        self.answers.clear()
        return self.bytes


@pytest.fixture(scope="module")
def voting(stage: Stage) -> Iterator[Workshop]:
    """A workshop whose vote is open, with as many ideas as a class writes and a long question."""
    workshop = stage.workshop(title="Digital education: from challenge to prototype")
    workshop.crowd([f"Person {number}" for number in range(8)])
    workshop.start("collect")
    for number in range(16):
        workshop.says(number % 8, f"Idea {number}: teachers review teachers, and two reviews earn you one of your own")
    workshop.act("events.edit", activity=workshop.step("vote"), question=QUESTION)
    workshop.start("vote")
    yield workshop


def loading(open_page: Callable[..., Page], home: str, **context: object) -> tuple[Page, Load]:
    """An empty phone whose every byte is weighed."""
    page = open_page(None, *TALL, **PHONE, **context)
    return page, Load(page, home)


def test_the_first_load_of_a_participant(voting: Workshop, open_page: Callable[..., Page]) -> None:
    """Everything that runs and draws, from the join page to the vote, the parts that are fetched a moment later included."""
    page, load = loading(open_page, voting.stage.url)
    page.goto(f"{voting.stage.url}/j/{voting.code}")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator(".opt .add")).to_have_count(16)
    page.wait_for_load_state("networkidle")
    weighed = load.weigh()
    assert 10_000 < weighed["script"] <= SCRIPTS, load.urls["script"]
    assert 1_000 < weighed["fetch"] <= STRINGS, load.urls["fetch"]
    assert 1_000 < weighed["stylesheet"] <= STYLES, load.urls["stylesheet"]
    assert 10_000 < weighed["font"] <= FONTS, load.urls["font"]
    assert not load.others


@pytest.mark.parametrize("where", ["join", "lobby"])
def test_the_page_itself(stage: Stage, open_page: Callable[..., Page], where: str) -> None:
    """The HTML of the join page, and of the lobby with the state inside."""
    workshop = stage.workshop(title="Digital education: from challenge to prototype")
    page, load = loading(open_page, stage.url)
    page.goto(f"{stage.url}/j/{workshop.code}")
    page.wait_for_load_state("networkidle")
    if where == "lobby":
        load.weigh()
        load.bytes["document"] = 0
        page.get_by_role("button", name="Join", exact=True).click()
        expect(alive(page).get_by_role("heading", level=1)).to_contain_text("You are in")
        page.wait_for_load_state("networkidle")
    weighed = load.weigh()
    assert 500 < weighed["document"] <= HTML, load.urls["document"]
    assert weighed["font"] <= FONTS
    assert weighed["stylesheet"] <= STYLES
    assert not load.others


def test_everything_without_scripts(voting: Workshop, open_page: Callable[..., Page]) -> None:
    """Where scripts do not run: HTML, styles and fonts of the join page, and of an open vote."""
    page, load = loading(open_page, voting.stage.url, java_script_enabled=False)
    page.goto(f"{voting.stage.url}/j/{voting.code}")
    page.wait_for_load_state("networkidle")
    assert sum(load.weigh().values()) <= PLAIN, load.urls
    assert "script" not in load.urls
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("button", name="Save my ballot")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert sum(load.weigh().values()) <= PLAIN, load.urls
    assert not load.others


def settled(page: Page) -> None:
    """Fail where a page shifted more than it may, or broke its own policy."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts = page.evaluate("window.shifts")
    assert sum(shift[0] for shift in shifts) <= SHIFT, shifts
    assert page.evaluate("window.violated") == []


@pytest.mark.parametrize("size", [SMALL, TALL])
def test_nothing_jumps_on_a_phone(voting: Workshop, open_page: Callable[..., Page], size: tuple[int, int]) -> None:
    """From the first paint to the running screen: join page, lobby, ideas, vote."""
    stage = voting.stage
    page = open_page(None, *size, **PHONE)
    page.add_init_script(f"({WATCH})()")
    page.goto(f"{stage.url}/j/{voting.code}")
    settled(page)
    page.get_by_role("button", name="Join", exact=True).click()
    alive(page)
    expect(page.locator(".opt .add")).to_have_count(16)
    settled(page)
    card(page, "Idea 3").get_by_role("button", name="Add a dot").click()
    expect(page.locator(".st.ok")).to_have_count(1)
    settled(page)
    other = stage.workshop()
    other.start("collect")
    page.goto(f"{stage.url}/j/{other.code}")
    page.get_by_role("button", name="Join", exact=True).click()
    settled(alive(page))
    write(page, "One thing")
    page.reload()
    expect(alive(page).locator(".note.mine")).to_have_count(1)
    settled(page)
    page.evaluate("document.querySelector('main').prepend(Object.assign(document.createElement('p'), { textContent: 'a jump', className: 'q' }))")
    until(lambda: page.evaluate("window.shifts.some(([much]) => much > 0)"), "the jump: the watch is not blind")


def test_a_late_font_moves_nothing(voting: Workshop, open_page: Callable[..., Page]) -> None:
    """Fonts that come long after the text, on a slow phone: a long question wraps as before, numbers keep their width."""
    page = open_page(None, *SMALL, **PHONE)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.add_init_script(f"({WATCH})()")
    held: list[Callable[[], None]] = []
    page.route("**/*.woff2", lambda route: held.append(route.continue_))
    page.goto(f"{voting.stage.url}/j/{voting.code}", wait_until="domcontentloaded")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(alive(page).locator(".opt .add")).to_have_count(16)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")  # painted with what the phone has
    until(lambda: len(held) >= 6, "three fonts were asked for by each of the two pages")
    for let_go in held:
        let_go()
    settled(page)


@pytest.mark.parametrize("screen", ["console", "projector"])
def test_nobody_else_is_asked(voting: Workshop, devices: Devices, screen: str) -> None:
    """Console and projector, too, fetch nothing from elsewhere and keep their own policy."""
    page = devices.open_page(None, 1440, 900, storage_state=voting.stage.organiser)
    page.add_init_script(f"({WATCH})()")
    load = Load(page, voting.stage.url)
    page.goto(f"{voting.stage.url}/{'run' if screen == 'console' else 'screen'}/{voting.slug}")
    expect(page.locator("footer.ctl" if screen == "console" else ".screen")).to_be_visible()
    page.wait_for_load_state("networkidle")
    load.weigh()
    assert load.urls["script"]
    assert not load.others
    assert page.evaluate("window.violated") == []
