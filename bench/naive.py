"""The server to compare with: Flask-SocketIO as its tutorial shows it, one commit and one broadcast of the whole poll per vote.

It speaks as much of the wire as the load client needs: members, state, join, `ideas.add`, `voting.cast`.
"""

import argparse
import json
import uuid
from pathlib import Path

import eventlet

eventlet.monkey_patch()

from flask import Flask, jsonify, request  # noqa: E402 (the patching comes first)
from flask_socketio import SocketIO, emit, join_room  # noqa: E402
from flask_sqlalchemy import SQLAlchemy  # noqa: E402
from sqlalchemy import event  # noqa: E402

SLUG = "naive"
ROUND = "00000000-0000-4000-8000-000000000001"
ACTIVITY = "00000000-0000-4000-8000-000000000002"

app = Flask(__name__)
db = SQLAlchemy()
socketio = SocketIO(app, async_mode="eventlet")
members = {}


class Poll(db.Model):
    """The one poll; `seq` counts its changes."""

    id = db.Column(db.Integer, primary_key=True)
    seq = db.Column(db.Integer, nullable=False, default=1)


class Member(db.Model):
    """Somebody who joined."""

    id = db.Column(db.String, primary_key=True)
    token = db.Column(db.String, unique=True, nullable=False)
    name = db.Column(db.String)


class Option(db.Model):
    """A statement with its live totals."""

    id = db.Column(db.String, primary_key=True)
    number = db.Column(db.Integer, nullable=False)
    title = db.Column(db.String, nullable=False)
    agree = db.Column(db.Integer, nullable=False, default=0)
    disagree = db.Column(db.Integer, nullable=False, default=0)
    passed = db.Column(db.Integer, nullable=False, default=0)


class Ballot(db.Model):
    """The marks of one member."""

    member = db.Column(db.String, primary_key=True)
    marks = db.Column(db.JSON, nullable=False)


def rows():
    """The whole poll as rows of a frame."""
    round_ = {"id": ROUND, "activity": ACTIVITY, "run": 1, "status": "open", "shape": "stance", "secret": True, "settings": {}}
    options = [
        [
            "options",
            f"{ROUND}/{option.id}",
            {
                "id": option.id, "round": ROUND, "number": option.number, "title": option.title, "status": "open",
                "agree": option.agree, "disagree": option.disagree, "pass": option.passed,
            },
        ]
        for option in Option.query.order_by(Option.number)
    ]
    return [["rounds", ROUND, round_], *options, ["turnout", ROUND, {"id": ROUND, "cast": Ballot.query.count()}]]


@app.get("/healthz")
def healthz():
    """Say that the server serves."""
    return jsonify(ok=True)


@app.post("/api/events/<code>/members")
def join_event(code):
    """Make a member."""
    member = Member(id=str(uuid.uuid4()), token=uuid.uuid4().hex, name=request.json.get("name"))
    db.session.add(member)
    db.session.commit()
    return jsonify(member=member.id, token=member.token), 201


@app.get("/api/events/<code>/state")
def state(code):
    """The whole poll, and the caller's own ballot."""
    member = Member.query.filter_by(token=request.headers["Authorization"].removeprefix("Bearer ")).one()
    collections = {"activities": {ACTIVITY: {"id": ACTIVITY, "type": "vote", "status": "running", "round": ROUND}}, "options": {}}
    for collection, key, row in rows():
        collections.setdefault(collection, {})[key] = row
    if ballot := db.session.get(Ballot, member.id):
        collections["ballots"] = {ROUND: {"id": ROUND, "ballot": ballot.marks}}
    return jsonify(event=SLUG, code=code, seq=db.session.get(Poll, 1).seq, me={"id": member.id}, collections=collections)


@app.post("/api/events/<code>/commands/<name>")
def post_command(code, name):
    """A command over HTTP."""
    member = Member.query.filter_by(token=request.headers["Authorization"].removeprefix("Bearer ")).one()
    return jsonify(act(member.id, name, request.json))


@socketio.on("connect")
def connect(auth):
    """Remember whose socket it is."""
    members[request.sid] = Member.query.filter_by(token=auth["token"]).one().id


@socketio.on("disconnect")
def disconnect(_reason):
    """Forget the socket."""
    members.pop(request.sid, None)


@socketio.on("join")
def join(_words):
    """Put the socket in the room and send it the whole poll."""
    join_room(SLUG)
    return {"seq": db.session.get(Poll, 1).seq, "rows": rows()}


@socketio.on("command")
def command(envelope):
    """A command over the socket."""
    return act(members[request.sid], envelope["name"], envelope["words"])


def act(member, name, words):
    """Carry out a command, commit it, and send everybody the whole poll."""
    poll = db.session.get(Poll, 1)
    if name == "ideas.add":
        db.session.add(Option(id=words["idea"], number=Option.query.count() + 1, title=words["text"]))
    else:
        ballot = db.session.get(Ballot, member) or Ballot(member=member, marks={})
        count(ballot.marks, -1)
        count(words["ballot"], 1)
        ballot.marks = words["ballot"]
        db.session.add(ballot)
    poll.seq += 1
    db.session.commit()
    emit("frame", [SLUG, poll.seq - 1, poll.seq, rows()], to=SLUG, namespace="/")
    return {"ok": True, "seq": poll.seq}


def count(marks, step):
    """Add a ballot to the totals, or take it out."""
    for option in Option.query.filter(Option.id.in_(list(marks))):
        column = "passed" if marks[option.id] == "pass" else marks[option.id]
        setattr(option, column, getattr(option, column) + step)


def main():
    """Serve from a folder on a port."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{args.folder / 'naive.db'}"
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode=WAL"))
        db.create_all()
        db.session.add(Poll(id=1))
        db.session.commit()
    print(json.dumps({"event": SLUG}), flush=True)
    socketio.run(app, host="127.0.0.1", port=args.port, log_output=False)


if __name__ == "__main__":
    main()
