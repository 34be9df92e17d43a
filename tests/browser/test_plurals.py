"""Server and browser choose the same plural form: both are held against the CLDR's examples for the 24 EU languages."""

import json

import pytest
from playwright.sync_api import Browser, Page

from facilitate.core import strings
from tests.support import house

TABLE: dict[str, dict[str, str]] = json.loads((house.ROOT / "tests" / "data" / "plurals.json").read_text(encoding="utf-8"))
CHOOSE = "([language, numbers]) => numbers.map(n => new Intl.PluralRules(language).select(n))"
NUMBERS = [*range(131), 1000, 1001, 1002, 100_000, 1_000_000]


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Page:
    """A page without content."""
    return chromium.new_page()


@pytest.mark.parametrize("language", TABLE)
def test_the_server_knows_the_language(language: str) -> None:
    """The server's rule gives the CLDR's example for every number in the table."""
    assert {number: strings.plural(language, int(number)) for number in TABLE[language]} == TABLE[language]


@pytest.mark.parametrize("language", [*TABLE, "en-XA", "de-AT"])
def test_the_browser_agrees_with_the_server(blank: Page, language: str) -> None:
    """The browser's rule gives what the server's gives, for numbers that workshops have and some that they have not."""
    assert blank.evaluate(CHOOSE, [language, NUMBERS]) == [strings.plural(language, number) for number in NUMBERS]
