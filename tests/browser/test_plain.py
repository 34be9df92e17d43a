"""The phone where scripts do not run: a whole round as plain forms, and in words when something is refused."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.stage import PHONE, SMALL, Stage, Workshop

IDEA = "A buddy from the year above"
Open = Callable[..., Page]


def plain(open_page: Open, workshop: Workshop) -> Page:
    """A small phone without scripts that joined."""
    page = open_page(f"{workshop.stage.url}/j/{workshop.code}", *SMALL, java_script_enabled=False, **PHONE)
    page.get_by_label("Your first name").fill("Eleni")
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url(f"**/s/{workshop.code}")
    return page


def look_again(page: Page) -> None:
    """The page does not change by itself; its own link does it."""
    page.get_by_role("link", name="Look again").click()


def test_ideas(stage: Stage, open_page: Open) -> None:
    """Lobby, an idea sent and taken back, another one, done, the reveal."""
    workshop = stage.workshop()
    workshop.crowd(["Bea"])
    page = plain(open_page, workshop)
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are in")
    workshop.start("collect")
    workshop.says(0, "Fruit at ten")
    look_again(page)
    for text in ("A mistake", IDEA):
        page.get_by_label("Your idea").fill(text)
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".note", has_text=text)).to_contain_text("Received")
    page.locator(".note", has_text="A mistake").get_by_role("button", name="Take back").click()
    expect(page.locator(".note.mine")).to_have_count(1)
    page.get_by_role("button", name="I am done", exact=True).click()
    assert [row["done"] for row in workshop.rows("progress")] == [1]
    expect(page.get_by_text("Fruit at ten")).to_have_count(0)
    workshop.act("events.reveal", activity=workshop.step("collect"))
    look_again(page)
    expect(page.get_by_text("Fruit at ten")).to_be_visible()
    assert sorted(row["text"] for row in workshop.rows("ideas") if row["status"] == "shown") == sorted([IDEA, "Fruit at ten"])


def test_dots(stage: Stage, open_page: Open) -> None:
    """Too many dots are refused in words and nothing that was written is lost; then it fits, and is counted."""
    workshop = stage.workshop()
    workshop.crowd(["Bea"])
    workshop.start("collect")
    workshop.says(0, "Fruit at ten")
    workshop.says(0, IDEA)
    workshop.start("vote")
    page = plain(open_page, workshop)
    page.get_by_label("Dots").nth(0).fill("3")
    page.get_by_label("Dots").nth(1).fill("3")
    page.get_by_role("button", name="Save my ballot").click()
    expect(page.get_by_role("alert")).to_contain_text("dots")
    expect(page.get_by_label("Dots").nth(0)).to_have_value("3")
    page.get_by_label("Dots").nth(1).fill("2")
    page.get_by_role("button", name="Save my ballot").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert [row["cast"] for row in workshop.rows("turnout")] == [1]
    page.reload()
    expect(page.get_by_label("Dots").nth(0)).to_have_value("3")
    workshop.act("events.close", activity=workshop.step("vote"))
    page.get_by_role("button", name="Save my ballot").click()
    expect(page.get_by_role("alert")).to_contain_text("closed")


@pytest.mark.parametrize("stance", ["Agree", "Disagree", "Pass"])
def test_statements(stage: Stage, open_page: Open, stance: str) -> None:
    """A stance on a statement, and a statement of one's own."""
    workshop = stage.workshop("consultation")
    workshop.crowd(["Bea"])
    workshop.start("vote")
    workshop.says(0, "Lessons begin too early", "vote")
    page = plain(open_page, workshop)
    page.get_by_role("group", name="Lessons begin too early").get_by_label(stance, exact=True).check()
    page.get_by_role("button", name="Save my ballot").click()
    expect(page.get_by_role("group", name="Lessons begin too early").get_by_label(stance, exact=True)).to_be_checked()
    page.get_by_label("Add your own").fill("Breakfast belongs to school")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("group", name="Breakfast belongs to school")).to_be_visible()
    assert [row["cast"] for row in workshop.rows("turnout")] == [1]
    assert len(workshop.options) == 2
