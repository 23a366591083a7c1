"""A member's grid in the browser: what a row adds up to, and cells worked as in a spreadsheet."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from campaign.core.numbers import format_decimal
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.scoring.models import Mark, ScoreSheet
from tests.build import NOW
from tests.ranked_world import with_everything

SCRIPTS = Path("static/js")
PAGE = "http://grid.test/"


def _serve(html: str, route: Route, *scripts: str, client: Any = None) -> None:
    """The page without its styles, with these scripts and the modules they import; what is sent
    goes to the client.
    """
    name = route.request.url.removeprefix(PAGE)
    if client and route.request.method == "POST":
        with client.application.app_context():
            answer = client.post(
                f"/{name}",
                data=route.request.post_data,
                content_type="application/x-www-form-urlencoded",
                headers={"Accept": "application/json"},
            )
        route.fulfill(status=answer.status_code, body=answer.data, content_type=answer.content_type)
    elif not name:
        bare = html.replace("<script", "<template").replace("</script", "</template")
        loads = (f'<script type="module" src="/{each}.js"></script>' for each in scripts)
        alone = f"{''.join(loads)}</body>"
        whole = bare.replace("</body>", alone)
        route.fulfill(body=whole, content_type="text/html; charset=utf-8")
    elif (SCRIPTS / name).is_file():
        route.fulfill(path=SCRIPTS / name, content_type="text/javascript")
    else:
        route.abort()


@pytest.mark.parametrize("is_locked", [False, True])
def test_the_columns_of_a_row_add_up_to_what_the_ranking_would_make_of_it(
    app, sign_in, chromium: Browser, is_locked
) -> None:
    room = with_everything()
    room.campaign.phase, room.sheets[0].locked_at = Phase.SCORING, NOW if is_locked else None
    db.session.commit()
    html = (
        sign_in(room.users[0])
        .get(f"/campaigns/{room.campaign.id}/scoring/{room.block.id}")
        .get_data(as_text=True)
    )
    page = chromium.new_page()
    try:
        page.route(f"{PAGE}**", lambda route: _serve(html, route, "grid"))
        page.goto(PAGE)
        heads = [
            " ".join(text.split())
            for text in page.locator("[data-grid] thead th:visible").all_inner_texts()
        ]
        first, second = page.locator("[data-grid] tbody tr").all()
        expect(first.locator("[data-total]")).to_have_text("95,33")
        expect(first.locator("[data-adjustment]")).to_have_text("39,83")
        expect(second.locator("[data-total]")).to_have_text("80,00")
        expect(second.locator("[data-adjustment]")).to_have_text("0,00")
        assert heads[:-1] == [
            "Đơn vị",
            "I1, tối đa · 40",
            "II hệ thống tính",
            "II1, tối đa · 50",
            "T vượt chỉ tiêu",
            "T1, tối đa · 8",
            "P1 trừ, tối đa · 8",
            "Trần, quy đổi",
            "Cộng",
        ]
        assert first.locator("td.given").all_inner_texts() == ["10,00", "1,50"]
        if not is_locked:
            first.locator("input").last.fill("2")
            expect(first.locator("[data-total]")).to_have_text("96,33")
            expect(first.locator("[data-adjustment]")).to_have_text("36,83")
    finally:
        page.close()


def _paste(page: Page, text: str) -> None:
    """Paste as from a spreadsheet into the cell that is typed in."""
    page.evaluate(
        """text => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const how = {clipboardData, bubbles: true, cancelable: true};
          const event = new ClipboardEvent("paste", how);
          document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def _kept() -> list[str]:
    """The marks of the one open sheet, unit by unit."""
    db.session.rollback()
    rows = db.session.query(Mark).join(ScoreSheet).filter(ScoreSheet.locked_at.is_(None))
    rows = rows.order_by(Mark.participation_id, Mark.criterion_id)
    return [format_decimal(row.points) for row in rows]


def test_a_grid_is_pasted_into_filled_down_emptied_and_taken_back_as_a_spreadsheet_is(
    app, sign_in, chromium: Browser
) -> None:
    room = with_everything()
    room.campaign.phase, room.sheets[0].locked_at = Phase.SCORING, None
    db.session.commit()
    client = sign_in(room.users[0])
    address = f"/campaigns/{room.campaign.id}/scoring/{room.block.id}"
    html = client.get(address).get_data(as_text=True)
    page = chromium.new_page()
    page.route(
        f"{PAGE}**",
        lambda route: _serve(html, route, "sheet", "cells", "grid", client=client),
    )
    try:
        page.goto(PAGE)
        first, second = (row.locator("input.cell") for row in page.locator("tbody tr").all())
        panel = page.locator(".sheet__panel")
        told = page.locator(".sheet__panel + [role=status]")
        assert _kept() == ["46", "4", "6", "30", "40", "1", "1"]
        first.nth(0).focus()
        _paste(page, "45\t5\r\n41\t2\r\n")
        expect(told).to_have_text("Đã ghi 4 ô.")
        assert _kept() == ["45", "5", "6", "30", "41", "2", "1"]
        expect(page.locator("[data-total]").nth(1)).to_have_text("82,00")
        page.keyboard.press("Control+z")
        expect(told).to_have_text("Đã hoàn tác 4 ô.")
        assert _kept() == ["46", "4", "6", "30", "40", "1", "1"]

        _paste(page, "60\t5\n41\t2\n7\t7")
        expect(panel.locator("li")).to_have_text(
            [
                "Dòng 3, cột 1 của phần dán: “7” – nằm ngoài bảng.",
                "Dòng 3, cột 2 của phần dán: “7” – nằm ngoài bảng.",
            ]
        )
        panel.get_by_role("button", name="Ghi 4 ô còn lại").click()
        label = " ".join(page.locator("thead th").nth(3).text_content().split())
        unit = page.locator("tbody th").first.text_content().strip()
        expect(panel.locator("li")).to_have_text(
            [f"{unit}, {label}: “60” – Điểm phải từ 0 đến 50."]
        )
        assert _kept() == ["46", "4", "6", "30", "40", "1", "1"]
        panel.get_by_role("button", name="Ghi 3 ô còn lại").click()
        expect(told).to_have_text("Đã ghi 3 ô.")
        assert _kept() == ["46", "5", "6", "30", "41", "2", "1"]

        _paste(page, "4.5\t1\t0")
        expect(panel).to_contain_text("8.5 được hiểu là 8,5")
        panel.get_by_role("button", name="Ghi 3 ô").click()
        expect(told).to_have_text("Đã ghi 3 ô.")
        assert _kept() == ["4,5", "1", "0", "30", "41", "2", "1"]

        first.nth(1).focus()
        for key in ("Shift+ArrowRight", "Shift+ArrowDown", "Control+d"):
            page.keyboard.press(key)
        expect(told).to_have_text("Đã ghi 2 ô.")
        assert _kept() == ["4,5", "1", "0", "30", "41", "1", "0"]
        second.nth(2).click(modifiers=["Shift"])
        page.keyboard.press("Delete")
        expect(told).to_have_text("Đã ghi 2 ô.")
        assert _kept() == ["4,5", "0", "30", "41", "0"]
        assert page.evaluate("document.activeElement.value") == ""
    finally:
        page.close()
