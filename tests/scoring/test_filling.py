"""The progress of a sheet: counted by the database, and cell by cell where not everything applies
to everybody.
"""

from dataclasses import replace

import pytest

from campaign.core.permissions import Role
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.scheme.models import CriterionScope
from campaign.scheme.rules.terms import JudgedBy
from campaign.scoring.progress import Filling, filling
from campaign.verification.models import VerifiedPoints
from tests import build


@pytest.fixture
def room(app):
    """Two council criteria; three units of which the last is not verified yet; a sheet with one
    mark for each verified one.
    """
    campaign = build.campaign(phase=Phase.SCORING)
    block, period = build.block(campaign), build.period(campaign)
    criteria = [build.criterion(campaign), build.criterion(campaign)]
    build.criterion(campaign, judged_by=JudgedBy.SECRETARIAT)
    sheet = build.sheet(
        member=build.member(campaign, user=build.user(Role.COUNCIL_MEMBER)), block=block
    )
    entries = [build.participation(campaign, unit=build.unit(), block=block) for _ in range(3)]
    build.participation(campaign, unit=build.unit(), block=block, state=ParticipationState.PROPOSED)
    done = [
        build.verified(of=entry, period=period, by=build.user(Role.SECRETARIAT))
        for entry in entries[:2]
    ]
    for entry, row in zip(entries, done, strict=False):
        build.mark(sheet=sheet, of=entry, criterion=criteria[0], points="8", version=row.version_id)
    return campaign, block, sheet, criteria, entries, done


def _filling(room, *, hidden=(), sheet=None):
    campaign, block, own, *_ = room
    db.session.flush()
    return filling(campaign.id, scheme_of(campaign.id), block.id, sheet or own, frozenset(hidden))


def test_what_can_be_marked_and_what_is_marked_is_counted(room):
    assert _filling(room) == Filling(units=3, open=2, cells=4, done=2)


def test_before_the_first_mark_nothing_is_done(room):
    campaign, block, *_ = room
    assert filling(campaign.id, scheme_of(campaign.id), block.id, None, frozenset()) == Filling(
        units=3, open=2, cells=4, done=0
    )


def test_units_he_is_kept_away_from_do_not_count_nor_the_marks_they_had(room):
    entries = room[4]
    assert _filling(room, hidden=[entries[0].unit_id]) == Filling(units=2, open=1, cells=2, done=1)


def test_a_verification_that_is_open_again_takes_the_units_cells_away(room):
    room[5][0].finished_at = room[5][0].finished_by_id = None
    assert _filling(room) == Filling(units=3, open=1, cells=2, done=1)


def test_a_criterion_set_aside_for_a_unit_is_not_asked_and_its_old_mark_not_counted(room):
    _, _, _, criteria, _, done = room
    db.session.add(
        VerifiedPoints(
            verification_id=done[0].id,
            criterion_id=criteria[0].id,
            comment="",
            not_applicable_reason="Không có nhiệm vụ này",
            updated_at=build.NOW,
            updated_by_id=done[0].finished_by_id,
        )
    )
    assert _filling(room) == Filling(units=3, open=2, cells=3, done=1)


def test_a_criterion_of_some_units_is_asked_of_them_alone(room):
    _, _, _, criteria, entries, _ = room
    db.session.add(CriterionScope(criterion_id=criteria[1].id, unit_id=entries[1].unit_id))
    assert _filling(room) == Filling(units=3, open=2, cells=3, done=2)
    assert _filling(room, hidden=[entries[1].unit_id]) == Filling(units=2, open=1, cells=1, done=1)


@pytest.mark.parametrize(("here", "cells"), [(True, 4), (False, 2)])
def test_a_criterion_of_a_block_is_asked_in_that_block(room, here, cells):
    campaign, block, _, criteria, _, _ = room
    chosen = block if here else build.block(campaign)
    db.session.add(CriterionScope(criterion_id=criteria[1].id, block_id=chosen.id))
    assert _filling(room) == replace(Filling(units=3, open=2, cells=4, done=2), cells=cells)
