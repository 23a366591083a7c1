"""What the lines of a decision are paid."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.core.vote_rules import VoteRule
from campaign.decision import actions as deciding
from campaign.decision import figures
from campaign.decision import queries as decisions
from campaign.extensions import db
from campaign.honours.models import BaseSalary
from campaign.honours.rules import Subject
from campaign.nomination import actions as nominating
from campaign.nomination.kinds import actions as award_kinds
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from campaign.register.certificates.printing import certificate_data
from tests import build, worlds


def test_the_money_is_that_of_the_day_of_signing(field):
    db.session.add(BaseSalary(from_on=date(2021, 4, 20), amount=1_800_000, source="thử"))
    decision = worlds.drafted(field)
    deciding.edit_decision(field.campaign, decision, {"planned_on": date(2021, 4, 1)})
    assert [line.amount for line in decisions.lines_of(decision.id)] == [900_000]
    worlds.signed(field, decision)
    assert (
        [line.amount for line in decisions.lines_of(decision.id)],
        decision.figures["base_salary"],
    ) == ([1_080_000], 1_800_000)


def test_of_two_awards_of_one_collective_only_the_highest_is_paid(field):
    build.rule_set().pays_highest_only = True
    build.rule_set().highest_source = "NĐ 152/2025/NĐ-CP Điều 49"
    higher = build.award_kind(
        field.campaign,
        of_type=build.award_type(name="Giấy khen chuyên đề", coefficient=Decimal("0.5")),
    )
    for kind in (field.collective, higher):
        build.nominee(
            field.campaign,
            of=field.entries[0],
            kind=kind,
            name="Đơn vị Một",
            state=NomineeState.PROPOSED,
        )
    worlds.elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=build.TODAY)
    assert sorted((line.amount, line.steps) for line in decisions.lines_of(decision.id)) == [
        (
            0,
            "1.490.000 × 0,3 × 2 = 894.000, làm tròn lên hàng chục nghìn đồng: 900.000; chỉ "
            "trả mức cao nhất "
            "(NĐ 152/2025/NĐ-CP Điều 49), đã tính ở Giấy khen chuyên đề: 0",
        ),
        (1_490_000, "1.490.000 × 0,5 × 2 = 1.490.000"),
    ]


@pytest.mark.parametrize(
    ("years", "names", "paid"),
    [
        ((1980, None), ("Lê An", "LÊ  AN"), [0, 750_000]),
        ((None, None), ("Lê An", "Lê An"), [0, 750_000]),
        ((1980, 1990), ("Lê An", "Lê An"), [450_000, 750_000]),
        ((1980, 1980), ("Lê An", "Lê Ân"), [450_000, 750_000]),
    ],
)
def test_one_person_is_paid_once_and_two_of_one_name_are_told_apart_by_their_years(
    field, years, names, paid
):
    build.rule_set().pays_highest_only = True
    build.rule_set().highest_source = "NĐ 152/2025/NĐ-CP Điều 49"
    higher = build.award_kind(
        field.campaign,
        of_type=build.award_type(name="Giấy khen chuyên đề", coefficient=Decimal("0.5")),
        subject=Subject.INDIVIDUAL,
    )
    for kind, year, name in zip((field.person, higher), years, names, strict=True):
        build.nominee(
            field.campaign,
            of=field.entries[0],
            kind=kind,
            name=name,
            birth_year=year,
            state=NomineeState.PROPOSED,
        )
    worlds.elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=build.TODAY)
    assert sorted(line.amount for line in decisions.lines_of(decision.id)) == paid


def test_a_household_is_awarded_one_and_a_half_times_a_person(field):
    form = build.award_type(name="Giấy khen hộ", for_households=True)
    kind = award_kinds.save_kind(
        field.campaign,
        None,
        award_type=form,
        subject=Subject.HOUSEHOLD,
        vote=VoteRule(),
        leader_limit=None,
    )
    row = nominating.save_nominee(
        field.campaign,
        None,
        field.entries[0],
        kind,
        {"name": "Hộ bà Lê Thị An", "achievements": "Nộp thuế"},
    )
    row.state = NomineeState.PROPOSED
    build.nominee(
        field.campaign,
        of=field.entries[0],
        kind=field.collective,
        name="Đơn vị",
        state=NomineeState.PROPOSED,
    )
    worlds.elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=build.TODAY)
    assert [
        (line.subject, line.name, line.honorific, line.amount, line.steps)
        for line in decisions.lines_of(decision.id)
    ] == [
        (
            Subject.COLLECTIVE,
            "Đơn vị",
            "",
            900_000,
            "1.490.000 × 0,3 × 2 = 894.000, làm tròn lên hàng chục nghìn đồng: 900.000",
        ),
        (
            Subject.HOUSEHOLD,
            "Hộ bà Lê Thị An",
            "",
            680_000,
            "1.490.000 × 0,3 × 1,5 = 670.500, làm tròn lên hàng chục nghìn đồng: 680.000",
        ),
    ]
    assert decisions.about_whom_of(decision) == "Đơn vị, Hộ bà Lê Thị An"
    decision.signer_name = "Phạm Minh Đức"
    names = [
        recipient["name"]
        for recipient in certificate_data(
            field.campaign, worlds.signed(field, decision), decisions.lines_of(decision.id)
        )["recipients"]
    ]
    assert names == ["Tập thể Đơn vị", "Hộ bà Lê Thị An"]


def test_what_an_earlier_decision_of_the_campaign_paid_is_not_paid_again(field):
    build.rule_set().pays_highest_only = True
    first = worlds.signed(field, worlds.drafted(field))
    other = build.award_kind(field.campaign, of_type=build.award_type(name="Giấy khen khác"))
    entry = field.entries[0]
    row = build.nominee(field.campaign, of=entry, kind=other, name=f"Đơn vị {entry.id}")
    second = build.decision(field.campaign, signer_name="Phạm Minh Đức")
    build.decision_line(second, nominee=row, kind=other)
    figures.refigure(field.campaign, second)
    (line,) = decisions.lines_of(second.id)
    assert (line.amount, line.steps.split("; ")[1]) == (
        0,
        f"chỉ trả mức cao nhất, đã trả 900.000 theo Quyết định số {first.title}: 0",
    )
