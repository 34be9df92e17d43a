"""When the line breaks, or the hand changes: nothing is lost, and every screen says the truth about it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.support.acts import card, dot, press, reveal, write
from tests.support.stage import LAPTOP, PHONE, Devices, Stage, Workshop, alive

TEXT = "A walk to school together"


def ideas(workshop: Workshop) -> list[str]:
    """What the server has, as the organiser sees it."""
    return [row["text"] for row in workshop.rows("ideas")]


def send(phone: Page, text: str) -> None:
    """Write an idea and send it, whatever becomes of it."""
    phone.get_by_label("Your idea", exact=True).fill(text)
    phone.get_by_role("button", name="Send idea").click()


def note(phone: Page, text: str = TEXT) -> Any:
    """The note of an own idea."""
    return phone.locator(".note.mine", has_text=text)


@pytest.mark.parametrize("query", ["", "?transport=polling"])
def test_a_phone_in_a_tunnel(stage: Stage, open_page: Callable[..., Page], query: str) -> None:
    """Without a network one goes on writing; the phone says where each word is; when it is back the server has all, once."""
    workshop = stage.workshop()
    workshop.start("collect")
    phone = Devices(open_page, query).phone(workshop, "Ada")
    write(phone, "Before the tunnel")
    phone.context.set_offline(True)
    send(phone, TEXT)
    expect(note(phone)).to_contain_text("Waiting for connection")
    expect(phone.locator("header.bar")).to_contain_text("Reconnecting. 1 idea is safe on this phone.")
    send(phone, "Deep in the tunnel")
    expect(phone.locator("header.bar")).to_contain_text("2 ideas are safe on this phone.")
    assert ideas(workshop) == ["Before the tunnel"]
    phone.context.set_offline(False)
    expect(phone.locator("header.bar")).to_contain_text("Back. Everything is saved.")
    expect(note(phone)).to_contain_text("Received")
    expect(note(phone, "Deep in the tunnel")).to_contain_text("Received")
    assert sorted(ideas(workshop)) == sorted(["Before the tunnel", TEXT, "Deep in the tunnel"])


def test_a_phone_that_is_switched_off_in_the_tunnel(stage: Stage, devices: Devices) -> None:
    """The page is gone before the network is back: what was written, begun and voted goes on from the phone's own memory."""
    workshop = stage.workshop()
    workshop.crowd(["Bea"])
    workshop.start("collect")
    workshop.says(0, "Fruit at ten")
    phone = devices.phone(workshop, "Ada")
    write(phone, "Said in time")
    phone.context.set_offline(True)
    send(phone, TEXT)
    phone.get_by_label("Your idea", exact=True).fill("Half a thou")
    expect(note(phone)).to_contain_text("Waiting for connection")
    with pytest.raises(Error):
        phone.reload()  # there is no network to load from
    phone.close()
    again = phone_of(phone, workshop, offline=False)
    expect(note(again)).to_contain_text("Received")
    expect(again.get_by_label("Your idea", exact=True)).to_have_value("Half a thou")
    assert ideas(workshop).count(TEXT) == 1
    again.get_by_label("Your idea", exact=True).fill("")
    workshop.start("vote")
    dot(again, "Fruit at ten")
    again.context.set_offline(True)
    card(again, TEXT).get_by_role("button", name="Add a dot").click()
    card(again, TEXT).get_by_role("button", name="Add a dot").click()
    expect(card(again, TEXT)).to_contain_text("Waiting for connection")
    again.close()
    last = phone_of(again, workshop, offline=False)
    expect(card(last, TEXT).locator(".dot.on")).to_have_count(2)
    expect(card(last, TEXT).locator(".st.ok")).to_have_text("Saved")
    expect(last.locator(".tray")).to_contain_text("2 dots left")
    workshop.act("events.reveal", activity=workshop.step("vote"))
    expect(last.locator(".bar-row", has_text=TEXT)).to_contain_text("you gave 2")


def phone_of(page: Page, workshop: Workshop, offline: bool) -> Page:
    """The same phone with a new page: its cookies and its memory are those it had."""
    context = page.context
    context.set_offline(offline)
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    opened.goto(f"{workshop.stage.url}/s/{workshop.code}")
    return alive(opened)


def test_written_in_time_and_late_at_the_desk(stage: Stage, devices: Devices) -> None:
    """The console asks before it closes on a phone that is reconnecting; what that phone wrote in time waits in the late tray."""
    workshop = stage.workshop()
    workshop.start("collect")
    console, projector = devices.console(workshop), devices.projector(workshop)
    phone, other = devices.phone(workshop, "Ada"), devices.phone(workshop, "Bea")
    write(other, "In time")
    expect(console.locator(".ppl, #people").first).to_contain_text("2 people, 1 wrote")
    phone.context.set_offline(True)
    send(phone, TEXT)
    phone.get_by_label("Your idea", exact=True).fill("Begun, never sent")
    expect(console.locator(".ppl .person-off")).to_have_count(1, timeout=60_000)
    press(console, re.compile("Close and reveal"))
    asked = console.get_by_role("alertdialog")
    expect(asked).to_contain_text("1 phone is reconnecting.")
    asked.get_by_role("button", name="Close now").click()
    expect(projector.get_by_text("In time")).to_be_visible()
    phone.context.set_offline(False)
    expect(note(phone)).to_contain_text("Arrived late. The facilitator decides.", timeout=20_000)
    tray = console.get_by_role("region", name="Arrived late")
    expect(tray).to_contain_text(TEXT)
    expect(projector.get_by_text(TEXT)).to_have_count(0)
    expect(other.get_by_text(TEXT)).to_have_count(0)
    tray.get_by_role("button", name="Take it").click()
    for page in (projector, other):
        expect(page.get_by_text(TEXT)).to_be_visible()
    expect(tray).to_have_count(0)


def test_refused_words_stay_to_be_copied(stage: Stage, devices: Devices) -> None:
    """Written after the close on a phone that could not know: not accepted, the reason said, the words there to be copied."""
    workshop = stage.workshop()
    activity = workshop.start("collect")
    phone = devices.phone(workshop, "Ada", permissions=["clipboard-read", "clipboard-write"])
    expect(phone.get_by_label("Your idea", exact=True)).to_be_visible()
    phone.context.set_offline(True)
    workshop.act("events.close", activity=activity)
    send(phone, TEXT)
    expect(note(phone)).to_contain_text("Waiting for connection")
    phone.context.set_offline(False)
    expect(note(phone).locator(".st.bad")).to_contain_text("closed")
    note(phone).get_by_role("button", name="Copy text").click()
    assert phone.evaluate("navigator.clipboard.readText()") == TEXT
    phone.reload()
    expect(note(alive(phone)).locator(".st.bad")).to_contain_text("closed")
    note(phone).get_by_role("button", name="Remove").click()
    expect(note(phone)).to_have_count(0)
    assert TEXT not in ideas(workshop)


def test_two_tabs_are_one_person(stage: Stage, devices: Devices) -> None:
    """A second tab of the same phone shows what the first one did; together they are one person with one budget."""
    workshop = stage.workshop()
    workshop.start("collect")
    first = devices.phone(workshop, "Ada")
    second = phone_of(first, workshop, offline=False)
    write(first, TEXT)
    expect(note(second)).to_contain_text("Received")
    workshop.start("vote")
    dot(first, TEXT, 2)
    expect(card(second, TEXT).locator(".dot.on")).to_have_count(2)
    dot(second, TEXT, 1)
    expect(card(first, TEXT).locator(".dot.on")).to_have_count(3)
    expect(second.locator(".tray")).to_contain_text("2 dots left")
    assert [row["cast"] for row in workshop.stage.served.state(workshop.code)["turnout"].values()] == [1]


def test_a_seat_moves_to_another_device(stage: Stage, devices: Devices) -> None:
    """A personal link takes the seat and everything written along; the old phone is told and sends nothing more."""
    workshop = stage.workshop()
    workshop.start("collect")
    phone = devices.phone(workshop, "Ada")
    write(phone, TEXT)
    phone.goto(f"{stage.url}/s/{workshop.code}/mine")
    link = made_link(phone)
    back = phone_of(phone, workshop, offline=False)
    other = devices.open_page(link, 360, 640, **PHONE)
    other.get_by_role("button", name="Continue on this device").click()
    expect(note(alive(other))).to_contain_text("Received")
    expect(back.get_by_role("heading", name="Your seat is on another device now.")).to_be_visible()
    expect(back.get_by_label("Your idea", exact=True)).to_have_count(0)
    write(other, "From the new phone")
    assert [row["role"] for row in workshop.rows("members")].count("participant") == 1
    again = devices.open_page(link, 360, 640, quiet=False, **PHONE)
    expect(again.get_by_role("button", name="Continue on this device")).to_have_count(0)  # it works once


def made_link(phone: Page) -> str:
    """The personal link of a phone, from its own page, which scripts may or may not have taken over."""
    if phone.get_by_role("button", name="Make a link").count() == 0:
        phone.context.route("**/js/screens/phone.js*", lambda route: route.abort())
    phone.get_by_role("button", name="Make a link").click()
    return phone.get_by_label("Link").input_value()


def test_the_facilitator_frees_a_seat(stage: Stage, devices: Devices) -> None:
    """A list of seats: who sits there is let go, and somebody else takes the seat with what was written on it."""
    workshop = stage.workshop()
    workshop.act("events.edit_event", seating="list")
    workshop.act("seats.generate", prefix="Blue", count=2)
    workshop.start("collect")
    console = devices.console(workshop)
    first = seated(devices, workshop, "Blue 1")
    write(first, TEXT)
    console.get_by_role("button", name="More for this event").click()
    console.get_by_role("banner").get_by_role("button", name="Seats", exact=True).click()
    console.get_by_role("dialog").get_by_role("button", name=re.compile("^Free")).click()
    expect(first.get_by_role("heading", level=1)).to_have_text(re.compile("no longer in this session|Your seat is on another device"))
    second = seated(devices, workshop, "Blue 1")
    expect(note(second)).to_contain_text("Received")


def seated(devices: Devices, workshop: Workshop, seat: str) -> Page:
    """A phone that takes a seat of the list."""
    page = devices.open_page(f"{workshop.stage.url}/j/{workshop.code}", 390, 844, **PHONE)
    page.get_by_label("Your seat").select_option(label=seat)
    page.get_by_role("button", name="Join", exact=True).click()
    return alive(page)


def test_a_second_facilitator_takes_over(stage: Stage, devices: Devices) -> None:
    """The console loses its line and says so; the room goes on; a person who was made facilitator holds it to the reveal."""
    workshop = stage.workshop()
    workshop.start("collect")
    console, projector = devices.console(workshop), devices.projector(workshop)
    phone, deputy = devices.phone(workshop, "Ada"), devices.phone(workshop, "Dora")
    console.locator("#people").get_by_role("button", name=re.compile("^Dora")).click()
    console.get_by_role("dialog").get_by_role("button", name="Make facilitator").click()
    console.keyboard.press("Escape")
    deputy.get_by_role("button", name=re.compile("You are Dora")).click()
    deputy.get_by_role("link", name="Run this session").click()
    expect(deputy.locator("footer.ctl")).to_be_visible()
    console.context.set_offline(True)
    expect(console.locator(".console-banner")).to_contain_text("You are disconnected. The room keeps its timer.")
    write(phone, TEXT)
    reveal(deputy)
    for page in (phone, projector):
        expect(page.get_by_text(TEXT).first).to_be_visible()
    console.context.set_offline(False)
    expect(console.locator(".console-banner")).to_have_count(0, timeout=20_000)
    expect(console.locator(".ctl-main")).to_contain_text("Start Group")


def test_a_card_and_a_name_go_from_every_screen(stage: Stage, devices: Devices) -> None:
    """Hide on the console: the next frame takes the card, and the name, from projector and phones."""
    workshop = stage.workshop()
    activity = workshop.step("collect")
    workshop.act("events.edit", activity=activity, settings={"visibility": "live", "authors": "name"})
    workshop.act("events.start", activity=activity)
    console, projector = devices.console(workshop, LAPTOP), devices.projector(workshop)
    rude, other = devices.phone(workshop, "Rude Name"), devices.phone(workshop, "Bea")
    write(rude, TEXT)
    write(rude, "Something unkind")
    for page in (projector, other):
        expect(page.get_by_text("Something unkind")).to_be_visible()
    console.get_by_role("button", name="Hide idea 2").click()
    for page in (projector, other):
        expect(page.get_by_text("Something unkind")).to_have_count(0)
    expect(rude.locator(".note.mine", has_text="Something unkind")).to_contain_text("Hidden by the facilitator")
    console.get_by_role("button", name="More for idea 1").click()
    console.get_by_role("button", name="Make it large on the screen").click()
    expect(projector.get_by_text("Rude Name")).to_be_visible()
    console.locator("#people").get_by_role("button", name=re.compile("^Rude Name")).click()
    console.get_by_role("dialog").get_by_role("button", name="Hide the name on all screens").click()
    for page in (projector, other):
        expect(page.get_by_text("Rude Name")).to_have_count(0)
        expect(page.get_by_text(TEXT).first).to_be_visible()
