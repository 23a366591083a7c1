"""Việc về ô chênh lệch: of those who marked them, of who decides, and of who closes scoring."""

from collections.abc import Iterable
from datetime import date

from flask import url_for

from campaign.home.rules import Todo
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.scoring.divergent.queries import asked_of, decided_by, open_cells


def of_asked(
    campaign: Campaign, member_id: int, hidden: frozenset[int], today: date
) -> Iterable[Todo]:
    """Ô chênh lệch: those that ask for a word of mine, and those I decide."""
    shown = [cell for cell in open_cells(campaign, today) if cell.unit.unit_id not in hidden]
    if not shown:
        return
    url = url_for("divergence.index", campaign_id=campaign.id)
    if asked := asked_of(shown, member_id):
        yield Todo(
            "Ô điểm chênh lệch phải xem lại",
            "giữ hoặc đổi điểm của mình, kèm một câu",
            url,
            1,
            len(asked),
        )
    if mine := decided_by(campaign, shown, member_id):
        yield _to_decide(url, len(mine))


def _to_decide(url: str, count: int) -> Todo:
    return Todo(
        "Ô điểm chênh lệch chờ Ông/Bà quyết định",
        "đặt điểm được tính hoặc để nguyên, kèm lý do",
        url,
        2,
        count,
    )


def of_overseeing(campaign: Campaign, today: date) -> Iterable[Todo]:
    """Việc của Thường trực: cells that keep scoring from being closed."""
    if campaign.phase is Phase.SCORING and (left := open_cells(campaign, today)):
        yield Todo(
            "Ô điểm chênh lệch chưa xem lại xong",
            "chưa đóng chấm điểm được",
            url_for("divergence.index", campaign_id=campaign.id),
            2,
            len(left),
        )
