"""Lists: searched, narrowed, sorted and paged from the address, in one way on every page."""

from http import HTTPStatus
from io import BytesIO
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.decision.models import Decision
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.inspection.models import Inspection
from campaign.nomination.models import AwardKind, Nominee
from campaign.planning.rules import Phase
from campaign.publicity.models import Post
from campaign.web.lists import Column, Filter, page_of, read
from campaign.web.paging import Page
from tests import build
from tests.shape.walk import world

COLUMNS = (
    Column("name", "Tên", value=lambda row: row.name),
    Column("points", "Điểm", value=lambda row: row.points, is_number=True),
)
BLOCK = Filter("block", "Khối", (("1", "Khối I"), ("2", "Khối II")))
STATE = Filter("state", "Hiệu lực", (("valid", "đang hoạt động"), ("all", "tất cả")), usual="valid")


def _row(name, points):
    return SimpleNamespace(name=name, points=points)


ROWS = [_row("Đà Bắc", 80), _row("Ân Thi", None), _row("Cao Phong", 92), _row("Ăn Thi", 80)]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["Đà Bắc", "Ân Thi", "Cao Phong", "Ăn Thi"]),
        ("name", ["Ăn Thi", "Ân Thi", "Cao Phong", "Đà Bắc"]),
        ("-name", ["Đà Bắc", "Cao Phong", "Ân Thi", "Ăn Thi"]),
        ("points", ["Đà Bắc", "Ăn Thi", "Cao Phong", "Ân Thi"]),
        ("-points", ["Cao Phong", "Đà Bắc", "Ăn Thi", "Ân Thi"]),
        ("password", ["Đà Bắc", "Ân Thi", "Cao Phong", "Ăn Thi"]),
    ],
)
def test_rows_stand_by_the_column_asked_for_with_empty_ones_last(sort, names):
    here = read({"sort": sort}, COLUMNS)
    assert [row.name for row in here.sorted(ROWS)] == names


@pytest.mark.parametrize("typed", ["an thi", "ÂN  THI", "Ăn Thi", "an"])
def test_a_name_is_found_without_tones(typed):
    here = read({"q": typed}, COLUMNS)
    assert [row.name for row in here.matching(ROWS, lambda row: row.name)] == ["Ân Thi", "Ăn Thi"]


@pytest.mark.parametrize(
    ("given", "values", "left_out"),
    [
        ({}, {}, ()),
        ({"block": "2", "q": " da  bac "}, {"block": "2", "q": "da bac"}, ()),
        ({"state": "valid", "sort": "-points"}, {"sort": "-points"}, ()),
        ({"state": "all"}, {"state": "all"}, ()),
        ({"block": "3"}, {}, ("Khối không có lựa chọn “3”",)),
        ({"block": "1 OR 1"}, {}, ("Khối không có lựa chọn “1 OR 1”",)),
        (
            {"sort": "-x", "state": "no"},
            {},
            ("Hiệu lực không có lựa chọn “no”", "không có cột “x” để xếp"),
        ),
        ({"sort": "--name"}, {}, ("không có cột “-name” để xếp",)),
        ({"other": "1"}, {}, ()),
    ],
)
def test_an_address_gets_what_the_list_has_and_nothing_else(given, values, left_out):
    here = read(given, COLUMNS, [BLOCK, STATE])
    assert (here.values, here.left_out) == (values, left_out)


def test_conditions_are_told_in_words():
    here = read({"q": "bắc", "block": "2"}, COLUMNS, [BLOCK, STATE])
    assert here.told() == [
        ("Tìm theo tên", "bắc"),
        ("Khối", "Khối II"),
        ("Hiệu lực", "đang hoạt động"),
    ]


@pytest.mark.parametrize(
    ("number", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, 0, 9]),
        (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]),
        (9, 9, [1, 0, 7, 8, 9]),
    ],
)
def test_the_pages_around_are_named(number, last, numbers):
    assert Page(rows=[], number=number, size=50, total=50 * last).numbers == numbers


@pytest.mark.parametrize(
    ("number", "shown", "rows"), [(1, 1, (0, 50)), (3, 3, (100, 120)), (4, 3, (100, 120))]
)
def test_a_page_beyond_the_last_is_the_last(number, shown, rows):
    page = page_of(range(120), number=number)
    assert (page.number, page.last, page.rows) == (shown, 3, range(*rows))


EVERYTHING = (Role.ADMIN, Role.SECRETARIAT, Role.COUNCIL_MEMBER)
LISTS = (
    "/units/",
    "/account/users",
    "/audit/",
    "/campaigns/",
    "/campaigns/{0}/enrolment/",
    "/campaigns/{0}/posts",
    "/campaigns/{0}/reports/",
    "/campaigns/{0}/clarification/",
    "/campaigns/{0}/verification/inspections",
    "/campaigns/{0}/council/",
    "/campaigns/{0}/scoring/",
    "/campaigns/{0}/awards/",
    "/campaigns/{0}/decisions/1",
    "/campaigns/{0}/verification/",
    "/campaigns/{0}/exemplars/",
)
"""Every list of the product."""


def _listed():
    """A campaign with a row in each of its lists, and somebody who sees all of them."""
    known = world(Phase.SCORING)
    db.session.add(Post(campaign_id=known["campaign_id"], title="Tin", body="Tin", source=""))
    db.session.add(
        Inspection(
            participation_id=known["participation_id"],
            held_on=build.TODAY,
            team="Đoàn số 1",
            checked="Sổ",
            findings="Đủ",
            conclusion="Đạt",
            recorded_at=build.NOW,
            recorded_by_id=known["user_id"],
        )
    )
    build.exemplar(
        db.session.get_one(Participation, known["participation_id"]),
        by=db.session.get_one(User, known["user_id"]),
    )
    build.decision_line(
        db.session.get_one(Decision, known["decision_id"]),
        nominee=db.session.get_one(Nominee, known["nominee_id"]),
        kind=db.session.get_one(AwardKind, known["kind_id"]),
    )
    return known["campaign_id"], build.user(*EVERYTHING).id


@pytest.fixture
def listed(held, sign_in):
    """That campaign, and their browser."""
    campaign_id, user_id = held("listed", _listed)
    return campaign_id, sign_in(db.session.get_one(User, user_id))


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_sorted_by_each_of_its_columns_and_never_falls(listed, page, address):
    campaign_id, browser = listed
    address = address.format(campaign_id)
    seen = page(browser.get(address))
    links = seen.links("th .sort")
    assert links
    for link in links:
        up = page(browser.get(link))
        assert len(up.all("th[aria-sort=ascending]")) == 1
        (again,) = up.links("th[aria-sort] .sort")
        assert len(page(browser.get(again)).all("th[aria-sort=descending]")) == 1
    assert page(browser.get(f"{address}?q=zzzz")).one(".empty h2").startswith("Không có")
    odd = browser.get(f"{address}?sort=%27&page=99999999999&q=%F4%8F%BF%BF%%5C_")
    assert odd.status_code == HTTPStatus.OK
    assert any("không có cột" in text for text in page(odd).all(".note--warn"))


def test_a_list_has_fifty_rows_a_page_and_keeps_its_conditions(app, sign_in, page):
    for number in range(51):
        build.unit(name=f"Xã Hoà Bình {number + 1}")
    db.session.commit()
    browser = sign_in(build.user(Role.ADMIN))
    first = page(browser.get("/units/?q=hoa binh&sort=-name"))
    assert (len(first.all("tbody tr")), first.all("tbody th")[0]) == (50, "Xã Hoà Bình 51")
    second = page(browser.get(first.links(".pages a[rel=next]")[0]))
    assert second.all("tbody th") == ["Xã Hoà Bình 1"]
    assert second.one(".pages [aria-current]") == "2"


@pytest.mark.parametrize(
    ("address", "searched"),
    [
        ("/campaigns/{0}/reports/", "Tìm theo tên đơn vị"),
        ("/campaigns/{0}/council/", "Tìm theo tên người"),
        ("/campaigns/{0}/verification/inspections", "Tìm theo tên đơn vị, đoàn kiểm tra"),
        ("/campaigns/{0}/awards/", "Tìm theo tên người, tập thể, đơn vị"),
    ],
)
def test_a_spreadsheet_has_the_conditions_of_its_page(listed, page, address, searched):
    campaign_id, browser = listed
    (link,) = page(browser.get(f"{address.format(campaign_id)}?q=zzzz")).links("a[href*='/excel']")
    with browser.get(link) as answer:
        book = load_workbook(BytesIO(answer.data))
    told = [tuple(cell.value for cell in row) for row in book["Thông tin"].rows]
    assert (searched, "zzzz") in told
    assert next(sheet.max_row for sheet in book if sheet.title != "Thông tin") == 1
