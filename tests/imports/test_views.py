"""Nhập từ Excel: what a file would do is shown row by row; then all of it is written, or
nothing.
"""

import io
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from types import SimpleNamespace

import pytest
import xlwt
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.audit import queries as audit
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.honours.models import PastAward
from campaign.planning.actions import hold
from campaign.planning.rules import Phase
from campaign.scheme.models import Allocation
from campaign.units.models import Unit
from campaign.units.rules import UsualKind
from tests import build
from tests.at_once import Second
from tests.offline import HOSTILE, hostile, saved

HEADS = {
    "units": (
        "Mã",
        "Tên",
        "Tên ngắn",
        "Loại",
        "Mã cấp trên",
        "Từ ngày",
        "Đến ngày",
        "Chức vụ người đứng đầu",
    ),
    "people": (
        "Tên đăng nhập",
        "Họ và tên",
        "Ông/Bà",
        "Chức vụ",
        "Thư điện tử",
        "Mã đơn vị",
        "Vai trò",
    ),
    "targets": (
        "Chỉ tiêu",
        "Mã đơn vị",
        "Mục tiêu giao",
        "Tăng trưởng giao, %",
        "Thực hiện năm trước",
    ),
    "history": (
        "Năm",
        "Số quyết định",
        "Ngày ký",
        "Hình thức",
        "Đối tượng",
        "Ông/Bà",
        "Tên",
        "Chức vụ",
        "Đơn vị",
        "Tiền thưởng, đồng",
        "Ghi chú",
    ),
}
GOOD = {
    "units": [
        ("SCT2", "Sở Thử", None, "Sở, ngành", None, None, None, None),
        (
            "VP2",
            "Va\u0306n phòng thử",
            "Văn phòng",
            "phòng chuyên môn",
            "SCT2",
            date(2021, 1, 1),
            date(2021, 12, 31),
            "Chánh Văn phòng",
        ),
    ],
    "people": [
        ("an.nv", "Nguyễn Văn An", "Ông", "Chuyên viên", "an@vi-du.vn", "DV-THU", "Cán bộ đơn vị"),
        (
            "binh.tt",
            "Trần Thị Bình",
            "Bà",
            None,
            None,
            "DV-THU",
            "Thủ trưởng đơn vị, Cán bộ đơn vị",
        ),
    ],
    "targets": [("Bán lẻ", "DV-THU", 1218.5, "8,5", None)],
    "history": [
        (
            2019,
            "10/QĐ-SCT",
            date(2019, 1, 12),
            "Giấy khen",
            "tập thể",
            None,
            "Phòng Cũ",
            None,
            "Sở",
            900000,
            None,
        )
    ],
}


def _file(kind, rows, *, heads=None, change=None):
    book = Workbook()
    book.active.title = "Dữ liệu"
    book.active.append(heads or HEADS[kind])
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    return saved(book)


class Desk:
    """The person who may import, before the page of one kind."""

    def __init__(self, kind, world, sign_in):
        self.kind = kind
        vars(self).update(vars(world))
        self.base = (
            f"/campaigns/{self.campaign.id}/import/targets"
            if kind == "targets"
            else f"/import/{kind}"
        )
        self.browser = sign_in(self.user)

    def send(self, content):
        return self.browser.post(f"{self.base}/", data={"file": (io.BytesIO(content), "tep.xlsx")})

    def write(self, page):
        (sealed,) = page.tree.cssselect("input[name=sealed]")
        return self.browser.post(f"{self.base}/write", data={"sealed": sealed.get("value")})


def _world():
    campaign = build.campaign()
    return SimpleNamespace(
        unit=build.unit(name="Đơn vị thử", code="DV-THU"),
        campaign=campaign,
        indicator=build.indicator(campaign, name="Tổng mức bán lẻ", short_name="Bán lẻ"),
        user=build.user(Role.ADMIN, Role.SECRETARIAT),
    )


@pytest.fixture
def desk(held, sign_in):
    world = held("import", _world)
    return lambda kind: Desk(kind, world, sign_in)


@pytest.mark.parametrize("kind", list(HEADS))
def test_a_file_is_previewed_written_once_and_changes_nothing_the_second_time(desk, page, kind):
    at = desk(kind)
    content = _file(kind, GOOD[kind])
    before = audit.head()
    preview = at.send(content)
    assert (preview.status_code, audit.head()) == (HTTPStatus.OK, before)
    assert f"Xem trước: thêm {len(GOOD[kind])}, sửa 0, giữ nguyên 0" in preview.get_data(
        as_text=True
    )
    assert at.write(page(preview)).status_code == HTTPStatus.SEE_OTHER
    after = audit.head()
    assert after[0] == before[0] + 1
    again = at.send(content)
    assert "Tệp không khác gì với dữ liệu đang có" in again.get_data(as_text=True)
    assert audit.head() == after


def test_a_formula_of_an_old_excel_file_that_was_never_calculated_is_named_with_its_place(
    desk, page
):
    old = xlwt.Workbook()
    sheet = old.add_sheet("Dữ liệu")
    for column, (head, value) in enumerate(
        zip(
            HEADS["targets"],
            ("Bán lẻ", "DV-THU", xlwt.Formula("1000+218"), None, None),
            strict=True,
        )
    ):
        sheet.write(0, column, head)
        sheet.write(1, column, value)
    made = io.BytesIO()
    old.save(made)
    refused = page(desk("targets").send(made.getvalue()))
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert refused.all(".error-summary li") == [
        "Trang «Dữ liệu», dòng 2 (Bán lẻ): Cột C: công thức trong ô chưa được tính. "
        "Hãy mở tệp bằng Excel, lưu lại rồi gửi."
    ]


def test_units_hang_where_the_file_says_and_keep_what_it_does_not_say(desk, page):
    at = desk("units")
    at.write(page(at.send(_file("units", list(reversed(GOOD["units"]))))))
    unit = db.session.scalars(select(Unit).where(Unit.code == "VP2")).one()
    parent = db.session.get_one(Unit, unit.parent_id)
    assert (unit.name, unit.kind, parent.code, unit.valid_from, unit.valid_to, unit.head_title) == (
        "Văn phòng thử",
        UsualKind.OFFICE,
        "SCT2",
        date(2021, 1, 1),
        date(2021, 12, 31),
        "Chánh Văn phòng",
    )
    assert unit.path == f"{parent.path}{unit.id}/"
    at.write(
        page(
            at.send(
                _file(
                    "units",
                    [("VP2", "Văn phòng mới", "Phòng chuyên môn")],
                    heads=("Mã", "Tên *", "Loại"),
                )
            )
        )
    )
    db.session.expire_all()
    assert (unit.name, unit.short_name, unit.parent_id, unit.valid_from, unit.head_title) == (
        "Văn phòng mới",
        "Văn phòng",
        parent.id,
        date(2021, 1, 1),
        "Chánh Văn phòng",
    )


def test_people_come_without_a_password_and_keep_the_council_role(desk, page):
    at = desk("people")
    known = build.user(Role.COUNCIL_MEMBER, user_name="cu")
    at.write(
        page(
            at.send(
                _file(
                    "people",
                    [*GOOD["people"], ("cu", "Tên Mới", None, None, None, None, "Cán bộ kiểm tra")],
                )
            )
        )
    )
    db.session.expire_all()
    people = {
        user.user_name: user
        for user in db.session.scalars(select(User).options(selectinload(User.grants)))
    }
    assert (people["binh.tt"].password_hash, people["binh.tt"].roles) == (
        None,
        {Role.UNIT_HEAD, Role.UNIT_OFFICER},
    )
    assert (people["binh.tt"].unit_id, people["an.nv"].units_as(Role.UNIT_OFFICER)) == (
        at.unit.id,
        [at.unit.id],
    )
    assert (people["cu"].id, people["cu"].full_name, people["cu"].roles) == (
        known.id,
        "Tên Mới",
        {Role.COUNCIL_MEMBER, Role.INSPECTOR},
    )


def test_targets_reach_the_plan_and_not_a_launched_one(desk, page):
    at = desk("targets")
    preview = page(at.send(_file("targets", GOOD["targets"])))
    at.write(preview)
    given = db.session.get_one(Allocation, (at.indicator.id, at.unit.id))
    assert (given.target, given.growth_target, given.previous_year_value) == (
        Decimal("1218.5"),
        Decimal("8.5"),
        None,
    )
    at.campaign.phase, at.campaign.frozen_at = Phase.REPORTING, build.NOW
    db.session.commit()
    answer = at.send(_file("targets", [("Bán lẻ", "DV-THU", 5, None, None)]))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.both_databases
def test_targets_that_were_previewed_are_not_brought_in_behind_the_launch(desk, page):
    at = desk("targets")
    sealed = page(at.send(_file("targets", GOOD["targets"]))).value("sealed")
    second = Second(at.browser)
    hold(at.campaign)
    at.campaign.phase, at.campaign.frozen_at = Phase.LAUNCHED, build.NOW
    db.session.flush()
    answer = second.post(f"{at.base}/write", sealed=sealed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert db.session.get(Allocation, (at.indicator.id, at.unit.id)) is None


def test_who_is_left_out_once_an_indicator_is_given_to_some_is_asked_about(desk, page):
    at, other = desk("targets"), build.unit(code="DV-HAI")
    question = "Các đơn vị khác có được giao không?"
    last_year = page(at.send(_file("targets", [("Bán lẻ", "DV-THU", None, None, 900)])))
    assert question not in last_year.tree.text_content(), "last year's number names nobody"
    preview = page(
        at.send(
            _file("targets", [("Bán lẻ", code, 5, None, None) for code in ("DV-THU", "DV-HAI")])
        )
    )
    assert preview.tree.text_content().count(question) == 1
    at.write(preview)
    assert db.session.get_one(Allocation, (at.indicator.id, other.id)).target == Decimal(5)
    again = page(at.send(_file("targets", [("Bán lẻ", "DV-HAI", 6, None, None)])))
    assert question not in again.tree.text_content(), "only some are judged by it already"


def test_old_awards_are_found_in_the_register(desk, page):
    at = desk("history")
    at.write(page(at.send(_file("history", GOOD["history"]))))
    assert page(at.browser.get("/awards/?q=phong cu")).all("table.cards tbody th") == ["Phòng Cũ"]
    with at.browser.get("/awards/excel") as answer:
        rows = [
            [cell.value for cell in row]
            for row in load_workbook(io.BytesIO(answer.data))["Các năm trước"].rows
        ][1:]
    assert rows == [
        [
            2019,
            None,
            "Phòng Cũ",
            None,
            "tập thể",
            "Sở",
            "Giấy khen",
            "10/QĐ-SCT",
            datetime(2019, 1, 12),  # noqa: DTZ001 - a day
            900000,
            None,
        ]
    ]


BAD = {
    "units": [
        (("", "Sở", None, "Sở, ngành"), "thiếu «Mã»"),
        (("A", "", None, "Sở, ngành"), "thiếu «Tên»"),
        (("A", "Sở", None, "Ban"), "“Ban” không có trong danh mục."),
        (("A", "Sở", None, "Sở, ngành", "KHONG"), "Không có đơn vị mã “KHONG”."),
        (("A", "Sở", None, "Sở, ngành", None, "31/02/2021"), "Không có ngày 31/02/2021."),
        (("A", "Sở", None, "Sở, ngành", None, "3/2"), "Hãy nhập ngày như 26/02/2021."),
        (
            ("A", "Sở", None, "Sở, ngành", None, date(2021, 2, 1), date(2020, 1, 1)),
            "Ngày hết hiệu lực phải sau ngày bắt đầu.",
        ),
        (
            ("DV-THU", "Sở", None, "Sở, ngành", "DV-THU"),
            "Đơn vị cấp trên không thể là chính đơn vị này",
        ),
        (("A", "Sở", None, "Sở, ngành", None, 5), "Hãy nhập ngày như 26/02/2021."),
        (("A", "Sở", None, None), "thiếu «Loại»"),
    ],
    "people": [
        (("", "An"), "thiếu «Tên đăng nhập»"),
        (("an", ""), "thiếu «Họ và tên»"),
        (("an", "An", "Anh"), "hãy ghi Ông hoặc Bà"),
        (("an", "An", None, None, None, "KHONG"), "Không có đơn vị mã “KHONG”."),
        (("an", "An", None, None, None, None, "Cán bộ đơn vị"), "phải có mã đơn vị."),
        (("an", "An", None, None, None, None, "Vua"), "Không giao được vai trò “Vua” từ tệp."),
        (
            ("an", "An", None, None, None, None, "Thành viên Hội đồng"),
            "Không giao được vai trò “Thành viên Hội đồng” từ tệp.",
        ),
        ((None, "An", "Ông"), "thiếu «Tên đăng nhập»"),
        (("an", None, "Bà"), "thiếu «Họ và tên»"),
        (("an", "An", "Ông Bà"), "hãy ghi Ông hoặc Bà"),
    ],
    "targets": [
        (("", "DV-THU", 5), "thiếu «Chỉ tiêu»"),
        (("Bán lẻ", "", 5), "thiếu «Mã đơn vị»"),
        (("Xuất khẩu", "DV-THU", 5), "Phong trào không có chỉ tiêu “Xuất khẩu”."),
        (("Bán lẻ", "KHONG", 5), "Không có đơn vị mã “KHONG”."),
        (
            ("Bán lẻ", "DV-MOI", 5),
            "Ngày 26/02/2021 phong trào bắt đầu mà không có đơn vị mã “DV-MOI”: "
            "đến ngày 01/07/2025 mới thành lập.",
        ),
        (("Bán lẻ", "DV-THU", "8.5"), "có phải là “8,5” không?"),
        (("Bán lẻ", "DV-THU", "1.218"), "là 1218 hay 1,218?"),
        (("Bán lẻ", "DV-THU", "nhiều"), "không phải là số"),
        (("Bán lẻ", "DV-THU", 1.23456), "Nhiều nhất 4 chữ số sau dấu phẩy."),
        (("Bán lẻ", "DV-THU", None), "Dòng không có số nào."),
        (("Bán lẻ", "DV-THU", date(2021, 1, 1)), "Ô này phải là một số."),
    ],
    "history": [
        (("", "1", None, "Giấy khen", "tập thể", None, "A"), "thiếu «Năm»"),
        ((2019, "", None, "Giấy khen", "tập thể", None, "A"), "thiếu «Số quyết định»"),
        ((2019, "1", None, "", "tập thể", None, "A"), "thiếu «Hình thức»"),
        ((2019, "1", None, "Giấy khen", "", None, "A"), "thiếu «Đối tượng»"),
        ((2019, "1", None, "Giấy khen", "tập thể", None, ""), "thiếu «Tên»"),
        ((1800, "1", None, "Giấy khen", "tập thể", None, "A"), "Năm phải từ 1945 đến 2026."),
        ((2019.5, "1", None, "Giấy khen", "tập thể", None, "A"), "Số này phải là số nguyên."),
        (
            (2019, "1", "hôm qua", "Giấy khen", "tập thể", None, "A"),
            "Hãy nhập ngày như 26/02/2021.",
        ),
        ((2019, "1", None, "Giấy khen", "hội", None, "A"), "“hội” không có trong danh mục."),
        (
            (2019, "1", None, "Giấy khen", "tập thể", None, "A", None, None, -5),
            "Số phải từ 0 trở lên.",
        ),
    ],
}


@pytest.mark.parametrize("kind", list(HEADS))
def test_every_wrong_row_is_named_with_its_place_and_nothing_can_be_written(desk, page, kind):
    build.unit(name="Đơn vị mới", code="DV-MOI", valid_from=date(2025, 7, 1))
    at = desk(kind)
    before, good = audit.head(), [] if kind == "targets" else GOOD[kind]
    for row, sentence in BAD[kind]:
        answer = at.send(_file(kind, [*good, row]))
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, row
        seen = page(answer)
        assert len(seen.all(".error-summary li")) == 1, row
        assert f"Trang «Dữ liệu», dòng {len(good) + 2}" in seen.one(".error-summary li")
        assert sentence in seen.one(".error-summary li"), row
        assert seen.tree.cssselect("input[name=sealed]") == []
    assert audit.head() == before
    assert db.session.query(PastAward).count() == 0


def _failing(sheet):
    sheet["A2"] = "#REF!"


@pytest.mark.parametrize("kind", list(HEADS))
def test_hostile_and_unreadable_files_are_refused(desk, kind):
    """All kinds are received by the same reader, which one of them shows every file."""
    at = desk(kind)
    before = audit.head()
    names = HOSTILE if kind == "units" else ("broken", "links", "stranger")
    files = hostile(_file(kind, GOOD[kind]), *names, "stranger")
    files["stranger"] = (files["stranger"][0], "Không thấy bảng có các cột")
    files["no rows"] = (_file(kind, []), "không có dòng nào dưới dòng tiêu đề.")
    files["merged"] = (
        _file(kind, GOOD[kind], change=lambda sheet: sheet.merge_cells("A2:B2")),
        "Cột B: ô nằm trong vùng gộp.",
    )
    files["failed"] = (
        _file(kind, GOOD[kind], change=_failing),
        "Trang «Dữ liệu», dòng 2: Cột A: công thức trong ô bị lỗi (#REF!).",
    )
    for name in (*names, "no rows", "merged", "failed"):
        content, sentence = files[name]
        answer = at.send(content)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, name
        assert sentence in answer.get_data(as_text=True), name
    assert "Hãy chọn tệp cần nhập." in at.browser.post(f"{at.base}/", data={}).get_data(
        as_text=True
    )
    assert audit.head() == before


def test_the_same_row_twice_hidden_rows_and_strange_columns_are_told(desk, page):
    at = desk("units")
    rows = [("A", "Sở A", "Sở, ngành", "x"), ("A", "Sở B", "Sở, ngành", "y")]

    def hide(sheet):
        sheet.row_dimensions[2].hidden = True

    seen = page(at.send(_file("units", rows, heads=("Mã", "Tên", "Loại", "Ghi chú"), change=hide)))
    assert "Trùng với dòng 2 của tệp này." in seen.one(".error-summary li")
    assert seen.all(".note--warn")[0] == "1 dòng đang ẩn trong tệp vẫn được đọc."
    assert seen.all(".note--warn")[1] == "Không đọc các cột: «Ghi chú»."


def test_a_target_a_formula_gave_is_offered_rounded_and_a_year_never_is(desk, page):
    at = desk("targets")
    seen = page(at.send(_file("targets", [("Bán lẻ", "DV-THU", 100 / 3, None, None)])))
    assert seen.all("tbody td:last-child") == [
        "Chỉ tiêu này đang chấm mọi đơn vị; đã giao riêng thì chỉ chấm đơn vị được giao. Các "
        "đơn vị khác có được giao không?"
        "Cột C: Trong tệp là 33,3333333333333; làm tròn thành 33,3333. Mục tiêu giao: 33,3333"
    ]
    assert at.write(seen).status_code == HTTPStatus.SEE_OTHER
    assert db.session.scalars(select(Allocation.target)).all() == [Decimal("33.3333")]


def test_a_year_that_is_no_whole_number_is_refused(desk, page):
    row = (
        2019.5,
        "10/QĐ-SCT",
        None,
        "Giấy khen",
        "cá nhân",
        "Bà",
        "Trần Thị Lan",
        None,
        "Sở",
        None,
        None,
    )
    assert "Số này phải là số nguyên." in page(desk("history").send(_file("history", [row]))).one(
        ".error-summary li"
    )


@pytest.mark.parametrize(
    ("typed", "font"), [("Traàn Vaên Nguyeân", "VNI"), ("TrÇn V¨n Nguyªn", "TCVN3 (ABC)")]
)
def test_a_name_in_an_old_font_is_offered_converted(desk, page, typed, font):
    at = desk("history")
    row = (2019, "10/QĐ-SCT", None, "Giấy khen", "cá nhân", "Ông", typed, None, None, None, None)
    seen = page(at.send(_file("history", [row])))
    assert seen.all(".note--warn")[0] == (
        f"1 ô gõ bằng phông chữ cũ {font}, đã chuyển thành chữ Unicode: “{typed}” thành “Trần "
        "Văn Nguyên”. "
        "Hãy xem lại từng dòng trước khi ghi."
    )
    assert at.write(seen).status_code == HTTPStatus.SEE_OTHER
    assert db.session.scalars(select(PastAward.name)).all() == ["Trần Văn Nguyên"]


def test_an_old_excel_file_all_in_an_old_font_is_read(desk, page):
    old = xlwt.Workbook()
    sheet = old.add_sheet("Döõ lieäu")
    heads = ("Naêm", "Soá quyeát ñònh", "Hình thöùc", "Ñoái töôïng", "OÂng/Baø", "Teân")
    row = (2019, "10/QÑ-SCT", "Giaáy khen", "caù nhaân", "Baø", "Hoà Thò Lan")
    for column, (head, cell) in enumerate(zip(heads, row, strict=True)):
        sheet.write(0, column, head)
        sheet.write(1, column, cell)
    made = io.BytesIO()
    old.save(made)
    at = desk("history")
    assert at.write(page(at.send(made.getvalue()))).status_code == HTTPStatus.SEE_OTHER
    (award,) = db.session.scalars(select(PastAward)).all()
    assert (award.number, award.form_name, award.honorific, award.name) == (
        "10/QĐ-SCT",
        "Giấy khen",
        "Bà",
        "Hồ Thị Lan",
    )


def test_two_people_whose_names_differ_in_tones_are_two_and_asked_about(desk, page):
    at = desk("history")
    row = (
        2019,
        "10/QĐ-SCT",
        None,
        "Giấy khen",
        "cá nhân",
        "Bà",
        "Trần Thị Lan",
        None,
        "Sở",
        None,
        None,
    )
    other = (*row[:6], "Trần Thị Lân", *row[7:])
    seen = page(at.send(_file("history", [row, other])))
    assert seen.all("h2")[0] == "Xem trước: thêm 2, sửa 0, giữ nguyên 0"
    assert (
        "Chỉ khác dấu với dòng 2 của tệp này: có đúng là hai không?"
        in seen.all("tbody td:last-child")[1]
    )
    at.write(seen)
    assert sorted(db.session.scalars(select(PastAward.name))) == ["Trần Thị Lan", "Trần Thị Lân"]
    third = page(at.send(_file("history", [(*row[:6], "Trần Thị Làn", *row[7:])])))
    assert "Sổ đã có Trần Thị Lan; Trần Thị Lân, chỉ khác dấu" in third.one("tbody td:last-child")


def test_an_indicator_is_found_without_tones_only_where_one_can_be_meant(desk, page):
    at = desk("targets")
    build.indicator(at.campaign, name="Hộ có diện", short_name="Hộ có diện")
    build.indicator(at.campaign, name="Hộ có điện", short_name="Hộ có điện")
    db.session.commit()
    refusal = page(at.send(_file("targets", [("ho co dien", "DV-THU", 5, None, None)]))).one(
        ".error-summary li"
    )
    assert (
        "“ho co dien” có thể là một trong: Hộ có diện; Hộ có điện. Hãy ghi đúng dấu, tên đầy đủ."
        in refusal
    )
    assert "Hộ có điện" in page(
        at.send(_file("targets", [("Hộ có điện", "DV-THU", 5, None, None)]))
    ).one("tbody th")


def test_a_new_account_for_a_name_the_unit_has_is_asked_about(desk, page):
    at = desk("people")
    build.user(name="Nguyễn Văn Ân", at=at.unit, unit_id=at.unit.id)
    db.session.commit()
    seen = page(at.send(_file("people", GOOD["people"][:1])))
    assert "Đơn vị này đã có Nguyễn Văn Ân" in seen.one("tbody td:last-child")


def test_a_shown_sheet_goes_before_a_hidden_one_and_what_is_not_read_is_told(desk, page):
    at = desk("units")

    def doubled(sheet):
        for title, name in (("Nháp", "Sở nháp"), ("Năm trước", "Sở cũ")):
            other = sheet.parent.create_sheet(title)
            other.append(HEADS["units"])
            other.append(("SCT2", name, None, "Sở, ngành", None, None, None))
        sheet.sheet_state = sheet.parent["Nháp"].sheet_state = "hidden"
        sheet.parent.active = 2

    seen = page(at.send(_file("units", GOOD["units"], change=doubled)))
    assert "SCT2, Sở cũ" in seen.one("main").replace("\n", " ")
    assert seen.all(".note--warn") == [
        "Chỉ đọc trang «Năm trước»; các trang «Dữ liệu», «Nháp» cũng có bảng này nhưng không đọc."
    ]

    def hidden(sheet):
        sheet.parent.create_sheet("Bìa")
        sheet.sheet_state = "hidden"
        sheet.parent.active = 1

    assert page(at.send(_file("units", GOOD["units"], change=hidden))).all(".note--warn") == [
        "Trang «Dữ liệu» đang ẩn trong tệp vẫn được đọc."
    ]


def test_what_changed_since_the_preview_is_shown_again_and_not_written(desk, page):
    at = desk("units")
    preview = page(at.send(_file("units", [("DV-THU", "Tên mới", None, "Phòng chuyên môn")])))
    at.unit.name = "Người khác vừa sửa"
    db.session.commit()
    before = audit.head()
    answer = at.write(preview)
    assert (answer.status_code, audit.head()) == (HTTPStatus.OK, before)
    assert "Người khác vừa sửa → Tên mới" in page(answer).one("main")


def test_a_preview_that_was_altered_or_is_anothers_is_refused(desk, page, sign_in):
    at = desk("units")
    preview = page(at.send(_file("units", GOOD["units"])))
    (sealed,) = preview.tree.cssselect("input[name=sealed]")
    other = sign_in(build.user(Role.SECRETARIAT))
    assert "của người khác" in other.post(
        "/import/units/write", data={"sealed": sealed.get("value")}
    ).get_data(as_text=True)
    assert "không còn dùng được" in other.post(
        "/import/units/write", data={"sealed": "x" + sealed.get("value")}
    ).get_data(as_text=True)
    assert db.session.scalars(select(Unit).where(Unit.code == "SCT2")).one_or_none() is None


@pytest.mark.parametrize("kind", list(HEADS))
def test_the_template_can_be_sent_back(desk, kind):
    at = desk(kind)
    with at.browser.get(f"{at.base}/template") as answer:
        content = answer.data
    sent = at.send(content).get_data(as_text=True)
    assert "Xem trước:" in sent
    assert "Chưa đọc được tệp" not in sent


@pytest.mark.parametrize(
    ("name", "email", "said"),
    [
        ("nguyễn a", None, "Tên đăng nhập chỉ gồm chữ a–z không dấu"),
        ("an.nv", "sai", "Thư điện tử phải có dạng ten@coquan.vn."),
    ],
)
def test_people_of_a_file_are_held_to_the_same_names_and_addresses_as_those_of_the_form(
    desk, name, email, said
):
    answer = desk("people").send(
        _file("people", [(name, "Nguyễn Văn An", "Ông", None, email, "DV-THU", "Cán bộ đơn vị")])
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.get_data(as_text=True)


def _faults(page, answer):
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    return page(answer).all(".error-summary li")


def _award():
    db.session.expire_all()
    return db.session.scalars(select(PastAward)).one()


FULL = (
    2019,
    "10/QĐ-SCT",
    date(2019, 1, 12),
    "Giấy khen",
    "cá nhân",
    "Ông",
    "Nguyễn Văn An",
    "Chuyên viên",
    "Sở Thử",
    450000,
    "Đợt 1",
)


def test_columns_an_award_file_does_not_have_keep_what_the_register_holds(desk, page):
    at = desk("history")
    at.write(page(at.send(_file("history", [FULL]))))
    heads = ("Năm", "Số quyết định", "Hình thức", "Đối tượng", "Tên")
    again = page(
        at.send(
            _file(
                "history",
                [(2019, "10/QĐ-SCT", "Giấy khen", "cá nhân", "Nguyễn Văn An")],
                heads=heads,
            )
        )
    )
    assert again.all(".note--warn") == [
        "Tệp không có các cột: «Ngày ký», «Ông/Bà», «Chức vụ», «Đơn vị», «Tiền thưởng, đồng», "
        "«Ghi chú»; phần đó giữ nguyên."
    ]
    assert again.all(".note--info") == [
        "Tệp không khác gì với dữ liệu đang có; không có gì để ghi."
    ]
    changed = page(
        at.send(
            _file(
                "history",
                [(2019, "10/QĐ-SCT", "Bằng khen", "cá nhân", "Nguyễn Văn An")],
                heads=heads,
            )
        )
    )
    at.write(changed)
    row = _award()
    assert (
        row.form_name,
        row.signed_on,
        row.honorific,
        row.job,
        row.unit_name,
        row.amount,
        row.note,
    ) == ("Bằng khen", date(2019, 1, 12), "Ông", "Chuyên viên", "Sở Thử", 450000, "Đợt 1")


def test_an_empty_cell_of_a_column_an_award_file_has_empties_what_it_says(desk, page):
    at = desk("history")
    at.write(page(at.send(_file("history", [FULL]))))
    heads = (
        "Năm",
        "Số quyết định",
        "Hình thức",
        "Đối tượng",
        "Tên",
        "Đơn vị",
        "Ghi chú",
        "Tiền thưởng, đồng",
    )
    row = (2019, "10/QĐ-SCT", "Giấy khen", "cá nhân", "Nguyễn Văn An", "Sở Thử", None, None)
    at.write(page(at.send(_file("history", [row], heads=heads))))
    assert (_award().note, _award().amount, _award().job) == ("", None, "Chuyên viên")


def test_an_award_two_units_share_is_asked_for_its_unit(desk, page):
    at = desk("history")
    at.write(page(at.send(_file("history", [FULL, (*FULL[:8], "Sở Khác", *FULL[9:])]))))
    heads = ("Năm", "Số quyết định", "Hình thức", "Đối tượng", "Tên")
    sent = at.send(
        _file(
            "history", [(2019, "10/QĐ-SCT", "Giấy khen", "cá nhân", "Nguyễn Văn An")], heads=heads
        )
    )
    assert _faults(page, sent) == [
        "Trang «Dữ liệu», dòng 2 (2019): Sổ có nhiều lượt cùng năm, số và tên này. Hãy thêm "
        "cột «Đơn vị» để biết là lượt nào."
    ]


@pytest.mark.parametrize(
    "again",
    [
        {6: "NGUYỄN VĂN HÒA"},
        {6: "Nguyễn Văn Hoà"},
        {8: "SỞ THỬ"},
        {1: "10/qđ-sct"},
        {1: "Số: 10 / QĐ - SCT"},
        {1: "Quyết định số 10/QĐ-SCT"},
        {8: "Sở  Thử"},
    ],
)
def test_an_award_spelled_another_way_is_the_same_award(desk, page, again):
    at = desk("history")
    full = (*FULL[:6], "Nguyễn Văn Hòa", *FULL[7:])
    at.write(page(at.send(_file("history", [full]))))
    seen = page(
        at.send(_file("history", [tuple(again.get(at, cell) for at, cell in enumerate(full))]))
    )
    assert seen.all("h2")[0] == "Xem trước: thêm 0, sửa 0, giữ nguyên 1"


def test_an_award_whose_unit_was_not_written_down_gets_it_later(desk, page):
    at = desk("history")
    at.write(page(at.send(_file("history", [(*FULL[:8], None, *FULL[9:])]))))
    at.write(page(at.send(_file("history", [FULL]))))
    assert _award().unit_name == "Sở Thử"


def test_the_same_name_of_another_unit_is_asked_about(desk, page):
    at = desk("history")
    at.write(page(at.send(_file("history", [FULL]))))
    seen = page(at.send(_file("history", [(*FULL[:8], "Sở Khác", *FULL[9:])])))
    assert seen.all("h2")[0] == "Xem trước: thêm 1, sửa 0, giữ nguyên 0"
    assert (
        "Sổ đã có Nguyễn Văn An cùng năm, số quyết định (Sở Thử): hai lượt khác nhau?"
        in seen.one("tbody td:last-child")
    )


@pytest.mark.parametrize(
    ("kind", "first", "second", "kept"),
    [
        (
            "units",
            (
                HEADS["units"],
                (
                    "SCT2",
                    "Sở Thử",
                    "Thử",
                    "Sở, ngành",
                    "DV-THU",
                    date(2021, 1, 1),
                    date(2021, 12, 31),
                ),
            ),
            (("Mã", "Tên", "Loại"), ("SCT2", "Sở Thử", "Sở, ngành")),
            lambda: db.session.execute(
                select(
                    Unit.short_name, Unit.valid_from, Unit.valid_to, Unit.parent_id.is_not(None)
                ).where(Unit.code == "SCT2")
            ).one(),
        ),
        (
            "people",
            (
                HEADS["people"],
                (
                    "an.nv",
                    "Nguyễn Văn An",
                    "Ông",
                    "Chuyên viên",
                    "an@vi-du.vn",
                    "DV-THU",
                    "Cán bộ đơn vị",
                ),
            ),
            (("Tên đăng nhập", "Họ và tên"), ("an.nv", "Nguyễn Văn An")),
            lambda: db.session.execute(
                select(User.honorific, User.position, User.email, User.unit_id).where(
                    User.user_name == "an.nv"
                )
            ).one(),
        ),
        (
            "targets",
            (HEADS["targets"], ("Bán lẻ", "DV-THU", 1218.5, 8.5, 1100)),
            (("Chỉ tiêu", "Mã đơn vị"), ("Bán lẻ", "DV-THU")),
            lambda: db.session.execute(
                select(Allocation.target, Allocation.growth_target, Allocation.previous_year_value)
            ).one(),
        ),
    ],
)
def test_columns_a_file_does_not_have_change_nothing(desk, page, kind, first, second, kept):
    at = desk(kind)
    at.write(page(at.send(_file(kind, [first[1]], heads=first[0]))))
    before = kept()
    assert page(at.send(_file(kind, [second[1]], heads=second[0]))).all(".note--info") == [
        "Tệp không khác gì với dữ liệu đang có; không có gì để ghi."
    ]
    assert kept() == before


def test_a_person_of_a_file_without_units_keeps_the_unit_his_roles_need(desk, page):
    at = desk("people")
    at.write(page(at.send(_file("people", [GOOD["people"][0]]))))
    heads = ("Tên đăng nhập", "Họ và tên", "Vai trò")
    row = ("an.nv", "Nguyễn Văn An", "Thủ trưởng đơn vị")
    at.write(page(at.send(_file("people", [row], heads=heads))))
    known = select(User).where(User.user_name == "an.nv").options(selectinload(User.grants))
    assert db.session.scalars(known).one().units_as(Role.UNIT_HEAD) == [at.unit.id]
    assert _faults(
        page, at.send(_file("people", [("moi", "Người Mới", "Thủ trưởng đơn vị")], heads=heads))
    ) == ["Trang «Dữ liệu», dòng 2 (moi): Cột C: Vai trò “Thủ trưởng đơn vị” phải có mã đơn vị."]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            date(2019, 5, 10),
            "Ô này phải là chữ. Trong tệp đây là ngày 10/05/2019; có thể Excel đã tự đổi nội "
            "dung ô. "
            "Hãy đặt định dạng ô là Text (Văn bản) rồi nhập lại đúng nội dung.",
        ),
        (
            True,
            "Ô này phải là chữ. Trong tệp đây là giá trị logic TRUE (đúng). "
            "Hãy đặt định dạng ô là Text (Văn bản) rồi nhập lại đúng nội dung.",
        ),
        (
            12345678901234567,
            "Ô này phải là chữ. Excel chỉ giữ 15 chữ số đầu của một số dài. "
            "Hãy đặt định dạng ô là Text (Văn bản) rồi nhập lại đủ các chữ số.",
        ),
    ],
)
def test_a_decision_number_that_excel_turned_into_something_else_is_asked_about(
    desk, page, cell, said
):
    row = (2019, cell, None, "Giấy khen", "tập thể", None, "Phòng A")
    assert _faults(page, desk("history").send(_file("history", [row]))) == [
        f"Trang «Dữ liệu», dòng 2 (2019): Cột B: {said}"
    ]


def test_a_number_in_a_column_of_days_is_asked_about(desk, page):
    row = ("A", "Sở", None, "Sở, ngành", None, 44561)
    assert _faults(page, desk("units").send(_file("units", [row]))) == [
        "Trang «Dữ liệu», dòng 2 (A): Cột F: “44561” là số; có phải là ngày 31/12/2021 không? "
        "Hãy đặt định dạng ô là ngày (Date) rồi gửi lại."
    ]


def test_a_code_keeps_the_zeros_its_cell_shows(desk, page):
    def shaped(sheet):
        sheet["A2"].number_format = "000"

    at = desk("units")
    at.write(page(at.send(_file("units", [(7, "Sở Bảy", None, "Sở, ngành")], change=shaped))))
    assert db.session.scalars(select(Unit.code).where(Unit.name == "Sở Bảy")).all() == ["007"]
    again = page(at.send(_file("units", [("007", "Sở Bảy", None, "Sở, ngành")])))
    assert (
        again.all(".note--info")[-1] == "Tệp không khác gì với dữ liệu đang có; không có gì để ghi."
    )


def test_everything_wrong_in_a_row_is_told_with_its_column(desk, page):
    row = ("an nv", None, "Anh", True, "sai", "KHONG", "Vua, Cán bộ đơn vị, Chúa")
    lines = _faults(page, desk("people").send(_file("people", [row])))
    assert [line.split(": Cột ", 1)[1].split(":")[0] for line in lines] == [
        "A",
        "B",
        "C",
        "D",
        "E",
        "F",
        "G",
    ]
    assert lines[-1] == (
        "Trang «Dữ liệu», dòng 2 (an nv): Cột G: Không giao được vai trò “Vua”, “Chúa” từ tệp. "
        "Hãy ghi một trong: "
        + "; ".join(role.label for role in Role if role is not Role.COUNCIL_MEMBER)
        + "."
    )


def test_days_that_end_before_they_begin_are_told_beside_what_else_is_wrong(desk, page):
    row = ("A", "Sở", None, "Ban", None, date(2021, 2, 1), date(2020, 1, 1))
    lines = _faults(page, desk("units").send(_file("units", [row])))
    assert [line.split(": Cột ", 1)[1][:2] for line in lines] == ["D:", "G:"]


def test_only_the_column_that_is_missing_is_named(desk, page):
    heads = ("Năm", "Số quyết định", "Ngày ký", "Hình thức", "Đối tượng")
    sent = desk("history").send(
        _file("history", [(2019, "1", None, "Giấy khen", "tập thể")], heads=heads)
    )
    assert page(sent).one(".error-summary p") == (
        "Trang «Dữ liệu», dòng 1: thiếu cột «Tên». Hãy thêm cột rồi gửi lại, hoặc dùng tệp mẫu."
    )


def test_two_columns_of_one_name_are_refused(desk, page):
    heads = ("Mã", "Tên", "Tên *", "Loại")
    sent = desk("units").send(_file("units", [("A", "Sở", "Sở khác", "Sở, ngành")], heads=heads))
    assert page(sent).one(".error-summary p") == (
        "Trang «Dữ liệu», dòng 1: các cột B và C cùng tên «Tên». Hãy bỏ hoặc đổi tên cột thừa "
        "rồi gửi lại."
    )


def test_numbers_of_columns_totals_and_signatures_are_passed_over_and_told(desk, page):
    rows = [
        ("(1)", "(2)", "(3)", "(4)"),
        ("I. Khối sở", None),
        *GOOD["units"],
        ("Cộng", None, None, 2),
        (None, "Bằng chữ: hai đơn vị"),
        ("Hòa Bình, ngày 12 tháng 5 năm 2021",),
        ("NGƯỜI LẬP BIỂU", None, None, "GIÁM ĐỐC"),
        (None,),
        ("Trần Thư", None, None, "Lê An"),
    ]
    at = desk("units")
    seen = page(at.send(_file("units", rows)))
    assert seen.status == HTTPStatus.OK
    assert seen.all(".note--warn") == [
        "Bỏ qua 7 dòng không phải dữ liệu: dòng 2 (đánh số cột: “(1) (2) (3) (4)”), dòng 3 "
        "(tên nhóm: “I. Khối sở”), "
        "dòng 6 (dòng cộng: “Cộng 2”), dòng 7 (phần cuối biểu: “Bằng chữ: hai đơn vị”), "
        "dòng 8 (phần cuối biểu: “Hòa Bình, ngày 12 tháng 5 năm 2021”), dòng 9 (phần cuối "
        "biểu: “NGƯỜI LẬP BIỂU GIÁM ĐỐC”), "
        "dòng 11 (phần cuối biểu: “Trần Thư Lê An”)."
    ]
    at.write(seen)
    assert db.session.scalars(select(Unit.code).order_by(Unit.code)).all() == [
        "DV-THU",
        "SCT2",
        "VP2",
    ]


def test_a_csv_file_is_read_in_any_of_its_alphabets(desk, page):
    at = desk("history")
    text = (
        "Năm;Số quyết định;Hình thức;Đối tượng;Tên;Tiền thưởng, đồng\r\n"
        "2019;10/5;Giấy khen;tập thể;Phòng Kỹ thuật “Đổi mới”;900000\r\n"
    )
    for content in (
        text.encode(),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.replace(";", "\t").encode("utf-16-le"),
    ):
        seen = page(at.send(content))
        assert seen.status == HTTPStatus.OK
        assert "Số quyết định: 10/5" in seen.one("main")
        assert "Phòng Kỹ thuật “Đổi mới”, 2019" in seen.one("main")


def test_a_great_file_is_shown_by_its_first_rows_and_its_counts(desk, page):
    rows = [
        (2019, f"{number}/QĐ", None, "Giấy khen", "tập thể", None, f"Phòng {number}")
        for number in range(300)
    ]
    at = desk("history")
    seen = page(at.send(_file("history", rows)))
    assert "Xem trước: thêm 300, sửa 0, giữ nguyên 0" in seen.one("main")
    assert len(seen.all("table tbody tr")) == 200
    assert "Hiện 200 trong 300 dòng" in seen.one("main")
    at.write(seen)
    assert db.session.query(PastAward).count() == 300


def test_the_template_keeps_codes_as_text_and_days_as_days(desk):
    at = desk("history")
    with at.browser.get(f"{at.base}/template") as answer:
        sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    formats = {
        cell.value: sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]
    }
    assert formats == {
        "Năm *": "0",
        "Số quyết định *": "@",
        "Ngày ký": "dd/mm/yyyy",
        "Hình thức *": "@",
        "Đối tượng *": "@",
        "Ông/Bà": "@",
        "Tên *": "@",
        "Chức vụ": "@",
        "Đơn vị": "@",
        "Tiền thưởng, đồng": "#,##0",
        "Ghi chú": "@",
    }


def test_more_rows_than_are_taken_at_once_are_refused(desk, page):
    heads, row = "Năm;Số quyết định;Hình thức;Đối tượng;Tên\n", "2019;1;a;b;c\n"
    sent = desk("history").send(f"{heads}{row * 20_001}".encode())
    assert page(sent).one(".error-summary p") == (
        "Tệp có 20.001 dòng; mỗi lần nhập tối đa 20.000. Hãy chia thành nhiều tệp."
    )


def test_text_of_the_old_fonts_in_a_csv_file_is_noticed(desk, page):
    content = b"Ten dang nhap;Ho va ten\nlan.tt;" + "Traàn Thò Lan Nguyeãn\n".encode("cp1252")
    seen = page(desk("people").send(content))
    assert "VNI" in seen.one("main")


@pytest.mark.parametrize("kind", ["people", "targets", "history"])
def test_reading_thirty_rows_asks_the_database_as_often_as_reading_three(
    desk, page, count_queries, kind
):
    at, (head, *_) = desk(kind), GOOD[kind]
    column = {"people": 0, "targets": 0, "history": 6}[kind]
    asked = []
    for number in (3, 30):
        rows = [
            (*head[:column], f"{head[column]}{place}", *head[column + 1 :])
            for place in range(number)
        ]
        with count_queries() as seen:
            page(at.send(_file(kind, rows)))
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_what_stands_twice_among_the_people_of_a_file_is_asked_about_as_if_it_stood_in_the_system(
    desk, page
):
    at = desk("people")
    first, second = GOOD["people"][0], ("khac.ten", *GOOD["people"][0][1:])
    seen = page(at.send(_file("people", [first, second])))
    assert f"{first[1]} ({first[0]}): có phải một người không?" in seen.one("main")


def test_the_last_two_administrators_do_not_both_lose_their_role_by_one_file(desk, page):
    at = desk("people")
    other = build.user(Role.ADMIN, password_hash="x")
    at.user.password_hash = other.password_hash
    rows = [
        (user.user_name, user.full_name, None, None, None, None, "Thường trực Hội đồng")
        for user in (other, at.user)
    ]
    answer = at.send(_file("people", rows))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert _faults(page, answer) == [
        f"Trang «Dữ liệu», dòng 3 ({at.user.user_name}): Đây là quản trị viên cuối cùng đang "
        "hoạt động; "
        "hãy giao quyền quản trị cho người khác trước."
    ]


PLAIN = ("Năm", "Số quyết định", "Hình thức", "Đối tượng", "Tên")
AWARDS = [(year, "10", "Giấy khen", "tập thể", f"Phòng {year}") for year in (2019, 2020)]


@pytest.mark.parametrize(
    ("between", "kind"),
    [
        (PLAIN, "tiêu đề lặp lại: “Năm Số quyết định Hình thức Đối tượng Tên”"),
        ((1, 2, 3, 4, 5), "đánh số cột: “1 2 3 4 5”"),
        (("Khối phòng",), "tên nhóm: “Khối phòng”"),
        (("Năm 2020",), "tên nhóm: “Năm 2020”"),
        (("./.",), "tên nhóm: “./.”"),
        (
            ("Người lập biểu", None, None, None, "Thủ trưởng đơn vị (Ký tên, đóng dấu)"),
            "phần cuối biểu: “Người lập biểu Thủ trưởng đơn vị (Ký tên, đóng dấu)”",
        ),
    ],
)
def test_what_stands_between_the_pages_of_a_printed_table_is_passed_over_and_told(
    desk, page, between, kind
):
    seen = page(
        desk("history").send(_file("history", [AWARDS[0], between, AWARDS[1]], heads=PLAIN))
    )
    assert seen.status == HTTPStatus.OK
    assert seen.all(".note--warn")[0] == f"Bỏ qua 1 dòng không phải dữ liệu: dòng 3 ({kind})."
    assert "Xem trước: thêm 2, sửa 0, giữ nguyên 0" in seen.one("main")


def test_a_word_merged_over_the_table_is_a_heading(desk, page):
    def merge(sheet):
        sheet.merge_cells("A3:E3")

    rows = [AWARDS[0], ("Khối",), AWARDS[1]]
    seen = page(desk("history").send(_file("history", rows, heads=PLAIN, change=merge)))
    assert (
        seen.all(".note--warn")[0] == "Bỏ qua 1 dòng không phải dữ liệu: dòng 3 (tên nhóm: “Khối”)."
    )


def test_a_row_of_one_code_alone_is_still_asked_for_the_rest(desk, page):
    sent = desk("units").send(_file("units", [("VP9",)]))
    assert _faults(page, sent) == [
        "Trang «Dữ liệu», dòng 2 (VP9): Cột B: thiếu «Tên».",
        "Trang «Dữ liệu», dòng 2 (VP9): Cột D: thiếu «Loại».",
    ]


@pytest.mark.parametrize("written", ["{} (*)", "{}:", "3. {}", "(3) {}", "{}\n"])
def test_heads_are_known_whatever_is_written_around_them(desk, page, written):
    heads = tuple(written.format(title) for title in (*PLAIN, "Tiền thưởng (đồng)"))
    at = desk("history")
    at.write(page(at.send(_file("history", [(*AWARDS[0], 900_000)], heads=heads))))
    assert _award().amount == 900_000


def test_hidden_columns_and_columns_without_a_head_are_told(desk, page):
    def hide(sheet):
        sheet.column_dimensions["B"].hidden = True

    seen = page(
        desk("history").send(_file("history", [(*AWARDS[0], "thêm")], heads=PLAIN, change=hide))
    )
    assert seen.all(".note--warn")[:2] == [
        "Cột đang ẩn trong tệp vẫn được đọc: «Số quyết định».",
        "Không đọc các cột không có tiêu đề: F.",
    ]


def test_a_sheet_of_heads_alone_gives_way_to_one_with_rows(desk, page):
    book = Workbook()
    book.active.append(PLAIN)
    sheet = book.create_sheet("Năm 2019")
    for row in (PLAIN, AWARDS[0]):
        sheet.append(row)
    seen = page(desk("history").send(saved(book)))
    assert "Xem trước: thêm 1, sửa 0, giữ nguyên 0" in seen.one("main")


@pytest.mark.parametrize("name", ['"Phòng A', '"Phòng "A" Hành chính"'])
def test_a_quote_that_is_not_closed_swallows_no_rows(desk, page, name):
    text = (
        f"{';'.join(PLAIN)}\n2019;10;Giấy khen;tập thể;{name}\n2020;11;Giấy khen;tập thể;Phòng B\n"
    )
    assert page(desk("history").send(text.encode())).one(".error-summary p") == (
        'Dòng 2: dấu ngoặc kép (") mở đầu một ô mà không đóng ở cuối ô. Dấu ngoặc kép trong '
        "nội dung "
        "phải viết hai lần, hoặc hãy lưu bảng dưới dạng .xlsx."
    )


def test_money_of_a_csv_file_is_read_as_excel_writes_it(desk, page):
    at = desk("history")
    text = f"{';'.join((*PLAIN, 'Tiền thưởng, đồng'))}\n2019;10;Giấy khen;tập thể;Phòng A;900.000\n"
    at.write(page(at.send(text.encode())))
    assert _award().amount == 900_000


@pytest.mark.parametrize(
    ("target", "last_year", "question"),
    [
        (-5, None, "-5 tỷ đồng là số âm. Có đúng không?"),
        (
            44462,
            1500,
            "44.462 tỷ đồng khác cả năm trước (1.500) từ mười lần trở lên. Có nhầm đơn vị đo "
            "không?",
        ),
    ],
)
def test_the_size_of_an_allotted_target_is_asked_about(desk, page, target, last_year, question):
    at = desk("targets")
    at.indicator.measure_unit_id = build.measure_unit(symbol="tỷ đồng").id
    db.session.commit()
    seen = page(at.send(_file("targets", [("Bán lẻ", "DV-THU", target, None, last_year)])))
    assert seen.status == HTTPStatus.OK
    assert f"Hãy xem lại cỡ số: {question}" in seen.one("tbody td:last-child")


def test_a_day_of_a_year_nobody_means_is_asked_about_in_a_cell_too(desk, page):
    sent = desk("history").send(_file("history", [(*FULL[:2], date(9999, 12, 31), *FULL[3:])]))
    assert _faults(page, sent) == [
        "Trang «Dữ liệu», dòng 2 (2019): Cột C: “31/12/9999”: năm phải từ 1900 đến 2199. "
        "Hãy ghi năm đủ bốn chữ số, như 26/02/2021."
    ]


@pytest.mark.parametrize(
    "row",
    ["2019,10,Giấy khen,tập thể,Phòng A,900000,5", "2019,10,Giấy khen,tập thể,Phòng A, B,900000"],
)
def test_a_row_of_a_text_file_that_is_longer_than_its_heads_is_refused(desk, page, row):
    text = f"{','.join(PLAIN)},Ghi chú\n{row}\n"
    assert page(desk("history").send(text.encode())).one(".error-summary p") == (
        "Dòng 2 có 7 ô, dòng tiêu đề chỉ có 6. Dấu ngăn cột nằm trong một ô (như dấu phẩy của "
        "số thập phân) "
        "thì ô đó phải để trong dấu ngoặc kép."
    )


def test_a_number_behind_a_head_makes_it_another_column(desk, page):
    heads = (*PLAIN, "Tên (2)")
    seen = page(desk("history").send(_file("history", [(*AWARDS[0], "khác")], heads=heads)))
    assert "Không đọc các cột: «Tên (2)»." in seen.all(".note--warn")


PARTED = ("Năm", "Quyết định", None, "Hình thức", "Đối tượng", "Người được khen", None, "Ghi chú")
PARTS = (None, "Số", "Ngày ký", None, None, "Tên", "Đơn vị", None)
PARTED_ROW = (2019, "10/QĐ-SCT", "12/01/2019", "Giấy khen", "cá nhân", "Lê An", "Sở", None)


@pytest.mark.parametrize("is_merged", [True, False])
def test_heads_of_two_rows_are_read_together_on_every_page(desk, page, is_merged):
    def merge(sheet):
        if is_merged:
            for area in ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:G2", "H2:H3"):
                sheet.merge_cells(area)

    rows = [PARTED, PARTS, PARTED_ROW, PARTED, PARTS, (2020, *PARTED_ROW[1:])]
    at = desk("history")
    seen = page(at.send(_file("history", rows, heads=("DANH SÁCH KHEN THƯỞNG",), change=merge)))
    assert seen.all(".note--warn")[0] == (
        "Bỏ qua 2 dòng không phải dữ liệu: dòng 5 (tiêu đề lặp lại: “Năm Quyết định Hình thức Đối "
        "tượng Người được khen Ghi chú”), dòng 6 (tiêu đề lặp lại: “Số Ngày ký Tên Đơn vị”)."
    )
    at.write(seen)
    assert [
        (award.year, award.number, award.signed_on, award.name, award.unit_name)
        for award in db.session.scalars(select(PastAward).order_by(PastAward.year))
    ] == [(year, "10/QĐ-SCT", date(2019, 1, 12), "Lê An", "Sở") for year in (2019, 2020)]


def test_a_row_of_words_under_the_heads_is_no_second_row_of_heads(desk, page):
    heads = (*HEADS["people"][:-1], "Ghi chú")
    rows = [("an.nv", "Nguyễn Văn An", "Ông", None, None, "DV-THU", "Vai trò")]
    seen = page(desk("people").send(_file("people", rows, heads=heads)))
    assert "Xem trước: thêm 1, sửa 0, giữ nguyên 0" in seen.one("main")


@pytest.mark.parametrize(
    ("amount", "question"),
    [
        (900, "900 đồng là rất ít. Có phải là 900.000 đồng không?"),
        (900_000_000, "900.000.000 đồng là rất nhiều. Có thừa số 0 không?"),
        (900_000, ""),
    ],
)
def test_the_size_of_the_money_of_an_award_is_asked_about(desk, page, amount, question):
    row = (*GOOD["history"][0][:9], amount, None)
    seen = page(desk("history").send(_file("history", [row])))
    told = seen.one("tbody td:last-child")
    assert ("Hãy xem lại số tiền: " in told, question in told) == (bool(question), True)


@pytest.mark.parametrize(("total", "is_passed"), [(1_900_000, True), (1_900_001, False)])
def test_a_sum_without_a_word_is_passed_over_where_it_is_the_sum(desk, page, total, is_passed):
    first, second = list(GOOD["history"][0]), list(GOOD["history"][0])
    second[6], second[9] = "Phòng Mới", 1_000_000
    seen = page(desk("history").send(_file("history", [first, second, [None] * 9 + [total]])))
    assert (seen.status == HTTPStatus.OK) is is_passed
    assert ("dòng 4 (dòng cộng: “1.900.000”)" in seen.one("main")) is is_passed


@pytest.mark.parametrize(
    ("code", "name", "is_asked"),
    [
        ("dv-thu", "Đơn vị khác", True),
        ("ĐV-THU", "Đơn vị khác", True),
        ("DVT", "ĐƠN VỊ THỬ", True),
        ("DVT", "Đơn vị thứ", False),
    ],
)
def test_a_unit_that_may_be_there_already_is_asked_about(desk, page, code, name, is_asked):
    row = (code, name, None, "Sở, ngành", None, None, None, None)
    seen = page(desk("units").send(_file("units", [row])))
    asked = "Đã có Đơn vị thử (mã DV-THU): hai đơn vị khác nhau?"
    assert (asked in seen.one("tbody")) is is_asked


@pytest.mark.parametrize(
    ("kind", "place", "text", "told"),
    [
        ("units", 0, "V" * 41, "Cột A: Nhiều nhất 40 ký tự."),
        ("units", 1, "Phòng " * 50 + "A", "Cột B: Nhiều nhất 300 ký tự."),
        ("people", 1, "Nguyễn " * 44, "Cột B: Nhiều nhất 300 ký tự."),
        ("history", 6, "Phòng " * 50 + "A", "Cột G: Nhiều nhất 300 ký tự."),
        ("history", 10, "a" * 20_001, "Cột K: Nhiều nhất 20.000 ký tự."),
    ],
)
def test_a_text_too_long_for_its_form_is_too_long_in_a_file(desk, page, kind, place, text, told):
    row = list(GOOD[kind][0])
    row[place] = text
    seen = page(desk(kind).send(_file(kind, [row])))
    assert seen.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert seen.all(".error-summary li")[0].endswith(told)
