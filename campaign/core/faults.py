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


def is_full(error: OSError) -> bool:
    """Ổ đĩa đã đầy."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}
