"""Phiếu chấm điền ngoài mạng: a member's sheet of one block, without units kept from them."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from campaign.core.numbers import format_decimal
from campaign.papers.offline import Form, Page, Slot
from campaign.scoring.desk import Desk
from campaign.scoring.queries import Cell
from campaign.scoring.rules import MarkState

KIND = "phieu-cham"
ABSTAINED = "—"
UNIT = ("Đơn vị", 44)
"""The first column of a page, and its width."""


def fields_of(
    asked: Collection[tuple[int, int]], marks: Mapping[tuple[int, int], Cell]
) -> dict[str, str]:
    """Các ô của phiếu: field → text as the grid shows it, then the notes."""
    texts = {}
    for letter in "mn":
        for place in asked:
            mark = marks.get(place)
            text = mark.note if mark and letter == "n" else _mark(mark) if letter == "m" else ""
            texts[f"{letter}:{place[0]}:{place[1]}"] = text
    return texts


def _mark(mark: Cell | None) -> str:
    if mark is None:
        return ""
    return (
        ABSTAINED
        if mark.state is MarkState.ABSTAINED or mark.points is None
        else format_decimal(mark.points)
    )


def form_of(desk: Desk, *, name: str, made: str) -> Form:
    """Biểu phiếu chấm: a page of marks and a page of notes, units × criteria."""
    return Form(
        KIND,
        f"{desk.member.id}-{desk.block.id}",
        "PHIẾU CHẤM ĐIỂM NGOÀI MẠNG",
        [
            ("Phong trào", desk.campaign.title),
            ("Khối", desk.block.name),
            ("Thành viên", name),
            ("Lập lúc", made),
            *((row.code, f"{row.name}. {row.guidance}".strip()) for row in desk.criteria),
        ],
        _notes(desk.campaign.mark_step),
        _pages(desk),
    )


def _pages(desk: Desk) -> list[Page]:
    """Trang điểm và trang nhận xét."""
    texts = fields_of(desk.asked, desk.marks)
    marked = [
        (f"{criterion.code} · tối đa {format_decimal(criterion.maximum)}", 14)
        for criterion in desk.criteria
    ]
    noted = [(criterion.code, 30) for criterion in desk.criteria]
    return [
        Page("Điểm", [UNIT, *marked], _rows("m", desk, texts)),
        Page("Nhận xét", [UNIT, *noted], _rows("n", desk, texts)),
    ]


def _notes(step: Decimal) -> list[str]:
    return [
        "Chỉ điền các ô màu vàng nhạt; các ô khác được bảo vệ.",
        f"Điểm từ 0 đến điểm tối đa, theo bước {format_decimal(step)}. Ô để trống là chưa chấm.",
        "Không chấm một ô thì ghi trên mạng, vì phải có lý do; ô đó hiện dấu “—”.",
        "Điền xong, gửi lại chính tệp này ở trang chấm điểm. Hệ thống cho xem trước rồi "
        "mới ghi; khoá phiếu vẫn làm trên mạng.",
    ]


def _rows(letter: str, desk: Desk, texts: Mapping[str, str]) -> list[list[str | Slot]]:
    """A line for each unit, a slot for each cell that may be marked."""
    places = desk.campaign.points_places

    def slot(field: str) -> str | Slot:
        if field not in texts:
            return "không chấm được"
        return Slot(field, texts[field], is_number=letter == "m", decimals=places)

    return [
        [unit.name, *(slot(f"{letter}:{unit.id}:{criterion.id}") for criterion in desk.criteria)]
        for unit in desk.units
    ]
