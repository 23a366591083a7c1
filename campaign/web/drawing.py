"""Hình vẽ cho văn bản: the drawing of a page as an SVG of its own, in the style of the page."""

import re
from pathlib import Path
from typing import Any

from flask import current_app, get_template_attribute

from campaign.charts.drawn import Drawn
from campaign.charts.marks import Heat
from campaign.charts.pictures import Dots

WIDTH = 660
"""Bề rộng của hình, in pixels: on A4 its words are then near those of the text."""
_RULE = re.compile(r"^(\.chart__[^{}@]+)\{([^{}]*)\}", re.MULTILINE)
_TOKEN = re.compile(r"^\s*(--[\w-]+): ([^;]+);", re.MULTILINE)
_USE = re.compile(r"var\((--[\w-]+)\)")
_SHORT_NAMES = ".chart__name--short{display:none}"


def drawn_alone(row: Drawn) -> str:
    """Hình vẽ as text of an SVG file, with the style it has on the page."""
    macro = get_template_attribute("components/chart.html", "alone")
    width = max(WIDTH, row.picture.width) if isinstance(row.picture, Heat) else WIDTH
    return str(macro(row, _style(str(current_app.static_folder)), width)).strip()


def for_paper(row: Drawn | None) -> list[dict[str, Any]]:
    """Hình vẽ as a sheet of paper is given it: nothing where there is none."""
    if row is None:
        return []
    left_out = row.picture.left_out if isinstance(row.picture, Dots) else 0
    more = f"Còn {left_out} đơn vị ở giữa không có trong hình. " if left_out else ""
    return [
        {
            "finding": row.finding,
            "about": row.about,
            "source": more + row.source,
            "svg": drawn_alone(row),
            "head": row.head,
            "table": row.picture.table if row.head else (),
        }
    ]


def _style(folder: str) -> str:
    """Kiểu vẽ of marks and words, with the colours written out; nothing of screens."""
    return paper_style(
        (Path(folder) / "css/components/chart.css").read_text(),
        (Path(folder) / "css/tokens.css").read_text(),
    )


def paper_style(chart: str, tokens: str) -> str:
    """Các luật của hình, those outside any condition, each name of a colour replaced by it."""
    colours = dict(_TOKEN.findall(tokens))
    rules = [
        f"{selector.strip()}{{{' '.join(body.split())}}}" for selector, body in _RULE.findall(chart)
    ]
    return _USE.sub(lambda use: colours[use[1]], "\n".join([*rules, _SHORT_NAMES]))
