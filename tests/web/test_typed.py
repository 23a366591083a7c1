"""What people send is made one text where it comes in."""

from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.honours.models import PastAward
from campaign.honours.rules import Subject
from campaign.units.models import Unit
from tests import build
from tests.conftest import Page
from tests.texts import ODD


def _names(browser, asked):
    """The units a search finds."""
    return Page(browser.get("/units/", query_string={"q": asked})).all("tbody th a")


@pytest.mark.parametrize(
    ("typed", "kept"), [pair for pair in ODD if pair[1].strip() and "\ud800" not in pair[0]]
)
def test_a_form_keeps_one_text_for_what_looks_the_same(sign_in, typed, kept):
    browser = sign_in(build.user(Role.SECRETARIAT, Role.ADMIN))
    answer = browser.post(
        "/units/new",
        data={
            "code": "M",
            "name": f"Phòng {typed} A",
            "short_name": "",
            "kind": "department",
            "parent_id": "",
        },
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert db.session.query(Unit.name).filter(Unit.code == "M").scalar() == f"Phòng {kept} A"


@pytest.mark.parametrize(
    "asked", ["Ðien bien", "dien\u200b bien", "dien\u00a0\u00a0bien", "Die\u0323\u0302n"]
)
def test_a_search_finds_whatever_the_letters_are_made_of(sign_in, asked):
    build.unit(name="Điện Biên", code="DB")
    browser = sign_in(build.user(Role.SECRETARIAT, Role.ADMIN))
    assert _names(browser, asked) == ["Điện Biên"]


@pytest.mark.parametrize("asked", ["%", "_", "%%", "\\", "D_B", "D%"])
def test_a_sign_of_the_database_is_searched_as_it_stands(sign_in, asked):
    build.unit(name="Điện Biên", code="DAB")
    browser = sign_in(build.user(Role.SECRETARIAT, Role.ADMIN))
    assert _names(browser, asked) == []


def test_a_unit_is_found_by_a_part_of_its_code(sign_in):
    build.unit(name="Điện Biên", code="D_B")
    browser = sign_in(build.user(Role.SECRETARIAT, Role.ADMIN))
    assert _names(browser, "d_b") == ["Điện Biên"]


@pytest.mark.parametrize(
    "address", ["/account/users", "/units/", "/campaigns/", "/awards/", "/campaigns/{}/enrolment/"]
)
@pytest.mark.parametrize("asked", ["%", "_", "\\"])
def test_no_list_takes_a_sign_of_the_database_for_everything(sign_in, address, asked):
    campaign = build.campaign(title="Thi đua mẫu")
    build.participation(campaign, unit=build.unit(name="Đơn vị mẫu"), block=build.block(campaign))
    admin = build.user(Role.SECRETARIAT, Role.ADMIN, name="Trần Văn Mẫu")
    db.session.add(
        PastAward(
            year=2019,
            number="1",
            form_name="Giấy khen",
            subject=Subject.INDIVIDUAL,
            name="Người Mẫu",
            search_key="nguoi mau",
        )
    )
    db.session.commit()
    browser, at = sign_in(admin), address.format(campaign.id)
    answers = [browser.get(at, query_string={"q": words}) for words in ("mẫu", asked)]
    assert [answer.status_code for answer in answers] == [HTTPStatus.OK] * 2
    counted = [
        len(Page(answer).all("main tbody tr, main .card h3, main .card h2 a")) for answer in answers
    ]
    assert counted[0] > counted[1]
