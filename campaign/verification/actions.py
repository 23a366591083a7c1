"""Thẩm định: verifying a submitted version, finishing, unlocking, returning."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import User
from campaign.core.dates import format_moment
from campaign.core.errors import Conflict, NotVisible, refuse
from campaign.core.numbers import format_decimal, known_id, parse_decimal, parse_points
from campaign.core.points import ZERO
from campaign.core.text import nfc, one_line
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.reporting import actions as reporting
from campaign.reporting import queries as reports
from campaign.reporting.actions import LONGEST, Saved, shown
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import Claimed, Content, ReportState, Scored
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, Judgement, ValueKind
from campaign.verification import queries
from campaign.verification.models import (
    Unlocking,
    Verification,
    VerifiedPoints,
    VerifiedValue,
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


def _refuse_finished(row: Verification) -> None:
    if row.finished_at is not None:
        refuse("Việc thẩm định báo cáo này đã hoàn thành; muốn sửa, hãy mở lại và ghi lý do.")


_VALUE_FIELDS = frozenset(
    {
        "value",
        "kind",
        "comparison",
        "official_value",
        "official_source",
        "comment",
        "not_applicable_reason",
    }
)
_POINT_FIELDS = frozenset({"points", "comment", "not_applicable_reason"})
_NUMBERS = frozenset({"value", "comparison", "official_value"})


def save_field(
    row: Verification,
    scheme: Scheme,
    applicable: Collection[int],
    field: str,
    text: str,
    base: str,
    *,
    by: User,
    at: datetime,
) -> Saved:
    """Ghi một ô thẩm định: v:<indicator>:<part> or p:<criterion>:<part>; compare-and-set on
    `base`.
    """
    _refuse_finished(row)
    target, attribute = _target(row, scheme, applicable, field, by, at)
    if len(text) > LONGEST:
        refuse(f"Nhiều nhất {format_decimal(Decimal(LONGEST))} ký tự.")
    value = _parsed(scheme, field, attribute, text)
    current = shown(getattr(target, attribute))
    if nfc(current) not in {nfc(base), shown(value)}:
        raise Conflict(
            theirs=current,
            by=reports.typist(target.updated_by_id),
            at=format_moment(target.updated_at),
        )
    setattr(target, attribute, value)
    target.updated_at, target.updated_by_id = at, by.id
    db.session.add(target)
    db.session.flush()
    return Saved(shown(value))


def _target(
    row: Verification,
    scheme: Scheme,
    applicable: Collection[int],
    field: str,
    by: User,
    at: datetime,
) -> tuple[Any, str]:
    letter, _, rest = field.partition(":")
    subject, _, part = rest.partition(":")
    number = known_id(subject)
    if letter == "v" and part in _VALUE_FIELDS and number in scheme.indicators:
        return _value_row(row, number, by, at), part
    judged = {
        one.id
        for one in scheme.criteria
        if one.judged_by is not JudgedBy.INDICATOR and one.id in applicable
    }
    if letter == "p" and part in _POINT_FIELDS and number in judged:
        found = db.session.scalars(
            select(VerifiedPoints).where(
                VerifiedPoints.verification_id == row.id, VerifiedPoints.criterion_id == number
            )
        ).one_or_none()
        return found or VerifiedPoints(
            verification_id=row.id,
            criterion_id=number,
            comment="",
            not_applicable_reason="",
            updated_at=at,
            updated_by_id=by.id,
        ), part
    raise NotVisible


def _value_row(row: Verification, indicator_id: int, by: User, at: datetime) -> VerifiedValue:
    found = db.session.scalars(
        select(VerifiedValue).where(
            VerifiedValue.verification_id == row.id, VerifiedValue.indicator_id == indicator_id
        )
    ).one_or_none()
    return found or VerifiedValue(
        verification_id=row.id,
        indicator_id=indicator_id,
        official_source="",
        comment="",
        not_applicable_reason="",
        updated_at=at,
        updated_by_id=by.id,
    )


def _parsed(scheme: Scheme, field: str, attribute: str, text: str) -> Any:
    stripped, subject = text.strip(), known_id(field.split(":")[1])
    if attribute in _NUMBERS:
        return (
            parse_decimal(stripped, decimals=scheme.indicators[subject].decimals)
            if stripped
            else None
        )
    if attribute == "points":
        maximum = next(one.maximum for one in scheme.criteria if one.id == subject)
        return parse_points(stripped, maximum=maximum) if stripped else None
    if attribute == "kind":
        if stripped and stripped not in set(ValueKind):
            refuse("Hãy chọn ước, sơ bộ hoặc chính thức.")
        return ValueKind(stripped) if stripped else None
    return nfc(text).strip() if attribute == "comment" else one_line(text)


def take_claimed(
    row: Verification, content: Content, scheme: Scheme, *, by: User, at: datetime
) -> int:
    """Lấy số đơn vị báo where nothing was verified yet; gives how many were taken."""
    _refuse_finished(row)
    taken = 0
    for indicator_id in scheme.indicators:
        claimed = content.values.get(indicator_id, Claimed())
        target = _value_row(row, indicator_id, by, at)
        if claimed.value is None or target.value is not None or target.not_applicable_reason:
            continue
        target.value, target.kind, target.comparison = (
            claimed.value,
            claimed.kind,
            claimed.comparison,
        )
        target.updated_at, target.updated_by_id = at, by.id
        db.session.add(target)
        taken += 1
    return taken


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
    _refuse_finished(row)
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
