"""A ranking has the decimals of the plan wherever it is told."""

import io
from decimal import Decimal as D

import pytest
from openpyxl import load_workbook

from campaign.extensions import db
from campaign.ranking.queries import table
from campaign.scoring.models import Mark
from tests.ranked_world import Scored

TOLD = {
    0: ("8", "trung bình 3 phiếu (8–8,5): 24,5 ÷ 3 = 8", "#,##0"),
    1: ("8,2", "trung bình 3 phiếu (8–8,5): 24,5 ÷ 3 = 8,2", "#,##0.0"),
    3: ("8,167", "trung bình 3 phiếu (8–8,5): 24,5 ÷ 3 = 8,167", "#,##0.000"),
    4: ("8,1667", "trung bình 3 phiếu (8–8,5): 24,5 ÷ 3 = 8,1667", "#,##0.0000"),
}


@pytest.mark.parametrize(("places", "told"), TOLD.items())
def test_a_ranking_is_told_with_the_decimals_of_the_plan(app, sign_in, page, places, told):
    total, line, number_format = told
    scored = Scored(members=3)
    scored.campaign.points_places = places
    key = {"participation_id": scored.entries[1].id, "sheet_id": scored.sheets[0].id}
    db.session.query(Mark).filter_by(**key).one().points = D("8.5")
    db.session.commit()
    ranked = table(scored.campaign, scored.block).ranked
    assert [f"{row.total}".replace(".", ",") for row in ranked][1] == total
    browser, at = sign_in(scored.users[0]), f"/campaigns/{scored.campaign.id}/ranking"
    row = page(browser.get(f"{at}/")).tree.cssselect("tbody tr")[1]
    assert [cell.text_content().strip() for cell in row.cssselect("td.num")][1:] == [total, total]
    explained = page(browser.get(f"{at}/units/{scored.entries[1].id}")).tree.text_content()
    assert line in explained
    explained = load_workbook(
        io.BytesIO(browser.get(f"{at}/units/{scored.entries[1].id}/excel").data)
    )
    assert [row[8] for row in explained["Tiêu chí"].iter_rows(min_row=2, values_only=True)] == [
        float(total.replace(",", "."))
    ]
    assert explained["Nhóm"]["C3"].value == float(total.replace(",", "."))
    sheet = load_workbook(io.BytesIO(browser.get(f"{at}/excel").data)).worksheets[0]
    cells = [cell for cells in sheet.iter_rows(min_row=3, max_row=3) for cell in cells]
    assert number_format in {cell.number_format for cell in cells if cell.value is not None}
