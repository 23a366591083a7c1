"""Báo cáo đang mở: what the pages about one report have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import (
    abort,
    flash,
    redirect,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core import cells
from campaign.core.dates import local_date
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for, scheme_of, shares_of
from campaign.reporting import actions, queries
from campaign.reporting.checks import Finding, answered, findings
from campaign.reporting.models import Report
from campaign.reporting.rules import (
    ClaimedFigure,
    Content,
    Demands,
    SelfAssessment,
    progress_text,
    rule_points_text,
)
from campaign.scheme.rules.table import Scheme
from campaign.web import clock


@dataclass(frozen=True)
class OpenReport:
    """Báo cáo đang mở: what every page about one report needs."""

    campaign: Campaign
    report: Report
    scheme: Scheme
    demands: Demands
    is_own: bool

    @property
    def url(self) -> dict[str, Any]:
        """The values of its addresses."""
        return {"campaign_id": self.campaign.id, "report_id": self.report.id}

    @property
    def is_head(self) -> bool:
        """Thủ trưởng của đơn vị is at the screen."""
        return self.report.participation.unit_id in current_user.units_as(Role.UNIT_HEAD)

    @property
    def title(self) -> str:
        """Tên báo cáo: period, unit and campaign."""
        unit = self.report.participation.unit
        return f"{self.report.period.name}: {unit.name}, {self.campaign.title}"


def sight_here(campaign_id: int) -> queries.Sight:
    """Tầm nhìn của người đang xem, today."""
    return queries.sight_of(current_user, campaign_id, clock.today())


def opened_report(campaign_id: int, report_id: int, *, own: bool = False) -> OpenReport:
    """The report in one's sight; `own` asks for a report of one's own unit."""
    campaign = campaign_for(current_user, campaign_id)
    sight = sight_here(campaign_id)
    report = queries.report(campaign_id, report_id, sight)
    is_own = report.participation.unit_id in sight.own
    if own and not is_own:
        abort(404)
    scheme = scheme_of(campaign_id)
    return OpenReport(campaign, report, scheme, queries.demands_of(report, scheme), is_own)


def editable_report(campaign_id: int, report_id: int) -> tuple[OpenReport, datetime]:
    """A report of one's own unit that may still be written, and the moment at which it is."""
    opened, at = opened_report(campaign_id, report_id, own=True), clock.now()
    actions.refuse_unless_editable(opened.campaign, opened.report, today=local_date(at))
    return opened, at


def shared(
    opened: OpenReport, content: Content, seen: Sequence[Finding] | None = None
) -> dict[str, Any]:
    """What every page that shows the whole report is drawn from."""
    report = opened.report
    shares, unit_id = shares_of(opened.campaign, report.period), report.participation.unit_id
    with_points = actions.with_rule_points(content, opened.demands, opened.scheme, unit_id, shares)
    block_id = opened.demands.block_id
    progress = {
        row.id: progress_text(actions.reached(row, content, unit_id, block_id, shares))
        for row in opened.demands.indicators
    }
    return {
        "campaign": opened.campaign,
        "report": report,
        "unit": report.participation.unit,
        "shares": shares,
        "demands": opened.demands,
        "content": with_points,
        "progress": progress,
        "shown": cells.shown,
        "unit_id": unit_id,
        "no_value": ClaimedFigure(),
        "no_score": SelfAssessment(),
        "rule_text": rule_points_text,
        "url": opened.url,
        "is_own": opened.is_own,
        "answered": answered(
            findings(content, opened.demands) if seen is None else seen, content.answers
        ),
    }


def done(opened: OpenReport, act: str, message: str) -> ResponseReturnValue:
    """Đã xong: on record, committed, and back to the report."""
    recorder.act(act, campaign_id=opened.campaign.id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for("reporting.show", **opened.url), HTTPStatus.SEE_OTHER)
