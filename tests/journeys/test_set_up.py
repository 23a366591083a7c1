"""From nothing to a draft of one's own: the first start without the demo, step by step."""

import re

import pytest

from tests.journeys.conftest import PATIENCE, Person, Server

UNITS = """1. Văn phòng Sở; VP; Văn phòng
2. Phòng Nghiệp vụ y
3. Phòng Nghiệp vụ y"""
PASSWORD = "mot-mat-khau-rieng"  # noqa: S105 - of this test alone


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The product as `DEMO=no make run` serves it the first time."""
    running = Server(tmp_path_factory.mktemp("empty"), has_demo=False)
    running.start()
    yield running
    running.stop()


def _set_password(somebody, address):
    page = somebody.page
    page.goto(address)
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    page.locator("main").get_by_role("button").click()
    page.wait_for_url(re.compile("/sign-in"))


def _sign_in(somebody, name):
    page = somebody.page
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile("/home"))
    somebody.look()


WIDTHS = (360, 768, 1440)


def _look_at_every_width(somebody):
    """The page stands on a telephone, a tablet and a screen."""
    for width in WIDTHS:
        somebody.page.set_viewport_size({"width": width, "height": 900})
        somebody.look()


def _add_person(admin, name, user_name, unit, *roles):
    page = admin.page
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Tên đăng nhập").fill(user_name)
    page.get_by_label("Đơn vị công tác").select_option(label=unit)
    for role in roles:
        page.get_by_role("checkbox", name=role).check()
    admin.press("Lưu và thêm tiếp")


def _open_step(admin, name):
    with admin.page.expect_navigation():
        admin.page.locator(".todo a", has_text=name).first.click()
    admin.look()
    return admin.page


def _set_up_the_office(admin):
    page = _open_step(admin, "Cơ quan")
    _look_at_every_width(admin)
    page.get_by_label("Tên cơ quan").fill("Sở Y tế tỉnh Hòa Bình")
    page.get_by_label("Mã, cũng là").fill("SYT")
    page.get_by_label("Cơ quan chủ quản").fill("UBND tỉnh Hòa Bình")
    page.get_by_label("Địa danh").fill("Hòa Bình")
    page.get_by_label("Họ và tên người đứng đầu").fill("Bùi Thị Minh")
    admin.press("Lưu")


def _paste_the_units(admin):
    page = _open_step(admin, "Đơn vị")
    _look_at_every_width(admin)
    page.get_by_label("Danh sách, mỗi dòng một đơn vị").fill(UNITS)
    admin.press("Xem trước")
    assert "Dòng 3 (Phòng Nghiệp vụ y): trùng tên với dòng 2." in page.inner_text("main")
    _look_at_every_width(admin)
    page.get_by_label("Danh sách, mỗi dòng một đơn vị").fill(
        UNITS.replace("3. Phòng Nghiệp vụ y", "")
    )
    admin.press("Xem trước")
    _look_at_every_width(admin)
    admin.press("Ghi 2 đơn vị")


def test_an_office_begins_with_nothing_and_ends_with_a_draft_of_its_own(empty, chromium):
    contexts = [chromium.new_context(locale="vi-VN") for _ in range(2)]
    for context in contexts:
        context.set_default_timeout(PATIENCE * 1000)
    admin, head = (Person(context, empty.url) for context in contexts)
    log = (empty.instance / "server.log").read_text(encoding="utf-8")
    _set_password(admin, re.search(r"http://\S+/account/link/\S+", log)[0])
    _sign_in(admin, "quantri")
    _look_at_every_width(admin)
    admin.follow("Xem tất cả các bước thiết lập")
    _look_at_every_width(admin)
    _set_up_the_office(admin)
    _paste_the_units(admin)
    admin.follow("Xong")
    _open_step(admin, "Người dùng")
    _look_at_every_width(admin)
    _add_person(admin, "Bùi Thị Minh", "minh.bui", "Sở Y tế tỉnh Hòa Bình", "Giám đốc")
    _add_person(admin, "Hà Văn An", "an.ha", "Văn phòng Sở", "Thủ trưởng đơn vị")
    _add_person(admin, "Lò Thị Ban", "ban.lo", "Phòng Nghiệp vụ y", "Thủ trưởng đơn vị")
    page = admin.follow("In liên kết một lần")
    _look_at_every_width(admin)
    admin.press("Cấp liên kết để in")
    _look_at_every_width(admin)
    slip = page.locator(".slip", has_text="Hà Văn An").locator(".slip__link").inner_text()
    _set_password(head, slip)
    _sign_in(head, "an.ha")
    admin.go("/home/")
    assert "Thiết lập ban đầu" in page.inner_text("main")
    _open_step(admin, "Phong trào đầu tiên")
    page.get_by_label("Tên phong trào").fill("Phong trào thi đua nước rút cuối năm")
    assert (
        page.get_by_label("Đơn vị phát động").evaluate("select => select.selectedOptions[0].text")
        == "Sở Y tế tỉnh Hòa Bình"
    )
    page.get_by_label("Từ ngày", exact=True).fill("01/10/2026")
    page.get_by_label("Đến ngày", exact=True).fill("31/12/2026")
    admin.press("Lưu")
    assert "Phong trào thi đua nước rút cuối năm" in page.inner_text("h1")
    admin.go("/home/")
    _look_at_every_width(admin)
    assert "Thiết lập ban đầu" not in page.inner_text("main")
    assert "Chuẩn bị phát động" in page.inner_text("main")
    for context in contexts:
        context.close()
