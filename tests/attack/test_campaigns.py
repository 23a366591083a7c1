"""Nhiều phong trào cùng lúc: who is of one alone reads no secret of the other, at any address."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.archive.contents import ROOT, owners, rows_of
from campaign.core.permissions import Role
from campaign.council.models import CouncilMember
from campaign.database import Base
from campaign.demo.stages import Stage
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.planning.models import Campaign
from tests.attack.canaries import plant
from tests.attack.secrecy import may_read
from tests.attack.test_apart import _numbers
from tests.attack.walk import _persona, told

DRAWN = ("print", "pdf", "paper", "draw", "package", "picture")
"""Pages drawn by a process of their own show what the page beside them shows."""


@pytest.fixture
def both(tell):
    """The campaign of 2021, published, and the one of 2026 beside it, which still runs."""
    tell(Stage.HEALTH)
    return db.session.scalars(select(Campaign).order_by(Campaign.id)).all()


def _of_one_alone(at, other):
    """A member, and somebody of a unit, who take part in this campaign and in no other."""
    units = {
        campaign.id: set(
            db.session.scalars(
                select(Participation.unit_id).where(Participation.campaign_id == campaign.id)
            )
        )
        for campaign in (at, other)
    }
    members = {
        campaign.id: set(
            db.session.scalars(
                select(CouncilMember.user_id).where(CouncilMember.campaign_id == campaign.id)
            )
        )
        for campaign in (at, other)
    }
    people = db.session.scalars(
        select(User).where(User.is_active).options(selectinload(User.grants)).order_by(User.id)
    ).all()
    chosen = {}
    for person in people:
        roles, held = person.roles, set(person.units_as(Role.UNIT_HEAD, Role.UNIT_OFFICER))
        outside = not held & units[other.id] and person.id not in members[other.id]
        is_ours = bool(held & units[at.id]) or person.id in members[at.id]
        few = roles <= {Role.UNIT_HEAD, Role.UNIT_OFFICER, Role.COUNCIL_MEMBER}
        if outside and is_ours and few:
            chosen.setdefault(person.id in members[at.id], person)
    return list(chosen.values())


def _secrets(aviary, campaign_id):
    """The canaries in rows of this campaign, so that those of one's own are no leak."""
    known = owners()
    keys = {
        name: set(
            db.session.scalars(
                rows_of(Base.metadata.tables[name], campaign_id, known).with_only_columns(
                    next(iter(Base.metadata.tables[name].primary_key))
                )
            )
        )
        for name in known
        if name != ROOT
    }
    return {
        canary
        for canary in aviary.tokens.values()
        if canary.key.isdecimal() and int(canary.key) in keys.get(canary.table, ())
    }


def _addresses(app, campaign_id, numbers, held):
    """Every page this person may ask for: of the other campaign with its rows, and of none."""
    for rule in app.url_map.iter_rules():
        needed = getattr(app.view_functions[rule.endpoint], "permission", None)
        if "GET" not in rule.methods or needed not in held:
            continue
        if any(word in rule.endpoint for word in DRAWN):
            continue
        values = {"campaign_id": campaign_id} | {
            name: max(numbers[name]) for name in rule.arguments & numbers.keys() if numbers[name]
        }
        if rule.arguments <= values.keys():
            yield app.url_map.bind("localhost").build(
                rule.endpoint, {name: values[name] for name in rule.arguments}
            )


def test_who_is_of_one_campaign_reads_no_secret_of_another(app, both, sign_in):
    first, second = both
    numbers = {campaign.id: _numbers(campaign.id) for campaign in both}
    aviary = plant(campaign_id=first.id)
    found, heard = [], set()
    for at, other, stage in ((first, second, Stage.SCORING), (second, first, Stage.PUBLISHED)):
        secrets = _secrets(aviary, other.id)
        people = _of_one_alone(at, other)
        assert len(people) == 2
        for person in people:
            who = _persona(person, other, stage.today)
            browser = sign_in(person)
            for address in _addresses(app, other.id, numbers[other.id], person.permissions):
                text = told(browser.get(address))
                seen = set(aviary.seen_in(text))
                heard |= {canary.table for canary in seen}
                found += [
                    (who.name, address, f"{canary.table}.{canary.column}")
                    for canary in seen & secrets
                    if not may_read(who, canary, stage)
                ]
    assert found == []
    assert {"criterion", "award_form", "task"} <= heard, "the reader is blind"
