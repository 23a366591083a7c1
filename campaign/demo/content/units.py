"""Diễn tập: the units of the campaign of 2021, and what the districts report."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaign.units.rules import UsualKind

_OFFICE, _DISTRICT = UsualKind.OFFICE, UsualKind.DISTRICT_OFFICE
UNTIL = date(2025, 6, 30)
"""Ngày cuối cùng còn cấp huyện."""


@dataclass(frozen=True)
class DemoUnit:
    """Đơn vị: `block` is the place of its block in the campaign, None where it does not compete."""

    code: str
    name: str
    short_name: str
    kind: UsualKind
    parent: str = ""
    block: int | None = None
    is_illustrative: bool = False
    valid_to: date | None = None


DEPARTMENT = "SCT"


OFFICES = (
    DemoUnit("SCT", "Sở Công Thương tỉnh Hòa Bình", "Sở Công Thương", UsualKind.DEPARTMENT),
    DemoUnit("LDS", "Lãnh đạo Sở", "Lãnh đạo Sở", UsualKind.LEADERSHIP, "SCT"),
    DemoUnit("VP", "Văn phòng Sở", "Văn phòng", _OFFICE, "SCT", 0),
    DemoUnit("QLCN", "Phòng Quản lý công nghiệp", "QL công nghiệp", _OFFICE, "SCT", 0),
    DemoUnit(
        "TTKC",
        "Trung tâm Khuyến công và Tư vấn phát triển công nghiệp",
        "TT Khuyến công",
        UsualKind.SERVICE_UNIT,
        "SCT",
        0,
    ),
    DemoUnit("TTR", "Thanh tra Sở", "Thanh tra", _OFFICE, "SCT", 0, is_illustrative=True),
    DemoUnit(
        "KHTH",
        "Phòng Kế hoạch – Tài chính – Tổng hợp",
        "KH-TC-TH",
        _OFFICE,
        "SCT",
        0,
        is_illustrative=True,
    ),
    DemoUnit(
        "QLTM", "Phòng Quản lý thương mại", "QL thương mại", _OFFICE, "SCT", 0, is_illustrative=True
    ),
    DemoUnit(
        "QLNL", "Phòng Quản lý năng lượng", "QL năng lượng", _OFFICE, "SCT", 0, is_illustrative=True
    ),
    DemoUnit(
        "KTAT",
        "Phòng Kỹ thuật an toàn – Môi trường",
        "KT an toàn – MT",
        _OFFICE,
        "SCT",
        0,
        is_illustrative=True,
    ),
)


@dataclass(frozen=True)
class District:
    """Huyện, thành phố: its allocated targets of 2021 and what it reports, all of it invented.

    retail: tỷ đồng for the year (the ten add up to 44.462); index and retail_share: the final
    period's industrial
    production index and per cent of the expected share reached; households: per cent on the grid.
    """

    code: str
    name: str
    retail: Decimal
    index: Decimal
    retail_share: Decimal
    households: Decimal
    households_target: Decimal

    @property
    def is_city(self) -> bool:
        """The one city among the ten."""
        return self.code == "HB"

    @property
    def units(self) -> tuple[DemoUnit, DemoUnit]:
        """Uỷ ban nhân dân and, below it, the office that takes part."""
        place = "thành phố" if self.is_city else "huyện"
        office = "Phòng Kinh tế" if self.is_city else "Phòng Kinh tế và Hạ tầng"
        short = f"TP {self.name}" if self.is_city else self.name
        above = f"UBND-{self.code}"
        return (
            DemoUnit(
                above,
                f"Uỷ ban nhân dân {place} {self.name}",
                f"UBND {short}",
                UsualKind.LOCAL_GOVERNMENT,
                valid_to=None if self.is_city else UNTIL,
            ),
            DemoUnit(
                self.code,
                f"{office} {place} {self.name}",
                short,
                UsualKind.CITY_OFFICE if self.is_city else _DISTRICT,
                above,
                1,
                valid_to=None if self.is_city else UNTIL,
            ),
        )


def _district(code: str, name: str, *numbers: str) -> District:
    return District(code, name, *(Decimal(number) for number in numbers))


DISTRICTS = (
    _district("HB", "Hòa Bình", "16462", "109.6", "101.4", "100", "99.95"),
    _district("CP", "Cao Phong", "2100", "107.2", "99.1", "99.87", "99.82"),
    _district("DB", "Đà Bắc", "1500", "104.9", "95.2", "98.90", "99.10"),
    _district("KB", "Kim Bôi", "3100", "108.3", "98.4", "99.80", "99.80"),
    _district("LS", "Lạc Sơn", "3600", "106.1", "97.6", "99.75", "99.82"),
    _district("LT", "Lạc Thủy", "2900", "108.8", "100.6", "99.90", "99.82"),
    _district("LSN", "Lương Sơn", "6500", "112.5", "102.8", "99.96", "99.90"),
    _district("MC", "Mai Châu", "2600", "105.4", "94.7", "99.32", "99.40"),
    _district("TL", "Tân Lạc", "3200", "107.9", "99.7", "99.84", "99.82"),
    _district("YT", "Yên Thủy", "2500", "106.7", "98.9", "99.88", "99.82"),
)
