"""Templates of pages: kept translated in a folder, where the service names one."""

import pytest
from flask import Flask
from jinja2 import Environment

from campaign.web import templating


def _worker(folder, templates):
    app = Flask("a worker", template_folder=str(templates))
    app.config["TEMPLATE_CACHE"] = str(folder)
    templating.init_app(app)
    return app.jinja_env


@pytest.fixture
def templates(tmp_path):
    (tmp_path / "page.html").write_text("Ngọn {{ 'Cờ' }}", encoding="utf-8")
    return tmp_path


def test_the_next_worker_translates_no_template_again_that_did_not_change(
    templates, tmp_path, monkeypatch
):
    folder = tmp_path / "kept" / "templates"
    assert _worker(folder, templates).get_template("page.html").render() == "Ngọn Cờ"
    assert folder.stat().st_mode & 0o777 == 0o700
    with monkeypatch.context() as patches:
        patches.delattr(Environment, "compile")
        assert _worker(folder, templates).get_template("page.html").render() == "Ngọn Cờ"
    (templates / "page.html").write_text("Ngọn {{ 'đuốc' }}", encoding="utf-8")
    assert _worker(folder, templates).get_template("page.html").render() == "Ngọn đuốc"


def test_nothing_is_kept_where_no_folder_is_named(templates):
    assert _worker("", templates).bytecode_cache is None
