"""The HTTP doors: what they take, what they refuse and in which words, who may pass behind one address."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from facilitate.core.credits import MANY_CODES, SIGN_INS, WRONG_CODES, Credits
from facilitate.people.queries import digest, new_secret
from tests.support.instance import Clock
from tests.support.room import NOBODY, Person, Room, check_refusal, new_id


def put_up(room: Room) -> tuple[str, str]:
    """(code, the running collect)."""
    collect = str(room.activity("collect")["id"])
    room.send(room.organiser, "events.start", {"activity": collect})
    return str(room.rows("events")[room.event.slug]["code"]), collect


def post(client: FlaskClient, room: Room, name: str, body: Any, **headers: str) -> TestResponse:
    """Send a command over HTTP; a body that is no text is sent as JSON."""
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    path = f"/api/events/{room.event.slug}/commands/{name}"
    return client.post(path, data=data, headers={"Content-Type": "application/json", **{key.replace("_", "-"): value for key, value in headers.items()}})


def refused(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The answer, which has to be this refusal."""
    assert response.status_code == status, response.get_data(as_text=True)
    answer: dict[str, Any] = response.get_json()
    check_refusal(answer, code)
    return answer


def test_a_command_over_http(room: Room) -> None:
    """By slug or by code; the answer carries the number, the same key again the same answer."""
    code, collect = put_up(room)
    client, key = room.client(room[0]), new_id()
    words = {"idea": new_id(), "activity": collect, "text": "Over HTTP"}
    first = post(client, room, "ideas.add", words, Idempotency_Key=key)
    again = client.post(f"/api/events/{code[:3]} {code[3:]}/commands/ideas.add", json=words, headers={"Idempotency-Key": key})
    assert first.status_code == 200 and first.json == again.json
    room.gallery.follow()
    assert room.rows("ideas", room[0])[words["idea"]]["text"] == "Over HTTP"
    assert first.headers["Cache-Control"] == "no-store"


def test_the_moment_of_acting(room: Room, clock: Clock) -> None:
    """X-At is when the person acted; what is no moment is none."""
    _, collect = put_up(room)
    clock.pass_(10)
    acted = clock.now
    room.send(room.organiser, "events.close", {"activity": collect})
    for at, status in (("²", 409), ("x", 409), ("9" * 5000, 409), ("-1", 409), ("", 409), (str(acted), 200)):
        words = {"idea": new_id(), "activity": collect, "text": "Late"}
        assert post(room.client(room[0]), room, "ideas.add", words, X_At=at).status_code == status, at


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 400, "bad_json"), ("{", 400, "bad_json"), ("null", 400, "bad_json"), (b"\xff\xfe", 400, "bad_json"), ("[" * 30_000, 400, "bad_json"),
        ('{"a":' * 9_000 + "1" + "}" * 9_000, 400, "bad_json"), ("9" * 5_000, 400, "bad_json"), ("[]", 400, "invalid"), ('"x"', 400, "invalid"),
        ("3", 400, "invalid"), ("true", 400, "invalid"), ("{}", 400, "invalid"), ('{"idea": NaN}', 400, "invalid"), ('{"idea": 1e999}', 400, "invalid"),
        ('{"text": "' + "x" * 66_000 + '"}', 413, "too_large"), (json.dumps({"text": list(range(21_000))}), 413, "too_large"),
        ('{"x":[[[[[[[[[[[[1]]]]]]]]]]]]}', 413, "too_large"),
    ],
)  # fmt: skip
def test_bodies_that_are_no_words(room: Room, body: Any, status: int, code: str) -> None:
    """Each has its code and a sentence, and nothing changes."""
    refused(post(room.client(room[0]), room, "ideas.add", body), status, code)
    room.gallery.unchanged()


def test_a_body_without_a_length(room: Room) -> None:
    """Chunked bodies are measured as they come."""
    client = room.client(room[0])
    body = json.dumps({"text": "x" * 70_000}).encode()
    path = f"/api/events/{room.event.slug}/commands/ideas.add"
    response = client.post(
        path, input_stream=__import__("io").BytesIO(body), headers={"Content-Type": "application/json"}, environ_overrides={"wsgi.input_terminated": True}
    )
    refused(response, 413, "too_large")


def test_a_body_that_nobody_reads(room: Room) -> None:
    """More than four megabytes are refused at once."""
    refused(post(room.client(room[0]), room, "ideas.add", b"x" * 4_000_001), 413, "too_large")


@pytest.mark.parametrize(
    ("name", "status", "code"), [("no.such", 404, "unknown_command"), ("voting.seal", 404, "unknown_command"), ("events.end", 403, "forbidden")]
)
def test_commands_that_are_not_ones_own(room: Room, name: str, status: int, code: str) -> None:
    """Unknown ones, the server's own, the staff's."""
    refused(post(room.client(room[0]), room, name, {}), status, code)
    room.gallery.unchanged()


def test_who_has_no_token(room: Room) -> None:
    """A wrong token, another event's organiser, none at all."""
    for person in (NOBODY, room.stranger):
        refused(post(room.client(person), room, "events.open", {}), 401, "sign_in")
        assert room.client(person).get(f"/api/events/{room.event.slug}/state").status_code == 401
    anonymous = room.client()
    refused(post(anonymous, room, "events.open", {}), 403, "forbidden")
    refused(post(anonymous, room, "events.open", {}, Origin="http://localhost"), 401, "sign_in")


def with_cookie(room: Room, person: Person) -> FlaskClient:
    """A browser that is a member by its cookie."""
    client = room.client()
    client.set_cookie(f"member_{room.event.slug}", person.token)
    return client


def test_cookies_need_their_own_page(room: Room) -> None:
    """By cookie alone a foreign page could act: JSON and an equal Origin are needed."""
    words = {"member": room[0].id, "name": "Anna"}
    client = with_cookie(room, room[0])
    refused(post(client, room, "members.rename", words), 403, "forbidden")
    refused(post(client, room, "members.rename", words, Origin="http://evil.example"), 403, "forbidden")
    refused(post(client, room, "members.rename", words, Origin="null"), 403, "forbidden")
    path = f"/api/events/{room.event.slug}/commands/members.rename"
    refused(client.post(path, data=json.dumps(words), headers={"Content-Type": "text/plain", "Origin": "http://localhost"}), 400, "bad_json")
    assert post(client, room, "members.rename", words, Origin="http://localhost").status_code == 200


def test_which_cookie_counts(room: Room) -> None:
    """A browser may be member, screen and account at once; the page says by which it asks."""
    client = with_cookie(room, room[0])
    client.set_cookie(f"screen_{room.event.slug}", room.screen.token)
    path = f"/api/events/{room.event.slug}/state"
    assert client.get(path).get_json()["me"]["id"] == room[0].id
    assert client.get(path, headers={"X-As": "screen"}).get_json()["me"]["screen"]
    for wanted in ("account", "no such", "member_"):
        assert client.get(path, headers={"X-As": wanted}).status_code == 401


@pytest.mark.parametrize("reference", ["000000", "no-such-event", "%00", "%ED%A0%80", "x" * 3000, "..", "Ideas", "💥", "' OR 1=1 --"])
def test_events_that_are_not_there(room: Room, reference: str) -> None:
    """One sentence, whatever stands in the address."""
    refused(room.client(room[0]).get(f"/api/events/{reference}/state"), 404, "unknown_event")


def test_joining_as_a_script(room: Room) -> None:
    """A participant with a token; the seat, the language and the name are its own; wrong ones are named."""
    client = room.client()
    path = f"/api/events/{room.event.slug}/members"
    made = client.post(path, json={"name": "Robot", "language": "en"})
    assert made.status_code == 201
    room.gallery.follow()
    row = room.rows("members")[made.get_json()["member"]]
    assert (row["name"], row["role"], row["channel"]) == ("Robot", "participant", "api")
    assert client.post(path).status_code == 201
    for body, field in (({"name": "x" * 41}, "name"), ({"name": 3}, "name"), ({"language": "tlh"}, "language"), ({"seat": "x"}, "seat")):
        check_refusal(client.post(path, json=body).get_json(), "invalid", field)
    for body in ([], "x", 3):
        check_refusal(client.post(path, json=body).get_json(), "invalid")
    for role in ("organiser", "facilitator", "king", ["participant"], 3):
        refused(client.post(path, json={"role": role}), 403, "forbidden")


@pytest.mark.parametrize("who", ["facilitator", "participant", "stranger"])
def test_only_an_organiser_gives_roles(room: Room, who: str) -> None:
    """Nobody else makes somebody more than a participant, least of all an organiser."""
    person = {"facilitator": room.facilitator, "participant": room[0], "stranger": room.stranger}[who]
    path = f"/api/events/{room.event.slug}/members"
    for role in ("organiser", "facilitator", "juror"):
        refused(room.client(person).post(path, json={"role": role}), 403, "forbidden")
    made = room.client(room.organiser).post(path, json={"role": "juror", "name": "Jo"})
    room.gallery.follow()
    assert room.rows("members")[made.get_json()["member"]]["role"] == "juror"


def test_a_participants_token_is_no_pass_for_joins(make_room: Callable[..., Room]) -> None:
    """Only the staff's scripts are exempt from the limit of joins."""
    room = make_room(rate_limits=True)
    path = f"/api/events/{room.event.slug}/members"
    statuses = [room.client(room[0]).post(path, json={}).status_code for _ in range(301)]
    assert statuses == [201] * 300 + [429]


def test_making_events(room: Room) -> None:
    """With an organiser's token; anybody else, and what cannot be made, is refused."""
    made = room.client(room.organiser).post("/api/events", json={"template": "consultation", "title": "Über uns", "open": True})
    assert made.status_code == 201 and made.get_json()["activities"][0]["type"] == "vote"
    check_refusal(room.client(room.organiser).post("/api/events", json={"template": "no"}).get_json(), "invalid", "template")
    for person in (room[0], NOBODY):
        refused(room.client(person).post("/api/events", json={"template": "consultation"}), 401, "sign_in")
    names = [row["name"] for row in room.client().get("/api/templates").get_json()]
    assert {"ideas-and-vote", "consultation", "lightning-decision-jam"} <= set(names)


def test_wrong_codes_do_not_harm_who_is_in(make_room: Callable[..., Room]) -> None:
    """Twenty wrong codes from one address stop guessing there; the members behind it go on, and so do other addresses."""
    room = make_room(rate_limits=True)
    code = room.rows("events")[room.event.slug]["code"]
    anonymous = room.client()
    for number in range(20):
        assert anonymous.get(f"/s/{number:06d}").status_code == 404
    for path in ("/s/000099", f"/s/{code}", f"/j/{code}", "/api/events/000099/state", f"/api/events/{code}/state"):
        assert anonymous.get(path).status_code == 429, path
    refused(anonymous.post(f"/api/events/{code}/members", json={}), 429, "slow_down")
    assert with_cookie(room, room[0]).get(f"/s/{code}").status_code == 200
    assert room.client(room[0]).get(f"/api/events/{code}/state").status_code == 200
    words = {"member": room[0].id, "name": "Anna"}
    assert post(room.client(room[0]), room, "members.rename", words).status_code == 200
    assert anonymous.get(f"/j/{code}", environ_overrides={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200


@pytest.mark.parametrize("path", ["/run/{}", "/screen/{}", "/studio/{}", "/e/{}"])
def test_codes_lead_nowhere_else(room: Room, path: str) -> None:
    """A code is for joining: what it opens cannot be found out at other addresses, where nobody counts."""
    code = room.rows("events")[room.event.slug]["code"]
    client = room.client()
    assert client.get(path.format(code)).status_code == client.get(path.format("000000")).status_code


def test_one_phone_that_floods(make_room: Callable[..., Room]) -> None:
    """Sixty commands in five seconds are plenty; more are told when to come back, and others are not touched."""
    room = make_room(rate_limits=True)
    words = {"member": room[0].id, "name": "Anna"}
    viewer = room.viewer(room[0])
    answers = [room.spine.send(viewer, room.event.id, "members.rename", words, new_id()) for _ in range(200)]
    slow = [answer for answer in answers if not answer["ok"]]
    assert slow and all(answer["code"] == "slow_down" and 100 <= answer["retry_after"] <= 5100 for answer in slow)
    assert room.spine.send(room.viewer(room[1]), room.event.id, "members.rename", {"member": room[1].id, "name": "Ben"}, new_id())["ok"]
    response = post(room.client(room[0]), room, "members.rename", words)
    refused(response, 429, "slow_down")
    assert int(response.headers["Retry-After"]) >= 1


def test_credits_by_themselves() -> None:
    """Looking takes nothing, spending does, switched off they never end."""
    credits = Credits()
    for _ in range(WRONG_CODES.amount):
        assert credits.left(WRONG_CODES, "here") is None and credits.spend(WRONG_CODES, "here") is None
    assert (credits.left(WRONG_CODES, "here") or 0) >= 100 and (credits.spend(WRONG_CODES, "here") or 0) >= 100
    assert credits.left(WRONG_CODES, "there") is None and credits.left(SIGN_INS, "here") is None
    assert Credits(enabled=False).spend(WRONG_CODES, "here") is None


def test_the_local_door(room: Room) -> None:
    """Only with the key from the instance folder; then any command, the server's own too, and nothing that is no words."""
    client, key = room.client(), room.spine.local_key
    path = "/api/local/commands/people.make_account"
    body = {"words": {"account": str(uuid.uuid4()), "email": "new@example.org", "name": "New"}}
    for given in ("", "wrong", f"{key}x"):
        assert client.post(path, json=body, headers={"Authorization": f"Bearer {given}"}).status_code == 403
    headers = {"Authorization": f"Bearer {key}"}
    assert client.post(path, json=body, headers=headers).get_json()["ok"]
    check_refusal(client.post(path, json=body, headers=headers).get_json(), "id_taken")
    check_refusal(client.post(path, json=[], headers=headers).get_json(), "invalid")
    assert client.post("/api/local/commands/no.such", json=body, headers=headers).status_code == 403


def test_what_is_there_for_everybody(room: Room) -> None:
    """Health, and an unknown address in words."""
    assert room.client().get("/healthz").get_json() == {"ok": True}
    refused(room.client().get("/api/no/such", headers={"Accept": "application/json"}), 404, "not_found")
    assert room.client().post("/healthz", headers={"Accept": "application/json"}).status_code == 404


def test_a_removed_member_is_refused_at_once(room: Room) -> None:
    """The token is nobody's from the moment of the answer."""
    client = room.client(room[0])
    assert client.get(f"/api/events/{room.event.slug}/state").status_code == 200
    room.send(room.facilitator, "members.remove", {"member": room[0].id})
    assert client.get(f"/api/events/{room.event.slug}/state").status_code == 401


def test_a_new_device_ends_the_first(room: Room) -> None:
    """Also over HTTP there is one live device a seat."""
    secret = new_secret()
    room.act("people.issue_token", {"token": new_id(), "kind": "device", "hash": digest(secret), "member": room[0].id, "event_id": room.event.id})
    assert room.client(room[0]).get(f"/api/events/{room.event.slug}/state").status_code == 401
    assert room.client(Person("Ann", secret)).get(f"/api/events/{room.event.slug}/state").status_code == 200


def test_an_event_is_made_once_by_a_key(room: Room) -> None:
    """The same request sent again, also before the first answer arrived, is answered with the same event."""
    client, headers = room.client(room.organiser), {"Idempotency-Key": new_id()}
    first, again = (client.post("/api/events", json={"template": "consultation", "title": "Once", "open": True}, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201) and first.get_json() == again.get_json()
    other = room.client(room.stranger).post("/api/events", json={"template": "consultation", "open": True}, headers=headers)
    assert other.status_code == 201 and other.get_json()["event"] != first.get_json()["event"]


def test_codes_that_are_not_in_use_any_more(make_room: Callable[..., Room]) -> None:
    """A script is told that the code changed, or that the event ended; nobody guesses who knew a code, so that costs no credit."""
    room = make_room(rate_limits=True)
    code, client = room.rows("events")[room.event.slug]["code"], room.client(room.organiser)
    room.send(room.organiser, "events.new_code", {})
    for _ in range(WRONG_CODES.amount + 1):
        refused(client.get(f"/api/events/{code}/state"), 404, "unknown_event")
    assert client.get(f"/api/events/{code}/state").get_json()["sentence"] == "The code has changed. Look at the screen."
    fresh = room.rows("events")[room.event.slug]["code"]
    room.send(room.organiser, "events.end", {})
    for old in (code, fresh):
        refused(client.get(f"/api/events/{old}/state"), 410, "ended")
        refused(room.client().post(f"/api/events/{old}/members", json={}), 410, "ended")
        assert room.client().get(f"/j/{old}").status_code == 410
    assert client.get(f"/api/events/{room.event.slug}/state").status_code == 200


def test_wrong_codes_of_one_phone_lock_out_nobody_else(make_room: Callable[..., Room]) -> None:
    """Twenty wrong codes stop that browser; others behind the same address come in, until the address itself tried two hundred."""
    room = make_room(rate_limits=True)
    code, guesser = room.rows("events")[room.event.slug]["code"], room.client()
    for number in range(WRONG_CODES.amount):
        assert guesser.get(f"/j/{number:06d}").status_code == 404
    assert guesser.get(f"/j/{code}").status_code == 429
    assert room.client().get(f"/j/{code}").status_code == 200
    for number in range(MANY_CODES.amount - WRONG_CODES.amount):
        assert room.client().get(f"/j/{number:06d}").status_code == 404
    assert room.client().get(f"/j/{code}").status_code == 429
    assert room.client().get(f"/j/{code}", environ_overrides={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200
