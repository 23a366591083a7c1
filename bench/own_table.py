"""A table of three levels as an office imports it, and what was verified of it for every unit."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from campaign.accounts.models import User
from campaign.extensions import db
from campaign.imports import shelf
from campaign.imports.importer import Context
from campaign.planning.models import Campaign
from campaign.reporting.listed import OccurrenceState
from campaign.reporting.models import Occurrence
from campaign.scheme.models import Criterion, Indicator
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.models import VerifiedPoints, VerifiedValue

HEALTH = "2-so-y-te"
"""Bảng điểm mẫu: 1.000 points, six numbers of which one is judged beside the leader of the block,
four counts, four criteria of the Council.
"""


def take(campaign: Campaign, key: str, at: datetime) -> None:
    """The table and its indicators, from the shelf."""
    table = shelf.ready_table(key)
    assert table is not None  # noqa: S101 - it is shipped
    shelf.take_table(table, Context(db.session.get_one(User, 1), at, campaign), campaign)
    db.session.flush()


def verify(numbers: Iterable[int], at: datetime) -> None:
    """Verified values and points, and what is listed and accepted; unit, report and verification
    have one number.
    """
    numbers = list(numbers)
    indicators = list(db.session.scalars(select(Indicator).order_by(Indicator.id)))
    criteria = list(db.session.scalars(select(Criterion).order_by(Criterion.id)))
    by = {"updated_at": at, "updated_by_id": 1, "comment": "", "not_applicable_reason": ""}
    values: list[dict[str, Any]] = [
        {
            **by,
            "verification_id": number,
            "indicator_id": row.id,
            "value": (row.year_target or Decimal(0)) * (88 + number * 7 % 23) / 100,
            "official_source": "",
        }
        for number in numbers
        for row in indicators
    ]
    points: list[dict[str, Any]] = [
        {
            **by,
            "verification_id": number,
            "criterion_id": row.id,
            "points": (row.maximum or Decimal(0)) - number % 5,
        }
        for number in numbers
        for row in criteria
        if row.judged_by is JudgedBy.SECRETARIAT
    ]
    connection = db.session.connection()
    connection.execute(insert(VerifiedValue), values)
    connection.execute(insert(VerifiedPoints), points)
    connection.execute(insert(Occurrence), list(_listed(numbers, criteria, at)))


def _listed(
    numbers: Iterable[int], criteria: Iterable[Criterion], at: datetime
) -> Iterator[dict[str, Any]]:
    """Up to four occurrences a unit of each criterion that is counted."""
    for row in criteria:
        if row.judged_by is not JudgedBy.COUNT:
            continue
        kinds = [kind[0] for kind in (row.count_rule or {}).get("kinds", [])] or [""]
        for number in numbers:
            for time in range((number + row.id) % 5):
                yield {
                    "report_id": number,
                    "criterion_id": row.id,
                    "held_on": at.date(),
                    "kind": kinds[time % len(kinds)],
                    "text": f"Lần thứ {time + 1}",
                    "claimed_at": at,
                    "claimed_by_id": 2,
                    "state": OccurrenceState.ACCEPTED,
                    "decided_at": at,
                    "decided_by_id": 1,
                    "reason": "",
                }
