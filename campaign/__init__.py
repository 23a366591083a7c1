"""Ngọn Cờ: an emulation campaign from its launch to the signed award decision."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from campaign import blueprints, cli, database, extensions, navigation
from campaign.accounts import sessions
from campaign.archive import readonly
from campaign.audit import recorder
from campaign.council.queries import is_chair
from campaign.demo.clock import rehearsal_date
from campaign.extensions import csrf, db, login_manager
from campaign.files import storage
from campaign.readings import noting
from campaign.web import (
    access,
    assets,
    clock,
    errors,
    headers,
    journal,
    origin,
    templating,
    turns,
    typed,
)


def create_app(config: object) -> Flask:
    """Lắp ứng dụng: the contents page of Ngọn Cờ."""
    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    app.config.from_object(config)
    turns.init_app(app)
    app.wsgi_app = ProxyFix(app.wsgi_app, *[app.config["PROXIES"]] * 4)  # type: ignore[method-assign]
    journal.init_app(app)

    origin.init_app(app)
    csrf.init_app(app)
    extensions.init_app(app)
    login_manager.init_app(app)

    with app.app_context():
        database.prepare(db.engine, when_queueing=turns.give_back)
        journal.watch_statements(db.engine)
    recorder.listen()
    storage.listen()
    sessions.init_app(app)
    clock.init_app(app, rehearsal=rehearsal_date)
    typed.init_app(app)
    access.init_app(app, is_chair=is_chair)
    errors.init_app(app)
    assets.init_app(app)
    headers.init_app(app)
    templating.init_app(app)
    navigation.init_app(app)
    readonly.init_app(app)
    noting.init_app(app)
    blueprints.init_app(app)
    cli.init_app(app)
    return app
