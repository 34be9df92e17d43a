"""Where a Git repository lies: a bare one in a folder of this machine, or one behind an address."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

from dulwich.client import GitClient, HTTPUnauthorized, get_transport_and_path
from dulwich.config import ConfigFile
from dulwich.errors import GitProtocolError, HangupException, NotGitRepository, SendPackError
from dulwich.file import FileLocked
from dulwich.objects import ZERO_SHA, ObjectID
from dulwich.refs import Ref
from dulwich.repo import Repo

from facilitate.practices.errors import Moved, RepositoryError
from facilitate.practices.texts import line, shorten

BRANCH = b"main"
_MAIN, _HEAD = Ref(b"refs/heads/" + BRANCH), Ref(b"HEAD")
SECONDS = 30
"""How long an address may be silent."""

SSH = "ssh -oBatchMode=yes -oConnectTimeout=20"
"""A server cannot answer questions, so ssh must not ask any."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_SHORT_SSH = re.compile(r"[\w.-]+@[\w.-]+:[^:]+")


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
    if not _SCHEME.match(target):
        return target
    parts = urlsplit(target)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def opened(target: str, token: str | None) -> Place:
    """The place for a setting: a folder, `file://…`, or an address by http, https, git or ssh."""
    scheme = _SCHEME.match(target)
    if not scheme and _SHORT_SSH.fullmatch(target):
        return Address(target, token)
    if not scheme:
        return Folder(Path(target))
    if scheme[1].lower() == "file":
        return Folder(Path(unquote(urlsplit(target).path)))
    if scheme[1].lower() in ("http", "https", "git", "ssh"):
        return Address(target, token)
    raise RepositoryError("practice.error.scheme", target=shown(target))


class Folder:
    """A bare repository in a folder; an empty or missing folder becomes one."""

    def __init__(self, path: Path) -> None:
        self.shown = str(path)
        if (path / ".git").exists():
            raise RepositoryError("practice.error.not_bare", target=self.shown)
        with self._explained():
            if not path.exists() or (path.is_dir() and not any(path.iterdir())):
                _made(path)
            self._repo = Repo(str(path))
        self._ref = _MAIN

    @property
    def store(self) -> Any:
        return self._repo.object_store

    @property
    def branch(self) -> str:
        return _name(self._ref)

    def head(self) -> ObjectID | None:
        with self._explained():
            self._repo.close()  # opened anew, since packs and packed branches may have changed on the disk
            self._repo = Repo(self.shown)
        self.store.fsync_object_files = True  # the branch must never point at what a power cut took away
        branches = self._repo.refs.as_dict()
        self._ref = _chosen(Ref(self._repo.refs.follow(_HEAD)[0][-1]), branches)
        return branches.get(self._ref)

    def move(self, old: ObjectID | None, new: ObjectID) -> None:
        with self._explained():
            if not self._repo.refs.set_if_equals(self._ref, old or ObjectID(ZERO_SHA), new):
                raise Moved

    def close(self) -> None:
        self._repo.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except FileLocked as error:
            raise Moved(os.fsdecode(error.lockfilename)) from error
        except NotGitRepository as error:
            raise RepositoryError("practice.error.not_empty", target=self.shown) from error
        except OSError as error:
            raise RepositoryError("practice.error.not_writable", target=self.shown, reason=os.strerror(error.errno or 0)) from error


class Address:
    """A repository behind an address, read into a folder of its own that is thrown away."""

    def __init__(self, target: str, token: str | None) -> None:
        self.shown, self._token = shown(target), token
        self._ref = _MAIN
        # A config of our own: what the machine's owner set up for themselves (proxies, helpers, other addresses) is not ours.
        config = ConfigFile()
        config.set((b"http",), b"timeout", str(SECONDS).encode())
        name = urlsplit(target).username or "git" if token and target.lower().startswith("http") else None
        self._client, self._path = get_transport_and_path(target, config=config, username=name, password=token if name else None, ssh_command=SSH)
        self._answers = _remembered(self._client)
        self._folder = tempfile.TemporaryDirectory(prefix="practices-")
        self._repo = Repo.init_bare(self._folder.name, default_branch=BRANCH)

    @property
    def store(self) -> Any:
        return self._repo.object_store

    @property
    def branch(self) -> str:
        return _name(self._ref)

    def head(self) -> ObjectID | None:
        with self._explained():
            result = self._client.fetch(self._path, self._repo, determine_wants=self._wanted)
        self._ref = _chosen(result.symrefs.get(_HEAD), result.refs)
        tip = result.refs.get(self._ref)
        if tip:
            self._repo.refs[self._ref] = tip  # what a second fetch need not bring again
        return tip

    def move(self, old: ObjectID | None, new: ObjectID) -> None:
        def ours(refs: dict[Ref, ObjectID]) -> dict[Ref, ObjectID]:
            if refs.get(self._ref, ZERO_SHA) != (old or ZERO_SHA):
                raise Moved
            return {self._ref: new}

        with self._explained():
            result = self._client.send_pack(os.fsencode(self._path), ours, self.store.generate_pack_data)
        reason = (result.ref_status or {}).get(self._ref)
        if reason:
            self._refused(old, reason)

    def close(self) -> None:
        for answer in self._answers:
            answer.close()
        self._client.close()
        self._repo.close()
        self._folder.cleanup()

    def _refused(self, old: ObjectID | None, reason: str) -> None:
        """The server took the objects but not the new tip: because another came first, or because it does not want it."""
        if self.head() != old:
            raise Moved
        raise RepositoryError("practice.error.refused", target=self.shown, reason=shorten(line(reason), 200))

    def _wanted(self, refs: Mapping[Ref, ObjectID], depth: int | None = None) -> list[ObjectID]:
        """The tips of the default branch and of `main`, unless they are here already."""
        tips = {refs.get(_HEAD), refs.get(_MAIN)}
        return sorted(tip for tip in tips if tip and tip not in self.store)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except HTTPUnauthorized as error:
            raise RepositoryError(f"practice.error.token_{'refused' if self._token else 'needed'}", target=self.shown) from error
        except NotGitRepository as error:
            raise RepositoryError("practice.error.not_found", target=self.shown) from error
        except SendPackError as error:
            raise RepositoryError("practice.error.refused", target=self.shown, reason=shorten(line(str(error)), 200)) from error
        except GitProtocolError as error:
            raise RepositoryError(_reason(error), target=self.shown) from error
        except OSError as error:
            raise RepositoryError("practice.error.unreachable", target=self.shown) from error
        except (ValueError, AssertionError) as error:  # what came was no answer of the protocol
            raise RepositoryError("practice.error.not_git", target=self.shown) from error


def _chosen(default: Ref | None, branches: Mapping[Ref, ObjectID | None]) -> Ref:
    """The branch that takes the records: the default one, or `main` where the default is only a name yet and `main` is not."""
    if default and (branches.get(default) or not branches.get(_MAIN)):
        return default
    return _MAIN


def _name(ref: Ref) -> str:
    return ref.decode("utf-8", "replace").removeprefix("refs/heads/")


def _reason(error: GitProtocolError) -> str:
    """The sentence for what a server, ssh or the protocol said."""
    said = str(error)
    if "http resp 403" in said or "access denied" in said or "Permission denied" in said:
        return "practice.error.forbidden"
    if isinstance(error, HangupException) or error.__cause__ or "http resp 5" in said:  # a cause is an error of the network
        return "practice.error.unreachable"
    return "practice.error.not_git"


def _remembered(client: GitClient) -> list[Any]:
    """The answers that a client will get over http, to be closed: dulwich leaves those open that it does not read to the end."""
    answers: list[Any] = []
    pool = getattr(client, "pool_manager", None)
    if pool is not None:
        ask = pool.request

        def request(*args: Any, **named: Any) -> Any:
            answers.append(ask(*args, **named))
            return answers[-1]

        pool.request = request
    return answers


def _made(path: Path) -> None:
    """Make a bare repository appear at `path` in one step, so that two that begin at once end up with the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".practices-", dir=path.parent) as workshop:
        fresh = Path(workshop) / "new.git"
        Repo.init_bare(str(fresh), mkdir=True, default_branch=BRANCH).close()
        try:
            fresh.rename(path)
        except OSError:
            if not (path / "HEAD").exists():  # another process was first, else it is a real fault
                raise
