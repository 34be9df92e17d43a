"""A bare Git repository in a folder of this machine."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dulwich.errors import NotGitRepository
from dulwich.file import FileLocked
from dulwich.objects import ZERO_SHA, ObjectID
from dulwich.refs import Ref
from dulwich.repo import Repo

from facilitate.practices.errors import Moved, RepositoryError
from facilitate.practices.places import BRANCH, HEAD, MAIN, chosen, name


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
        self._ref = MAIN

    @property
    def store(self) -> Any:
        return self._repo.object_store

    @property
    def branch(self) -> str:
        return name(self._ref)

    def head(self) -> ObjectID | None:
        with self._explained():
            self._repo.close()  # opened anew, since packs and packed branches may have changed on the disk
            self._repo = Repo(self.shown)
        self.store.fsync_object_files = True  # the branch must never point at what a power cut took away
        branches = self._repo.refs.as_dict()
        self._ref = chosen(Ref(self._repo.refs.follow(HEAD)[0][-1]), branches)
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
