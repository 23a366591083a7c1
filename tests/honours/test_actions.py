"""The catalogue as it is installed and brought up to date."""

import re
from decimal import Decimal

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.vote_rules import Base, Mode, VoteRule, rule_from_data, rule_to_data
from campaign.honours import actions as honours
from campaign.honours import queries as catalogue
from campaign.honours.catalogue import AWARD_TYPES, BASE_SALARIES
from campaign.honours.rule_sets import RULE_SETS
from campaign.honours.rules import Fact, Ground, Subject
from campaign.nomination import actions as nominating
from campaign.nomination.kinds import actions as award_kinds
from tests import build


def test_the_catalogue_is_installed_once(field):
    build.rule_set(code="RS-2017")
    honours.install_catalogue()
    honours.install_catalogue()
    names = [form.name for form in catalogue.award_types("RS-2017")]
    assert (
        len(names),
        len(set(names)),
        all(form.checked_on is None for form in catalogue.award_types("RS-2017")),
    ) == (7, 7, True)


def test_an_upgrade_renames_only_forms_that_stand_as_they_were_shipped(field):
    build.rule_set(code="RS-2022b")
    honours.install_catalogue()
    rows = {form.code: form for form in catalogue.award_types("RS-2022b")}
    rows["giay-khen"].report_form = "mẫu theo NĐ 152/2025/NĐ-CP"
    rows["bang-khen-bo"].report_form = "Mẫu của Sở"
    rows["bang-khen-tinh"].report_form = "mẫu theo NĐ 152/2025/NĐ-CP"
    honours.confirm(rows["bang-khen-tinh"], by=field.by, on=build.TODAY, fact=Fact.REPORT)
    honours.install_catalogue()
    assert [rows[code].report_form for code in ("giay-khen", "bang-khen-bo", "bang-khen-tinh")] == [
        "Mẫu số 08, NĐ 152/2025/NĐ-CP",
        "Mẫu của Sở",
        "mẫu theo NĐ 152/2025/NĐ-CP",
    ]


@pytest.mark.parametrize(
    ("code", "ground"),
    [
        ("RS-2017", Ground.PROPOSAL),
        ("RS-2022a", Ground.LAW),
        ("RS-2022b", Ground.LAW),
        ("RS-2026", Ground.LAW),
    ],
)
def test_the_emulation_fighter_of_an_office_needs_80_per_cent_of_all_members_by_ballot(
    app, code, ground
):
    build.rule_set(code=code)
    honours.install_catalogue()
    row = next(form for form in catalogue.award_types(code) if form.code == "chien-si-thi-dua")
    assert (rule_from_data(row.vote), row.vote_ground) == (
        VoteRule(Mode.SECRET, Base.TOTAL, 80, 100),
        ground,
    )


def test_an_upgrade_corrects_the_majority_that_was_shipped_wrong_and_no_other(app):
    build.rule_set(code="RS-2022a")
    honours.install_catalogue()
    row = next(
        form for form in catalogue.award_types("RS-2022a") if form.code == "chien-si-thi-dua"
    )
    for stored, numerator in (
        (VoteRule(Mode.SECRET, Base.TOTAL, 90, 100), 80),
        (VoteRule(Mode.OPEN, Base.TOTAL, 75, 100), 75),
    ):
        row.vote, row.vote_source, row.vote_ground = rule_to_data(stored), "", Ground.LAW
        honours.install_catalogue()
        assert rule_from_data(row.vote).numerator == numerator


def test_no_source_of_a_rule_set_is_younger_than_the_rule_set():
    ends = {rules["code"]: rules["in_force_to"] for rules in RULE_SETS}
    for code, rows in AWARD_TYPES.items():
        sources = [
            str(row.get(name, ""))
            for row in rows
            for name in ("source", "vote_source", "report_source", "report_form")
        ]
        years = [int(year) for source in sources for year in re.findall(r"/(20\d\d)/", source)]
        assert ends[code] is None or max(years) <= ends[code].year, code
    for day, _amount, source in BASE_SALARIES:
        assert all(int(year) <= day.year for year in re.findall(r"/(20\d\d)/", source))


def test_a_form_that_is_not_for_households_names_none(field):
    with pytest.raises(RuleViolation, match=r"không tặng hộ gia đình\."):
        award_kinds.save_kind(
            field.campaign,
            None,
            award_type=build.award_type(name="Giấy khen khác"),
            subject=Subject.HOUSEHOLD,
            vote=VoteRule(),
            leader_limit=None,
        )
    kind = build.award_kind(
        field.campaign, subject=Subject.HOUSEHOLD, of_type=build.award_type(for_households=True)
    )
    with pytest.raises(RuleViolation, match=r"Hãy ghi tên hộ\."):
        nominating.save_nominee(field.campaign, None, field.entries[0], kind, {"name": " "})


@pytest.mark.parametrize(
    ("code", "households"),
    [("RS-2017", []), ("RS-2022b", ["giay-khen", "bang-khen-tinh", "bang-khen-bo"])],
)
def test_households_are_awarded_by_the_rule_sets_that_know_them(app, code, households):
    build.rule_set(code=code)
    honours.install_catalogue()
    rows = [row for row in catalogue.award_types(code) if row.for_households]
    assert (
        [row.code for row in rows],
        {row.household_factor for row in rows} - {Decimal("1.5")},
    ) == (households, set())
