"""Gói Word: the parts of a .docx, parsed; whatever is not on a closed list of what a paper needs
is refused by name.
"""

import io
import posixpath
import re
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

from lxml import etree

from guarded.papers.fields import demand_no_fetching, demand_quiet_fields
from guarded.papers.known import (
    ADDRESSES,
    DROPPED_RELATIONS,
    FONT,
    KEPT_RELATIONS,
    KEPT_TYPES,
    MAIN,
    MAIN_RELATIONS,
    NAMED_ELEMENTS,
    NAMED_RELATIONS,
    OTHERWISE_NAMED,
    PICTURES,
    RELATIONS,
    RELATIONS_SCHEMA,
    SCHEMA,
    STORIES,
    TYPES_SCHEMA,
)
from guarded.refusals import Refused, refuse

LARGEST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
_TOO_LARGE = "Tệp nén bên trong quá lớn nên không mở."
_PIECE = 64 * 1024
_BROKEN = "Tệp này không phải là văn bản Word (.docx), bị hỏng hoặc có mật khẩu."
_NOT_WORD = "Tệp này không phải là văn bản Word (.docx)."
_DECLARATION = "Tệp có khai báo XML không được phép."
_ENCODING = re.compile(r"<\?xml[^>]*\bencoding\s*=\s*[\"']([^\"']*)[\"']")
_XML = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    remove_comments=True,
    remove_pis=True,
)


@dataclass
class Package:
    """Gói Word: parsed parts, pictures, and what each part is."""

    trees: dict[str, Any]
    pictures: dict[str, bytes]
    types: dict[str, str]

    def stories(self) -> list[tuple[str, Any]]:
        """Các phần có chữ, the document first."""
        ordered = sorted(
            (STORIES.index(kind), name) for name, kind in self.types.items() if kind in STORIES
        )
        return [(name, self.trees[name]) for _, name in ordered]

    def fresh(self) -> "Package":
        """Bản để điền: its parts with words are its own, all others are shared."""
        own = {name: deepcopy(tree) for name, tree in self.stories()}
        return Package(self.trees | own, self.pictures, self.types)

    def packed(self, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
        """Đóng gói: the parts in order, without the clock of the machine that packs them."""
        made = io.BytesIO()
        parts = {name: written(tree) for name, tree in self.trees.items()} | self.pictures
        with zipfile.ZipFile(made, "w") as archive:
            for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = compression
                archive.writestr(entry, parts[name])
        return made.getvalue()


def written(tree: Any) -> bytes:
    """A part as bytes."""
    made: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def parsed(part: bytes) -> Any:
    """A part as a tree: UTF-8 only, no declarations, no entities, nothing fetched."""
    try:
        text = part.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse("Tệp có phần viết bằng bảng mã khác UTF-8 nên không nhận.")
    encoding = _ENCODING.match(text)
    if encoding and encoding[1].lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
        refuse("Tệp có phần viết bằng bảng mã khác UTF-8 nên không nhận.")
    if "\0" in text or "<!DOCTYPE" in text or "<!ENTITY" in text:
        refuse(_DECLARATION)
    try:
        tree = etree.fromstring(text.removeprefix("\ufeff").encode(), _XML)
    except etree.XMLSyntaxError:
        refuse(_BROKEN)
    if tree.getroottree().docinfo.doctype:
        refuse(_DECLARATION)
    return tree


def opened(content: bytes) -> Package:
    """Mở gói Word: everything in it known, internal and quiet. Raises Refused."""
    try:
        parts = _parts(content)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ):
        refuse(_BROKEN)
    if not {"[Content_Types].xml", "_rels/.rels"} <= parts.keys():
        refuse(_NOT_WORD)
    _refuse_active(parts)
    trees = {
        name: parsed(part)
        for name, part in parts.items()
        if name.lower().endswith((".xml", ".rels"))
    }
    _refuse_elsewhere(trees)
    _demand_roots(trees)
    package = Package(trees, {name: part for name, part in parts.items() if name not in trees}, {})
    package.types = _types(package)
    _drop(package)
    for name in trees.keys() - package.trees.keys():
        demand_no_fetching(trees[name])
    _demand_known(package)
    for name, tree in package.trees.items():
        if package.types.get(name) != RELATIONS:
            _demand_quiet(tree)
    return package


def demand_quiet_paper(package: Package) -> None:
    """Văn bản lập ra không trỏ tới đâu: it was opened as a template is; no field it was drawn with
    fetches anything either.
    """
    for name, tree in package.trees.items():
        if package.types.get(name) != RELATIONS:
            demand_quiet_fields(tree)


def _parts(content: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        names = {entry.filename.lower() for entry in entries}
        if len(entries) > MOST_PARTS:
            refuse("Tệp nén có quá nhiều phần bên trong nên không mở.")
        if len(names) < len(entries):
            refuse("Tệp nén có hai phần trùng tên nên không mở.")
        if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
            refuse(_TOO_LARGE)  # by what it says of itself; what it holds is counted below
        for entry in entries:
            part = bytearray()
            with archive.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    unpacked += len(piece)
                    if unpacked > LARGEST_UNPACKED:
                        refuse(_TOO_LARGE)
                    part += piece
            parts[entry.filename] = bytes(part)
    return parts


def _refuse_active(names: Any) -> None:
    low = [name.lower() for name in names]
    if any("vbaproject" in name or "vbadata" in name for name in low):
        refuse("Mẫu có macro hoặc đối tượng nhúng. Hãy lưu lại dưới dạng .docx không có macro.")
    if any("activex/" in name or "embeddings/" in name for name in low):
        refuse(
            "Mẫu có macro hoặc đối tượng nhúng. Hãy bỏ đối tượng nhúng (OLE, ActiveX) rồi "
            "lưu lại dưới dạng .docx."
        )


def _refuse_elsewhere(trees: dict[str, Any]) -> None:
    """No relation leads out of the package, whatever it is called."""
    for name, tree in trees.items():
        if not name.lower().endswith(".rels"):
            continue
        for relation in _relations(tree):
            target = relation.get("Target", "")
            mode = relation.get("TargetMode", "Internal")
            outside = (
                "://" in target
                or "\\" in target
                or target.startswith("//")
                or re.match(r"[A-Za-z][\w+.-]*:", target)
            )
            if mode != "Internal" or outside:
                kind = relation.get("Type", "").rpartition("/")[2]
                refuse(
                    f"Mẫu trỏ tới tệp ở nơi khác: {NAMED_RELATIONS.get(kind, kind)} "
                    f"“{target[:120]}”. {_remedy(kind)}"
                )


def _remedy(kind: str) -> str:
    if kind == "hyperlink":
        return (
            "Trong Word, bấm chuột phải vào liên kết, chọn Bỏ liên kết (Remove Hyperlink) "
            "rồi lưu lại."
        )
    if kind == "attachedTemplate":
        return "Trong Word, vào Developer → Document Template, đổi về Normal rồi lưu lại."
    return "Hãy chèn hình và mẫu gốc vào chính tệp này."


def _relations(tree: Any) -> list[Any]:
    return list(tree.iter("{*}Relationship"))


def _demand_roots(trees: dict[str, Any]) -> None:
    """What says what is in the package and what belongs together is what it must be."""
    for name, tree in trees.items():
        if name.endswith(".rels") and tree.tag != f"{{{RELATIONS_SCHEMA}}}Relationships":
            refuse(_BROKEN)
    if trees["[Content_Types].xml"].tag != f"{{{TYPES_SCHEMA}}}Types":
        refuse(_BROKEN)


def _main_part(package: Package) -> str:
    """The part with the body: word/document.xml, saved in a browser word/document2.xml."""
    for relation in _relations(package.trees["_rels/.rels"]):
        if relation.get("Type", "") in MAIN_RELATIONS:
            return _place("_rels/.rels", relation.get("Target", ""))
    raise Refused(_NOT_WORD)


def _types(package: Package) -> dict[str, str]:
    tree = package.trees["[Content_Types].xml"]
    defaults = {
        row.get("Extension", "").lower(): row.get("ContentType", "")
        for row in tree.iter("{*}Default")
    }
    overrides = {
        row.get("PartName", "").lstrip("/").lower(): row.get("ContentType", "")
        for row in tree.iter("{*}Override")
    }
    names = [name for name in (*package.trees, *package.pictures) if name != "[Content_Types].xml"]
    types = {
        name: overrides.get(name.lower(), defaults.get(name.lower().rpartition(".")[2], ""))
        for name in names
    }
    for kind in types.values():
        if "macroEnabled" in kind or "vba" in kind.lower():
            refuse("Mẫu có macro hoặc đối tượng nhúng. Hãy lưu lại dưới dạng .docx không có macro.")
        if "template.main+xml" in kind:
            refuse("Tệp là mẫu gốc của Word (.dotx). Hãy lưu lại dưới dạng .docx.")
    main = _main_part(package)
    if types.get(main) != MAIN or main not in package.trees:
        refuse(_NOT_WORD)
    if package.trees[main].tag != f"{{{SCHEMA}}}document":
        refuse(
            "Tệp lưu theo chuẩn “Strict Open XML”. Hãy lưu lại với kiểu “Word Document (.docx)”."
        )
    return types


def _folder_of(relations: str) -> str:
    """The folder that targets of a part of relations are counted from:
    word/_rels/document.xml.rels → word.
    """
    return posixpath.dirname(posixpath.dirname(relations))


def _place(relations: str, target: str) -> str:
    base = (
        target.lstrip("/")
        if target.startswith("/")
        else posixpath.join(_folder_of(relations), target)
    )
    return posixpath.normpath(base)


def _drop(package: Package) -> None:
    """Keep only what is reached by relations that a paper needs; others are refused by name."""
    reached = {"[Content_Types].xml"}
    waiting = ["_rels/.rels"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in package.trees:
            continue
        reached.add(name)
        for relation in _relations(package.trees[name]):
            kind, target = _kind(relation), _place(name, relation.get("Target", ""))
            if kind in DROPPED_RELATIONS:
                relation.getparent().remove(relation)
                _forget_fonts(package, name, kind)
                continue
            if kind not in KEPT_RELATIONS:
                _refuse_part(kind.rpartition("/")[2])
            if target not in package.types:
                refuse(_BROKEN)
            if target not in reached:
                folder, _, leaf = target.rpartition("/")
                waiting.append(f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels")
                reached.add(target)
    package.trees = {name: tree for name, tree in package.trees.items() if name in reached}
    package.pictures = {name: part for name, part in package.pictures.items() if name in reached}
    package.types = {name: kind for name, kind in package.types.items() if name in reached}
    types = package.trees["[Content_Types].xml"]
    for row in list(types.iter("{*}Override")):
        if row.get("PartName", "").lstrip("/") not in reached:
            row.getparent().remove(row)


def _kind(relation: Any) -> str:
    """Loại quan hệ, by the name that Word has for it."""
    kind = str(relation.get("Type", ""))
    if kind in OTHERWISE_NAMED:
        kind = OTHERWISE_NAMED[kind]
        relation.set("Type", kind)
    return kind


def _refuse_part(short: str) -> NoReturn:
    if short in NAMED_RELATIONS:
        refuse(
            f"Mẫu có phần không nhận: {NAMED_RELATIONS[short]}. Hãy bỏ phần đó trong Word rồi "
            "lưu lại."
        )
    refuse(
        f"Mẫu có phần không nhận: “{short[:60]}”. Hãy mở tệp trong Word, chọn tất cả (Ctrl+A), "
        "chép sang một văn bản mới, lưu thành .docx rồi gửi lại."
    )


def _forget_fonts(package: Package, relations: str, kind: str) -> None:
    """Fonts within the file are left out; the table of fonts no longer says that they are there."""
    owner = f"{_folder_of(relations)}/{posixpath.basename(relations).removesuffix('.rels')}"
    if kind == FONT and owner in package.trees:
        for name in ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"):
            for element in list(package.trees[owner].iter(f"{{{SCHEMA}}}{name}")):
                element.getparent().remove(element)


def _demand_known(package: Package) -> None:
    for name, kind in package.types.items():
        is_picture = name in package.pictures
        if is_picture and kind in PICTURES:
            if not package.pictures[name].startswith(PICTURES[kind]):
                refuse(
                    f"Hình “{posixpath.basename(name)}” trong mẫu không phải là hình "
                    f"{kind.rpartition('/')[2].upper()}."
                )
        elif is_picture or kind not in KEPT_TYPES:
            refuse(
                f"Mẫu có phần không nhận: “{posixpath.basename(name)}” "
                f"({kind[:100] or 'không rõ loại'}). "
                "Hình chỉ nhận PNG, JPEG, GIF, BMP, TIFF."
            )


@lru_cache(maxsize=2048)
def _local(name: str) -> str:
    """A name without its namespace: parts are large, and few names make up most of them."""
    return name.rpartition("}")[2]


@lru_cache(maxsize=2048)
def _is_address(attribute: str) -> bool:
    return _local(attribute).lower() in ADDRESSES


def _demand_quiet(tree: Any) -> None:
    for element in tree.iter(etree.Element):
        name = _local(element.tag)
        if name in NAMED_ELEMENTS:
            refuse(f"Mẫu có {NAMED_ELEMENTS[name]}. Hãy bỏ phần đó trong Word rồi lưu lại.")
        for attribute in filter(_is_address, element.keys()):
            if value := element.get(attribute):
                refuse(
                    f"Mẫu trỏ tới tệp ở nơi khác: “{value[:120]}”. Hãy chèn hình vào chính tệp này."
                )
