"""One counted vote for each method, for the tests and pictures of results: what is asked, and what each of twelve people answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.stage import Stage, Workshop
from tests.support.until import until

PEOPLE = ["Anna", "Marek", "Eleni", "Ingrid", "João", "Zoë", "Νίκος", "Katarzyna", "Liam", "Siân", "Björn", "Дарина"]
IDEAS = [
    "A one-minute accessibility statement on every resource, written by the teacher",
    "One “send to my platform” button, built on the standards we already have",
    "A footprint label: what one lesson costs in data and power",
    "Teachers review teachers: two reviews earn you one",
    "Ask a neighbour country: advisers on call",
    "Paid student testers with disabilities",
    "Subtitles on every video",
]
COSTS = [400, 250, 300, 150, 500, 200, 100]


@dataclass(frozen=True)
class Play:
    """How a method is played: `answer(ids, bot)` is a ballot; `says` is what every screen shows of the result."""

    shape: str
    answer: Callable[[list[str], int], Any]
    says: str
    settings: dict[str, Any] = field(default_factory=dict)


def order(ids: list[str], bot: int) -> list[str]:
    """The options as this person prefers them: three camps with different first choices."""
    camp = (0, 2, 1)[bot % 3]
    first = [[0, 1, 3, 2, 4, 5, 6], [1, 0, 2, 3, 5, 4, 6], [2, 0, 1, 4, 3, 6, 5]][camp]
    return [ids[place] for place in first][: 3 + bot % 4]


def ranking(ids: list[str], bot: int) -> list[list[str]]:
    """A ranking, one on each place, not all of them."""
    return [[one] for one in order(ids, bot)]


def scale(most: int) -> Callable[[list[str], int], dict[str, int]]:
    """Steps up to the highest, lower for later options, each person a little different."""
    return lambda ids, bot: {one: max(0, min(most, most - place + (bot * 7 + place * 3) % 4 - 1)) for place, one in enumerate(ids) if (bot + place) % 6}


def consents(ids: list[str], bot: int) -> dict[str, Any]:
    """Most consent; one objects to the second, two have concerns with the third."""
    ballot: dict[str, Any] = dict.fromkeys(ids, 2)
    if bot == 3:
        ballot[ids[1]] = {"value": 0, "reason": "Small schools have no platform to send to."}
    if bot in (4, 5):
        ballot[ids[2]] = {"value": 1, "reason": "Who pays for measuring it?"}
    return ballot


def comparisons(ids: list[str], bot: int) -> list[dict[str, Any]]:
    """Six pairs each; the earlier option mostly wins."""
    pairs = [(one, other) for one in range(len(ids)) for other in range(one + 1, len(ids))]
    chosen = [pairs[(bot * 6 + step) % len(pairs)] for step in range(6)]
    return [{"winner": ids[b], "loser": ids[a]} if (a + b + bot) % 4 == 0 else {"winner": ids[a], "loser": ids[b]} for a, b in chosen]


def stances(ids: list[str], bot: int) -> dict[str, str]:
    """Two camps over the statements."""
    words = ("agree", "disagree", "pass", "agree")
    return {one: "agree" if place == 0 else words[(bot % 2 * 3 + place * (bot % 5)) % 4] for place, one in enumerate(ids)}


def motions(ids: list[str], bot: int) -> dict[str, str]:
    """The first passes, the second does not."""
    return {ids[0]: "no" if bot < 2 else "yes", ids[1]: ("yes", "no", "abstain")[bot % 3], ids[2]: "yes" if bot < 7 else "no"}


def carts(ids: list[str], bot: int) -> list[str]:
    """Three that the money pays for."""
    return order(ids, bot)[:3]


def two_scales(ids: list[str], bot: int) -> dict[str, dict[str, int]]:
    """Marks on all of the field."""
    return {one: {"impact": 1 + (4 * (place + 1) + bot) % 5, "effort": 1 + (3 * place + bot % 2) % 5} for place, one in enumerate(ids)}


PLAYS: dict[str, Play] = {
    "plurality": Play("choices", lambda ids, bot: [order(ids, bot)[0]], "%", {"max": 1}),
    "approval": Play("choices", lambda ids, bot: order(ids, bot)[:3], "%"),
    "majority": Play("motions", motions, "Not passed", {"majority": "two-thirds", "quorum": 50}),
    "dots": Play("points", lambda ids, bot: {order(ids, bot)[0]: 3, order(ids, bot)[1]: 2}, "people"),
    "quadratic": Play("points", lambda ids, bot: {order(ids, bot)[0]: 2, order(ids, bot)[1]: 1}, "people", {"budget": 9, "cap": 3}),
    "schulze": Play("ranking", ranking, "Duels:"),
    "ranked-pairs": Play("ranking", ranking, "Duels:"),
    "borda": Play("ranking", ranking, "Points from"),
    "irv": Play("ranking", ranking, "Out in round"),
    "stv": Play("ranking", ranking, "Chosen in round", {"seats": 2}),
    "score": Play("scale", scale(5), "opinions"),
    "star": Play("scale", scale(5), "In the run-off"),
    "majority-judgement": Play("scale", scale(5), "better than the middle"),
    "fist-to-five": Play("scale", scale(5), "lowest"),
    "consent": Play("scale", consents, "objection"),
    "impact-effort": Play("two_scales", two_scales, "Quick win"),
    "bradley-terry": Play("pair", comparisons, "95 % certainty"),
    "equal-shares": Play("budget", carts, "Not funded", {"money": 1000}),
    "greedy": Play("budget", carts, "Not funded", {"money": 1000}),
    "agree-disagree-pass": Play("stance", stances, "disagree"),
}  # fmt: skip


def opened(stage: Stage, method: str, people: int = len(PEOPLE), **settings: Any) -> Workshop:
    """A workshop whose vote by a method is open."""
    workshop = stage.workshop(title="Digital education: from challenge to prototype")
    workshop.crowd([f"{PEOPLE[number % len(PEOPLE)]}{number // len(PEOPLE) or ''}" for number in range(people)])
    workshop.start("collect")
    ideas = [workshop.says(number % people, text) for number, text in enumerate(IDEAS)]
    play = PLAYS[method]
    words = {"shape": play.shape, "method": method, **play.settings, **settings}
    if play.shape == "budget":
        words["costs"] = dict(zip(ideas, COSTS, strict=True))
    workshop.act("events.edit", activity=workshop.step("vote"), question="Which ideas should we prototype this afternoon?", settings=words)
    workshop.start("vote")
    return workshop


def counted(stage: Stage, method: str, people: int = len(PEOPLE), **settings: Any) -> Workshop:
    """A workshop whose vote by a method is counted and revealed."""
    workshop = opened(stage, method, people, **settings)
    cast(workshop, method, range(people))
    reveal(workshop)
    return workshop


def cast(workshop: Workshop, method: str, people: range, *, turned: bool = False) -> None:
    """These people vote in the round that is open; where `turned`, as if the options stood the other way round."""
    ids = [row["id"] for row in workshop.options]
    for bot in people:
        workshop.votes(bot, PLAYS[method].answer(ids[::-1] if turned else ids, bot))


def reveal(*workshops: Workshop) -> None:
    """Close and reveal; ends when all results are there. Every close waits for the last ballots, several at once wait together."""
    rounds = [workshop.round for workshop in workshops]
    for workshop in workshops:
        workshop.act("events.reveal", activity=workshop.step("vote"))
    for workshop, round_ in zip(workshops, rounds, strict=True):
        until(lambda here=workshop, held=round_: any(row["id"] == held for row in here.rows("results")), "the result")
