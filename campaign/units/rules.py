"""Đơn vị: kinds of unit and the rules of their tree."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from campaign.core.errors import RuleViolation


class UnitKind(StrEnum):
    """Loại đơn vị."""

    DEPARTMENT = "department"
    LEADERSHIP = "leadership"
    OFFICE = "office"
    SERVICE_UNIT = "service_unit"
    LOCAL_GOVERNMENT = "local_government"
    DISTRICT_OFFICE = "district_office"
    CITY_OFFICE = "city_office"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Tên loại đơn vị."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    UnitKind.DEPARTMENT: "Sở, ngành",
    UnitKind.LEADERSHIP: "Lãnh đạo",
    UnitKind.OFFICE: "Phòng chuyên môn",
    UnitKind.SERVICE_UNIT: "Đơn vị sự nghiệp",
    UnitKind.LOCAL_GOVERNMENT: "Uỷ ban nhân dân",
    UnitKind.DISTRICT_OFFICE: "Phòng cấp huyện",
    UnitKind.CITY_OFFICE: "Phòng cấp thành phố",
    UnitKind.OTHER: "Đơn vị khác",
}


class BadUnitTree(RuleViolation):
    """Cây đơn vị sai."""


def is_valid_on(day: date, valid_from: date | None, valid_to: date | None) -> bool:
    """Còn hiệu lực: both ends belong to the time of validity; an open end has no limit."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def path_of(unit_id: int, parent_path: str | None) -> str:
    """Đường dẫn trong cây: "/1/7/" for unit 7 under unit 1, so that ancestors are prefixes."""
    return f"{parent_path or '/'}{unit_id}/"


def ids_on(path: str) -> tuple[int, ...]:
    """Các đơn vị trên đường dẫn, from the root down to the unit itself."""
    return tuple(int(part) for part in path.split("/") if part)


def related(path: str, others: Collection[tuple[int, str]]) -> frozenset[int]:
    """Đơn vị có liên quan: those of `others` (id, path) equal to, above or below the unit at `path`."""
    return frozenset(
        other for other, other_path in others
        if other_path.startswith(path) or path.startswith(other_path)
    )


def refuse_cycle(path: str, new_parent_path: str) -> None:
    """A unit cannot hang below itself."""
    if new_parent_path.startswith(path):
        message = "Đơn vị cấp trên không thể là chính đơn vị này hoặc đơn vị trực thuộc nó."
        raise BadUnitTree(message, field="parent_id")
