"""Các ô của báo cáo: each is saved as it is typed."""

from collections.abc import Collection, Iterable
from contextlib import nullcontext
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from campaign.accounts.models import User
from campaign.core import cells
from campaign.core.cells import CellName, Reader, Writer, cell_name, shown
from campaign.core.errors import NotVisible, RuleViolation
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


class Place(NamedTuple):
    """Chỗ của ô: the kind of row and which of a report's, what a new one begins with, the column,
    and how its text is read.
    """

    model: type[Any]
    key: dict[str, int]
    blank: dict[str, str]
    attribute: str
    reader: Reader

    @property
    def row(self) -> tuple[Any, ...]:
        """Which row it is, of whatever kind."""
        return self.model, *self.key.values()


class Typed(NamedTuple):
    """Chữ cho một ô trong nhiều ô ghi cùng lúc: its name, and the base it had."""

    field: str
    text: str
    base: str


def save_field(
    report: Report, demands: Demands, field: str, text: str, base: str, *, by: User, at: datetime
) -> str:
    """Ghi một ô: only where it still holds `base`; gives the text as it stands now.

    field: v:<indicator>:<part>, n:<task>, s:<criterion>:<part> or w:<warning>. Raises Conflict,
    NumberError, NotVisible for a field this report does not have.
    """
    name = cell_name(field)
    if _is_warning(demands, name):
        return _explain(report, name, text, base, by=by, at=at)
    place = _place(report, demands, name)
    row = _locked(place.model, place.key) or _new(place, by, at)
    value = cells.read(text, place.reader)
    change(row, place.attribute, value, base, by=by, at=at)
    if not _written([row]):
        return save_field(report, demands, field, text, base, by=by, at=at)
    return shown(value)


def save_fields(
    report: Report, demands: Demands, typed: Collection[Typed], *, by: User, at: datetime
) -> None:
    """Ghi nhiều ô: all of them; whoever asks keeps nothing of it where one is refused."""
    for refusal in save_each(report, demands, typed, by=by, at=at).values():
        raise refusal


def save_each(
    report: Report, demands: Demands, typed: Collection[Typed], *, by: User, at: datetime
) -> dict[str, RuleViolation]:
    """Ghi từng ô trong nhiều ô, as `save_field` does each, but row by row; reasons for warnings
    last. Gives what is refused, by field.
    """
    reasons = [row for row in typed if _is_warning(demands, cell_name(row.field))]
    others = [row for row in typed if row not in reasons]
    places = [_place(report, demands, cell_name(row.field)) for row in others]
    rows, refused = _standing(report, places), dict[str, RuleViolation]()
    for place, (field, text, base) in zip(places, others, strict=True):
        row = rows.get(place.row) or _new(place, by, at)
        try:
            change(row, place.attribute, cells.read(text, place.reader), base, by=by, at=at)
        except RuleViolation as refusal:
            refused[field] = refusal
        else:
            rows[place.row] = row
    one_by_one = reasons if _written(rows.values()) else [*others, *reasons]
    for field, text, base in one_by_one:
        try:
            save_field(report, demands, field, text, base, by=by, at=at)
        except RuleViolation as refusal:
            refused[field] = refusal
    return refused


def _new(place: Place, by: User, at: datetime) -> Any:
    return place.model(**place.key, **place.blank, updated_at=at, updated_by_id=by.id)


def _standing(report: Report, places: Iterable[Place]) -> dict[tuple[Any, ...], Any]:
    """The rows of these places as committed last, held till the end."""
    asked: dict[Any, set[int]] = {}
    for place in places:
        _, number = place.key.values()
        asked.setdefault(place.model, set()).add(number)
    rows: dict[tuple[Any, ...], Any] = {}
    for model, numbers in asked.items():
        number_of = _NUMBERS[model]
        statement = (
            select(model)
            .where(model.report_id == report.id, number_of.in_(numbers))
            .order_by(number_of)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        for row in db.session.scalars(statement):
            rows[model, report.id, getattr(row, number_of.key)] = row
    return rows


def change(row: Any, part: str, value: Any, base: str, *, by: User, at: datetime) -> None:
    """Đổi một ô của dòng: only where it still holds `base`, with who typed it and when."""
    _demand_unchanged(row, shown(held(row, part)), base, value)
    hold(row, part, value)
    row.updated_at, row.updated_by_id = at, by.id


def _explain(
    report: Report, name: CellName, text: str, base: str, *, by: User, at: datetime
) -> str:
    """Ghi giải trình của một cảnh báo, for the value that stands there now; an empty one goes."""
    row = _warned(report, name, {"updated_at": at, "updated_by_id": by.id})
    return _answer(report, row, name, cells.read(text, cells.line), base, by=by, at=at)


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
    if not _written([row]):
        return _explain(report, name, reason, base, by=by, at=at)
    return reason


def _demand_unchanged(row: Any, current: str, base: str, value: Any) -> None:
    cells.demand_unchanged(
        current,
        base=base,
        new=shown(value),
        last=lambda: Writer(queries.typist(row.updated_by_id), row.updated_at),
    )


def _written(rows: Collection[Any]) -> bool:
    """Whether the rows are written; not where somebody else began one in the same moment."""
    new = [row for row in rows if row not in db.session]
    try:
        with db.session.begin_nested() if new else nullcontext():
            db.session.add_all(new)
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


def _is_warning(demands: Demands, name: CellName) -> bool:
    """Whether a reason for a warning is given in this cell."""
    indicators = {row.id for row in demands.indicators}
    return name.letter == "w" and answerable(_warning(name), indicators) > 0


def _place(report: Report, demands: Demands, name: CellName) -> Place:
    """Where the cell of that name stands; those that this report does not have do not exist."""
    number, key = name.number, {"report_id": report.id}
    if name.letter == "n" and number in demands.tasks:
        return Place(Narrative, key | {"task_id": number}, {"text": ""}, "text", cells.prose)
    readers = _readers(demands, name)
    if name.part not in readers:
        raise NotVisible
    reader = readers[name.part]
    if name.letter == "v":
        return Place(ClaimedValue, key | {"indicator_id": number}, _NO_FIGURE, name.part, reader)
    blank = {"explanation": ""}
    return Place(SelfScore, key | {"criterion_id": number}, blank, name.part, reader)


_NO_FIGURE = {"source": "", "note": "", "blank_reason": ""}
_NUMBERS: dict[type[Any], InstrumentedAttribute[int]] = {
    Narrative: Narrative.task_id,
    ClaimedValue: ClaimedValue.indicator_id,
    SelfScore: SelfScore.criterion_id,
}
"""What tells the rows of one kind of a report apart."""


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
