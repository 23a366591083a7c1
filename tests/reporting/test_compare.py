"""Two versions beside each other: only what differs, word by word."""

from decimal import Decimal

from campaign.reporting.history.compare import Change, changes, word_pieces
from campaign.reporting.rules import ClaimedFigure, Content, SelfAssessment
from campaign.scheme.rules.terms import ValueKind


def test_words_are_told_apart():
    assert word_pieces("giữ nguyên một việc", "giữ nguyên hai việc") == (
        ("same", "giữ nguyên"),
        ("del", "một"),
        ("ins", "hai"),
        ("same", "việc"),
    )


def test_only_what_differs_is_listed_with_its_name():
    before = Content(
        values={1: ClaimedFigure(Decimal("98.9"))},
        narratives={2: "Cũ"},
        scores={3: SelfAssessment(Decimal(4), "a")},
        evidence=[{"file_name": "a.pdf"}],
    )
    after = Content(
        values={1: ClaimedFigure(Decimal("98.95"))},
        narratives={2: "Cũ"},
        scores={3: SelfAssessment(Decimal(5), "a")},
        evidence=[{"file_name": "a.pdf"}, {"file_name": "b.pdf"}],
    )
    found = changes(before, after, {"v:1": "Điện lưới", "s:3": "E1"})
    assert found == [
        Change("Điện lưới: số liệu", "98,9", "98,95"),
        Change("E1: điểm tự chấm", "4", "5"),
        Change("Minh chứng", "a.pdf", "a.pdf, b.pdf"),
    ]


def test_another_reason_for_a_warning_is_a_difference():
    before, after = (
        Content(answers={"jump:1": "Nhầm đơn vị đo"}),
        Content(answers={"jump:1": "Đã đúng"}),
    )
    assert changes(before, after, {"v:1": "Điện lưới"}) == [
        Change("Điện lưới: giải trình cảnh báo", "Nhầm đơn vị đo", "Đã đúng")
    ]


def test_another_kind_of_number_is_told_by_its_name():
    before, after = (
        Content(values={1: ClaimedFigure(kind=ValueKind.ESTIMATED)}),
        Content(values={1: ClaimedFigure(kind=ValueKind.OFFICIAL)}),
    )
    assert changes(before, after, {"v:1": "Điện lưới"}) == [
        Change("Điện lưới: loại", "ước", "chính thức")
    ]
