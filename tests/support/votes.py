"""Open votes of every shape with a phone at them: how tests make them, and what the server has of the phone's ballot."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.axe import violations
from tests.support.phones import Open, Workshop, eventually

COLLECT = {"type": "collect", "title": "Ideas"}
VOTE = {"type": "vote", "title": "Vote", "question": "Which of these first?"}
IDEAS = ["Lesson Label", "Carry-over", "Ask a neighbour country", "Two for one"]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


Make = Callable[[list[dict]], Workshop]


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
    found = violations(page, AXE)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += violations(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert not found, "\n".join(f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found)
    page.set_viewport_size({"width": 360, "height": 640})
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def close(workshop: Workshop, page: Page) -> Locator:
    """Close and reveal; the own ballot as it is shown then."""
    workshop.do("events.reveal", activity=workshop.steps[1])
    expect(page.locator(".own-ballot")).to_be_visible(timeout=20_000)
    return page.locator(".own-ballot")
