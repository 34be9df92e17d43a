"""Pages of challenges: the board of the studio with its teams, and the public page of one challenge."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from facilitate.challenges.commands import STATUSES, THEMES
from facilitate.core.pages import page, problem
from facilitate.events.views.desk import Desk, desk, desk_page
from facilitate.events.views.public import event_for_all

board_pages = Blueprint("challenges", __name__)


@board_pages.get("/studio/<slug>/challenges")
def board(slug: str) -> Response:
    """The board: a column for each challenge with its teams, and the people who have none."""
    at = desk(slug)
    return desk_page("challenges", "board", at, columns=columns(at), alone=alone(at), teams=at.rows("teams"), themes=THEMES, statuses=STATUSES)


def columns(at: Desk) -> list[dict[str, Any]]:
    """{challenge, teams, ideas} of each challenge; last, where there are any, the teams without one."""
    teams, ideas = at.rows("teams"), [row for row in at.rows("ideas") if row["status"] == "shown"]
    found: list[dict[str, Any]] = [
        {
            "challenge": one,
            "teams": [team for team in teams if team["challenge"] == one["id"]],
            "ideas": [idea for idea in ideas if idea["challenge"] == one["id"]],
        }
        for one in at.rows("challenges")
    ]
    loose = [team for team in teams if team["challenge"] is None]
    return found + ([{"challenge": None, "teams": loose, "ideas": []}] if loose else [])


def alone(at: Desk) -> list[dict[str, Any]]:
    """The participants who are in no team."""
    placed = {member["id"] for team in at.rows("teams") for member in team["members"]}
    return [row for row in at.rows("members") if row["role"] == "participant" and row["status"] == "in" and row["id"] not in placed]


@board_pages.get("/e/<slug>/challenges/<int:number>")
def challenge_page(slug: str, number: int) -> Response:
    """One challenge for everybody: the problem, who set it, its ideas as far as they are uncovered, its teams."""
    state, refusal = event_for_all(slug)
    if state is None:
        return refusal  # type: ignore[return-value]
    rows: dict[str, Any] = state["collections"]  # type: ignore[assignment]
    one = next((row for row in rows["challenges"].values() if row["number"] == number), None)
    if one is None:
        return problem("not_found", "refusal.not_found")
    ideas = [row for row in rows["ideas"].values() if row["challenge"] == one["id"]]
    teams = [row for row in rows["teams"].values() if row["challenge"] == one["id"]]
    return page("public/challenge.html", state=state, event=rows["events"][slug], challenge=one, ideas=ideas, teams=teams)
