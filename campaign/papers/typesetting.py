"""Dàn trang PDF: a typst template of this package and plain data, set with the fonts inside the typesetter."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

_HERE = Path(__file__).parent


@cache
def _fonts() -> Any:
    """The fonts inside the typesetter, read with the first paper that is set."""
    import typst  # noqa: PLC0415 - ten megabytes a worker needs only now

    return typst.Fonts(include_system_fonts=False)


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Bản PDF of `template`, e.g. "certificate/complete.typ"; `data` arrives as JSON and is never read as markup."""
    return _typeset(template, data, "pdf")


def picture(template: str, data: Mapping[str, Any]) -> bytes:
    """Ảnh PNG of a template of one page, as a screen shows it."""
    return _typeset(template, data, "png")


def _typeset(template: str, data: Mapping[str, Any], form: Literal["pdf", "png"]) -> bytes:
    import typst  # noqa: PLC0415 - as above

    made = typst.compile(_HERE / template, root=_HERE, font_paths=_fonts(), ignore_system_fonts=True, ppi=96,
                         sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format=form)
    assert isinstance(made, bytes)  # noqa: S101 - without an output file one document comes back in memory
    return made
