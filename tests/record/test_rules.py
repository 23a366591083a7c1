"""Who sees what was written of a table, and when."""

import pytest

from campaign.audit.models import AuditEntry
from campaign.core.permissions import Permission, Role, permissions_of
from campaign.database import Base
from campaign.planning.rules import Phase
from campaign.record.rules import VISIBILITY, Opens, Seal, seal_of

READERS = (Role.ADMIN, Role.SECRETARIAT, Role.DIRECTOR)


def _seal(table, role, phase):
    return seal_of(table, permissions_of(frozenset({role})), phase)


def test_every_audited_table_is_named_and_no_other(app):
    audited = {
        mapper.local_table.name
        for mapper in Base.registry.mappers
        if getattr(mapper.class_, "__audited__", True)
    }
    assert AuditEntry.__tablename__ not in audited
    assert sorted(VISIBILITY) == sorted(audited)


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("phase", [None, *Phase])
def test_a_table_that_is_not_named_shows_nothing(role, phase):
    assert _seal("something_new", role, phase) is Seal.FOR_EVER


@pytest.mark.parametrize(
    "table",
    [
        "claimed_value",
        "evidence",
        "mark",
        "narrative",
        "open_vote",
        "opinion_scan",
        "score_sheet",
        "self_score",
        "warning_answer",
        "written_opinion",
    ],
)
@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("phase", Phase)
def test_drafts_and_papers_of_members_are_never_shown(table, role, phase):
    assert VISIBILITY[table].opens is Opens.NEVER
    assert _seal(table, role, phase) is Seal.FOR_EVER


@pytest.mark.parametrize(
    "table",
    [
        "ballot",
        "ballot_declined",
        "ballot_line",
        "decision",
        "decision_line",
        "filed_paper",
        "frozen_ranking",
        "frozen_standing",
        "inspection",
        "line_recusal",
        "meeting",
        "nominee",
        "nominee_change",
        "objection",
        "recusal",
        "report",
        "turnout",
        "upward_request",
        "verification",
        "verified_points",
        "verified_value",
    ],
)
@pytest.mark.parametrize("phase", [None, *Phase])
def test_what_follows_from_the_contest_is_sealed_until_it_is_published(table, phase):
    shown = {role: _seal(table, role, phase) for role in READERS}
    until = None if phase is Phase.PUBLISHED else Seal.UNTIL_PUBLISHED
    assert shown == {Role.ADMIN: Seal.NO_RIGHT, Role.SECRETARIAT: until, Role.DIRECTOR: until}


@pytest.mark.parametrize(
    ("table", "admin", "secretariat", "director"),
    [
        ("user_account", None, Seal.NO_RIGHT, Seal.NO_RIGHT),
        ("one_time_link", None, Seal.NO_RIGHT, Seal.NO_RIGHT),
        ("report_version", Seal.NO_RIGHT, None, None),
        ("participation", Seal.NO_RIGHT, None, None),
        ("stock_scan", Seal.NO_RIGHT, None, None),
        ("paper_template", None, None, Seal.NO_RIGHT),
        ("post", Seal.NO_RIGHT, None, Seal.NO_RIGHT),
        ("unit", None, None, None),
    ],
)
@pytest.mark.parametrize("phase", [Phase.REPORTING, Phase.PUBLISHED])
def test_a_reader_sees_what_the_pages_of_the_object_show_him(
    table, admin, secretariat, director, phase
):
    assert [_seal(table, role, phase) for role in READERS] == [admin, secretariat, director]


@pytest.mark.parametrize(
    ("phase", "seal"),
    [(None, Seal.UNTIL_LAUNCH), (Phase.DRAFT, Seal.UNTIL_LAUNCH), (Phase.REPORTING, None)],
)
def test_a_plan_is_seen_by_those_who_write_it_and_after_the_launch_by_all(phase, seal):
    assert _seal("indicator", Role.ADMIN, phase) is seal
    assert _seal("indicator", Role.SECRETARIAT, phase) is None


def test_nobody_without_a_right_sees_anything():
    assert {seal_of(table, frozenset[Permission](), Phase.PUBLISHED) for table in VISIBILITY} == {
        Seal.NO_RIGHT,
        Seal.FOR_EVER,
    }
