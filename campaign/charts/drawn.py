"""Một hình trên trang: what is drawn, under the sentence that says what it shows."""

from typing import NamedTuple

from campaign.charts.course import Course
from campaign.charts.marks import Heat, Spread
from campaign.charts.pictures import Bars, Dots, Stacks

_KINDS = {
    Bars: "bars",
    Dots: "dots",
    Stacks: "stacks",
    Course: "course",
    Heat: "heat",
    Spread: "spread",
}


class Drawn(NamedTuple):
    """Hình vẽ số liệu: its finding, how to read it, its source and the heads of its table.

    Without heads it has no table, because the same numbers stand beside it on the page.
    """

    id: str
    picture: Bars | Dots | Stacks | Course | Heat | Spread
    finding: str
    about: str
    source: str
    """Nguồn và ngày của số liệu."""
    head: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Loại hình, as the drawing is named."""
        return _KINDS[type(self.picture)]
