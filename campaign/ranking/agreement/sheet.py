"""Bản in độ đồng thuận: what its page says, with the same digits."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from campaign.core.numbers import format_decimal, format_points
from campaign.papers.typesetting import pdf
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Aggregation
from campaign.ranking.rules import Agreement, Spread
from campaign.scheme.rules.table import ScoredCriterion

NAMED_APART = "Chỉ so phần cả Hội đồng chấm; tiêu chí giao cho một số người không tính vào đây."


def agreement_sheet(
    *,
    campaign: Campaign,
    block: Block,
    names: Mapping[int, str],
    changed: Mapping[Aggregation, Mapping[int, int]],
    places: Mapping[int, int],
    w: Agreement,
    left_out: Sequence[str],
    judged: int,
    spreads: Sequence[tuple[ScoredCriterion, Spread | None]],
    **_: Any,
) -> bytes:
    """Độ đồng thuận của Hội đồng (PDF)."""
    decimals = campaign.points_places
    is_apart = any(criterion.markers.are_named for criterion, _ in spreads)
    return pdf(
        "sheets/agreement.typ",
        {
            "campaign": campaign.title,
            "title": "ĐỘ ĐỒNG THUẬN CỦA HỘI ĐỒNG",
            "subtitle": block.name,
            "source": "Để tham khảo, không làm thay đổi điểm.",
            "spreads": [
                [
                    f"{criterion.code}. {criterion.name}",
                    format_points(width.mean_range, max(decimals, 2)) if width else "chưa đủ điểm",
                    format_points(width.widest, decimals) if width else "—",
                ]
                for criterion, width in spreads
            ],
            "notes": [
                *_concord(w, judged, left_out),
                *([NAMED_APART] if is_apart else []),
                *_moved(changed, places, names),
            ],
        },
    )


def _concord(w: Agreement, judged: int, left_out: Sequence[str]) -> Iterator[str]:
    if w.w is None:
        yield f"Kendall W: chưa tính được: {w.problem}."
    else:
        yield (
            f"Kendall W: {format_decimal(w.w)}. So {w.units}/{judged} đơn vị được cả {w.raters} "
            "phiếu cùng chấm; 1 là mọi người xếp thứ tự như nhau, 0 là không theo chiều nào."
        )
    if left_out:
        yield f"Không so được, vì có người không chấm đủ: {', '.join(left_out)}."


def _moved(
    changed: Mapping[Aggregation, Mapping[int, int]],
    places: Mapping[int, int],
    names: Mapping[int, str],
) -> Iterator[str]:
    for method, moved in changed.items():
        told = "; ".join(
            f"{names[unit]}: hạng {places[unit]} → {place}" for unit, place in moved.items()
        )
        yield f"Nếu tổng hợp theo {method.label}: {told or 'thứ hạng không đổi'}."
