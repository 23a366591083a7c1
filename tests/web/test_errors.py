"""What is answered where nothing can be."""

from http import HTTPStatus

import pytest

from campaign.core.permissions import Role
from tests import build

BEYOND = 10**20
"""Larger than any integer a database holds."""


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "path", [f"/posts/{BEYOND}", f"/results/{BEYOND}", f"/public/campaigns/{BEYOND}"]
)
def test_a_number_no_row_can_have_is_not_found(app, client, path):
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


LONGER = "9" * 4_500
"""More digits than Python reads as a number."""


@pytest.mark.both_databases
def test_neither_is_a_number_no_computer_reads(app, client):
    assert client.get(f"/posts/{LONGER}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.both_databases
@pytest.mark.parametrize("number", [BEYOND, LONGER])
def test_a_filter_by_such_a_number_finds_nothing(app, sign_in, number):
    campaign = build.campaign()
    browser = sign_in(build.user(Role.SECRETARIAT))
    answers = [
        browser.get(f"/campaigns/{campaign.id}/verification/?block={number}"),
        browser.get(f"/awards/?past={number}"),
        browser.get(f"/awards/?year={number}"),
        browser.get("/awards/?past=-5"),
    ]
    assert [answer.status_code for answer in answers] == [HTTPStatus.OK] * 4


def test_a_page_that_is_not_there_leads_a_person_to_his_work_and_a_visitor_to_the_front(
    app, client, sign_in, page
):
    texts = [
        page(browser.get("/nowhere")).all("main a, a.btn")
        for browser in (client, sign_in(build.user(Role.SECRETARIAT)))
    ]
    assert ["Về trang đầu" in texts[0], "Về Việc của tôi" in texts[0]] == [True, False]
    assert ["Về trang đầu" in texts[1], "Về Việc của tôi" in texts[1]] == [False, True]
