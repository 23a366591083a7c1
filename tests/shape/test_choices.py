"""What is chosen from a list is chosen by somebody: no list falls upon its first line by itself."""

from collections.abc import Iterator
from pathlib import Path

import lxml.html
from wtforms.fields.core import UnboundField

from campaign.web.fields import EnumField, VietnameseForm

ASKED = {
    "components/list.html": "narrows a list; its first choice is all of it",
    "reporting/compare.html": "both versions stand there already",
    "kinds/index.html": "how a share is rounded, beside what it comes to",
    "decision/show.html": "how a person is addressed begins with nothing; all else is blank",
    "room/_roll.html": "for this meeting alone; the other choice ends a membership",
    "room/_steer.html": "who presides stands there already",
}
"""Where a first choice is no decision."""


def _forms(kind: type[VietnameseForm] = VietnameseForm) -> Iterator[type[VietnameseForm]]:
    for each in kind.__subclasses__():
        yield each
        yield from _forms(each)


def test_a_choice_among_kinds_is_blank_or_says_what_it_begins_with(app):
    fields = {
        f"{form.__module__}.{form.__name__}.{name}": field.kwargs
        for form in _forms()
        for name, field in vars(form).items()
        if isinstance(field, UnboundField) and issubclass(field.field_class, EnumField)
    }
    assert len(fields) > 30
    assert [name for name, said in fields.items() if not {"blank", "default"} & set(said)] == []


def test_a_list_of_a_page_begins_with_no_choice():
    silent = []
    for path in Path("templates").rglob("*.html"):
        text, name = path.read_text(encoding="utf-8"), str(path.relative_to("templates"))
        if "<select" not in text or name in ASKED:
            continue
        page = lxml.html.fragment_fromstring(text, create_parent="div")
        for select in page.cssselect("select"):
            first = select.cssselect("option")[0].get("value")
            if first is None or first.strip():
                silent.append((name, select.get("name")))
    assert silent == []
