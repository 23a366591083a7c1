"""Lỗi của máy: what a machine refuses, in Vietnamese, without a path and without its own words."""

import errno

_WORDS = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.ENOTDIR: "không có thư mục này",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.EACCES: "không có quyền đọc hoặc ghi",
    errno.EPERM: "không có quyền đọc hoặc ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết dung lượng được cấp",
    errno.EFBIG: "tệp quá lớn",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.EIO: "ổ đĩa gặp lỗi khi đọc hoặc ghi",
}


def os_words(error: BaseException) -> str:
    """Vì sao máy không làm được, in a few words; of any other fault that the content is broken."""
    if isinstance(error, OSError) and error.errno is not None:
        return _WORDS.get(error.errno, "máy không đọc hoặc ghi được tệp")
    return "nội dung tệp đã hỏng hoặc không đúng loại"


def is_full(error: BaseException | None) -> bool:
    """Ổ đĩa đã đầy: of a file, or of the database."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return _name_of(error) in {"SQLITE_FULL", _POSTGRESQL_FULL}


def is_read_only(error: BaseException | None) -> bool:
    """Ổ đĩa chỉ cho đọc, of a file or of the database."""
    if isinstance(error, OSError):
        return error.errno == errno.EROFS
    return _name_of(error).startswith("SQLITE_READONLY")


def lacks_a_step(error: BaseException | None) -> bool:
    """Cơ sở dữ liệu chưa nâng cấp: a table or a column that this program knows is not there."""
    if _name_of(error) == "SQLITE_ERROR":
        return str(error).startswith(("no such table", "no such column"))
    return _name_of(error) in _POSTGRESQL_LACKS


_POSTGRESQL_FULL = "53100"
_POSTGRESQL_LACKS = {"42P01", "42703"}


def _name_of(error: BaseException | None) -> str:
    """What a driver calls its fault: sqlite3 by a name, psycopg by a number."""
    return str(getattr(error, "sqlite_errorname", "") or getattr(error, "sqlstate", ""))
