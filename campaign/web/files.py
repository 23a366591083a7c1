"""Tải tệp: the one way in which a stored file leaves, after its page decided who may have it."""

from typing import IO

from flask import Response, send_file

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_stored(stream: IO[bytes], *, name: str, media_type: str) -> Response:
    """Gửi tệp as an attachment under its Vietnamese name; never shown inline, never sniffed, never cached."""
    response = send_file(stream, mimetype=media_type, as_attachment=True, download_name=name, max_age=0)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
