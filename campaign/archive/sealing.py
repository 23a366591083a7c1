"""Niêm phong bản sao lưu: sealed with age for the holders of keys that are not on this machine."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from campaign.core.errors import refuse

ENDING = ".age"
"""Đuôi tệp của bản sao lưu đã niêm phong."""
HEAD = b"age-encryption.org/"

Recipients = Sequence[Any]
"""Những khoá công khai mở được bản sao lưu."""


def recipients_of(words: Iterable[str]) -> Recipients:
    """Đọc các khoá công khai: `age1…` or a line `ssh-ed25519 …`; a wrong one is refused."""
    return [_recipient(word) for word in words]


def _recipient(word: str) -> Any:
    import pyrage  # noqa: PLC0415 - a command's own library

    kind = pyrage.ssh if word.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(word)
    except pyrage.RecipientError:
        refuse(f"BACKUP_RECIPIENTS: “{word[:20]}…” không phải khoá công khai age hoặc ssh.")


def seal(source: IO[bytes], target: IO[bytes], recipients: Recipients) -> None:
    """Niêm phong `source` into `target`, piece by piece."""
    import pyrage  # noqa: PLC0415 - as above

    pyrage.encrypt_io(source, target, list(recipients))


def is_sealed(file: Path) -> bool:
    """Tệp này có niêm phong không."""
    with file.open("rb") as stream:
        return stream.read(len(HEAD)) == HEAD


def unseal(source: IO[bytes], target: IO[bytes], identity_file: Path) -> None:
    """Mở niêm phong `source` into `target`, with the secret keys in `identity_file`."""
    import pyrage  # noqa: PLC0415 - as above

    try:
        identities = _identities(identity_file.read_bytes())
    except (pyrage.IdentityError, UnicodeDecodeError):
        refuse(f"Tệp {identity_file.name} không có khoá bí mật age hoặc ssh đọc được.")
    if not identities:
        refuse(f"Tệp {identity_file.name} không có khoá bí mật age hoặc ssh đọc được.")
    try:
        pyrage.decrypt_io(source, target, identities)
    except pyrage.DecryptError:
        refuse("Không mở được niêm phong: khoá bí mật không khớp, hoặc bản sao lưu bị hỏng.")


def _identities(content: bytes) -> list[Any]:
    import pyrage  # noqa: PLC0415 - as above

    if content.startswith(b"-----BEGIN"):
        return [pyrage.ssh.Identity.from_buffer(content)]
    lines = (line.strip() for line in content.decode("utf-8").splitlines())
    return [
        pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")
    ]
