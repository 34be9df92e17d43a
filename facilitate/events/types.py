"""What an activity type is: its settings and what it does when its activity starts, closes, is revealed or gets an idea."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.orm import Session
from wtforms import Form

from facilitate.core.commands import Context, check_words
from facilitate.core.fields import UUID, Choice, Int, Json
from facilitate.core.refusals import Refused, Wrong
from facilitate.events.models import Activity

if TYPE_CHECKING:
    from facilitate.events.undo import Taken


class CommonSettings(Form):
    """The settings that every activity has: the modifiers visibility, time (what happens at the end) and input."""

    visibility = Choice(("private", "live"), optional=True, default="private")
    authors = Choice(("anonymous", "alias", "name"), optional=True, default="anonymous")
    at_end = Choice(("nothing", "close"), optional=True, default="nothing")
    text_limit = Int(20, 400, optional=True, default=200)
    input = Json((dict,), limit=600, optional=True, default=None)


class Offer(NamedTuple):
    """A value of the setting that decides which others mean something: those others with their usual values, the family in which
    it is offered, and what its result looks like."""

    value: str
    asks: dict[str, Any]
    family: str = ""
    shows: str = ""


class ActivityType:
    """One type of activity; a subclass in activities/ overrides what it does differently."""

    name = ""
    settings: type[Form] = CommonSettings
    decides = ""
    """The setting that decides which others mean something, where there is one."""

    def offers(self) -> list[Offer]:
        """The values of the deciding setting, as they are offered to people; [] where nothing depends on one."""
        return []

    def preview(self, settings: dict[str, Any], say: Callable[..., str]) -> dict[str, dict[str, Any]]:
        """{collection: {id: row}} of a room in which such an activity runs, for a picture of the phone; {} where there is none."""
        return {}

    def coming(self, session: Session, activity: Activity) -> list[Any]:
        """The items that come in as the agenda stands, each with `id`, `number` and `title`."""
        return []

    def changed(self, settings: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        """What to complete when some settings of an activity change."""
        return settings | given

    def complete(self, given: dict[str, Any]) -> dict[str, Any]:
        """All settings of an activity: the given ones checked, the defaults for the rest; Refused `invalid` names the fields."""
        known = {field.name for field in self.settings()}
        unknown = {name: Wrong("refusal.unknown_setting") for name in given if name not in known}
        if unknown:
            raise Refused("invalid", "refusal.unknown_setting", fields=unknown)
        form = check_words(self.settings, given)
        settings = {field.name: field.data for field in form}
        settings["input"] = check_input(settings.get("input"))
        return settings

    def on_start(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        """The activity starts, for the first time or again."""

    def on_pause(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        """The activity's clock stops."""

    def on_resume(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        """The activity's clock goes on."""

    def on_close(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        """The activity closes."""

    def on_reopen(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        """The closed activity opens again."""

    def on_reveal(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        """What was hidden becomes visible to the room, or is hidden again by an undo."""

    def on_edit(self, ctx: Context, activity: Activity) -> None:
        """The activity's title, question or settings changed."""

    def on_remove(self, ctx: Context, activity: Activity, taken: Taken) -> None:
        """The activity, which never ran, is about to be dropped."""

    def on_undo(self, ctx: Context, activity: Activity) -> None:
        """Something about the activity was taken back; what was visible before may be hidden now, and the other way round."""

    def check_change(self, ctx: Context, activity: Activity, settings: dict[str, Any]) -> None:
        """Refuse settings that the activity, as it stands or as it is added, cannot take."""

    def takes_ideas(self, activity: Activity) -> bool:
        """Whether people may put up ideas in it."""
        return False

    def on_idea(self, ctx: Context, activity: Activity, idea: Any) -> None:
        """An idea was put up in it."""

    def on_idea_changed(self, ctx: Context, idea: Any) -> None:
        """An idea of any activity was hidden, withdrawn, shown again or reworded."""


TYPES: dict[str, ActivityType] = {}


def activity_type(kind: type[ActivityType]) -> type[ActivityType]:
    """Register a type of activity under its unique name."""
    if kind.name in TYPES:
        raise ValueError(f"two activity types are called {kind.name}")
    TYPES[kind.name] = kind()
    return kind


def type_of(activity: Activity) -> ActivityType:
    """The type of an activity."""
    return TYPES[activity.type]


NAMED_SOURCES = ("previous", "none", "challenges")
"""Where items may come from beside an activity that is named by its id."""


def check_input(given: Any) -> dict[str, Any]:
    """Which items come in: {from: previous | none | an activity's id, take: all | heads | top | picked, top, picked}."""
    given = given or {}
    source, take, top, picked = given.get("from", "previous"), given.get("take", "all"), given.get("top", 3), given.get("picked", [])
    fits = (
        isinstance(source, str)
        and (source in NAMED_SOURCES or UUID.match(source) is not None)
        and take in ("all", "heads", "top", "picked")
        and type(top) is int
        and 1 <= top <= 100
        and isinstance(picked, list)
        and all(isinstance(one, str) and UUID.match(one) for one in picked)
    )
    if not fits:
        raise Refused("invalid", "refusal.input")
    return {"from": source, "take": take, "top": top, "picked": picked}
