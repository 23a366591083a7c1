"""Dàn trang PDF: a typst template of this package and plain data, set with the fonts inside the typesetter."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst

_HERE = Path(__file__).parent
_FONTS = typst.Fonts(include_system_fonts=False)


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Bản PDF of `template`, e.g. "certificate/complete.typ"; `data` arrives as JSON and is never read as markup."""
    return _typeset(template, data, "pdf")


def picture(template: str, data: Mapping[str, Any]) -> bytes:
    """Ảnh PNG of a template of one page, as a screen shows it."""
    return _typeset(template, data, "png")


def _typeset(template: str, data: Mapping[str, Any], form: Literal["pdf", "png"]) -> bytes:
    made = typst.compile(_HERE / template, root=_HERE, font_paths=_FONTS, ignore_system_fonts=True, ppi=96,
                         sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format=form)
    assert isinstance(made, bytes)  # noqa: S101 - without an output file one document comes back in memory
    return made
