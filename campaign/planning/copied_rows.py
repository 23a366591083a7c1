"""Dòng của bản sao: the twins of the rows of a plan, and by which numbers they are known."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.inspection import inspect

from campaign.extensions import db
from campaign.scheme.models import Indicator


@dataclass
class CopiedIds:
    """Mã số mới of what was copied, by the old one."""

    blocks: dict[int, int]
    indicators: dict[int, int]
    groups: dict[int, int]
    periods: dict[int, int]


def row_values(row: Any, *without: str) -> dict[str, Any]:
    """Những gì một dòng ghi, but for whose it is and what is named."""
    skipped = {"id", "campaign_id", *without}
    return {
        column.key: getattr(row, column.key)
        for column in inspect(row).mapper.column_attrs
        if column.key not in skipped
    }


def copied_rows(model: Any, source_id: int, target_id: int, *without: str) -> dict[int, int]:
    """Sao các dòng của một bảng; gives the number of each twin by that of its row."""
    pairs = []
    for row in db.session.scalars(
        select(model).where(model.campaign_id == source_id).order_by(model.id)
    ):
        twin = model(
            campaign_id=target_id, **row_values(row, "checked_by_id", "checked_on", *without)
        )
        if isinstance(twin, Indicator):
            twin.is_carried_over = True
        db.session.add(twin)
        pairs.append((row.id, twin))
    db.session.flush()
    return {old: twin.id for old, twin in pairs}
