"""Lập văn bản: a tidied template and plain values become a paper that is whole, or a sentence."""

import html
import io
import math
import re
import traceback
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from docx import Document
from jinja2 import (
    StrictUndefined,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from guarded.papers.fields import W, demand_quiet_fields
from guarded.papers.package import Package, demand_quiet_paper, opened
from guarded.papers.tables import fit_grids, settle_columns
from guarded.papers.tags import Fault, lifted, static_faults
from guarded.papers.tidy import PARAGRAPHS, TAG, XML, tidied
from guarded.refusals import Refused, refuse

LARGEST_PAPER = 20 * 1024 * 1024
_MAKING_MARKUP = ("safe", "tojson", "urlize", "xmlattr", "pprint", "random")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WORDLESS = {
    bool: "Thẻ này cho ra đúng hoặc sai, không phải chữ. Hãy dùng thẻ này trong thẻ if.",
    list: "Thẻ này cho ra cả một danh sách. Hãy dùng thẻ for để ghi từng dòng của danh sách.",
    dict: "Thẻ này cho ra cả một dòng. Hãy ghi tên một trường của dòng, ví dụ {{ row.name }}.",
    object: "Thẻ này không cho ra chữ hay số. Hãy ghi tên một trường của mẫu.",
}
"""Điều không ghi thành chữ được, and what to do instead."""
_STRICT = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_HOLDERS = (f"{W}tc", f"{W}txbxContent", f"{W}hdr", f"{W}ftr", f"{W}footnote", f"{W}endnote")
_Made = TypeVar("_Made")


class Undrawn(Refused):
    """Không lập được: the sentence, and the words of the paragraph where it can be told."""

    def __init__(self, sentence: str, place: str = "") -> None:
        """Keep both."""
        super().__init__(sentence)
        self.place = place


def environment() -> SandboxedEnvironment:
    """Ngôn ngữ của thẻ: values of the paper and plain filters, nothing that makes markup."""
    made = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_writable)
    made.globals.clear()
    for name in _MAKING_MARKUP:
        del made.filters[name]
    return made


@pass_context  # so that constants come here too, as they are
def _writable(_: Any, value: Any) -> Any:
    """Chữ và số alone stand in a paper; letters that none can hold are left out. Raises Refused."""
    if isinstance(value, str):
        return type(value)(_UNWRITABLE.sub("", value)) if _UNWRITABLE.search(value) else value
    if value is None or isinstance(value, Undefined):
        return "" if value is None else value
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.12g}".replace(".", ",")
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Refused(_WORDLESS[next(kind for kind in _WORDLESS if isinstance(value, kind))])


def prepared(template: bytes) -> Package:
    """Mẫu sẵn sàng để điền: harmless, tidied. Raises Refused."""
    package = opened(template)
    for name, tree in package.trees.items():
        tidied(tree)
        if name in package.types:
            demand_quiet_fields(tree)
    return package


def faults_of(package: Package) -> list[Fault]:
    """Lỗi thấy khi đọc mọi phần."""
    words = environment()
    return [fault for _, tree in package.stories() for fault in static_faults(tree, words)]


def source_of(tree: Any) -> str:
    """A part as the text that is filled in: each paragraph begins a line, tags in plain letters."""
    for paragraph in tree.iter(*PARAGRAPHS):
        before = paragraph.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + "\n"
        else:
            parent = paragraph.getparent()
            parent.text = (parent.text or "") + "\n"
    written: str = etree.tostring(tree, encoding="unicode")
    return TAG.sub(lambda tag: html.unescape(tag[0]), written)


def words_at(source: str, line: int) -> str:
    """Chữ của đoạn ở một dòng."""
    lines = source.split("\n")
    return html.unescape(re.sub(r"<[^>]*>", "", lines[line - 1])) if 0 < line <= len(lines) else ""


def drawn(package: Package, content: Mapping[str, Any]) -> Package:
    """Điền một mẫu đã dọn. Raises Undrawn, Refused."""
    words = environment()
    trees = dict(package.trees)
    for name, tree in package.stories():
        lifted(tree)
        source = source_of(tree)
        text = _guarded(lambda source=source: words.from_string(source).render(content), source)  # type: ignore[misc]
        trees[name] = _parsed(text)
        _break_lines(trees[name])
        _mend(trees[name])
        fit_grids(trees[name])
        _number_pictures(trees[name])
    return Package(trees, package.pictures, package.types)


def _guarded(make: Callable[[], _Made], source: str) -> _Made:
    """Whatever goes wrong in a template ends in one sentence, beside its paragraph."""
    try:
        return make()
    except UndefinedError as error:
        name = re.search(r"attribute '(\w+)'|'(\w+)' is undefined", str(error))
        sentence = (
            f"Không có trường “{name[1] or name[2]}”." if name else "Mẫu dùng một trường không có."
        )
        raise Undrawn(sentence, _place(error, source)) from error
    except SecurityError as error:
        sentence = "Mẫu gọi tới thứ không được phép."
        raise Undrawn(sentence, _place(error, source)) from error
    except TemplateSyntaxError as error:
        sentence = "Có thẻ trong mẫu viết chưa đúng. Hãy gõ lại thẻ ở đoạn này."
        raise Undrawn(sentence, words_at(source, error.lineno)) from error
    except ZeroDivisionError as error:
        sentence = "Một thẻ trong mẫu chia cho 0. Hãy thêm điều kiện if trước phép chia."
        raise Undrawn(sentence, _place(error, source)) from error
    except MemoryError as error:
        sentence = "Mẫu dùng quá nhiều bộ nhớ nên bị dừng."
        raise Undrawn(sentence) from error
    except RecursionError as error:
        sentence = "Một thẻ trong mẫu lồng quá sâu nên không lập được."
        raise Undrawn(sentence) from error
    except Refused as error:
        raise Undrawn(str(error), _place(error, source)) from error
    except Exception as error:
        sentence = "Mẫu không lập được văn bản: một thẻ dùng sai loại giá trị."
        raise Undrawn(sentence, _place(error, source)) from error


def _place(error: BaseException, source: str) -> str:
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == "<template>"
    ]
    return words_at(source, lines[-1]) if lines and lines[-1] else ""


def _parsed(text: str) -> Any:
    if len(text) > LARGEST_PAPER:
        refuse("Văn bản lập theo mẫu này quá lớn nên bị dừng.")
    try:
        return etree.fromstring(text.encode(), _STRICT)
    except etree.XMLSyntaxError as error:
        sentence = (
            "Đoạn này không lập được trọn vẹn. Trong Word, hãy Chấp nhận mọi thay đổi "
            "(Review → Accept All), gõ lại thẻ ở đoạn "
            "này rồi gửi lại."
        )
        raise Undrawn(sentence, words_at(text, error.lineno or 0)) from error


def _break_lines(tree: Any) -> None:
    """New lines and tabs of a value become those of Word."""
    for element in list(tree.iter(f"{W}t")):
        text = (element.text or "").replace("\r\n", "\n").replace("\r", "\n")
        if "\n" not in text and "\t" not in text:
            continue
        element.text, *rest = re.split("([\n\t])", text)
        last = element
        for mark, words in zip(rest[::2], rest[1::2], strict=True):
            broken = etree.Element(f"{W}br" if mark == "\n" else f"{W}tab")
            more = etree.Element(f"{W}t", {f"{XML}space": "preserve"})
            more.text = words
            last.addnext(broken)
            broken.addnext(more)
            last = more


def _mend(tree: Any) -> None:
    """What a list without rows left empty: a cell keeps a paragraph, a table without rows goes."""
    for row in list(tree.iter(f"{W}tr")):
        if row.find(f"{W}tc") is None:
            row.getparent().remove(row)
    for table in list(tree.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for holder in tree.iter(*_HOLDERS):
        last = next(
            (child for child in reversed(holder) if child.tag in {f"{W}p", f"{W}tbl"}), None
        )
        if last is None or last.tag == f"{W}tbl":
            etree.SubElement(holder, f"{W}p")


def _number_pictures(tree: Any) -> None:
    """A picture in a list is drawn more than once; each has a number of its own."""
    for number, picture in enumerate(tree.iter(f"{_PLACED}docPr"), start=1001):
        picture.set("id", str(number))


def paper(
    package: Package, content: Mapping[str, Any], properties: Mapping[str, str] | None
) -> bytes:
    """Lập một văn bản hoàn chỉnh. Raises Undrawn, Refused."""
    filled = drawn(package, content)
    settle_columns(filled.stories()[0][1])
    document = Document(io.BytesIO(filled.packed(zipfile.ZIP_STORED)))
    if properties is not None:
        _name(document.core_properties, properties)
    made = io.BytesIO()
    document.save(made)
    if made.tell() > LARGEST_PAPER:
        refuse("Văn bản lập theo mẫu này quá lớn nên bị dừng.")
    finished = opened(made.getvalue())
    demand_quiet_paper(finished)
    return finished.packed()


def _name(core: Any, properties: Mapping[str, str]) -> None:
    """What the file says of itself: not who made the template, when, or with which library."""
    core.title, core.subject, core.keywords, core.comments = properties["title"][:255], "", "", ""
    core.author = core.last_modified_by = properties["author"][:255]
    core.created = core.modified = datetime.fromisoformat(properties["created"]).replace(
        tzinfo=None
    )
    core.revision, core.language = 1, "vi-VN"
