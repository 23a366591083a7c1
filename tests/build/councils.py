"""Councils: members, their sheets and marks, meetings and ballots."""

from decimal import Decimal
from typing import Any

from campaign.accounts.models import User
from campaign.core.vote_rules import Base as VoteBase
from campaign.core.vote_rules import Mode
from campaign.council.models import CouncilMember, Recusal
from campaign.council.rules import CouncilFunction, RecusalOrigin
from campaign.enrolment.models import Participation
from campaign.meeting.models import Attendance, Meeting
from campaign.planning.models import Block, Campaign
from campaign.reporting.models import ReportVersion
from campaign.scheme.models import Criterion
from campaign.scoring.models import Mark, ScoreSheet
from campaign.voting.models import Ballot, BallotLine
from tests.build.base import NOW, numbers, saved


def member(
    of: Campaign, *, user: User, function: CouncilFunction = CouncilFunction.MEMBER, **more: Any
) -> CouncilMember:
    """A member of the council; the user should hold Role.COUNCIL_MEMBER."""
    return saved(CouncilMember(campaign_id=of.id, user=user, function=function, **more))  # type: ignore[no-any-return]


def kept_away(member: CouncilMember, unit_id: int) -> Recusal:
    """A member who declared an interest in a unit."""
    return saved(
        Recusal(  # type: ignore[no-any-return]
            member_id=member.id,
            unit_id=unit_id,
            origin=RecusalOrigin.DECLARED,
            reason="Người nhà công tác ở đó",
            at=NOW,
            by_id=member.user_id,
        )
    )


def sheet(*, member: CouncilMember, block: Block, is_locked: bool = False) -> ScoreSheet:
    """A score sheet."""
    return saved(
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
    return saved(
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
    made = saved(
        Meeting(
            campaign_id=of.id,
            number=next(numbers),
            place="Phòng họp",
            starts_at=NOW,
            called_at=NOW,
            chair_id=chair.id,
            secretary_id=secretary.id,
        )
    )
    for row in (chair, secretary):
        saved(Attendance(meeting_id=made.id, member_id=row.id))
    return made  # type: ignore[no-any-return]


def ballot(of: Meeting, *, subject_id: int | None = None) -> Ballot:
    """A prepared open ballot with one line."""
    made = saved(
        Ballot(
            meeting_id=of.id,
            number=next(numbers),
            title="Giấy khen",
            mode=Mode.OPEN,
            base=VoteBase.TOTAL,
            numerator=70,
            denominator=100,
        )
    )
    saved(BallotLine(ballot_id=made.id, position=1, label="Đơn vị", subject_id=subject_id))
    return made  # type: ignore[no-any-return]
