"""What the unit reported, taken over at once where nothing was verified, and given back."""

from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.scheme.models import CriterionGroup, CriterionScope
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification import cases, queries
from tests import build
from tests.worlds import Desk

pytestmark = pytest.mark.usefixtures("app")


class Claiming(Desk):
    """A unit that gave itself so many points for its number of 99, which is worth 9,90."""

    def __init__(self, own=None):
        super().__init__()
        self.ruled = next(
            row for row in scheme_of(self.campaign.id).criteria if row.indicator_id is not None
        )
        scores = dict(self.version.snapshot["scores"])
        if own:
            scores[str(self.ruled.id)] = {"points": own, "explanation": ""}
        snapshot = {**self.version.snapshot, "scores": scores}
        build.version(of=self.report, by=self.by, number=2, snapshot=snapshot)
        self.at = f"/campaigns/{self.campaign.id}/verification/{self.report.id}"
        self.fields = [f"v:{self.indicator.id}", f"p:{self.criterion.id}"]

    @property
    def found(self):
        db.session.expire_all()
        row = cases.held(self.report.id)
        values, points = queries.checked_of(row.id) if row else ({}, {})
        value, given = values.get(self.indicator.id), points.get(self.criterion.id)
        return value and value.value, given and given.points


@pytest.mark.parametrize(
    ("own", "said", "is_chosen"),
    [
        (None, "bằng nhau {code}: tính ra 9,90", True),
        ("9.9", "bằng nhau {code}: tự chấm bằng điểm tính ra, 9,90", True),
        ("10", "xem lại {code}: tự chấm 10,00, tính ra 9,90", False),
    ],
)
def test_what_agrees_with_the_points_worked_out_is_chosen_beforehand(
    sign_in, page, own, said, is_chosen
):
    desk = Claiming(own)
    shown = page(sign_in(desk.by).get(f"{desk.at}/claims"))
    assert shown.all("td[data-label='So với điểm tính ra']") == [
        said.format(code=desk.ruled.code),
        "xem lại Thường trực cho điểm; 0 minh chứng",
    ]
    assert [box.get("value") for box in shown.tree.cssselect("input[name=field][checked]")] == (
        desk.fields[:1] if is_chosen else []
    )
    assert desk.found == (None, None)


def test_what_was_taken_is_given_back_where_nobody_changed_it_since(sign_in, page):
    desk = Claiming()
    browser = sign_in(desk.by)
    answer = browser.post(f"{desk.at}/claims", data={"field": desk.fields})
    assert desk.found == (Decimal(99), Decimal(10))
    shown = page(browser.get(answer.location))
    assert [box.get("value") for box in shown.tree.cssselect("form.note input[name=field]")] == (
        desk.fields
    )
    assert page(browser.get(f"{desk.at}/claims")).one(".empty h2") == "Không còn chỗ nào để nhận"
    typed = {"field": f"p:{desk.criterion.id}:points", "value": "9", "base": "10"}
    browser.post(f"{desk.at}/fields", data=typed)
    browser.post(f"{desk.at}/claims/give-back", data={"field": desk.fields})
    assert desk.found == (None, Decimal(9))


def test_points_of_a_unit_to_which_less_applies_are_taken_on_the_plans_scale(sign_in, page):
    """It gave itself 10 of its 20; the secretariat gives points out of the plan's 10."""
    desk = Claiming()
    other = build.criterion(
        desk.campaign,
        within=db.session.get(CriterionGroup, desk.criterion.group_id),
        judged_by=JudgedBy.SECRETARIAT,
        maximum=desk.criterion.maximum,
    )
    db.session.add(CriterionScope(criterion_id=other.id, unit_id=build.unit().id))
    db.session.commit()
    browser = sign_in(desk.by)
    shown = page(browser.get(f"{desk.at}/claims"))
    assert shown.all("td[data-label='Đơn vị báo']")[1] == "5,00/10,00 điểm"
    assert "Đơn vị ghi 10,00 theo điểm tối đa đã quy đổi" in shown.tree.text_content()
    browser.post(f"{desk.at}/claims", data={"field": desk.fields})
    assert desk.found == (Decimal(99), Decimal(5))
    verified = page(browser.get(desk.at))
    row = next(
        cells
        for cells in verified.tree.cssselect("tr")
        if desk.criterion.code in "".join(one.text_content() for one in cells.cssselect("th"))
    )
    assert "đơn vị ghi 10,00" in " ".join(row.text_content().split())
    assert "khác điểm tự chấm" not in verified.tree.text_content()
    browser.post(f"{desk.at}/claims/give-back", data={"field": desk.fields})
    assert desk.found == (None, None)


def test_nothing_chosen_nothing_of_ones_own_unit_and_nothing_finished_is_taken(sign_in, page):
    desk = Claiming()
    browser, own = sign_in(desk.by), build.user(Role.SECRETARIAT, unit_id=desk.office.id)
    for fields in ([], ["v:999", f"p:{desk.bonus.id}"]):
        refused = page(browser.post(f"{desk.at}/claims", data={"field": fields}))
        assert (refused.status, refused.one(".error-summary p")) == (
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "Hãy đánh dấu ít nhất một chỗ còn trống.",
        )
    assert sign_in(own).get(f"{desk.at}/claims").status_code == HTTPStatus.NOT_FOUND
    sign_in(own).post(f"{desk.at}/claims", data={"field": desk.fields})
    assert desk.found == (None, None)
    browser.post(f"{desk.at}/claims", data={"field": desk.fields})
    browser.post(f"{desk.at}/finish")
    browser.post(f"{desk.at}/claims/give-back", data={"field": desk.fields})
    assert desk.found == (Decimal(99), Decimal(10))
    assert browser.get(f"{desk.at}/claims").status_code == HTTPStatus.NOT_FOUND
