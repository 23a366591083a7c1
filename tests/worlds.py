"""Worlds that more than one folder of tests stands in: a unit that reports, a report to verify."""

from decimal import Decimal

from sqlalchemy.orm import joinedload

from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.reporting import actions as reporting
from campaign.reporting import cells as report_cells
from campaign.reporting import queries as reports
from campaign.reporting.models import Report
from campaign.reporting.rules import ReportState, from_snapshot
from campaign.scheme.models import IndicatorOwner
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, OwnerPart
from campaign.verification import actions as verification
from campaign.verification import cells as verified_cells
from campaign.verification import queries as verified
from tests import build

AT = build.NOW
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


class World:
    """One unit in a campaign that reports: one indicator, one task, one criterion that asks for
    evidence.
    """

    def __init__(self, phase=Phase.REPORTING, **period):
        self.office = build.unit()
        self.campaign = build.campaign(phase=phase)
        block = build.block(self.campaign)
        self.indicator = build.indicator(self.campaign, source_required=True)
        self.task = build.task(self.campaign)
        self.criterion = build.criterion(self.campaign, evidence_required=True)
        self.period = build.period(self.campaign, **period)
        self.officer = build.user(Role.UNIT_OFFICER, at=self.office)
        self.head = build.user(Role.UNIT_HEAD, at=self.office)
        self.secretary = build.user(Role.SECRETARIAT)
        self.entry = build.participation(
            self.campaign, unit=self.office, block=block, by=self.secretary
        )
        self.report = (
            reporting.open_report(self.campaign, self.entry, self.period)
            if phase in {Phase.REPORTING, Phase.VERIFYING, Phase.SCORING}
            else None
        )
        if self.report:
            self.report = (
                db.session.query(Report)
                .options(joinedload(Report.participation), joinedload(Report.period))
                .filter_by(id=self.report.id)
                .one()
            )

    @property
    def demands(self):
        return reports.demands_of(self.report, scheme_of(self.campaign.id))

    @property
    def content(self):
        return reports.content_of(self.report.id)

    def type(self, field, value, base=""):
        return report_cells.save_field(
            self.report, self.demands, field, value, base, by=self.officer, at=AT
        )

    def fill(self):
        indicator, criterion = self.indicator.id, self.criterion.id
        for field, value in (
            (f"v:{indicator}:value", "99,82"),
            (f"v:{indicator}:kind", "estimated"),
            (f"v:{indicator}:source", "Cục Thống kê"),
            (f"n:{self.task.id}:text", "Đã làm."),
            (f"s:{criterion}:points", "0"),
        ):
            self.type(field, value)

    def submit(self, at=AT):
        return reporting.submit(
            self.campaign, self.report, self.content, self.demands, by=self.head, at=at
        )


class Desk:
    """A submitted final report with one indicator (claimed 99), one criterion of the secretariat
    and one bonus.
    """

    def __init__(self):
        self.office = build.unit()
        self.campaign = build.campaign(phase=Phase.VERIFYING)
        self.block = build.block(self.campaign)
        self.indicator = build.indicator(self.campaign)
        db.session.add(
            IndicatorOwner(
                indicator_id=self.indicator.id, unit_id=self.office.id, part=OwnerPart.LEAD
            )
        )
        build.criterion(self.campaign, judged_by=JudgedBy.INDICATOR, indicator_id=self.indicator.id)
        self.criterion = build.criterion(self.campaign, judged_by=JudgedBy.SECRETARIAT)
        bonus = build.group(self.campaign, kind=CriterionKind.BONUS, cap=Decimal(5))
        self.bonus = build.criterion(
            self.campaign, within=bonus, judged_by=JudgedBy.SECRETARIAT, maximum="5"
        )
        self.by = build.user(Role.SECRETARIAT)
        entry = build.participation(self.campaign, unit=self.office, block=self.block)
        made = build.report(
            of=entry, period=build.period(self.campaign), state=ReportState.SUBMITTED
        )
        officer = build.user(Role.UNIT_OFFICER, at=self.office)
        self.version = build.version(
            of=made,
            by=officer,
            snapshot={
                "values": {
                    str(self.indicator.id): {
                        "value": "99",
                        "kind": "official",
                        "source": "s",
                        "comparison": None,
                        "note": "",
                        "blank_reason": "",
                    }
                },
                "narratives": {},
                "scores": {str(self.criterion.id): {"points": "10", "explanation": ""}},
                "evidence": [],
                "answers": {},
            },
        )
        self.report = (
            db.session.query(Report)
            .options(joinedload(Report.participation), joinedload(Report.period))
            .filter_by(id=made.id)
            .one()
        )
        self.content = from_snapshot(self.version.snapshot)

    @property
    def scheme(self):
        return scheme_of(self.campaign.id)

    @property
    def applicable(self):
        return self.scheme.maxima_for(self.office.id, self.block.id)

    def begin(self):
        return verification.begin(self.campaign, self.report, by=self.by)

    def type(self, row, field, value, base=""):
        return verified_cells.save_field(
            row, self.scheme, self.applicable, field, value, base, by=self.by, at=AT
        )

    def left(self, row):
        return [
            sentence
            for sentence, _ in verification.missing(
                self.scheme, self.applicable, self.content, *verified.checked_of(row.id)
            )
        ]
