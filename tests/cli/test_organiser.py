"""`facilitate organiser`: accounts, links and tokens, beside a server and without one."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from facilitate.core.strings import t
from facilitate.people.queries import digest
from tests.support.served import serve
from tests.support.terminal import Terminal

TOKEN = re.compile(r"[\w-]{40,}\n\Z")


def test_a_token_is_all_that_is_printed(terminal: Terminal) -> None:
    """Where nothing is there yet the first organiser is made; a server that starts later knows the token."""
    before = terminal("organiser", "token")
    assert TOKEN.fullmatch(before.stdout) and before.stderr == ""
    with serve(terminal.folder, async_mode="threading") as served:
        beside = terminal("organiser", "token", "--label", "bench", "--days", "3")
        assert TOKEN.fullmatch(beside.stdout) and beside.stderr == ""
        for token in (before.stdout.strip(), beside.stdout.strip()):
            assert served.call("POST", "/api/events", {"template": "consultation", "title": "Test"}, token)[0] == 201
        assert served.call("POST", "/api/events", {"template": "consultation", "title": "Test"}, "guessed")[0] == 401
    assert json.loads(terminal.says("organiser", "list", "--json", alone=True)) == [{"email": "organiser@localhost", "name": "The organiser", "events": 3}]
    assert "3 events" in terminal.says("organiser", "list")
    assert before.stdout.strip().encode() not in (terminal.folder / "facilitate.db").read_bytes()
    assert digest(before.stdout.strip()).encode() in (terminal.folder / "facilitate.db").read_bytes()


def test_a_new_organiser_signs_in_once(settled: Terminal) -> None:
    """`add` prints a link on standard output alone; it serves once; the same address is not taken twice."""
    with serve(settled.folder, async_mode="threading") as served:
        made = settled.here("organiser", "add", "eva@example.org", "--name", "Eva")
        assert made.stderr.strip() == t("en", "cli.organiser.added", name="Eva", email="eva@example.org")
        assert made.stdout.startswith(f"{served.url}/sign-in/")
        assert sign_in(made.stdout.strip()) == f"{served.url}/studio"
        assert sign_in(made.stdout.strip()) is None
        assert t("en", "refusal.account_exists") in settled.says("organiser", "add", "EVA@example.org", code=1)
        assert sign_in(settled.says("organiser", "link", "eva@example.org")) == f"{served.url}/studio"
    assert [row["name"] for row in json.loads(settled.says("organiser", "list", "--json"))][-1] == "Eva"


def sign_in(link: str) -> str | None:
    """Where a browser stands that opened a sign-in link and pressed its button; None where the link does not serve."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    try:
        with browser.open(link, timeout=30) as page:
            text = page.read().decode()
        form = urllib.parse.urlencode({"csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', text)[0]})
        with browser.open(link, form.encode(), timeout=30) as page:
            return str(page.geturl())
    except urllib.error.HTTPError as refused:
        refused.close()
        return None


def test_who_is_unknown_gets_nothing(settled: Terminal) -> None:
    """A token or a link for an address without an account: exit code 1."""
    for word in ("token", "link"):
        assert settled.says("organiser", word, "nobody@example.org", code=1) == t("en", "cli.no_organiser", email="nobody@example.org")
    assert len(settled.says("organiser", "token", "otto@example.org")) > 40
    assert settled.says("organiser", "add", "no address " * 30, code=1)


def test_a_list_needs_a_database(tmp_path: Path) -> None:
    """Reading makes none."""
    folder = tmp_path / "none"
    assert Terminal(folder).says("organiser", "list", code=1) == t("en", "cli.no_database", folder=folder)
    assert not folder.exists()
