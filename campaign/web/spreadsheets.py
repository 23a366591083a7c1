"""Tải Excel: tables of a page leave with a sheet that says what, when, by whom and from which state."""

from collections.abc import Sequence

from flask import Response
from flask_login import current_user

from campaign.papers.workbook import About, Table, write
from campaign.web import clock
from campaign.web.files import EXCEL, send_stored


def send_tables(tables: Sequence[Table], *, title: str, state: str, name: str, notes: Sequence[tuple[str, str]] = ()) -> Response:
    """Gửi bảng tính; `notes` are the filters in force and what else the reader should know."""
    about = About(title, clock.now(), current_user.full_name, state, notes)
    return send_stored(write(tables, about), name=f"{name}.xlsx", media_type=EXCEL)
