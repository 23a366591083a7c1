"""Ảnh từ bên ngoài: drawn anew by a guarded process, upright and with nothing beside."""

from pathlib import Path
from typing import IO

from campaign.core.errors import refuse
from campaign.papers import apart

SECONDS = 40
LARGEST_UPLOAD = 15 * 1024 * 1024
_ROOT = Path(__file__).parents[2]
_READER = _ROOT / "guarded/pictures/run.py"
_REFUSED = 3


def is_picture(stream: IO[bytes]) -> bool:
    """Tệp ảnh, as its first bytes say: PNG, JPEG or WebP; it is left at its beginning."""
    head = stream.read(12)
    stream.seek(0)
    return head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or (
        head[:4] == b"RIFF" and head[8:] == b"WEBP"
    )


def drawn_anew(stream: IO[bytes]) -> bytes:
    """Ảnh PNG of what was sent; refused, in a sentence beside the field, where it is none."""
    content = stream.read(LARGEST_UPLOAD + 1)
    if len(content) > LARGEST_UPLOAD:
        refuse(f"Ảnh lớn hơn {LARGEST_UPLOAD // 1024 // 1024} MB.", "file")
    try:
        done = apart.run(_READER, content, seconds=SECONDS, environment={"PYTHONPATH": str(_ROOT)})
    except apart.TookTooLong:
        refuse("Ảnh đọc quá lâu nên bị dừng.", "file")
    if done.returncode == _REFUSED:
        refuse(done.stderr.decode(errors="replace").strip(), "file")
    if done.returncode != 0 or not done.stdout:
        refuse("Ảnh quá lớn hoặc quá phức tạp nên không đọc được.", "file")
    return done.stdout
