"""What a machine refuses, in words."""

import errno

import pytest

from campaign.core.faults import is_full, os_words


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


@pytest.mark.parametrize(
    ("number", "full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EIO, False)]
)
def test_a_full_disk_is_told_from_other_faults(number, full):
    assert is_full(OSError(number, "")) is full
