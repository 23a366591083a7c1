"""Xem bản ký số: a PDF from outside tells its words and its signatures; it is opened in a guarded
process, and no network is asked.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campaign.core.errors import refuse
from campaign.papers import apart

SECONDS = 90
MOST_ROOTS, LARGEST_ROOT = 100, 256 * 1024
_ROOT = Path(__file__).parents[2]
_READER = _ROOT / "guarded" / "signed" / "run.py"
_REFUSED = 3
_ENDINGS = frozenset({".pem", ".crt", ".cer", ".der"})
TOO_COMPLEX = "Tệp PDF bị hỏng hoặc quá phức tạp nên không đọc được."


@dataclass(frozen=True, slots=True)
class Seen:
    """Điều đọc được trong tệp: its words, its signatures as data, and against how many roots."""

    pages: int
    text: str
    signatures: list[dict[str, Any]]
    roots: int
    by: str
    """Chương trình đã xem, with its versions."""


def roots_in(folder: str) -> list[bytes]:
    """Tệp chứng thư gốc that an administrator laid into this folder, by name; none without it."""
    if not folder or not Path(folder).is_dir():
        return []
    files = sorted(
        path
        for path in Path(folder).iterdir()
        if path.suffix.lower() in _ENDINGS and path.stat().st_size <= LARGEST_ROOT
    )
    return [path.read_bytes() for path in files[:MOST_ROOTS]]


def looked_through(document: bytes, roots: Sequence[bytes]) -> Seen:
    """Xem một tệp PDF; refused, in a sentence beside the field, where it cannot be read."""
    head = json.dumps({"roots": [base64.b64encode(root).decode() for root in roots]}).encode()
    try:
        done = apart.run(
            _READER,
            head + b"\n" + document,
            seconds=SECONDS,
            environment={"PYTHONPATH": str(_ROOT)},
        )
    except apart.TookTooLong:
        refuse("Tệp PDF đọc quá lâu nên bị dừng.", "file")
    if done.returncode == _REFUSED:
        refuse(done.stderr.decode(errors="replace").strip(), "file")
    if done.returncode != 0:
        refuse(TOO_COMPLEX, "file")
    return Seen(**json.loads(done.stdout))
