"""Plain text as headings, lists and paragraphs."""

import pytest

from campaign.core.prose import blocks, plain


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        (" \n\n", []),
        ("một", [("p", "một")]),
        (" một \nhai\n\n\nba", [("p", "một\nhai"), ("p", "ba")]),
        ("# Mục # 1 ", [("h", "Mục # 1")]),
        ("## Mục", [("h", "Mục")]),
        ("#XI", [("h", "XI")]),
        ("  #Mục", [("h", "Mục")]),
        ("một\n# Mục\nhai", [("p", "một"), ("h", "Mục"), ("p", "hai")]),
        ("- một\n - hai\n•  ba ", [("ul", ["một", "hai", "ba"])]),
        ("- một\n\n- hai", [("ul", ["một", "hai"])]),
        ("đầu\n- một\ncuối", [("p", "đầu"), ("ul", ["một"]), ("p", "cuối")]),
        ("# Mục\n- một", [("h", "Mục"), ("ul", ["một"])]),
        ("- một\nhai\n- ba", [("ul", ["một"]), ("p", "hai"), ("ul", ["ba"])]),
        ("-một", [("p", "-một")]),
        ("<b>một</b>", [("p", "<b>một</b>")]),
    ],
)
def test_text_is_read_line_by_line(text, read):
    assert blocks(text) == read


def test_where_nothing_is_laid_out_a_text_is_told_without_its_marks():
    text = "Mở đầu\ncủa bài\n\n# Cách làm\n- một\n- hai\ncuối"
    assert plain(text) == "Mở đầu\ncủa bài\n\nCách làm\n\n– một\n– hai\n\ncuối"
