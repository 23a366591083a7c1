"""Danh mục: the part of a criterion's form in which its items are typed."""

from typing import Any

from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import parse_decimal, typed_decimal
from campaign.scheme.rules.checklist import Checklist, ChecklistItem, checklist_from_data
from campaign.web.fields import LONG, ProseField, VietnameseForm, at_most

MOST_ITEMS = 50


class ChecklistFields(VietnameseForm):
    """Danh mục."""

    checklist_items = ProseField("Các mục, mỗi dòng một mục và điểm", validators=[at_most(LONG)])

    @property
    def checklist(self) -> Checklist:
        """Danh mục như đã nhập; a RuleViolation names the line that cannot be read."""
        lines = [line for line in (self.checklist_items.data or "").splitlines() if line.strip()]
        if len(lines) > MOST_ITEMS:
            refuse(f"Nhiều nhất {MOST_ITEMS} mục.", "checklist_items")
        return tuple(map(_item, lines))


def _item(line: str) -> ChecklistItem:
    """Một dòng "Có quy chế phối hợp: 2"."""
    text, colon, points = (part.strip() for part in line.rpartition(":"))
    if not (text and colon):
        refuse(f"Dòng “{line.strip()}” cần tên mục, dấu hai chấm và điểm.", "checklist_items")
    try:
        return ChecklistItem(text, parse_decimal(points, decimals=4))
    except RuleViolation as violation:
        refuse(f"{text}: {violation}", "checklist_items")


def typed_checklist(stored: list[list[str]] | None) -> dict[str, Any]:
    """Danh mục đã lưu, as its field shows it."""
    items = checklist_from_data(stored or ())
    lines = (f"{row.text}: {typed_decimal(row.points)}" for row in items)
    return {"checklist_items": "\n".join(lines)}
