"""Planning: what a draft allows, and what the launch freezes."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest

from campaign.conduct import actions as conduct
from campaign.conduct.rules import Step
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.honours.rule_sets import FORMER_RULE_SETS, RULE_SETS
from campaign.honours.rules import Rounding
from campaign.planning import actions
from campaign.planning.copying import copy_campaign
from campaign.planning.criteria import actions as criteria
from campaign.planning.criteria.actions import save_scope
from campaign.planning.indicators.actions import confirm_indicator, save_allocations, save_indicator
from campaign.planning.models import Block, Campaign, PhaseChange, ReportingPeriod
from campaign.planning.problems import launch_problems
from campaign.planning.queries import rows_of, scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import (
    Allocation,
    Criterion,
    CriterionGroup,
    CriterionScope,
    Indicator,
    IndicatorOwner,
)
from campaign.scheme.rules.terms import CriterionKind, Direction, JudgedBy, OwnerPart
from tests import build

AT = build.NOW
PERIOD = {
    "name": "Tháng 3",
    "starts_on": date(2021, 3, 1),
    "ends_on": date(2021, 3, 31),
    "due_on": date(2021, 4, 5),
    "locks_on": date(2021, 4, 10),
    "is_final": False,
}


def test_a_campaign_ends_after_it_begins(app):
    with pytest.raises(RuleViolation, match="Ngày kết thúc phải từ ngày bắt đầu trở đi"):
        actions.create_campaign(
            {"title": "A", "starts_on": date(2021, 4, 30), "ends_on": date(2021, 2, 26)}
        )


def test_a_rule_set_that_was_changed_waits_to_be_checked_again(app):
    row = build.rule_set(checked_by_id=build.user().id, checked_on=date(2021, 3, 1))
    values = {
        "title": "RS",
        "in_force_from": date(2021, 1, 1),
        "in_force_to": date(2020, 12, 31),
        "legal_basis": "Luật",
        "puts_women_first": False,
        "women_source": "",
        "pays_highest_only": True,
        "highest_source": "NĐ",
        "has_golden_book": False,
        "power_basis": "Quyết định về chức năng",
        "rounding": Rounding.NEAREST_10000,
        "source": "Công báo",
    }
    with pytest.raises(RuleViolation, match="Ngày hết hiệu lực phải sau ngày có hiệu lực."):
        honours.edit_rule_set(row, values, is_in_use=False)
    assert row.checked_on == date(2021, 3, 1)
    honours.edit_rule_set(row, values | {"in_force_to": None}, is_in_use=False)
    assert (row.rounding, row.legal_basis, row.checked_on, row.checked_by_id) == (
        Rounding.NEAREST_10000,
        "Luật",
        None,
        None,
    )


def test_an_upgrade_brings_up_to_date_what_nobody_edited_or_confirmed(app):
    law = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
    former = {row: dict(values) for row, values in FORMER_RULE_SETS.items()}
    untouched = build.rule_set(
        code="RS-2022a",
        in_force_from=date(2024, 1, 1),
        in_force_to=date(2025, 6, 30),
        legal_basis=former["RS-2022a"]["legal_basis"][0],
        source="công báo của Sở",
    )
    confirmed = build.rule_set(
        code="RS-2022b",
        legal_basis=former["RS-2022b"]["legal_basis"][0],
        checked_by_id=build.user().id,
        checked_on=date(2025, 9, 1),
    )
    edited = build.rule_set(code="RS-2017", legal_basis="Luật của Sở", source="sổ tay")
    honours.install_catalogue()
    shipped = {values["code"]: values for values in RULE_SETS}
    assert (untouched.legal_basis, untouched.power_basis, untouched.source) == (
        shipped["RS-2022a"]["legal_basis"],
        f"khoản 1 Điều 80 {law}",
        "công báo của Sở",
    )
    assert (confirmed.legal_basis, confirmed.power_basis, confirmed.in_force_to) == (
        former["RS-2022b"]["legal_basis"][0],
        "",
        None,
    )
    assert (edited.legal_basis, edited.source) == ("Luật của Sở", "sổ tay")
    made = build.rule_set(code="RS-2026")
    assert (made.title, made.in_force_from, made.in_force_to, made.checked_on) == (
        "Luật Thi đua, khen thưởng 2022, sửa đổi bởi Luật 06/2026/QH16",
        date(2026, 10, 1),
        None,
        None,
    )


def test_a_name_is_used_once_in_a_campaign(app):
    campaign = build.campaign()
    actions.save_row(campaign, Block(), {"name": "Khối Sở"})
    with pytest.raises(RuleViolation, match="Tên hoặc mã này đã có trong phong trào"):
        actions.save_row(campaign, Block(), {"name": "Khối Sở"})


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"due_on": date(2021, 3, 30)}, "Hạn nộp phải từ ngày cuối kỳ trở đi"),
        ({"locks_on": date(2021, 4, 4)}, "Ngày đóng nhận báo cáo phải từ hạn nộp trở đi"),
        ({"ends_on": date(2021, 2, 1)}, "Ngày kết thúc phải từ ngày bắt đầu trở đi"),
    ],
)
def test_the_dates_of_a_period_follow_each_other(app, more, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        actions.save_period(build.campaign(), ReportingPeriod(), {**PERIOD, **more})


def test_a_block_that_limits_a_criterion_is_not_deleted(app):
    campaign = build.campaign()
    block, free, criterion = (
        build.block(campaign),
        build.block(campaign),
        build.criterion(campaign, code="B7"),
    )
    save_scope(criterion, [block.id], [])
    with pytest.raises(
        RuleViolation, match="phạm vi áp dụng của tiêu chí B7; hãy sửa phạm vi trước khi xoá khối"
    ):
        actions.delete_row(campaign, block)
    actions.delete_row(campaign, free)
    assert [row.id for row in rows_of(Block, campaign.id)] == [block.id]


def test_an_indicator_whose_target_changed_waits_to_be_checked_again(app):
    campaign = build.campaign()
    one = build.indicator(campaign, checked_by_id=build.user().id, checked_on=build.TODAY)
    same = {
        name: getattr(one, name)
        for name in (
            "name",
            "measure_unit_id",
            "direction",
            "year_target",
            "growth_target",
            "previous_year_value",
            "source",
        )
    }
    assert save_indicator(campaign, one, {**same, "decimals": 1}) is False
    assert one.checked_on == build.TODAY
    assert save_indicator(campaign, one, {**same, "year_target": Decimal(99)}) is True
    assert (one.checked_on, one.checked_by_id) == (None, None)


def test_there_is_one_final_period(app):
    campaign = build.campaign()
    actions.save_period(campaign, ReportingPeriod(), {**PERIOD, "is_final": True})
    with pytest.raises(RuleViolation, match="chỉ một kỳ là kỳ cuối"):
        actions.save_period(
            campaign, ReportingPeriod(), {**PERIOD, "name": "Khác", "is_final": True}
        )


def test_after_the_launch_dates_only_move_later(app):
    campaign = build.campaign()
    period = ReportingPeriod()
    actions.save_period(campaign, period, PERIOD)
    campaign.phase, campaign.frozen_at = Phase.LAUNCHED, AT
    db.session.flush()
    actions.save_period(campaign, period, {**PERIOD, "due_on": date(2021, 4, 6)})
    for more, sentence in (
        ({"due_on": date(2021, 4, 5)}, "không được sớm hơn"),
        (
            {"due_on": date(2021, 4, 6), "is_final": True},
            "chỉ được lùi hạn nộp và ngày đóng nhận báo cáo",
        ),
    ):
        with pytest.raises(RuleViolation, match=sentence):
            actions.save_period(campaign, period, {**PERIOD, **more})
    with pytest.raises(RuleViolation, match="không thêm kỳ báo cáo nữa"):
        actions.save_period(campaign, ReportingPeriod(), {**PERIOD, "name": "Thêm"})


def test_the_default_table_taken_before_the_indicators_says_what_it_lacks_and_takes_it_later(
    app, sign_in, page
):
    campaign = build.campaign()
    browser, at = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/criteria"
    shown = page(browser.post(f"{at}/take-default", follow_redirects=True))
    assert shown.all(".flashes p") == [
        "Đã lấy bảng điểm mẫu. Hãy sửa cho hợp với phong trào. Còn thiếu nhóm A (40 điểm): "
        "nhóm này lấy mỗi chỉ tiêu một tiêu chí, "
        "mà phong trào chưa có chỉ tiêu."
    ]
    assert f"/campaigns/{campaign.id}/indicators/new" in shown.links(".note a")
    with pytest.raises(RuleViolation, match="Chưa có chỉ tiêu nào được tính điểm"):
        criteria.take_indicator_group(campaign)
    build.indicator(campaign, name="Xuất khẩu")
    build.indicator(campaign, name="Nhập khẩu")
    db.session.commit()
    assert page(browser.get(f"{at}/")).all(".note button") == ["Lấy nhóm A từ các chỉ tiêu"]
    again = page(browser.post(f"{at}/take-indicators", follow_redirects=True))
    scheme = scheme_of(campaign.id)
    assert ([group.code for group in scheme.groups], scheme.base_total) == (
        ["A", "B", "C", "D", "E", "T", "P"],
        100,
    )
    assert [(row.name, row.maximum) for row in scheme.groups[0].criteria] == [
        ("Xuất khẩu", 20),
        ("Nhập khẩu", 20),
    ]
    assert again.all(".note button") == []
    with pytest.raises(RuleViolation, match="Bảng điểm đã có nhóm A"):
        criteria.take_indicator_group(campaign)


@pytest.fixture
def launched(tell):
    """The campaign of 2021 of the demo, already launched."""
    return tell(Stage.REPORTING)


def test_the_launch_freezes_weights_scale_and_aggregation(launched):
    indicator = db.session.query(Indicator).first()
    criterion, group = db.session.query(Criterion).first(), db.session.query(CriterionGroup).first()
    for attempt in (
        lambda: actions.save_row(launched, indicator, {"name": "Khác"}),
        lambda: actions.save_row(launched, criterion, {"maximum": Decimal(99)}),
        lambda: actions.delete_row(launched, criterion),
        lambda: actions.edit_settings(launched, {"minimum_marks": 1}),
        lambda: save_allocations(launched, indicator, {}, {}),
        lambda: criteria.take_default_table(launched),
        lambda: criteria.save_group(
            launched, group, code="X", name="X", kind=CriterionKind.BASE, cap=None
        ),
    ):
        with pytest.raises(RuleViolation, match="Phong trào đã phát động"):
            attempt()
    with pytest.raises(RuleViolation, match="không sửa được thời gian và bộ quy định"):
        actions.edit_campaign(
            launched, {"starts_on": launched.starts_on, "ends_on": date(2021, 12, 31)}
        )


@pytest.mark.parametrize(
    ("facts", "is_doubted"),
    [
        ({"source": "Quyết định giao chỉ tiêu 2021"}, False),
        ({"source": " "}, True),
        ({"source": "Quyết định 2020", "is_carried_over": True}, True),
        ({"source": "", "checked_on": build.TODAY}, False),
    ],
)
def test_a_target_that_the_office_typed_with_a_source_bears_no_mark(app, facts, is_doubted):
    campaign = build.campaign()
    by = {"checked_by_id": build.user().id} if "checked_on" in facts else {}
    row = build.indicator(campaign, **facts, **by)
    assert scheme_of(campaign.id).indicators[row.id].is_doubted is is_doubted


def test_a_target_carried_over_loses_its_mark_when_the_office_saves_or_confirms_it(app):
    campaign = build.campaign()
    saved, confirmed = (
        build.indicator(campaign, source="Kế hoạch 2020", is_carried_over=True) for _ in range(2)
    )
    names = (
        "name",
        "measure_unit_id",
        "direction",
        "year_target",
        "growth_target",
        "previous_year_value",
        "source",
    )
    save_indicator(campaign, saved, {name: getattr(saved, name) for name in names})
    confirm_indicator(confirmed, by_id=build.user().id, on=build.TODAY)
    assert (saved.is_carried_over, confirmed.is_carried_over) == (False, False)


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


def test_a_launched_campaign_is_not_deleted(launched):
    with pytest.raises(RuleViolation, match="Chỉ xoá được dự thảo"):
        actions.delete_campaign(launched)


def test_confirming_an_indicator_is_seen_at_once_although_the_scheme_is_kept(launched):
    indicator = db.session.query(Indicator).first()
    assert scheme_of(launched.id).indicators[indicator.id].is_checked is False
    confirm_indicator(indicator, by_id=1, on=build.TODAY)
    db.session.commit()
    assert scheme_of(launched.id).indicators[indicator.id].is_checked is True


def test_a_copy_holds_the_whole_plan_with_its_dates_moved_and_nothing_that_happened(launched):
    confirm_indicator(db.session.query(Indicator).first(), by_id=1, on=build.TODAY)
    copy = copy_campaign(launched, title="Năm sau", starts_on=date(2022, 2, 26))
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


def test_the_default_table_adds_up_to_100_for_the_six_targets(launched):
    scheme = scheme_of(launched.id)
    assert (scheme.base_total, scheme.groups[0].maximum) == (Decimal(100), Decimal(40))


def test_what_applies_to_a_unit_is_rescaled_to_the_groups_maximum(launched):
    scheme = scheme_of(launched.id)
    unit = db.session.execute(
        db.text(
            "SELECT unit_id, block_id FROM participation JOIN unit ON unit.id = unit_id "
            "WHERE code = 'LSN'"
        )
    ).one()
    maxima = scheme.maxima_for(*unit)
    in_a = {row.code: maxima[row.id] for row in scheme.groups[0].criteria if row.id in maxima}
    assert in_a == {"A1": Decimal("16.67"), "A2": Decimal("13.33"), "A6": Decimal("10.00")}


def test_an_empty_draft_lists_everything_that_is_missing(app):
    campaign = build.campaign()
    problems = [problem.sentence for problem in launch_problems(campaign)]
    assert "Tổng điểm chuẩn đang là 0,00, phải đúng 100." in problems
    assert len(problems) >= 4
    with pytest.raises(RuleViolation):
        conduct.move(campaign, Step.LAUNCH, expected=Phase.DRAFT, reason="", by=build.user(), at=AT)


def test_what_nobody_has_checked_is_told_before_the_launch_and_does_not_block_it(app):
    rules = build.rule_set(code="RS-THU")
    campaign = build.campaign(rule_set_code=rules.code)
    checked, unchecked = build.indicator(campaign), build.indicator(campaign)
    confirm_indicator(checked, by_id=build.user().id, on=AT.date())

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
    confirm_indicator(unchecked, by_id=person.id, on=AT.date())
    honours.confirm(rules, by=person, on=AT.date())
    assert told() == []


def test_a_rule_judged_criterion_names_its_indicator(app):
    campaign = build.campaign()
    values = {
        "code": "A1",
        "name": "A",
        "guidance": "",
        "maximum": Decimal(1),
        "evidence_required": False,
        "judged_by": JudgedBy.INDICATOR,
        "indicator_id": None,
        "group_id": build.group(campaign).id,
    }
    with pytest.raises(RuleViolation, match="Hãy chọn chỉ tiêu"):
        criteria.save_criterion(campaign, Criterion(), values, blocks=[], units=[])


def test_a_bonus_group_has_a_cap(app):
    with pytest.raises(RuleViolation, match="cần mức trần"):
        criteria.save_group(
            build.campaign(),
            CriterionGroup(),
            code="T",
            name="Thưởng",
            kind=CriterionKind.BONUS,
            cap=None,
        )


def test_planning_is_for_the_secretariat_alone(app, sign_in):
    campaign = build.campaign()
    answers = {
        role: sign_in(build.user(role, at=build.unit() if role.belongs_to_unit else None))
        .post(f"/campaigns/{campaign.id}/edit", data={})
        .status_code
        for role in Role
    }
    assert {role for role, status in answers.items() if status != 403} == {Role.SECRETARIAT}
    assert db.session.get(Campaign, campaign.id).title == campaign.title


def test_a_draft_that_somebody_enrolled_in_is_not_deleted(app):
    campaign = build.campaign()
    build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    with pytest.raises(RuleViolation, match="Dự thảo này đã có đơn vị đăng ký hoặc Hội đồng"):
        actions.delete_campaign(campaign)


def test_a_draft_is_deleted_with_everything_planned_in_it(app):
    campaign = build.campaign()
    build.criterion(
        campaign, judged_by=JudgedBy.INDICATOR, indicator_id=build.indicator(campaign).id
    )
    build.period(campaign)
    actions.delete_campaign(campaign)
    assert db.session.query(Campaign).count() == 0


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
    ("bands", "sentence"),
    [
        ("100: 100\n90 80", "Dòng “90 80” cần dấu hai chấm, ví dụ “90: 80”."),
        ("9.5: 80", "Dòng “9.5: 80”: “9.5” có phải là “9,5” không?"),
    ],
)
def test_a_line_of_bands_that_cannot_be_read_is_refused_and_stays(
    app, sign_in, page, bands, sentence
):
    campaign, planner = build.campaign(), build.user(Role.SECRETARIAT)
    data = {
        "name": "Điện",
        "measure_unit_id": str(build.measure_unit().id),
        "decimals": "2",
        "direction": "at_least",
        "judgement": "level",
        "year_target": "100",
        "kind": "bands",
        "bands": bands,
        "lost_percent": "5",
        "unit": "0,1",
        "required_kind": "",
    }
    answer = page(sign_in(planner).post(f"/campaigns/{campaign.id}/indicators/new", data=data))
    assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.one(".error-summary li")
    assert answer.value("bands") == bands


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("45", ["9,00 điểm"]),
        ("4.5", ["Giá trị thử: “4.5” có phải là “4,5” không? Dấu phẩy ngăn phần thập phân."]),
    ],
)
def test_a_trial_without_a_script_answers_on_the_page_of_the_indicator_as_it_is_kept(
    app, sign_in, page, value, said
):
    campaign = build.campaign()
    indicator = build.indicator(campaign, name="Số mô hình", year_target=Decimal(50))
    browser, at = (
        sign_in(build.user(Role.SECRETARIAT)),
        f"/campaigns/{campaign.id}/indicators/{indicator.id}",
    )
    answer = page(
        browser.get(
            at,
            query_string={
                "trial_value": value,
                "trial_maximum": "10",
                "trial_place": "1",
                "trial_share": "",
            },
        )
    )
    assert answer.all("[data-trial-answer] .figure-big, [data-trial-answer] .field__error") == said
    assert (answer.one("h1"), answer.value("trial_value"), answer.value("name")) == (
        "Số mô hình",
        value,
        "Số mô hình",
    )


def test_a_trial_starts_with_the_maximum_of_the_criterion_that_follows_the_indicator(
    app, sign_in, page
):
    campaign = build.campaign()
    followed, watched = build.indicator(campaign), build.indicator(campaign)
    build.criterion(campaign, judged_by=JudgedBy.INDICATOR, maximum="7.5", indicator_id=followed.id)
    browser = sign_in(build.user(Role.SECRETARIAT))
    answers = [
        page(browser.get(f"/campaigns/{campaign.id}/indicators/{row}"))
        for row in (followed.id, watched.id, "new")
    ]
    assert [answer.value("trial_maximum") for answer in answers] == ["7,5", "10", "10"]


def _writable(answer):
    """The names of the fields in which one may type or choose."""
    found = answer.tree.xpath(
        "//main//form[@method='post']//*[self::input or self::select or self::textarea]"
        "[@name and not(@type='hidden')]"
        "[not(@readonly) and not(@disabled) and not(ancestor::fieldset/@disabled)]"
    )
    return [one.get("name") for one in found]


@pytest.mark.parametrize(("phase", "is_open"), [(Phase.DRAFT, True), (Phase.LAUNCHED, False)])
def test_what_the_launch_froze_is_there_to_read_only(app, sign_in, page, phase, is_open):
    campaign = build.campaign(phase=phase)
    group, block = build.group(campaign), build.block(campaign)
    indicator, task = build.indicator(campaign), build.task(campaign)
    criterion = build.criterion(campaign, within=group)
    build.unit()
    browser = sign_in(build.user(Role.SECRETARIAT))
    for path in (
        f"indicators/{indicator.id}",
        f"indicators/{indicator.id}/allocations",
        "indicators/new",
        "settings",
        "criteria/new",
        f"criteria/{criterion.id}",
        f"criteria/groups/{group.id}",
        f"plan/blocks/{block.id}",
        f"plan/tasks/{task.id}",
        "plan/bands/new",
    ):
        answer = page(browser.get(f"/campaigns/{campaign.id}/{path}"))
        assert (path, bool(_writable(answer))) == (path, is_open)
        assert (path, "Lưu" in answer.all("main form button")) == (path, is_open)
        assert (path, any("Phong trào đã phát động" in note for note in answer.all(".note"))) == (
            path,
            not is_open,
        )


def test_after_the_launch_a_period_offers_only_what_may_still_move(app, sign_in, page):
    campaign = build.campaign(phase=Phase.LAUNCHED)
    period = build.period(campaign, expected_share=Decimal("33.3333"))
    browser, at = (
        sign_in(build.user(Role.SECRETARIAT)),
        f"/campaigns/{campaign.id}/plan/periods/{period.id}",
    )
    answer = page(browser.get(at))
    assert _writable(answer) == ["name", "due_on", "locks_on"]
    asked = {
        name: answer.value(name)
        for name in (
            "name",
            "starts_on",
            "ends_on",
            "due_on",
            "locks_on",
            "expected_share",
            "is_final",
        )
    }
    assert (
        browser.post(at, data={**asked, "locks_on": "09/05/2021"}).status_code
        == HTTPStatus.SEE_OTHER
    )
    assert period.locks_on == date(2021, 5, 9)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"trial_value": "104", "growth_target": "8"}, "9,63 điểm"),
        (
            {"trial_value": "104", "growth_target": "8.5"},
            "Tăng so với năm trước (%): “8.5” có phải là “8,5” không? "
            "Dấu phẩy ngăn phần thập phân.",
        ),
        (
            {"trial_value": "9.5", "growth_target": "8"},
            "Giá trị thử: “9.5” có phải là “9,5” không? Dấu phẩy ngăn phần thập phân.",
        ),
    ],
)
def test_a_trial_says_which_field_cannot_be_read(app, sign_in, page, asked, said):
    campaign, planner = build.campaign(), build.user(Role.SECRETARIAT)
    typed = {
        "kind": "linear",
        "direction": "at_least",
        "judgement": "growth",
        "trial_comparison": "100",
        "trial_maximum": "10",
        **asked,
    }
    answer = page(
        sign_in(planner).get(f"/campaigns/{campaign.id}/indicators/trial", query_string=typed)
    )
    assert answer.one("p") == said


def test_the_sum_follows_the_criterion_as_it_is_typed(app, sign_in, page):
    campaign, planner = build.campaign(), build.user(Role.SECRETARIAT)
    base, bonus = (
        build.group(campaign),
        build.group(campaign, kind=CriterionKind.BONUS, cap=Decimal(10)),
    )
    first = build.criterion(campaign, within=base, maximum="60")
    browser = sign_in(planner)

    def total(**asked):
        return page(
            browser.get(f"/campaigns/{campaign.id}/criteria/total", query_string=asked)
        ).all("p")

    assert total(criterion=first.id, group_id=base.id, maximum="62,5") == [
        "62,50/100",
        "Còn thiếu 37,50 điểm; khi phát động phải đúng 100.",
    ]
    assert total(criterion=0, group_id=base.id, maximum="40") == [
        "100,00/100",
        "Đúng 100 điểm chuẩn.",
    ]
    assert total(criterion=0, group_id=bonus.id, maximum="40") == [
        "60,00/100",
        "Còn thiếu 40,00 điểm; khi phát động phải đúng 100.",
    ]


def test_the_order_of_indicators_is_fixed_by_the_launch(app, sign_in):
    campaign, planner = build.campaign(phase=Phase.LAUNCHED), build.user(Role.SECRETARIAT)
    first, second = build.indicator(campaign, position=1), build.indicator(campaign, position=2)
    sign_in(planner).post(f"/campaigns/{campaign.id}/indicators/{second.id}/move", data={"up": "1"})
    assert list(scheme_of(campaign.id).indicators) == [first.id, second.id]


@pytest.mark.parametrize("typed", ["thi dua dac biet", "THI ĐUA", "Thi đua  đặc"])
def test_a_campaign_is_found_without_tones_whatever_the_case(app, sign_in, page, typed):
    build.campaign(title="Phong trào thi đua đặc biệt", phase=Phase.LAUNCHED)
    build.campaign(title="Đợt ra quân", phase=Phase.LAUNCHED)
    browser = sign_in(build.user(Role.SECRETARIAT))
    assert page(browser.get("/campaigns/", query_string={"q": typed})).all("tbody th") == [
        "Phong trào thi đua đặc biệt"
    ]
    assert (
        page(browser.get("/campaigns/?q=khongco")).one(".empty h2")
        == "Không có phong trào nào tên như vậy"
    )


def test_the_scheme_kept_of_one_database_is_not_that_of_another(app):
    campaign = build.campaign(phase=Phase.REPORTING)
    build.criterion(campaign, maximum="40")
    db.session.commit()
    assert scheme_of(campaign.id).base_total == Decimal(40)
    number, version, frozen_at = campaign.id, campaign.version, campaign.frozen_at
    db.session.remove()
    db.drop_all()
    db.create_all()
    build.campaign(id=number, phase=Phase.REPORTING, version=version, frozen_at=frozen_at)
    build.criterion(db.session.get(Campaign, number), maximum="60")
    assert scheme_of(number).base_total == Decimal(60)


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
    copied = copy_campaign(source, title="Phong trào 2026", starts_on=date(2026, 2, 26))
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


def test_a_sentence_told_of_two_fields_names_them_in_the_summary(app, sign_in, page):
    sent = {
        "title": "",
        "occasion": "",
        "starts_on": "x",
        "ends_on": "x",
        "organiser_id": "",
        "rule_set_code": "",
    }
    answer = page(sign_in(build.user(Role.SECRETARIAT)).post("/campaigns/new", data=sent))
    assert answer.all(".error-summary li") == [
        "Hãy nhập tên phong trào.",
        "Từ ngày: Hãy nhập ngày như 26/02/2021.",
        "Đến ngày: Hãy nhập ngày như 26/02/2021.",
    ]
    assert answer.links(".error-summary a") == ["#title", "#starts_on", "#ends_on"]
