"""Danh mục hình thức khen thưởng as shipped with each rule set; unverified until somebody confirms an entry."""

from datetime import date
from decimal import Decimal
from typing import Any

from campaign.awarding.rules import Level
from campaign.voting.rules import Base, Mode, VoteRule, rule_to_data

_OPEN_70 = rule_to_data(VoteRule(Mode.OPEN, Base.TOTAL, 70, 100))
_SECRET_80 = rule_to_data(VoteRule(Mode.SECRET, Base.TOTAL, 80, 100))
_SECRET_90 = rule_to_data(VoteRule(Mode.SECRET, Base.TOTAL, 90, 100))
_NOT_CHECKED = "theo hiểu biết chung của ngành"


def _form(code: str, name: str, level: Level, signatory: str, coefficient: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "level": level, "signatory": signatory, "coefficient": Decimal(coefficient),
            "vote": _OPEN_70 if level is Level.DEPARTMENT else _SECRET_80, "source": _NOT_CHECKED, **more}


def _forms(*, report_form: str, provincial: str, money_source: str, flag_source: str) -> tuple[dict[str, Any], ...]:
    """The catalogue of one rule set; what differs between them are coefficients, form codes and sources."""
    return (
        _form("giay-khen", "Giấy khen của Giám đốc Sở", Level.DEPARTMENT, "Giám đốc Sở", "0.3", report_form=report_form,
              source=money_source),
        _form("bang-khen-tinh", "Bằng khen của Chủ tịch Uỷ ban nhân dân tỉnh", Level.PROVINCE, "Chủ tịch UBND tỉnh", provincial,
              report_form=report_form, source=money_source),
        _form("bang-khen-bo", "Bằng khen của Bộ trưởng Bộ Công Thương", Level.MINISTRY, "Bộ trưởng Bộ Công Thương", provincial,
              report_form=report_form, source=money_source),
        _form("co-thi-dua-bo", "Cờ thi đua của Bộ Công Thương", Level.MINISTRY, "Bộ trưởng Bộ Công Thương", "8",
              for_individuals=False, collective_factor=1, by_launcher_only=True, source=flag_source),
        _form("bang-khen-thu-tuong", "Bằng khen của Thủ tướng Chính phủ", Level.STATE, "Thủ tướng Chính phủ", "3.5",
              minimum_months=36),
        _form("lao-dong-tien-tien", "Danh hiệu Lao động tiên tiến", Level.DEPARTMENT, "Giám đốc Sở", "0.3",
              for_collectives=False, is_annual=True),
        _form("chien-si-thi-dua", "Danh hiệu Chiến sĩ thi đua cơ sở", Level.DEPARTMENT, "Giám đốc Sở", "1",
              for_collectives=False, is_annual=True, vote=_SECRET_90),
    )


AWARD_FORMS: dict[str, tuple[dict[str, Any], ...]] = {
    "RS-2017": _forms(report_form="Mẫu số 07, NĐ 91/2017/NĐ-CP", provincial="1",
                      money_source="NĐ 91/2017/NĐ-CP Điều 73; bảng mức thưởng đã công bố",
                      flag_source=_NOT_CHECKED),
    "RS-2022a": _forms(report_form="Mẫu theo Phụ lục I, NĐ 98/2023/NĐ-CP", provincial="1.5",
                       money_source="NĐ 98/2023/NĐ-CP", flag_source="TT 22/2023/TT-BCT Điều 6"),
    "RS-2022b": _forms(report_form="Mẫu số 08, NĐ 152/2025/NĐ-CP", provincial="1.5",
                       money_source="NĐ 152/2025/NĐ-CP", flag_source="TT 22/2023/TT-BCT Điều 6"),
    "RS-2026": _forms(report_form="Mẫu số 08, NĐ 152/2025/NĐ-CP", provincial="1.5",
                      money_source="NĐ 152/2025/NĐ-CP", flag_source="TT 22/2023/TT-BCT Điều 6"),
}
FORMER_REPORT_FORMS = ("mẫu theo NĐ 98/2023/NĐ-CP, Phụ lục I", "mẫu theo NĐ 152/2025/NĐ-CP")
"""Tên mẫu như đã cài trước đây: an upgrade may replace them where the office left them."""

BASE_SALARIES: tuple[tuple[date, int, str], ...] = (
    (date(2018, 7, 1), 1_390_000, "bảng lương cơ sở đã công bố"), (date(2019, 7, 1), 1_490_000, "NĐ 38/2019/NĐ-CP"),
    (date(2023, 7, 1), 1_800_000, "NĐ 24/2023/NĐ-CP"), (date(2024, 7, 1), 2_340_000, "NĐ 73/2024/NĐ-CP"),
    (date(2026, 7, 1), 2_530_000, "NĐ 161/2026/NĐ-CP"),
)
