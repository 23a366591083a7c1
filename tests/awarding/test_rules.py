"""What may be awarded, to how many and for how much; on every edge."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.amounts import dong, in_words
from campaign.decision.payments import money
from campaign.decision.rules import (
    Entry,
    Listed,
    Order,
    Signature,
    about_whom,
    corrections,
    listing,
    notice_ends,
    official_order,
    signature,
)
from campaign.honours.catalogue import BASE_SALARIES
from campaign.honours.rules import FormFacts, Rounding, Subject, base_salary_on, form_problem
from campaign.nomination.rules import (
    BY_RANK,
    Candidate,
    Gate,
    Person,
    Standing,
    Strictness,
    Verdict,
    clear_of_the_line,
    expected_awards,
    gates,
    goes_first,
    is_blocked,
    merit,
    places,
    propose,
    sameness,
    shares,
    standards,
    too_many_leaders,
)

COLLECTIVE, INDIVIDUAL = Subject.COLLECTIVE, Subject.INDIVIDUAL
COEFFICIENT = Decimal("0.3")


@pytest.mark.parametrize(
    ("salary", "individual", "collective"),
    [
        (1_490_000, 450_000, 900_000),
        (1_800_000, 540_000, 1_080_000),
        (2_340_000, 710_000, 1_410_000),
        (2_530_000, 760_000, 1_520_000),
        (1_390_000, 420_000, 840_000),
    ],
)
def test_the_money_of_a_certificate_rounded_up(salary, individual, collective):
    assert (
        money(salary, COEFFICIENT, 1, Rounding.CEIL_10000).amount,
        money(salary, COEFFICIENT, 2, Rounding.CEIL_10000).amount,
    ) == (individual, collective)


@pytest.mark.parametrize(
    ("coefficient", "factor", "rounding", "amount"),
    [
        ("0.3", 1, Rounding.NONE, 447_000),
        ("0.3", 2, Rounding.NONE, 894_000),
        ("0.3", 1, Rounding.NEAREST_10000, 450_000),
        ("0.3", 2, Rounding.NEAREST_10000, 890_000),
        ("0.15", 1, Rounding.NEAREST_10000, 220_000),
        ("1", 1, Rounding.CEIL_10000, 1_490_000),
        ("1", 2, Rounding.CEIL_10000, 2_980_000),
        ("8", 1, Rounding.CEIL_10000, 11_920_000),
    ],
)
def test_the_money_of_may_2021(coefficient, factor, rounding, amount):
    assert money(1_490_000, Decimal(coefficient), factor, rounding).amount == amount


def test_the_arithmetic_is_shown():
    assert money(1_490_000, COEFFICIENT, 2, Rounding.CEIL_10000).steps == (
        "1.490.000 × 0,3 × 2 = 894.000, làm tròn lên hàng chục nghìn đồng: 900.000"
    )
    assert (
        money(1_490_000, Decimal("1.00"), 1, Rounding.CEIL_10000).steps
        == "1.490.000 × 1 = 1.490.000"
    )
    assert (
        money(1_490_000, Decimal("10.00"), 1, Rounding.CEIL_10000).steps
        == "1.490.000 × 10 = 14.900.000"
    )
    assert money(1_490_050, Decimal("0.33"), 1, Rounding.NONE).steps == (
        "1.490.050 × 0,33 = 491.716,5, không làm tròn: 491.717"
    )


@given(
    salary=st.sampled_from([amount for _, amount, _ in BASE_SALARIES]),
    hundredths=st.integers(1, 1000),
    factor=st.integers(1, 3),
    rounding=st.sampled_from(Rounding),
)
def test_rounding_never_strays_further_than_it_may(salary, hundredths, factor, rounding):
    raw = Fraction(salary * hundredths * factor, 100)
    amount = money(salary, Decimal(hundredths) / 100, factor, rounding).amount
    off = amount - raw
    match rounding:
        case Rounding.CEIL_10000:
            assert amount % 10_000 == 0
            assert 0 <= off < 10_000
        case Rounding.NEAREST_10000:
            assert amount % 10_000 == 0
            assert -5_000 < off <= 5_000
        case Rounding.NONE:
            assert abs(off) <= Fraction(1, 2)


TABLE = {day: amount for day, amount, _ in BASE_SALARIES}


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2021, 5, 13), 1_490_000),
        (date(2019, 6, 30), 1_390_000),
        (date(2019, 7, 1), 1_490_000),
        (date(2023, 6, 30), 1_490_000),
        (date(2023, 7, 1), 1_800_000),
        (date(2024, 7, 1), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
    ],
)
def test_the_base_salary_is_that_of_the_day(day, amount):
    assert base_salary_on(TABLE, day)[1] == amount


def test_before_the_table_there_is_no_base_salary():
    assert base_salary_on(TABLE, date(2018, 6, 30)) is None


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (450_000, "Bốn trăm năm mươi nghìn đồng"),
        (900_000, "Chín trăm nghìn đồng"),
        (1_490_000, "Một triệu bốn trăm chín mươi nghìn đồng"),
        (11_920_000, "Mười một triệu chín trăm hai mươi nghìn đồng"),
        (21, "Hai mươi mốt đồng"),
        (15, "Mười lăm đồng"),
        (105, "Một trăm linh năm đồng"),
        (115, "Một trăm mười lăm đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (2_000_000_015, "Hai tỷ không trăm mười lăm đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (71_000, "Bảy mươi mốt nghìn đồng"),
        (11, "Mười một đồng"),
        (55, "Năm mươi lăm đồng"),
        (5, "Năm đồng"),
    ],
)
def test_money_in_words(amount, words):
    assert in_words(amount) == words


def test_dong_has_points():
    assert (dong(9_000_000), dong(0)) == ("9.000.000", "0")


STARTS, ENDS = date(2021, 2, 26), date(2021, 4, 30)


@pytest.mark.parametrize(
    ("form", "subject", "problem"),
    [
        (FormFacts("Giấy khen"), COLLECTIVE, None),
        (
            FormFacts("Bằng khen của Thủ tướng", minimum_months=36),
            COLLECTIVE,
            "Bằng khen của Thủ tướng chỉ xét cho phong trào từ 3 năm trở lên.",
        ),
        (
            FormFacts("Lao động tiên tiến", is_annual=True),
            INDIVIDUAL,
            "Lao động tiên tiến là danh hiệu xét hằng năm, không xét cho một phong trào theo đợt.",
        ),
        (
            FormFacts("Cờ thi đua của Bộ", by_launcher_only=True),
            COLLECTIVE,
            "Cờ thi đua của Bộ chỉ xét cho phong trào hoặc khối thi đua do chính cấp đó tổ chức.",
        ),
        (FormFacts("Cờ", subjects=frozenset({COLLECTIVE})), INDIVIDUAL, "Cờ không tặng cá nhân."),
    ],
)
def test_a_form_that_cannot_belong_to_a_campaign_is_refused_by_name(form, subject, problem):
    assert form_problem(form, subject, STARTS, ENDS) == problem


@pytest.mark.parametrize(
    ("ends_on", "is_long_enough"), [(date(2024, 2, 25), True), (date(2024, 2, 24), False)]
)
def test_three_years_are_three_years(ends_on, is_long_enough):
    assert (
        form_problem(FormFacts("x", minimum_months=36), COLLECTIVE, STARTS, ends_on) is None
    ) is is_long_enough


@pytest.mark.parametrize(
    ("count", "percent", "population", "expected"),
    [
        (3, None, 10, 3),
        (None, 20, 14, 2),
        (None, 15, 6, 0),
        (None, 100, 7, 7),
        (None, None, 7, None),
        (0, None, 7, 0),
    ],
)
def test_a_quota_is_a_number_or_a_share_rounded_down(count, percent, population, expected):
    assert places(count=count, percent=percent, population=population) == expected


@pytest.mark.parametrize(
    ("leaders", "total", "limit", "too_many"),
    [
        (2, 4, 50, False),
        (3, 5, 50, True),
        (0, 0, 0, False),
        (1, 3, 33, True),
        (1, 3, 34, False),
        (9, 9, None, False),
    ],
)
def test_the_share_of_leaders_is_compared_by_whole_numbers(leaders, total, limit, too_many):
    assert too_many_leaders(leaders, total, limit) is too_many


@pytest.mark.parametrize(
    ("panels", "expected"),
    [
        ((), 0),
        (((3, None), (2, None)), 5),
        (((3, 2), (1, 2)), 3),
        (((2, 0),), 0),
        (((2, 1), (4, None)), 5),
    ],
)
def test_a_block_adds_no_more_than_its_own_quota_to_the_overall_one(panels, expected):
    assert expected_awards(panels) == expected


def _picked(ranks, limit):
    return [
        (pick.id, pick.is_proposed, pick.is_tied)
        for pick in sorted(
            propose([Candidate(number, rank) for number, rank in enumerate(ranks)], limit),
            key=lambda pick: pick.id,
        )
    ]


@pytest.mark.parametrize(
    ("ranks", "limit", "expected"),
    [
        ((1, 2, 3), 2, [(0, True, False), (1, True, False), (2, False, False)]),
        ((1, 2, 2, 4), 2, [(0, True, False), (1, True, True), (2, True, True), (3, False, False)]),
        (
            (1, 2, 2, 4),
            3,
            [(0, True, False), (1, True, False), (2, True, False), (3, False, False)],
        ),
        ((1, 1, 1), 1, [(0, True, True), (1, True, True), (2, True, True)]),
        ((1, 2), None, [(0, True, False), (1, True, False)]),
        ((1, 2), 0, [(0, False, False), (1, False, False)]),
        ((2, None), 1, [(0, True, False), (1, False, False)]),
    ],
)
def test_a_tie_at_the_quota_line_is_marked_never_broken(ranks, limit, expected):
    assert _picked(ranks, limit) == expected


def test_a_blocked_candidate_gives_his_place_to_the_next():
    picks = propose([Candidate(1, 1, is_blocked=True), Candidate(2, 2)], 1)
    assert [(pick.id, pick.is_proposed, pick.reason) for pick in picks] == [
        (2, True, "hạng 2, trong chỉ tiêu 1"),
        (1, False, "không đạt điều kiện"),
    ]


@given(
    ranks=st.lists(st.one_of(st.none(), st.integers(1, 6)), max_size=12),
    limit=st.one_of(st.none(), st.integers(0, 8)),
)
def test_nobody_ranked_better_is_left_out_for_somebody_ranked_worse(ranks, limit):
    picks = propose([Candidate(number, rank) for number, rank in enumerate(ranks)], limit)
    chosen = [ranks[pick.id] for pick in picks if pick.is_proposed]
    left = [ranks[pick.id] for pick in picks if not pick.is_proposed and ranks[pick.id] is not None]
    assert {pick.id for pick in picks} == set(range(len(ranks)))
    assert not chosen or not left or max(chosen) < min(left)
    firm = [pick for pick in picks if pick.is_proposed and not pick.is_tied]
    assert limit is None or len(firm) <= limit


GOOD = {"took_part": True, "reported": True}


@pytest.mark.parametrize(
    ("more", "how", "verdicts"),
    [
        ({}, {}, ["passed"] * 5),
        ({"reported": False}, {}, ["passed", "blocked", "passed", "passed", "passed"]),
        ({"took_part": False}, {}, ["blocked", "passed", "passed", "passed", "passed"]),
        (
            {"discipline": "khiển trách"},
            {Gate.DISCIPLINE: Strictness.WARN},
            ["passed", "passed", "warned", "passed", "passed"],
        ),
        ({"complaint": "đơn"}, {Gate.COMPLAINT: Strictness.OFF}, ["passed"] * 4),
        (
            {"resembling": ("tên gần giống",)},
            {Gate.DUPLICATE: Strictness.BLOCK},
            ["passed", "passed", "passed", "passed", "warned"],
        ),
        ({"duplicates": ("đã khen",)}, {}, ["passed", "passed", "passed", "passed", "blocked"]),
    ],
)
def test_gates_pass_warn_or_block_and_say_why(more, how, verdicts):
    checked = gates(Standing(**(GOOD | more)), how)
    assert [one.verdict.value for one in checked] == verdicts
    assert is_blocked(checked) is ("blocked" in verdicts)
    assert all(one.reason for one in checked if one.verdict is not Verdict.PASSED)


@pytest.mark.parametrize(
    ("days", "working", "holidays", "expected"),
    [
        (3, True, (), date(2021, 5, 18)),
        (3, False, (), date(2021, 5, 16)),
        (0, True, (), date(2021, 5, 13)),
        (1, True, (date(2021, 5, 14),), date(2021, 5, 17)),
    ],
)
def test_a_notice_lasts_full_days_after_its_posting(days, working, holidays, expected):
    assert notice_ends(date(2021, 5, 13), days, working=working, holidays=holidays) == expected


ROWS = [
    Listed(1, INDIVIDUAL, 2, "anh"),
    Listed(2, COLLECTIVE, 2, "phong"),
    Listed(3, INDIVIDUAL, 1, "yen"),
    Listed(4, COLLECTIVE, 1, "zz"),
    Listed(5, INDIVIDUAL, None, "binh"),
]


@pytest.mark.parametrize(
    ("order", "expected"), [(Order.RANK, [4, 2, 3, 1, 5]), (Order.NAME, [4, 2, 1, 5, 3])]
)
def test_collectives_stand_first_then_people(order, expected):
    assert official_order(ROWS, order) == expected


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([], "chưa có cá nhân nào"),
        ([(True, "Ông"), (False, "Bà"), (False, "")], "2/3 trực tiếp làm việc, nữ 1/2"),
        ([(False, "")], "1/1 trực tiếp làm việc"),
    ],
)
def test_the_make_up_of_a_list_is_said(people, words):
    assert shares(people).words == words


@pytest.mark.parametrize(
    ("achievements", "words"),
    [
        ("Hoàn thành  tốt\nnhiệm vụ.", "Hoàn thành tốt nhiệm vụ."),
        (BY_RANK, BY_RANK),
        ("Hạng 1 trong khối theo xếp hạng đã chốt.", BY_RANK),
        ("Hạng 1 trong khối theo xếp hạng đã khoá.", BY_RANK),
    ],
)
def test_what_the_council_reads_of_a_merit_tells_no_rank(achievements, words):
    assert merit(achievements) == words


def test_the_standards_are_the_gates_that_are_looked_at():
    assert standards({"duplicate": "warn", "took_part": "block", "reported": "off"}) == (
        "tham gia phong trào; chưa được khen cho cùng thành tích"
    )


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        (("Trần Thị Lan", None, 1), ("Trần Thị Lan", None, 1), "same"),
        (("Trần Thị Lan", None, 1), ("Trần Thị Lân", None, 1), "alike"),
        (("Trần Thị Lan", 1980, 1), ("Trần Thị Lan", 1990, 1), "other"),
        (("Trần Thị Lan", 1980, 1), ("Trần Thị Lan", 1980, 2), "same"),
        (("Trần Thị Lan", 1980, 1), ("Trần Thị Lan", None, 1), "same"),
        (("Trần Thị Lan", None, 1), ("Trần Thị Lan", None, 2), "other"),
        (("Trần Thị Lan", None, 1), ("Lê Thị Lan", None, 1), "other"),
        (("Phạm Thị Ðào", None, 1), ("PHẠM  THỊ ĐÀO", None, 1), "same"),
    ],
)
def test_a_person_is_told_by_name_with_tones_and_by_birth_year_else_by_unit(first, second, how):
    assert sameness(Person(*first), Person(*second)) == how


ENTRY = Entry("Ông Trần An", "Chuyên viên", "Phòng A", "Giấy khen", 450_000)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (ENTRY, []),
        (replace(ENTRY, name="Bà Trần An"), ["tên: “Ông Trần An” nay sửa thành “Bà Trần An”"]),
        (
            replace(ENTRY, job="", unit="Phòng B"),
            ["chức vụ: bỏ “Chuyên viên”", "đơn vị: “Phòng A” nay sửa thành “Phòng B”"],
        ),
        (
            replace(ENTRY, form="Bằng khen", amount=1_490_000),
            [
                "hình thức: “Giấy khen” nay sửa thành “Bằng khen”",
                "tiền thưởng: “450.000 đồng” nay sửa thành “1.490.000 đồng”",
            ],
        ),
    ],
)
def test_a_correction_says_each_fact_as_it_was_and_as_it_is(after, words):
    assert [one.words for one in corrections(ENTRY, after)] == words


def test_what_was_not_written_is_added():
    (found,) = corrections(replace(ENTRY, job=""), ENTRY)
    assert (found.words, found.is_money) == ("chức vụ: bổ sung “Chuyên viên”", False)
    (money_,) = corrections(ENTRY, replace(ENTRY, amount=0))
    assert money_.is_money is True


@pytest.mark.parametrize(
    ("collectives", "people", "words"),
    [
        (["Phòng A"], [], "Phòng A"),
        (["Phòng A"], ["Ông An", "Bà Bình"], "Phòng A, Ông An, Bà Bình"),
        (["A", "B", "C", "D"], [], "04 tập thể"),
        (["A"], ["B", "C", "D"], "01 tập thể và 03 cá nhân"),
    ],
)
def test_a_title_names_few_and_counts_many(collectives, people, words):
    assert about_whom(collectives, people) == words


@pytest.mark.parametrize(
    ("signers", "scan", "found"),
    [
        (True, False, Signature.SIGNER),
        (True, True, Signature.SIGNER),
        (False, True, Signature.SCAN),
        (False, False, None),
    ],
)
def test_a_signature_rests_on_the_signers_side_or_on_the_scan(signers, scan, found):
    assert signature(by_signers_side=signers, has_scan=scan) is found


_LAW = "hạng 1, đồng hạng tại ranh chỉ tiêu 2, nữ hoặc tập thể có từ 70 % là nữ xếp trước (luật)"
_TIED = "hạng 1, đồng hạng tại ranh chỉ tiêu 2"


@pytest.mark.parametrize(
    ("firsts", "source", "picks"),
    [
        ((1,), "luật", [(1, True, False, _LAW), (2, True, True, _LAW), (3, True, True, _LAW)]),
        ((1, 2), "luật", [(1, True, False, _LAW), (2, True, False, _LAW), (3, False, False, _LAW)]),
        (
            (1, 2, 3),
            "luật",
            [(1, True, True, _TIED), (2, True, True, _TIED), (3, True, True, _TIED)],
        ),
        ((), "luật", [(1, True, True, _TIED), (2, True, True, _TIED), (3, True, True, _TIED)]),
        ((1,), None, [(1, True, True, _TIED), (2, True, True, _TIED), (3, True, True, _TIED)]),
    ],
)
def test_among_equals_at_the_quota_women_are_taken_first_where_the_rule_set_says_so(
    firsts, source, picks
):
    candidates = [Candidate(number, 1, goes_first=number in firsts) for number in (1, 2, 3)]
    told = propose(candidates, 2, source)
    assert [(pick.id, pick.is_proposed, pick.is_tied, pick.reason) for pick in told] == picks


def test_women_more_than_the_places_compete_among_themselves():
    candidates = [Candidate(number, 1, goes_first=number < 3) for number in (1, 2, 3)]
    law = "hạng 1, đồng hạng tại ranh chỉ tiêu 1, nữ hoặc tập thể có từ 70 % là nữ xếp trước"
    assert [
        (pick.is_proposed, pick.is_tied, pick.reason) for pick in propose(candidates, 1, "")
    ] == [(True, True, law), (True, True, law), (False, False, law)]


@pytest.mark.parametrize(
    ("subject", "honorific", "women", "members", "is_first"),
    [
        (Subject.INDIVIDUAL, "Bà", None, None, True),
        (Subject.INDIVIDUAL, "Ông", None, None, False),
        (Subject.COLLECTIVE, "", 7, 10, True),
        (Subject.COLLECTIVE, "", 69, 100, False),
        (Subject.COLLECTIVE, "", None, None, False),
        (Subject.COLLECTIVE, "", 2, 3, False),
    ],
)
def test_a_woman_or_a_collective_of_70_per_cent_women_goes_first(
    subject, honorific, women, members, is_first
):
    assert goes_first(subject, honorific, women, members) is is_first


def test_of_many_awarded_it_is_said_how_many_of_each_kind():
    assert (
        about_whom(["A", "B"], ["An"], ["Hộ ông Bình", "Hộ bà Chi"])
        == "02 tập thể, 02 hộ gia đình và 01 cá nhân"
    )
    assert about_whom(["A"], ["An"], ["Hộ ông Bình"]) == "A, Hộ ông Bình, An"
    assert [listing(parts) for parts in ([], ["A"], ["A", "B"])] == ["", "A", "A và B"]


@pytest.mark.parametrize(
    ("ranks", "limit", "clear"),
    [
        ([1, 2, 3], None, {1, 2, 3}),
        ([1, 2, 3], 3, {1, 2, 3}),
        ([1, 2, 3, 4, 5, 5, 5], 5, {1, 2, 3, 4}),
        ([1, 1, 1], 2, set()),
        ([1, 2, 2], 2, {1}),
        ([1, 2, 3, 4, 5, 9], 5, {1, 2, 3, 4}),
        ([1, 2, None], 2, {1}),
        ([1, 2, 3], 0, set()),
    ],
)
def test_who_is_clearly_inside_the_quota_does_not_compete_at_its_line(ranks, limit, clear):
    candidates = [Candidate(number, rank) for number, rank in enumerate(ranks, start=1)]
    assert clear_of_the_line(candidates, limit) == clear
