"""A Git repository of practices: a bare one in a folder, or any that is reached by http, https, git or ssh.

Each practice has the folder `practices/<year>/<slug>--<first digits of its id>/` with one file per format. The top holds
README.md (an index), CITATION.cff, LICENSES/ and WITHDRAWN.md. A publication is one commit, `practice <id> v<n>:
<title>`, by the identity of the service, at the time that the record bears: the same records on the same history give
the same commits. Where the branch moved meanwhile, it is read again and the records are put on top, up to five times.
"""

import os
import re
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dulwich.errors import ApplyDeltaError, ChecksumMismatch, FileFormatException, ObjectMissing
from dulwich.objects import Commit, ObjectID

from facilitate.practices import files as practice_files
from facilitate.practices import frontpage
from facilitate.practices.addresses import Address
from facilitate.practices.checks import problems
from facilitate.practices.errors import Moved, RepositoryError
from facilitate.practices.folders import Folder
from facilitate.practices.places import SCHEME, Place, shown
from facilitate.practices.plans import Change, Diff, found_in, practices_in, publication
from facilitate.practices.record import instant
from facilitate.practices.texts import line
from facilitate.practices.trees import Files

NAME = "git"
IDENTITY = "facilitate <practices@facilitate.invalid>"
"""Author of every commit: a service, because history cannot be erased and so must name nobody."""

_SHORT_SSH = re.compile(r"[\w.-]+@[\w.-]+:[^:]+")

REPLAYS = 5
PAUSE = 0.05
"""Seconds before the first replay, doubled for each further one."""


class Repository:
    """A Git repository that takes practice records; a context manager, because it holds files and connections."""

    def __init__(self, target: str, token: str | None = None, identity: str = IDENTITY) -> None:
        """`target`: folder or address; `token`: password for http and https; raises RepositoryError where there is no repository."""
        self.place = _opened(target, token)
        self.identity = identity.encode("utf-8")

    def __enter__(self) -> "Repository":
        return self

    def __exit__(self, *_: object) -> None:
        self.place.close()

    def plan(self, records: list[dict[str, Any]]) -> Diff:
        """What sending these sealed records would change; nothing is written."""
        for record in records:
            for problem in problems(record):
                raise RepositoryError(problem["key"], **problem["values"])
        return self._planned([(record, None) for record in records])

    def push(self, diff: Diff) -> list[dict[str, Any]]:
        """Write the changes, replaying them where the branch moved; one receipt per record, in the order of the records.

        Receipt: {id, state, version, fingerprint, target, branch, commit, path, files {name: sha256}}. `commit` is the one
        that brought this version, also where it had been sent before. All records arrive, or none.
        """
        lock = ""
        for replay in range(REPLAYS + 1):
            if replay:
                time.sleep(PAUSE * 2 ** (replay - 1))
                diff = self._planned(diff.wishes)
            try:
                with self._sound():
                    tip, receipts = self._written(diff)
                    if tip and tip != diff.base:
                        self.place.move(diff.base, tip)
                return receipts
            except Moved as moved:
                lock = str(moved)
        if lock:
            raise RepositoryError("practice.error.locked", target=self.place.shown, file=lock)
        raise RepositoryError("practice.error.moved", target=self.place.shown)

    def verify(self, receipt: dict[str, Any]) -> bool:
        """Whether the receipt's commit is in the branch and holds the files with the checksums of the receipt."""
        with self._sound():
            tip = self.place.head()
            if receipt["commit"].encode() not in self._history(tip):
                return False
            held = self._files(ObjectID(receipt["commit"].encode()))
            return all(_sum(held.read(f"{receipt['path']}/{name}")) == checksum for name, checksum in receipt.get("files", {}).items())

    def withdraw(self, ident: str, at: str) -> dict[str, Any]:
        """Take a practice out on the day `at` (ISO 8601), leaving only its id; it stays in the history. The receipt."""
        return self.push(self._planned([(ident, at)]))[0]

    def _planned(self, wishes: list[tuple[dict[str, Any] | str, str | None]]) -> Diff:
        with self._sound():
            base = self.place.head()
            held = self._files(base)
            practices, gone = practices_in(held), frontpage.withdrawn(held)
        changes = []
        for wish, at in wishes:
            change = self._withdrawal(wish, at, practices, gone) if isinstance(wish, str) else publication(wish, practices, gone)
            if change.at:
                gone.add(change.record["id"])
                practices.pop(change.folder, None)
            elif change.commits:
                practices[change.folder] = change.record
            changes.append(change)
        return Diff(base, changes, wishes)

    def _withdrawal(self, ident: str, at: str | None, practices: dict[str, dict[str, Any]], gone: set[str]) -> Change:
        folder = found_in(ident, practices)
        if folder:
            return Change("withdrawn", practices[folder], folder, at=at)
        if ident in gone:
            return Change("withdrawn", {"id": ident}, "")
        raise RepositoryError("practice.error.unknown_id", target=self.place.shown)

    def _written(self, diff: Diff) -> tuple[ObjectID | None, list[dict[str, Any]]]:
        """Make the commits, on no branch yet: (the last one, the receipts)."""
        tip, receipts = diff.base, []
        held = self._files(tip)
        practices, sent = practices_in(held), self._sent(diff)
        for change in diff.changes:
            if change.at:
                held.remove(change.folder)
                practices.pop(change.folder)
                frontpage.add_withdrawn(held, change.record, change.at)
            elif change.commits:
                if change.old:
                    held.remove(f"{change.folder}/{change.old}")
                for name, content in practice_files.rendered(change.record).items():
                    held.write(f"{change.folder}/{name}", content)
                practices[change.folder] = change.record
            if change.commits:
                frontpage.bring_up_to_date(held, practices)
                tip = self._commit(tip, held, change)
            receipts.append(self._receipt(tip, held, change, sent))
        return tip, receipts

    def _commit(self, parent: ObjectID | None, held: Files, change: Change) -> ObjectID:
        commit, record = Commit(), change.record
        commit.tree = held.save()
        commit.parents = [parent] if parent else []
        commit.author = commit.committer = self.identity
        commit.author_time = commit.commit_time = _seconds(change)
        commit.author_timezone = commit.commit_timezone = 0
        told = f"practice {record['id']} withdrawn" if change.at else f"{_subject(record)}: {line(next(iter(record['title'].values())))}"
        commit.message = f"{told}\n".encode()
        self.place.store.add_object(commit)
        return commit.id

    def _receipt(self, tip: ObjectID | None, held: Files, change: Change, sent: dict[str, ObjectID]) -> dict[str, Any]:
        record = change.record
        receipt: dict[str, Any] = {"id": record["id"], "state": change.state, "target": self.place.shown, "branch": self.place.branch}
        if change.state != "withdrawn":
            before = sent.get(_subject(record))
            if before and self._files(before).id(change.folder):
                tip, held = before, self._files(before)
            sums = {name: _sum(held.read(f"{change.folder}/{name}")) for name in held.names(change.folder)}
            receipt |= {"version": record["version"], "fingerprint": record["fingerprint"], "path": change.folder}
            receipt["files"] = {name: checksum for name, checksum in sums.items() if checksum}
        return receipt | {"commit": tip.decode() if tip else None}

    def _sent(self, diff: Diff) -> dict[str, ObjectID]:
        """{subject: commit} of the commits that brought what is there already, found in one walk through the history."""
        wanted = {_subject(change.record) for change in diff.changes if change.state == "unchanged"}
        found: dict[str, ObjectID] = {}
        for commit in self._history(diff.base) if wanted else ():
            subject = self.place.store[commit].message.decode("utf-8", "replace").partition(":")[0]
            if subject in wanted:
                found.setdefault(subject, commit)
                if len(found) == len(wanted):
                    break
        return found

    def _history(self, tip: ObjectID | None) -> Iterator[ObjectID]:
        """The tip and every commit before it, along all parents: people merge."""
        ahead, seen = [tip] if tip else [], set()
        while ahead:
            commit = ahead.pop()
            if commit not in seen:
                seen.add(commit)
                yield commit
                ahead += self.place.store[commit].parents

    def _files(self, commit: ObjectID | None) -> Files:
        return Files(self.place.store, self.place.store[commit].tree if commit else None)

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Says in a sentence that objects are missing or unreadable."""
        try:
            yield
        except (KeyError, ObjectMissing, ChecksumMismatch, FileFormatException, ApplyDeltaError, zlib.error) as error:
            raise RepositoryError("practice.error.damaged", target=self.place.shown) from error
        except OSError as error:
            raise RepositoryError("practice.error.not_writable", target=self.place.shown, reason=os.strerror(error.errno or 0)) from error


def _opened(target: str, token: str | None) -> Place:
    """The place for a setting: a folder, `file://…`, or an address by http, https, git or ssh."""
    scheme = SCHEME.match(target)
    if not scheme and _SHORT_SSH.fullmatch(target):
        return Address(target, token)
    if not scheme:
        return Folder(Path(target))
    if scheme[1].lower() == "file":
        return Folder(Path(unquote(urlsplit(target).path)))
    if scheme[1].lower() in ("http", "https", "git", "ssh"):
        return Address(target, token)
    raise RepositoryError("practice.error.scheme", target=shown(target))


def _seconds(change: Change) -> int:
    """When the commit says it was made: the time in the record, so that no clock decides over its bytes."""
    dates = change.record.get("dates")
    dates = dates if isinstance(dates, dict) else {}
    moment = instant(change.at) or instant(dates.get("modified")) or instant(dates.get("created"))
    return int(datetime.fromisoformat(moment).timestamp()) if moment else 0


def _subject(record: dict[str, Any]) -> str:
    """How the message of a publication begins."""
    return f"practice {record['id']} v{record['version']}"


def _sum(content: bytes | None) -> str | None:
    return sha256(content).hexdigest() if content is not None else None
