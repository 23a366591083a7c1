"""Chấm điểm: pages."""

from collections.abc import Sequence
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.clarification.queries import held_back
from campaign.core.dates import format_moment, format_time
from campaign.core.errors import Conflict, NotVisible, RuleViolation, refuse
from campaign.core.numbers import known_id, row_id
from campaign.core.permissions import Permission
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.divergence.queries import threshold_of
from campaign.extensions import db
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, scheme_of
from campaign.planning.rules import Phase
from campaign.reporting.rules import SelfAssessment
from campaign.scoring import actions, progress, queries
from campaign.scoring.desk import (
    PER_PAGE,
    Desk,
    claimed_by,
    desk_for,
    desk_of,
    member_of,
    named_cell,
    page_of,
    page_of_desk,
    sitting,
)
from campaign.scoring.grid import boxes_of, columns_of, given_by_group
from campaign.scoring.listing import asked_sheets, own_sheets, sheets_here
from campaign.scoring.models import ScoreSheet
from campaign.scoring.paper import marking_sheet
from campaign.scoring.rules import (
    sees_names,
    who_reopens,
)
from campaign.scoring.running_sums import adjusts, plan_of, sums_of
from campaign.scoring.unit_page import save_all, unit_page
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.paging import page_number
from campaign.web.saving import conflicting, saved

scoring = Blueprint("scoring", __name__)


@scoring.get("/")
@requires(Permission.SHEET_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Các phiếu chấm của tôi; and for chair, secretary and secretariat how far everybody is."""
    campaign = campaign_for(current_user, campaign_id)
    member = council.active_member(current_user.id, campaign_id, clock.today())
    blocks = queries.blocks_of(campaign_id)
    return render_template(
        "scoring/index.html",
        campaign=campaign,
        member=member,
        blocks={block.id: block for block in blocks},
        **_of_member(campaign, member, blocks),
        **_of_everybody(campaign, member, blocks),
        looks_again=threshold_of(campaign) is not None
        and campaign.phase.place >= Phase.SCORING.place,
        is_closed=campaign.phase.place > Phase.SCORING.place,
    )


def _of_member(
    campaign: Campaign, member: CouncilMember | None, blocks: Sequence[Block]
) -> dict[str, Any]:
    """Phiếu của chính người xem, and what their seat lets them do; nothing of who has none."""
    if member is None:
        return {
            "mine": [],
            "recusals": council.grounds_told(()),
            "reopens": set(),
            "sees_marks": False,
        }
    recusals, function = council.recusals_of(member), member.function
    return {
        "mine": own_sheets(campaign, member, blocks, frozenset(recusals), clock.today()),
        "recusals": council.grounds_told(recusals.values()),
        "reopens": {owner for owner in CouncilFunction if function in who_reopens(owner)},
        "sees_marks": sees_names(campaign.phase, function),
    }


def _of_everybody(
    campaign: Campaign, member: CouncilMember | None, blocks: Sequence[Block]
) -> dict[str, Any]:
    """Tiến độ của mọi phiếu: for chair, secretary and secretariat."""
    oversees = Permission.COUNCIL_MANAGE in current_user.permissions or (
        member is not None and member.function in {CouncilFunction.CHAIR, CouncilFunction.SECRETARY}
    )
    here, seen = asked_sheets(blocks), []
    if oversees:
        scheme, held = scheme_of(campaign.id), held_back(campaign, clock.today())
        seen = progress.progress(campaign.id, scheme, held)
    return {"oversees": oversees, "asked": here, "page": sheets_here(here, seen)}


@scoring.get("/<int:block_id>/print")
@requires(Permission.SHEET_MARK)
def print_sheet(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """In phiếu chấm của tôi; units the member is kept away from are not on it."""
    desk = desk_of(campaign_id, block_id)
    printed = marking_sheet(desk, member=current_user.full_name, source=_state_words(desk.sheet))
    return send_stored(
        BytesIO(printed), name=f"Phiếu chấm {desk.block.name}.pdf", media_type="application/pdf"
    )


def _state_words(sheet: ScoreSheet | None) -> str:
    """Phiếu in ở trạng thái nào, and as of when."""
    if sheet is not None and sheet.locked_at:
        return f"Phiếu đã khoá lúc {format_moment(sheet.locked_at)}"
    return f"Phiếu chưa khoá; in lúc {format_moment(clock.now())}"


@scoring.get("/<int:block_id>")
@requires(Permission.SHEET_MARK)
def grid(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Bảng chấm của khối: units × criteria."""
    page = page_number()
    desk = page_of_desk(campaign_id, block_id, page)
    filling = _filling(desk)
    return render_template(
        "scoring/grid.html",
        desk=desk,
        campaign=desk.campaign,
        page=page,
        filling=filling,
        pages=max(1, -(-filling.units // PER_PAGE)),
        is_open=desk.is_open,
        **_lines(desk),
        reopened=queries.last_reopening(desk.sheet.id) if desk.sheet else None,
    )


def _filling(desk: Desk) -> progress.Filling:
    """Tiến độ của phiếu ở bàn này."""
    return progress.filling(
        desk.campaign.id,
        desk.scheme,
        desk.block.id,
        desk.sheet,
        frozenset(desk.recusals),
        held_back(desk.campaign, clock.today()),
        desk.criteria,
    )


def _lines(desk: Desk) -> dict[str, Any]:
    """Các hàng và cột của bảng chấm, and how they add up, by the names the page has for them."""
    given = {unit_id: given_by_group(desk, result) for unit_id, result in desk.results.items()}
    sums = {row.id: sums_of(desk, row, given[row.id]) for row in desk.units if row.id in given}
    columns = columns_of(desk)
    return {
        "columns": columns,
        "lines": [
            (row, boxes_of(desk, row, columns, given[row.id]) if row.id in given else [])
            for row in desk.units
        ],
        "sums": sums,
        "plan": plan_of(desk),
        "adjusts": adjusts(desk, sums.values()),
    }


@scoring.get("/<int:block_id>/units/<int:participation_id>")
@requires(Permission.SHEET_MARK)
def unit(campaign_id: int, block_id: int, participation_id: int) -> ResponseReturnValue:
    """Phiếu chấm một đơn vị: guidance, verified facts, evidence, own mark and note."""
    return unit_page(*desk_for(campaign_id, block_id, participation_id))


@scoring.get("/<int:block_id>/detail/<int:participation_id>/<int:criterion_id>")
@requires(Permission.SHEET_MARK)
def detail(
    campaign_id: int, block_id: int, participation_id: int, criterion_id: int
) -> ResponseReturnValue:
    """Chi tiết một ô: guidance, self-score, verified points and evidence, shown under the grid."""
    desk, verified = desk_for(campaign_id, block_id, participation_id)
    criterion = next((row for row in desk.criteria if row.id == criterion_id), None)
    if verified is None or criterion is None:
        raise NotVisible
    content = claimed_by(desk, verified)
    return render_template(
        "scoring/_detail.html",
        campaign=desk.campaign,
        unit=desk.units[0],
        criterion=criterion,
        is_open=desk.is_open,
        claimed=content.scores.get(criterion_id, SelfAssessment()),
        given=verified.points.get(criterion_id),
        files=[row for row in content.evidence if row["criterion_id"] == criterion_id],
    )


@scoring.post("/<int:block_id>/fields")
@requires(Permission.SHEET_MARK)
def save_field(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Chấm một ô ("m:<đơn vị>:<tiêu chí>") hoặc ghi nhận xét ("n:…"), as it is typed."""
    campaign = campaign_for(current_user, campaign_id)
    member = member_of(campaign)
    letter, cell = named_cell(campaign, member, block_id, request.form.get("field", ""))
    sheet = actions.begin_sheet(campaign, member, block_id)
    at, text, base = clock.now(), request.form.get("value", ""), request.form.get("base", "")
    save = actions.save_note if letter == "n" else actions.save_mark
    try:
        value = save(campaign, sheet, cell, text, base, at=at)
    except Conflict as conflict:
        return conflicting(conflict)
    recorder.act("scoring.mark", campaign_id=campaign_id)
    db.session.commit()
    return saved(at, value)


@scoring.post("/<int:block_id>/fields/together")
@requires(Permission.SHEET_MARK)
def save_fields(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Dán, chép xuống, hoàn tác: chấm nhiều ô một lần, all of them or none with a sentence each."""
    desk, at = desk_of(campaign_id, block_id), clock.now()
    typed = _typed(desk)
    sheet = actions.begin_sheet(desk.campaign, desk.member, block_id)
    values, refused = actions.save_marks(desk.campaign, sheet, typed, at=at)
    if refused:
        db.session.rollback()
        told = {name: _refused_words(refusal) for name, refusal in refused.items()}
        return jsonify(refused=told), HTTPStatus.UNPROCESSABLE_ENTITY
    recorder.act("scoring.mark", campaign_id=campaign_id)
    db.session.commit()
    return jsonify(saved_at=format_time(at), values=values)


def _refused_words(refusal: RuleViolation) -> str:
    """Vì sao một ô không ghi được; of a conflict what stands there now."""
    if isinstance(refusal, Conflict):
        return f"Ô này vừa được sửa ở cửa sổ khác: “{refusal.theirs}”."
    return str(refusal)


def _typed(desk: Desk) -> list[actions.Typed]:
    """Chữ đã gửi cho từng ô, once for each, with its base; only cells that this desk has."""
    known = {f"m:{cell.participation_id}:{cell.criterion_id}": cell for cell in desk.cells}
    names, texts, bases = (request.form.getlist(part) for part in ("field", "value", "base"))
    if not (0 < len(set(names)) == len(names) == len(texts) == len(bases)):
        abort(HTTPStatus.BAD_REQUEST)
    if not known.keys() >= set(names):
        raise NotVisible
    return [
        actions.Typed(name, known[name], text, base)
        for name, text, base in zip(names, texts, bases, strict=True)
    ]


@scoring.post("/<int:block_id>/units/<int:participation_id>/save")
@requires(Permission.SHEET_MARK)
def save_unit(campaign_id: int, block_id: int, participation_id: int) -> ResponseReturnValue:
    """Ghi mọi điểm của một đơn vị, where the browser runs no script."""
    desk, _ = desk_for(campaign_id, block_id, participation_id)
    sheet = actions.begin_sheet(desk.campaign, desk.member, block_id)
    errors = save_all(desk, sheet)
    recorder.act("scoring.mark", campaign_id=campaign_id)
    db.session.commit()
    if errors:
        return unit_page(*desk_for(campaign_id, block_id, participation_id), errors)
    flash("Đã lưu điểm.", "success")
    return redirect(
        url_for(
            ".unit", campaign_id=campaign_id, block_id=block_id, participation_id=participation_id
        ),
        HTTPStatus.SEE_OTHER,
    )


@scoring.post("/<int:block_id>/abstain")
@requires(Permission.SHEET_MARK)
def abstain(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Không chấm một đơn vị, hoặc một tiêu chí của đơn vị, with a reason; back to the page of the
    grid where the unit stands.
    """
    desk, _ = desk_for(campaign_id, block_id, request.form.get("participation_id", 0, type=row_id))
    asked = request.form.get("criterion_id", "")
    if not asked:
        refuse("Hãy chọn tiêu chí không chấm, hoặc “Cả đơn vị”.", "criterion_id")
    cells = [cell for cell in desk.cells if asked == "all" or cell.criterion_id == known_id(asked)]
    sheet = actions.begin_sheet(desk.campaign, desk.member, block_id)
    actions.abstain(
        desk.campaign, sheet, cells, reason=request.form.get("reason", ""), at=clock.now()
    )
    return _done(
        campaign_id, block_id, "scoring.mark", "Đã ghi nhận không chấm.", page=page_of(desk)
    )


def _done(
    campaign_id: int, block_id: int, act: str, message: str, *, page: int = 1
) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    address = url_for(
        ".grid", campaign_id=campaign_id, block_id=block_id, page=page if page > 1 else None
    )
    return redirect(address, HTTPStatus.SEE_OTHER)


@scoring.post("/<int:block_id>/lock")
@requires(Permission.SHEET_MARK)
def lock(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Khoá phiếu chấm."""
    campaign, member, *_ = sitting(campaign_id, block_id)
    sheet = actions.begin_sheet(campaign, member, block_id)
    desk = desk_of(
        campaign_id, block_id
    )  # read while the sheet is held: no mark goes or comes before it is locked
    actions.lock(
        campaign,
        sheet,
        desk.cells,
        desk.marks,
        units={row.id: row.short_name for row in desk.units},
        criteria={criterion.id: criterion.code for criterion in desk.criteria},
        at=clock.now(),
    )
    return _done(campaign_id, block_id, "scoring.lock", "Đã khoá phiếu chấm.")


@scoring.post("/sheets/<int:sheet_id>/reopen")
@requires(Permission.SHEET_REOPEN)
def reopen(campaign_id: int, sheet_id: int) -> ResponseReturnValue:
    """Chủ tịch mở lại một phiếu chấm."""
    campaign = campaign_for(current_user, campaign_id)
    sheet = queries.sheet(campaign_id, sheet_id)
    actions.reopen(
        campaign,
        sheet,
        council.active_member(current_user.id, campaign_id, clock.today()),
        reason=request.form.get("reason", ""),
        by=current_user,
        at=clock.now(),
    )
    recorder.act("scoring.reopen", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã mở lại phiếu của {sheet.member.user.full_name}.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
