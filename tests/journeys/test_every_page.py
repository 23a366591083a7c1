"""Every page that a link leads to, for each person: it answers; and one page of each make is drawn:
no barrier, no error, no foreign host, at a phone's width too.
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.journeys.conftest import FITS, NARROW, WIDE, Person, Screens, Server
from tests.journeys.made import kind_of, made_of
from tests.journeys.visitor import Visitor

MENU = "new Set([...document.querySelectorAll('.menu li')].map(item => item.offsetTop)).size"


def _crawl(visitor: Visitor, start: str, within: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Follow every link of this site, or those `within`: one of each kind, which answers."""
    seen, waiting = set(), [start]
    while waiting:
        path = waiting.pop(0).partition("#")[0]
        if kind_of(path) in seen:
            continue
        seen.add(kind_of(path))
        visitor.go(path)
        if not visitor.kind.startswith("text/html"):
            continue
        page = visitor.page
        yield path, page
        links = (urljoin(visitor.url + path, link) for link in page.xpath("//a/@href"))
        waiting += [
            link.removeprefix(visitor.url)
            for link in links
            if link.startswith(visitor.url) and any(part in link for part in within)
        ]


def _draw(somebody: Person, path: str) -> None:
    """A page that is looked at, has its menu in one row, and fits a phone: first on the screen
    that stands there, then on the other.
    """
    page = somebody.open(path)
    for screen in sorted((WIDE, NARROW), key=lambda screen: screen != page.viewport_size):
        if page.viewport_size != screen:
            page.set_viewport_size(screen)  # type: ignore[arg-type]  # a width and a height
        if screen == WIDE:
            somebody.look()
            assert page.evaluate(MENU) <= 1, path
        else:
            assert page.evaluate(FITS), path


Seen = Callable[..., set[str]]


@pytest.fixture(scope="module")
def every_page(served: Callable[[str], Server], screens: Screens) -> Seen:
    """Ask for all pages of one person, and draw those of a make that was not drawn before."""
    servers: dict[str, Server] = {}
    drawn: set[str] = set()

    def seen(
        stage: str, user_name: str, *, start: str = "", within: tuple[str, ...] = ("",)
    ) -> set[str]:
        if stage not in servers:
            servers.clear()
            servers[stage] = served(stage)
        server = servers[stage]
        visitor, new, asked = server.visitor(user_name), [], set()
        for path, page in _crawl(visitor, start or ("/home/" if user_name else "/"), within):
            asked.add(path)
            parts = made_of(path, page)
            if not drawn.issuperset(parts):
                drawn.update(parts)
                new.append(path)
        if new:
            somebody = screens.taken(server, user_name)
            for path in new:
                _draw(somebody, path)
            screens.give_back(somebody)
        return asked

    return seen


@pytest.mark.parametrize(
    "user_name",
    [
        "",
        "quan-tri",
        "thuong-truc",
        "giam-doc",
        "kiem-tra",
        "truong.qltm",
        "canbo.db",
        "canbo.mc",
        "truong.yt",
    ],
)
def test_every_page_of_the_running_campaign(every_page: Seen, user_name: str) -> None:
    assert len(every_page("scoring", user_name)) >= (14 if user_name else 4)


@pytest.mark.parametrize("user_name", ["thuong-truc", "truong.vp", "truong.qlcn"])
def test_every_page_on_the_day_of_the_meeting(every_page: Seen, user_name: str) -> None:
    seen = every_page(
        "meeting",
        user_name,
        start="/campaigns/1/meetings/",
        within=("/meetings", "/awards", "/decisions"),
    )
    assert {"/campaigns/1/meetings/1", "/campaigns/1/awards/", "/awards/"} <= seen


@pytest.mark.parametrize("user_name", ["", "thuong-truc", "canbo.lsn"])
def test_every_page_of_the_published_campaign(every_page: Seen, user_name: str) -> None:
    assert len(every_page("published", user_name)) >= (14 if user_name else 5)
