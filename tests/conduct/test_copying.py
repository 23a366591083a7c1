"""A campaign copied: what comes along, what it needs, and what has changed since."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.audit import recorder
from campaign.conduct.changes import changes_since, copy_of
from campaign.conduct.copying import copy_plan
from campaign.core.permissions import Role
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.nomination.models import AwardQuota
from campaign.nomination.queries import kinds, quotas
from campaign.planning.copy_parts import ALL_PARTS, CopyPart
from campaign.planning.models import Band, Block, Campaign, PlanCorrection
from campaign.planning.queries import rows_of, scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import Allocation, CriterionScope, Indicator
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.models import VerifiedValue
from tests import build


def _award(rule_set, code, name, **more):
    row = build.award_type(name=name, **more)
    row.rule_set_code, row.code = rule_set, code
    return row


@pytest.fixture
def source(app):
    """A published campaign with a block, a member who left, and an award with its quota."""
    build.rule_set(code="RS-CU", in_force_to=date(2021, 12, 31))
    build.rule_set(code="RS-MOI", in_force_from=date(2022, 1, 1))
    campaign = build.campaign(phase=Phase.PUBLISHED, rule_set_code="RS-CU")
    block = build.block(campaign, name="Khối Sở")
    build.period(campaign)
    build.criterion(campaign, code="A1", maximum="100")
    db.session.add(Band(campaign_id=campaign.id, name="Tốt", from_points=Decimal(80)))
    chair = build.member(campaign, user=build.user())
    chair.function = CouncilFunction.CHAIR
    gone, closed = build.member(campaign, user=build.user()), build.user(is_active=False)
    gone.left_on, gone.leaving_reason = date(2021, 4, 1), "nghỉ hưu"
    build.member(campaign, user=closed)
    kind = build.award_kind(campaign, of_type=_award("RS-CU", "GK", "Giấy khen"))
    build.award_kind(campaign, of_type=_award("RS-CU", "BK", "Bằng khen cũ"))
    _award("RS-MOI", "GK", "Giấy khen", coefficient=Decimal(1))
    db.session.add(AwardQuota(kind_id=kind.id, block_id=block.id, numerator=1, denominator=3))
    db.session.flush()
    return campaign


def test_a_copy_brings_council_awards_and_quotas_under_the_rule_set_of_its_own_days(source):
    copy = copy_plan(source, title="Năm sau", months=12, parts=ALL_PARTS)
    assert (copy.starts_on, copy.ends_on, copy.rule_set_code) == (
        date(2022, 2, 26),
        date(2022, 4, 30),
        "RS-MOI",
    )
    assert [(row.award_type.rule_set_code, row.award_type.code) for row in kinds(copy.id)] == [
        ("RS-MOI", "GK")
    ]
    assert [row.share_text for row in quotas(copy.id).values()] == ["1/3"]
    members = db.session.query(CouncilMember).filter_by(campaign_id=copy.id).all()
    assert [row.function for row in members] == [CouncilFunction.CHAIR]
    law = [row.sentence for row in changes_since(copy, copy_of(copy.id)).law]
    assert law[:3] == [
        "Phong trào trước theo bộ quy định RS-CU; phong trào này bắt đầu 26/02/2022, theo bộ "
        "RS-MOI.",
        "Giấy khen: hệ số tiền thưởng 0,3 → 1.",
        "Bằng khen cũ không có trong bộ quy định RS-MOI nên không sao chép.",
    ]


def test_only_what_is_ticked_comes_along(source):
    copy = copy_plan(source, title="Chỉ khối", months=1, parts={CopyPart.BLOCKS})
    assert [row.name for row in rows_of(Block, copy.id)] == ["Khối Sở"]
    assert (rows_of(Band, copy.id), scheme_of(copy.id).criteria, kinds(copy.id)) == ([], (), [])
    assert changes_since(copy, copy_of(copy.id)).table == []


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            {CopyPart.ALLOCATIONS},
            "“Đơn vị chủ trì, phối hợp và phần giao” chỉ sao chép được cùng “Chỉ tiêu và quy tắc "
            "điểm”.",
        ),
        (
            {CopyPart.RESULTS},
            "“Kết quả đã thẩm định của phong trào trước làm số năm trước” chỉ sao chép được cùng "
            "“Chỉ tiêu và quy tắc điểm”.",
        ),
        (
            {CopyPart.TABLE},
            "Bảng điểm có tiêu chí tính theo chỉ tiêu: hãy chọn cả “Chỉ tiêu và quy tắc điểm”.",
        ),
        (
            {CopyPart.TABLE, CopyPart.INDICATORS},
            "Bảng điểm có tiêu chí chỉ áp dụng cho một khối: hãy chọn cả “Khối thi đua”.",
        ),
    ],
)
def test_a_part_is_not_copied_without_what_it_rests_on(app, sign_in, page, parts, told):
    campaign = build.campaign()
    indicator, block = build.indicator(campaign), build.block(campaign)
    build.criterion(campaign, judged_by=JudgedBy.INDICATOR, indicator_id=indicator.id)
    db.session.add(CriterionScope(criterion_id=build.criterion(campaign).id, block_id=block.id))
    db.session.commit()
    answer = sign_in(build.user(Role.SECRETARIAT)).post(
        "/campaigns/copy",
        data={
            "source": campaign.id,
            "title": "Năm sau",
            "months": "12",
            "parts": [part.value for part in parts],
        },
    )
    shown = page(answer)
    assert (shown.status, shown.one("#parts-error"), shown.value("title")) == (422, told, "Năm sau")
    assert db.session.query(Campaign).count() == 1


def test_verified_results_become_last_years_values_and_name_nobody(app):
    campaign, by = build.campaign(phase=Phase.PUBLISHED), build.user(Role.SECRETARIAT)
    block, period = build.block(campaign), build.period(campaign)
    sales, homes = build.indicator(campaign, name="Doanh thu"), build.indicator(campaign)
    first, second = build.unit(), build.unit()
    db.session.add(Allocation(indicator_id=homes.id, unit_id=first.id, target=Decimal(7)))
    for unit, value, official in ((first, "120", None), (second, "80", "81.5")):
        checked = build.verified(
            of=build.participation(campaign, unit=unit, block=block), period=period, by=by
        )
        for row in (sales, homes):
            db.session.add(
                VerifiedValue(
                    verification_id=checked.id,
                    indicator_id=row.id,
                    value=Decimal(value),
                    official_value=official and Decimal(official),
                    updated_at=build.NOW,
                    updated_by_id=by.id,
                )
            )
    db.session.flush()
    copy = copy_plan(campaign, title="Năm sau", months=12, parts=ALL_PARTS)
    twin, given = scheme_of(copy.id).indicators.values()
    assert [twin.targets_for(unit.id).previous_year_value for unit in (first, second)] == [
        Decimal(120),
        Decimal("81.5"),
    ]
    assert twin.concerns(build.unit().id)
    assert [given.concerns(unit.id) for unit in (first, second)] == [True, False]
    assert given.targets_for(first.id) == (Decimal(7), None, Decimal(120))


def test_units_that_ceased_were_renamed_or_are_new_are_told(source, sign_in):
    block = db.session.query(Block).filter_by(campaign_id=source.id).one()
    gone = build.unit(name="Phòng Mai Châu", valid_to=date(2021, 6, 30))
    renamed = build.unit(name="Sở Công Thương")
    for unit in (gone, renamed):
        build.participation(source, unit=unit, block=block)
    recorder.act("unit.edit")
    db.session.commit()
    renamed.name = "Sở Công nghiệp"
    build.unit(name="Phòng Kim Bôi", valid_from=date(2021, 7, 1))
    recorder.act("unit.edit")
    db.session.commit()
    copy = copy_plan(source, title="Năm sau", months=12, parts=ALL_PARTS)
    assert [row.sentence for row in changes_since(copy, copy_of(copy.id)).units] == [
        "Phòng Mai Châu đã chấm dứt hoạt động sau ngày 30/06/2021.",
        "“Sở Công Thương” nay là “Sở Công nghiệp”.",
        "Phòng Kim Bôi là đơn vị mới từ 01/07/2021.",
    ]


def test_what_of_the_table_was_changed_since_is_told(source, sign_in, page):
    by = build.user(Role.SECRETARIAT)
    db.session.add(
        PlanCorrection(
            campaign_id=source.id,
            subject="Tiêu chí “A1”: tên",
            before="Cũ",
            after="Mới",
            reason="Sai chữ",
            at=build.NOW,
            by_id=by.id,
        )
    )
    build.indicator(source, name="Doanh thu", year_target=Decimal(100))
    copy = copy_plan(source, title="Năm sau", months=12, parts=ALL_PARTS)
    db.session.query(Indicator).filter_by(campaign_id=copy.id).one().year_target = Decimal(120)
    build.criterion(copy, code="A2", maximum="5").name = "Nề nếp"
    db.session.commit()
    shown = page(sign_in(by).get(f"/campaigns/{copy.id}/changes"))
    assert shown.all("section.card:last-of-type li") == [
        "Đính chính ngày 28/04/2021, Tiêu chí “A1”: tên: Cũ → Mới.",
        "Thêm tiêu chí A2 “Nề nếp” (5,00 điểm).",
        "Chỉ tiêu “Doanh thu”: mục tiêu 100 → 120.",
    ]


def test_a_plan_that_is_no_copy_has_no_such_page(app, sign_in):
    campaign = build.campaign()
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert browser.get(f"/campaigns/{campaign.id}/changes").status_code == 404
