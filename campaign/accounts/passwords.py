"""Mật khẩu: hashed with argon2id; checking a wrong name costs as much as a wrong password."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from campaign.core.errors import Busy
from campaign.web.turns import stepped_out

WAITING = 19
"""So many wait for the one whose password is being hashed; each takes 64 MiB and all processors."""
WAIT_SECONDS = 10.0
_waiting, _hashing = Semaphore(WAITING + 1), Semaphore(1)
_HASHER = PasswordHasher()
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$gmct5ygT9dr2pfdQFz2CeA"
    "$hAK0ukDNTiGYjXtcPmj4LW5+EEDRYIm5nFUq+D1s3OU"
)
"""Of a password nobody knows, as strong as any: made once and written down, not at each start."""


def hashed(password: str) -> str:
    """Băm mật khẩu."""
    with _turn():
        return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Khớp: False also where there is no hash, after the same work."""
    try:
        with _turn():
            _HASHER.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Cần băm lại: made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


@contextmanager
def _turn() -> Iterator[None]:
    """Từng người một in this worker, while the pages of others go on."""
    busy = Busy("Đang có nhiều người đăng nhập cùng lúc. Hãy thử lại sau giây lát.")
    if not _waiting.acquire(blocking=False):
        raise busy
    try:
        with stepped_out():
            if not _hashing.acquire(timeout=WAIT_SECONDS):
                raise busy
            try:
                yield
            finally:
                _hashing.release()
    finally:
        _waiting.release()
