"""Bản in độ đồng thuận: what its page says, with the same digits."""

from collections.abc import Iterator

from campaign.core.numbers import format_decimal, format_points
from campaign.papers.typesetting import pdf
from campaign.planning.models import Block, Campaign
from campaign.ranking.agreement.compared import Compared
from campaign.ranking.rules import Spread
from campaign.scheme.rules.table import ScoredCriterion

NAMED_APART = "Chỉ so phần cả Hội đồng chấm; tiêu chí giao cho một số người không tính vào đây."


def agreement_sheet(campaign: Campaign, block: Block, compared: Compared) -> bytes:
    """Độ đồng thuận của Hội đồng (PDF)."""
    return pdf(
        "sheets/agreement.typ",
        {
            "campaign": campaign.title,
            "title": "ĐỘ ĐỒNG THUẬN CỦA HỘI ĐỒNG",
            "subtitle": block.name,
            "source": "Để tham khảo, không làm thay đổi điểm.",
            "spreads": [_spread(*row, campaign.points_places) for row in compared.spreads],
            "notes": [*_concord(compared), *_named_apart(compared), *_moved(compared)],
        },
    )


def _spread(criterion: ScoredCriterion, width: Spread | None, places: int) -> list[str]:
    """Độ phân tán của một tiêu chí."""
    return [
        f"{criterion.code}. {criterion.name}",
        format_points(width.mean_range, max(places, 2)) if width else "chưa đủ điểm",
        format_points(width.widest, places) if width else "—",
    ]


def _concord(compared: Compared) -> Iterator[str]:
    """Hệ số đồng thuận, and whom it could not compare."""
    w = compared.w
    if w.w is None:
        yield f"Kendall W: chưa tính được: {w.problem}."
    else:
        yield (
            f"Kendall W: {format_decimal(w.w)}. So {w.units}/{compared.judged} đơn vị được cả "
            f"{w.raters} phiếu cùng chấm; 1 là mọi người xếp thứ tự như nhau, 0 là không theo "
            "chiều nào."
        )
    if compared.left_out:
        yield f"Không so được, vì có người không chấm đủ: {', '.join(compared.left_out)}."


def _named_apart(compared: Compared) -> Iterator[str]:
    """Tiêu chí giao cho một số người, where there are such."""
    if any(criterion.markers.are_named for criterion, _ in compared.spreads):
        yield NAMED_APART


def _moved(compared: Compared) -> Iterator[str]:
    """Đơn vị nào đổi hạng nếu tổng hợp cách khác."""
    names, places = compared.orders.names, compared.orders.places
    for method, moved in compared.orders.changed.items():
        told = "; ".join(
            f"{names[unit]}: hạng {places[unit]} → {place}" for unit, place in moved.items()
        )
        yield f"Nếu tổng hợp theo {method.label}: {told or 'thứ hạng không đổi'}."
