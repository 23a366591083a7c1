"""Rule sets: what is shipped, edited and confirmed."""

from datetime import date

import pytest

from campaign.core.errors import RuleViolation
from campaign.honours import actions as honours
from campaign.honours.rule_sets import FORMER_RULE_SETS, RULE_SETS
from campaign.honours.rules import Rounding
from tests import build


def test_a_rule_set_that_was_changed_waits_to_be_checked_again(app):
    row = build.rule_set(checked_by_id=build.user().id, checked_on=date(2021, 3, 1))
    values = {
        "title": "RS",
        "in_force_from": date(2021, 1, 1),
        "in_force_to": date(2020, 12, 31),
        "legal_basis": "Luật",
        "puts_women_first": False,
        "women_source": "",
        "pays_highest_only": True,
        "highest_source": "NĐ",
        "has_golden_book": False,
        "power_basis": "Quyết định về chức năng",
        "rounding": Rounding.NEAREST_10000,
        "source": "Công báo",
    }
    with pytest.raises(RuleViolation, match="Ngày hết hiệu lực phải sau ngày có hiệu lực."):
        honours.edit_rule_set(row, values, is_in_use=False)
    assert row.checked_on == date(2021, 3, 1)
    honours.edit_rule_set(row, values | {"in_force_to": None}, is_in_use=False)
    assert (row.rounding, row.legal_basis, row.checked_on, row.checked_by_id) == (
        Rounding.NEAREST_10000,
        "Luật",
        None,
        None,
    )


def test_an_upgrade_brings_up_to_date_what_nobody_edited_or_confirmed(app):
    law = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
    former = {row: dict(values) for row, values in FORMER_RULE_SETS.items()}
    untouched = build.rule_set(
        code="RS-2022a",
        in_force_from=date(2024, 1, 1),
        in_force_to=date(2025, 6, 30),
        legal_basis=former["RS-2022a"]["legal_basis"][0],
        source="công báo của Sở",
    )
    confirmed = build.rule_set(
        code="RS-2022b",
        legal_basis=former["RS-2022b"]["legal_basis"][0],
        checked_by_id=build.user().id,
        checked_on=date(2025, 9, 1),
    )
    edited = build.rule_set(code="RS-2017", legal_basis="Luật của Sở", source="sổ tay")
    honours.install_catalogue()
    shipped = {values["code"]: values for values in RULE_SETS}
    assert (untouched.legal_basis, untouched.power_basis, untouched.source) == (
        shipped["RS-2022a"]["legal_basis"],
        f"khoản 1 Điều 80 {law}",
        "công báo của Sở",
    )
    assert (confirmed.legal_basis, confirmed.power_basis, confirmed.in_force_to) == (
        former["RS-2022b"]["legal_basis"][0],
        "",
        None,
    )
    assert (edited.legal_basis, edited.source) == ("Luật của Sở", "sổ tay")
    made = build.rule_set(code="RS-2026")
    assert (made.title, made.in_force_from, made.in_force_to, made.checked_on) == (
        "Luật Thi đua, khen thưởng 2022, sửa đổi bởi Luật 06/2026/QH16",
        date(2026, 10, 1),
        None,
        None,
    )
