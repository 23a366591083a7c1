"""Số lần: listing, changing and withdrawing occurrences; accepting and striking them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.core.text import one_line
from campaign.counts.rules import Taken, day_problem, hand_problem, kind_problem
from campaign.extensions import db, flush_or_refuse
from campaign.planning.models import Campaign
from campaign.reporting.listed import OccurrenceState
from campaign.reporting.models import Occurrence, Report
from campaign.scheme.rules.counts import CountRule


def save(
    row: Occurrence | None,
    values: Mapping[str, Any],
    campaign: Campaign,
    report: Report,
    *,
    criterion_id: int,
    rule: CountRule,
    by: User,
    at: datetime,
) -> Occurrence:
    """Ghi một lần; one that was struck is claimed anew by changing it."""
    refuse_by_hand(rule)
    if row is not None:
        _refuse_unless_theirs(row, report)
    if why := day_problem(values["held_on"], campaign.starts_on, campaign.ends_on, local_date(at)):
        refuse(why, "held_on")
    if not values["text"]:
        refuse("Hãy ghi nội dung.", "text")
    if why := kind_problem(rule, values["kind"]):
        refuse(why, "kind")
    if row is None:
        row = Occurrence(report_id=report.id, criterion_id=criterion_id)
    for name, value in values.items():
        setattr(row, name, value)
    row.claimed_at, row.claimed_by_id = at, by.id
    _decide(row, OccurrenceState.CLAIMED, "", None, None)
    db.session.add(row)
    db.session.flush()
    return row


def refuse_by_hand(rule: CountRule) -> None:
    """Không kê tay what is taken from a register: nothing counts twice."""
    if why := hand_problem(rule):
        refuse(why)


class Change(NamedTuple):
    """Việc lấy từ sổ sẽ đổi gì: what comes, what is told anew, what goes."""

    new: list[Taken]
    changed: list[tuple[Occurrence, Taken]]
    gone: list[Occurrence]

    @property
    def is_empty(self) -> bool:
        """Danh sách đã đúng như sổ."""
        return not (self.new or self.changed or self.gone)


def change_of(rows: Sequence[Occurrence], wanted: Sequence[Taken], report: Report) -> Change:
    """Danh sách khác sổ ở đâu; what a verifier decided and what another report lists stay."""
    held = {row.origin for row in rows if row.origin}
    by_origin = {taken.origin: taken for taken in wanted}
    open_rows = [
        row for row in rows if row.report_id == report.id and row.state is OccurrenceState.CLAIMED
    ]
    pairs = [(row, by_origin[row.origin]) for row in open_rows if row.origin in by_origin]
    return Change(
        [taken for taken in wanted if taken.origin not in held],
        [(row, to) for row, to in pairs if (row.held_on, row.text) != (to.held_on, to.text)],
        [row for row in open_rows if row.origin not in by_origin],
    )


def take(change: Change, report: Report, *, criterion_id: int, by: User, at: datetime) -> None:
    """Lấy các lần từ sổ: they wait for verification as those that are listed by hand."""
    for gone in change.gone:
        db.session.delete(gone)
    db.session.flush()
    fresh = [
        (Occurrence(report_id=report.id, criterion_id=criterion_id, origin=taken.origin), taken)
        for taken in change.new
    ]
    for row, taken in (*change.changed, *fresh):
        row.held_on, row.text = taken.held_on, taken.text
        row.claimed_at, row.claimed_by_id = at, by.id
        db.session.add(row)
    flush_or_refuse("Danh sách vừa được lấy từ sổ rồi. Hãy mở lại trang.")


def withdraw(row: Occurrence, report: Report) -> None:
    """Rút một lần đã kê."""
    _refuse_unless_theirs(row, report)
    db.session.delete(row)


def _refuse_unless_theirs(row: Occurrence, report: Report) -> None:
    if row.report_id != report.id:
        refuse("Lần này đã kê trong báo cáo của kỳ khác nên không sửa ở đây.")
    if row.state is OccurrenceState.ACCEPTED:
        refuse("Lần này đã được công nhận nên không sửa, không rút nữa.")


def accept(rows: Sequence[Occurrence], *, by: User, at: datetime) -> None:
    """Công nhận các lần."""
    for row in rows:
        _decide(row, OccurrenceState.ACCEPTED, "", by, at)


def strike(row: Occurrence, reason: str, *, by: User, at: datetime) -> None:
    """Không công nhận một lần, with the reason that the unit reads."""
    strike_all([row], reason, by=by, at=at)


def strike_all(rows: Sequence[Occurrence], reason: str, *, by: User, at: datetime) -> None:
    """Không công nhận các lần, with one reason that the unit reads at each."""
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do không công nhận.", "reason")
    for row in rows:
        _decide(row, OccurrenceState.STRUCK, text, by, at)


def _decide(
    row: Occurrence, state: OccurrenceState, reason: str, by: User | None, at: datetime | None
) -> None:
    row.state, row.reason = state, reason
    row.decided_by_id, row.decided_at = by.id if by else None, at
