"""What became of the objections in a consent round: each is resolved, or carried along openly."""

from __future__ import annotations

from wtforms import Form

from facilitate.core.commands import STAFF, Context, command
from facilitate.core.fields import Choice, Id, Int, Text
from facilitate.core.refusals import Refused
from facilitate.events.models import Activity
from facilitate.voting.models import Outcome, Round

NOTE = 300
"""Characters of the sentence that says how an objection was met."""


class Objection(Form):
    round = Id()
    option = Id()
    place = Int(1, 2_000)
    state = Choice(("open", "resolved", "carried"))
    note = Text(limit=NOTE, optional=True, empty=True, default="")


@command("voting.objection", form=Objection, may=STAFF, after_end=True)
def objection(ctx: Context, words: Objection) -> None:
    """Note what became of an objection of a sealed consent round, by its place in the list; the count stays as it was."""
    round_, outcome = ctx.session.get(Round, words.round.data), ctx.session.get(Outcome, words.round.data)
    if round_ is None or outcome is None or round_.event_id != ctx.event_id:
        raise Refused("not_found", "refusal.no_result")
    said = outcome.result["details"].get("objections", {}).get(words.option.data, [])
    if words.place.data > len(said):
        raise Refused("not_found", "refusal.no_objection")
    key, handled = f"{words.option.data}/{words.place.data}", dict(outcome.result.get("handled", {}))
    handled.pop(key, None)
    if words.state.data != "open":
        handled[key] = {"state": words.state.data, "note": words.note.data}
    outcome.result = outcome.result | {"handled": handled}
    ctx.put("results", round_.id, (outcome, round_, ctx.session.get(Activity, round_.activity_id)))
