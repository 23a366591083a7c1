"""What the environment says of the office's own address."""

import pytest

from config import Config, ConfigurationError, Demo, from_environment


@pytest.fixture
def told(monkeypatch):
    for name, value in {"SECRET_KEY": "x", "DATABASE_URL": "sqlite://"}.items():
        monkeypatch.setenv(name, value)
    for name in ("PUBLIC_URL", "TRUSTED_HOSTS", "PORT"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_an_office_is_reached_under_its_own_address_and_those_it_names(told):
    told.setenv("PUBLIC_URL", "https://thidua.example:8443/")
    told.setenv("TRUSTED_HOSTS", "noi-bo.example, 10.0.0.5")
    config = Config()
    assert (config.PUBLIC_URL, config.TRUSTED_HOSTS) == (
        "https://thidua.example:8443",
        ["thidua.example", "noi-bo.example", "10.0.0.5"],
    )


def test_a_rehearsal_needs_no_address(told):
    told.setenv("PORT", "8001")
    config = Demo()
    assert (config.PUBLIC_URL, config.TRUSTED_HOSTS) == (
        "http://127.0.0.1:8001",
        ["127.0.0.1", "127.0.0.1", "localhost"],
    )


@pytest.mark.parametrize(
    ("value", "demanding"),
    [
        ("", set()),
        ("0", set()),
        ("1", {"admin", "secretariat", "director", "chair"}),
        ("admin, chair", {"admin", "chair"}),
    ],
)
def test_of_whom_a_second_factor_is_demanded(told, value, demanding):
    told.setenv("REQUIRE_SECOND_FACTOR", value)
    read = Demo().REQUIRE_SECOND_FACTOR
    assert read == demanding


def test_a_role_that_is_none_is_refused(told):
    told.setenv("REQUIRE_SECOND_FACTOR", "admin,boss")
    with pytest.raises(ConfigurationError, match="không biết “boss”"):
        Demo()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "thidua.example",
        "ftp://thidua.example",
        "https://",
        "https://a.example/b",
        "https://a?b",
    ],
)
def test_an_address_that_is_none_is_refused(told, value):
    told.setenv("PUBLIC_URL", value)
    with pytest.raises(ConfigurationError, match="PUBLIC_URL"):
        Config()


@pytest.mark.parametrize(
    ("pooled", "connecting"),
    [
        (None, {"connect_timeout": 3}),
        ("0", {"connect_timeout": 3}),
        ("1", {"connect_timeout": 3, "prepare_threshold": None}),
    ],
)
def test_behind_a_pool_of_connections_the_driver_keeps_no_prepared_statement(
    told, pooled, connecting
):
    told.setenv("DATABASE_URL", "postgresql://ngonco@localhost/ngonco")
    told.delenv("DATABASE_POOLED", raising=False)
    if pooled is not None:
        told.setenv("DATABASE_POOLED", pooled)
    options = Demo().SQLALCHEMY_ENGINE_OPTIONS
    assert options == {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "connect_args": connecting,
    }


def test_a_provider_is_named_to_the_letter_with_our_client(told):
    named = {"OIDC_ISSUER": "https://sso.example.vn/realms/Tinh/", "OIDC_CLIENT_ID": "ngon-co"}
    for name, value in named.items():
        told.setenv(name, value)
    assert Demo().OIDC_ISSUER == "https://sso.example.vn/realms/Tinh/"
    told.delenv("OIDC_CLIENT_ID")
    with pytest.raises(ConfigurationError, match="phải đặt OIDC_CLIENT_ID"):
        Demo()
    told.setenv("OIDC_ISSUER", "http://sso.example.vn")
    with pytest.raises(ConfigurationError, match="OIDC_ISSUER phải bắt đầu bằng https://"):
        Demo()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EVIDENCE_FILE_MB", "hai mươi", "EVIDENCE_FILE_MB phải là một số nguyên từ 1 đến 2000"),
        ("EVIDENCE_FILE_MB", "0", "EVIDENCE_FILE_MB phải là một số nguyên từ 1 đến 2000"),
        ("SMTP_PORT", "65536", "SMTP_PORT phải là một số nguyên từ 1 đến 65535"),
        ("IDLE_MINUTES", "1,5", "IDLE_MINUTES phải là một số nguyên từ 1 đến 10080"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES phải là một số nguyên từ 0 đến 10"),
        ("SMTP_SECURITY", "ssl", "SMTP_SECURITY không biết “ssl”; hãy chọn trong: starttls, tls"),
        ("DATABASE_URL", "khong", "DATABASE_URL chưa đúng: phải có dạng postgresql://"),
        ("DATABASE_URL", "mysql://a:b@c/d", "DATABASE_URL chưa đúng: phải có dạng postgresql://"),
        ("DATABASE_URL", "postgresql://a:b@c:cổng/d", "DATABASE_URL chưa đúng: phải có dạng"),
    ],
)
def test_a_setting_that_is_none_is_refused_in_one_sentence(told, name, value, said):
    told.setenv(name, value)
    with pytest.raises(ConfigurationError) as refused:
        Demo()
    assert said in refused.value.format_message()
    assert "a:b" not in refused.value.format_message()


def test_a_mode_that_is_none_is_refused(told):
    told.setenv("NGONCO_MODE", "prod")
    with pytest.raises(ConfigurationError, match="NGONCO_MODE không biết “prod”"):
        from_environment()
