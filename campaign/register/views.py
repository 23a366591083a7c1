"""Sổ khen thưởng: the register of all years."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from campaign.core.amounts import dong
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.honours import queries as entries
from campaign.honours.rules import Subject
from campaign.register import queries, workbook
from campaign.web.access import requires
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

register = Blueprint("register", __name__)


def _asked() -> tuple[str, int | None, Subject | None]:
    """Điều kiện tìm: words, year and subject."""
    asked = request.args.get("subject", "")
    return (
        request.args.get("q", "").strip(),
        request.args.get("year", type=row_id),
        Subject(asked) if asked in set(Subject) else None,
    )


@register.get("/")
@requires(Permission.AWARD_READ)
def index() -> ResponseReturnValue:
    """Sổ khen thưởng: searched by name, year and subject, with statistics."""
    words, year, subject = _asked()
    page = paginate(queries.register(words=words, year=year, subject=subject), number=page_number())
    return render_template(
        "register/index.html",
        page=page,
        q=words,
        year=year,
        subject=subject or "",
        subjects=Subject,
        past=paginate(
            entries.past_awards(words=words, year=year, subject=subject),
            number=page_number("past"),
        ),
        granted=queries.granted_upwards(words=words, year=year, subject=subject),
        years=queries.register_years(),
        statistics=queries.statistics(),
        dong=dong,
    )


@register.get("/excel")
@requires(Permission.AWARD_READ)
def spreadsheet() -> ResponseReturnValue:
    """Sổ khen thưởng ra Excel, with the conditions of the page in force."""
    words, year, subject = _asked()
    lines = db.session.scalars(queries.register(words=words, year=year, subject=subject))
    past = db.session.scalars(entries.past_awards(words=words, year=year, subject=subject))
    granted = queries.granted_upwards(words=words, year=year, subject=subject)
    standing, ended = queries.register_money(words=words, year=year, subject=subject)
    notes = [
        ("Tên có", words or "tất cả"),
        ("Năm", str(year) if year else "mọi năm"),
        ("Đối tượng", subject.label if subject else "tất cả"),
        ("Tổng tiền thưởng", dong(standing)),
        ("Tổng tiền đã hết hiệu lực", dong(ended)),
    ]
    tables = workbook.register(lines, queries.statistics(), past, granted)
    return send_tables(
        tables,
        title="Sổ khen thưởng",
        state="các quyết định đã ký",
        name="so-khen-thuong",
        notes=notes,
    )
