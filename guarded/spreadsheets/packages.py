"""Tệp nén: what could harm is refused before anything is parsed."""

import io
import re
import zipfile

from guarded.refusals import refuse
from guarded.spreadsheets.limits import LOCKED
from guarded.spreadsheets.ods import seen_in_tables
from guarded.spreadsheets.seen import Seen
from guarded.spreadsheets.xlsx import parts_in_order, seen_in_part, telling_styles

LARGEST_UNPACKED = 120 * 1024 * 1024
MOST_PARTS = 2_000
_PIECE = 64 * 1024
_TOO_LARGE = "Tệp nén bung ra quá lớn nên không mở."
_OF_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=[\"'](?:1|true)[\"']")
_ELSEWHERE = re.compile(
    rb"<table:(?:table-source|cell-range-source)\b|\btable:formula=\"[^\"]*(?:'|&apos;)file:"
)
_TELLING = re.compile(
    r"content\.xml|xl/(?:worksheets/[^/]+\.xml|styles\.xml|workbook\.xml|_rels/workbook\.xml\.rels)"
)
_OTHER_ALPHABETS = (b"\xff\xfe", b"\xfe\xff")


def look_inside(package: bytes) -> tuple[dict[int, Seen], bool]:
    """Refuse what could harm before anything is parsed; gives what each sheet, by its place, tells
    beside its values, and whether its days are counted from 1904.
    """
    parts: dict[str, bytes] = {}
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = archive.infolist()
        if len(members) > MOST_PARTS:
            refuse("Tệp nén có quá nhiều phần bên trong nên không mở.")
        _refuse_active([_plain(member.filename) for member in members])
        if sum(member.file_size for member in members) > LARGEST_UNPACKED:
            refuse(_TOO_LARGE)  # by what it says of itself; what it holds is counted below
        for member in members:
            part, name = bytearray(), _plain(member.filename)
            with archive.open(member) as stream:
                while piece := stream.read(_PIECE):
                    unpacked += len(piece)
                    if unpacked > LARGEST_UNPACKED:
                        refuse(_TOO_LARGE)
                    part += piece
            if name == "meta-inf/manifest.xml" and b"encryption-data" in part:
                refuse(LOCKED)
            if name.endswith((".xml", ".rels")):
                _refuse_reaching(bytes(part))
            if _TELLING.fullmatch(name):
                parts[name] = bytes(part)
    return _seen_by_place(parts), _OF_1904.search(parts.get("xl/workbook.xml", b"")) is not None


def _plain(name: str) -> str:
    """Tên của một phần: of any case, its folders parted by whatever stroke its writer took."""
    return name.replace("\\", "/").lower()


def _seen_by_place(parts: dict[str, bytes]) -> dict[int, Seen]:
    if "content.xml" in parts:
        return dict(enumerate(seen_in_tables(parts["content.xml"])))
    styles = telling_styles(parts.get("xl/styles.xml", b""))
    seen = {
        name: seen_in_part(part, styles)
        for name, part in parts.items()
        if name.startswith("xl/worksheets/")
    }
    names = parts_in_order(
        parts.get("xl/workbook.xml", b""), parts.get("xl/_rels/workbook.xml.rels", b"")
    )
    placed = enumerate(map(_plain, names))
    return {place: seen[name] for place, name in placed if name in seen}


def _refuse_active(names: list[str]) -> None:
    if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names):
        refuse("Tệp có macro. Hãy lưu lại dưới dạng .xlsx không có macro.")
    if "xl/workbook.bin" in names:
        refuse("Không đọc tệp .xlsb. Hãy lưu lại dưới dạng .xlsx.")
    if any(name.startswith("xl/externallinks/") for name in names):
        refuse("Tệp có liên kết tới tệp khác. Hãy thay liên kết bằng giá trị rồi gửi lại.")
    if any("/embeddings/" in name or "/activex/" in name for name in names):
        refuse("Tệp có đối tượng nhúng. Hãy bỏ đối tượng đó rồi gửi lại.")


def _refuse_reaching(part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part.startswith(_OTHER_ALPHABETS):
        refuse("Tệp có khai báo XML không được phép.")
    if _ELSEWHERE.search(part):
        refuse("Tệp có liên kết tới tệp khác. Hãy thay liên kết bằng giá trị rồi gửi lại.")
    if (
        b"<ddeLink" in part
        or b"office:dde-source" in part
        or re.search(rb"<f[^>]*>\s*(?:cmd|dde|msexcel)\s*\|", part, re.IGNORECASE)
    ):
        refuse("Tệp có liên kết DDE tới chương trình khác. Hãy bỏ liên kết đó rồi gửi lại.")
