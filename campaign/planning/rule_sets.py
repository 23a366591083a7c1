"""Bộ quy định và đơn vị đo: the catalogue as shipped; unverified until somebody confirms it."""

from datetime import date
from typing import Any

_IN_DETAIL = "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng"
_LAW_OF_2022 = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
_FROM_MEMORY = "ngày ban hành và tên gọi văn bản: chưa đối chiếu"

RULE_SETS: tuple[dict[str, Any], ...] = (
    {
        "code": "RS-2017", "title": "Luật Thi đua, khen thưởng 2003 (sửa 2005, 2013); NĐ 91/2017/NĐ-CP",
        "in_force_from": date(2017, 10, 1), "in_force_to": date(2023, 12, 31),
        "legal_basis": "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số điều của Luật Thi đua, "
                       "khen thưởng ngày 14 tháng 6 năm 2005 và ngày 16 tháng 11 năm 2013\n"
                       f"Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ {_IN_DETAIL}\n"
                       "Thông tư số 12/2019/TT-BNV ngày 04 tháng 11 năm 2019 của Bộ trưởng Bộ Nội vụ hướng dẫn thi hành một số điều của "
                       f"Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ {_IN_DETAIL}",
        "source": f"thuvienphapluat.vn; bảng tiêu chí Bình Định 2021; {_FROM_MEMORY}",
    },
    {
        "code": "RS-2022a", "title": "Luật Thi đua, khen thưởng 2022; NĐ 98/2023/NĐ-CP",
        "in_force_from": date(2024, 1, 1), "in_force_to": date(2025, 6, 30),
        "legal_basis": f"{_LAW_OF_2022}\n"
                       f"Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ {_IN_DETAIL}\n"
                       "Thông tư số 01/2024/TT-BNV của Bộ trưởng Bộ Nội vụ",
        "source": f"thuvienphapluat.vn; {_FROM_MEMORY}",
    },
    {
        "code": "RS-2022b", "title": "Luật Thi đua, khen thưởng 2022; NĐ 152/2025/NĐ-CP",
        "in_force_from": date(2025, 7, 1), "in_force_to": None,
        "legal_basis": f"{_LAW_OF_2022}\n"
                       "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh "
                       "vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng\n"
                       "Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025 của Bộ trưởng Bộ Nội vụ",
        "source": f"thuvienphapluat.vn; vbpl.vn; {_FROM_MEMORY}",
    },
)

MEASURE_UNITS = (
    ("phần trăm", "%"), ("chỉ số (cùng kỳ = 100)", "%"), ("tỷ đồng", "tỷ đồng"), ("triệu đồng", "triệu đồng"),
    ("triệu USD", "triệu USD"), ("điểm", "điểm"), ("nhiệm vụ", "nhiệm vụ"), ("hộ", "hộ"), ("cuộc", "cuộc"),
    ("bài", "bài"), ("mô hình", "mô hình"), ("người", "người"),
)
