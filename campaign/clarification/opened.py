"""Đợt giải trình đang mở: what the pages about one round have in common."""

from dataclasses import dataclass, field

from flask_login import current_user

from campaign.clarification import actions, queries
from campaign.clarification.models import (
    ClarificationFile,
    ClarificationLine,
    ClarificationRound,
)
from campaign.clarification.rules import Stage
from campaign.core.cells import shown
from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission, Role
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for, scheme_of
from campaign.reporting import queries as reports
from campaign.reporting.models import Report
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.rules import OPEN_PHASES
from campaign.web import clock


@dataclass
class Case:
    """Đợt giải trình đang mở trên trang."""

    campaign: Campaign
    report: Report
    round: ClarificationRound
    scheme: Scheme
    lines: dict[int, ClarificationLine]
    files: dict[int, list[ClarificationFile]]
    is_own: bool
    errors: dict[tuple[int, str], str] = field(default_factory=dict)
    typed: dict[tuple[int, str], str] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """Số tiêu chí đơn vị đã giải trình."""
        return sum(bool(line.answer) for line in self.lines.values())

    @property
    def stage(self) -> Stage:
        """Trạng thái hôm nay."""
        return actions.stage_of(self.round, self.answers, clock.today())

    def line(self, criterion_id: int) -> ClarificationLine:
        """Dòng của một tiêu chí; one that was not shown to the unit does not exist."""
        if criterion_id not in self.lines:
            raise NotVisible
        return self.lines[criterion_id]

    def facts(self, criterion: ScoredCriterion, *, second: bool = False) -> str:
        """Số thẩm định với đơn vị tính, where a rule turns one into points."""
        line = self.lines[criterion.id]
        number = line.second_value if second else line.first_value
        if criterion.judged_by is not JudgedBy.INDICATOR or number is None:
            return ""
        return f"{shown(number)} {self.scheme.indicators[criterion.indicator_id or 0].symbol}"


def own_units() -> frozenset[int]:
    """Đơn vị mà người đang xem soạn hoặc ký báo cáo."""
    return frozenset(current_user.units_as(Role.UNIT_OFFICER, Role.UNIT_HEAD))


def sees_all() -> bool:
    """Người đang xem thấy giải trình của mọi đơn vị."""
    return Permission.VERIFICATION_READ in current_user.permissions


def may_verify(campaign: Campaign) -> bool:
    """Người đang xem được thẩm định, in this step of the campaign."""
    verifies = Permission.VERIFICATION_WRITE in current_user.permissions
    return verifies and campaign.phase in OPEN_PHASES


def opened_case(campaign_id: int, report_id: int, *, hold: bool = False) -> Case:
    """A round of one's own unit, or any for whoever verifies; others do not find it."""
    campaign, own = campaign_for(current_user, campaign_id), own_units()
    report = reports.report(campaign_id, report_id, reports.Sight(own, sees_others=sees_all()))
    row = queries.round_of(report_id, hold=hold)
    if row is None:
        raise NotVisible
    return Case(
        campaign,
        report,
        row,
        scheme_of(campaign_id),
        queries.lines_of(row.id),
        queries.files_of(row.id),
        report.participation.unit_id in own,
    )
