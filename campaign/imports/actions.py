"""Làm theo tệp: each row is carried out, or all that is wrong in it is told."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import format_decimal
from campaign.core.text import search_key
from campaign.extensions import db
from campaign.imports.importer import Column, Context, Importer
from campaign.imports.rules import Effect, Outcome, Row, asking


def carry_out(importer: Importer, context: Context, rows: Sequence[Row]) -> list[Outcome]:
    """Làm từng dòng, so that all that is wrong is told; what is compared was loaded once, and is
    written in one go when the caller commits. With a row that is wrong the caller rolls back.
    """
    with db.session.no_autoflush:
        return _carried_out(importer.reading(rows), context, rows)


def _carried_out(importer: Importer, context: Context, rows: Sequence[Row]) -> list[Outcome]:
    seen: dict[str, int] = {}
    alike: dict[str, int] = {}
    outcomes: dict[int, Outcome] = {}
    for row in importer.order(list(rows)):
        values, faults = _values(importer, context, row)
        faults += [row.said(key, said) for key, said in importer.check(context, row, values)]
        key = _key(importer, row)
        faults += _repeated(seen, key, row.number)
        outcome = (
            _wrong(importer, row, faults) if faults else _taken(importer, context, row, values)
        )
        twin = alike.setdefault(search_key(key or f"|{row.number}"), row.number)
        if twin != row.number and outcome.effect is not Effect.WRONG:
            question = f"Chỉ khác dấu với dòng {twin} của tệp này: có đúng là hai không?"
            outcome = asking(outcome, question)
        outcomes[row.number] = outcome
    return [outcomes[number] for number in sorted(outcomes)]


def _repeated(seen: dict[str, int], key: str | None, number: int) -> list[str]:
    """Which row of the file says the same already; the first one is remembered."""
    if key is not None and key in seen:
        return [f"Trùng với dòng {seen[key]} của tệp này."]
    if key is not None:
        seen[key] = number
    return []


def _values(importer: Importer, context: Context, row: Row) -> tuple[dict[str, Any], list[str]]:
    """What the cells hold, by the columns the file has; and all that cannot be read."""
    values: dict[str, Any] = {}
    faults = []
    for column in importer.columns:
        if column.key not in row.columns:
            continue
        try:
            _refuse_unfit(column, row)
            values[column.key] = column.read(context, row, column.key)
        except RuleViolation as violation:
            faults.append(row.said(column.key, str(violation)))
    return values, faults


def _refuse_unfit(column: Column, row: Row) -> None:
    """A cell that is broken, missing or too long, whatever its column holds."""
    if column.key in row.faults:
        refuse(row.faults[column.key])
    if column.is_required and row.cells.get(column.key) is None:
        refuse(f"thiếu «{column.title}».")
    typed = row.cells.get(column.key)
    if isinstance(typed, str) and len(typed) > column.longest:
        refuse(f"Nhiều nhất {format_decimal(Decimal(column.longest))} ký tự.")


def _key(importer: Importer, row: Row) -> str | None:
    """What tells the row from others; nothing where that cannot be read or is not there."""
    try:
        key = importer.key(row)
    except RuleViolation:
        return None
    return key if key.strip("|") else None


def _taken(importer: Importer, context: Context, row: Row, values: Mapping[str, Any]) -> Outcome:
    try:
        return asking(importer.take(context, row, values), *row.notes)
    except RuleViolation as violation:
        return _wrong(importer, row, [row.said(violation.field, str(violation))])


def _wrong(importer: Importer, row: Row, faults: Sequence[str]) -> Outcome:
    label = row.label(importer.named_by or importer.columns[0].key)
    return Outcome(row.place(), label, Effect.WRONG, faults=tuple(faults))
