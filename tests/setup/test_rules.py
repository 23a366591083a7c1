"""What is missing of a set-up, and lines of units read one by one."""

import pytest

from campaign.core.errors import RuleViolation
from campaign.core.permissions import Permission
from campaign.setup.pasting import digest, made_code, notes_of, pasted_units
from campaign.setup.rules import Facts, Part, steps

LETTERHEAD = {
    "above": "UBND tỉnh Hòa Bình",
    "place": "Hòa Bình",
    "code": "SYT",
    "leader_job": "Giám đốc",
    "leader_name": "Bùi Thị Minh",
}
WHOLE = {
    "has_office": True,
    "letterhead": LETTERHEAD,
    "units": 2,
    "has_secretariat": True,
    "has_director": True,
    "campaigns": 1,
}


def _missing(**facts):
    return {step.part.value: step.missing for step in steps(Facts(**facts))}


def test_of_nothing_everything_is_missing_in_order():
    assert _missing() == {
        "office": (
            "tên và mã cơ quan",
            "cơ quan chủ quản",
            "địa danh",
            "chữ viết tắt trong ký hiệu",
            "chức vụ người đứng đầu",
            "họ và tên người đứng đầu",
        ),
        "units": ("danh sách đơn vị",),
        "people": (
            "người giữ vai trò Thường trực Hội đồng",
            "người giữ vai trò Giám đốc",
            "thủ trưởng và cán bộ của các đơn vị",
        ),
        "campaign": ("dự thảo kế hoạch phong trào",),
    }


def test_of_the_whole_nothing_is_missing():
    made = steps(Facts(**WHOLE))
    assert [(step.part, step.is_done, step.note) for step in made] == [
        (part, True, "đã xong") for part in Part
    ]


@pytest.mark.parametrize(
    ("headless", "missing"),
    [
        (["Phòng A"], "thủ trưởng của Phòng A"),
        (["A", "B", "C"], "thủ trưởng của A, B, C"),
        (["A", "B", "C", "D"], "thủ trưởng của A, B, C và 1 đơn vị nữa"),
        (["A", "B", "C", "D", "E"], "thủ trưởng của A, B, C và 2 đơn vị nữa"),
    ],
)
def test_units_without_a_head_are_named_and_the_rest_counted(headless, missing):
    people = steps(Facts(**WHOLE, headless=headless))[2]
    assert (people.missing, people.note) == ((missing,), f"còn thiếu: {missing}")


def test_what_the_letterhead_leaves_empty_is_missing():
    held = LETTERHEAD | {"place": "", "leader_name": ""}
    assert _missing(**WHOLE | {"letterhead": held})["office"] == (
        "địa danh",
        "họ và tên người đứng đầu",
    )
    assert len(_missing(has_office=True)["office"]) == 5


def test_who_administers_is_told_of_all_but_the_campaign():
    assert {part: part.permission for part in Part} == {
        Part.OFFICE: Permission.ACCOUNT_MANAGE,
        Part.UNITS: Permission.ACCOUNT_MANAGE,
        Part.PEOPLE: Permission.ACCOUNT_MANAGE,
        Part.CAMPAIGN: Permission.CAMPAIGN_PLAN,
    }


def _read(text, codes=(), names=()):
    return [
        (unit.number, unit.name, unit.code, unit.short_name, unit.is_code_made)
        for unit in pasted_units(text, codes=codes, names=names)
        if not unit.faults
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Phòng Tổ chức cán bộ", ("Phòng Tổ chức cán bộ", "PTCCB", True)),
        ("1. Phòng Tổ chức cán bộ", ("Phòng Tổ chức cán bộ", "PTCCB", True)),
        ("- Phòng  Tổ chức cán bộ ", ("Phòng Tổ chức cán bộ", "PTCCB", True)),
        ("Phòng Tổ chức cán bộ; TCCB", ("Phòng Tổ chức cán bộ", "TCCB", False)),
        ("3\tPhòng Tổ chức cán bộ\tTCCB", ("Phòng Tổ chức cán bộ", "TCCB", False)),
        ("3.\tPhòng Tổ chức cán bộ\t\t", ("Phòng Tổ chức cán bộ", "PTCCB", True)),
        ("UBND huyện Đà Bắc", ("UBND huyện Đà Bắc", "UBNDHDB", True)),
    ],
)
def test_a_line_is_a_name_with_a_code_of_its_own_or_of_initials(line, expected):
    name, code, is_made = expected
    assert _read(line) == [(1, name, code, name, is_made)]


def test_a_short_name_comes_third_and_empty_lines_are_passed_over_but_counted():
    assert _read("\nPhòng A; PA; A\n\nPhòng B; ; B") == [
        (2, "Phòng A", "PA", "A", False),
        (4, "Phòng B", "PB", "B", True),
    ]


def test_codes_that_are_made_avoid_those_in_use_and_those_given_further_down():
    assert [
        code for _, _, code, _, _ in _read("Phòng A\nPhòng B\nPhòng A hai; PB", codes=["pa"])
    ] == [
        "PA2",
        "PB2",
        "PB",
    ]
    assert made_code("Phòng A", {"PA", "PA2"}) == "PA3"
    assert made_code("…", ()) == "DV"
    assert made_code("An " * 50, ()) == "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (";", {1: "thiếu tên đơn vị"}),
        ("; PA", {1: "thiếu tên đơn vị"}),
        ("A" * 301 + "; A", {1: "tên dài quá 300 ký tự"}),
        ("Phòng A; PA; " + "a" * 301, {1: "tên ngắn dài quá 300 ký tự"}),
        ("Phòng A; P A", {1: "mã “P A” phải viết liền, nhiều nhất 40 ký tự"}),
        ("Phòng A; PA; A; thừa", {1: "có 4 phần; mỗi dòng nhiều nhất ba phần: tên, mã, tên ngắn"}),
        ("Phòng A\nphòng  a", {2: "trùng tên với dòng 1"}),
        ("Phòng A; X\nPhòng B; x", {2: "mã “x” trùng với dòng 1"}),
        ("Phòng Cũ", {1: "đã có đơn vị tên “Phòng Cũ”"}),
        ("Phòng A; cu", {1: "mã “cu” đã có đơn vị khác dùng"}),
        ("Phòng Cũ; CU", {1: "đã có đơn vị tên “Phòng Cũ”; mã “CU” đã có đơn vị khác dùng"}),
    ],
)
def test_every_fault_stands_at_its_line(text, faults):
    read = pasted_units(text, codes=["CU"], names=["Phòng cũ"])
    assert {unit.number: "; ".join(unit.faults) for unit in read if unit.faults} == faults


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(" \n", "mỗi dòng một đơn vị"), ("\n".join(map(str, range(501))), "có 501 dòng")],
)
def test_nothing_and_too_much_are_refused(text, sentence):
    with pytest.raises(RuleViolation, match=sentence) as refused:
        pasted_units(text, codes=(), names=())
    assert refused.value.field == "lines"


def test_what_was_seen_is_told_from_what_differs():
    read = pasted_units("Phòng A", codes=(), names=())
    seen = digest(read, kind="office", parent_id=1)
    assert seen == digest(read, kind="office", parent_id=1)
    assert seen != digest(read, kind="office", parent_id=2)
    assert seen != digest(read, kind="other", parent_id=1)
    assert seen != digest(pasted_units("Phòng B", codes=(), names=()), kind="office", parent_id=1)


TABLE = """TT\tTên đơn vị\tMã\tTên ngắn
I\tKHỐI CÁC TRƯỜNG\t\t
1\tTrường THPT Mường Ảng\tTHPTMA\tMường Ảng
2\tTr\u00adêng THPT Phan §×nh Giãt\tPDG\t
II\tKHỐI CÁC PHÒNG\t\t
3\tPhòng GD&ĐT Tủa Chùa\t\t
Cộng: 3 đơn vị\t\t\t
\t\tNgười lập biểu\t"""


def test_a_table_pasted_whole_gives_its_units_alone_and_tells_what_was_passed_over():
    assert _read(TABLE) == [
        (3, "Trường THPT Mường Ảng", "THPTMA", "Mường Ảng", False),
        (4, "Trường THPT Phan Đình Giót", "PDG", "Trường THPT Phan Đình Giót", False),
        (6, "Phòng GD&ĐT Tủa Chùa", "PGDDTTC", "Phòng GD&ĐT Tủa Chùa", True),
    ]
    assert notes_of(TABLE) == [
        "Bỏ qua 5 dòng không phải dữ liệu: dòng 1 (dòng tiêu đề: “TT Tên đơn vị Mã Tên ngắn”), "
        "dòng 2 (tên nhóm: “I KHỐI CÁC TRƯỜNG”), dòng 5 (tên nhóm: “II KHỐI CÁC PHÒNG”), "
        "dòng 7 (dòng cộng: “Cộng: 3 đơn vị”), dòng 8 (phần cuối biểu: “Người lập biểu”).",
        "1 ô gõ bằng phông chữ cũ TCVN3 (ABC), đã chuyển thành chữ Unicode: "
        "“Tr\u00adêng THPT Phan §×nh Giãt” thành “Trường THPT Phan Đình Giót”. "
        "Hãy xem lại từng dòng trước khi ghi.",
    ]


def test_a_list_without_numbers_is_read_line_by_line_whatever_its_names_begin_with():
    listed = "Tên đơn vị\nI. Khối cơ quan\nTổng cục A\nKế toán trưởng"
    assert [row[1] for row in _read(listed)] == ["I. Khối cơ quan", "Tổng cục A", "Kế toán trưởng"]
    assert _read("Tên; Mã\nPhòng A; PA") == [(2, "Phòng A", "PA", "Phòng A", False)]
    assert notes_of("Phòng A; PA") == []
