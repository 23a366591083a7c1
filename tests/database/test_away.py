"""A PostgreSQL that is stopped and comes back: every page says so in one line of the log, then goes
on by itself.
"""

import logging
import tempfile
from http import HTTPStatus
from pathlib import Path

import pgserver
import pytest
from sqlalchemy import create_engine, text

from campaign import create_app
from campaign.archive import stored
from campaign.core.permissions import Role
from campaign.database import Base
from campaign.extensions import db, give_up
from campaign.voting import sweeping
from tests import build
from tests.conftest import TEMPLATES, Client, Config
from tools import worker

PATHS = ("/", "/units/", "/home/", "/awards/", "/account/sign-in")
NOWHERE = "/khong-co"
"""That there is no such address is known without a database."""


class Away(Config):
    """As the product connects."""

    SQLALCHEMY_ENGINE_OPTIONS = {"pool_pre_ping": True, "connect_args": {"connect_timeout": 3}}  # noqa: RUF012


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL of these tests alone, with the schema; each leaves it running."""
    with tempfile.TemporaryDirectory(prefix="ngonco-pg-") as folder:
        Path(folder).chmod(0o755)
        running = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        engine = create_engine(_url(running))
        Base.metadata.create_all(engine)
        engine.dispose()
        yield running
        running.ensure_postgres_running()
        running.cleanup()


def _url(server):
    return server.get_uri(database="postgres").replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture
def living(server, common, tmp_path):
    """An application on that database, which answers what breaks."""
    config = Away(_url(server), tmp_path / "evidence")
    config.TEMPLATE_CACHE = str(common / TEMPLATES)
    made = create_app(config)
    made.test_client_class = Client
    made.testing, made.config["PROPAGATE_EXCEPTIONS"] = False, False
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def _get(app, browser, path):
    with app.app_context():
        return super(Client, browser).open(path, method="GET")


def test_while_postgresql_is_away_each_page_says_so_and_goes_on_when_it_is_back(
    living, server, caplog
):
    user = build.user(Role.SECRETARIAT)
    db.session.commit()
    browser = living.test_client()
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = user.get_id(), True
    db.session.remove()
    before = {path: _get(living, browser, path).status_code for path in PATHS}
    pgserver.pg_ctl(["-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user)
    for path in PATHS:
        caplog.clear()
        with caplog.at_level(logging.INFO):
            answer = _get(living, browser, path)
        text = answer.get_data(as_text=True)
        assert (path, answer.status_code, answer.headers.get("Retry-After")) == (path, 503, "5")
        assert "Cơ sở dữ liệu chưa trả lời." in text
        assert '<meta http-equiv="refresh" content="5">' in text
        assert [
            (line.levelname, "\n" in line.getMessage(), line.exc_info) for line in caplog.records
        ] == [("WARNING", False, None)], path
    assert _get(living, browser, NOWHERE).status_code == HTTPStatus.NOT_FOUND
    server.ensure_postgres_running()
    assert {path: _get(living, browser, path).status_code for path in PATHS} == before


def _lose_connection():
    """The connection of this unit of work is ended by somebody else, in the middle of it."""
    own = db.session.scalar(text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})


def test_what_is_given_up_gives_up_a_connection_that_is_gone_as_well(living):
    _lose_connection()
    give_up()
    assert db.session.scalar(text("SELECT 1")) == 1


def test_a_worker_begins_where_the_database_went_away_while_it_swept(living, monkeypatch, caplog):
    def gone(_now):
        _lose_connection()
        raise ConnectionError

    monkeypatch.setitem(living.config, "DEMO", value=True)
    monkeypatch.setattr(stored, "sweep_unasked", gone)
    worker._sweep(living)
    assert "nothing was swept: ConnectionError" in caplog.text
    assert db.session.scalar(text("SELECT 1")) == 1


def test_keys_are_swept_another_time_where_the_database_goes_away_meanwhile(
    living, monkeypatch, caplog
):
    def gone():
        _lose_connection()
        db.session.execute(text("SELECT 1"))

    monkeypatch.setattr(sweeping, "destroy_used_keys", gone)
    sweeping.sweep_keys()
    assert "keys that are not needed any more are not destroyed yet" in caplog.text
    assert db.session.scalar(text("SELECT 1")) == 1
