"""Several runs of one vote, as of a jury and of the room: side by side where there is width, below one another on phones, nothing combined."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.results_played import IDEAS, cast, opened, reveal
from tests.browser.test_axe import clean
from tests.browser.test_results import fits, pages_of
from tests.support.stage import LAPTOP, SMALL, Devices, Stage, Workshop

DISPLAYS = ["approval", "majority", "schulze", "stv", "majority-judgement", "consent", "impact-effort", "bradley-terry", "equal-shares"]
NARROW = (860, 900)


def hold(workshops: dict[str, Workshop], people: range, label: str, *, turned: bool = False) -> None:
    """These people vote in the runs that are open, by method, which are then counted and revealed under a label."""
    for method, workshop in workshops.items():
        cast(workshop, method, people, turned=turned)
    reveal(*workshops.values())
    for workshop in workshops.values():
        workshop.act("events.edit", activity=workshop.step("vote"), settings={"label": label})


def twice(stage: Stage, *methods: str, label: str = "The jury") -> dict[str, Workshop]:
    """A vote with two runs for each method: one under a label, in which twelve people vote, and one of the room, in which seven do, the
    other way round."""
    workshops = {method: opened(stage, method, label=label) for method in methods}
    hold(workshops, range(12), "The room")
    for workshop in workshops.values():
        workshop.act("events.reopen", activity=workshop.step("vote"))
    hold(workshops, range(5, 12), "The room", turned=True)
    return workshops


@pytest.fixture(scope="module")
def runs_of(stage: Stage) -> dict[str, Workshop]:
    """Two runs for each display, to look at: what a test does to the vote itself, it does to one of its own."""
    return twice(stage, *DISPLAYS)


def beside(first: Locator, second: Locator) -> bool:
    """Whether the second stands to the right of the first, at the same height."""
    one, other = first.bounding_box(), second.bounding_box()
    assert one and other
    return other["x"] >= one["x"] + one["width"] and abs(one["y"] - other["y"]) < 2


def headings(page: Page) -> list[tuple[str, str]]:
    """(level, text) of the headings of the vote, in the order of reading."""
    found = page.locator(".vote-card").first.locator("h2, h3, h4").all()
    return [(str(one.evaluate("one => one.tagName")), str(one.inner_text())) for one in found]


@pytest.mark.parametrize("where", ["/studio/{}/results", "/e/{}/results"])
def test_pages_have_a_column_for_each_run(stage: Stage, runs_of: dict[str, Workshop], devices: Devices, where: str) -> None:
    """Each run has its own name, order and base; on a narrow window they follow one another in the order in which they were held."""
    workshop = runs_of["consent"]
    page = devices.open_page(stage.url + where.format(workshop.slug), *LAPTOP, storage_state=stage.organiser)
    runs = page.locator(".vote-card .run")
    expect(runs).to_have_count(2)
    for run, name, base in zip(runs.all(), ("The jury", "The room"), ("12 of 12 people voted.", "7 of 12 people voted."), strict=True):
        expect(run.get_by_role("heading", name=name, exact=True, level=3)).to_be_visible()
        expect(run.locator(".result li")).to_have_count(len(IDEAS))
        expect(run.locator(".how")).to_contain_text(base)
    assert beside(runs.first, runs.last)
    assert headings(page) == [
        ("H2", "Which ideas should we prototype this afternoon?"), ("H3", "The jury"), ("H4", "Objections"), ("H4", "Concerns"),
        ("H3", "The room"), ("H4", "Concerns"),
    ]  # fmt: skip
    clean(page, where)
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    one, other = runs.first.bounding_box(), runs.last.bounding_box()
    assert one and other and one["x"] == other["x"] and other["y"] >= one["y"] + one["height"]
    page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_the_console_has_a_column_for_each_run(stage: Stage, devices: Devices) -> None:
    """A table: the options in the order of the last run, each run with its figures and its base."""
    workshop = twice(stage, "approval", label="")["approval"]
    page = devices.console(workshop)
    table = page.locator(".v-runs")
    expect(table.get_by_role("columnheader")).to_have_count(3)
    expect(table.get_by_role("columnheader").nth(1)).to_contain_text("Run 1")
    expect(table.get_by_role("columnheader").nth(2)).to_contain_text("The room Run 2, ")
    expect(table.get_by_role("row")).to_have_count(len(IDEAS) + 2)
    row = table.get_by_role("row").filter(has_text="Subtitles on every video")
    expect(row.get_by_role("cell").first).to_have_text("0place 5")
    expect(row.get_by_role("cell").last).to_have_text("7place 1")
    expect(table.get_by_role("row").last).to_contain_text("12 of 12 people voted.7 of 12 people voted.")
    clean(page, "runs on the console")
    workshop.act("events.reopen", activity=workshop.step("vote"))
    expect(table.get_by_role("columnheader")).to_have_count(3)


@pytest.mark.parametrize("method", DISPLAYS)
def test_the_projector_has_two_columns(runs_of: dict[str, Workshop], devices: Devices, method: str) -> None:
    """The run before at the left, the last one at the right, at most five rows each; nothing is cut and nothing is small."""
    workshop = runs_of[method]
    page = devices.projector(workshop)
    runs = page.locator(".v-run")
    expect(runs).to_have_count(2)
    assert beside(runs.first, runs.last)
    for run, name, base in zip(runs.all(), ("The jury", "The room"), ("12 of 12 people voted.", "7 of 12 people voted."), strict=True):
        expect(run.get_by_role("heading", level=2)).to_have_text(name)
        expect(run.locator(".v-base")).to_contain_text(base)
        assert 0 < run.locator(".bar-row, .d-row").count() <= 5
    seen = [set[str](), set[str]()]
    for number in range(pages_of(page)):
        workshop.act("events.screen", page=number)
        expect(page.locator(".w-page")).to_have_text(f"{number + 1} / {pages_of(page)}")
        fits(page, f"{method}, page {number + 1}")
        for place, run in enumerate(runs.all()):
            seen[place] |= set(run.locator(".say .no").all_inner_texts())
    assert [len(one) for one in seen] == [len(IDEAS)] * 2, "every row of both runs can be reached"


def test_a_reveal_beside_an_earlier_run(stage: Stage, devices: Devices) -> None:
    """While the second run is held nothing of the first is on the projector; in its reveal only its own rows are covered."""
    workshop = twice(stage, "approval")["approval"]
    page = devices.projector(workshop)
    workshop.act("events.screen", step=2)
    before, last = page.locator(".v-run").first, page.locator(".v-run").last
    expect(last.locator(".bar-row.covered")).to_have_count(0)
    expect(last.locator(".bar-row")).to_have_count(2)
    workshop.act("events.screen", step=4)
    expect(last.locator(".bar-row.covered")).to_have_count(3)
    expect(before.locator(".bar-row.covered")).to_have_count(0)
    workshop.act("events.screen", step=None)
    workshop.act("events.reopen", activity=workshop.step("vote"))
    expect(page.locator(".v-list li").first).to_be_visible()
    expect(page.locator(".v-run")).to_have_count(0)


def test_phones_show_the_last_run_first(runs_of: dict[str, Workshop], devices: Devices) -> None:
    """Below one another, each with its name and its base."""
    workshop = runs_of["approval"]
    page = devices.phone(workshop, "Eleni", SMALL)
    sections = page.locator("section[aria-labelledby^=result-]")
    expect(sections).to_have_count(2)
    for section, name, base in zip(sections.all(), ("The room", "The jury"), ("7 of 12 people voted.", "12 of 12 people voted."), strict=True):
        expect(section.get_by_role("heading", level=2)).to_contain_text(name)
        expect(section.locator(".r-turnout")).to_contain_text(base)
        expect(section.locator(".bar-row")).to_have_count(len(IDEAS))
    clean(page, "runs on the phone")


def test_a_run_in_which_nobody_voted(stage: Stage, devices: Devices) -> None:
    """It says so, and the one before it stays where it can be read."""
    workshop = opened(stage, "approval", label="The jury")
    hold({"approval": workshop}, range(12), "The room")
    workshop.act("events.reopen", activity=workshop.step("vote"))
    reveal(workshop)
    phone, console = devices.phone(workshop, "Eleni", SMALL), devices.console(workshop)
    for page in (phone, console):
        expect(page.locator("#main, #centre")).to_contain_text("No votes were cast")
    expect(phone.get_by_role("heading", name="The jury")).to_be_visible()
    expect(console.locator(".v-runs")).to_contain_text("The jury")
