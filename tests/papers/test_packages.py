"""A compressed file is refused by what it says of itself; one that says less than it holds is read
no further than it says, and is no file then.
"""

import io
import struct

import pytest

from campaign.core.errors import RuleViolation
from campaign.papers.documents import examine, shipped
from campaign.papers.reading import read
from tests.offline import stranger, with_part

HELD, SAID = 3_000_000, 1000


def _lying(package, name):
    """The package with a part that holds far more than the package says."""
    content = with_part(package, name, b" " * HELD)
    assert content.count(struct.pack("<L", HELD)) == 2  # where the part stands, and in the list
    return content.replace(struct.pack("<L", HELD), struct.pack("<L", SAID))


def test_a_spreadsheet_that_says_less_than_it_holds_is_none():
    with pytest.raises(RuleViolation, match="Tệp không phải bảng tính"):
        read(io.BytesIO(_lying(stranger(), "xl/more.xml")))


def test_a_template_that_says_less_than_it_holds_is_none():
    with pytest.raises(RuleViolation, match="không phải là văn bản Word"):
        examine(_lying(shipped("plan"), "word/more.xml"), {})
