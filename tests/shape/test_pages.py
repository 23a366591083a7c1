"""Every page that can be opened, opened as every role, over a campaign with rows in it."""

from http import HTTPStatus

import pytest
from flask import Flask

from campaign.core.permissions import Permission, Role
from campaign.planning.rules import Phase
from tests import build

SIGNED_OUT_ENDPOINTS = {"static"}


def _world(phase: Phase) -> dict[str, int | str]:
    office = build.unit(name="Phòng Quản lý công nghiệp")
    campaign = build.campaign(phase=phase)
    block = build.block(campaign)
    criterion = build.criterion(campaign)
    indicator = build.indicator(campaign)
    period = build.period(campaign)
    build.task(campaign)
    author = build.user(Role.UNIT_OFFICER, at=office)
    entry = build.participation(campaign, unit=office, block=block)
    verification = build.verified(of=entry, period=period, by=author)
    chair = build.user(Role.COUNCIL_MEMBER)
    member = build.member(campaign, user=chair)
    sheet = build.sheet(member=member, block=block)
    room = build.meeting(
        campaign,
        chair=member,
        secretary=build.member(campaign, user=build.user(Role.COUNCIL_MEMBER)),
    )
    ballot = build.ballot(room)
    kind = build.award_kind(campaign)
    nominee = build.nominee(campaign, of=entry, kind=kind)
    decision = build.decision(campaign)
    return {
        "campaign_id": campaign.id,
        "block_id": block.id,
        "criterion_id": criterion.id,
        "unit_id": office.id,
        "indicator_id": indicator.id,
        "period_id": period.id,
        "participation_id": entry.id,
        "report_id": verification.report_id,
        "member_id": member.id,
        "sheet_id": sheet.id,
        "user_id": author.id,
        "meeting_id": room.id,
        "ballot_id": ballot.id,
        "kind_id": kind.id,
        "nominee_id": nominee.id,
        "form_id": kind.form_id,
        "decision_id": decision.id,
        "paper_kind": "plan",
        "subject_id": campaign.id,
    }


def _addresses(app: Flask, known: dict[str, int | str]) -> list[tuple[str, str]]:
    found = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if (
            "GET" in rule.methods
            and rule.endpoint not in SIGNED_OUT_ENDPOINTS
            and rule.arguments <= known.keys()
        ):
            found.append(
                (
                    rule.endpoint,
                    adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments}),
                )
            )
    return sorted(found)


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
def test_pages_answer_every_role_without_a_fault(app, sign_in, role, phase):
    known = _world(phase)
    browser = sign_in(build.user(role, at=build.unit() if role.belongs_to_unit else None))
    wrong = {}
    for endpoint, address in _addresses(app, known):
        status = browser.get(address).status_code
        needed = app.view_functions[endpoint].permission
        held = {Permission.PUBLIC} | build.user(role, at=build.unit()).permissions
        if needed not in held and status != HTTPStatus.FORBIDDEN:
            wrong[endpoint] = status
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            wrong[endpoint] = status
    assert wrong == {}


def test_a_visitor_is_sent_to_sign_in(app, client):
    known = _world(Phase.SCORING)
    open_to_all = {
        endpoint: client.get(address).status_code
        for endpoint, address in _addresses(app, known)
        if app.view_functions[endpoint].permission is not Permission.PUBLIC
    }
    assert {
        endpoint: status
        for endpoint, status in open_to_all.items()
        if status not in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
    } == {}
