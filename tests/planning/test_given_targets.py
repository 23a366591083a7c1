"""Targets by block and by period: typed in a grid, kept, copied, and used."""

from decimal import Decimal

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.copying import copy_campaign
from campaign.planning.models import Block, ReportingPeriod
from campaign.planning.picture import picture
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import GivenTarget
from campaign.scheme.rules.targets import GivenTo
from tests import build


class Plan:
    """A draft with a block, a period, a unit and an indicator."""

    def __init__(self, phase=Phase.DRAFT):
        self.campaign = build.campaign(phase=phase)
        self.block = build.block(self.campaign, name="Khối bệnh viện")
        self.period = build.period(self.campaign, name="6 tháng")
        self.unit = build.unit(name="Bệnh viện A")
        self.indicator = build.indicator(self.campaign, name="Khám", year_target=Decimal(1000))
        db.session.commit()
        self.at = f"/campaigns/{self.campaign.id}/indicators/{self.indicator.id}/targets"


def _given(campaign):
    (row,) = scheme_of(campaign.id).indicators.values()
    return {key: tuple(numbers) for key, numbers in row.given.items()}


def test_targets_are_typed_for_everybody_a_block_and_a_unit_by_period(app, sign_in, page):
    plan = Plan()
    block, period, unit = plan.block.id, plan.period.id, plan.unit.id
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert page(browser.get(plan.at)).all("tbody th") == [
        "Mọi đơn vị",
        "Khối bệnh viện",
        "Bệnh viện A",
    ]
    typed = {
        f"all-0-{period}": "600",
        f"block-{block}-0": "500",
        f"block-{block}-{period}": "1.250,5",
        f"unit-{unit}-{period}": "80",
    }
    wrong = page(browser.post(plan.at, data=typed | {f"all-0-{period}": "sáu"}))
    assert (wrong.status, wrong.value(f"block-{block}-0"), _given(plan.campaign)) == (
        422,
        "500",
        {},
    )
    assert wrong.one(f"#all-0-{period}-error") != ""
    browser.post(plan.at, data=typed)
    browser.post(f"{plan.at}?of=growth_target", data={f"block-{block}-0": "18"})
    assert _given(plan.campaign) == {
        GivenTo(None, None, period): (Decimal(600), None),
        GivenTo(None, block, None): (Decimal(500), Decimal(18)),
        GivenTo(None, block, period): (Decimal("1250.5"), None),
        GivenTo(unit, None, period): (Decimal(80), None),
    }
    assert page(browser.get(plan.at)).value(f"block-{block}-{period}") == "1.250,5"
    browser.post(plan.at, data={f"all-0-{period}": ""})
    assert _given(plan.campaign) == {GivenTo(None, block, None): (None, Decimal(18))}


def test_a_launched_plan_shows_them_and_takes_none(app, sign_in, page):
    plan = Plan(Phase.LAUNCHED)
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert page(browser.get(plan.at)).all("input.cell") == []
    browser.post(plan.at, data={f"all-0-{plan.period.id}": "600"})
    assert _given(plan.campaign) == {}


@pytest.mark.both_databases
def test_they_come_along_in_a_copy_and_stand_in_what_a_correction_tells(app):
    plan = Plan()
    db.session.add_all(
        [
            GivenTarget(
                indicator_id=plan.indicator.id,
                block_id=plan.block.id,
                period_id=plan.period.id,
                target=Decimal(7),
            ),
            GivenTarget(
                indicator_id=plan.indicator.id, period_id=plan.period.id, growth_target=Decimal(3)
            ),
        ]
    )
    db.session.flush()
    copy = copy_campaign(plan.campaign, title="Năm sau", months=12).campaign
    block = db.session.query(Block).filter_by(campaign_id=copy.id).one()
    period = db.session.query(ReportingPeriod).filter_by(campaign_id=copy.id).one()
    assert _given(copy) == {
        GivenTo(None, block.id, period.id): (Decimal(7), None),
        GivenTo(None, None, period.id): (None, Decimal(3)),
    }
    parts = picture(plan.campaign)[f"indicator:{plan.indicator.id}"].parts
    assert (
        parts["giao cho Khối bệnh viện, kỳ 6 tháng"],
        parts["giao cho mọi đơn vị, kỳ 6 tháng"],
    ) == ("mục tiêu 7", "tăng (%) 3")
