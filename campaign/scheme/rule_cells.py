"""Quy tắc trong một ô của bảng tính: “loại; tham số = giá trị; …”, written and read back.

A table stands in one cell with its rows between strokes ("100: 100 / 90: 80"); what is not named
has its default. Nothing is evaluated: each kind has its own parameters, and no other is read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar

from campaign.core.errors import RuleViolation, refuse
from campaign.core.labelled import Labelled
from campaign.core.numbers import parse_decimal, typed_decimal
from campaign.core.points import ZERO
from campaign.core.text import search_key
from campaign.scheme.rules.counts import (
    MOST_DAYS,
    CountRule,
    CountRuleKind,
    CountSource,
    KindPoints,
)
from campaign.scheme.rules.formulas.known import FORMULAS
from campaign.scheme.rules.points_rule import PointsRule, PointsRuleKind
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.typed import READERS, table_text

K = TypeVar("K", bound=Labelled)

NAMES: Mapping[str, str] = {
    "lost": "trừ mỗi lần",
    "counted": "phần thiếu lẻ",
    "missing_in": "phần thiếu tính bằng",
    "each": "mỗi phần thiếu",
    "unit": "mỗi phần vượt",
    "bands": "bảng mức đạt",
    "levels": "bảng giá trị",
    "start": "mức khởi điểm",
    "start_points": "điểm ở mức khởi điểm",
    "every": "mỗi phần thêm",
    "gain": "được thêm",
    "fall": "bị bớt",
    "lost_percent": "mỗi bậc trừ, %",
    "places": "điểm từng thứ hạng",
    "parts": "tỷ lệ điểm từng phần, %",
    "target_share": "điểm khi vừa đạt mục tiêu, %",
    "without_target": "không cần mục tiêu",
    "bonus_per_percent": "thưởng mỗi 1 % vượt",
    "bonus_cap": "thưởng tối đa",
}
"""Tên tham số của quy tắc theo chỉ tiêu, as a cell names it."""
COUNT_NAMES: Mapping[str, str] = {
    "start": "khi chưa có lần nào",
    "each": "mỗi lần",
    "lowest": "không dưới",
    "source": "lấy từ",
    "within": "trong số ngày",
    "kinds": "các loại",
}
"""Tên tham số của quy tắc theo số lần."""
_BONUS = ("bonus_per_percent", "bonus_cap")
_YES, _NO = "có", "không"
_KIND_ROW = re.compile(r"(?P<name>.+?)\s*:\s*(?P<points>[-−]?[\d.,]+)\s*(?:/|$)")


def rule_cell(rule: PointsRule) -> str:
    """Quy tắc điểm as a cell holds it."""
    given = {field.name: getattr(rule.how, field.name) for field in fields(rule.how)}
    if rule.bonus_per_percent:
        given |= {name: getattr(rule, name) for name in _BONUS}
    return _cell(rule.kind, {NAMES[name]: _written(value) for name, value in given.items()})


def rule_from_cell(text: str) -> PointsRule:
    """Đọc quy tắc điểm from a cell; a RuleViolation says what cannot be read."""
    kind, typed = _parted(text, PointsRuleKind)
    defaults = {
        **{field.name: field.default for field in fields(FORMULAS[kind].parameters)},
        **dict.fromkeys(_BONUS, ZERO),
    }
    named = _named(kind, typed, {name: NAMES[name] for name in defaults})
    read = {name: _read(defaults[name], name, value) for name, value in named.items()}
    return points_rule_from_data({"kind": kind.value, **read})


def count_cell(rule: CountRule) -> str:
    """Quy tắc theo số lần as a cell holds it; the kinds stand last, for they hold any words."""
    given: dict[str, Any] = {"start": rule.start, "each": rule.each, "lowest": rule.lowest}
    if rule.kind is CountRuleKind.AWARDS:
        given = {"lowest": rule.lowest}
    elif rule.is_taken:
        given |= {"source": rule.source}
        given |= {} if rule.within is None else {"within": Decimal(rule.within)}
    typed = {COUNT_NAMES[name]: _written(value) for name, value in given.items() if value}
    if rule.kinds:
        rows = (f"{row.name}: {typed_decimal(row.points)}" for row in rule.kinds)
        typed[COUNT_NAMES["kinds"]] = " / ".join(rows)
    return _cell(rule.kind, typed)


def count_rule_from_cell(text: str) -> CountRule:
    """Đọc quy tắc theo số lần from a cell."""
    last = COUNT_NAMES["kinds"]
    before, mark, kinds = text.partition(f"{last} =")
    kind, typed = _parted(before.rstrip("; "), CountRuleKind)
    numbers = {name: shown for name, shown in COUNT_NAMES.items() if name != "kinds"}
    if kind is CountRuleKind.AWARDS:
        numbers = {"lowest": COUNT_NAMES["lowest"]}
    elif mark:
        refuse(f"Quy tắc “{kind.label}” không có tham số “{last}”.")
    named = _named(kind, typed, numbers)
    read = {name: _count_value(name, value) for name, value in named.items()}
    return CountRule(kind, **read, kinds=tuple(named_points(kinds)))


def _count_value(name: str, text: str) -> Any:
    shown = COUNT_NAMES[name]
    if name == "source":
        return _chosen(shown, text, {source.label: source for source in CountSource})
    number = _number(shown, text)
    if name != "within":
        return number
    if number != int(number) or not 1 <= number <= MOST_DAYS:
        refuse(f"Tham số “{shown}” là một số ngày, từ 1 đến {MOST_DAYS}.")
    return int(number)


def _cell(kind: Labelled, typed: Mapping[str, str]) -> str:
    return "; ".join([kind.label, *(f"{name} = {value}" for name, value in typed.items())])


def _parted(text: str, kinds: type[K]) -> tuple[K, list[tuple[str, str]]]:
    """The kind a cell begins with, by its label, and the parameters after it."""
    first, *others = [part.strip() for part in text.split(";")]
    chosen = next((kind for kind in kinds if search_key(kind.label) == search_key(first)), None)
    if chosen is None:
        labels = "; ".join(kind.label for kind in kinds)
        refuse(f"“{first}” không phải là loại quy tắc. Hãy ghi một trong: {labels}.")
    typed = []
    for part in filter(None, others):
        name, mark, value = part.partition("=")
        if not mark:
            refuse(f"“{part}” cần dấu bằng: tên tham số = giá trị.")
        typed.append((name.strip(), value.strip()))
    return chosen, typed


def _named(
    kind: Labelled, typed: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> dict[str, str]:
    """What was typed for each parameter, by its name in the program."""
    known = {search_key(shown): name for name, shown in names.items()}
    named: dict[str, str] = {}
    for shown, value in typed:
        name = known.get(search_key(shown))
        if name is None:
            refuse(
                f"Quy tắc “{kind.label}” không có tham số “{shown}”. Các tham số: "
                f"{'; '.join(names.values())}."
            )
        if name in named:
            refuse(f"Tham số “{shown}” được ghi hai lần.")
        named[name] = value
    return named


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, Labelled):
        return value.label
    if isinstance(value, tuple):
        return table_text(value).replace("\n", " / ")
    return typed_decimal(value)


def _read(default: Any, name: str, text: str) -> Any:
    """A value of the kind its default is of."""
    if name in READERS:
        return READERS[name]("\n".join(text.split("/")))
    if isinstance(default, bool):
        return _chosen(NAMES[name], text, {_YES: True, _NO: False})
    if isinstance(default, Labelled):
        return _chosen(NAMES[name], text, {choice.label: choice for choice in type(default)})
    return _number(NAMES[name], text)


def _chosen(shown: str, text: str, choices: Mapping[str, Any]) -> Any:
    keyed = {search_key(label): choice for label, choice in choices.items()}
    if search_key(text) not in keyed:
        refuse(f"Tham số “{shown}”: hãy ghi một trong: {'; '.join(choices)}.")
    return keyed[search_key(text)]


def _number(shown: str, text: str) -> Decimal:
    try:
        return parse_decimal(text, decimals=4)
    except RuleViolation as violation:
        refuse(f"Tham số “{shown}”: {violation}")


def named_points(text: str) -> Iterator[KindPoints]:
    """Tên và điểm: rows like "Bằng khen cấp Bộ: 1,5 / Giấy khen: 0,5"."""
    rest = text.strip()
    while rest:
        row = _KIND_ROW.match(rest)
        if row is None:
            refuse(f"“{rest}” cần tên loại, dấu hai chấm và điểm.")
        yield KindPoints(row["name"].strip(), _number(row["name"].strip(), row["points"]))
        rest = rest[row.end() :].strip()
