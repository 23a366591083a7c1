"""The last evening: many units, each with a report that nobody has begun, and a council in session.

`python -m prove.hall 500` fills the instance that the environment names, and tells as JSON who may
write where. Rows are written as they are, and taken into the record by a checkpoint.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

NOW = datetime.now(UTC)
TODAY = NOW.date()
TASKS, CRITERIA = 4, 8
"""Twenty cells a report: a text for each task, points and a text for each criterion."""
COUNCIL = 15


def main() -> None:
    """Fill, and tell."""
    from tools.serve import keep_secret_key

    os.umask(0o077)
    keep_secret_key()
    from campaign.extensions import db
    from campaign.proof import actions as proof
    from prove.scene import session_of
    from wsgi import app

    units = int(sys.argv[1])
    with app.app_context():
        db.create_all()
        told = _fill(units)
        db.session.commit()
        proof.checkpoint(accept=True, tell=lambda _words: None)
        db.session.remove()
        users = told.pop("users")
    told["sessions"] = {name: session_of(app, number) for name, number in users.items()}
    json.dump(told, sys.stdout)


def _fill(units: int) -> dict[str, Any]:
    from campaign.extensions import db
    from campaign.honours import actions as honours
    from campaign.units.kinds import install_kinds

    honours.install_catalogue()
    install_kinds()
    campaign = _campaign()
    officers = [_unit(number) for number in range(1, units + 1)]
    db.session.flush()
    reports = _reports(campaign, units)
    meeting, members = _meeting(campaign)
    db.session.flush()
    people = [*officers, *(member.user for member in members)]
    return {
        "campaign": campaign.id,
        "meeting": meeting.id,
        "reports": [
            {"id": report, "officer": officer.user_name}
            for report, officer in zip(reports, officers, strict=True)
        ],
        "council": [member.user.user_name for member in members],
        "users": {user.user_name: user.get_id() for user in people},
    }


def _campaign() -> Any:
    from campaign.extensions import db
    from campaign.planning import actions as planning
    from campaign.planning.models import Block, ReportingPeriod, Task
    from campaign.planning.rules import Phase
    from campaign.scheme.models import Criterion, CriterionGroup
    from campaign.scheme.rules.terms import JudgedBy

    campaign = planning.create_campaign(
        {
            "title": "Tối cuối cùng",
            "starts_on": TODAY - timedelta(days=64),
            "ends_on": TODAY,
            "progress_is_public": False,
        }
    )
    group = CriterionGroup(campaign_id=campaign.id, code="A", name="Hội đồng chấm", position=1)
    period = ReportingPeriod(
        campaign_id=campaign.id,
        name="Cuối phong trào",
        starts_on=TODAY - timedelta(days=29),
        ends_on=TODAY,
        due_on=TODAY,
        locks_on=TODAY + timedelta(days=5),
        is_final=True,
    )
    block = Block(campaign_id=campaign.id, name="Khối", position=1)
    tasks = [
        Task(campaign_id=campaign.id, name=f"Nhiệm vụ {number}", position=number)
        for number in range(1, TASKS + 1)
    ]
    db.session.add_all([group, period, block, *tasks])
    db.session.flush()
    db.session.add_all(
        [
            Criterion(
                campaign_id=campaign.id,
                group_id=group.id,
                code=f"A{number}",
                name=f"Tiêu chí số {number}",
                position=number,
                guidance="Chấm theo kết quả.",
                maximum=Decimal(100) / CRITERIA,
                judged_by=JudgedBy.COUNCIL,
            )
            for number in range(1, CRITERIA + 1)
        ]
    )
    campaign.phase, campaign.frozen_at = Phase.REPORTING, NOW
    db.session.flush()
    return campaign


def _person(name: str, unit: int | None, *roles: Any) -> Any:
    from campaign.accounts.models import RoleGrant, User
    from campaign.core.text import name_sort_key, search_key
    from campaign.extensions import db

    user = User(
        user_name=name,
        full_name=f"Nguyễn Văn {name}",
        sort_key=name_sort_key(name),
        search_key=search_key(name),
        must_change_password=False,
        unit_id=unit,
    )
    db.session.add(user)
    db.session.flush()
    db.session.add_all([RoleGrant(user_id=user.id, role=role, unit_id=unit) for role in roles])
    return user


def _unit(number: int) -> Any:
    """A unit, and the one person who writes and signs its report."""
    from campaign.core.permissions import Role
    from campaign.units import actions as units
    from campaign.units.rules import UsualKind

    unit = units.save_unit(
        None,
        code=f"DV{number}",
        name=f"Phòng Kinh tế số {number}",
        short_name=f"Phòng số {number}",
        kind=UsualKind.DISTRICT_OFFICE.value,
        parent_id=None,
        valid_from=None,
        valid_to=None,
        is_illustrative=True,
    )
    return _person(f"can-bo-{number}", unit.id, Role.UNIT_OFFICER, Role.UNIT_HEAD)


def _reports(campaign: Any, units: int) -> list[int]:
    from sqlalchemy import select

    from campaign.enrolment.models import Participation
    from campaign.enrolment.rules import ParticipationState
    from campaign.extensions import db
    from campaign.planning.models import Block, ReportingPeriod
    from campaign.reporting.models import Report
    from campaign.units.models import Unit

    secretary = _person("thuong-truc", None)
    block = db.session.scalars(select(Block.id)).one()
    period = db.session.scalars(select(ReportingPeriod.id)).one()
    rows = []
    for unit in db.session.scalars(select(Unit.id).order_by(Unit.id)).all():
        taking = Participation(
            campaign_id=campaign.id,
            unit_id=unit,
            block_id=block,
            state=ParticipationState.CONFIRMED,
            enrolled_at=NOW,
            enrolled_by_id=secretary.id,
            confirmed_at=NOW,
            confirmed_by_id=secretary.id,
        )
        db.session.add(taking)
        db.session.flush()
        rows.append(Report(participation_id=taking.id, period_id=period))
    db.session.add_all(rows)
    db.session.flush()
    assert len(rows) == units  # noqa: S101 - one for each
    return [row.id for row in rows]


def _meeting(campaign: Any) -> tuple[Any, list[Any]]:
    """A meeting of fifteen that is open."""
    from campaign.core.permissions import Role
    from campaign.council import queries as council
    from campaign.council.models import CouncilMember
    from campaign.council.rules import CouncilFunction
    from campaign.extensions import db
    from campaign.meeting import actions, queries
    from campaign.meeting.rules import Presence
    from campaign.planning.rules import Phase

    functions = [CouncilFunction.CHAIR, CouncilFunction.SECRETARY]
    functions += [CouncilFunction.MEMBER] * (COUNCIL - len(functions))
    for position, function in enumerate(functions, start=1):
        user = _person(f"uy-vien-{position}", None, Role.COUNCIL_MEMBER)
        db.session.add(
            CouncilMember(
                campaign_id=campaign.id, user_id=user.id, position=position, function=function
            )
        )
    db.session.flush()
    members = list(council.members(campaign.id))
    campaign.phase = Phase.MEETING
    meeting = actions.call_meeting(
        campaign, members, place="Phòng họp", starts_at=NOW, opinions_until=None, agenda="", at=NOW
    )
    for row in queries.attendances(meeting.id):
        actions.set_presence(meeting, row, Presence.PRESENT, reason="", at=NOW)
    actions.open_meeting(meeting, at=NOW)
    campaign.phase = Phase.REPORTING
    return meeting, members


if __name__ == "__main__":
    main()
