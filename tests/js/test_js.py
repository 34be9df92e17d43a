"""Runs the unit tests of the browser's scripts (the modules beside this file) in a real browser."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.support import house

HERE = Path(__file__).parent
ORIGIN = "http://localhost:1"
MODULES = sorted(path.name for path in HERE.glob("*.js") if path.name != "check.js")
RUN = "async name => { await import(`/tests/${name}`); return (await import('/tests/check.js')).run(); }"


def serve(route: Route) -> None:
    """Answer from the disk: /static from the house, /tests from beside this file, else an empty page."""
    path = route.request.url.removeprefix(ORIGIN).split("?")[0]
    folder = {"static": house.ROOT / "static", "tests": HERE}.get(path.split("/")[1])
    if folder is None:
        route.fulfill(body="<!doctype html><title>tests</title>", content_type="text/html")
        return
    file = folder.joinpath(*path.split("/")[2:])
    route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page of an origin that has the scripts."""
    context = chromium.new_context()
    page = context.new_page()
    page.route(f"{ORIGIN}/**", serve)
    page.goto(f"{ORIGIN}/")
    yield page
    context.close()


@pytest.mark.parametrize("module", MODULES)
def test_module(page: Page, module: str) -> None:
    """Every test of the module holds, and there are some."""
    told = page.evaluate(RUN, module)
    assert told, "no test in the module"
    assert not [f"{name}: {error}" for name, error in told if error], module


def test_a_failing_check_is_told(page: Page) -> None:
    """The runner itself can fail: a check that does not hold comes back with its name."""
    told = page.evaluate("""async () => {
        const { test, equal, run } = await import('/tests/check.js');
        test("one is two", () => equal(1, 2));
        return run();
    }""")
    assert told[0][0] == "one is two"
    assert "expected 2" in told[0][1]
