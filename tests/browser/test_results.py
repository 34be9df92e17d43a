"""The result of every method on console, phone and projector: told in words, drawn, legible, never cut, and clean for axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import results_played
from tests.browser.results_played import IDEAS, PEOPLE, PLAYS, cast, counted, opened, reveal
from tests.browser.test_axe import CONTRAST, RULES, clean, found
from tests.browser.test_pseudo import READ, WIDE, written
from tests.support.stage import LAPTOP, SMALL, Devices, Stage, Workshop, raised

SIZES = [(1920, 1080), (1280, 720), (1024, 768), (1920, 940), (1920, 1080)]
DISPLAYS = {
    "bars": "approval", "motions": "majority", "matrix": "schulze", "rounds": "stv", "words": "majority-judgement", "profile": "score",
    "consent": "consent", "quadrants": "impact-effort", "intervals": "bradley-terry", "funded": "equal-shares", "consensus": "agree-disagree-pass",
}  # fmt: skip
"""A method for each display; the six words are drawn otherwise than scores."""
ROWS, MAIN = ".bar-row, .d-row", "#main, #centre"
QUESTION = "Which of these ideas should we prototype together this afternoon, so that a teacher can try it tomorrow?"
SHORT = ["A bus that waits", "Start at nine", "A quiet room", "Fruit at ten", "Nobody runs", "Homework by agreement", "Light"]
SMALL_TEXT = """() => {
  const scale = document.querySelector(".screen").getBoundingClientRect().width / 1920;
  const found = [];
  const walk = document.createTreeWalker(document.querySelector(".screen"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const inside = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !inside.getClientRects().length || inside.closest(".sr")) continue;
    const svg = inside.ownerSVGElement;
    const size = parseFloat(getComputedStyle(inside).fontSize) * (svg ? svg.getScreenCTM().a / scale : 1);
    if (size < 29.5) found.push([Math.round(size), walk.currentNode.data.trim()]);
    if (inside.matches(".txt, blockquote") && size < 45.5 && !inside.closest("table")) found.push([Math.round(size), walk.currentNode.data.trim()]);
  }
  return found;
}"""
CUT = """() => {
  const wrong = [];
  const box = document.querySelector(".v-fit");
  const bottom = document.querySelector(".v-foot").getBoundingClientRect();
  if (box.scrollHeight > box.clientHeight + 2) wrong.push(`rows are ${box.scrollHeight - box.clientHeight} px too high (${box.className})`);
  for (const one of document.querySelectorAll(".v-fit :is(.num, .txt, .d-words, li, td, th)")) {
    const { top, bottom: end, left, right } = one.getBoundingClientRect();
    if (end > bottom.top + 3 && right > bottom.left && left < bottom.right && end > top) wrong.push(`over the foot: ${one.textContent.trim().slice(0, 40)}`);
    if (right > innerWidth + 1 || end > innerHeight + 1) wrong.push(`outside: ${one.textContent.trim().slice(0, 40)}`);
  }
  return wrong;
}"""


def pages_of(page: Page) -> int:
    """How many pages the projector says there are."""
    expect(page.locator(".v-foot")).to_be_visible()
    number = page.locator(".w-page")
    return int((number.text_content() or "").split("/")[1]) if number.count() else 1


def still(page: Page) -> None:
    """Wait until the projector has fitted its rows: the same picture twice."""
    before = ""
    for _ in range(40):
        page.wait_for_timeout(120)
        now = str(page.evaluate("(document.querySelector('.v-fit') || document.body).outerHTML.length + (document.querySelector('.v-fit') || {}).className"))
        if now == before:
            return
        before = now


def fits(page: Page, what: str) -> None:
    """Nothing is cut, covered or too small on the projector."""
    still(page)
    assert page.evaluate(CUT) == [], what
    assert page.evaluate(SMALL_TEXT) == [], what


def the_projector(devices: Devices, workshop: Workshop, display: str) -> None:
    """Every page of it, in the windows that rooms have, and for axe in both themes."""
    page = devices.projector(workshop)
    expect(page.locator(ROWS).first).to_be_visible()
    expect(page.locator(".v-foot")).to_contain_text("12 of 12 people voted")
    for number in range(pages_of(page)):
        workshop.act("events.screen", page=number)
        if number:
            expect(page.locator(".w-page")).to_have_text(f"{number + 1} / {pages_of(page)}")
        fits(page, f"{display}, page {number + 1}")
        for width, height in ((1024, 768), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            fits(page, f"{display}, page {number + 1}, {width} × {height}")
    for theme in ("dark", "light"):
        workshop.act("events.screen", theme=theme)
        expect(page.locator(f".screen[data-theme={theme}]")).to_be_visible()
        wrong = found(page, RULES if theme == "dark" else CONTRAST, f"{display}, projector, {theme}")
        assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def revealed(stage: Stage) -> dict[str, Workshop]:
    """A counted vote for each display."""
    made = {display: opened(stage, method) for display, method in DISPLAYS.items()}
    for display, workshop in made.items():
        cast(workshop, DISPLAYS[display], range(len(PEOPLE)))
    reveal(*made.values())
    return made


@pytest.mark.parametrize("display", DISPLAYS)
def test_a_display_on_all_screens(revealed: dict[str, Workshop], devices: Devices, display: str) -> None:
    """What the method says of its options, turnout, how it was counted, the table and the check; clean for axe in light and dark."""
    method, workshop = DISPLAYS[display], revealed[display]
    for page in (devices.console(workshop, LAPTOP), devices.phone(workshop, "Eleni", SMALL)):
        expect(page.locator(ROWS).first).to_be_visible()
        more = page.locator(".r-more")
        expect(page.locator(MAIN)).to_contain_text(PLAYS[method].says)
        expect(more).to_contain_text("12 of 12 people voted. 100% · 12 valid ballots · 0 abstained")
        for summary in more.locator("summary").all():
            summary.click()
        for said in ("Check number", "File to count again"):
            expect(more).to_contain_text(said)
        expect(more.get_by_role("table").last.get_by_role("row")).to_have_count(len(IDEAS) + 1)
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        clean(page, f"{display}, {page.viewport_size}")
    the_projector(devices, workshop, display)


def test_rows_tighten_and_loosen_with_the_window(stage: Stage, devices: Devices) -> None:
    """The page number never lies over the last row, in whatever order windows change, and a window that grows gets its air back."""
    workshop = counted(stage, "dots")
    workshop.act("events.edit", activity=workshop.step("vote"), question=QUESTION)
    page = devices.projector(workshop)
    expect(page.locator(".bar-row")).to_have_count(5)
    still(page)
    first = page.locator(".v-fit").get_attribute("class")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        fits(page, f"{width} × {height}")
    assert page.locator(".v-fit").get_attribute("class") == first


@pytest.mark.parametrize("method", ["dots", "bradley-terry", "agree-disagree-pass"])
def test_short_rows_keep_their_air_and_their_words(stage: Stage, devices: Devices, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """Five short rows fit: they are not tightened to the last step, and what is said below each stays."""
    monkeypatch.setattr(results_played, "IDEAS", SHORT)
    page = devices.projector(counted(stage, method))
    expect(page.locator(ROWS)).to_have_count(5)
    fits(page, method)
    assert "one" not in str(page.locator(".v-fit").get_attribute("class")).split()
    if method == "dots":
        expect(page.locator(".v-fit")).to_have_class("v-fit ")
    else:
        expect(page.locator(".d-words").first).to_be_visible()


def test_a_reveal_covers_every_display(stage: Stage, devices: Devices) -> None:
    """While a reveal goes on, rows to come have neither name nor figure, and the pages beside them are not reached."""
    workshop = counted(stage, "majority-judgement")
    workshop.act("events.screen", step=2)
    page = devices.projector(workshop)
    expect(page.locator(".d-row")).to_have_count(2)
    workshop.act("events.screen", step=4)
    expect(page.locator(".d-row.covered")).to_have_count(3)
    assert "accessibility statement" not in page.locator(".v-face").inner_text()
    workshop.act("events.screen", step=None)
    expect(page.locator(".d-row.covered")).to_have_count(0)


def test_a_tie_is_named_and_one_would_be_first(stage: Stage, devices: Devices) -> None:
    """Two share the first place: the tie is said on all screens, and by which rules one would come first."""
    workshop = opened(stage, "dots")
    ids = [row["id"] for row in workshop.options]
    for bot in range(6):
        workshop.votes(bot, {ids[bot % 2]: 3})
    reveal(workshop)
    console, phone, projector = devices.console(workshop), devices.phone(workshop, "Eleni", SMALL), devices.projector(workshop)
    for page in (console, phone):
        expect(page.locator(MAIN)).to_contain_text("Tie: 1 and 2.")
        expect(page.locator(".r-settled")).to_contain_text("If one has to be first: ")
    expect(projector.locator(".v-tie")).to_contain_text("Tie: 1 and 2.")


def test_the_map_of_opinions(stage: Stage, devices: Devices) -> None:
    """From forty people on: groups by letter and form, what unites and what divides, on console and projector."""
    workshop = counted(stage, "agree-disagree-pass", 42)
    page = devices.console(workshop)
    expect(page.get_by_role("img", name="Map of 42 people")).to_be_visible()
    for said in ("What unites", "What divides", "Group of"):
        expect(page.locator(".r-more")).to_contain_text(said)
    clean(page, "map")
    screen = devices.projector(workshop)
    workshop.act("events.screen", page=pages_of(screen) - 1)
    expect(screen.locator(".d-scatter")).to_be_visible()
    fits(screen, "map")


@pytest.fixture(scope="module")
def foreign(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A server that speaks the pseudo-language."""
    with raised(chromium, tmp_path_factory.mktemp("pseudo"), pseudo="1", rate_limits="off") as stage:
        yield stage


@pytest.mark.parametrize("method", ["consent", "stv", "majority-judgement", "equal-shares"])
def test_no_word_bypasses_the_catalogue(foreign: Stage, devices: Devices, method: str) -> None:
    """In the pseudo-language every sentence of a result is lengthened, and none makes the page too wide."""
    workshop = opened(foreign, method)
    workshop.act("events.edit_event", language="en-XA")
    cast(workshop, method, range(len(PEOPLE)))
    reveal(workshop)
    page = devices.open_page(f"{foreign.url}/e/{workshop.slug}/results", *SMALL, locale="en-XA")
    expect(page.locator(".result li")).to_have_count(len(IDEAS))
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    details = [row["details"].get(kind, {}) for row in workshop.rows("results") for kind in ("objections", "concerns")]
    reasons = [str(reason) for one in details for said in one.values() for reason in said]
    known = [*written(workshop), *IDEAS, *reasons, "and", *(row["checksum"][:8] for row in workshop.rows("results"))]
    assert page.evaluate(READ, known) == []
    assert page.evaluate(WIDE) <= 1, "tables scroll in their own box"
