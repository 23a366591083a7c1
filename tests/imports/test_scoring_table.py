"""Nhập bảng điểm: a whole table from a file, as an office's regulation prints it."""

import io
from decimal import Decimal
from http import HTTPStatus

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import Criterion, CriterionGroup, CriterionScope
from campaign.scheme.rules.points_rule import PointsRuleKind
from campaign.scheme.rules.terms import Judgement
from tests import build
from tests.offline import saved

HEADS = (
    "Nhóm",
    "Tên nhóm",
    "Loại nhóm",
    "Trần nhóm",
    "Mã",
    "Tiêu chí",
    "Tối đa",
    "Ai cho điểm",
    "Chỉ tiêu",
    "Minh chứng",
    "Hướng dẫn chấm",
)
TABLE = [
    (
        "I",
        "Chuyên môn",
        "điểm chuẩn",
        None,
        "I.1",
        "Giường bệnh",
        400,
        "hệ thống tính theo chỉ tiêu",
        "Giường bệnh",
        None,
        "Theo quy tắc.",
    ),
    (
        "I",
        "Chuyên môn",
        "điểm chuẩn",
        None,
        "I.2",
        "Tiêm chủng",
        350.5,
        "Thường trực",
        None,
        "cần minh chứng",
        None,
    ),
    (
        "II",
        "Phong trào",
        None,
        None,
        "II.1",
        "Y đức",
        249.5,
        "Hội đồng",
        None,
        "không bắt buộc",
        None,
    ),
    (
        "III",
        "Điểm thưởng",
        "điểm thưởng",
        50,
        "III.1",
        "Sáng kiến",
        30,
        "Thường trực",
        None,
        None,
        None,
    ),
]


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
        self.indicator = build.indicator(self.campaign, name="Giường bệnh")
        self.browser = sign_in(build.user(Role.SECRETARIAT))
        self.base = f"/campaigns/{self.campaign.id}/import/table"

    def send(self, content):
        return self.browser.post(f"{self.base}/", data={"file": (io.BytesIO(content), "bang.xlsx")})

    def write(self, page):
        (sealed,) = page.tree.cssselect("input[name=sealed]")
        return self.browser.post(f"{self.base}/write", data={"sealed": sealed.get("value")})


@pytest.fixture
def desk(app, sign_in):
    return Desk(sign_in)


def test_a_table_of_a_thousand_points_is_entered_by_one_file(desk, page):
    preview = page(desk.send(_file(TABLE)))
    assert preview.all("section.card h2")[0] == "Xem trước: thêm 4, sửa 0, giữ nguyên 0"
    assert db.session.scalars(select(CriterionGroup)).all() == []
    assert desk.write(preview).status_code == HTTPStatus.SEE_OTHER
    scheme = scheme_of(desk.campaign.id)
    assert scheme.base_total == Decimal(1000)
    assert [
        (
            group.code,
            group.kind.value,
            group.ceiling,
            [(row.code, row.maximum) for row in group.criteria],
        )
        for group in scheme.groups
    ] == [
        ("I", "base", None, [("I.1", Decimal(400)), ("I.2", Decimal("350.5"))]),
        ("II", "base", None, [("II.1", Decimal("249.5"))]),
        ("III", "bonus", Decimal(50), [("III.1", Decimal(30))]),
    ]
    first = db.session.scalars(select(Criterion).where(Criterion.code == "I.1")).one()
    assert (first.indicator_id, first.guidance) == (desk.indicator.id, "Theo quy tắc.")
    assert [row.evidence_required for row in scheme.criteria] == [False, True, False, False]


def test_two_rows_take_the_number_of_one_indicator_and_keep_how_it_is_judged(desk, page):
    twice = [(*row[:8], "Giường bệnh" if "chỉ tiêu" in row[7] else None, *row[9:]) for row in TABLE]
    twice[1] = (*twice[1][:7], "hệ thống tính theo chỉ tiêu", "Giường bệnh", *twice[1][9:])
    desk.write(page(desk.send(_file(twice))))
    second = db.session.scalars(select(Criterion).where(Criterion.code == "I.2")).one()
    second.judgement, second.points_rule = Judgement.GROWTH, {"kind": "linear"}
    db.session.commit()
    twice[1] = (*twice[1][:5], "Tốc độ tăng giường bệnh", *twice[1][6:])
    desk.write(page(desk.send(_file(twice))))
    db.session.expire_all()
    assert (second.name, second.judgement) == ("Tốc độ tăng giường bệnh", Judgement.GROWTH)
    assert [row.indicator_id for row in scheme_of(desk.campaign.id).criteria[:2]] == [
        desk.indicator.id
    ] * 2


def test_the_rules_of_criteria_come_in_by_the_file_go_out_and_come_in_again(desk, page):
    heads = (*HEADS, "Quy tắc")
    typed = {
        "I.1": "mức đạt được; đạt thì đủ điểm, không đạt thì 0",
        "I.2": "Có quy chế: 200 / Có sơ kết: 150,5",
        "II.1": None,
        "III.1": "số lần nhân với điểm mỗi lần; mỗi lần = 3",
    }
    judged = {
        "I.2": "hệ thống tính theo danh mục đạt, không đạt",
        "III.1": "hệ thống tính theo số lần",
    }
    rows = [(*row[:7], judged.get(row[4], row[7]), *row[8:], typed[row[4]]) for row in TABLE]
    desk.write(page(desk.send(_file(rows, heads))))
    first, second, _, last = scheme_of(desk.campaign.id).criteria
    assert (first.own_way.rule.kind, len(second.checklist), last.count_rule.each) == (
        PointsRuleKind.ALL_OR_NOTHING,
        2,
        Decimal(3),
    )
    with desk.browser.get(f"/campaigns/{desk.campaign.id}/criteria/excel") as answer:
        again = desk.send(answer.get_data())
    assert "Tệp không khác gì với dữ liệu đang có" in again.get_data(as_text=True)
    rows[0] = (*rows[0][:11], None)
    desk.write(page(desk.send(_file(rows, heads))))
    assert scheme_of(desk.campaign.id).criteria[0].own_way is None
    rows[1] = (*rows[1][:11], None)
    refused = page(desk.send(_file(rows, heads)))
    assert "Hãy ghi quy tắc: số lần và điểm mỗi lần, hoặc các mục và điểm." in (
        refused.tree.text_content()
    )


def test_a_file_changes_what_it_says_and_leaves_whom_a_criterion_is_for(desk, page):
    desk.write(page(desk.send(_file(TABLE))))
    criterion = db.session.scalars(select(Criterion).where(Criterion.code == "II.1")).one()
    unit = build.unit(name="Trung tâm", code="TT")
    db.session.add(CriterionScope(criterion_id=criterion.id, unit_id=unit.id))
    db.session.commit()
    heads = ("Nhóm", "Mã", "Tiêu chí", "Tối đa", "Ai cho điểm")
    preview = page(desk.send(_file([("II", "II.1", "Y đức, ứng xử", 200, "Hội đồng")], heads)))
    assert preview.all("section.card h2")[0] == "Xem trước: thêm 0, sửa 1, giữ nguyên 0"
    desk.write(preview)
    db.session.expire_all()
    assert (criterion.name, criterion.maximum) == ("Y đức, ứng xử", Decimal(200))
    assert db.session.scalars(select(CriterionScope.unit_id)).all() == [unit.id]


WRONG = [
    (
        [("IV", None, None, None, "IV.1", "Mới", 5, "Hội đồng", None, None, None)],
        "Cột B: Nhóm IV chưa có trong bảng điểm: hãy ghi tên nhóm.",
    ),
    (
        [("A", "Chính", None, None, "A.1", "Mới", 0, "Hội đồng", None, None, None)],
        "Cột G: Số phải từ 0,0001 trở lên.",
    ),
    (
        [
            (
                "A",
                "Chính",
                None,
                None,
                "A.1",
                "Mới",
                5,
                "hệ thống tính theo chỉ tiêu",
                None,
                None,
                None,
            )
        ],
        "Cột I: Hãy ghi tên chỉ tiêu cho tiêu chí tính theo chỉ tiêu.",
    ),
    (
        [
            (
                "A",
                "Chính",
                None,
                None,
                "A.1",
                "Mới",
                5,
                "hệ thống tính theo chỉ tiêu",
                "Dân số",
                None,
                None,
            )
        ],
        "Cột I: Phong trào không có chỉ tiêu “Dân số”.",
    ),
    (
        [
            (
                "A",
                "Chính",
                None,
                None,
                "A.1",
                "Mới",
                5,
                "hệ thống tính theo số lần",
                None,
                None,
                None,
            )
        ],
        "Cột H: Tiêu chí tính theo số lần: hãy lập quy tắc ở trang Tiêu chí, rồi nhập lại.",
    ),
    (
        [
            ("A", "Chính", None, None, "A.1", "Một", 5, "Hội đồng", None, None, None),
            ("A", "Phụ", None, None, "A.2", "Hai", 5, "Hội đồng", None, None, None),
        ],
        "Cột A: Các dòng của nhóm A ghi tên, loại hoặc trần của nhóm khác nhau.",
    ),
]


@pytest.mark.parametrize(("rows", "told"), WRONG)
def test_a_row_that_cannot_be_is_named_and_nothing_is_written(desk, page, rows, told):
    answer = page(desk.send(_file(rows)))
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    (fault,) = answer.all(".error-summary li")
    assert fault.endswith(told)
    assert answer.tree.cssselect("input[name=sealed]") == []


def test_a_launched_table_takes_no_file(desk, page):
    desk.campaign.phase, desk.campaign.frozen_at = Phase.REPORTING, build.NOW
    db.session.commit()
    assert desk.send(_file(TABLE)).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert db.session.scalars(select(CriterionGroup)).all() == []


def test_columns_a_file_does_not_have_keep_kind_and_bounds(desk, page):
    rows = [
        *TABLE,
        ("IV", "Điểm trừ", "điểm trừ", 8, "IV.1", "Chậm", 5, "Thường trực", *[None] * 3),
    ]
    desk.write(page(desk.send(_file(rows))))
    group = db.session.scalars(select(CriterionGroup).where(CriterionGroup.code == "I")).one()
    group.ceiling, group.floor = Decimal(700), Decimal(10)
    db.session.commit()
    heads = ("Nhóm", "Mã", "Tiêu chí", "Tối đa", "Ai cho điểm")
    lacking = [(row[0], *row[4:8]) for row in rows if "chỉ tiêu" not in row[7]]
    again = page(desk.send(_file(lacking, heads)))
    assert "Tệp không khác gì với dữ liệu đang có" in again.one("main")
    capped = [(*row, 6) for row in lacking if row[0] == "IV"]
    desk.write(page(desk.send(_file(capped, (*heads, "Trần nhóm")))))
    db.session.expire_all()
    assert [
        (group.code, group.kind.value, group.ceiling, group.floor)
        for group in scheme_of(desk.campaign.id).groups
    ] == [
        ("I", "base", Decimal(700), Decimal(10)),
        ("II", "base", None, None),
        ("III", "bonus", Decimal(50), None),
        ("IV", "penalty", None, Decimal(-6)),
    ]
