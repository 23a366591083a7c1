"""Thiết lập ban đầu: what is still missing, and how lines of units are read; pure."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from campaign.core.errors import refuse
from campaign.core.labelled import Labelled
from campaign.core.permissions import Permission
from campaign.core.text import name_key, one_line, without_tones

MOST_LINES = 500
LONGEST_NAME = 300
LONGEST_CODE = 40
MOST_NAMED = 3
"""So many units without a head are called by their names."""
_PARTS = 3
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\d{1,3}[.)])\s+")
_ROW_NUMBER = re.compile(r"\d{1,3}[.)]?")
_WORD = re.compile(r"[A-Za-z0-9]+")


class Part(Labelled):
    """Bước thiết lập."""

    OFFICE = "office", "Cơ quan"
    UNITS = "units", "Đơn vị"
    PEOPLE = "people", "Người dùng"
    CAMPAIGN = "campaign", "Phong trào đầu tiên"

    @property
    def permission(self) -> Permission:
        """Quyền của ai được nhắc bước này: who administers, and for the campaign who plans."""
        return {
            Part.OFFICE: Permission.ACCOUNT_MANAGE,
            Part.UNITS: Permission.ACCOUNT_MANAGE,
            Part.PEOPLE: Permission.ACCOUNT_MANAGE,
            Part.CAMPAIGN: Permission.CAMPAIGN_PLAN,
        }[self]


@dataclass(frozen=True, slots=True)
class Facts:
    """Dữ liệu đang có, as far as the set-up asks for it."""

    has_office: bool = False
    letterhead: Mapping[str, str] | None = None
    units: int = 0
    has_secretariat: bool = False
    has_director: bool = False
    headless: Sequence[str] = ()
    """Đơn vị chưa có thủ trưởng, by name."""
    campaigns: int = 0
    is_launched: bool = False
    """A campaign was launched: whatever is missing, this is no beginning any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """Một bước: what is still missing of it; nothing where it is done."""

    part: Part
    missing: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Đã xong."""
        return not self.missing

    @property
    def note(self) -> str:
        """Còn thiếu gì, in one line."""
        return "đã xong" if self.is_done else f"còn thiếu: {'; '.join(self.missing)}"


_LETTERHEAD = {
    "above": "cơ quan chủ quản",
    "place": "địa danh",
    "code": "chữ viết tắt trong ký hiệu",
    "leader_job": "chức vụ người đứng đầu",
    "leader_name": "họ và tên người đứng đầu",
}


def steps(facts: Facts) -> list[Step]:
    """Các bước thiết lập, in order, each with what is missing."""
    return [
        Step(Part.OFFICE, tuple(_of_office(facts))),
        Step(Part.UNITS, () if facts.units else ("danh sách đơn vị",)),
        Step(Part.PEOPLE, tuple(_of_people(facts))),
        Step(Part.CAMPAIGN, () if facts.campaigns else ("dự thảo kế hoạch phong trào",)),
    ]


def _of_office(facts: Facts) -> list[str]:
    if not facts.has_office:
        return ["tên và mã cơ quan", *_LETTERHEAD.values()]
    held = facts.letterhead or {}
    return [words for name, words in _LETTERHEAD.items() if not held.get(name)]


def _of_people(facts: Facts) -> list[str]:
    missing = []
    if not facts.has_secretariat:
        missing.append("người giữ vai trò Thường trực Hội đồng")
    if not facts.has_director:
        missing.append("người giữ vai trò Giám đốc")
    if not facts.units:
        missing.append("thủ trưởng và cán bộ của các đơn vị")
    elif facts.headless:
        named = ", ".join(facts.headless[:MOST_NAMED])
        more = len(facts.headless) - MOST_NAMED
        missing.append(f"thủ trưởng của {named}{f' và {more} đơn vị nữa' if more > 0 else ''}")
    return missing


@dataclass(frozen=True, slots=True)
class PastedUnit:
    """Một dòng của danh sách dán vào: the unit it would add, or all that is wrong in it."""

    number: int
    name: str
    code: str
    short_name: str
    is_code_made: bool = False
    faults: tuple[str, ...] = ()


def pasted_units(text: str, *, codes: Collection[str], names: Collection[str]) -> list[PastedUnit]:
    """Đọc danh sách: a unit a line, "tên; mã; tên ngắn" or the same by tabs; a code that is not
    given is made of initials. `codes` are those in use, `names` those below the same unit.
    """
    parted = [(number, _parts(line)) for number, line in _lines(text)]
    used = {code.upper(): 0 for code in codes}
    known = {name_key(name): 0 for name in names}
    given = {parts[1].upper() for _, parts in parted if len(parts) > 1}
    read = []
    for number, parts in parted:
        unit = _unit(number, parts, used, known, given)
        used.setdefault(unit.code.upper(), number)
        known.setdefault(name_key(unit.name), number)
        read.append(unit)
    return read


def _lines(text: str) -> list[tuple[int, str]]:
    """Các dòng có chữ, each with its number; none, or too many at once, are refused."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        refuse("Hãy dán danh sách, mỗi dòng một đơn vị.", "lines")
    if len(lines) > MOST_LINES:
        refuse(
            f"Danh sách có {len(lines)} dòng; mỗi lần dán tối đa {MOST_LINES}. Hãy chia ra, hoặc "
            "nhập từ Excel.",
            "lines",
        )
    return lines


def _parts(line: str) -> list[str]:
    """The parts of a line; its bullet, and the number of a row from Excel, are left out."""
    parts = [one_line(part) for part in (line.split("\t") if "\t" in line else line.split(";"))]
    if len(parts) > 1 and _ROW_NUMBER.fullmatch(parts[0]):
        parts = parts[1:]
    parts[0] = one_line(_BULLET.sub("", parts[0] + " "))
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _unit(
    number: int,
    parts: Sequence[str],
    used: Mapping[str, int],
    known: Mapping[str, int],
    given: Collection[str],
) -> PastedUnit:
    name, code, short_name = [*parts, "", ""][:_PARTS]
    faults = [*_faults_of_name(name, known), *_faults_of_code(code, used)]
    if len(parts) > _PARTS:
        faults.append(f"có {len(parts)} phần; mỗi dòng nhiều nhất ba phần: tên, mã, tên ngắn")
    if len(short_name) > LONGEST_NAME:
        faults.append(f"tên ngắn dài quá {LONGEST_NAME} ký tự")
    made = code or made_code(name, {*used, *given})
    return PastedUnit(number, name, made, short_name or name, not code, tuple(faults))


def _faults_of_name(name: str, known: Mapping[str, int]) -> list[str]:
    if not name:
        return ["thiếu tên đơn vị"]
    if len(name) > LONGEST_NAME:
        return [f"tên dài quá {LONGEST_NAME} ký tự"]
    if (line := known.get(name_key(name))) is not None:
        return [f"trùng tên với dòng {line}" if line else f"đã có đơn vị tên “{name}”"]
    return []


def _faults_of_code(code: str, used: Mapping[str, int]) -> list[str]:
    if " " in code or len(code) > LONGEST_CODE:
        return [f"mã “{code}” phải viết liền, nhiều nhất {LONGEST_CODE} ký tự"]
    if code and (line := used.get(code.upper())) is not None:
        return [
            f"mã “{code}” trùng với dòng {line}" if line else f"mã “{code}” đã có đơn vị khác dùng"
        ]
    return []


def made_code(name: str, used: Collection[str]) -> str:
    """Mã lập từ chữ đầu: "Phòng Quản lý thương mại" is PQLTM; what is in use gets a number."""
    words = _WORD.findall(without_tones(name))
    initials = "".join(word if word.isupper() else word[0].upper() for word in words)
    stem = initials[: LONGEST_CODE - 4] or "DV"
    code, number = stem, 1
    while code in used:
        number += 1
        code = f"{stem}{number}"
    return code


def digest(units: Sequence[PastedUnit], *, kind: str, parent_id: int | None) -> str:
    """Dấu của phần xem trước: what is confirmed is what was seen."""
    seen = repr([(unit.name, unit.code, unit.short_name) for unit in units])
    return hashlib.sha256(f"{kind}|{parent_id}|{seen}".encode()).hexdigest()
