"""Mật khẩu: hashed with argon2id; checking a wrong name costs as much as a wrong password."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody's password")


def hashed(password: str) -> str:
    """Băm mật khẩu."""
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Khớp: False also where there is no hash, after the same work."""
    try:
        _HASHER.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Cần băm lại: made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)
