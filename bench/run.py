"""Measures facilitate beside a naive Flask-SocketIO server, in one run on one machine, and prints one table.

Each server is a process of its own on the first core, the load client runs on the second. Every client acts once in five
seconds: one new statement on nine votes, all in one open stance vote.
"""

import argparse
import json
import os
import platform
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import counting, spent

HERE = Path(__file__).parent
HEADS = [
    "clients", "actions/s", "server", "ack p50", "ack p99", "seen p99", "all p99", "CPU %", "µs/action", "kB/connection", "lost", "stale",
]
VOTERS, OPTIONS = 2000, 40
METHODS = ("approval", "dots", "quadratic", "agree-disagree-pass", "schulze", "stv", "score", "bradley-terry")
SHAPES = f"A round of {VOTERS:,} voters with {OPTIONS} options, whole ballots, by method:"
COUNTS = "How long the methods count (ms of processor time, median of three), beside other programs where these count by the same rule:"
BESIDE = f"Beside the targets of the design for {VOTERS:,} clients (there at 2,000 actions a second):"
SPENT = "What the server's time is spent on in the round of dots, while ballots come in:"
BAR = {"ack p99": 50, "all p99": 250, "lost": 0, "stale": 0}
ROUND = {"ack p99": 20, "all p99": 120, "CPU %": 70}
TARGETS = {500: {"ack p50": 3, "ack p99": 15, "seen p99": 80}, 1000: {"ack p99": 20, "all p99": 100, "kB/connection": 70, "µs/action": 300}}


@dataclass
class Served:
    """A server that answers: its process, its address, the event to load and a token that may make members."""

    process: subprocess.Popen
    url: str
    event: str
    token: str


def cores() -> tuple[set[int], set[int]]:
    """The core of the server and that of the client: the same one where the machine has no other."""
    if not hasattr(os, "sched_getaffinity"):
        return set(), set()
    have = sorted(os.sched_getaffinity(0))
    return {have[0]}, {have[-1]}


def pinned(core: set[int]):
    """A function for `preexec_fn` that keeps the process on a core and lets it open as many files as the system allows."""

    def start() -> None:
        if core:
            os.sched_setaffinity(0, core)
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    return start


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def call(url: str, token: str = "", body: dict | None = None) -> dict:
    """The JSON answer of the server; POST where there is a body."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read() or b"{}")


@contextmanager
def process(command: list[str], port: int, environment: dict[str, str], log: Path):
    """A server as a process on its core, from its first answer on until it is ended."""
    with log.open("w") as output:
        server = subprocess.Popen(
            command, env=os.environ | environment, stdout=output, stderr=output, preexec_fn=pinned(cores()[0])
        )
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                    break
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.1)
        else:
            server.kill()
        if server.poll() is not None:
            raise SystemExit(f"{command} did not start:\n{log.read_text()}")
        yield server
    finally:
        server.kill()
        server.wait()


@contextmanager
def facilitate(folder: Path, method: str = ""):
    """The real server with an open vote: a consultation that takes statements, or a method over forty ideas."""
    port, program = free_port(), str(Path(sys.executable).parent / "facilitate")
    environment = {"FACILITATE_INSTANCE": str(folder), "FACILITATE_RATE_LIMITS": "off", "FACILITATE_HOST": "127.0.0.1"}
    command = [program, "run", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with process(command, port, environment, folder / "server.log") as server:
        made_token = subprocess.run(
            [program, "organiser", "token"], env=os.environ | environment, capture_output=True, text=True, check=True
        )
        token = made_token.stdout.strip()
        template = "ideas-and-vote" if method else "consultation"
        made = call(f"{url}/api/events", token, {"template": template, "title": "Bench", "open": True})
        address = f"{url}/api/events/{made['code']}"
        step = {row["type"]: row["id"] for row in made["activities"]}
        if method:
            prepared(address, token, step, method)
        call(f"{address}/commands/events.start", token, {"activity": step["vote"]})
        yield Served(server, url, made["code"], token)


def prepared(address: str, token: str, step: dict[str, str], method: str) -> None:
    """Put up forty ideas and let the vote be about them by a method."""
    ideas = [str(uuid.uuid4()) for _ in range(OPTIONS)]
    call(f"{address}/commands/events.start", token, {"activity": step["collect"]})
    for number, idea in enumerate(ideas):
        call(f"{address}/commands/ideas.add", token, {"idea": idea, "activity": step["collect"], "text": f"Idea {number}"})
    settings = {"method": method, "input": {"from": step["collect"], "take": "all"}}
    call(f"{address}/commands/events.edit", token, {"activity": step["vote"], "settings": settings})


@contextmanager
def naive(folder: Path):
    """The naive server with its one poll."""
    port = free_port()
    command = [sys.executable, str(HERE / "naive.py"), "--port", str(port), "--folder", str(folder)]
    with process(command, port, {}, folder / "server.log") as server:
        yield Served(server, f"http://127.0.0.1:{port}", "naive", "")


SERVERS = {"facilitate": facilitate, "naive": naive}


def load(name: str, clients: int, each_s: float, seconds: int, method: str = "", shares: list | None = None) -> dict | None:
    """What the load client measured at a fresh server; None when it came to no end. `shares` takes what the server's time went into."""
    with tempfile.TemporaryDirectory() as folder, SERVERS[name](Path(folder), *([method] if method else [])) as served:
        command = [sys.executable, str(HERE / "loadclient.py"), "--url", served.url, "--event", served.event]
        command += ["--clients", str(clients), "--actions", str(round(seconds / each_s)), "--seconds", str(seconds)]
        command += ["--server-pid", str(served.process.pid), "--label", f"{name} {clients}"]
        command += ["--token", served.token] if served.token else ["--allow-gaps"]
        command += ["--action", "vote"] if method else []
        samples = spent.Samples(served.process.pid, clients, Path(folder)) if shares is not None else None
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=seconds + 150, preexec_fn=pinned(cores()[1])
            )
        except subprocess.TimeoutExpired:
            return None
        if samples is not None and shares is not None:
            shares += samples.shares()
    if not done.stdout.strip():
        print(done.stderr[-500:], file=sys.stderr)
        return None
    return json.loads(done.stdout)


def figures(measured: dict) -> dict[str, float | None]:
    """The cells of the table's row."""
    return {
        "ack p50": measured["ack_ms"]["p50"], "ack p99": measured["ack_ms"]["p99"],
        "seen p99": measured["seen_ms"]["p99"], "all p99": measured["seen_by_all_ms"]["p99"],
        "CPU %": measured["server_cpu_pct"], "µs/action": measured["server_us_per_action"],
        "kB/connection": measured["kb_per_conn"],
        "lost": measured["lost_acks"] + measured["lost_ideas"] + measured["lost_votes"] + measured["refused"],
        "stale": measured["stale_screens"] + measured["differing_rows"],
    }


def median(runs: list[dict]) -> dict[str, float | None]:
    """The median of each figure over the runs; what was lost or stale adds up."""
    cells = {}
    for key in runs[0]:
        values = [run[key] for run in runs if run[key] is not None]
        cells[key] = sum(values) if key in ("lost", "stale") else round(statistics.median(values), 1) if values else None
    return cells


def line(cells: list) -> str:
    """One line of a markdown table."""
    return "| " + " | ".join("–" if cell is None else f"{cell:,}" if isinstance(cell, int | float) else cell for cell in cells) + " |"


def ratios(ours: dict, theirs: dict) -> list[str | None]:
    """How many times more the naive server takes, where both have a figure."""
    plain = {"lost", "stale"}
    return [
        None if key in plain or not ours.get(key) or theirs.get(key) is None else f"× {theirs[key] / ours[key]:.1f}"
        for key in HEADS[3:]
    ]


def measure(args: argparse.Namespace) -> tuple[list[str], dict[int, dict]]:
    """The lines of the table and, by number of clients, our own figures."""
    lines, own = [line(HEADS), "|" + "---|" * len(HEADS)], {}
    for clients in args.clients:
        rows = {}
        for name in args.servers:
            runs = [figures(run) for _ in range(args.repeat) if (run := load(name, clients, args.each, args.seconds))]
            rows[name] = median(runs) if runs else {}
            cells = [rows[name].get(head) for head in HEADS[3:]] if runs else ["did not finish", *[None] * (len(HEADS) - 4)]
            lines.append(line([clients, round(clients / args.each), name, *cells]))
            print(lines[-1], file=sys.stderr, flush=True)
        if all(rows.get(name) for name in SERVERS):
            lines.append(line(["", "", "naive ÷ facilitate", *ratios(rows["facilitate"], rows["naive"])]))
        own[clients] = rows.get("facilitate", {})
    return lines, own


def shapes(args: argparse.Namespace) -> list[str]:
    """The lines of the table of shapes: the largest round that the design names, with a method of each shape."""
    lines, verdicts = [line(["method", *HEADS[:2], *HEADS[3:]]), "|" + "---|" * len(HEADS)], []
    for method in METHODS:
        found = load("facilitate", VOTERS, VOTERS / args.rate, args.seconds, method)
        cells = figures(found) if found else {}
        lines.append(line([method, VOTERS, args.rate, *[cells.get(head) for head in HEADS[3:]]]))
        print(lines[-1], file=sys.stderr, flush=True)
        verdicts.append(f"- {method}: {', '.join(misses(ROUND, cells)) or 'met'}.")
    return [*lines, "", BESIDE, "", *verdicts]


def spending(args: argparse.Namespace) -> list[str]:
    """The lines that say what the server's time is spent on in one of the large rounds; looking slows it, so this is a run of its own."""
    shares: list = []
    load("facilitate", VOTERS, VOTERS / args.rate, args.seconds, "dots", shares)
    if not shares:
        return ["", "What the time is spent on was not measured: this system lets nobody look at another process."]
    return ["", SPENT, "", line(spent.HEADS), "|---|---|", *map(line, shares)]


def misses(limits: dict[str, float], measured: dict) -> list[str]:
    """What is above its limit, or was not measured, each with both figures."""
    return [f"{key} {measured.get(key)} > {limit}" for key, limit in limits.items() if measured.get(key) is None or measured[key] > limit]


def verdicts(own: dict[int, dict]) -> tuple[list[str], bool]:
    """One sentence for the bar and for every target of the design that was measured; whether the bar is met."""
    sentences, met = [], True
    if 1000 in own:
        missed = misses(BAR, own[1000])
        met = not missed
        bar = "Bar, 1,000 clients at 200 actions/s (ack p99 ≤ 50 ms, all p99 ≤ 250 ms, none lost, none stale)"
        sentences.append(f"{bar}: {', '.join(missed) or 'met'}.")
    for clients in sorted(TARGETS.keys() & own.keys()):
        sentences.append(f"Targets of the design, {clients:,} clients: {', '.join(misses(TARGETS[clients], own[clients])) or 'met'}.")
    return sentences, met


def about() -> str:
    """The machine and the versions, in one sentence."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("eventlet", "python-socketio", "python-engineio", "flask-socketio", "sqlalchemy"))
    return f"Python {platform.python_version()}, {packages}; {os.cpu_count()} cores, server and client on one core each. Times in ms."


def main() -> None:
    """Measure, print the table, keep it; exit status 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=lambda text: [int(n) for n in text.split(",")], default=[100, 500, 1000])
    parser.add_argument("--servers", type=lambda text: text.split(","), default=list(SERVERS))
    parser.add_argument("--each", type=float, default=5, help="seconds from one action of a client to its next")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--repeat", type=int, default=1, help="runs of each; the table has the medians")
    parser.add_argument("--rate", type=int, default=200, help="ballots a second in the large rounds")
    parser.add_argument("--counting", action="store_true", help="measure only how long the methods count")
    args = parser.parse_args()
    now = datetime.now(UTC)
    if args.counting:
        args.clients = []
    lines, own = measure(args) if args.clients else ([], {})
    rounds = [] if args.counting else ["", SHAPES, "", *shapes(args), *spending(args)]
    sentences, met = verdicts(own)
    counts = [line(counting.HEADS), "|" + "---|" * len(counting.HEADS), *(line(cells) for cells in counting.table())]
    text = "\n".join([f"# Bench of {now:%d %B %Y}", "", about(), "", *lines, "", *sentences, *rounds, "", COUNTS, "", *counts, ""])
    print(text)
    if set(args.servers) == set(SERVERS) and args.clients:
        (HERE / "results").mkdir(exist_ok=True)
        (HERE / "results" / f"{now:%Y-%m-%d}.md").write_text(text, encoding="utf-8")
    sys.exit(not met)


if __name__ == "__main__":
    main()
