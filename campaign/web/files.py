"""Tải tệp: the one way in which a stored file leaves, after its page decided who may have it."""

from typing import IO
from urllib.parse import quote

from flask import Response, send_file

from campaign.core.text import file_name, named_by_content, without_tones

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


SHOWN_TYPES = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
"""Loại tệp xem được ngay: what a browser draws by itself and runs nothing of."""
_SHOWN_POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src 'self' data:",
        "style-src 'unsafe-inline'",
        "object-src 'self'",
        "frame-ancestors 'self'",
        "sandbox",
    )
)


def show_stored(stream: IO[bytes], *, name: str, media_type: str) -> Response:
    """Cho xem tệp in the browser, beside the page that names it: only of a kind that it draws by
    itself, else as a download.
    """
    response = send_stored(stream, name=name, media_type=media_type)
    if media_type in SHOWN_TYPES:
        response.headers["Content-Disposition"] = "inline" + response.headers[
            "Content-Disposition"
        ].removeprefix("attachment")
        response.headers["Content-Security-Policy"] = _SHOWN_POLICY
    return response


def send_stored(stream: IO[bytes], *, name: str, media_type: str) -> Response:
    """Gửi tệp as an attachment under its Vietnamese name, fit for Windows; never shown inline,
    never sniffed, never cached.

    A client that reads no Vietnamese names gets the same letters without tones.
    """
    fit = named_by_content(file_name(name), media_type)
    plain = without_tones(fit).encode("ascii", "replace").decode().replace("?", "_")
    response = send_file(
        stream, mimetype=media_type, as_attachment=True, download_name=plain, max_age=0
    )
    if plain != fit:
        response.headers["Content-Disposition"] = (
            f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(fit, safe='')}"
        )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
