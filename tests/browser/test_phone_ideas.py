"""Ideas on the phone against the real server: nothing is lost, and every note tells the truth."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.phones import BEHIND, Open, Workshop, eventually, hall, note, said, write

COLLECT = {"type": "collect", "title": "Ideas", "question": "What would you try first?"}
PRESENT = {"type": "present", "title": "Break", "question": "Coffee"}

Make = Callable[[list[dict]], Workshop]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes workshops on one server."""
    with hall(tmp_path_factory.mktemp("phone")) as workshops:
        yield workshops


def started(make: Make, open_page: Open, settings: dict | None = None, **context: object) -> tuple[Workshop, Page]:
    """A workshop that collects ideas, and a phone in it."""
    workshop = make([COLLECT | {"settings": settings or {}}, PRESENT])
    workshop.do("events.start", activity=workshop.steps[0])
    page = workshop.join(open_page, **context)
    return workshop, page


def texts(workshop: Workshop) -> list[str]:
    return sorted(idea["text"] for idea in workshop.rows("ideas"))


def test_joining_leads_to_the_lobby_and_on(make: Make, open_page: Open) -> None:
    """By the code into the lobby; the first step takes the phone along, with the focus on its question."""
    workshop = make([COLLECT])
    page = workshop.join(open_page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are in.")
    expect(page.locator(".lobby-ring")).to_contain_text("1")
    workshop.do("events.start", activity=workshop.steps[0])
    heading = page.get_by_role("heading", level=1, name="What would you try first?")
    expect(heading).to_be_focused()


def test_what_is_typed_before_the_script_runs_is_kept(make: Make, open_page: Open) -> None:
    """On a slow line the server's page comes first; who types into it keeps text and focus when the script takes over."""
    workshop = make([COLLECT])
    workshop.do("events.start", activity=workshop.steps[0])
    held = []
    page = open_page()
    page.route("**/screens/phone.js*", lambda route: held.append(route))
    page.goto(f"{workshop.served.url}/j/{workshop.code}")
    page.get_by_label("first name").fill("Eleni")
    page.get_by_role("button", name="Join").click()
    page.locator("textarea[name=text]").press_sequentially("Typed early")
    for route in held:
        route.continue_()
    expect(page.locator("button.me")).to_be_visible()
    expect(page.locator(".comp textarea")).to_have_value("Typed early")
    expect(page.locator(".comp textarea")).to_be_focused()
    page.locator(".comp textarea").press("Enter")
    expect(note(page, "Typed early")).to_contain_text("Received")


def test_an_idea_is_there_at_once_and_then_received(make: Make, open_page: Open) -> None:
    """The note appears, the field is empty and keeps the focus, the server has it once."""
    workshop, page = started(make, open_page)
    write(page, "Captions that pupils correct")
    expect(note(page, "Captions that pupils correct")).to_contain_text("Received")
    expect(page.locator(".comp textarea")).to_have_value("")
    expect(page.locator(".comp textarea")).to_be_focused()
    assert texts(workshop) == ["Captions that pupils correct"]
    expect(page.locator(".dock")).to_contain_text("1 of 1 people")


def test_a_lost_line_loses_nothing(make: Make, open_page: Open) -> None:
    """Written without a network: waiting, said to be safe, and on the server exactly once when the line is back."""
    workshop, page = started(make, open_page, quiet=False)
    page.context.set_offline(True)
    write(page, "Written in the lift")
    expect(note(page, "Written in the lift")).to_contain_text("Waiting for connection")
    expect(page.locator(".bar")).to_contain_text("1 idea is safe on this phone.")
    assert texts(workshop) == []
    page.context.set_offline(False)
    expect(page.locator(".bar")).to_contain_text("Everything is saved.", timeout=15_000)
    expect(note(page, "Written in the lift")).to_contain_text("Received")
    assert texts(workshop) == ["Written in the lift"]


def test_a_reload_keeps_what_waits_and_what_was_begun(make: Make, open_page: Open) -> None:
    """The page is closed without a network; opened again, the idea goes out and the draft stands in the field."""
    workshop, page = started(make, open_page, quiet=False)
    page.context.set_offline(True)
    write(page, "Before the battery died")
    page.locator(".comp textarea").fill("half a thou")
    context, url = page.context, page.url
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(url)
    expect(again.locator(".comp textarea")).to_have_value("half a thou")
    expect(note(again, "Before the battery died")).to_contain_text("Received")
    assert texts(workshop) == ["Before the battery died"]


def test_written_before_the_close_but_late(make: Make, open_page: Open) -> None:
    """It goes to the late tray and says so."""
    workshop, page = started(make, open_page, quiet=False)
    page.context.set_offline(True)
    write(page, "Just in time")
    page.wait_for_timeout(300)
    workshop.do("events.close", activity=workshop.steps[0])
    page.context.set_offline(False)
    expect(note(page, "Just in time")).to_contain_text("Arrived late. The facilitator decides.", timeout=15_000)
    assert [idea["status"] for idea in workshop.rows("ideas")] == ["late"]


def test_written_after_the_close_is_refused_and_kept(make: Make, open_page: Open) -> None:
    """The reason, the text to copy, and a way to clear it away; over a reload too."""
    workshop, page = started(make, open_page, quiet=False)
    page.context.set_offline(True)
    workshop.do("events.close", activity=workshop.steps[0])
    page.wait_for_timeout(BEHIND)
    write(page, "Too late")
    page.context.set_offline(False)
    refused = note(page, "Too late")
    expect(refused.get_by_role("button", name="Copy text")).to_be_visible(timeout=15_000)
    said(page, "Not saved.")
    page.reload()
    expect(note(page, "Too late").get_by_role("button", name="Copy text")).to_be_visible()
    note(page, "Too late").get_by_role("button", name="Remove").click()
    expect(note(page, "Too late")).to_have_count(0)
    assert texts(workshop) == []


def test_an_idea_is_reworded_kept_private_and_taken_back(make: Make, open_page: Open) -> None:
    """All three in the sheet behind Edit; Escape gives the focus back."""
    workshop, page = started(make, open_page)
    write(page, "First wording")
    edit = note(page, "First wording").get_by_role("button", name="Edit")
    edit.click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    edit.click()
    sheet.get_by_role("switch", name="Not for publication").click()
    sheet.get_by_role("textbox").fill("Second wording")
    sheet.get_by_role("button", name="Save changes").click()
    expect(note(page, "Second wording")).to_contain_text("Received")
    expect(note(page, "Second wording")).to_contain_text("Not for publication")
    eventually(lambda: [(idea["text"], idea["publish"]) for idea in workshop.rows("ideas")] == [("Second wording", False)], page, "reworded")
    note(page, "Second wording").get_by_role("button", name="Edit").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(page.locator(".note.mine")).to_have_count(0)
    eventually(lambda: [idea["status"] for idea in workshop.rows("ideas")] == ["withdrawn"], page, "withdrawn")


def test_nobody_sees_others_before_the_reveal(make: Make, open_page: Open) -> None:
    """The page does not even have the others' ideas; the reveal brings the wall, one's own marked."""
    workshop, page = started(make, open_page)
    workshop.ideas(["A secret of Marek"], workshop.steps[0])
    write(page, "My own")
    expect(note(page, "My own")).to_contain_text("Received")
    assert "A secret of Marek" not in page.content()
    workshop.do("events.reveal", activity=workshop.steps[0])
    wall = page.locator(".card-row")
    expect(wall).to_have_count(2)
    expect(wall.filter(has_text="My own")).to_contain_text("Yours")
    expect(wall.filter(has_text="A secret of Marek")).not_to_contain_text("Marek, ")


def test_a_wall_too_large_for_the_first_page(make: Make, open_page: Open) -> None:
    """The page brings what the first picture needs, the rest is fetched: all ideas are there."""
    workshop = make([COLLECT])
    workshop.do("events.start", activity=workshop.steps[0])
    workshop.ideas([f"Idea number {number}, which somebody would like to try next term" for number in range(120)], workshop.steps[0])
    workshop.do("events.reveal", activity=workshop.steps[0])
    page = workshop.join(open_page)
    expect(page.locator(".card-row")).to_have_count(120, timeout=15_000)
    assert page.evaluate("JSON.parse(document.getElementById('boot').textContent).partial")


def test_the_room_moves_on_but_not_from_under_a_pen(make: Make, open_page: Open) -> None:
    """Who writes is asked; the draft stays where it was; going on brings the next step."""
    workshop, page = started(make, open_page)
    page.locator(".comp textarea").press_sequentially("I was about to")
    workshop.do("events.start", activity=workshop.steps[1])
    expect(page.locator(".moved")).to_contain_text("The room moved on.")
    expect(page.locator(".comp textarea")).to_be_focused()
    page.locator(".comp textarea").press_sequentially(" say this")
    page.locator(".comp textarea").press("Enter")
    expect(note(page, "I was about to say this")).to_contain_text("Arrived late.")
    page.locator(".comp textarea").fill("unfinished")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("heading", level=1, name="Coffee")).to_be_focused()
    workshop.do("events.reopen", activity=workshop.steps[0])
    expect(page.locator(".comp textarea")).to_have_value("unfinished")


def test_a_close_leaves_time_for_the_last_words(make: Make, open_page: Open) -> None:
    """The composer of somebody who writes stays, and what is sent then goes to the late tray."""
    workshop, page = started(make, open_page)
    page.locator(".comp textarea").press_sequentially("My last")
    workshop.do("events.close", activity=workshop.steps[0])
    expect(page.locator(".dock")).to_contain_text("Finish your sentence")
    page.locator(".comp textarea").press_sequentially(" words")
    page.locator(".comp textarea").press("Enter")
    expect(note(page, "My last words")).to_contain_text("Arrived late.")


def test_the_tray_and_the_hand_of_the_facilitator(make: Make, open_page: Open) -> None:
    """An idea that waits for approval says so; a hidden one says why."""
    workshop, page = started(make, open_page, {"moderated": True})
    write(page, "Please approve")
    expect(note(page, "Please approve")).to_contain_text("Waits for the facilitator")
    idea = workshop.rows("ideas")[0]["id"]
    workshop.do("ideas.show", idea=idea)
    expect(note(page, "Please approve")).to_contain_text("Received")
    workshop.do("ideas.hide", idea=idea, reason="It names a person")
    expect(note(page, "Please approve")).to_contain_text("It names a person")


def test_a_limit_per_person(make: Make, open_page: Open) -> None:
    """With the last allowed idea the composer goes; one taken back brings it again."""
    _, page = started(make, open_page, {"limit": 1})
    write(page, "The only one")
    expect(page.locator(".dock")).to_contain_text("You have used your 1 idea.")
    expect(page.locator(".comp")).to_have_count(0)
    note(page, "The only one").get_by_role("button", name="Edit").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(page.locator(".comp textarea")).to_be_visible()


def test_characters_are_counted_from_four_fifths_on_and_nothing_is_cut(make: Make, open_page: Open) -> None:
    """Too long is said, not truncated; the text stays."""
    workshop, page = started(make, open_page, {"text_limit": 40})
    field = page.locator(".comp textarea")
    field.fill("x" * 31)
    expect(page.locator(".counter")).to_have_count(0)
    field.fill("x" * 43)
    expect(page.locator(".counter")).to_have_text("43 / 40")
    field.press("Enter")
    said(page, "3 characters too many")
    expect(field).to_have_value("x" * 43)
    assert texts(workshop) == []


def test_done_is_said_and_taken_back(make: Make, open_page: Open) -> None:
    """The server counts it; a reload remembers it; a second press takes it back."""
    workshop, page = started(make, open_page)
    done = lambda: sum(row["done"] for row in workshop.rows("progress"))  # noqa: E731
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".dock")).to_contain_text("You are done here.")
    eventually(lambda: done() == 1, page, "counted as done")
    page.reload()
    page.get_by_role("button", name="Write more").click()
    expect(page.locator(".comp textarea")).to_be_visible()
    eventually(lambda: done() == 0, page, "taken back")


def test_somebody_sent_away_keeps_the_words(make: Make, open_page: Open) -> None:
    """The page says so, stops connecting, and offers what it could not send."""
    workshop, page = started(make, open_page, quiet=False)
    page.context.set_offline(True)
    write(page, "Unsent thought")
    page.wait_for_timeout(300)
    member = next(row["id"] for row in workshop.rows("members") if row["name"] == "Eleni")
    workshop.do("members.remove", member=member)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are no longer in this session.", timeout=15_000)
    expect(page.locator(".note")).to_contain_text("Unsent thought")


def test_what_i_wrote(make: Make, open_page: Open) -> None:
    """Everything by step behind one's initials, at an address of its own; the way back works like the browser's."""
    workshop, page = started(make, open_page)
    write(page, "To be found again")
    expect(note(page, "To be found again")).to_contain_text("Received")
    page.locator(".me").click()
    page.get_by_role("button", name="What I wrote").click()
    expect(page.get_by_role("heading", level=1, name="What I wrote")).to_be_focused()
    assert page.url.endswith(f"/s/{workshop.code}/mine")
    expect(note(page, "To be found again")).to_be_visible()
    page.go_back()
    expect(page.locator(".comp textarea")).to_be_visible()
