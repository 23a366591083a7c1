"""Dọn mẫu: a part as it is read: changes accepted, wrappers off, each tag in one piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from guarded.papers.fields import W

XML = "{http://www.w3.org/XML/1998/namespace}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PARAGRAPHS = (f"{W}p", f"{DRAWING}p")
TEXTS = (f"{W}t", f"{MATH}t", f"{DRAWING}t")
_BREAKS = {
    f"{W}tab": "\t",
    f"{W}br": " ",
    f"{W}cr": " ",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
    f"{W}ptab": "\t",
    f"{DRAWING}br": " ",
}
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_REMOVED = [
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "delText",
        "delInstrText",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "tblGridChange",
        "tblPrExChange",
        "numberingChange",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "customXmlInsRangeStart",
        "customXmlInsRangeEnd",
        "customXmlDelRangeStart",
        "customXmlDelRangeEnd",
        "customXmlMoveFromRangeStart",
        "customXmlMoveFromRangeEnd",
        "customXmlMoveToRangeStart",
        "customXmlMoveToRangeEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "annotationRef",
        "permStart",
        "permEnd",
        "proofErr",
        "lastRenderedPageBreak",
        "sdtPr",
        "sdtEndPr",
        "smartTagPr",
        "customXmlPr",
        "cellIns",
        "cellMerge",
        "fldData",
        "trackRevisions",
        "printerSettings",
    )
]
_UNWRAPPED = [
    f"{W}{name}"
    for name in (
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "customXml",
        "sdt",
        "sdtContent",
        "dir",
        "bdo",
    )
]
_PROPERTIES = (f"{W}rPr", f"{W}trPr", f"{W}tblPr", f"{W}numPr", f"{W}tcPr", f"{MATH}ctrlPr")
_PLAIN_LETTERS = str.maketrans(
    {
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "−": "-",
        "\u00ad": "",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u2060": "",
        "\ufeff": "",
        "\u200e": "",
        "\u200f": "",
        "≠": "!=",
        "≤": "<=",
        "≥": ">=",
    }
)
_QUOTED = re.compile(
    r"""(?P<straight>"[^"]*"|'[^']*')"""
    r"""|[“”„‟″＂](?P<double>[^“”„‟″＂"]*)[“”„‟″＂"]|«(?P<angled>[^«»"]*)»"""
    r"""|[‘’‚‛´`′＇](?P<single>[^‘’‚‛´`′＇']*)[‘’‚‛´`′＇']|‹(?P<pointed>[^‹›"]*)›"""
)
"""Chữ trong ngoặc kép, straight or as Word curls the marks."""


@dataclass
class Piece:
    """Một đoạn chữ của một phần tử: which element, and what it says."""

    element: Any
    text: str

    @property
    def is_text(self) -> bool:
        """Chữ, not a tab or a break."""
        return self.element.tag in TEXTS


def tidied(tree: Any) -> None:
    """Dọn một phần của mẫu."""
    _drop_blanks(tree)
    _accept_changes(tree)
    for element in list(tree.iter(*_UNWRAPPED)):
        if element.getparent() is not None:
            _unwrap(element)
    for paragraph in tree.iter(*PARAGRAPHS):
        for piece in pieces_of(paragraph):
            if piece.is_text and "\n" in piece.text:
                piece.element.text = " ".join(piece.text.splitlines())
    touched = [element for paragraph in tree.iter(*PARAGRAPHS) for element in _tagged(paragraph)]
    _take_off_fields(tree, touched)
    for paragraph in tree.iter(*PARAGRAPHS):
        _join_tags(paragraph)


def pieces_of(paragraph: Any) -> Iterator[Piece]:
    """Chữ of a paragraph in order, without that of text boxes within it."""
    for element in paragraph:
        if element.tag in PARAGRAPHS:
            continue
        if element.tag in TEXTS:
            yield Piece(element, element.text or "")
        elif element.tag in _BREAKS and paragraph.tag != f"{W}tabs":
            yield Piece(element, _BREAKS[element.tag])
        elif len(element):
            yield from pieces_of(element)


def words_of(paragraph: Any) -> str:
    """Chữ của một đoạn."""
    return "".join(piece.text for piece in pieces_of(paragraph))


def _drop_blanks(tree: Any) -> None:
    """Blanks between elements tell nothing; lines are counted by paragraphs later."""
    for element in tree.iter(etree.Element):
        if element.tag not in TEXTS and len(element) and not (element.text or "").strip():
            element.text = None
        if element.tail and not element.tail.strip():
            element.tail = None


def _remove(element: Any) -> None:
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    place = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(place + 1, child)
    _remove(element)


def _accept_changes(tree: Any) -> None:
    for marker in list(tree.iter(f"{W}del", f"{W}moveFrom")):
        parent = marker.getparent()
        if parent is None:
            continue
        holder = parent.getparent()
        if parent.tag == f"{W}trPr" and holder is not None and holder.getparent() is not None:
            _remove(holder)
        elif parent.tag == f"{W}rPr" and holder is not None and holder.tag == f"{W}pPr":
            _join_with_next(holder.getparent())
    for cell in [marker.getparent().getparent() for marker in tree.iter(f"{W}cellDel")]:
        _remove(cell)
    for properties in list(tree.iter(*_PROPERTIES)):
        for marker in properties.findall(f"{W}ins") + properties.findall(f"{W}moveTo"):
            properties.remove(marker)
    for element in list(tree.iter(*_REMOVED)):
        if element.getparent() is not None:
            _remove(element)


def _join_with_next(paragraph: Any) -> None:
    """A paragraph whose mark was deleted runs on into the next one, as Word shows it."""
    after = paragraph.getnext()
    while after is not None and after.tag in _REMOVED:
        after = after.getnext()
    if after is None or after.tag != f"{W}p":
        return
    properties = after.find(f"{W}pPr")
    place = 0 if properties is None else after.index(properties) + 1
    for child in reversed([child for child in paragraph if child.tag != f"{W}pPr"]):
        after.insert(place, child)
    _remove(paragraph)


def _tagged(paragraph: Any) -> Iterator[Any]:
    """The elements that hold a piece of a tag."""
    pieces = list(pieces_of(paragraph))
    words = "".join(piece.text for piece in pieces)
    spans = [match.span() for match in TAG.finditer(words)]
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        if any(start < last and first < end for first, last in spans):
            yield piece.element
        start = end


def _take_off_fields(tree: Any, touched: list[Any]) -> None:
    """Fields around or within a tag become plain text: they would show what the tag gives."""
    marked = set(touched)
    open_fields: list[tuple[list[Any], list[bool]]] = []
    flattened: list[Any] = []
    for element in tree.iter(f"{W}fldChar", f"{W}instrText", *TEXTS):
        if element.tag == f"{W}fldChar" and element.get(f"{W}fldCharType") == "begin":
            open_fields.append(([element], [False]))
        elif element.tag in TEXTS:
            for _, holds in open_fields:
                holds[0] = holds[0] or element in marked
        elif open_fields:
            open_fields[-1][0].append(element)
            if element.get(f"{W}fldCharType") == "end":
                members, holds = open_fields.pop()
                flattened += members if holds[0] else []
    for element in flattened:
        _remove(element)
    for field in list(tree.iter(f"{W}fldSimple")):
        if any(element in marked for element in field.iter(*TEXTS)):
            _unwrap(field)


def _join_tags(paragraph: Any) -> None:
    """Each tag into the first element that holds a piece of it, written plainly; remarks go."""
    pieces = list(pieces_of(paragraph))
    words = "".join(piece.text for piece in pieces)
    for match in reversed(list(TAG.finditer(words))):
        first, last = match.span()
        before, tag, after = _plain(match[0])
        if before:
            first = len(words[:first].rstrip())
        if after:
            last += len(words[last:]) - len(words[last:].lstrip())
        _write(pieces, first, last, tag)
        words = words[:first] + tag + words[last:]
    for piece in pieces:
        if piece.is_text and piece.element.tag == f"{W}t":
            piece.element.set(f"{XML}space", "preserve")


def _write(pieces: list[Piece], first: int, last: int, tag: str) -> None:
    start, is_written = 0, False
    for piece in pieces:
        text, end = piece.text, start + len(piece.text)
        if start < last and first < end:
            kept_before, kept_after = text[: max(first - start, 0)], text[max(last - start, 0) :]
            if piece.is_text:
                piece.text = kept_before + ("" if is_written else tag) + kept_after
                piece.element.text, is_written = piece.text, True
            else:
                piece.text = ""
                _remove(piece.element)
        start = end


def _plain(tag: str) -> tuple[bool, str, bool]:
    """The tag in plain letters, and whether it takes the blanks before and after it."""
    inner = tag[2:-2].translate(_PLAIN_LETTERS) if tag.startswith("{#") else _straight(tag[2:-2])
    before, after = inner[:1], inner[-1:]
    inner = inner.removeprefix("-").removeprefix("+").removesuffix("-").removesuffix("+").strip()
    inner = (_RUN_PREFIX if tag.startswith("{{") else _RUN_BLOCK).sub("", inner)
    inner = _WORDED.sub(_keyword, inner) if tag.startswith("{%") else inner
    written = "" if tag.startswith("{#") else f"{tag[:2]} {inner} {tag[-2:]}"
    return before == "-", written, after == "-"


def _keyword(worded: re.Match[str]) -> str:
    """As it is meant: Word begins a sentence with a capital, people write “end if”."""
    word = "".join(worded[2].lower().split())
    return (worded[1] or "").lower() + ("elif" if word == "elseif" else word)


_WORDED = re.compile(
    r"^((?:p|tr|tc)\s+)?(end\s*if|end\s*for|else\s*if|elif|else|if|for)\b", re.IGNORECASE
)
_RUN_BLOCK = re.compile(r"^r\s+")
_RUN_PREFIX = re.compile(r"^(?:p|tr|tc|r)\s+(?!(?:if|in|is|and|or|not)\b)(?=\w)")


def _straight(inner: str) -> str:
    """Plain blanks, dashes and quotation marks; what stands in quotation marks stays as it is."""
    plain, start = [], 0
    for quoted in _QUOTED.finditer(inner):
        plain.append(_BLANKS.sub(" ", inner[start : quoted.start()].translate(_PLAIN_LETTERS)))
        words = quoted["double"] or quoted["angled"] or quoted["pointed"]
        if quoted["straight"]:
            plain.append(quoted[0])
        elif quoted["single"] is not None:
            plain.append("'" + quoted["single"] + "'")
        else:
            plain.append('"' + (words or "") + '"')
        start = quoted.end()
    plain.append(_BLANKS.sub(" ", inner[start:].translate(_PLAIN_LETTERS)))
    return "".join(plain)


_BLANKS = re.compile(r"\s+")
