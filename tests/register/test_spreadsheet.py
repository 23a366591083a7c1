"""Sổ khen thưởng ra Excel: the lines that were asked for, as numbers and dates."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from campaign.core.permissions import Role
from campaign.decision.models import Decision
from campaign.decision.rules import DecisionState
from campaign.extensions import db
from campaign.honours.models import PastAward
from campaign.honours.rules import Subject
from campaign.planning.rules import Phase
from tests import build


def _signed(number, name, year):
    campaign = build.campaign()
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    kind = build.award_kind(campaign)
    decision = build.decision(
        campaign,
        state=DecisionState.SIGNED,
        number=str(number),
        signed_on=build.TODAY,
        signed_at=build.NOW,
    )
    nominee = build.nominee(campaign, of=entry, kind=kind, name=name)
    return build.decision_line(
        decision, nominee=nominee, kind=kind, register_number=number, register_year=year
    )


def test_the_register_comes_out_with_the_conditions_in_force(app, sign_in):
    _signed(1, "Phòng Kinh tế", 2020)
    _signed(2, "=Phòng Công nghiệp", 2021)
    browser = sign_in(build.user(Role.SECRETARIAT))
    with browser.get("/awards/excel?year=2021") as answer:
        book = load_workbook(BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book["Sổ khen thưởng"].rows][1:]
    assert [(row[0], row[1], row[3], row[11], row[10].date()) for row in rows] == [
        (2, 2021, "=Phòng Công nghiệp", 450_000, build.TODAY)
    ]
    assert ("Năm", "2021") in [tuple(cell.value for cell in row) for row in book["Thông tin"].rows]
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_money_of_lines_that_have_ended_stands_apart_and_is_summed_apart(app, sign_in):
    standing, ended = _signed(1, "Phòng Kinh tế", 2021), _signed(2, "Phòng Công nghiệp", 2021)
    ended.ended_by_id = standing.decision_id
    db.session.commit()
    browser = sign_in(build.user(Role.SECRETARIAT))
    with browser.get("/awards/excel") as answer:
        book = load_workbook(BytesIO(answer.data))
    assert [[cell.value for cell in row[11:]] for row in book["Sổ khen thưởng"].rows] == [
        ["Tiền thưởng, đồng", "Tiền đã hết hiệu lực, đồng", "Hiệu lực"],
        [None, 450_000, "đã điều chỉnh theo quyết định số 01/QĐ-SCT"],
        [450_000, None, None],
    ]
    about = dict([cell.value for cell in row] for row in book["Thông tin"].rows)
    assert (about["Tổng tiền thưởng"], about["Tổng tiền đã hết hiệu lực"]) == ("450.000", "450.000")
    campaign_id = db.session.get_one(Decision, ended.decision_id).campaign_id
    with browser.get(f"/campaigns/{campaign_id}/decisions/{ended.decision_id}/excel") as answer:
        rows = [
            [cell.value for cell in row]
            for row in load_workbook(BytesIO(answer.data))["Danh sách"].rows
        ]
    assert (rows[0][7], rows[0][10], rows[0][12:]) == (
        "Tiền thưởng, đồng",
        "Năm",
        ["Tiền đã hết hiệu lực, đồng", "Hiệu lực"],
    )
    assert (rows[1][7], rows[1][10], rows[1][12:]) == (
        None,
        2021,
        [450_000, "đã điều chỉnh theo quyết định số 01/QĐ-SCT"],
    )


def test_years_of_every_table_of_the_register_are_numbers_without_a_mark(app, sign_in):
    _signed(1, "Phòng Kinh tế", 2021)
    db.session.add(
        PastAward(
            year=2019,
            number="1",
            form_name="Giấy khen",
            subject=Subject.COLLECTIVE,
            name="A",
            search_key="a",
        )
    )
    db.session.commit()
    with sign_in(build.user(Role.SECRETARIAT)).get("/awards/excel") as answer:
        book = load_workbook(BytesIO(answer.data))
    cells = [
        (row[names.index("Năm")].value, row[names.index("Năm")].number_format)
        for sheet in book
        if "Năm" in (names := [cell.value for cell in sheet[1]])
        for row in list(sheet.rows)[1:]
    ]
    assert set(cells) == {(2021, "0"), (2019, "0")}


def test_the_register_is_searched_and_sorted_from_the_address(app, sign_in, page):
    _signed(1, "Phòng Kinh tế", 2020)
    _signed(2, "Hội Ân Thi", 2021)
    _signed(3, "Phòng Đô thị", 2021)
    browser = sign_in(build.user(Role.SECRETARIAT))

    def shown(**asked):
        seen = page(browser.get("/awards/", query_string=asked))
        return seen.all("td[data-label='Số vào sổ']")

    assert shown() == ["3/2021", "2/2021", "1/2020"]
    assert shown(sort="number") == ["1/2020", "2/2021", "3/2021"]
    assert shown(sort="-name") == ["1/2020", "3/2021", "2/2021"]
    assert shown(q="do thi") == ["3/2021"]
    assert shown(year="2021", sort="name", subject="collective") == ["2/2021", "3/2021"]


def test_awards_of_a_year_are_counted_by_the_groups_of_subjects(app, sign_in):
    for number, (subject, is_leader) in enumerate(
        [
            (Subject.COLLECTIVE, False),
            (Subject.INDIVIDUAL, True),
            (Subject.INDIVIDUAL, False),
            (Subject.INDIVIDUAL, False),
            (Subject.HOUSEHOLD, False),
        ],
        start=1,
    ):
        line = _signed(number, f"Người {number}", 2021)
        line.subject, line.is_leader, line.form_name = subject, is_leader, "Giấy khen"
        line.honorific = "Bà" if number in {2, 3} else ""
    _signed(9, "Phòng Kinh tế", 2020).subject = Subject.COLLECTIVE
    db.session.commit()
    with sign_in(build.user(Role.SECRETARIAT)).get("/awards/excel") as answer:
        book = load_workbook(BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book["Theo nhóm đối tượng"].rows][1:]
    assert [(row[0], *row[3:]) for row in rows] == [
        (2021, 1, 1, 1, 2, 2),
        (2020, 1, 0, 0, 0, 0),
    ]


def test_the_drives_of_a_year_are_listed_with_their_length_units_and_awards(app, sign_in):
    organiser = build.unit(name="Sở Công Thương")
    dates = {"starts_on": date(2021, 2, 26), "ends_on": date(2021, 4, 30)}
    drive = build.campaign(
        title="Thi đua", phase=Phase.REPORTING, organiser_id=organiser.id, **dates
    )
    build.campaign(title="Còn dự thảo", phase=Phase.DRAFT)
    build.participation(drive, unit=build.unit(), block=build.block(drive))
    db.session.commit()
    with sign_in(build.user(Role.SECRETARIAT)).get("/awards/excel") as answer:
        book = load_workbook(BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book["Phong trào"].rows][1:]
    assert [row[:3] + row[5:] for row in rows] == [[2021, "Thi đua", "Sở Công Thương", 64, 1, 0]]
