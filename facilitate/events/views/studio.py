"""Pages of the studio: my events, the agenda designer, the people, the settings; every form goes through one handler."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, Response, abort, redirect, request

from facilitate.core.db import db
from facilitate.core.forms import plain
from facilitate.core.pages import base_url, page, problem, protect, send_form
from facilitate.core.spine import spine
from facilitate.events.queries import people, room
from facilitate.events.views import designer
from facilitate.events.views.desk import desk, desk_page, staff_of
from facilitate.events.views.join import drawn
from facilitate.people.queries import digest, new_secret
from facilitate.people.views import sign_in_first, signed_in

studio = Blueprint("studio", __name__)

SCREEN_LINK = 30 * 86_400_000
"""ms for which the link of a projector lives."""


@studio.get("/studio")
def events() -> Response:
    """The organiser's events, and the templates for a new one."""
    viewer = signed_in()
    if viewer is None or viewer.account is None:
        return sign_in_first()
    return page("studio/events.html", events=room.owned(db.session, viewer.account), templates=designer.known_templates())


@studio.post("/studio/do/events.create")
def create() -> Response:
    """Make an event and go to its agenda; the form carries the id, so that sending it twice makes one event."""
    viewer = signed_in()
    response = send_form("events.create", viewer, None)
    if response.status_code != 303 or viewer is None or viewer.account is None:
        return response
    db.session.rollback()
    made = next((one for one in room.owned(db.session, viewer.account) if one.id == request.form.get("event")), None)
    return redirect(f"/studio/{made.slug}/agenda", 303) if made is not None else response  # type: ignore[return-value]


@studio.post("/studio/do/<name>")
def account_form(name: str) -> Response:
    """A form about the account itself."""
    return send_form(name, signed_in(), None)


@studio.get("/studio/<slug>/")
@studio.get("/studio/<slug>")
def event(slug: str) -> Response:
    """An event's first page."""
    return redirect(f"/studio/{slug}/agenda", 303)  # type: ignore[return-value]


@studio.post("/studio/<slug>/do/<name>")
def form(slug: str, name: str) -> Response:
    """A form of the studio: the command of an event."""
    at, viewer = staff_of(slug)
    return send_form(name, viewer, at.id, COMPLETE.get(name, dict)())


def new_seats() -> dict[str, Any]:
    """The seats that a text with one name a line means."""
    names = [line.strip() for line in request.form.get("names", "").splitlines() if line.strip()]
    return {"seats": [{"seat": str(uuid.uuid4()), "name": name} for name in names]}


def named() -> dict[str, Any]:
    """The people whom the form of a roll names: those that are ticked, with their weight and who votes for them."""
    ticked = [key.removeprefix("on.") for key in request.form if key.startswith("on.")]
    said = {member: (plain(request.form.get(f"weight.{member}", "1")), request.form.get(f"holder.{member}") or None) for member in ticked}
    return {"people": [{"member": member, "weight": 1 if weight is None else weight, "holder": holder} for member, (weight, holder) in said.items()]}


def imported() -> dict[str, Any]:
    """The file of analysts that a form carries: its text, and by its name its format."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return {}
    return {"format": file.filename.rpartition(".")[2].lower(), "text": file.read().decode("utf-8-sig", "replace")}


COMPLETE = {"seats.add": new_seats, "events.edit": designer.edited, "voting.roll": named, "voting.import": imported}
"""What a form cannot say by itself, by command."""


@studio.get("/studio/<slug>/agenda")
def agenda(slug: str) -> Response:
    """The agenda designer."""
    at = desk(slug)
    rows = at.rows("activities", "position")
    planned = designer.template_minutes(room.event_of(db.session, at.event.id).template)
    people = [row for row in at.rows("members") if row["status"] == "in"]
    return desk_page("agenda", "agenda", at, steps=designer.timed(rows, at.row["starts_at"]), agenda=rows, fields=designer.fields,
                     total=designer.total(rows), template_minutes=planned, types=sorted(designer.TYPES), offers=designer.offered(), advice=designer.advice,
                     coming=designer.coming(db.session, at.event.id), people=people, rolls=at.rows("rights", "id"))  # fmt: skip


@studio.get("/studio/preview/<kind>")
def preview(kind: str) -> Response:
    """A picture of the phone for an activity with the settings of the address: samples only, nobody's room."""
    found = designer.TYPES.get(kind)
    if found is None or not found.preview({}, designer.t):
        return problem("not_found", "refusal.not_found")
    boot = designer.pictured(found)
    return page("studio/preview.html", event=boot["state"]["collections"]["events"]["preview"], boot=boot, code="")


@studio.get("/studio/<slug>/roll/<activity>")
def roll(slug: str, activity: str) -> Response:
    """Who may vote in a formal vote, with what weight, and by whose phone."""
    at = desk(slug)
    step = at.of("activities", activity)
    people = [row for row in at.rows("members") if row["role"] == "participant" and row["status"] != "removed"]
    rights = {row["member"]: row for row in at.rows("rights", "id") if row["activity"] == activity}
    status = at.state["collections"]["rounds"].get(step["round"], {}).get("status")
    return desk_page("agenda", "roll", at, step=step, people=people, rights=rights, frozen=status in ("open", "paused", "closed"))

@studio.get("/studio/<slug>/people")
@studio.get("/studio/<slug>/people/<chosen>")
def people_page(slug: str, chosen: str = "") -> Response:
    """The people and the seats; `chosen` is the id of one of them."""
    at = desk(slug)
    seats = [row for row in at.rows("seats") if row["status"] != "removed" and (row["listed"] or at.row["seating"] == "list")]
    known = at.state["collections"]
    if chosen and chosen not in known["members"] and chosen not in known["seats"]:
        abort(problem("not_found", "refusal.not_found"))
    return desk_page("people", "people", at, people=at.rows("members"), seats=seats, member=known["members"].get(chosen), seat=known["seats"].get(chosen))


@studio.post("/studio/<slug>/people/<member>/link")
def personal_link(slug: str, member: str) -> Response:
    """Make a personal link for somebody and show it once, with its QR."""
    at, viewer = staff_of(slug)
    if (refused := protect()) is not None:
        return refused
    secret = new_secret()
    db.session.rollback()
    answer = spine().send(viewer, at.id, "members.link", {"member": member, "hash": digest(secret)}, str(uuid.uuid4()))
    if not answer["ok"]:
        return problem(answer["code"], "refusal.plain", sentence=answer["sentence"])
    link = f"{base_url()}/d/{secret}"
    return page("phone/link.html", event=at, back=f"/studio/{slug}/people/{member}", link=link, qr=drawn(link))


@studio.post("/studio/<slug>/cards")
def cards(slug: str) -> Response:
    """Make new cards for the seats and show them once, to be printed; the earlier cards of these seats die."""
    at, viewer = staff_of(slug)
    if (refused := protect()) is not None:
        return refused
    every = request.form.get("which") == "all"
    found = [seat for seat in people.seats(db.session, at.id) if seat.listed and (seat.status == "free" or every and seat.status == "taken")]
    chosen: list[dict[str, Any]] = [{"id": seat.id, "name": seat.name, "number": seat.number, "secret": new_secret()} for seat in found]
    title = room.event_of(db.session, at.id).title
    db.session.rollback()
    for card in chosen:
        spine().act("seats.card", {"seat": card["id"], "hash": digest(card["secret"])}, at.id, viewer)
        card["qr"] = drawn(f"{base_url()}/c/{card['secret']}")
    return page("studio/cards.html", slug=slug, title=title, cards=chosen, host=base_url())


@studio.get("/studio/<slug>/settings")
def settings(slug: str) -> Response:
    """Title, doors, code, seats, teams, licence, projector, rest, end."""
    return desk_page("settings", "settings", desk(slug))


@studio.post("/studio/<slug>/projector")
def projector_link(slug: str) -> Response:
    """Make a link that turns a browser into the projector, and show it once."""
    at, _ = staff_of(slug)
    if (refused := protect()) is not None:
        return refused
    secret = new_secret()
    db.session.rollback()
    made = {"token": str(uuid.uuid4()), "kind": "screen_link", "hash": digest(secret), "event_id": at.id, "lifetime": SCREEN_LINK}
    spine().act("people.issue_token", made)
    link = f"{base_url()}/screen/{slug}?k={secret}"
    return desk_page("settings", "settings", desk(slug), screen_link=link, screen_qr=drawn(link))


@studio.get("/studio/<slug>/delete")
def delete_page(slug: str) -> Response:
    """Ask once more before an event is deleted."""
    return desk_page("settings", "delete", desk(slug))
