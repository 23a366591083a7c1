"""Bộ quy định và đơn vị đo: the catalogue as shipped; unverified until somebody confirms it."""

from datetime import date
from typing import Any

RULE_SETS: tuple[dict[str, Any], ...] = (
    {
        "code": "RS-2017", "title": "Luật Thi đua, khen thưởng 2003 (sửa 2005, 2013); NĐ 91/2017/NĐ-CP",
        "in_force_from": date(2017, 10, 1), "in_force_to": date(2023, 12, 31),
        "legal_basis": "Luật Thi đua, khen thưởng ngày 26/11/2003; Luật sửa đổi, bổ sung năm 2005 và năm 2013\n"
                       "Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ\n"
                       "Thông tư số 12/2019/TT-BNV ngày 04/11/2019 của Bộ Nội vụ",
        "source": "thuvienphapluat.vn; bảng tiêu chí Bình Định 2021",
    },
    {
        "code": "RS-2022a", "title": "Luật Thi đua, khen thưởng 2022; NĐ 98/2023/NĐ-CP",
        "in_force_from": date(2024, 1, 1), "in_force_to": date(2025, 6, 30),
        "legal_basis": "Luật Thi đua, khen thưởng số 06/2022/QH15\nNghị định số 98/2023/NĐ-CP ngày 31/12/2023\n"
                       "Thông tư số 01/2024/TT-BNV",
        "source": "thuvienphapluat.vn",
    },
    {
        "code": "RS-2022b", "title": "Luật Thi đua, khen thưởng 2022; NĐ 152/2025/NĐ-CP",
        "in_force_from": date(2025, 7, 1), "in_force_to": None,
        "legal_basis": "Luật Thi đua, khen thưởng số 06/2022/QH15\nNghị định số 152/2025/NĐ-CP ngày 14/6/2025\n"
                       "Thông tư số 15/2025/TT-BNV ngày 04/8/2025",
        "source": "thuvienphapluat.vn; vbpl.vn",
    },
)

MEASURE_UNITS = (
    ("phần trăm", "%"), ("chỉ số (cùng kỳ = 100)", "%"), ("tỷ đồng", "tỷ đồng"), ("triệu đồng", "triệu đồng"),
    ("triệu USD", "triệu USD"), ("điểm", "điểm"), ("nhiệm vụ", "nhiệm vụ"), ("hộ", "hộ"), ("cuộc", "cuộc"),
    ("bài", "bài"), ("mô hình", "mô hình"), ("người", "người"),
)
