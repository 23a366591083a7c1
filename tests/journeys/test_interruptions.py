"""What was typed survives: a lost connection, a restarted server, an ended session, a second
window, a double click.
"""

import re
import time
from collections.abc import Callable

import psutil
from playwright.sync_api import Locator, Page, expect

from campaign.core.numbers import format_points, parse_decimal
from tests.journeys.conftest import PATIENCE, Person, Server

Seat = Callable[..., Person]
WORKERS = 2
SAVED = re.compile(r"^Đã lưu \d\d:\d\d$")


def _report(somebody: Person) -> Page:
    return somebody.follow(re.compile("Viết tiếp báo cáo: Cuối phong trào"))


def _note(page: Page, place: int) -> str:
    """The name of the note field of an indicator."""
    return page.locator("input[data-field][name$=':note']").nth(place).get_attribute("name") or ""


def _status(page: Page) -> Locator:
    return page.locator("[data-autosave-status]")


def _less(total: str, mark: str) -> str:
    """What a row adds up to without this mark."""
    return format_points(parse_decimal(total) - parse_decimal(mark), 2)


def test_what_was_typed_without_a_connection_is_sent_when_it_returns(person: Seat) -> None:
    officer = person("canbo.db")
    page = _report(officer)
    name = _note(page, 0)
    officer.context.set_offline(True)
    page.locator(f"[name='{name}']").fill("Gõ khi mất mạng")
    page.keyboard.press("Tab")
    expect(page.locator("[data-autosave-status]")).not_to_have_text(SAVED)
    officer.context.set_offline(False)
    expect(page.locator("[data-autosave-status]")).to_have_text(SAVED)
    page.reload()
    expect(page.locator(f"[name='{name}']")).to_have_value("Gõ khi mất mạng")


def test_what_was_typed_while_the_server_was_down_survives_even_a_closed_page(
    person: Seat, server: Server
) -> None:
    officer = person("canbo.db")
    page = _report(officer)
    address, name = page.url, _note(page, 1)
    server.stop()
    try:
        page.locator(f"[name='{name}']").fill("Gõ khi máy chủ dừng")
        page.keyboard.press("Tab")
        expect(page.locator("[data-autosave-status]")).to_have_text(re.compile("giữ trên máy này"))
        page.close(run_before_unload=False)
    finally:
        server.start()
    officer.page = officer.context.new_page()
    officer.page.goto(address)
    expect(officer.page.locator(f"[name='{name}']")).to_have_value("Gõ khi máy chủ dừng")
    expect(officer.page.locator("[data-autosave-status]")).to_have_text(SAVED)
    again = person("canbo.db")
    page = _report(again)
    expect(page.locator(f"[name='{name}']")).to_have_value("Gõ khi máy chủ dừng")


def test_an_ended_session_keeps_the_text_until_one_signed_in_again(person: Seat) -> None:
    officer = person("canbo.db")
    page = _report(officer)
    name = _note(page, 2)
    officer.context.clear_cookies()
    page.locator(f"[name='{name}']").fill("Gõ khi phiên đã hết")
    page.keyboard.press("Tab")
    expect(page.locator("[data-autosave-status]")).to_contain_text(
        "Phiên đã hết hạn – chữ đã gõ vẫn còn."
    )
    with officer.context.expect_page() as opened:
        page.locator("[data-autosave-status] a").click()
    other = opened.value
    other.get_by_label("Tên đăng nhập").fill("canbo.db")
    other.get_by_label("Mật khẩu", exact=True).fill("dien-tap-2021")
    other.get_by_role("button", name="Đăng nhập").click()
    other.wait_for_url(re.compile("/home"))
    other.close()
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-autosave-status]")).to_have_text(SAVED)
    page.reload()
    expect(page.locator(f"[name='{name}']")).to_have_value("Gõ khi phiên đã hết")


def test_of_two_writers_the_second_sees_who_changed_what_and_keeps_both_texts(person: Seat) -> None:
    officer, head = person("canbo.db"), person("truong.db")
    mine, theirs = _report(officer), _report(head)
    name = mine.locator("textarea[name^='n:']").last.get_attribute("name")
    theirs.locator(f"[name='{name}']").fill("Bản của thủ trưởng")
    expect(theirs.locator("[data-autosave-status]")).to_have_text(SAVED)
    mine.locator(f"[name='{name}']").fill("Bản của cán bộ")
    conflict = mine.locator(".conflict")
    expect(conflict).to_contain_text("Xa Thị Hoài")
    expect(conflict).to_contain_text("Bản của thủ trưởng")
    expect(mine.locator(f"[name='{name}']")).to_have_value("Bản của cán bộ")


def test_what_is_not_a_number_is_refused_at_the_field_and_stays(person: Seat) -> None:
    page = _report(person("canbo.db"))
    value = page.get_by_label("Số liệu của kỳ").first
    value.fill("1,234.5")
    page.keyboard.press("Tab")
    expect(value).to_have_attribute("aria-invalid", "true")
    expect(value).to_have_value("1,234.5")
    described = page.locator(f"#{value.get_attribute('aria-describedby')}")
    expect(described).to_be_visible()
    page.reload()
    expect(value).to_have_value("1,234.5")
    assert (
        person("truong.db")
        .follow(re.compile("Viết tiếp báo cáo: Cuối"))
        .get_by_label("Số liệu của kỳ")
        .first.input_value()
        == "104,9"
    )


def test_a_mark_out_of_range_is_refused_at_its_cell(person: Seat) -> None:
    member = person("pho-giam-doc")
    member.go("/campaigns/1/scoring/")
    member.page.get_by_role("link", name=re.compile("Khối các phòng")).first.click()
    cell = member.page.locator("input.cell").last
    cell.fill("99")
    member.page.keyboard.press("Enter")
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(member.page.locator(".cell-error").first).to_have_text("Điểm phải từ 0 đến 5.")
    member.page.get_by_role("button", name="Khoá phiếu chấm").click()
    expect(_status(member.page)).to_have_text("Có ô chưa lưu được")
    expect(cell).to_be_focused()
    expect(cell).to_have_value("99")


def test_a_refused_cell_is_told_until_it_is_mended_whatever_else_is_saved(person: Seat) -> None:
    page = person("pho-giam-doc").go("/campaigns/1/scoring/1")
    first, second = page.locator("input.cell").nth(0), page.locator("input.cell").nth(1)
    given, other = first.input_value(), second.input_value()
    total, done = page.locator("[data-total]").first, page.locator("[data-cells-done]").first
    with_it, counted = total.inner_text(), int(done.inner_text())
    first.fill("11")
    page.keyboard.press("Tab")
    expect(_status(page)).to_have_text("Có ô chưa lưu được")
    expect(total).to_have_text(_less(with_it, given))
    expect(done).to_have_text(str(counted - 1))
    second.fill("5" if other != "5" else "6")
    page.keyboard.press("Tab")
    expect(second).to_have_class(re.compile("cell--saved"))
    page.wait_for_timeout(1_500)
    expect(_status(page)).to_have_text("Có ô chưa lưu được")
    first.fill(given)
    page.keyboard.press("Tab")
    expect(_status(page)).to_have_text(SAVED)
    expect(first).not_to_have_attribute("aria-invalid", "true")
    expect(done).to_have_text(str(counted))


def test_the_total_follows_the_mark_taken_over_from_another_window(person: Seat) -> None:
    member = person("pho-giam-doc")
    page = member.go("/campaigns/1/scoring/1")
    other = member.context.new_page()
    other.goto(page.url)
    for window, mark in ((other, "5"), (page, "6")):
        window.locator("input.cell").first.fill(mark)
        window.keyboard.press("Tab")
        expect(_status(window)).to_have_text(
            SAVED if mark == "5" else "Có ô vừa được sửa ở nơi khác"
        )
    page.get_by_role("button", name="Lấy bản kia").click()
    expect(page.locator("input.cell").first).to_have_value("5")
    expect(page.locator("[data-total]").first).to_have_text(
        other.locator("[data-total]").first.inner_text()
    )


def test_pressing_twice_signs_once(person: Seat) -> None:
    head = person("truong.yt")
    page = head.follow(re.compile("Ký nộp: Cuối phong trào"))
    page.get_by_role("button", name="Ký nộp").dblclick()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Bản số 1")
    head.follow("Lịch sử")
    expect(head.page.locator("main")).not_to_contain_text("Bản số 2")


def test_a_form_sent_after_the_session_ended_is_kept_and_sent_again(person: Seat) -> None:
    secretary = person("thuong-truc")
    page = secretary.go("/campaigns/1/posts/new")
    page.get_by_label("Tiêu đề").fill("Tin viết dở")
    page.get_by_label("Nội dung").fill("Nội dung viết lâu.")
    secretary.context.clear_cookies()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiên làm việc đã hết hạn")
    with secretary.context.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập ở thẻ mới").click()
    other = opened.value
    other.get_by_label("Tên đăng nhập").fill("thuong-truc")
    other.get_by_label("Mật khẩu", exact=True).fill("dien-tap-2021")
    other.get_by_role("button", name="Đăng nhập").click()
    other.wait_for_url(re.compile("/home"))
    other.close()
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.locator(".flashes")).to_have_text("Đã lưu bài.")
    expect(page.locator("main")).to_contain_text("Tin viết dở")


def test_a_refused_return_says_why_and_gives_back_what_was_typed(person: Seat) -> None:
    secretary = person("thuong-truc")
    page = secretary.go("/campaigns/1/verification/?state=submitted")
    page.get_by_role("row", name=re.compile("Lạc Sơn")).get_by_role("link").last.click()
    page.get_by_text("Trả lại…").click()
    page.get_by_role("textbox", name="Hạn mới", exact=True).fill("01/01/2021")
    page.get_by_label("Lý do trả lại").fill("Một lý do viết rất lâu.")
    secretary.press("Trả lại")
    expect(page.locator(".flashes")).to_have_text("Hạn mới phải từ hôm nay trở đi.")
    expect(page.get_by_label("Lý do trả lại")).to_be_visible()
    expect(page.get_by_label("Lý do trả lại")).to_have_value("Một lý do viết rất lâu.")
    expect(page.locator(".reason[open] .field__error")).to_have_text(
        "Hạn mới phải từ hôm nay trở đi."
    )
    expect(page.locator(".reason[open] .field__error")).to_be_in_viewport()


def test_a_button_pressed_right_after_typing_waits_for_what_was_typed(person: Seat) -> None:
    member = person("truong.qltm")
    page = member.go("/campaigns/1/scoring/1")
    empty = page.locator("input.cell").evaluate_all(
        "cells => cells.filter(cell => !cell.value).map(cell => cell.name)"
    )
    for cell in empty:
        page.locator(f"[name='{cell}']").fill("4")
    member.press("Khoá phiếu chấm")
    expect(page.locator(".flashes")).to_have_text("Đã khoá phiếu chấm.")


def test_what_was_typed_while_half_of_it_was_refused_is_sent(person: Seat) -> None:
    member = person("truong.qlnl")
    page = member.go("/campaigns/1/scoring/")
    page.get_by_role("link", name=re.compile("Khối Phòng Kinh tế")).first.click()
    cell = page.locator("input.cell").first
    name, address = cell.get_attribute("name"), page.url
    page.route("**/fields", lambda route: (time.sleep(0.5), route.continue_()))
    with page.expect_request("**/fields"):
        cell.fill("3,")
    cell.fill("3,5")
    expect(page.locator("[data-autosave-status]")).to_have_text(SAVED)
    page.unroute("**/fields")
    page.goto(address)
    expect(page.locator(f"[name='{name}']")).to_have_value("3,5")


def test_a_value_ten_times_the_last_asks_for_its_reason_at_once(person: Seat) -> None:
    page = person("canbo.mc").follow(re.compile("Sửa báo cáo bị trả lại"))
    field = page.locator("input[data-field][name$=':value']").nth(1)
    was, warnings = (
        field.input_value(),
        page.locator(f"#warnings-{(field.get_attribute('name') or '').split(':')[1]}"),
    )
    field.fill("9.999.999")
    page.keyboard.press("Tab")
    expect(warnings.locator("p")).to_have_text(re.compile("khác kỳ trước .* từ mười lần trở lên"))
    expect(page.locator("#left")).to_have_text("Còn 1 chỗ phải xử lý trước khi nộp")
    reason = warnings.get_by_label("Giải trình cảnh báo này")
    reason.press_sequentially("Kỳ trước báo nhầm đơn vị đo", delay=40)
    expect(reason).to_be_focused()
    expect(page.locator("#left")).to_have_text("Đã đủ, có thể trình ký")
    field.fill(was)
    page.keyboard.press("Tab")
    expect(warnings.locator("p")).to_have_count(0)


def test_a_worker_that_dies_is_replaced_and_nobody_notices(person: Seat, server: Server) -> None:
    officer = person("canbo.db")
    assert server.process is not None
    (main,) = psutil.Process(server.process.pid).children()
    killed = _workers(main)[0]
    killed.kill()
    for _ in range(5):
        officer.go("/home/")
    until = time.monotonic() + PATIENCE
    while len(_workers(main)) != WORKERS and time.monotonic() < until:
        time.sleep(0.1)
    assert len(_workers(main)) == WORKERS
    assert killed.pid not in [worker.pid for worker in _workers(main)]


def _workers(main: psutil.Process) -> list[psutil.Process]:
    return [child for child in main.children() if child.status() != psutil.STATUS_ZOMBIE]
