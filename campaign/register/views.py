"""Sổ khen thưởng: the register of all years."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaign.charts.drawn import Drawn
from campaign.core.amounts import dong
from campaign.core.dates import format_date
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.papers.workbook import Table
from campaign.register import listing, pictures, queries, workbook
from campaign.register.listing import asked_register
from campaign.register.pictures import Given
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import Asked, page_of
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

register = Blueprint("register", __name__)


@register.get("/")
@requires(Permission.AWARD_READ)
def index() -> ResponseReturnValue:
    """Sổ khen thưởng: searched by name, year and subject, with statistics."""
    here = asked_register()
    figures = queries.figures()
    return render_template(
        "register/index.html",
        asked=here,
        page=paginate(listing.lines(here), number=page_number()),
        ended=listing.ended(here),
        past=paginate(listing.past(here), number=page_number("past")),
        granted=page_of(listing.granted(here), number=page_number("granted")),
        statistics=queries.statistics(figures),
        pictures=_pictures(figures.given(), here.number("year")),
        dong=dong,
    )


def _pictures(given: Sequence[Given], year: int | None) -> list[Drawn]:
    """Hình vẽ: over the years, then of the year asked for, else of the newest one."""
    chosen = year or max((row.year for row in given), default=0)
    source = (
        "Sổ khen thưởng: quyết định còn hiệu lực, khen thưởng của cấp trên, hồ sơ cũ; "
        f"{format_date(clock.today())}."
    )
    years = pictures.over_years(given, source)
    return [
        *([years] if years else []),
        *pictures.of_one([row for row in given if row.year == chosen], f"Năm {chosen}. {source}"),
    ]


@register.get("/excel")
@requires(Permission.AWARD_READ)
def spreadsheet() -> ResponseReturnValue:
    """Sổ khen thưởng ra Excel, with the conditions of the page in force."""
    here = asked_register()
    standing, ended = listing.money(here)
    return send_tables(
        _tables(here),
        title="Sổ khen thưởng",
        state="các quyết định đã ký",
        name="so-khen-thuong",
        notes=[
            *here.told(),
            ("Tổng tiền thưởng", dong(standing)),
            ("Tổng tiền đã hết hiệu lực", dong(ended)),
            ("Biểu theo nhóm đối tượng, phong trào", "chưa đối chiếu với mẫu biểu thống kê"),
        ],
    )


def _tables(here: Asked) -> list[Table]:
    """The register as the page shows it, and what is counted in it."""
    figures = queries.figures()
    return workbook.register(
        db.session.scalars(listing.lines(here)),
        queries.statistics(figures),
        db.session.scalars(listing.past(here)),
        listing.granted(here),
        queries.by_subject_group(figures),
        queries.drives(),
    )
