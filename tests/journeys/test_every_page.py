"""Every page that a link leads to, for each person: no barrier, no error, no foreign host, at a
phone's width too.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.journeys.conftest import Person, Server

NARROW, WIDE = {"width": 360, "height": 780}, {"width": 1440, "height": 900}


def _kind(path: str) -> str:
    """Pages that differ only in their numbers, or in the name of a template or part, are
    one page.
    """
    named = re.sub(
        r"/(paper-templates|papers|parts)/[a-z_]+(?=/|$)", r"/\1/W", path.partition("?")[0]
    )
    return re.sub(r"/\d+", "/N", named)


def _crawl(somebody: Person, *, start: str = "", within: tuple[str, ...] = ("",)) -> Iterator[str]:
    """Follow every link of this site, or those `within`; one page of each kind is looked at, fits a
    phone, and has its menu in one row.
    """
    page, seen = somebody.page, set()
    waiting = [
        somebody.url + start
        if start
        else page.url
        if page.url.startswith(somebody.url)
        else somebody.url + "/"
    ]
    while waiting:
        address = waiting.pop(0)
        path = address.removeprefix(somebody.url).partition("#")[0]
        if _kind(path) in seen:
            continue
        seen.add(_kind(path))
        try:
            answer = page.goto(address)
        except Error as error:
            if "Download is starting" not in error.message:
                raise
            assert page.request.head(address).status == 200, path
            continue
        assert answer is not None
        assert answer.status == 200, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue  # a picture or a PDF: the browser's own viewer is not ours to mend
        somebody.look()
        page.set_viewport_size(NARROW)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        page.set_viewport_size(WIDE)
        assert page.evaluate(
            "new Set([...document.querySelectorAll('.menu li')].map(one => "
            "one.offsetTop)).size <= 1"
        ), path
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        waiting += [
            link
            for link in links
            if link.startswith(somebody.url) and any(part in link for part in within)
        ]
        yield path


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
def test_every_page_of_the_running_campaign(person: Callable[..., Person], user_name: str) -> None:
    assert len(list(_crawl(person(user_name)))) >= (4 if not user_name else 14)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, common: Path) -> Iterator[Server]:
    """A server on the day of publication."""
    running = Server(tmp_path_factory.mktemp("published"))
    running.load("published", common)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def meeting(tmp_path_factory: pytest.TempPathFactory, common: Path) -> Iterator[Server]:
    """A server on the day of the Council's meeting."""
    running = Server(tmp_path_factory.mktemp("meeting"))
    running.load("meeting", common)
    running.start()
    yield running
    running.stop()


@pytest.mark.parametrize("user_name", ["thuong-truc", "truong.vp", "truong.qlcn"])
def test_every_page_on_the_day_of_the_meeting(
    meeting: Server, chromium: Browser, user_name: str
) -> None:
    context = chromium.new_context(locale="vi-VN", viewport=WIDE)
    try:
        somebody = Person(context, meeting.url).sign_in(user_name)
        seen = list(
            _crawl(
                somebody,
                start="/campaigns/1/meetings/",
                within=("/meetings", "/awards", "/decisions"),
            )
        )
        assert {"/campaigns/1/meetings/1", "/campaigns/1/awards/", "/awards/"} <= set(seen)
    finally:
        context.close()


@pytest.mark.parametrize("user_name", ["", "thuong-truc", "canbo.lsn"])
def test_every_page_of_the_published_campaign(
    published: Server, chromium: Browser, user_name: str
) -> None:
    context = chromium.new_context(locale="vi-VN", viewport=WIDE)
    try:
        somebody = Person(context, published.url)
        if user_name:
            somebody.sign_in(user_name)
        assert len(list(_crawl(somebody))) >= (5 if not user_name else 14)
    finally:
        context.close()
