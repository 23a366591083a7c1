"""Văn bản làm căn cứ."""

from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest

from campaign.honours.instruments import (
    Instrument,
    basis_lines,
    basis_on,
    basis_problems,
    instrument,
    instruments,
    mixed_words,
    outside_words,
    paper_basis,
    power_problem,
    rule_set_for,
    span_words,
)
from campaign.honours.rule_sets import RULE_SETS

DECREE = "Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết Luật"
LAW = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            DECREE,
            Instrument(
                DECREE,
                "Nghị định",
                "",
                "91/2017/NĐ-CP",
                date(2017, 7, 31),
                "Chính phủ",
                "quy định chi tiết Luật",
            ),
        ),
        (
            f"- Căn cứ {DECREE};",
            Instrument(
                f"- Căn cứ {DECREE}",
                "Nghị định",
                "",
                "91/2017/NĐ-CP",
                date(2017, 7, 31),
                "Chính phủ",
                "quy định chi tiết Luật",
            ),
        ),
        (LAW, Instrument(LAW, "Luật", "", "", date(2022, 6, 15), "", "Thi đua, khen thưởng")),
        (
            f"khoản 1 Điều 80 {LAW}",
            Instrument(
                f"khoản 1 Điều 80 {LAW}",
                "Luật",
                "khoản 1 Điều 80",
                "",
                date(2022, 6, 15),
                "",
                "Thi đua, khen thưởng",
            ),
        ),
        (
            "Quyết định 1306/QĐ-UBND ngày 29/7/2015 của Uỷ ban nhân dân tỉnh ban hành Quy chế "
            "(đến 31/12/2023)",
            Instrument(
                "Quyết định 1306/QĐ-UBND ngày 29/7/2015 của Uỷ ban nhân dân tỉnh ban hành Quy chế",
                "Quyết định",
                "",
                "1306/QĐ-UBND",
                date(2015, 7, 29),
                "Uỷ ban nhân dân tỉnh",
                "ban hành Quy chế",
                cited_to=date(2023, 12, 31),
            ),
        ),
        (
            "Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025 (áp dụng từ 05/08/2025 đến "
            "30/09/2026);",
            Instrument(
                "Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025",
                "Thông tư",
                "",
                "15/2025/TT-BNV",
                date(2025, 8, 4),
                cited_from=date(2025, 8, 5),
                cited_to=date(2026, 9, 30),
            ),
        ),
        ("Quy chế của Sở", Instrument("Quy chế của Sở", "Quy chế", title="của Sở")),
        (
            "Theo đề nghị của Hội đồng ngày 4 tháng 5 năm 2021",
            Instrument(
                "Theo đề nghị của Hội đồng ngày 4 tháng 5 năm 2021", issued_on=date(2021, 5, 4)
            ),
        ),
        ("Chương trình số 4", Instrument("Chương trình số 4")),
        (
            "Nghị quyết số 31/NQ-TW ngày 31 tháng 02 năm 2021 (từ 31/02/2021)",
            Instrument(
                "Nghị quyết số 31/NQ-TW ngày 31 tháng 02 năm 2021", "Nghị quyết", "", "31/NQ-TW"
            ),
        ),
        ("Kế hoạch năm ()", Instrument("Kế hoạch năm ()", "Kế hoạch", title="năm ()")),
    ],
)
def test_a_line_of_legal_bases_is_read_as_its_parts(line, expected):
    assert instrument(line) == expected


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        (DECREE, ()),
        (LAW, ()),
        ("Theo đề nghị của Hội đồng", ()),
        (
            "Thông tư số 01/2024/TT-BNV của Bộ trưởng Bộ Nội vụ",
            ("ngày ban hành", "cơ quan ban hành"),
        ),
        ("Quyết định ngày 29/7/2015 của Uỷ ban nhân dân tỉnh", ("số, ký hiệu", "trích yếu")),
        ("Luật Thi đua, khen thưởng", ("ngày ban hành",)),
    ],
)
def test_what_a_citation_lacks_is_named(line, lacks):
    assert instrument(line).lacks == lacks


def test_a_basis_is_cited_from_its_first_day_to_its_last():
    text = (
        f"{LAW}\n\n{DECREE} (đến 04/08/2025)\nThông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm "
        "2025 (từ 05/08/2025)"
    )
    circular = "Thông tư số 15/2025/TT-BNV ngày 04 tháng 8 năm 2025"
    assert basis_lines(text) == [LAW, DECREE, circular]
    assert basis_on(text, date(2025, 8, 4)) == [LAW, DECREE]
    assert basis_on(text, date(2025, 8, 5)) == [LAW, circular]
    assert basis_on(text, date(2022, 6, 14)) == [DECREE]


def test_what_founds_the_power_to_sign_stands_first_and_its_law_once():
    power = (
        "Quyết định số 12/QĐ-UBND ngày 01 tháng 3 năm 2023 của Uỷ ban nhân dân tỉnh\nkhoản 1 "
        f"Điều 80 {LAW}"
    )
    assert paper_basis(power, f"{LAW}\n{DECREE}", date(2024, 1, 1)) == [
        "Quyết định số 12/QĐ-UBND ngày 01 tháng 3 năm 2023 của Uỷ ban nhân dân tỉnh",
        f"khoản 1 Điều 80 {LAW}",
        DECREE,
    ]
    assert paper_basis("", f"{LAW}\n{DECREE}", date(2024, 1, 1)) == [LAW, DECREE]


def test_a_basis_younger_than_its_paper_and_one_without_its_parts_are_told():
    text = f"{DECREE}\nThông tư số 01/2024/TT-BNV của Bộ trưởng"
    assert basis_problems(text, date(2017, 7, 30)) == [
        "Nghị định 91/2017/NĐ-CP ban hành ngày 31/07/2017, sau ngày 30/07/2017 của văn bản.",
        "Thông tư 01/2024/TT-BNV: thiếu ngày ban hành, cơ quan ban hành.",
    ]
    assert basis_problems(DECREE, None) == []


def _rules(code, since=None, until=None):
    return SimpleNamespace(code=code, in_force_from=since, in_force_to=until)


OLD, NEW = _rules("CU", date(2025, 7, 1), date(2026, 9, 30)), _rules("MOI", date(2026, 10, 1))
OPEN = _rules("MO")


@pytest.mark.parametrize(
    ("own", "day", "code"),
    [
        (OLD, date(2026, 9, 30), "CU"),
        (OLD, date(2026, 10, 1), "MOI"),
        (NEW, date(2026, 9, 30), "CU"),
        (OLD, date(2025, 6, 30), "CU"),
        (OPEN, date(2026, 10, 1), "MO"),
    ],
)
def test_the_rule_set_is_that_of_the_day_the_dossier_was_received(own, day, code):
    assert rule_set_for(own, [OLD, NEW, OPEN], day).code == code


@pytest.mark.parametrize(
    ("rules", "day", "words"),
    [
        (OLD, date(2026, 9, 30), ""),
        (
            OLD,
            date(2026, 10, 1),
            "Bộ quy định CU có hiệu lực từ 01/07/2025 đến 30/09/2026, không gồm ngày nhận hồ sơ "
            "01/10/2026; ngày đó theo MOI.",
        ),
        (
            NEW,
            date(2026, 9, 30),
            "Bộ quy định MOI có hiệu lực từ 01/10/2026, không gồm ngày nhận hồ sơ 30/09/2026; "
            "ngày đó theo CU. Hồ sơ nhận trước ngày quy định mới có hiệu lực thì theo quy định cũ, "
            "trừ khi quy định mới có lợi hơn.",
        ),
        (
            OLD,
            date(2020, 1, 1),
            "Bộ quy định CU có hiệu lực từ 01/07/2025 đến 30/09/2026, không gồm ngày nhận hồ sơ "
            "01/01/2020. Hồ sơ nhận trước ngày quy định mới có hiệu lực thì theo quy định cũ, "
            "trừ khi quy định mới có lợi hơn.",
        ),
    ],
)
def test_a_day_outside_a_rule_set_is_told_with_the_one_it_belongs_to(rules, day, words):
    assert outside_words(rules, [OLD, NEW, OPEN], day, "ngày nhận hồ sơ") == words


POWER = "khoản 1 Điều 80 Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"


@pytest.mark.parametrize(
    ("power", "text", "is_founded"),
    [
        (POWER, f"{POWER}\nNghị định số 98/2023/NĐ-CP", True),
        (POWER, f"- Căn cứ {POWER};", True),
        (POWER, "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", False),
        (POWER, "Nghị định số 152/2025/NĐ-CP quy định về phân cấp, phân quyền", False),
        (
            "",
            "Quyết định số 3/QĐ-UBND ngày 04 tháng 01 năm 2021 của Uỷ ban nhân dân tỉnh quy định "
            "chức năng, nhiệm vụ của Sở",
            True,
        ),
        ("", "Quyết định số 9/QĐ-UBND của Chủ tịch về việc ủy quyền ký giấy khen", True),
        ("", "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003", False),
        ("", "", False),
    ],
)
def test_what_founds_the_power_to_sign_is_missed_where_it_is_not_cited(power, text, is_founded):
    assert (power_problem(power, text) == "") is is_founded


BEFORE, AFTER = date(2026, 9, 30), date(2026, 10, 1)


@pytest.mark.parametrize(
    ("received", "words"),
    [
        ([], ""),
        ([("A", BEFORE), ("B", BEFORE)], ""),
        ([("A", AFTER), ("B", AFTER)], ""),
        ([("A", BEFORE), ("B", AFTER)], "A (CU)"),
        (
            [("A", BEFORE), ("B", BEFORE), ("C", BEFORE), ("D", BEFORE), ("E", AFTER)],
            "A (CU), B (CU), C (CU) và 1 dòng khác",
        ),
    ],
)
def test_a_list_with_dossiers_of_two_laws_names_those_of_the_other(received, words):
    told = (
        f"Danh sách có hồ sơ nhận ngoài thời gian hiệu lực của MOI: {words}. Hãy bỏ các dòng đó "
        "khỏi dự thảo và lập quyết định riêng, trừ khi quy định mới có lợi hơn."
    )
    assert mixed_words(NEW, [OLD, NEW], received) == (told if words else "")


def test_a_rule_set_without_days_says_so():
    assert span_words(OPEN) == "không ghi thời gian"


@pytest.mark.parametrize("rules", RULE_SETS, ids=lambda rules: rules["code"])
def test_every_shipped_basis_existed_when_it_is_cited_and_is_cited_in_full(rules):
    rows = instruments(f"{rules['power_basis']}\n{rules['legal_basis']}")
    for row in rows:
        first = max(filter(None, (row.cited_from, rules["in_force_from"])))
        assert row.lacks == ()
        assert row.issued_on is not None
        assert row.issued_on <= first
        assert row.cited_to is None or first <= row.cited_to


@pytest.mark.parametrize(
    ("code", "day", "circulars"),
    [
        ("RS-2017", date(2021, 5, 13), ["12/2019/TT-BNV"]),
        ("RS-2017", date(2018, 3, 1), ["08/2017/TT-BNV"]),
        ("RS-2022b", date(2025, 7, 15), ["01/2024/TT-BNV"]),
        ("RS-2022b", date(2025, 8, 4), ["01/2024/TT-BNV"]),
        ("RS-2022b", date(2025, 8, 5), ["15/2025/TT-BNV"]),
        ("RS-2026", date(2026, 11, 28), ["15/2025/TT-BNV"]),
    ],
)
def test_the_circular_that_is_cited_is_the_one_of_the_day(code, day, circulars):
    rules = next(row for row in RULE_SETS if row["code"] == code)
    rows = [instrument(line) for line in basis_on(rules["legal_basis"], day)]
    assert [row.number for row in rows if row.kind == "Thông tư"] == circulars


def test_the_rule_sets_follow_each_other_without_a_gap_or_an_overlap():
    for before, after in pairwise(RULE_SETS):
        assert before["in_force_to"] + timedelta(days=1) == after["in_force_from"]
    assert (
        RULE_SETS[-1]["code"],
        RULE_SETS[-1]["in_force_from"],
        RULE_SETS[-1]["in_force_to"],
    ) == ("RS-2026", date(2026, 10, 1), None)
