"""Giá trị có tên: enums whose members know their Vietnamese name."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """Danh mục giá trị: `MEMBER = "value", "tên"`; the database keeps the value, pages show the
    label.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Keep the label beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
