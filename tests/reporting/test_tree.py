"""A table with sections, and a penalty without limit, through report, verification and beyond."""

from datetime import date
from decimal import Decimal as D
from io import BytesIO

from openpyxl import load_workbook

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.reporting.rules import ReportState
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.terms import CriterionKind, JudgedBy
from tests import build


def test_report_and_verification_show_the_sections_and_take_what_has_no_limit(app, sign_in, page):
    campaign = build.campaign(phase=Phase.REPORTING)
    office, block = build.unit(name="Thanh tra"), build.block(campaign)
    first = build.group(campaign, code="I", name="Chuyên môn", position=1)
    section = build.group(campaign, code="1", name="Khám", within=first, ceiling=D(90))
    deep = build.group(campaign, code="1.1", name="Nội trú", within=section)
    leaf = build.criterion(
        campaign, within=deep, code="a", maximum="100", judged_by=JudgedBy.SECRETARIAT
    )
    fine = build.criterion(
        campaign,
        within=section,
        code="p",
        maximum=None,
        kind=CriterionKind.PENALTY,
        judged_by=JudgedBy.SECRETARIAT,
    )
    build.criterion(
        campaign,
        within=section,
        code="q",
        maximum=None,
        kind=CriterionKind.PENALTY,
        judged_by=JudgedBy.COUNT,
        count_rule=CountRule(each=D(2)).to_data(),
    )
    entry = build.participation(campaign, unit=office, block=block)
    late = {"due_on": date(2099, 4, 30), "locks_on": date(2099, 5, 5)}
    report = build.report(of=entry, period=build.period(campaign, **late), state=ReportState.DRAFT)
    officer = build.user(Role.UNIT_OFFICER, at=office)
    db.session.commit()
    at = f"/campaigns/{campaign.id}/reports/{report.id}"
    shown = page(sign_in(officer).get(at))
    heads = [text for text in shown.all("main p > b") if ". " in text]
    assert heads == ["I. Chuyên môn", "1. Khám", "1.1. Nội trú"]
    assert "trừ tối đa không giới hạn" in " ".join(shown.one("main").split())
    given = {str(leaf.id): "95", str(fine.id): "150.5"}
    scores = {key: {"points": points, "explanation": ""} for key, points in given.items()}
    snapshot = {"scores": scores}
    build.version(of=report, by=officer, snapshot=snapshot)
    report.state = ReportState.SUBMITTED
    db.session.commit()
    told = page(sign_in(officer).get(at))
    assert [" ".join(text.split()) for text in told.all("tr.section th")] == [
        "I. Chuyên môn",
        "1. Khám (trần 90,00)",
        "1.1. Nội trú",
    ]
    campaign.phase = Phase.VERIFYING
    secretary = sign_in(build.user(Role.SECRETARIAT))
    db.session.commit()
    checked = page(secretary.get(f"/campaigns/{campaign.id}/verification/{report.id}"))
    assert checked.status == 200
    assert len(checked.all("tr.section th")) == 3
    assert "không giới hạn" in " ".join(checked.all("td[data-label='Tối đa']"))
    book = load_workbook(BytesIO(secretary.get(f"{at}/excel").data))
    cells = [cell for row in book["Tự chấm"].values for cell in row]
    assert cells.count("không giới hạn") == 2
