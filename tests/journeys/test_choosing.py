"""Choosing several of a long list: a box that filters without tones, check boxes worked by
keyboard, on a narrow screen too.
"""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("width", [360, 1440])
def test_units_of_a_person_are_found_by_a_part_of_their_name_and_chosen_by_keyboard(person, width):
    admin = person("quan-tri", viewport={"width": width, "height": 900})
    page = admin.go("/account/users")
    page.get_by_role("link", name="Hà Thị Thanh Thủy").first.click()
    box = page.get_by_role("group", name="Cán bộ của đơn vị")
    items = box.get_by_role("checkbox")
    expect(items.first).to_be_visible()
    everything = items.count()
    filtering = box.get_by_role("searchbox", name="Lọc Cán bộ của đơn vị")
    filtering.press_sequentially("ha tang da bac")
    filtering.press("Enter")
    expect(items).to_have_count(1)
    expect(box.get_by_role("status")).to_have_text("thấy 1, đã chọn 0")
    admin.look()
    filtering.press("Tab")
    page.keyboard.press("Space")
    expect(box.get_by_role("status")).to_have_text("thấy 1, đã chọn 1")
    filtering.fill("khong co")
    expect(box.get_by_role("status")).to_have_text("không thấy mục nào, đã chọn 1")
    filtering.fill("")
    expect(items).to_have_count(everything)
    admin.press("Lưu")
    page.get_by_role("link", name="Hà Thị Thanh Thủy").first.click()
    expect(box.get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(box.locator(".choose__item").first).to_have_text(re.compile("Đà Bắc"))
    box.get_by_role("checkbox").first.uncheck()
    admin.press("Lưu")
