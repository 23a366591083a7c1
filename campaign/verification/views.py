"""Thẩm định: pages."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.cells import shown
from campaign.core.dates import parse_date
from campaign.core.errors import Conflict, RuleViolation
from campaign.core.numbers import format_decimal, format_points
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.notices import events
from campaign.papers.workbook import Table
from campaign.planning.queries import (
    campaign_for,
    periods_of,
    scheme_of,
    tasks_of,
)
from campaign.reporting import queries as reports
from campaign.reporting.evidence.elsewhere import texts_elsewhere, used_elsewhere
from campaign.reporting.rules import ClaimedFigure, SelfAssessment, from_snapshot
from campaign.reporting.workbook import board
from campaign.scheme.rules.checklist import ItemAnswer
from campaign.scheme.rules.table import Scheme, ScoredGroup
from campaign.scheme.rules.terms import ValueKind
from campaign.verification import actions, cases, checks, queries, workbook
from campaign.verification import cells as verified_cells
from campaign.verification.board import board_here
from campaign.verification.models import Verification
from campaign.verification.opened import OpenVerification, opened_report
from campaign.verification.rules import (
    GivenPoints,
    VerifiedFigure,
    VerifiedUnit,
    block_results,
    size_questions,
)
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import page_of
from campaign.web.paging import page_number
from campaign.web.saving import conflicting, saved
from campaign.web.spreadsheets import send_tables

verification = Blueprint("verification", __name__)


@verification.get("/")
@requires(Permission.VERIFICATION_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Bảng thẩm định: units × periods, completeness against what is expected by now."""
    campaign = campaign_for(current_user, campaign_id)
    all_periods = periods_of(campaign_id)
    board_, asked = board_here(campaign_id, all_periods)
    return render_template(
        "verification/index.html",
        campaign=campaign,
        asked=asked,
        page=page_of(board_.shown(asked), number=page_number()),
        totals=board_.totals,
        periods=board_.periods,
        filed=board_.filed,
        dates=board_.dates,
        today=board_.today,
        waiting=cases.next_waiting(campaign_id, current_user.own_unit_ids),
    )


@verification.get("/excel")
@requires(Permission.VERIFICATION_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Bảng thẩm định ra Excel as filtered, with values and points of those units as verified."""
    campaign = campaign_for(current_user, campaign_id)
    whole, asked = board_here(campaign_id, periods_of(campaign_id))
    rows = whole.shown(asked)
    finished = _finished_among(campaign_id, asked.number("block"), {row.id for row in rows})
    filed = board(
        ((row, row.name) for row in rows), whole.periods, whole.filed, whole.dates, whole.today
    )
    return send_tables(
        [*filed, *_verified(campaign_id, finished, {row.unit_id: row.name for row in rows})],
        title=f"Thẩm định, {campaign.title}",
        state=f"{len(finished)} đơn vị đã thẩm định xong báo cáo cuối kỳ",
        name="tham-dinh",
        points_places=campaign.points_places,
        notes=asked.told(),
    )


def _finished_among(
    campaign_id: int, block_id: int | None, participation_ids: Collection[int]
) -> list[VerifiedUnit]:
    """Đơn vị đã thẩm định xong báo cáo cuối kỳ, of those on the board."""
    return [
        unit
        for unit in queries.finished_units(campaign_id, block_id)
        if unit.participation_id in participation_ids
    ]


def _verified(
    campaign_id: int, units: Sequence[VerifiedUnit], names: Mapping[int, str]
) -> list[Table]:
    """Số liệu và điểm of these units, as verified."""
    scheme = scheme_of(campaign_id)
    snapshots = reports.snapshots([unit.version_id for unit in units])
    contents = {key: from_snapshot(snapshot) for key, snapshot in snapshots.items()}
    return workbook.verified(units, names, contents, scheme, block_results(scheme, units))


@verification.get("/<int:report_id>")
@requires(Permission.VERIFICATION_READ)
def show(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Đối chiếu: claimed, verified and official side by side."""
    return _page(opened_report(campaign_id, report_id))


def _page(opened: OpenVerification, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    row, report = opened.verification, opened.report
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render_template(
        "verification/show.html",
        campaign=opened.campaign,
        report=report,
        unit=report.participation.unit,
        version=opened.version,
        row=row,
        scheme=opened.scheme,
        headings=_headings(opened),
        content=opened.content,
        claimed_scores=opened.claimed.scores,
        elsewhere=used_elsewhere(report),
        texts_elsewhere=texts_elsewhere(report),
        values=opened.values,
        points=opened.points,
        applicable=opened.applicable,
        result=opened.result,
        writes=opened.is_writable,
        reopens=opened.may_write and not (row and row.disclosed_at),
        left=opened.left,
        remarks=opened.remarks,
        taken=request.args.getlist("taken"),
        url={"campaign_id": opened.campaign.id, "report_id": report.id},
        may_be_aside=_may_be_aside(opened.scheme),
        errors=errors or {},
        tasks=tasks_of(opened.campaign.id),
        unlockings=cases.unlockings(row.id) if row else [],
        asked=size_questions(opened.unit, opened.scheme),
        waiting=cases.next_waiting(opened.campaign.id, current_user.own_unit_ids, but=report.id),
        **_WORDS,
    ), status


_WORDS = {
    "shown": shown,
    "kinds": ValueKind,
    "item_answers": ItemAnswer,
    "difference": checks.difference,
    "no_value": ClaimedFigure(),
    "no_score": SelfAssessment(),
    "nothing": VerifiedFigure(0, None, None, None),
    "no_points": GivenPoints(0, None),
}
"""What the page says of any cell: how it is shown, and what an empty one holds."""


def _headings(opened: OpenVerification) -> Mapping[int, tuple[ScoredGroup, ...]]:
    criteria = opened.scheme.criteria
    return opened.scheme.headings(row for row in criteria if row.id in opened.applicable)


def _may_be_aside(scheme: Scheme) -> frozenset[int]:
    """Tiêu chí do hệ thống tính mà riêng nó có thể không áp dụng, others of its number aside."""
    return frozenset(row.id for row in scheme.criteria if scheme.may_be_aside(row))


def _begun(opened: OpenVerification) -> Verification:
    return actions.begin(opened.campaign, opened.report, by=current_user)


@verification.post("/<int:report_id>/fields")
@requires(Permission.VERIFICATION_WRITE)
def save_field(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Ghi một ô thẩm định."""
    opened, at = opened_report(campaign_id, report_id), clock.now()
    field, text, base = (request.form.get(name, "") for name in ("field", "value", "base"))
    try:
        value = _write(opened, _begun(opened), field, text, base, at)
    except Conflict as conflict:
        return conflicting(conflict)
    recorder.act("verification.save", campaign_id=campaign_id)
    db.session.commit()
    opened = opened_report(campaign_id, report_id)
    left = opened.left
    return saved(
        at,
        value,
        derived=_derived(opened, left),
        parts={"missing": render_template("verification/_missing.html", left=left)},
    )


def _write(
    opened: OpenVerification, row: Verification, field: str, text: str, base: str, at: datetime
) -> str:
    """Ghi một ô as whoever is at the screen typed it; gives the text as it stands now."""
    return verified_cells.save_field(
        row, opened.scheme, opened.applicable, field, text, base, by=current_user, at=at
    )


def _derived(opened: OpenVerification, left: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Points and how much is left, as they follow from what was just typed."""
    return {
        "left": f"Còn {len(left)} chỗ chưa thẩm định xong" if left else "Đã đủ, có thể hoàn thành",
        "return-reason": opened.remarks,
        **_points_texts(opened),
        **_gap_texts(opened),
        **{
            f"asked-{number}": question
            for number, question in size_questions(opened.unit, opened.scheme).items()
        },
    }


def _points_texts(opened: OpenVerification) -> dict[str, str]:
    """Points of each criterion, and how they were worked out."""
    texts = {}
    for number, result in opened.result.results.items():
        texts[f"points-{number}"] = (
            format_points(result.points, opened.scheme.places) if result.points is not None else "—"
        )
        texts[f"steps-{number}"] = "; ".join(result.steps)
    return texts


def _gap_texts(opened: OpenVerification) -> dict[str, str]:
    """Chênh lệch of each verified number from the claimed one."""
    texts = {}
    for number, checked in opened.values.items():
        gap = checks.difference(
            opened.content.values.get(number, ClaimedFigure()).value, checked.counted
        )
        texts[f"gap-{number}"] = format_decimal(gap) if gap is not None else "—"
    return texts


@verification.post("/<int:report_id>/save")
@requires(Permission.VERIFICATION_WRITE)
def save(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Ghi cả trang, where the browser runs no script."""
    opened, at = opened_report(campaign_id, report_id), clock.now()
    row = _begun(opened)
    errors = _write_all(opened, row, at)
    recorder.act("verification.save", campaign_id=campaign_id)
    db.session.commit()
    if errors:
        return _page(opened_report(campaign_id, report_id), errors)
    flash("Đã lưu thẩm định.", "success")
    return redirect(
        url_for(".show", campaign_id=campaign_id, report_id=report_id), HTTPStatus.SEE_OTHER
    )


def _write_all(opened: OpenVerification, row: Verification, at: datetime) -> dict[str, str]:
    """Ghi mọi ô của biểu mẫu; gives what was refused, by field."""
    errors: dict[str, str] = {}
    for field in request.form:
        if field[:2] not in {"v:", "p:"}:
            continue
        text = request.form[field]
        try:
            _write(opened, row, field, text, request.form.get(f"base-{field}", text), at)
        except RuleViolation as violation:
            errors[field] = str(violation)
    return errors


def _done(campaign_id: int, report_id: int, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=campaign_id)
    db.session.commit()
    flash(message, "success")
    return redirect(
        url_for(".show", campaign_id=campaign_id, report_id=report_id), HTTPStatus.SEE_OTHER
    )


@verification.post("/<int:report_id>/finish")
@requires(Permission.VERIFICATION_WRITE)
def finish(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Hoàn thành thẩm định; what is left is read once nobody else can type any more."""
    row = _begun(opened_report(campaign_id, report_id))
    opened = opened_report(campaign_id, report_id)
    left = opened.left
    actions.finish(row, opened.report, left, by=current_user, at=clock.now())
    events.verified(campaign_id, report_id, opened.report.participation.unit_id, at=clock.now())
    return _done(campaign_id, report_id, "verification.finish", "Đã hoàn thành thẩm định.")


@verification.post("/<int:report_id>/unlock")
@requires(Permission.VERIFICATION_WRITE)
def unlock(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Mở lại thẩm định."""
    opened = opened_report(campaign_id, report_id)
    actions.refuse_outside_verifying(opened.campaign, opened.report, current_user)
    if opened.verification is None:
        abort(404)
    actions.unlock(
        opened.verification,
        opened.report,
        reason=request.form.get("reason", ""),
        by=current_user,
        at=clock.now(),
    )
    return _done(campaign_id, report_id, "verification.unlock", "Đã mở lại thẩm định.")


@verification.post("/<int:report_id>/return")
@requires(Permission.VERIFICATION_WRITE)
def return_report(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Trả lại báo cáo, with reason and new date."""
    opened = opened_report(campaign_id, report_id)
    due_on = parse_date(request.form.get("due_on", ""))
    actions.return_report(
        opened.campaign,
        opened.report,
        opened.version,
        reason=request.form.get("reason", ""),
        due_on=due_on,
        by=current_user,
        at=clock.now(),
    )
    unit_id = opened.report.participation.unit_id
    events.report_returned(
        campaign_id, report_id, opened.version.number, unit_id, due_on, at=clock.now()
    )
    return _done(campaign_id, report_id, "report.return", "Đã trả lại báo cáo cho đơn vị.")
