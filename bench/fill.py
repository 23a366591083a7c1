"""Fill an empty database with one block of `units`, marked by `members` on `criteria`."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import insert

from bench import own_table
from campaign.accounts.models import RoleGrant, User
from campaign.core.permissions import Role
from campaign.core.text import name_sort_key, search_key, text_sort_key
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.demo.content.indicators import INDICATORS
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.honours import actions as honours
from campaign.planning import actions as planning
from campaign.planning.models import Block, Campaign, ReportingPeriod, Task
from campaign.planning.rules import Phase
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import ReportState
from campaign.scheme.actions import install_measure_units
from campaign.scheme.models import Criterion, CriterionGroup, Indicator, MeasureUnit
from campaign.scheme.rules.terms import JudgedBy
from campaign.scoring.models import Mark, ScoreSheet
from campaign.scoring.rules import MarkState
from campaign.units.kinds import install_kinds
from campaign.units.models import Unit
from campaign.units.rules import UsualKind
from campaign.verification.models import Verification, VerifiedValue

NOW = datetime(2021, 4, 28, 2, 0, tzinfo=UTC)
TODAY = date(2021, 4, 28)


@dataclass(frozen=True)
class Shape:
    """How large: units × members × council criteria; with the demo's indicators, with a whole table
    of the shelf, or marks only.
    """

    units: int
    members: int
    criteria: int
    with_indicators: bool
    table: str = ""

    def __str__(self) -> str:
        """As the tables of figures name it."""
        more = ", 6 indicators" if self.with_indicators else ""
        more += ", a table of three levels" if self.table else ""
        return f"{self.units:,} units x {self.members} members x {self.criteria} criteria{more}"


def fill(shape: Shape) -> None:
    """Every unit has a verified final report and every member marked all but one sheet."""
    honours.install_catalogue()
    install_measure_units()
    install_kinds()
    _people_and_units(shape)
    campaign = _campaign(shape)
    _reports(shape, campaign)
    _marks(shape, campaign)
    db.session.commit()


def _people_and_units(shape: Shape) -> None:
    db.session.connection().execute(
        insert(Unit),
        [
            {
                "id": number,
                "path": f"/{number}/",
                "kind": UsualKind.DISTRICT_OFFICE.value,
                "code": f"DV{number}",
                "name": f"Phòng Kinh tế và Hạ tầng số {number}",
                "short_name": f"Phòng số {number}",
                "sort_key": text_sort_key(f"Phòng Kinh tế và Hạ tầng số {number}"),
                "search_key": search_key(f"Phòng Kinh tế và Hạ tầng số {number}"),
                "is_illustrative": True,
            }
            for number in range(1, shape.units + 1)
        ],
    )
    names = [
        "thuong-truc",
        "can-bo",
        *(f"uy-vien-{number}" for number in range(1, shape.members + 1)),
    ]
    db.session.connection().execute(
        insert(User),
        [
            {
                "id": number,
                "user_name": name,
                "full_name": f"Nguyễn Văn {name}",
                "sort_key": name_sort_key(name),
                "search_key": name,
                "password_hash": None,
                "must_change_password": False,
                "is_active": True,
                "is_demo": True,
                "unit_id": 1 if name == "can-bo" else None,
            }
            for number, name in enumerate(names, start=1)
        ],
    )
    roles = [
        (1, Role.SECRETARIAT, None),
        (2, Role.UNIT_OFFICER, 1),
        *((number + 2, Role.COUNCIL_MEMBER, None) for number in range(1, shape.members + 1)),
    ]
    db.session.connection().execute(
        insert(RoleGrant),
        [{"user_id": user, "role": role, "unit_id": unit} for user, role, unit in roles],
    )


def _campaign(shape: Shape) -> Campaign:
    campaign = planning.create_campaign(
        {
            "title": "Đo tốc độ",
            "starts_on": date(2021, 2, 26),
            "ends_on": date(2021, 4, 30),
            "progress_is_public": False,
        }
    )
    db.session.add(Block(campaign_id=campaign.id, name="Khối", position=1))
    db.session.add_all(
        [
            Task(campaign_id=campaign.id, name=f"Nhiệm vụ {number}", position=number)
            for number in range(4)
        ]
    )
    db.session.add(
        ReportingPeriod(
            campaign_id=campaign.id,
            name="Cuối phong trào",
            starts_on=date(2021, 4, 1),
            ends_on=date(2021, 4, 30),
            due_on=date(2021, 4, 30),
            locks_on=date(2021, 5, 5),
            is_final=True,
        )
    )
    if shape.table:
        own_table.take(campaign, shape.table, NOW)
    else:
        _criteria(shape, campaign)
    campaign.phase, campaign.frozen_at = Phase.SCORING, NOW
    return campaign


def _criteria(shape: Shape, campaign: Campaign) -> None:
    if shape.with_indicators:
        _indicators(campaign)
    group = CriterionGroup(campaign_id=campaign.id, code="B", name="Hội đồng chấm", position=2)
    db.session.add(group)
    db.session.flush()
    left = Decimal(60 if shape.with_indicators else 100)
    db.session.add_all(
        [
            Criterion(
                campaign_id=campaign.id,
                group_id=group.id,
                code=f"B{number}",
                name=f"Tiêu chí số {number}",
                position=number,
                guidance="Chấm theo kết quả.",
                maximum=left / shape.criteria,
                judged_by=JudgedBy.COUNCIL,
            )
            for number in range(1, shape.criteria + 1)
        ]
    )
    db.session.flush()


def _indicators(campaign: Campaign) -> None:
    measure = db.session.query(MeasureUnit).first()
    group = CriterionGroup(campaign_id=campaign.id, code="A", name="Chỉ tiêu", position=1)
    db.session.add(group)
    db.session.flush()
    maxima = (10, 8, 4, 8, 4, 6)
    for place, (planned, maximum) in enumerate(zip(INDICATORS, maxima, strict=True), start=1):
        row = Indicator()
        values = {
            **planned.values,
            "measure_unit_id": measure.id if measure else 1,
            "points_rule": planned.rule.to_data(),
        }
        planning.save_row(campaign, row, values, frozen=False)
        db.session.add(
            Criterion(
                campaign_id=campaign.id,
                group_id=group.id,
                code=f"A{place}",
                name=row.name,
                maximum=Decimal(maximum),
                judged_by=JudgedBy.INDICATOR,
                indicator_id=row.id,
                position=place,
            )
        )


def _reports(shape: Shape, campaign: Campaign) -> None:
    numbers = range(1, shape.units + 1)
    db.session.connection().execute(
        insert(Participation),
        [
            {
                "id": number,
                "campaign_id": campaign.id,
                "unit_id": number,
                "block_id": 1,
                "state": ParticipationState.CONFIRMED,
                "enrolled_at": NOW,
                "enrolled_by_id": 1,
                "confirmed_at": NOW,
                "confirmed_by_id": 1,
            }
            for number in numbers
        ],
    )
    db.session.connection().execute(
        insert(Report),
        [
            {
                "id": number,
                "participation_id": number,
                "period_id": 1,
                "version": 1,
                "state": {1: ReportState.DRAFT, 2: ReportState.SUBMITTED}.get(
                    number, ReportState.VERIFIED
                ),
            }
            for number in numbers
        ],
    )
    db.session.connection().execute(
        insert(ReportVersion),
        [
            {
                "id": number,
                "report_id": number,
                "number": 1,
                "submitted_at": NOW,
                "submitted_by_id": 2,
                "is_on_time": True,
                "due_on": date(2021, 4, 30),
                "snapshot": {},
                "sha256": "0" * 64,
            }
            for number in numbers
        ],
    )
    db.session.connection().execute(
        insert(Verification),
        [
            {
                "id": number,
                "report_id": number,
                "version_id": number,
                "finished_at": None if number == 2 else NOW,  # noqa: PLR2004 - the one that waits
                "finished_by_id": None if number == 2 else 1,  # noqa: PLR2004
            }
            for number in numbers
        ],
    )
    if shape.table:
        own_table.verify(numbers, NOW)
    elif shape.with_indicators:
        rows = [
            (verification, number, planned)
            for verification in numbers
            for number, planned in enumerate(INDICATORS, start=1)
        ]
        db.session.connection().execute(
            insert(VerifiedValue),
            [
                {
                    "verification_id": verification,
                    "indicator_id": number,
                    "value": Decimal(planned.reported[1]) - Decimal(verification % 7) / 10,
                    "comparison": Decimal(planned.comparison[1]) if planned.comparison else None,
                    "official_source": "",
                    "comment": "",
                    "not_applicable_reason": "",
                    "updated_at": NOW,
                    "updated_by_id": 1,
                }
                for verification, number, planned in rows
            ],
        )


def _marks(shape: Shape, campaign: Campaign) -> None:
    criteria = [
        (row.id, row.maximum or Decimal(0))
        for row in db.session.query(Criterion).filter_by(
            campaign_id=campaign.id, judged_by=JudgedBy.COUNCIL
        )
    ]
    members = range(1, shape.members + 1)
    db.session.connection().execute(
        insert(CouncilMember),
        [
            {
                "id": number,
                "campaign_id": campaign.id,
                "user_id": number + 2,
                "position": number,
                "function": CouncilFunction.CHAIR if number == 1 else CouncilFunction.MEMBER,
            }
            for number in members
        ],
    )
    db.session.connection().execute(
        insert(ScoreSheet),
        [
            {
                "id": number,
                "member_id": number,
                "block_id": 1,
                "locked_at": None if number == shape.members else NOW,
                "version": 1,
            }
            for number in members
        ],
    )

    def lost(unit: int, criterion: int, member: int) -> Decimal:
        return Decimal((unit * 2_654_435_761 + criterion * 40_503 + member * 9_973 >> 7) % 11) / 2

    for member in members:
        db.session.connection().execute(
            insert(Mark),
            [
                {
                    "participation_id": unit,
                    "criterion_id": criterion,
                    "sheet_id": member,
                    "state": MarkState.GIVEN,
                    "points": max(maximum - lost(unit, criterion, member), Decimal(0)),
                    "note": "",
                    "version_id": unit,
                    "updated_at": NOW,
                }
                for unit in range(1, shape.units + 1)
                for criterion, maximum in criteria
            ],
        )
