"""The real thing: `tools.serve` on a fresh instance, and a browser for each person."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

import axe_playwright_python
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from campaign.demo.stages import Stage
from tests.conftest import RUN, TEMPLATES, Database, taking_turns
from tests.guards import Guard
from tests.journeys.made import BUILD, Looked, made_of
from tests.journeys.visitor import Visitor
from tests.served import Begun, begin_with
from tools import browser as browsers
from tools import readiness
from tools.server import end_with_parent

ROOT = Path(__file__).parent.parent.parent
DATABASE = "ngonco.db"
NO_DATABASE = shutil.ignore_patterns("*.db*")
VERSION = "alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
    "--js-flags=--no-maglev,--no-opt",
    "--enable-features=CDPScreenshotNewSurface,RenderDocument:level/crashed-frame",
]
"""A browser that draws and finds nobody but the page's own server: whatever else is asked fails. A
page lives here for a second or two: no script runs so often that translating it with care pays, and
the next page is drawn on the same surface. What Playwright itself enables is named once more, for
the last list counts.
"""
NOWHERE = "about:blank"
OWN = ("data:", "blob:", "chrome-extension:", "chrome:", NOWHERE)
PATIENCE = 180
"""Seconds a server or a page may take where something else takes the cores; nothing waits that long
by itself.
"""
NARROW, WIDE = {"width": 360, "height": 780}, {"width": 1440, "height": 900}
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BARRIERS = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
TOOLS = f"globalThis.bringTools = () => {{ {AXE};{BARRIERS} }};"
"""Lies ready on each page, of the same words each time: the browser is told and translates them
once, and a page that is looked at brings them to life.
"""
LOOK = "(asked) => (globalThis.barriers || bringTools(), barriers(...asked))"
REPORTS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`against the policy: ${event.violatedDirective} ${event.blockedURI}`));"""
"""What the policy of a page would report is a complaint like a script's error."""


class Server:
    """The product as `make run` serves it; may be stopped and started again on the same data. It is
    a copy of what waits in `ready`, or, where nothing does, begins as people begin it.
    """

    def __init__(
        self, instance: Path, *, has_demo: bool = True, ready: Guard | None = None
    ) -> None:
        """Choose a free port."""
        self.has_demo = has_demo
        self.ready = ready
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.instance = instance
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: Begun | subprocess.Popen[bytes] | None = None
        self._signed_in: dict[str, Visitor] = {}

    def environment(self) -> dict[str, str]:
        """What the server is told; of who begins with nothing, one worker serves all."""
        return {
            **os.environ,
            **(
                {"NGONCO_MODE": "demo"}
                if self.has_demo
                else {"NGONCO_MODE": "local", "DEMO": "no", "WORKERS": "1"}
            ),
            "NGONCO_INSTANCE": str(self.instance),
            "PORT": str(self.port),
            "FLASK_APP": "wsgi",
            "TEMPLATE_CACHE": str(Path(os.environ[RUN]) / TEMPLATES),
        }

    def start(self) -> None:
        """Serve, and wait until it answers."""
        with (self.instance / "server.log").open("ab") as log:
            self.process = self._begun(log)
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.url, timeout=5):  # noqa: S310 - our own server
                    return
            except OSError:
                time.sleep(0.1)
        self.stop()
        pytest.fail((self.instance / "server.log").read_text(encoding="utf-8"))

    def _begun(self, log: BinaryIO) -> "Begun | subprocess.Popen[bytes]":
        if self.ready is not None:
            words = ["-m", "tests.begun_server", "--port", str(self.port)]
            return Begun(self.ready.begin(log, self.environment(), words))
        return subprocess.Popen(
            [sys.executable, "-m", "tools.serve"],
            cwd=ROOT,
            env=self.environment(),
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - it only asks the system for one thing
        )

    def prepare(self, migrated: Path) -> None:
        """What `make run` does with a database that stands at the newest revision, and says."""
        assert self.ready is not None
        (self.instance / "office").mkdir()
        begin_with(migrated, self.instance / "office", DATABASE)
        prepared = "from tools import serve; serve.choose_mode(); print(serve.prepared())"
        done = self.ready.do(b"", PATIENCE, self.environment(), ["-c", prepared])
        assert done.returncode == 0, done.stderr.decode()
        (self.instance / "server.log").write_bytes(done.stdout)

    def load(self, loaded: Path) -> None:
        """Rows and files as they stand in the folder `loaded`, also under a server that runs: what
        it remembers it knows by the head of the record.
        """
        for name in ("evidence", "ballot-keys", "packages", "outbox"):
            shutil.rmtree(self.instance / name, ignore_errors=True)
        shutil.copytree(loaded, self.instance, dirs_exist_ok=True, ignore=NO_DATABASE)
        _copy(loaded / DATABASE, self.instance / DATABASE)

    def visitor(self, user_name: str) -> Visitor:
        """Somebody who signed in by the form, once for all journeys; without a name, a citizen."""
        if not user_name:
            return Visitor(self.url)
        if user_name not in self._signed_in:
            self._signed_in[user_name] = Visitor(self.url).sign_in(user_name)
        return self._signed_in[user_name]

    def stop(self) -> None:
        """Stop serving at once."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


def _copy(here: Path, there: Path) -> None:
    """Rows of one database over those of the other."""
    with (
        closing(sqlite3.connect(here)) as source,
        closing(sqlite3.connect(there, timeout=PATIENCE)) as target,
    ):
        source.backup(target)


def _prepared(told: Path, folder: Path) -> Path:
    """The demo that was told, as an instance that stands ready in `folder`: made once in a run."""
    with taking_turns(folder.with_suffix(".lock")):
        if not folder.exists():
            making = folder.with_suffix(".part")
            shutil.copytree(told, making, ignore=NO_DATABASE)
            _copy(told / "test.db", making / DATABASE)
            (making / "secret_key").write_text("only-for-tests" * 4, encoding="ascii")
            with closing(sqlite3.connect(making / DATABASE)) as database, database:
                database.execute(f"CREATE TABLE {VERSION}")
                newest = readiness.newest_revision()
                database.execute("INSERT INTO alembic_version VALUES (?)", [newest])
            readiness.note(making, "")
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def served(
    tmp_path_factory: pytest.TempPathFactory,
    common: Path,
    databases: Callable[[str], Database],
    ready: Guard,
) -> Iterator[Callable[[str], Server]]:
    """The server, with rows and files as they were at a moment of the demo."""
    running = Server(tmp_path_factory.mktemp("served"), ready=ready)

    def get(stage: str) -> Server:
        told = databases("sqlite").told(Stage(stage))
        running.load(_prepared(told, common / f"prepared-{stage}"))
        if running.process is None:
            running.start()
        return running

    yield get
    running.stop()


@pytest.fixture(scope="module")
def server(served: Callable[[str], Server]) -> Server:
    """The demo of 28/04/2021, anew for each file of journeys."""
    return served("scoring")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product as `DEMO=no make run` serves it the first time."""
    running = Server(tmp_path_factory.mktemp("empty"), has_demo=False)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def begun(
    tmp_path_factory: pytest.TempPathFactory, migrated: Path, ready: Guard
) -> Iterator[Server]:
    """The same, where migrations have been and the application is loaded."""
    running = Server(tmp_path_factory.mktemp("begun"), has_demo=False, ready=ready)
    running.prepare(migrated)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def driver(common: Path) -> Iterator[Playwright]:
    """What drives the browsers."""
    Looked.file = common / "looked"
    Looked.file.touch()
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(driver: Playwright) -> Iterator[Browser]:
    """One browser for all."""
    running = driver.chromium.launch(executable_path=browsers.path(), args=QUIET)
    yield running
    running.close()


class Person:
    """Somebody at a screen: a page that is watched for errors, foreign hosts and barriers."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        """Open the first page of the site."""
        self.context, self.url = context, url
        context.add_init_script(REPORTS)
        context.add_init_script(TOOLS)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        """Note what goes wrong on `page`; refusals the test asked for are its own to expect."""
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type == "error"
                and "status of 4" not in message.text
                and "net::ERR" not in message.text
                else None
            ),
        )
        page.on("requestfailed", self._note)

    def _note(self, request: Request) -> None:
        """What nobody was found for; that it was asked for is enough."""
        if not request.url.startswith((self.url, *OWN)):
            self.complaints.append(f"foreign: {request.url}")

    def sign_in(self, visitor: Visitor) -> "Person":
        """Begin where somebody does who has just signed in: it is drawn if anything of it is new,
        or where it is walked from.
        """
        self.context.add_cookies(
            [
                {"name": cookie.name, "value": str(cookie.value), "url": self.url}
                for cookie in visitor.jar
            ]
        )
        if not Looked.has(parts := made_of("/home/", visitor.go("/home/").page)):
            self.go("/home/")
            Looked.add(parts)
        return self

    def leave(self) -> None:
        """Go away from the page, with the screen on."""
        self.page.goto(NOWHERE)

    def stand_up(self) -> None:
        """Leave nothing for whoever sits down next: what this page would still send is not sent."""
        for other in self.context.pages:
            if other is not self.page:
                other.close()
        self.page.unroute_all()
        self.context.set_offline(True)
        if self.page.url.startswith(self.url):
            self.page.evaluate("sessionStorage.clear()")
        self.leave()
        self.page.mouse.move(0, 0)
        self.context.clear_cookies()
        session = self.context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": self.url, "storageTypes": "all"})
        session.detach()
        self.context.set_offline(False)
        self.complaints.clear()

    def go(self, path: str) -> Page:
        """Open a path of the site, and look at it."""
        self.open(path)
        self.look()
        return self.page

    def open(self, path: str) -> Page:
        """Open a path of the site. A page that follows the meeting may load anew at that very
        moment.
        """
        try:
            self.page.goto(self.url + path)
        except PlaywrightError as interruption:
            if "interrupted by another navigation" not in interruption.message:
                raise
            self.page.wait_for_load_state()
            self.page.goto(self.url + path)
        return self.page

    def follow(self, name: str | re.Pattern[str]) -> Page:
        """Click the first link of that name, and look at the page it leads to; from home, where one
        stands nowhere.
        """
        if self.page.url == NOWHERE:
            self.go("/home/")
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()
        return self.page

    def press(self, name: str) -> Page:
        """Press a button that leads to a page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        self.look()
        return self.page

    def look(self) -> None:
        """No barrier (axe), no script error, no foreign host, nothing wider than the screen."""
        fits, foreign, *parts = self.page.evaluate(BUILD)
        if not Looked.has(parts):
            new = [part for part in parts if part not in Looked.known]
            barriers, colours = self.page.evaluate(LOOK, [RULES, new, sorted(Looked.colours)])
            assert barriers == [], self.page.url
            Looked.add(parts, colours)
        assert fits, self.page.url
        assert [*foreign, *self.complaints] == [], self.page.url


class Screens:
    """Screens that are free: to open one anew is dear."""

    def __init__(self, chromium: Browser) -> None:
        """None is there at first."""
        self.chromium = chromium
        self.free: list[Person] = []

    def taken(self, server: Server, user_name: str = "", viewport: Any = None) -> Person:
        """Somebody at a screen of its own, who has signed in unless they are a citizen."""
        somebody = self.free.pop() if self.free else self._opened(server.url)
        somebody.page.set_viewport_size(viewport or WIDE)
        return somebody.sign_in(server.visitor(user_name)) if user_name else somebody

    def _opened(self, url: str) -> Person:
        context = self.chromium.new_context(locale="vi-VN", viewport=WIDE)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE * 1000)
        return Person(context, url)

    def give_back(self, somebody: Person) -> None:
        """Make it free; one whose page was closed or is broken is put away."""
        try:
            somebody.stand_up()
        except PlaywrightError:
            somebody.context.close()
        else:
            self.free.append(somebody)


@pytest.fixture(scope="session")
def screens(chromium: Browser) -> Screens:
    """The screens of all journeys."""
    return Screens(chromium)


@pytest.fixture
def person(server: Server, screens: Screens) -> Iterator[Callable[..., Person]]:
    """Let somebody sit down: `person("canbo.db")`, `person()` for a citizen."""
    seated: list[Person] = []

    def sat_down(user_name: str = "", viewport: Any = None) -> Person:
        seated.append(screens.taken(server, user_name, viewport))
        return seated[-1]

    yield sat_down
    for somebody in seated:
        screens.give_back(somebody)
