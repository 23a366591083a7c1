"""The picture of a page on its paper: the same finding, for whom the page is drawn."""

import pypdfium2

from campaign.charts.drawn import Drawn
from campaign.charts.pictures import Dot, dots
from campaign.web.drawing import for_paper
from tests.ranked_world import Council


def _text(printed):
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed)]
    return " ".join(" ".join(pages).split())


def test_a_frozen_ranking_and_an_explanation_have_their_picture_on_paper(app, sign_in, page):
    room = Council()
    room.mark("Thanh tra", II1="60 60 60", T1="0 0 0", P1="0 0 0")
    room.mark("Văn phòng", I1="39 39 39", II1="59 59 59", T1="0 0 0", P1="0 0 0")
    browser, unit = sign_in(room.by), room.entries["Thanh tra"].id
    explanation = room.address(f"units/{unit}/print")
    assert "trung vị" not in _text(browser.get(explanation).data)
    room.freeze()
    for seen, printed in (
        (room.address(), room.address(f"blocks/{room.block.id}/print")),
        (room.address(f"units/{unit}"), explanation),
    ):
        finding = page(browser.get(seen)).one(".chart__finding")
        assert "trung vị" in finding
        assert finding in _text(browser.get(printed).data)


def test_what_paper_is_given_names_its_colours_and_says_what_is_left_out(app):
    rows = [Dot(f"Đơn vị {number}", number, str(number)) for number in range(40)]
    (given,) = for_paper(Drawn("a", dots(rows), "Thấy", "Đọc", "Nguồn."))
    assert given["source"] == "Còn 20 đơn vị ở giữa không có trong hình. Nguồn."
    assert given["svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg" width="680"')
    assert ".chart__dot{fill: #1d4f91;" in given["svg"]
    assert for_paper(None) == []
