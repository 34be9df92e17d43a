"""The ballots of every shape on the phone against the real server: by touch, by keys, without a line, refused, and afterwards."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.support.phones import BEHIND, Open, Workshop, eventually, hall, said

COLLECT = {"type": "collect", "title": "Ideas"}
VOTE = {"type": "vote", "title": "Vote", "question": "Which of these first?"}
IDEAS = ["Lesson Label", "Carry-over", "Ask a neighbour country", "Two for one"]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

Make = Callable[[list[dict]], Workshop]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes workshops on one server."""
    with hall(tmp_path_factory.mktemp("shapes")) as workshops:
        yield workshops


def voting(make: Make, open_page: Open, costs: list[int] | None = None, **settings: Any) -> tuple[Workshop, Page]:
    """A workshop with an open vote over four ideas of somebody else, by number, and a phone with a touch screen in it."""
    workshop = make([COLLECT, VOTE | {"settings": {"order": "number", **settings}}])
    collect, vote = workshop.steps
    workshop.do("events.start", activity=collect)
    workshop.ideas(IDEAS, collect)
    if costs:
        priced = dict(zip([row["id"] for row in sorted(workshop.rows("ideas"), key=lambda row: row["number"])], costs, strict=True))
        workshop.do("events.edit", activity=vote, settings={"order": "number", **settings, "costs": priced})
    workshop.do("events.start", activity=vote)
    return workshop, workshop.join(open_page, quiet=False, has_touch=True)


def own(page: Page) -> Any:
    """The ballot of this phone as the server has it, with titles for ids; who share a place by title."""
    ballot = page.evaluate("""async () => {
        const { event } = JSON.parse(document.getElementById("boot").textContent);
        const { collections } = await (await fetch(`/api/events/${event}/state`, { headers: { "X-As": "member" } })).json();
        const [row] = Object.values(collections.ballots);
        const titles = Object.fromEntries(Object.values(collections.options).map(one => [one.id, one.title]));
        return JSON.parse(JSON.stringify(row ? row.ballot : null).replace(/[0-9a-f-]{36}/g, id => titles[id] || id));
    }""")
    return [sorted(one) for one in ballot] if isinstance(ballot, list) and ballot and isinstance(ballot[0], list) else ballot


def becomes(page: Page, ballot: Any) -> None:
    """Wait until the server has this ballot."""
    eventually(lambda: own(page) == ballot, page, f"the ballot is {ballot}, and not {own(page)}")


def card(page: Page, text: str) -> Locator:
    return page.locator("main li", has_text=text)


def clean(page: Page) -> None:
    """Axe finds nothing in light colours, and no low contrast in dark ones; nothing is wider than a small window."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = Axe().run(page, options=AXE).response["violations"]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += Axe().run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}}).response["violations"]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert not found, "\n".join(f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found)
    page.set_viewport_size({"width": 360, "height": 640})
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def close(workshop: Workshop, page: Page) -> Locator:
    """Close and reveal; the own ballot as it is shown then."""
    workshop.do("events.reveal", activity=workshop.steps[1])
    expect(page.locator(".own-ballot")).to_be_visible(timeout=20_000)
    return page.locator(".own-ballot")


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


def plain(make: Make, open_page: Open, costs: list[int] | None = None, **settings: Any) -> tuple[Page, Callable[[], Any]]:
    """A phone without scripts at an open vote, and what the server has of its ballot."""
    workshop, scripted = voting(make, open_page, costs, **settings)
    cookies = scripted.context.cookies()
    page = open_page(None, 360, 640, java_script_enabled=False)
    page.context.add_cookies(cookies)
    page.goto(f"{workshop.served.url}/s/{workshop.code}")
    return page, lambda: own(scripted)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save my ballot").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_forms_of_places(make: Make, open_page: Open) -> None:
    """Numbers in selects make a ranking; equal ones share a place."""
    page, ballot = plain(make, open_page, shape="ranking")
    page.get_by_label("Place 2, Carry-over").select_option("1")
    page.get_by_label("Place 1, Lesson Label").select_option("3")
    page.get_by_label("Place 4, Two for one").select_option("3")
    save(page)
    assert ballot() == [["Carry-over"], ["Lesson Label", "Two for one"]]
    expect(page.get_by_label("Place 1, Lesson Label")).to_have_value("2")


def test_forms_of_answers_and_steps(make: Make, open_page: Open) -> None:
    """Motions, two scales; what is left empty says nothing."""
    page, ballot = plain(make, open_page, shape="motions")
    page.get_by_role("group", name="Carry-over").get_by_label("No", exact=True).check()
    save(page)
    assert ballot() == {"Carry-over": "no"}
    page.get_by_role("group", name="Carry-over").get_by_label("Not answered yet").check()
    save(page)
    assert ballot() is None
    page, ballot = plain(make, open_page, shape="two_scales")
    page.get_by_label("Impact 2, Carry-over").select_option("5")
    save(page)
    assert ballot() == {"Carry-over": {"impact": 5}}


def test_a_form_of_an_objection(make: Make, open_page: Open) -> None:
    """Without its reason it is refused in words, and nothing that was chosen is lost."""
    page, ballot = plain(make, open_page, shape="scale", method="consent")
    page.get_by_role("group", name="Carry-over").get_by_label("I object").check()
    page.get_by_role("button", name="Save my ballot").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("group", name="Carry-over").get_by_label("I object")).to_be_checked()
    page.get_by_label("Reason, needed for an objection 2, Carry-over").fill("2026")
    save(page)
    assert ballot() == {"Carry-over": {"value": 0, "reason": "2026"}}
    page.get_by_role("group", name="Lesson Label").get_by_label("I consent").check()
    save(page)
    assert ballot() == {"Lesson Label": 2, "Carry-over": {"value": 0, "reason": "2026"}}


def test_forms_of_pairs_and_carts(make: Make, open_page: Open) -> None:
    """One pair at a time until all were compared; a cart beyond the money is refused."""
    page, ballot = plain(make, open_page, shape="pair")
    page.get_by_role("button", name="Equal").click()
    page.get_by_role("button", name="Skip").click()
    for _ in range(4):
        page.get_by_role("button", name="This one is better").first.click()
    expect(page.locator("main")).to_contain_text("You compared every pair.")
    assert len(ballot()) == 6
    page, ballot = plain(make, open_page, shape="budget", money=100, costs=[60, 50, 40, 10])
    expect(page.locator("main")).to_contain_text("costs 60")
    page.get_by_role("checkbox", name="Lesson Label").check()
    page.get_by_role("checkbox", name="Carry-over").check()
    page.get_by_role("button", name="Save my ballot").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("checkbox", name="Lesson Label").uncheck()
    page.get_by_role("checkbox", name="Carry-over").check()
    save(page)
    assert ballot() == ["Carry-over"]


def fetched(make: Make, open_page: Open, shape: str) -> set[str]:
    """The ballots that a phone fetched that came to a vote of a shape."""
    workshop = make([COLLECT, VOTE | {"settings": {"shape": shape}}])
    workshop.do("events.start", activity=workshop.steps[0])
    workshop.ideas(IDEAS, workshop.steps[0])
    workshop.do("events.start", activity=workshop.steps[1])
    page, seen = workshop.join(open_page), set()
    page.on("request", lambda request: seen.add(request.url.rsplit("/", 1)[1]))
    page.reload()
    expect(page.get_by_role("button", name="Done")).to_be_visible()
    return {name for name in seen if name.startswith("ballot_")}


@pytest.mark.parametrize("shape", ["ranking", "points"])
def test_a_phone_fetches_its_own_ballot_only(make: Make, open_page: Open, shape: str) -> None:
    """The other shapes stay on the server."""
    assert fetched(make, open_page, shape) <= {f"ballot_{shape}.js", "ballot_parts.js"}
    assert f"ballot_{shape}.js" in fetched(make, open_page, shape)


def test_voting_for_somebody_without_a_device(make: Make, open_page: Open) -> None:
    """A switch above the ballot; both are cast and shown, each with its own receipt, and each is done by itself."""
    workshop = make([COLLECT, VOTE | {"settings": {"shape": "motions", "order": "number"}}])
    collect, vote = workshop.steps
    workshop.do("events.start", activity=collect)
    workshop.ideas(IDEAS, collect, "Marek")
    workshop.served.member(workshop.code, "Maria")
    page = workshop.join(open_page, quiet=False)
    ids = {row["name"]: row["id"] for row in workshop.rows("members")}
    workshop.do("voting.roll", activity=vote, people=[{"member": ids["Eleni"]}, {"member": ids["Maria"], "holder": ids["Eleni"]}])
    workshop.do("events.start", activity=vote)
    card(page, "Lesson Label").get_by_role("radio", name="Yes").check()
    page.get_by_role("radio", name="For Maria").check()
    expect(page.get_by_role("radio", name="Yes").first).not_to_be_checked()
    card(page, "Lesson Label").get_by_role("radio", name="No").check()
    page.get_by_role("button", name="Done").click()
    eventually(lambda: [(row["cast"], row["done"]) for row in workshop.rows("turnout")] == [(2, 1)], page, "two ballots, one done")
    clean(page)
    page.reload()
    page.get_by_role("radio", name="For Maria").check()
    expect(card(page, "Lesson Label").get_by_role("radio", name="No")).to_be_checked()
    page.get_by_role("radio", name="Your ballot").check()
    expect(page.get_by_role("button", name="Done")).to_have_attribute("aria-pressed", "false")
    workshop.do("events.reveal", activity=vote)
    expect(page.locator(".own-ballot")).to_have_count(2, timeout=20_000)
    expect(page.get_by_role("heading", name="Ballot for Maria")).to_be_visible()
    codes = page.locator(".receipt .code").all_text_contents()
    assert len(set(codes)) == 2


def test_who_is_not_on_the_roll_is_told(make: Make, open_page: Open) -> None:
    """Nothing can be pressed, and the reason stands above."""
    workshop = make([COLLECT, VOTE | {"settings": {"shape": "scale", "order": "number"}}])
    collect, vote = workshop.steps
    workshop.do("events.start", activity=collect)
    workshop.ideas(IDEAS, collect, "Marek")
    page = workshop.join(open_page, quiet=False)
    marek = next(row["id"] for row in workshop.rows("members") if row["name"] == "Marek")
    workshop.do("voting.roll", activity=vote, people=[{"member": marek}])
    workshop.do("events.start", activity=vote)
    expect(page.locator(".priv")).to_contain_text("This vote has a list of voters, and you are not on it.")
    expect(page.get_by_role("radio").first).to_have_attribute("aria-disabled", "true")


def test_an_own_idea_and_a_withdrawn_one(make: Make, open_page: Open) -> None:
    """One's own cannot be ranked where that is barred; a withdrawn one takes nothing new."""
    workshop = make([COLLECT, VOTE | {"settings": {"shape": "ranking", "order": "number", "own_barred": True}}])
    collect, vote = workshop.steps
    workshop.do("events.start", activity=collect)
    workshop.ideas(IDEAS, collect)
    page = workshop.join(open_page, quiet=False)
    page.locator(".comp textarea").fill("Mine alone")
    page.locator(".comp textarea").press("Enter")
    eventually(lambda: len(workshop.rows("ideas")) == 5, page, "five ideas")
    workshop.do("events.start", activity=vote)
    mine = page.get_by_role("button", name="Rank: 5, Mine alone")
    expect(mine).to_have_attribute("aria-disabled", "true")
    mine.click(force=True)
    said(page, "Your own idea is not yours to vote for.")
    workshop.do("ideas.hide", idea=next(row["id"] for row in workshop.rows("ideas") if row["text"] == "Carry-over"))
    expect(card(page, "Carry-over")).to_contain_text("Withdrawn")
    expect(page.get_by_role("button", name="Rank: 2, Carry-over")).to_have_count(0)
    page.get_by_role("button", name="Rank: 1, Lesson Label").click()
    becomes(page, [["Lesson Label"]])


def test_a_receipt_shows_that_a_ballot_was_counted(make: Make, open_page: Open) -> None:
    """With the result it is among the published ones, here and under "what I wrote", also after a reload; an unknown one is told."""
    workshop, page = voting(make, open_page, shape="motions")
    first = next(row["id"] for row in workshop.rows("options") if row["number"] == 1)
    for name in ("Ana", "Bea", "Jo", "Tom"):
        token = workshop.served.member(workshop.code, name)
        workshop.do("voting.mark", token, round=workshop.rows("rounds")[0]["id"], option=first, value="yes")
    card(page, "Lesson Label").get_by_role("radio", name="No").tap()
    becomes(page, {"Lesson Label": "no"})
    look = page.context.new_page()
    look.goto(f"{workshop.served.url}/s/{workshop.code}/mine")
    code = look.locator("#slips-h ~ ul b").text_content()
    assert code
    workshop.do("events.close", activity=workshop.steps[1])
    expect(page.locator(".receipt")).to_contain_text(code)
    expect(page.locator(".receipt")).to_contain_text("A receipt proves that a ballot was counted, not what it says.")
    expect(page.locator(".receipt .st")).to_have_count(0)
    close(workshop, page)
    expect(page.locator(".receipt")).to_contain_text("Your ballot was counted: its receipt is among the 5 published ones.")
    clean(page)
    page.reload()
    expect(page.locator(".own-ballot")).to_contain_text("You say no")
    expect(page.locator(".receipt .st.ok")).to_be_visible()
    page.locator("button.me").click()
    page.get_by_role("button", name="What I wrote").click()
    expect(page.locator(".receipt")).to_contain_text(code)
    expect(page.locator(".receipt .st.ok")).to_be_visible()
    clean(page)


def test_fewer_than_five_receipts_are_not_published(make: Make, open_page: Open) -> None:
    """The phone says why it cannot find its own; the method's own words come when they are first said."""
    workshop, page = voting(make, open_page, shape="ranking")
    page.locator(".unranked .plus").first.tap()
    becomes(page, [["Lesson Label"]])
    close(workshop, page)
    expect(page.locator(".receipt")).to_contain_text("Fewer than five people voted, so no receipts are published.")
    expect(page.locator("main")).to_contain_text("Ranking, head to head (Schulze)")
