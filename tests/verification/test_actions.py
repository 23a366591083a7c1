"""Verification: what the secretariat must say, and what it cannot do."""

import threading
import time
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import joinedload

from campaign.accounts.queries import person
from campaign.core.errors import Conflict, NotVisible, RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.reporting.models import Report
from campaign.reporting.rules import ReportState
from campaign.scheme.rules.points_rule import PointsRuleKind
from campaign.scheme.rules.terms import (
    CountedBy,
    JudgedBy,
    Judgement,
    TargetOf,
)
from campaign.verification import actions, cases, queries
from campaign.verification import cells as verified_cells
from campaign.verification.claims import actions as claims
from campaign.verification.models import VerifiedValue
from campaign.verification.rules import block_results
from tests import build
from tests.worlds import AT, Desk


@pytest.fixture
def desk(app):
    return Desk()


def test_nobody_verifies_the_report_of_his_own_unit(desk):
    desk.by = build.user(Role.SECRETARIAT, unit_id=desk.office.id)
    with pytest.raises(RuleViolation, match="Đây là báo cáo của đơn vị Ông/Bà"):
        desk.begin()


def test_nothing_is_verified_before_its_step(desk):
    desk.campaign.phase = Phase.REPORTING
    with pytest.raises(RuleViolation, match="Phong trào chưa mở hoặc đã đóng việc thẩm định"):
        desk.begin()


def test_a_draft_is_not_verified(desk):
    desk.report.state = ReportState.DRAFT
    with pytest.raises(RuleViolation, match="Báo cáo chưa nộp"):
        desk.begin()


def test_a_difference_needs_a_comment(desk):
    row = desk.begin()
    desk.type(row, f"v:{desk.indicator.id}:value", "98")
    desk.type(row, f"p:{desk.criterion.id}:points", "9")
    assert desk.left(row) == [
        f"{desk.indicator.name}: khác số đơn vị báo, hãy ghi nhận xét.",
        f"{desk.criterion.code}: khác điểm tự chấm, hãy ghi nhận xét.",
    ]
    desk.type(row, f"v:{desk.indicator.id}:comment", "Theo ngành điện")
    desk.type(row, f"p:{desk.criterion.id}:comment", "Nộp muộn một kỳ")
    assert desk.left(row) == []


def test_a_bonus_nobody_claimed_or_gave_is_none(desk):
    row = desk.begin()
    claims.take(row, desk.content, [f"v:{desk.indicator.id}"], by=desk.by, at=AT)
    desk.type(row, f"p:{desk.criterion.id}:points", "10")
    actions.finish(row, desk.report, desk.left(row), by=desk.by, at=AT)
    _, result = queries.finished_unit(
        desk.campaign.id,
        desk.scheme,
        desk.report.participation.block_id,
        desk.report.participation_id,
    )
    assert (result.results[desk.bonus.id].points, result.results[desk.bonus.id].steps) == (
        Decimal(0),
        ("Không có",),
    )


def test_the_official_value_stands_above_the_verified_one(desk):
    row = desk.begin()
    desk.type(row, f"v:{desk.indicator.id}:value", "99")
    desk.type(row, f"v:{desk.indicator.id}:official_value", "50")
    assert queries.checked_of(row.id)[0][desk.indicator.id].counted == Decimal(50)


def test_what_is_left_blocks_finishing(desk):
    row = desk.begin()
    left = [(sentence, "") for sentence in desk.left(row)]
    with pytest.raises(RuleViolation, match="Còn 2 chỗ chưa thẩm định xong"):
        actions.finish(row, desk.report, left, by=desk.by, at=AT)


@pytest.mark.parametrize(
    ("comparison", "left"),
    [
        ("", ["chưa có số cùng kỳ năm trước; nếu không áp dụng, hãy ghi lý do."]),
        ("0", ["số cùng kỳ năm trước phải lớn hơn 0."]),
        ("90", []),
    ],
)
def test_growth_without_the_same_period_of_last_year_is_left(desk, comparison, left):
    desk.indicator.judgement = Judgement.GROWTH
    row = desk.begin()
    desk.type(row, f"v:{desk.indicator.id}:value", "99")
    desk.type(row, f"v:{desk.indicator.id}:comparison", comparison)
    desk.type(row, f"p:{desk.criterion.id}:points", "10")
    assert desk.left(row) == [f"{desk.indicator.name}: {sentence}" for sentence in left]


def test_a_finished_verification_is_frozen_until_it_is_unlocked_with_a_reason(desk):
    row = desk.begin()
    actions.finish(row, desk.report, [], by=desk.by, at=AT)
    assert desk.report.state is ReportState.VERIFIED
    with pytest.raises(RuleViolation, match="đã hoàn thành; muốn sửa, hãy mở lại"):
        desk.type(row, f"v:{desk.indicator.id}:value", "1")
    with pytest.raises(RuleViolation, match="Hãy ghi lý do mở lại"):
        actions.unlock(row, desk.report, reason=" ", by=desk.by, at=AT)
    actions.unlock(row, desk.report, reason="Có số chính thức", by=desk.by, at=AT)
    db.session.flush()
    assert desk.report.state is ReportState.SUBMITTED
    assert [one.reason for one in cases.unlockings(row.id)] == ["Có số chính thức"]
    desk.type(row, f"v:{desk.indicator.id}:value", "1")


def test_two_verifiers_of_one_field_keep_both_texts(desk):
    row = desk.begin()
    desk.type(row, f"v:{desk.indicator.id}:value", "98")
    with pytest.raises(Conflict) as told:
        desk.type(row, f"v:{desk.indicator.id}:value", "97")
    assert told.value.theirs == "98"


@pytest.mark.parametrize("field", ["v:99999:value", "p:99999:points", "v:1:owner", "", "x:1:value"])
def test_a_field_that_is_not_verified_does_not_exist(desk, field):
    with pytest.raises(NotVisible):
        desk.type(desk.begin(), field, "1")


def test_points_of_a_rule_are_never_typed(desk):
    ruled = next(one for one in desk.scheme.criteria if one.judged_by is JudgedBy.INDICATOR)
    with pytest.raises(NotVisible):
        desk.type(desk.begin(), f"p:{ruled.id}:points", "10")


def test_points_follow_from_the_verified_value_and_say_how(desk):
    row = desk.begin()
    desk.type(row, f"v:{desk.indicator.id}:value", "95")
    desk.type(row, f"v:{desk.indicator.id}:comment", "Theo ngành điện")
    desk.type(row, f"p:{desk.criterion.id}:points", "10")
    actions.finish(row, desk.report, desk.left(row), by=desk.by, at=AT)
    _, result = queries.finished_unit(
        desk.campaign.id,
        desk.scheme,
        desk.report.participation.block_id,
        desk.report.participation_id,
    )
    ruled = next(one for one in desk.scheme.criteria if one.judged_by is JudgedBy.INDICATOR)
    found = result.results[ruled.id]
    assert (found.points, found.steps) == (
        Decimal("9.50"),
        ("95 ÷ 100 = 95 %", "95 % × 10 = 9,50 điểm"),
    )


def _report(report_id):
    return (
        db.session.query(Report)
        .options(joinedload(Report.participation), joinedload(Report.period))
        .filter_by(id=report_id)
        .one()
    )


@pytest.mark.both_databases
@pytest.mark.parametrize("begun", ["", "Cũ"])
def test_of_two_who_verify_a_cell_in_the_same_moment_the_second_is_told(app, begun):
    desk, told = Desk(), []
    field = f"v:{desk.indicator.id}:comment"
    if begun:
        desk.type(desk.begin(), field, begun)
    db.session.commit()
    campaign_id, report_id, by_id, waits = (
        desk.campaign.id,
        desk.report.id,
        build.user(Role.SECRETARIAT).id,
        threading.Event(),
    )
    db.session.commit()

    def second():
        with app.app_context():
            campaign, report, by = (
                db.session.get(Campaign, campaign_id),
                _report(report_id),
                person(by_id),
            )
            scheme = scheme_of(campaign_id)
            waits.set()
            try:
                verified_cells.save_field(
                    actions.begin(campaign, report, by=by),
                    scheme,
                    (),
                    field,
                    "Của người sau",
                    begun,
                    by=by,
                    at=AT,
                )
            except Conflict as conflict:
                told.append(conflict.theirs)
            db.session.rollback()
            db.session.remove()

    other = threading.Thread(target=second)
    desk.type(desk.begin(), field, "Của người trước", begun)
    other.start()
    if (
        db.engine.dialect.name == "postgresql"
    ):  # SQLite lets the second begin only when the first is done
        assert waits.wait(60)
    time.sleep(0.3)
    db.session.commit()
    other.join(60)
    assert told == ["Của người trước"]


def test_what_a_browser_writes_decomposed_is_the_text_it_started_from(desk):
    row, field = desk.begin(), f"v:{desk.indicator.id}:comment"
    desk.type(row, field, "Số của ngành điện")
    assert (
        desk.type(row, field, "Khác", unicodedata.normalize("NFD", "Số của ngành điện")) == "Khác"
    )


def test_a_comment_longer_than_what_is_kept_is_refused(desk):
    with pytest.raises(RuleViolation, match="Nhiều nhất 20.000 ký tự"):
        desk.type(desk.begin(), f"v:{desk.indicator.id}:comment", "a" * 20_001)


def test_a_target_of_a_campaign_over_new_year_is_judged_by_the_days_of_the_campaign(app):
    campaign = build.campaign(
        phase=Phase.VERIFYING,
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 2, 28),
        counted_by=CountedBy.DAYS,
    )
    block, by = build.block(campaign), build.user()
    indicator = build.indicator(
        campaign,
        judgement=Judgement.CUMULATIVE,
        target_of=TargetOf.CAMPAIGN,
        year_target=Decimal(9_000),
    )
    build.criterion(campaign, judged_by=JudgedBy.INDICATOR, indicator_id=indicator.id)
    entry = build.participation(campaign, unit=build.unit(), block=block)
    verification = build.verified(
        of=entry, period=build.period(campaign, ends_on=date(2027, 1, 31)), by=by
    )
    db.session.add(
        VerifiedValue(
            verification_id=verification.id,
            indicator_id=indicator.id,
            value=Decimal(6_200),
            official_source="",
            comment="",
            not_applicable_reason="",
            updated_at=AT,
            updated_by_id=by.id,
        )
    )
    db.session.commit()
    scheme = scheme_of(campaign.id)
    for found in (
        queries.finished_units(campaign.id, block.id),
        queries.finished_units(campaign.id, only=[entry.id]),
        queries.finished_units(campaign.id),
    ):
        (result,) = block_results(scheme, found)[entry.id].results.values()
        assert (result.points, result.steps) == (
            Decimal("10.00"),
            (
                "Tiến độ phải đạt: 9.000 × 62/90 = 6.200",
                "6.200 ÷ 6.200 = 100 %",
                "100 % × 10 = 10,00 điểm",
            ),
        )


def test_points_by_the_standing_in_a_block_read_of_others_no_more_than_the_standing_rests_on(app):
    campaign = build.campaign(phase=Phase.SCORING)
    block, by, period = build.block(campaign), build.user(), build.period(campaign)
    placed = build.indicator(campaign, points_rule={"kind": PointsRuleKind.RANK_IN_BLOCK})
    plain = build.indicator(campaign)
    for indicator in (placed, plain):
        build.criterion(campaign, judged_by=JudgedBy.INDICATOR, indicator_id=indicator.id)
    entries = []
    for value, aside in ((80, ""), (90, ""), (70, ""), (95, "Không có chợ")):
        entry = build.participation(campaign, unit=build.unit(), block=block)
        row = build.verified(of=entry, period=period, by=by)
        for indicator, reason in ((placed, aside), (plain, "")):
            found = cases.new_value(row.id, indicator.id, by, AT)
            found.value, found.not_applicable_reason = Decimal(value), reason
            db.session.add(found)
        entries.append(entry.id)
    db.session.commit()
    scheme, (first, second, third, apart) = scheme_of(campaign.id), entries
    whole = queries.verified_results(campaign.id, scheme, block.id)
    _, result = queries.finished_unit(campaign.id, scheme, block.id, first)
    assert [row.points for row in result.results.values()] == [Decimal("9.50"), Decimal("8.00")]
    assert result == whole[first]
    peers = queries.peers_of(campaign.id, scheme, block.id, but={first})
    assert {peer.participation_id: list(peer.values) for peer in peers} == {
        second: [placed.id],
        third: [placed.id],
        apart: [placed.id],
    }
