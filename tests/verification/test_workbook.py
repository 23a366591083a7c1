"""Verified values as a spreadsheet: what is set aside is named, and compared with nothing."""

from decimal import Decimal as D

from campaign.reporting.rules import Content, SelfAssessment
from campaign.scheme.rules.indicators import AllocatedTarget
from campaign.scheme.rules.terms import Direction, JudgedBy
from campaign.verification.rules import GivenPoints, block_results
from campaign.verification.workbook import verified
from tests.verification import build


def _rows(*units):
    own = {number: AllocatedTarget(D(44_462), None, None) for number in (1, 2, 3)}
    scheme = build.scheme(
        build.criterion(1, indicator_id=1),
        build.criterion(2, judged_by=JudgedBy.SECRETARIAT),
        build.criterion(3, judged_by=JudgedBy.COUNCIL),
        indicators=[build.indicator(1, allocations=own)],
    )
    names = {unit.unit_id: f"Đơn vị {unit.unit_id}" for unit in units}
    tables = verified(
        units,
        names,
        {unit.version_id: Content() for unit in units},
        scheme,
        block_results(scheme, units),
    )
    return [[list(row) for row in table.rows] for table in tables]


def test_what_is_set_aside_is_named_with_its_reason_and_shares_no_target():
    values, points, reached = _rows(
        build.unit(1, "44461.98"),
        build.unit(2, "9", reason="Không có lưới điện"),
        build.unit(
            3, "44462", points={2: GivenPoints(2, None, not_applicable_reason="Không có chợ")}
        ),
    )
    assert [row[-1] for row in values] == ["", "Không áp dụng: Không có lưới điện", ""]
    assert [(row[0], row[1], row[-1]) for row in points if row[3] is None] == [
        ("Đơn vị 2", "A1", "Không áp dụng: Không có lưới điện"),
        ("Đơn vị 3", "A2", "Không áp dụng: Không có chợ"),
    ]
    assert reached == [
        ["Đơn vị 1", D(44_462), D("44461.98"), D("99.99996"), "mới đạt 99,99996 %"],
        ["Đơn vị 3", D(44_462), D(44_462), D("100.00"), "đạt 100,00 %"],
    ]


def test_the_spreadsheet_has_no_other_verdict_on_a_limit_than_the_page():
    limit = {"direction": Direction.BELOW, "allocations": {1: AllocatedTarget(D(5), None, None)}}
    scheme = build.scheme(
        build.criterion(1, indicator_id=1), indicators=[build.indicator(1, **limit)]
    )
    for value, share, told in (
        ("4", "80.00", "đạt 100,00 %"),
        ("5", "100.00", "chưa đạt: bằng đúng mức phải ở dưới"),
        ("8", "160.00", "mới đạt 62,50 %"),
    ):
        units = [build.unit(1, value)]
        tables = verified(
            units,
            {1: "Một"},
            {units[0].version_id: Content()},
            scheme,
            block_results(scheme, units),
        )
        assert [list(row) for row in tables[-1].rows] == [["Một", D(5), D(value), D(share), told]]


def test_it_is_told_out_of_how_much_a_unit_gave_itself_points_before_the_rest_was_set_aside():
    rows = [build.criterion(number, judged_by=JudgedBy.SECRETARIAT) for number in (1, 2)]
    scheme = build.scheme(*rows)
    given = {
        1: GivenPoints(1, D(8), "Tốt"),
        2: GivenPoints(2, None, not_applicable_reason="Không có"),
    }
    unit = build.unit(1, None, points=given)
    content = Content(scores={1: SelfAssessment(D(7))})
    _, points, *_ = verified(
        [unit], {1: "Một"}, {unit.version_id: content}, scheme, block_results(scheme, [unit])
    )
    assert next(list(row[3:]) for row in points.rows) == [
        D(20),
        D(7),
        D(16),
        "Tốt; Đơn vị tự chấm theo điểm tối đa 10,00",
    ]
