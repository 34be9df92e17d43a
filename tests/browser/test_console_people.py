"""People on the console: state without telling too much, the cover, names, seats, the door."""

from playwright.sync_api import Page, expect

from tests.support.stage import Devices, Stage, Workshop

CROWD = ["Anna", "Ben", "Carla", "Дарина", "Eleni", "Farid"]


def faces(page: Page) -> list[str]:
    """What the marks of people say to a reader, by number."""
    return [str(face.get_attribute("aria-label")) for face in page.locator(".ppl button").all()]


def voting(stage: Stage, **settings: object) -> Workshop:
    """A workshop with a crowd whose vote is open."""
    workshop = stage.workshop()
    workshop.crowd(CROWD)
    workshop.start("collect")
    for bot in range(4):
        workshop.says(bot, f"Idea number {bot + 1}")
    if settings:
        workshop.act("events.edit", activity=workshop.step("vote"), settings=settings)
    workshop.start("vote")
    return workshop


def test_who_wrote_and_who_is_done(stage: Stage, devices: Devices) -> None:
    """Marks follow what people do; a reader hears name and state."""
    workshop = stage.workshop()
    workshop.crowd(CROWD)
    collect = workshop.start("collect")
    page = devices.console(workshop)
    workshop.says(0, "An idea")
    stage.served.command(workshop.code, "events.done", workshop.bots[0], activity=collect, done=True)
    workshop.says(1, "Another idea")
    expect(page.get_by_role("button", name="Anna, done")).to_be_visible()
    expect(page.get_by_role("button", name="Ben, wrote")).to_be_visible()
    expect(page.get_by_role("button", name="Carla, not yet")).to_be_visible()
    expect(page.locator(".pp h2")).to_have_text("6 people, 2 wrote")


def test_a_secret_vote_shows_counts_only(stage: Stage, devices: Devices) -> None:
    """Where totals of a secret vote are shown to staff, no mark stands beside a name: one that fills while a bar moves would tell."""
    workshop = voting(stage)
    page = devices.console(workshop)
    page.locator("body").press("v")
    first = workshop.options[0]["id"]
    for bot in range(5):
        workshop.votes(bot, {first: 2})
    expect(page.locator(".pp h2")).to_have_text("6 people, 5 voted")
    expect(page.locator(".pp")).to_contain_text("Counts only")
    assert not [face for face in faces(page) if "voted" in face or "not yet" in face]
    expect(page.locator(".bar-row.lead .num").first).to_contain_text("10")


def test_the_cover(stage: Stage, devices: Devices) -> None:
    """While a vote is open the console shows neither totals nor names, until V; a step later it is as ever."""
    workshop = voting(stage)
    for bot in range(5):
        workshop.votes(bot, {workshop.options[0]["id"]: 2})
    page = devices.console(workshop)
    expect(page.locator(".covered")).to_contain_text("covered")
    assert page.locator(".stage .bar-row").count() == 0
    assert "Anna" not in page.locator(".pp").inner_text() and not [face for face in faces(page) if "Anna" in face]
    page.locator("body").press("v")
    expect(page.locator(".covered")).to_have_count(0)
    assert faces(page)[0].startswith("Anna")
    page.locator("body").press("v")
    expect(page.locator(".covered")).to_be_visible()
    workshop.act("events.start", activity=workshop.step("present"))
    expect(page.locator(".board")).to_be_visible()


def test_search_rename_hide_and_remove(stage: Stage, devices: Devices) -> None:
    """From / to a person by keyboard; every change is on the server; a removed person is gone from the panel."""
    workshop = stage.workshop()
    workshop.crowd(CROWD)
    page = devices.console(workshop)
    page.locator("body").press("/")
    page.keyboard.type("дар")
    expect(page.locator(".found li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Дарина")
    dialog.get_by_label("Name", exact=True).fill("Darina")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog", name="Darina")).to_be_visible()
    page.get_by_role("button", name="Hide the name on all screens").click()
    expect(page.get_by_role("button", name="Show the name again")).to_be_visible()
    member = next(row for row in workshop.rows("members") if row["name"] == "Darina")
    assert member["name_hidden"]
    page.get_by_role("button", name="Remove from the event…").click()
    page.get_by_role("button", name="Remove from the event", exact=True).click()
    expect(page.locator(".pp h2")).to_have_text("5 people")
    assert next(row for row in workshop.rows("members") if row["id"] == member["id"])["status"] == "removed"


def test_the_door(stage: Stage, devices: Devices) -> None:
    """Where the facilitator admits people, they stand at the door until a press lets them in."""
    workshop = stage.workshop()
    page = devices.console(workshop)
    page.get_by_role("button", name="More for this event").click()
    page.get_by_role("radio", name="I admit each person").check()
    page.keyboard.press("Escape")
    phone = devices.open_page(f"{stage.url}/j/{workshop.code}")
    phone.get_by_label("Your first name").fill("Marek")
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator(".pp")).to_contain_text("1 person at the door")
    expect(page.locator(".pp .ask")).to_contain_text("Marek")
    page.get_by_role("button", name="Admit", exact=True).click()
    expect(page.get_by_role("heading", name="1 person", exact=True)).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("You are in.")


def test_seats(stage: Stage, devices: Devices) -> None:
    """A list of seats is made from names and generated ones; a seat is renamed and removed in the list."""
    workshop = stage.workshop()
    page = devices.console(workshop)
    page.get_by_role("button", name="More for this event").click()
    page.get_by_role("button", name="Seats", exact=True).click()
    dialog = page.get_by_role("dialog", name="Seats")
    dialog.get_by_text("Add seats").first.click()
    dialog.get_by_label("Names, one a line").fill("Blue 1\nBlue 2")
    dialog.get_by_role("button", name="Add seats").click()
    expect(dialog.get_by_label("Name of seat 2")).to_have_value("Blue 2")
    dialog.get_by_label("Name of seat 2").fill("Window")
    dialog.get_by_label("Name of seat 2").press("Enter")
    dialog.get_by_role("row").nth(1).get_by_role("button", name="Remove").click()
    expect(dialog.get_by_role("row")).to_have_count(2)
    assert [(row["name"], row["status"]) for row in workshop.rows("seats")] == [("Blue 1", "removed"), ("Window", "free")]
