"""A Git repository behind an address: http, https, git or ssh."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from dulwich.client import GitClient, HTTPUnauthorized, get_transport_and_path
from dulwich.config import ConfigFile
from dulwich.errors import GitProtocolError, HangupException, NotGitRepository, SendPackError
from dulwich.objects import ZERO_SHA, ObjectID
from dulwich.refs import Ref
from dulwich.repo import Repo

from facilitate.practices.errors import Moved, RepositoryError
from facilitate.practices.places import BRANCH, HEAD, MAIN, chosen, name, shown
from facilitate.practices.texts import line, shorten

SECONDS = 30
"""How long an address may be silent."""

SSH = "ssh -oBatchMode=yes -oConnectTimeout=20"
"""A server cannot answer questions, so ssh must not ask any."""


class Address:
    """A repository behind an address, read into a folder of its own that is thrown away."""

    def __init__(self, target: str, token: str | None) -> None:
        self.shown, self._token = shown(target), token
        self._ref = MAIN
        # A config of our own: what the machine's owner set up for themselves (proxies, helpers, other addresses) is not ours.
        config = ConfigFile()
        config.set((b"http",), b"timeout", str(SECONDS).encode())
        user = urlsplit(target).username or "git" if token and target.lower().startswith("http") else None
        self._client, self._path = get_transport_and_path(target, config=config, username=user, password=token if user else None, ssh_command=SSH)
        self._answers = _remembered(self._client)
        self._folder = tempfile.TemporaryDirectory(prefix="practices-")
        self._repo = Repo.init_bare(self._folder.name, default_branch=BRANCH)

    @property
    def store(self) -> Any:
        return self._repo.object_store

    @property
    def branch(self) -> str:
        return name(self._ref)

    def head(self) -> ObjectID | None:
        with self._explained():
            result = self._client.fetch(self._path, self._repo, determine_wants=self._wanted)
        self._ref = chosen(result.symrefs.get(HEAD), result.refs)
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
        tips = {refs.get(HEAD), refs.get(MAIN)}
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
