"""Diễn tập: the six indicators of 2021."""

from dataclasses import dataclass
from decimal import Decimal

from campaign.scheme.rules.formulas.bands import Bands
from campaign.scheme.rules.formulas.ceiling import Ceiling
from campaign.scheme.rules.formulas.step import Step
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.terms import Direction, Judgement

_CUMULATIVE, _AT_LEAST = Judgement.CUMULATIVE, Direction.AT_LEAST


@dataclass(frozen=True)
class DemoIndicator:
    """Chỉ tiêu của thông báo, with the offices that answer for it and what they report."""

    key: str
    values: dict[str, object]
    measure_unit: str
    rule: PointsRule
    lead: str
    support: tuple[str, ...]
    reported: tuple[str, str]
    """March and final values, invented but for the index of the first quarter."""
    comparison: tuple[str, str] | None = None


_ANNOUNCED = "Thông báo phát động ngày 02/03/2021 của Sở Công Thương Hòa Bình"


INDICATORS = (
    DemoIndicator(
        "iip",
        {
            "name": "Chỉ số sản xuất công nghiệp tăng bình quân 8 %",
            "short_name": "Chỉ số SXCN",
            "direction": _AT_LEAST,
            "judgement": Judgement.GROWTH,
            "growth_target": Decimal(8),
            "decimals": 2,
            "source": _ANNOUNCED,
        },
        "chỉ số (cùng kỳ = 100)",
        PointsRule(bonus_per_percent=Decimal("0.2"), bonus_cap=Decimal(1)),
        "QLCN",
        ("TTKC", "KHTH"),
        ("109.5", "110.8"),
        ("100", "100"),
    ),
    DemoIndicator(
        "retail",
        {
            "name": "Tổng mức bán lẻ hàng hoá và doanh thu dịch vụ",
            "short_name": "Bán lẻ, dịch vụ",
            "direction": _AT_LEAST,
            "judgement": _CUMULATIVE,
            "year_target": Decimal(44462),
            "growth_target": Decimal(18),
            "previous_year_value": Decimal(37680),
            "decimals": 2,
            "source": f"{_ANNOUNCED}; mức năm 2020 suy ra từ mức tăng 18 %",
        },
        "tỷ đồng",
        PointsRule(Step(lost=Decimal("0.5"))),
        "QLTM",
        ("KHTH", "VP"),
        ("11052", "14905.5"),
    ),
    DemoIndicator(
        "cpi",
        {
            "name": "Chỉ số giá tiêu dùng bình quân tăng dưới 5 %",
            "short_name": "Giá tiêu dùng",
            "direction": Direction.BELOW,
            "judgement": Judgement.LEVEL,
            "year_target": Decimal(5),
            "decimals": 2,
            "source": _ANNOUNCED,
        },
        "phần trăm",
        PointsRule(Ceiling(lost=Decimal("0.5"), unit=Decimal("0.1"))),
        "QLTM",
        ("KHTH", "TTR"),
        ("0.87", "1.12"),
    ),
    DemoIndicator(
        "exports",
        {
            "name": "Kim ngạch xuất khẩu",
            "short_name": "Xuất khẩu",
            "direction": _AT_LEAST,
            "judgement": _CUMULATIVE,
            "year_target": Decimal(1218),
            "growth_target": Decimal(18),
            "previous_year_value": Decimal(1032),
            "decimals": 2,
            "source": f"{_ANNOUNCED}; mức năm 2020 suy ra từ mức tăng 18 %",
        },
        "triệu USD",
        PointsRule(),
        "QLTM",
        ("QLCN", "KHTH"),
        ("296.4", "402.5"),
    ),
    DemoIndicator(
        "imports",
        {
            "name": "Kim ngạch nhập khẩu",
            "short_name": "Nhập khẩu",
            "direction": _AT_LEAST,
            "judgement": _CUMULATIVE,
            "year_target": Decimal(980),
            "growth_target": Decimal(12),
            "previous_year_value": Decimal(875),
            "decimals": 2,
            "source": f"{_ANNOUNCED} (ghi “980 USD”, hiểu là 980 triệu USD theo Báo Hòa Bình); "
            "mức năm 2020 suy ra từ mức tăng 12 %",
        },
        "triệu USD",
        PointsRule(
            Bands(
                bands=(
                    (Decimal(100), Decimal(100)),
                    (Decimal(95), Decimal(90)),
                    (Decimal(85), Decimal(70)),
                    (Decimal(0), Decimal(40)),
                )
            )
        ),
        "QLTM",
        ("KHTH",),
        ("248.1", "331.2"),
    ),
    DemoIndicator(
        "grid",
        {
            "name": "Tỷ lệ hộ dân sử dụng điện lưới quốc gia",
            "short_name": "Hộ dùng điện lưới",
            "direction": _AT_LEAST,
            "judgement": Judgement.LEVEL,
            "year_target": Decimal("99.82"),
            "decimals": 2,
            "source": _ANNOUNCED,
        },
        "phần trăm",
        PointsRule(),
        "QLNL",
        ("KTAT", "TTR"),
        ("99.78", "99.80"),
    ),
)


FIRST_QUARTER_INDEX = (
    Decimal("109.5"),
    "Cục Thống kê Hòa Bình, báo cáo quý I/2021: tăng 9,5 % so với cùng kỳ",
)
