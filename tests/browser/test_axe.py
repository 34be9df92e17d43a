"""Axe over every screen in its states: no violation in light colours, and no contrast that is too low in dark ones."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.acts import group, press, write
from tests.support.axe import violations
from tests.support.stage import SMALL, Devices, Stage, Workshop, new_id
from tests.support.until import until

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
IDEAS = ["A bus that waits for the last pupil", "Start the first lesson at nine", "A quiet room with soft light", "Fruit at ten", "Nobody runs in the hall"]


def found(page: Page, options: dict[str, object], where: str) -> list[str]:
    """What axe finds, one line each."""
    return [f"{where}: {one['id']}, {one['help']}: {node['html'][:160]}" for one in violations(page, options) for node in one["nodes"]]


def clean(page: Page, what: str) -> None:
    """Fail where a screen has a violation in light colours, or too low a contrast in dark ones."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    wrong = found(page, RULES, f"{what}, light")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    wrong += found(page, CONTRAST, f"{what}, dark")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert not wrong, "\n".join(wrong)


def filled(stage: Stage) -> Workshop:
    """A workshop with people and ideas, still collecting."""
    workshop = stage.workshop(title="Digital education: from challenge to prototype")
    workshop.crowd(["Ada", "Marek", "Ελένη", "Дарина", "João"])
    workshop.start("collect")
    for bot, text in enumerate(IDEAS):
        workshop.says(bot, text)
    return workshop


def counted(workshop: Workshop) -> None:
    """Vote, close and reveal; ends when the result is there."""
    workshop.start("vote")
    for bot in range(len(workshop.bots)):
        workshop.votes(bot, {workshop.options[bot % 2]["id"]: 2, workshop.options[2]["id"]: 1})
    workshop.act("events.reveal", activity=workshop.step("vote"))
    until(lambda: workshop.rows("results"), "the result")


def test_the_console(stage: Stage, devices: Devices) -> None:
    """Lobby, ideas, groups, vote, result, board; menus and dialogs are tests of their own."""
    workshop = stage.workshop()
    page = devices.console(workshop)
    clean(page, "lobby")
    workshop = filled(stage)
    page = devices.console(workshop, (1280, 720))
    expect(page.locator(".c-card")).to_have_count(5)
    clean(page, "ideas")
    workshop.start("sort")
    group(page, "Calm", IDEAS[1], IDEAS[2])
    page.locator(".sort-loose").get_by_label(IDEAS[3]).check()
    clean(page, "groups")
    counted(workshop)
    expect(page.locator(".bar-row")).not_to_have_count(0)
    clean(page, "result")
    page.get_by_role("button", name="Make challenges from the top").click()
    first = until(lambda: workshop.rows("challenges"), "the challenges")[0]["id"]
    workshop.act("teams.start", team=new_id(), challenge=first, title="Early birds", need="design")
    press(page, "Start Teams")
    expect(page.get_by_role("article", name="Early birds")).to_be_visible()
    clean(page, "board")


def test_the_vote_on_the_console(stage: Stage, devices: Devices) -> None:
    """Covered, as it is while a vote is open, and uncovered; paused; the last minute."""
    workshop = filled(stage)
    workshop.start("vote")
    page = devices.console(workshop)
    expect(page.locator(".covered")).to_be_visible()
    clean(page, "covered")
    page.get_by_role("button", name="Uncover").click()
    expect(page.locator(".v-options li")).to_have_count(5)
    clean(page, "uncovered")
    workshop.act("events.extend", activity=workshop.step("vote"), seconds=-245)
    expect(page.locator(".ring.last, .ring.over").first).to_be_visible()
    clean(page, "last minute")
    workshop.act("events.pause", activity=workshop.step("vote"))
    expect(page.locator(".hero .ring")).to_contain_text("Paused")
    clean(page, "paused")


def test_dialogs_of_the_console(stage: Stage, devices: Devices) -> None:
    """The menu of the event, the list of keys, adding a step, a person, seats, the end."""
    workshop = filled(stage)
    page = devices.console(workshop)
    page.get_by_role("button", name="More for this event").click()
    clean(page, "menu")
    page.keyboard.press("Escape")
    page.locator("#people").get_by_role("button", name="Ada").click()
    clean(page, "person")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add a step").click()
    clean(page, "add a step")
    page.get_by_role("radio", name="Vote").check()
    for method in ("dots", "majority", "equal-shares"):
        page.get_by_label("How people vote").select_option(method)
        expect(page.frame_locator(".phone-frame iframe").get_by_text("A quiet room for tests").first).to_be_attached()
        clean(page, f"add a vote: {method}")
    page.keyboard.press("Escape")
    for name in ("Keys", "Seats", "Pause the event…", "End the event"):
        page.get_by_role("button", name="More for this event").click()
        page.get_by_role("banner").get_by_role("button", name=name).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        clean(page, name)
        page.keyboard.press("Escape")


def test_the_projector(stage: Stage, devices: Devices) -> None:
    """Lobby, question, wall, groups, options, tie, spotlight, board, rest and end, in both of its own themes."""
    workshop = stage.workshop()
    page = devices.projector(workshop)

    def both(what: str) -> None:
        for theme in ("dark", "light"):
            workshop.act("events.screen", theme=theme)
            expect(page.locator(f".screen[data-theme={theme}]")).to_be_visible()
            page.emulate_media(reduced_motion="reduce")
            wrong = found(page, RULES if theme == "dark" else CONTRAST, f"{what}, {theme}")
            assert not wrong, "\n".join(wrong)

    both("lobby")
    workshop = filled(stage)
    page = devices.projector(workshop)
    both("question")
    workshop.act("events.reveal", activity=workshop.step("collect"))
    expect(page.locator(".w-card")).to_have_count(5)
    both("wall")
    workshop.act("events.screen", spotlight={"collection": "ideas", "id": workshop.rows("ideas")[0]["id"]})
    expect(page.locator(".s-spot")).to_be_visible()
    both("spotlight")
    workshop.act("events.screen", spotlight=None)
    workshop.start("vote")
    expect(page.locator(".v-list li")).to_have_count(5)
    both("options")
    counted(workshop)
    expect(page.locator(".bar-row")).to_have_count(5)
    both("result")
    workshop.act("challenges.adopt", round=workshop.round, top=3)
    workshop.start("present")
    both("board")
    workshop.act("events.rest", until=None)
    expect(page.locator(".s-quiet")).to_be_visible()
    both("rest")


def test_the_phone(stage: Stage, devices: Devices) -> None:
    """Lobby, what I wrote, groups, teams, the sheet to start one, refused words, rest and end, on a small window."""
    workshop = stage.workshop(title="Digital education: from challenge to prototype")
    page = devices.phone(workshop, "Eleni", SMALL)
    clean(page, "lobby")
    workshop.start("collect")
    write(page, IDEAS[0])
    page.get_by_role("button", name="You are Eleni").click()
    page.get_by_role("button", name="What I wrote").click()
    expect(page.get_by_role("heading", name="What I wrote", level=1)).to_be_visible()
    clean(page, "what I wrote")
    page.get_by_role("button", name="Back to the room").click()
    page.context.set_offline(True)
    workshop.act("events.close", activity=workshop.step("collect"))
    page.get_by_label("Your idea", exact=True).fill(IDEAS[1])
    page.get_by_role("button", name="Send idea").click()
    expect(page.locator("header.bar")).to_contain_text("Reconnecting")
    wrong = found(page, RULES, "offline")
    assert not wrong, "\n".join(wrong)
    page.context.set_offline(False)
    expect(page.locator(".st.bad")).to_be_visible()
    clean(page, "refused")
    workshop.act("events.reveal", activity=workshop.step("collect"))
    workshop.start("sort")
    expect(page.locator(".sorting")).to_be_visible()
    clean(page, "groups")
    workshop.act("challenges.add", challenge=new_id(), title="Mornings", problem="They begin too early.", host="The school", theme="quality-assurance")
    workshop.start("present")
    expect(page.get_by_role("heading", name="Mornings")).to_be_visible()
    clean(page, "teams")
    page.locator(".dock").get_by_role("button", name="Start a team").click()
    clean(page, "start a team")
    page.keyboard.press("Escape")
    workshop.act("events.rest", until=None)
    expect(page.get_by_role("heading", name="This session rests.")).to_be_visible()
    clean(page, "rest")
    workshop.act("events.wake")
    workshop.act("events.end")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    clean(page, "end")


def test_a_consultation_on_the_phone(stage: Stage, devices: Devices) -> None:
    """A statement at a time, the list of all, and the sheet to add one's own."""
    workshop = stage.workshop("consultation")
    workshop.crowd(["Ada", "Marek"])
    workshop.start("vote")
    for bot in (0, 1):
        workshop.says(bot, IDEAS[bot], "vote")
    page = devices.phone(workshop, "Eleni")
    expect(page.get_by_role("button", name="Disagree")).to_be_visible()
    clean(page, "statement")
    page.get_by_role("button", name="Add your own").click()
    clean(page, "add your own")


def test_axe_is_not_blind(stage: Stage, open_page: Callable[..., Page]) -> None:
    """The same look at a page that is wrong: a field without a name, and grey on grey."""
    page = open_page(f"{stage.url}/")
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    page.evaluate("for (const one of document.querySelectorAll('h1, p')) { one.style.color = '#999'; one.style.background = '#aaa'; }")
    lines = "\n".join(found(page, RULES, "start"))
    assert "label" in lines
    assert "color-contrast" in lines
