"""Pages of people: signing in, passwords, tokens, links that are used up, the language."""

from collections.abc import Callable

import pytest

from facilitate.people.queries import account_of, digest
from tests.support.instance import ORGANISER, OTHER
from tests.support.room import Room, new_id
from tests.support.visitor import Visitor

PASSWORD = "a sentence that is easy to keep"


def test_a_password_is_set_and_used(room: Room, desk: Visitor, visitor: Callable[..., Visitor]) -> None:
    """Too short is refused with the number; wrong says nothing of which half is wrong; right leads where one wanted to go."""
    desk.open("/studio/account")
    desk.send(desk.form("/password"), password="short")
    assert desk.status == 400 and "Use at least 10 characters" in desk.text
    desk.send(desk.form("/password"), password=PASSWORD)
    guest = visitor().open("/studio/account")
    assert guest.path == "/sign-in"
    for email, password in (("olga@example.org", "wrong"), ("nobody@example.org", PASSWORD)):
        guest.send(guest.form("/sign-in"), email=email, password=password)
        assert guest.status == 401 and "do not belong together" in guest.text and guest.form("/sign-in").values["email"] == email
    guest.send(guest.form("/sign-in"), email="OLGA@example.org", password=PASSWORD)
    assert guest.path == "/studio/account" and "olga@example.org" in guest.text
    guest.send(guest.form("/sign-out"))
    assert guest.open("/studio").path == "/sign-in"


def test_tokens_for_scripts(room: Room, desk: Visitor) -> None:
    """Made and shown once, listed by their label, revoked."""
    desk.open("/studio/account")
    desk.send(desk.form("/tokens"), label="Backup script")
    secret = desk.response.text.split('readonly value="')[1].split('"')[0]  # type: ignore[union-attr]
    client = room.client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    assert client.get("/studio").status_code == 200
    desk.open("/studio/account")
    assert secret not in desk.response.text and "Backup script" in desk.text  # type: ignore[union-attr]
    desk.send(next(form for form in desk.reader.forms if any("Backup script" in one for one in form.buttons)))
    assert desk.path == "/studio/account" and "Backup script" not in desk.text
    assert client.get("/studio").status_code == 303


@pytest.mark.parametrize("times", [1, 2])
def test_a_sign_in_link_is_used_up_by_its_button(room: Room, visitor: Callable[..., Visitor], times: int) -> None:
    """Opening it signs nobody in; the button does, once."""
    account = room.spine.act("people.make_account", {"account": new_id(), "email": "new@example.org", "name": "New"})
    assert account["ok"]
    with room.spine.reading() as session:
        found = account_of(session, "new@example.org")
        assert found is not None
        words = {"token": new_id(), "kind": "sign_in", "hash": digest("link-secret"), "account": found.id}
    assert room.spine.act("people.issue_token", words)["ok"]
    guest = visitor().open("/sign-in/link-secret")
    for _ in range(times):
        guest.open("/sign-in/link-secret")
    assert guest.status == 200 and visitor().open("/studio").path == "/sign-in"
    guest.send(guest.form("/sign-in/link-secret"))
    assert guest.path == "/studio"
    assert visitor().open("/sign-in/link-secret").status == 404


def test_the_start_page_knows_its_organiser(room: Room, desk: Visitor, guest: Visitor) -> None:
    """The own open events for who is signed in, nothing of them for anybody else."""
    title = room.rows("events")[room.event.slug]["title"]
    assert title in desk.open("/").text and f"/run/{room.event.slug}" in desk.reader.links
    assert room.event.slug not in guest.open("/").response.text  # type: ignore[union-attr]
    assert ORGANISER not in guest.text and OTHER not in guest.text


def test_the_language_is_chosen(room: Room, guest: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chooser where there is more than one language; the choice is kept, an unknown one is not."""
    assert not guest.open("/j/").has("/language")
    monkeypatch.setattr("facilitate.core.look.strings.languages", lambda: ["en", "de"])
    room.app.jinja_env.globals["languages"] = lambda: ["en", "de"]
    monkeypatch.setattr("facilitate.events.views.public.languages", lambda: ["en", "de"])
    guest.open("/j/")
    assert "Deutsch" in guest.text
    guest.send(guest.form("/language"), language="de")
    assert guest.path == "/j/" and guest.client.get_cookie("language").value == "de"  # type: ignore[union-attr]
    guest.send(guest.form("/language"), language="xx")
    assert guest.client.get_cookie("language").value == "de"  # type: ignore[union-attr]


def test_every_page_carries_its_headers(guest: Visitor) -> None:
    """A strict policy, no foreign referrers for links with a token, no page kept by caches."""
    response = guest.open("/").response
    assert response is not None
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "require-trusted-types-for 'script'" in policy
    assert response.headers["Cache-Control"] == "no-store" and response.headers["Content-Language"] == "en"
    for path in ("/d/x", "/c/x", "/sign-in/x"):
        answer = guest.open(path).response
        assert answer is not None and answer.headers["Referrer-Policy"] == "no-referrer" and answer.status_code == 404
