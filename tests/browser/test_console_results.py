"""A counted result on the console: bars that can be compared, and a word on what became of each objection."""

from playwright.sync_api import expect

from tests.browser.results_played import counted
from tests.support.stage import LAPTOP, Devices, Stage

STARTS = "rows => [...new Set(rows.map(row => Math.round(row.querySelector('.track').getBoundingClientRect().left)))].length"


def test_bars_begin_at_one_place(stage: Stage, devices: Devices) -> None:
    """Whatever number stands at the end of a row: its bar begins where the others begin."""
    console = devices.console(counted(stage, "borda"), LAPTOP)
    rows = console.locator(".res .bars").first.locator(".bar-row")
    expect(rows.first).to_be_visible()
    assert rows.evaluate_all(STARTS) == 1


def test_what_became_of_an_objection(stage: Stage, devices: Devices) -> None:
    """Said on the console with a sentence, read on phone and projector; it can be said otherwise and taken back."""
    workshop = counted(stage, "consent")
    console, phone, projector = devices.console(workshop, LAPTOP), devices.phone(workshop, "Ada"), devices.projector(workshop)
    objection = console.locator(".d-reasons .objections li").first
    objection.get_by_role("button", name="Resolved…").click()
    dialog = console.get_by_role("dialog")
    dialog.get_by_label("In one sentence, for everybody").fill("Only on two days a week.")
    dialog.get_by_role("button", name="Save").click()
    expect(objection).to_contain_text("Resolved: Only on two days a week.")
    expect(phone.locator(".d-reasons .objections li").first).to_contain_text("Resolved: Only on two days a week.")
    expect(phone.get_by_role("button", name="Carried…")).to_have_count(0)
    workshop.act("events.screen", page=2)
    expect(projector.locator(".d-reasons .objections li").first).to_contain_text("Resolved: Only on two days a week.")
    objection.get_by_role("button", name="Carried…").click()
    expect(dialog.get_by_label("In one sentence, for everybody")).to_have_value("Only on two days a week.")
    dialog.get_by_role("button", name="Save").click()
    expect(objection).to_contain_text("Carried: Only on two days a week.")
    objection.get_by_role("button", name="Open again").click()
    expect(objection.locator(".d-handled")).to_have_count(0)
