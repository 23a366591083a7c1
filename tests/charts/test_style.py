"""How pictures are told from their ground, without colour too, and how large their words are."""

import re
from pathlib import Path

import pytest

from campaign.web.drawing import paper_style

ROOT = Path(__file__).parents[2]
STYLE = (ROOT / "static/css/components/chart.css").read_text()
TOKENS = (ROOT / "static/css/tokens.css").read_text()
WRITTEN = paper_style(STYLE, TOKENS)
LAWS = {
    selector.removeprefix(".chart__picture ").removeprefix(".chart__"): dict(
        re.findall(r"([\w-]+): ([^;]+);", body)
    )
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", WRITTEN)
    for selector in map(str.strip, selectors.split(","))
}
WHITE = "#fff"


def _light(colour):
    """Relative luminance, as WCAG 2.2 has it; a grey print of it is as light."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return sum(
        share * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
        for share, part in ((0.2126, red), (0.7152, green), (0.0722, blue))
    )


def _contrast(first, second):
    low, high = sorted((_light(first), _light(second)))
    return (high + 0.05) / (low + 0.05)


def _colour(law, part):
    return LAWS[law][part]


@pytest.mark.parametrize(
    ("law", "part", "ground"),
    [
        ("bar", "fill", WHITE),
        ("bar", "fill", _colour("track", "fill")),
        ("bar--short", "stroke", WHITE),
        ("bar--short", "stroke", _colour("track", "fill")),
        ("mark", "stroke", WHITE),
        ("mark", "stroke", _colour("track", "fill")),
        ("mark", "stroke", _colour("casing", "stroke")),
        ("casing", "stroke", _colour("bar", "fill")),
        ("zero", "stroke", WHITE),
        ("dot", "fill", WHITE),
        ("dot--short", "stroke", WHITE),
        ("dot--own", "fill", WHITE),
        ("dot--own", "stroke", WHITE),
        ("whisker", "stroke", WHITE),
        ("box", "stroke", WHITE),
        ("box", "stroke", _colour("box", "fill")),
        ("mark", "stroke", _colour("box", "fill")),
        ("part", "stroke", WHITE),
        ("part--0", "fill", WHITE),
        ("part--0", "fill", _colour("part--1", "fill")),
        ("part", "stroke", _colour("part--1", "fill")),
        ("part--3", "stroke", WHITE),
        ("part--3", "stroke", _colour("part--1", "fill")),
        ("hatched", "fill", _colour("hatch", "fill")),
        ("line", "stroke", WHITE),
        ("expected", "stroke", WHITE),
        ("goal", "stroke", WHITE),
        ("today", "stroke", WHITE),
        ("point", "fill", WHITE),
        ("heat", "stroke", WHITE),
    ],
)
def test_every_mark_stands_out_from_what_lies_beside_it(law, part, ground):
    assert _contrast(_colour(law, part), ground) >= 3


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (_colour("tick", "fill"), WHITE),
        (_colour("text", "fill"), WHITE),
        (_colour("count--0", "fill"), _colour("part--0", "fill")),
        (_colour("text", "fill"), _colour("part--1", "fill")),
        (_colour("text", "fill"), _colour("heat--1", "fill")),
        (_colour("text", "fill"), _colour("heat--2", "fill")),
        (_colour("heated--3", "fill"), _colour("heat--3", "fill")),
        (_colour("heated--4", "fill"), _colour("heat--4", "fill")),
    ],
)
def test_every_word_is_read_on_its_ground(ink, ground):
    assert _contrast(ink, ground) >= 4.5


def test_what_is_not_reached_is_hollow_and_what_is_expected_is_dashed():
    hollow = [LAWS[law]["fill"] for law in ("bar--short", "dot--short", "point--open", "hatch")]
    assert hollow == [WHITE] * 4
    dashes = [LAWS[law].get("stroke-dasharray") for law in ("line", "expected", "goal", "today")]
    assert dashes == [None, "5 4", None, "2 3"]
    assert LAWS["goal"]["stroke"] != LAWS["line"]["stroke"]


def test_words_keep_their_size_on_any_screen_and_are_never_small():
    sizes = [law["font-size"] for law in LAWS.values() if "font-size" in law]
    pixels = [
        float(size.removesuffix("rem")) * 16 if size.endswith("rem") else float(size[:-2])
        for size in sizes
    ]
    assert min(pixels) >= 11
    macros = (ROOT / "templates/components/chart.html").read_text()
    assert "viewBox" not in macros
    assert "preserveAspectRatio" not in macros


def test_the_style_on_paper_names_its_colours_and_knows_no_screens():
    chart = (
        ".chart__bar {\n  fill: var(--ok);\n}\n@media print {\n  .chart__bar {\n    x: 1;\n  }\n}\n"
    )
    assert paper_style(chart, ":root {\n  --ok: #166b45;\n}\n") == (
        ".chart__bar{fill: #166b45;}\n.chart__name--short{display:none}"
    )
    assert "var(" not in WRITTEN
    assert "@" not in WRITTEN


def test_a_fuller_cell_is_darker_in_grey_too():
    levels = [WHITE, *(_colour(f"heat--{level}", "fill") for level in range(1, 5))]
    lights = [_light(colour) for colour in levels]
    assert lights == sorted(lights, reverse=True)
    assert len(set(lights)) == len(levels)
