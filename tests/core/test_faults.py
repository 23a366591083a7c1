"""What a machine refuses, in words."""

import errno
import sqlite3

import psycopg.errors
import pytest

from campaign.core.faults import is_full, is_read_only, lacks_a_step, os_words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOENT, "/srv/x"), "không có tệp hoặc thư mục này"),
        (OSError(errno.EPERM, "/srv/x"), "không có quyền đọc hoặc ghi"),
        (OSError(errno.EROFS, "/srv/x"), "ổ đĩa chỉ cho đọc"),
        (OSError(errno.ENOSPC, "/srv/x"), "ổ đĩa đã đầy"),
        (OSError(errno.EPIPE, "/srv/x"), "máy không đọc hoặc ghi được tệp"),
        (OSError("no number"), "nội dung tệp đã hỏng hoặc không đúng loại"),
        (ValueError("/srv/x"), "nội dung tệp đã hỏng hoặc không đúng loại"),
    ],
)
def test_what_a_machine_cannot_do_is_said_without_its_own_words(error, words):
    assert os_words(error) == words


def _of_sqlite(name, words="database or disk is full"):
    fault = sqlite3.OperationalError(words)
    fault.sqlite_errorname = name
    return fault


@pytest.mark.parametrize(
    ("error", "full", "read_only"),
    [
        (OSError(errno.ENOSPC, ""), True, False),
        (OSError(errno.EDQUOT, ""), True, False),
        (OSError(errno.EROFS, ""), False, True),
        (OSError(errno.EACCES, ""), False, False),
        (OSError(errno.EIO, ""), False, False),
        (_of_sqlite("SQLITE_FULL"), True, False),
        (_of_sqlite("SQLITE_READONLY_DBMOVED"), False, True),
        (_of_sqlite("SQLITE_BUSY"), False, False),
        (psycopg.errors.DiskFull(), True, False),
        (psycopg.errors.AdminShutdown(), False, False),
        (ValueError("full"), False, False),
        (None, False, False),
    ],
)
def test_a_disk_that_takes_nothing_is_told_from_other_faults(error, full, read_only):
    assert (is_full(error), is_read_only(error)) == (full, read_only)


@pytest.mark.parametrize(
    ("error", "lacks"),
    [
        (_of_sqlite("SQLITE_ERROR", "no such column: campaign.scale"), True),
        (_of_sqlite("SQLITE_ERROR", "no such table: theme"), True),
        (_of_sqlite("SQLITE_ERROR", 'near "SELEC": syntax error'), False),
        (_of_sqlite("SQLITE_BUSY", "no such table"), False),
        (psycopg.errors.UndefinedColumn(), True),
        (psycopg.errors.UndefinedTable(), True),
        (psycopg.errors.SyntaxError(), False),
        (None, False),
    ],
)
def test_a_database_before_its_upgrade_is_told_from_other_faults(error, lacks):
    assert lacks_a_step(error) is lacks
