"""Forms many people share: two who save at the same instant."""

from contextlib import suppress
from http import HTTPStatus
from threading import Barrier, BrokenBarrierError, Thread

import pytest

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.nomination.rules import NomineeState
from campaign.planning.rules import Phase
from campaign.web.fields import VietnameseForm
from tests import build
from tests.conftest import Page

HEAD = {"starts_on": "26/02/2021", "ends_on": "30/04/2021", "organiser_id": "", "rule_set_code": ""}


def _plan():
    campaign = build.campaign()
    return f"/campaigns/{campaign.id}/edit", campaign, "occasion", HEAD | {"title": campaign.title}


def _nominee():
    campaign = build.campaign(phase=Phase.MEETING)
    entry = build.participation(campaign, unit=build.unit(), block=build.block(campaign))
    row = build.nominee(
        campaign, of=entry, kind=build.award_kind(campaign), state=NomineeState.DRAFT
    )
    return (
        f"/campaigns/{campaign.id}/awards/nominees/{row.id}/edit",
        row,
        "measures",
        {"participation_id": row.participation_id, "kind_id": row.kind_id, "name": row.name},
    )


def _unit():
    row = build.unit()
    return (
        f"/units/{row.id}/edit",
        row,
        "name",
        {"code": row.code, "short_name": row.short_name, "kind": row.kind},
    )


@pytest.mark.both_databases
@pytest.mark.parametrize("made", [_plan, _nominee, _unit])
def test_of_two_who_save_at_the_same_instant_the_second_sees_both_texts_and_keeps_his(
    app, sign_in, monkeypatch, made
):
    address, row, field, facts = made()
    model, number = type(row), row.id
    browsers = [sign_in(build.user(Role.SECRETARIAT, Role.ADMIN)) for _ in range(2)]
    tokens = [browser.csrf_token() for browser in browsers]
    given = facts | {"opened": Page(browsers[0].get(address)).value("opened")}
    db.session.remove()
    begun, both_are_here = Barrier(2), Barrier(2, timeout=0.5)
    overwrites, answers = VietnameseForm._overwrites, {}

    def together(form):
        with suppress(
            BrokenBarrierError
        ):  # the other is not let in yet: it waits for the page, SQLite for all who write
            both_are_here.wait()
        return overwrites(form)

    monkeypatch.setattr(VietnameseForm, "_overwrites", together)

    def save(browser, token, words):
        with app.app_context():
            begun.wait()
            answers[words] = super(type(browser), browser).open(
                address, method="POST", data=given | {field: words}, headers={"X-CSRFToken": token}
            )
            db.session.remove()

    threads = [
        Thread(target=save, args=row)
        for row in zip(browsers, tokens, ("bản một", "bản hai"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ((second, answer),) = [
        (words, response)
        for words, response in answers.items()
        if response.status_code != HTTPStatus.SEE_OTHER
    ]
    first = next(words for words in answers if words != second)
    shown = Page(answer)
    assert (shown.status, shown.all(".conflict__text"), shown.value(field)) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        [second, first],
        second,
    )
    assert getattr(db.session.get_one(model, number), field) == first
