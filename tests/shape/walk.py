"""Ways through the whole: a campaign with a row of each kind, every address filled with them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask

from campaign.accounts.models import User
from campaign.core.permissions import Role
from campaign.planning.rules import Phase
from tests import build
from tests.shape.access import ACCESS, GRANTED, OWN

OTHERWISE = {
    "code": "RS-THU",
    "day": "2021-07-01",
    "filename": "css/tokens.css",
    "kind": "blocks",
    "name": "decision",
    "role": "unit-officer",
    "step": "launch",
    "token": "x",
}
"""Parts of an address that are words; numbers of which the world has no row are 1."""

READINESS = "health.ready"
"""Its 503 is no fault but what it tells: no migrations have made the database of a test."""

OF_THE_OFFICE = frozenset(
    {
        "accounts",
        "api_keys",
        "catalogue",
        "data_requests",
        "helping",
        "honours",
        "import_history",
        "import_people",
        "import_units",
        "managed_sign_on",
        "operation",
        "own_data",
        "own_sign_on",
        "paper_templates",
        "retention",
        "second_factor",
        "setup",
        "sign_on",
        "successions",
        "unit_kinds",
        "units",
    }
)
"""Blueprints of people, units, settings and the law, whose pages are the same however far a
campaign is.
"""

ASKED_BY_SCRIPT = {"Accept": "application/json"}
"""What a page's own script says: the same guard refuses it, in a sentence instead of a page."""


class Asked(NamedTuple):
    """One request: its endpoint and address, and the permission it must demand."""

    endpoint: str
    address: str
    needed: str


def world(phase: Phase) -> dict[str, int | str]:
    """A campaign in `phase` with a row of each kind, by the part of an address that names it."""
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
    exemplar = build.exemplar(entry, by=author)
    return {
        "campaign_id": campaign.id,
        "block_id": block.id,
        "criterion_id": criterion.id,
        "group_id": criterion.group_id,
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
        "exemplar_id": exemplar.id,
        "paper_kind": "plan",
        "subject_id": campaign.id,
    }


def inhabited(phase: Phase) -> tuple[dict[str, int | str], dict[Role, int]]:
    """That world, and somebody with each role in it."""
    known = world(phase)
    return known, {role: somebody(role).id for role in Role}


def key_of(method: str, rule: str) -> str:
    """How the table of rights writes an address."""
    return f"{method} " + re.sub(r"<(?:\w+:)?(\w+?)(?:_id)?>", r"<\1>", rule)


def asked(app: Flask, known: dict[str, int | str], method: str) -> Iterator[Asked]:
    """Every address that takes `method`, with rows of the world in it."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if method in (rule.methods or set()) and rule.endpoint != "static":
            parts = {name: known.get(name, OTHERWISE.get(name, 1)) for name in rule.arguments}
            address = adapter.build(rule.endpoint, parts, method=method)
            yield Asked(rule.endpoint, address, ACCESS[key_of(method, rule.rule)])


def is_of_the_office(endpoint: str) -> bool:
    """Whether a page is the same however far a campaign is."""
    return endpoint.partition(".")[0] in OF_THE_OFFICE


def held_by(*roles: Role) -> set[str]:
    """What somebody with `roles` may ask for."""
    return {"public", *OWN, *(right for role in roles for right in GRANTED[role.value])}


def somebody(role: Role) -> User:
    """A person with `role`, of a unit where the role belongs to one."""
    return build.user(role, at=build.unit() if role.belongs_to_unit else None)
