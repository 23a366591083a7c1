"""How long what is held of people is kept, as shipped, and from when on it is due."""

from datetime import UTC, date, datetime

import pytest

from campaign.retention.rules import SHIPPED, Kind, Term, due_before


@pytest.mark.parametrize(
    ("today", "months", "before"),
    [
        (date(2026, 11, 29), 24, datetime(2024, 11, 28, 17, tzinfo=UTC)),
        (date(2026, 3, 31), 1, datetime(2026, 2, 27, 17, tzinfo=UTC)),
        (date(2026, 1, 15), 12, datetime(2025, 1, 14, 17, tzinfo=UTC)),
    ],
)
def test_what_is_older_than_a_day_so_many_months_ago_is_due(today, months, before):
    assert due_before(today, months) == before


def test_each_kind_has_a_term_that_nobody_has_checked():
    assert set(SHIPPED) == set(Kind)
    assert {term.is_checked for term in SHIPPED.values()} == {False}


@pytest.mark.parametrize(
    ("basis", "is_checked", "is_doubted"),
    [
        (None, False, True),
        (None, True, False),
        ("Quyết định 12/QĐ-SCT", False, False),
    ],
)
def test_a_term_of_the_office_with_its_own_basis_is_not_doubted(basis, is_checked, is_doubted):
    shipped = SHIPPED[Kind.MAIL]
    term = Term(Kind.MAIL, 6, basis or shipped.basis, is_checked)
    assert term.is_doubted is is_doubted
    assert all(term.basis for term in SHIPPED.values())


def test_a_term_is_said_in_words():
    assert Term(Kind.MAIL, 12, "x").words == "12 tháng"
    assert Term(Kind.MAIL, None, "x").words == "không tự xoá"
