"""Running the agenda: start, pause, extend, close, reveal, next, reopen, skip, done."""

from tests.support.instance import Clock
from tests.support.room import Room, new_id


def start(room: Room, kind: str, number: int = 0) -> str:
    """Start an activity; its id."""
    activity = str(room.activity(kind, number)["id"])
    room.send(room.organiser, "events.start", {"activity": activity})
    return activity


def test_start_closes_the_one_that_runs(room: Room, clock: Clock) -> None:
    """Planned minutes become an end; what ran before is closed with the minutes that it really took."""
    collect = start(room, "collect")
    row = room.rows("activities")[collect]
    assert (row["status"], row["started_at"], row["ends_at"]) == ("running", clock.now, clock.now + 600_000)
    clock.pass_(90)
    sort = start(room, "sort")
    row = room.rows("activities")[collect]
    assert (row["status"], row["closed_at"], row["actual"]) == ("closed", clock.now, 90_000)
    assert room.rows("events")[room.event.slug]["current"] == sort


def test_starting_twice_changes_nothing(room: Room) -> None:
    """The second start of a running activity is accepted and logs nothing."""
    collect = start(room, "collect")
    before = room.gallery.seq
    room.send(room.facilitator, "events.start", {"activity": collect})
    assert room.gallery.seq == before


def test_starting_again_begins_anew(room: Room, clock: Clock) -> None:
    """A closed activity that is started again has a new beginning and end, and is no longer closed."""
    collect = start(room, "collect")
    clock.pass_(30)
    room.send(room.organiser, "events.pause", {"activity": collect})
    room.send(room.organiser, "events.close", {"activity": collect})
    clock.pass_(30)
    start(room, "collect")
    row = room.rows("activities", room[0])[collect]
    assert (row["started_at"], row["ends_at"], row["closed_at"], row["actual"], row["left"]) == (clock.now, clock.now + 600_000, None, None, None)


def test_one_that_stays_open_goes_on(room: Room) -> None:
    """An activity that is set to stay open is not closed by the next start."""
    extra = new_id()
    room.send(room.organiser, "events.add", {"activity": extra, "type": "collect", "title": "Questions", "settings": {}})
    room.send(room.organiser, "events.edit", {"activity": extra, "stays_open": True})
    room.send(room.organiser, "events.start", {"activity": extra})
    start(room, "collect")
    assert room.rows("activities")[extra]["status"] == "running"


def test_the_clock_stops_and_goes_on(room: Room, clock: Clock) -> None:
    """Pausing keeps what is left, also when it is extended meanwhile."""
    collect = start(room, "collect")
    clock.pass_(60)
    room.send(room.organiser, "events.pause", {"activity": collect})
    assert room.rows("activities", room[0])[collect]["left"] == 540_000
    room.send(room.organiser, "events.pause", {"activity": collect})
    room.send(room.organiser, "events.extend", {"activity": collect, "seconds": 60})
    clock.pass_(1000)
    room.send(room.organiser, "events.resume", {"activity": collect})
    row = room.rows("activities", room[0])[collect]
    assert (row["status"], row["left"], row["ends_at"]) == ("running", None, clock.now + 600_000)
    room.send(room.organiser, "events.resume", {"activity": collect})
    assert room.rows("activities")[collect]["ends_at"] == clock.now + 600_000


def test_extend_never_ends_in_the_past(room: Room, clock: Clock) -> None:
    """Less time than is left ends it now; more time after the end counts from now; without a clock it counts from now."""
    collect = start(room, "collect")
    room.send(room.organiser, "events.extend", {"activity": collect, "seconds": -3600})
    assert room.rows("activities")[collect]["ends_at"] == clock.now
    clock.pass_(100)
    room.send(room.organiser, "events.extend", {"activity": collect, "seconds": 60})
    assert room.rows("activities")[collect]["ends_at"] == clock.now + 60_000
    clock.pass_(100)
    room.send(room.organiser, "events.extend", {"activity": collect, "seconds": -60})
    assert room.rows("activities")[collect]["ends_at"] == clock.now
    room.send(room.organiser, "events.pause", {"activity": collect})
    room.send(room.organiser, "events.extend", {"activity": collect, "seconds": -60})
    assert room.rows("activities")[collect]["left"] == 0


def test_an_activity_without_minutes_has_no_clock(room: Room, clock: Clock) -> None:
    """Nought minutes is no end; pausing and resuming keeps it so, and more time sets one from now."""
    extra = new_id()
    room.send(room.organiser, "events.add", {"activity": extra, "type": "collect", "title": "Open end", "minutes": 0})
    room.send(room.organiser, "events.start", {"activity": extra})
    room.send(room.organiser, "events.pause", {"activity": extra})
    room.send(room.organiser, "events.resume", {"activity": extra})
    assert room.rows("activities")[extra]["ends_at"] is None
    room.send(room.organiser, "events.extend", {"activity": extra, "seconds": 30})
    assert room.rows("activities")[extra]["ends_at"] == clock.now + 30_000


def test_close_and_reveal(room: Room) -> None:
    """Closing hides nothing and shows nothing; revealing an open one closes it first; doing either twice does no harm."""
    collect = start(room, "collect")
    room.send(room.organiser, "events.close", {"activity": collect})
    room.send(room.organiser, "events.close", {"activity": collect})
    assert not room.rows("activities")[collect]["revealed"]
    room.send(room.organiser, "events.reveal", {"activity": collect})
    before = room.gallery.seq
    room.send(room.organiser, "events.reveal", {"activity": collect})
    assert room.rows("activities", room.screen)[collect]["revealed"] and room.gallery.seq == before
    sort = start(room, "sort")
    room.send(room.organiser, "events.reveal", {"activity": sort})
    assert room.rows("activities")[sort]["status"] == "closed"


def test_next_goes_through_the_agenda(room: Room) -> None:
    """Next starts what is planned behind the current one, leaves out what is skipped, and closes the last one at the end."""
    room.send(room.organiser, "events.skip", {"activity": room.activity("sort")["id"]})
    room.send(room.organiser, "ideas.add", {"idea": new_id(), "activity": room.activity("collect")["id"], "text": "Seed"})
    order = []
    for _ in range(4):
        room.send(room.organiser, "events.next", {})
        order.append(room.rows("activities")[room.rows("events")[room.event.slug]["current"]]["type"])
    assert order == ["collect", "vote", "present", "present"]
    assert room.activity("present")["status"] == "closed"


def test_next_of_an_empty_agenda(room: Room) -> None:
    """There is nothing to start."""
    for row in list(room.rows("activities").values()):
        room.send(room.organiser, "events.remove", {"activity": row["id"]})
    room.refuse(room.organiser, "events.next", {}, "not_found")


def test_reopen_goes_on_without_a_clock(room: Room) -> None:
    """A closed activity opens again, and what runs meanwhile closes; one that is open stays as it is."""
    collect = start(room, "collect")
    sort = start(room, "sort")
    room.send(room.organiser, "events.reopen", {"activity": collect})
    assert room.rows("activities")[collect]["status"] == "running" and room.rows("activities")[collect]["ends_at"] is None
    assert room.rows("activities")[sort]["status"] == "closed"
    before = room.gallery.seq
    room.send(room.organiser, "events.reopen", {"activity": collect})
    assert room.gallery.seq == before


def test_skip_and_plan_again(room: Room) -> None:
    """A planned activity is left out and planned again; one that ran cannot be."""
    vote = room.activity("vote")["id"]
    room.send(room.organiser, "events.skip", {"activity": vote})
    assert room.rows("activities", room[0])[vote]["status"] == "skipped"
    room.send(room.organiser, "events.skip", {"activity": vote})
    assert room.rows("activities")[vote]["status"] == "planned"
    collect = start(room, "collect")
    room.refuse(room.organiser, "events.skip", {"activity": collect}, "activity_closed")


def test_what_cannot_be_done_is_said(room: Room) -> None:
    """Another event's activity is none of ours; what is not open takes no more time and is not revealed."""
    collect = room.activity("collect")["id"]
    foreign = room.other_rows("activities")
    for name in ("events.start", "events.pause", "events.resume", "events.close", "events.reveal", "events.reopen", "events.skip", "events.remove"):
        room.refuse(room.organiser, name, {"activity": new_id()}, "not_found")
        room.refuse(room.organiser, name, {"activity": next(iter(foreign))}, "not_found")
    room.refuse(room.organiser, "events.extend", {"activity": collect, "seconds": 60}, "activity_closed")
    room.refuse(room.organiser, "events.reveal", {"activity": collect}, "activity_closed")


def test_done_is_counted_and_taken_back(room: Room, clock: Clock) -> None:
    """Counts are for all, names for the staff; a vote has a done of its own."""
    collect = start(room, "collect")
    for person in room.people[:3]:
        room.send(person, "events.done", {"activity": collect, "done": True})
    room.send(room[0], "events.done", {"activity": collect, "done": True})
    assert room.rows("progress", room.screen)[collect]["done"] == 3
    assert room.rows("participation")[f"{collect}/{room[0].id}"]["done"]
    assert room.rows("participation", room[0]) == {}
    room.send(room[0], "events.done", {"activity": collect, "done": False})
    assert room.rows("progress", room[1])[collect]["done"] == 2
    room.refuse(room[0], "events.done", {"activity": room.activity("sort")["id"], "done": True}, "activity_closed")
    room.send(room[0], "ideas.add", {"idea": new_id(), "activity": collect, "text": "One"})
    vote = start(room, "vote")
    room.refuse(room[0], "events.done", {"activity": vote, "done": True}, "invalid")


def test_in_a_small_room_nobody_is_told_who_is_done(make_room) -> None:  # type: ignore[no-untyped-def]
    """With fewer than five people marks stay hidden, and appear when the fifth comes."""
    room = make_room(people=4)
    collect = start(room, "collect")
    room.send(room[0], "events.done", {"activity": collect, "done": True})
    assert room.rows("participation") == {} and room.rows("progress")[collect]["done"] == 1
    fifth = room.join("Fifth")
    assert set(room.rows("participation")) == {f"{collect}/{room[0].id}"}
    room.send(room.organiser, "members.remove", {"member": fifth.id})
    assert room.rows("participation") == {}


def test_time_that_is_up_closes_where_it_is_set_so(room: Room, clock: Clock) -> None:
    """`at_end: close` closes by itself; the default lets people finish their sentence."""
    collect = start(room, "collect")
    clock.pass_(3600)
    room.beat()
    assert room.rows("activities")[collect]["status"] == "running"
    sort = room.activity("sort")["id"]
    room.send(room.organiser, "events.edit", {"activity": sort, "settings": {"at_end": "close"}})
    start(room, "sort")
    room.beat()
    assert room.rows("activities")[sort]["status"] == "running"
    clock.pass_(8 * 60)
    room.beat()
    assert room.rows("activities")[sort]["status"] == "closed"


def test_less_time_needs_a_clock(room: Room) -> None:
    """A step without a clock has no time that could be taken: that is refused, it does not end at once."""
    extra = new_id()
    room.send(room.organiser, "events.add", {"activity": extra, "type": "collect", "title": "Open end", "minutes": 0})
    room.send(room.organiser, "events.start", {"activity": extra})
    room.refuse(room.organiser, "events.extend", {"activity": extra, "seconds": -60}, "invalid", "seconds")
    room.send(room.organiser, "events.pause", {"activity": extra})
    room.refuse(room.organiser, "events.extend", {"activity": extra, "seconds": -60}, "invalid", "seconds")
    assert room.rows("activities")[extra]["left"] is None


def test_only_participants_who_are_in_count(room: Room) -> None:
    """Who is sent away, or becomes one of the staff, is among neither those who started nor those who are done."""
    for name in ("Yan", "Zoe"):
        room.join(name)
    collect = start(room, "collect")
    for person in room[0], room[1], room.mentor:
        room.send(person, "ideas.add", {"idea": new_id(), "activity": collect, "text": "Mine"})
        room.send(person, "events.done", {"activity": collect, "done": True})
    room.send(room.facilitator, "events.done", {"activity": collect, "done": True})
    assert room.rows("progress", room.screen)[collect] == {"id": collect, "started": 2, "done": 2}
    room.send(room.facilitator, "members.remove", {"member": room[0].id})
    assert room.rows("progress", room.screen)[collect] == {"id": collect, "started": 1, "done": 1}
    room.send(room.organiser, "members.set_role", {"member": room[1].id, "role": "juror"})
    assert collect not in room.rows("progress", room.screen)
    room.send(room.organiser, "members.set_role", {"member": room[1].id, "role": "participant"})
    assert room.rows("progress", room.screen)[collect] == {"id": collect, "started": 1, "done": 1}
