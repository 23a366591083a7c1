"""Nội dung mẫu: for each kind of paper every field with an invented value, to try templates."""

from typing import Any

from campaign.office.rules import PaperKind

_CAMPAIGN = "Chào mừng ngày truyền thống ngành (minh hoạ)"
_COMMON: dict[str, Any] = {
    "above": "UBND tỉnh (minh hoạ)",
    "issuer": "Sở Mẫu (minh hoạ)",
    "number": "Số: 12/QĐ-SM",
    "dated": "Hòa Bình, ngày 04 tháng 5 năm 2021",
    "about": "Về việc khen thưởng (minh hoạ)",
    "campaign": _CAMPAIGN,
    "drive": f"phong trào thi đua “{_CAMPAIGN}”",
    "period": "từ ngày 26 tháng 02 năm 2021 đến ngày 30 tháng 4 năm 2021",
    "recipients": ["Như trên;", "Lưu: VT."],
    "signer_title": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    "signer_name": "Nguyễn Văn Mẫu",
    "stamp": "Bản mẫu; nội dung minh hoạ",
    "is_draft": True,
}
_COUNTED = {
    "label": "Phòng Mẫu (minh hoạ)",
    "issued": 9,
    "returned": 9,
    "valid": 9,
    "invalid": 0,
    "yes": 8,
    "no": 1,
    "share": "8/9 = 88,89 %",
    "outcome": "thông qua",
}
_COUNTED_AWARDS = {
    "total": "5",
    "collectives": "2",
    "households": "0",
    "people": "3",
    "workers": "2",
    "women": "1",
}
_AWARDED: dict[str, Any] = {
    "lines": [
        {
            "name": "Phòng Mẫu (minh hoạ)",
            "place": "",
            "form": "Giấy khen",
            "amount": "900.000",
            "register": "1/2021",
        },
        {
            "name": "Ông Trần Văn Mẫu (minh hoạ)",
            "place": "Chuyên viên, Phòng Mẫu",
            "form": "Giấy khen",
            "amount": "450.000",
            "register": "2/2021",
        },
    ],
    "register_title": "Số vào sổ",
    "counted": "01 tập thể và 01 cá nhân",
    "total": "1.350.000",
    "total_words": "Một triệu ba trăm năm mươi nghìn đồng",
    "is_paid": True,
    "fund": "quỹ thi đua, khen thưởng",
    "forms": "Giấy khen",
    "authority": "Giám đốc Sở Mẫu",
    "basis": [
        "Căn cứ Luật Thi đua, khen thưởng;",
        "Theo đề nghị của Hội đồng Thi đua - Khen thưởng.",
    ],
    "number_words": "số 12/QĐ-SM ngày 04 tháng 5 năm 2021 của Giám đốc Sở Mẫu",
}
_OPENED = "14 giờ 00 phút, ngày 05 tháng 5 năm 2021"
_VOTED = {
    "meeting": "1",
    "at": _OPENED,
    "opinions_until": "17 giờ 00 phút, ngày 04 tháng 5 năm 2021",
}

_OWN: dict[PaperKind, dict[str, Any]] = {
    PaperKind.PLAN: {
        "basis": _AWARDED["basis"],
        "announcement": [{"text": "Phát động phong trào trong toàn ngành.", "is_heading": False}],
        "goals": [
            {
                "name": "Tổng mức bán lẻ",
                "target": "từ 44.462 tỷ đồng trở lên",
                "checked": "chưa đối chiếu",
            }
        ],
        "tasks": ["Cải cách hành chính"],
        "blocks": [{"name": "Khối các phòng"}],
        "groups": [{"code": "A", "name": "Chỉ tiêu", "maximum": "60,00"}],
        "scoring": "Tổng điểm chuẩn là 100 điểm.",
        "table": [
            {
                "is_heading": True,
                "code": "A",
                "name": "Chỉ tiêu",
                "how": "",
                "maximum": "60,00",
            },
            {
                "is_heading": False,
                "code": "A1",
                "name": "Tổng mức bán lẻ",
                "how": "Theo “Tổng mức bán lẻ” (từ 44.462 tỷ đồng trở lên): theo tỷ lệ.",
                "maximum": "15,00",
            },
        ],
        "awards": [{"name": "Giấy khen", "subject": "tập thể", "quota": "tối đa 3"}],
        "periods": [
            {
                "name": "Kỳ cuối",
                "starts": "26/02/2021",
                "ends": "30/04/2021",
                "due": "30/04/2021",
                "locks": "05/05/2021",
            }
        ],
    },
    PaperKind.PLEDGE: {
        "unit": "Phòng Mẫu (minh hoạ)",
        "block": "Khối các phòng",
        "targets": [{"name": "Tổng mức bán lẻ", "target": "từ 44.462 tỷ đồng trở lên"}],
        "commitments": ["Hoàn thành 100 % nhiệm vụ."],
    },
    PaperKind.EXEMPLAR: {
        "name": "Tổ khuyến công (minh hoạ)",
        "kind": "tập thể",
        "unit": "Phòng Mẫu (minh hoạ)",
        "field": "Khuyến công",
        "reason": "Giảm một nửa thời gian xử lý hồ sơ.",
        "found": "Trưởng phòng, 01/04/2021",
        "goal": "100 % hồ sơ trước hạn.",
        "helper": "Phòng Tổng hợp",
        "measures": "Hướng dẫn tại chỗ, nêu gương trong giao ban.",
        "until": "30/06/2021",
        "step": "Nhân rộng",
        "result": "98 % hồ sơ trước hạn.",
        "summary": "Cách làm rõ, dễ học theo.",
        "spread": "Hội nghị chuyên đề, ngày 20/06/2021",
        "followed": "3 trong 10 đơn vị đã áp dụng",
        "honoured": "Giấy khen của Giám đốc Sở (minh hoạ)",
    },
    PaperKind.REPORT: {
        "unit": "Phòng Mẫu (minh hoạ)",
        "values": [
            {
                "name": "Tổng mức bán lẻ",
                "target": "từ 44.462 tỷ đồng trở lên",
                "value": "44.900 tỷ đồng",
                "comparison": "41.000 tỷ đồng",
                "kind": "ước",
                "source": "Cục Thống kê",
            }
        ],
        "scores": [
            {
                "section": "Chỉ tiêu chung",
                "code": "A",
                "name": "Chỉ tiêu chung",
                "maximum": "",
                "points": "",
                "explanation": "",
            },
            {
                "section": "",
                "code": "A1",
                "name": "Tổng mức bán lẻ",
                "maximum": "15,00",
                "points": "15,00",
                "explanation": "vượt mức giao",
            },
        ],
        "total": "15,00",
        "narratives": [{"name": "Cải cách hành chính", "text": "Đã hoàn thành."}],
        "chapters": [{"number": "III", "name": "Hạn chế, tồn tại", "text": "Nộp báo cáo chậm."}],
        "scores_number": "IV",
        "evidence": ["so-lieu.pdf"],
    },
    PaperKind.INSPECTION: {
        "unit": "Phòng Mẫu (minh hoạ)",
        "held_on": "20 tháng 4 năm 2021",
        "team": ["Ông Nguyễn Văn Mẫu"],
        "checked": ["Hồ sơ số liệu"],
        "findings": ["Số liệu khớp hồ sơ."],
        "conclusion": ["Công nhận kết quả."],
        "subjects": "Tổng mức bán lẻ",
    },
    PaperKind.SUMMARY: {
        "frozen_at": "15 giờ 00 phút, ngày 05 tháng 5 năm 2021",
        "measure": "Tổng điểm",
        "sha256": "0" * 64,
        "prepared_by": "Trần Thị Mẫu",
        "groups": [{"code": "A", "name": "Chỉ tiêu"}, {"code": "B", "name": "Nhiệm vụ"}],
        "blocks": [
            {
                "name": "Khối các phòng",
                "rows": [
                    {
                        "rank": 1,
                        "name": "Phòng Mẫu (minh hoạ)",
                        "total": "93,85",
                        "band": "Xuất sắc",
                        "groups": ["58,00", "35,85"],
                        "note": "",
                    }
                ],
            }
        ],
    },
    PaperKind.INVITATION: _VOTED
    | {
        "place": "Phòng họp",
        "chair": "Ông Nguyễn Văn Mẫu",
        "agenda": ["Xét khen thưởng."],
        "invited": [
            {"name": "Ông Trần Văn Mẫu", "position": "Trưởng phòng", "function": "Uỷ viên"}
        ],
    },
    PaperKind.BALLOT: {
        "ballot": "1",
        "subject": "Giấy khen, tập thể",
        "rule": "Bỏ phiếu kín",
        "guidance": "Đánh dấu × vào một ô.",
        "signed": True,
        "yes_word": "Đồng ý",
        "no_word": "Không đồng ý",
        "lines": [{"label": "Phòng Mẫu (minh hoạ)", "detail": "hạng 1"}],
    },
    PaperKind.OPINION: _VOTED
    | {"lines": [{"label": "Phòng Mẫu (minh hoạ)", "detail": "Giấy khen, tập thể"}]},
    PaperKind.COUNT: {
        "meeting": "1",
        "place": "Phòng họp",
        "opened_at": _OPENED,
        "ballot": "1",
        "subject": "Giấy khen, tập thể",
        "mode": "bỏ phiếu kín",
        "rule": "từ 70 % tổng số thành viên",
        "members": 10,
        "present": 9,
        "turnout": {"entitled": 9, "voted": 9},
        "yes_word": "Đồng ý",
        "no_word": "Không đồng ý",
        "secretary": "Trần Thị Mẫu",
        "lines": [_COUNTED],
        "remarks": ["Phòng Mẫu: ý kiến bằng văn bản 1 đồng ý, 0 không đồng ý."],
    },
    PaperKind.MINUTES: {
        "opened_at": _OPENED,
        "closed_at": "16 giờ 30 phút, ngày 05 tháng 5 năm 2021",
        "place": "Phòng họp",
        "chair": "Nguyễn Văn Mẫu",
        "secretary": "Trần Thị Mẫu",
        "members": 10,
        "opening": 9,
        "quorum": "đủ số thành viên để họp",
        "present": ["Ông Nguyễn Văn Mẫu, Giám đốc"],
        "absent": ["Bà Lê Thị Mẫu, Chánh Văn phòng (đi công tác)"],
        "replaced": ["Ông Bùi Văn Mẫu, Trưởng phòng (nghỉ ốm; chỉ trong cuộc họp này)"],
        "agenda": ["Xét khen thưởng."],
        "notes": ["Thống nhất kết quả."],
        "ballots": [
            {
                "number": "1",
                "title": "Giấy khen, tập thể",
                "rule": "Bỏ phiếu kín",
                "standards": "tham gia phong trào; có báo cáo cuối kỳ đã thẩm định",
                "merits": ["Phòng Mẫu (minh hoạ): hạng 1; hoàn thành xuất sắc nhiệm vụ."],
                "yes_word": "Đồng ý",
                "no_word": "Không đồng ý",
                "lines": [_COUNTED],
                "remarks": ["Không có."],
            }
        ],
        "annulled": ["Lượt 2. Giấy khen, cá nhân: nhầm danh sách."],
    },
    PaperKind.SUBMISSION: {name: value for name, value in _AWARDED.items() if name != "basis"}
    | {"to": "Giám đốc Sở Mẫu"},
    PaperKind.UPWARD: {
        "to": "UBND tỉnh (minh hoạ)",
        "sender": "Sở Mẫu (minh hoạ)",
        "signatory": "Chủ tịch UBND tỉnh",
        "counted": "01 tập thể",
        "forms": "Bằng khen của Chủ tịch UBND tỉnh",
        "number_words": "số 12/TTr-SM ngày 04 tháng 5 năm 2021 của Sở Mẫu",
        "lines": [
            {
                "name": "Phòng Mẫu (minh hoạ)",
                "place": "",
                "form": "Bằng khen của Chủ tịch UBND tỉnh",
            }
        ],
    },
    PaperKind.ACHIEVEMENT: {
        "report_form": "Mẫu số 07, NĐ 91/2017/NĐ-CP",
        "facts": [{"name": "Họ và tên", "text": "Ông Trần Văn Mẫu (minh hoạ)"}],
        "is_person": True,
        "parts": [
            {"heading": "Thành tích trong phong trào", "lines": ["Hoàn thành xuất sắc nhiệm vụ."]}
        ],
        "confirm_title": "XÁC NHẬN CỦA ĐƠN VỊ\nTRƯỞNG PHÒNG",
        "confirm_name": "Nguyễn Văn Mẫu",
        "achievements": ["Hoàn thành xuất sắc nhiệm vụ."],
        "measures": ["Phân công rõ việc."],
        "effects": ["Rút ngắn thời gian."],
        "earlier_awards": ["Giấy khen năm 2020."],
    },
    PaperKind.DECISION: _AWARDED,
    PaperKind.NOTICE: {name: value for name, value in _AWARDED.items() if name != "basis"}
    | {"body": ["Sở Mẫu thông báo kết quả khen thưởng."]},
    PaperKind.AMENDMENT: _AWARDED
    | {
        "lines": [
            row | {"change": "chức vụ: “Chuyên viên” nay sửa thành “Phó Trưởng phòng”"}
            for row in _AWARDED["lines"]
        ],
        "whom": "Ông Trần Văn Mẫu (minh hoạ)",
        "is_revocation": False,
        "changes": ["Ông Trần Văn Mẫu: chức vụ: “Chuyên viên” nay sửa thành “Phó Trưởng phòng”"],
        "what": "Thu hồi kết quả khen thưởng theo",
        "amended": "12/QĐ-SM ngày 04 tháng 5 năm 2021",
        "reason": "Ghi sai tên",
        "money": "Không phát sinh việc thu hồi.",
    },
    PaperKind.CLOSING: {
        "units": "10 đơn vị tham gia, trong 2 khối thi đua",
        "blocks": [{"name": "Khối các phòng", "count": "6"}],
        "periods": [{"name": "Kỳ cuối", "due": "30/04/2021", "sent": "10/10", "on_time": "9"}],
        "told": "Đã đăng 4 bài tuyên truyền, 1.218 lượt xem.",
        "targets": [
            {
                "name": "Tổng mức bán lẻ",
                "target": "từ 44.462 tỷ đồng trở lên",
                "value": "15.412 tỷ đồng",
                "reached": "đạt 103,99 %",
                "source": "Phòng Mẫu, kỳ cuối",
            }
        ],
        "tasks": [{"name": "Cải cách hành chính", "told": "9 trong 10 đơn vị đã báo cáo kết quả"}],
        "ranks": [
            {
                "block": "Khối các phòng",
                "name": "Phòng Mẫu (minh hoạ)",
                "total": "93,85",
                "unit": "điểm",
                "band": "Xuất sắc",
            }
        ],
        "examples": "Đã đăng ký 2 điển hình (2 tập thể); đến nay ở bước: 2 nhân rộng; "
        "3 đơn vị xác nhận đã học theo.",
        "awards": [{"form": "Giấy khen", **_COUNTED_AWARDS}],
        "awards_total": {"form": "Cộng", **_COUNTED_AWARDS},
        "awards_note": "",
        "money": "1.350.000",
        "is_paid": True,
        "results": ["Phong trào được các đơn vị hưởng ứng (minh hoạ)."],
        "shortcomings": ["Một số đơn vị nộp báo cáo chậm (minh hoạ)."],
        "causes": ["Chưa phân công rõ người theo dõi (minh hoạ)."],
        "lessons": ["Giao chỉ tiêu cụ thể cho từng đơn vị (minh hoạ)."],
        "directions": ["Nhân rộng các cách làm hay (minh hoạ)."],
    },
}
SAMPLES: dict[PaperKind, dict[str, Any]] = {kind: _COMMON | own for kind, own in _OWN.items()}
"""Nội dung mẫu theo loại văn bản."""


def described(kind: PaperKind) -> list[tuple[str, str]]:
    """Các trường của một loại văn bản, each with an example; "row.name" stands in a list."""
    fields: list[tuple[str, str]] = []
    for name, value in SAMPLES[kind].items():
        fields += _described(name, value)
    return fields


def _described(name: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        inner = [
            pair for key, inside in value[0].items() for pair in _described(f"row.{key}", inside)
        ]
        return [(f"for row in {name}", f"danh sách, {len(value[0])} trường"), *inner]
    if isinstance(value, list):
        return [(f"for line in {name}", str(value[0]) if value else "")]
    if isinstance(value, bool):
        return [(f"if {name}", "có hoặc không")]
    return [(name, str(value))]
