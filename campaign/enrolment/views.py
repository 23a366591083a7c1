"""Đăng ký: pages."""

from collections.abc import Collection, Sequence
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission, Role
from campaign.enrolment import actions, queries, workbook
from campaign.enrolment.actions import BLOCK_MISSING
from campaign.enrolment.listing import asked_enrolments, statement
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import counts_words, may_confirm, may_withdraw, not_to_confirm
from campaign.extensions import db
from campaign.notices import events
from campaign.notices.actions import withdraw_all
from campaign.notices.rules import reports_key
from campaign.planning.actions import hold
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, row_of, rows_of
from campaign.units.models import Unit
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import chosen_rows
from campaign.web.paging import page_number, paginate
from campaign.web.spreadsheets import send_tables

enrolment = Blueprint("enrolment", __name__)
_SEE_ALL = frozenset({Role.SECRETARIAT, Role.INSPECTOR, Role.DIRECTOR})


def _visible_units() -> Collection[int] | None:
    """Units whose enrolment they may see; None for all."""
    if current_user.roles & _SEE_ALL:
        return None
    units: Collection[int] = current_user.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER)
    return units


def _done(campaign_id: int, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


def _held(campaign_id: int) -> Campaign:
    """Phong trào, held before any enrolment is read: whether it may change hangs on the step, and
    on what somebody else does with it in the same moment.
    """
    campaign = campaign_for(current_user, campaign_id)
    hold(campaign)
    return campaign


@enrolment.get("/")
@requires(Permission.ENROLMENT_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Đơn vị tham gia."""
    return _page(campaign_for(current_user, campaign_id))


def _page(
    campaign: Campaign, *, unit_ids: Collection[int] = (), refused: dict[str, str] | None = None
) -> ResponseReturnValue:
    """The page; what was refused is told at its field, beside the units chosen."""
    campaign_id, refused = campaign.id, refused or {}
    blocks = rows_of(Block, campaign_id)
    here = asked_enrolments(blocks)
    page = paginate(statement(here, campaign_id, _visible_units()), number=page_number())
    confirms = Permission.ENROLMENT_CONFIRM in current_user.permissions
    among = None if confirms else current_user.units_as(Role.UNIT_HEAD)
    is_open = campaign.phase in (actions.OPEN_TO_SECRETARIAT if confirms else actions.OPEN_TO_UNITS)
    free = queries.free_units(campaign_id, campaign.starts_on, among=among) if is_open else []
    return render_template(
        "enrolment/index.html",
        campaign=campaign,
        page=page,
        asked=here,
        blocks=blocks,
        confirms=confirms,
        free=free,
        told=counts_words(queries.state_counts(campaign_id, _visible_units())),
        places=confirms and may_confirm(campaign.phase),
        withdraws=confirms and may_withdraw(campaign.phase),
        unit_ids=unit_ids,
        refused=refused,
    ), HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


@enrolment.get("/excel")
@requires(Permission.ENROLMENT_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Đăng ký tham gia ra Excel, with the conditions of the page in force."""
    campaign = campaign_for(current_user, campaign_id)
    here = asked_enrolments(rows_of(Block, campaign_id))
    rows = db.session.scalars(statement(here, campaign_id, _visible_units()))
    return send_tables(
        workbook.enrolments(rows),
        title=f"Đăng ký tham gia, {campaign.title}",
        state=campaign.phase.label,
        name="dang-ky",
        notes=here.told(),
    )


@enrolment.post("/enrol")
@requires(Permission.ENROLMENT_ENROL)
def enrol(campaign_id: int) -> ResponseReturnValue:
    """Thủ trưởng đăng ký đơn vị của mình."""
    campaign = _held(campaign_id)
    free = _own_free_units(campaign)
    if not request.form.get("unit_id"):
        return _page(campaign, refused={"unit_id": "Hãy chọn đơn vị."})
    unit = free.get(request.form.get("unit_id", 0, type=row_id))
    if unit is None:
        abort(404)
    try:
        _enrol_own(campaign, unit)
    except RuleViolation as violation:
        if violation.field is None:
            raise
        return _page(campaign, unit_ids={unit.id}, refused={violation.field: str(violation)})
    return _done(
        campaign_id, "enrolment.enrol", f"Đã đăng ký {unit.name}. Chờ Thường trực xác nhận."
    )


def _own_free_units(campaign: Campaign) -> dict[int, Unit]:
    """Đơn vị mà người đang xem là thủ trưởng, not yet enrolled."""
    own = current_user.units_as(Role.UNIT_HEAD)
    return {
        unit.id: unit for unit in queries.free_units(campaign.id, campaign.starts_on, among=own)
    }


def _enrol_own(campaign: Campaign, unit: Unit) -> None:
    """Đăng ký đơn vị with the commitments that were typed."""
    actions.enrol(
        campaign,
        unit,
        commitments=request.form.get("commitments", ""),
        by=current_user,
        at=clock.now(),
    )


@enrolment.post("/<int:participation_id>/edit")
@requires(Permission.ENROLMENT_ENROL)
def edit(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Sửa giao ước của đơn vị mình."""
    campaign = _held(campaign_id)
    row = queries.participation(
        campaign_id, participation_id, units=current_user.units_as(Role.UNIT_HEAD)
    )
    try:
        actions.edit_commitments(campaign, row, request.form.get("commitments", ""))
    except RuleViolation as violation:
        if violation.field is None:
            raise
        return _page(campaign, refused={f"{violation.field}-{row.id}": str(violation)})
    return _done(campaign_id, "enrolment.enrol", "Đã lưu giao ước.")


def _chosen_block(campaign_id: int) -> Block | None:
    """Khối đã chọn; None where none was, for no unit is filed anywhere by itself."""
    if not request.form.get("block_id"):
        return None
    block: Block = row_of(Block, campaign_id, request.form.get("block_id", 0, type=row_id))
    return block


@enrolment.post("/enrol-many")
@requires(Permission.ENROLMENT_CONFIRM)
def enrol_many(campaign_id: int) -> ResponseReturnValue:
    """Thường trực đăng ký nhiều đơn vị và xếp khối."""
    campaign = _held(campaign_id)
    chosen = set(request.form.getlist("unit_id", type=row_id))
    at = clock.now()
    units = [
        unit for unit in queries.free_units(campaign_id, campaign.starts_on) if unit.id in chosen
    ]
    if not units:
        refuse("Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị cần đăng ký giúp.")
    block = _chosen_block(campaign_id)
    if block is None:
        return _page(campaign, unit_ids=chosen, refused={"block_id": BLOCK_MISSING})
    for unit in units:
        _enrol_into(campaign, unit, block, at)
    return _done(
        campaign_id, "enrolment.enrol", f"Đã đăng ký {len(units)} đơn vị vào {block.name}."
    )


def _enrol_into(campaign: Campaign, unit: Unit, block: Block, at: datetime) -> None:
    """Đăng ký giúp một đơn vị và xếp vào khối."""
    row = actions.enrol(campaign, unit, commitments="", by=current_user, at=at, by_secretariat=True)
    _place(campaign, row, block, at)


def _place(campaign: Campaign, row: Participation, block: Block, at: datetime) -> None:
    """Xác nhận, xếp vào khối and tell the unit."""
    actions.confirm(campaign, row, block_id=block.id, by=current_user, at=at)
    events.enrolled(campaign.id, row.unit_id, block.name, at=at)


@enrolment.post("/<int:participation_id>/confirm")
@requires(Permission.ENROLMENT_CONFIRM)
def confirm(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Xác nhận đăng ký và xếp khối."""
    campaign = _held(campaign_id)
    row = queries.participation(campaign_id, participation_id)
    block = _chosen_block(campaign_id)
    if block is None:
        return _page(campaign, refused={f"block-{row.id}": BLOCK_MISSING})
    _place(campaign, row, block, clock.now())
    return _done(campaign_id, "enrolment.confirm", f"Đã xếp {row.unit.name} vào {block.name}.")


@enrolment.route("/confirm-many", methods=["GET", "POST"])
@requires(Permission.ENROLMENT_CONFIRM)
def confirm_many(campaign_id: int) -> ResponseReturnValue:
    """Xác nhận các đơn vị đã chọn: shown first, who can be and who cannot with why; all or none."""
    campaign = (
        _held(campaign_id) if request.method == "POST" else campaign_for(current_user, campaign_id)
    )
    rows = queries.chosen_participations(campaign_id, chosen_rows())
    if not rows:
        refuse("Chưa chọn đơn vị nào. Hãy đánh dấu các đơn vị trong danh sách đăng ký.")
    told = [
        (row, not_to_confirm(row.state, row.block.name if row.block else "", row.withdrawal_reason))
        for row in rows
    ]
    if request.method != "POST":
        return _confirming(campaign, told)
    block = _chosen_block(campaign_id)
    if all(why for _, why in told):
        refuse("Không còn đơn vị nào chờ xác nhận trong các đơn vị đã chọn.")
    if block is None:
        return _confirming(campaign, told, BLOCK_MISSING)
    return _confirm_all(campaign, [row for row, why in told if not why], block)


def _confirm_all(
    campaign: Campaign, ready: Sequence[Participation], block: Block
) -> ResponseReturnValue:
    """Xếp các đơn vị còn chờ xác nhận vào khối."""
    for row in ready:
        _place(campaign, row, block, clock.now())
    words = f"Đã xếp {len(ready)} đơn vị vào {block.name}."
    return _done(campaign.id, "enrolment.confirm", words)


def _confirming(
    campaign: Campaign, told: Sequence[tuple[Participation, str]], error: str = ""
) -> ResponseReturnValue:
    """The page that shows who can be confirmed, and of the others why they cannot."""
    return render_template(
        "enrolment/confirm_many.html",
        campaign=campaign,
        ready=[row for row, why in told if not why],
        kept=[(row, why) for row, why in told if why],
        blocks=rows_of(Block, campaign.id),
        is_open=may_confirm(campaign.phase),
        error=error,
    ), HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK


@enrolment.post("/<int:participation_id>/withdraw")
@requires(Permission.ENROLMENT_CONFIRM)
def withdraw(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Rút đăng ký, with a reason."""
    campaign = _held(campaign_id)
    row = queries.participation(campaign_id, participation_id)
    actions.withdraw(campaign, row, reason=request.form.get("reason", ""))
    withdraw_all(reports_key(row.id), at=clock.now())
    return _done(campaign_id, "enrolment.withdraw", f"Đã rút {row.unit.name} khỏi phong trào.")
