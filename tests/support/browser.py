"""The browser of the tests: one chromium per process, and pages that fail the test on any error in their console."""

import asyncio
import os
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright

from tests.support import chromium as installed
from tests.support import house

IGNORED = ("Failed to load resource: the server responded with a status of 4",)
"""Console lines that chromium writes itself for every answer 4xx, also where a test asks for one."""
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
"""What chromium writes while a test has taken the network from a page."""

SHOTS = Path(os.environ.get("FACILITATE_SHOTS") or house.ROOT / "build" / "shots")
FAILED = pytest.StashKey[bool]()
LISTEN = """
  window.saidAloud = [];
  new MutationObserver(records => {
    for (const { target } of records) {
      const region = (target.closest ? target : target.parentElement)?.closest("[aria-live]");
      if (region && region.textContent) window.saidAloud.push(region.textContent);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""What every page of the tests runs first: it remembers all that its live regions said, as somebody who listens does."""

expect.set_options(timeout=15_000)  # the patience of a machine on which two tests share two cores


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, so that its pages can be photographed before they close."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Hide the browser's loop from tests without a browser: it counts as running for as long as playwright is up, and asyncio
    would refuse to start another one beside it."""
    loop = None if "playwright_driver" in getattr(item, "fixturenames", ()) else asyncio._get_running_loop()
    if loop is None:
        return (yield)
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(loop)


@pytest.fixture(scope="session")
def shot() -> Callable[[Page, str], Path]:
    """A function that photographs a page: `shot(page, "phone-vote")` writes build/shots/phone-vote.png."""

    def taken(page: Page, name: str) -> Path:
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower()).strip('-')[:120]}.png"
        page.screenshot(path=path)
        return path

    return taken


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright's driver, once per process."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    """A headless chromium; a machine without one fails the tests with one sentence, it never skips them."""
    executable = installed.path()
    if executable is None:
        pytest.fail(installed.MISSING, pytrace=False)
    browser = playwright_driver.chromium.launch(executable_path=executable, args=list(installed.FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def outlasting() -> Iterator[ExitStack]:
    """Where a test enters what has to outlast its pages, as a server of its own: it ends only after all of them are closed."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def open_page(
    chromium: Browser, outlasting: ExitStack, request: pytest.FixtureRequest, shot: Callable[[Page, str], Path]
) -> Iterator[Callable[..., Page]]:
    """A function that opens a page in a context of its own, as a device of its own would.

    `open_page(url=None, width=390, height=844, quiet=True, **context)`: `context` goes to playwright's `new_context`
    (color_scheme, reduced_motion, java_script_enabled, locale, offline …). Where `quiet` is true, an error in the console
    of the page or an exception in its scripts fails the test at its end. The pages of a failed test are photographed.
    """
    contexts, errors = [], []

    def heard(line: ConsoleMessage) -> None:
        if line.type == "error" and not line.text.startswith(IGNORED) and OFFLINE not in line.text:
            errors.append(line.text)

    def listen(page: Page) -> None:
        page.on("console", heard)
        page.on("pageerror", lambda error: errors.append(str(error)))

    def opened(url: str | None = None, width: int = 390, height: int = 844, quiet: bool = True, **context: Any) -> Page:
        contexts.append(chromium.new_context(viewport={"width": width, "height": height}, **context))
        contexts[-1].add_init_script(LISTEN)
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        if quiet:
            listen(page)
        if url:
            page.goto(url)
        return page

    yield opened
    for context in contexts:
        if request.node.stash.get(FAILED, False):
            for number, page in enumerate(context.pages):
                shot(page, f"failed-{request.node.name}-{contexts.index(context)}-{number}")
        context.close()
    assert not errors, "errors in the browser's console:\n" + "\n".join(errors)
