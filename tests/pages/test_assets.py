"""Static files: one address per version, compressed once, kept for a year; nothing outside of their folder."""

import gzip
from collections.abc import Callable

import pytest
from flask import Flask

from facilitate.core import assets, paths


def test_a_version_has_its_address(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark stands before the name, so that what a module imports has it too; another one is served, but not kept."""
    client = app.test_client()
    address = assets.asset("js/pages/page.js")
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip" and "immutable" in answer.headers["Cache-Control"] and answer.mimetype == "text/javascript"
    assert gzip.decompress(answer.data) == (paths.static() / "js" / "pages" / "page.js").read_bytes()
    with client.get(address) as plain:
        assert plain.data == gzip.decompress(answer.data)
    old = client.get("/assets/0123456789/js/pages/page.js", headers={"Accept-Encoding": "gzip"})
    assert old.status_code == 200 and old.headers["Cache-Control"] == "no-cache"
    again = client.get("/assets/0123456789/js/pages/page.js", headers={"Accept-Encoding": "gzip", "If-None-Match": old.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["../../pyproject.toml", "css/../../pyproject.toml", "nothing.js", "nothing.png", "css", "%2e%2e/%2e%2e/pyproject.toml"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_nothing_else_is_served(app: Flask, name: str, encoding: str) -> None:
    """Only files of the folder."""
    assert app.test_client().get(f"/assets/{assets.mark()}/{name}", headers={"Accept-Encoding": encoding}).status_code in (404, 308)


def test_fonts_are_not_compressed_again(app: Flask) -> None:
    """They are as small as they get."""
    with app.test_client().get(assets.asset("fonts/sofia-sans-condensed-num.woff2"), headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200 and "Content-Encoding" not in answer.headers


def test_the_mark_follows_the_files(monkeypatch: pytest.MonkeyPatch, instances: Callable[..., object]) -> None:
    """A changed file makes another mark, at the latest two seconds later."""
    folder = instances()
    monkeypatch.setattr(assets.paths, "static", lambda: folder)
    monkeypatch.setattr(assets, "_known", (float("-inf"), ""))
    before = assets.mark()
    (folder / "new.js").write_text("1")  # type: ignore[operator]
    assert assets.mark() == before
    monkeypatch.setattr(assets, "LOOKED", -1.0)
    assert assets.mark() != before


def test_the_catalogue_is_compressed_too(app: Flask) -> None:
    """The strings of a language, for the browser."""
    client = app.test_client()
    plain, zipped = client.get("/i18n/en.json"), client.get("/i18n/en.json", headers={"Accept-Encoding": "gzip"})
    assert plain.json and gzip.decompress(zipped.data) == plain.data and zipped.headers["Content-Encoding"] == "gzip"
    assert client.get("/i18n/xx.json").status_code == 404
