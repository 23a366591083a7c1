"""User names, passwords, links and the brakes on guessing."""

from datetime import UTC, datetime, timedelta

import pytest

from campaign.accounts.rules import (
    Failures,
    check_email,
    check_password,
    check_user_name,
    free_from,
    is_usable,
    refuse_losing_last_admin,
    safe_target,
    seconds_to_wait,
)
from campaign.core.errors import RuleViolation
from campaign.core.permissions import Role

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def _refusal(check, *args, **kwargs):
    with pytest.raises(RuleViolation) as refusal:
        check(*args, **kwargs)
    return str(refusal.value), refusal.value.field


@pytest.mark.parametrize("name", ["an", "AN.Tran", "so_cong-thuong2", "a"])
def test_a_user_name_is_what_every_keyboard_types_alike(name):
    assert check_user_name(name) is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Hãy nhập tên đăng nhập."),
        (
            "trần an",
            "Tên đăng nhập chỉ gồm chữ a–z không dấu, chữ số, dấu chấm, gạch nối và gạch dưới.",
        ),
        (
            "an@so",
            "Tên đăng nhập chỉ gồm chữ a–z không dấu, chữ số, dấu chấm, gạch nối và gạch dưới.",
        ),
    ],
)
def test_other_user_names_are_refused(name, sentence):
    assert _refusal(check_user_name, name) == (sentence, "user_name")


@pytest.mark.parametrize("address", ["", "an@so.vn", "an.tran@congthuong.hoabinh.gov.vn"])
def test_an_address_may_be_empty(address):
    assert check_email(address) is None


@pytest.mark.parametrize("address", ["an", "an@so", "an so@so.vn", "a@b.", "an@@so.vn"])
def test_what_is_no_address_is_refused(address):
    assert _refusal(check_email, address) == (
        "Thư điện tử phải có dạng ten@coquan.vn.",
        "email",
    )


def test_an_address_is_written_in_letters_that_servers_take():
    assert _refusal(check_email, "dũng@so.vn") == (
        "Thư điện tử viết bằng chữ không dấu, như ten@coquan.vn.",
        "email",
    )


@pytest.mark.parametrize(
    ("password", "user_name"),
    [("mat khau 1", "an.tran"), ("x" * 100 + "yzw" + "z" * 97, "an"), ("abcd" * 3, "")],
)
def test_a_password_of_ten_to_two_hundred_signs_is_taken(password, user_name):
    assert check_password(password, user_name) is None


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("mat khau1", "Mật khẩu cần ít nhất 10 ký tự."),
        ("abcd" * 50 + "e", "Mật khẩu dài nhất 200 ký tự."),
        ("MatKhau123", "Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác."),
        ("abcabcabcabc", "Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác."),
        ("xyz AN.TRAN 1", "Mật khẩu không được chứa tên đăng nhập."),
    ],
)
def test_short_long_easy_passwords_and_ones_own_name_are_refused(password, sentence):
    assert _refusal(check_password, password, "an.tran") == (sentence, "new_password")


@pytest.mark.parametrize(
    ("count", "seconds"), [(2, None), (3, 2), (4, 4), (5, 8), (9, 128), (10, 256), (11, 300)]
)
def test_each_failure_beyond_the_free_ones_doubles_the_wait(count, seconds):
    moment = free_from(Failures(count, NOW), free=3, longest=timedelta(minutes=5))
    assert moment == (None if seconds is None else NOW + timedelta(seconds=seconds))


def test_the_wait_stays_a_number_however_often_somebody_fails():
    longest = timedelta(days=365)
    assert free_from(Failures(22, NOW), free=3, longest=longest) == (NOW + timedelta(seconds=2**20))
    assert free_from(Failures(500, NOW), free=3, longest=longest) == (
        NOW + timedelta(seconds=2**20)
    )
    assert free_from(Failures(500), free=3, longest=longest) is None
    assert free_from(Failures(), free=0, longest=longest) is None


NONE = Failures()


@pytest.mark.parametrize(
    ("here", "address", "in_all", "seconds"),
    [
        (NONE, NONE, NONE, 0),
        (Failures(2, NOW), Failures(59, NOW), Failures(199, NOW), 0),
        (Failures(3, NOW), NONE, NONE, 2),
        (Failures(20, NOW), NONE, NONE, 300),
        (NONE, Failures(60, NOW), NONE, 2),
        (NONE, Failures(90, NOW), NONE, 15),
        (NONE, NONE, Failures(200, NOW), 2),
        (NONE, NONE, Failures(300, NOW), 15),
        (Failures(5, NOW), Failures(60, NOW), Failures(201, NOW), 8),
        (Failures(3, NOW - timedelta(seconds=0.5)), NONE, NONE, 2),
        (Failures(3, NOW - timedelta(seconds=9)), NONE, NONE, 0),
    ],
)
def test_the_longest_wait_counts_in_whole_seconds(here, address, in_all, seconds):
    assert seconds_to_wait(here, address, in_all, now=NOW) == seconds


@pytest.mark.parametrize(
    ("expires_at", "used_at", "usable"),
    [
        (NOW + timedelta(seconds=1), None, True),
        (NOW, None, False),
        (NOW + timedelta(seconds=1), NOW, False),
    ],
)
def test_a_link_is_used_once_and_before_it_expires(expires_at, used_at, usable):
    assert is_usable(expires_at, used_at, NOW) is usable


@pytest.mark.parametrize("target", ["/campaigns/7", "/campaigns/7?page=2#a", "/"])
def test_a_path_of_this_site_is_a_target(target):
    assert safe_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "campaigns/7",
        "//elsewhere.vn/a",
        "///elsewhere.vn/a",
        "https://elsewhere.vn",
        "https://[",
        "//[",
        "javascript:/a",
        "/\\elsewhere.vn",
        "/a\nb",
        "/a\x1fb",
    ],
)
def test_every_other_target_is_dropped(target):
    assert safe_target(target) is None


def test_a_blank_in_a_target_is_no_danger():
    assert safe_target("/a b") == "/a b"


@pytest.mark.parametrize(
    ("others", "roles", "was_admin", "is_active"),
    [
        (0, [Role.ADMIN], True, True),
        (1, [], True, False),
        (0, [], False, False),
        (1, [Role.ADMIN], True, False),
    ],
)
def test_an_administrator_may_go_while_another_stays(others, roles, was_admin, is_active):
    assert (
        refuse_losing_last_admin(others, roles, was_admin=was_admin, is_active_after=is_active)
        is None
    )


@pytest.mark.parametrize(("roles", "is_active"), [([], True), ([Role.ADMIN], False), ([], False)])
def test_the_last_administrator_stays(roles, is_active):
    assert _refusal(
        refuse_losing_last_admin, 0, roles, was_admin=True, is_active_after=is_active
    ) == (
        "Đây là quản trị viên cuối cùng đang hoạt động; hãy giao quyền quản trị cho người khác "
        "trước.",
        None,
    )
