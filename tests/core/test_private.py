"""What stands on the disk is the program's alone."""

import errno
import os
from pathlib import Path

import pytest

from campaign.core.private import database_files, from_now_on, local_folder, make_private


def test_what_stood_open_is_closed_and_links_are_not_followed(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    outside.chmod(0o644)
    store = tmp_path / "store"
    (store / "ab").mkdir(parents=True)
    (store / "ab" / "file").write_text("x")
    (store / "ab" / "file").chmod(0o666)
    (store / "link").symlink_to(outside)
    make_private([store, tmp_path / "missing"])
    assert (oct(store.stat().st_mode & 0o777), oct((store / "ab").stat().st_mode & 0o777)) == (
        "0o700",
        "0o700",
    )
    assert oct((store / "ab" / "file").stat().st_mode & 0o777) == "0o600"
    assert oct(outside.stat().st_mode & 0o777) == "0o644"


@pytest.mark.parametrize("number", [errno.EPERM, errno.EROFS, errno.ENOENT])
def test_what_cannot_be_closed_is_left_and_stops_nothing(tmp_path, monkeypatch, number):
    def refuse(*_arguments, **_options):
        raise OSError(number, "")

    (tmp_path / "file").write_text("x")
    (tmp_path / "file").chmod(0o644)
    monkeypatch.setattr(Path, "chmod", refuse)
    make_private([tmp_path / "file"])
    assert oct((tmp_path / "file").stat().st_mode & 0o777) == "0o644"


def test_what_is_private_already_is_left_as_it_is(tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "file").chmod(0o400)
    make_private([tmp_path])
    assert oct((tmp_path / "file").stat().st_mode & 0o777) == "0o400"


def test_every_folder_is_looked_into_but_one_that_cannot_be_read(tmp_path, monkeypatch):
    files = [tmp_path / name / "file" for name in ("a/b", "c/d/e", "shut/f")]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text("x")
        file.chmod(0o644)
    look = os.scandir

    def shut(folder):
        if Path(folder).name == "shut":
            raise PermissionError(errno.EACCES, "")
        return look(folder)

    monkeypatch.setattr(os, "scandir", shut)
    make_private([tmp_path / "a", tmp_path / "c", tmp_path / "shut"])
    assert [oct(file.stat().st_mode & 0o777) for file in files] == ["0o600", "0o600", "0o644"]


def test_the_umask_leaves_nothing_to_others():
    before = os.umask(0o022)
    try:
        from_now_on()
        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)


def test_which_files_a_database_and_a_store_have_here():
    assert [str(file) for file in database_files("sqlite:////srv/a.db?timeout=5")] == [
        "/srv/a.db",
        "/srv/a.db-wal",
        "/srv/a.db-shm",
        "/srv/a.db-journal",
    ]
    assert [str(file) for file in database_files("sqlite:///b.db")][:2] == ["b.db", "b.db-wal"]
    assert [
        database_files(url)
        for url in (
            "sqlite://",
            "sqlite:///",
            "sqlite:///:memory:",
            "sqlite:///:memory:?cache=shared",
            "postgresql+psycopg://x/y",
        )
    ] == [[], [], [], [], []]
    assert [local_folder(url) for url in ("file:///srv/e", "/srv/e", "s3://bucket/e")] == [
        [Path("/srv/e")],
        [Path("/srv/e")],
        [],
    ]
