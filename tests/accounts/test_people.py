"""People: roles, the last administrator, one-time links, and sessions that end."""

from datetime import timedelta
from http import HTTPStatus

import pytest

from campaign.accounts import actions, queries
from campaign.accounts.models import User
from campaign.accounts.rules import LINK_LIFETIME, safe_target
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role
from campaign.extensions import db
from tests import build

AT = build.NOW
PASSWORD = "con-duong-dai-70-nam"  # noqa: S105 - a test's own


def test_a_user_name_is_used_once_whatever_its_case(app):
    actions.create_person(user_name="ThuKy", full_name="A")
    with pytest.raises(RuleViolation, match="Tên đăng nhập “thuky” đã có người dùng"):
        actions.create_person(user_name=" thuky ", full_name="B")


@pytest.mark.parametrize(
    ("roles", "is_active"), [([(Role.SECRETARIAT, None)], True), ([(Role.ADMIN, None)], False)]
)
def test_nobody_can_lock_out_the_last_administrator(app, roles, is_active):
    last = build.user(Role.ADMIN)
    with pytest.raises(RuleViolation, match="quản trị viên cuối cùng"):
        actions.set_roles(last, roles, is_active=is_active)
    build.user(Role.ADMIN, password_hash="x")
    actions.set_roles(last, roles, is_active=is_active)


@pytest.mark.parametrize(
    "other",
    [
        {"is_active": False, "password_hash": "x"},
        {"password_hash": None},
        {"is_demo": True, "password_hash": "x"},
    ],
)
def test_an_administrator_without_a_way_in_is_no_other_administrator(app, other):
    last = build.user(Role.ADMIN, password_hash="x")
    build.user(Role.ADMIN, **other)
    with pytest.raises(RuleViolation, match="quản trị viên cuối cùng"):
        actions.set_roles(last, [], is_active=True)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngan", "ít nhất 10 ký tự"),
        ("1234567890", "quá dễ đoán"),
        ("aaaaaaaaaaaa", "quá dễ đoán"),
        ("thuky-thuky-1", "không được chứa tên đăng nhập"),
        ("x" * 201, "dài nhất 200"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password, sentence):
    with pytest.raises(RuleViolation, match=sentence):
        actions.new_password_hash("thuky", password)


def _link(user):
    token = actions.give_link(user, by_id=None, now=AT)
    db.session.flush()
    return token


def test_a_link_works_once(app):
    user = build.user()
    token = _link(user)
    hashed = actions.new_password_hash(user.user_name, PASSWORD)
    actions.use_link(actions.usable_link(token, now=AT), user, hashed, now=AT)
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(RuleViolation, match="đã dùng hoặc đã hết hạn"):
        actions.usable_link(token, now=AT)


def test_of_two_people_with_one_link_one_is_told(app):
    user = build.user()
    link = actions.usable_link(_link(user), now=AT)
    actions.use_link(link, user, "h1", now=AT)
    with pytest.raises(RuleViolation, match="Liên kết này vừa được dùng"):
        actions.use_link(link, user, "h2", now=AT)


def test_a_link_ends_and_a_new_one_ends_the_old(app):
    user = build.user()
    old = _link(user)
    with pytest.raises(RuleViolation):
        actions.usable_link(old, now=AT + LINK_LIFETIME)
    new = _link(user)
    db.session.expire_all()
    with pytest.raises(RuleViolation):
        actions.usable_link(old, now=AT)
    assert (
        actions.usable_link(new, now=AT + LINK_LIFETIME - timedelta(seconds=1)).user_id == user.id
    )


def test_the_token_itself_is_nowhere_in_the_database(app):
    token = _link(build.user())
    db.session.commit()
    dump = "\n".join(
        str(row)
        for table in db.metadata.sorted_tables
        for row in db.session.execute(table.select())
    )
    assert token not in dump


def test_a_used_link_says_that_it_is_used_not_that_somebody_changed_something(app, client, page):
    user = build.user()
    token = actions.give_link(user, by_id=None, now=_now())
    actions.give_link(user, by_id=None, now=_now())
    db.session.commit()
    answer = page(client.get(f"/account/link/{token}"))
    assert (answer.status, answer.one("h1")) == (HTTPStatus.CONFLICT, "Chưa mở được trang này")
    assert "Liên kết này đã dùng hoặc đã hết hạn." in answer.one("main")


def test_looking_at_a_link_does_not_use_it(app, client, page):
    user = build.user()
    token = actions.give_link(user, by_id=None, now=_now())
    db.session.commit()
    for _ in range(2):
        assert client.get(f"/account/link/{token}").status_code == HTTPStatus.OK
    answer = client.post(
        f"/account/link/{token}", data={"new_password": PASSWORD, "repeat_password": PASSWORD}
    )
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert (
        client.post(
            "/account/sign-in", data={"user_name": user.user_name, "password": PASSWORD}
        ).status_code
        == 303
    )


def _now():
    from datetime import UTC, datetime  # noqa: PLC0415 - the link's own clock is the real one

    return datetime.now(UTC)


def test_changing_the_password_ends_every_other_session(app, sign_in):
    user = build.user(Role.SECRETARIAT, password_hash=actions.new_password_hash("x", PASSWORD))
    here, elsewhere = sign_in(user), sign_in(user)
    new = {
        "current_password": PASSWORD,
        "new_password": PASSWORD + "-moi",
        "repeat_password": PASSWORD + "-moi",
    }
    assert here.post("/account/change-password", data=new).status_code == HTTPStatus.SEE_OTHER
    assert (here.get("/home/").status_code, elsewhere.get("/home/").status_code) == (200, 303)


def test_before_an_own_password_is_set_nothing_else_opens(app, sign_in):
    browser = sign_in(build.user(Role.SECRETARIAT, must_change_password=True))
    assert browser.get("/campaigns/").headers["Location"].endswith("/account/change-password")


def test_a_person_may_hold_several_roles(app):
    office = build.unit()
    user = build.user()
    user = queries.person(user.id)
    actions.set_roles(user, [(Role.UNIT_HEAD, office.id), (Role.SECRETARIAT, None)], is_active=True)
    assert user.role_summary == "Thường trực Hội đồng, Thủ trưởng đơn vị"


def test_demo_people_do_not_exist_outside_demo_mode(app, client, sign_in):
    user = build.user(
        Role.SECRETARIAT, is_demo=True, password_hash=actions.new_password_hash("x", PASSWORD)
    )
    db.session.commit()
    assert sign_in(user).get("/home/").status_code == HTTPStatus.SEE_OTHER
    answer = client.post(
        "/account/sign-in", data={"user_name": user.user_name, "password": PASSWORD}
    )
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/campaigns/1/", "/campaigns/1/"),
        ("/home/?x=1", "/home/?x=1"),
        ("https://example.com", None),
        ("//example.com", None),
        ("/\\example.com", None),
        ("javascript:alert(1)", None),
        ("home", None),
        ("", None),
        (None, None),
        ("/a\nb", None),
    ],
)
def test_after_signing_in_one_stays_on_this_site(target, kept):
    assert safe_target(target) == kept


def test_units_and_roles_are_chosen_by_check_boxes_the_chosen_ones_first(app, sign_in, page):
    units = [build.unit(name=name) for name in ("An Bình", "Bắc Phong", "Cao Sơn")]
    person = build.user(Role.UNIT_OFFICER, at=units[1])
    browser, url = sign_in(build.user(Role.ADMIN, password_hash="x")), f"/account/users/{person.id}"
    shown = page(browser.get(url))
    assert shown.all("select[multiple]") == []
    assert shown.all("#officer_of .choose__item") == ["Bắc Phong", "An Bình", "Cao Sơn"]
    assert [box.get("value") for box in shown.tree.cssselect("#officer_of input:checked")] == [
        str(units[1].id)
    ]
    given = {
        "full_name": person.full_name,
        "honorific": "Ông",
        "position": "",
        "email": "",
        "unit_id": "",
        "is_active": "y",
        "roles": ["secretariat", "inspector"],
        "head_of": [str(units[0].id), str(units[2].id)],
    }
    assert browser.post(url, data=given).status_code == HTTPStatus.SEE_OTHER
    saved = queries.person(person.id)
    assert saved.roles == {Role.SECRETARIAT, Role.INSPECTOR, Role.UNIT_HEAD}
    assert (saved.units_as(Role.UNIT_HEAD), saved.units_as(Role.UNIT_OFFICER)) == (
        [units[0].id, units[2].id],
        [],
    )


def test_what_is_not_in_the_list_is_refused_in_vietnamese_and_the_rest_stays_chosen(
    app, sign_in, page
):
    unit, person = build.unit(), build.user()
    refused = page(
        sign_in(build.user(Role.ADMIN, password_hash="x")).post(
            f"/account/users/{person.id}",
            data={
                "full_name": person.full_name,
                "honorific": "Ông",
                "unit_id": "",
                "is_active": "y",
                "officer_of": [str(unit.id), "999999"],
            },
        )
    )
    assert (refused.status, refused.all("#officer_of-error")) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["Hãy chọn trong danh sách."],
    )
    assert [box.get("value") for box in refused.tree.cssselect("#officer_of input:checked")] == [
        str(unit.id)
    ]


def test_a_line_left_out_of_what_was_sent_is_an_empty_line(app, sign_in):
    browser = sign_in(build.user(Role.ADMIN, password_hash="x"))
    sent = {
        "full_name": "Bùi Văn An",
        "user_name": "bui.an",
        "honorific": "Ông",
        "unit_id": "",
        "is_active": "y",
    }
    assert browser.post("/account/users/new", data=sent).status_code == HTTPStatus.OK
    person = db.session.query(User).filter_by(user_name="bui.an").one()
    assert (person.position, person.email) == ("", "")
    assert (
        browser.post(f"/account/users/{person.id}", data=sent).status_code == HTTPStatus.SEE_OTHER
    )


NAMES = "Tên đăng nhập chỉ gồm chữ a–z không dấu, chữ số, dấu chấm, gạch nối và gạch dưới."
ADDRESSES = "Thư điện tử phải có dạng ten@coquan.vn."


@pytest.mark.parametrize(
    ("user_name", "email", "said"),
    [
        ("", "", ["Hãy nhập tên đăng nhập."]),
        (" ", "", ["Hãy nhập tên đăng nhập."]),
        ("nguyễn a", "sai", [NAMES, ADDRESSES]),
        ("nguyen a", "a@sct", [NAMES, ADDRESSES]),
        ("nguyen.a", "a@b@c.vn", [ADDRESSES]),
    ],
)
def test_a_name_to_sign_in_with_and_an_address_that_cannot_be_are_refused_at_their_fields(
    app, sign_in, page, user_name, email, said
):
    sent = {
        "user_name": user_name,
        "full_name": "Bùi Văn An",
        "email": email,
        "honorific": "",
        "unit_id": "",
        "is_active": "y",
    }
    answer = page(sign_in(build.user(Role.ADMIN)).post("/account/users/new", data=sent))
    assert answer.status == 422
    assert answer.all(".field__error") == said


@pytest.mark.parametrize(
    ("full_name", "is_here", "is_asked"),
    [
        ("Bùi Văn An", True, True),
        ("Bùi Văn Ân", True, True),
        ("Bùi Văn An", False, False),
        ("Bùi Văn Anh", True, False),
    ],
)
def test_a_new_account_for_a_name_the_unit_has_is_asked_about(
    app, sign_in, page, full_name, is_here, is_asked
):
    office, other = build.unit(name="Văn phòng"), build.unit(name="Thanh tra")
    held = build.user(Role.UNIT_OFFICER, at=office, name="Bùi Văn An")
    sent = {
        "user_name": "an.2",
        "full_name": full_name,
        "email": "",
        "honorific": "",
        "unit_id": str(office.id if is_here else other.id),
        "is_active": "y",
    }
    shown = page(sign_in(build.user(Role.ADMIN)).post("/account/users/new", data=sent))
    asked = f"Đơn vị này đã có Bùi Văn An ({held.user_name}): có phải một người không?"
    assert (asked in shown.all(".flashes p")) is is_asked


@pytest.mark.parametrize("user_name", ["truong.VP", "thuong-truc-2", "can_bo.1"])
def test_letters_digits_dot_hyphen_and_underscore_make_a_name_whatever_its_case(app, user_name):
    person = actions.create_person(
        user_name=user_name, full_name="Bùi Văn An", email="an.bui@congthuong.hoabinh.gov.vn"
    )
    assert person.user_name == user_name.lower()


def test_an_address_kept_from_before_the_rule_does_not_stand_in_the_way(app):
    person = build.user(email="sai")
    facts = {
        "full_name": "Bùi Văn An",
        "honorific": "Ông",
        "position": "Chuyên viên",
        "unit_id": None,
    }
    actions.describe(person, **facts, email="sai")
    with pytest.raises(RuleViolation, match="Thư điện tử phải có dạng"):
        actions.describe(person, **facts, email="cũng sai")
    assert (person.full_name, person.email) == ("Bùi Văn An", "sai")
