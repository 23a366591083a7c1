"""Hội đồng: functions of members and the rules of recusal."""

from collections.abc import Collection, Mapping
from datetime import date

from campaign.core.labelled import Labelled


class CouncilFunction(Labelled):
    """Chức danh trong Hội đồng."""

    CHAIR = "chair", "Chủ tịch Hội đồng"
    VICE_CHAIR = "vice_chair", "Phó Chủ tịch Hội đồng"
    MEMBER = "member", "Uỷ viên"
    SECRETARY = "secretary", "Thư ký Hội đồng"


class RecusalOrigin(Labelled):
    """Căn cứ không chấm."""

    OWN_UNIT = "own_unit", "đơn vị của mình"
    OWN_BLOCK = "own_block", "cùng khối với đơn vị của mình"
    DECLARED = "declared", "tự khai lợi ích liên quan"
    CHAIR = "chair", "Chủ tịch Hội đồng quyết định"


LEADING = frozenset({CouncilFunction.CHAIR, CouncilFunction.VICE_CHAIR})
"""Lãnh đạo Hội đồng."""

WORKED_OUT = frozenset({RecusalOrigin.OWN_UNIT, RecusalOrigin.OWN_BLOCK})
"""Căn cứ theo nơi công tác: nobody stores or lifts it."""


def own_units_among(own_paths: Collection[str], competing: Mapping[int, str]) -> frozenset[int]:
    """Đơn vị bị loại tự động: competing units (id → path) at, above or below one's own."""
    return frozenset(
        unit_id
        for unit_id, path in competing.items()
        if any(path.startswith(own) or own.startswith(path) for own in own_paths)
    )


def why_not_serving(
    day: date, *, left_on: date | None, term_from: date | None, term_to: date | None
) -> str:
    """Vì sao ngày ấy không là thành viên Hội đồng; empty within the term, both its ends included,
    of who has not left.
    """
    if left_on is not None:
        return "đã thôi làm thành viên Hội đồng"
    if term_from is not None and day < term_from:
        return "chưa đến nhiệm kỳ trong Hội đồng"
    return "đã hết nhiệm kỳ trong Hội đồng" if term_to is not None and term_to < day else ""
