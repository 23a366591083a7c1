"""What every test starts from: an application on a fresh database, and people to sign in as."""

import fcntl
import gc
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import lxml.html
import psutil
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, event, insert, select, text
from werkzeug.test import TestResponse

from campaign import create_app
from campaign.accounts import passwords
from campaign.accounts.models import User
from campaign.archive import rows
from campaign.audit import memory, recorder
from campaign.cli import prepare_migrations
from campaign.database import Base, is_awaited, writing
from campaign.demo import clock, story
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.papers import apart
from campaign.planning.models import Campaign
from tests import again, guards
from tests import migrated as migrations
from tests.order import (
    longest_first,
    pytest_addoption,
    pytest_runtest_logreport,
    pytest_sessionfinish,
)

__all__ = ["pytest_addoption", "pytest_runtest_logreport", "pytest_sessionfinish"]

MEMORY = Path("/dev/shm")  # noqa: S108 - where it is large enough, files need no disk
SCRATCH = (
    MEMORY if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 * 1024**3 else None
)
FOLDERS = "ngonco-tests-"
RUN = "NGONCO_TEST_RUN"
"""The variable that tells the processes of a run which folder is theirs."""
TEMPLATES = "templates"
"""Where below it the templates of pages are kept translated."""
BACKENDS = ("sqlite", "postgresql")
ON_THE_WAY = (Stage.MEETING, Stage.PUBLISHED)
PASSED = "-passed"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

gc.enable()  # tests/__init__.py has put it off while all of the above was loaded

# How long an example may take says how busy the machine is, and nothing of what is tested.
settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")

# A password is hashed in a thousandth of the time: what hashing costs is nobody's test but its own.
passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
passwords._NOBODY = passwords._HASHER.hash("nobody's password")


class Config:
    """A test's configuration; CSRF stays on, the client sends the token as a page would."""

    TESTING = True
    DEMO = False
    SECRET_KEY = "only-for-tests"  # noqa: S105 - a test's own
    WTF_CSRF_TIME_LIMIT = None
    PROXIES = 0
    PUBLIC_URL = "http://localhost"
    EVIDENCE_FILE_LIMIT = 20 * 1024 * 1024
    EVIDENCE_REPORT_LIMIT = 200 * 1024 * 1024
    MAX_CONTENT_LENGTH = 21 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 4 * 1024 * 1024
    SESSION_COOKIE_NAME = "ngonco"
    SERVER_NAME = None
    BACKUP_RECIPIENTS = ()
    HEAD_MAIL_TO = ("luu-tru@example.org",)
    MAIL_FROM = "ngonco@example.org"
    SMTP_HOST = ""
    SMTP_SECURITY = "none"
    SMTP_PORT = 25
    SMTP_USER = SMTP_PASSWORD = ""
    LOOKS_TWICE = False
    TEMPLATE_CACHE = ""

    def __init__(self, url: str, evidence: Path) -> None:
        """Use the database at `url`, and the folder `evidence`.

        One process asks what all of the product asks: as many statements stay translated.
        """
        self.SQLALCHEMY_DATABASE_URI = url
        self.SQLALCHEMY_ENGINE_OPTIONS = {"query_cache_size": 4_000}
        self.EVIDENCE_URL = str(evidence)
        self.BALLOT_KEYS = str(evidence.parent / "ballot-keys")
        self.PACKAGES = str(evidence.parent / "packages")
        self.SIGNATURE_ROOTS = str(evidence.parent / "signature-roots")
        self.LOGS = str(evidence.parent / "logs")
        self.METRICS = ""
        self.METRICS_ADDRESS = "127.0.0.1:9464"
        self.OUTBOX = str(evidence.parent / "outbox")


LOOKED_AT_TWICE = frozenset({"ranking", "reporting", "scoring", "verification"})
"""Packages whose tests ask for every page once more with nothing remembered, and compare."""
_TOKEN = re.compile(r'(name="csrf[_-]token"[^>]*(?:value|content)=")[^"]*')


def forget(app: Flask) -> None:
    """Let a worker begin anew: it remembers nothing."""
    app.extensions.pop(memory.PLACE, None)


def _written(answer: TestResponse) -> str:
    """A page without what differs by design: the token of its forms."""
    return _TOKEN.sub(r"\1", answer.get_data(as_text=True))


class Client(FlaskClient):
    """A browser without a screen: what the test prepared is committed first, and seen afresh
    afterwards.
    """

    _token: tuple[str | None, str] = ("", "")
    """The session's cookie, and the token that was made for it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request; posted forms carry the token unless `token=False`."""
        db.session.commit()
        token = kwargs.pop("token", True)
        if token and kwargs.get("method", "GET") not in {"GET", "HEAD"}:
            kwargs.setdefault("headers", {})
            kwargs["headers"] = {**dict(kwargs["headers"]), "X-CSRFToken": self.csrf_token()}
        is_told = self.application.config["LOOKS_TWICE"] and self._is_told()
        again = {name: value for name, value in kwargs.items() if name != "method"}
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
            if (
                self.application.config["LOOKS_TWICE"]
                and not is_told
                and kwargs.get("method") == "GET"
                and answer.mimetype == "text/html"
            ):
                forget(self.application)
                afresh = super().open(*args, method="GET", **again)
                assert _written(answer) == _written(afresh), (
                    f"{args}: what was remembered differs from what stands"
                )
        db.session.expire_all()
        return answer

    def _is_told(self) -> bool:
        """Whether the next page tells something once."""
        with self.session_transaction() as session:
            return "_flashes" in session

    def csrf_token(self) -> str:
        """The token of this client's session, made once as long as the cookie is the same."""
        if self._cookie() != self._token[0]:
            token = self._new_token()
            self._token = self._cookie(), token
        return self._token[1]

    def _cookie(self) -> str | None:
        cookie = self.get_cookie(Config.SESSION_COOKIE_NAME)
        return cookie and cookie.value

    def _new_token(self) -> str:
        from flask_wtf.csrf import generate_csrf  # noqa: PLC0415 - needs a request context

        with (
            self.session_transaction() as stored,
            self.application.app_context(),
            self.application.test_request_context(),
        ):
            from flask import session  # noqa: PLC0415 - the context's own

            session.update(stored)
            token = generate_csrf()
            stored.update(session)
        return token


class Page:
    """An answer's page: status, text, and elements by CSS selector."""

    def __init__(self, answer: TestResponse) -> None:
        """Parse what came back; a page in HTML must be Vietnamese and have one h1."""
        self.status = answer.status_code
        self.answer = answer
        self.tree = lxml.html.fromstring(answer.get_data(as_text=True) or "<p></p>")

    def all(self, selector: str) -> list[str]:
        """The texts of all elements that match, white space folded."""
        return [
            " ".join(element.text_content().split()) for element in self.tree.cssselect(selector)
        ]

    def one(self, selector: str) -> str:
        """The text of the only element that matches."""
        (text_,) = self.all(selector)
        return text_

    def value(self, name: str) -> str:
        """What the field `name` holds."""
        (field,) = self.tree.cssselect(f"[name='{name}']")
        if field.tag == "textarea":
            return (field.text or "").removeprefix("\n")
        if field.tag == "select":
            return next((option.get("value") for option in field.cssselect("option[selected]")), "")
        return field.get("value") or ""

    def links(self, selector: str = "a") -> list[str]:
        """Where the links that match lead."""
        return [element.get("href") for element in self.tree.cssselect(selector)]


@contextmanager
def taking_turns(file: Path) -> Iterator[None]:
    """One process of the run after another: whoever comes second finds what the first has made."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _rehearsing(app: Flask) -> Iterator[None]:
    """The application in demo mode."""
    was, app.config["DEMO"] = app.config["DEMO"], True
    try:
        yield
    finally:
        app.config["DEMO"] = was


class Database:
    """One backend: a template holding the empty schema, and a quick way back to it."""

    def __init__(
        self,
        backend: str,
        folder: Path,
        common: Path,
        server: Any = None,
        other: "Database | None" = None,
    ) -> None:
        """Create the schema once; `common` is shared by the processes of the run. From the `other`
        backend come the moments of the demo that stand on no way to its last one.
        """
        self.backend, self.folder, self.common, self.server = backend, folder, common, server
        self.other = other
        self._held: dict[Path, Any] = {}
        self.file, self.template = folder / "test.db", folder / "template.db"
        self.name, self.empty = f"campaign_{WORKER}", f"empty_{WORKER}"
        config = Config(self._url(self.name), folder / "evidence")
        config.TEMPLATE_CACHE = str(common / TEMPLATES)
        self.app = create_app(config)
        self.app.test_client_class = Client
        if backend == "sqlite":
            with self.app.app_context():
                db.create_all()
                db.session.remove()
                db.engine.dispose()
            with (
                closing(sqlite3.connect(self.file)) as source,
                closing(sqlite3.connect(self.template)) as target,
            ):
                source.backup(target)
        else:
            self._admin(f"CREATE DATABASE {self.empty}")
            engine = create_engine(self._url(self.empty))
            Base.metadata.create_all(engine)
            engine.dispose()

    def _url(self, name: str) -> str:
        if self.backend == "sqlite":
            return f"sqlite:///{self.file}"
        url: str = self.server.get_uri(database=name)
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    def _admin(self, *statements: str) -> None:
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def _replace(self, target: str, source: str) -> None:
        """Make the database `target` anew, as `source` is; files are copied, not logged."""
        self._admin(
            f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
            f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY',
        )

    def reset(self) -> None:
        """Back to the empty schema, with nothing remembered of what stood in the other."""
        forget(self.app)
        for name in ("evidence", "ballot-keys", "packages"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        if self.backend == "sqlite":
            self._put(self.template)
        else:
            self._replace(self.name, self.empty)

    def _put(self, file: Path) -> None:
        """Begin anew with a copy of `file`, a database that nobody has open."""
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(file, self.file)

    def tell(self, stage: Stage) -> Campaign:
        """The demo at `stage`, in the empty database."""
        self.bring_back(self.told(stage))
        return db.session.scalars(select(Campaign).order_by(Campaign.id).limit(1)).one()

    def told(self, stage: Stage) -> Path:
        """The folder that keeps the demo at `stage`; of those that the story comes through on its
        way to the last one, it is told once.
        """
        if stage not in ON_THE_WAY:
            is_told = stage is Stage.HEALTH or self.other is None
            make = partial(story.tell, stage, self._pass) if is_told else partial(self._take, stage)
            return self._made_once(self._name(stage), make)
        self.told(Stage.HEALTH)
        return self._made_once(self._name(stage), lambda: self._end_at(stage))

    def _take(self, stage: Stage) -> None:
        """The rows and files of the demo at `stage` on the other backend."""
        assert self.other is not None
        copy = self.other.told(stage)
        self._take_files(copy, self.folder)
        there = create_engine(f"sqlite:///{copy / self.other.file.name}")
        with there.connect() as source, db.engine.begin() as target:
            for table in db.metadata.sorted_tables:
                lines = rows.lines_of(source, table)
                told = [*rows.parents_first(table, (rows.row_of(table, line) for line in lines))]
                if told:
                    target.execute(insert(table), told)
                rows.count_on(target, table)
        there.dispose()

    def _name(self, stage: Stage, more: str = "") -> str:
        return f"told-{self.backend}-{stage.value}{more}"

    def _pass(self, stage: Stage) -> None:
        """Keep the demo as it is while it goes on; it cannot be told twice what it has."""
        self.keep(self.common / self._name(stage, PASSED))

    def _end_at(self, stage: Stage) -> None:
        """The day is that of the moment, as if the story ended there."""
        self.bring_back(self.common / self._name(stage, PASSED))
        clock.move(stage.today)
        recorder.acting_as(None, "Hệ thống")
        recorder.act("demo.load")

    def migrated(self) -> Path:
        """The folder that keeps a database without rows as its migrations leave it."""
        return self._made_once(f"migrated-{self.backend}", self._migrate)

    def _migrate(self) -> None:
        from flask_migrate import upgrade  # noqa: PLC0415 - heavy, and few tests migrate

        prepare_migrations(self.app)
        migrations.clear()
        upgrade()

    def _made_once(self, name: str, make: Callable[[], object]) -> Path:
        """The folder that keeps what `make` brings into the empty database: made in a run by
        whoever asks first.
        """
        copy = self.common / name
        with taking_turns(copy.with_suffix(".lock")):
            if not copy.exists():
                with self.app.app_context(), _rehearsing(self.app):
                    self.reset()
                    make()
                    db.session.commit()
                    self.keep(copy)
        return copy

    def held(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` brings into the empty database, and what it gives of it, its rows read anew:
        made once by this process under the name, and brought back whenever it is asked for again.
        """
        copy = self.common / f"held-{self.backend}-{WORKER}-{name}"
        if copy in self._held:
            self.bring_back(copy)
        else:
            db.session.remove()
            db.engine.dispose()
            self.reset()
            made = make()
            db.session.flush()
            self._held[copy] = again.keys_of(made)
            self.keep(copy)
            db.session.remove()
        made = again.rows_of(self._held[copy])
        db.session.commit()  # who looks holds the lock of the file: others may write now
        return made

    def keep(self, copy: Path) -> None:
        """Keep rows and files in the folder `copy`, which is there once all of it is."""
        whole = copy.with_suffix(".part")
        shutil.rmtree(whole, ignore_errors=True)
        whole.mkdir()
        db.session.commit()  # what is in use stays so: a story goes on
        db.engine.dispose()
        self._take_files(self.folder, whole)
        if self.backend == "postgresql":
            self._replace(copy.name, self.name)
        else:
            with (
                closing(sqlite3.connect(self.file)) as source,
                closing(sqlite3.connect(whole / self.file.name)) as target,
            ):
                source.backup(target)
        shutil.rmtree(copy, ignore_errors=True)
        whole.rename(copy)

    def bring_back(self, copy: Path) -> None:
        """Rows and files as they were when they were kept."""
        db.session.remove()
        db.engine.dispose()
        self._take_files(copy, self.folder)
        if self.backend == "postgresql":
            self._replace(self.name, copy.name)
        else:
            self._put(copy / self.file.name)

    @staticmethod
    def _take_files(here: Path, there: Path) -> None:
        for name in ("evidence", "ballot-keys"):
            shutil.rmtree(there / name, ignore_errors=True)
            if (here / name).exists():
                shutil.copytree(here / name, there / name)


@pytest.fixture(scope="session", autouse=True)
def _guards() -> Iterator[None]:
    """Guarded processes begin at once."""
    with pytest.MonkeyPatch.context() as patches, guards.ready() as run:
        patches.setattr(apart, "run", run)
        yield


@pytest.fixture(scope="session")
def ready() -> Iterator[guards.Guard]:
    """`flask` and `python -m` that begin at once, as copies of a process that has loaded the
    application.
    """
    guard = guards.Guard(
        Path(__file__).with_name("ready_flask.py"),
        {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONIOENCODING": "utf-8"},
    )
    yield guard
    guard.end()


@pytest.fixture(scope="session")
def common() -> Path:
    """The folder that all processes of a run share."""
    return Path(os.environ[RUN])


@pytest.fixture(scope="session")
def postgres(common: Path) -> Iterator[Any]:
    """A real PostgreSQL for the whole run, from the package `pgserver`; whoever ends last
    stops it. It may forget after a loss of power: nothing here outlives one.
    """
    import pgserver  # noqa: PLC0415 - only where it is asked for

    with taking_turns(common / "postgres.lock"):
        server = pgserver.get_server(common / "postgres", cleanup_mode="stop")
        url = server.get_uri(database="postgres").replace("postgresql:", "postgresql+psycopg:", 1)
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for setting in ("fsync = off", "min_wal_size = '32MB'"):
                connection.execute(text(f"ALTER SYSTEM SET {setting}"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, common: Path) -> Iterator[Callable[[str], Database]]:
    """The backends, each made when first asked for."""
    made: dict[str, Database] = {}

    def get(backend: str) -> Database:
        if backend not in made:
            folder = common / WORKER / backend
            folder.mkdir(parents=True)
            more = (
                (request.getfixturevalue("postgres"), get("sqlite"))
                if backend == "postgresql"
                else ()
            )
            made[backend] = Database(backend, folder, common, *more)
        return made[backend]

    yield get
    for database in made.values():
        with database.app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def migrated(databases: Callable[[str], Database]) -> Path:
    """The file of a database without rows as migrations leave it, to begin with a copy of it."""
    return databases("sqlite").migrated() / "test.db"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let a run have one folder, for every process of it and for all that its tests write."""
    if RUN not in os.environ:
        _sweep()
        os.environ[RUN] = tempfile.mkdtemp(prefix=f"{FOLDERS}{os.getpid()}-", dir=SCRATCH)
        config.add_cleanup(_remove_folder)
    folder = Path(os.environ[RUN])
    folder.chmod(0o711)  # PostgreSQL may be another user
    config.add_cleanup(keep_temporary_files(folder / "temporary"))
    if not hasattr(config, "workerinput") and config.option.basetemp is None:
        config.option.basetemp = folder / "tmp"


def keep_temporary_files(folder: Path) -> Callable[[], None]:
    """Let what the application and its processes write for a moment lie with the rest, as it would
    on a server whose folder for it is in memory; gives what ends it, for whoever runs tests more
    than once in a process.
    """
    before, named = tempfile.tempdir, os.environ.get("TMPDIR")
    folder.mkdir(exist_ok=True)
    folder.chmod(0o1777)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)

    def end() -> None:
        tempfile.tempdir = before
        if named is None:
            os.environ.pop("TMPDIR", None)
        else:
            os.environ["TMPDIR"] = named

    return end


def _sweep() -> None:
    """Remove what runs have left that were killed: their folders are named by their process."""
    for folder in Path(SCRATCH or tempfile.gettempdir()).glob(f"{FOLDERS}[0-9]*-*"):
        if not psutil.pid_exists(int(folder.name.split("-")[2])):
            shutil.rmtree(folder, ignore_errors=True)


def _remove_folder() -> None:
    shutil.rmtree(os.environ.pop(RUN), ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `both_databases` run on SQLite and on PostgreSQL, those marked `on_postgresql`
    on it alone, for others do the same on SQLite; the rest on SQLite.
    """
    if "backend" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        chosen = BACKENDS if marked("both_databases") else BACKENDS[:1]
        if marked("on_postgresql"):
            chosen = BACKENDS[1:]
        metafunc.parametrize("backend", chosen, scope="function")


WALKS = {"attack", "commands", "demo", "journeys", "shape", "test_beside.py"}
"""Folders and files whose tests walk the whole, or do the same a thousand times."""


def _needs_no_application(item: pytest.Item) -> bool:
    """Whether a test stands beside what it tests, as those of rules do."""
    return not WALKS.intersection(item.path.parts) and "backend" not in getattr(
        item, "fixturenames", ()
    )


def _is_counted(item: pytest.Item) -> bool:
    """Whether a test counts which lines of the rules it reaches: one that needs no application, and
    whose cases were worked out by hand.

    What the rules are covered by stands beside the rules, and counting lines is dear.
    """
    return not hasattr(item.obj, "is_hypothesis_test") and _needs_no_application(item)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Count lines, or leave it, from the first fixture of a test on."""
    _count_lines(item.config, yes=_is_counted(item))


def _count_lines(config: pytest.Config, *, yes: bool) -> None:
    coverage = config.pluginmanager.getplugin("_cov")
    counter = coverage and coverage.cov_controller
    if counter and counter.started is not yes:
        (counter.resume if yes else counter.pause)()


def pytest_collection(session: pytest.Session) -> None:
    """What is loaded from now on stays, so nobody looks through it for garbage; and it is tests,
    of which nobody counts the lines.
    """
    gc.disable()
    _count_lines(session.config, yes=False)


def pytest_collection_finish() -> None:
    """What was loaded by now stays: nobody looks through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files; let those without an application be chosen."""
    for item in items:
        if _needs_no_application(item):
            item.add_marker("without_application")
    if "PYTEST_XDIST_WORKER" in os.environ:
        longest_first(items)


@pytest.fixture
def app(
    request: pytest.FixtureRequest, backend: str, databases: Callable[[str], Database]
) -> Iterator[Flask]:
    """The application on an empty database, inside an application context."""
    database = databases(backend)
    writing.set(True)  # whatever the requests of the test before have left
    is_awaited.set(False)
    with database.app.app_context():
        db.engine.dispose()
        database.reset()
        database.app.config["LOOKS_TWICE"] = request.path.parent.name in LOOKED_AT_TWICE
        yield database.app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def tell(
    app: Flask, backend: str, databases: Callable[[str], Database]
) -> Iterator[Callable[[Stage], Campaign]]:
    """The application in demo mode; `tell(stage)` brings a moment of the demo into its empty
    database.
    """
    with _rehearsing(app):
        yield databases(backend).tell


@pytest.fixture
def held(
    app: Flask, backend: str, databases: Callable[[str], Database]
) -> Callable[[str, Callable[[], Any]], Any]:
    """`held(name, make)`: a world that `make` builds once for all tests that begin with it."""
    del app
    return databases(backend).held


@pytest.fixture
def as_migrated(app: Flask, backend: str, databases: Callable[[str], Database]) -> Flask:
    """The application on a database without rows that migrations have made, ready for more."""
    database = databases(backend)
    database.bring_back(database.migrated())
    prepare_migrations(app)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[User], Client]:
    """A browser in which `user` has signed in: `sign_in(user).get(...)`."""

    def signed_in(user: User) -> Client:
        db.session.commit()
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = user.get_id(), True
        return browser  # type: ignore[return-value]

    return signed_in


@pytest.fixture
def page() -> Callable[[TestResponse], Page]:
    """Parse an answer: `page(client.get("/")).one("h1")`."""
    return Page


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], Any]:
    """Count statements sent to the database: `with count_queries() as seen: …; len(seen)`."""
    del app

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def letters(app, monkeypatch):
    """The letters that a real SMTP server took."""
    from tests import post_office  # noqa: PLC0415 - few tests send mail

    with post_office.opened() as (handler, port):
        monkeypatch.setitem(app.config, "SMTP_HOST", "127.0.0.1")
        monkeypatch.setitem(app.config, "SMTP_PORT", port)
        yield handler
