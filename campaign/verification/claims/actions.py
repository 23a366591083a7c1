"""Nhận số đơn vị báo: taking over what was chosen, and giving it back."""

from collections.abc import Collection
from datetime import datetime

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.verification.actions import refuse_finished
from campaign.verification.cells import points_row, value_row
from campaign.verification.claims.rules import Claim
from campaign.verification.models import Verification, VerifiedPoints, VerifiedValue


def take(
    row: Verification, content: Content, chosen: Collection[Claim], *, by: User, at: datetime
) -> None:
    """Nhận số đơn vị báo ở các chỗ đã chọn, all of them blank until now."""
    refuse_finished(row)
    if not chosen:
        refuse("Hãy đánh dấu ít nhất một chỗ còn trống.")
    for claim in chosen:
        if claim.letter == "v":
            _take_value(value_row(row, claim.number, by, at), content.values[claim.number], by, at)
        else:
            _take_score(points_row(row, claim.number, by, at), content.scores[claim.number], by, at)
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
        if f"v:{number}" not in fields or claimed.value is None:
            continue
        value = value_row(row, number, by, at)
        if value.value == claimed.value:
            value.value = None
            value.kind = None if value.kind == claimed.kind else value.kind
            value.comparison = None if value.comparison == claimed.comparison else value.comparison
            value.updated_at, value.updated_by_id = at, by.id
            emptied += 1
    for number, score in content.scores.items():
        if f"p:{number}" not in fields:
            continue
        points = points_row(row, number, by, at)
        if score.ticks and points.ticks == dict(score.ticks):
            points.ticks = None
        elif points.points is not None and points.points == score.points:
            points.points = None
        else:
            continue
        points.updated_at, points.updated_by_id = at, by.id
        emptied += 1
    db.session.flush()
    return emptied
