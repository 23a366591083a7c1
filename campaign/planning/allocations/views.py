"""Chỉ tiêu giao: its page."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation
from campaign.core.numbers import NumberError, parse_decimal, typed_decimal
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.planning import corrections, queries
from campaign.planning.allocations.spread import (
    GridRow,
    field_of,
    grid_rows,
    grid_texts,
    keys_of,
    typed_numbers,
)
from campaign.planning.indicators.actions import save_allocations, save_given_targets
from campaign.planning.indicators.questions import ask_of_sizes
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Phase
from campaign.scheme import queries as tables
from campaign.scheme.models import Allocation, Indicator
from campaign.scheme.rules.magnitudes import GivenNumbers
from campaign.scheme.rules.targets import GivenTo
from campaign.scheme.rules.terms import OwnerPart
from campaign.units import queries as units
from campaign.units.models import Unit
from campaign.web import clock, grids
from campaign.web.access import requires
from campaign.web.paging import page_number, paginate

allocations = Blueprint("allocations", __name__)


@allocations.route("/<int:indicator_id>/allocations", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def edit(campaign_id: int, indicator_id: int) -> ResponseReturnValue:
    """Đơn vị chủ trì, phối hợp và chỉ tiêu giao."""
    campaign = queries.campaign_for(current_user, campaign_id)
    indicator = queries.row_of(Indicator, campaign_id, indicator_id)
    absent = queries.absent_units(campaign)
    rows = units.in_order(valid_on=campaign.starts_on, also=absent)
    corrects = campaign.is_frozen and campaign.phase.place < Phase.MEETING.place
    wants = "correct" in request.args or request.method == "POST"
    errors: dict[str, str] = {}
    owners, given = tables.owners_of(indicator_id), tables.allocations_of(indicator_id)
    cells, typed = _cells(rows, owners, given), dict[str, str]()
    if request.method == "POST":
        parts = {part.value: part.label for part in OwnerPart}
        typed, clashes = grids.settled(cells, request.form, parts)
        errors |= clashes
    if request.method == "POST" and _written(campaign, indicator, rows, typed, errors):
        return redirect(url_for("indicators.index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render_template(
        "allocations/edit.html",
        campaign=campaign,
        indicator=indicator,
        units=rows,
        owners=owners,
        given=given,
        errors=errors,
        typed=typed and typed | {"reason": request.form.get("reason", "")},
        opened=grids.standing(cells),
        parts=OwnerPart,
        absent=absent,
        corrects=corrects,
        writes=not campaign.is_frozen or (corrects and wants),
    ), status


def _cells(
    rows: Sequence[Unit],
    owners: Mapping[int, OwnerPart],
    given: Mapping[int, Allocation],
) -> dict[str, str]:
    """Các ô giao chỉ tiêu as they stand."""
    cells: dict[str, str] = {}
    for unit in rows:
        cells[f"part-{unit.id}"] = owners[unit.id].value if unit.id in owners else ""
        for name in GIVEN_NUMBERS:
            number = getattr(given.get(unit.id), name, None)
            cells[f"{name}-{unit.id}"] = "" if number is None else typed_decimal(number)
    return cells


def _written(
    campaign: Campaign,
    indicator: Indicator,
    rows: Sequence[Unit],
    typed: Mapping[str, str],
    errors: dict[str, str],
) -> bool:
    """Write what was typed; what cannot be is told in `errors`, by field name."""
    owners = _typed_owners(rows, typed)
    targets = _typed_targets([row.id for row in rows], typed, errors)
    if errors or not _allocated(campaign, indicator, owners, targets, errors):
        return False
    flash("Đã lưu chỉ tiêu giao.", "success")
    _ask_of_given(campaign, indicator, {unit.id: unit.short_name for unit in rows}, targets)
    return True


def _typed_owners(rows: Sequence[Unit], typed: Mapping[str, str]) -> dict[int, OwnerPart]:
    """Đơn vị chủ trì, phối hợp as typed; who has no part is not named."""
    return {
        row.id: OwnerPart(part)
        for row in rows
        if (part := typed[f"part-{row.id}"]) in set(OwnerPart)
    }


def _ask_of_given(
    campaign: Campaign,
    indicator: Indicator,
    names: Mapping[int, str],
    targets: Mapping[int, Mapping[str, Decimal | None]],
) -> None:
    """Hỏi lại cỡ của các số đã giao, unit by unit."""
    asked = (
        (f", {names[unit_id]}", _given_numbers(given, indicator))
        for unit_id, given in targets.items()
    )
    ask_of_sizes(campaign.id, indicator.id, asked)


def _given_numbers(given: Mapping[str, Decimal | None], indicator: Indicator) -> GivenNumbers:
    """Số giao cho một đơn vị, beside the target of all of them."""
    return GivenNumbers(
        given["target"],
        given["growth_target"],
        given["previous_year_value"],
        indicator.year_target,
    )


def _allocated(
    campaign: Campaign,
    indicator: Indicator,
    owners: dict[int, OwnerPart],
    targets: dict[int, dict[str, Decimal | None]],
    errors: dict[str, str],
) -> bool:
    """Write what is given to units, after the launch as a correction with its reason."""
    write = _correct if campaign.is_frozen else save_allocations
    try:
        write(campaign, indicator, owners, targets)
    except RuleViolation as violation:
        db.session.rollback()
        errors[violation.field or "reason"] = str(violation)
        return False
    recorder.act("plan.correct" if campaign.is_frozen else "plan.edit", campaign_id=campaign.id)
    db.session.commit()
    return True


def _correct(
    campaign: Campaign,
    indicator: Indicator,
    owners: dict[int, OwnerPart],
    targets: dict[int, dict[str, Decimal | None]],
) -> None:
    """Đính chính chỉ tiêu giao by who is signed in, for the reason typed."""
    corrections.correct_allocations(
        campaign,
        indicator,
        owners,
        targets,
        by=current_user,
        at=clock.now(),
        reason=request.form.get("reason", ""),
    )


def _typed_targets(
    unit_ids: list[int], typed: Mapping[str, str], errors: dict[str, str]
) -> dict[int, dict[str, Decimal | None]]:
    """What was typed for each unit, where anything was; errors by field name."""
    targets: dict[int, dict[str, Decimal | None]] = {}
    for unit_id in unit_ids:
        values: dict[str, Decimal | None] = {}
        for name in GIVEN_NUMBERS:
            text = typed[f"{name}-{unit_id}"]
            try:
                values[name] = parse_decimal(text, decimals=4) if text else None
            except NumberError as error:
                errors[f"{name}-{unit_id}"] = str(error)
        if any(value is not None for value in values.values()):
            targets[unit_id] = values
    return targets


GIVEN_NUMBERS = ("target", "growth_target", "previous_year_value")
_NUMBERS = {"target": "Mục tiêu", "growth_target": "Tăng trưởng (%)"}


@allocations.route("/<int:indicator_id>/targets", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_PLAN)
def targets(campaign_id: int, indicator_id: int) -> ResponseReturnValue:
    """Mục tiêu theo khối, theo kỳ: a grid of everybody, blocks and units by period."""
    campaign = queries.campaign_for(current_user, campaign_id)
    indicator = queries.row_of(Indicator, campaign_id, indicator_id)
    asked = request.args.get("of", "target")
    number = asked if asked in _NUMBERS else "target"
    periods = queries.periods_of(campaign_id)
    page = paginate(units.matching(valid_on=campaign.starts_on), number=page_number())
    rows = grid_rows(
        [(row.id, row.name) for row in queries.rows_of(Block, campaign_id)],
        [(row.id, row.short_name) for row in page.rows],
    )
    errors: dict[str, str] = {}
    held = {key: getattr(row, number) for key, row in tables.given_targets_of(indicator_id).items()}
    keys = list(keys_of(rows, [period.id for period in periods]))
    cells, typed = grid_texts(keys, held), dict[str, str]()
    if request.method == "POST":
        typed, clashes = grids.settled(cells, request.form)
        errors |= clashes
        numbers = typed_numbers(keys, typed, errors)
        if not errors:
            _save(campaign, indicator, number, numbers)
            _ask_of_grid(indicator, number, numbers, rows, {row.id: row.name for row in periods})
            return _grid_again(campaign_id, indicator_id, of=number, page=page.number)
    return render_template(
        "allocations/targets.html",
        campaign=campaign,
        indicator=indicator,
        number=number,
        numbers=_NUMBERS,
        periods=periods,
        rows=rows,
        page=page,
        field_of=field_of,
        held=held,
        elsewhere=_given_elsewhere(indicator, number),
        errors=errors,
        typed=typed,
        opened=grids.standing(cells),
    ), HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _save(
    campaign: Campaign,
    indicator: Indicator,
    number: str,
    numbers: Mapping[GivenTo, Decimal | None],
) -> None:
    save_given_targets(campaign, indicator, number, numbers)
    recorder.act("plan.edit", campaign_id=campaign.id)
    db.session.commit()
    flash("Đã lưu mục tiêu theo khối, theo kỳ.", "success")


def _ask_of_grid(
    indicator: Indicator,
    number: str,
    numbers: Mapping[GivenTo, Decimal | None],
    rows: Sequence[GridRow],
    periods: Mapping[int, str],
) -> None:
    names = {row.to: row.name for row in rows}
    asked = []
    for key, given in numbers.items():
        whose = f", {names[key._replace(period_id=None)]}"
        if key.period_id is not None:
            whose += f", {periods[key.period_id]}"
        if number == "target":
            asked.append((whose, GivenNumbers(given, whole=indicator.year_target)))
        else:
            asked.append((whose, GivenNumbers(growth=given)))
    ask_of_sizes(indicator.campaign_id, indicator.id, asked)


def _grid_again(campaign_id: int, indicator_id: int, *, of: str, page: int) -> ResponseReturnValue:
    here: dict[str, Any] = {"campaign_id": campaign_id, "indicator_id": indicator_id}
    return redirect(url_for(".targets", **here, of=of, page=page), HTTPStatus.SEE_OTHER)


def _given_elsewhere(indicator: Indicator, number: str) -> dict[GivenTo, Decimal | None]:
    """Số cả năm của mọi đơn vị và của từng đơn vị, which are typed on other pages."""
    own = indicator.year_target if number == "target" else indicator.growth_target
    return {
        GivenTo(): own,
        **{
            GivenTo(unit_id): getattr(row, number)
            for unit_id, row in tables.allocations_of(indicator.id).items()
        },
    }
