"""Tải tệp: the one way in which a stored file leaves, after its page decided who may have it."""

from typing import IO
from urllib.parse import quote

from flask import Response, send_file

from campaign.core.text import file_name, without_tones

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


SHOWN_TYPES = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
"""Loại tệp xem được ngay: what a browser draws by itself and runs nothing of."""
_DRAWN_APART = "application/pdf"
"""A browser's PDF viewer is a process of its own that takes no part in the policy; some show nothing under `sandbox`."""
_SHOWN_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def show_stored(stream: IO[bytes], *, name: str, media_type: str) -> Response:
    """Cho xem tệp in the browser, beside the page that names it: only of a kind that it draws by itself, else as a download."""
    response = send_stored(stream, name=name, media_type=media_type)
    if media_type in SHOWN_TYPES:
        response.headers["Content-Disposition"] = "inline" + response.headers["Content-Disposition"].removeprefix("attachment")
        response.headers["Content-Security-Policy"] = _SHOWN_POLICY + ("" if media_type == _DRAWN_APART else "; sandbox")
    return response


def send_stored(stream: IO[bytes], *, name: str, media_type: str) -> Response:
    """Gửi tệp as an attachment under its Vietnamese name, fit for Windows; never shown inline, never sniffed, never cached.

    A client that reads no Vietnamese names gets the same letters without tones.
    """
    fit = file_name(name)
    plain = without_tones(fit).encode("ascii", "replace").decode().replace("?", "_")
    response = send_file(stream, mimetype=media_type, as_attachment=True, download_name=plain, max_age=0)
    if plain != fit:
        response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(fit, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
