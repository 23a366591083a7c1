"""Biểu báo cáo ngoài mạng: filled in a spreadsheet and sent back it is the same report; nothing is
overwritten unseen.
"""

import io
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from campaign.audit import queries as audit
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.reporting import queries
from tests import build
from tests.offline import HOSTILE, edited, filled, hostile
from tests.worlds import World


class Desk:
    """A unit officer before the report, with the form in hand."""

    def __init__(self, world, form, sign_in):
        self.world, self.form, self.browser = world, form, sign_in(world.officer)
        self.base = _address(world)
        number, task, criterion = world.indicator.id, world.task.id, world.criterion.id
        self.value, self.kind, self.source = (
            f"v:{number}:value",
            f"v:{number}:kind",
            f"v:{number}:source",
        )
        self.text, self.points = f"n:{task}:text", f"s:{criterion}:points"

    def send(self, content):
        return self.browser.post(self.base, data={"file": (io.BytesIO(content), "bieu.xlsx")})

    def write(self, page, fields=None):
        """Press the button of the preview, as the browser would."""
        inputs = {
            one.get("name"): one.get("value", "")
            for one in page.tree.cssselect("form[action$=write] input[type=hidden]")
        }
        ticked = [
            one.get("value")
            for one in page.tree.cssselect("form[action$=write] input[type=checkbox][checked]")
        ]
        return self.browser.post(
            f"{self.base}/write", data={**inputs, "field": ticked if fields is None else fields}
        )

    @property
    def content(self):
        db.session.expire_all()
        return queries.content_of(self.world.report.id)


def _address(world):
    return f"/campaigns/{world.campaign.id}/reports/{world.report.id}/offline"


@pytest.fixture
def desk(held, sign_in):
    def opened():
        world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
        with sign_in(world.officer).get(f"{_address(world)}/form") as answer:
            return SimpleNamespace(world=world, form=answer.data)

    made = held("offline", opened)
    return Desk(made.world, made.form, sign_in)


def test_a_form_filled_offline_fills_the_online_report(desk, page):
    sent = filled(
        desk.form,
        {
            desk.value: 99.82,
            desk.kind: "ước",
            desk.source: "Cục Thống kê",
            desk.text: "Đã làm.\nXong.",
            desk.points: "8,5",
        },
    )
    before = audit.head()
    preview = desk.send(sent)
    assert (preview.status_code, audit.head()) == (HTTPStatus.OK, before)
    assert desk.write(page(preview)).status_code == HTTPStatus.SEE_OTHER
    content = desk.content
    claimed = content.values[desk.world.indicator.id]
    assert (claimed.value, claimed.kind.label, claimed.source) == (
        Decimal("99.82"),
        "ước",
        "Cục Thống kê",
    )
    assert content.narratives[desk.world.task.id] == "Đã làm.\nXong."
    assert content.scores[desk.world.criterion.id].points == Decimal("8.5")
    after = audit.head()
    again = desk.send(sent)
    assert "Biểu không khác gì với nội dung đang có" in again.get_data(as_text=True)
    assert audit.head() == after


def test_what_a_formula_gave_beyond_the_decimals_is_offered_rounded(desk, page):
    seen = page(desk.send(filled(desk.form, {desk.value: 100 / 3, desk.points: 25 / 3})))
    assert seen.status == HTTPStatus.OK
    assert seen.all("td[data-label='Trong biểu']") == [
        "33,33Trong tệp là 33,3333333333333; làm tròn thành 33,33.",
        "8,33Trong tệp là 8,33333333333333; làm tròn thành 8,33.",
    ]
    assert desk.write(seen).status_code == HTTPStatus.SEE_OTHER
    assert desk.content.values[desk.world.indicator.id].value == Decimal("33.33")
    again = desk.send(filled(desk.form, {desk.value: 100 / 3, desk.points: 25 / 3}))
    assert "Biểu không khác gì với nội dung đang có" in again.get_data(as_text=True)


@pytest.mark.parametrize(("cell", "value"), [("44,50", "44.5"), ("44,000", None), (44.0, "44")])
def test_a_text_in_a_number_cell_is_read_as_on_the_page(desk, page, cell, value):
    seen = page(desk.send(filled(desk.form, {desk.value: cell})))
    assert (seen.status == HTTPStatus.OK) is (value is not None)
    if value:
        desk.write(seen)
        assert desk.content.values[desk.world.indicator.id].value == Decimal(value)


def test_a_text_in_an_old_font_is_offered_converted(desk, page):
    seen = page(desk.send(filled(desk.form, {desk.text: "Ñaõ laøm xong"})))
    assert seen.all("td[data-label='Trong biểu']") == [
        "Đã làm xongChuyển từ phông chữ cũ VNI: “Ñaõ laøm xong”."
    ]
    desk.write(seen)
    assert desk.content.narratives[desk.world.task.id] == "Đã làm xong"


def test_only_the_cells_to_fill_in_are_open(desk):
    book = load_workbook(io.BytesIO(desk.form))
    assert all(sheet.protection.sheet for sheet in book)
    places = {
        (row[1], row[2], row[3]) for row in book["_ngonco"].iter_rows(min_row=2, values_only=True)
    }
    opened = {
        (sheet.title, cell.row, cell.column)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert opened == places
    assert book["Chỉ tiêu"].data_validations.dataValidation[0].formula1 == '"ước,sơ bộ,chính thức"'


def test_a_stale_form_shows_both_texts_and_overwrites_only_what_is_ticked(desk, page):
    desk.world.type(f"n:{desk.world.task.id}:text", "Viết trên mạng")
    db.session.commit()
    preview = page(desk.send(filled(desk.form, {desk.text: "Viết trong biểu", desk.value: 5})))
    rows = preview.all("form[action$=write] tbody th")
    assert any("đã sửa trên mạng sau khi tải biểu" in one for one in rows)
    assert desk.write(preview).status_code == HTTPStatus.SEE_OTHER
    content = desk.content
    assert (
        content.narratives[desk.world.task.id],
        content.values[desk.world.indicator.id].value,
    ) == ("Viết trên mạng", Decimal(5))
    preview = page(desk.send(filled(desk.form, {desk.text: "Viết trong biểu"})))
    assert desk.write(preview, [desk.text]).status_code == HTTPStatus.SEE_OTHER
    assert desk.content.narratives[desk.world.task.id] == "Viết trong biểu"


def test_what_changed_between_preview_and_writing_is_not_overwritten(desk, page):
    preview = page(desk.send(filled(desk.form, {desk.text: "Viết trong biểu", desk.value: 5})))
    desk.world.type(f"n:{desk.world.task.id}:text", "Vừa viết trên mạng")
    db.session.commit()
    answer = desk.write(preview)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Chưa ghi gì cả." in answer.get_data(as_text=True)
    assert (desk.content.narratives[desk.world.task.id], desk.content.values) == (
        "Vừa viết trên mạng",
        {},
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("value", "8.5", "có phải là “8,5” không?"),
        ("value", "1.218", "là 1218 hay 1,218?"),
        ("value", "nhiều", "không phải là số"),
        ("value", 1.23456, "Nhiều nhất 2 chữ số sau dấu phẩy."),
        ("kind", "đoán", "Hãy chọn một trong: ước, sơ bộ, chính thức."),
        ("points", 11, "Điểm phải từ 0 đến 10."),
        ("points", -1, "Điểm phải từ 0 đến 10."),
        ("text", "x" * 20_001, "Nhiều nhất 20.000 ký tự."),
        ("text", "#REF!", "Công thức trong ô bị lỗi (#REF!)."),
        ("value", "=1+1", "Công thức trong ô chưa được tính."),
    ],
)
def test_a_wrong_cell_is_named_with_its_place_and_nothing_can_be_written(
    desk, page, field, value, sentence
):
    answer = desk.send(
        filled(desk.form, {getattr(desk, field): value, desk.source: "Cục Thống kê"})
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text
    assert "Trang «" in page(answer).one(".error-summary li")
    assert page(answer).all("form[action$=write] button") == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_is_refused_and_changes_nothing(desk, name):
    before = audit.head()
    content, sentence = hostile(desk.form, name)[name]
    answer = desk.send(content)
    assert (answer.status_code, audit.head()) == (HTTPStatus.UNPROCESSABLE_ENTITY, before)
    assert sentence in answer.get_data(as_text=True)


def test_a_form_of_another_report_or_with_moved_rows_is_refused(desk):
    def rename(book):
        book["Nhiệm vụ"]["A4"] = "Nhiệm vụ khác"

    def tamper(book):
        book["_ngonco"]["C1"] = "999"

    def drop(book):
        del book["Nhiệm vụ"]

    for change, sentence in (
        (rename, "Trang «Nhiệm vụ», dòng 4: dòng đã bị dời hoặc đổi tên."),
        (tamper, "Biểu này của đơn vị, kỳ hoặc phiếu khác."),
        (drop, "Thiếu trang «Nhiệm vụ»."),
    ):
        answer = desk.send(edited(desk.form, change))
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert sentence in answer.get_data(as_text=True)


def test_nobody_else_takes_or_sends_the_form(desk, sign_in):
    other = sign_in(build.user(Role.UNIT_OFFICER, at=build.unit()))
    assert (other.get(f"{desk.base}/form").status_code, other.get(desk.base).status_code) == (
        HTTPStatus.NOT_FOUND,
        HTTPStatus.NOT_FOUND,
    )
    desk.world.campaign.phase = Phase.MEETING
    db.session.commit()
    answer = desk.browser.post(
        f"{desk.base}/write", data={"field": desk.text, f"value-{desk.text}": "x"}
    )
    assert answer.status_code != HTTPStatus.OK
    assert desk.content.narratives == {}


def test_no_file_is_asked_for(desk):
    answer = desk.browser.post(desk.base, data={})
    assert (answer.status_code, "Hãy chọn tệp biểu đã điền." in answer.get_data(as_text=True)) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        True,
    )


def test_the_preview_names_choices_as_the_page_does(desk, page):
    desk.write(page(desk.send(filled(desk.form, {desk.kind: "ước"}))))
    seen = page(desk.send(filled(desk.form, {desk.kind: "sơ bộ"})))
    cells = [" ".join(cell.split()) for cell in seen.all("form[action$=write] td")]
    assert cells[-2:] == ["ước", "sơ bộ"]


def test_a_column_taken_out_of_the_form_changes_nothing_and_is_told(desk, page):
    desk.write(
        page(
            desk.send(
                filled(desk.form, {desk.value: 5, desk.kind: "ước", desk.source: "Cục Thống kê"})
            )
        )
    )
    with desk.browser.get(f"{desk.base}/form") as answer:
        form = answer.data

    def cut(book):
        book["Chỉ tiêu"].delete_cols(5)

    seen = page(desk.send(edited(filled(form, {desk.value: 6}), cut)))
    assert seen.all(".note--warn") == [
        "Tệp không có các cột: «Loại số liệu» (trang «Chỉ tiêu»); phần đó giữ nguyên."
    ]
    desk.write(seen)
    claimed = desk.content.values[desk.world.indicator.id]
    assert (claimed.value, claimed.kind.label, claimed.source) == (
        Decimal(6),
        "ước",
        "Cục Thống kê",
    )


def test_two_columns_of_one_name_in_a_form_are_refused(desk, page):
    def doubled(book):
        book["Chỉ tiêu"].cell(3, 12, "Nguồn")

    assert page(desk.send(edited(desk.form, doubled))).one(".error-summary p") == (
        "Trang «Chỉ tiêu»: các cột F và L cùng tên «Nguồn». Hãy bỏ cột thừa hoặc tải biểu mới."
    )


def test_a_form_of_before_headings_were_kept_is_read_by_its_places(desk, page):
    def older(book):
        book["_ngonco"].delete_cols(7)

    desk.write(page(desk.send(edited(filled(desk.form, {desk.source: "Cục Thống kê"}), older))))
    assert desk.content.values[desk.world.indicator.id].source == "Cục Thống kê"


def test_a_form_sent_as_text_is_told_to_come_as_it_was_taken(desk, page):
    assert page(desk.send("Chỉ tiêu;Số liệu\nBán lẻ;5\n".encode())).one(".error-summary p") == (
        "Tệp chữ (.csv) không giữ được biểu. Hãy gửi lại chính tệp .xlsx đã tải từ trang này."
    )


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            date(2021, 5, 10),
            "Ô này phải là chữ. Trong tệp đây là ngày 10/05/2021; có thể Excel đã tự đổi nội "
            "dung ô.",
        ),
        (True, "Ô này phải là chữ. Trong tệp đây là giá trị logic TRUE (đúng)."),
    ],
)
def test_text_that_a_spreadsheet_turned_into_something_else_is_asked_about(desk, page, cell, said):
    (line,) = page(desk.send(filled(desk.form, {desk.source: cell}))).all(".error-summary li")
    assert said in line
