"""Trường của Word: the instructions a template holds, read as Word does; few are taken."""

import re
from typing import Any

from guarded.refusals import refuse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAKEN = frozenset(
    {
        "PAGE",
        "NUMPAGES",
        "SECTION",
        "SECTIONPAGES",
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "STYLEREF",
        "TOC",
        "TC",
        "SEQ",
        "REF",
        "PAGEREF",
        "NOTEREF",
        "TITLE",
        "NUMWORDS",
        "NUMCHARS",
        "SYMBOL",
        "ADVANCE",
        "EQ",
        "LISTNUM",
        "AUTONUM",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "=",
    }
)
"""Trường nhận: numbers of pages, dates, references within the paper, forms."""
_FETCHING = frozenset(
    {
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "INCLUDE",
        "IMPORT",
        "DDE",
        "DDEAUTO",
        "LINK",
        "EMBED",
        "RD",
        "DATABASE",
    }
)
_NAME = re.compile(r"=|[A-Za-z]+(?=[\s\\]|$)")
_WITHIN = re.compile(r'HYPERLINK\s+\\l\s+(?:"[^"\\]*"|[^\s"\\]+)(?:\s+\\[hn])*', re.IGNORECASE)
_ELSEWHERE = re.compile(r"://|\\\\|\b(?:file|https?|ftp|mailto):", re.IGNORECASE)


def demand_quiet_fields(tree: Any) -> None:
    """Mọi trường trong danh sách nhận; whatever its letters, quotes or pieces. Raises Refused."""
    for instruction, element in instructions(tree):
        _demand_quiet(" ".join(instruction.split()), element)


def demand_no_fetching(tree: Any) -> None:
    """Không trường nào lấy nội dung từ tệp khác, also in what does not come into the paper."""
    for instruction, element in instructions(tree):
        begins = _NAME.match(instruction.strip())
        if begins and begins[0].upper() in _FETCHING:
            _demand_quiet(" ".join(instruction.split()), element)


def instructions(tree: Any) -> list[tuple[str, Any]]:
    """The instruction of every field, simple or pieced together of runs, and where it begins."""
    found: list[tuple[list[str], Any]] = []
    open_fields: list[tuple[list[str], bool]] = []
    for element in tree.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText", f"{W}delInstrText"):
        if element.tag == f"{W}fldSimple":
            found.append(([element.get(f"{W}instr", "")], element))
        elif element.tag != f"{W}fldChar":
            if not open_fields or open_fields[-1][1]:
                found.append(([element.text or ""], element))
            else:
                open_fields[-1][0].append(element.text or "")
        elif element.get(f"{W}fldCharType") == "begin":
            if open_fields and not open_fields[-1][1]:
                refuse(
                    "Mẫu có trường lồng trong mã của trường khác. Hãy bỏ trường đó trong "
                    f"Word rồi lưu lại.{_place(element)}"
                )
            found.append(([], element))
            open_fields.append((found[-1][0], False))
        elif element.get(f"{W}fldCharType") == "separate" and open_fields:
            open_fields[-1] = open_fields[-1][0], True
        elif element.get(f"{W}fldCharType") == "end" and open_fields:
            open_fields.pop()
    return [("".join(pieces), element) for pieces, element in found]


def _place(element: Any) -> str:
    """Where a field stands: the words of its paragraph."""
    paragraph = next(element.iterancestors(f"{W}p"), None)
    written = () if paragraph is None else paragraph.iter(f"{W}t")
    words = "".join(text.text or "" for text in written).strip()
    return f" Ở đoạn: “{words[:160]}”" if words else ""


def _demand_quiet(instruction: str, element: Any) -> None:
    at = _place(element)
    begins = _NAME.match(instruction)
    name = begins[0].upper() if begins else instruction.partition(" ")[0]
    if "{{" in instruction or "{%" in instruction:
        refuse(
            f"Thẻ nằm trong mã của trường “{instruction[:80]}”. Hãy bỏ trường đó và gõ thẻ "
            f"như chữ thường.{at}"
        )
    if name in _FETCHING:
        refuse(f"Mẫu có trường lấy nội dung từ tệp khác ({name}). Hãy bỏ các trường đó.{at}")
    if name == "HYPERLINK" and not _WITHIN.fullmatch(instruction):
        refuse(
            "Mẫu có trường liên kết ra ngoài (HYPERLINK). Trong Word, bấm chuột phải vào "
            "liên kết, chọn "
            f"Bỏ liên kết (Remove Hyperlink) rồi lưu lại.{at}"
        )
    if name != "HYPERLINK" and name not in TAKEN:
        refuse(
            f"Mẫu có trường không nhận: “{name[:40] or 'trường rỗng'}”. Trong Word, chọn "
            "trường đó, bấm Ctrl+Shift+F9 để đổi thành chữ "
            f"thường rồi lưu lại.{at}"
        )
    if _ELSEWHERE.search(instruction):
        refuse(f"Mẫu có trường trỏ tới nơi khác: “{instruction[:80]}”. Hãy bỏ trường đó.{at}")
