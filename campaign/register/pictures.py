"""Hình vẽ khen thưởng: by year, by form, by block, and how many of those awarded lead."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from campaign.charts import findings
from campaign.charts.drawn import Drawn
from campaign.charts.pictures import Bar, Bars, Stack, bars, stacks
from campaign.honours.rules import Subject

FEWEST = 2
"""Một khối, một năm thì không có gì để so."""
GROUPS = ("lãnh đạo, quản lý", "trực tiếp làm việc")
_READ = "Mỗi thanh là số lượt khen thưởng, tập thể, hộ và cá nhân cùng nhau."
_READ_GROUPS = "Mỗi hàng là một hình thức; số trong thanh là số người."


class Given(NamedTuple):
    """Số lượt khen thưởng cùng loại; old books know neither the block nor who leads."""

    year: int
    form: str
    subject: Subject
    is_leader: bool | None
    block: str
    times: int


def over_years(rows: Iterable[Given], source: str) -> Drawn | None:
    """Khen thưởng qua các năm, the earliest first; nothing with one year alone."""
    counts = Counter[int]()
    for row in rows:
        counts[row.year] += row.times
    if len(counts) < FEWEST:
        return None
    years = sorted(counts)
    return Drawn(
        "khen-thuong-nam",
        _bars({f"Năm {year}": counts[year] for year in years}),
        findings.since({year: counts[year] for year in years}, "lượt khen thưởng"),
        _READ,
        source,
        ("Năm", "Số lượt"),
    )


def of_one(rows: Sequence[Given], source: str) -> list[Drawn]:
    """Khen thưởng của một năm hay một phong trào: by form, by block, leaders and workers."""
    forms, blocks = Counter[str](), Counter[str]()
    for row in rows:
        forms[row.form] += row.times
        if row.block:
            blocks[row.block] += row.times
    drawn = []
    if forms:
        drawn.append(_counted("hinh-thuc", "Hình thức", forms, source))
    if len(blocks) >= FEWEST:
        drawn.append(_counted("khoi", "Khối", blocks, source))
    groups = _by_group(rows, source)
    return [*drawn, *([groups] if groups else [])]


def _counted(name: str, head: str, counts: Counter[str], source: str) -> Drawn:
    return Drawn(
        f"khen-thuong-{name}",
        _bars(dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))),
        findings.most(counts, "lượt khen thưởng"),
        _READ,
        source,
        (head, "Số lượt"),
    )


def _by_group(rows: Sequence[Given], source: str) -> Drawn | None:
    """Lãnh đạo và người trực tiếp làm việc, of each form given to people."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        if row.subject is Subject.INDIVIDUAL and row.is_leader is not None:
            counts.setdefault(row.form, [0, 0])[0 if row.is_leader else 1] += row.times
    if not counts:
        return None
    people = sum(map(sum, counts.values()))
    workers = sum(row[1] for row in counts.values())
    return Drawn(
        "khen-thuong-nhom",
        stacks(GROUPS, [Stack(form, tuple(counts[form])) for form in sorted(counts)]),
        findings.share_of(workers, people, "cá nhân được khen thưởng", "trực tiếp làm việc"),
        _READ_GROUPS,
        source,
        ("Hình thức", *GROUPS),
    )


def _bars(counts: Mapping[str, int]) -> Bars:
    return bars([Bar(name, Decimal(count), f"{count} lượt") for name, count in counts.items()])
