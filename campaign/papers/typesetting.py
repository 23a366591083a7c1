"""Dàn trang PDF: a typst template of this package and plain data, set in a process of its own."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from campaign.papers import apart

SECONDS = 120
"""By the clock, for a machine that does something else; what may be worked is bounded apart."""
_TYPESETTER = Path(__file__).with_name("typesetter.py")


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Bản PDF of `template`, e.g. "certificate/complete.typ"; `data` is JSON, never markup."""
    return _typeset(template, data, "pdf")


def picture(template: str, data: Mapping[str, Any]) -> bytes:
    """Ảnh PNG of a template of one page, as a screen shows it."""
    return _typeset(template, data, "png")


def _typeset(template: str, data: Mapping[str, Any], form: Literal["pdf", "png"]) -> bytes:
    """The typesetter keeps all it set; a process that ends gives it back."""
    given = {"template": template, "format": form, "data": json.dumps(data, ensure_ascii=False)}
    done = apart.run(_TYPESETTER, json.dumps(given).encode(), seconds=SECONDS)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout
