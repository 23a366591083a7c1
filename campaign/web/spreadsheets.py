"""Bảng tính ra và vào: tables of a page leave saying what they are; files are read with care."""

from collections.abc import Sequence

from flask import Response, request
from flask_login import current_user

from campaign.core.errors import refuse
from campaign.core.points import PLACES
from campaign.papers.reading import Book, read
from campaign.papers.workbook import About, Table, write
from campaign.web import clock
from campaign.web.files import EXCEL, send_stored
from campaign.web.outside import looked_at


def received(missing: str) -> Book:
    """Đọc bảng tính vừa gửi in the field `file`; `missing` is the sentence where there is none."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        refuse(missing)
    with looked_at():
        return read(sent.stream)


def send_tables(
    tables: Sequence[Table],
    *,
    title: str,
    state: str,
    name: str,
    notes: Sequence[tuple[str, str]] = (),
    points_places: int = PLACES,
) -> Response:
    """Gửi bảng tính; `notes` are the filters in force and what else the reader should know;
    `points_places` the decimals of the plan, where there are columns of points.
    """
    about = About(title, clock.now(), current_user.full_name, state, notes)
    book = write(tables, about, points_places=points_places)
    return send_stored(book, name=f"{name}.xlsx", media_type=EXCEL)
