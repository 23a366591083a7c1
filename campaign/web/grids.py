"""Bảng ô nhập gửi cả một lần: of two who save it neither overwrites what the other wrote unseen."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

OPENED = "opened"
NO_LABELS: Mapping[str, str] = MappingProxyType({})


def standing(cells: Mapping[str, str]) -> str:
    """Các ô lúc mở trang, as one hidden field carries them; a cell that is left out was empty."""
    return json.dumps({name: text for name, text in cells.items() if text}, ensure_ascii=False)


def settled(
    cells: Mapping[str, str], sent: Mapping[str, Any], labels: Mapping[str, str] = NO_LABELS
) -> tuple[dict[str, str], dict[str, str]]:
    """Các ô sau khi gộp: what somebody left as it was when the page was opened stays as it stands
    now; what two changed differently is told by cell, a choice by its label.
    """
    opened = _read(sent.get(OPENED, ""))
    typed: dict[str, str] = {}
    clashes: dict[str, str] = {}
    for name, now in cells.items():
        mine = str(sent.get(name, "")).strip()
        was = mine if opened is None else opened.get(name, "")
        is_changed = opened is None or mine != was
        typed[name] = mine if is_changed else now
        if is_changed and opened is not None and now not in {was, mine}:
            clashes[name] = _clash(now, labels)
    return typed, clashes


def _clash(now: str, labels: Mapping[str, str]) -> str:
    """What whoever saves second is told of a cell that says something else `now`."""
    if not now:
        return "Người khác vừa xoá trống ô này. Hãy xem lại rồi lưu."
    return f"Người khác vừa ghi “{labels.get(now, now)}” vào ô này. Hãy xem lại rồi lưu."


def _read(text: str) -> dict[str, str] | None:
    """What stood when the page was opened; None where the form does not say it."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_said = isinstance(told, dict) and all(isinstance(was, str) for was in told.values())
    return told if is_said else None
