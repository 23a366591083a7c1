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


@pytest.mark.parametrize("blank", ["   ", "\u00a0", "\n \n", "\u2003\u2007", "\u200b", "\u3164"])
def test_white_space_alone_fills_no_field(sign_in, blank):
    browser = sign_in(build.user(Role.SECRETARIAT, Role.ADMIN))
    unit = Page(
        browser.post("/units/new", data={"code": blank, "name": blank, "kind": "department"})
    )
    assert (unit.one("#code-error"), unit.one("#name-error")) == (
        "Hãy nhập mã đơn vị.",
        "Hãy nhập tên đơn vị.",
    )
    campaign = build.campaign()
    sent = {"aggregation": "mean", "scale": blank, "points_places": blank, "mark_step": "0,5"}
    plan = Page(browser.post(f"/campaigns/{campaign.id}/settings", data=sent))
    assert (plan.one("#scale-error"), plan.one("#points_places-error")) == (
        "Hãy nhập thang điểm.",
        "Hãy nhập số chữ số thập phân.",
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("10 %", "“10 %”: hãy bỏ dấu %, chỉ nhập 10."),
        ("1_0", "“1_0” không phải là số. Hãy nhập như 44.462 hoặc 99,82."),
        ("\u0661\u0660", "“\u0661\u0660” không phải là số. Hãy nhập như 44.462 hoặc 99,82."),
        ("10.0", "“10.0” có phải là “10,0” không? Dấu phẩy ngăn phần thập phân."),
        ("1,5", "Số này phải là số nguyên."),
        ("0", "Từ 1 đến 60 ngày; bỏ trống nếu không có."),
        ("61", "Từ 1 đến 60 ngày; bỏ trống nếu không có."),
        ("60,0", None),
        ("\uff11\uff10", None),
        ("", None),
    ],
)
def test_a_whole_number_is_read_as_every_number_is_and_stays_as_it_was_typed(sign_in, typed, told):
    campaign, browser = build.campaign(), sign_in(build.user(Role.SECRETARIAT))
    sent = {
        "aggregation": "mean",
        "scale": "100",
        "points_places": "2",
        "mark_step": "0,5",
        "minimum_marks": "3",
        "clarification_days": typed,
    }
    answer = browser.post(f"/campaigns/{campaign.id}/settings", data=sent)
    if told is None:
        assert answer.status_code == HTTPStatus.SEE_OTHER
        assert campaign.clarification_days == {"": None, "60,0": 60}.get(typed, 10)
        return
    shown = Page(answer)
    assert shown.one("#clarification_days-error") == told
    assert shown.value("clarification_days") == typed
