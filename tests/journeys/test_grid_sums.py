"""What a member's row of the grid adds up to, as the browser works it out."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from campaign.extensions import db
from campaign.planning.rules import Phase
from tests.build import NOW
from tests.ranked_world import with_everything

SCRIPTS = Path("static/js")
PAGE = "http://grid.test/"


def _serve(html: str, route: Route) -> None:
    """The page without its styles, with the script of the grid and the modules it imports."""
    name = route.request.url.removeprefix(PAGE)
    if not name:
        bare = html.replace("<script", "<template").replace("</script", "</template")
        alone = '<script type="module" src="/grid.js"></script></body>'
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
        page.route(f"{PAGE}**", lambda route: _serve(html, route))
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
