"""Vote: a ballot over ideas, groups or challenges, or over statements that people add while it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from facilitate.activities.sort import uncover
from facilitate.core import registry
from facilitate.core.commands import Context
from facilitate.core.fields import UUID, Bool, Choice, Ids, Int, Json, Text
from facilitate.core.refusals import Refused, Wrong
from facilitate.events.models import Activity
from facilitate.events.queries.people import not_staff
from facilitate.events.types import ActivityType, CommonSettings, Offer, activity_type
from facilitate.events.undo import Taken
from facilitate.ideas.commands.ideas import drop_all
from facilitate.ideas.models import Idea
from facilitate.ideas.queries import idea_item, ideas_of
from facilitate.voting import methods, sample
from facilitate.voting.ballots import SHAPES
from facilitate.voting.commands import rounds
from facilitate.voting.commands.items import incoming, resolve
from facilitate.voting.counting import asked
from facilitate.voting.models import Outcome

NAME = "vote"
FIXED = ("shape", "method", "secret", "results", "add_own", "own_barred", "staff_totals", "roll", "checkers")
PARAMETERS = ("budget", "cap", "min", "max", "seats", "majority", "majority_of", "quorum", "money", "costs")
"""The settings that shapes and methods ask for (counting.asked)."""
USUAL, MOST_MONEY = "points", 1_000_000_000
MAJORITIES, BASES = ("simple", "absolute", "two-thirds", "three-quarters"), ("votes", "cast", "eligible")


class Settings(CommonSettings):
    shape = Choice(tuple(SHAPES), optional=True)
    method = Choice(lambda: sorted(registry.variants(methods)), optional=True)
    budget = Int(1, 100, optional=True)
    cap = Int(1, 100, optional=True)
    min = Int(0, 100, optional=True)
    max = Int(1, 2000, optional=True)
    seats = Int(1, 100, optional=True)
    majority = Choice(MAJORITIES, optional=True)
    majority_of = Choice(BASES, optional=True)
    quorum = Int(0, 100, optional=True)
    money = Int(1, MOST_MONEY, optional=True)
    costs = Json((dict,), limit=4000, optional=True)
    secret = Bool(optional=True, default=True)
    results = Choice(("never", "after_vote", "close", "live"), optional=True, default="close")
    staff_totals = Bool(optional=True, default=True)
    add_own = Bool(optional=True, default=False)
    order = Choice(("shuffled", "number"), optional=True, default="shuffled")
    own_barred = Bool(optional=True, default=False)
    roll = Choice(("open", "frozen"), optional=True, default="open")
    checkers = Ids(limit=2, optional=True)
    label = Text(limit=60, optional=True, empty=True, default="")


def scale_of(method: str) -> tuple[str, ...]:
    """The settings that a method fixes itself: the ends of its own scale, or its one choice."""
    return ("min", "max") if "max" in getattr(registry.variants(methods)[method], "ASKS", {}) else ()


def chosen(method: str) -> dict[str, Any]:
    """{setting: its usual value} of what people choose with a method: all it asks for but the ends of its own scale."""
    module = registry.variants(methods)[method]
    return {name: usual for name, usual in asked(module.SHAPE, method).items() if name in PARAMETERS and name not in scale_of(method)}


@activity_type
class Vote(ActivityType):
    """Items come in; a ranking goes out."""

    name = NAME
    settings = Settings
    decides = "method"

    def offers(self) -> list[Offer]:
        """The methods by shape, the usual one of each shape first."""
        known = registry.variants(methods)
        names = sorted(known, key=lambda name: (list(SHAPES).index(known[name].SHAPE), name != SHAPES[known[name].SHAPE].usual, name))
        return [Offer(name, chosen(name), known[name].SHAPE, known[name].DISPLAY) for name in names]

    def preview(self, settings: dict[str, Any], say: Callable[..., str]) -> dict[str, dict[str, Any]]:
        return sample.rows(self.complete(settings), say)

    def coming(self, session: Session, activity: Activity) -> list[Any]:
        return incoming(session, activity)

    def changed(self, settings: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        """Another method, or another shape, brings its own usual values along."""
        decided = next((name for name in ("method", "shape") if given.get(name) not in (None, settings.get(name))), None)
        if decided is None:
            return settings | given
        return {name: value for name, value in settings.items() if name not in ("shape", "method", *PARAMETERS)} | given

    def complete(self, given: dict[str, Any]) -> dict[str, Any]:
        settings = super().complete(given)
        known = registry.variants(methods)
        settings["shape"] = settings["shape"] or (known[settings["method"]].SHAPE if settings["method"] else USUAL)
        settings["method"] = settings["method"] or SHAPES[settings["shape"]].usual
        if settings["shape"] != known[settings["method"]].SHAPE:
            raise Refused("invalid", "refusal.method_does_not_fit")
        self._parameters(settings)
        return settings

    def _parameters(self, settings: dict[str, Any]) -> None:
        """What shape and method ask for, the usual values where none was given; what they do not ask for says nothing."""
        wanted, own = asked(settings["shape"], settings["method"]), scale_of(settings["method"])
        for name in PARAMETERS:
            given = settings[name]
            settings[name] = None if name not in wanted else wanted[name] if given is None or name in own else given
        if settings["shape"] == "choices" and settings["min"] > settings["max"]:
            raise Refused("invalid", "refusal.fewest_over_most", fields={"min": Wrong("refusal.fewest_over_most")})
        for option, cost in (settings["costs"] or {}).items():
            if not UUID.match(option) or type(cost) is not int or not 1 <= cost <= MOST_MONEY:
                raise Refused("invalid", "refusal.cost", fields={"costs": Wrong("refusal.cost", n=MOST_MONEY)}, n=MOST_MONEY)

    def check_change(self, ctx: Context, activity: Activity, settings: dict[str, Any]) -> None:
        """What a running round counts by, and whom it shows what, stays as it opened; who checks takes part and is not of the staff."""
        fixed = (*FIXED, *PARAMETERS)
        if activity.status in ("running", "paused") and any(settings[name] != activity.settings.get(name) for name in fixed):
            raise Refused("activity_closed", "refusal.round_runs")
        wanted = set(settings["checkers"] or [])
        if wanted - not_staff(ctx.session, activity.event_id):
            raise Refused("invalid", "refusal.no_checker", fields={"checkers": Wrong("refusal.no_checker")})

    def on_start(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        current = rounds.current(ctx, activity)
        if current is not None:
            rounds.seal_soon(ctx, current, taken)
        self._hide(ctx, activity)
        resolve(ctx, activity, taken)
        uncover(ctx, activity, taken)
        items = incoming(ctx.session, activity) + [idea_item(idea) for idea in ideas_of(ctx.session, activity.id)]
        if not items and not activity.settings["add_own"]:
            raise Refused("invalid", "refusal.nothing_to_vote_on")
        if activity.settings["shape"] == "choices" and len(items) < activity.settings["min"] and not activity.settings["add_own"]:
            raise Refused("invalid", "refusal.fewest_over_options", n=activity.settings["min"])
        rounds.open_round(ctx, activity, items, taken)

    def on_pause(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        if (round_ := rounds.current(ctx, activity)) is not None and round_.status == "open":
            rounds.set_status(ctx, round_, "paused", taken)

    def on_resume(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        if (round_ := rounds.current(ctx, activity)) is not None and round_.status == "paused":
            rounds.set_status(ctx, round_, "open", taken)

    def on_close(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        if (round_ := rounds.current(ctx, activity)) is not None:
            rounds.close_round(ctx, round_, taken)

    def on_reopen(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        """A closed run goes on with all its ballots; a sealed one is followed by a new run."""
        round_ = rounds.current(ctx, activity)
        if round_ is not None and round_.status == "closed":
            self._hide(ctx, activity)
            rounds.reopen_round(ctx, round_, taken)
        else:
            self.on_start(ctx, activity, taken)

    def on_reveal(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        if (round_ := rounds.current(ctx, activity)) is not None:
            rounds.seal_soon(ctx, round_, taken)
        self._put_results(ctx, activity)

    def on_edit(self, ctx: Context, activity: Activity) -> None:
        """Every run shows the question."""
        for round_ in rounds.rounds_of(ctx.session, activity.id):
            rounds.put_round(ctx, round_)

    def on_remove(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        drop_all(ctx, activity, taken)

    def on_undo(self, ctx: Context, activity: Activity) -> None:
        for round_ in rounds.rounds_of(ctx.session, activity.id):
            rounds.put_options(ctx, round_)
            rounds.put_round(ctx, round_)
        self._put_results(ctx, activity)

    def _hide(self, ctx: Context, activity: Activity) -> None:
        """What an earlier run showed is hidden while a new one counts."""
        if activity.revealed:
            activity.revealed = False
            self._put_results(ctx, activity)

    def _put_results(self, ctx: Context, activity: Activity) -> None:
        """Put the results of every run for everybody: they were uncovered, or hidden again."""
        for round_ in rounds.rounds_of(ctx.session, activity.id):
            if ctx.session.get(Outcome, round_.id) is not None:
                rounds.put_result(ctx, round_)

    def takes_ideas(self, activity: Activity) -> bool:
        return bool(activity.settings.get("add_own"))

    def on_idea(self, ctx: Context, activity: Activity, idea: Idea) -> None:
        round_ = rounds.current(ctx, activity)
        if round_ is not None and round_.status in rounds.OPEN:
            rounds.idea_option(ctx, round_, idea)

    def on_idea_changed(self, ctx: Context, idea: Idea) -> None:
        rounds.withdraw_option(ctx, idea)
