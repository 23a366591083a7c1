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


def test_the_size_of_a_new_base_salary_is_asked_about_beside_the_one_before(app, sign_in, page):
    browser = sign_in(build.user(Role.SECRETARIAT))
    sent = {"from_on": "1.7.2019", "source": "Nghị định 38/2019/NĐ-CP"}
    asked = []
    for amount, day in (("1.490", "1.7.2019"), ("1.490.000", "1.7.2019"), ("149.000", "1.7.2023")):
        answer = browser.post(
            "/awards/salaries",
            data=sent | {"amount": amount, "from_on": day},
            follow_redirects=True,
        )
        asked.append([text for text in page(answer).all(".flashes p") if "Hãy xem lại" in text])
    assert asked == [
        ["Hãy xem lại mức lương: 1.490 đồng là rất ít. Có phải là 1.490.000 đồng không?"],
        [],
        [
            "Hãy xem lại mức lương: 149.000 đồng khác 1.490.000 đồng từ mười lần trở lên. Có thừa "
            "hay thiếu số 0 không?"
        ],
    ]
