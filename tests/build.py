"""Rows for tests: keyword-only, flushed, without surprises. `build.campaign(phase=…)` and so on."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from campaign.accounts.models import RoleGrant, User
from campaign.core.permissions import Role
from campaign.core.text import name_sort_key, search_key, text_sort_key
from campaign.core.vote_rules import Base as VoteBase
from campaign.core.vote_rules import Mode, VoteRule, rule_to_data
from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.decision.models import Decision, DecisionLine
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.honours.models import AwardType, RuleSet
from campaign.honours.rules import Level, Rounding, Subject
from campaign.meeting.models import Attendance, Meeting
from campaign.nomination.models import AwardKind, Nominee
from campaign.nomination.rules import Gate, NomineeState, Strictness
from campaign.planning.models import Block, Campaign, ReportingPeriod, Task
from campaign.planning.rules import Phase
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import ReportState
from campaign.scheme.models import Criterion, CriterionGroup, Indicator, MeasureUnit
from campaign.scheme.rules.terms import Direction, JudgedBy, Judgement
from campaign.scoring.models import Mark, ScoreSheet
from campaign.units.models import Unit
from campaign.units.rules import UnitKind, path_of
from campaign.verification.models import Verification
from campaign.voting.models import Ballot, BallotLine

NOW = datetime(2021, 4, 28, 2, 0, tzinfo=UTC)
TODAY = date(2021, 4, 28)
_numbers = count(1)


def _saved(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def unit(
    *,
    name: str | None = None,
    parent: Unit | None = None,
    kind: UnitKind = UnitKind.OFFICE,
    short_name: str | None = None,
    code: str | None = None,
    **more: Any,
) -> Unit:
    """A unit; below `parent` where one is given."""
    number = next(_numbers)
    name = name or f"Đơn vị {number}"
    made = _saved(
        Unit(
            name=name,
            short_name=short_name or name,
            code=code or f"DV{number}",
            kind=kind,
            parent_id=parent.id if parent else None,
            path="",
            sort_key=text_sort_key(name),
            search_key=search_key(name),
            **more,
        )
    )
    made.path = path_of(made.id, parent.path if parent else None)
    db.session.flush()
    return made  # type: ignore[no-any-return]


def user(*roles: Role, at: Unit | None = None, name: str | None = None, **more: Any) -> User:
    """A person holding `roles`; unit roles are held at `at`, which is also where he works."""
    number = next(_numbers)
    name = name or f"Nguyễn Văn {number}"
    values: dict[str, Any] = {
        "user_name": f"nguoi{number}",
        "full_name": name,
        "honorific": "Ông",
        "password_hash": None,
        "sort_key": name_sort_key(name),
        "search_key": search_key(name),
        "must_change_password": False,
        "unit_id": at.id if at else None,
        **more,
    }
    grants = [
        RoleGrant(role=role, unit_id=at.id if role.belongs_to_unit and at else None)
        for role in roles
    ]
    return _saved(User(grants=grants, **values))  # type: ignore[no-any-return]


def campaign(*, phase: Phase = Phase.DRAFT, title: str | None = None, **more: Any) -> Campaign:
    """A campaign of 26/02–30/04/2021 in `phase`."""
    values: dict[str, Any] = {
        "starts_on": date(2021, 2, 26),
        "ends_on": date(2021, 4, 30),
        "minimum_marks": 2,
        "frozen_at": None if phase is Phase.DRAFT else NOW,
        "published_at": NOW if phase is Phase.PUBLISHED else None,
        **more,
    }
    return _saved(Campaign(title=title or f"Phong trào {next(_numbers)}", phase=phase, **values))  # type: ignore[no-any-return]


def block(of: Campaign, *, name: str | None = None, **more: Any) -> Block:
    """A block."""
    return _saved(Block(campaign_id=of.id, name=name or f"Khối {next(_numbers)}", **more))  # type: ignore[no-any-return]


def period(of: Campaign, *, is_final: bool = True, **more: Any) -> ReportingPeriod:
    """A reporting period: due 30/04, locked after 05/05/2021."""
    values: dict[str, Any] = {
        "name": f"Kỳ {next(_numbers)}",
        "starts_on": of.starts_on,
        "ends_on": of.ends_on,
        "due_on": date(2021, 4, 30),
        "locks_on": date(2021, 5, 5),
        **more,
    }
    return _saved(ReportingPeriod(campaign_id=of.id, is_final=is_final, **values))  # type: ignore[no-any-return]


def measure_unit(*, name: str | None = None, symbol: str = "%") -> MeasureUnit:
    """An entry of the catalogue of units of measure."""
    return _saved(MeasureUnit(name=name or f"Đơn vị đo {next(_numbers)}", symbol=symbol))  # type: ignore[no-any-return]


def indicator(of: Campaign, **more: Any) -> Indicator:
    """An indicator: at least 100, judged by level, unless told otherwise."""
    values: dict[str, Any] = {
        "name": f"Chỉ tiêu {next(_numbers)}",
        "direction": Direction.AT_LEAST,
        "judgement": Judgement.LEVEL,
        "year_target": Decimal(100),
        "source_required": False,
        **more,
    }
    if "measure_unit_id" not in values:
        values["measure_unit_id"] = measure_unit().id
    return _saved(Indicator(campaign_id=of.id, **values))  # type: ignore[no-any-return]


def group(of: Campaign, *, code: str | None = None, **more: Any) -> CriterionGroup:
    """A group of criteria."""
    number = next(_numbers)
    return _saved(
        CriterionGroup(campaign_id=of.id, code=code or f"G{number}", name=f"Nhóm {number}", **more)
    )  # type: ignore[no-any-return]


def criterion(
    of: Campaign,
    *,
    within: CriterionGroup | None = None,
    judged_by: JudgedBy = JudgedBy.COUNCIL,
    maximum: str = "10",
    code: str | None = None,
    **more: Any,
) -> Criterion:
    """A criterion of 10 points judged by the council, unless told otherwise."""
    number = next(_numbers)
    within = within or group(of)
    return _saved(
        Criterion(  # type: ignore[no-any-return]
            campaign_id=of.id,
            group_id=within.id,
            code=code or f"C{number}",
            name=f"Tiêu chí {number}",
            judged_by=judged_by,
            maximum=Decimal(maximum),
            **more,
        )
    )


def task(of: Campaign, **more: Any) -> Task:
    """A professional task."""
    return _saved(Task(campaign_id=of.id, **{"name": f"Nhiệm vụ {next(_numbers)}", **more}))  # type: ignore[no-any-return]


def participation(
    of: Campaign,
    *,
    unit: Unit,
    block: Block | None = None,
    by: User | None = None,
    state: ParticipationState = ParticipationState.CONFIRMED,
    **more: Any,
) -> Participation:
    """A unit's participation, confirmed into `block`."""
    by = by or user(Role.SECRETARIAT)
    is_confirmed = state is ParticipationState.CONFIRMED
    return _saved(
        Participation(  # type: ignore[no-any-return]
            campaign_id=of.id,
            unit_id=unit.id,
            block_id=block.id if block else None,
            state=state,
            enrolled_at=NOW,
            enrolled_by_id=by.id,
            confirmed_at=NOW if is_confirmed else None,
            confirmed_by_id=by.id if is_confirmed else None,
            **more,
        )
    )


def member(
    of: Campaign, *, user: User, function: CouncilFunction = CouncilFunction.MEMBER, **more: Any
) -> CouncilMember:
    """A member of the council; the user should hold Role.COUNCIL_MEMBER."""
    return _saved(CouncilMember(campaign_id=of.id, user=user, function=function, **more))  # type: ignore[no-any-return]


def report(
    *,
    of: Participation,
    period: ReportingPeriod,
    state: ReportState = ReportState.DRAFT,
    **more: Any,
) -> Report:
    """A report of a unit for a period."""
    return _saved(Report(participation_id=of.id, period_id=period.id, state=state, **more))  # type: ignore[no-any-return]


def version(
    *,
    of: Report,
    by: User,
    number: int = 1,
    is_on_time: bool = True,
    snapshot: dict[str, Any] | None = None,
) -> ReportVersion:
    """A submitted version of a report."""
    return _saved(
        ReportVersion(  # type: ignore[no-any-return]
            report_id=of.id,
            number=number,
            submitted_at=NOW,
            submitted_by_id=by.id,
            is_on_time=is_on_time,
            due_on=date(2021, 4, 30),
            snapshot=snapshot or {},
            sha256="0" * 64,
        )
    )


def verified(*, of: Participation, period: ReportingPeriod, by: User) -> Verification:
    """A report of `of` that was submitted and whose verification is finished."""
    made = report(of=of, period=period, state=ReportState.VERIFIED)
    submitted = version(of=made, by=by)
    return _saved(
        Verification(  # type: ignore[no-any-return]
            report_id=made.id, version_id=submitted.id, finished_at=NOW, finished_by_id=by.id
        )
    )


def sheet(*, member: CouncilMember, block: Block, is_locked: bool = False) -> ScoreSheet:
    """A score sheet."""
    return _saved(
        ScoreSheet(member_id=member.id, block_id=block.id, locked_at=NOW if is_locked else None)
    )  # type: ignore[no-any-return]


def mark(
    *,
    sheet: ScoreSheet,
    of: Participation,
    criterion: Criterion,
    points: str,
    version: ReportVersion | int,
) -> Mark:
    """A given mark."""
    version_id = version if isinstance(version, int) else version.id
    return _saved(
        Mark(  # type: ignore[no-any-return]
            sheet_id=sheet.id,
            participation_id=of.id,
            criterion_id=criterion.id,
            points=Decimal(points),
            version_id=version_id,
            updated_at=NOW,
        )
    )


def meeting(of: Campaign, *, chair: CouncilMember, secretary: CouncilMember) -> Meeting:
    """A meeting that has been called, both leading members on its roll."""
    made = _saved(
        Meeting(
            campaign_id=of.id,
            number=next(_numbers),
            place="Phòng họp",
            starts_at=NOW,
            called_at=NOW,
            chair_id=chair.id,
            secretary_id=secretary.id,
        )
    )
    for row in (chair, secretary):
        _saved(Attendance(meeting_id=made.id, member_id=row.id))
    return made  # type: ignore[no-any-return]


def ballot(of: Meeting, *, subject_id: int | None = None) -> Ballot:
    """A prepared open ballot with one line."""
    made = _saved(
        Ballot(
            meeting_id=of.id,
            number=next(_numbers),
            title="Giấy khen",
            mode=Mode.OPEN,
            base=VoteBase.TOTAL,
            numerator=70,
            denominator=100,
        )
    )
    _saved(BallotLine(ballot_id=made.id, position=1, label="Đơn vị", subject_id=subject_id))
    return made  # type: ignore[no-any-return]


def rule_set(*, code: str = "RS-THU", **more: Any) -> RuleSet:
    """A rule set that rounds up to ten thousand; the one that is there if it is there."""
    return db.session.get(RuleSet, code) or _saved(
        RuleSet(code=code, title="Bộ quy định thử", **more)
    )


def award_type(
    *, name: str | None = None, level: Level = Level.DEPARTMENT, **more: Any
) -> AwardType:
    """A form of award of the test's rule set: 0,3 base salaries, collectives twice."""
    number = next(_numbers)
    return _saved(
        AwardType(  # type: ignore[no-any-return]
            rule_set_code=rule_set().code,
            code=f"hinh-thuc-{number}",
            name=name or f"Giấy khen {number}",
            level=level,
            signatory="Giám đốc Sở",
            vote=rule_to_data(VoteRule()),
            **{"coefficient": Decimal("0.3"), **more},
        )
    )


def award_kind(
    of: Campaign,
    *,
    subject: Subject = Subject.COLLECTIVE,
    of_type: AwardType | None = None,
    **more: Any,
) -> AwardKind:
    """A kind of award of the campaign, no quota, every gate blocking."""
    chosen = of_type or award_type()
    return _saved(
        AwardKind(  # type: ignore[no-any-return]
            campaign_id=of.id,
            form_id=chosen.id,
            subject=subject,
            vote=chosen.vote,
            gates={gate.value: Strictness.BLOCK.value for gate in Gate},
            **more,
        )
    )


def nominee(
    of_campaign: Campaign,
    *,
    of: Participation,
    kind: AwardKind,
    name: str | None = None,
    state: NomineeState = NomineeState.SIGNED,
    **more: Any,
) -> Nominee:
    """A nominee its head has signed for."""
    name = name or f"Nguyễn Thị {next(_numbers)}"
    return _saved(
        Nominee(  # type: ignore[no-any-return]
            campaign_id=of_campaign.id,
            participation_id=of.id,
            kind_id=kind.id,
            name=name,
            name_key=name_sort_key(name),
            search_key=search_key(name),
            state=state,
            achievements="Hoàn thành tốt nhiệm vụ",
            **more,
        )
    )


def decision(of: Campaign, **more: Any) -> Decision:
    """A draft of a decision."""
    return _saved(
        Decision(
            campaign_id=of.id,
            planned_on=TODAY,
            rule_set_code=rule_set().code,
            base_salary=1_490_000,  # type: ignore[no-any-return]
            rounding=Rounding.CEIL_10000,
            **{"symbol": "QĐ-SCT", **more},
        )
    )


def decision_line(of: Decision, *, nominee: Nominee, kind: AwardKind, **more: Any) -> DecisionLine:
    """A line of a decision's list."""
    return _saved(
        DecisionLine(  # type: ignore[no-any-return]
            decision_id=of.id,
            nominee_id=nominee.id,
            kind_id=kind.id,
            position=next(_numbers),
            subject=kind.subject,
            name=nominee.name,
            search_key=nominee.search_key,
            amount=450_000,
            **{"form_name": "Giấy khen", "unit_name": "Đơn vị", **more},
        )
    )


def found_user(user_id: int) -> User:
    """A person who is there, with what he holds."""
    return db.session.get_one(User, user_id)
