"""Any office, any table: from an empty database to a frozen ranking, with a table of three levels
and 1.000 points out of a spreadsheet.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page, expect

from campaign.core.dates import local_date
from campaign.demo.files import word_file
from tests.journeys.conftest import PATIENCE, WIDE, Person, Server
from tests.journeys.setting_up import (
    FIRST,
    first_link,
    links,
    seat,
    set_up_unseen,
)
from tests.journeys.visitor import Visitor
from tests.offline import saved

UNITS = "Bệnh viện Đa khoa; BVDK; BV Đa khoa\nBệnh viện Nội tiết; BVNT; BV Nội tiết"
NUMBER, COUNT = "hệ thống tính theo chỉ tiêu", "hệ thống tính theo số lần"
INDICATORS = (
    ("Chỉ tiêu", "Đơn vị đo", "Chiều", "Cách đánh giá", "Tính cho", "Mục tiêu", "Quy tắc điểm"),
    (
        "Lượt khám bệnh",
        "lượt",
        "đạt từ mức này trở lên",
        "mức đạt được",
        "cả phong trào",
        1000,
        "so với đơn vị dẫn đầu khối; điểm khi vừa đạt mục tiêu, % = 50",
    ),
)
OWN_WAY = (
    "mức đạt được; từ mức khởi điểm, thêm mỗi phần được thêm điểm; mức khởi điểm = 1000; "
    "điểm ở mức khởi điểm = 100; mỗi phần thêm = 50; được thêm = 20"
)
TIMES = "số lần nhân với điểm mỗi lần; mỗi lần = "
TABLE = (
    (
        *("Cấp", "Mã", "Tiêu chí", "Loại", "Tối đa", "Trần", "Trừ vào", "Ai cho điểm"),
        *("Chỉ tiêu", "Quy tắc", "Minh chứng"),
    ),
    (1, "I", "Nhiệm vụ chuyên môn", None, 700),
    (2, "1", "Khám bệnh, chữa bệnh", None, 500),
    (3, "1.1", "So với dẫn đầu", None, 300, None, None, NUMBER, "Lượt khám bệnh"),
    (3, "1.2", "Vượt kế hoạch", None, 200, None, None, NUMBER, "Lượt khám bệnh", OWN_WAY),
    (2, "2", "Phong trào của ngành", None, 200, 250),
    (3, "2.1", "Tổ chức", None, 200, None, None, "Thường trực", None, None, "cần minh chứng"),
    (3, "2.2", "Sáng kiến", "điểm thưởng", None, None, None, COUNT, None, f"{TIMES}40"),
    (3, "2.3", "Vi phạm", "điểm trừ", None, None, "mục", COUNT, None, f"{TIMES}10"),
    (1, "II", "Hội đồng đánh giá", None, 300),
    (2, "a", "Tinh thần phục vụ", None, 300, None, None, "Hội đồng"),
)
GENERAL, SPECIAL = "Bệnh viện Đa khoa", "Bệnh viện Nội tiết"
EXPECTED = {
    GENERAL: ["975,00", "300,00", "180,00", "180,00", "40,00", "0,00", "275,00", "0,00"],
    SPECIAL: ["902,75", "225,00", "140,00", "190,00", "80,00", "-10,00", "287,75", "-10,00"],
}
"""Total, then 1.1, 1.2, 2.1, 2.2, 2.3, a, and what is beyond the ceiling of 250 of section 2.

1.200 of 1.000 leads: half of 300, and all of the rest; 1.100: 150 + 150 × 10 ÷ 20. Beyond 1.000 are
4 and 2 times 50: 100 + 80, 100 + 40. 180 + 40 = 220; 190 + 80 − 10 = 260, cut to 250. The means are
those of 280 and 270, of 290 and 285,5.
"""


class Office(NamedTuple):
    """Who takes part: a screen for the office, one for whoever else sits down, and everybody."""

    instance: Path
    desk: Person
    guest: Person
    seats: dict[str, Visitor]

    @property
    def secretary(self) -> Visitor:
        """The same person as sits at the desk, where nothing need be shown."""
        return self.seats[FIRST]

    def sit(self, name: str) -> Page:
        """Let somebody else sit down at the other screen."""
        self.guest.stand_up()
        return self.guest.sign_in(self.seats[name]).page


@pytest.fixture
def office(begun: Server, chromium: Browser) -> Iterator[Office]:
    """An empty instance, and two screens."""
    contexts = [chromium.new_context(locale="vi-VN", viewport=WIDE) for _ in range(2)]  # type: ignore[arg-type]
    for context in contexts:
        context.set_default_timeout(PATIENCE * 1000)
    desk, guest = (Person(context, begun.url) for context in contexts)
    yield Office(begun.instance, desk, guest, {})
    for context in contexts:
        context.close()


def test_an_office_runs_a_campaign_by_its_own_table_from_nothing_to_a_frozen_ranking(
    office: Office, tmp_path: Path
) -> None:
    _the_office_is_set_up(office)
    _the_campaign_is_planned(office)
    _the_table_comes_out_of_spreadsheets(office, tmp_path)
    _it_is_launched_and_the_units_enrol(office)
    _the_units_report(office, tmp_path)
    _the_reports_are_verified(office)
    _a_unit_explains_itself_and_is_verified_again(office)
    _the_council_marks(office)
    _the_ranking_stands(office)


def _the_office_is_set_up(office: Office) -> None:
    admin = office.desk
    office.seats[FIRST] = seat(admin.url, FIRST, first_link(office.instance))
    admin.sign_in(office.secretary)
    roles = ("Cán bộ đơn vị", "Thủ trưởng đơn vị")
    people = (
        ("Bùi Thị Minh", "minh.bui", "", "Giám đốc"),
        ("Lê Văn Cường", "cuong.le", "", "Cán bộ kiểm tra"),
        ("Hà Văn An", "an.ha", GENERAL, *roles),
        ("Lò Thị Ban", "ban.lo", SPECIAL, *roles),
    )
    set_up_unseen(office.secretary, UNITS, people)
    for name, link in links(office.secretary).items():
        office.seats[name] = seat(admin.url, name, link)
    assert len(office.seats) == 5


def _day(days: int) -> str:
    return f"{local_date(datetime.now(UTC)) + timedelta(days):%d/%m/%Y}"


def _the_campaign_is_planned(office: Office) -> None:
    desk, secretary = office.desk, office.secretary
    page = desk.go("/campaigns/new")
    page.get_by_label("Tên phong trào").fill("Phong trào thi đua ngành y tế")
    page.get_by_label("Từ ngày", exact=True).fill(_day(-60))
    page.get_by_label("Đến ngày", exact=True).fill(_day(30))
    page.get_by_label("Bộ quy định").select_option("RS-2026")
    page.get_by_label("Căn cứ pháp lý").fill("Luật Thi đua, khen thưởng ngày 15/6/2022.")
    page.get_by_label("Nội dung phát động").fill("Thi đua chăm sóc sức khoẻ nhân dân.")
    desk.press("Lưu")
    desk.go("/campaigns/1/plan/blocks/new")
    for name, button in (("Khối bệnh viện", "Lưu và thêm tiếp"), ("Khối phòng", "Lưu")):
        page.get_by_label("Tên khối").fill(name)
        desk.press(button)
    for name, first, last, closes, final in (
        ("Sơ kết", -60, -31, -21, {}),
        ("Tổng kết", -30, 30, 40, {"is_final": "y"}),
    ):
        secretary.go("/campaigns/1/plan/periods/new").press(
            "Lưu",
            name=name,
            starts_on=_day(first),
            ends_on=_day(last),
            due_on=_day(closes),
            locks_on=_day(closes),
            **final,
        )
    for user, function in (("Bùi Thị Minh", "chair"), ("Lê Văn Cường", "member")):
        secretary.go("/campaigns/1/council/new")
        (chosen,) = secretary.page.xpath("//option[normalize-space()=$name]/@value", name=user)
        secretary.press("Lưu", user_id=chosen, function=function)
    secretary.go("/campaigns/1/settings").press(
        "Lưu", scale="1000", minimum_marks="2", clarification_days="3"
    )


def _the_table_comes_out_of_spreadsheets(office: Office, folder: Path) -> None:
    desk = office.desk
    for kind, rows, told in (("indicators", INDICATORS, "thêm 1"), ("table", TABLE, "thêm 10")):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        file = folder / f"{kind}.xlsx"
        file.write_bytes(saved(book))
        page = desk.go(f"/campaigns/1/import/{kind}/")
        page.locator("input[type=file]").set_input_files(file)
        desk.press("Xem trước")
        expect(page.get_by_role("heading", name=f"{told}, sửa 0, giữ nguyên 0")).to_be_visible()
        desk.press("Ghi tất cả")


def _move(office: Office, step: str) -> None:
    """The next step of the campaign, where nothing is missing that must be there."""
    page = office.secretary.go("/campaigns/1/conduct/").page
    seen = {box.name: "1" for box in page.cssselect("main input[name=seen]")}
    office.secretary.press(step, **seen)


def _it_is_launched_and_the_units_enrol(office: Office) -> None:
    page = office.desk.go("/campaigns/1/conduct/")
    expect(page.locator("main")).to_contain_text("Chưa chọn hình thức khen thưởng của phong trào.")
    _move(office, "Phát động")
    office.sit("ban.lo")
    office.guest.follow(re.compile("Đăng ký tham gia phong trào"))
    office.guest.page.get_by_label("Giao ước thi đua").fill("Vượt kế hoạch khám bệnh.")
    office.guest.press("Đăng ký")
    office.seats["an.ha"].go("/campaigns/1/enrolment/").press(
        "Đăng ký", commitments="Vượt kế hoạch."
    )
    for _ in range(2):
        office.secretary.go("/campaigns/1/enrolment/").press("Xác nhận", block_id="1")
    _move(office, "Mở báo cáo")


def _count(unit: Visitor, report: str, criterion: int, *texts: str) -> None:
    for text in texts:
        unit.go(f"{report}/counts/{criterion}/new").press("Lưu", held_on=_day(-5), text=text)


def _the_units_report(office: Office, folder: Path) -> None:
    paper = folder / "Bảng kê.docx"
    paper.write_bytes(word_file("Bảng kê").getvalue())
    for name, value, own in (("an.ha", "1200", "180"), ("ban.lo", "1100", "200")):
        page, guest, unit = office.sit(name), office.guest, office.seats[name]
        guest.go("/campaigns/1/reports/")
        guest.press("Bắt đầu Tổng kết")
        report = page.url.removeprefix(guest.url)
        page.get_by_label("Số liệu của kỳ").fill(value)
        page.get_by_label("Loại số liệu").select_option("official")
        page.get_by_label("Nguồn số liệu").fill("Sổ khám bệnh")
        for field, points in zip(
            page.get_by_label("Điểm tự chấm").all(), (own, "290"), strict=True
        ):
            field.fill(points)
        expect(page.locator("[data-autosave-status]")).to_have_text(re.compile("^Đã lưu"))
        card = page.locator(
            "section.card", has=page.get_by_role("heading", name=re.compile(r"^2\.1\."))
        )
        card.locator("input[type=file]").set_input_files(paper)
        card.get_by_role("button", name="Gắn tệp").click()
        expect(card.locator(".files a").first).to_have_text("Bảng kê.docx")
        _count(unit, report, 4, "Sáng kiến một")
        if name == "ban.lo":
            _count(unit, report, 4, "Sáng kiến hai", "Sáng kiến của năm trước")
            _count(unit, report, 5, "Nộp chậm một báo cáo")
        guest.go(report)
        guest.press("Ký nộp")
        expect(page.locator(".flashes")).to_have_text("Đã ký nộp bản số 1, đúng hạn.")
    _move(office, "Mở thẩm định")


def _the_reports_are_verified(office: Office) -> None:
    desk, secretary = office.desk, office.secretary
    board = "/campaigns/1/verification"
    secretary.go(f"{board}/1/counts/4").press("Công nhận tất cả")
    secretary.go(f"{board}/1").press("Lưu", **{"v:1:value": "1200", "p:3:points": "180"})
    secretary.press("Hoàn thành thẩm định")
    page = desk.go(f"{board}/2/counts/4")
    struck = page.get_by_role("row", name=re.compile("Sáng kiến của năm trước"))
    struck.get_by_text("Không công nhận…").click()
    struck.get_by_label("Lý do").fill("Đã tính năm trước.")
    with page.expect_navigation():
        struck.get_by_role("button", name="Không công nhận").click()
    desk.go(f"{board}/2/counts/4")
    desk.press("Công nhận tất cả")
    secretary.go(f"{board}/2/counts/5").press("Công nhận tất cả")
    desk.go(f"{board}/2")
    for label, text in (
        ("Thẩm định Lượt khám bệnh", "1050"),
        ("Nhận xét Lượt khám bệnh", "Theo sổ khám bệnh."),
        ("Điểm thẩm định 2.1", "190"),
        ("Nhận xét 2.1", "Thiếu một đợt."),
    ):
        page.get_by_label(label, exact=True).fill(text)
    expect(page.locator("#left")).to_have_text("Đã đủ, có thể hoàn thành")
    desk.press("Hoàn thành thẩm định")
    expect(page.locator(".note--ok").first).to_contain_text("Thẩm định xong")


def _a_unit_explains_itself_and_is_verified_again(office: Office) -> None:
    desk = office.desk
    desk.go("/campaigns/1/clarification/")
    desk.press("Mở cho mọi đơn vị đã thẩm định")
    office.seats["an.ha"].go("/campaigns/1/clarification/1").press("Chấp nhận kết quả thẩm định")
    page = office.sit("ban.lo")
    office.guest.go("/campaigns/1/clarification/2")
    expect(page.locator("main")).to_contain_text("187,50/300,00 điểm · 1.050 lượt")
    page.get_by_label("Ý kiến giải trình").first.fill("Số đúng là 1.100, có sổ kèm theo.")
    with page.expect_navigation():
        page.get_by_role("button", name="Ghi ý kiến").first.click()
    office.guest.press("Gửi ý kiến giải trình")
    page = desk.go("/campaigns/1/clarification/2")
    page.get_by_label("Đồng ý với giải trình", exact=True).check()
    page.get_by_label("Số mới, nếu đồng ý").fill("1100")
    page.get_by_label("Trả lời đơn vị").fill("Đã đối chiếu sổ.")
    desk.press("Ghi thẩm định lần hai")
    desk.press("Hoàn thành thẩm định lần hai")
    expect(page.locator("main")).to_contain_text("225,00/300,00 điểm · 1.100 lượt")
    _move(office, "Mở chấm điểm")


def _the_council_marks(office: Office) -> None:
    page = office.sit("minh.bui")
    office.guest.go("/campaigns/1/scoring/1")
    cells = page.locator("input.cell")
    names = cells.evaluate_all("cells => cells.map((cell) => cell.name)")
    for cell, mark in zip(cells.all(), ("280", "290"), strict=True):
        cell.fill(mark)
    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile("^Đã lưu"))
    expect(page.locator("[data-cells-left]")).to_have_text("0")
    office.guest.press("Khoá phiếu chấm")
    expect(page.locator("main")).to_contain_text("Đã khoá phiếu chấm.")
    member = office.seats["cuong.le"].go("/campaigns/1/scoring/1")
    sheets = member.page.xpath("//tbody//th//a/@href")
    for sheet, cell, mark in zip(sheets, names, ("270", "285,5"), strict=True):
        member.go(f"/campaigns/1/scoring/{sheet}").press("Lưu điểm", **{cell: mark})
    member.go("/campaigns/1/scoring/1")
    assert "Đã khoá phiếu chấm." in member.press("Khoá phiếu chấm").words
    _move(office, "Đóng chấm điểm")


def _the_ranking_stands(office: Office) -> None:
    desk = office.desk
    page = desk.go("/campaigns/1/ranking/")
    table = page.get_by_role("region", name="Xếp hạng Khối bệnh viện").locator("tbody tr")
    shown = [row.locator("td").all_inner_texts() for row in table.all()]
    points = [[text.strip() for text in row if "," in text] for row in shown]
    assert points == list(EXPECTED.values())
    desk.press("Chốt xếp hạng")
    table = page.get_by_role("region", name="Xếp hạng Khối bệnh viện").locator("tbody tr")
    assert [row.split("\t")[:3] for row in table.all_inner_texts()] == [
        ["1", GENERAL, "975,00"],
        ["2", SPECIAL, "902,75"],
    ]
    desk.follow(GENERAL)
    assert page.locator("tfoot td").nth(3).inner_text() == EXPECTED[GENERAL][0]
    for name, points in EXPECTED.items():
        ranking = office.secretary.go("/campaigns/1/ranking/").page
        unit = ranking.xpath("//a[normalize-space()=$name]/@href", name=name)[0]
        sums = office.secretary.go(unit).page.cssselect("tfoot td")
        assert sums[3].text_content().strip() == points[0]
        document = pypdfium2.PdfDocument(_content(desk, f"{unit}/print"))
        told = " ".join(part.get_textpage().get_text_range() for part in document)
        assert all(part.removeprefix("-") in told for part in points), told
        rows = load_workbook(io.BytesIO(_content(desk, f"{unit}/excel")))["Tiêu chí"]
        lines = [row[8] for row in rows.iter_rows(min_row=2, values_only=True)]
        assert sum(Decimal(str(one)) for one in lines if one is not None) == _decimal(points[0])
    document = pypdfium2.PdfDocument(_content(desk, "/campaigns/1/ranking/blocks/1/print"))
    told = " ".join(part.get_textpage().get_text_range() for part in document)
    # Each in the table and on its bar; the sentence under the picture says the first once more.
    assert [told.count(points[0]) for points in EXPECTED.values()] == [3, 2]
    book = load_workbook(io.BytesIO(_content(desk, "/campaigns/1/ranking/excel")))
    rows = list(book["Khối bệnh viện"].iter_rows(min_row=2, max_col=3, values_only=True))
    assert rows == [(1, GENERAL, 975), (2, SPECIAL, 902.75)]


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _content(somebody: Person, path: str) -> bytes:
    """A file, as whoever is signed in at this screen gets it."""
    answer = somebody.context.request.get(somebody.url + path)
    assert answer.ok, (path, answer.status)
    return answer.body()
