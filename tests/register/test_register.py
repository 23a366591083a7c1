"""The register over the years."""

from datetime import date

from campaign.decision import amending
from campaign.decision import queries as decisions
from campaign.decision.models import UpwardRequest
from campaign.decision.rules import Answer, DecisionKind
from campaign.extensions import db
from campaign.honours import past_awards
from campaign.honours.rules import Level, Subject
from campaign.register import queries as registers
from tests import build, worlds


def test_the_register_is_searched_without_tones_and_counted(field, drafted):
    decision = drafted()
    decisions.lines_of(decision.id)[0].search_key = "phong kinh te"
    worlds.signed(field, decision)
    assert [
        line.register_number
        for line in db.session.scalars(registers.register(words="Phòng Kinh tế", year=2021))
    ] == [1]
    assert list(db.session.scalars(registers.register(words="không có"))) == []
    ((year, figures),) = registers.statistics(registers.figures())
    level = field.collective.award_type.level.label
    assert (year, figures[f"{field.collective.award_type.name}, tập thể"], figures[level]) == (
        2021,
        1,
        1,
    )


def test_the_register_counts_what_a_higher_level_granted_and_the_books_of_before(field):
    kind = build.award_kind(
        field.campaign,
        of_type=build.award_type(name="Bằng khen", level=Level.PROVINCE),
        subject=Subject.INDIVIDUAL,
    )
    row = build.nominee(
        field.campaign,
        of=field.entries[0],
        kind=kind,
        name="Hoà Văn An",
        honorific="Ông",
        is_leader=True,
    )
    other = build.nominee(
        field.campaign, of=field.entries[1], kind=kind, name="Lê Thị Bình", honorific="Bà"
    )
    db.session.add_all(
        [
            UpwardRequest(
                nominee_id=row.id,
                sent_on=build.TODAY,
                letter="12/TTr-SCT",
                answer=Answer.GRANTED,
                answered_on=date(2021, 6, 1),
                number="900/QĐ-UBND",
            ),
            UpwardRequest(
                nominee_id=other.id,
                sent_on=build.TODAY,
                letter="12/TTr-SCT",
                answer=Answer.REFUSED,
                answered_on=date(2021, 6, 1),
                reason="đã khen năm trước",
            ),
        ]
    )
    past_awards.Books().save(
        {
            "year": 2019,
            "number": "5/QĐ",
            "form_name": "Giấy khen",
            "subject": Subject.COLLECTIVE,
            "name": "Phòng A",
            "unit_name": "",
        }
    )
    db.session.flush()
    assert [
        award.nominee_id
        for award in registers.granted_upwards(
            words="hoa van", year=2021, subject=Subject.INDIVIDUAL
        )
    ] == [row.id]
    assert registers.granted_upwards(year=2020) == []
    assert registers.register_years() == [2021, 2019]
    assert registers.statistics(registers.figures()) == [
        (2021, {"Bằng khen, cá nhân": 1, field.block.name: 1, "cấp tỉnh": 1, "lãnh đạo": 1}),
        (2019, {"Giấy khen, tập thể": 1}),
    ]


def test_what_a_later_decision_ended_is_counted_apart(field, drafted, sign_in, page):
    old = worlds.signed(field, drafted(2))
    revoked = amending.amend(
        field.campaign,
        old,
        DecisionKind.REVOCATION,
        [decisions.lines_of(old.id)[0].nominee_id],
        reason="khai sai",
        on=build.TODAY,
    )
    worlds.signed(field, revoked, number="46")
    db.session.commit()
    browser = sign_in(field.by)
    heads = [page(browser.get(f"/awards/{asked}")).all("h2")[0] for asked in ("", "?year=2021")]
    assert heads == ["1 lượt khen thưởng; 1 dòng đã điều chỉnh, thu hồi"] * 2
