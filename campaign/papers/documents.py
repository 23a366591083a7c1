"""Văn bản Word: a .docx template and plain values become a paper; drawn in a guarded process."""

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from campaign.core.errors import RuleViolation
from campaign.papers import apart

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHIPPED = Path(__file__).parent / "shipped"
LARGEST_TEMPLATE = 3 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
SECONDS = 20
_GUARD = Path(__file__).with_name("guard.py")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_]\w*")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_REACHING_FIELD = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|IMPORT|MACROBUTTON|LINK)\b")
_FIELD_CODES = re.compile(r"(?:instrText[^>]*>|instr=\")([^<\"]*)")
_OPENING = {"for": "endfor", "if": "endif"}


class TemplateRefused(RuleViolation):
    """Tệp mẫu không nhận: the sentence says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Lỗi trong mẫu: the paragraph where it stands, as its words, and what is wrong."""

    place: str
    sentence: str


def shipped(name: str) -> bytes:
    """Mẫu kèm theo chương trình."""
    return (SHIPPED / f"{name}.docx").read_bytes()


@dataclass(frozen=True, slots=True)
class Properties:
    """Thuộc tính của tệp Word: title, the office as author, and of when it tells."""

    title: str
    author: str
    created: datetime


def draw(
    template: bytes, content: Mapping[str, Any], properties: Properties | None = None
) -> bytes:
    """Lập một văn bản: the same template and content give the same bytes."""
    return draw_all([(template, content, properties)])[0]


def draw_all(sketches: Sequence[tuple[bytes, Mapping[str, Any], Properties | None]]) -> list[bytes]:
    """Lập nhiều văn bản, each from a template and its content: in a process of its own, short of time, memory and files,
    for what a template does is the office's, and what drawing leaves in memory is much.
    """
    templates: dict[str, str] = {}
    papers = []
    for template, content, properties in sketches:
        name = hashlib.sha256(template).hexdigest()
        templates.setdefault(name, base64.b64encode(template).decode())
        named = properties and {"title": properties.title, "author": properties.author,
                                "created": properties.created.astimezone(UTC).isoformat()}
        papers.append({"template": name, "content": content, "properties": named})
    given = json.dumps({"templates": templates, "papers": papers}, ensure_ascii=False).encode()
    try:
        done = apart.run(_GUARD, given, seconds=SECONDS + len(papers))
    except apart.TookTooLong:
        _refuse("Mẫu chạy quá lâu nên bị dừng. Hãy xem lại các vòng lặp trong mẫu.")
    if done.returncode != 0:
        _refuse(done.stderr.decode(errors="replace").strip() if done.returncode == 1 and done.stderr else
                "Mẫu chạy quá lâu hoặc dùng quá nhiều bộ nhớ nên bị dừng. Hãy xem lại các vòng lặp trong mẫu.")
    return [base64.b64decode(one) for one in json.loads(done.stdout)]


def _refuse(sentence: str) -> Any:
    raise TemplateRefused(sentence, field="file")


def demand_harmless(template: bytes) -> None:
    """Từ chối mẫu có thể làm hại: no Word file, too large, macros, links to elsewhere, fields that fetch files."""
    if len(template) > LARGEST_TEMPLATE:
        _refuse(f"Tệp mẫu quá lớn: nhiều nhất {LARGEST_TEMPLATE // 1024 // 1024} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            _demand_bounded(package)
            names = package.namelist()
            if "word/document.xml" not in names:
                _refuse("Tệp này không phải là văn bản Word (.docx).")
            if any("vbaProject" in name or "/activeX/" in name or "/embeddings/" in name for name in names):
                _refuse("Mẫu có macro hoặc đối tượng nhúng. Hãy lưu lại dưới dạng .docx không có macro.")
            for name in names:
                if name.endswith((".xml", ".rels")):
                    _demand_quiet(package.read(name), name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        _refuse("Tệp này không phải là văn bản Word (.docx), bị hỏng hoặc có mật khẩu.")


def _demand_bounded(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        _refuse("Tệp nén bên trong quá lớn nên không mở.")


def _demand_quiet(part: bytes, name: str) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        _refuse("Tệp có khai báo XML không được phép.")
    if name.endswith(".rels"):
        for relation in _RELATION.findall(part):
            if b'TargetMode="External"' in relation and b"/hyperlink" not in relation:
                _refuse("Mẫu trỏ tới tệp ở nơi khác. Hãy chèn hình và mẫu gốc vào chính tệp này.")
    elif _REACHING_FIELD.search(" ".join(_FIELD_CODES.findall(part.decode(errors="replace")))):
        _refuse("Mẫu có trường lấy nội dung từ tệp khác (INCLUDETEXT, DDE…). Hãy bỏ các trường đó.")


def faults(template: bytes, sample: Mapping[str, Any]) -> list[Fault]:
    """Tìm lỗi trong mẫu: broken tags, tags that are never closed, fields nobody knows, each with its paragraph."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    environment = SandboxedEnvironment()
    found: list[Fault] = []
    open_tags: list[tuple[str, str]] = []
    local = {"loop"}
    for words in _paragraphs(template):
        for tag in _TAG.findall(words):
            inner = tag[2:-2].strip()
            inner = re.sub(r"^(p|tr|tc|r)\s+", "", inner) if tag.startswith("{%") else inner
            keyword = inner.split(maxsplit=1)[0] if inner else ""
            try:
                if tag.startswith("{{"):
                    environment.parse("{{" + tag[2:-2].removeprefix("r ") + "}}")
                elif keyword in _OPENING:
                    environment.parse("{% " + inner + " %}{% " + _OPENING[keyword] + " %}")
            except TemplateSyntaxError:
                found.append(Fault(words, f"Thẻ {tag} viết chưa đúng."))
                continue
            if tag.startswith("{%"):
                found += _balance(keyword, inner, words, tag, open_tags, local)
            found += [Fault(words, f"Không có trường “{name}”.") for name in _unknown(tag, environment, sample, local)]
        if ("{{" in words or "{%" in words) and _TAG.sub("", words).count("{") + _TAG.sub("", words).count("}") > 0:
            found.append(Fault(words, "Thẻ bị đứt: thiếu dấu mở {{, {% hoặc dấu đóng }}, %}."))
    found += [Fault(words, f"Thẻ “{keyword}” chưa được đóng bằng “{_OPENING[keyword]}”.") for keyword, words in open_tags]
    return found


_UNDEFINED = re.compile(r"“(\w+)”")


def tried(template: bytes, sample: Mapping[str, Any]) -> list[Fault]:
    """Lập thử: what only a trial in the guarded process finds, with the paragraph where it can be told."""
    try:
        draw(template, sample)
    except TemplateRefused as refusal:
        name = _UNDEFINED.search(str(refusal))
        place = next((words for words in _paragraphs(template) if name and re.search(rf"\b{name[1]}\b", words)), "")
        return [Fault(place, str(refusal))]
    return []


def _balance(keyword: str, inner: str, words: str, tag: str, open_tags: list[tuple[str, str]], local: set[str]) -> list[Fault]:
    if keyword in _OPENING:
        open_tags.append((keyword, words))
        if keyword == "for":
            local.update(_NAME.findall(inner.removeprefix("for").split(" in ")[0]))
    elif keyword in _OPENING.values():
        if not open_tags or _OPENING[open_tags[-1][0]] != keyword:
            return [Fault(words, f"Thẻ {tag} không khớp với thẻ mở nào.")]
        open_tags.pop()
    elif keyword not in {"else", "elif"}:
        return [Fault(words, f"Thẻ {tag} không dùng được; chỉ dùng for, if, else và elif.")]
    return []


def _unknown(tag: str, environment: Any, sample: Mapping[str, Any], local: set[str]) -> list[str]:
    from jinja2 import TemplateSyntaxError, meta  # noqa: PLC0415

    inner = tag[2:-2].strip()
    if tag.startswith("{%"):
        inner = re.sub(r"^(p|tr|tc|r)\s+", "", inner)
        keyword, _, rest = inner.partition(" ")
        inner = {"for": rest.split(" in ", 1)[-1], "if": rest, "elif": rest}.get(keyword, "")
    if not inner:
        return []
    try:
        names = meta.find_undeclared_variables(environment.parse("{{ " + inner + " }}"))
    except TemplateSyntaxError:
        return []
    return sorted(names - set(sample) - local)


def _paragraphs(template: bytes) -> Iterator[str]:
    """The words of each paragraph that holds a tag, in the order of the document, headers and footers after it."""
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        names = sorted((name for name in package.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)),
                       key=lambda name: (name != "word/document.xml", name))
        for name in names:
            for paragraph in re.findall(r"<w:p[ >].*?</w:p>", package.read(name).decode("utf-8", errors="replace"), re.DOTALL):
                words = "".join(re.findall(r"<w:t(?: [^>]*)?>(.*?)</w:t>", paragraph, re.DOTALL))
                words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
                if "{" in words or "}" in words:
                    yield words
