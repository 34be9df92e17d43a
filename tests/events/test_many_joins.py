"""Limits that know rooms: a whole room behind one address joins at once, a guesser of codes does not get far."""

from collections.abc import Callable

from tests.support.room import Room, new_id


def test_a_room_behind_one_address_joins(make_room: Callable[..., Room]) -> None:
    """A hundred and fifty people join from one address, one right after the other."""
    room = make_room(rate_limits=True)
    client = room.client()
    code = room.rows("events")[room.event.slug]["code"]
    answers = [client.post(f"/api/events/{code}/members", json={"name": f"Person {number}"}) for number in range(150)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["token"] for answer in answers if answer.json}) == 150


def test_three_hundred_a_minute_are_the_end(make_room: Callable[..., Room]) -> None:
    """The next one is told when to come back, and the organiser's own scripts are exempt."""
    room = make_room(rate_limits=True)
    client = room.client()
    for _ in range(300):
        assert client.post(f"/api/events/{room.event.slug}/members", json={}).status_code == 201
    refused = client.post(f"/api/events/{room.event.slug}/members", json={})
    assert refused.status_code == 429 and refused.json is not None
    assert refused.json["code"] == "slow_down" and refused.json["retry_after"] > 0 and int(refused.headers["Retry-After"]) > 0
    assert room.client(room.organiser).post(f"/api/events/{room.event.slug}/members", json={}).status_code == 201


def test_guessing_codes_is_slowed_down(make_room: Callable[..., Room]) -> None:
    """Twenty wrong codes a minute, over pages and scripts together; the room's own people are not harmed."""
    room = make_room(rate_limits=True)
    client = room.client()
    codes = [client.get(f"/j/{number:06d}").status_code for number in range(1, 11)]
    codes += [client.get(f"/api/events/{number:06d}/state").status_code for number in range(11, 21)]
    assert codes == [404] * 20
    assert client.get("/j/000099").status_code == 429
    assert client.get("/api/events/000099/state").status_code == 429
    assert room.spine.send(room.viewer(room[0]), room.event.id, "members.rename", {"member": room[0].id, "name": "Still here"}, new_id())["ok"]
