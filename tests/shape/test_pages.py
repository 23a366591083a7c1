"""Every page that can be opened, opened as every role, over a campaign with rows in it."""

from http import HTTPStatus

import pytest

from campaign.core.permissions import Permission, Role
from campaign.planning.rules import Phase
from tests.shape.walk import (
    ASKED_BY_SCRIPT,
    OF_THE_OFFICE,
    READINESS,
    asked,
    held_by,
    is_of_the_office,
)


def test_what_is_of_the_office_names_no_campaign(app):
    rules = [rule for rule in app.url_map.iter_rules() if is_of_the_office(rule.endpoint)]
    assert {rule.endpoint.partition(".")[0] for rule in rules} == OF_THE_OFFICE
    assert [rule.rule for rule in rules if "campaign_id" in rule.arguments] == []


def test_every_view_declares_its_permission(app):
    undeclared = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        and not isinstance(
            getattr(app.view_functions[rule.endpoint], "permission", None), Permission
        )
    ]
    assert undeclared == []


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.SCORING])
@pytest.mark.parametrize("role", list(Role))
def test_pages_answer_every_role_without_a_fault(app, arrive, role, phase):
    """What no phase changes is asked in one."""
    (known, browser), wrong = arrive(role, phase), {}
    for endpoint, address, needed in asked(app, known, "GET"):
        if needed not in held_by(role) or endpoint == READINESS:
            continue
        if phase is Phase.SCORING or not is_of_the_office(endpoint):
            status = browser.get(address).status_code
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                wrong[endpoint] = status
    assert wrong == {}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_right_reads_nothing(app, arrive, role):
    known, browser = arrive(role, Phase.SCORING)
    answered = {
        endpoint: browser.get(address, headers=ASKED_BY_SCRIPT).status_code
        for endpoint, address, needed in asked(app, known, "GET")
        if needed not in held_by(role)
    }
    assert {
        endpoint: status for endpoint, status in answered.items() if status != HTTPStatus.FORBIDDEN
    } == {}


def test_a_visitor_is_sent_to_sign_in(app, stand_in, client):
    known, _ = stand_in(Phase.SCORING)
    answered = {
        endpoint: client.get(address).status_code
        for endpoint, address, needed in asked(app, known, "GET")
        if needed != "public"
    }
    assert len(answered) > 120
    assert {
        endpoint: status
        for endpoint, status in answered.items()
        if status not in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
    } == {}
