"""What a plan lacks before its launch."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.conduct import actions as conduct
from campaign.conduct.rules import Step
from campaign.core.errors import RuleViolation
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.planning.indicators.actions import confirm_indicator
from campaign.planning.models import Band
from campaign.planning.problems import launch_problems
from campaign.planning.rules import Phase
from campaign.scheme.rules.terms import Direction, JudgedBy, Judgement, TargetOf
from tests import build


def test_a_plan_outside_its_rule_set_or_with_a_younger_basis_is_warned_of_before_the_launch(app):
    old = build.rule_set(
        code="RS-CU", in_force_from=date(2025, 7, 1), in_force_to=date(2026, 9, 30)
    )
    build.rule_set(code="RS-MOI", in_force_from=date(2026, 10, 1))
    campaign = build.campaign(
        rule_set_code=old.code,
        starts_on=date(2026, 8, 1),
        ends_on=date(2026, 11, 30),
        legal_basis=(
            "Quyết định số 7/QĐ-UBND ngày 02 tháng 8 năm 2026 của Uỷ ban nhân dân tỉnh về thi đua"
        ),
    )
    told = [
        (row.sentence, row.is_blocking)
        for row in launch_problems(campaign)
        if row.endpoint == "planning.edit" and not row.is_blocking
    ]
    assert told == [
        (
            "Bộ quy định RS-CU có hiệu lực từ 01/07/2025 đến 30/09/2026, không gồm ngày dự "
            "kiến nhận hồ sơ "
            "30/11/2026; ngày đó theo RS-MOI.",
            False,
        ),
        (
            "Căn cứ: Quyết định 7/QĐ-UBND ban hành ngày 02/08/2026, sau ngày 01/08/2026 của "
            "văn bản.",
            False,
        ),
    ]


def test_an_empty_draft_lists_everything_that_is_missing(app):
    campaign = build.campaign()
    problems = [problem.sentence for problem in launch_problems(campaign)]
    assert "Tổng điểm chuẩn đang là 0,00, phải đúng thang điểm 100." in problems
    assert len(problems) >= 4
    with pytest.raises(RuleViolation):
        conduct.move(
            campaign, Step.LAUNCH, expected=Phase.DRAFT, reason="", by=build.user(), at=build.NOW
        )


def test_what_nobody_has_checked_is_told_before_the_launch_and_does_not_block_it(app):
    rules = build.rule_set(code="RS-THU")
    campaign = build.campaign(rule_set_code=rules.code)
    checked, unchecked = build.indicator(campaign), build.indicator(campaign)
    confirm_indicator(checked, by_id=build.user().id, on=build.NOW.date())

    def told():
        return [
            (row.sentence, row.endpoint, row.is_blocking)
            for row in launch_problems(campaign)
            if "đối chiếu" in row.sentence
        ]

    assert told() == [
        (f"Chỉ tiêu chưa đối chiếu với văn bản gốc: {unchecked.name}.", "indicators.index", False),
        ("Bộ quy định RS-THU chưa đối chiếu với văn bản gốc.", "honours.rule_sets", False),
    ]
    person = build.user()
    confirm_indicator(unchecked, by_id=person.id, on=build.NOW.date())
    honours.confirm(rules, by=person, on=build.NOW.date())
    assert told() == []


def test_a_criterion_that_follows_a_watched_indicator_stands_on_the_checklist(app):
    campaign = build.campaign()
    indicator = build.indicator(campaign, direction=Direction.WATCH, year_target=None)
    criterion = build.criterion(
        campaign, code="A9", judged_by=JudgedBy.INDICATOR, indicator_id=indicator.id
    )
    found = [
        (row.sentence, row.endpoint, row.values)
        for row in launch_problems(campaign)
        if row.endpoint == "criteria.edit"
    ]
    assert found == [
        (
            "Tiêu chí A9 tính theo một chỉ tiêu chỉ để theo dõi, nên không đơn vị nào có điểm.",
            "criteria.edit",
            (("criterion_id", criterion.id),),
        )
    ]


@pytest.mark.parametrize(
    ("scale", "start", "told"),
    [
        (100, 90, []),
        (1000, 500, []),
        (
            1000,
            90,
            [
                "Mức xếp loại cao nhất “Xuất sắc” chỉ cần 90 điểm trên thang 1.000; hãy xem lại "
                "các mức."
            ],
        ),
        (
            50,
            90,
            [
                "Mức xếp loại “Xuất sắc” cần 90 điểm, quá thang 50: chỉ đạt được nhờ điểm thưởng.",
            ],
        ),
    ],
)
def test_bands_that_do_not_fit_the_scale_are_warned_of(app, scale, start, told):
    campaign = build.campaign(scale=Decimal(scale))
    for name, points in (("Xuất sắc", start), ("Khá", 30)):
        db.session.add(Band(campaign_id=campaign.id, name=name, from_points=Decimal(points)))
    db.session.flush()
    warned = [row for row in launch_problems(campaign) if "xếp loại" in row.sentence]
    assert ([row.sentence for row in warned], {row.is_blocking for row in warned}) == (
        told,
        {False} if told else set(),
    )


@pytest.mark.parametrize(
    ("ends_on", "target_of", "judgement", "is_told"),
    [
        (date(2027, 2, 28), TargetOf.YEAR, Judgement.CUMULATIVE, True),
        (date(2028, 11, 30), TargetOf.YEAR, Judgement.CUMULATIVE, True),
        (date(2026, 12, 31), TargetOf.YEAR, Judgement.CUMULATIVE, False),
        (date(2027, 2, 28), TargetOf.CAMPAIGN, Judgement.CUMULATIVE, False),
        (date(2027, 2, 28), TargetOf.YEAR, Judgement.LEVEL, False),
    ],
)
def test_a_target_of_the_year_is_asked_about_where_the_campaign_goes_over_new_year(
    app, ends_on, target_of, judgement, is_told
):
    campaign = build.campaign(starts_on=date(2026, 12, 1), ends_on=ends_on)
    build.indicator(campaign, name="Số cây", target_of=target_of, judgement=judgement)
    told = [row for row in launch_problems(campaign) if "sang năm" in row.sentence]
    assert [(row.sentence, row.is_blocking) for row in told] == is_told * [
        (
            f"Phong trào kéo từ năm 2026 sang năm {ends_on.year} mà mục tiêu luỹ kế tính cho cả "
            "năm: Số cây. Hãy xem có phải mục tiêu của cả phong trào không.",
            False,
        )
    ]


def test_a_period_of_another_year_or_after_the_final_one_is_told_before_the_launch(app):
    campaign = build.campaign(starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28))
    for name, first, last, is_final in (
        ("Kỳ 1", date(2025, 12, 1), date(2025, 12, 31), False),
        ("Kỳ 2", date(2026, 12, 1), date(2027, 1, 31), True),
        ("Kỳ 3", date(2027, 1, 1), date(2027, 2, 28), False),
        ("Kỳ 4", date(2028, 2, 1), date(2028, 2, 29), False),
    ):
        build.period(
            campaign,
            name=name,
            starts_on=first,
            ends_on=last,
            due_on=last,
            locks_on=last,
            is_final=is_final,
        )
    told = [row.sentence for row in launch_problems(campaign) if row.sentence.startswith("Kỳ ")]
    assert told == [
        "Kỳ “Kỳ 1” hết ngày 31/12/2025, trước ngày phong trào bắt đầu 01/12/2026; hãy xem lại năm.",
        "Kỳ “Kỳ 4” bắt đầu ngày 01/02/2028, sau ngày phong trào kết thúc 28/02/2027; hãy xem lại "
        "năm.",
        "Kỳ “Kỳ 3” hết sau kỳ cuối “Kỳ 2”, nên số liệu của kỳ ấy không được chấm.",
        "Kỳ “Kỳ 4” hết sau kỳ cuối “Kỳ 2”, nên số liệu của kỳ ấy không được chấm.",
    ]
