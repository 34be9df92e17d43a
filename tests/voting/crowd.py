"""A crowd that votes: people who join by the dozen, a vote by any method, and ballots of every shape."""

from typing import Any

from facilitate.core import registry
from facilitate.people.queries import new_secret
from facilitate.voting import methods
from tests.support.instance import Clock
from tests.support.room import Person, Room, joining, new_id

METHODS = registry.variants(methods)
SHAPES = sorted({module.SHAPE for module in METHODS.values()})
USUAL = {module.SHAPE: name for name, module in sorted(METHODS.items(), reverse=True)}
"""A method of each shape."""


def crowd(room: Room, many: int) -> list[Person]:
    """The first people of a room, and as many more as it takes (law 1 looks at joining elsewhere)."""
    while len(room.people) < many:
        name, secret = f"Voter {len(room.people)}", new_secret()
        room.people.append(Person(name, secret, room.spine.act("members.join", joining(name, "participant", secret), room.event.id)["member"]))
    room.gallery.follow()
    return room.people[:many]


def vote_by(room: Room, method: str, cards: int = 4, **settings: Any) -> tuple[str, list[str]]:
    """Put up cards and open a vote over them by a method: (the round, its options by number)."""
    collect, vote, shape = room.activity("collect")["id"], room.activity("vote")["id"], METHODS[method].SHAPE
    options = [new_id() for _ in range(cards)]
    room.send(room.organiser, "events.start", {"activity": collect})
    for number, option in enumerate(options, start=1):
        add = {"idea": option, "activity": collect, "text": f"Card {number}"}
        assert room.spine.send(room.viewer(room[number % 2]), room.event.id, "ideas.add", add, new_id())["ok"]
    room.gallery.follow()
    given: dict[str, Any] = {"shape": shape, "method": method} | ({"money": 10, "costs": dict.fromkeys(options, 4)} if shape == "budget" else {})
    room.send(room.organiser, "events.edit", {"activity": vote, "settings": given | settings})
    room.send(room.organiser, "events.start", {"activity": vote})
    return room.round()["id"], options


def ballot_by(method: str, options: list[str], n: int) -> Any:
    """The ballot of the nth voter: seven kinds that repeat, so that some are shared by many."""
    first, second, third = (options[(n % 7 + step) % len(options)] for step in range(3))
    shape = METHODS[method].SHAPE
    if method == "plurality":
        return [first]
    return {
        "choices": [first, second],
        "points": {first: 2, second: 1},
        "stance": {first: "agree", second: "disagree", third: "pass"},
        "motions": {first: "yes", second: "no", third: "abstain"},
        "ranking": [[first], [second, third]],
        "scale": {first: 2, second: 1, third: 2},
        "two_scales": {first: {"impact": 5, "effort": 1 + n % 2}, second: {"impact": 2, "effort": 4}},
        "pair": [{"winner": first, "loser": second}, {"equal": sorted([first, third])}],
        "budget": [first, second],
    }[shape]


def cast(room: Room, person: Person, round_: str, ballot: Any, **words: Any) -> dict[str, Any]:
    """Somebody casts a ballot that is accepted: the answer (law 1 has looked at casting elsewhere)."""
    answer = room.spine.send(room.viewer(person), room.event.id, "voting.cast", {"round": round_, "ballot": ballot} | words, new_id())
    assert answer["ok"], answer
    return answer


def sealed(room: Room, clock: Clock) -> dict[str, Any]:
    """Reveal the vote, wait for the grace, and give its result as the organiser sees it."""
    room.gallery.follow()
    room.send(room.organiser, "events.reveal", {"activity": room.activity("vote")["id"]})
    clock.pass_(3)
    room.beat()
    if room.round()["status"] != "sealed":  # the count was over before anybody waited for it
        room.beat()
    assert room.round()["status"] == "sealed"
    return dict(room.rows("results")[room.round()["id"]])
