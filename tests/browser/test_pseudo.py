"""The pseudo-language on every screen: no sentence that bypasses the catalogue, and no page that becomes too wide."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.stage import LAPTOP, SCREEN, SMALL, Stage, Workshop, new_id, raised

ASK = {"locale": "en-XA"}
IDEAS = ["Shorter mornings", "A quiet hour", "Walk and talk"]
EQUAL = ["facilitate", "Demo workshop", "CC BY 4.0", "CC-BY-4.0", "English", "JSON", "CSV", "Markdown", "Space", "Esc", "Enter", "Git"]
"""Names, formats and keys: the same in every language."""
READ = """known => {
  const shown = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const inside = walk.currentNode.parentElement;
    if (!inside.closest("script, style, svg, kbd, time, [lang]:not(html):not([lang=en-XA])") && inside.checkVisibility()) shown.push(walk.currentNode.data);
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"]) if (element.hasAttribute(name)) shown.push(element.getAttribute(name));
  const own = known.slice().sort((a, b) => b.length - a.length);
  const rest = text => own.reduce((left, word) => left.split(word).join(""), text).trim();
  return [...new Set(shown.filter(text => /(?=[A-Za-z]*[aeiou])[A-Za-z]{3,}/.test(rest(text))).map(text => text.trim()))];
}"""
CUT = """() => {
  const cut = [];
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest(".sr, .skip, .picture, svg, [dir=auto], textarea, input, select, script, noscript") || !one.checkVisibility()) continue;
    const own = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const hides = /hidden|clip/.test(style.overflowX + style.overflowY);
    const name = `${one.tagName.toLowerCase()}.${one.className} “${one.textContent.trim().slice(0, 60)}”`;
    if ((hides || one.matches("button, .btn, .chip")) && one.scrollWidth > one.clientWidth + 1 && box.width > 2) cut.push(`wider than itself: ${name}`);
    if (hides && own && one.scrollHeight > one.clientHeight + 2 && box.height > 2) cut.push(`higher than itself: ${name}`);
    if (own && box.width && (box.right > innerWidth + 1 || box.left < -1) && style.position !== "absolute") cut.push(`outside of the window: ${name}`);
  }
  return [...new Set(cut)];
}"""
REVEALED = {"collect": ".card-row, .c-card, .w-card", "vote": ".bar-row"}
"""What shows on every screen that an activity is revealed."""
WIDE = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@pytest.fixture(scope="module")
def room(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """A workshop in the pseudo-language, with three ideas of three people."""
    with raised(chromium, tmp_path_factory.mktemp("pseudo"), pseudo="1", rate_limits="off") as stage:
        workshop = stage.workshop(title="Better mornings")
        workshop.act("events.edit_event", language="en-XA")
        workshop.crowd(["Ada", "Marek", "Eleni"])
        workshop.start("collect")
        for bot, text in enumerate(IDEAS):
            workshop.says(bot, text)
        yield workshop


def written(workshop: Workshop) -> list[str]:
    """Everything in the workshop that people wrote, as they wrote it: no catalogue knows it; lists are written in English (words.py)."""
    state = workshop.stage.served.state(workshop.code)
    rows = [row for collection in state.values() for row in collection.values()]
    names = ("title", "question", "text", "name", "facilitator", "label")
    checks = [row["checksum"] for row in workshop.rows("results")]  # digits and letters, now and then with a vowel among them
    own = [*EQUAL, " and ", *checks, *(check[:8] for check in checks), "Better mornings"]
    return [*own, *(str(row[name]) for row in rows for name in names if isinstance(row.get(name), str) and row[name])]


def check(page: Page, workshop: Workshop, what: str, tries: int = 50) -> None:
    """A page shows no word that comes from no catalogue, is no wider than its window, and cuts nothing, once all that moves has come to rest."""
    for _ in range(tries):
        page.wait_for_timeout(200)
        if not (wrong := found(page, workshop)):
            return
    raise AssertionError(f"{what}:\n" + "\n".join(wrong))


def found(page: Page, workshop: Workshop) -> list[str]:
    """What is wrong on a page as it is now."""
    wrong = [f"not from the catalogue: {word}" for word in page.evaluate(READ, written(workshop))]
    wrong += ["it scrolls sideways"] if page.evaluate(WIDE) > 1 else []
    return wrong + page.evaluate(CUT)


def joined(open_page: Callable[..., Page], workshop: Workshop) -> Page:
    """A small phone that joined."""
    page = open_page(f"{workshop.stage.url}/j/{workshop.code}", *SMALL, **ASK)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(f"**/s/{workshop.code}")
    expect(page.locator("button.me")).to_be_visible()
    return page


@pytest.mark.parametrize("path", ["/", "/j/", "/j/{code}", "/j/000000", "/e/{slug}", "/sign-in", "/nothing-here"])
def test_the_pages_at_the_door(open_page: Callable[..., Page], room: Workshop, path: str) -> None:
    """Public pages on a small phone."""
    check(open_page(room.stage.url + path.format(code=room.code, slug=room.slug), *SMALL, **ASK), room, path)


@pytest.mark.parametrize("page", ["", "agenda", "challenges", "people", "results", "export", "settings", "delete"])
def test_the_studio(open_page: Callable[..., Page], room: Workshop, page: str) -> None:
    """The organiser's pages on a laptop; the first is the list of events."""
    path = f"/studio/{room.slug}/{page}" if page else "/studio"
    check(open_page(room.stage.url + path, *LAPTOP, storage_state=room.stage.organiser, **ASK), room, path)


@pytest.mark.parametrize("kind", ["collect", "sort", "vote", "present"])
def test_the_screens(open_page: Callable[..., Page], room: Workshop, kind: str) -> None:
    """Phone, console and projector while an activity runs, and after its reveal."""
    stage: Stage = room.stage
    activity = room.start(kind)
    if kind == "sort":
        ideas = [row["id"] for row in room.rows("ideas")][:2]
        room.act("groups.make", group=new_id(), activity=activity, title="Calm", ideas=ideas)
    screens = {
        "phone": joined(open_page, room),
        "console": open_page(f"{stage.url}/run/{room.slug}", *LAPTOP, storage_state=stage.organiser, **ASK),
        "small console": open_page(f"{stage.url}/run/{room.slug}", 1280, 720, storage_state=stage.organiser, **ASK),
        "projector": open_page(f"{stage.url}/screen/{room.slug}", *SCREEN, storage_state=stage.organiser, **ASK),
    }
    for name in ("console", "small console"):
        expect(screens[name].locator("footer.ctl")).to_be_visible()
    expect(screens["projector"].locator(".screen")).to_be_visible()
    for name, page in screens.items():
        check(page, room, f"{name} during {kind}")
    if kind == "vote":
        for bot, option in enumerate(room.options):
            room.votes(bot, {option["id"]: 2})
    if kind in ("collect", "vote"):
        room.act("events.reveal", activity=activity)
        for page in screens.values():
            expect(page.locator(REVEALED[kind]).first).to_be_visible()
        for name, page in screens.items():
            check(page, room, f"{name} after the reveal of {kind}")
