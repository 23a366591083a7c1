"""Nhận số đơn vị báo: taking over what was chosen, and giving it back."""

from collections.abc import Collection
from datetime import datetime

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.verification.actions import refuse_finished
from campaign.verification.cases import new_value, points_row, value_row, value_rows
from campaign.verification.models import Verification, VerifiedPoints, VerifiedValue


def take(
    row: Verification, content: Content, fields: Collection[str], *, by: User, at: datetime
) -> None:
    """Nhận số đơn vị báo ở các chỗ đã chọn: v:<indicator> or p:<criterion>, each one that the unit
    filled in and that is blank until now.
    """
    refuse_finished(row)
    if not fields:
        refuse("Hãy đánh dấu ít nhất một chỗ còn trống.")
    values = value_rows(row.id)
    for number, claimed in content.values.items():
        if f"v:{number}" in fields:
            value = values.get(number) or new_value(row.id, number, by, at)
            _take_value(value, claimed, by, at)
    for number, score in content.scores.items():
        if f"p:{number}" in fields:
            _take_score(points_row(row.id, number, by, at), score, by, at)
    db.session.flush()


def _take_value(row: VerifiedValue, claimed: ClaimedFigure, by: User, at: datetime) -> None:
    row.value, row.kind = claimed.value, row.kind or claimed.kind
    if row.comparison is None:
        row.comparison = claimed.comparison
    row.updated_at, row.updated_by_id = at, by.id
    db.session.add(row)


def _take_score(row: VerifiedPoints, claimed: SelfAssessment, by: User, at: datetime) -> None:
    if claimed.ticks:
        row.ticks = dict(claimed.ticks)
    else:
        row.points = claimed.points
    row.updated_at, row.updated_by_id = at, by.id
    db.session.add(row)


def give_back(
    row: Verification, content: Content, fields: Collection[str], *, by: User, at: datetime
) -> int:
    """Hoàn tác: blank again where the unit's own number still stands; gives how many."""
    refuse_finished(row)
    emptied = 0
    for number, claimed in content.values.items():
        if f"v:{number}" in fields and claimed.value is not None:
            emptied += _empty_value(value_row(row.id, number, by, at), claimed, by, at)
    for number, score in content.scores.items():
        if f"p:{number}" in fields:
            emptied += _empty_score(points_row(row.id, number, by, at), score, by, at)
    db.session.flush()
    return emptied


def _empty_value(row: VerifiedValue, claimed: ClaimedFigure, by: User, at: datetime) -> bool:
    """Whether the number was the unit's own, and is blank now with what came along with it."""
    if row.value != claimed.value:
        return False
    row.value = None
    row.kind = None if row.kind == claimed.kind else row.kind
    row.comparison = None if row.comparison == claimed.comparison else row.comparison
    row.updated_at, row.updated_by_id = at, by.id
    return True


def _empty_score(row: VerifiedPoints, claimed: SelfAssessment, by: User, at: datetime) -> bool:
    """Whether items or points were the unit's own, and are blank now."""
    if claimed.ticks and row.ticks == dict(claimed.ticks):
        row.ticks = None
    elif row.points is not None and row.points == claimed.points:
        row.points = None
    else:
        return False
    row.updated_at, row.updated_by_id = at, by.id
    return True
