"""Who voted how, in a vote that is not secret: said on the ballot, listed beside the result, and nowhere in a secret one."""

import pytest
from playwright.sync_api import expect

from tests.browser.results_played import counted
from tests.support.stage import LAPTOP, SMALL, Devices, Stage
from tests.support.votes import clean


@pytest.mark.parametrize(("method", "says"), [("approval", "Anna"), ("score", "power: 4 of 5")])
def test_who_voted_how(stage: Stage, devices: Devices, method: str, says: str) -> None:
    """Everybody by name with what they chose, on the phone and on the console, by keyboard too."""
    workshop = counted(stage, method, secret=False)
    for page in (devices.phone(workshop, "Eleni", SMALL), devices.console(workshop, LAPTOP)):
        summary = page.locator("summary", has_text="Who voted how")
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".r-named > li")).to_have_count(12)
        expect(page.locator(".r-named > li").first).to_contain_text(says)
    clean(page)


def test_a_secret_vote_offers_no_names(stage: Stage, devices: Devices) -> None:
    """There is nothing to open."""
    workshop = counted(stage, "approval")
    page = devices.phone(workshop, "Eleni", SMALL)
    expect(page.locator("summary", has_text="Check number")).to_be_visible()
    expect(page.locator("summary", has_text="Who voted how")).to_have_count(0)
