"""From nothing to a draft of one's own: the first start without the demo, step by step."""

from tests.journeys.conftest import PATIENCE, Person
from tests.journeys.setting_up import (
    FIRST,
    add_person,
    first_link,
    open_step,
    set_password,
    set_up_the_office,
    sign_in,
)

UNITS = """1. Văn phòng Sở; VP; Văn phòng
2. Phòng Nghiệp vụ y
3. Phòng Nghiệp vụ y"""
WIDTHS = (360, 768, 1440)


def _look_at_every_width(somebody):
    """The page stands on a telephone, a tablet and a screen."""
    for width in WIDTHS:
        somebody.page.set_viewport_size({"width": width, "height": 900})
        somebody.look()


def _paste_the_units(admin):
    page = open_step(admin, "Đơn vị")
    _look_at_every_width(admin)
    page.get_by_label("Danh sách, mỗi dòng một đơn vị").fill(UNITS)
    page.get_by_label("Loại đơn vị của cả danh sách").select_option("office")
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
    set_password(admin, first_link(empty.instance))
    sign_in(admin, FIRST)
    _look_at_every_width(admin)
    admin.follow("Xem tất cả các bước thiết lập")
    _look_at_every_width(admin)
    open_step(admin, "Cơ quan")
    _look_at_every_width(admin)
    set_up_the_office(admin)
    _paste_the_units(admin)
    admin.follow("Xong")
    open_step(admin, "Người dùng")
    _look_at_every_width(admin)
    add_person(admin, "Bùi Thị Minh", "minh.bui", "Sở Y tế tỉnh Hòa Bình", "Giám đốc")
    add_person(admin, "Hà Văn An", "an.ha", "Văn phòng Sở", "Thủ trưởng đơn vị")
    add_person(admin, "Lò Thị Ban", "ban.lo", "Phòng Nghiệp vụ y", "Thủ trưởng đơn vị")
    page = admin.follow("In liên kết một lần")
    _look_at_every_width(admin)
    admin.press("Cấp liên kết để in")
    _look_at_every_width(admin)
    slip = page.locator(".slip", has_text="Hà Văn An").locator(".slip__link").inner_text()
    set_password(head, slip.removeprefix(empty.url))
    sign_in(head, "an.ha")
    admin.go("/home/")
    assert "Thiết lập ban đầu" in page.inner_text("main")
    open_step(admin, "Phong trào đầu tiên")
    page.get_by_label("Tên phong trào").fill("Phong trào thi đua nước rút cuối năm")
    assert (
        page.get_by_label("Đơn vị phát động").evaluate("select => select.selectedOptions[0].text")
        == "Sở Y tế tỉnh Hòa Bình"
    )
    page.get_by_label("Từ ngày", exact=True).fill("01/10/2026")
    page.get_by_label("Đến ngày", exact=True).fill("31/12/2026")
    admin.press("Lưu")
    assert page.inner_text("h1") == "Các bước lập kế hoạch"
    admin.go("/home/")
    _look_at_every_width(admin)
    assert "Thiết lập ban đầu" not in page.inner_text("main")
    assert "Chuẩn bị phát động" in page.inner_text("main")
    for context in contexts:
        context.close()
