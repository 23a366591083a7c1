"""Cấp trên: sending upwards, and recording the answer."""

from collections.abc import Sequence
from datetime import date

from campaign.core.errors import refuse
from campaign.core.text import document_number, one_line
from campaign.decision.models import UpwardRequest
from campaign.decision.rules import (
    Answer,
)
from campaign.extensions import db
from campaign.nomination.models import Nominee
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase


def send_upwards(campaign: Campaign, rows: Sequence[Nominee], *, letter: str, on: date) -> int:
    """Gửi cấp trên: the elected lines of higher levels, as one list."""
    if not rows:
        refuse("Không có đề nghị nào chờ gửi cấp trên.")
    if not one_line(letter):
        refuse("Hãy ghi số, ký hiệu tờ trình.", "letter")
    if campaign.phase.place < Phase.DECIDING.place:
        refuse("Chỉ gửi cấp trên khi phong trào ở bước “Quyết định”.")
    db.session.add_all(
        [
            UpwardRequest(nominee_id=row.id, sent_on=on, letter=document_number(letter))
            for row in rows
        ]
    )
    db.session.flush()
    return len(rows)


def record_answer(
    row: UpwardRequest, answer: Answer, *, on: date, number: str, reason: str
) -> None:
    """Ghi trả lời của cấp trên: granted with number and date, or refused and why."""
    if row.answer is not None:
        refuse("Đã ghi trả lời cho đề nghị này.")
    if answer is Answer.REFUSED and not one_line(reason):
        refuse("Hãy ghi lý do không khen thưởng.", "reason")
    if answer is Answer.GRANTED and not one_line(number):
        refuse("Hãy ghi số quyết định của cấp trên.", "number")
    if on < row.sent_on:
        refuse("Ngày trả lời không được trước ngày gửi.", "answered_on")
    row.answer, row.answered_on, row.number, row.reason = (
        answer,
        on,
        document_number(number),
        one_line(reason),
    )
