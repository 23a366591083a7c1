"""Odd things that are sent: an answer in Vietnamese, never a crash, and nothing lost."""

from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from campaign.core.text import name_sort_key
from campaign.extensions import db
from campaign.planning.rules import Phase
from campaign.scoring.models import Mark
from tests import build


@pytest.mark.parametrize(
    "sent",
    ["[1]", "5", '"x"', '{"user_name": 5}', '{"user_name": null}', '{"user_name": {"a": 1}}'],
)
def test_json_fills_no_form(app, client, sent):
    answer = client.post("/account/sign-in", data=sent, content_type="application/json")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "address",
    ["/account/users?q=%00", "/units/?q=a%00b", "/audit/?act=%00", "/awards/rule-sets/a%00b"],
)
def test_what_no_database_can_hold_is_not_there(app, sign_in, address):
    browser = sign_in(build.user(Role.ADMIN, Role.SECRETARIAT))
    assert browser.get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_word_of_thousands_of_digits_is_no_number_and_has_its_place_after_numbers():
    assert sorted(["9" * 5000, "9" * 99, "10"], key=name_sort_key) == ["10", "9" * 99, "9" * 5000]


@pytest.mark.both_databases
def test_what_was_not_sent_of_a_sheet_stays(app, sign_in):
    campaign = build.campaign(phase=Phase.SCORING)
    block, criterion, period = (
        build.block(campaign),
        build.criterion(campaign),
        build.period(campaign),
    )
    entry = build.participation(campaign, unit=build.unit(), block=block)
    done = build.verified(of=entry, period=period, by=build.user(Role.SECRETARIAT))
    user = build.user(Role.COUNCIL_MEMBER)
    build.mark(
        sheet=build.sheet(member=build.member(campaign, user=user), block=block),
        of=entry,
        criterion=criterion,
        points="8",
        version=done.version_id,
    )
    sign_in(user).post(
        f"/campaigns/{campaign.id}/scoring/{block.id}/units/{entry.id}/save", data={}
    )
    assert [str(row.points) for row in db.session.query(Mark)] == ["8.00"]
