"""Mã dùng một lần: of a code generator (TOTP, RFC 6238), and the recovery codes in its place;
secrets are sealed.
"""

import hashlib
import hmac
import secrets
from base64 import b32encode, urlsafe_b64encode
from types import ModuleType
from typing import TYPE_CHECKING

from flask import current_app
from markupsafe import Markup

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet
    from pyotp import TOTP

ISSUER = "Ngọn Cờ"
STEP_SECONDS = 30
CLOCK_WINDOW = (-1, 0, 1)
RECOVERY_CODES = 10
SECRET_BYTES = 20
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def _fernet() -> ModuleType:
    """The library that seals, loaded where somebody has a second factor: it takes 8 MiB."""
    from cryptography import fernet  # noqa: PLC0415 - the reason stands above

    return fernet


def _generator(secret: str) -> "TOTP":
    """Bộ tạo mã, of a library that only second factors need."""
    from pyotp import TOTP  # noqa: PLC0415 - the reason stands above

    return TOTP(secret)


def _box() -> "MultiFernet":
    """Khoá niêm phong, derived from the application's secret key, and from earlier ones to open."""
    keys = [
        current_app.config["SECRET_KEY"],
        *(current_app.config.get("SECRET_KEY_FALLBACKS") or ()),
    ]
    fernet = _fernet()
    box: MultiFernet = fernet.MultiFernet(
        [
            fernet.Fernet(
                urlsafe_b64encode(hmac.digest(key.encode(), b"ngonco second factor", "sha256"))
            )
            for key in keys
        ]
    )
    return box


def sealed(text: str) -> str:
    """Niêm phong."""
    return _box().encrypt(text.encode()).decode()


def unsealed(text: str, *, seconds: int | None = None) -> str | None:
    """Mở niêm phong; None where another key sealed it, or longer than `seconds` ago."""
    try:
        return _box().decrypt(text.encode(), ttl=seconds).decode()
    except _fernet().InvalidToken:
        return None


def new_secret() -> str:
    """Khoá mới of a code generator."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(secret: str, code: str, *, at: int, after: int) -> int | None:
    """Bước thời gian mà mã này thuộc về, later than the last one used; None where there is none."""
    now, generator = at // STEP_SECONDS, _generator(secret)
    steps = [now + shift for shift in CLOCK_WINDOW if now + shift > after]
    return next(
        (
            step
            for step in steps
            if hmac.compare_digest(generator.generate_otp(step).encode(), code.encode())
        ),
        None,
    )


def picture(secret: str, user_name: str) -> Markup:
    """Mã QR của khoá, for the generator on a telephone."""
    return drawn(_generator(secret).provisioning_uri(name=user_name, issuer_name=ISSUER))


def drawn(address: str) -> Markup:
    """Mã QR, drawn here as SVG without any style: no other machine is asked for it."""
    import segno  # noqa: PLC0415 - only pages with such a code draw one

    code = segno.make(address, micro=False, error="m")
    return Markup(code.svg_inline(scale=4, border=4, light="#fff", svgclass="qr", lineclass=None))  # noqa: S704 - our own drawing


def new_recovery_codes() -> list[str]:
    """Mã khôi phục mới, in groups of four letters that cannot be mistaken."""
    return [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        for _ in range(RECOVERY_CODES)
    ]


def code_hash(code: str) -> str:
    """Mã băm, whatever the groups and capitals it was typed with."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
