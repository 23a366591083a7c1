"""Ai đã đọc hồ sơ: the page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.accounts.models import User
from campaign.core.permissions import Permission
from campaign.readings import queries
from campaign.readings.models import DossierReading
from campaign.readings.rules import Dossier
from campaign.web.access import requires
from campaign.web.lists import Asked, Column, Filter, asked, choices_of
from campaign.web.paging import page_number, paginate

readings = Blueprint("readings", __name__)

COLUMNS = (
    Column("at", "Lúc", (DossierReading.at,)),
    Column("reader", "Ai đọc", (User.sort_key,)),
)


def _asked_readings() -> Asked:
    """Điều kiện của danh sách lượt đọc."""
    filters = [
        Filter("campaign", "Phong trào", tuple(queries.titles())),
        Filter("what", "Hồ sơ", choices_of(Dossier)),
    ]
    return asked(COLUMNS, filters, search="Người đọc")


@readings.get("/")
@requires(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    """Ai đã đọc hồ sơ của ai; names only for whoever reads the nominations themselves."""
    here = _asked_readings()
    rows = queries.readings(
        campaign_id=here.number("campaign"),
        reader=here.text,
        what=here.chosen["what"],
        order=here.order,
    )
    return render_template(
        "readings/index.html",
        asked=here,
        page=paginate(rows, number=page_number()),
        names_people=Permission.AWARD_READ in current_user.permissions,
    )
