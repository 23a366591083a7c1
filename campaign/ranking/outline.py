"""Giải trình theo cây: the rows of a group, with the headings of its sections, as they are read."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from campaign.planning.ties import group_words


class RowKind(StrEnum):
    """Loại dòng."""

    SECTION = "section"
    LINE = "line"
    MORE = "more"


class OutlineRow(NamedTuple):
    """Một dòng: the heading of a section, a criterion, or what bonus and bounds changed."""

    kind: RowKind
    row: Mapping[str, Any]


def outline(group: Mapping[str, Any]) -> Iterator[OutlineRow]:
    """Các dòng của một nhóm in depth order; what bounds changed stands after what they bound.

    A group that was frozen before tables had sections has none.
    """
    yield from _lines(group, "")
    open_sections: list[Mapping[str, Any]] = []
    for section in group.get("sections", ()):
        yield from _closed(open_sections, section["level"])
        yield OutlineRow(RowKind.SECTION, section)
        yield from _lines(group, section["code"])
        open_sections.append(section)
    yield from _closed(open_sections, 0)
    for more in group.get("adjustments", ()):
        yield OutlineRow(RowKind.MORE, more)


def _lines(group: Mapping[str, Any], code: str) -> Iterator[OutlineRow]:
    for line in group["lines"]:
        if line.get("section", "") == code:
            yield OutlineRow(RowKind.LINE, line)


def _closed(open_sections: list[Mapping[str, Any]], level: int) -> Iterator[OutlineRow]:
    """What the bounds of the sections changed that end before one of this level."""
    while open_sections and open_sections[-1]["level"] >= level:
        for more in open_sections.pop()["adjustments"]:
            yield OutlineRow(RowKind.MORE, more)


def section_words(section: Mapping[str, Any]) -> str:
    """Bên tên một mục: "trần 10,00, sàn 0,00", and what of it does not apply to the unit."""
    bounds = (("trần", section["cap"]), ("sàn", section.get("floor")))
    told = [f"{name} {points}" for name, points in bounds if points]
    return ", ".join([*told, *filter(None, [section.get("bonus", "")])])


def group_head(group: Mapping[str, Any]) -> str:
    """Dòng cộng của một nhóm: "Nhóm I. Chuyên môn"; a code that says "Nhóm 1" is not doubled."""
    words = group_words(group["code"])
    return f"{words[0].upper()}{words[1:]}. {group['name']}"
