"""What is asked of a page of which most was looked at already."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import LOOK, RULES, TOOLS
from tests.journeys.made import BUILD

PAGE = """<!doctype html>
<html lang="vi"><title>Trang</title>
<body><main><h1>Trang</h1><p>Một đoạn đã xem.</p></main></body></html>"""
PALE = "<style>.nhat { color: #aaa; background: #fff }</style>"
ADD = "(main, html) => main.insertAdjacentHTML('beforeend', html)"
CLOSE = (
    "<style>i { display: block; width: 9px; height: 9px }</style>"
    "<i role='button' tabindex='0' aria-label='Một'></i>"
    "<i role='button' tabindex='0' aria-label='Hai'></i>"
)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    opened.set_content(PAGE)
    opened.add_script_tag(content=TOOLS)
    yield opened
    opened.close()


def test_what_is_new_is_judged_also_where_its_colours_are_known(page: Page) -> None:
    _, _, *parts = page.evaluate(BUILD)
    barriers, colours = page.evaluate(LOOK, [RULES, parts, []])
    assert barriers == []
    page.locator("main").evaluate(ADD, "<p role='doan'>Một đoạn mới.</p>")
    _, _, *all_parts = page.evaluate(BUILD)
    new = sorted({*all_parts} - {*parts})
    barriers, fresh = page.evaluate(LOOK, [RULES, new, colours])
    assert ([rule for rule, _ in barriers], fresh) == (["aria-roles"], [])


@pytest.mark.parametrize(
    ("script", "barriers"),
    [
        ("() => document.title = ''", ["document-title"]),
        ("() => document.documentElement.lang = ''", ["html-has-lang"]),
        ("() => document.body.append(document.querySelector('p'))", ["region"]),
        ("() => document.querySelector('p').style.color = '#aaa'", ["color-contrast"]),
        (f"() => ({ADD})(document.querySelector('main'), `{CLOSE}`)", ["target-size"]),
    ],
    ids=[
        "its title",
        "its language",
        "what stands in no landmark",
        "the colours of its texts",
        "how close what is pressed stands",
    ],
)
def test_of_a_new_page_of_known_parts_the_whole_is_judged(
    page: Page, script: str, barriers: list[str]
) -> None:
    _, _, *parts = page.evaluate(BUILD)
    found, colours = page.evaluate(LOOK, [RULES, parts, []])
    assert (found, parts[0]) == ([], "whole 1280 page blank")
    page.evaluate(script)
    found, _ = page.evaluate(LOOK, [RULES, parts[:1], colours])
    assert [rule for rule, _ in found] == barriers


@pytest.mark.parametrize(
    ("added", "barriers"),
    [
        ("<a href='/'></a>", ["link-name"]),
        ("<input>", ["label"]),
        ("<p aria-checked='true'>Một đoạn.</p>", ["aria-allowed-attr"]),
        (CLOSE, ["target-size"]),
        ("<ul><p>Một đoạn.</p></ul>", ["list"]),
    ],
    ids=["its name", "its label", "its ARIA", "its size", "what it stands in"],
)
@pytest.mark.parametrize("address", [0, 1], ids=["a page that is known", "a new page"])
def test_of_known_parts_what_is_new_among_them_is_judged_by_itself(
    page: Page, address: int, added: str, barriers: list[str]
) -> None:
    _, _, *parts = page.evaluate(BUILD)
    _, colours = page.evaluate(LOOK, [RULES, parts, []])
    page.locator("main").evaluate(ADD, added)
    _, _, *all_parts = page.evaluate(BUILD)
    new = [*parts[:address], *sorted({*all_parts} - {*parts})]
    found, _ = page.evaluate(LOOK, [RULES, new, colours])
    assert [rule for rule, _ in found] == barriers


@pytest.mark.parametrize(
    ("added", "barriers"),
    [
        ("<p class='nhat'>Chữ nhạt.</p>", ["color-contrast"]),
        ("<p class='nhat'>5</p>", []),
        ("<input class='nhat' aria-label='Điểm' value='15'>", ["color-contrast"]),
        ("<label class='nhat'>Điểm <input disabled></label>", []),
        (
            "<label class='nhat'>Điểm <input disabled></label>"
            "<label class='nhat'>Điểm <input></label>",
            ["color-contrast"],
        ),
        (
            "<p class='nhat' id='ten'>Điểm</p><input aria-labelledby='ten' disabled>"
            "<p class='nhat'>Điểm</p>",
            ["color-contrast"],
        ),
        ("<button class='nhat' disabled>Nộp</button><p>Một đoạn.</p>", []),
        (
            "<button class='nhat' disabled>Nộp</button><button class='nhat'>Nộp</button>",
            ["color-contrast"],
        ),
    ],
    ids=[
        "words",
        "one digit, of which axe cannot tell",
        "what is written in a field",
        "the label of a field that is disabled",
        "the label of a field beside one that is disabled",
        "a word beside one that names a disabled field",
        "a button that is disabled",
        "a button beside one that is disabled",
    ],
)
def test_a_pale_text_is_a_barrier_unless_it_names_what_is_disabled(
    page: Page, added: str, barriers: list[str]
) -> None:
    page.locator("main").evaluate(ADD, PALE + added)
    _, _, *parts = page.evaluate(BUILD)
    found, _ = page.evaluate(LOOK, [RULES, parts, []])
    assert [rule for rule, _ in found] == barriers
