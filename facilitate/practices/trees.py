"""Reads and changes the files of a Git tree that lies in an object store, without any working copy."""

from collections.abc import Iterator
from typing import Any

from dulwich.objects import Blob, ObjectID, Tree

FILE, FOLDER = 0o100644, 0o040000


class Files:
    """The files under one tree, and changes to them that wait for `save`."""

    def __init__(self, store: Any, tree: ObjectID | None) -> None:
        """`store`: dulwich's object store; `tree`: id of the tree to begin with, None for no files at all."""
        self.store, self.tree = store, tree
        self._waiting: dict[str, bytes | None] = {}

    def read(self, path: str) -> bytes | None:
        """The content of a file, as last written; None where there is none."""
        if path in self._waiting:
            return self._waiting[path]
        found = self.id(path)
        thing = self.store[found] if found else None
        return bytes(thing.data) if isinstance(thing, Blob) else None

    def id(self, path: str) -> ObjectID | None:
        """The id of a file or folder as last saved; None where there is none."""
        found = self.tree
        for step in path.split("/"):
            tree = self.store[found] if found else None
            if not isinstance(tree, Tree) or step.encode() not in tree:
                return None
            found = tree[step.encode()][1]
        return found

    def names(self, path: str) -> Iterator[str]:
        """The names in a folder as last saved, in Git's order; none where there is no such folder."""
        found = self.id(path)
        tree = self.store[found] if found else None
        if isinstance(tree, Tree):
            yield from (entry.path.decode("utf-8", "replace") for entry in tree.items())

    def write(self, path: str, content: bytes) -> None:
        """Put a file there, with the folders that lead to it."""
        self._waiting[path] = content

    def remove(self, path: str) -> None:
        """Take away a file or a folder with all that is in it; folders that become empty go too."""
        self._waiting[path] = None

    def save(self) -> ObjectID:
        """Store what was changed, once, so that no halfway tree is left behind; the id of the new tree."""
        changes = {tuple(path.split("/")): content for path, content in self._waiting.items()}
        self._waiting = {}
        self.tree = self._saved(self.tree, changes)
        if self.tree is None:  # no file is left
            empty = Tree()
            self.store.add_object(empty)
            self.tree = empty.id
        return self.tree

    def _saved(self, tree: ObjectID | None, changes: dict[tuple[str, ...], bytes | None]) -> ObjectID | None:
        """The tree with the changes, each under the steps of its path; None where nothing is left in it."""
        old, new = self.store[tree] if tree else None, Tree()
        for known in old.items() if isinstance(old, Tree) else ():
            new.add(known.path, known.mode, known.sha)
        for name in dict.fromkeys(path[0] for path in changes):
            step, mode = name.encode(), FILE
            below = {path[1:]: content for path, content in changes.items() if path[0] == name}
            if () in below:
                content = below[()]
                found = None if content is None else self._stored(content)
            else:
                mode, found = FOLDER, self._saved(new[step][1] if step in new else None, below)
            if found:
                new[step] = (mode, found)
            elif step in new:
                del new[step]
        if not len(new):
            return None
        self.store.add_object(new)
        return new.id

    def _stored(self, content: bytes) -> ObjectID:
        blob = Blob.from_string(content)
        self.store.add_object(blob)
        return blob.id
