"""Cells worked by keyboard: what is typed stands in its cell, on the page and in the database."""

import re
import sqlite3
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Locator, Page, expect

from campaign.core.numbers import format_decimal
from campaign.database import Points, scaled_back
from tests.journeys.conftest import Person, Server

Seat = Callable[..., Person]
SAVED = re.compile(r"^Đã lưu \d\d:\d\d$")
GRID = "/campaigns/1/scoring/1"


def _cells(page: Page) -> Locator:
    return page.locator("[data-cells] input.cell")


def _names(cells: Locator) -> list[str]:
    return cells.evaluate_all("cells => cells.map(cell => cell.name)")


def _values(cells: Locator) -> list[str]:
    return cells.evaluate_all("cells => cells.map(cell => cell.value)")


def _focused(page: Page) -> str:
    return page.evaluate("document.activeElement.name ?? document.activeElement.tagName")


_NOTE_THE_WAY = """() => {
  globalThis.way = [];
  addEventListener("focusin", ({ target }) => way.push(target.name ?? target.tagName));
}"""


def _way(page: Page, start: Locator, keys: Sequence[str]) -> list[str]:
    """Where the focus goes from `start` as these keys are pressed, each place as it comes there."""
    page.evaluate(_NOTE_THE_WAY)
    start.focus()
    for key in keys:
        page.keyboard.press(key)
    way: list[str] = page.evaluate("way")
    return way


def _type(page: Page, texts: Sequence[str], key: str) -> None:
    """Type as fast as the browser takes it, `key` after each."""
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press(key)


def _kept(server: Server, names: Sequence[str]) -> list[str]:
    """The marks of pho-giam-doc as the database holds them."""
    with sqlite3.connect(server.instance / "ngonco.db") as database:
        rows = database.execute(
            "SELECT mark.participation_id, mark.criterion_id, mark.points FROM mark"
            " JOIN score_sheet ON score_sheet.id = mark.sheet_id"
            " JOIN council_member ON council_member.id = score_sheet.member_id"
            " JOIN user_account ON user_account.id = council_member.user_id"
            " WHERE user_account.user_name = 'pho-giam-doc'"
        )
        marks = {f"m:{unit}:{criterion}": points for unit, criterion, points in rows}
    return [format_decimal(scaled_back(marks[name], Points.places)) for name in names]


def _marks(names: Sequence[str], start: int) -> list[str]:
    """Marks that tell their cells apart and that every criterion allows."""
    given = ("0,5", "1", "1,5", "2", "2,5", "3", "3,5")
    return [given[(start + place) % len(given)] for place in range(len(names))]


@pytest.mark.parametrize(("key", "start"), [("Tab", 0), ("ArrowRight", 3)])
def test_marks_typed_fast_stand_in_their_cells_over_the_end_of_every_row(
    person: Seat, server: Server, key: str, start: int
) -> None:
    page = person("pho-giam-doc").go(GRID)
    names = _names(_cells(page))
    texts = _marks(names, start)
    _cells(page).first.focus()
    _type(page, texts[:-1], key)
    page.keyboard.type(texts[-1])
    assert _values(_cells(page)) == texts
    expect(page.locator("[data-autosave-status]")).to_have_text(SAVED)
    assert _kept(server, names) == texts
    page.reload()
    assert _values(_cells(page)) == texts


def test_enter_and_the_arrows_go_along_the_columns_and_back(person: Seat) -> None:
    page = person("pho-giam-doc").go(GRID)
    names = _names(_cells(page))
    criteria = list(dict.fromkeys(name.rpartition(":")[2] for name in names))
    columns = [name for criterion in criteria for name in names if name.endswith(f":{criterion}")]
    there = ["Enter"] * len(columns)  # the last one stays where it is
    back = ["Shift+Enter"] * (len(columns) - 1)
    assert _way(page, _cells(page).first, [*there, *back]) == [*columns, *columns[-2::-1]]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowUp")
    assert _focused(page) == names[0]


def test_escape_and_tab_leave_the_cells_for_what_stands_between_them(person: Seat) -> None:
    page = person("pho-giam-doc").go(GRID)
    names = _names(_cells(page))
    last = [name for name in names if name.split(":")[1] == names[0].split(":")[1]][-1]
    page.locator(f"[name='{last}']").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('th')?.scope") == "row"


def test_on_a_sheet_enter_goes_from_mark_to_mark(person: Seat) -> None:
    member = person("pho-giam-doc")
    page = member.go(GRID)
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()
    member.look()
    marks = page.locator("input[data-field][name^='m:']")
    names = _names(marks)
    marks.first.select_text()
    _type(page, ["2"] * len(names), "Enter")
    assert _values(marks) == ["2"] * len(names)
    notes = page.locator("input[data-field][name^='n:']")
    assert notes.evaluate_all("notes => notes.filter(note => note.value).length") == 0
    expect(page.locator("[data-autosave-status]")).to_have_text(SAVED)


def test_in_verification_and_in_a_report_tab_passes_over_files_links_and_buttons(
    person: Seat,
) -> None:
    secretary = person("thuong-truc")
    page = secretary.go("/campaigns/1/verification/?state=submitted")
    page.get_by_role("row", name=re.compile("Lạc Sơn")).get_by_role("link").last.click()
    page.wait_for_load_state()
    _walks_all_fields(page)
    officer = person("canbo.db")
    page = officer.follow(re.compile("Viết tiếp báo cáo: Cuối phong trào"))
    _walks_all_fields(page)


def _walks_all_fields(page: Page) -> None:
    fields = page.locator("[data-cells] [data-field]:visible")
    names = _names(fields)
    assert len(names) > 10
    assert _way(page, fields.first, ["Tab"] * (len(names) - 1)) == names


def test_targets_are_allocated_by_keyboard_and_enter_sends_nothing_half_way(person: Seat) -> None:
    secretary = person("thuong-truc")
    page = secretary.go("/campaigns/copy")
    page.get_by_label("Tên phong trào mới").fill("Phong trào giao chỉ tiêu")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/campaigns/\d+/changes$"))
    page.goto(page.url.replace("/changes", "/indicators/"))
    page.get_by_role("link", name=re.compile("^Giao chỉ tiêu")).first.click()
    page.wait_for_load_state()
    address, targets = page.url, page.locator("input[name^='target-']")
    names = _names(targets)
    targets.first.focus()
    texts = [str(10 + place) for place in range(len(names))]
    _type(page, texts, "Enter")
    assert page.url == address
    assert _values(targets) == texts
    assert _focused(page).startswith("growth_target-")


_IN_SIGHT = """() => {
  const cell = document.activeElement, { x, y, width, height } = cell.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === cell;
}"""


def test_the_cell_one_comes_to_lies_under_no_bar_head_or_total(person: Seat) -> None:
    page = person("truong.qltm", viewport={"width": 768, "height": 600}).go(
        "/campaigns/1/scoring/2"
    )
    cells = _cells(page)
    cells.first.focus()
    for key in ["Tab"] * (cells.count() - 1) + ["Shift+Enter"] * (cells.count() - 1):
        page.keyboard.press(key)
        page.wait_for_function(_IN_SIGHT, timeout=5000)
