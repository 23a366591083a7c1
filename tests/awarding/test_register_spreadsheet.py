"""Sổ khen thưởng ra Excel: the lines that were asked for, as numbers and dates."""

from io import BytesIO

from openpyxl import load_workbook

from campaign.awarding.rules import DecisionState
from campaign.core.permissions import Role
from tests import build


def _signed(number, name, year):
    campaign = build.campaign()
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    kind = build.award_kind(campaign)
    decision = build.decision(campaign, state=DecisionState.SIGNED, number=f"{number}/QĐ-SCT", signed_on=build.TODAY,
                              signed_at=build.NOW)
    nominee = build.nominee(campaign, of=entry, kind=kind, name=name)
    build.decision_line(decision, nominee=nominee, kind=kind, register_number=number, register_year=year)


def test_the_register_comes_out_with_the_conditions_in_force(app, sign_in):
    _signed(1, "Phòng Kinh tế", 2020)
    _signed(2, "=Phòng Công nghiệp", 2021)
    browser = sign_in(build.user(Role.SECRETARIAT))
    with browser.get("/awards/excel?year=2021") as answer:
        book = load_workbook(BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book["Sổ khen thưởng"].rows][1:]
    assert [(row[0], row[1], row[3], row[11], row[10].date()) for row in rows] == [
        (2, "2021", "=Phòng Công nghiệp", 450_000, build.TODAY)]
    assert ("Năm", "2021") in [tuple(cell.value for cell in row) for row in book["Thông tin"].rows]
    assert answer.headers["Content-Disposition"].startswith("attachment")
