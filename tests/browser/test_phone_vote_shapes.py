"""The ballots of every shape on the phone against the real server: by touch, by keys, without a line, refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.support.phones import BEHIND, Open, eventually, hall, said
from tests.support.votes import Make, becomes, card, clean, close, own, voting


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes workshops on one server."""
    with hall(tmp_path_factory.mktemp("shapes")) as workshops:
        yield workshops


def test_a_ranking_by_touch(make: Make, open_page: Open) -> None:
    """Tap adds at the end, arrows move, the same place as above, take out, undo; Done says how many are left, and it stays."""
    workshop, page = voting(make, open_page, shape="ranking")
    expect(page.locator(".dock")).to_contain_text("Nothing ranked yet")
    for text in ("Carry-over", "Lesson Label", "Two for one"):
        page.get_by_role("button", name="Rank:").and_(page.get_by_label(text)).tap()
    expect(page.locator(".dock")).to_contain_text("1 not ranked, that is fine")
    becomes(page, [["Carry-over"], ["Lesson Label"], ["Two for one"]])
    page.get_by_role("button", name="Move up: 4, Two for one").tap()
    said(page, "Two for one, position 2 of 3")
    becomes(page, [["Carry-over"], ["Two for one"], ["Lesson Label"]])
    expect(page.locator(".toast")).to_contain_text("4, Two for one is at 2")
    page.get_by_role("button", name="Undo").tap()
    becomes(page, [["Carry-over"], ["Lesson Label"], ["Two for one"]])
    page.get_by_role("button", name="Same place as above 1, Lesson Label").tap()
    becomes(page, [["Carry-over", "Lesson Label"], ["Two for one"]])
    expect(page.locator(".ranked .place")).to_have_text(["1", "1", "2"])
    page.get_by_role("button", name="Take out 2, Carry-over").tap()
    becomes(page, [["Lesson Label"], ["Two for one"]])
    clean(page)
    page.reload()
    expect(page.locator(".ranked .place")).to_have_text(["1", "2"])
    page.get_by_role("button", name="Done").tap()
    eventually(lambda: [row["done"] for row in workshop.rows("turnout")] == [1], page, "done")
    ballot = close(workshop, page)
    expect(ballot.locator("li")).to_have_text(["1 Lesson Labelplace 1", "4 Two for oneplace 2"])


def test_a_ranking_by_keys_alone(make: Make, open_page: Open) -> None:
    """Space picks up, arrows move, space drops, escape cancels; each step is said, and the focus stays on the row."""
    _, page = voting(make, open_page, shape="ranking")
    for name in ("Lesson Label", "Carry-over", "Ask a neighbour country"):
        page.get_by_role("button", name="Rank:").and_(page.get_by_label(name)).focus()
        page.keyboard.press("Enter")
    becomes(page, [["Lesson Label"], ["Carry-over"], ["Ask a neighbour country"]])
    page.get_by_role("button", name="Ask a neighbour country, position 3 of 3").focus()
    page.keyboard.press("Space")
    said(page, "Ask a neighbour country is picked up.")
    page.keyboard.press("ArrowUp")
    said(page, "Ask a neighbour country, position 2 of 3")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    said(page, "Cancelled. Ask a neighbour country is where it was.")
    assert own(page) == [["Lesson Label"], ["Carry-over"], ["Ask a neighbour country"]]
    expect(page.get_by_role("button", name="Ask a neighbour country, position 3 of 3")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    said(page, "Ask a neighbour country is dropped at position 2.")
    becomes(page, [["Lesson Label"], ["Ask a neighbour country"], ["Carry-over"]])
    expect(page.get_by_role("button", name="Ask a neighbour country, position 2 of 3")).to_be_focused()


def test_a_ranking_by_a_finger_that_pulls(make: Make, open_page: Open) -> None:
    """A row that is pulled by its number is dropped on the row under it."""
    _, page = voting(make, open_page, shape="ranking")
    for _ in range(3):
        page.locator(".unranked .plus").first.tap()
    becomes(page, [["Lesson Label"], ["Carry-over"], ["Ask a neighbour country"]])
    grip, target = page.locator(".ranked .place").nth(2).bounding_box(), page.locator(".ranked .place").nth(0).bounding_box()
    assert grip and target
    page.mouse.move(grip["x"] + 20, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(target["x"] + 20, target["y"] - 4, steps=4)
    page.mouse.up()
    becomes(page, [["Ask a neighbour country"], ["Lesson Label"], ["Carry-over"]])


def test_a_ranking_without_a_line(make: Make, open_page: Open) -> None:
    """It waits, survives a reload of the phone's memory, and the last state arrives."""
    _, page = voting(make, open_page, shape="ranking")
    page.locator(".unranked .plus").first.tap()
    becomes(page, [["Lesson Label"]])
    page.context.set_offline(True)
    page.locator(".unranked .plus").first.tap()
    page.get_by_role("button", name="Move up: 2, Carry-over").tap()
    expect(page.locator(".rank-head")).to_contain_text("Waiting for connection")
    page.context.set_offline(False)
    becomes(page, [["Carry-over"], ["Lesson Label"]])
    expect(page.locator(".rank-head")).to_contain_text("Saved")


def test_a_ranking_that_comes_too_late(make: Make, open_page: Open) -> None:
    """It is refused in words and not counted."""
    workshop, page = voting(make, open_page, shape="ranking")
    page.context.set_offline(True)
    workshop.do("events.close", activity=workshop.steps[1])
    page.wait_for_timeout(BEHIND)
    page.locator(".unranked .plus").first.tap()
    page.context.set_offline(False)
    expect(page.locator(".note.refused")).to_contain_text("It was not counted.", timeout=15_000)


def test_motions(make: Make, open_page: Open) -> None:
    """Yes, no, abstain; another answer; taken back and undone."""
    workshop, page = voting(make, open_page, shape="motions")
    card(page, "Lesson Label").get_by_role("radio", name="Yes").tap()
    card(page, "Carry-over").get_by_role("radio", name="No").tap()
    card(page, "Two for one").get_by_role("radio", name="Abstain").tap()
    card(page, "Carry-over").get_by_role("radio", name="Yes").tap()
    said(page, "You say yes: 2, Carry-over")
    expect(page.locator(".dock")).to_contain_text("3 of 4 answered")
    becomes(page, {"Lesson Label": "yes", "Carry-over": "yes", "Two for one": "abstain"})
    card(page, "Two for one").get_by_role("button", name="Take back").tap()
    becomes(page, {"Lesson Label": "yes", "Carry-over": "yes"})
    page.get_by_role("button", name="Undo").tap()
    becomes(page, {"Lesson Label": "yes", "Carry-over": "yes", "Two for one": "abstain"})
    clean(page)
    expect(close(workshop, page)).to_contain_text("You abstain")


def test_a_score_and_no_opinion(make: Make, open_page: Open) -> None:
    """Nought is an opinion; no opinion takes the mark back; the arrow keys go from step to step."""
    _, page = voting(make, open_page, shape="scale", method="score")
    card(page, "Lesson Label").get_by_role("radio", name="0 of 5").tap()
    card(page, "Carry-over").get_by_role("radio", name="4 of 5").tap()
    becomes(page, {"Lesson Label": 0, "Carry-over": 4})
    card(page, "Lesson Label").get_by_role("button", name="No opinion").tap()
    becomes(page, {"Carry-over": 4})
    expect(card(page, "Lesson Label")).to_contain_text("No opinion yet")
    card(page, "Carry-over").get_by_role("radio", name="4 of 5").focus()
    page.keyboard.press("ArrowRight")
    becomes(page, {"Carry-over": 5})
    clean(page)


@pytest.mark.parametrize(("method", "word", "step"), [("majority-judgement", "Very good", 4), ("fist-to-five", "3, I can support it", 3)])
def test_scales_in_words(make: Make, open_page: Open, method: str, word: str, step: int) -> None:
    """Six words, and five fingers with words."""
    workshop, page = voting(make, open_page, shape="scale", method=method)
    card(page, "Lesson Label").get_by_role("radio", name=word, exact=True).tap()
    becomes(page, {"Lesson Label": step})
    clean(page)
    expect(close(workshop, page)).to_contain_text(word.split(", ")[-1])


def test_an_objection_needs_its_reason(make: Make, open_page: Open) -> None:
    """It is not sent before a reason is there, survives a reload half written, and can be changed; a concern needs none."""
    _, page = voting(make, open_page, shape="scale", method="consent")
    card(page, "Lesson Label").get_by_role("radio", name="I object").tap()
    expect(card(page, "Lesson Label")).to_contain_text("Not sent yet")
    field = card(page, "Lesson Label").get_by_role("textbox")
    expect(field).to_be_focused()
    card(page, "Carry-over").get_by_role("radio", name="I have a concern").tap()
    becomes(page, {"Carry-over": 1})
    field.fill("It needs a budget")
    page.reload()
    expect(card(page, "Lesson Label").get_by_role("textbox")).to_have_value("It needs a budget")
    clean(page)
    card(page, "Lesson Label").get_by_role("button", name="Send the reason").tap()
    becomes(page, {"Lesson Label": {"value": 0, "reason": "It needs a budget"}, "Carry-over": 1})
    expect(card(page, "Lesson Label").locator(".why")).to_have_text("It needs a budget")
    card(page, "Lesson Label").get_by_role("radio", name="I consent").tap()
    becomes(page, {"Lesson Label": 2, "Carry-over": 1})


def test_two_scales(make: Make, open_page: Open) -> None:
    """Half-done is kept and said; both count."""
    workshop, page = voting(make, open_page, shape="two_scales")
    item = card(page, "Carry-over")
    item.get_by_role("radiogroup", name="How much would it change?").get_by_role("radio", name="4, much").tap()
    expect(item).to_contain_text("Effort is missing, so it does not count yet.")
    expect(page.locator(".dock")).to_contain_text("1 is half done")
    becomes(page, {"Carry-over": {"impact": 4}})
    item.get_by_role("radiogroup", name="How much work would it be?").get_by_role("radio", name="2, little").tap()
    becomes(page, {"Carry-over": {"impact": 4, "effort": 2}})
    expect(page.locator(".dock")).to_contain_text("1 of 4 answered")
    clean(page)
    expect(close(workshop, page)).to_contain_text("impact 4, effort 2")


def test_pairs_by_touch_and_by_keys(make: Make, open_page: Open) -> None:
    """A card, equal and skip; the keys do the same; the last one is taken back; at the end all six pairs are there."""
    workshop, page = voting(make, open_page, shape="pair")
    expect(page.locator(".dock")).to_contain_text("0 of 6")
    page.locator(".pair-card").first.tap()
    expect(page.locator(".dock")).to_contain_text("1 of 6")
    page.get_by_role("button", name="Equal").tap()
    expect(page.locator(".dock")).to_contain_text("2 of 6")
    eventually(lambda: len(own(page) or []) == 2, page, "two comparisons")
    page.get_by_role("button", name="Take the last one back").tap()
    expect(page.locator(".dock")).to_contain_text("1 of 6")
    eventually(lambda: len(own(page)) == 1, page, "one comparison")
    clean(page)
    page.locator(".pair-card").first.focus()
    for key in ("1", "2", "=", "s"):
        page.keyboard.press(key)
    expect(page.locator(".dock")).to_contain_text("5 of 6")
    page.keyboard.press("2")
    expect(page.locator("main")).to_contain_text("You compared every pair.")
    eventually(lambda: len(own(page)) == 6, page, "six comparisons")
    expect(close(workshop, page).locator("li")).to_have_count(6)


def test_pairs_without_a_line(make: Make, open_page: Open) -> None:
    """The phone finds pairs by itself, and sends them when the line is back."""
    _, page = voting(make, open_page, shape="pair")
    expect(page.locator(".pair-card")).to_have_count(2)
    page.context.set_offline(True)
    for _ in range(6):
        page.locator(".pair-card").first.tap()
    expect(page.locator("main")).to_contain_text("You compared every pair.")
    page.context.set_offline(False)
    eventually(lambda: len(own(page) or []) == 6, page, "six comparisons")


def test_a_cart(make: Make, open_page: Open) -> None:
    """What is too dear stays in reach and says why; taken out, it fits."""
    workshop, page = voting(make, open_page, shape="budget", money=100, costs=[60, 50, 40, 10])
    page.get_by_role("checkbox", name="Lesson Label").tap()
    expect(page.locator(".dock")).to_contain_text("40 of 100 left")
    dear = page.get_by_role("checkbox", name="Carry-over")
    expect(dear).to_have_attribute("aria-disabled", "true")
    expect(card(page, "Carry-over")).to_contain_text("Costs 50, and 40 is left.")
    dear.tap(force=True)
    said(page, "Costs 50, and 40 is left. Take something out first.")
    expect(dear).not_to_be_checked()
    becomes(page, ["Lesson Label"])
    clean(page)
    page.get_by_role("checkbox", name="Lesson Label").tap()
    dear.tap()
    becomes(page, ["Carry-over"])
    expect(close(workshop, page)).to_contain_text("in your cart")


def test_credits(make: Make, open_page: Open) -> None:
    """k dots cost k²; the plus names the price of the next one and says when it is too dear."""
    _, page = voting(make, open_page, shape="points", method="quadratic", budget=10, cap=5)
    first = card(page, "Lesson Label")
    for price in ("1 credit", "3 credits", "5 credits"):
        first.get_by_role("button", name=f"Add a dot for {price}", exact=True).tap()
    expect(page.locator(".dock")).to_contain_text("1 of 10 credits left")
    more = first.get_by_role("button", name="Add a dot for 7 credits")
    expect(more).to_have_attribute("aria-disabled", "true")
    more.tap(force=True)
    said(page, "The next dot costs 7 credits, and 1 is left.")
    becomes(page, {"Lesson Label": 3})
    clean(page)
