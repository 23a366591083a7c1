"""The pictures that the help pages and the README show: of which page, of what of it, at which
moment of the demo. `make pictures` takes them; a test finds out when one has grown old.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

from tests.journeys.visitor import Visitor

ROOT = Path(__file__).parents[2]
HELP, DOCS = ROOT / "static" / "help", ROOT / "docs"
TOLD = Path(__file__).with_suffix(".json")
"""What stood in each picture when it was taken, as digests."""
SCREEN, WIDER, COLUMN, PHONE = (
    {"width": 1440, "height": 860},
    {"width": 1040, "height": 900},
    {"width": 760, "height": 900},
    {"width": 390, "height": 844},
)
CHANGING = re.compile(r"\b[0-9a-f]{10,}|\d+")
LONGEST = 520
"""So many pixels of a part are shown; what is longer is cut."""


Seat = Callable[[str], Visitor]


class Picture(NamedTuple):
    """Một hình: whole screens for the README, a part of a page for the help."""

    name: str
    stage: str
    user: str
    path: str
    part: str = ""
    """Phần của trang, as XPath; the whole screen where none is named."""
    act: Callable[[Page], object] | None = None
    """Việc làm trên trang trước khi chụp."""
    prepare: Callable[[Seat], object] | None = None
    """Việc những người khác làm trước đó; what comes of it is not looked for at each run."""
    screen: Any = None

    @property
    def size(self) -> Any:
        """Cỡ màn hình."""
        return self.screen or (COLUMN if self.part else SCREEN)

    @property
    def file(self) -> Path:
        """Where it lies."""
        return (HELP if self.part else DOCS) / f"{self.name}.png"

    def words(self, visitor: Visitor) -> str:
        """What stands in it now; numbers, days and digests may differ."""
        parts = visitor.go(self.path).page.xpath(self.part or "//main")
        assert parts, (self.name, "the page has no such part any more")
        return CHANGING.sub("0", " ".join(parts[0].text_content().split()))


def _card(holding: str) -> str:
    return f"(//section[contains(@class, 'card')][{holding}])[1]"


def _focus_a_mark(page: Page) -> None:
    page.locator("input.cell").nth(3).focus()


def _open_evidence(page: Page) -> None:
    page.locator("a[data-beside]").first.click()
    page.locator(".beside iframe").wait_for()
    page.wait_for_timeout(3000)


BASE = "/campaigns/1"
ROOM = f"{BASE}/meetings/1"
PRESENT = (
    *("Phạm Minh Đức", "Hà Thị Thanh Thủy", "Lường Văn Sơn", "Bùi Thị Lan Anh"),
    *("Nguyễn Quốc Huy", "Lê Thị Kim Oanh", "Hoàng Văn Ánh", "Đinh Thị Yến"),
)


def _open_a_ballot(seat: Seat) -> None:
    secretary = seat("truong.vp").go(ROOM)
    for name in PRESENT:
        secretary.press(f"Có mặt: {name}")
    seat("giam-doc").go(ROOM).press("Khai mạc")
    secretary.go(ROOM).press("Mở bỏ phiếu lượt 3")


def _mark_a_line(page: Page) -> None:
    page.get_by_label("Đồng ý", exact=True).first.check()


PICTURES = (
    Picture(
        "report",
        "scoring",
        "canbo.db",
        f"{BASE}/reports/28",
        _card(".//input[contains(@name, ':value')]"),
    ),
    Picture("to-sign", "scoring", "truong.yt", "/home/", _card(".//ul[@class='todo']")),
    Picture("board", "scoring", "thuong-truc", f"{BASE}/reports/", _card(".//figure")),
    Picture(
        "verification-part",
        "scoring",
        "thuong-truc",
        f"{BASE}/verification/30",
        _card(".//table"),
        screen=WIDER,
    ),
    Picture("example", "scoring", "canbo.mc", f"{BASE}/exemplars/1", _card(".//ol")),
    Picture(
        "marks", "scoring", "pho-giam-doc", f"{BASE}/scoring/1", _card(".//table"), screen=WIDER
    ),
    Picture(
        "inspection",
        "scoring",
        "kiem-tra",
        f"{BASE}/verification/inspections/1",
        _card(".//textarea"),
    ),
    Picture("targets", "scoring", "giam-doc", "/public/campaigns/1", _card(".//figure")),
    Picture("people", "scoring", "quan-tri", "/account/users", _card(".//table")),
    Picture("score-grid", "scoring", "pho-giam-doc", f"{BASE}/scoring/1", act=_focus_a_mark),
    Picture(
        "verification", "scoring", "thuong-truc", f"{BASE}/verification/30", act=_open_evidence
    ),
    Picture("meeting", "meeting", "pho-giam-doc", ROOM, act=_mark_a_line, prepare=_open_a_ballot),
    Picture("ranking", "published", "giam-doc", f"{BASE}/ranking/", _card(".//table")),
    Picture("explanation", "published", "thuong-truc", f"{BASE}/ranking/units/4"),
    Picture("decision", "published", "giam-doc", f"{BASE}/decisions/1"),
    Picture("phone", "published", "", "/results/1", screen=PHONE),
)


def of_stages(*, with_prepared: bool) -> Iterator[tuple[str, list[Picture]]]:
    """The pictures of each moment, for which the demo is loaded once."""
    chosen = [row for row in PICTURES if with_prepared or row.prepare is None]
    for stage in dict.fromkeys(row.stage for row in chosen):
        yield stage, [row for row in chosen if row.stage == stage]


def digest(words: str) -> str:
    """Dấu của những chữ trong hình."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def told() -> dict[str, str]:
    """The digests of the pictures as they lie there."""
    known: dict[str, str] = json.loads(TOLD.read_text(encoding="utf-8")) if TOLD.exists() else {}
    return known


def note(taken: dict[str, str]) -> None:
    """Keep what stood in the pictures that were taken."""
    known = dict(sorted((told() | taken).items()))
    TOLD.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")


def take(picture: Picture, page: Page) -> None:
    """Shoot the page that is open."""
    if picture.act:
        picture.act(page)
    picture.file.parent.mkdir(exist_ok=True)
    if not picture.part:
        page.screenshot(path=picture.file)
        return
    page.evaluate("document.querySelector('.bar')?.remove()")
    box = page.locator(f"xpath={picture.part}").first.bounding_box()
    assert box is not None, picture.name
    page.screenshot(
        path=picture.file,
        full_page=True,
        clip={**box, "height": min(box["height"], LONGEST)},
    )
