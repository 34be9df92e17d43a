"""The console against the real server: one key each, undo by name, the drift and its fix, what stays in view, a lost line."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.stage import Devices, Stage, Workshop

SIZES = [(1440, 900), (1280, 720), (1024, 768), (820, 1180), (360, 740)]
CROWD = ["Anna", "Ben", "Γιάννης", "Дарина", "Eva", "Farid", "Gianni"]


def activity(workshop: Workshop, kind: str) -> dict:
    """The row of an activity as the organiser sees it."""
    return next(row for row in workshop.rows("activities") if row["type"] == kind)


def screen(workshop: Workshop) -> dict:
    """What the projector is set to."""
    return workshop.rows("events")[0]["screen"]


def press(page: Page, key: str) -> None:
    """A key on the page itself, not in a field."""
    page.locator("body").press(key)


def test_keys_run_the_agenda(stage: Stage, devices: Devices) -> None:
    """N starts, ] and [ move the end, P stops the clock, C closes hidden, R reveals; undo says what it undoes and does it."""
    workshop = stage.workshop()
    page = devices.console(workshop)
    expect(page.locator(".ctl-main")).to_contain_text("Start Ideas")
    press(page, "n")
    expect(page.locator(".hero h2")).to_contain_text("What could we do next term")
    ends = activity(workshop, "collect")["ends_at"]
    press(page, "]")
    expect(page.locator(".ctl-undo")).to_contain_text("Undo “+1 min”")
    assert activity(workshop, "collect")["ends_at"] - ends == 60_000
    press(page, "z")
    expect(page.locator(".ctl-undo")).to_contain_text("Undo “Next step”")
    assert activity(workshop, "collect")["ends_at"] == ends
    press(page, "p")
    expect(page.locator(".hero .ring")).to_contain_text("Paused")
    press(page, "p")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    press(page, "c")
    expect(page.locator(".ctl-main")).to_contain_text("Reveal")
    assert (activity(workshop, "collect")["status"], activity(workshop, "collect")["revealed"]) == ("closed", False)
    press(page, "r")
    expect(page.locator(".ctl-main")).to_contain_text("Start Group")
    assert activity(workshop, "collect")["revealed"]


def test_keys_of_the_projector(stage: Stage, devices: Devices) -> None:
    """Q shows the code large, B blanks; both are switches, and the card says what the room sees."""
    workshop = stage.workshop()
    page = devices.console(workshop)
    press(page, "q")
    expect(page.locator(".sees")).to_contain_text("The QR code and the join code, large.")
    press(page, "b")
    expect(page.locator(".sees")).to_contain_text("Nothing: the projector is blank.")
    assert (screen(workshop)["qr"], screen(workshop)["blank"]) == (True, True)
    press(page, "b")
    press(page, "q")
    expect(page.locator(".sees")).to_contain_text("QR code, join code and how many are here.")


def test_keys_are_off_while_typing_and_when_switched_off(stage: Stage, devices: Devices) -> None:
    """A letter in a field is a letter; the switch in the menu takes the keys away, and the caps with them."""
    workshop = stage.workshop()
    page = devices.console(workshop)
    press(page, "/")
    expect(page.locator("#find-person")).to_be_focused()
    page.keyboard.type("nn")
    expect(page.locator("#find-person")).to_have_value("nn")
    page.get_by_role("button", name="More for this event").click()
    page.get_by_role("checkbox", name="Single-letter keys").click()
    page.keyboard.press("Escape")
    expect(page.locator("kbd")).to_have_count(0)
    press(page, "n")
    page.wait_for_timeout(300)
    assert activity(workshop, "collect")["status"] == "planned"


def test_the_list_of_keys(stage: Stage, devices: Devices) -> None:
    """The question mark opens it, Escape closes it, and the focus is where it was."""
    page = devices.console(stage.workshop())
    page.locator(".ctl-main").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Undo the last change")
    page.keyboard.press("Escape")
    expect(page.locator(".ctl-main")).to_be_focused()


@pytest.mark.parametrize("size", SIZES)
def test_close_and_reveal_stays_in_view(stage: Stage, devices: Devices, size: tuple[int, int]) -> None:
    """The one marigold button is whole inside the window at every size, and nothing scrolls sideways."""
    workshop = stage.workshop()
    workshop.crowd(CROWD)
    workshop.start("collect")
    for bot in range(len(CROWD)):
        workshop.says(bot, f"An idea of some length, number {bot}, so that the list is longer than the window")
    page = devices.console(workshop, size)
    main = page.get_by_role("button", name="Close and reveal")
    expect(main).to_be_visible()
    expect(page.locator(".btn.live")).to_have_count(1)
    box = main.bounding_box()
    assert box and box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1], box
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_phone_is_a_pocket_remote(stage: Stage, devices: Devices) -> None:
    """At 360 px: time, reveal, hide, blank and next are all in view, and each can be hit with a thumb."""
    workshop = stage.workshop()
    workshop.start("collect")
    page = devices.console(workshop, (360, 740))
    for name in ("Pause", "−1 min", "+1 min", "Blank", "Skip to next", "Close, keep hidden", "Close and reveal"):
        box = page.get_by_role("button", name=name).first.bounding_box()
        assert box and box["height"] >= 44 and box["y"] + box["height"] <= 740 and box["x"] + box["width"] <= 360, (name, box)
    page.get_by_role("button", name="+1 min").click()
    expect(page.locator(".ctl-undo")).to_contain_text("+1 min")
    page.get_by_role("button", name="Agenda").click()
    expect(page.get_by_role("navigation", name="Agenda")).to_be_visible()


def test_the_drift_and_its_fix(stage: Stage, devices: Devices) -> None:
    """Late by four minutes: the console says so, and one press takes them out of a coming step; then nothing is left to say, on any console."""
    workshop = stage.workshop()
    page = devices.console(workshop)
    workshop.start("collect")
    expect(page.locator(".ag .now")).to_contain_text("Ideas")
    expect(page.locator(".drift")).to_have_count(0)
    workshop.act("events.extend", activity=workshop.step("collect"), seconds=240)
    expect(page.locator(".drift")).to_contain_text("4 minutes behind.")
    fix = page.locator(".drift button")
    expect(fix).to_have_text("Group 8 → 4 min")
    fix.click()
    expect(page.locator(".drift")).to_have_count(0, timeout=15_000)
    assert activity(workshop, "sort")["minutes"] == 4
    other = devices.console(workshop, (1280, 720))
    expect(other.locator(".ag .now")).to_contain_text("Ideas")
    expect(other.locator(".drift")).to_have_count(0)


def test_the_agenda_is_edited_in_place(stage: Stage, devices: Devices) -> None:
    """Add a break, give it minutes, move it, skip a step; every change can be undone."""
    workshop = stage.workshop()
    page = devices.console(workshop)
    steps = page.locator(".ag .ttl")
    page.get_by_role("button", name="Add a step").click()
    dialog = page.get_by_role("dialog", name="Add a step")
    dialog.get_by_role("radio", name="Present").check()
    dialog.get_by_label("Title").fill("Coffee")
    dialog.get_by_label("Minutes").fill("12")
    dialog.get_by_label("What is shown").select_option("break")
    dialog.get_by_role("button", name="Add a step").click()
    expect(steps).to_have_text(["Ideas", "Group", "Vote", "Teams", "Coffee"])
    coffee = next(row for row in workshop.rows("activities") if row["title"] == "Coffee")
    assert (coffee["minutes"], coffee["settings"]["show"]) == (12, "break")
    page.locator(".ag .step", has_text="Coffee").click()
    page.get_by_role("button", name="Move up").click()
    expect(steps).to_have_text(["Ideas", "Group", "Vote", "Coffee", "Teams"])
    page.get_by_role("spinbutton", name="Minutes of Coffee").fill("15")
    page.get_by_role("spinbutton", name="Minutes of Coffee").press("Enter")
    expect(page.locator(".ag .step", has_text="Coffee")).to_contain_text("15′")
    page.get_by_role("button", name="Skip", exact=True).click()
    expect(page.locator(".ag .step", has_text="Coffee")).to_contain_text("skipped")
    press(page, "z")
    expect(page.locator(".ag .step", has_text="skipped")).to_have_count(0)


def test_the_question_is_edited_and_phones_follow(stage: Stage, devices: Devices) -> None:
    """A new wording is on the phone at once; what was not touched is not sent."""
    workshop = stage.workshop()
    workshop.start("collect")
    page, phone = devices.console(workshop), devices.phone(workshop)
    page.get_by_role("button", name="Edit question").click()
    page.get_by_role("dialog").get_by_label("Question").fill("What would help most?")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("What would help most?")
    assert activity(workshop, "collect")["title"] == "Ideas"


def test_phones_that_reconnect_are_waited_for(stage: Stage, devices: Devices) -> None:
    """A phone that just went asks before the close: wait, close now, or not at all; nothing closes meanwhile."""
    workshop = stage.workshop()
    workshop.crowd(["Bea"])
    workshop.start("collect")
    page, phone = devices.console(workshop), devices.phone(workshop)
    expect(page.locator(".ppl .person-away")).to_have_count(1)  # Bea has no device: the console knows who is here
    expect(page.locator(".ppl .person-wait")).to_have_count(1)
    phone.context.close()
    expect(page.locator(".ppl .person-off")).to_have_count(1)
    press(page, "r")
    asked = page.get_by_role("alertdialog")
    expect(asked).to_contain_text("1 phone is reconnecting.")
    expect(asked.get_by_role("button", name="Wait 20 s")).to_be_focused()
    asked.get_by_role("button", name="Wait 20 s").click()
    expect(asked).to_contain_text("or as soon as they are back")
    assert activity(workshop, "collect")["status"] == "running"
    asked.get_by_role("button", name="Close now").click()
    expect(page.locator(".ctl-main")).to_contain_text("Start Group")
    assert activity(workshop, "collect")["revealed"]


def test_two_facilitators_see_the_same(stage: Stage, devices: Devices) -> None:
    """What one presses the other sees, and may undo."""
    workshop = stage.workshop()
    one, other = devices.console(workshop), devices.console(workshop, (360, 740))
    press(one, "n")
    expect(other.locator(".hero h2")).to_contain_text("What could we do next term")
    other.get_by_role("button", name="+1 min").click()
    expect(one.locator(".ctl-undo")).to_contain_text("+1 min")


def test_a_lost_line_is_said_and_nothing_leaves_late(stage: Stage, devices: Devices) -> None:
    """Disconnected: the room keeps its timer; what is pressed meanwhile is not done minutes later."""
    workshop = stage.workshop()
    workshop.start("collect")
    page = devices.console(workshop, quiet=False)
    page.context.set_offline(True)
    expect(page.locator(".console-banner")).to_contain_text("You are disconnected. The room keeps its timer.", timeout=30_000)
    press(page, "c")
    page.context.set_offline(False)
    expect(page.locator(".console-banner")).to_have_count(0, timeout=30_000)
    page.wait_for_timeout(500)
    assert activity(workshop, "collect")["status"] == "running"
