"""Các ô của báo cáo: each is saved as it is typed."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import User
from campaign.core import cells
from campaign.core.cells import CellName, Reader, Writer, cell_name, shown
from campaign.core.errors import NotVisible
from campaign.core.numbers import known_id
from campaign.core.text import nfc
from campaign.extensions import db
from campaign.reporting import queries
from campaign.reporting.checks import answerable, warned_of
from campaign.reporting.models import ClaimedValue, Narrative, Report, SelfScore, WarningAnswer
from campaign.reporting.rules import ClaimedFigure, Demands
from campaign.reporting.ticks import TICK, held, hold
from campaign.scheme.rules.checklist import item_number
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.scheme.rules.terms import ValueKind


class Cell(NamedTuple):
    """Ô của báo cáo: its row (new where none yet), its column, and how its text is read."""

    row: Any
    attribute: str
    reader: Reader


def save_field(
    report: Report, demands: Demands, field: str, text: str, base: str, *, by: User, at: datetime
) -> str:
    """Ghi một ô: only where it still holds `base`; gives the text as it stands now.

    field: v:<indicator>:<part>, n:<task>, s:<criterion>:<part> or w:<warning>. Raises Conflict,
    NumberError, NotVisible for a field this report does not have.
    """
    name = cell_name(field)
    cell = _cell(report, demands, name, {"updated_at": at, "updated_by_id": by.id})
    row, value = cell.row, cells.read(text, cell.reader)
    if isinstance(row, WarningAnswer):
        return _answer(report, row, name, value, base, by=by, at=at)
    change(row, cell.attribute, value, base, by=by, at=at)
    if not _written(row):
        return save_field(report, demands, field, text, base, by=by, at=at)
    return shown(value)


def change(row: Any, part: str, value: Any, base: str, *, by: User, at: datetime) -> None:
    """Đổi một ô của dòng: only where it still holds `base`, with who typed it and when."""
    _demand_unchanged(row, shown(held(row, part)), base, value)
    hold(row, part, value)
    row.updated_at, row.updated_by_id = at, by.id


def _answer(
    report: Report,
    row: WarningAnswer,
    name: CellName,
    reason: str,
    base: str,
    *,
    by: User,
    at: datetime,
) -> str:
    """Ghi giải trình của một cảnh báo, for the value that stands there now; an empty one goes."""
    current, about = row.reason, _about(report, name)
    if row.about != about:  # an old reason: whoever still sees it has begun anew
        if reason in {"", current} and nfc(base) in {"", current}:
            return ""
        current, base = "", "" if nfc(base) == current else base
    _demand_unchanged(row, current, base, reason)
    if not reason:
        if row in db.session and row not in db.session.new:
            db.session.delete(row)
        return ""
    row.reason, row.about = reason, about
    row.updated_at, row.updated_by_id = at, by.id
    if not _written(row):
        stamp = {"updated_at": at, "updated_by_id": by.id}
        return _answer(report, _warned(report, name, stamp), name, reason, base, by=by, at=at)
    return reason


def _demand_unchanged(row: Any, current: str, base: str, value: Any) -> None:
    cells.demand_unchanged(
        current,
        base=base,
        new=shown(value),
        last=lambda: Writer(queries.typist(row.updated_by_id), row.updated_at),
    )


def _written(row: Any) -> bool:
    """Whether the row is written; not where somebody else began it in the same moment."""
    try:
        with db.session.begin_nested() if row not in db.session else nullcontext():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        return False
    return True


def _locked(model: type[Any], key: dict[str, Any]) -> Any:
    """The row as committed last, held till the end: the second of two writers sees the first."""
    return db.session.get(model, key, with_for_update=True)


def _warning(name: CellName) -> str:
    """Cảnh báo that a cell `w:<code>:<indicator>` answers."""
    return f"{name.subject}:{name.part}"


def _about(report: Report, name: CellName) -> str:
    """What a reason is given for: the value as it stands now."""
    key = {"report_id": report.id, "indicator_id": known_id(name.part)}
    claimed = _locked(ClaimedValue, key)
    if claimed is None:
        return ""
    stands = ClaimedFigure(claimed.value, claimed.kind, comparison=claimed.comparison)
    return warned_of(_warning(name), stands)


def _warned(report: Report, name: CellName, stamp: dict[str, Any]) -> WarningAnswer:
    key: dict[str, Any] = {"report_id": report.id, "warning": _warning(name)}
    row: WarningAnswer = _locked(WarningAnswer, key) or WarningAnswer(
        **key, reason="", about=_about(report, name), **stamp
    )
    return row


def _cell(report: Report, demands: Demands, name: CellName, stamp: dict[str, Any]) -> Cell:
    """The cell of that name; those that this report does not have do not exist."""
    number, key = name.number, {"report_id": report.id}
    if name.letter == "w" and answerable(_warning(name), {row.id for row in demands.indicators}):
        return Cell(_warned(report, name, stamp), "reason", cells.line)
    if name.letter == "n" and number in demands.tasks:
        key |= {"task_id": number}
        row = _locked(Narrative, key) or Narrative(**key, text="", **stamp)
        return Cell(row, "text", cells.prose)
    readers = _readers(demands, name)
    if name.part not in readers:
        raise NotVisible
    return Cell(_claimed(report, name, stamp), name.part, readers[name.part])


def _claimed(report: Report, name: CellName, stamp: dict[str, Any]) -> ClaimedValue | SelfScore:
    """Dòng số liệu của một chỉ tiêu, or of the points the unit gives itself by a criterion."""
    key: dict[str, Any] = {"report_id": report.id}
    if name.letter == "v":
        key |= {"indicator_id": name.number}
        blank = {"source": "", "note": "", "blank_reason": ""}
        value: ClaimedValue = _locked(ClaimedValue, key) or ClaimedValue(**key, **blank, **stamp)
        return value
    key |= {"criterion_id": name.number}
    score: SelfScore = _locked(SelfScore, key) or SelfScore(**key, explanation="", **stamp)
    return score


def _readers(demands: Demands, name: CellName) -> dict[str, Reader]:
    """Các phần của một chỉ tiêu hoặc tiêu chí to type in, and how each is read; none of others."""
    for indicator in demands.indicators if name.letter == "v" else ():
        if indicator.id == name.number:
            return _figure_readers(indicator)
    for criterion in demands.criteria if name.letter == "s" else ():
        if criterion.id == name.number and item_number(name.part, criterion.checklist):
            return {name.part: TICK}
        if criterion.id == name.number and not criterion.is_worked_out:
            return {
                "points": cells.points(demands.maxima.get(criterion.id), demands.places),
                "explanation": cells.prose,
            }
    return {}


def _figure_readers(indicator: MeasuredIndicator) -> dict[str, Reader]:
    """Các phần của một chỉ tiêu."""
    return {
        "value": cells.measure(indicator.decimals),
        "kind": cells.choice(ValueKind, "Hãy chọn ước, sơ bộ hoặc chính thức."),
        "source": cells.line,
        "comparison": cells.measure(indicator.decimals),
        "note": cells.prose,
        "blank_reason": cells.line,
    }
