"""Gates of nominees, and who may be the same person."""

from datetime import date

import pytest

from campaign.core.errors import RuleViolation
from campaign.extensions import db
from campaign.honours import past_awards
from campaign.honours.rules import Subject
from campaign.nomination import actions as nominating
from campaign.nomination import conditions, proposals
from campaign.nomination import queries as nominations
from campaign.nomination.rules import Gate
from campaign.planning.rules import Phase
from campaign.units.models import Unit
from tests import build


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (
            {"discipline": "khiển trách ngày 01/4/2021", "complaint": ""},
            "không bị kỷ luật trong kỳ”: khiển trách ngày 01/4/2021",
        ),
        (
            {"discipline": "", "complaint": "đơn số 5"},
            "không có khiếu nại đang giải quyết”: đơn số 5",
        ),
    ],
)
def test_a_blocking_gate_names_its_rule(field, note, sentence):
    row = build.nominee(field.campaign, of=field.entries[0], kind=field.person, honorific="Bà")
    nominating.note_standing(row, **note)
    with pytest.raises(RuleViolation, match=sentence):
        proposals.set_proposed(
            field.campaign, row, is_proposed=True, reason="vì", by=field.by, at=build.NOW
        )


def test_a_unit_that_did_not_finish_reporting_is_blocked(field):
    entry = build.participation(field.campaign, unit=build.unit(), block=field.block)
    row = build.nominee(field.campaign, of=entry, kind=field.person, honorific="Ông")
    with pytest.raises(RuleViolation, match="Báo cáo cuối kỳ chưa thẩm định xong."):
        proposals.set_proposed(
            field.campaign, row, is_proposed=True, reason="vì", by=field.by, at=build.NOW
        )


def _duplicates(field):
    """What the gate of duplicates says of each nominee."""
    rows = nominations.nominees(field.campaign.id)
    return {
        number: (check.verdict.value, check.reason)
        for number, checked in conditions.gate_checks(field.campaign, rows).items()
        for check in checked
        if check.gate is Gate.DUPLICATE
    }


def test_another_campaign_of_the_same_title_is_told_from_this_one(field):
    other = build.campaign(phase=Phase.MEETING, title=field.campaign.title, rule_set_code="RS-THU")
    entry = build.participation(other, unit=build.unit(), block=build.block(other))
    kind = build.award_kind(other, subject=Subject.INDIVIDUAL)
    for campaign, of, award_kind in (
        (other, entry, kind),
        (field.campaign, field.entries[0], field.person),
        (field.campaign, field.entries[1], field.person),
    ):
        build.nominee(campaign, of=of, kind=award_kind, name="Hoà Văn An", birth_year=1980)
    assert {reason for _, reason in _duplicates(field).values()} == {
        f"cũng được đề nghị trong “{other.title}”; cũng được đề nghị trong phong trào này"
    }


def test_the_same_person_in_another_campaign_is_found_and_one_of_other_tones_asked_about(field):
    other = build.campaign(phase=Phase.MEETING, title="Phong trào khác", rule_set_code="RS-THU")
    entry = build.participation(other, unit=build.unit(), block=build.block(other))
    build.nominee(
        other,
        of=entry,
        kind=build.award_kind(other, subject=Subject.INDIVIDUAL),
        name="Hoà Văn An",
        birth_year=1980,
    )
    same = build.nominee(
        field.campaign, of=field.entries[0], kind=field.person, name="HÒA VĂN AN", birth_year=1980
    )
    alike = build.nominee(
        field.campaign, of=field.entries[2], kind=field.person, name="Hòa Văn Ân", birth_year=1980
    )
    namesake = build.nominee(
        field.campaign, of=field.entries[1], kind=field.person, name="Hoa Văn An", birth_year=1990
    )
    assert _duplicates(field) == {
        same.id: ("blocked", "cũng được đề nghị trong “Phong trào khác”"),
        namesake.id: ("passed", ""),
        alike.id: (
            "warned",
            "Hoà Văn An cũng được đề nghị trong “Phong trào khác”; tên gần giống, có phải "
            "một người không?; "
            "HÒA VĂN AN cũng được đề nghị trong phong trào này; tên gần giống, có phải một "
            "người không?",
        ),
    }


@pytest.mark.parametrize(
    ("days", "is_told"),
    [
        ((date(2020, 9, 1), date(2020, 12, 31)), True),
        ((date(2021, 9, 1), date(2021, 12, 31)), True),
        ((date(2020, 5, 1), date(2020, 8, 31)), False),
    ],
)
def test_a_campaign_that_has_days_in_common_or_ends_in_the_same_year_is_looked_into(
    field, days, is_told
):
    """A school year from September 2020 to May 2021, beside a drive of a few months."""
    field.campaign.starts_on, field.campaign.ends_on = date(2020, 9, 1), date(2021, 5, 31)
    other = build.campaign(
        phase=Phase.MEETING,
        title="Đợt thi đua",
        rule_set_code="RS-THU",
        starts_on=days[0],
        ends_on=days[1],
    )
    entry = build.participation(other, unit=build.unit(), block=build.block(other))
    kind = build.award_kind(other, subject=Subject.INDIVIDUAL)
    for campaign, of, award_kind in (
        (other, entry, kind),
        (field.campaign, field.entries[0], field.person),
    ):
        build.nominee(campaign, of=of, kind=award_kind, name="Hoà Văn An", birth_year=1980)
    (said,) = _duplicates(field).values()
    assert said == (
        ("blocked", "cũng được đề nghị trong “Đợt thi đua”") if is_told else ("passed", "")
    )


def test_an_old_award_signed_within_the_days_of_a_campaign_over_new_year_is_a_duplicate(field):
    field.campaign.starts_on, field.campaign.ends_on = date(2020, 9, 1), date(2021, 5, 31)
    row = build.nominee(
        field.campaign, of=field.entries[0], kind=field.person, name="Hoà Văn An", honorific="Ông"
    )
    unit = db.session.get_one(Unit, row.participation.unit_id)
    book = {"form_name": "Giấy khen", "subject": Subject.INDIVIDUAL, "name": "Hòa Văn An"}
    for number, signed_on in (("7/QĐ", date(2020, 11, 20)), ("3/QĐ", date(2020, 6, 1))):
        past_awards.Books().save(
            book | {"number": number, "year": 2020, "signed_on": signed_on, "unit_name": unit.name}
        )
    db.session.commit()
    db.session.expunge_all()
    assert list(_duplicates(field).values()) == [
        ("blocked", "đã được tặng Giấy khen theo quyết định số 7/QĐ năm 2020")
    ]


def test_an_award_in_the_books_of_before_is_a_duplicate_in_its_unit_and_year(field):
    build.nominee(
        field.campaign, of=field.entries[0], kind=field.person, name="Hoà Văn An", honorific="Ông"
    )
    db.session.commit()
    db.session.expunge_all()
    (row,) = nominations.nominees(field.campaign.id)
    book = {
        "form_name": "Giấy khen",
        "subject": Subject.INDIVIDUAL,
        "name": "Hòa Văn An",
        "number": "7/QĐ-SCT",
    }
    past_awards.Books().save(book | {"year": 2021, "unit_name": row.participation.unit.name})
    past_awards.Books().save(book | {"year": 2021, "unit_name": "Một nơi khác"})
    past_awards.Books().save(book | {"year": 2020, "unit_name": row.participation.unit.name})
    past_awards.Books().save(
        book | {"year": 2021, "name": "Hòa Văn Ân", "unit_name": row.participation.unit.name}
    )
    assert _duplicates(field) == {
        row.id: ("blocked", "đã được tặng Giấy khen theo quyết định số 7/QĐ-SCT năm 2021")
    }
