"""Văn bản Word: a .docx template and plain values become a paper; what comes from outside is
opened in a guarded process.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from campaign.core.errors import refuse
from campaign.papers import apart

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHIPPED = Path(__file__).parent / "shipped"
LARGEST_TEMPLATE = 3 * 1024 * 1024
SECONDS = 90
"""By the clock, for a machine that does something else; what may be worked is bounded apart."""
_ROOT = Path(__file__).parents[2]
_GUARD = _ROOT / "guarded" / "papers" / "run.py"
_REFUSED = 3
_STOPPED = (
    "Mẫu chạy quá lâu hoặc dùng quá nhiều bộ nhớ nên bị dừng. Hãy xem lại các vòng lặp trong mẫu."
)
_UNREADABLE = (
    "Tệp Word này có cấu trúc không đọc được. Hãy mở tệp trong Word, chọn tất cả (Ctrl+A), chép "
    "sang một văn bản mới, lưu thành .docx rồi gửi lại."
)
_LATE = "Mẫu chạy quá lâu nên bị dừng. Hãy xem lại các vòng lặp trong mẫu."


@dataclass(frozen=True, slots=True)
class Fault:
    """Lỗi trong mẫu: the paragraph where it stands, as its words, and what is wrong."""

    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Lack:
    """Điều mẫu bỏ: a field of the shipped template, and the paragraph that shows it there."""

    field: str
    place: str


@dataclass(frozen=True, slots=True)
class Examination:
    """Kết quả xem xét một mẫu."""

    faults: list[Fault]
    lacks: list[Lack]


def shipped(name: str) -> bytes:
    """Mẫu kèm theo chương trình."""
    return (SHIPPED / f"{name}.docx").read_bytes()


def shipped_sha256(name: str) -> str:
    """Dấu của mẫu kèm theo, as it lies in the program."""
    return hashlib.sha256(shipped(name)).hexdigest()


@dataclass(frozen=True, slots=True)
class Properties:
    """Thuộc tính của tệp Word: title, the office as author, and of when it tells."""

    title: str
    author: str
    created: datetime

    @property
    def told(self) -> dict[str, str]:
        """As the guarded process is told them."""
        return {
            "title": self.title,
            "author": self.author,
            "created": self.created.astimezone(UTC).isoformat(),
        }


def draw(
    template: bytes, content: Mapping[str, Any], properties: Properties | None = None
) -> bytes:
    """Lập một văn bản: the same template and content give the same bytes."""
    return draw_all([(template, content, properties)])[0]


def draw_all(sketches: Sequence[tuple[bytes, Mapping[str, Any], Properties | None]]) -> list[bytes]:
    """Lập nhiều văn bản, each from a template and its content: in a process of its own, short of
    time, memory and files, for what a template does is the office's, and drawing takes much memory.
    """
    templates: dict[str, str] = {}
    papers = []
    for template, content, properties in sketches:
        name = hashlib.sha256(template).hexdigest()
        templates.setdefault(name, base64.b64encode(template).decode())
        told = properties and properties.told
        papers.append({"template": name, "content": content, "properties": told})
    made = _under_guard(
        {"act": "draw", "templates": templates, "papers": papers}, seconds=SECONDS + len(papers)
    )
    return [base64.b64decode(paper) for paper in made]


def _under_guard(given: Mapping[str, Any], *, seconds: int) -> Any:
    """What the guarded process hands back; only a sentence it wrote on purpose is ever shown."""
    try:
        done = apart.run(
            _GUARD,
            json.dumps(given).encode(),
            seconds=seconds,
            environment={"PYTHONPATH": str(_ROOT)},
        )
    except apart.TookTooLong:
        refuse(_LATE, "file")
    if done.returncode == _REFUSED:
        refuse(done.stderr.decode(errors="replace").strip(), "file")
    if done.returncode != 0:  # below zero: ended by the system at a bound
        refuse(_STOPPED if done.returncode < 0 else _UNREADABLE, "file")
    return json.loads(done.stdout)


def examine(
    template: bytes, sample: Mapping[str, Any], shipped_one: bytes | None = None
) -> Examination:
    """Xem xét mẫu: refused where it may do harm (no Word file, too large, macros, whatever reaches
    elsewhere); else what is wrong with its tags or its trial paper, and what it leaves out.
    """
    if len(template) > LARGEST_TEMPLATE:
        refuse(f"Tệp mẫu quá lớn: nhiều nhất {LARGEST_TEMPLATE // 1024 // 1024} MB.", "file")
    given = {
        "act": "examine",
        "template": base64.b64encode(template).decode(),
        "sample": sample,
        "shipped": shipped_one and base64.b64encode(shipped_one).decode(),
    }
    answer = _under_guard(given, seconds=SECONDS)
    return Examination(
        [Fault(place, sentence) for place, sentence in answer["faults"]],
        [Lack(name, place) for name, place in answer["lacking"]],
    )
