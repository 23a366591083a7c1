"""Configuration, from the environment: `NGONCO_MODE=demo` and `local` (on this machine without
the demo) for the embedded defaults, else production.
"""

import os
import re
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from campaign.accounts.sign_on.rules import issuer_problem
from campaign.core.permissions import Role
from campaign.web import terminal
from campaign.web.access import CHAIR

ROOT = Path(__file__).parent
MODE = os.environ.get("NGONCO_MODE", "")
INSTANCE = Path(os.environ.get("NGONCO_INSTANCE", ROOT / "instance")) / (
    "office" if MODE == "local" else ""
)
"""Where data stands: those of an office never beside those of the demo."""


class ConfigurationError(terminal.Refused):
    """Thiếu thiết lập that production needs: a command ends with this sentence."""


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        message = (
            f"Chưa đặt {name}: hệ thống dùng thật không có giá trị mặc định "
            "(xem README, phần triển khai)."
        )
        raise ConfigurationError(message)
    return value


def _whole(name: str, default: int, least: int, most: int) -> int:
    """A whole number of the environment within its bounds."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        message = f"{name} phải là một số nguyên từ {least} đến {most}, không phải “{value}”."
        raise ConfigurationError(message)
    return int(value)


def _one_of(name: str, default: str, known: Collection[str]) -> str:
    """A word of the environment out of those that are known."""
    value = os.environ.get(name, default).strip()
    if value not in known:
        words = ", ".join(filter(None, known))
        message = f"{name} không biết “{value}”; hãy chọn trong: {words}."
        raise ConfigurationError(message)
    return value


def _database_url(value: str) -> str:
    """Name the driver, so that an ordinary postgres:// address works; it may hold a password and
    is never shown.
    """
    for prefix in ("postgres://", "postgresql://"):
        if value.startswith(prefix):
            value = "postgresql+psycopg://" + value.removeprefix(prefix)
    try:
        driver = make_url(value).drivername
    except (ArgumentError, ValueError):
        driver = ""
    if driver not in {"sqlite", "postgresql+psycopg"}:
        message = (
            "DATABASE_URL chưa đúng: phải có dạng postgresql://tài_khoản:mật_khẩu@máy_chủ/tên, "
            "hoặc sqlite:///tệp.db (bốn dấu / khi ghi đường dẫn đầy đủ)."
        )
        raise ConfigurationError(message)
    return value


def _origin(value: str) -> str:
    """The office's own address: scheme and host, no path."""
    parts = urlsplit(value.strip().rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path + parts.query:
        message = f"PUBLIC_URL phải có dạng https://thidua.coquan.gov.vn, không phải “{value}”."
        raise ConfigurationError(message)
    return f"{parts.scheme}://{parts.netloc}"


def _demanding(value: str) -> frozenset[str]:
    """Who must have a second factor: roles and `chair`, by commas; `1` for who decides most."""
    if value.strip() in {"", "0"}:
        return frozenset()
    if value.strip() == "1":
        return frozenset({"admin", "secretariat", "director", CHAIR})
    named = frozenset(part.strip() for part in value.split(",") if part.strip())
    known = {CHAIR, *(role.value for role in Role)}
    if unknown := sorted(named - known):
        message = (
            f"REQUIRE_SECOND_FACTOR không biết “{unknown[0]}”; hãy chọn trong: "
            f"{', '.join(sorted(known))}."
        )
        raise ConfigurationError(message)
    return named


def _issuer(value: str) -> str:
    """Who signs people on, to the letter; with a client of ours, or nobody."""
    if problem := value and issuer_problem(value):
        message = f"OIDC_ISSUER {problem}: “{value}”."
        raise ConfigurationError(message)
    if value and not os.environ.get("OIDC_CLIENT_ID"):
        message = "Có OIDC_ISSUER thì phải đặt OIDC_CLIENT_ID (xem README, phần đăng nhập một lần)."
        raise ConfigurationError(message)
    return value


def _host(origin: str) -> str:
    return urlsplit(origin).hostname or ""


def _addresses(value: str) -> list[str]:
    return [address for address in (part.strip() for part in value.split(",")) if address]


class Config:
    """What holds in every mode."""

    DEMO = False
    TESTING = False
    MEGABYTE = 1024 * 1024
    WAITING = 40
    """So many of a worker may wait for SQLite: all its threads."""

    def __init__(self) -> None:
        """Read the environment once, when the application starts."""
        self.SECRET_KEY = self._secret_key()
        self.SECRET_KEY_FALLBACKS = [
            key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key
        ]
        self.SQLALCHEMY_DATABASE_URI = _database_url(self._database())
        self.EVIDENCE_URL = os.environ.get("EVIDENCE_URL", str(INSTANCE / "evidence"))
        self.SIGNATURE_ROOTS = os.environ.get("SIGNATURE_ROOTS", str(INSTANCE / "signature-roots"))
        self.PACKAGES = os.environ.get("PACKAGES", str(INSTANCE / "packages"))
        self.BALLOT_KEYS = os.environ.get("BALLOT_KEYS", str(INSTANCE / "ballot-keys"))
        self.EVIDENCE_FILE_LIMIT = _whole("EVIDENCE_FILE_MB", 20, 1, 2_000) * self.MEGABYTE
        self.EVIDENCE_REPORT_LIMIT = _whole("EVIDENCE_REPORT_MB", 200, 1, 100_000) * self.MEGABYTE
        self.MAX_CONTENT_LENGTH = self.EVIDENCE_FILE_LIMIT + self.MEGABYTE
        self.MAX_FORM_MEMORY_SIZE = 4 * self.MEGABYTE
        self.LOGS = os.environ.get("LOGS", str(INSTANCE / "logs"))
        self.TEMPLATE_CACHE = os.environ.get("TEMPLATE_CACHE", "")
        self.METRICS = os.environ.get("METRICS", "")
        self.METRICS_ADDRESS = os.environ.get("METRICS_ADDRESS", "127.0.0.1:9464")
        self.ACCESS_LOG = os.environ.get("ACCESS_LOG", self._access_log()) != "0"
        self.BACKUP_RECIPIENTS = _addresses(os.environ.get("BACKUP_RECIPIENTS", ""))
        self.OUTBOX = str(INSTANCE / "outbox")
        self.HEAD_MAIL_TO = _addresses(os.environ.get("HEAD_MAIL_TO", ""))
        self.MAIL_FROM = os.environ.get("MAIL_FROM", "ngonco@localhost")
        self.SMTP_HOST = os.environ.get("SMTP_HOST", "")
        self.SMTP_SECURITY = _one_of("SMTP_SECURITY", "starttls", ("starttls", "tls", "none"))
        self.SMTP_PORT = _whole("SMTP_PORT", 587, 1, 65_535)
        self.SMTP_USER = os.environ.get("SMTP_USER", "")
        self.SMTP_PASSWORD = os.environ.get("SMTP_PASSWORD", "")
        self.PERMANENT_SESSION_LIFETIME = timedelta(minutes=_whole("IDLE_MINUTES", 120, 1, 10_080))
        self.SESSION_COOKIE_NAME = "ngonco"
        self.SESSION_COOKIE_HTTPONLY = True
        self.SESSION_COOKIE_SAMESITE = "Lax"
        self.SESSION_COOKIE_SECURE = self._cookies_need_https()
        self.WTF_CSRF_TIME_LIMIT = None
        self.PUBLIC_URL = _origin(self._public_url())
        self.TRUSTED_HOSTS = self._trusted_hosts()
        self.REQUIRE_SECOND_FACTOR = _demanding(os.environ.get("REQUIRE_SECOND_FACTOR", ""))
        self.OIDC_ISSUER = _issuer(os.environ.get("OIDC_ISSUER", ""))
        self.OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "")
        self.OIDC_CLIENT_SECRET = os.environ.get("OIDC_CLIENT_SECRET", "")
        self.OIDC_NAME = os.environ.get("OIDC_NAME", "").strip()
        self.PROXIES = _whole("TRUSTED_PROXIES", 0, 0, 10)
        self.SEND_FILE_MAX_AGE_DEFAULT = 3600
        self.SQLALCHEMY_ENGINE_OPTIONS = self._engine_options()

    def _engine_options(self) -> dict[str, object]:
        """A PostgreSQL that is away is found out at once, and again when it is back; no fault
        repeats the values of a statement. Behind PgBouncer (`DATABASE_POOLED=1`) the driver keeps
        no prepared statement, for the next transaction may meet another server. Whoever waits for
        SQLite has a connection meanwhile.
        """
        if not self.SQLALCHEMY_DATABASE_URI.startswith("postgresql"):
            return {"hide_parameters": True, "max_overflow": self.WAITING}
        connecting: dict[str, object] = {"connect_timeout": 3}
        if os.environ.get("DATABASE_POOLED", "") == "1":
            connecting["prepare_threshold"] = None
        return {"hide_parameters": True, "pool_pre_ping": True, "connect_args": connecting}

    def _access_log(self) -> str:
        """Whether each request has its line: a service yes, a program in one's own window no."""
        return "1"

    def _secret_key(self) -> str:
        return _required("SECRET_KEY")

    def _database(self) -> str:
        return _required("DATABASE_URL")

    def _public_url(self) -> str:
        return _required("PUBLIC_URL")

    def _trusted_hosts(self) -> list[str]:
        """The host of the office's own address, and what `TRUSTED_HOSTS` names besides."""
        named = os.environ.get("TRUSTED_HOSTS", "").split(",")
        return [_host(self.PUBLIC_URL), *(host.strip() for host in named if host.strip())]

    def _cookies_need_https(self) -> bool:
        return os.environ.get("INSECURE_COOKIES", "") != "1"


class Local(Config):
    """Bản trên máy này: embedded defaults, with neither demo accounts nor rehearsal clock."""

    def _access_log(self) -> str:
        return "0"

    def _secret_key(self) -> str:
        key_file = INSTANCE / "secret_key"
        if "SECRET_KEY" not in os.environ and not key_file.exists():
            message = (
                "Chưa có khoá bí mật của bản chạy trên máy này: chạy `make run` một lần để tạo."
            )
            raise ConfigurationError(message)
        return os.environ.get("SECRET_KEY") or key_file.read_text(encoding="ascii").strip()

    def _public_url(self) -> str:
        port = os.environ.get("PORT", "8000")
        return os.environ.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"

    def _trusted_hosts(self) -> list[str]:
        return [*super()._trusted_hosts(), "127.0.0.1", "localhost"]

    def _database(self) -> str:
        return os.environ.get("DATABASE_URL") or f"sqlite:///{INSTANCE / 'ngonco.db'}"

    def _cookies_need_https(self) -> bool:
        return False


class Demo(Local):
    """Diễn tập: demo accounts and the rehearsal clock, on this machine only."""

    DEMO = True


def from_environment() -> Config:
    """The configuration that `NGONCO_MODE` asks for."""
    mode = _one_of("NGONCO_MODE", "", ("", "demo", "local"))
    return {"demo": Demo, "local": Local}.get(mode, Config)()
