"""Chấm điểm: pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import format_moment, format_time
from campaign.core.errors import Conflict, NotVisible, RuleViolation
from campaign.core.numbers import format_decimal, format_points
from campaign.core.permissions import Permission
from campaign.council import queries as council
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, row_of, scheme_of
from campaign.planning.rules import CriterionKind, JudgedBy, Phase
from campaign.planning.scheme import Scheme, ScoredCriterion, ScoredGroup
from campaign.reporting.rules import Claimed, Scored, from_snapshot
from campaign.scoring import actions, queries, workbook
from campaign.scoring.actions import Markable
from campaign.scoring.models import ScoreSheet
from campaign.scoring.paper import marking_sheet
from campaign.scoring.rules import council_criteria, is_outlier, severity
from campaign.verification.queries import finished_unit, results_of_some, verified_results
from campaign.verification.rules import UnitResult, VerifiedUnit
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.paging import page_number
from campaign.web.spreadsheets import send_tables

scoring = Blueprint("scoring", __name__)
PER_PAGE = 50


@dataclass(frozen=True)
class Desk:
    """Bàn chấm: everything one member needs to mark one block."""

    campaign: Campaign
    member: CouncilMember
    block: Block
    scheme: Scheme
    criteria: tuple[ScoredCriterion, ...]
    units: list[queries.UnitRow]
    results: dict[int, UnitResult]
    kept: dict[int, council.Kept]
    sheet: ScoreSheet | None
    marks: dict[tuple[int, int], queries.Cell]

    @property
    def cells(self) -> list[Markable]:
        """Ô chấm được lúc này."""
        return [Markable(unit.id, one.id, one.maximum, self.results[unit.id].version_id)
                for unit in self.units if unit.id in self.results
                for one in self.criteria if one.id in self.results[unit.id].maxima]


def _member(campaign: Campaign) -> CouncilMember:
    member = council.active_member(current_user.id, campaign.id, clock.today())
    if member is None:
        raise NotVisible
    return member


def _sitting(campaign_id: int, block_id: int) -> tuple[Campaign, CouncilMember, Block, dict[int, council.Kept], ScoreSheet | None]:
    """Who marks what: the member, the block, the units he is kept away from, and his sheet if begun."""
    campaign = campaign_for(current_user, campaign_id)
    member = _member(campaign)
    block: Block = row_of(Block, campaign_id, block_id)
    return campaign, member, block, council.recusals_of(member), queries.sheet_of(member.id, block_id)


def desk_of(campaign_id: int, block_id: int) -> Desk:
    """The desk for the whole block."""
    campaign, member, block, kept, sheet = _sitting(campaign_id, block_id)
    scheme = scheme_of(campaign_id)
    return Desk(campaign, member, block, scheme, council_criteria(scheme), queries.units_of(block_id, frozenset(kept)),
                verified_results(campaign_id, scheme, block_id), kept, sheet,
                queries.marks_of(sheet.id) if sheet else {})


def _page_of_desk(campaign_id: int, block_id: int, page: int) -> Desk:
    """The desk with one page of units: no other unit's results or marks are read."""
    campaign, member, block, kept, sheet = _sitting(campaign_id, block_id)
    scheme = scheme_of(campaign_id)
    units = queries.units_of(block_id, frozenset(kept), page=page, size=PER_PAGE)
    ids = [unit.id for unit in units]
    results = {key: result for key, (_, result) in results_of_some(campaign_id, scheme, block_id, ids).items()}
    return Desk(campaign, member, block, scheme, council_criteria(scheme), units, results, kept, sheet,
                queries.marks_of(sheet.id, ids) if sheet else {})


def _desk_for(campaign_id: int, block_id: int, participation_id: int) -> tuple[Desk, VerifiedUnit | None]:
    """The desk for one unit: nothing of the others is read but the names of the ones before and after."""
    campaign, member, block, kept, sheet = _sitting(campaign_id, block_id)
    scheme = scheme_of(campaign_id)
    row = queries.unit_of(block_id, participation_id, frozenset(kept))
    found = finished_unit(campaign_id, scheme, block_id, participation_id)
    return Desk(campaign, member, block, scheme, council_criteria(scheme), [row],
                {participation_id: found[1]} if found else {}, kept, sheet,
                queries.marks_of(sheet.id, [participation_id]) if sheet else {}), found[0] if found else None


@scoring.get("/")
@requires(Permission.SHEET_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Các phiếu chấm của tôi; and for chair, secretary and secretariat how far everybody is."""
    campaign = campaign_for(current_user, campaign_id)
    member = council.active_member(current_user.id, campaign_id, clock.today())
    blocks = queries.blocks_of(campaign_id)
    mine: list[dict[str, Any]] = []
    kept: dict[int, council.Kept] = {}
    if member is not None:
        kept = council.recusals_of(member)
        mine = _own_progress(campaign, member, blocks, frozenset(kept))
    oversees = Permission.COUNCIL_MANAGE in current_user.permissions or (
        member is not None and member.function in {CouncilFunction.CHAIR, CouncilFunction.SECRETARY})
    is_chair = member is not None and member.function is CouncilFunction.CHAIR
    return render_template(
        "scoring/index.html", campaign=campaign, member=member, mine=mine, kept=kept, oversees=oversees,
        blocks={block.id: block for block in blocks}, progress=queries.progress(campaign_id) if oversees else [],
        is_chair=is_chair, is_closed=campaign.phase.place > Phase.SCORING.place, sees_marks=_sees_matrix(campaign, member))


def _own_progress(campaign: Campaign, member: CouncilMember, blocks: Any, hidden: frozenset[int]) -> list[dict[str, Any]]:
    scheme, sheets = scheme_of(campaign.id), queries.sheets_of(member.id)
    return [{"block": block, "sheet": sheets.get(block.id),
             "filling": queries.filling(campaign.id, scheme, block.id, sheets.get(block.id), hidden)} for block in blocks]


@scoring.get("/<int:block_id>/print")
@requires(Permission.SHEET_MARK)
def print_sheet(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """In phiếu chấm của tôi; units he is kept away from are not on it."""
    desk = desk_of(campaign_id, block_id)
    locked = desk.sheet.locked_at if desk.sheet else None
    printed = marking_sheet(
        desk.campaign, desk.block, member=current_user.full_name, criteria=desk.criteria, units=desk.units,
        asked={(cell.participation_id, cell.criterion_id) for cell in desk.cells}, marks=desk.marks,
        source=f"Phiếu đã khoá lúc {format_moment(locked)}" if locked else f"Phiếu chưa khoá; in lúc {format_moment(clock.now())}")
    return send_stored(BytesIO(printed), name=f"Phiếu chấm {desk.block.name}.pdf", media_type="application/pdf")


def _sees_matrix(campaign: Campaign, member: CouncilMember | None) -> bool:
    """Names with marks are for the chair and the secretary, after closing (design decision 13)."""
    return (campaign.phase.place > Phase.SCORING.place and member is not None
            and member.function in {CouncilFunction.CHAIR, CouncilFunction.SECRETARY})


@scoring.get("/<int:block_id>")
@requires(Permission.SHEET_MARK)
def grid(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Bảng chấm của khối: units × criteria."""
    page = page_number()
    desk = _page_of_desk(campaign_id, block_id, page)
    filling = queries.filling(campaign_id, desk.scheme, block_id, desk.sheet, frozenset(desk.kept))
    given = {unit_id: _given(desk, result) for unit_id, result in desk.results.items()}
    fixed = {unit_id: int(100 * sum(points or 0 for points in row.values())) for unit_id, row in given.items()}
    columns, is_open = _columns(desk), _is_open(desk)
    return render_template(
        "scoring/grid.html", desk=desk, campaign=desk.campaign, page=page, filling=filling,
        pages=max(1, -(-filling.units // PER_PAGE)), fixed=fixed, columns=columns, is_open=is_open,
        lines=[(row, _boxes(desk, row, columns, given[row.id], is_open=is_open) if row.id in given else []) for row in desk.units],
        reopenings=queries.reopenings(desk.sheet.id) if desk.sheet else [])


Column = tuple[ScoredGroup, ScoredCriterion | None]


def _columns(desk: Desk) -> list[Column]:
    """Cột của bảng chấm: per group what the rules and the secretariat give as one, then each cell of the council."""
    columns: list[Column] = []
    for group in desk.scheme.groups:
        if any(one.judged_by is not JudgedBy.COUNCIL for one in group.criteria):
            columns.append((group, None))
        columns += [(group, one) for one in group.criteria if one.judged_by is JudgedBy.COUNCIL]
    return columns


class Box(NamedTuple):
    """Ô của bảng chấm: what stands in it. kind: given (by rules and secretariat), apart (does not apply), abstained,
    open, saved, stale (a mark on an earlier report), shown (read-only).
    """

    kind: str
    text: str = ""
    field: str = ""
    label: str = ""


def _boxes(desk: Desk, unit: queries.UnitRow, columns: list[Column], given: Mapping[int, Decimal | None], *, is_open: bool) -> list[Box]:
    """Một hàng của bảng chấm."""
    result, row = desk.results[unit.id], []
    for group, one in columns:
        if one is None:
            points = given[group.id]
            row.append(Box("given", "—" if points is None else format_points(points)))
        elif one.id not in result.maxima:
            row.append(Box("apart"))
        else:
            mark = desk.marks.get((unit.id, one.id))
            field, label = f"m:{unit.id}:{one.id}", f"{unit.short_name}, {one.code}, tối đa {format_decimal(one.maximum)}"
            row.append(_box(mark, result.version_id, field, label, is_open=is_open))
    return row


def _box(mark: queries.Cell | None, version_id: int, field: str, label: str, *, is_open: bool) -> Box:
    if mark is None:
        return Box("open", "", field, label) if is_open else Box("shown", "—")
    if mark.points is None:
        return Box("abstained", mark.note)
    if not is_open:
        return Box("shown", format_points(mark.points))
    return Box("saved" if mark.version_id == version_id else "stale", format_decimal(mark.points), field, label)


def _given(desk: Desk, result: UnitResult) -> dict[int, Decimal | None]:
    """Điểm đã có theo nhóm, penalties negative; None where something is still missing."""
    found: dict[int, Decimal | None] = {}
    for group in desk.scheme.groups:
        points = [result.results[one.id].points for one in group.criteria if one.id in result.results]
        known = [value for value in points if value is not None]
        total = sum(known, Decimal(0))
        counted = -total if group.kind is CriterionKind.PENALTY and total else total
        found[group.id] = counted if len(known) == len(points) and points else None
    return found


def _is_open(desk: Desk) -> bool:
    return desk.campaign.phase is Phase.SCORING and (desk.sheet is None or desk.sheet.locked_at is None)


@scoring.get("/<int:block_id>/units/<int:participation_id>")
@requires(Permission.SHEET_MARK)
def unit(campaign_id: int, block_id: int, participation_id: int) -> ResponseReturnValue:
    """Phiếu chấm một đơn vị: guidance, verified facts, evidence, own mark and note."""
    return _unit_page(*_desk_for(campaign_id, block_id, participation_id))


def _unit_page(desk: Desk, verified: VerifiedUnit | None, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    row = desk.units[0]
    before, after = queries.neighbours(desk.campaign.id, row, frozenset(desk.kept))
    content = from_snapshot(queries.final_snapshot(row.id, verified.version_id) if verified else {})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render_template(
        "scoring/unit.html", desk=desk, campaign=desk.campaign, unit=row, result=desk.results.get(row.id),
        content=content, before=before, after=after, is_open=_is_open(desk), no_score=Scored(), no_value=Claimed(),
        errors=errors or {}, typed=request.form, facts=verified.points if verified else {}), status


@scoring.get("/<int:block_id>/detail/<int:participation_id>/<int:criterion_id>")
@requires(Permission.SHEET_MARK)
def detail(campaign_id: int, block_id: int, participation_id: int, criterion_id: int) -> ResponseReturnValue:
    """Chi tiết một ô: guidance, self-score, verified points and evidence, shown under the grid."""
    desk, verified = _desk_for(campaign_id, block_id, participation_id)
    criterion = next((row for row in desk.criteria if row.id == criterion_id), None)
    if verified is None or criterion is None:
        raise NotVisible
    content = from_snapshot(queries.final_snapshot(participation_id, verified.version_id))
    return render_template(
        "scoring/_detail.html", campaign=desk.campaign, unit=desk.units[0], criterion=criterion,
        claimed=content.scores.get(criterion_id, Scored()), given=verified.points.get(criterion_id),
        files=[row for row in content.evidence if row["criterion_id"] == criterion_id])


@scoring.post("/<int:block_id>/fields")
@requires(Permission.SHEET_MARK)
def save_field(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Chấm một ô ("m:<đơn vị>:<tiêu chí>") hoặc ghi nhận xét ("n:…"), as it is typed."""
    campaign = campaign_for(current_user, campaign_id)
    member = _member(campaign)
    letter, cell = _cell(campaign, member, block_id, request.form.get("field", ""))
    sheet = actions.begin_sheet(campaign, member, block_id)
    at, text, base = clock.now(), request.form.get("value", ""), request.form.get("base", "")
    save = actions.save_note if letter == "n" else actions.save_mark
    try:
        value = save(campaign, sheet, cell, text, base, at=at)
    except Conflict as conflict:
        db.session.rollback()
        return jsonify(conflict={"value": conflict.theirs, "by": conflict.by, "at": conflict.at}), HTTPStatus.CONFLICT
    recorder.act("scoring.mark", campaign_id=campaign_id)
    db.session.commit()
    return jsonify(saved_at=format_time(at), value=value)


def _cell(campaign: Campaign, member: CouncilMember, block_id: int, field: str) -> tuple[str, Markable]:
    """The cell a field names, if this member may mark it; everything else does not exist for him."""
    parts = field.split(":")
    if len(parts) != 3 or parts[0] not in {"m", "n"} or not all(part.isdecimal() and len(part) < 10 for part in parts[1:]):  # noqa: PLR2004 - letter and two short ids
        raise NotVisible
    participation_id, criterion_id = int(parts[1]), int(parts[2])
    row, version_id = queries.markable_unit(block_id, participation_id, council.hidden_unit_ids(member))
    scheme = scheme_of(campaign.id)
    criterion = next((one for one in council_criteria(scheme) if one.id == criterion_id), None)
    if criterion is None or not scheme.applies(criterion, row.unit_id, row.block_id):
        raise NotVisible
    return parts[0], Markable(participation_id, criterion_id, criterion.maximum, version_id)


@scoring.post("/<int:block_id>/units/<int:participation_id>/save")
@requires(Permission.SHEET_MARK)
def save_unit(campaign_id: int, block_id: int, participation_id: int) -> ResponseReturnValue:
    """Ghi mọi điểm của một đơn vị, where the browser runs no script."""
    desk, _ = _desk_for(campaign_id, block_id, participation_id)
    sheet = actions.begin_sheet(desk.campaign, desk.member, block_id)
    errors: dict[str, str] = {}
    for cell in desk.cells:
        field = f"{cell.participation_id}:{cell.criterion_id}"
        text = request.form.get(f"m:{field}", "")
        try:
            if text.strip() != "—":
                actions.save_mark(desk.campaign, sheet, cell, text, None, at=clock.now())
            if text.strip():
                actions.save_note(desk.campaign, sheet, cell, request.form.get(f"n:{field}", ""), None, at=clock.now())
        except RuleViolation as violation:
            errors[f"m:{field}"] = str(violation)
    recorder.act("scoring.mark", campaign_id=campaign_id)
    db.session.commit()
    if errors:
        return _unit_page(*_desk_for(campaign_id, block_id, participation_id), errors)
    flash("Đã lưu điểm.", "success")
    return redirect(url_for(".unit", campaign_id=campaign_id, block_id=block_id, participation_id=participation_id),
                    HTTPStatus.SEE_OTHER)


@scoring.post("/<int:block_id>/abstain")
@requires(Permission.SHEET_MARK)
def abstain(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Không chấm một đơn vị, hoặc một tiêu chí của đơn vị, with a reason."""
    desk, _ = _desk_for(campaign_id, block_id, request.form.get("participation_id", 0, type=int))
    criterion_id = request.form.get("criterion_id", type=int)
    cells = [cell for cell in desk.cells if criterion_id in {None, cell.criterion_id}]
    if not cells:
        abort(404)
    sheet = actions.begin_sheet(desk.campaign, desk.member, block_id)
    actions.abstain(desk.campaign, sheet, cells, reason=request.form.get("reason", ""), at=clock.now())
    return _done(campaign_id, block_id, "scoring.mark", "Đã ghi nhận không chấm.")


def _done(campaign_id: int, block_id: int, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".grid", campaign_id=campaign_id, block_id=block_id), HTTPStatus.SEE_OTHER)


@scoring.post("/<int:block_id>/lock")
@requires(Permission.SHEET_MARK)
def lock(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Khoá phiếu chấm."""
    campaign, member, *_ = _sitting(campaign_id, block_id)
    sheet = actions.begin_sheet(campaign, member, block_id)
    desk = desk_of(campaign_id, block_id)  # read while the sheet is held: no mark goes or comes before it is locked
    actions.lock(campaign, sheet, desk.cells, desk.marks, units={row.id: row.short_name for row in desk.units},
                 criteria={one.id: one.code for one in desk.criteria}, at=clock.now())
    return _done(campaign_id, block_id, "scoring.lock", "Đã khoá phiếu chấm.")


@scoring.post("/sheets/<int:sheet_id>/reopen")
@requires(Permission.SHEET_REOPEN)
def reopen(campaign_id: int, sheet_id: int) -> ResponseReturnValue:
    """Chủ tịch mở lại một phiếu chấm."""
    campaign = campaign_for(current_user, campaign_id)
    sheet = queries.sheet(campaign_id, sheet_id)
    actions.reopen(campaign, sheet, council.active_member(current_user.id, campaign_id, clock.today()),
                   reason=request.form.get("reason", ""), by=current_user, at=clock.now())
    recorder.act("scoring.reopen", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã mở lại phiếu của {sheet.member.user.full_name}.", "success")
    return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)


@scoring.get("/<int:block_id>/matrix")
@requires(Permission.SHEET_READ)
def matrix(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Bảng điểm của mọi thành viên, after closing: chair and secretary see names, a member only himself."""
    campaign, member, block = _after_closing(campaign_id, block_id)
    marks = queries.all_marks(block_id)
    everybody = {cell: list(row.values()) for cell, row in marks.items()}
    names = {row.id: row.user.full_name for row in council.members(campaign_id)}
    sees_all = _sees_matrix(campaign, member)
    shown_members = sorted({one for row in marks.values() for one in row}) if sees_all else [member.id]
    hidden = council.hidden_unit_ids(member)
    stats = {one: severity({cell: row[one] for cell, row in marks.items() if one in row}, everybody)
             for one in shown_members}
    return render_template(
        "scoring/matrix.html", campaign=campaign, block=block, marks=marks, members=shown_members, names=names,
        sees_all=sees_all, stats=stats, units=queries.units_of(block_id, hidden),
        criteria=council_criteria(scheme_of(campaign_id)), is_outlier=is_outlier)


def _after_closing(campaign_id: int, block_id: int) -> tuple[Campaign, CouncilMember, Block]:
    """For members, once scoring is closed."""
    campaign = campaign_for(current_user, campaign_id)
    member = council.active_member(current_user.id, campaign_id, clock.today())
    if member is None or campaign.phase.place <= Phase.SCORING.place:
        raise NotVisible
    block: Block = row_of(Block, campaign_id, block_id)
    return campaign, member, block


@scoring.get("/<int:block_id>/matrix/excel")
@requires(Permission.SHEET_READ)
def spreadsheet(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Bảng điểm ra Excel: all names for chair and secretary, his own column for a member."""
    campaign, member, block = _after_closing(campaign_id, block_id)
    marks = queries.all_marks(block_id)
    names = {row.id: row.user.full_name for row in council.members(campaign_id)}
    chosen = sorted({one for row in marks.values() for one in row}) if _sees_matrix(campaign, member) else [member.id]
    tables = workbook.marks(queries.units_of(block_id, council.hidden_unit_ids(member)), council_criteria(scheme_of(campaign_id)), chosen,
                            names, marks)
    return send_tables(tables, title=f"Điểm của Hội đồng, {block.name}", state="các phiếu đã khoá", name="diem-hoi-dong")
