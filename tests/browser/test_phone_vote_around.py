"""Votes on the phone around their ballots: without scripts, for people without a device, receipts, and what a phone fetches."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.phones import Open, eventually, hall, said
from tests.support.votes import COLLECT, IDEAS, VOTE, Make, becomes, card, clean, close, own, voting


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes workshops on one server."""
    with hall(tmp_path_factory.mktemp("shapes")) as workshops:
        yield workshops


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
    expect(page.locator("button.me")).to_be_visible()  # the script has taken over from the server's first picture
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
    expect(card(page, "No longer shown")).to_contain_text("Withdrawn")
    expect(page.get_by_role("button", name="Rank: 2, ")).to_have_count(0)
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
