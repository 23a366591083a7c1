"""Hình mẫu: what every drawing looks like for the numbers that break pictures.

`python -m tests.charts.reference` (make pictures) writes them anew; look at what changed.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from campaign.charts.course import Point, course
from campaign.charts.drawn import Drawn
from campaign.charts.marks import heat, spread
from campaign.charts.pictures import Bar, Dot, Stack, bars, dots, stacks
from campaign.charts.rules import Part

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "pictures"
LONG = (
    "Phòng Kinh tế, Hạ tầng và Đô thị khu vực liên xã Nguyễn Thị Minh Khai – Trần Hưng Đạo mở rộng"
)
HUGE = Decimal(44_462_000_000_000)
PARTS = ("nộp đúng hạn", "nộp muộn", "chưa đến hạn", "quá hạn chưa nộp")

NUMBERS = {
    "empty": [],
    "one": [("A", Decimal("87.5"))],
    "zero": [("A", Decimal(0)), ("B", Decimal(0))],
    "negative": [("A", Decimal(-3)), ("B", Decimal(5))],
    "equal": [(name, Decimal(90)) for name in "ABC"],
    "missing": [("A", Decimal(60)), ("B", None), ("C", Decimal(80))],
    "huge": [("A", HUGE), ("B", Decimal(1))],
    "long": [(LONG, Decimal(90)), (f"{LONG} số 2", Decimal(80))],
    "200-units": [(f"Đơn vị {number}", Decimal(number)) for number in range(1, 201)],
}
"""Tên và số của từng trường hợp; None where there is no number."""


def _bars(rows):
    return bars(
        [
            Bar(name, value, f"{value} %", Decimal(75), None if value is None else value >= 75)
            for name, value in rows
        ],
        "%",
    )


def _dots(rows):
    return dots(
        [
            Dot(name, value, f"{value} điểm", is_own=place == 1, is_short=value < 85)
            for place, (name, value) in enumerate(rows)
            if value is not None
        ],
        "điểm",
    )


def _stacks(rows):
    return stacks(
        PARTS,
        [
            Stack(name, (int(value), 2, 0, 1) if value and value > 0 else (0, 0, 0, 0))
            for name, value in rows
        ],
    )


def _course(rows):
    kinds, first = ("official", "preliminary", "estimated"), date(2021, 2, 26)
    return course(
        [
            Point(
                first + timedelta(days=30 * (place + 1)),
                value,
                kinds[place % 3],
                "" if value is None else f"{value} tấn",
                Decimal(50),
            )
            for place, (_, value) in enumerate(rows)
        ],
        between=(first, first + timedelta(days=30 * (len(rows) + 1))),
        today=date(2021, 4, 28),
        target=(Decimal(100), "mục tiêu 100 tấn"),
    )


def _heat(rows):
    return heat(
        ["I1", "II2"],
        [
            (
                name,
                (
                    None if value is None else Part(value, Decimal(100)),
                    Part(Decimal(1), Decimal(1)),
                ),
            )
            for name, value in rows
        ],
    )


def _spread(rows):
    return spread(
        {
            name: [] if value is None else [value, value / 2, value + 1, value]
            for name, value in rows
        },
        "điểm",
    )


KINDS = {
    "bars": _bars,
    "dots": _dots,
    "stacks": _stacks,
    "course": _course,
    "heat": _heat,
    "spread": _spread,
}
NAMES = [f"{kind}-{case}" for kind in KINDS for case in NUMBERS]


@cache
def _macros():
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("components/chart.html").module


def drawing(name: str) -> str:
    """One picture as text, an element a line."""
    kind, case = name.split("-", 1)
    picture = KINDS[kind](NUMBERS[case])
    drawn = Drawn(name, picture, f"Điều thấy được: {name}", "Cách đọc.", "Nguồn, ngày.")
    text = str(_macros().alone(drawn, "", 340))
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"(?<=>) | (?=<)| (?=/?>)", "", text)
    return text.replace("><", ">\n<") + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for known in NAMES:
        (FOLDER / f"{known}.svg").write_text(drawing(known))
