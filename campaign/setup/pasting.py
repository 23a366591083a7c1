"""Danh sách đơn vị dán vào: its lines read one by one, as they were typed or copied out of a table;
pure.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.core.errors import refuse
from campaign.core.old_letters import converted_words, read_old
from campaign.core.text import name_key, one_line, search_key, without_tones
from campaign.imports.asides import Aside, aside, asides_told

MOST_LINES = 500
LONGEST_NAME = 300
LONGEST_CODE = 40
_PARTS = 3
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\d{1,3}[.)])\s+")
_ROW_NUMBER = re.compile(r"\d{1,3}[.)]?")
_WORD = re.compile(r"[A-Za-z0-9]+")
_TITLES = frozenset(
    {
        *("stt", "tt", "so tt", "so thu tu", "ten", "ten don vi", "don vi", "ten co quan"),
        *("ten co quan don vi", "ma", "ma don vi", "ma so", "ten ngan", "ten viet tat", "viet tat"),
    }
)
"""Tên cột of such a table: a line of nothing else is its heads."""


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
    parted = [(number, _parts(cells)) for number, cells in _read(text).rows]
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


def notes_of(text: str) -> list[str]:
    """Điều nên biết về danh sách: which lines are no units, and what was typed in an old font."""
    read = _read(text)
    return [note for note in (asides_told(read.passed), read.converted) if note]


_Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class _Read:
    """Các dòng là đơn vị, those beside them, and what is to be told of their letters."""

    rows: list[_Row]
    passed: list[tuple[int, Aside, list[str]]]
    converted: str


def _read(text: str) -> _Read:
    """Các ô của từng dòng, in today's letters; what a table holds beside its rows stays apart."""
    typed = [(number, _cells(line)) for number, line in _lines(text)]
    every = [cell for _, cells in typed for cell in cells]
    font, today = read_old(list(dict.fromkeys(every)))
    converted = [(cell, today[cell]) for cell in every if cell in today]
    rows = [
        (number, [one_line(today.get(cell, cell)) for cell in cells]) for number, cells in typed
    ]
    passed = list(_passed(rows))
    beside = {number for number, _, _ in passed}
    return _Read(
        [row for row in rows if row[0] not in beside],
        passed,
        converted_words(font.name, converted) if font and converted else "",
    )


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split(";"))]


def _passed(rows: Sequence[_Row]) -> Iterator[tuple[int, Aside, list[str]]]:
    """Dòng không phải đơn vị: heads, headings, totals and signatures."""
    is_numbered = any(_is_of_number(cells) for _, cells in rows)
    for place, (number, cells) in enumerate(rows):
        written = [cell for cell in cells if cell]
        if not written:
            continue
        if all(search_key(cell) in _TITLES for cell in written):
            yield number, Aside.TITLES, written
        elif kind := _beside(cells, is_numbered=is_numbered, is_first=not place):
            yield number, kind, written


def _is_of_number(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and _ROW_NUMBER.fullmatch(cells[0]) is not None


def _beside(cells: Sequence[str], *, is_numbered: bool, is_first: bool) -> Aside | None:
    """What a line is beside the units: where they are numbered, one without a number may be a
    heading or a signature; else a total alone is none.
    """
    is_whole = not is_numbered or _is_of_number(cells)
    return aside(
        [cell for cell in cells if cell],
        is_whole=is_whole,
        is_lonely=not is_whole,
        is_first=is_first,
        is_closed=False,
    )


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


def _parts(cells: Sequence[str]) -> list[str]:
    """The parts of a line; its bullet, and the number of a row from Excel, are left out."""
    parts = list(cells[1:] if _is_of_number(cells) else cells)
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
