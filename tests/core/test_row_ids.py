"""Numbers of rows, as addresses and forms send them."""

import pytest

from campaign.core.numbers import LARGEST_ID, known_id, row_id, row_ids


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("0", 0),
        ("2147483647", LARGEST_ID),
        ("99999999999999999999", LARGEST_ID),
        ("9" * 4_500, LARGEST_ID),
        ("0" * 5_000 + "12", 12),
        ("2147483646", LARGEST_ID - 1),
        ("2147483648", LARGEST_ID),
        ("10000000000", LARGEST_ID),
    ],
)
def test_a_number_of_a_row_is_read_however_long_it_is(sent, number):
    assert (row_id(sent), known_id(sent), row_ids([sent, "x"])) == (number, number, [number])


@pytest.mark.parametrize("sent", ["", "x", "-1", "+1", "1_0", " 1", "1.0", "٣", "²"])
def test_what_is_no_number_of_a_row_is_nothing(sent):
    with pytest.raises(ValueError, match="^not the number of a row$"):
        row_id(sent)
    assert (known_id(sent), row_ids([sent])) == (0, [])
