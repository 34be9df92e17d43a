"""What axe finds wrong with a page; only that travels back from the browser, which costs as much as finding it where all travels."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RUN = "async options => (await axe.run(document, { ...options, resultTypes: ['violations'] })).violations"


def violations(page: Page, options: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The violations that axe finds, each with its rule and its nodes; by the rules that it has of its own where no options say which."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(RUN, options or {})
    return found
