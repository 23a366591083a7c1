"""What a provider may say of itself, and who must sign on with it; no application."""

import hashlib

import pytest

from campaign.accounts.sign_on.rules import (
    Provider,
    Settings,
    SignInWay,
    address_problem,
    check_subject,
    discovery_address,
    error_word,
    is_mixed_up,
    is_password_refused,
    is_subject,
    issuer_problem,
    mark_of,
    provider_of,
    refuse_away,
    refuse_denied,
    refuse_idle,
    refuse_late,
    refuse_losing_password_admins,
    refuse_stranger,
    refuse_wrong,
)
from campaign.core.errors import RuleViolation

ISSUER = "https://sso.example.vn/realms/Tinh"
PUBLISHED = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (ISSUER, ""),
        ("http://localhost:9400", ""),
        ("http://127.0.0.1:9400", ""),
        ("http://sso.example.vn", "phải bắt đầu bằng https://"),
        ("ftp://localhost", "phải bắt đầu bằng https://"),
        ("sso.example.vn", "không phải một địa chỉ"),
        ("https://", "không phải một địa chỉ"),
        ("https://sso.example.vn:cổng", "không phải một địa chỉ"),
        ("https://[sso", "không phải một địa chỉ"),
        ("https://a@sso.example.vn", "không phải một địa chỉ"),
        ("https://sso.example.vn/#x", "không phải một địa chỉ"),
        ("https://sso.example.vn/ ", "không phải một địa chỉ"),
        ("https://sơ.example.vn", "không phải một địa chỉ"),
        (f"{ISSUER}?a=b", "không được có dấu ?"),
    ],
)
def test_an_issuer_is_an_address_of_https_or_of_this_machine(address, problem):
    assert issuer_problem(address) == problem


def test_an_endpoint_may_carry_a_query():
    assert address_problem(f"{ISSUER}/auth?realm=tinh") == ""


def test_what_a_provider_publishes_stands_below_its_own_name():
    told = "https://sso.example.vn/realms/Tinh/.well-known/openid-configuration"
    assert [discovery_address(name) for name in (ISSUER, f"{ISSUER}/")] == [told] * 2
    assert discovery_address(f"{ISSUER}/XX") == told.replace("Tinh/", "Tinh/XX/")


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": f"{ISSUER}/"},
        {"issuer": ISSUER.lower()},
        {"issuer": None},
        {"token_endpoint": None},
        {"token_endpoint": ["https://sso.example.vn"]},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "http://sso.example.vn/keys"},
    ],
)
def test_a_provider_that_is_another_by_a_letter_or_names_no_safe_address_is_none(changed):
    assert provider_of({**PUBLISHED, **changed}, ISSUER) is None


def test_a_provider_tells_how_it_is_asked():
    parts = (ISSUER, f"{ISSUER}/auth", f"{ISSUER}/token", f"{ISSUER}/keys")
    assert provider_of(PUBLISHED, ISSUER) == Provider(*parts)
    told = {
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "authorization_response_iss_parameter_supported": True,
    }
    assert provider_of({**PUBLISHED, **told}, ISSUER) == Provider(
        *parts, takes_basic=False, names_itself=True
    )
    both = {"token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"]}
    assert provider_of({**PUBLISHED, **both}, ISSUER) == Provider(*parts)


def test_an_answer_that_names_another_provider_is_mixed_up():
    silent = Provider(ISSUER, "", "", "")
    speaking = Provider(ISSUER, "", "", "", names_itself=True)
    named = [None, ISSUER, f"{ISSUER}/"]
    assert [is_mixed_up(silent, name) for name in named] == [False, False, True]
    assert [is_mixed_up(speaking, name) for name in named] == [True, False, True]


def test_a_subject_is_taken_letter_by_letter():
    for typed in ("a1B2 c", "a" * 255):
        assert check_subject(typed) == typed
    told = {"a" * 255: True, "a": True, "a" * 256: False, "": False, 7: False, None: False}
    assert {value: is_subject(value) for value in told} == told


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Hãy nhập mã của người này ở nhà cung cấp (sub)."),
        (" a", "Mã có khoảng trắng ở đầu hoặc cuối. Hãy chép lại đúng từng ký tự."),
        ("a\n", "Mã có khoảng trắng ở đầu hoặc cuối. Hãy chép lại đúng từng ký tự."),
        ("a" * 256, "Mã dài nhất 255 ký tự."),
        ("a\0b", "Mã có ký tự không dùng được. Hãy chép lại đúng từng ký tự."),
    ],
)
def test_what_is_no_subject_is_refused_at_its_field(typed, sentence):
    with pytest.raises(RuleViolation) as refused:
        check_subject(typed)
    assert (str(refused.value), refused.value.field) == (sentence, "subject")


def test_only_errors_that_the_standards_name_are_repeated():
    told = ("access_denied", "mật khẩu của tôi", None, ["access_denied"])
    assert [error_word(word) for word in told] == ["access_denied", *["another error"] * 3]


def test_a_mark_does_not_tell_what_it_is_of():
    assert mark_of("state", "x") != mark_of("jti", "x")
    # what was spent before stays spent after the product is renewed
    assert mark_of("state", "x") == hashlib.sha256(b"state\nx").hexdigest()


@pytest.mark.parametrize(
    ("way", "linked", "demanded", "refused"),
    [
        (SignInWay.COMMON, True, False, False),
        (SignInWay.COMMON, True, True, True),
        (SignInWay.COMMON, False, True, False),
        (SignInWay.PASSWORD, True, True, False),
        (SignInWay.SINGLE, True, False, True),
        (SignInWay.SINGLE, False, True, False),
    ],
)
def test_a_password_is_refused_only_where_another_way_is_open(way, linked, demanded, refused):
    assert is_password_refused(way, is_linked=linked, is_demanded=demanded) is refused


def test_the_last_administrator_with_a_password_stays():
    for before, after in ((0, 0), (2, 1), (1, 1)):
        refuse_losing_password_admins(before, after)
    with pytest.raises(RuleViolation) as refused:
        refuse_losing_password_admins(1, 0)
    assert str(refused.value) == (
        "Phải còn ít nhất một quản trị viên đang hoạt động đăng nhập được bằng mật khẩu: nhà cung "
        "cấp ngừng thì không ai quản trị được nữa. Hãy đặt “luôn dùng được mật khẩu” cho một quản "
        "trị viên trước."
    )


@pytest.mark.parametrize(
    ("settings", "name"),
    [(Settings(name="Cổng cán bộ"), "Cổng cán bộ"), (Settings(), "tài khoản chung")],
)
@pytest.mark.parametrize(
    ("refusing", "sentence"),
    [
        (
            refuse_away,
            "Không kết nối được với {}. Hãy thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu.",
        ),
        (
            refuse_wrong,
            "Không xác nhận được câu trả lời của {} nên chưa đăng nhập. Hãy thử lại; nếu vẫn vậy, "
            "hãy báo quản trị hệ thống.",
        ),
        (
            refuse_late,
            "Lần đăng nhập bằng {} này đã hết hạn, đã dùng, hoặc bắt đầu ở trình duyệt khác. Hãy "
            "đăng nhập lại.",
        ),
        (
            refuse_denied,
            "Lần đăng nhập bằng {} không được chấp thuận. Hãy thử lại, hoặc đăng nhập bằng mật "
            "khẩu.",
        ),
        (
            refuse_idle,
            "Tài khoản liên kết với {} không được đăng nhập ở đây. Hãy hỏi quản trị hệ thống.",
        ),
    ],
)
def test_every_refusal_names_the_provider_as_the_button_does(refusing, sentence, settings, name):
    with pytest.raises(RuleViolation) as refused:
        refusing(settings)
    assert str(refused.value) == sentence.format(name)


def test_a_stranger_is_told_the_code_to_be_linked_by():
    with pytest.raises(RuleViolation) as refused:
        refuse_stranger(Settings(name="Cổng"), "a1B2")
    assert str(refused.value) == (
        "Tài khoản Cổng này chưa được liên kết với người nào ở đây. Hãy đăng nhập bằng mật khẩu "
        "rồi liên kết ở trang Tài khoản của tôi, hoặc nhờ quản trị hệ thống liên kết với mã "
        "“a1B2”."
    )
