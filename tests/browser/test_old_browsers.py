"""Old phones (Chrome 90, Safari 14): nothing newer in the sources, and a whole round on a phone from which what is newer was taken."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support import house
from tests.support.acts import card, dot, write
from tests.support.stage import PHONE, Devices, Stage, alive

SCRIPTS = {
    r"\.at\(": "Array.at (Safari 15.4)",
    r"\bstructuredClone\b": "structuredClone (Safari 15.4)",
    r"Object\.hasOwn\b": "Object.hasOwn (Safari 15.4)",
    r"\.(findLast|toSorted|toSpliced|toReversed|with)\(": "newer array functions (Chrome 97 and later)",
    r"\(\?<[=!]": "looking behind in regular expressions (Safari 16.4)",
    r"[{;\n]\s*#[a-z]\w*\s*[=(;]": "private fields (Safari 14.1)",
    r"\bstatic\s*\{": "static blocks (Safari 16.4)",
    r"^await |[;}]\s*\nawait ": "await outside of functions (Safari 15)",
    r"AbortSignal\.(timeout|any)": "AbortSignal.timeout (Safari 16)",
    r"\bBroadcastChannel\b": "BroadcastChannel (Safari 15.4)",
    r"\bcheckVisibility\b": "checkVisibility (Safari 17.4)",
    r"import\s[^;]*\bwith\s*\{": "import attributes (Safari 17.2)",
    r"crypto\.randomUUID\(": "crypto.randomUUID (no plain http, Safari 15.4)",
}
STYLES = {
    r":has\(": ":has (Safari 15.4): the whole rule is dropped",
    r"@container\b|@layer\b|@property\b": "container queries, layers (Safari 15.4): their contents are dropped",
    r"color-mix\(|\boklch\(|\blch\(": "newer colours (Safari 15.4)",
    r"[{;]\s*&|^\s*&": "nesting (Safari 16.5)",
    r":focus-visible\s*,|,[^{},]*:focus-visible": ":focus-visible in a list (Safari 15.4): the whole list is dropped",
}
GUARDED = {"static/js/core/uuid.js": r"crypto\.randomUUID\("}
"""Files that ask first whether there is such a thing."""
NEWER = """() => {
  for (const name of ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]) delete Array.prototype[name];
  for (const name of ["at", "isWellFormed", "toWellFormed"]) delete String.prototype[name];
  for (const name of ["structuredClone", "BroadcastChannel", "requestIdleCallback", "scheduler", "ViewTransition"]) delete window[name];
  delete Object.hasOwn; delete Object.groupBy; delete Promise.withResolvers; delete AbortSignal.timeout; delete AbortSignal.any;
  delete Crypto.prototype.randomUUID;
  delete Element.prototype.checkVisibility; delete HTMLFormElement.prototype.requestSubmit; delete HTMLElement.prototype.inert;
  for (const name of ["show", "showModal", "close"]) delete HTMLDialogElement.prototype[name];
  delete window.HTMLDialogElement; delete HTMLElement.prototype.showPopover; delete HTMLElement.prototype.popover;
  delete Navigator.prototype.clipboard; delete Navigator.prototype.wakeLock; delete Navigator.prototype.locks;
  delete window.visualViewport;
}"""
DENIED = """() => {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
  }
}"""


def sources(folder: str, ending: str) -> Iterator[tuple[str, str]]:
    """(path, text without comments) of our own files."""
    for path in sorted((house.ROOT / "static" / folder).rglob(f"*.{ending}")):
        if "vendor" not in path.parts:
            text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            yield str(path.relative_to(house.ROOT)), re.sub(r"(^|\s)//.*", "", text)


@pytest.mark.parametrize(("folder", "ending", "newer"), [("js", "js", SCRIPTS), ("css", "css", STYLES)])
def test_nothing_newer_is_used(folder: str, ending: str, newer: dict[str, str]) -> None:
    """No feature in our scripts and styles that these browsers lack and that would break a page there."""
    wrong = []
    for path, text in sources(folder, ending):
        for pattern, what in newer.items():
            if GUARDED.get(path) != pattern:
                wrong += [f"{path}: {what}: {found[0].strip()!r}" for found in re.finditer(pattern, text, re.MULTILINE)]
    assert not wrong, "\n".join(wrong)


def test_the_search_is_not_blind() -> None:
    """Every pattern finds what it is for."""
    bad = "x.at(0) structuredClone(x) Object.hasOwn(x) x.toSorted() /(?<=a)/ AbortSignal.timeout(1) new BroadcastChannel() crypto.randomUUID()"
    bad += " one.checkVisibility() import x from 'x' with { type: 'json' }; class A { static { } }\nclass B {\n #own = 1;\n}\nawait x;"
    assert not [pattern for pattern in SCRIPTS if not re.search(pattern, bad, re.MULTILINE)]
    ugly = "a:has(b){} @layer x{} p{color:color-mix(in lab, red)} p{ & b{} } a:hover,a:focus-visible{}"
    assert not [pattern for pattern in STYLES if not re.search(pattern, ugly, re.MULTILINE)]


def test_heights_of_small_windows_have_a_fallback() -> None:
    """Where dvh or svh stands, vh stands in front of it for those who know no other."""
    for path, text in sources("css", "css"):
        for rule in re.findall(r"\{([^{}]*)\}", text):
            for name, value in re.findall(r"([\w-]+):([^;]*\d[ds]vh[^;]*)", rule):
                assert re.search(rf"{name}:[^;]*\d(?:vh|%)[^;]*;[^{{}}]*{re.escape(value)}", rule), f"{path}: {name}:{value}"


@pytest.mark.parametrize("poor", ["old", "private"])
def test_a_round_on_a_poor_phone(stage: Stage, devices: Devices, poor: str) -> None:
    """Join, write, change, vote, result: without newer functions and without <dialog>; or where the browser keeps nothing."""
    workshop = stage.workshop()
    workshop.crowd(["Bea"])
    workshop.start("collect")
    workshop.says(0, "Fruit at ten")
    page = devices.open_page(None, 360, 640, **PHONE)
    page.add_init_script(f"({NEWER if poor == 'old' else DENIED})()")
    page.goto(f"{stage.url}/j/{workshop.code}")
    page.get_by_role("button", name="Join", exact=True).click()
    write(alive(page), "A walk to school")
    change(page)
    page.get_by_role("button", name=re.compile("^You are ")).click()
    page.get_by_role("switch", name="Larger text").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    workshop.start("vote")
    dot(page, "Fruit at ten", 2)
    card(page, "together").get_by_role("button", name="Add a dot").click()
    expect(page.locator(".tray")).to_contain_text("2 dots left")
    workshop.act("events.reveal", activity=workshop.step("vote"))
    expect(page.locator(".bar-row", has_text="Fruit at ten")).to_contain_text("you gave 2")
    page.reload()
    expect(alive(page).locator(".bar-row", has_text="Fruit at ten")).to_be_visible()


def change(page: Page) -> None:
    """Reword an idea in its sheet."""
    page.get_by_role("button", name="Edit: A walk to school").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    sheet.get_by_label("Your idea").fill("A walk to school together")
    sheet.get_by_role("button", name="Save changes").click()
    expect(page.locator(".note.mine")).to_contain_text("A walk to school together")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_there_are_sources() -> None:
    """The searches above read our files."""
    assert len(list(sources("js", "js"))) > 50
    assert len(list(sources("css", "css"))) > 5
    assert Path(house.ROOT / "static" / "js" / "core" / "uuid.js").is_file()
