"""Phần của kế hoạch đi cùng bản sao: what may be ticked, and what one part needs of another."""

from collections.abc import Collection

from campaign.core.errors import refuse
from campaign.core.labelled import Labelled


class CopyPart(Labelled):
    """Phần đi cùng bản sao; name, bases, text and way of scoring always come along."""

    BLOCKS = "blocks", "Khối thi đua"
    PERIODS = "periods", "Kỳ báo cáo, các ngày dời theo"
    TASKS = "tasks", "Nhiệm vụ chuyên môn và gợi ý viết báo cáo"
    INDICATORS = "indicators", "Chỉ tiêu và quy tắc điểm"
    ALLOCATIONS = "allocations", "Đơn vị chủ trì, phối hợp và phần giao"
    RESULTS = "results", "Kết quả đã thẩm định của phong trào trước làm số năm trước"
    TABLE = "table", "Bảng điểm: nhóm, tiêu chí, phạm vi"
    BANDS = "bands", "Mức xếp loại"
    AWARDS = "awards", "Hình thức và chỉ tiêu khen thưởng"
    COUNCIL = "council", "Thành viên Hội đồng đang làm việc"


ALL_PARTS = frozenset(CopyPart)
_NEEDS = {
    CopyPart.ALLOCATIONS: CopyPart.INDICATORS,
    CopyPart.RESULTS: CopyPart.INDICATORS,
}


def refuse_torn(
    parts: Collection[CopyPart], *, takes_numbers: bool = False, is_scoped: bool = False
) -> None:
    """Phần này cần phần kia: `takes_numbers`, `is_scoped` tell of the table that would come."""
    for part, needed in _NEEDS.items():
        if part in parts and needed not in parts:
            refuse(f"“{part.label}” chỉ sao chép được cùng “{needed.label}”.", "parts")
    if CopyPart.TABLE not in parts:
        return
    if takes_numbers and CopyPart.INDICATORS not in parts:
        refuse(
            "Bảng điểm có tiêu chí tính theo chỉ tiêu: hãy chọn cả “Chỉ tiêu và quy tắc điểm”.",
            "parts",
        )
    if is_scoped and CopyPart.BLOCKS not in parts:
        refuse(
            "Bảng điểm có tiêu chí chỉ áp dụng cho một khối: hãy chọn cả “Khối thi đua”.", "parts"
        )
