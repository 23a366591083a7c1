"""Nội dung đã gửi, bằng lời: what a form would do and what its fields hold."""

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any

from wtforms import BooleanField
from wtforms.fields.core import UnboundField

from campaign.web.acts import ACTS, FIELDS, PARTS, WORDS
from campaign.web.fields import VietnameseForm, labelled

NEVER_KEPT = frozenset(
    {
        "csrf_token",
        "password",
        "current_password",
        "new_password",
        "repeat_password",
        "second_code",
        "off_code",
    }
)
_NUMBERED = re.compile(r"(?P<kind>[A-Za-z_]+)(?:[-:](?P<row>\d[\d:-]*))?(?::\w+)?")
_YES = {"y": "có", "1": "có", "on": "có"}
_EMPTY = "(để trống)"


def act_words(endpoint: str | None, parts: Mapping[str, Any]) -> str:
    """Tên việc, with the numbers of what it is done to."""
    act = ACTS.get(endpoint or "", "Gửi biểu mẫu")
    numbers = [
        f"{PARTS[name]} {WORDS.get(value, value)}" for name, value in parts.items() if name in PARTS
    ]
    return f"{act} ({', '.join(numbers)})" if numbers else act


def fields_in_words(sent: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Các ô sẽ gửi: (label, value in words) of each, hidden ones too; none is left out."""
    form = _form_of({name for name, _ in sent})
    return [_in_words(form, name, value) for name, value in sent]


def _in_words(form: type[VietnameseForm] | None, name: str, value: str) -> tuple[str, str]:
    before = name.startswith("base-")
    name = name.removeprefix("base-")
    field = getattr(form, name, None)
    label = _label(field) if isinstance(field, UnboundField) and name not in FIELDS else ""
    choices = _choices(field) if isinstance(field, UnboundField) else {}
    label = label or _label_of_name(name)
    shown = choices.get(value, value.strip() and value) or _EMPTY
    return (f"{label} trước khi sửa" if before else label), shown


def _label_of_name(name: str) -> str:
    """Tên ô that belongs to no form: by the part before the number of its row."""
    parts = _NUMBERED.fullmatch(name)
    if parts is None:
        return "Mục khác"
    label = FIELDS.get(parts["kind"], "Mục khác")
    return f"{label}, dòng {parts['row']}" if parts["row"] else label


def _form_of(names: Collection[str]) -> type[VietnameseForm] | None:
    """Biểu mẫu có nhiều nhất các ô này; none where no form has any of them."""
    known = {
        form: sum(isinstance(getattr(form, name, None), UnboundField) for name in names)
        for form in _forms(VietnameseForm)
    }
    form = max(known, key=known.__getitem__)
    return form if known[form] else None


def _forms(base: type[VietnameseForm]) -> Iterator[type[VietnameseForm]]:
    for form in base.__subclasses__():
        yield form
        yield from _forms(form)


def _label(field: Any) -> str:
    return str(field.kwargs.get("label") or (field.args[0] if field.args else ""))


def _choices(field: Any) -> dict[str, str]:
    """Lựa chọn nói bằng lời: of an enum, of a list that always stands, or of a tick."""
    members = field.args[1] if len(field.args) > 1 else None
    if isinstance(members, type) and issubclass(members, StrEnum):
        return dict(labelled(members))
    if "choices" in field.kwargs:
        return {str(value): label for value, label in field.kwargs["choices"]}
    return _YES if issubclass(field.field_class, BooleanField) else {}
