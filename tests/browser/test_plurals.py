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


SENTENCES: dict[str, strings.Entry] = {
    "plain": "Send {what} to {name}",
    "forms": {form: f"{form}: {{n}} of {{all}}" for form in ("zero", "one", "two", "few", "many", "other")},
    "short": {"one": "one", "other": "{n} others"},
}
SAY = """async ([sentences, language, asked]) => {
  const { createStrings } = await import("/strings.js");
  const t = createStrings(sentences, language);
  return asked.map(([key, values]) => t(key, values));
}"""


@pytest.mark.parametrize("language", ["en", "en-XA", "fr", "pl", "lt", "ar", "xx-YY"])
def test_server_and_browser_say_the_same(blank: Page, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """The two functions t() fill places and choose forms alike, also where a value is missing or looks like a place."""
    script = (house.ROOT / "static" / "js" / "core" / "strings.js").read_text(encoding="utf-8")
    pages = {"/": ("text/html", "<!doctype html>"), "/strings.js": ("text/javascript", script)}
    blank.route("http://127.0.0.1:9/**", lambda route: route.fulfill(content_type=pages[(path := route.request.url[18:])][0], body=pages[path][1]))
    blank.goto("http://127.0.0.1:9/")
    asked = [("plain", {"what": "{name}", "name": "Ada"}), ("plain", {"name": "<b>"}), ("forms", {"all": 3})]
    asked += [(key, {"n": number, "all": 9}) for key in ("forms", "short") for number in (0, 1, 2, 3, 5, 11, 21, 100, 1_000_000, 1.5)]
    monkeypatch.setattr(strings, "catalogue", lambda _: SENTENCES)
    assert blank.evaluate(SAY, [SENTENCES, language, asked]) == [strings.t(language, key, **values) for key, values in asked]
