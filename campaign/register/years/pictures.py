"""Hình vẽ qua các năm: the share of the maximum in the years that may be set side by side."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from campaign.charts.drawn import Drawn
from campaign.charts.pictures import Bar, bars
from campaign.charts.rules import difference
from campaign.core.dates import format_date
from campaign.core.numbers import format_decimal
from campaign.register.years.rules import YearOfUnit, not_comparable
from campaign.scheme.rules.wording import shown_percent

FEWEST = 2
_READ = "Mỗi thanh là tỷ lệ so với điểm tối đa; chỉ vẽ những phong trào cùng thang điểm."


def shares(rows: Sequence[YearOfUnit], today: date) -> Drawn | None:
    """Tỷ lệ điểm qua các phong trào, the earliest first; nothing with one alone."""
    apart = not_comparable(rows)
    known = [
        (row, row.exact_share)
        for row in reversed(rows)
        if row.exact_share is not None and row.campaign_id not in apart
    ]
    if len(known) < FEWEST:
        return None
    return Drawn(
        "qua-cac-nam",
        bars([_bar(row, share) for row, share in known], "%"),
        _finding(known[-2], known[-1]),
        _READ,
        f"Kết quả đã công bố, {format_date(today)}.",
        ("Phong trào", "So với điểm tối đa"),
    )


def _bar(row: YearOfUnit, share: Fraction) -> Bar:
    whose = f" ({row.forebear})" if row.forebear else ""
    return Bar(f"{row.starts_on.year}: {row.title}{whose}", share, f"{_told(share)} %")


def _told(share: Fraction) -> str:
    return format_decimal(shown_percent(share))


def _finding(before: tuple[YearOfUnit, Fraction], last: tuple[YearOfUnit, Fraction]) -> str:
    (old, share_before), (row, share) = before, last
    said = f"Năm {row.starts_on.year} đạt {_told(share)} % điểm tối đa"
    if share == share_before:
        return f"{said}, bằng lần trước ({old.starts_on.year})"
    word = "cao" if share > share_before else "thấp"
    apart = difference(abs(share - share_before))
    return f"{said}, {word} hơn lần trước ({old.starts_on.year}) {apart} điểm phần trăm"
