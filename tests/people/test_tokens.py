"""Accounts and tokens: stored hashed, used up once, revoked at once, each good for one thing only; passwords by argon2."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from facilitate.core import registry
from facilitate.core.registry import Credentials, Viewer
from facilitate.people import views
from facilitate.people.queries import account_of, api_tokens, digest, first_account, new_secret, token
from tests.support.instance import ORGANISER, Clock
from tests.support.room import Person, Room, check_refusal, new_id


def olga(room: Room) -> str:
    """The id of the organiser's account."""
    with room.spine.reading() as session:
        found = account_of(session, " OLGA@Example.org ")
        assert found is not None
        return found.id


def issued(room: Room, kind: str, **words: Any) -> str:
    """The secret of a new token."""
    secret = new_secret()
    answer = room.spine.act("people.issue_token", {"token": new_id(), "kind": kind, "hash": digest(secret)} | words)
    assert answer["ok"], answer
    return secret


def known(room: Room, secret: str, kind: str) -> bool:
    """Whether a secret is good as a token of a kind."""
    with room.spine.reading() as session:
        return token(session, secret, kind) is not None


def test_no_secret_lies_in_the_instance(room: Room) -> None:
    """Neither tokens nor passwords are in any byte of it; their hashes are."""
    secret = issued(room, "api", account=olga(room))
    bytes_ = b"".join(path.read_bytes() for path in sorted(room.spine.settings.folder.rglob("*")) if path.is_file())
    for held in (secret, ORGANISER, room[0].token, room.screen.token, room.spine.local_key):
        assert held.encode() not in bytes_
    assert digest(secret).encode() in bytes_


KINDS = ("account", "sign_in", "api", "device", "link", "card", "screen", "screen_link")


@pytest.mark.parametrize("kind", KINDS)
def test_a_token_is_good_for_one_thing(room: Room, kind: str) -> None:
    """What lies in a link is no bearer token, what lies in one cookie is none in another."""
    owner: dict[str, Any] = {"account": olga(room)} if kind in ("account", "sign_in", "api") else {"event_id": room.event.id}
    owner |= {"member": room[0].id} if kind in ("device", "link") else {}
    secret = issued(room, kind, **owner)
    assert [one for one in KINDS if known(room, secret, one)] == [kind]
    with room.spine.reading() as session:
        bearer = registry.ask("identify", session, Credentials(secret), room.event.id)
        assert (bearer is not None) is (kind in ("api", "device", "screen"))
        for wanted, good in (("member", "device"), ("screen", "screen"), ("account", "account")):
            cookies = {f"member_{room.event.slug}": secret, f"screen_{room.event.slug}": secret, "account": secret}
            found = registry.ask("identify", session, Credentials(None, cookies, wanted, room.event.slug), room.event.id)
            assert (found is not None) is (kind == good)


def test_a_token_expires(room: Room, clock: Clock) -> None:
    """To the millisecond; one without a lifetime stays."""
    short, long = issued(room, "api", account=olga(room), lifetime=1000), issued(room, "api", account=olga(room))
    clock.pass_(1)
    assert known(room, short, "api")
    clock.pass_(0.001)
    assert not known(room, short, "api") and known(room, long, "api")


def test_a_link_is_used_up_once(room: Room) -> None:
    """Eight press the button at the same moment: one is signed in."""
    secret = issued(room, "sign_in", account=olga(room))
    with room.spine.reading() as session:
        found = token(session, secret, "sign_in")
        assert found is not None
        words = {"token": found.id}
    start, answers = threading.Barrier(8), list[dict[str, Any]]()

    def press() -> None:
        start.wait()
        answers.append(room.spine.act("people.use_token", words))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer["ok"] for answer in answers) == [False] * 7 + [True]
    check_refusal(room.spine.act("people.use_token", words), "not_found")
    assert not known(room, secret, "sign_in")


def act(room: Room, name: str, words: dict[str, Any], account: str) -> dict[str, Any]:
    """A command of an account outside of any event."""
    viewer = Viewer(None, account=account, sender=f"account:{account}")
    return room.spine.send(viewer, None, name, words, new_id())


def test_revoking(room: Room) -> None:
    """One's own only; whoever acts by it is identified anew, so that an open console is let go."""
    secret, me = issued(room, "api", account=olga(room)), olga(room)
    with room.spine.reading() as session:
        one = next(found for found in api_tokens(session, me) if found.hash == digest(secret))
        other = account_of(session, "otto@example.org")
        assert other is not None
        words, stranger = {"token": one.id}, other.id
    check_refusal(act(room, "people.revoke_token", words, stranger), "not_found")
    check_refusal(act(room, "people.revoke_token", {"token": new_id()}, me), "not_found")
    met: list[str] = []
    room.spine.writer.listeners.append(lambda announcement: met.extend(announcement.strangers))
    assert act(room, "people.revoke_token", words, me)["ok"]
    assert not known(room, secret, "api") and known(room, ORGANISER, "api")
    assert len(met) == 1 and room.rows("members")[met[0]]["role"] == "organiser"
    with room.spine.reading() as session:
        assert one.id not in {found.id for found in api_tokens(session, me)}


def test_accounts(room: Room) -> None:
    """An address has one account, however it is written; the first one is the host of the instance."""
    words = {"account": new_id(), "email": "Olga@EXAMPLE.org", "name": "Again"}
    check_refusal(room.spine.act("people.make_account", words), "id_taken")
    for wrong in ({"email": ""}, {"email": "x" * 255}, {"name": ""}, {"name": None}, {"account": "x"}):
        check_refusal(room.spine.act("people.make_account", words | {"email": "new@example.org"} | wrong), "invalid", next(iter(wrong)))
    check_refusal(room.spine.act("people.set_password", {"account": new_id(), "password_hash": "x"}), "not_found")
    with room.spine.reading() as session:
        first = first_account(session)
        assert first is not None and first.name == "Olga"


def sign_in(client: FlaskClient, email: str, password: str) -> int:
    """The status of an attempt to sign in."""
    form = client.get("/sign-in").get_data(as_text=True)
    csrf = form.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    return client.post("/sign-in", data={"csrf_token": csrf, "email": email, "password": password}).status_code


def test_passwords_are_hashed_by_argon2(room: Room) -> None:
    """The hash says so, is salted, and the cookie of whoever signs in is another secret."""
    account, password = olga(room), "correct horse battery"
    assert room.spine.act("people.set_password", {"account": account, "password_hash": views.HASHER.hash(password)})["ok"]
    with room.spine.reading() as session:
        stored = str(session.scalar(text("SELECT password_hash FROM accounts WHERE id = :id"), {"id": account}))
    assert stored.startswith("$argon2id$") and views.HASHER.hash(password) != stored
    client = room.client()
    assert sign_in(client, "olga@example.org", password) == 303
    cookie = client.get_cookie("account")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax"
    assert known(room, str(cookie.value), "account")


def test_guessing_passwords(make_room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten attempts a minute for an address and a name; an unknown name is worked on as long as a known one."""
    room = make_room(rate_limits=True)
    worked: list[str] = []
    monkeypatch.setattr(views, "verify", lambda hashed, _password: bool(worked.append(hashed)))
    client = room.client()
    assert [sign_in(client, "nobody@example.org", "x") for _ in range(11)] == [401] * 10 + [429]
    assert sign_in(client, "olga@example.org", "x") == 401
    assert len(worked) == 11 and all(hashed.startswith("$argon2id$") for hashed in worked)


def test_a_link_for_another_device(room: Room) -> None:
    """Two devices press its button: one gets the seat, and the first phone is nobody's any more."""
    secret = new_secret()
    room.send(room[0], "members.link", {"member": room[0].id, "hash": digest(secret)})
    statuses = []
    for _ in range(2):
        client = room.client()
        page = client.get(f"/d/{secret}")
        if page.status_code != 200:
            statuses.append(page.status_code)
            continue
        csrf = page.get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        answer = client.post(f"/d/{secret}", data={"csrf_token": csrf})
        statuses.append(answer.status_code)
        cookie = client.get_cookie(f"member_{room.event.slug}")
        assert cookie is not None
        again = Person("Ann again", str(cookie.value), room[0].id)
    assert statuses == [303, 404]
    room.gallery.follow()
    assert room.viewer(room[0]) is None
    assert room.viewer(again) is not None and secret not in str(answer.headers)
