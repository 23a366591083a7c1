"""Bars: full where the target is reached, and no fuller above it."""

import lxml.html
import pytest
from flask import render_template_string

BAR = '{% import "components/progress.html" as ui %}{{ ui.bar(percent, "mức") }}'


@pytest.mark.parametrize(
    ("percent", "share"), [(0, 0), (-5, 0), (50, 50), (99.99, 99), (100, 100), (180, 100)]
)
def test_a_bar_is_full_exactly_where_the_target_is_reached(app, percent, share):
    with app.test_request_context():
        (svg,) = lxml.html.fromstring(
            f"<div>{render_template_string(BAR, percent=percent)}</div>"
        ).cssselect("svg")
    (bar,) = svg.cssselect("rect")
    assert (
        float(bar.get("width")) * 100 / float(svg.get("viewbox").split()[2]),
        svg.cssselect("line"),
    ) == (share, [])
