"""What features register: collections with their rows, identification, live figures, periodic work, and folders of variants."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any

from sqlalchemy.orm import Session

EVERYBODY, STAFF, SCREEN, DOOR = "all", "staff", "screen", "door"
"""The audiences that every event has (at the door wait those who are not let in yet); the others are `member:<id>` and
`group:<id>`."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks at, or acts in, one event: who they are there and which audiences they belong to.

    `sender` names the author of commands for idempotency; `role` is that of the member (None for a bare screen);
    a viewer without an event (`event` None) is an account outside of any event. `handed_at` is set where the device came to its
    member through the staff: since when it is theirs.
    """

    event: str | None
    audiences: frozenset[str] = frozenset()
    member: str | None = None
    role: str | None = None
    account: str | None = None
    sender: str = ""
    channel: str = "web"
    language: str = "en"
    handed_at: int | None = None

    @property
    def staff(self) -> bool:
        """Whether this is the console's side of the room."""
        return STAFF in self.audiences

    @property
    def screen(self) -> bool:
        """Whether this is a projector."""
        return SCREEN in self.audiences

    def shared(self) -> Viewer:
        """The same viewer without anything personal: all viewers with equal shared() read the same rows."""
        audiences = frozenset(a for a in self.audiences if not a.startswith("member:"))
        return replace(self, audiences=audiences, member=None, role=None, account=None, sender="", channel="", language="", handed_at=None)


@dataclass(frozen=True)
class Credentials:
    """What a request or a connection brings along: its token, or its cookies and by which of them it wants to be known
    (`wanted`: member, account or screen) in which event (`event`: a slug)."""

    token: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    wanted: str | None = None
    event: str | None = None
    address: str = ""


@dataclass(frozen=True)
class Collection:
    """A named set of rows on the wire, and the one place that decides who sees what of them.

    `load(session, event, ids)` → {id: thing}; `every(session, event, viewer)` → iterable of (id, thing);
    `row(thing, viewer)` → the row as JSON, or None where this viewer may not see it;
    `audiences(thing)` → who may have seen it or may see it now.
    """

    name: str
    load: Callable[[Session, str, list[str]], dict[str, Any]]
    every: Callable[[Session, str, Viewer], Iterable[tuple[str, Any]]]
    row: Callable[[Any, Viewer], dict[str, Any] | None]
    audiences: Callable[[Any], set[str]]


@dataclass(frozen=True)
class Figures:
    """An unnumbered live message of a feature: `produce(session, event, key, changed, watching)` → [(audiences, arguments)], or
    None to wait for more changes; `watching` are the audiences of who looks on; asked at most once in `every` seconds."""

    name: str
    produce: Callable[[Session, str, str, int, set[str]], list[tuple[set[str], list[Any]]] | None]
    every: float


@dataclass(frozen=True)
class Event:
    """How core knows an event: its permanent slug and its id."""

    id: str
    slug: str


COLLECTIONS: dict[str, Collection] = {}
FIGURES: dict[str, Figures] = {}
PERIODIC: list[tuple[float, Callable[[Session], Iterable[tuple[str | None, str, dict[str, Any]]]]]] = []
PROVIDERS: dict[str, Callable[..., Any]] = {}
HOOKS: dict[str, list[Callable[..., Any]]] = {}


def collection(name: str, *, load: Any, every: Any, row: Any, audiences: Any) -> Collection:
    """Register a collection under a unique name."""
    if name in COLLECTIONS:
        raise ValueError(f"two collections are called {name}")
    COLLECTIONS[name] = Collection(name, load, every, row, audiences)
    return COLLECTIONS[name]


def figures(name: str, *, every: float) -> Callable[[Any], Any]:
    """Register the producer of an unnumbered live message."""

    def register(function: Any) -> Any:
        FIGURES[name] = Figures(name, function, every)
        return function

    return register


def periodic(seconds: float) -> Callable[[Any], Any]:
    """Register a function(session) that yields (event id, command name, words) to be sent by the server itself."""

    def register(function: Any) -> Any:
        PERIODIC.append((seconds, function))
        return function

    return register


def provides(name: str) -> Callable[[Any], Any]:
    """Register the feature's answer to a question that core or live must ask without knowing the feature.

    Questions: `identify(session, credentials, event id or None)` → Viewer or None; `resolve(session, slug or code)` → Event
    or None; `describe(session, event id, viewer)` → the head of the state document; `ended(session, event ids)` → those that
    have ended; `warnings(session, event id, planned activities)` → {activity id: sentences for the staff before it starts}.
    """

    def register(function: Any) -> Any:
        if name in PROVIDERS:
            raise ValueError(f"two functions provide {name}")
        PROVIDERS[name] = function
        return function

    return register


def ask(name: str, *args: Any) -> Any:
    """Ask what some feature provides."""
    return PROVIDERS[name](*args)


def hook(name: str) -> Callable[[Any], Any]:
    """Register a function that a feature to the left calls in the same transaction without knowing whose it is.

    Hooks: `crowd(ctx)` when the number of participants changed; `merged(ctx, member, into)` when two members turn out to be one
    person; `removed(ctx, member)` when a member is sent away; `renamed(ctx, member)` when a name changed or was hidden;
    `revoked(ctx, account)` when a token of an account was taken back; `sizes(ctx)` when the sizes of teams changed;
    `challenge_leaves(ctx, challenge)` before one is removed; `names_due(ctx)` when names are to be deleted; `deleted(ctx, event)`.
    """

    def register(function: Any) -> Any:
        HOOKS.setdefault(name, []).append(function)
        return function

    return register


def call(name: str, *args: Any) -> None:
    """Call everything that hangs on a hook."""
    for function in HOOKS.get(name, []):
        function(*args)


@cache
def variants(package: ModuleType) -> Mapping[str, ModuleType]:
    """The modules of a folder of variants by their NAME (default: the file's name with hyphens); unique names."""
    found: dict[str, ModuleType] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        name = getattr(module, "NAME", info.name.replace("_", "-"))
        if name in found:
            raise ValueError(f"two variants in {package.__name__} are called {name}")
        found[name] = module
    return MappingProxyType(found)
