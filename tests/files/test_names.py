"""What a file is called after it came in."""

import pytest

from campaign.files.storage import clean_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Báo cáo quý I.pdf", "Báo cáo quý I.pdf"),
        ("C:\\thu muc\\tệp.pdf", "tệp.pdf"),
        ("../../etc/passwd", "passwd"),
        ("", "tep-khong-ten"),
        (None, "tep-khong-ten"),
        ("a\x00b.pdf", "ab.pdf"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_its_folders(given, shown):
    assert clean_name(given) == shown
