"""What is asked of a page of which most was looked at already."""

from playwright.sync_api import Browser

from tests.journeys.conftest import LOOK, RULES, TOOLS
from tests.journeys.made import BUILD

PAGE = """<!doctype html>
<html lang="vi"><title>Trang</title>
<body><main><h1>Trang</h1><p>Một đoạn đã xem.</p></main></body></html>"""
ADD = "(main, html) => main.insertAdjacentHTML('beforeend', html)"


def test_what_is_new_is_judged_also_where_its_colours_are_known(chromium: Browser) -> None:
    page = chromium.new_page()
    try:
        page.set_content(PAGE)
        page.add_script_tag(content=TOOLS)
        _, _, *parts = page.evaluate(BUILD)
        barriers, colours = page.evaluate(LOOK, [RULES, parts, []])
        assert barriers == []
        page.locator("main").evaluate(ADD, "<p role='doan'>Một đoạn mới.</p>")
        _, _, *all_parts = page.evaluate(BUILD)
        new = sorted({*all_parts} - {*parts})
        barriers, fresh = page.evaluate(LOOK, [RULES, new, colours])
        assert ([rule for rule, _ in barriers], fresh) == (["aria-roles"], [])
    finally:
        page.close()
