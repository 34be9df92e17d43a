"""Where a Git repository lies: what the code needs of such a place, whether a folder or an address."""

import re
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

from dulwich.objects import ObjectID
from dulwich.refs import Ref

BRANCH = b"main"
MAIN, HEAD = Ref(b"refs/heads/" + BRANCH), Ref(b"HEAD")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


class Place(Protocol):
    """What the repository code needs of a place."""

    shown: str

    @property
    def store(self) -> Any:
        """dulwich's store of the objects: to be asked for anew after each `head`."""

    @property
    def branch(self) -> str:
        """The name of the branch that takes the records."""

    def head(self) -> ObjectID | None:
        """The commit at the tip of the branch as it is now, all its objects in `store`; None before the first."""

    def move(self, old: ObjectID | None, new: ObjectID) -> None:
        """Move the branch from `old` to `new`, or raise Moved where it is no longer at `old`."""

    def close(self) -> None:
        """Let go of files and connections."""


def shown(target: str) -> str:
    """The target as people may see it: without user, password or anything after a question mark."""
    if not SCHEME.match(target):
        return target
    parts = urlsplit(target)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def chosen(default: Ref | None, branches: Mapping[Ref, ObjectID | None]) -> Ref:
    """The branch that takes the records: the default one, or `main` where the default is only a name yet and `main` is not."""
    if default and (branches.get(default) or not branches.get(MAIN)):
        return default
    return MAIN


def name(ref: Ref) -> str:
    """The name of a branch."""
    return ref.decode("utf-8", "replace").removeprefix("refs/heads/")
