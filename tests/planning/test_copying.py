"""A plan copied from an earlier campaign."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.copying import copy_campaign
from campaign.planning.indicators.actions import confirm_indicator
from campaign.planning.models import PhaseChange, ReportingPeriod
from campaign.planning.problems import launch_problems
from campaign.planning.queries import rows_of, scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import (
    Allocation,
    CriterionScope,
    Indicator,
    IndicatorOwner,
)
from campaign.scheme.rules.terms import OwnerPart
from tests import build


def test_a_copy_holds_the_whole_plan_with_its_dates_moved_and_nothing_that_happened(launched):
    confirm_indicator(db.session.query(Indicator).first(), by_id=1, on=build.TODAY)
    copy = copy_campaign(launched, title="Năm sau", months=12).campaign
    db.session.flush()
    old, new = scheme_of(launched.id), scheme_of(copy.id)
    assert [(row.code, row.maximum) for row in new.criteria] == [
        (row.code, row.maximum) for row in old.criteria
    ]
    assert [row.name for row in new.indicators.values()] == [
        row.name for row in old.indicators.values()
    ]
    assert [row.due_on for row in rows_of(ReportingPeriod, copy.id)] == [
        date(2022, 4, 5),
        date(2022, 4, 30),
    ]
    assert (copy.phase, copy.is_frozen, new.base_total) == (Phase.DRAFT, False, Decimal(100))
    assert db.session.query(PhaseChange).filter_by(campaign_id=copy.id).count() == 0
    assert {row.is_checked for row in new.indicators.values()} == {False}
    assert {row.is_doubted for row in new.indicators.values()} == {True}


@pytest.mark.both_databases
def test_a_copied_plan_shows_units_that_ceased_and_keeps_them_until_the_office_takes_them_out(
    app, sign_in, page
):
    office, gone = build.unit(), build.unit(short_name="Mai Châu", valid_to=date(2025, 6, 30))
    source = build.campaign(phase=Phase.PUBLISHED)
    indicator, criterion = build.indicator(source), build.criterion(source)
    db.session.add_all(
        [
            IndicatorOwner(indicator_id=indicator.id, unit_id=gone.id, part=OwnerPart.LEAD),
            IndicatorOwner(indicator_id=indicator.id, unit_id=office.id, part=OwnerPart.SUPPORT),
            Allocation(indicator_id=indicator.id, unit_id=gone.id, target=Decimal(5)),
            CriterionScope(criterion_id=criterion.id, unit_id=gone.id),
        ]
    )
    db.session.flush()
    copied = copy_campaign(source, title="Phong trào 2026", months=60).campaign
    db.session.commit()
    (row,), (one,) = scheme_of(copied.id).indicators.values(), scheme_of(copied.id).criteria
    why = (
        "không có vào ngày bắt đầu phong trào: Mai Châu (đã chấm dứt hoạt động sau ngày "
        "30/06/2025)."
    )
    told = [f"Chỉ tiêu “{row.name}” có đơn vị {why}", f"Tiêu chí {one.code} có đơn vị {why}"]
    assert [item.sentence for item in launch_problems(copied) if why in item.sentence] == told
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{copied.id}"
    shown = page(browser.get(f"{at}/"))
    assert (shown.all(".note--warn li"), shown.links(".note--warn a")) == (
        told,
        [f"{at}/indicators/{row.id}/allocations", f"{at}/criteria/{one.id}"],
    )
    assert "Mai Châu (đã chấm dứt hoạt động sau ngày 30/06/2025)" in page(
        browser.get(f"{at}/indicators/")
    ).all(".chip")
    allocations = page(browser.get(f"{at}/indicators/{row.id}/allocations"))
    assert (allocations.value(f"part-{gone.id}"), allocations.value(f"target-{gone.id}")) == (
        "lead",
        "5",
    )
    browser.post(f"{at}/indicators/{row.id}/allocations", data={f"part-{office.id}": "lead"})
    browser.post(
        f"{at}/criteria/{one.id}",
        data={
            "group_id": one.group_id,
            "code": one.code,
            "name": one.name,
            "maximum": "10",
            "judged_by": "council",
            "indicator_id": "",
            "kind": "linear",
            "judgement": "level",
        },
    )
    assert page(browser.get(f"{at}/")).all(".note--warn li") == []


def test_a_plan_whose_units_all_exist_shows_none_of_that(app):
    campaign, indicator = (made := build.campaign()), build.indicator(made)
    db.session.add(
        IndicatorOwner(
            indicator_id=indicator.id,
            unit_id=build.unit(valid_to=date(2021, 2, 26)).id,
            part=OwnerPart.LEAD,
        )
    )
    db.session.flush()
    assert [
        item.sentence for item in launch_problems(campaign) if "không có vào ngày" in item.sentence
    ] == []
