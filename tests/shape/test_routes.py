"""Routes: their words, their rights when they write, and that reading writes nothing."""

import re
from http import HTTPStatus

import pytest
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.audit import queries as audit
from campaign.core.permissions import Role
from campaign.decision.models import Decision
from campaign.demo.content.people import head_of, officer_of
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.meeting.models import Meeting
from campaign.planning.rules import Phase
from tests import build
from tests.shape.walk import (
    ASKED_BY_SCRIPT,
    READINESS,
    asked,
    held_by,
    is_of_the_office,
)


def test_addresses_are_written_in_kebab_case(app):
    named_by_browsers = {"/favicon.ico"}
    wrong = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule not in named_by_browsers
        and not re.fullmatch(r"(/([a-z0-9-]+|<(int:|path:|string:)?[a-z_]+>))*/?", rule.rule)
    ]
    assert wrong == []


def test_nothing_but_get_and_post_is_spoken(app):
    assert {method for rule in app.url_map.iter_rules() for method in rule.methods} <= {
        "GET",
        "HEAD",
        "OPTIONS",
        "POST",
    }


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.SCORING])
@pytest.mark.parametrize("role", list(Role))
def test_no_one_meets_a_fault_where_they_may_write(app, arrive, role, phase):
    """What no phase changes is asked in one."""
    (known, browser), wrong = arrive(role, phase), {}
    for endpoint, address, needed in asked(app, known, "POST"):
        if needed not in held_by(role) or endpoint == "accounts.sign_out":
            continue
        if phase is Phase.SCORING or not is_of_the_office(endpoint):
            status = browser.post(address, data={}).status_code
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                wrong[endpoint] = status
    assert wrong == {}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_right_writes_nothing(app, arrive, role):
    (known, browser), wrong = arrive(role, Phase.SCORING), {}
    before = audit.head()
    for endpoint, address, needed in asked(app, known, "POST"):
        if needed not in held_by(role):
            status = browser.post(address, data={}, headers=ASKED_BY_SCRIPT).status_code
            if status != HTTPStatus.FORBIDDEN:
                wrong[endpoint] = status
    assert wrong == {}
    assert audit.head() == before


def test_a_visitor_writes_nothing(app, stand_in, client):
    known, _ = stand_in(Phase.SCORING)
    before, wrong = audit.head(), {}
    for endpoint, address, needed in asked(app, known, "POST"):
        if needed == "public":
            continue
        status = client.post(address, data={}).status_code
        if status != HTTPStatus.UNAUTHORIZED:
            wrong[endpoint] = status
    assert (wrong, audit.head()) == ({}, before)


def test_a_write_without_the_token_of_its_page_is_refused(app, stand_in, sign_in):
    known, _ = stand_in(Phase.SCORING)
    browser = sign_in(build.user(*(role for role in Role if not role.belongs_to_unit)))
    before = audit.head()
    answers = {
        endpoint: browser.post(address, data={}, token=False).status_code
        for endpoint, address, _ in asked(app, known, "POST")
        if endpoint != "publicity.view"
    }
    assert {
        endpoint: status for endpoint, status in answers.items() if status not in {400, 401}
    } == {}
    assert audit.head() == before


OFFICE = ("quan-tri", "thuong-truc", "giam-doc", "kiem-tra", "pho-giam-doc")
UNITS = (head_of("QLTM"), officer_of("LSN"))


@pytest.mark.parametrize("stage", [Stage.SCORING, Stage.MEETING, Stage.PUBLISHED])
def test_reading_every_page_of_the_demo_writes_nothing_and_fails_nowhere(app, tell, sign_in, stage):
    """A file, and a page that anybody may read, is asked for once by those of the office and once
    by those of a unit; what no stage changes, at the first.

    Those of a unit read every page of the meeting in the attack.
    """
    campaign = tell(stage)
    known = {
        "campaign_id": campaign.id,
        "block_id": 1,
        "criterion_id": 7,
        "unit_id": 3,
        "indicator_id": 1,
        "period_id": 2,
        "participation_id": 3,
        "report_id": 20,
        "member_id": 2,
        "sheet_id": 1,
        "user_id": 1,
        "post_id": 1,
        "number": 1,
        "kind": "blocks",
        "row_id": 1,
        "group_id": 1,
        "inspection_id": 1,
        "evidence_id": 1,
        "entry_number": 1,
        "meeting_id": 1,
        "ballot_id": 1,
        "kind_id": 1,
        "nominee_id": 1,
        "form_id": 1,
        "decision_id": 1,
        "paper_kind": "plan",
        "subject_id": campaign.id,
    }
    before, faults = audit.head(), {}
    alike: set[tuple[str, bool]] = set()
    for name in OFFICE if stage is Stage.MEETING else OFFICE + UNITS:
        user = db.session.scalars(
            db.select(User).filter_by(user_name=name).options(selectinload(User.grants))
        ).one()
        browser, held = sign_in(user), held_by(*user.roles)
        for endpoint, address, needed in asked(app, known, "GET"):
            kind = (endpoint, name in UNITS)
            if needed not in held or endpoint == READINESS or kind in alike:
                continue
            if stage is not Stage.SCORING and is_of_the_office(endpoint):
                continue
            answer = browser.get(address)
            if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                faults[name, endpoint] = answer.status_code
            if needed == "public" or answer.mimetype not in {"text/html", "application/json"}:
                alike.add(kind)
    assert (faults, audit.head()) == ({}, before)


def _more(campaign, block, period, author):
    office = build.unit()
    entry = build.participation(campaign, unit=office, block=block)
    build.verified(of=entry, period=period, by=author)
    build.user(Role.UNIT_OFFICER, at=office)
    build.criterion(campaign)
    build.task(campaign)
    build.indicator(campaign)
    member = build.member(campaign, user=build.user(Role.COUNCIL_MEMBER))
    kind = build.award_kind(campaign)
    nominee = build.nominee(campaign, of=entry, kind=kind)
    room = build.meeting(
        campaign,
        chair=member,
        secretary=build.member(campaign, user=build.user(Role.COUNCIL_MEMBER)),
    )
    build.ballot(room)
    first = db.session.scalars(db.select(Meeting).order_by(Meeting.id)).first()
    build.ballot(first)
    decision = db.session.scalars(
        db.select(Decision).order_by(Decision.id)
    ).first() or build.decision(campaign)
    build.decision(campaign)
    build.decision_line(decision, nominee=nominee, kind=kind)


LISTS = (
    "/campaigns/{0}/",
    "/campaigns/{0}/indicators/",
    "/campaigns/{0}/criteria/",
    "/campaigns/{0}/enrolment/",
    "/campaigns/{0}/council/",
    "/campaigns/{0}/reports/",
    "/campaigns/{0}/verification/",
    "/campaigns/{0}/scoring/",
    "/campaigns/{0}/scoring/1",
    "/campaigns/{0}/ranking/",
    "/campaigns/{0}/plan/tasks",
    "/units/",
    "/account/users",
    "/audit/",
    "/campaigns/{0}/posts",
    "/home/",
    "/campaigns/{0}/meetings/",
    "/campaigns/{0}/meetings/1",
    "/campaigns/{0}/awards/",
    "/campaigns/{0}/awards/kinds",
    "/campaigns/{0}/decisions/1",
    "/awards/",
    "/awards/catalogue",
    "/campaigns/{0}/papers/",
    "/paper-templates/",
)
LISTS_OF_CAMPAIGNS = ("/campaigns/", "/")


def _costs(browser, count_queries, addresses):
    """What pages ask the database once whatever is kept between requests is kept."""
    costs = {}
    for address in addresses:
        browser.get(address)
        with count_queries() as seen:
            assert browser.get(address).status_code == HTTPStatus.OK, address
        costs[address] = len(
            [statement for statement in seen if not statement.startswith(("BEGIN", "PRAGMA"))]
        )
    return costs


def test_a_list_costs_the_same_number_of_queries_for_one_row_and_for_three(
    app, sign_in, count_queries
):
    campaign = build.campaign(phase=Phase.SCORING)
    block, period = build.block(campaign), build.period(campaign)
    user = build.user(Role.ADMIN, Role.SECRETARIAT, Role.COUNCIL_MEMBER)
    build.member(campaign, user=user)
    browser, costs = sign_in(user), []
    for rows in (1, 2):
        for _ in range(rows):
            _more(campaign, block, period, user)
        addresses = [address.format(campaign.id) for address in LISTS]
        costs.append(_costs(browser, count_queries, addresses))
    assert costs[0] == costs[1]
    costs = []
    for rows in (1, 2):
        for _ in range(rows):
            build.campaign(phase=Phase.SCORING)
        costs.append(_costs(browser, count_queries, LISTS_OF_CAMPAIGNS))
    assert costs[0] == costs[1]
