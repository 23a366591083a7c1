"""Đơn vị qua các năm: the share of the maximum, and which years may be set side by side; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from campaign.planning.rules import Rescaling
from campaign.scheme.rules.wording import WHOLE, shown_percent
from campaign.units.successions.rules import Forebear


@dataclass(frozen=True, slots=True)
class YearOfUnit:
    """Một phong trào trong lịch sử của đơn vị; rank and total only of published results."""

    campaign_id: int
    title: str
    starts_on: date
    block: str
    is_published: bool
    scale: Decimal
    rescaling: Rescaling
    places: int
    participation_id: int
    rank: int | None = None
    ranked: int = 0
    """Số đơn vị được xếp hạng trong khối."""
    total: Decimal | None = None
    band: str = ""
    forebear: str = ""
    """Nhãn của năm thuộc một đơn vị cũ; empty for the unit's own."""

    @property
    def exact_share(self) -> Fraction | None:
        """Tỷ lệ so với điểm tối đa, %: of what is ranked by shares the total is one already."""
        if self.total is None:
            return None
        whole = WHOLE if self.rescaling is Rescaling.SHARE else Fraction(self.scale)
        return Fraction(self.total) * WHOLE / whole

    @property
    def share(self) -> Decimal | None:
        """Tỷ lệ ấy để đọc: what is short of the maximum never reads as 100."""
        return None if self.exact_share is None else shown_percent(self.exact_share)

    @property
    def measure(self) -> tuple[Rescaling, Decimal]:
        """Thang điểm: two years with the same one may be compared."""
        return self.rescaling, Decimal(0) if self.rescaling is Rescaling.SHARE else self.scale


@dataclass(frozen=True, slots=True)
class Carried:
    """Lịch sử mà đơn vị mang theo: its own, and that of its forebears until each one's day."""

    unit_id: int
    forebears: tuple[Forebear, ...]
    names: Mapping[int, tuple[str, str]]
    """Tên đầy đủ và tên ngắn của từng đơn vị."""

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """Đơn vị này và các đơn vị cũ."""
        return self.unit_id, *(row.unit_id for row in self.forebears)

    def holds(self, unit_id: int, day: date) -> bool:
        """Ngày ấy của đơn vị ấy có thuộc lịch sử này: a forebear's only before it was succeeded."""
        return all(day < row.until for row in self.forebears if row.unit_id == unit_id)

    def mark(self, unit_id: int) -> str:
        """Nhãn của đơn vị cũ: "trước khi sáp nhập: Phòng A"; empty for the unit's own."""
        told = [row.kind.before for row in self.forebears if row.unit_id == unit_id]
        return f"{told[0]}: {self.names[unit_id][0]}" if told else ""


def not_comparable(rows: Sequence[YearOfUnit]) -> frozenset[int]:
    """Phong trào có thang điểm khác: those whose scale is not that of the newest published one."""
    ranked = [row for row in rows if row.total is not None]
    newest = ranked[0].measure if ranked else None
    return frozenset(row.campaign_id for row in ranked if row.measure != newest)
