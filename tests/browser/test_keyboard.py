"""Without a pointer: a participant joins, writes and votes; a facilitator holds the room; every dialog gives the focus back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.stage import Devices, Stage, Workshop, new_id

IDEAS = ["A bus that waits", "Start at nine", "A quiet room"]
FOCUS = "() => { const one = document.activeElement; return `${one.tagName} ${one.getAttribute('aria-label') || one.innerText || one.id}`.trim(); }"


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until the element has the focus; fails where it cannot be reached."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {wanted}, it is at {page.evaluate(FOCUS)}")


def filled(stage: Stage) -> Workshop:
    """A workshop that collects, with ideas of a crowd."""
    workshop = stage.workshop()
    workshop.crowd(["Ada", "Marek", "Eleni"])
    workshop.start("collect")
    for bot, text in enumerate(IDEAS):
        workshop.says(bot, text)
    return workshop


def test_a_participant_without_a_pointer(stage: Stage, devices: Devices) -> None:
    """Code, name, join; an idea; dots; done. The focus follows the room to each new question."""
    workshop = filled(stage)
    page = devices.open_page(f"{stage.url}/j/")
    expect(page.get_by_label("Session code")).to_be_focused()
    page.keyboard.type(workshop.code)
    expect(page.locator("#found")).to_contain_text("Better mornings")
    tab_to(page, page.get_by_label("Your first name"))
    page.keyboard.type("Zoë")
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/*")
    expect(page.locator("button.me")).to_be_visible()
    field = page.get_by_label("Your idea", exact=True)
    tab_to(page, field)
    page.keyboard.type("Keys are enough")
    page.keyboard.press("Enter")
    expect(page.locator(".note.mine", has_text="Keys are enough")).to_contain_text("Received")
    expect(field).to_be_focused()
    workshop.start("vote")
    expect(page.get_by_role("heading", level=1, name="Which ideas should we try first?")).to_be_focused()
    plus = page.get_by_role("group", name=re.compile("Start at nine")).get_by_role("button", name="Add a dot")
    tab_to(page, plus)
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(plus).to_be_focused()
    expect(page.locator(".tray")).to_contain_text("3 dots left")
    tab_to(page, page.get_by_role("button", name="Done"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Done")).to_have_attribute("aria-pressed", "true")
    workshop.act("events.reveal", activity=workshop.step("vote"))
    expect(page.locator(".bar-row", has_text="Start at nine")).to_contain_text("you gave 2")


def test_a_facilitator_without_a_pointer(stage: Stage, devices: Devices) -> None:
    """From the lobby to the result with one key each, and Tab where there is something to choose."""
    workshop = stage.workshop()
    workshop.crowd(["Ada", "Marek", "Eleni"])
    page, projector = devices.console(workshop), devices.projector(workshop)
    page.keyboard.press("n")
    expect(page.locator(".hero h2")).to_contain_text("What could we do next term")
    for bot, text in enumerate(IDEAS):
        workshop.says(bot, text)
    for key, said in (("]", "+1 min"), ("[", "−1 min"), ("p", "Pause"), ("p", "Resume")):
        page.keyboard.press(key)
        expect(page.locator(".ctl-undo")).to_contain_text(f"“{said}”")
    page.keyboard.press("q")
    expect(projector.locator(".s-bigqr")).to_be_visible()
    page.keyboard.press("q")
    page.keyboard.press("b")
    expect(projector.locator(".s-blank")).to_be_attached()
    page.keyboard.press("b")
    page.keyboard.press("c")
    expect(page.locator(".ctl-main")).to_contain_text("Reveal")
    expect(projector.get_by_text(IDEAS[0])).to_have_count(0)
    page.keyboard.press("r")
    expect(projector.get_by_text(IDEAS[0])).to_be_visible()
    page.keyboard.press("z")
    expect(projector.get_by_text(IDEAS[0])).to_have_count(0)
    page.keyboard.press("r")
    page.keyboard.press("n")
    group_by_keys(page)
    page.keyboard.press("n")
    expect(page.locator(".covered")).to_be_visible()
    for bot in range(3):
        workshop.votes(bot, {workshop.options[0]["id"]: 2})
    page.keyboard.press("v")
    expect(page.locator(".covered")).to_have_count(0)
    page.keyboard.press("r")
    expect(projector.locator(".bar-row.lead")).to_contain_text("6")


def group_by_keys(page: Page) -> None:
    """Select two cards and name their group; letters are letters while one types."""
    for text in IDEAS[:2]:
        tab_to(page, page.locator(".sort-loose").get_by_label(text))
        page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Name of the group"))
    page.keyboard.type("Calm, punctual: npcrzqbv")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Calm, punctual: npcrzqbv")).to_be_visible()
    expect(page.locator("nav.ag li[aria-current=step]")).to_contain_text("Group")


def opens(page: Page, opener: Locator, through: Locator | None = None) -> None:
    """Open a dialog by keys, see the focus inside, leave it with Escape, and see the focus where it was."""
    opener.focus()
    page.keyboard.press("Enter")
    if through is not None:
        expect(opener).not_to_be_focused()  # the menu took it
        for _ in range(30):
            if through.evaluate("one => one === document.activeElement"):
                break
            page.keyboard.press("ArrowDown")
        expect(through).to_be_focused()
        page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("one => one.contains(document.activeElement)"), f"the focus is outside: {page.evaluate(FOCUS)}"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert dialog.evaluate("one => one.contains(document.activeElement) || document.activeElement === document.body"), page.evaluate(FOCUS)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_dialogs_of_the_console_give_the_focus_back(stage: Stage, devices: Devices) -> None:
    """Also those that were opened from a menu, which is gone by then."""
    workshop = filled(stage)
    page = devices.console(workshop)
    opens(page, page.get_by_role("button", name="Add a step"))
    opens(page, page.get_by_role("button", name="Edit question"))
    opens(page, page.locator("#people").get_by_role("button", name=re.compile("^Ada")))
    menu = page.get_by_role("button", name="More for this event")
    for name in ("New code", "Seats", "Pause the event…", "Keys", "End the event"):
        opens(page, menu, page.get_by_role("banner").get_by_role("button", name=re.compile(f"^{name}")))
    more = page.get_by_role("button", name="More for idea 1", exact=True)
    opens(page, more, page.get_by_role("button", name="Hide and say why"))
    workshop.start("sort")
    workshop.act("groups.make", group=new_id(), activity=workshop.step("sort"), title="Calm", ideas=[workshop.rows("ideas")[0]["id"]])
    opens(page, page.get_by_role("button", name="More for Calm"), page.get_by_role("button", name="Dissolve group"))
    workshop.start("present")
    opens(page, page.get_by_role("button", name="Add a challenge"))
    opens(page, page.get_by_role("button", name="Lock teams"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Keys")


@pytest.mark.parametrize("what", ["ideas", "teams", "statements"])
def test_sheets_of_the_phone_give_the_focus_back(stage: Stage, devices: Devices, what: str) -> None:
    """One's own things, an idea to change, a team to start, a statement to add."""
    workshop = stage.workshop("consultation" if what == "statements" else "ideas-and-vote")
    page = devices.phone(workshop, "Ada")
    if what == "ideas":
        workshop.start("collect")
        page.get_by_label("Your idea", exact=True).fill("One")
        page.keyboard.press("Enter")
        expect(page.locator(".note.mine .st.ok")).to_be_visible()
        opens(page, page.get_by_role("button", name="You are Ada"))
        opens(page, page.get_by_role("button", name="Edit: One"))
    elif what == "teams":
        workshop.act("challenges.add", challenge=new_id(), title="Mornings")
        workshop.start("present")
        for place in (0, -1):
            opens(page, page.get_by_role("button", name="Start a team").nth(place))
    else:
        workshop.start("vote")
        opens(page, page.get_by_role("button", name="Add your own"))
