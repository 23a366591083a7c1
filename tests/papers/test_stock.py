"""Where a text may stand on the stock; each refusal."""

from dataclasses import replace
from decimal import Decimal

import pytest

from campaign.core.errors import RuleViolation
from campaign.papers.stock import SHIPPED, CertificatePart, demand_on_page

SPOT = SHIPPED[CertificatePart.NAME]


def test_every_part_is_shipped_with_a_place_on_the_page():
    assert set(SHIPPED) == set(CertificatePart)
    for spot in SHIPPED.values():
        demand_on_page(spot)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"width": "0"}, "width", "Chiều rộng phải lớn hơn 0."),
        ({"height": "-1"}, "height", "Chiều cao phải lớn hơn 0."),
        ({"x": "-0.01"}, "x", "Ô bắt đầu ngoài trang; hãy nhập số từ 0 trở lên."),
        ({"y": "-5"}, "y", "Ô bắt đầu ngoài trang; hãy nhập số từ 0 trở lên."),
        (
            {"x": "57.01"},
            "width",
            "Ô ra ngoài trang: vị trí cộng chiều rộng không được quá 297 mm.",
        ),
        ({"y": "200"}, "height", "Ô ra ngoài trang: vị trí cộng chiều cao không được quá 210 mm."),
        ({"size": "5.5"}, "size", "Cỡ chữ từ 6 đến 96 pt."),
        ({"size": "97"}, "size", "Cỡ chữ từ 6 đến 96 pt."),
    ],
)
def test_a_box_that_cannot_be_printed_is_refused_beside_its_field(change, field, sentence):
    with pytest.raises(RuleViolation) as refused:
        demand_on_page(replace(SPOT, **{name: Decimal(value) for name, value in change.items()}))
    assert (str(refused.value), refused.value.field) == (sentence, field)
