"""Các ô thẩm định: each is saved as it is typed."""

from collections.abc import Collection
from datetime import datetime

from campaign.accounts.models import User
from campaign.core import cells
from campaign.core.cells import CellName, Reader, cell_name, shown
from campaign.core.errors import NotVisible
from campaign.core.text import nfc
from campaign.extensions import db
from campaign.reporting.cells import change
from campaign.reporting.ticks import TICK
from campaign.scheme.rules.checklist import item_number
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import ValueKind
from campaign.verification import cases
from campaign.verification.actions import refuse_finished
from campaign.verification.models import Verification


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
    find = cases.value_row if name.letter == "v" else cases.points_row
    row = find(verification.id, name.number, by, at)
    value = cells.read(text, readers[name.part])
    change(row, name.part, value, base, by=by, at=at)
    db.session.add(row)
    db.session.flush()
    return shown(value)


def _comment(text: str) -> str:
    return nfc(text).strip()


def _readers(scheme: Scheme, applicable: Collection[int], name: CellName) -> dict[str, Reader]:
    """Các phần của một chỉ tiêu hoặc tiêu chí to type in, and how each is read; none of others."""
    if name.letter == "v" and name.number in scheme.indicators:
        return _figure_readers(scheme.indicators[name.number])
    for criterion in scheme.criteria if name.letter == "p" else ():
        if criterion.id == name.number and criterion.id in applicable:
            return _points_readers(scheme, criterion, name.part)
    return {}


def _figure_readers(indicator: MeasuredIndicator) -> dict[str, Reader]:
    """Các phần của một chỉ tiêu."""
    measure = cells.measure(indicator.decimals)
    return {
        "value": measure,
        "kind": cells.choice(ValueKind, "Hãy chọn ước, sơ bộ hoặc chính thức."),
        "comparison": measure,
        "official_value": measure,
        "official_source": cells.line,
        "comment": _comment,
        "not_applicable_reason": cells.line,
    }


def _points_readers(scheme: Scheme, criterion: ScoredCriterion, part: str) -> dict[str, Reader]:
    """Các phần của một tiêu chí: points that are given, items to tick, or why it is set aside."""
    if not criterion.is_worked_out:
        return {
            "points": cells.points(criterion.maximum, scheme.places),
            "comment": _comment,
            "not_applicable_reason": cells.line,
        }
    if criterion.checklist:
        ticks = {part: TICK} if item_number(part, criterion.checklist) else {}
        return ticks | {"comment": _comment, "not_applicable_reason": cells.line}
    return {"not_applicable_reason": cells.line} if scheme.may_be_aside(criterion) else {}
