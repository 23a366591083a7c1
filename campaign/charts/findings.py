"""Điều thấy được: the sentence over a picture, said from its numbers."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from campaign.charts.pictures import Dot
from campaign.charts.rules import WHOLE, Number, Part, below_whole, difference, middle, number
from campaign.core.listing import listing

NAMED = 2
"""Nêu tên nhiều nhất bấy nhiêu đơn vị cùng dẫn đầu."""


def of_all(count: int, whole: int, things: str, done: str) -> str:
    """Bao nhiêu trong tất cả: "6 trong 10 đơn vị đã đạt mức phải đạt"."""
    if not whole:
        return "Chưa có số liệu"
    if not count:
        return f"Chưa {things} nào trong {whole} {things} {done}"
    if count == whole:
        return f"{'Cả ' if whole > 1 else ''}{whole} {things} đã {done}"
    return f"{count} trong {whole} {things} đã {done}"


def leading(rows: Sequence[Dot], unit: str) -> str:
    """Ai dẫn đầu, by how much over the median."""
    if not rows:
        return "Chưa đơn vị nào có điểm"
    first = _first(rows)
    if len(first) == len(rows) > 1:
        return f"Cả {len(rows)} đơn vị bằng nhau: {first[0].words}"
    if len(first) > NAMED:
        said = f"{len(first)} đơn vị cùng dẫn đầu với {first[0].words}"
    else:
        together = "cùng " if len(first) > 1 else ""
        names = listing(row.name for row in first)
        said = f"{names} {together}dẫn đầu với {first[0].words}"
    if len(rows) == 1:
        return said
    return f"{said}; trung vị {number(middle([row.value for row in rows]), 2)} {unit}"


def _first(rows: Sequence[Dot]) -> list[Dot]:
    """Những ai dẫn đầu: by the rank where there is one, else by the number."""
    if ranks := [row.rank for row in rows if row.rank is not None]:
        return [row for row in rows if row.rank == min(ranks)]
    best = max(Fraction(row.value) for row in rows)
    return [row for row in rows if Fraction(row.value) == best]


def against_middle(own: Dot, rows: Sequence[Dot], unit: str) -> str:
    """Một đơn vị so với khối: above, below or at the median."""
    value, median = Fraction(own.value), middle([row.value for row in rows])
    apart = f"{difference(abs(value - median))} {unit}"
    if value == median:
        return f"{own.name} bằng trung vị của khối"
    return f"{own.name} {'cao' if value > median else 'thấp'} hơn trung vị của khối {apart}"


def filed(name: str, counts: Sequence[int]) -> str:
    """Báo cáo của một kỳ: how many came, and how many of them late; counts in order: in time,
    late, still to come, overdue.
    """
    in_time, late, _, overdue = counts
    said = f"{name}: {of_all(in_time + late, sum(counts), 'đơn vị', 'nộp').lower()}"
    if late:
        said += f", {late} nộp muộn"
    return f"{said}, {overdue} quá hạn chưa nộp" if overdue else said


def most(counts: Mapping[str, int], things: str) -> str:
    """Nhiều nhất ở đâu: "Nhiều nhất là Giấy khen: 12 trong 18 lượt khen thưởng"."""
    whole, best = sum(counts.values()), max(counts.values(), default=0)
    if not best:
        return f"Chưa có {things}"
    first = [name for name in counts if counts[name] == best]
    if len(counts) == 1:
        return f"{first[0]}: {whole} {things}"
    if len(first) == len(counts):
        return f"{len(counts)} nhóm bằng nhau: mỗi nhóm {best} trong {whole} {things}"
    if len(first) > NAMED:
        return f"{len(first)} nhóm cùng nhiều nhất: mỗi nhóm {best} trong {whole} {things}"
    names, each = listing(first), "mỗi nhóm " if len(first) > 1 else ""
    return f"Nhiều nhất là {names}: {each}{best} trong {whole} {things}"


def since(years: Mapping[int, int], things: str) -> str:
    """Năm mới nhất so với năm trước nó trong sổ."""
    before, last = sorted(years)[-2:]
    count, apart_by = years[last], years[last] - years[before]
    said = f"Năm {last}: {count} {things}"
    if not apart_by:
        return f"{said}, bằng năm {before}"
    return f"{said}, {'nhiều' if apart_by > 0 else 'ít'} hơn năm {before} {abs(apart_by)} lượt"


def share_of(count: int, whole: int, things: str, what: str) -> str:
    """Phần trong tất cả: "7 trong 10 cá nhân được khen thưởng trực tiếp làm việc"."""
    if not count:
        return f"Không ai trong {whole} {things} là người {what}"
    if count == whole:
        return f"{'Cả ' if whole > 1 else ''}{whole} {things} là người {what}"
    return f"{count} trong {whole} {things} là người {what}"


def weakest(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Part | None]]]) -> str:
    """Tiêu chí cả khối yếu nhất: of which the smallest part of the most was given on average."""
    shares = []
    for place, name in enumerate(columns):
        known = [
            Fraction(part.value) / Fraction(part.most)
            for _, row in rows
            if (part := row[place]) is not None and part.most
        ]
        if known:
            shares.append((sum(known, Fraction(0)) / len(known) * WHOLE, name))
    if not shares:
        return "Chưa có điểm theo tiêu chí"
    share, name = min(shares, key=lambda row: row[0])
    if share >= WHOLE:
        return "Mọi tiêu chí đều đạt điểm tối đa"
    return f"Thấp nhất ở {name}: bình quân {below_whole(share)} % điểm tối đa"


def apart(values: Mapping[str, Sequence[Number]], most: Mapping[str, Number]) -> str:
    """Ở đâu chấm lệch nhau nhất, by the widest range as a part of the most that can be given."""
    widths = {
        name: Fraction(max(numbers)) - Fraction(min(numbers))
        for name, numbers in values.items()
        if numbers
    }
    if not widths:
        return "Chưa có điểm chấm"
    name = max(widths, key=lambda row: widths[row] / Fraction(most[row]))
    if not widths[name]:
        return "Các thành viên chấm như nhau"
    wide, whole = difference(widths[name]), number(Fraction(most[name]), 4)
    return f"Lệch nhau nhiều nhất ở {name}: cách nhau {wide} trên {whole} điểm"
