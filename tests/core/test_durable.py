"""Files that are whole on the disk, or not there at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from campaign.core.durable import make_folder, sync_folder, whole_file


class Broken(Exception):
    """Something went wrong half way."""


@pytest.fixture
def synced(monkeypatch):
    """What was put on the disk for good, in order: the names of files and folders."""
    names = []
    sync = os.fsync

    def note(descriptor):
        names.append(os.path.basename(os.readlink(f"/proc/self/fd/{descriptor}")))  # noqa: PTH119, PTH115
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    return names


def _mode(path):
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_a_file_has_its_name_only_when_all_of_it_is_on_the_disk(tmp_path, synced):
    path = tmp_path / "a.pdf"
    with whole_file(path) as target:
        target.write(b"half")
        assert [file.name for file in tmp_path.iterdir()] == ["a.pdf.partial"]
        target.write(b" and half")
    assert ([file.name for file in tmp_path.iterdir()], path.read_bytes()) == (
        ["a.pdf"],
        b"half and half",
    )
    assert _mode(path) == "0o600"
    assert synced == ["a.pdf.partial", tmp_path.name]


def test_all_that_was_written_is_handed_over_before_it_is_synced(tmp_path, monkeypatch):
    sizes = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: sizes.append(os.fstat(descriptor).st_size))
    with whole_file(tmp_path / "a") as target:
        target.write(b"four")
    assert sizes[0] == 4


def test_a_file_takes_the_place_of_the_one_before(tmp_path):
    (tmp_path / "a").write_bytes(b"a long text of before")
    with whole_file(tmp_path / "a") as target:
        target.write(b"new")
    assert (tmp_path / "a").read_bytes() == b"new"


def _fail_half_way(path, before_it=lambda: None):
    with whole_file(path) as target:
        target.write(b"half")
        before_it()
        raise Broken


def test_a_failure_leaves_nothing_and_is_told(tmp_path):
    (tmp_path / "a").write_bytes(b"before")
    with pytest.raises(Broken):
        _fail_half_way(tmp_path / "a")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"before"


def test_a_failure_is_told_even_where_the_half_file_is_gone_already(tmp_path):
    with pytest.raises(Broken):
        _fail_half_way(tmp_path / "a", (tmp_path / "a.partial").unlink)
    assert list(tmp_path.iterdir()) == []


def test_two_never_write_the_same_file(tmp_path):
    (tmp_path / "a.partial").write_bytes(b"another's")
    with pytest.raises(FileExistsError), whole_file(tmp_path / "a"):
        pytest.fail("two write at once")
    assert (tmp_path / "a.partial").read_bytes() == b"another's"


def test_a_folder_is_its_owners_alone_and_each_new_one_is_kept_by_the_one_above(tmp_path, synced):
    before = os.umask(0o022)
    try:
        make_folder(tmp_path / "one" / "two")
    finally:
        os.umask(before)
    assert [_mode(tmp_path / name) for name in ("one", "one/two")] == ["0o700", "0o700"]
    assert synced == [tmp_path.name, "one"]
    make_folder(tmp_path / "one" / "two")
    assert synced == [tmp_path.name, "one"]


def test_a_folder_that_another_makes_meanwhile_is_taken(tmp_path, monkeypatch):
    folder = tmp_path / "one"
    look = Path.is_dir

    def look_too_early(path):
        there = look(path)
        if path == folder and not there:
            folder.mkdir()
        return there

    monkeypatch.setattr(Path, "is_dir", look_too_early)
    make_folder(folder)
    assert look(folder)


@pytest.mark.parametrize(("number", "told"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_disk_that_cannot_keep_names_is_told_but_for_one_that_keeps_them_at_once(
    tmp_path, monkeypatch, number, told
):
    closed = []
    close = os.close

    def fail(_descriptor):
        raise OSError(number, "")

    def note(descriptor):
        closed.append(descriptor)
        close(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    monkeypatch.setattr(os, "close", note)
    try:
        sync_folder(tmp_path)
        failed = False
    except OSError:
        failed = True
    assert (failed, len(closed)) == (told, 1)


def test_only_a_folder_is_synced_as_one(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        sync_folder(tmp_path / "file")
