"""Every drawing against its reference picture, to the letter."""

import pytest
from lxml import etree

from tests.charts.reference import FOLDER, NAMES, drawing


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_as_its_reference_picture(name):
    drawn = drawing(name)
    assert drawn == (FOLDER / f"{name}.svg").read_text(), "look at it, then make pictures"
    assert etree.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"


def test_no_reference_picture_is_left_over():
    assert {path.stem for path in FOLDER.iterdir()} == set(NAMES)
