"""Changing the files of a Git tree without a working copy."""

from dulwich.object_store import MemoryObjectStore

from facilitate.practices.trees import Files

EMPTY = b"4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def test_files_are_written_read_and_removed() -> None:
    store = MemoryObjectStore()
    files = Files(store, None)
    files.write("a/b/c", b"1")
    files.write("a/d", b"2")
    assert files.read("a/b/c") == b"1" and files.id("a") is None, "waiting until it is saved"
    files = Files(store, files.save())
    assert (files.read("a/b/c"), files.read("a/d"), files.read("a"), files.read("a/d/x")) == (b"1", b"2", None, None)
    assert list(files.names("a")) == ["b", "d"] and list(files.names("a/d")) == []
    files.remove("a/b/c")
    files.remove("not/there")
    assert files.read("a/b/c") is None
    assert files.save() and list(files.names("a")) == ["d"] and list(files.names("")) == []


def test_the_order_of_writing_does_not_matter_and_nothing_gives_the_empty_tree() -> None:
    one, other = Files(MemoryObjectStore(), None), Files(MemoryObjectStore(), None)
    for path in ("x/1", "x/2", "y"):
        one.write(path, path.encode())
    for path in ("y", "x/2", "x/1"):
        other.write(path, path.encode())
    assert one.save() == other.save()
    one.remove("x")
    one.remove("y")
    assert one.save() == EMPTY


def test_only_what_is_saved_is_stored() -> None:
    store = MemoryObjectStore()
    files = Files(store, None)
    for step in range(5):
        files.write("a", b"%d" % step)
    files.save()
    assert len(list(store)) == 2, "one file, one tree"


def test_a_file_gives_way_to_a_folder_and_back() -> None:
    files = Files(MemoryObjectStore(), None)
    files.write("a", b"1")
    files.save()
    files.write("a/b", b"2")
    files.save()
    assert files.read("a/b") == b"2"
    files.write("a", b"3")
    files.save()
    assert files.read("a") == b"3" and files.read("a/b") is None
