"""Thẩm định: verifying a submitted version, finishing, unlocking, returning."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.points import ZERO
from campaign.core.text import one_line
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.reporting import actions as reporting
from campaign.reporting import queries as reports
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import Claimed, Content, ReportState, Scored
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, Judgement
from campaign.verification import queries
from campaign.verification.models import (
    Unlocking,
    Verification,
)
from campaign.verification.rules import OPEN_PHASES, Checked, Given


def refuse_outside_verifying(campaign: Campaign, report: Report, by: User) -> None:
    """Thẩm định trong bước thẩm định và chấm điểm, by somebody whose own unit it is not."""
    if campaign.phase not in OPEN_PHASES:
        refuse("Phong trào chưa mở hoặc đã đóng việc thẩm định.")
    if report.participation.unit_id in by.own_unit_ids:
        refuse(
            "Đây là báo cáo của đơn vị Ông/Bà; người khác trong Thường trực thẩm định báo cáo này."
        )


def begin(campaign: Campaign, report: Report, *, by: User) -> Verification:
    """Bắt đầu thẩm định the last submitted version; a later version takes the numbers over as
    suggestions.

    The row is held until the transaction ends: of two who type or finish in the same moment the
    second sees the first.
    """
    refuse_outside_verifying(campaign, report, by)
    latest = reports.latest_version(report.id)
    if latest is None or report.state not in {ReportState.SUBMITTED, ReportState.VERIFIED}:
        refuse("Báo cáo chưa nộp nên chưa thẩm định được.")
    row = queries.held(report.id)
    if row is None:
        row = Verification(report_id=report.id, version_id=latest.id)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            row = queries.held(report.id)
            if row is None:
                raise
    if row.finished_at is None and row.version_id != latest.id:
        row.version_id = latest.id
        db.session.flush()
    return row


def refuse_finished(row: Verification) -> None:
    """Không sửa nữa once the verification is finished, unless it is opened again."""
    if row.finished_at is not None:
        refuse("Việc thẩm định báo cáo này đã hoàn thành; muốn sửa, hãy mở lại và ghi lý do.")


def missing(
    scheme: Scheme,
    applicable: Collection[int],
    content: Content,
    values: Mapping[int, Checked],
    points: Mapping[int, Given],
) -> list[tuple[str, str]]:
    """Còn thiếu trước khi hoàn thành: (sentence, field)."""
    found: list[tuple[str, str]] = []
    scored = {
        one.indicator_id for one in scheme.criteria if one.id in applicable and one.indicator_id
    }
    for indicator in scheme.indicators.values():
        if indicator.id in scored and indicator.direction is not Direction.WATCH:
            found += _value_missing(
                indicator.id,
                indicator.short_name,
                content.values.get(indicator.id, Claimed()),
                values.get(indicator.id),
            )
            if indicator.judgement is Judgement.GROWTH:
                found += _comparison_missing(
                    indicator.id, indicator.short_name, values.get(indicator.id)
                )
    for one in scheme.criteria:
        if one.id not in applicable or one.judged_by is JudgedBy.INDICATOR:
            continue
        given = points.get(one.id, Given(0, None))
        if given.not_applicable_reason:
            continue
        claimed_points = content.scores.get(one.id, Scored()).points
        is_base = one.kind is CriterionKind.BASE
        claimed_points = claimed_points if is_base else claimed_points or ZERO
        if (
            given.points is None
            and one.judged_by is JudgedBy.SECRETARIAT
            and (is_base or claimed_points)
        ):
            found.append((f"{one.code}: chưa cho điểm.", f"p:{one.id}:points"))
        elif given.points is not None and given.points != claimed_points and not given.comment:
            found.append(
                (f"{one.code}: khác điểm tự chấm, hãy ghi nhận xét.", f"p:{one.id}:comment")
            )
    return found


def _value_missing(
    number: int, name: str, claimed: Claimed, checked: Checked | None
) -> list[tuple[str, str]]:
    if checked is None or (checked.counted is None and not checked.not_applicable_reason):
        if checked is not None and checked.comment and claimed.value is None:
            return []
        return [
            (
                f"{name}: chưa có số thẩm định; nếu không áp dụng, hãy ghi lý do.",
                f"v:{number}:value",
            )
        ]
    if checked.counted is not None and checked.counted != claimed.value and not checked.comment:
        return [(f"{name}: khác số đơn vị báo, hãy ghi nhận xét.", f"v:{number}:comment")]
    return []


def _comparison_missing(number: int, name: str, checked: Checked | None) -> list[tuple[str, str]]:
    """Growth cannot be worked out without the same period of last year: the unit would be left
    without a rank.
    """
    if checked is None or checked.counted is None or checked.not_applicable_reason:
        return []
    if checked.comparison is None:
        return [
            (
                f"{name}: chưa có số cùng kỳ năm trước; nếu không áp dụng, hãy ghi lý do.",
                f"v:{number}:comparison",
            )
        ]
    if checked.comparison <= 0:
        return [(f"{name}: số cùng kỳ năm trước phải lớn hơn 0.", f"v:{number}:comparison")]
    return []


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
    """Mở lại thẩm định, with a reason on record; marks already given keep the version they
    judged.
    """
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do mở lại.", "reason")
    if row.finished_at is None:
        refuse("Việc thẩm định chưa hoàn thành nên không cần mở lại.")
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


def difference(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    """Chênh lệch: second less first; None where one is missing."""
    return None if first is None or second is None else second - first
