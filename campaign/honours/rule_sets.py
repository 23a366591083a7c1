"""Bộ quy định và đơn vị đo: the catalogue as shipped; unverified until somebody confirms it."""

from datetime import date
from typing import Any

_IN_DETAIL = "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng"
_LAW_OF_2022 = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
_DECREE_91 = f"Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ {_IN_DETAIL}"
_DECREE_98 = f"Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ {_IN_DETAIL}"
_DECREE_152 = (
    "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, "
    "phân quyền trong "
    "lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật "
    "Thi đua, "
    "khen thưởng"
)
_CIRCULAR_1 = (
    "Thông tư số 01/2024/TT-BNV ngày 24 tháng 02 năm 2024 của Bộ trưởng Bộ Nội vụ quy định biện "
    "pháp thi hành "
    "Luật Thi đua, khen thưởng và Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính "
    "phủ "
    f"{_IN_DETAIL}"
)
_CIRCULAR_15 = (
    "Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025 của Bộ trưởng Bộ Nội vụ quy định biện "
    "pháp để tổ chức, "
    "hướng dẫn thi hành Luật Thi đua, khen thưởng và Nghị định số 152/2025/NĐ-CP"
)
_POWER_2022 = f"khoản 1 Điều 80 {_LAW_OF_2022}"
"""Luật 06/2022/QH15: the head of a department decides giấy khen."""
_PAY_2017 = {
    "pays_highest_only": True,
    "highest_source": "NĐ 91/2017/NĐ-CP Điều 68, chưa đối chiếu",
}
_PAY_2023 = {
    "pays_highest_only": True,
    "highest_source": "NĐ 98/2023/NĐ-CP, điều khoản chưa đối chiếu",
}
_PAY_2025 = {"pays_highest_only": True, "highest_source": "NĐ 152/2025/NĐ-CP Điều 49 khoản 5–7"}
_WOMEN_2025 = {"puts_women_first": True, "women_source": "NĐ 152/2025/NĐ-CP Điều 4 khoản 6"}
_UNCHECKED = "tên gọi và ngày hiệu lực của các thông tư: chưa đối chiếu"
_FORMER_NOTE = "ngày ban hành và tên gọi văn bản: chưa đối chiếu"

RULE_SETS: tuple[dict[str, Any], ...] = (
    {
        "code": "RS-2017",
        "title": "Luật Thi đua, khen thưởng 2003 (sửa 2005, 2013); NĐ 91/2017/NĐ-CP",
        "in_force_from": date(2017, 10, 1),
        "in_force_to": date(2023, 12, 31),
        **_PAY_2017,
        "power_basis": "",
        "legal_basis": "\n".join(
            (
                "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003",
                "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 14 tháng "
                "6 năm "
                "2005",
                "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 16 tháng "
                "11 năm "
                "2013",
                _DECREE_91,
                "Thông tư số 08/2017/TT-BNV ngày 27 tháng 10 năm 2017 của Bộ trưởng Bộ Nội vụ quy "
                "định chi tiết thi hành "
                "một số điều của Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của "
                "Chính phủ "
                f"{_IN_DETAIL} "
                "(từ 15/12/2017 đến 31/12/2019)",
                "Thông tư số 12/2019/TT-BNV ngày 04 tháng 11 năm 2019 của Bộ trưởng Bộ Nội vụ "
                "hướng "
                "dẫn thi hành một số "
                f"điều của Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ "
                f"{_IN_DETAIL} "
                "(từ 01/01/2020)",
            )
        ),
        "source": f"thuvienphapluat.vn; bảng tiêu chí Bình Định 2021; {_UNCHECKED}",
    },
    {
        "code": "RS-2022a",
        "title": "Luật Thi đua, khen thưởng 2022; NĐ 98/2023/NĐ-CP",
        "in_force_from": date(2024, 1, 1),
        "in_force_to": date(2025, 6, 30),
        **_PAY_2023,
        "power_basis": _POWER_2022,
        "has_golden_book": True,
        "legal_basis": f"{_LAW_OF_2022}\n{_DECREE_98}\n{_CIRCULAR_1} (từ 15/04/2024)",
        "source": f"thuvienphapluat.vn; {_UNCHECKED}",
    },
    {
        "code": "RS-2022b",
        "title": "Luật Thi đua, khen thưởng 2022; NĐ 152/2025/NĐ-CP",
        "in_force_from": date(2025, 7, 1),
        "in_force_to": date(2026, 9, 30),
        **_PAY_2025,
        **_WOMEN_2025,
        "power_basis": _POWER_2022,
        "has_golden_book": True,
        "legal_basis": f"{_LAW_OF_2022}\n{_DECREE_152}\n{_CIRCULAR_1} (đến 04/08/2025)\n"
        f"{_CIRCULAR_15} (từ 05/08/2025)",
        "source": f"thuvienphapluat.vn; vbpl.vn; {_UNCHECKED}",
    },
    {
        "code": "RS-2026",
        "title": "Luật Thi đua, khen thưởng 2022, sửa đổi bởi Luật 06/2026/QH16",
        "in_force_from": date(2026, 10, 1),
        "in_force_to": None,
        **_PAY_2025,
        **_WOMEN_2025,
        "power_basis": _POWER_2022,
        "has_golden_book": True,
        "legal_basis": f"{_LAW_OF_2022}\n"
        "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 23 "
        "tháng 4 năm 2026\n"
        f"{_DECREE_152}\n{_CIRCULAR_15}",
        "source": "Luật 06/2026/QH16, theo nguồn gián tiếp; nghị định hướng dẫn luật sửa đổi: "
        "chưa tìm thấy; "
        "tên gọi văn bản, mức thưởng, mẫu: chưa đối chiếu",
    },
)

FORMER_RULE_SETS: dict[str, dict[str, tuple[Any, ...]]] = {
    "RS-2017": {
        "pays_highest_only": (False,),
        "highest_source": ("",),
        "legal_basis": (
            "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số "
            "điều của Luật Thi "
            "đua, khen thưởng ngày 14 tháng 6 năm 2005 và ngày 16 tháng 11 năm 2013\n"
            f"{_DECREE_91}\n"
            "Thông tư số 12/2019/TT-BNV ngày 04 tháng 11 năm 2019 của Bộ trưởng Bộ Nội vụ hướng "
            "dẫn thi hành một số "
            f"điều của Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ "
            f"{_IN_DETAIL}",
        ),
        "source": (f"thuvienphapluat.vn; bảng tiêu chí Bình Định 2021; {_FORMER_NOTE}",),
    },
    "RS-2022a": {
        "has_golden_book": (False,),
        "pays_highest_only": (False,),
        "highest_source": ("",),
        "power_basis": ("",),
        "legal_basis": (
            f"{_LAW_OF_2022}\n{_DECREE_98}\nThông tư số 01/2024/TT-BNV của Bộ trưởng Bộ Nội vụ",
        ),
        "source": (f"thuvienphapluat.vn; {_FORMER_NOTE}",),
    },
    "RS-2022b": {
        "has_golden_book": (False,),
        "pays_highest_only": (False,),
        "highest_source": ("",),
        "puts_women_first": (False,),
        "women_source": ("",),
        "power_basis": ("",),
        "in_force_to": (None,),
        "legal_basis": (
            f"{_LAW_OF_2022}\n{_DECREE_152}\n"
            "Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025 của Bộ trưởng Bộ Nội "
            "vụ",
        ),
        "source": (f"thuvienphapluat.vn; vbpl.vn; {_FORMER_NOTE}",),
    },
}
"""Như đã cài trước đây: what an upgrade may replace, for the office never touched it."""
