"""An indicator whose criterion is for one block is asked of that block's units alone, wherever it
is asked.
"""

import io
from datetime import date
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from campaign.core.permissions import Role
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.criteria.actions import save_scope
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.reporting.queries import demands_of
from campaign.reporting.rules import ReportState
from campaign.scheme.rules.terms import Direction, JudgedBy
from campaign.units.models import Unit
from tests import build


@pytest.fixture
def field(app):
    """Two blocks with a unit each, and one indicator that only the first block is scored by."""
    campaign = build.campaign(phase=Phase.VERIFYING)
    period = build.period(campaign, due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    blocks = [build.block(campaign, name=name) for name in ("Khối huyện", "Khối phòng")]
    only, everybody, watched = (
        build.indicator(campaign, name=name, **more)
        for name, more in (
            ("Doanh thu bán lẻ", {}),
            ("Hộ dùng điện", {}),
            ("Giá tiêu dùng", {"direction": Direction.WATCH}),
        )
    )
    group = build.group(campaign)
    criterion = build.criterion(
        campaign, within=group, judged_by=JudgedBy.INDICATOR, indicator_id=only.id
    )
    build.criterion(campaign, within=group, judged_by=JudgedBy.INDICATOR, indicator_id=everybody.id)
    save_scope(criterion, [blocks[0].id], [])
    entries = [build.participation(campaign, unit=build.unit(), block=block) for block in blocks]
    reports = [build.report(of=entry, period=period) for entry in entries]
    db.session.commit()
    return SimpleNamespace(
        campaign=campaign,
        criterion=criterion,
        entries=entries,
        reports=reports,
        blocks=blocks,
        only=only,
        names=[row.name for row in (only, everybody, watched)],
    )


def _asked(field, place):
    report = field.reports[place]
    db.session.refresh(report, ["participation", "period"])
    return demands_of(report, scheme_of(field.campaign.id))


def test_a_report_and_its_checks_ask_only_what_the_block_is_scored_by(field):
    district, room = _asked(field, 0), _asked(field, 1)
    assert [row.name for row in district.indicators] == field.names
    assert [row.name for row in room.indicators] == field.names[1:]


def test_a_unit_named_beside_the_block_is_asked_too(field):
    save_scope(field.criterion, [field.blocks[0].id], [field.entries[1].unit_id])
    db.session.commit()
    assert [row.name for row in _asked(field, 1).indicators] == field.names


def test_a_unit_without_a_block_is_asked_what_everybody_is(field):
    waiting = build.participation(
        field.campaign, unit=build.unit(), state=ParticipationState.PROPOSED
    )
    scheme = scheme_of(field.campaign.id)
    assert [
        row.name for row in scheme.indicators.values() if scheme.asks(row, waiting.unit_id, None)
    ] == field.names[1:]


def test_report_excel_form_checks_and_verification_name_it_for_that_block_alone(
    field, sign_in, page
):
    secretary = sign_in(build.user(Role.SECRETARIAT))
    for report, entry, names in zip(
        field.reports, field.entries, (field.names, field.names[1:]), strict=True
    ):
        officer = sign_in(build.user(Role.UNIT_OFFICER, at=db.session.get(Unit, entry.unit_id)))
        at = f"/campaigns/{field.campaign.id}/reports/{report.id}"
        shown = page(officer.get(at))
        assert [text.partition(" (")[0] for text in shown.all("section[id^=v-] h3")] == names
        assert field.names[0] in shown.one("#findings") or names == field.names[1:]
        with officer.get(f"{at}/offline/form") as answer:
            book = load_workbook(io.BytesIO(answer.data))
        told = {str(cell) for sheet in book for row in sheet.values for cell in row if cell}
        assert any(field.names[0] in text for text in told) is (names == field.names)
        build.version(of=report, by=build.user())
        report.state = ReportState.SUBMITTED
        shown = page(secretary.get(f"/campaigns/{field.campaign.id}/verification/{report.id}"))
        asked = [
            text.partition(" (")[0] for text in shown.all("div[aria-label='Chỉ tiêu'] tbody th")
        ]
        assert asked == names
