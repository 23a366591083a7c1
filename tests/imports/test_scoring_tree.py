"""Nhập bảng điểm theo cấp: sections, bounds, kinds and penalties from a file, and back."""

import io
from decimal import Decimal as D
from http import HTTPStatus

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.scheme.models import Criterion, CriterionGroup
from campaign.scheme.rules.counts import CountRule
from tests.imports.test_scoring_table import Desk, _file

HEADS = (
    "Cấp",
    "Mã",
    "Tiêu chí",
    "Loại",
    "Tối đa",
    "Trần",
    "Sàn",
    "Trừ vào",
    "Ai cho điểm",
    "Chỉ tiêu",
    "Quy tắc",
    "Minh chứng",
    "Hướng dẫn chấm",
)
SECRETARIAT, COUNT = "Thường trực", "hệ thống tính theo số lần"
NUMBER, NEEDED = "hệ thống tính theo chỉ tiêu", "cần minh chứng"
MINUS, N = "điểm trừ", None
TIMES = "số lần nhân với điểm mỗi lần; mỗi lần = 2"


def _row(*cells):
    return (*cells, *[None] * (len(HEADS) - len(cells)))


TABLE = [
    _row(1, "I", "Chuyên môn", None, 700),
    _row(2, "1", "Khám chữa bệnh", None, 400, 350),
    _row(3, "1.1", "Nội trú"),
    _row(
        4,
        "a",
        "Số giường",
        None,
        300,
        None,
        None,
        None,
        "hệ thống tính theo chỉ tiêu",
        "Giường bệnh",
    ),
    _row(4, "b", "Vi phạm", "điểm trừ", None, None, None, "a", COUNT, None, TIMES),
    _row(3, "c", "Sáng kiến", "điểm thưởng", None, None, None, None, COUNT, None, TIMES),
    _row(2, "2", "Dự phòng"),
    _row(
        3, "a", "Tiêm chủng", None, 400, None, None, None, "Hội đồng", None, None, "cần minh chứng"
    ),
    _row(3, "d", "Chậm", "điểm trừ", 9, None, None, "mục", SECRETARIAT),
    _row(1, "II", "Điểm trừ", "điểm trừ", 8, None, -8),
    _row(
        2,
        "e",
        "Kỷ luật",
        None,
        None,
        None,
        None,
        None,
        SECRETARIAT,
        None,
        None,
        None,
        "Mỗi người 2.",
    ),
]
TREE = [
    (1, "I", None, None, []),
    (2, "1", D(350), None, [("c", "bonus", None, "")]),
    (3, "1.1", None, None, [("a", "base", D(300), ""), ("b", "penalty", None, "a")]),
    (
        2,
        "2",
        None,
        None,
        [("2.a", "base", D(400), ""), ("d", "penalty", D(9), "mục chứa tiêu chí")],
    ),
    (1, "II", None, D(-8), [("e", "penalty", None, "tổng điểm")]),
]


@pytest.fixture
def desk(app, sign_in):
    return Desk(sign_in)


def _tree(desk):
    scheme = scheme_of(desk.campaign.id)
    return [
        (
            node.level,
            node.code,
            node.ceiling,
            node.floor,
            [
                (
                    row.code,
                    row.kind.value,
                    row.maximum if row.is_limited else None,
                    scheme.taking_words(row),
                )
                for row in node.own
            ],
        )
        for node in scheme.nodes
    ]


def test_a_table_of_four_levels_is_entered_by_one_file(desk, page):
    preview = page(desk.send(_file(TABLE, HEADS)))
    assert preview.all("section.card h2")[0] == "Xem trước: thêm 11, sửa 0, giữ nguyên 0"
    told = preview.tree.text_content()
    assert "Mã “a” đã có ở trên: dòng này ghi là “2.a”." in told
    assert "Mục ghi 400 điểm, các tiêu chí điểm chuẩn bên dưới cộng lại 300." in told
    assert "Mục ghi 700 điểm" not in told
    assert "Mục ghi 8 điểm" not in told
    assert "Điểm ghi ở mục không có tác dụng; mức trần, mức sàn có cột riêng." in told
    assert db.session.scalars(select(CriterionGroup)).all() == []
    assert desk.write(preview).status_code == HTTPStatus.SEE_OTHER
    assert _tree(desk) == TREE
    scheme = scheme_of(desk.campaign.id)
    assert scheme.base_total == D(700)
    rules = {row.code: row.count_rule for row in scheme.criteria}
    assert (rules["b"], rules["c"]) == (CountRule(each=D(2)),) * 2
    last = db.session.scalars(select(Criterion).where(Criterion.code == "e")).one()
    assert last.guidance == "Mỗi người 2."


def test_the_tree_that_is_taken_out_comes_in_again_and_changes_nothing(desk, page):
    desk.write(page(desk.send(_file(TABLE, HEADS))))
    with desk.browser.get(f"/campaigns/{desk.campaign.id}/criteria/excel") as answer:
        content = answer.get_data()
    sheet = load_workbook(io.BytesIO(content))["Bảng điểm"]
    rows = list(sheet.iter_rows(values_only=True))
    assert [cell for cell in rows[0] if cell][:8] == list(HEADS[:8])
    assert [(row[0], row[1]) for row in rows[1:7]] == [
        (1, "I"),
        (2, "1"),
        (3, "c"),
        (3, "1.1"),
        (4, "a"),
        (4, "b"),
    ]
    again = desk.send(content)
    assert "Tệp không khác gì với dữ liệu đang có" in again.get_data(as_text=True)


def test_a_file_moves_a_section_and_changes_its_bounds_and_leaves_what_it_does_not_say(desk, page):
    desk.write(page(desk.send(_file(TABLE, HEADS))))
    heads = ("Cấp", "Mã", "Tiêu chí", "Trần", "Ai cho điểm")
    rows = [(1, "II", "Điểm trừ", None, None), (2, "2", "Dự phòng, y tế cơ sở", 380, None)]
    preview = page(desk.send(_file(rows, heads)))
    assert preview.all("section.card h2")[0] == "Xem trước: thêm 0, sửa 1, giữ nguyên 1"
    desk.write(preview)
    assert [(level, code, ceiling) for level, code, ceiling, *_ in _tree(desk)] == [
        (1, "I", None),
        (2, "1", D(350)),
        (3, "1.1", None),
        (1, "II", None),
        (2, "2", D(380)),
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [_row(2, "1", "Mục")],
            "Cột A: Dòng cấp 2 cần một mục cấp 1 ở phía trên.",
        ),
        (
            [_row(1, "a", "Tiêu chí", None, 5, None, None, None, SECRETARIAT)],
            "Cột A: Tiêu chí phải nằm trong một mục: hãy ghi mục ở dòng trên.",
        ),
        ([_row(5, "a", "Tiêu chí")], "Cột A: Số phải không quá 4."),
        (
            [_row(1, "I", "Nhóm"), _row(2, "1", "Mục", None, 5)],
            "Cột I: Mục này không có tiêu chí nào bên dưới; nếu là tiêu chí, hãy ghi ai cho điểm.",
        ),
        (
            [_row(1, "I", "Nhóm"), _row(1, "I", "Nhóm khác")],
            "Cột B: Trùng mã với dòng 2 của tệp này.",
        ),
        (
            [
                _row(1, "I", "Nhóm"),
                _row(2, "a", "Trừ", MINUS, 5, N, N, "x", SECRETARIAT),
            ],
            "Cột H: Bảng điểm không có tiêu chí mã “x”. Hãy ghi tổng điểm, mục, hoặc mã tiêu chí "
            "bị trừ.",
        ),
        (
            [
                _row(1, "I", "Nhóm"),
                _row(2, "a", "Chuẩn", N, N, N, N, N, SECRETARIAT),
            ],
            "Cột E: Hãy nhập điểm tối đa.",
        ),
        (
            [_row(1, "I", "Nhóm"), _row(2, "a", "Chuẩn", None, 5, 4, None, None, SECRETARIAT)],
            "Cột F: Trần và sàn ghi ở dòng của mục, không ghi ở tiêu chí.",
        ),
        (
            [_row(1, "I", "Nhóm", None, None, 1, 2)],
            "Cột F: Trần phải từ mức sàn trở lên.",
        ),
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_written(desk, page, rows, told):
    answer = page(desk.send(_file(rows, HEADS)))
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    (fault,) = answer.all(".error-summary li")
    assert fault.endswith(told)
    assert db.session.scalars(select(CriterionGroup)).all() == []


def test_a_wrong_row_is_called_by_its_code(desk, page):
    rows = [_row(1, "I", "Nhóm"), _row(2, "I.1", "Trừ", MINUS, 5, N, N, "x", SECRETARIAT)]
    preview = page(desk.send(_file(rows, HEADS)))
    (told,) = preview.all(".error-summary li")
    assert told.startswith("Trang «Sheet», dòng 3 (I.1): Cột H: ")


def test_the_template_shows_how_rows_hang_together_and_can_be_sent_as_it_is(desk, page):
    with desk.browser.get(f"{desk.base}/template") as answer:
        content = answer.get_data()
    preview = page(desk.send(content))
    assert preview.all("section.card h2")[0] == "Xem trước: thêm 5, sửa 0, giữ nguyên 0"


def test_columns_a_file_does_not_have_change_nothing(desk, page):
    desk.write(page(desk.send(_file(TABLE, HEADS))))
    before = _tree(desk)
    kept = [HEADS.index(head) for head in ("Cấp", "Mã", "Tiêu chí", "Ai cho điểm")]
    lacking = [tuple(row[place] for place in kept) for row in TABLE]
    again = page(desk.send(_file(lacking, [HEADS[place] for place in kept])))
    assert "Tệp không khác gì với dữ liệu đang có" in again.one("main")
    assert _tree(desk) == before == TREE


def test_a_code_that_excel_took_for_a_number_is_asked_about(desk, page):
    table = [(*row[:1], 1.1, *row[2:]) if row[1] == "1.1" else row for row in TABLE]
    answer = page(desk.send(_file(table, HEADS)))
    assert "dòng 4" in answer.all(".error-summary li")[0]
    assert (
        "Cột B: Ô này phải là chữ. Trong tệp đây là số 1,1;" in answer.all(".error-summary li")[0]
    )
