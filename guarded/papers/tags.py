"""Thẻ của mẫu: where each stands, whether it is closed there, and which fields it asks for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from guarded.papers.fields import W
from guarded.papers.tidy import PARAGRAPHS, TAG, TEXTS, pieces_of, words_of

OPENING = {"for": "endfor", "if": "endif"}
_PREFIXED = re.compile(r"^(p|tr|tc)\s+")
_HELD = {"p": "đoạn", "tr": "dòng của bảng", "tc": "ô của bảng"}
_DRAWN = (
    f"{W}drawing",
    f"{W}pict",
    f"{W}sectPr",
    f"{W}footnoteReference",
    f"{W}endnoteReference",
)
_MARK = re.compile(r"\{[{%#]|[}%#]\}")
_MARK_OR_SPACED = re.compile(r"\{\s*[{%#]|[}%#]\s*\}")
_TORN = "Thẻ bị đứt: thiếu dấu mở {{, {% hoặc dấu đóng }}, %}, hoặc có dấu cách giữa hai dấu."
_OUT_OF_SIGHT = (
    "Thẻ nằm ở chỗ không hiện thành chữ (tên dấu trang, chữ thay cho hình). Trong Word, hãy bỏ "
    "thẻ ở đó; thẻ chỉ dùng được trong chữ của văn bản."
)


@dataclass(frozen=True)
class Fault:
    """Lỗi trong mẫu: the words of the paragraph where it stands, and what is wrong."""

    place: str
    sentence: str


@dataclass(frozen=True)
class Tag:
    """Một thẻ: as written, its keyword, and what must be equal for all tags of one block."""

    written: str
    words: str
    prefix: str
    inner: str
    element: Any
    """The paragraph, row or cell that goes with a tag of that prefix; none for one in words."""
    level: tuple[Any, ...]

    @property
    def keyword(self) -> str:
        """Từ khoá."""
        return self.inner.split(maxsplit=1)[0] if self.inner else ""

    @property
    def is_block(self) -> bool:
        """Thẻ điều khiển {% … %}."""
        return self.written.startswith("{%")


def tags_of(tree: Any) -> Iterator[Tag]:
    """Mọi thẻ của một phần, in order."""
    for paragraph in tree.iter(*PARAGRAPHS):
        pieces = list(pieces_of(paragraph))
        words = "".join(piece.text for piece in pieces)
        if "{" not in words:
            continue
        for piece in pieces:
            for match in TAG.finditer(piece.text):
                yield _tag(match[0], words, paragraph, piece.element)


def _tag(written: str, words: str, paragraph: Any, element: Any) -> Tag:
    inner = written[2:-2].strip()
    prefixed = _PREFIXED.match(inner) if written.startswith("{%") else None
    prefix = prefixed[1] if prefixed else ""
    inner = inner[prefixed.end() :] if prefixed else inner
    if prefix:
        held = paragraph if prefix == "p" else next(paragraph.iterancestors(f"{W}{prefix}"), None)
        return Tag(
            written,
            words,
            prefix,
            inner,
            held,
            (prefix, None if held is None else held.getparent()),
        )
    path = []
    for ancestor in element.iterancestors():
        if ancestor is paragraph:
            break
        path.append(ancestor.tag)
    return Tag(
        written,
        words,
        "",
        inner,
        None,
        ("", paragraph.getparent(), paragraph.tag, element.tag, *path),
    )


def static_faults(tree: Any, environment: SandboxedEnvironment) -> list[Fault]:
    """Lỗi thấy khi đọc: tags that are broken, wrongly written, not closed, or closed elsewhere."""
    faults = [
        Fault(words, _TORN) for words in map(words_of, tree.iter(*PARAGRAPHS)) if _is_torn(words)
    ]
    faults += _hidden(tree, environment)
    open_tags: list[Tag] = []
    for tag in tags_of(tree):
        sentence = _wrong(tag, environment) or _misplaced(tag)
        if sentence:
            faults.append(Fault(tag.words, sentence))
        if tag.is_block:
            faults += _balance(tag, open_tags)
    return list(dict.fromkeys(faults)) + [
        Fault(tag.words, f"Thẻ “{tag.keyword}” chưa được đóng bằng “{OPENING[tag.keyword]}”.")
        for tag in open_tags
    ]


def _is_torn(words: str) -> bool:
    return _MARK_OR_SPACED.search(TAG.sub("", words)) is not None


def _hidden(tree: Any, environment: SandboxedEnvironment) -> Iterator[Fault]:
    """Tags where nobody reads them: in the name of a bookmark, in the words about a picture. A
    value may stand there, as in a watermark; what decides over paragraphs may not.
    """
    for element in tree.iter(etree.Element):
        written = [*element.values(), element.tail or ""]
        written += [] if element.tag in TEXTS else [element.text or ""]
        for words in written:
            if _MARK.search(words) is None:
                continue
            tags = [tag[0] for tag in TAG.finditer(words)]
            if _is_torn(words) or any(
                not tag.startswith("{{") or not _is_written(tag, environment) for tag in tags
            ):
                yield Fault(words, _OUT_OF_SIGHT)


def _is_written(tag: str, environment: SandboxedEnvironment) -> bool:
    try:
        environment.parse(tag)
    except (TemplateSyntaxError, RecursionError):
        return False
    return True


def _wrong(tag: Tag, environment: SandboxedEnvironment) -> str:
    wrong = f"Thẻ {tag.written} viết chưa đúng. {_advice(tag)}"
    text = tag.inner
    if tag.is_block:
        if tag.keyword in OPENING:
            text = "{% " + text + " %}{% " + OPENING[tag.keyword] + " %}"
        elif tag.keyword == "elif":
            text = "{% if true %}{% " + text + " %}{% endif %}"
        elif tag.keyword in {"else", *OPENING.values()}:
            return "" if text == tag.keyword else wrong
        else:
            return ""
    else:
        text = "{{ " + text + " }}"
    try:
        parsed = environment.parse(text)
    except TemplateSyntaxError:
        return wrong
    except RecursionError:
        return "Thẻ này lồng quá sâu nên không lập được. Hãy viết ngắn lại."
    for kind, known, noun in (
        (nodes.Filter, environment.filters, "bộ lọc"),
        (nodes.Test, environment.tests, "phép thử"),
    ):
        for asked in parsed.find_all(kind):
            if asked.name not in known:
                return f"Không có {noun} “{asked.name}”."
    return ""


def _advice(tag: Tag) -> str:
    """What to write instead."""
    if tag.keyword in {"if", "elif"} and re.search(r"[^=!<>]=[^=]", tag.inner):
        return "Trong thẻ if, so sánh bằng hai dấu “==”."
    if tag.keyword == "for":
        return "Hãy viết như {% for row in lines %}."
    if tag.is_block:
        return "Hãy viết như {% if fund %}, {% elif fund %}, {% else %}, {% endif %}."
    return "Trong hai dấu ngoặc chỉ ghi tên một trường, như {{ total }}."


def _misplaced(tag: Tag) -> str:
    """A paragraph, row or cell that goes with its tag must hold nothing else: it would go too."""
    if not tag.prefix or tag.keyword not in {*OPENING, *OPENING.values(), "else", "elif"}:
        return ""
    if tag.element is None:
        return f"Thẻ {tag.written} chỉ dùng được trong bảng."
    words = "".join(words_of(paragraph) for paragraph in tag.element.iter(*PARAGRAPHS))
    if words.strip() != tag.written or any(True for _ in tag.element.iter(*_DRAWN)):
        return (
            f"Thẻ {tag.written} phải đứng một mình trong {_HELD[tag.prefix]} chứa thẻ, vì cả "
            f"{_HELD[tag.prefix]} ấy "
            "không vào văn bản."
        )
    return ""


def _balance(tag: Tag, open_tags: list[Tag]) -> list[Fault]:
    if tag.keyword in OPENING:
        open_tags.append(tag)
        return []
    if tag.keyword in {"else", "elif"}:
        if not open_tags:
            return [Fault(tag.words, f"Thẻ {tag.written} không khớp với thẻ mở nào.")]
        return _same_level(tag, open_tags[-1])
    if tag.keyword in OPENING.values():
        if not open_tags or OPENING[open_tags[-1].keyword] != tag.keyword:
            return [Fault(tag.words, f"Thẻ {tag.written} không khớp với thẻ mở nào.")]
        return _same_level(tag, open_tags.pop())
    return [
        Fault(
            tag.words,
            f"Thẻ {tag.written} không dùng được; chỉ dùng for, if, else, elif, endfor và endif.",
        )
    ]


def _same_level(tag: Tag, opener: Tag) -> list[Fault]:
    if tag.level == opener.level:
        return []
    return [
        Fault(
            tag.words,
            f"Thẻ {tag.written} không đứng cùng cấp với thẻ mở {opener.written}: cả hai phải "
            "ở cùng một bảng, ô, "
            "khung chữ hoặc trong thân văn bản, và cùng kiểu (p, tr, tc).",
        )
    ]


def lifted(tree: Any) -> None:
    """Thay đoạn, dòng, ô by the tag it goes with."""
    for tag in list(tags_of(tree)):
        if not tag.prefix:
            continue
        element = tag.element
        parent, before = element.getparent(), element.getprevious()
        text = "{% " + tag.inner + " %}" + (element.tail or "")
        if before is not None:
            before.tail = (before.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        parent.remove(element)


@dataclass
class AskedFields:
    """Các trường một phần hỏi đến: shown ones with their lines, tested ones, unknown ones."""

    shown: list[tuple[str, int]] = field(default_factory=list)
    tested: set[str] = field(default_factory=set)
    unknown: list[tuple[str, int]] = field(default_factory=list)


def asked_of(
    source: str, sample: Mapping[str, Any], environment: SandboxedEnvironment
) -> AskedFields:
    """Các trường trong một phần, by their place: "lines.amount" for {{ row.amount }}."""
    asked = AskedFields()
    _walk(environment.parse(source).body, {}, sample, asked)
    return asked


def _walk(
    body: list[Any], scope: dict[str, str], sample: Mapping[str, Any], asked: AskedFields
) -> None:
    for node in body:
        if isinstance(node, nodes.For):
            path = _note(node.iter, scope, sample, asked, is_shown=False)
            inner = scope | {"loop": ""} | {name.name: "" for name in _names(node.target)}
            if isinstance(node.target, nodes.Name) and path:
                inner[node.target.name] = path
            for extra in filter(None, (node.test,)):
                _note(extra, inner, sample, asked, is_shown=False)
            _walk(node.body, inner, sample, asked)
            _walk(node.else_, scope, sample, asked)
        elif isinstance(node, nodes.If):
            _note(node.test, scope, sample, asked, is_shown=False)
            _walk([*node.body, *node.elif_, *node.else_], scope, sample, asked)
        elif isinstance(node, nodes.Output):
            for shown in node.nodes:
                if not isinstance(shown, nodes.TemplateData):
                    _note(shown, scope, sample, asked, is_shown=True)


def _names(target: Any) -> list[Any]:
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))


def _note(
    node: Any,
    scope: dict[str, str],
    sample: Mapping[str, Any],
    asked: AskedFields,
    *,
    is_shown: bool,
) -> str:
    """What an expression asks for; gives its path where it is nothing but a field."""
    if isinstance(node, nodes.Name):
        if node.name not in scope and node.name not in sample:
            asked.unknown.append((node.name, node.lineno))
            return ""
        path = scope.get(node.name, node.name)
        if path:
            _count(path, node.lineno, asked, is_shown=is_shown)
        return path
    name = _member(node)
    if name is not None:
        holder = _note(node.node, scope, sample, AskedFields(unknown=asked.unknown), is_shown=False)
        known = _at(sample, holder) if holder else None
        if not isinstance(known, dict):
            _note(
                node.node, scope, sample, AskedFields(asked.shown, asked.tested), is_shown=is_shown
            )
            return ""
        if name not in known and not hasattr(dict, name):
            asked.unknown.append((name, node.lineno))
            return ""
        path = f"{holder}.{name}"
        _count(path, node.lineno, asked, is_shown=is_shown)
        return path
    for child in node.iter_child_nodes():
        _note(child, scope, sample, asked, is_shown=is_shown)
    return ""


def _member(node: Any) -> str | None:
    """The name asked of a row, as row.name or row["name"]."""
    if isinstance(node, nodes.Getattr):
        return str(node.attr)
    if (
        isinstance(node, nodes.Getitem)
        and isinstance(node.arg, nodes.Const)
        and isinstance(node.arg.value, str)
    ):
        return node.arg.value
    return None


def _count(path: str, line: int, asked: AskedFields, *, is_shown: bool) -> None:
    if is_shown:
        asked.shown.append((path, line))
    else:
        asked.tested.add(path)


def _at(sample: Any, path: str) -> Any:
    """The value at a path; in a list that of its first row."""
    value = sample
    for name in path.split("."):
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(name) if isinstance(value, dict) else None
    return value[0] if isinstance(value, list) and value else value
