"""Chấm điểm: marking a cell, abstaining, locking, reopening."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from campaign.accounts.models import User
from campaign.core.cells import Writer, demand_unchanged
from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import format_decimal
from campaign.core.text import one_line
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.planning.actions import hold
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.scoring import queries
from campaign.scoring.models import Mark, ScoreSheet, SheetReopening
from campaign.scoring.rules import (
    MarkState,
    missing_words,
    parse_mark,
    refuse_unless_open,
    who_reopens,
)

ANOTHER_WINDOW = "Ông/Bà, ở cửa sổ khác"


def begin_sheet(campaign: Campaign, member: CouncilMember, block_id: int) -> ScoreSheet:
    """Mở phiếu chấm của thành viên cho khối; a second start finds the first. The sheet is held
    until the transaction ends, so that marking, abstaining and locking never cross.
    """
    sheet = queries.sheet_of(member.id, block_id, hold=True)
    if sheet is not None:
        return sheet
    refuse_unless_open(campaign.phase, is_locked=False)
    row = ScoreSheet(member_id=member.id, block_id=block_id)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        sheet = queries.sheet_of(member.id, block_id, hold=True)
        if sheet is None:
            raise
        return sheet
    return row


@dataclass(frozen=True)
class Markable:
    """Ô được chấm: one unit and criterion, its maximum, and the verified version that is judged."""

    participation_id: int
    criterion_id: int
    maximum: Decimal
    version_id: int


def shown(mark: Mark | None) -> str:
    """Chữ trong ô điểm: the points, "—" where the member abstained, nothing where no mark is."""
    if mark is None:
        return ""
    return "—" if mark.state is MarkState.ABSTAINED else format_decimal(mark.points or Decimal(0))


def save_mark(
    campaign: Campaign,
    sheet: ScoreSheet,
    cell: Markable,
    text: str,
    base: str | None,
    *,
    at: datetime,
) -> str:
    """Chấm một ô: a number, or nothing to take the mark back; only where it still holds `base`.

    Gives the text as it stands now. Refuses, or raises NumberError or Conflict.
    """
    refuse_unless_open(campaign.phase, is_locked=sheet.locked_at is not None)
    new = _put(campaign, sheet, cell, _mark(sheet, cell), text, base, at)
    db.session.flush()
    return new


def _put(
    campaign: Campaign,
    sheet: ScoreSheet,
    cell: Markable,
    mark: Mark | None,
    text: str,
    base: str | None,
    at: datetime,
) -> str:
    """Chấm một ô in which `mark` stands; not yet in the database."""
    points = _typed_points(campaign, cell, text)
    new = "" if points is None else format_decimal(points)
    _demand_unchanged(mark, shown(mark), base, new)
    if points is not None:
        note = mark.note if mark and mark.points is not None else ""
        _write(sheet, cell, mark, MarkState.GIVEN, points, note, at)
    elif mark is not None:
        db.session.delete(mark)
    return new


def _typed_points(campaign: Campaign, cell: Markable, text: str) -> Decimal | None:
    """Điểm đã gõ; None where the cell was emptied."""
    if not text.strip():
        return None
    return parse_mark(
        text, maximum=cell.maximum, step=campaign.mark_step, places=campaign.points_places
    )


class Typed(NamedTuple):
    """Chữ cho một ô trong nhiều ô ghi cùng lúc: the cell under its name, and the base it had."""

    name: str
    cell: Markable
    text: str
    base: str | None


class Saved(NamedTuple):
    """Các ô vừa ghi cùng lúc: the text of each as it stands now; and what is refused, of which
    whoever asks for all or nothing keeps nothing.
    """

    values: dict[str, str]
    refused: dict[str, RuleViolation]


def save_marks(
    campaign: Campaign, sheet: ScoreSheet, typed: Collection[Typed], *, at: datetime
) -> Saved:
    """Chấm nhiều ô, each once. A closed sheet refuses the whole."""

    def write(row: Typed, mark: Mark | None) -> str:
        return _put(campaign, sheet, row.cell, mark, row.text, row.base, at)

    return _save_each(campaign, sheet, typed, write)


def save_notes(
    campaign: Campaign, sheet: ScoreSheet, typed: Collection[Typed], *, at: datetime
) -> Saved:
    """Ghi nhận xét của nhiều ô, as `save_marks` does their marks."""

    def write(row: Typed, mark: Mark | None) -> str:
        return _put_note(mark, row.text, row.base, at)

    return _save_each(campaign, sheet, typed, write)


def _save_each(
    campaign: Campaign,
    sheet: ScoreSheet,
    typed: Collection[Typed],
    write: Callable[[Typed, Mark | None], str],
) -> Saved:
    refuse_unless_open(campaign.phase, is_locked=sheet.locked_at is not None)
    saved = Saved({}, {})
    marks = _marks(sheet, [row.cell for row in typed])
    for row in typed:
        mark = marks.get((row.cell.participation_id, row.cell.criterion_id))
        try:
            saved.values[row.name] = write(row, mark)
        except RuleViolation as refusal:
            saved.refused[row.name] = refusal
    db.session.flush()
    return saved


def _demand_unchanged(mark: Mark | None, current: str, base: str | None, new: str) -> None:
    """Only the member writes on their sheet; without a base the page had no script."""
    if base is not None:
        writer = Writer(ANOTHER_WINDOW, mark.updated_at if mark else None)
        demand_unchanged(current, base=base, new=new, last=lambda: writer)


_MARK = select(Mark).where(
    Mark.participation_id == bindparam("participation_id"),
    Mark.criterion_id == bindparam("criterion_id"),
    Mark.sheet_id == bindparam("sheet_id"),
)


def _mark(sheet: ScoreSheet, cell: Markable) -> Mark | None:
    given = {
        "participation_id": cell.participation_id,
        "criterion_id": cell.criterion_id,
        "sheet_id": sheet.id,
    }
    return db.session.scalars(_MARK, given).one_or_none()


def _marks(sheet: ScoreSheet, cells: Collection[Markable]) -> dict[tuple[int, int], Mark]:
    """What stands in these cells, by unit and criterion, and in others of their rows."""
    statement = select(Mark).where(
        Mark.sheet_id == sheet.id,
        Mark.participation_id.in_({cell.participation_id for cell in cells}),
        Mark.criterion_id.in_({cell.criterion_id for cell in cells}),
    )
    return {(row.participation_id, row.criterion_id): row for row in db.session.scalars(statement)}


def _write(
    sheet: ScoreSheet,
    cell: Markable,
    mark: Mark | None,
    state: MarkState,
    points: Decimal | None,
    note: str,
    at: datetime,
) -> None:
    row = mark or Mark(
        participation_id=cell.participation_id, criterion_id=cell.criterion_id, sheet_id=sheet.id
    )
    row.state, row.points, row.note = state, points, note
    row.version_id, row.updated_at = cell.version_id, at
    db.session.add(row)


def save_note(
    campaign: Campaign,
    sheet: ScoreSheet,
    cell: Markable,
    note: str,
    base: str | None,
    *,
    at: datetime,
) -> str:
    """Ghi nhận xét cho một ô đã chấm; compare-and-set on `base`, as a mark is."""
    refuse_unless_open(campaign.phase, is_locked=sheet.locked_at is not None)
    text = _put_note(_mark(sheet, cell), note, base, at)
    db.session.flush()
    return text


def _put_note(mark: Mark | None, note: str, base: str | None, at: datetime) -> str:
    """Ghi nhận xét của một điểm; not yet in the database."""
    text = one_line(note)
    _demand_fitting(mark, text)
    if mark is not None:
        _demand_unchanged(mark, one_line(mark.note), base and one_line(base), text)
        mark.note, mark.updated_at = text, at
    return text


def _demand_fitting(mark: Mark | None, note: str) -> None:
    """Nhận xét đi với điểm: none without a mark, and of an abstention it is the reason."""
    if mark is None and note:
        refuse("Hãy chấm điểm trước khi ghi nhận xét.")
    if mark is not None and mark.state is MarkState.ABSTAINED and not note:
        refuse("Không chấm thì phải có lý do.")


def abstain(
    campaign: Campaign, sheet: ScoreSheet, cells: Collection[Markable], *, reason: str, at: datetime
) -> None:
    """Không chấm: an act with a reason, shown as done; for one cell or all of a unit."""
    refuse_unless_open(campaign.phase, is_locked=sheet.locked_at is not None)
    if not cells:
        refuse("Tiêu chí không áp dụng cho đơn vị này, hoặc đơn vị chưa mở chấm.")
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do không chấm.", "reason")
    for cell in cells:
        _write(sheet, cell, _mark(sheet, cell), MarkState.ABSTAINED, None, text, at)
    db.session.flush()


def lock(
    campaign: Campaign,
    sheet: ScoreSheet,
    cells: Collection[Markable],
    given: Mapping[tuple[int, int], queries.Cell],
    *,
    units: Mapping[int, str],
    criteria: Mapping[int, str],
    at: datetime,
) -> None:
    """Khoá phiếu chấm: once every open cell is marked or abstained from, it is read-only and
    counts.

    `units` and `criteria` are what the cells are called where some are missing.
    """
    hold(campaign)
    refuse_unless_open(campaign.phase, is_locked=sheet.locked_at is not None)
    empty = [cell for cell in cells if (cell.participation_id, cell.criterion_id) not in given]
    if empty:
        listed = missing_words(
            [(units[cell.participation_id], criteria[cell.criterion_id]) for cell in empty]
        )
        refuse(f"{listed} Ô không chấm được: bấm tên đơn vị, chọn “Không chấm” và ghi lý do.")
    stale = [
        cell
        for cell in cells
        if given[cell.participation_id, cell.criterion_id].version_id != cell.version_id
    ]
    if stale:
        refuse(f"Có {len(stale)} ô chấm theo bản báo cáo cũ; hãy xem lại và chấm lại các ô đó.")
    if not cells:
        refuse("Chưa có đơn vị nào chấm được nên chưa khoá phiếu.")
    sheet.locked_at = at
    db.session.flush()


def reopen(
    campaign: Campaign,
    sheet: ScoreSheet,
    asking: CouncilMember | None,
    *,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Mở lại phiếu chấm while scoring is open, with a reason: by the chair, the chair's own by the
    deputy or the secretary.
    """
    _demand_reopenable(campaign, sheet, asking)
    text = one_line(reason)
    if not text:
        refuse("Hãy ghi lý do mở lại.", "reason")
    sheet.locked_at = None
    db.session.add(SheetReopening(sheet_id=sheet.id, reason=text, at=at, by_id=by.id))


def _demand_reopenable(campaign: Campaign, sheet: ScoreSheet, asking: CouncilMember | None) -> None:
    """Mở lại được: by whom the sheet's owner has it, and while there is something to reopen."""
    owner = db.session.get_one(CouncilMember, sheet.member_id).function
    if asking is None or asking.function not in who_reopens(owner):
        refuse(
            "Phiếu của Chủ tịch do Phó Chủ tịch hoặc Thư ký Hội đồng mở lại."
            if owner is CouncilFunction.CHAIR
            else "Chỉ Chủ tịch Hội đồng được mở lại phiếu chấm."
        )
    # the sheet first, as whoever locks it holds the two
    db.session.flush()
    db.session.refresh(sheet, ["locked_at", "version"], with_for_update={"key_share": True})
    hold(campaign)
    if campaign.phase is not Phase.SCORING or sheet.locked_at is None:
        refuse("Chỉ mở lại được phiếu đã khoá khi việc chấm điểm còn mở.")
