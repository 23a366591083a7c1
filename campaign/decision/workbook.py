"""Bảng tính danh sách kèm theo quyết định."""

from collections.abc import Mapping, Sequence

from campaign.decision.models import DecisionLine
from campaign.decision.rules import Correction
from campaign.honours.models import PastAward
from campaign.papers.workbook import Cell, Column, Kind, Table

REWARDED = (
    Column("Ông/Bà", width=8),
    Column("Tên", width=36),
    Column("Chức vụ", width=24),
    Column("Đối tượng"),
    Column("Đơn vị", width=36),
)
"""Ai được khen thưởng."""
ENDED = (Column("Tiền đã hết hiệu lực, đồng", Kind.WHOLE, 16), Column("Hiệu lực", width=28))
"""Tiền của dòng đã hết hiệu lực stands apart: the column of money adds up to what stands."""


def rewarded(line: DecisionLine | PastAward) -> Sequence[Cell]:
    """Ai được khen thưởng, as a decision or an older book names them."""
    return line.honorific, line.name, line.job, line.subject.label, line.unit_name


def money_cells(line: DecisionLine) -> tuple[int | None, int | None, str]:
    """Tiền còn hiệu lực, tiền đã hết hiệu lực, và theo quyết định nào."""
    if line.ended_by_id is None:
        return line.amount, None, ""
    return None, line.amount, line.ended_words


LISTED = (
    Column("STT", Kind.WHOLE, 6),
    *REWARDED,
    Column("Hình thức", width=24),
    Column("Tiền thưởng, đồng", Kind.WHOLE, 16),
    Column("Cách tính", width=50),
    Column("Số vào sổ", Kind.WHOLE, 10),
    Column("Năm", Kind.YEAR, 8),
    Column("Nội dung điều chỉnh", width=60),
    *ENDED,
)


def decision(
    lines: Sequence[DecisionLine], corrected: Mapping[int, Sequence[Correction]]
) -> list[Table]:
    """Danh sách kèm theo quyết định, with its arithmetic and what is put right."""
    return [
        Table(
            "Danh sách",
            LISTED,
            (
                _cells(place, line, corrected.get(line.nominee_id, ()))
                for place, line in enumerate(lines, start=1)
            ),
        )
    ]


def _cells(place: int, line: DecisionLine, corrected: Sequence[Correction]) -> Sequence[Cell]:
    amount, *ended = money_cells(line)
    return (
        place,
        *rewarded(line),
        line.form_name,
        amount,
        line.steps,
        line.register_number,
        line.register_year,
        "; ".join(correction.words for correction in corrected),
        *ended,
    )
