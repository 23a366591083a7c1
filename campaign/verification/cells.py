"""Các ô thẩm định: each is saved as it is typed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core import cells
from campaign.core.cells import CellName, Reader, Writer, cell_name, shown
from campaign.core.errors import NotVisible
from campaign.core.text import nfc
from campaign.extensions import db
from campaign.reporting import queries as reports
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.reporting.ticks import TICK, held, hold
from campaign.scheme.rules.checklist import item_number
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import ValueKind
from campaign.verification.actions import refuse_finished
from campaign.verification.models import Verification, VerifiedPoints, VerifiedValue


def save_field(
    verification: Verification,
    scheme: Scheme,
    applicable: Collection[int],
    field: str,
    text: str,
    base: str,
    *,
    by: User,
    at: datetime,
) -> str:
    """Ghi một ô thẩm định: v:<indicator>:<part> or p:<criterion>:<part>, only where it still holds
    `base`; gives the text as it stands now.
    """
    refuse_finished(verification)
    name = cell_name(field)
    readers = _readers(scheme, applicable, name)
    if name.part not in readers:
        raise NotVisible
    find = value_row if name.letter == "v" else points_row
    row = find(verification, name.number, by, at)
    value = cells.read(text, readers[name.part])
    cells.demand_unchanged(
        shown(held(row, name.part)),
        base=base,
        new=shown(value),
        last=lambda: Writer(reports.typist(row.updated_by_id), row.updated_at),
    )
    hold(row, name.part, value)
    row.updated_at, row.updated_by_id = at, by.id
    db.session.add(row)
    db.session.flush()
    return shown(value)


def _comment(text: str) -> str:
    return nfc(text).strip()


def _readers(scheme: Scheme, applicable: Collection[int], name: CellName) -> dict[str, Reader]:
    """Các phần của một chỉ tiêu hoặc tiêu chí to type in, and how each is read; none of others."""
    if name.letter == "v" and name.number in scheme.indicators:
        measure = cells.measure(scheme.indicators[name.number].decimals)
        return {
            "value": measure,
            "kind": cells.choice(ValueKind, "Hãy chọn ước, sơ bộ hoặc chính thức."),
            "comparison": measure,
            "official_value": measure,
            "official_source": cells.line,
            "comment": _comment,
            "not_applicable_reason": cells.line,
        }
    for criterion in scheme.criteria if name.letter == "p" else ():
        if criterion.id != name.number or criterion.id not in applicable:
            continue
        if not criterion.is_worked_out:
            return {
                "points": cells.points(criterion.maximum, scheme.places),
                "comment": _comment,
                "not_applicable_reason": cells.line,
            }
        if criterion.checklist:
            ticks = {name.part: TICK} if item_number(name.part, criterion.checklist) else {}
            return ticks | {"comment": _comment, "not_applicable_reason": cells.line}
        if scheme.may_be_aside(criterion):
            return {"not_applicable_reason": cells.line}
    return {}


def points_row(
    verification: Verification, criterion_id: int, by: User, at: datetime
) -> VerifiedPoints:
    """Dòng điểm thẩm định của một tiêu chí, or a new one."""
    row = db.session.scalars(
        select(VerifiedPoints).where(
            VerifiedPoints.verification_id == verification.id,
            VerifiedPoints.criterion_id == criterion_id,
        )
    ).one_or_none()
    return row or VerifiedPoints(
        verification_id=verification.id,
        criterion_id=criterion_id,
        comment="",
        not_applicable_reason="",
        updated_at=at,
        updated_by_id=by.id,
    )


def value_row(
    verification: Verification, indicator_id: int, by: User, at: datetime
) -> VerifiedValue:
    """Dòng số thẩm định của một chỉ tiêu, or a new one."""
    row = db.session.scalars(
        select(VerifiedValue).where(
            VerifiedValue.verification_id == verification.id,
            VerifiedValue.indicator_id == indicator_id,
        )
    ).one_or_none()
    return row or VerifiedValue(
        verification_id=verification.id,
        indicator_id=indicator_id,
        official_source="",
        comment="",
        not_applicable_reason="",
        updated_at=at,
        updated_by_id=by.id,
    )


def take_claimed(
    verification: Verification, content: Content, scheme: Scheme, *, by: User, at: datetime
) -> int:
    """Lấy số đơn vị báo where nothing was verified yet; gives how many were taken."""
    refuse_finished(verification)
    taken = 0
    for indicator_id in scheme.indicators:
        claimed = content.values.get(indicator_id, ClaimedFigure())
        row = value_row(verification, indicator_id, by, at)
        if claimed.value is None or row.value is not None or row.not_applicable_reason:
            continue
        row.value, row.kind, row.comparison = claimed.value, claimed.kind, claimed.comparison
        row.updated_at, row.updated_by_id = at, by.id
        db.session.add(row)
        taken += 1
    return taken + _take_ticks(verification, content, scheme, by, at)


def _take_ticks(
    verification: Verification, content: Content, scheme: Scheme, by: User, at: datetime
) -> int:
    """The items of each checklist as the unit ticked them, where none was verified yet."""
    taken = 0
    for criterion in scheme.criteria:
        ticks = content.scores.get(criterion.id, SelfAssessment()).ticks
        if not criterion.checklist or not ticks:
            continue
        row = points_row(verification, criterion.id, by, at)
        if row.ticks or row.not_applicable_reason:
            continue
        row.ticks, row.updated_at, row.updated_by_id = dict(ticks), at, by.id
        db.session.add(row)
        taken += 1
    return taken
