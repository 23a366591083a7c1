"""The rule of a vote: what makes sense, how it is said, and how it is kept."""

import pytest

from campaign.core.vote_rules import (
    Base,
    Mode,
    Ordering,
    VoteRule,
    rule_from_data,
    rule_problem,
    rule_to_data,
)


def _rule(share=(70, 100), **more):
    return VoteRule(numerator=share[0], denominator=share[1], **more)


_UNSEEN = "Bỏ phiếu kín thì không biết Chủ tịch Hội đồng chọn gì; hãy chọn biểu quyết công khai."


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (_rule((2, 3)), None),
        (_rule((1, 1)), None),
        (_rule((3, 2)), "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3."),
        (_rule((0, 2)), "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3."),
        (_rule((1, 0)), "Tỷ lệ phải lớn hơn 0 và không quá 100 %, ví dụ 70 % hoặc 2/3."),
        (_rule((1, 2), chair_decides=True), None),
        (_rule((50, 100), chair_decides=True), None),
        (_rule(needs_chair=True), None),
        (_rule(minimum_papers=2), None),
        (_rule((1, 2), is_strict=True), None),
        (_rule(mode=Mode.SECRET), None),
        (_rule(needs_chair=True, mode=Mode.SECRET), _UNSEEN),
        (_rule((1, 2), chair_decides=True, mode=Mode.SECRET), _UNSEEN),
        (
            _rule((2, 3), chair_decides=True),
            "Chỉ theo bên có Chủ tịch Hội đồng khi tỷ lệ là 1/2: chỉ khi đó mới có ngang phiếu.",
        ),
        (_rule((1, 1), is_strict=True), "Không thể có quá toàn bộ số phiếu; hãy bỏ chữ “quá”."),
    ],
)
def test_a_rule_makes_sense(rule, problem):
    assert rule_problem(rule) == problem


def test_a_rule_is_said_and_kept():
    rule = VoteRule(Mode.SECRET, Base.PRESENT, 2, 3, is_strict=True, keeps_recused=True)
    assert rule_from_data(rule_to_data(rule)) == rule
    assert rule.words == (
        "quá 2/3 số thành viên có mặt, bỏ phiếu kín, tính cả thành viên không được biểu "
        "quyết dòng đó"
    )
    assert VoteRule().words == (
        "từ 70 % tổng số thành viên trở lên, biểu quyết công khai, "
        "không tính thành viên không được biểu quyết dòng đó"
    )


def test_a_rule_that_asks_for_the_chair_says_so_and_keeps_it():
    rule = VoteRule(numerator=90, needs_chair=True)
    assert rule_from_data(rule_to_data(rule)) == rule
    assert rule.words.endswith("dòng đó, phải có Chủ tịch Hội đồng trong số đồng ý")
    casting = VoteRule(numerator=1, denominator=2, is_strict=True, chair_decides=True)
    assert rule_from_data(rule_to_data(casting)) == casting
    assert casting.words == (
        "quá 1/2 tổng số thành viên, biểu quyết công khai, không tính thành viên không được "
        "biểu quyết dòng đó, ngang phiếu thì theo bên có Chủ tịch Hội đồng"
    )


def test_a_rule_says_what_decides_the_order_and_how_many_papers_it_takes():
    assert _rule().order_words == "nhiều dòng đạt hơn số suất thì xét theo tỷ lệ đồng ý"
    secret = _rule(mode=Mode.SECRET, ordering=Ordering.COUNT, minimum_papers=5)
    assert secret.full_words.endswith(
        "; nhiều dòng đạt hơn số suất thì xét theo số phiếu đồng ý; "
        "dưới 5 phiếu thì không mở hòm phiếu kín"
    )
    assert rule_from_data(rule_to_data(secret)) == secret
    of_before = {
        name: value
        for name, value in rule_to_data(secret).items()
        if name not in {"ordering", "minimum_papers"}
    }
    assert rule_from_data(of_before) == _rule(mode=Mode.SECRET)


def test_a_rule_for_a_single_paper_makes_no_sense():
    assert rule_problem(_rule(minimum_papers=1)) == (
        "Số phiếu kín ít nhất phải từ 2 trở lên: một phiếu thì kết quả chính là phiếu đó."
    )


USUAL = {
    "mode": "open",
    "base": "total",
    "numerator": 70,
    "denominator": 100,
    "is_strict": False,
    "needs_chair": False,
    "chair_decides": False,
    "keeps_recused": False,
    "ordering": "share",
    "minimum_papers": 3,
}


@pytest.mark.parametrize(
    ("rule", "stored"),
    [
        (VoteRule(), USUAL),
        (VoteRule(Mode.SECRET), USUAL | {"mode": "secret"}),
        (VoteRule(base=Base.PRESENT_WRITTEN), USUAL | {"base": "present_written"}),
        (_rule((2, 3)), USUAL | {"numerator": 2, "denominator": 3}),
        (VoteRule(is_strict=True), USUAL | {"is_strict": True}),
        (VoteRule(keeps_recused=True), USUAL | {"keeps_recused": True}),
        (VoteRule(needs_chair=True), USUAL | {"needs_chair": True}),
        (VoteRule(chair_decides=True), USUAL | {"chair_decides": True}),
        (VoteRule(ordering=Ordering.COUNT), USUAL | {"ordering": "count"}),
        (VoteRule(minimum_papers=7), USUAL | {"minimum_papers": 7}),
    ],
)
def test_each_part_of_a_rule_is_stored_under_its_name_and_read_back(rule, stored):
    assert rule_to_data(rule) == stored
    assert rule_from_data(stored) == rule


def test_a_rule_of_before_has_no_chair_the_share_as_its_order_and_three_papers():
    later = {"needs_chair", "chair_decides", "ordering", "minimum_papers"}
    of_before = {name: value for name, value in USUAL.items() if name not in later}
    assert rule_from_data(of_before) == VoteRule()
