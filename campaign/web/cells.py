"""Ô số: table cells of numbers, written at once; digits and signs need no escaping, and there may
be thousands of them.
"""

from collections.abc import Iterable
from decimal import Decimal

from markupsafe import Markup, escape

from campaign.core.numbers import format_points

NOTHING = "–"


def point_cells(values: Iterable[Decimal | None], places: int) -> Markup:
    """Các ô điểm của một hàng; takes numbers only, so that no text of anybody gets in unescaped."""
    return Markup(  # noqa: S704 - digits, commas and our own sign
        "".join(
            f'<td class="num">{NOTHING if value is None else format_points(value, places)}</td>'
            for value in values
        )
    )


def mark_cells(unit_id: int, boxes: Iterable[tuple[str, str, int]]) -> Markup:
    """Các ô chấm của một đơn vị: (kind, text, criterion) each. What may be typed is named by its
    row and its column; the
    texts of those are numbers, the reason of an abstention is anybody's and escaped.
    """
    return Markup(  # noqa: S704 - numbers, our own words, and what is escaped here
        "".join(
            [
                f'<td class="num"><input class="cell{_SAVED[kind]}" data-field '
                f'name="m:{unit_id}:{criterion_id}" inputmode="decimal" '
                f'autocomplete="off" aria-labelledby="u{unit_id} c{criterion_id}" '
                f'value="{text}">{_AFTER[kind]}</td>'
                if criterion_id
                else _shut(kind, text)
                for kind, text, criterion_id in boxes
            ]
        )
    )


_SAVED = {"open": "", "saved": " cell--saved", "stale": " cell--saved"}
_AFTER = {"open": "", "saved": "", "stale": '<p class="cell-error">chấm theo bản cũ</p>'}


def _shut(kind: str, text: str) -> str:
    if kind == "given":
        return f'<td class="num given">{text}</td>'
    if kind == "abstained":
        return (
            f'<td class="num"><span class="small muted" title="{escape(text)}">không '
            "chấm</span></td>"
        )
    if kind == "apart":
        return '<td class="num"><span class="small muted">không áp dụng</span></td>'
    return f'<td class="num">{text}</td>'
