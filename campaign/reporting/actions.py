"""Báo cáo: opening, typing, attaching, signing, submitting, returning."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import User
from campaign.audit.rules import digest
from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db, first_written
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.reporting import queries
from campaign.reporting.checks import blocking, findings
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.models import (
    Report,
    ReportVersion,
    Return,
)
from campaign.reporting.rules import (
    EDITABLE,
    OPEN_PHASES,
    ClaimedFigure,
    Content,
    Dates,
    Demands,
    ReportState,
    SelfAssessment,
    is_locked,
    is_on_time,
    to_snapshot,
)
from campaign.scheme.rules.achievement import Achievement
from campaign.scheme.rules.checklist import checklist_points
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.points import indicator_points, rewarded_once
from campaign.scheme.rules.progress import Shares
from campaign.scheme.rules.table import Scheme, ScoredCriterion


def refuse_outside_reporting(campaign: Campaign) -> None:
    """Báo cáo chỉ nhận trong các bước báo cáo, thẩm định, chấm điểm."""
    if campaign.phase not in OPEN_PHASES:
        refuse("Phong trào đang ở bước không nhận báo cáo.")


def open_report(
    campaign: Campaign, participation: Participation, period: ReportingPeriod
) -> Report:
    """Bắt đầu báo cáo of a unit for a period; a second start finds the first."""
    refuse_outside_reporting(campaign)
    if participation.state is not ParticipationState.CONFIRMED:
        refuse("Đơn vị chưa được xác nhận tham gia.")
    begun = queries.report_of(participation.id, period.id)
    if begun is not None:
        return begun
    return first_written(
        Report(participation_id=participation.id, period_id=period.id),
        lambda: queries.report_of(participation.id, period.id),
    )


def refuse_unless_editable(campaign: Campaign, report: Report, *, today: date) -> None:
    """Còn sửa được: drafts and returned reports, until the day of locking is over."""
    refuse_outside_reporting(campaign)
    if report.state not in EDITABLE:
        refuse(f"Báo cáo {report.state.label}; không sửa được nữa.")
    dates = deadlines.dates(report)
    if is_locked(today, dates.locks_on):
        refuse(f"Đã đóng nhận báo cáo sau ngày {dates.locks_on:%d/%m/%Y}.")


def prepare(
    campaign: Campaign,
    report: Report,
    content: Content,
    demands: Demands,
    *,
    by: User,
    at: datetime,
) -> None:
    """Trình ký: the officer hands the report to the head of unit, when nothing is missing."""
    refuse_unless_editable(campaign, report, today=local_date(at))
    _refuse_incomplete(content, demands)
    report.state = ReportState.AWAITING_SIGNATURE
    report.prepared_by_id, report.prepared_at = by.id, at


def give_back(report: Report) -> None:
    """Chuyển lại người soạn: the head wants changes before signing."""
    if report.state is not ReportState.AWAITING_SIGNATURE:
        refuse("Báo cáo không còn chờ ký.")
    has_version = queries.latest_version(report.id) is not None
    report.state = ReportState.RETURNED if has_version else ReportState.DRAFT


def _refuse_incomplete(content: Content, demands: Demands) -> None:
    left = blocking(findings(content, demands), content.answers)
    if left:
        refuse(f"Báo cáo còn {len(left)} chỗ phải xử lý. {left[0].sentence}")


def submit(
    campaign: Campaign,
    report: Report,
    content: Content,
    demands: Demands,
    *,
    by: User,
    at: datetime,
) -> ReportVersion:
    """Ký nộp: freezes a version, on time or late; the unique number decides a double click."""
    refuse_outside_reporting(campaign)
    dates = _dates_to_submit(report, local_date(at))
    _refuse_incomplete(content, demands)
    row = _next_version(report, content, dates, by, at)
    _freeze(report, row)
    return row


def _dates_to_submit(report: Report, today: date) -> Dates:
    """Hai hạn của báo cáo; refused where it was handed in, or is taken no more."""
    if report.state not in EDITABLE | {ReportState.AWAITING_SIGNATURE}:
        refuse(f"Báo cáo {report.state.label}.")
    dates = deadlines.dates(report)
    if is_locked(today, dates.locks_on):
        refuse(
            f"Đã đóng nhận báo cáo sau ngày {dates.locks_on:%d/%m/%Y}; hãy xin Thường trực gia hạn."
        )
    return dates


def _next_version(
    report: Report, content: Content, dates: Dates, by: User, at: datetime
) -> ReportVersion:
    """Bản nộp tiếp theo: the content as it stands, on time or late."""
    latest, snapshot = queries.latest_version(report.id), to_snapshot(content)
    return ReportVersion(
        report_id=report.id,
        number=(latest.number if latest else 0) + 1,
        submitted_at=at,
        submitted_by_id=by.id,
        is_on_time=is_on_time(local_date(at), dates.due_on),
        due_on=dates.due_on,
        snapshot=snapshot,
        sha256=digest(snapshot),
    )


def _freeze(report: Report, row: ReportVersion) -> None:
    """Đưa bản nộp vào; of two with one number the second is refused."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
            report.state = ReportState.SUBMITTED
    except IntegrityError:
        refuse("Báo cáo vừa được nộp.")


def reached(
    indicator: MeasuredIndicator, content: Content, unit_id: int, block: int | None, shares: Shares
) -> Achievement:
    """Mức đạt theo số đơn vị báo."""
    claimed = content.values.get(indicator.id, ClaimedFigure())
    return indicator.reached(unit_id, claimed.value, claimed.comparison, shares, block)


def _judged_by_rule(
    demands: Demands, scheme: Scheme
) -> Iterator[tuple[ScoredCriterion, MeasuredIndicator]]:
    """Tiêu chí mà quy tắc của một chỉ tiêu tính ra điểm, each with its indicator."""
    for criterion in demands.criteria:
        indicator = scheme.judged.get(criterion.id)
        if indicator is not None:
            yield criterion, indicator


def with_rule_points(
    content: Content, demands: Demands, scheme: Scheme, unit_id: int, shares: Shares
) -> Content:
    """Điểm tự tính của tiêu chí theo quy tắc: nobody types what a rule gives."""
    scores = dict(with_checklist_points(content, demands, scheme.places).scores)
    rewarded: set[int] = set()
    for criterion, indicator in _judged_by_rule(demands, scheme):
        points = indicator_points(
            indicator.rule,
            reached(indicator, content, unit_id, demands.block_id, shares),
            criterion.maximum,
            to=demands.maxima[criterion.id],
            places=scheme.places,
        )
        points = rewarded_once(points, indicator.id, rewarded)
        words = points.problem or "" if points.points is None else "; ".join(points.steps)
        scores[criterion.id] = SelfAssessment(points.points, words)
    return replace(content, scores=scores)


def with_checklist_points(content: Content, demands: Demands, places: int) -> Content:
    """Điểm của những mục đơn vị đánh dấu là đạt; none where it says nothing."""
    scores = dict(content.scores)
    for key, criterion in demands.checklists.items():
        ticks = scores.get(key, SelfAssessment()).ticks
        points = checklist_points(
            criterion.checklist, ticks, criterion.maximum, demands.maxima[key], places=places
        )
        scores[key] = (
            SelfAssessment(points.points, "; ".join(points.steps), ticks)
            if ticks
            else SelfAssessment()
        )
    return replace(content, scores=scores)


def return_report(
    version: ReportVersion, report: Report, *, reason: str, due_on: date, by: User, at: datetime
) -> None:
    """Trả lại: the report reopens with the reason in sight and a new date."""
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do trả lại.", "reason")
    if due_on < local_date(at):
        refuse("Hạn mới phải từ hôm nay trở đi.", "due_on")
    if report.state is not ReportState.SUBMITTED:
        refuse(f"Báo cáo {report.state.label}; không trả lại được.")
    db.session.add(Return(version_id=version.id, reason=text, due_on=due_on, at=at, by_id=by.id))
    report.state = ReportState.RETURNED
    db.session.flush()
