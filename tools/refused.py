"""Điều máy chủ tự từ chối: what waitress refuses before the application is asked, in Vietnamese."""

from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

_PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{words}</p><p><a href="/">Về trang đầu</a></p></body></html>
"""
_LARGE = (
    "Dữ liệu quá lớn",
    "Tệp hoặc nội dung vừa gửi lớn hơn mức cho phép nên không nhận; chưa ghi gì. Hãy quay lại, "
    "chia nhỏ hoặc nén tệp rồi gửi lại.",
)
_BROKEN = (
    "Hệ thống gặp lỗi",
    "Câu trả lời bị đứt giữa chừng. Hãy tải lại trang và thử lại.",
)
_UNREADABLE = (
    "Yêu cầu không hợp lệ",
    "Máy chủ không đọc được yêu cầu này. Hãy tải lại trang và thử lại; nếu vẫn vậy, hãy xoá cookie "
    "của trang này.",
)
_REASONS = {
    400: "Bad Request",
    413: "Content Too Large",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
}


def page(code: int) -> bytes:
    """Trang báo lỗi of this status."""
    title, words = {413: _LARGE, 500: _BROKEN}.get(code, _UNREADABLE)
    return _PAGE.format(title=title, words=words).encode()


class RefusalTask(ErrorTask):  # type: ignore[misc]
    """Câu trả lời cho một yêu cầu không đọc được: no word of the library's own."""

    def execute(self) -> None:
        """Write the page; the connection ends with it."""
        code: Any = self.request.error.code
        body = page(code)
        self.status = f"{code} {_REASONS.get(code, 'Error')}"
        self.response_headers += [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", "default-src 'none'"),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]
    """Một kết nối."""

    error_task_class = RefusalTask
