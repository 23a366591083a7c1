"""Khen thưởng các năm trước: the old books, written from a file."""

from collections.abc import Mapping
from typing import Any

from campaign.core.amounts import dong
from campaign.core.dates import format_date
from campaign.core.errors import refuse
from campaign.core.text import (
    Likeness,
    document_number,
    likeness,
    name_key,
    search_key,
)
from campaign.extensions import db
from campaign.honours import queries
from campaign.honours.models import PastAward


def told_past_award(row: PastAward) -> dict[str, str]:
    """Một lượt khen thưởng cũ, field by field, as a person reads it."""
    return {
        "Hình thức": row.form_name,
        "Đối tượng": row.subject.label,
        "Ông/Bà": row.honorific,
        "Chức vụ": row.job,
        "Ngày ký": format_date(row.signed_on) if row.signed_on else "",
        "Tiền thưởng": dong(row.amount) if row.amount is not None else "",
        "Ghi chú": row.note,
        "Số quyết định": row.number,
        "Đơn vị": row.unit_name,
    }


_NAMES = frozenset({"name", "number", "unit_name"})
"""Phần để biết là lượt nào: kept as the register spells it."""


def _named_as(year: int, number: str, name: str) -> tuple[int, str, str]:
    return year, name_key(document_number(number)), name_key(name)


class Books:
    """Hồ sơ khen thưởng cũ: a year is loaded when it is first named."""

    def __init__(self) -> None:
        """Open them; nothing is read yet."""
        self._years: set[int] = set()
        self._named: dict[tuple[int, str, str], list[PastAward]] = {}
        self._alike: dict[tuple[int, str, str], list[PastAward]] = {}

    def save(self, values: Mapping[str, Any]) -> tuple[PastAward, dict[str, str] | None]:
        """Ghi một lượt khen thưởng từ hồ sơ cũ; the same year, number, name and unit are the same
        award, and what is not among the values stays. Gives it as it was, too; it reaches the
        database with the next flush.
        """
        self._read(values["year"])
        known = self._meant(values)
        row = known or PastAward(honorific="", job="", unit_name="", note="")
        before = told_past_award(known) if known else None
        for name, value in values.items():
            if not known or name not in _NAMES or name_key(getattr(row, name)) != name_key(value):
                setattr(row, name, value)
        row.search_key = search_key(row.name)
        if not known:
            self._hold(row)
            db.session.add(row)
        return row, before

    def _meant(self, values: Mapping[str, Any]) -> PastAward | None:
        """The award that is meant, if the books have it; refused where it may be one of several."""
        known = self._known(values)
        if len(known) > 1:
            refuse(
                "Sổ có nhiều lượt cùng năm, số và tên này. Hãy thêm cột «Đơn vị» để biết là "
                "lượt nào."
            )
        return known[0] if known else None

    def _known(self, values: Mapping[str, Any]) -> list[PastAward]:
        """The awards meant: of that unit however spelled, or the one without a unit."""
        named = self._named.get(_named_as(values["year"], values["number"], values["name"]), [])
        unit_name = values.get("unit_name")
        if unit_name is None:
            return list(named)
        own = [row for row in named if name_key(row.unit_name) == name_key(unit_name)]
        without = [row for row in named if not row.unit_name]
        return own or (without if len(named) == 1 else [])

    def elsewhere(self, row: PastAward) -> list[str]:
        """Các đơn vị khác mà cùng năm, số, tên ấy đã có trong sổ."""
        named = self._named.get(_named_as(row.year, row.number, row.name), [])
        return [other.unit_name for other in named if other is not row]

    def resembling(self, row: PastAward) -> list[PastAward]:
        """Lượt khen thưởng khác cùng năm, số, đơn vị, whose name differs in its tones alone."""
        self._read(row.year)
        return [
            other
            for other in self._alike.get((row.year, row.number, row.search_key), [])
            if other is not row
            and likeness(other.name, row.name) is Likeness.ALIKE
            and likeness(other.unit_name, row.unit_name) is Likeness.SAME
        ]

    def _read(self, year: int) -> None:
        if year not in self._years:
            self._years.add(year)
            for row in queries.past_awards_of(year):
                self._hold(row)

    def _hold(self, row: PastAward) -> None:
        self._named.setdefault(_named_as(row.year, row.number, row.name), []).append(row)
        self._alike.setdefault((row.year, row.number, row.search_key), []).append(row)
