"""Voting on the phone against the real server: dots, choices and stances, with thumbs and with keys."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.phones import BEHIND, Open, Workshop, eventually, hall, said

COLLECT = {"type": "collect", "title": "Ideas"}
VOTE = {"type": "vote", "title": "Dot vote", "question": "Which ideas should we prototype?"}
SETTINGS = {
    "points": {"shape": "points", "method": "dots", "budget": 4, "cap": 3},
    "choices": {"shape": "choices", "method": "approval", "min": 1, "max": 2},
    "stance": {"shape": "stance", "method": "agree-disagree-pass"},
}
IDEAS = ["An accessibility statement", "One send button", "A footprint label", "Teachers review teachers", "Ask a neighbour", "Paid testers"]

Make = Callable[[list[dict]], Workshop]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes workshops on one server."""
    with hall(tmp_path_factory.mktemp("votes")) as workshops:
        yield workshops


def voting(make: Make, open_page: Open, shape: str, texts: list[str] = IDEAS, query: str = "", **settings: object) -> tuple[Workshop, Page]:
    """A workshop with an open vote over six ideas of somebody else, and a phone in it."""
    workshop = make([COLLECT, VOTE | {"settings": SETTINGS[shape] | settings}])
    collect, vote = workshop.steps
    workshop.do("events.start", activity=collect)
    if texts:
        workshop.ideas(texts, collect)
    workshop.do("events.start", activity=vote)
    page = workshop.join(open_page, query=query, quiet=False)
    return workshop, page


def card(page: Page, text: str) -> Locator:
    return page.locator(".opt", has_text=text)


def add(page: Page, text: str) -> Locator:
    return card(page, text).get_by_role("button", name="Add a dot")


def cast(workshop: Workshop) -> int:
    return sum(row["cast"] for row in workshop.rows("turnout"))


def test_dots_are_placed_saved_and_counted(make: Make, open_page: Open) -> None:
    """Plus places one, the dock counts down, the server has the ballot, a reload shows it again."""
    workshop, page = voting(make, open_page, "points")
    add(page, "footprint").click()
    add(page, "footprint").click()
    expect(card(page, "footprint").get_by_label("2 dots")).to_be_visible()
    expect(page.locator(".dock")).to_contain_text("2 dots left")
    expect(card(page, "footprint")).to_contain_text("Saved")
    eventually(lambda: cast(workshop) == 1, page, "cast")
    page.reload()
    expect(page.locator(".dock")).to_contain_text("2 dots left")
    card(page, "footprint").get_by_role("button", name="Remove a dot").click()
    card(page, "footprint").get_by_role("button", name="Remove a dot").click()
    expect(add(page, "footprint")).to_be_focused()
    eventually(lambda: cast(workshop) == 0, page, "an empty ballot does not count")


def test_the_limits_say_why(make: Make, open_page: Open) -> None:
    """At the cap and at the end of the budget plus stays reachable and says what to do."""
    _, page = voting(make, open_page, "points")
    for _ in range(3):
        add(page, "footprint").click()
    expect(add(page, "footprint")).to_have_attribute("aria-disabled", "true")
    add(page, "footprint").click(force=True)
    said(page, "At most 3 dots on one idea.")
    add(page, "send button").click()
    last = add(page, "Paid testers")
    expect(last).to_have_attribute("aria-disabled", "true")
    last.focus()
    expect(last).to_be_focused()
    page.keyboard.press("Enter")
    said(page, "No dots left. Take one back first.")
    expect(page.locator(".dock")).to_contain_text("No dots left.")
    expect(card(page, "Paid testers").locator(".dot")).to_have_count(0)


def test_undo_takes_the_last_dot_back(make: Make, open_page: Open) -> None:
    """For eight seconds, by its button."""
    _, page = voting(make, open_page, "points")
    add(page, "footprint").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".dock")).to_contain_text("4 dots left")
    expect(page.locator(".toast")).to_have_count(0)
    add(page, "footprint").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator(".toast")).to_have_count(0, timeout=9500)


def test_keys_alone_do_it(make: Make, open_page: Open) -> None:
    """Tab reaches plus, Enter places, the focus stays where it was."""
    _, page = voting(make, open_page, "points")
    page.locator("h1").evaluate("element => { element.tabIndex = -1; element.focus(); }")
    page.keyboard.press("Tab")
    expect(page.locator(".step .add").first).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator(".opt").first.get_by_label("2 dots")).to_be_visible()
    expect(page.locator(".opt").first.get_by_role("button", name="Add a dot")).to_be_focused()


def test_a_lost_line_keeps_every_dot(make: Make, open_page: Open) -> None:
    """Placed without a network: waiting, then saved; the budget was right all the time."""
    workshop, page = voting(make, open_page, "points")
    page.context.set_offline(True)
    add(page, "footprint").click()
    add(page, "send button").click()
    expect(card(page, "footprint")).to_contain_text("Waiting for connection")
    expect(page.locator(".dock")).to_contain_text("2 dots left")
    page.context.set_offline(False)
    expect(card(page, "send button")).to_contain_text("Saved", timeout=15_000)
    eventually(lambda: cast(workshop) == 1, page, "cast")


def test_two_tabs_show_one_ballot(make: Make, open_page: Open) -> None:
    """A dot placed in one tab is there in the other; together they cannot overspend."""
    _, page = voting(make, open_page, "points")
    other = page.context.new_page()
    other.goto(page.url)
    add(other, "send button").click()
    add(other, "Paid testers").click()
    expect(page.locator(".dock")).to_contain_text("2 dots left")
    add(page, "footprint").click()
    expect(other.locator(".dock")).to_contain_text("1 dot left")


def test_long_polling_does_the_same(make: Make, open_page: Open) -> None:
    """Where a network blocks websockets."""
    workshop, page = voting(make, open_page, "points", query="transport=polling")
    add(page, "footprint").click()
    expect(card(page, "footprint")).to_contain_text("Saved")
    workshop.do("events.pause", activity=workshop.steps[1])
    expect(page.locator(".priv")).to_contain_text("Paused.")


def test_a_pause_stops_everything_and_says_so(make: Make, open_page: Open) -> None:
    """Buttons stay, with the reason."""
    workshop, page = voting(make, open_page, "points")
    workshop.do("events.pause", activity=workshop.steps[1])
    expect(page.locator(".bar")).to_contain_text("paused")
    add(page, "footprint").click(force=True)
    expect(page.locator(".dock")).to_contain_text("Paused.")
    workshop.do("events.resume", activity=workshop.steps[1])
    add(page, "footprint").click()
    expect(page.locator(".dock")).to_contain_text("3 dots left")


def test_close_and_reveal(make: Make, open_page: Open) -> None:
    """Closed: no result yet, one's own ballot; revealed: the counted order, one's own dots in it, the focus on the question."""
    workshop, page = voting(make, open_page, "points")
    add(page, "footprint").click()
    expect(card(page, "footprint")).to_contain_text("Saved")
    workshop.do("events.close", activity=workshop.steps[1])
    said(page, "Closed.")
    expect(page.locator("main")).to_contain_text("The result is shown when the facilitator reveals it.")
    expect(page.locator(".own-ballot")).to_contain_text("1 dot")
    workshop.do("events.reveal", activity=workshop.steps[1])
    first = page.locator(".bar-row").first
    expect(first).to_contain_text("footprint", timeout=10_000)
    expect(first).to_contain_text("you gave 1")
    expect(page.locator(".own-ballot")).to_contain_text("1 dot")
    page.reload()
    expect(page.locator(".own-ballot")).to_contain_text("1 dot")


def test_a_tie_is_shown_as_a_tie(make: Make, open_page: Open) -> None:
    """Two lead: the numbers of both, and who decides."""
    workshop, page = voting(make, open_page, "points")
    add(page, "accessibility statement").click()
    add(page, "send button").click()
    eventually(lambda: cast(workshop) == 1, page, "cast")
    expect(card(page, "send button")).to_contain_text("Saved")
    workshop.do("events.reveal", activity=workshop.steps[1])
    expect(page.locator(".tie")).to_have_text("Tie: 1 and 2. The facilitator decides how to break it.", timeout=10_000)


def test_a_vote_that_arrives_too_late_says_so(make: Make, open_page: Open) -> None:
    """It is not counted, and the reason stands on the page."""
    workshop, page = voting(make, open_page, "points")
    page.context.set_offline(True)
    workshop.do("events.close", activity=workshop.steps[1])
    page.wait_for_timeout(BEHIND)
    add(page, "footprint").click()
    page.context.set_offline(False)
    expect(page.locator(".note.refused")).to_contain_text("It was not counted.", timeout=15_000)
    assert cast(workshop) == 0


def test_a_withdrawn_option_takes_no_new_dots(make: Make, open_page: Open) -> None:
    """It stays in its place without its text, says so, and gives dots back."""
    workshop, page = voting(make, open_page, "points")
    add(page, "footprint").click()
    expect(card(page, "footprint")).to_contain_text("Saved")
    idea = next(row["id"] for row in workshop.rows("ideas") if "footprint" in row["text"])
    workshop.do("ideas.hide", idea=idea)
    expect(card(page, "No longer shown")).to_contain_text("Withdrawn")
    expect(card(page, "footprint")).to_have_count(0)
    expect(add(page, "No longer shown")).to_have_count(0)
    card(page, "No longer shown").get_by_role("button", name="Remove a dot").click()
    expect(page.locator(".dock")).to_contain_text("4 dots left")


def test_choices_up_to_a_maximum(make: Make, open_page: Open) -> None:
    """Two boxes can be ticked; a third says why not; one unticked frees it."""
    workshop, page = voting(make, open_page, "choices")
    boxes = page.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(page.locator(".dock")).to_contain_text("2 of 2 chosen")
    boxes.nth(2).click(force=True)
    said(page, "You can choose 2. Take one back first.")
    expect(boxes.nth(2)).not_to_be_checked()
    boxes.nth(0).uncheck()
    boxes.nth(2).check()
    expect(page.locator(".dock")).to_contain_text("2 of 2 chosen")
    expect(page.locator(".opt .st")).to_have_count(0)  # nothing is on its way any more
    page.reload()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    eventually(lambda: cast(workshop) == 1, page, "cast")


def test_one_choice_is_a_radio_button(make: Make, open_page: Open) -> None:
    """Choosing another takes the first one back."""
    _, page = voting(make, open_page, "choices", max=1)
    page.get_by_role("radio").nth(0).check()
    page.get_by_role("radio").nth(3).check()
    expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    expect(page.locator(".dock")).to_contain_text("1 of 1 chosen")
    expect(page.locator(".opt .st")).to_have_count(0)  # nothing is on its way any more
    page.reload()
    expect(page.get_by_role("radio").nth(3)).to_be_checked()


def test_statements_one_at_a_time(make: Make, open_page: Open) -> None:
    """By thumb and by digits; the list changes an answer; at the end all are answered."""
    workshop, page = voting(make, open_page, "stance", order="number")
    expect(page.locator(".statement")).to_contain_text("An accessibility statement")
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.locator(".statement")).to_contain_text("One send button")
    page.locator(".statement").focus()
    page.keyboard.press("1")
    expect(page.locator(".dock")).to_contain_text("2 of 6 answered")
    said(page, "Next: 3, A footprint label.")
    page.get_by_role("button", name="2 of 6 answered").click()
    expect(card(page, "send button")).to_contain_text("You disagree")
    card(page, "send button").get_by_role("button", name="Your stance on").click()
    page.get_by_role("button", name="Pass").click()
    for _ in range(4):
        page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.locator("main")).to_contain_text("You took a stance on every statement.")
    eventually(lambda: cast(workshop) == 1, page, "cast")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".dock")).to_contain_text("5 of 6 answered")


def test_digits_do_nothing_outside_the_statement(make: Make, open_page: Open) -> None:
    """WCAG 2.1.4: single keys act only where the focus is on the statement."""
    _, page = voting(make, open_page, "stance")
    page.locator("button.me").focus()
    page.keyboard.press("3")
    expect(page.locator(".dock")).to_contain_text("0 of 6 answered")


def test_adding_a_statement_of_ones_own(make: Make, open_page: Open) -> None:
    """It joins the open vote at once, for everybody, marked as one's own."""
    workshop = make([VOTE | {"settings": SETTINGS["stance"] | {"add_own": True, "input": {"from": "none"}}}])
    workshop.do("events.start", activity=workshop.steps[0])
    page = workshop.join(open_page)
    expect(page.locator("main")).to_contain_text("Add the first one.")
    page.get_by_role("button", name="Add your own").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("We should decide together")
    page.keyboard.press("Enter")
    expect(page.locator(".statement")).to_contain_text("We should decide together")
    expect(page.locator(".statement")).to_contain_text("Yours")
    other = workshop.join(open_page, name="Marek")
    expect(other.locator(".statement")).to_contain_text("We should decide together")
    expect(other.locator(".statement")).not_to_contain_text("Yours")


def test_an_order_of_ones_own_that_holds(make: Make, open_page: Open) -> None:
    """Two people see six options in different orders, each the same after a reload."""
    workshop, page = voting(make, open_page, "points")
    others = [workshop.join(open_page, name=name) for name in ("Marek", "Ana", "Jo")]
    orders = [tuple(one.locator(".opt .tag").all_text_contents()) for one in [page, *others] if expect(one.locator(".opt")).to_have_count(6) is None]
    assert len(set(orders)) > 1
    page.reload()
    expect(page.locator("button.me")).to_be_visible()  # the script has taken over from the server's first picture
    expect(page.locator(".opt")).to_have_count(6)
    assert tuple(page.locator(".opt .tag").all_text_contents()) == orders[0]


def test_three_hundred_options_stay_quick(make: Make, open_page: Open) -> None:
    """A dot among three hundred options draws its own card anew and none of the others."""
    workshop = make([COLLECT, VOTE | {"settings": SETTINGS["points"]}])
    collect, vote = workshop.steps
    workshop.do("events.start", activity=collect)
    for _ in range(300):
        workshop.do("ideas.add", idea=str(uuid.uuid4()), activity=collect, text="Something that somebody would like to try next term")
    workshop.do("events.start", activity=vote)
    page = workshop.join(open_page)
    expect(page.locator(".opt .add")).to_have_count(300, timeout=20_000)
    touched = page.evaluate("""async () => {
        const cards = new Set();
        const all = [...document.querySelectorAll(".opt")];
        const card = node => (node.closest ? node : node.parentElement).closest(".opt");
        const watch = new MutationObserver(records => records.forEach(one => one.target.isConnected && cards.add(all.indexOf(card(one.target)))));
        watch.observe(document.querySelector(".opts"), { subtree: true, childList: true, attributes: true, characterData: true });
        for (const index of [5, 100, 250]) {
            document.querySelectorAll(".opt .add")[index].click();
            await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        }
        await new Promise(done => setTimeout(done, 600));
        return [...cards].sort((one, other) => one - other);
    }""")
    assert touched == [5, 100, 250]
