"""Báo cáo: opening, typing, attaching, signing, submitting, returning."""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import User
from campaign.audit.rules import digest
from campaign.core.dates import format_moment, local_date
from campaign.core.errors import Conflict, NotVisible, refuse
from campaign.core.numbers import (
    format_decimal,
    known_id,
    parse_decimal,
    parse_points,
    typed_decimal,
)
from campaign.core.text import nfc, one_line
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.reporting import queries
from campaign.reporting.checks import answerable, blocking, findings, warned_of
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.models import (
    ClaimedValue,
    Narrative,
    Report,
    ReportVersion,
    Return,
    SelfScore,
    WarningAnswer,
)
from campaign.reporting.rules import (
    EDITABLE,
    OPEN_PHASES,
    Claimed,
    Content,
    Demands,
    ReportState,
    Scored,
    is_locked,
    is_on_time,
    to_snapshot,
)
from campaign.scheme.rules.points import indicator_points
from campaign.scheme.rules.progress import Shares
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import JudgedBy, ValueKind

LONGEST = 20_000


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
    found = queries.report_of(participation.id, period.id)
    if found is not None:
        return found
    row = Report(participation_id=participation.id, period_id=period.id)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        found = queries.report_of(participation.id, period.id)
        if found is None:
            raise
        return found
    return row


def refuse_unless_editable(campaign: Campaign, report: Report, *, today: date) -> None:
    """Còn sửa được: drafts and returned reports, until the day of locking is over."""
    refuse_outside_reporting(campaign)
    if report.state not in EDITABLE:
        refuse(f"Báo cáo {report.state.label}; không sửa được nữa.")
    dates = deadlines.dates(report)
    if is_locked(today, dates.locks_on):
        refuse(f"Đã đóng nhận báo cáo sau ngày {dates.locks_on:%d/%m/%Y}.")


@dataclass(frozen=True)
class Saved:
    """Đã ghi: the text as it stands now."""

    value: str


_VALUE_FIELDS = frozenset({"value", "kind", "source", "comparison", "note", "blank_reason"})
_SCORE_FIELDS = frozenset({"points", "explanation"})


def save_field(
    report: Report, demands: Demands, field: str, text: str, base: str, *, by: User, at: datetime
) -> Saved:
    """Ghi một ô: only where it still holds `base`, the text the writer started from; else both
    texts are kept.

    field: v:<indicator>:<part>, n:<task>, s:<criterion>:<part> or w:<warning>. Raises Conflict,
    NumberError,
    NotVisible for a field this report does not have.
    """
    row, attribute = _target(report, demands, field, by, at)
    current, about = shown(getattr(row, attribute)), _about(report, field)
    if len(text) > LONGEST:
        refuse(f"Nhiều nhất {format_decimal(Decimal(LONGEST))} ký tự.")
    value = _parsed(demands, field, attribute, text)
    if (
        isinstance(row, WarningAnswer) and row.about != about
    ):  # an old reason: whoever still sees it has begun anew
        if value in {"", current} and nfc(base) in {"", current}:
            return Saved("")
        current, base = "", "" if nfc(base) == current else base
    if nfc(current) not in {nfc(base), shown(value)}:
        raise Conflict(
            theirs=current, by=queries.typist(row.updated_by_id), at=format_moment(row.updated_at)
        )
    if isinstance(row, WarningAnswer) and not value:
        if row in db.session and row not in db.session.new:
            db.session.delete(row)
        return Saved("")
    setattr(row, attribute, value)
    if isinstance(row, WarningAnswer):
        row.about = about
    row.updated_at, row.updated_by_id = at, by.id
    try:
        with db.session.begin_nested() if row not in db.session else nullcontext():
            db.session.add(row)
            db.session.flush()
    except (
        IntegrityError
    ):  # somebody else began this row in the same moment: his text stands there now
        return save_field(report, demands, field, text, base, by=by, at=at)
    return Saved(shown(value))


def _locked(model: type[Any], key: dict[str, Any]) -> Any:
    """The row, as committed last and held till the end: of two writers at once the second sees the
    first one's text.
    """
    return db.session.get(model, key, with_for_update=True)


def _about(report: Report, field: str) -> str:
    """What a reason is given for: the value as it stands now; nothing for the other fields."""
    letter, _, warning = field.partition(":")
    if letter != "w":
        return ""
    claimed = _locked(
        ClaimedValue, {"report_id": report.id, "indicator_id": known_id(warning.rpartition(":")[2])}
    )
    if claimed is None:
        return ""
    return warned_of(warning, Claimed(claimed.value, claimed.kind, comparison=claimed.comparison))


def _target(
    report: Report, demands: Demands, field: str, by: User, at: datetime
) -> tuple[Any, str]:
    """The row that holds a field (new where none yet) and the attribute; unknown fields do not
    exist.
    """
    letter, _, rest = field.partition(":")
    subject, _, part = rest.partition(":")
    stamp = {"updated_at": at, "updated_by_id": by.id}
    key: Any
    if letter == "w" and answerable(rest, {row.id for row in demands.indicators}):
        key = {"report_id": report.id, "warning": rest}
        return _locked(WarningAnswer, key) or WarningAnswer(
            **key, reason="", about=_about(report, field), **stamp
        ), "reason"
    number = known_id(subject)
    if letter == "v" and part in _VALUE_FIELDS and number in {row.id for row in demands.indicators}:
        key = {"report_id": report.id, "indicator_id": number}
        blank: dict[str, Any] = {"source": "", "note": "", "blank_reason": ""}
        return _locked(ClaimedValue, key) or ClaimedValue(**key, **blank, **stamp), part
    if letter == "n" and number in demands.tasks:
        key = {"report_id": report.id, "task_id": number}
        return _locked(Narrative, key) or Narrative(**key, text="", **stamp), "text"
    judged = {row.id for row in demands.criteria if row.judged_by is not JudgedBy.INDICATOR}
    if letter == "s" and part in _SCORE_FIELDS and number in judged:
        key = {"report_id": report.id, "criterion_id": number}
        return _locked(SelfScore, key) or SelfScore(**key, explanation="", **stamp), part
    raise NotVisible


def _parsed(demands: Demands, field: str, attribute: str, text: str) -> Any:
    stripped = text.strip()
    subject = known_id(field.split(":")[1]) if field[0] in "vs" else 0
    if attribute in {"value", "comparison"}:
        decimals = next(row.decimals for row in demands.indicators if row.id == subject)
        return parse_decimal(stripped, decimals=decimals) if stripped else None
    if attribute == "points":
        return parse_points(stripped, maximum=demands.maxima.get(subject)) if stripped else None
    if attribute == "kind":
        if stripped and stripped not in set(ValueKind):
            refuse("Hãy chọn ước, sơ bộ hoặc chính thức.")
        return ValueKind(stripped) if stripped else None
    return nfc(text) if attribute in {"note", "text", "explanation"} else one_line(text)


def shown(value: Any) -> str:
    """Chữ trong ô: as a cell to type in shows a stored value."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return typed_decimal(value)
    if isinstance(value, ValueKind):
        return value.value
    return str(value)


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
    """Ký nộp: freezes a version with its moment, on time or late; the unique number decides a
    double click.
    """
    refuse_outside_reporting(campaign)
    today = local_date(at)
    if report.state not in EDITABLE | {ReportState.AWAITING_SIGNATURE}:
        refuse(f"Báo cáo {report.state.label}.")
    dates = deadlines.dates(report)
    if is_locked(today, dates.locks_on):
        refuse(
            f"Đã đóng nhận báo cáo sau ngày {dates.locks_on:%d/%m/%Y}; hãy xin Thường trực gia hạn."
        )
    _refuse_incomplete(content, demands)
    latest = queries.latest_version(report.id)
    snapshot = to_snapshot(content)
    told = digest(snapshot)
    row = ReportVersion(
        report_id=report.id,
        number=(latest.number if latest else 0) + 1,
        submitted_at=at,
        submitted_by_id=by.id,
        is_on_time=is_on_time(today, dates.due_on),
        due_on=dates.due_on,
        snapshot=snapshot,
        sha256=told,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
            report.state = ReportState.SUBMITTED
    except IntegrityError:
        refuse("Báo cáo vừa được nộp.")
    return row


def with_rule_points(
    content: Content, demands: Demands, scheme: Scheme, unit_id: int, shares: Shares
) -> Content:
    """Điểm tự tính của tiêu chí theo quy tắc, from the claimed values: nobody types what a rule
    gives.
    """
    scores = dict(content.scores)
    for criterion in demands.criteria:
        indicator = scheme.indicators.get(criterion.indicator_id or 0)
        if criterion.judged_by is not JudgedBy.INDICATOR or indicator is None:
            continue
        claimed = content.values.get(indicator.id)
        found = indicator.reached(
            unit_id,
            claimed.value if claimed else None,
            claimed.comparison if claimed else None,
            shares,
        )
        points = indicator_points(
            indicator.rule, found, criterion.maximum, to=demands.maxima[criterion.id]
        )
        words = points.problem or "" if points.points is None else "; ".join(points.steps)
        scores[criterion.id] = Scored(points.points, words)
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
