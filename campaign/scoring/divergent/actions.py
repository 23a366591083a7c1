"""Ô chênh lệch: a member keeps or changes their mark with a sentence; the chair decides."""

from datetime import datetime
from decimal import Decimal

from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import format_decimal
from campaign.core.text import one_line
from campaign.divergence.models import DivergenceAnswer, DivergenceRuling
from campaign.divergence.rules import CellState
from campaign.extensions import db
from campaign.planning.actions import hold
from campaign.planning.models import Campaign
from campaign.planning.rules import DivergenceEnd, Phase
from campaign.scoring.divergent.queries import DivergentCell
from campaign.scoring.models import Mark, ScoreSheet
from campaign.scoring.rules import parse_mark


def answer(
    campaign: Campaign,
    sheet: ScoreSheet,
    cell: DivergentCell,
    text: str,
    sentence: str,
    *,
    at: datetime,
) -> DivergenceAnswer:
    """Giữ hoặc đổi điểm của mình ở một ô chênh lệch, with a sentence; the sheet stays locked."""
    _refuse_unless_scoring(campaign)
    if cell.state is not CellState.MEMBERS or sheet.member_id not in cell.waiting:
        refuse("Ô này không còn chờ ý kiến của Ông/Bà.")
    points = _typed(campaign, cell, text)
    said = one_line(sentence)
    if not said:
        refuse("Hãy ghi một câu nêu lý do.", "sentence")
    return _answered(sheet, cell, points, said, at)


def _answered(
    sheet: ScoreSheet, cell: DivergentCell, points: Decimal, said: str, at: datetime
) -> DivergenceAnswer:
    """Ý kiến của thành viên, kept beside the mark as it was and as it is now."""
    row = DivergenceAnswer(
        participation_id=cell.unit.id,
        criterion_id=cell.criterion.id,
        member_id=sheet.member_id,
        before=cell.marks[sheet.member_id],
        points=points,
        sentence=said,
        at=at,
    )
    if row.points != row.before:
        _change_mark(sheet, cell, points, at)
    db.session.add(row)
    db.session.flush()
    return row


def _change_mark(sheet: ScoreSheet, cell: DivergentCell, points: Decimal, at: datetime) -> None:
    """Đổi điểm trên phiếu đã khoá."""
    mark = db.session.get_one(Mark, (cell.unit.id, cell.criterion.id, sheet.id))
    mark.points, mark.updated_at = points, at


def decide(
    campaign: Campaign,
    member_id: int,
    cell: DivergentCell,
    text: str,
    reason: str,
    *,
    at: datetime,
) -> DivergenceRuling:
    """Quyết định về một ô chênh lệch, with a reason: the mark that counts, or, where nothing is
    typed, that the marks stand.
    """
    _demand_decider(campaign, member_id, cell)
    points = _typed(campaign, cell, text) if text.strip() else None
    why = one_line(reason)
    if not why:
        refuse("Hãy ghi lý do.", "reason")
    return _ruled(member_id, cell, points, why, at)


def _demand_decider(campaign: Campaign, member_id: int, cell: DivergentCell) -> None:
    """Người này quyết định được ô này: by the plan, and after their own answer."""
    _refuse_unless_scoring(campaign)
    if campaign.divergence_ended_by is not DivergenceEnd.CHAIR:
        refuse("Theo kế hoạch, ô chênh lệch do các thành viên đã chấm xem lại.")
    if cell.decider != member_id:
        refuse("Ô này không do Ông/Bà quyết định.")
    if cell.state is CellState.OVER and cell.ruling is None:
        refuse("Ô này không còn phải quyết định.")
    if member_id in cell.waiting:
        refuse("Hãy nêu ý kiến về điểm của mình trước khi quyết định.")


def _ruled(
    member_id: int, cell: DivergentCell, points: Decimal | None, why: str, at: datetime
) -> DivergenceRuling:
    """Quyết định về ô này, kept."""
    row = DivergenceRuling(
        participation_id=cell.unit.id,
        criterion_id=cell.criterion.id,
        member_id=member_id,
        points=points,
        reason=why,
        at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _refuse_unless_scoring(campaign: Campaign) -> None:
    hold(campaign)
    if campaign.phase is not Phase.SCORING:
        refuse("Chỉ xem lại ô chênh lệch khi việc chấm điểm còn mở.")


def _typed(campaign: Campaign, cell: DivergentCell, text: str) -> Decimal:
    """Điểm đã ghi, from 0 to the maximum in the plan's steps; what is refused stands at it."""
    if not text.strip():
        refuse("Hãy ghi điểm: giữ số cũ hoặc số mới.", "points")
    try:
        return parse_mark(
            text,
            maximum=cell.criterion.maximum,
            step=campaign.mark_step,
            places=campaign.points_places,
        )
    except RuleViolation as violation:
        refuse(str(violation), "points")


def told_kept(row: DivergenceAnswer) -> str:
    """Câu báo sau khi trả lời."""
    if row.points == row.before:
        return f"Đã ghi: Ông/Bà giữ {format_decimal(row.points)} điểm."
    return f"Đã đổi từ {format_decimal(row.before)} thành {format_decimal(row.points)} điểm."
