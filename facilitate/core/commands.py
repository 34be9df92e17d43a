"""Commands: how they are registered, the gate that each one passes, and the context in which it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session
from wtforms import Form

from facilitate.core import registry
from facilitate.core.changes import Touched
from facilitate.core.fields import UUID, Words, size
from facilitate.core.refusals import Refused
from facilitate.core.registry import Viewer

ORGANISER = frozenset({"organiser"})
STAFF = frozenset({"organiser", "facilitator"})
MEMBERS = STAFF | {"participant", "mentor", "juror"}
ANYBODY = MEMBERS | {"observer"}
ACCOUNT = frozenset({"account"})
SYSTEM = frozenset({"system"})
"""Who may send a command. A role not named in `may` is refused; the server itself acts as `system`."""

WORDS_LIMIT = 64_000
VALUES_LIMIT = 20_000


@dataclass(frozen=True)
class Command:
    """A registered command: its name, the form of its words, the roles that may send it, and the function."""

    name: str
    form: type[Form]
    may: frozenset[str]
    function: Callable[..., None]
    outside: bool = False
    after_end: bool = False
    many: Callable[..., None] | None = None

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (self.function.__doc__ or "").strip().split("\n")[0]


COMMANDS: dict[str, Command] = {}


def command(name: str, *, form: type[Form], may: Iterable[str], outside: bool = False, after_end: bool = False) -> Callable[[Any], Any]:
    """Register `function(ctx, words)` as the command `name`.

    `words` is the validated form. `outside` marks a command that needs no event, `after_end` one that is still taken when
    the event has ended; all others are refused `ended` then. Of several registered commands each has a
    unique name; the function may be followed by `.many` (see hot).
    """

    def register(function: Any) -> Any:
        if name in COMMANDS:
            raise ValueError(f"two commands are called {name}")
        COMMANDS[name] = Command(name, form, frozenset(may), function, outside, after_end)
        return function

    return register


def hot(name: str) -> Callable[[Any], Any]:
    """Register `function(session, items)` as the way to take many neighbouring commands `name` in one go.

    `items` is a list of (ctx, words). The function checks all of them first, sets `ctx.refusal` where one is refused, and then
    writes what is left with the driver's executemany; anything it raises makes the batch run one by one. It works on the
    session's connection, without objects of the ORM: those would cost several times the work itself.
    """

    def register(function: Any) -> Any:
        COMMANDS[name] = replace(COMMANDS[name], many=function)
        return function

    return register


@dataclass
class Context:
    """What a command's function gets: who acts, where, when, the session, and what it reports."""

    session: Session
    viewer: Viewer
    event_id: str | None
    command_id: str
    name: str
    now: int
    at: int | None = None
    touched: Touched = field(default_factory=Touched)
    figures: list[tuple[str, str, str, str]] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)
    strangers: dict[str, str] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    refusal: Refused | None = None
    over: bool = False

    def forget(self) -> None:
        """Say that the event is over: the ids of its accepted commands are dropped, this one's too."""
        self.over = True

    def put(self, collection: str, row_id: str, thing: Any = None, *audiences: str) -> None:
        """Log a row of a collection as changed, or as dropped where it is gone.

        Its audiences are those of the collection for `thing`, or the given ones (needed for what is gone and for what was
        visible to more people before).
        """
        wider = set(audiences) or registry.COLLECTIONS[collection].audiences(thing)
        self.touched.setdefault((collection, row_id), set()).update(wider)

    def announce(self, name: str, key: str, part: str) -> None:
        """Say that a part of the live figures `name` of `key` changed: how many different parts did decides when they go out."""
        assert self.event_id is not None
        self.figures.append((self.event_id, name, key, part))

    def meet_again(self, member: str, farewell: str = "gone") -> None:
        """Say that a member's role or device changed: its screens are identified anew and reload; those that are nobody any
        more get the message `farewell` (moved or gone) and are let go."""
        self.strangers[member] = farewell


@dataclass
class Submission:
    """A command on its way through the gate and the writer."""

    command: Command
    words: Any
    viewer: Viewer
    event: str | None
    command_id: str
    at: int | None


def enter(viewer: Viewer | None, event: str | None, name: Any, words: Any, command_id: Any, at: Any = None) -> Submission:
    """The gate: find the command, check its words with its form, check the role; the submission, or Refused.

    Shapes: `name` a string, `words` an object of at most 64 kB, `command_id` a lower-case UUIDv4, `at` server ms or None.
    """
    known = COMMANDS.get(name) if isinstance(name, str) else None
    if known is None or "system" in known.may:
        raise Refused("unknown_command")
    if viewer is None:
        raise Refused("sign_in")
    if event is None and not known.outside:
        raise Refused("unknown_event")
    role = viewer.role if event is not None else "account" if viewer.account else None
    if role not in known.may:
        raise Refused("sign_in" if role is None and not viewer.screen else "forbidden")
    if not isinstance(command_id, str) or not UUID.match(command_id):
        raise Refused("invalid", "refusal.command_id")
    return Submission(known, check_words(known.form, words), viewer, event, command_id, at if type(at) is int else None)


def check_words(kind: type[Form], words: Any) -> Form:
    """The words of a command as its validated form; Refused `invalid` names the fields that do not fit."""
    if not isinstance(words, dict) or not all(isinstance(key, str) for key in words):
        raise Refused("invalid", "refusal.words")
    if size(words) > VALUES_LIMIT:
        raise Refused("too_large")
    form = kind(Words(words))
    if form.validate():
        return form
    fields = {name: errors[0] for name, errors in form.errors.items() if name}
    raise Refused("invalid", next(iter(fields.values())).key, fields=fields, **next(iter(fields.values())).values)


def internal(name: str, words: dict[str, Any], event: str | None, command_id: str, viewer: Viewer | None = None) -> Submission:
    """A command that the server itself sends, or that was checked elsewhere."""
    known = COMMANDS[name]
    actor = viewer or Viewer(event, role="system", sender="system")
    return Submission(known, check_words(known.form, words), actor, event, command_id, None)
