"""Vote: a ballot over ideas, groups or challenges, or over statements that people add while it is open."""

from __future__ import annotations

from typing import Any

from facilitate.activities.sort import uncover
from facilitate.core import registry
from facilitate.core.commands import Context
from facilitate.core.fields import Bool, Choice, Int
from facilitate.core.refusals import Refused
from facilitate.events.models import Activity
from facilitate.events.types import ActivityType, CommonSettings, activity_type
from facilitate.events.undo import Taken
from facilitate.ideas.commands.ideas import drop_all
from facilitate.ideas.models import Idea
from facilitate.ideas.queries import idea_item, ideas_of
from facilitate.voting import methods
from facilitate.voting.commands import rounds
from facilitate.voting.commands.items import incoming, resolve
from facilitate.voting.models import Outcome

NAME = "vote"
ON_PHONES = ("choices", "points", "stance")
"""The shapes of ballots that phones can fill in."""
FIXED = ("shape", "method", "budget", "cap", "min", "max", "secret", "results", "add_own", "own_barred", "staff_totals")


class Settings(CommonSettings):
    shape = Choice(ON_PHONES, optional=True, default="points")
    method = Choice(lambda: sorted(registry.variants(methods)), optional=True)
    budget = Int(1, 100, optional=True, default=5)
    cap = Int(1, 100, optional=True, default=3)
    min = Int(0, 100, optional=True, default=0)
    max = Int(1, 2000, optional=True, default=2000)
    secret = Bool(optional=True, default=True)
    results = Choice(("never", "after_vote", "close", "live"), optional=True, default="close")
    staff_totals = Bool(optional=True, default=True)
    add_own = Bool(optional=True, default=False)
    order = Choice(("shuffled", "number"), optional=True, default="shuffled")
    own_barred = Bool(optional=True, default=False)


@activity_type
class Vote(ActivityType):
    """Items come in; a ranking goes out."""

    name = NAME
    settings = Settings

    def complete(self, given: dict[str, Any]) -> dict[str, Any]:
        settings = super().complete(given)
        fitting = [name for name, module in registry.variants(methods).items() if settings["shape"] == module.SHAPE]
        settings["method"] = settings["method"] or fitting[0]
        if settings["method"] not in fitting:
            raise Refused("invalid", "refusal.method_does_not_fit")
        if settings["min"] > settings["max"]:
            raise Refused("invalid", "refusal.fewest_over_most")
        return settings

    def check_change(self, activity: Activity, settings: dict[str, Any]) -> None:
        """What a running round counts by, and whom it shows what, stays as it opened."""
        if activity.status in ("running", "paused") and any(settings[name] != activity.settings.get(name) for name in FIXED):
            raise Refused("activity_closed", "refusal.round_runs")

    def on_start(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        current = rounds.current(ctx, activity)
        if current is not None and current.status == "closed":
            rounds.seal_now(ctx, current)
        self._hide(ctx, activity)
        resolve(ctx, activity, taken)
        uncover(ctx, activity, taken)
        items = incoming(ctx.session, activity) + [idea_item(idea) for idea in ideas_of(ctx.session, activity.id)]
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

    def on_reveal(self, ctx: Context, activity: Activity) -> None:
        if (round_ := rounds.current(ctx, activity)) is not None:
            rounds.seal_soon(ctx, round_)
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
                ctx.put("results", round_.id, None, registry.STAFF if round_.settings["results"] == "never" else registry.EVERYBODY)

    def takes_ideas(self, activity: Activity) -> bool:
        return bool(activity.settings.get("add_own"))

    def on_idea(self, ctx: Context, activity: Activity, idea: Idea) -> None:
        round_ = rounds.current(ctx, activity)
        if round_ is not None and round_.status in rounds.OPEN:
            rounds.idea_option(ctx, round_, idea)

    def on_idea_changed(self, ctx: Context, idea: Idea) -> None:
        rounds.withdraw_option(ctx, idea)
