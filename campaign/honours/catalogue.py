"""Danh mục hình thức khen thưởng as shipped with each rule set; nobody has confirmed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from campaign.core.vote_rules import Base, Mode, VoteRule, rule_to_data
from campaign.honours.rules import Ground, Level

_OPEN_70 = rule_to_data(VoteRule(Mode.OPEN, Base.TOTAL, 70, 100))
_SECRET_80 = rule_to_data(VoteRule(Mode.SECRET, Base.TOTAL, 80, 100))
_SECRET_90 = rule_to_data(VoteRule(Mode.SECRET, Base.TOTAL, 90, 100))
_COMMON = "theo hiểu biết chung của ngành"
_FLAG_RULE = "TT 22/2023/TT-BCT Điều 6"
_REFERENCE = "mức ghi sẵn để tham khảo"
_BY_BALLOT = "NĐ 98/2023/NĐ-CP Điều 30 khoản 7: bỏ phiếu, từ 80 % tổng số thành viên"
_BY_BALLOT_2025 = f"{_BY_BALLOT}; điều tương ứng của NĐ 152/2025/NĐ-CP: chưa tìm thấy"
_BY_BALLOT_2017 = "theo thông lệ; NĐ 91/2017/NĐ-CP Điều 45 khoản 8 chỉ quy định từ cấp bộ, cấp tỉnh"


@dataclass(frozen=True)
class _Rules:
    """What differs between the rule sets: coefficients, report, and the sources."""

    report_form: str
    report_source: str
    provincial: str
    money: str
    forms_money: str
    flag_money: str
    ballot: str
    ballot_ground: Ground = Ground.LAW
    awards_households: bool = False


def _award_type(
    code: str, name: str, level: Level, signatory: str, coefficient: str, **more: Any
) -> dict[str, Any]:
    vote = _OPEN_70 if level is Level.DEPARTMENT else _SECRET_80
    return {
        "code": code,
        "name": name,
        "level": level,
        "signatory": signatory,
        "coefficient": Decimal(coefficient),
        "money_ground": Ground.LAW,
        "vote": vote,
        "vote_ground": Ground.PROPOSAL,
        "vote_source": _REFERENCE,
        **more,
    }


def _commendations(rules: _Rules) -> tuple[dict[str, Any], ...]:
    """Giấy khen, bằng khen that take the usual report."""
    report = {
        "report_form": rules.report_form,
        "report_source": rules.report_source,
        "report_ground": Ground.LAW,
        "source": rules.forms_money,
        "for_households": rules.awards_households,
    }
    return (
        _award_type(
            "giay-khen",
            "Giấy khen của Giám đốc Sở",
            Level.DEPARTMENT,
            "Giám đốc Sở",
            "0.3",
            **report,
        ),
        _award_type(
            "bang-khen-tinh",
            "Bằng khen của Chủ tịch Uỷ ban nhân dân tỉnh",
            Level.PROVINCE,
            "Chủ tịch UBND tỉnh",
            rules.provincial,
            **report,
        ),
        _award_type(
            "bang-khen-bo",
            "Bằng khen của Bộ trưởng Bộ Công Thương",
            Level.MINISTRY,
            "Bộ trưởng Bộ Công Thương",
            rules.provincial,
            **report,
        ),
    )


def _flag(rules: _Rules, ballot: Mapping[str, Any]) -> dict[str, Any]:
    return _award_type(
        "co-thi-dua-bo",
        "Cờ thi đua của Bộ Công Thương",
        Level.MINISTRY,
        "Bộ trưởng Bộ Công Thương",
        "8",
        for_individuals=False,
        collective_factor=1,
        by_launcher_only=True,
        source=rules.flag_money,
        **ballot,
    )


def _annual_titles(rules: _Rules, ballot: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """Danh hiệu xét hằng năm; they are of no single campaign."""
    yearly = {"for_collectives": False, "is_annual": True, "source": rules.money}
    return (
        _award_type(
            "lao-dong-tien-tien",
            "Danh hiệu Lao động tiên tiến",
            Level.DEPARTMENT,
            "Giám đốc Sở",
            "0.3",
            is_title=True,
            **yearly,
        ),
        _award_type(
            "chien-si-thi-dua",
            "Danh hiệu Chiến sĩ thi đua cơ sở",
            Level.DEPARTMENT,
            "Giám đốc Sở",
            "1",
            **yearly,
            **ballot,
        ),
    )


def _award_types(rules: _Rules) -> tuple[dict[str, Any], ...]:
    """The catalogue of one rule set, in its order."""
    ballot = {
        "vote": _SECRET_80,
        "vote_source": rules.ballot,
        "vote_ground": rules.ballot_ground,
        "is_title": True,
    }
    return (
        *_commendations(rules),
        _flag(rules, ballot),
        _award_type(
            "bang-khen-thu-tuong",
            "Bằng khen của Thủ tướng Chính phủ",
            Level.STATE,
            "Thủ tướng Chính phủ",
            "3.5",
            minimum_months=36,
            source=rules.money,
        ),
        *_annual_titles(rules, ballot),
    )


_RULES_2025 = _Rules(
    report_form="Mẫu số 08, NĐ 152/2025/NĐ-CP",
    report_source="NĐ 152/2025/NĐ-CP, theo thứ tự danh mục mẫu",
    provincial="1.5",
    money="NĐ 152/2025/NĐ-CP",
    forms_money="NĐ 152/2025/NĐ-CP",
    flag_money=f"NĐ 152/2025/NĐ-CP; điều kiện: {_FLAG_RULE}",
    ballot=_BY_BALLOT_2025,
    awards_households=True,
)
AWARD_TYPES: dict[str, tuple[dict[str, Any], ...]] = {
    "RS-2017": _award_types(
        _Rules(
            report_form="Mẫu số 07, NĐ 91/2017/NĐ-CP",
            report_source="NĐ 91/2017/NĐ-CP, phụ lục",
            provincial="1",
            money=_COMMON,
            forms_money="NĐ 91/2017/NĐ-CP Điều 73; bảng mức thưởng đã công bố",
            flag_money=_COMMON,
            ballot=_BY_BALLOT_2017,
            ballot_ground=Ground.PROPOSAL,
        )
    ),
    "RS-2022a": _award_types(
        _Rules(
            report_form="Mẫu theo Phụ lục I, NĐ 98/2023/NĐ-CP",
            report_source="NĐ 98/2023/NĐ-CP; số mẫu: chưa tìm thấy",
            provincial="1.5",
            money="NĐ 98/2023/NĐ-CP",
            forms_money="NĐ 98/2023/NĐ-CP",
            flag_money=f"NĐ 98/2023/NĐ-CP; điều kiện: {_FLAG_RULE}",
            ballot=_BY_BALLOT,
        )
    ),
    "RS-2022b": _award_types(_RULES_2025),
    "RS-2026": _award_types(_RULES_2025),
}
FORMER_REPORT_FORMS = ("mẫu theo NĐ 98/2023/NĐ-CP, Phụ lục I", "mẫu theo NĐ 152/2025/NĐ-CP")
"""Như đã cài trước đây, like the two below: an upgrade may replace what the office left so."""
FORMER_SOURCES = (_COMMON, _FLAG_RULE)
FORMER_VOTES = {"chien-si-thi-dua": _SECRET_90}

BASE_SALARIES: tuple[tuple[date, int, str], ...] = (
    (date(2018, 7, 1), 1_390_000, "bảng lương cơ sở đã công bố"),
    (date(2019, 7, 1), 1_490_000, "NĐ 38/2019/NĐ-CP"),
    (date(2023, 7, 1), 1_800_000, "NĐ 24/2023/NĐ-CP"),
    (date(2024, 7, 1), 2_340_000, "NĐ 73/2024/NĐ-CP"),
    (date(2026, 7, 1), 2_530_000, "NĐ 161/2026/NĐ-CP"),
)
