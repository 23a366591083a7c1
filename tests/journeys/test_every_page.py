"""Every page that a link leads to, for each person: it answers; and one page of each make is drawn:
no barrier, no error, no foreign host, at a phone's width too.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import PATIENCE, Person, Server
from tests.journeys.visitor import Visitor

NARROW, WIDE = {"width": 360, "height": 780}, {"width": 1440, "height": 900}
MENU = "new Set([...document.querySelectorAll('.menu li')].map(item => item.offsetTop)).size"
ATTRIBUTES = ("role", "type", "aria-current", "aria-invalid")


def _kind(path: str) -> str:
    """Pages that differ only in their numbers, or in the name of a template or part, are
    one page.
    """
    named = re.sub(
        r"/(paper-templates|papers|parts)/[a-z_]+(?=/|$)", r"/\1/W", path.partition("?")[0]
    )
    return re.sub(r"/\d+", "/N", named)


def _crawl(visitor: Visitor, start: str, within: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Follow every link of this site, or those `within`: one of each kind, which answers."""
    seen, waiting = set(), [start]
    while waiting:
        path = waiting.pop(0).partition("#")[0]
        if _kind(path) in seen:
            continue
        seen.add(_kind(path))
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


def _named(element: Any) -> str:
    return f"{element.tag}.{element.get('class', '')}"


def _made_of(path: str, page: Any) -> set[str]:
    """What a page is made of: its kind, the elements of its menu, and the kinds of all elements
    with where they stand.
    """
    menu = "|".join(re.sub(r"\d+", "", item.text_content()) for item in page.cssselect(".menu li"))
    elements = (element for element in page.iterdescendants() if isinstance(element.tag, str))
    return {
        f"page {_kind(path)}",
        f"menu {' '.join(menu.split())}",
        *(
            f"{_named(element.getparent())}>{_named(element)} "
            + " ".join(
                name + (value if name in ATTRIBUTES else "")
                for name, value in element.attrib.items()
            )
            for element in elements
        ),
    }


def _draw(somebody: Person, path: str) -> None:
    """A page that is looked at, fits a phone, and has its menu in one row."""
    page = somebody.go(path)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    page.set_viewport_size(WIDE)
    assert page.evaluate(MENU) <= 1, path


Seen = Callable[..., set[str]]


@pytest.fixture(scope="module")
def every_page(served: Callable[[str], Server], chromium: Browser) -> Seen:
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
            made_of = _made_of(path, page)
            if not drawn.issuperset(made_of):
                drawn.update(made_of)
                new.append(path)
        context = chromium.new_context(locale="vi-VN", viewport=WIDE)
        context.set_default_timeout(PATIENCE * 1000)
        context.add_cookies(server.cookies(user_name))
        somebody = Person(context, server.url)
        for path in new:
            _draw(somebody, path)
        context.close()
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
