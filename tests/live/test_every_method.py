"""Every method on the real server: a vote is opened, twelve people vote, it is closed and revealed, and anybody counts it again."""

import json
import random
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from facilitate.core import registry
from facilitate.voting import methods
from tests.support.served import Served, serve
from tests.support.until import until

METHODS = registry.variants(methods)
VOTERS, IDEAS = 12, 4


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all of them."""
    with serve(tmp_path_factory.mktemp("methods"), rate_limits="off") as made:
        yield made


@pytest.fixture(scope="module")
def workshop(served: Served) -> dict[str, Any]:
    """An event with twelve people and four ideas, and the step in which these were put up."""
    status, made = served.call("POST", "/api/events", {"template": "ideas-and-vote", "title": "Methods", "open": True})
    assert status == 201, made
    collect = next(row for row in made["activities"] if row["type"] == "collect")["id"]
    served.command(made["code"], "events.start", activity=collect)
    people = [served.member(made["code"], f"P{number}") for number in range(VOTERS)]
    ideas = [str(uuid.uuid4()) for _ in range(IDEAS)]
    for number, idea in enumerate(ideas):
        served.command(made["code"], "ideas.add", people[number], idea=idea, activity=collect, text=f"Idea {number}")
    return {"code": made["code"], "slug": made["event"], "collect": collect, "people": people, "ideas": ideas}


def ballot(shape: str, ideas: list[str], drawing: random.Random, settings: dict[str, Any]) -> Any:
    """A random ballot of a shape."""
    some = drawing.sample(ideas, drawing.randint(1, len(ideas)))
    if shape in ("choices", "budget"):
        return some[: settings.get("max", 1)]
    if shape == "ranking":
        return [[idea] for idea in some]
    if shape == "pair":
        return [{"winner": some[0], "loser": one} for one in some[1:]] or [{"equal": sorted(ideas[:2])}]
    marks: dict[str, Any] = {
        "points": 1, "stance": drawing.choice(["agree", "disagree", "pass"]), "motions": drawing.choice(["yes", "no", "abstain"]),
        "scale": drawing.randint(1, settings.get("max", 5)), "two_scales": {"impact": drawing.randint(1, 5), "effort": drawing.randint(1, 5)},
    }  # fmt: skip
    return dict.fromkeys(some, marks[shape])


def voted(served: Served, workshop: dict[str, Any], name: str) -> dict[str, Any]:
    """Open a vote with a method, let everybody vote, close and reveal it; the row of its round."""
    code, ideas, vote = workshop["code"], workshop["ideas"], str(uuid.uuid4())
    settings = {"method": name, "input": {"from": workshop["collect"], "take": "all"}}
    if METHODS[name].SHAPE == "budget":
        settings |= {"money": 100, "costs": {idea: 30 + 10 * number for number, idea in enumerate(ideas)}}
    served.command(code, "events.add", activity=vote, type="vote", title=name, settings=settings, after=workshop["collect"])
    served.command(code, "events.start", activity=vote)
    round_ = next(row for row in served.state(code)["rounds"].values() if row["activity"] == vote)
    drawing = random.Random(name)
    for person in workshop["people"]:
        cast = served.command(code, "voting.cast", person, round=round_["id"], ballot=ballot(round_["shape"], ideas, drawing, round_["settings"]))
        assert cast["receipt"]
    served.command(code, "events.close", activity=vote)
    served.command(code, "events.reveal", activity=vote)
    return round_


@pytest.fixture(scope="module")
def rounds(served: Served, workshop: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A revealed round of every method; the grace and the count of one go on while the next one is open."""
    return {name: voted(served, workshop, name) for name in sorted(METHODS)}


@pytest.mark.parametrize("name", sorted(METHODS))
def test_from_the_opening_to_the_recount(served: Served, workshop: dict[str, Any], rounds: dict[str, dict[str, Any]], name: str, tmp_path: Path) -> None:
    """The result says who leads and why; the downloaded document is counted again to the same, and names nobody."""
    code, round_ = workshop["code"], rounds[name]
    assert (round_["shape"], round_["method"]) == (METHODS[name].SHAPE, name)
    result = until(lambda: served.state(code)["results"].get(round_["id"]), f"the result of {name}", 60)
    assert sorted(option for tied in result["ranking"] for option in tied) == sorted(workshop["ideas"])
    assert result["base"]["cast"] == VOTERS and result["steps"] and result["checksum"] and result["stability"]["resamples"] > 0
    file = tmp_path / "round.json"
    with urllib.request.urlopen(f"{served.url}/e/{workshop['slug']}/results/{round_['id']}.json", timeout=30) as answer:
        file.write_bytes(answer.read())
    document = json.loads(file.read_text())
    assert document["checksum"] == result["checksum"] and "P1" not in file.read_text()
    told = subprocess.run([sys.executable, "-m", "facilitate.cli", "recount", str(file)], capture_output=True, text=True, check=False)
    published = {"ballots", "sums"} & set(document["proof"])
    assert told.returncode == (0 if published else 1), told.stdout + told.stderr


@pytest.mark.parametrize("name", sorted(METHODS))
def test_what_leads_becomes_a_practice_record(served: Served, workshop: dict[str, Any], rounds: dict[str, dict[str, Any]], name: str) -> None:
    """Something of the first place does; where a method elects, passes or funds, nothing else does."""
    code, round_ = workshop["code"], rounds[name]["id"]
    result = until(lambda: served.state(code)["results"].get(round_), f"the result of {name}", 60)
    before = {row["source"]: row["version"] for row in served.state(code)["practices"].values()}
    served.command(code, "practices.draft", round=round_, top=1)
    after = {row["source"]: row["version"] for row in served.state(code)["practices"].values()}
    drafted = {source for source, version in after.items() if before.get(source) != version}
    assert drafted <= set(result["ranking"][0]) & set(result.get("chosen", result["ranking"][0]))
    assert drafted or result.get("chosen") == []
