"""Keys, what is asked for, pages of a list, and how numbers are written."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest

from campaign.api import rules
from campaign.api.rules import EVERYTHING, Asked, Changed
from campaign.core.errors import RuleViolation

SECRET = "a" * 43
MOMENT = "“updated_since” phải là một thời điểm có múi giờ theo ISO 8601, như 2026-11-28T00:00:00Z."


def _refusal(act, *args):
    with pytest.raises(RuleViolation) as refusal:
        act(*args)
    return str(refusal.value), refusal.value.field


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({}, Asked(50, 0, None)),
        ({"limit": "200", "after": "0"}, Asked(200, 0, None)),
        ({"limit": "1", "after": "2147483647"}, Asked(1, 2147483647, None)),
        (
            {"updated_since": "2026-11-28T07:00:00+07:00"},
            Asked(50, 0, datetime(2026, 11, 28, tzinfo=UTC)),
        ),
        (
            {"updated_since": "2026-11-28T00:00:00Z"},
            Asked(50, 0, datetime(2026, 11, 28, tzinfo=UTC)),
        ),
        ({"khac": "x"}, Asked(50, 0, None)),
    ],
)
def test_what_is_asked_for_is_read(arguments, told):
    assert rules.asked(arguments) == told


@pytest.mark.parametrize("words", ["0", "201", "-1", "1.5", "", " 5", "٥", "1e2", "99999999999"])
def test_a_page_of_another_size_is_refused(words):
    assert _refusal(rules.asked, {"limit": words}) == (
        "“limit” phải là một số nguyên từ 1 đến 200.",
        "limit",
    )


def test_a_number_that_no_row_can_have_is_refused():
    assert _refusal(rules.asked, {"after": "2147483648"}) == (
        "“after” phải là một số nguyên từ 0 đến 2147483647.",
        "after",
    )


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hôm qua",
        "2026-11-28",
        "2026-11-28T00:00:00",
        "2026-13-01T00:00:00Z",
        "0001-01-01T00:00+14:00",
    ],
)
def test_a_moment_without_a_zone_is_refused(words):
    assert _refusal(rules.asked, {"updated_since": words}) == (MOMENT, "updated_since")


def test_pages_follow_one_another_by_number_and_end():
    rows = [5, 1, 9, 3]
    assert rules.page(rows, int, Asked(2)) == ([1, 3], 3)
    assert rules.page(rows, int, Asked(2, 3)) == ([5, 9], None)
    assert rules.page(rows, int, Asked(2, 9)) == ([], None)
    assert rules.page(rows, int, Asked(3)) == ([1, 3, 5], 5)
    by_number = [{"number": 2}, {"number": 1}]
    assert rules.page(by_number, lambda row: row["number"], Asked(1)) == ([{"number": 1}], 1)


def test_a_row_counts_as_changed_when_it_or_what_it_rests_on_was():
    changed = Changed(frozenset({("unit", "7"), ("block", "2")}))
    told = [
        changed.holds("unit", 7, ()),
        changed.holds("unit", 8, ()),
        changed.holds("unit", 8, ("block",)),
        Changed().holds("unit", 7, ("block",)),
        EVERYTHING.holds("unit", 1, ()),
    ]
    assert told == [True, False, True, False, True]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (f"Bearer nc_12_{SECRET}", (12, SECRET)),
        (f"bearer  nc_12_{SECRET} ", (12, SECRET)),
        (f"Basic nc_12_{SECRET}", None),
        (f"Bearer nc_0_{SECRET}", None),
        (f"Bearer nc_12_{SECRET}a", None),
        ("Bearer", None),
        ("", None),
    ],
)
def test_a_key_is_read_from_the_header(header, told):
    assert rules.parts_of(header) == told
    assert rules.token(12, SECRET) == f"nc_12_{SECRET}"


def test_a_key_is_known_by_its_hash_alone():
    assert (
        rules.opens("y", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")
        is False
    )
    assert rules.opens("x", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Ngày hết hạn phải sau hôm nay."),
        (367, "Khoá dùng được nhiều nhất một năm; hết hạn thì cấp khoá mới."),
    ],
)
def test_a_key_holds_for_a_year_at_most(days, said):
    today = date(2026, 11, 29)
    assert _refusal(rules.check_expiry, today + timedelta(days=days), today) == (said, "expires_on")
    rules.check_expiry(today + timedelta(days=1), today)
    rules.check_expiry(today + timedelta(days=366), today)


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (Decimal("44462.0000"), None, "44462"),
        (Decimal("99.8200"), None, "99.82"),
        (Decimal(1000), None, "1000"),
        (Decimal("1E+3"), None, "1000"),
        (Decimal("-0.5"), None, "-0.5"),
        (Decimal("87.5"), 2, "87.50"),
        (Decimal("0.125"), 2, "0.13"),
        (None, None, None),
    ],
)
def test_numbers_are_plain_digits(value, places, words):
    assert rules.number_text(value, places) == words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (Fraction(2917, 3000) * 100, "97.23"),
        (Fraction(99985, 1000), "99.99"),
        (Fraction(4_446_198, 44_462), "99.99996"),
        (Fraction(100), "100.00"),
        (Fraction(10_000_001, 100_000), "100.00001"),
        (None, None),
    ],
)
def test_what_missed_its_target_by_a_hair_is_never_told_as_100(percent, words):
    assert rules.percent_text(percent) == words


def test_moments_are_told_and_read_in_utc_wherever_the_machine_stands(monkeypatch):
    at = datetime(2021, 5, 14, 9, 0, tzinfo=timezone(timedelta(hours=7)))
    with monkeypatch.context() as here:
        here.setenv("TZ", "Asia/Ho_Chi_Minh")
        time.tzset()
        told = (rules.moment_text(at), rules.moment_text(None))
        asked = rules.asked({"updated_since": "2026-11-28T07:00:00+07:00"})
    time.tzset()
    assert told == ("2021-05-14T02:00:00Z", None)
    assert asked.updated_since.isoformat() == "2026-11-28T00:00:00+00:00"


def test_a_row_of_csv_holds_no_none_and_no_capital_truth():
    assert rules.flat({"a": None, "b": True, "c": 3, "d": "Đà Bắc"}) == {
        "a": "",
        "b": "true",
        "c": "3",
        "d": "Đà Bắc",
    }
