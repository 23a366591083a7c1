"""Dòng của tệp nhập: what it holds, and what it would do or all that is wrong in it; pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from campaign.core.errors import RuleViolation, refuse
from campaign.core.labelled import Labelled
from campaign.core.numbers import as_calculated
from campaign.core.text import name_key, search_key
from campaign.papers.reading import Cell
from campaign.papers.rules import column_name, day_in, number_in, text_in, written


class Effect(Labelled):
    """Dòng sẽ làm gì."""

    ADDED = "added", "thêm"
    CHANGED = "changed", "sửa"
    LEFT = "left", "giữ nguyên"
    WRONG = "wrong", "chưa đúng"


class Names:
    """Tra theo tên: with the tones first; without them where only one can be meant."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        """Of a list of the office, the code of each name."""
        self.told = "; ".join(codes)
        folded = Counter(map(search_key, codes))
        self._codes = {search_key(name): code for name, code in codes.items()}
        self._codes = {key: code for key, code in self._codes.items() if folded[key] == 1}
        self._codes |= {name_key(name): code for name, code in codes.items()}

    def code_of(self, text: str) -> str | None:
        """Mã của mục tên này."""
        return self._codes.get(name_key(text), self._codes.get(search_key(text)))


@dataclass(frozen=True)
class Row:
    """Một dòng của tệp, with where each of its cells stands, and which of them hold no value."""

    number: int
    sheet: str
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]
    shown: Mapping[str, str] = field(default_factory=dict)
    """Chữ hiện of numbers that are shown as codes."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """Ô hỏng: merged, or of a formula that failed."""
    notes: list[str] = field(default_factory=list, compare=False)
    """Điều nên biết về dòng này, gathered while it is read."""

    def place(self) -> str:
        """Trang «Đơn vị», dòng 5."""
        return f"Trang «{self.sheet}», dòng {self.number}"

    def said(self, key: str | None, sentence: str) -> str:
        """Câu báo lỗi with the column it is about: "Cột C: …"."""
        if key is None or key not in self.columns:
            return sentence
        return f"Cột {column_name(self.columns[key])}: {sentence}"

    def label(self, key: str) -> str:
        """Chữ để gọi tên dòng, where the cell can be read."""
        if key in self.faults:
            return ""
        try:
            return self.text(key)
        except RuleViolation:
            return ""

    def text(self, key: str) -> str:
        """Chữ trong ô, on one line; a code as the cell shows it."""
        return " ".join(text_in(self.cells.get(key), self.shown.get(key, "")).split())

    def code(self, key: str) -> str:
        """Mã trong ô, as the cell shows it; a number with a fraction was 1.10 or 1/10 before Excel
        took it for one.
        """
        cell = self.cells.get(key)
        is_whole = not isinstance(cell, Decimal) or cell == cell.to_integral_value()
        if key not in self.shown and not is_whole:
            refuse(
                f"Ô này phải là chữ. Trong tệp đây là số {written(cell)}; Excel có thể đã đổi nội "
                "dung ô, như 1.10 thành 1,1. Hãy đặt định dạng ô là Text (Văn bản) rồi nhập lại."
            )
        return self.text(key)

    def number_of(self, key: str, *, rounds: bool = False, **limits: Any) -> Decimal | None:
        """Số trong ô; nothing where it is empty. With `rounds` what a formula gave beyond the
        decimals is rounded, and told.
        """
        cell = self.cells.get(key)
        if rounds and isinstance(cell, Decimal):
            cell, note = as_calculated(cell, limits["decimals"])
            if note:
                self.notes.append(self.said(key, note))
        return None if cell is None else number_in(cell, **limits)

    def day(self, key: str) -> date | None:
        """Ngày trong ô; nothing where it is empty."""
        return None if self.cells.get(key) is None else day_in(self.cells[key])

    def one_of(self, key: str, choices: Mapping[str, Labelled]) -> Any:
        """Giá trị trong danh mục, given by how it is searched for; nothing where it is empty."""
        text = self.text(key)
        chosen = choices.get(search_key(text))
        if chosen is None and text:
            labels = "; ".join(choice.label for choice in choices.values())
            refuse(f"“{text}” không có trong danh mục. Hãy ghi một trong: {labels}.")
        return chosen

    def named_in(self, key: str, names: "Names", whose: str = "danh mục") -> str | None:
        """Mã của mục được ghi tên in a list of the office; nothing where the cell is empty."""
        text = self.text(key)
        if not text:
            return None
        return names.code_of(text) or refuse(
            f"“{text}” không có trong {whose}. Hãy ghi một trong: {names.told}."
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Kết quả của một dòng: what it does to what, field by field; or what is wrong in it."""

    place: str
    label: str
    effect: Effect
    details: tuple[tuple[str, str, str], ...] = ()
    """Trường, trước, sau."""
    faults: tuple[str, ...] = ()
    """Mọi chỗ chưa đúng của dòng, each with its column."""
    questions: tuple[str, ...] = ()
    """Chỗ nên xem lại, which stops nothing."""


def asking(outcome: Outcome, *questions: str) -> Outcome:
    """Kết quả kèm câu hỏi, which stop nothing."""
    return replace(outcome, questions=(*outcome.questions, *questions))


def compared(
    row: Row, label: str, before: Mapping[str, str] | None, after: Mapping[str, str]
) -> Outcome:
    """Kết quả theo khác biệt between what was there and what is there now."""
    if before is None:
        given = tuple((name, "", text) for name, text in after.items() if text)
        return Outcome(row.place(), label, Effect.ADDED, given)
    details = tuple(
        (name, before.get(name, ""), text)
        for name, text in after.items()
        if before.get(name, "") != text
    )
    return Outcome(row.place(), label, Effect.CHANGED if details else Effect.LEFT, details)
