"""Votes as facilitators set them: every method in the console and in the studio, its own settings only, a phone that follows."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from facilitate.core import registry
from facilitate.voting import methods
from tests.support.stage import LAPTOP, Devices, Stage, Workshop

PARAMETERS = {
    "dots": ["Dots for each person", "Dots on one option at most"],
    "approval": ["Options to choose at least", "Options to choose at most"],
    "schulze": [],
    "stv": ["How many are chosen"],
    "majority": ["Majority that is needed", "Of what", "Quorum in per cent"],
    "equal-shares": ["Money to divide"],
}
"""Some methods with the labels of what only they ask for."""
EVERY = {label for labels in PARAMETERS.values() for label in labels}


def vote(workshop: Workshop) -> dict:
    """The row of the vote."""
    return next(row for row in workshop.rows("activities") if row["type"] == "vote")


def dialog(page: Page, workshop: Workshop) -> Locator:
    """The dialog in which a vote is changed, with its settings open."""
    page.locator(".ag .step", has_text="Vote").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    box = page.get_by_role("dialog", name="Edit “Vote”")
    box.get_by_text("Settings", exact=True).click()
    return box


def test_a_method_is_picked_in_the_console(stage: Stage, devices: Devices) -> None:
    """Every method is there; each shows its own settings only, says when to pick it, and the phone beside it follows."""
    workshop = stage.workshop()
    box = dialog(devices.console(workshop), workshop)
    picker = box.get_by_label("How people vote")
    assert set(picker.locator("option").evaluate_all("all => all.map(one => one.value)")) == set(registry.variants(methods))
    for method, labels in PARAMETERS.items():
        picker.select_option(method)
        for label in EVERY:
            expect(box.get_by_label(label, exact=True)).to_have_count(int(label in labels))
        expect(box.locator(".about")).to_contain_text("Pick it")
        expect(box.locator("iframe")).to_have_attribute("src", re.compile(f"method={method}(&|$)"))
    phone = box.frame_locator("iframe")
    expect(phone.get_by_text("A quiet room for tests")).to_be_attached()
    picker.select_option("majority")
    expect(phone.get_by_text("Abstain").first).to_be_attached()
    box.get_by_label("Who may vote").select_option("frozen")
    expect(box.locator("iframe")).to_have_attribute("src", re.compile("roll=frozen"))
    expect(phone.get_by_text("Nobody sees who chose what")).to_be_attached()
    box.get_by_label("Majority that is needed").select_option("two-thirds")
    box.get_by_label("Quorum in per cent").fill("50")
    box.get_by_role("button", name="Save").click()
    expect(box).to_have_count(0)
    saved = vote(workshop)["settings"]
    assert (saved["shape"], saved["method"], saved["majority"], saved["quorum"]) == ("motions", "majority", "two-thirds", 50)
    assert saved["budget"] is None and saved["cap"] is None


def test_a_wrong_setting_stays_in_its_field(stage: Stage, devices: Devices) -> None:
    """The server says which field; it keeps what was typed, and the next try saves it."""
    workshop = stage.workshop()
    box = dialog(devices.console(workshop), workshop)
    box.get_by_label("How people vote").select_option("approval")
    box.get_by_label("Options to choose at least").fill("4")
    box.get_by_label("Options to choose at most").fill("2")
    box.get_by_role("button", name="Save").click()
    field = box.get_by_label("Options to choose at least")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("4")
    expect(box.locator("#set-min-e")).to_contain_text("fewest choices")
    field.fill("1")
    box.get_by_role("button", name="Save").click()
    expect(box).to_have_count(0)
    assert (vote(workshop)["settings"]["min"], vote(workshop)["settings"]["max"]) == (1, 2)


def test_a_vote_is_added_with_its_method(stage: Stage, devices: Devices) -> None:
    """A new step offers the methods at once; without touching them it is a dot vote."""
    workshop = stage.workshop()
    page = devices.console(workshop)
    for title, method in (("Plain", ""), ("Jury", "schulze")):
        page.get_by_role("button", name="Add a step").click()
        box = page.get_by_role("dialog", name="Add a step")
        box.get_by_role("radio", name="Vote").check()
        box.get_by_label("Title").fill(title)
        if method:
            box.get_by_label("How people vote").select_option(method)
        box.get_by_role("button", name="Add a step").click()
        expect(box).to_have_count(0)
    found = {row["title"]: row["settings"] for row in workshop.rows("activities")}
    assert (found["Plain"]["method"], found["Jury"]["method"], found["Jury"]["shape"]) == ("dots", "schulze", "ranking")


def test_duplicates_are_offered_before_a_vote_opens(stage: Stage, devices: Devices) -> None:
    """Where no step sorts the cards, two that look the same are shown with a way to hide one."""
    workshop = stage.workshop()
    workshop.crowd(["Anna", "Ben"])
    workshop.act("events.remove", activity=workshop.step("sort"))
    collect = workshop.start("collect")
    workshop.says(0, "A quiet room for tests")
    workshop.says(1, "A quiet room for tests, please")
    workshop.act("events.close", activity=collect)
    page = devices.console(workshop)
    ahead = page.get_by_role("region", name="Before “Vote” opens")
    expect(ahead).to_contain_text("A quiet room for tests, please")
    ahead.get_by_role("button", name="Hide 2").click()
    expect(ahead.locator(".duplicate")).to_have_count(0)
    assert [row["status"] for row in workshop.rows("ideas")] == ["shown", "hidden"]


def test_a_secret_vote_of_a_handful_is_warned_of(stage: Stage, devices: Devices) -> None:
    """The console says so before the vote opens: beside the step that runs, and at the step of the vote."""
    workshop = stage.workshop()
    workshop.crowd(["Anna", "Ben"])
    for kind in ("collect", "sort"):
        workshop.act("events.skip", activity=workshop.step(kind))
    page = devices.console(workshop)
    (sentence,) = vote(workshop)["warnings"]
    expect(page.get_by_role("region", name="Before “Vote” opens")).to_contain_text(sentence)
    page.locator(".ag .step", has_text="Vote").click()
    expect(page.locator(".ag .step-actions")).to_contain_text(sentence)


@pytest.mark.parametrize("method", ["stv", "equal-shares"])
def test_the_studio_follows_the_method(stage: Stage, devices: Devices, method: str) -> None:
    """The designer shows the settings of the chosen method, its sentences and its phone before anything is saved."""
    workshop = stage.workshop()
    page = devices.open_page(f"{stage.url}/studio/{workshop.slug}/agenda", *LAPTOP, storage_state=stage.organiser)
    step = page.locator(f"#a-{workshop.step('vote')}")
    step.get_by_text("Change").click()
    step.get_by_label("How people vote").select_option(method)
    for label in EVERY:
        field = step.get_by_label(label, exact=True)
        expect(field).to_be_visible() if label in PARAMETERS[method] else expect(field).to_be_hidden()
    phone = step.frame_locator("iframe")
    expect(phone.locator(".phone")).to_contain_text({"stv": "Not ranked yet", "equal-shares": "100 of 100 left"}[method])
    step.get_by_role("button", name="Save").click()
    expect(page.locator(f"#a-{workshop.step('vote')} .step-words")).to_contain_text({"stv": "STV", "equal-shares": "Equal shares"}[method])
    assert vote(workshop)["settings"]["method"] == method
