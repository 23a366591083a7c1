"""One campaign in the browser: report, return, verify, score as two members, read why each unit got
its points.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from campaign.demo.files import word_file
from tests.journeys.conftest import QUIET, Person, Screens, Server
from tests.journeys.visitor import Visitor
from tools import browser as browsers

Seat = Callable[..., Person]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A Word file to attach."""
    file = tmp_path / "Bảng theo dõi nhiệm vụ.docx"
    file.write_bytes(word_file("Bảng theo dõi nhiệm vụ", "Xong 12 việc trên 12 việc.").getvalue())
    return file


def _all_saved(page: Page) -> None:
    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile(r"^Đã lưu \d\d:\d\d$"))


def _fill(page: Page, name: str, text: str) -> None:
    page.locator(f"[name='{name}']").fill(text)


def _attach(page: Page, criterion: str, file: Path) -> None:
    card = page.locator(
        "section.card", has=page.get_by_role("heading", name=re.compile(rf"^{criterion}\."))
    )
    card.locator("input[type=file]").set_input_files(file)
    card.get_by_role("button", name="Gắn tệp").click()
    expect(card.locator(".uploads [role=status]")).to_have_text("đã gắn")
    expect(card.locator(".files a").first).to_have_text("Bảng theo dõi nhiệm vụ.docx")


def test_a_campaign_from_a_report_to_a_ranking_that_explains_every_point(
    person: Seat, server: Server, paper: Path
) -> None:
    officer, head, secretary = person("canbo.db"), person("truong.db"), person("thuong-truc")
    _the_officer_writes_and_the_head_signs(officer, head, paper)
    _the_secretariat_returns(secretary)
    _the_unit_mends(officer, head)
    _the_secretariat_verifies(secretary)
    _two_members_score(person, server.visitor("pho-giam-doc"))
    _the_ranking_explains_itself(secretary, server.visitor("thuong-truc"))
    _citizens_read_the_result(secretary, person)


def _the_officer_writes_and_the_head_signs(officer: Person, head: Person, paper: Path) -> None:
    page = officer.follow(re.compile("Viết tiếp báo cáo: Cuối phong trào"))
    for area in page.locator("textarea[name^='n:']").all():
        area.fill(area.input_value() or "Đã làm xong, có kết quả đo được.")
    base = page.locator(
        "section.card", has=page.get_by_role("heading", name=re.compile(r"^[B-E]\d\."))
    )
    for cell in base.get_by_label("Điểm tự chấm").all():
        if not cell.input_value():
            cell.fill("3,5")
    _all_saved(page)
    _attach(page, "C1", paper)
    _attach(page, "D2", paper)
    officer.look()
    officer.press("Trình ký")
    expect(page.locator("main")).to_contain_text("chờ thủ trưởng ký")

    page = head.follow(re.compile("Ký nộp: Cuối phong trào"))
    head.press("Ký nộp")
    expect(page.locator(".flashes")).to_have_text("Đã ký nộp bản số 1, đúng hạn.")


@pytest.fixture
def reader(server: Server, driver: Playwright) -> Iterator[Person]:
    """Somebody whose browser shows files: a headless shell has no viewer of PDF."""
    browser = driver.chromium.launch(executable_path=browsers.whole(), args=QUIET)
    yield Screens(browser).taken(server, "thuong-truc")
    browser.close()


def test_a_pdf_opens_beside_what_it_proves_and_goes_away_again(reader: Person) -> None:
    secretary = reader
    board = secretary.go("/campaigns/1/verification/")
    for address in board.locator("td a").evaluate_all(
        "links => links.map((link) => link.pathname)"
    ):
        page = secretary.go(address)
        if page.locator("a[data-beside]").count():
            break
    link = page.get_by_role("link", name="Xem Kết quả cải cách hành chính.pdf")
    link.click()
    beside = page.get_by_role("complementary", name="Minh chứng: Kết quả cải cách hành chính.pdf")
    expect(beside.locator("iframe")).to_have_attribute("src", re.compile(r"/evidence/\d+/view#"))
    frame = beside.locator("iframe").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_load_state()
    assert frame.evaluate("document.contentType") == "application/pdf"
    secretary.look()
    page.keyboard.press("Escape")
    expect(beside).to_have_count(0)
    expect(link).to_be_focused()
    secretary.context.set_offline(True)
    link.click()
    expect(beside.get_by_role("alert")).to_have_text(
        "Chưa mở được tệp vì mất kết nối. Hãy bấm “Xem” lại sau giây lát."
    )
    secretary.context.set_offline(False)
    secretary.context.clear_cookies()
    link.click()
    page.wait_for_url(re.compile(r"/account/sign-in\?next=/campaigns/1/reports/evidence/\d+/view$"))


def _open_submitted(secretary: Person, unit: str) -> None:
    """The submitted report of `unit`, by way of the board."""
    page = secretary.go("/campaigns/1/verification/?state=submitted")
    row = page.get_by_role("row", name=re.compile(unit))
    row.get_by_role("link").last.click()
    page.wait_for_load_state()
    secretary.look()


def _the_secretariat_returns(secretary: Person) -> None:
    _open_submitted(secretary, "Đà Bắc")
    page = secretary.page
    page.get_by_text("Trả lại…").click()
    page.get_by_role("textbox", name="Hạn mới", exact=True).fill("02/05/2021")
    page.get_by_label("Lý do trả lại").fill("Số hộ dùng điện chưa khớp với ngành điện.")
    secretary.press("Trả lại")
    expect(page.locator("main")).to_contain_text("bị trả lại")


def _the_unit_mends(officer: Person, head: Person) -> None:
    officer.go("/home/")
    page = officer.follow(re.compile("Sửa báo cáo bị trả lại: Cuối phong trào"))
    expect(page.locator("main .note--warn")).to_contain_text(
        "Số hộ dùng điện chưa khớp với ngành điện. Hạn mới: 02/05/2021."
    )
    page.get_by_label("Số liệu của kỳ").last.fill("98,95")
    _all_saved(page)
    officer.press("Trình ký")
    head.go("/home/")
    head.follow(re.compile("Ký nộp: Cuối phong trào"))
    head.press("Ký nộp")
    expect(head.page.locator(".flashes")).to_have_text("Đã ký nộp bản số 2, đúng hạn.")
    head.follow("Lịch sử")
    head.follow(re.compile("So sánh"))
    expect(head.page.locator("main")).to_contain_text("98,95")


def _the_secretariat_verifies(secretary: Person) -> None:
    _open_submitted(secretary, "Đà Bắc")
    page = secretary.page
    secretary.follow("Nhận số đơn vị báo ở chỗ còn trống…")
    for box in page.locator('input[name="field"][value^="v:"]').all():
        box.check()
    secretary.press("Nhận các chỗ đã chọn")
    expect(page.get_by_label("Thẩm định Tỷ lệ hộ dân sử dụng điện lưới quốc gia")).to_have_value(
        "98,95"
    )
    expect(page.get_by_role("heading", name="Còn thiếu")).to_have_count(1)
    for code, points in (("E1", "2"), ("E2", "4")):
        page.get_by_label(f"Điểm thẩm định {code}", exact=True).fill(points)
        page.get_by_label(f"Nhận xét {code}", exact=True).fill("Tháng 3 không báo cáo.")
    _all_saved(page)
    expect(page.locator("#left")).to_have_text("Đã đủ, có thể hoàn thành")
    expect(page.get_by_role("heading", name="Còn thiếu")).to_have_count(0)
    secretary.press("Hoàn thành thẩm định")
    expect(page.locator(".note--ok").first).to_contain_text("Thẩm định xong")


def _score_block(member: Person, points: str) -> None:
    """Fill what is still empty by keyboard, abstain from the last cell, and lock the sheet of the
    first block.
    """
    page = member.go("/campaigns/1/scoring/")
    page.get_by_role("link", name=re.compile("Khối các phòng")).first.click()
    page.wait_for_load_state()
    member.look()
    empty = page.locator("input.cell").evaluate_all(
        "cells => cells.filter(cell => !cell.value).map(cell => cell.name)"
    )
    assert len(empty) == 7
    for cell in empty[:-1]:
        page.locator(f"[name='{cell}']").focus()
        page.keyboard.type(points)
        page.keyboard.press("ArrowRight")
    _all_saved(page)
    page.locator(f"[name='{empty[-1]}']").focus()
    page.get_by_text("Không chấm tiêu chí này…").click()
    page.get_by_label("Lý do không chấm").first.fill("Chưa đủ căn cứ để so sánh")
    member.look()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(r"^Không chấm [A-E]\d")).click()
    expect(page.get_by_title("Chưa đủ căn cứ để so sánh")).to_have_text("không chấm")
    expect(page.locator("[data-cells-left]")).to_have_text("0")
    member.press("Khoá phiếu chấm")
    expect(page.locator("main")).to_contain_text("Đã khoá phiếu chấm.")


def _score_block_unseen(member: Visitor, points: str) -> None:
    """The same on the sheets of the units, as a browser without scripts sends them."""
    page = member.go("/campaigns/1/scoring/1").page
    units = page.xpath("//tbody//th[@scope='row']/a/@href")
    assert len(units) == 8
    for unit in units:
        sheet = member.go(f"/campaigns/1/scoring/{unit}").page
        marks = sheet.xpath("//input[starts-with(@name, 'm:') and not(@value != '')]/@name")
        if marks:
            member.press("Lưu điểm", **dict.fromkeys(marks, points))
    member.go("/campaigns/1/scoring/1").press("Khoá phiếu chấm")
    assert "Đã khoá phiếu chấm." in member.words


def _two_members_score(person: Seat, deputy: Visitor) -> None:
    _score_block_unseen(deputy, "4,5")

    recused = person("truong.qltm")
    _score_block(recused, "4")
    rows = recused.page.get_by_role("rowheader").all_inner_texts()
    assert len(rows) == 7
    assert "QL thương mại" not in rows
    expect(recused.page.locator("main")).to_contain_text(
        "Không chấm: QL thương mại (đơn vị của mình)"
    )


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))


def _the_ranking_explains_itself(secretary: Person, unseen: Visitor) -> None:
    page = secretary.go("/campaigns/1/conduct/")
    page.get_by_label("Tôi đã xem các cảnh báo").check()
    secretary.press("Đóng chấm điểm")
    secretary.go("/campaigns/1/ranking/")
    table = page.get_by_role("region", name="Xếp hạng Khối các phòng, đơn vị thuộc Sở")
    ranked = [row for row in table.locator("tbody tr").all() if row.locator("a").count()]
    assert len(ranked) == 7  # her own unit's result is sealed until publication
    seen = [
        (
            row.locator("a").inner_text(),
            row.locator("a").evaluate("link => link.pathname"),
            row.locator("td").nth(1).inner_text(),
            row.locator(".rank").inner_text(),
        )
        for row in ranked
    ]
    assert [_number(total) for _, _, total, _ in seen] == sorted(
        (_number(total) for _, _, total, _ in seen), reverse=True
    )
    assert "Văn phòng" not in [name for name, *_ in seen]
    places = [int(place) for *_, place in seen]
    assert (places, max(places) >= len(seen)) == (sorted(places), True)
    name, address, total, _ = seen[0]
    secretary.go(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Vì sao {name} được {total} điểm")
    for name, address, total, _ in seen:
        sums = unseen.go(address).page
        (heading,) = sums.cssselect("h1")
        assert " ".join(heading.text_content().split()) == f"Vì sao {name} được {total} điểm"
        groups = sums.xpath("//tr[th[starts-with(normalize-space(), 'Nhóm ')]]/*[5]")
        assert sum(_number(group.text_content().strip()) for group in groups) == _number(total)
        assert sums.cssselect("tfoot td")[3].text_content().strip() == total


def _citizens_read_the_result(secretary: Person, person: Seat) -> None:
    secretary.go("/campaigns/1/ranking/")
    secretary.press("Chốt xếp hạng")
    secretary.go("/campaigns/1/conduct/")
    secretary.page.get_by_label("Tôi đã xem các cảnh báo").check()
    secretary.press("Chuyển sang quyết định")
    secretary.page.get_by_label("Tôi đã xem các cảnh báo").check()
    secretary.press("Công bố kết quả")
    citizen = person(viewport={"width": 360, "height": 780})
    citizen.go("/")
    citizen.follow(re.compile("Phong trào thi đua đặc biệt"))
    page = citizen.follow("Kết quả")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kết quả")
    assert "thuong-truc" not in page.content()

    officer = person("canbo.vp")
    page = officer.follow("Vì sao Văn phòng được điểm này")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"^Vì sao Văn phòng được \d+,\d\d điểm$")
    )
    officer.go("/campaigns/1/ranking/")
    expect(
        page.get_by_role("region", name=re.compile("Khối các phòng"))
        .locator("tbody")
        .get_by_role("link")
    ).to_have_text(["Văn phòng Sở"])
