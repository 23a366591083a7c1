"""Đăng nhập một lần: what a provider may say of itself, and what is answered here; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NoReturn
from urllib.parse import urlsplit

from campaign.core.errors import RuleViolation, refuse
from campaign.core.labelled import Labelled

CALLBACK = "/account/sign-on/callback"
BACK_CHANNEL = "/account/sign-on/back-channel-logout"
"""Hai địa chỉ mà nhà cung cấp phải biết."""
ATTEMPT_SECONDS = 600
"""So long a person may take at the provider."""
LEEWAY_SECONDS = 60
"""So far the provider's clock and ours may lie apart."""
LONGEST_SUBJECT = 255
SIGNED_BY = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
"""Cách ký được nhận: by a key that the provider alone has; never `none`, never a shared secret."""
_ERRORS = frozenset(
    {
        *("access_denied", "consent_required", "interaction_required", "login_required"),
        *("invalid_client", "invalid_grant", "invalid_request", "invalid_scope"),
        *("server_error", "temporarily_unavailable", "unauthorized_client"),
        *("unsupported_grant_type", "unsupported_response_type"),
    }
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SignInWay(Labelled):
    """Cách đăng nhập của một tài khoản."""

    COMMON = "common", "theo quy định chung"
    PASSWORD = "password", "luôn dùng được mật khẩu"
    SINGLE = "single", "chỉ đăng nhập một lần"


@dataclass(frozen=True)
class Settings:
    """Nhà cung cấp như cơ quan đã đặt; without an issuer there is none."""

    issuer: str = ""
    client_id: str = ""
    secret: str = ""
    name: str = ""

    @property
    def button(self) -> str:
        """Tên trên nút: “Đăng nhập bằng …”."""
        return self.name or "tài khoản chung"


@dataclass(frozen=True)
class Provider:
    """Nhà cung cấp như họ công bố: where to ask."""

    issuer: str
    authorization: str
    token: str
    keys: str
    takes_basic: bool = True
    names_itself: bool = False
    """Whether it names itself in what comes back (RFC 9207)."""


@dataclass(frozen=True)
class Identity:
    """Danh tính: the provider, its person, letter by letter, and its session where it has one."""

    issuer: str
    subject: str
    sid: str | None = None


class Unanswered(RuleViolation):
    """Nhà cung cấp không trả lời: nobody's fault here, and no wrong attempt."""


def refuse_away(settings: Settings) -> NoReturn:
    """Không tới được nhà cung cấp, or it takes too long, or what it says is none."""
    sentence = (
        f"Không kết nối được với {settings.button}. Hãy thử lại sau ít phút, hoặc đăng nhập bằng "
        "mật khẩu."
    )
    raise Unanswered(sentence)


def refuse_wrong(settings: Settings) -> NoReturn:
    """Nhà cung cấp trả lời sai: not signed for us, not now, or not for this browser."""
    refuse(
        f"Không xác nhận được câu trả lời của {settings.button} nên chưa đăng nhập. Hãy thử lại; "
        "nếu vẫn vậy, hãy báo quản trị hệ thống."
    )


def refuse_late(settings: Settings) -> NoReturn:
    """Lần đăng nhập này không còn: too old, used already, or begun in another browser."""
    refuse(
        f"Lần đăng nhập bằng {settings.button} này đã hết hạn, đã dùng, hoặc bắt đầu ở trình duyệt "
        "khác. Hãy đăng nhập lại."
    )


def refuse_denied(settings: Settings) -> NoReturn:
    """Nhà cung cấp, hoặc chính người đó ở nơi ấy, không đồng ý."""
    refuse(
        f"Lần đăng nhập bằng {settings.button} không được chấp thuận. Hãy thử lại, hoặc đăng nhập "
        "bằng mật khẩu."
    )


def refuse_stranger(settings: Settings, subject: str) -> NoReturn:
    """Chưa liên kết với ai ở đây: no account comes into being by itself."""
    refuse(
        f"Tài khoản {settings.button} này chưa được liên kết với người nào ở đây. Hãy đăng nhập "
        "bằng mật khẩu rồi liên kết ở trang Tài khoản của tôi, hoặc nhờ quản trị hệ thống liên "
        f"kết với mã “{subject}”."
    )


def refuse_idle(settings: Settings) -> NoReturn:
    """Tài khoản ở đây không được đăng nhập."""
    refuse(
        f"Tài khoản liên kết với {settings.button} không được đăng nhập ở đây. Hãy hỏi quản trị "
        "hệ thống."
    )


def address_problem(address: str) -> str:
    """Địa chỉ của nhà cung cấp có dùng được không: https, or http on this machine alone."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - whether it is a number
    except ValueError:
        return "không phải một địa chỉ"
    if not host or parts.username or parts.fragment or not address.isascii() or " " in address:
        return "không phải một địa chỉ"
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        return "phải bắt đầu bằng https://"
    return ""


def issuer_problem(issuer: str) -> str:
    """Định danh nhà cung cấp có dùng được không: an address without a query."""
    return address_problem(issuer) or ("không được có dấu ?" if "?" in issuer else "")


def discovery_address(issuer: str) -> str:
    """Nơi nhà cung cấp công bố về mình."""
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def provider_of(published: Mapping[str, object], issuer: str) -> Provider | None:
    """Nhà cung cấp từ điều nó công bố; None where that is not what was asked for, to the letter."""
    named = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    addresses = [published.get(name) for name in named]
    if published.get("issuer") != issuer:
        return None
    if any(not isinstance(place, str) or address_problem(place) for place in addresses):
        return None
    authorization, token, keys = map(str, addresses)
    methods = published.get("token_endpoint_auth_methods_supported")
    return Provider(
        issuer=issuer,
        authorization=authorization,
        token=token,
        keys=keys,
        takes_basic=not isinstance(methods, list) or "client_secret_basic" in methods,
        names_itself=published.get("authorization_response_iss_parameter_supported") is True,
    )


def is_mixed_up(provider: Provider, named: str | None) -> bool:
    """Câu trả lời mang tên nhà cung cấp khác, or none where this one always names itself."""
    return provider.names_itself if named is None else named != provider.issuer


def check_subject(typed: str) -> str:
    """Mã người dùng ở nhà cung cấp, as it was typed: nothing of it is ever cut or folded."""
    if not typed:
        refuse("Hãy nhập mã của người này ở nhà cung cấp (sub).", "subject")
    if typed != typed.strip():
        refuse("Mã có khoảng trắng ở đầu hoặc cuối. Hãy chép lại đúng từng ký tự.", "subject")
    if len(typed) > LONGEST_SUBJECT:
        refuse(f"Mã dài nhất {LONGEST_SUBJECT} ký tự.", "subject")
    if not is_subject(typed):
        refuse("Mã có ký tự không dùng được. Hãy chép lại đúng từng ký tự.", "subject")
    return typed


def is_subject(value: object) -> bool:
    """Có thể là mã của một người không: what can be kept, letter by letter."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_SUBJECT and "\0" not in value


def error_word(told: object) -> str:
    """Mã lỗi mà nhà cung cấp nêu, if it is one that the standards name: no other word is logged."""
    return told if isinstance(told, str) and told in _ERRORS else "another error"


def mark_of(*parts: str) -> str:
    """Dấu của một điều chỉ dùng một lần, from which it cannot be read."""
    return sha256("\n".join(parts).encode()).hexdigest()


def is_password_refused(way: SignInWay, *, is_linked: bool, is_demanded: bool) -> bool:
    """Mật khẩu không dùng được: the account must sign on with the provider, and can."""
    return is_linked and (way is SignInWay.SINGLE or (way is SignInWay.COMMON and is_demanded))


def refuse_losing_password_admins(before: int, after: int) -> None:
    """Còn ít nhất một quản trị viên vào được bằng mật khẩu, should the provider be away."""
    if before and not after:
        refuse(
            "Phải còn ít nhất một quản trị viên đang hoạt động đăng nhập được bằng mật khẩu: nhà "
            "cung cấp ngừng thì không ai quản trị được nữa. Hãy đặt “luôn dùng được mật khẩu” cho "
            "một quản trị viên trước."
        )
