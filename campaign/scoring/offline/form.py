"""Phiếu chấm điền ngoài mạng: a member's own sheet of one block; units he is kept away from are not
on it.
"""

from collections.abc import Collection, Mapping, Sequence

from campaign.core.numbers import format_decimal
from campaign.papers.offline import Form, Page, Slot
from campaign.planning.models import Block, Campaign
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scoring.queries import Cell
from campaign.scoring.rules import MarkState
from campaign.scoring.units import UnitRow

KIND = "phieu-cham"
ABSTAINED = "—"


def fields_of(
    asked: Collection[tuple[int, int]], marks: Mapping[tuple[int, int], Cell]
) -> dict[str, str]:
    """Các ô của phiếu: field → text as the grid shows it, then the notes."""
    found = {}
    for letter in "mn":
        for place in asked:
            mark = marks.get(place)
            text = mark.note if mark and letter == "n" else _mark(mark) if letter == "m" else ""
            found[f"{letter}:{place[0]}:{place[1]}"] = text
    return found


def _mark(mark: Cell | None) -> str:
    if mark is None:
        return ""
    return (
        ABSTAINED
        if mark.state is MarkState.ABSTAINED or mark.points is None
        else format_decimal(mark.points)
    )


def form_of(
    campaign: Campaign,
    block: Block,
    member_id: int,
    *,
    name: str,
    made: str,
    criteria: Sequence[ScoredCriterion],
    units: Sequence[UnitRow],
    asked: Sequence[tuple[int, int]],
    marks: Mapping[tuple[int, int], Cell],
) -> Form:
    """Biểu phiếu chấm: a page of marks and a page of notes, units × criteria."""
    texts, cells = fields_of(asked, marks), set(asked)

    def rows(letter: str) -> list[list[str | Slot]]:
        return [
            [
                unit.name,
                *(
                    Slot(
                        f"{letter}:{unit.id}:{one.id}",
                        texts[f"{letter}:{unit.id}:{one.id}"],
                        is_number=letter == "m",
                        decimals=2,
                    )
                    if (unit.id, one.id) in cells
                    else "không chấm được"
                    for one in criteria
                ),
            ]
            for unit in units
        ]

    heads = [
        ("Đơn vị", 44),
        *((f"{one.code} · tối đa {format_decimal(one.maximum)}", 14) for one in criteria),
    ]
    wide = [("Đơn vị", 44), *((one.code, 30) for one in criteria)]
    return Form(
        KIND,
        f"{member_id}-{block.id}",
        "PHIẾU CHẤM ĐIỂM NGOÀI MẠNG",
        [
            ("Phong trào", campaign.title),
            ("Khối", block.name),
            ("Thành viên", name),
            ("Lập lúc", made),
            *((one.code, f"{one.name}. {one.guidance}".strip()) for one in criteria),
        ],
        [
            "Chỉ điền các ô màu vàng nhạt; các ô khác được bảo vệ.",
            f"Điểm từ 0 đến điểm tối đa, theo bước {format_decimal(campaign.mark_step)}. Ô để "
            "trống là chưa chấm.",
            "Không chấm một ô thì ghi trên mạng, vì phải có lý do; ô đó hiện dấu “—”.",
            "Điền xong, gửi lại chính tệp này ở trang chấm điểm. Hệ thống cho xem trước rồi "
            "mới ghi; khoá phiếu vẫn làm trên mạng.",
        ],
        [Page("Điểm", heads, rows("m")), Page("Nhận xét", wide, rows("n"))],
    )
