"""Whoever was overtaken at the same instant is answered once more: with the file they sent, and not
for ever.
"""

import io
from datetime import date
from http import HTTPStatus

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.files import storage
from campaign.planning import actions as planning
from campaign.planning.models import Campaign
from campaign.reporting.evidence import actions as evidence
from campaign.reporting.models import Evidence
from tests import build
from tests.worlds import PDF, World


@pytest.fixture
def overtaken(monkeypatch):
    """Let an action do its work and then find that somebody was first, so many times; gives how
    often it was called.
    """

    def let(module, name, times):
        real, calls = getattr(module, name), []

        def late(*given, **named):
            calls.append(name)
            made = real(*given, **named)
            if len(calls) <= times:
                raise StaleDataError
            return made

        monkeypatch.setattr(module, name, late)
        return calls

    return let


def test_a_file_that_was_read_once_is_sent_whole_with_the_second_answer(app, sign_in, overtaken):
    world = World(due_on=date(2099, 1, 1), locks_on=date(2099, 1, 2))
    calls = overtaken(evidence, "attach", times=1)
    answer = sign_in(world.officer).post(
        f"/campaigns/{world.campaign.id}/reports/{world.report.id}/evidence",
        data={"criterion_id": world.criterion.id, "file": (io.BytesIO(PDF), "Báo cáo.pdf")},
    )
    (row,) = db.session.scalars(select(Evidence)).all()
    assert (answer.status_code, len(calls), row.size) == (HTTPStatus.SEE_OTHER, 2, len(PDF))
    with storage.open_file(row.storage_key) as stream:
        assert stream.read() == PDF


def test_whoever_is_overtaken_again_is_told_so_and_nothing_is_written(
    app, sign_in, page, overtaken
):
    campaign = build.campaign(title="Phong trào thử")
    calls = overtaken(planning, "edit_campaign", times=9)
    browser, address = sign_in(build.user(Role.SECRETARIAT)), f"/campaigns/{campaign.id}/edit"
    answer = browser.post(
        address,
        data={
            "opened": page(browser.get(address)).value("opened"),
            "title": "Tên của người sau",
            "starts_on": "26/02/2021",
            "ends_on": "30/04/2021",
            "organiser_id": "",
            "rule_set_code": "",
        },
    )
    assert (answer.status_code, len(calls)) == (HTTPStatus.CONFLICT, 2)
    assert db.session.get(Campaign, campaign.id).title == "Phong trào thử"
