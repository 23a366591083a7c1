"""Nhập chỉ tiêu: the indicators of a plan from a file, with their rules, and out again."""

import io
from decimal import Decimal as D
from http import HTTPStatus

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.scheme.models import Indicator, MeasureUnit
from campaign.scheme.queries import indicators_of
from campaign.scheme.rules.formulas.leader import Leader
from campaign.scheme.rules.formulas.step import Counted, MissingIn, Step
from campaign.scheme.rules.points_rule import PointsRule
from campaign.scheme.rules.terms import Direction, Judgement, TargetOf, ValueKind
from tests import build
from tests.offline import saved

HEADS = (
    "Chỉ tiêu",
    "Đơn vị đo",
    "Chiều",
    "Cách đánh giá",
    "Tính cho",
    "Mục tiêu",
    "Loại số liệu",
    "Quy tắc điểm",
    "Nhóm thưởng",
)
BEDS = (
    "Công suất giường bệnh",
    "phần trăm",
    "đạt từ mức này trở lên",
    "mức đạt được",
    "cả phong trào",
    95,
    "chính thức",
    "trừ dần theo phần còn thiếu; trừ mỗi lần = 0,5",
    None,
)
VISITS = (
    "Lượt khám",
    "lượt",
    "đạt từ mức này trở lên",
    "luỹ kế so với tiến độ phải đạt",
    None,
    120000,
    None,
    "so với đơn vị dẫn đầu khối; điểm khi vừa đạt mục tiêu, % = 60",
    None,
)


def _file(rows, heads=HEADS):
    book = Workbook()
    book.active.append(heads)
    for row in rows:
        book.active.append(row)
    return saved(book)


class Desk:
    """A secretary before the page of a plan that is not launched."""

    def __init__(self, sign_in):
        self.campaign = build.campaign()
        self.browser = sign_in(build.user(Role.SECRETARIAT))
        self.base = f"/campaigns/{self.campaign.id}/import/indicators"
        db.session.add(MeasureUnit(name="phần trăm", symbol="%"))
        db.session.add(MeasureUnit(name="chỉ số", symbol="%"))
        db.session.commit()

    def send(self, content):
        return self.browser.post(f"{self.base}/", data={"file": (io.BytesIO(content), "ct.xlsx")})

    def write(self, page):
        (sealed,) = page.tree.cssselect("input[name=sealed]")
        return self.browser.post(f"{self.base}/write", data={"sealed": sealed.get("value")})

    def faults(self, page, *rows):
        """What the preview says is wrong in these rows."""
        preview = page(self.send(_file(rows)))
        assert db.session.scalars(select(Indicator)).all() == []
        return preview.one("main")


@pytest.fixture
def desk(app, sign_in):
    return Desk(sign_in)


def test_indicators_with_their_rules_come_in_by_one_file_and_new_units_of_measure_too(desk, page):
    preview = page(desk.send(_file([BEDS, VISITS])))
    assert preview.all("section.card h2")[0] == "Xem trước: thêm 2, sửa 0, giữ nguyên 0"
    assert "Đơn vị đo “lượt” chưa có trong danh mục, sẽ được thêm." in preview.one("main")
    assert desk.write(preview).status_code == HTTPStatus.SEE_OTHER
    beds, visits = indicators_of(desk.campaign.id).values()
    assert (beds.name, beds.measure_unit, beds.symbol) == (
        "Công suất giường bệnh",
        "phần trăm",
        "%",
    )
    assert (beds.direction, beds.judgement) == (Direction.AT_LEAST, Judgement.LEVEL)
    assert (beds.target_of, beds.year_target) == (TargetOf.CAMPAIGN, D(95))
    assert (beds.required_kind, beds.decimals) == (ValueKind.OFFICIAL, 2)
    assert beds.rule == PointsRule(Step(D("0.5"), Counted.WHOLE, MissingIn.PERCENT, D(1)))
    assert (visits.target_of, visits.measure_unit) == (TargetOf.YEAR, "lượt")
    assert visits.rule == PointsRule(Leader(D(60)))
    assert visits.source_required


def test_the_indicators_that_are_taken_out_come_in_again_and_change_nothing(desk, page):
    desk.write(page(desk.send(_file([BEDS, VISITS]))))
    with desk.browser.get(f"/campaigns/{desk.campaign.id}/indicators/excel") as answer:
        content = answer.get_data()
    assert "Tệp không khác gì với dữ liệu đang có" in desk.send(content).get_data(as_text=True)


def test_a_column_that_is_not_there_leaves_what_it_would_say(desk, page):
    desk.write(page(desk.send(_file([BEDS]))))
    desk.write(page(desk.send(_file([(*BEDS[:5], 96)], HEADS[:6]))))
    (beds,) = indicators_of(desk.campaign.id).values()
    assert (beds.year_target, beds.required_kind) == (D(96), ValueKind.OFFICIAL)
    assert beds.rule.how == Step(lost=D("0.5"))


def test_each_wrong_cell_is_told_and_nothing_is_written(desk, page):
    said = desk.faults(
        page,
        ("Một", "%", *BEDS[2:]),
        ("Hai", *BEDS[1:7], "trừ dần; trừ mỗi lần = 1", None),
        ("Ba", *BEDS[1:8], "X"),
        ("Bốn", *BEDS[1:7], "mức tăng so với mức tăng phải đạt", None),
    )
    assert "“%” có thể là một trong: phần trăm; chỉ số. Hãy ghi tên đơn vị đo." in said
    assert "Cột H: “trừ dần” không phải là loại quy tắc. Hãy ghi một trong:" in said
    assert "Cột I: Bảng điểm không có nhóm “X”." in said
    assert "Cột H: Quy tắc này chỉ dùng khi đánh giá tăng trưởng so với cùng kỳ năm trước." in said
    assert "4 dòng chưa đúng, chưa ghi gì cả" in said


def test_a_plan_that_was_launched_takes_no_indicators(desk, page):
    desk.campaign.phase, desk.campaign.frozen_at = Phase.REPORTING, build.NOW
    db.session.commit()
    assert "đã phát động" in desk.faults(page, BEDS)


@pytest.mark.parametrize(
    ("target", "previous", "question"),
    [
        (9982, None, "9.982 % là quá 100 %. Có phải là 99,82 không?"),
        (-5, 5, "-5 % là số âm. Có đúng không?"),
        (60, 5, "60 % khác cả năm trước (5) từ mười lần trở lên. Có nhầm đơn vị đo không?"),
    ],
)
def test_the_size_of_an_indicators_numbers_is_asked_about_as_on_its_page(
    desk, page, target, previous, question
):
    row = (*BEDS[:5], target, *BEDS[6:], previous)
    seen = page(desk.send(_file([row], (*HEADS, "Năm trước"))))
    assert f"Hãy xem lại cỡ số: {question}" in seen.one("tbody td:last-child")


def test_a_name_that_differs_in_its_tones_alone_is_asked_about(desk, page):
    desk.write(page(desk.send(_file([BEDS]))))
    seen = page(desk.send(_file([("Công suất giường bềnh", *BEDS[1:])])))
    assert "Đã có chỉ tiêu Công suất giường bệnh: hai chỉ tiêu khác nhau?" in seen.one("tbody")


def test_columns_a_file_does_not_have_change_nothing(desk, page):
    heads = (*HEADS, "Năm trước", "Tên ngắn", "Số chữ số thập phân", "Nguồn giao", "Nguồn số liệu")
    row = (*BEDS, 90, "Giường", 1, "Kế hoạch 12", "không bắt buộc")
    desk.write(page(desk.send(_file([row], heads))))
    needed = [HEADS.index(head) for head in ("Chỉ tiêu", "Đơn vị đo", "Chiều", "Cách đánh giá")]
    lacking = [tuple(row[place] for place in needed)]
    again = page(desk.send(_file(lacking, [HEADS[place] for place in needed])))
    assert "Tệp không khác gì với dữ liệu đang có" in again.one("main")
