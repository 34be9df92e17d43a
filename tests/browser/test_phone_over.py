"""When something did not work out, or it is all over: the phone tells the truth, offers only what can be, and hands every text back."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.stage import Devices, Stage, Workshop, alive

TEXT = "Half a thought about mornings"


@pytest.fixture
def workshop(stage: Stage) -> Workshop:
    """A workshop that collects ideas."""
    made = stage.workshop()
    made.start("collect")
    return made


def begun(devices: Devices, workshop: Workshop) -> Page:
    """A phone on which somebody has begun to write and holds the pen."""
    phone = devices.phone(workshop, "Ada", permissions=["clipboard-read", "clipboard-write"])
    phone.get_by_label("Your idea", exact=True).press_sequentially(TEXT)
    return phone


def handed_back(phone: Page) -> None:
    """Expect what was begun on the page, to copy, and no promise that cannot be kept."""
    rescued = phone.locator("main .note", has_text=TEXT)
    expect(rescued).to_be_visible()
    rescued.get_by_role("button", name="Copy text").click()
    assert phone.evaluate("navigator.clipboard.readText()") == TEXT
    expect(phone.locator(".moved")).to_have_count(0)
    expect(phone.get_by_label("Your idea", exact=True)).to_have_count(0)
    expect(phone.get_by_text("Finish your sentence")).to_have_count(0)


def test_a_refusal_in_the_gap_is_counted(devices: Devices, workshop: Workshop) -> None:
    """Back on the line, an idea that was refused is not called saved; its note is as wide as the others."""
    phone = devices.phone(workshop, "Ada")
    field = phone.get_by_label("Your idea", exact=True)
    expect(field).to_be_visible()
    phone.context.set_offline(True)
    workshop.act("events.close", activity=workshop.step("collect"))
    field.fill(TEXT)
    phone.get_by_role("button", name="Send idea").click()
    expect(phone.locator("header.bar")).to_contain_text("1 idea is safe on this phone.")
    phone.context.set_offline(False)
    expect(phone.locator("header.bar")).to_contain_text("Back. 1 was not saved.", timeout=20_000)
    refused = phone.locator(".note.refused")
    expect(refused.locator(".st.bad")).to_be_visible()
    widths = [refused.locator(part).evaluate("part => part.getBoundingClientRect().width") for part in ("> .say", "> div")]
    whole = refused.evaluate("note => note.clientWidth - parseFloat(getComputedStyle(note).paddingLeft) * 2")
    assert min(widths) >= whole - 4, (widths, whole)


def test_the_end_hands_back_what_was_begun(devices: Devices, workshop: Workshop) -> None:
    """The end takes the page from the pen at once, and shows what was begun."""
    phone = begun(devices, workshop)
    workshop.act("events.end")
    expect(phone.get_by_role("heading", name="Thank you. This session has ended.")).to_be_visible()
    handed_back(phone)


def test_the_end_after_a_reveal_hands_back_what_was_begun(devices: Devices, workshop: Workshop) -> None:
    """Where the end leaves a result on the page, what was begun stands with it."""
    phone = begun(devices, workshop)
    workshop.act("events.reveal", activity=workshop.step("collect"))
    expect(phone.get_by_label("Your idea", exact=True)).to_be_visible()
    workshop.act("events.end")
    handed_back(phone)


def test_who_is_sent_away_gets_their_words(devices: Devices, workshop: Workshop) -> None:
    """Removed with a text half written: the words are there; no banner of the room or of the line, not a lost line later either."""
    phone = begun(devices, workshop)
    ada = next(row["id"] for row in workshop.rows("members") if row.get("name") == "Ada")
    workshop.act("events.start", activity=workshop.step("sort"))
    expect(phone.locator(".moved")).to_be_visible()
    workshop.act("members.remove", member=ada)
    expect(phone.get_by_role("heading", name="You are no longer in this session.")).to_be_visible()
    handed_back(phone)
    phone.wait_for_timeout(3000)  # a line that is down for two seconds is spoken of
    expect(phone.locator("header.bar")).not_to_contain_text("Reconnecting")


def test_two_tabs_write_two_drafts(devices: Devices, workshop: Workshop) -> None:
    """What is begun in one tab stays out of the other; a closed tab's words go on in the next."""
    first = begun(devices, workshop)
    second = first.context.new_page()
    second.goto(first.url)
    field = alive(second).get_by_label("Your idea", exact=True)
    expect(field).to_have_value("")
    field.fill("Another thought")
    first.reload()
    expect(alive(first).get_by_label("Your idea", exact=True)).to_have_value(TEXT)
    first.close()
    second.close()
    third = second.context.new_page()
    third.goto(second.url)
    expect(alive(third).get_by_label("Your idea", exact=True)).to_have_value("Another thought")
