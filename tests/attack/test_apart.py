"""Nhiều phong trào cùng lúc: nothing of one is found through the address of another."""

from http import HTTPStatus

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from campaign.accounts.models import User
from campaign.archive.contents import owners, rows_of
from campaign.core.permissions import Role
from campaign.database import Base
from campaign.demo.stages import Stage
from campaign.extensions import db
from campaign.notices.models import Notice
from campaign.planning.models import Campaign
from tests.attack.walk import ROWS, told
from tests.shape.walk import ASKED_BY_SCRIPT

ROLES = (
    Role.SECRETARIAT,
    Role.COUNCIL_MEMBER,
    Role.INSPECTOR,
    Role.UNIT_OFFICER,
    Role.UNIT_HEAD,
    Role.DIRECTOR,
)
SHARED = {
    "campaign_id",
    "unit_id",
    "succession_id",
    "user_id",
    "notice_id",
    "mail_id",
    "correction_id",
    "table_id",
    "form_id",
    "key_id",
}
"""What is of no one campaign: its numbers are refused or found for other reasons."""

ASKED_FIRST = {
    "council.lift": HTTPStatus.FORBIDDEN,
    "import_occurrences.write": HTTPStatus.UNPROCESSABLE_ENTITY,
}
"""Where something else is asked for before the row: being the chair, a preview to write."""
NAMED = ("block", "criterion", "criterion_group", "indicator", "task", "meeting", "nominee", "post")
"""Tables whose rows have a name or title that a list would show."""


@pytest.fixture
def both(tell):
    """The campaign of 2021, with everything that came of it, and the one of 2026 beside it."""
    tell(Stage.HEALTH)
    return db.session.scalars(select(Campaign).order_by(Campaign.id)).all()


def _numbers(campaign_id):
    """By the name of a number in an address, those of this campaign's own rows."""
    numbers, known = {}, owners()
    for name in ROWS.keys() - SHARED:
        table = Base.metadata.tables[ROWS[name]]
        key = next(iter(table.primary_key))
        rows = rows_of(table, campaign_id, known).with_only_columns(key)
        numbers[name] = set(db.session.scalars(rows))
    return numbers


def _address(rule, numbers):
    """An address whose campaign is one and whose numbers are another's; None without such."""
    names = rule.arguments - {"campaign_id"}
    values = {name: min(numbers[name]) for name in names & numbers.keys() if numbers[name]}
    if "campaign_id" not in rule.arguments or not values or names - values.keys():
        return None
    return values


def _people():
    """One person of the demo for each role, of both campaigns where there is such a one."""
    people = {}
    for role in ROLES:
        people[role] = db.session.scalars(
            select(User)
            .where(User.grants.any(role=role), User.is_active)
            .options(selectinload(User.grants))
            .order_by(User.id)
        ).first()
    return people


def test_no_role_reaches_a_row_of_one_campaign_through_the_address_of_another(app, both, sign_in):
    here, there = both
    own, foreign = _numbers(here.id), _numbers(there.id)
    reached, asked = [], 0
    for role, person in _people().items():
        held, browser = person.permissions, sign_in(person)
        for rule in app.url_map.iter_rules():
            needed = getattr(app.view_functions[rule.endpoint], "permission", None)
            for at, numbers, others in ((here, foreign, own), (there, own, foreign)):
                only = {name: numbers[name] - others[name] for name in numbers}
                values = _address(rule, only)
                if values is None or needed not in held:
                    continue
                url = app.url_map.bind("localhost").build(
                    rule.endpoint, {"campaign_id": at.id, **values}
                )
                method = "GET" if "GET" in rule.methods else "POST"
                asked += 1
                answer = browser.open(url, method=method, headers=ASKED_BY_SCRIPT)
                refused = ASKED_FIRST.get(rule.endpoint, HTTPStatus.NOT_FOUND)
                if answer.status_code not in {refused, HTTPStatus.NOT_FOUND}:
                    reached.append((role.value, method, url, answer.status_code))
    assert reached == []
    assert asked > 200


def _marked(campaign_id):
    """A word that now stands in the name of each row of this campaign that a list would show."""
    mark, known = f"dauhieu{campaign_id}", owners()
    for name in NAMED:
        table = Base.metadata.tables[name]
        column = next(table.c[wanted] for wanted in ("name", "title", "place") if wanted in table.c)
        key = next(iter(table.primary_key))
        rows = rows_of(table, campaign_id, known).with_only_columns(key).scalar_subquery()
        changed = update(table).where(key.in_(rows)).values({column.name: column + f" {mark}"})
        db.session.connection().execute(changed)
    db.session.commit()
    return mark


def test_no_page_of_one_campaign_names_what_is_of_the_other(app, both, sign_in):
    """A file is looked into once for those of the office and once for those of a unit."""
    at, other = (campaign.id for campaign in both)
    marks = {at: _marked(other), other: _marked(at)}
    named, own, files = [], 0, set()
    for role, person in _people().items():
        held, browser = person.permissions, sign_in(person)
        for rule in app.url_map.iter_rules():
            needed = getattr(app.view_functions[rule.endpoint], "permission", None)
            is_page = "GET" in rule.methods and rule.arguments == {"campaign_id"}
            if not is_page or needed not in held:
                continue
            for number, mark in marks.items():
                address = app.url_map.bind("localhost").build(
                    rule.endpoint, {"campaign_id": number}
                )
                if (address, role.belongs_to_unit) in files:
                    continue
                answer = browser.get(address)
                if answer.mimetype != "text/html":
                    files.add((address, role.belongs_to_unit))
                text = told(answer)
                named += [(role.value, address)] * (mark in text)
                own += sum(text.count(mark) for mark in marks.values()) > 0
    assert named == []
    assert own > 100


def test_a_notice_leads_into_the_campaign_it_is_of(both):
    notices = db.session.execute(
        select(Notice.campaign_id, Notice.url).where(Notice.campaign_id.is_not(None))
    ).all()
    assert [(of, url) for of, url in notices if f"/{of}" not in url] == []
