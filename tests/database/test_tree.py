"""The table of points as a tree: what its tables refuse, and the way there and back with rows."""

from decimal import Decimal

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from campaign.extensions import db
from campaign.scheme.models import Criterion, CriterionGroup
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, TakesFrom
from tests import build

pytestmark = pytest.mark.both_databases

BASE, PENALTY = CriterionKind.BASE, CriterionKind.PENALTY


@pytest.fixture
def table(app):
    """Group I with section 1 and a criterion in it; another campaign's group."""
    campaign = build.campaign()
    group = build.group(campaign, code="I")
    section = build.group(campaign, code="1", within=group)
    leaf = build.criterion(campaign, within=section, judged_by=JudgedBy.SECRETARIAT)
    other = build.group(build.campaign())
    db.session.commit()
    return group, section, leaf, other, campaign


@pytest.mark.parametrize(
    "change",
    [
        lambda *rows: _set(rows[0], parent_id=rows[0].id),
        lambda *rows: _set(rows[0], parent_id=rows[3].id),
        lambda *rows: _set(rows[0], ceiling=Decimal(1), floor=Decimal(2)),
        lambda *rows: _set(rows[2], maximum=None),
        lambda *rows: _set(rows[2], takes_from=TakesFrom.GROUP),
        lambda *rows: _set(rows[2], kind=PENALTY, takes_from=TakesFrom.CRITERION),
        lambda *rows: _set(rows[2], kind=PENALTY, taken_criterion_id=rows[2].id),
        lambda *rows: _set(
            rows[2], kind=PENALTY, takes_from=TakesFrom.CRITERION, taken_criterion_id=rows[2].id
        ),
        lambda *rows: _set(rows[2], kind=PENALTY, maximum=None, judged_by=JudgedBy.COUNCIL),
    ],
)
def test_a_section_or_criterion_that_cannot_be_is_refused(table, change):
    change(*table)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def _set(row, **values):
    for name, value in values.items():
        setattr(row, name, value)


def test_a_penalty_without_limit_stands_in_the_tables_and_keeps_what_it_takes_from(table):
    _, section, leaf, _, campaign = table
    fine = build.criterion(
        campaign,
        within=section,
        judged_by=JudgedBy.SECRETARIAT,
        maximum=None,
        kind=PENALTY,
        takes_from=TakesFrom.CRITERION,
        taken_criterion_id=leaf.id,
    )
    assert fine.maximum is None
    db.session.delete(leaf)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_table_of_two_levels_goes_a_step_back_and_forth_with_its_kinds_and_bounds(as_migrated):
    campaign = build.campaign()
    for code, kind, cap in (("A", BASE, None), ("T", CriterionKind.BONUS, 10), ("P", PENALTY, 8)):
        within = build.group(campaign, code=code, kind=kind, cap=cap and Decimal(cap))
        build.criterion(campaign, within=within, code=f"{code}1")
    db.session.commit()
    db.session.remove()
    downgrade(revision="0056")
    with db.engine.connect() as connection:
        older = connection.execute(text("SELECT code, kind, cap FROM criterion_group ORDER BY id"))
        assert [tuple(row) for row in older] == [
            ("A", "base", None),
            ("T", "bonus", 100000),
            ("P", "penalty", 80000),
        ]
    upgrade()
    groups = db.session.query(CriterionGroup).order_by(CriterionGroup.id).all()
    assert [(row.ceiling, row.floor) for row in groups] == [
        (None, None),
        (Decimal(10), None),
        (None, Decimal(-8)),
    ]
    leaves = db.session.query(Criterion).order_by(Criterion.id).all()
    assert [(row.kind, row.takes_from) for row in leaves] == [
        (BASE, TakesFrom.TOTAL),
        (CriterionKind.BONUS, TakesFrom.TOTAL),
        (PENALTY, TakesFrom.TOTAL),
    ]
