"""The set-up of an office: every step, its refusals, and who is shown what until it is done."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from campaign.accounts import actions as accounts
from campaign.accounts.models import OneTimeLink, RoleGrant, User
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.setup.commands import begin
from campaign.units.models import Letterhead, Unit
from campaign.units.rules import UsualKind
from tests import build

OFFICE = {
    "name": "Sở Y tế tỉnh Hòa Bình",
    "short_name": "Sở Y tế",
    "kind": "department",
    "code": "SYT",
    "above": "UBND tỉnh Hòa Bình",
    "issuer": "Sở Y tế",
    "place": "Hòa Bình",
    "leader_job": "Giám đốc",
    "leader_name": "Bùi Thị Minh",
    "recipients": "Lưu: VT",
}
LIST = {"kind": "office", "parent_id": "", "lines": "Văn phòng Sở; VP\nPhòng Nghiệp vụ y"}


@pytest.fixture
def admin(app, sign_in):
    return sign_in(build.user(Role.ADMIN, Role.SECRETARIAT, name="Trần Quản Trị"))


def _units():
    return [
        (unit.code, unit.name, unit.kind, unit.parent_id)
        for unit in db.session.scalars(select(Unit).order_by(Unit.id))
    ]


@pytest.mark.both_databases
def test_the_office_and_its_letterhead_are_written_at_once_and_again(admin, page):
    assert admin.post("/setup/office", data=OFFICE).status_code == 303
    assert [row[:3] for row in _units()] == [("SYT", "Sở Y tế tỉnh Hòa Bình", UsualKind.DEPARTMENT)]
    head = db.session.scalars(select(Letterhead)).one()
    assert (head.above, head.issuer, head.place, head.code, head.leader_name) == (
        "UBND tỉnh Hòa Bình",
        "Sở Y tế",
        "Hòa Bình",
        "SYT",
        "Bùi Thị Minh",
    )
    shown = page(admin.get("/setup/office"))
    assert (shown.value("name"), shown.value("code")) == ("Sở Y tế tỉnh Hòa Bình", "SYT")
    changed = OFFICE | {"place": "Thành phố Hòa Bình", "opened": shown.value("opened")}
    assert admin.post("/setup/office", data=changed).status_code == 303
    assert len(_units()) == 1
    assert db.session.scalars(select(Letterhead)).one().place == "Thành phố Hòa Bình"


def test_an_office_without_a_name_is_refused_and_what_was_typed_stays(admin, page):
    shown = page(admin.post("/setup/office", data=OFFICE | {"name": ""}))
    assert shown.status == 422
    assert shown.value("leader_name") == "Bùi Thị Minh"
    assert _units() == []


def test_an_office_whose_code_another_unit_has_is_refused(admin, page):
    above = build.unit(name="Tỉnh", code="T")
    build.unit(code="SYT", parent=above)
    assert page(admin.post("/setup/office", data=OFFICE)).status == 422


def test_a_unit_that_has_another_code_than_the_letterhead_keeps_it(admin):
    build.unit(name="Sở Y tế", code="CU")
    db.session.add(Letterhead(id=1, issuer="Sở Y tế", code="SYT"))
    assert admin.post("/setup/office", data=OFFICE | {"code": "SYTHB"}).status_code == 303
    assert [row[0] for row in _units()] == ["CU"]
    assert db.session.scalars(select(Letterhead)).one().code == "SYTHB"


def test_units_are_typed_one_by_one(admin, page):
    office = build.unit(name="Sở Y tế")
    one = {"name": "Văn phòng Sở", "short_name": "", "code": "VP", "kind": "office"}
    answer = admin.post("/setup/units", data=one | {"parent_id": str(office.id)})
    assert answer.status_code == 303
    assert _units()[1] == ("VP", "Văn phòng Sở", UsualKind.OFFICE, office.id)
    again = page(admin.post("/setup/units", data=one | {"parent_id": ""}))
    assert again.status == 422
    assert "Mã “VP” đã có đơn vị khác dùng." in again.one("main")


@pytest.mark.both_databases
def test_a_pasted_list_is_seen_before_it_is_written(admin, page):
    office = build.unit(name="Sở Y tế")
    sent = LIST | {"parent_id": str(office.id)}
    shown = page(admin.post("/setup/units/paste", data=sent))
    assert (shown.status, len(_units())) == (200, 1)
    assert shown.all("tbody th") == ["Văn phòng Sở", "Phòng Nghiệp vụ y"]
    sealed = shown.value("sealed")
    answer = admin.post("/setup/units/paste", data=sent | {"sealed": sealed})
    assert answer.status_code == 303
    assert _units()[1:] == [
        ("VP", "Văn phòng Sở", UsualKind.OFFICE, office.id),
        ("PNVY", "Phòng Nghiệp vụ y", UsualKind.OFFICE, office.id),
    ]


def test_one_wrong_line_keeps_the_whole_list_out_and_is_told_by_its_number(admin, page):
    build.unit(name="Văn phòng", code="VP")
    shown = page(admin.post("/setup/units/paste", data=LIST))
    assert (shown.status, len(_units())) == (422, 1)
    assert shown.all(".error-summary li") == [
        "Dòng 1 (Văn phòng Sở): mã “VP” đã có đơn vị khác dùng."
    ]
    assert shown.tree.cssselect("[name='sealed']") == []
    assert shown.value("lines") == LIST["lines"]


def test_rows_copied_out_of_a_spreadsheet_are_parted_by_their_tabs_and_written_so(admin, page):
    lines = "STT\tTên\tMã\r\n1\tVăn phòng  Sở\tVP\r\n2\tPhßng §µo t¹o\t\r\n"
    sent = LIST | {"lines": lines}
    shown = page(admin.post("/setup/units/paste", data=sent))
    assert shown.all("tbody th") == ["Văn phòng Sở", "Phòng Đào tạo"]
    assert shown.all(".note--warn")[0] == (
        "Bỏ qua 1 dòng không phải dữ liệu: dòng 1 (dòng tiêu đề: “STT Tên Mã”)."
    )
    (hidden,) = shown.tree.cssselect("input[name='lines']")
    kept = {"lines": hidden.get("value"), "sealed": shown.value("sealed")}
    assert admin.post("/setup/units/paste", data=sent | kept).status_code == 303
    assert [row[:2] for row in _units()] == [("VP", "Văn phòng Sở"), ("PDT", "Phòng Đào tạo")]


def test_what_changed_since_it_was_seen_is_shown_again_and_not_written(admin, page):
    sealed = page(admin.post("/setup/units/paste", data=LIST)).value("sealed")
    build.unit(name="Phòng nào đó", code="PNVY")
    shown = page(admin.post("/setup/units/paste", data=LIST | {"sealed": sealed}))
    assert (shown.status, len(_units())) == (200, 1)
    assert "Dữ liệu vừa thay đổi" in shown.one("main")
    assert shown.value("sealed") != sealed


def test_a_list_that_is_written_twice_adds_its_units_once(admin, page):
    sealed = page(admin.post("/setup/units/paste", data=LIST)).value("sealed")
    assert admin.post("/setup/units/paste", data=LIST | {"sealed": sealed}).status_code == 303
    again = page(admin.post("/setup/units/paste", data=LIST | {"sealed": sealed}))
    assert (again.status, len(_units())) == (422, 2)
    assert again.value("lines") == LIST["lines"]


def test_an_empty_list_is_refused_at_its_field(admin, page):
    assert page(admin.post("/setup/units/paste")).status == 422
    shown = page(admin.post("/setup/units/paste", data=LIST | {"lines": "\n"}))
    assert shown.status == 422
    assert shown.one(".field__error") == "Hãy dán danh sách, mỗi dòng một đơn vị."


PERSON = {
    "user_name": "lan.nguyen",
    "full_name": "Nguyễn Thị Lan",
    "honorific": "Bà",
    "position": "Trưởng phòng",
    "email": "",
    "roles": ["unit_head", "unit_officer"],
}


def test_a_person_holds_the_roles_of_a_unit_where_they_work(admin):
    office = build.unit()
    answer = admin.post("/setup/people", data=PERSON | {"unit_id": str(office.id)})
    assert answer.status_code == 303
    made = db.session.scalars(select(User).where(User.user_name == "lan.nguyen")).one()
    assert (made.unit_id, made.password_hash) == (office.id, None)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({}, "phải chọn đơn vị công tác"),
        ({"user_name": "Lan Nguyễn"}, "chỉ gồm chữ a–z"),
        ({"full_name": ""}, "Hãy nhập họ và tên."),
    ],
)
def test_a_person_who_cannot_be_added_is_refused_and_stays_typed(admin, page, wrong, sentence):
    shown = page(admin.post("/setup/people", data=PERSON | {"unit_id": ""} | wrong))
    assert shown.status == 422
    assert sentence in shown.one("main")
    assert shown.value("position") == "Trưởng phòng"


@pytest.mark.both_databases
def test_links_are_shown_once_and_open_the_account(admin, client, page):
    first = build.user(Role.INSPECTOR, name="Hà Văn Một")
    second = build.user(Role.DIRECTOR, name="Hà Văn Hai", password_hash="x")
    answer = admin.post("/setup/links", data={"people": [str(first.id), str(second.id)]})
    shown = page(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert shown.all(".slip h2") == ["Ông Hà Văn Một"]
    address = shown.one(".slip__link")
    assert address.startswith("http://localhost/account/link/")
    assert "Hà Văn Một" in page(client.get(address.removeprefix("http://localhost"))).one("main")
    listed = page(admin.get("/setup/links"))
    assert address.rpartition("/")[2] not in listed.answer.get_data(as_text=True)
    assert "đã cấp, hạn dùng đến" in listed.one("main")


def test_links_for_who_was_chosen_among_the_users_are_shown_before_they_are_given(admin, page):
    first = build.user(Role.INSPECTOR, name="Hà Văn Một")
    second = build.user(Role.INSPECTOR, name="Hà Văn Hai", password_hash="x")
    build.user(Role.INSPECTOR, name="Hà Văn Ba")
    assert f"Chọn {first.full_name}" in [
        box.get("aria-label")
        for box in page(admin.get("/account/users")).tree.cssselect("input[name=row]")
    ]
    shown = page(admin.get("/setup/links", query_string={"row": [first.id, second.id]}))
    assert [text.partition(" (")[0] for text in shown.all(".choose__item")] == ["Hà Văn Một"]
    assert shown.one("main .note").startswith("Không cấp ở đây")
    assert "Hà Văn Hai" in shown.one("main .note")
    assert db.session.scalars(select(OneTimeLink)).all() == []


def test_a_link_given_anew_ends_the_one_before(admin, page):
    person = build.user(Role.INSPECTOR)
    for _ in range(2):
        admin.post("/setup/links", data={"people": [str(person.id)]})
    now = datetime.now(UTC)
    rows = db.session.scalars(select(OneTimeLink).where(OneTimeLink.user_id == person.id)).all()
    assert sum(row.expires_at > now for row in rows) == 1


def test_links_for_nobody_are_refused(admin, page):
    shown = page(admin.post("/setup/links"))
    assert (shown.status, shown.one(".error-summary p")) == (
        422,
        "Hãy chọn ít nhất một người chưa đặt mật khẩu.",
    )


def _steps(page, browser):
    return page(browser.get("/home/")).links(
        ".todo a[href*='/setup'], .todo a[href='/campaigns/new']"
    )


def test_each_is_shown_the_steps_that_are_theirs(app, sign_in, page):
    assert _steps(page, sign_in(build.user(Role.ADMIN))) == [
        "/setup/office",
        "/setup/units",
        "/setup/people",
    ]
    assert _steps(page, sign_in(build.user(Role.SECRETARIAT))) == ["/campaigns/new"]
    assert _steps(page, sign_in(build.user(Role.INSPECTOR))) == []


@pytest.mark.both_databases
def test_steps_leave_the_first_page_as_they_are_done_and_with_the_launch(admin, page):
    admin.post("/setup/office", data=OFFICE)
    assert "/setup/office" not in _steps(page, admin)
    office = db.session.scalars(select(Unit)).one()
    build.user(Role.UNIT_HEAD, at=build.unit(parent=office))
    build.user(Role.DIRECTOR)
    assert _steps(page, admin) == ["/campaigns/new"]
    build.campaign(phase=Phase.DRAFT)
    assert _steps(page, admin) == []
    build.unit(name="Phòng không có ai")
    assert _steps(page, admin) == ["/setup/people"]
    build.campaign(phase=Phase.LAUNCHED)
    assert _steps(page, admin) == []


def test_the_list_of_steps_says_what_is_missing(admin, page):
    shown = page(admin.get("/setup/"))
    assert shown.all(".todo b") == ["Cơ quan", "Đơn vị", "Người dùng", "Phong trào đầu tiên"]
    assert "Còn thiếu: danh sách đơn vị." in shown.one("main")


def test_the_first_campaign_is_proposed_for_the_office(admin, page):
    office = build.unit(name="Sở Y tế")
    assert page(admin.get("/campaigns/new")).value("organiser_id") == str(office.id)


@pytest.mark.both_databases
def test_the_first_administrator_gets_a_new_link_until_one_was_used(app, client, page):
    first, second = begin(), begin()
    links = [re.search(r"/account/link/\S+", words)[0] for words in (first, second)]
    assert "quantri" in second
    assert page(client.get(links[0])).status != 200
    assert page(client.get(links[1])).status == 200
    user = db.session.scalars(select(User)).one()
    assert (user.user_name, user.is_demo, user.password_hash) == ("quantri", False, None)
    held = db.session.scalars(select(RoleGrant.role).where(RoleGrant.user_id == user.id))
    assert set(held) == {Role.ADMIN, Role.SECRETARIAT}
    accounts.set_password(user, "x")
    db.session.commit()
    assert begin() == ""


def test_a_name_that_is_taken_is_left_to_whom_it_belongs(app):
    build.user(Role.INSPECTOR, user_name="quantri")
    assert "quantri2" in begin()
