"""Marking: what is refused, and that a locked sheet stays as it is."""

from decimal import Decimal

import pytest

from campaign.core.errors import Conflict, RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.scoring import actions
from campaign.scoring.actions import Markable
from campaign.scoring.models import Mark
from tests import build

AT = build.NOW


@pytest.fixture
def desk(app):
    """A campaign in scoring, one member's open sheet, and one cell of 10 points."""
    campaign = build.campaign(phase=Phase.SCORING)
    block, period, criterion = build.block(campaign), build.period(campaign), build.criterion(campaign)
    sheet = build.sheet(member=build.member(campaign, user=build.user(Role.COUNCIL_MEMBER)), block=block)
    entry = build.participation(campaign, unit=build.unit(), block=block)
    verification = build.verified(of=entry, period=period, by=build.user(Role.SECRETARIAT))
    return campaign, sheet, Markable(entry.id, criterion.id, Decimal(10), verification.version_id)


def test_a_mark_is_kept_and_can_be_taken_back(desk):
    campaign, sheet, cell = desk
    assert actions.save_mark(campaign, sheet, cell, "8,5", "", at=AT) == "8,5"
    assert db.session.get(Mark, (cell.participation_id, cell.criterion_id, sheet.id)).points == Decimal("8.5")
    assert actions.save_mark(campaign, sheet, cell, "", "8,5", at=AT) == ""
    assert db.session.get(Mark, (cell.participation_id, cell.criterion_id, sheet.id)) is None


@pytest.mark.parametrize("text", ["10,5", "-1", "8,3", "tám", "8.5"])
def test_a_mark_out_of_range_off_step_or_unreadable_is_refused(desk, text):
    campaign, sheet, cell = desk
    with pytest.raises(RuleViolation):
        actions.save_mark(campaign, sheet, cell, text, "", at=AT)


def test_a_second_window_that_knows_an_older_mark_is_told(desk):
    campaign, sheet, cell = desk
    actions.save_mark(campaign, sheet, cell, "8", "", at=AT)
    with pytest.raises(Conflict) as told:
        actions.save_mark(campaign, sheet, cell, "6", "", at=AT)
    assert told.value.theirs == "8"


def test_a_sheet_with_an_empty_cell_does_not_lock(desk):
    campaign, sheet, cell = desk
    with pytest.raises(RuleViolation, match="Còn 1 ô chưa chấm ở 1 đơn vị"):
        actions.lock(campaign, sheet, [cell], {}, at=AT)


def test_abstaining_needs_a_reason(desk):
    campaign, sheet, cell = desk
    with pytest.raises(RuleViolation, match="Hãy ghi lý do không chấm"):
        actions.abstain(campaign, sheet, [cell], reason="  ", at=AT)


def test_a_locked_sheet_takes_no_mark(desk):
    campaign, sheet, cell = desk
    sheet.locked_at = AT
    db.session.flush()
    with pytest.raises(RuleViolation, match="Phiếu chấm đã khoá"):
        actions.save_mark(campaign, sheet, cell, "8", "", at=AT)
