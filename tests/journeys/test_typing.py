"""What is typed: a day by hand or on the calendar, and a number that is refused beside the share of
another.
"""

import re

from playwright.sync_api import expect


def test_a_day_is_typed_or_chosen_on_the_calendar(person):
    admin = person("quan-tri")
    page = admin.go("/units/1/edit")
    field = page.get_by_label("Có hiệu lực từ ngày", exact=True)
    calendar = page.locator(".day", has=field).locator(".day__picker")
    field.fill("1.12.2020")
    field.press("Tab")
    button = page.locator(".day", has=field).get_by_role("button", name="Mở lịch")
    expect(button).to_be_focused()
    expect(button).to_have_accessible_description("Có hiệu lực từ ngày")
    page.keyboard.press("Enter")
    expect(calendar).to_have_value("2020-12-01")
    page.keyboard.press("Escape")
    calendar.fill("2020-12-05")
    expect(field).to_have_value("05/12/2020")
    admin.look()


def test_the_share_of_the_saved_value_does_not_stand_beside_a_refused_one(person):
    page = person("canbo.mc").follow(re.compile("Sửa báo cáo bị trả lại"))
    field = page.locator("input[data-field][name$=':value']").first
    was, number = field.input_value(), (field.get_attribute("name") or "").split(":")[1]
    progress = page.locator(f"#progress-{number}")
    expect(progress).to_be_visible()
    field.fill("8%")
    page.keyboard.press("Tab")
    expect(page.locator(".cell-error")).to_have_text("“8%”: hãy bỏ dấu %, chỉ nhập 8.")
    expect(progress).to_be_hidden()
    field.fill(was)
    page.keyboard.press("Tab")
    expect(progress).to_be_visible()
