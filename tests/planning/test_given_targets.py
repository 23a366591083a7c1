"""Targets by block and by period: typed in a grid, kept, copied, and used."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from campaign.conduct.picture import picture
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.copying import copy_campaign
from campaign.planning.models import Block, ReportingPeriod
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import GivenTarget
from campaign.scheme.rules.targets import GivenTo
from tests import build


class Plan:
    """A draft with a block, a period, a unit and an indicator."""

    def __init__(self, phase=Phase.DRAFT):
        self.campaign = build.campaign(phase=phase)
        self.block = build.block(self.campaign, name="Khối bệnh viện")
        self.period = build.period(self.campaign, name="6 tháng")
        self.unit = build.unit(name="Bệnh viện A")
        self.indicator = build.indicator(self.campaign, name="Khám", year_target=Decimal(1000))
        db.session.commit()
        self.at = f"/campaigns/{self.campaign.id}/indicators/{self.indicator.id}/targets"


def _given(campaign):
    (row,) = scheme_of(campaign.id).indicators.values()
    return {key: tuple(numbers) for key, numbers in row.given.items()}


def test_targets_are_typed_for_everybody_a_block_and_a_unit_by_period(app, sign_in, page):
    plan = Plan()
    block, period, unit = plan.block.id, plan.period.id, plan.unit.id
    browser = sign_in(build.user(Role.SECRETARIAT))
    shown = page(browser.get(plan.at))
    assert shown.all("tbody th") == ["Mọi đơn vị", "Khối bệnh viện", "Bệnh viện A"]
    assert (shown.all("thead th")[1], shown.all("tbody td")[0]) == ("Cả năm", "1.000")
    typed = {
        f"all-0-{period}": "600",
        f"block-{block}-0": "500",
        f"block-{block}-{period}": "1.250,5",
        f"unit-{unit}-{period}": "80",
    }
    wrong = page(browser.post(plan.at, data=typed | {f"all-0-{period}": "sáu"}))
    assert (wrong.status, wrong.value(f"block-{block}-0"), _given(plan.campaign)) == (
        422,
        "500",
        {},
    )
    assert wrong.one(f"#all-0-{period}-error") != ""
    browser.post(plan.at, data=typed)
    browser.post(f"{plan.at}?of=growth_target", data={f"block-{block}-0": "18"})
    assert _given(plan.campaign) == {
        GivenTo(None, None, period): (Decimal(600), None),
        GivenTo(None, block, None): (Decimal(500), Decimal(18)),
        GivenTo(None, block, period): (Decimal("1250.5"), None),
        GivenTo(unit, None, period): (Decimal(80), None),
    }
    assert page(browser.get(plan.at)).value(f"block-{block}-{period}") == "1.250,5"
    browser.post(plan.at, data={f"all-0-{period}": ""})
    assert _given(plan.campaign) == {GivenTo(None, block, None): (None, Decimal(18))}


def test_the_size_of_what_is_given_is_asked_about_on_the_page_and_of_a_file(app, sign_in, page):
    plan = Plan()
    plan.indicator.measure_unit_id = build.measure_unit(symbol="tỷ đồng").id
    db.session.commit()
    browser = sign_in(build.user(Role.SECRETARIAT))
    typed = {f"block-{plan.block.id}-{plan.period.id}": "10.000"}
    seen = page(browser.post(plan.at, data=typed, follow_redirects=True))
    size = "10.000 tỷ đồng gấp từ mười lần mục tiêu chung (1.000) trở lên. Có nhầm đơn vị đo không?"
    assert f"Hãy xem lại cỡ số, Khối bệnh viện, 6 tháng: {size}" in seen.one("main")
    grown = {f"block-{plan.block.id}-0": "118"}
    seen = page(browser.post(f"{plan.at}?of=growth_target", data=grown, follow_redirects=True))
    growth = "Tăng 118 % là quá 100 %. Nếu đó là chỉ số thì hãy ghi 18."
    assert f"Hãy xem lại cỡ số, Khối bệnh viện: {growth}" in seen.one("main")
    row = ("Khám", "Khối bệnh viện", None, None, 10_000, 118)
    asked = page(_send(browser, plan, [row])).one("tbody td:last-child")
    assert f"Hãy xem lại cỡ số: {size}" in asked
    assert f"Hãy xem lại cỡ số: {growth}" in asked


def test_a_launched_plan_shows_them_and_takes_none(app, sign_in, page):
    plan = Plan(Phase.LAUNCHED)
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert page(browser.get(plan.at)).all("input.cell") == []
    browser.post(plan.at, data={f"all-0-{plan.period.id}": "600"})
    assert _given(plan.campaign) == {}


@pytest.mark.both_databases
def test_they_come_along_in_a_copy_and_stand_in_what_a_correction_tells(app):
    plan = Plan()
    db.session.add_all(
        [
            GivenTarget(
                indicator_id=plan.indicator.id,
                block_id=plan.block.id,
                period_id=plan.period.id,
                target=Decimal(7),
            ),
            GivenTarget(
                indicator_id=plan.indicator.id, period_id=plan.period.id, growth_target=Decimal(3)
            ),
        ]
    )
    db.session.flush()
    copy = copy_campaign(plan.campaign, title="Năm sau", months=12).campaign
    block = db.session.query(Block).filter_by(campaign_id=copy.id).one()
    period = db.session.query(ReportingPeriod).filter_by(campaign_id=copy.id).one()
    assert _given(copy) == {
        GivenTo(None, block.id, period.id): (Decimal(7), None),
        GivenTo(None, None, period.id): (None, Decimal(3)),
    }
    parts = picture(plan.campaign)[f"indicator:{plan.indicator.id}"].parts
    assert (
        parts["giao cho Khối bệnh viện, kỳ 6 tháng"],
        parts["giao cho mọi đơn vị, kỳ 6 tháng"],
    ) == ("mục tiêu 7", "tăng (%) 3")


HEADS = (
    "Chỉ tiêu",
    "Khối",
    "Mã đơn vị",
    "Kỳ báo cáo",
    "Mục tiêu giao",
    "Tăng trưởng giao, %",
)


def _file(rows):
    book = Workbook()
    book.active.title = "Mục tiêu theo khối, theo kỳ"
    for row in (HEADS, *rows):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _send(browser, plan, rows):
    return browser.post(
        f"/campaigns/{plan.campaign.id}/import/goals/",
        data={"file": (io.BytesIO(_file(rows)), "muc-tieu.xlsx")},
    )


def test_they_are_imported_and_given_out_in_the_same_form(app, sign_in, page):
    plan = Plan()
    plan.unit.code = "BVA"
    db.session.commit()
    browser = sign_in(build.user(Role.SECRETARIAT))
    rows = [
        ("Khám", None, None, "6 tháng", 600, None),
        ("Khám", "Khối bệnh viện", None, None, 500, 18),
        ("Khám", None, "BVA", "6 tháng", 80, None),
    ]
    seen = page(_send(browser, plan, rows))
    (sealed,) = seen.tree.cssselect("input[name=sealed]")
    browser.post(
        f"/campaigns/{plan.campaign.id}/import/goals/write", data={"sealed": sealed.get("value")}
    )
    assert _given(plan.campaign) == {
        GivenTo(None, plan.block.id, None): (Decimal(500), Decimal(18)),
        GivenTo(plan.unit.id, None, plan.period.id): (Decimal(80), None),
        GivenTo(None, None, plan.period.id): (Decimal(600), None),
    }
    with browser.get(f"/campaigns/{plan.campaign.id}/indicators/excel") as answer:
        sheet = load_workbook(io.BytesIO(answer.data))["Mục tiêu theo khối, theo kỳ"]
    values = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert [row for row in values if row[0] == "Khám"] == rows


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("Khám", "Khối khác", None, None, 5, None), "Phong trào không có khối “Khối khác”."),
        (("Khám", None, None, "9 tháng", 5, None), "Phong trào không có kỳ “9 tháng”."),
        (
            ("Khám", "Khối bệnh viện", "BVA", None, 5, None),
            "Hãy ghi khối hoặc đơn vị, không ghi cả hai.",
        ),
        (
            ("Khám", None, "BVA", None, 5, None),
            "Mục tiêu cả năm của đơn vị nhập ở “Nhập chỉ tiêu giao”; ở đây hãy ghi thêm kỳ.",
        ),
        (
            ("Khám", None, None, None, 5, None),
            "Mục tiêu chung cả năm ghi ở trang chỉ tiêu; ở đây hãy ghi khối hoặc kỳ.",
        ),
        (("Khám", "Khối bệnh viện", None, None, None, None), "Dòng không có số nào."),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_sentence(app, sign_in, page, row, told):
    plan = Plan()
    plan.unit.code = "BVA"
    db.session.commit()
    seen = page(_send(sign_in(build.user(Role.SECRETARIAT)), plan, [row]))
    assert told in seen.one("main")
    assert _given(plan.campaign) == {}


def test_of_two_who_give_targets_neither_takes_away_what_the_other_gave(app, sign_in, page):
    plan = Plan()
    everybody, block = f"all-0-{plan.period.id}", f"block-{plan.block.id}-0"
    first, second = (sign_in(build.user(Role.SECRETARIAT)) for _ in range(2))
    opened = page(second.get(plan.at)).value("opened")
    first.post(plan.at, data={"opened": opened, everybody: "600", block: ""})
    second.post(plan.at, data={"opened": opened, everybody: "", block: "500"})
    given = {
        GivenTo(None, None, plan.period.id): (Decimal(600), None),
        GivenTo(None, plan.block.id, None): (Decimal(500), None),
    }
    assert _given(plan.campaign) == given
    clash = page(second.post(plan.at, data={"opened": opened, everybody: "700", block: "500"}))
    assert (clash.status, clash.one(f"#{everybody}-error"), clash.value(everybody)) == (
        422,
        "Người khác vừa ghi “600” vào ô này. Hãy xem lại rồi lưu.",
        "700",
    )
    assert _given(plan.campaign) == given
    again = {"opened": clash.value("opened"), everybody: "700", block: "500"}
    second.post(plan.at, data=again)
    given[GivenTo(None, None, plan.period.id)] = (Decimal(700), None)
    assert _given(plan.campaign) == given
