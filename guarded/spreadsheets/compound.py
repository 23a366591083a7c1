"""Tệp ghép của Excel 97: its sectors put together into one stream, and the records in that."""

import struct
from collections.abc import Iterator

from guarded.refusals import refuse
from guarded.spreadsheets.limits import LOCKED, NO_SPREADSHEET

_NO_SECTOR, _ROOT_ENTRY = 0xFFFFFFFA, 5
_BEGIN, _END = 0x809, 0x0A
_ENCRYPTED, _BOOK = "EncryptedPackage", "Book"
"""The stream of an .xlsx under a password, and that of a workbook of Excel 5 and 95."""
_OF_BEFORE_97 = "Tệp .xls của Excel đời trước 97 không đọc được. Hãy lưu lại dưới dạng .xlsx."
_SUMMARY = "\x05SummaryInformation"
"""The stream every office program writes beside the workbook, and no mere library."""


def workbook_stream(content: bytes) -> tuple[bytes, bool]:
    """The stream “Workbook” of an Excel 97 file, and whether an office program, which calculates,
    wrote the file; an older one is refused.
    """
    first_folder, smallest, first_small = struct.unpack_from("<I4xII", content, 48)
    sectors = _Sectors(content)
    root = workbook = None
    is_calculated = False
    names = set()
    for name, kind, place in _entries(sectors.stream(first_folder)):
        names.add(name)
        root = place if kind == _ROOT_ENTRY else root
        workbook = place if name == "Workbook" else workbook
        is_calculated = is_calculated or name == _SUMMARY
    if _ENCRYPTED in names:
        refuse(LOCKED)
    if workbook is None or root is None:
        refuse(_OF_BEFORE_97 if _BOOK in names else NO_SPREADSHEET)
    start, length = workbook
    if length >= smallest:
        return sectors.stream(start)[:length], is_calculated
    small, whole = _numbers(sectors.stream(first_small)), sectors.stream(root[0])
    pieces = (whole[number * 64 : number * 64 + 64] for number in _chain(small, start))
    return b"".join(pieces)[:length], is_calculated


class _Sectors:
    """The sectors of a compound file, and the table that says which follows which."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size = 1 << struct.unpack_from("<H", content, 30)[0]
        if self.size not in {512, 4096}:
            raise IndexError
        self.table = _numbers(b"".join(map(self.sector, self._places())))

    def sector(self, number: int) -> bytes:
        return self.content[(number + 1) * self.size : (number + 2) * self.size]

    def stream(self, first: int) -> bytes:
        return b"".join(map(self.sector, _chain(self.table, first)))

    def _places(self) -> list[int]:
        """Where the parts of the table stand; no more of them than the file has sectors."""
        places = [*struct.unpack_from("<109I", self.content, 76)]
        (more_tables,) = struct.unpack_from("<I", self.content, 68)
        for _ in range(len(self.content) // self.size):
            if more_tables >= _NO_SECTOR:
                break
            *more, more_tables = struct.unpack(f"<{self.size // 4}I", self.sector(more_tables))
            places += more
        return [place for place in places if place < _NO_SECTOR]


def _entries(folder: bytes) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """The name, the kind and the place of each stream."""
    for start in range(0, len(folder), 128):
        entry = folder[start : start + 128]
        length = max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)
        first, size = struct.unpack_from("<II", entry, 116)
        yield entry[:length].decode("utf-16-le", "replace"), entry[66], (first, size)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(table: tuple[int, ...], first: int) -> Iterator[int]:
    """Sectors from `first` on; no longer than the table, so that a loop ends."""
    for _ in range(len(table)):
        if first >= _NO_SECTOR:
            return
        yield first
        first = table[first]


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records of one part of the stream, to its end; parts within it are passed over."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length
