"""Thẩm định: verifying a submitted version, finishing, unlocking, returning."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.extensions import db, first_written
from campaign.planning.models import Campaign
from campaign.reporting import actions as reporting
from campaign.reporting import queries as reports
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import ReportState
from campaign.verification import cases
from campaign.verification.models import (
    Unlocking,
    Verification,
)
from campaign.verification.rules import OPEN_PHASES


def refuse_outside_verifying(campaign: Campaign, report: Report, by: User) -> None:
    """Thẩm định trong bước thẩm định và chấm điểm, by somebody whose own unit it is not."""
    if campaign.phase not in OPEN_PHASES:
        refuse("Phong trào chưa mở hoặc đã đóng việc thẩm định.")
    if report.participation.unit_id in by.own_unit_ids:
        refuse(
            "Đây là báo cáo của đơn vị Ông/Bà; người khác trong Thường trực thẩm định báo cáo này."
        )


def begin(campaign: Campaign, report: Report, *, by: User) -> Verification:
    """Bắt đầu thẩm định the last version; a later one takes the numbers over as suggestions.

    The row is held until the transaction ends: of two who type or finish in the same moment the
    second sees the first.
    """
    refuse_outside_verifying(campaign, report, by)
    latest = reports.latest_version(report.id)
    if latest is None or report.state not in {ReportState.SUBMITTED, ReportState.VERIFIED}:
        refuse("Báo cáo chưa nộp nên chưa thẩm định được.")
    row = cases.held(report.id)
    if row is None:
        begun = Verification(report_id=report.id, version_id=latest.id)
        row = first_written(begun, lambda: cases.held(report.id))
    if row.finished_at is None and row.version_id != latest.id:
        row.version_id = latest.id
        db.session.flush()
    return row


def refuse_finished(row: Verification) -> None:
    """Không sửa nữa once the verification is finished, unless it is opened again."""
    if row.finished_at is not None:
        refuse("Việc thẩm định báo cáo này đã hoàn thành; muốn sửa, hãy mở lại và ghi lý do.")


def finish(
    row: Verification, report: Report, left: Collection[tuple[str, str]], *, by: User, at: datetime
) -> None:
    """Hoàn thành thẩm định: freezes what was found for this version."""
    refuse_finished(row)
    if report.state is not ReportState.SUBMITTED:
        refuse(f"Báo cáo {report.state.label}; không hoàn thành thẩm định được.")
    if left:
        refuse(f"Còn {len(left)} chỗ chưa thẩm định xong. {next(iter(left))[0]}")
    row.finished_at, row.finished_by_id = at, by.id
    report.state = ReportState.VERIFIED


def unlock(row: Verification, report: Report, *, reason: str, by: User, at: datetime) -> None:
    """Mở lại thẩm định, with a reason on record; marks keep the version they judged."""
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do mở lại.", "reason")
    if row.finished_at is None:
        refuse("Việc thẩm định chưa hoàn thành nên không cần mở lại.")
    if row.disclosed_at is not None:
        refuse("Kết quả đã đưa ra đơn vị giải trình; chỉ thẩm định lần hai sửa được.")
    row.finished_at = row.finished_by_id = None
    report.state = ReportState.SUBMITTED
    db.session.add(Unlocking(verification_id=row.id, reason=text, at=at, by_id=by.id))


def return_report(
    campaign: Campaign,
    report: Report,
    version: ReportVersion,
    *,
    reason: str,
    due_on: date,
    by: User,
    at: datetime,
) -> None:
    """Trả lại đơn vị, with the reason and a new date."""
    refuse_outside_verifying(campaign, report, by)
    reporting.return_report(version, report, reason=reason, due_on=due_on, by=by, at=at)


def amend_value(
    verification_id: int,
    indicator_id: int,
    value: Decimal | None,
    comment: str,
    *,
    by: User,
    at: datetime,
) -> None:
    """Sửa số theo thẩm định lần hai: the one that is counted, with its sentence as the comment."""
    row = cases.value_row(verification_id, indicator_id, by, at)
    db.session.add(row)
    if row.official_value is not None:
        row.official_value = value
    else:
        row.value = value
    row.comment, row.updated_at, row.updated_by_id = comment, at, by.id


def amend_points(
    verification_id: int,
    criterion_id: int,
    points: Decimal | None,
    comment: str,
    *,
    by: User,
    at: datetime,
) -> None:
    """Sửa điểm theo thẩm định lần hai, with its sentence as the comment."""
    row = cases.points_row(verification_id, criterion_id, by, at)
    db.session.add(row)
    row.points, row.comment, row.updated_at, row.updated_by_id = points, comment, at, by.id
