"""Base salaries: what was checked is checked no longer when it is changed."""

from datetime import date

from campaign.core.permissions import Role
from campaign.honours import actions
from tests import build

FROM = date(2019, 7, 1)


def _salary(amount):
    return actions.add_salary(
        FROM, amount, "Nghị định 38/2019/NĐ-CP", is_in_use=False, last_signed_on=None
    )


def test_a_changed_base_salary_must_be_checked_again(app):
    checker = build.user(Role.SECRETARIAT)
    actions.confirm(_salary(1_490_000), by=checker, on=build.TODAY)
    checked = _salary(1_490_000)
    assert (checked.checked_by_id, checked.checked_on) == (None, None)
    actions.confirm(checked, by=checker, on=build.TODAY)
    assert (checked.checked_by_id, checked.checked_on) == (checker.id, build.TODAY)
    changed = _salary(1_800_000)
    assert (changed.amount, changed.checked_by_id, changed.checked_on) == (1_800_000, None, None)
