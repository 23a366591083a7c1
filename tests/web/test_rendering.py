"""The quicker rendering writes what Jinja itself writes, escapes what Jinja escapes, and refuses
what Jinja refuses.
"""

from decimal import Decimal
from enum import StrEnum

import pytest
from flask import Flask
from flask.templating import Environment
from hypothesis import given
from hypothesis import strategies as some
from jinja2 import DictLoader, StrictUndefined, UndefinedError, pass_context, pass_eval_context
from markupsafe import Markup, escape

from campaign.web.rendering import PageEnvironment, written


class Colour(StrEnum):
    """A string of another type."""

    RED = "<đỏ>"


class Lazy:
    """Writes itself as markup."""

    def __html__(self):  # noqa: D105
        return "<b>sẵn</b>"


class Shown:
    """Is text only once asked; may be called."""

    def __str__(self):  # noqa: D105
        return "<i>&'\""

    def __call__(self, text):
        return f"<{text}>"

    def method(self, *, key="<mặc định>"):
        return key


VALUES = (
    "<a href='x'>\"&\"</a>",
    Markup("<b>đậm</b>"),
    Colour.RED,
    Lazy(),
    Shown(),
    7,
    -3,
    True,
    None,
    Decimal("1.50"),
    2.5,
    "",
    ("<", 1),
)
TEMPLATES = {
    "parts.html": """{% macro plain(a, b="<b>", css=none) %}[{{ a }}|{{ b }}|{{ css }}]{% endmacro %}
{% macro slot(a) %}({{ a }}{{ caller() }}){% endmacro %}{% macro many() %}{{ varargs|join("<") }}{{ kwargs|length }}{% endmacro %}""",
    "base.html": "<h1>{% block head %}{% endblock %}</h1>{% block body %}{% endblock %}",
    "page.html": """{% extends "base.html" %}{% import "parts.html" as parts %}{% block head %}{{ value }}{% endblock %}{% block body %}
{% for one in (1, 2) %}{{ parts.plain(value) }}{{ parts.plain(one, b=value, css="x" ~ one ~ value) }}
{% call parts.slot(value) %}{{ value }}{{ loop.index }}{% endcall %}{{ parts.many(value, 1, k=value) }}{% endfor %}
{{ value ~ value }}{{ "a<" ~ 1 ~ "b" }}{{ shown("<x>") }}{{ shown.method() }}{{ shown.method(key=value) }}{{ {"k": value}.get("k") }}
{{ [value]|join("<") }}{{ value|default("<")|string }}{{ "<i>"|safe ~ value }}{% set kept %}<u>{{ value }}</u>{% endset %}{{ kept }}
{% include "part.html" %}{{ evaluated("<") }}{{ aware() }}{% filter upper %}{{ value }}{% endfilter %}{% endblock %}""",
    "part.html": (
        "<em>{{ value }}</em>{% autoescape false %}{{ value }}{{ value ~ '<' }}{% endautoescape %}"
    ),
    "wrong.html": "một\nhai\n{{ 1 / nought }}",
    "plain.txt": "{{ value }}{{ value ~ '<' }}",
}


@pass_context
def aware(context):
    return context.resolve("outer")


@pass_eval_context
def evaluated(eval_ctx, text):
    return f"{eval_ctx.autoescape}{text}"


def environments():
    """Jinja's own environment and ours, over the same templates."""
    for kind in (Environment, PageEnvironment):
        found = kind(
            Flask(__name__),
            loader=DictLoader(TEMPLATES),
            autoescape=lambda name: name != "plain.txt",
            undefined=StrictUndefined,
        )
        found.globals.update(aware=aware, evaluated=evaluated, outer="<ngoài>")
        yield found


@pytest.mark.parametrize(
    "value", VALUES, ids=lambda value: f"{type(value).__name__}-{str(value)[:6]}"
)
@pytest.mark.parametrize("name", ["page.html", "plain.txt"])
def test_a_page_is_the_same_letter_by_letter(name, value):
    theirs, ours = (
        one.get_template(name).render(value=value, shown=Shown()) for one in environments()
    )
    assert ours == theirs


@given(
    some.one_of(
        some.text(),
        some.integers(),
        some.floats(),
        some.decimals(),
        some.booleans(),
        some.lists(some.text()),
        some.none(),
    )
)
def test_whatever_is_written_is_escaped(value):
    assert str(written(value)) == str(escape(value))


def test_the_application_renders_with_it(app):
    assert type(app.jinja_env) is PageEnvironment


@pytest.mark.parametrize(
    "text",
    [
        "{{ nobody }}",
        "{{ nobody ~ 'a' }}",
        "{{ nobody.name }}",
        "{{ shown.nobody }}",
        "{{ nobody() }}",
    ],
)
def test_a_name_nobody_gave_is_refused(text):
    for one in environments():
        with pytest.raises(UndefinedError):
            one.from_string(text).render(shown=Shown())


def test_an_error_names_its_line_in_the_template():
    for one in environments():
        with pytest.raises(ZeroDivisionError) as caught:
            one.get_template("wrong.html").render(nought=0)
        assert caught.traceback[-1].lineno + 1 == 3


def test_no_function_of_ours_asks_for_the_variables_of_a_loop(app):
    """They are not handed over; a function that wants the context gets the page's."""
    with app.test_request_context():
        assert [
            name for name, one in app.jinja_env.globals.items() if hasattr(one, "jinja_pass_arg")
        ] == []


def test_a_browser_that_asks_for_the_icon_without_a_page_is_led_to_the_flag(client):
    with client.get(client.get("/favicon.ico").location) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
