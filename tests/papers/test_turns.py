"""Lượt xem xét: one file of a person and one of all people is looked at, at a time."""

import io
from contextlib import ExitStack
from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.papers import apart
from campaign.papers.documents import shipped
from campaign.web import outside
from tests import build


def test_one_file_of_a_person_and_one_of_all_is_looked_at_at_a_time(tmp_path):
    with apart.turn(tmp_path, "1"):
        for person, is_own in (("1", True), ("2", False)):
            with pytest.raises(apart.Occupied) as occupied, apart.turn(tmp_path, person):
                pass
            assert occupied.value.is_own is is_own
    with apart.turn(tmp_path, "1"):
        pass


@pytest.mark.parametrize(
    ("is_own", "sentence"),
    [
        (True, "Một tệp khác Ông/Bà vừa gửi đang được xem xét. Hãy đợi xong rồi gửi lại."),
        (False, "Hệ thống đang xem xét tệp của người khác. Hãy gửi lại sau ít giây."),
    ],
)
def test_who_sends_a_file_meanwhile_is_told_so_beside_the_form(
    app, sign_in, tmp_path, monkeypatch, is_own, sentence
):
    monkeypatch.setattr(outside, "_folder", lambda: tmp_path)
    person = build.user(Role.ADMIN)
    browser = sign_in(person)
    with ExitStack() as held:
        held.enter_context(apart.turn(tmp_path, str(person.id) if is_own else "0"))
        for path in ("/paper-templates/plan", "/import/units/"):
            answer = browser.post(
                path, data={"act": "keep", "file": (io.BytesIO(shipped("plan")), "mau.docx")}
            )
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
            assert sentence in answer.get_data(as_text=True)


def test_no_lock_of_the_database_is_held_while_a_file_is_looked_at(app, sign_in, monkeypatch):
    browser, held = sign_in(build.user(Role.ADMIN)), []
    run = apart.run

    def watched(*arguments, **options):
        held.append(db.session().in_transaction())
        return run(*arguments, **options)

    # the clock of a rehearsal is read from the database
    monkeypatch.setitem(app.config, "DEMO", True)  # noqa: FBT003 - a value, not a switch
    monkeypatch.setattr(apart, "run", watched)
    browser.post(
        "/paper-templates/plan",
        data={"act": "keep", "file": (io.BytesIO(shipped("plan")), "mau.docx")},
    )
    assert held == [False]
