"""The pages of a plan: what the launch froze can be read and left, what may be done with a row
stands on one line.
"""

import re

from playwright.sync_api import expect

TWO_LINES = 50
"""As high as two small buttons one above the other, at the least."""


def test_from_what_the_launch_froze_one_finds_back_and_a_trial_still_answers(person):
    page = person("thuong-truc").go("/campaigns/1/indicators/2")
    expect(page.get_by_label("Tên chỉ tiêu")).to_be_disabled()
    expect(page.locator("[name=trial_maximum]")).to_have_value("8")
    page.get_by_label("Giá trị thử").fill("14905,5")
    page.get_by_role("button", name="Tính").click()
    expect(page.locator("[data-trial-answer] .figure-big")).to_have_text("8,00 điểm")
    page.get_by_role("link", name="Về danh sách").click()
    expect(page).to_have_url(re.compile("/campaigns/1/indicators/$"))


def test_what_may_be_done_with_a_row_of_a_draft_stands_on_one_line(person):
    page = person("thuong-truc").go("/campaigns/copy")
    page.get_by_label("Tên phong trào mới").fill("Phong trào 2022")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/campaigns/\d+/changes$"))
    plan = page.url.removesuffix("changes")
    for path in ("criteria/", "indicators/", "plan/tasks"):
        page.goto(f"{plan}{path}")
        heights = page.locator(".row-acts").evaluate_all(
            "rows => rows.map(row => row.offsetHeight)"
        )
        assert heights
        assert (path, max(heights) < TWO_LINES) == (path, True)
        assert (
            page.locator(".table-wrap").evaluate_all(
                "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
            )
            == 0
        )


def test_the_scope_of_a_launched_criterion_is_told_in_words_and_no_list_scrolls_out_of_reach(
    person,
):
    page = person("thuong-truc").go("/campaigns/1/criteria/1")
    expect(page.locator(".choose__list")).to_have_count(0)
    expect(page.locator("#units p")).to_have_text("không chọn mục nào")


def test_a_trial_draws_its_line_beside_the_table_of_its_seven_values(person):
    page = person("thuong-truc").go(
        "/campaigns/1/indicators/2?trial_value=14905,5&trial_maximum=8&trial_place=1&trial_size=5"
    )
    drawn = page.locator("[data-trial-answer]")
    expect(drawn.locator("tbody tr")).to_have_count(7)
    expect(drawn.get_by_role("img", name="Điểm theo giá trị")).to_be_visible()
    expect(drawn.locator("svg circle")).to_have_count(7)
