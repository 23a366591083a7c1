"""Đơn vị qua các năm: one page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaign.core.permissions import Permission
from campaign.register.years import queries
from campaign.register.years.pictures import shares
from campaign.register.years.rules import not_comparable
from campaign.units.queries import unit as unit_with
from campaign.units.successions import queries as successions
from campaign.web import clock
from campaign.web.access import requires

unit_years = Blueprint("unit_years", __name__)


@unit_years.get("/<int:unit_id>/years")
@requires(Permission.AWARD_READ)
def show(unit_id: int) -> ResponseReturnValue:
    """Hạng, tỷ lệ điểm và khen thưởng của một đơn vị qua các phong trào."""
    unit = unit_with(unit_id)
    carried = queries.carried_by(unit)
    years = queries.years_of(carried)
    return render_template(
        "unit_years/show.html",
        unit=unit,
        years=years,
        apart=not_comparable(years),
        picture=shares(years, clock.today()),
        awards=queries.awards_of(carried),
        past=queries.past_awards_of(carried),
        examples=queries.examples_of(carried),
        successions=successions.of_unit(unit.id),
    )
