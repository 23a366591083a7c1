"""Báo cáo đang thẩm định: what its pages have in common."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_login import current_user

from campaign.core.permissions import Permission
from campaign.counts.queries import lists_of
from campaign.planning.models import Campaign
from campaign.planning.queries import (
    campaign_for,
    scheme_of,
    shares_of,
)
from campaign.reporting import queries as reports
from campaign.reporting.listed import Lists
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import Content, ReportState, from_snapshot
from campaign.scheme.rules.table import Scheme
from campaign.verification import cases, checks, queries
from campaign.verification.claims.rules import on_plans_scale
from campaign.verification.models import Verification
from campaign.verification.rules import (
    OPEN_PHASES,
    GivenPoints,
    UnitResult,
    VerifiedFigure,
    VerifiedUnit,
    block_results,
)


@dataclass(frozen=True)
class OpenVerification:
    """Báo cáo đang thẩm định."""

    campaign: Campaign
    report: Report
    version: ReportVersion
    verification: Verification | None
    scheme: Scheme
    content: Content
    values: dict[int, VerifiedFigure]
    points: dict[int, GivenPoints]
    listed: Lists

    @property
    def applicable(self) -> dict[int, Any]:
        """Criteria that apply to the unit by the plan; only the final period is scored."""
        if not self.report.period.is_final:
            return {}
        entry = self.report.participation
        return dict(self.scheme.maxima_for(entry.unit_id, entry.block_id))

    @cached_property
    def claimed(self) -> Content:
        """Báo cáo với điểm tự chấm trên thang mà Thường trực cho điểm."""
        return on_plans_scale(self.scheme, self.applicable, self.content)

    @property
    def unit(self) -> VerifiedUnit:
        """The unit as the rules see it."""
        entry = self.report.participation
        return VerifiedUnit(
            entry.id,
            entry.unit_id,
            entry.block_id,
            self.version.id,
            self.values,
            self.points,
            shares_of(self.campaign, self.report.period),
            self.listed,
        )

    @property
    def may_write(self) -> bool:
        """Người đang xem được thẩm định, in this step of the campaign."""
        may_verify = Permission.VERIFICATION_WRITE in current_user.permissions
        return may_verify and self.campaign.phase in OPEN_PHASES

    @property
    def is_writable(self) -> bool:
        """Người đang xem ghi được vào báo cáo này: it waits, and is of no unit of theirs."""
        return (
            self.may_write
            and self.report.state is ReportState.SUBMITTED
            and self.report.participation.unit_id not in current_user.own_unit_ids
        )

    @property
    def left(self) -> list[tuple[str, str]]:
        """Còn thiếu trước khi hoàn thành."""
        missing = checks.missing(
            self.scheme, self.applicable, self.claimed, self.values, self.points
        )
        return missing + checks.undecided(self.scheme, self.applicable, self.listed, self.points)

    @property
    def remarks(self) -> str:
        """Các nhận xét đã ghi, as the reason for a return begins."""
        return checks.remarks(self.scheme, self.values, self.points)

    @property
    def result(self) -> UnitResult:
        """Points of this unit, ranked in its block together with the finished ones."""
        return self.results_of(self.unit)

    def results_of(self, unit: VerifiedUnit) -> UnitResult:
        """The same of the unit as it would be with other findings."""
        number = unit.participation_id
        peers = queries.peers_of(self.campaign.id, self.scheme, unit.block_id, but={number})
        return block_results(self.scheme, [*peers, unit], only={number})[number]


def opened_report(campaign_id: int, report_id: int) -> OpenVerification:
    """The report with what was claimed and what has been found; every verifier sees all."""
    campaign = campaign_for(current_user, campaign_id)
    report = reports.report(campaign_id, report_id, reports.Sight(frozenset(), sees_others=True))
    version, row = cases.in_hand(report_id)
    values, points = queries.checked_of(row.id) if row else ({}, {})
    return OpenVerification(
        campaign,
        report,
        version,
        row,
        scheme_of(campaign_id),
        from_snapshot(version.snapshot),
        values,
        points,
        lists_of(campaign_id, report.participation_id).get(report.participation_id, {}),
    )
