"""Hội đồng: functions of members and the rules of recusal."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum


class CouncilFunction(StrEnum):
    """Chức danh trong Hội đồng."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    SECRETARY = "secretary"

    @property
    def label(self) -> str:
        """Tên chức danh."""
        return _FUNCTION_LABELS[self]


_FUNCTION_LABELS = {
    CouncilFunction.CHAIR: "Chủ tịch Hội đồng",
    CouncilFunction.VICE_CHAIR: "Phó Chủ tịch Hội đồng",
    CouncilFunction.MEMBER: "Uỷ viên",
    CouncilFunction.SECRETARY: "Thư ký Hội đồng",
}


class RecusalOrigin(StrEnum):
    """Căn cứ không chấm."""

    OWN_UNIT = "own_unit"
    DECLARED = "declared"
    CHAIR = "chair"

    @property
    def label(self) -> str:
        """Tên căn cứ."""
        return _ORIGIN_LABELS[self]


_ORIGIN_LABELS = {
    RecusalOrigin.OWN_UNIT: "đơn vị của mình",
    RecusalOrigin.DECLARED: "tự khai lợi ích liên quan",
    RecusalOrigin.CHAIR: "Chủ tịch Hội đồng quyết định",
}


def sits_on(day: date, term_from: date | None, term_to: date | None) -> bool:
    """Đang trong nhiệm kỳ: both ends belong to the term."""
    return (term_from is None or term_from <= day) and (term_to is None or day <= term_to)


def own_units_among(own_paths: Collection[str], competing: Mapping[int, str]) -> frozenset[int]:
    """Đơn vị bị loại tự động: competing units (id → path) equal to, above or below one of his own."""
    return frozenset(
        unit_id for unit_id, path in competing.items()
        if any(path.startswith(own) or own.startswith(path) for own in own_paths)
    )
