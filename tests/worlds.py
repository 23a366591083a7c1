"""Worlds that more than one folder of tests stands in: a unit that reports, a report to verify."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from sqlalchemy.orm import joinedload

from campaign.core.permissions import Role
from campaign.council.rules import CouncilFunction
from campaign.decision import actions as deciding
from campaign.decision import reliance
from campaign.decision.signing import actions as signing
from campaign.extensions import db
from campaign.files.storage import StoredContent
from campaign.honours import actions as honours
from campaign.honours.models import BaseSalary
from campaign.honours.rules import Subject
from campaign.meeting import actions as meeting_actions
from campaign.nomination import ballots as before_council
from campaign.nomination import queries as nominations
from campaign.nomination.rules import NomineeState
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Phase
from campaign.ranking.models import FrozenRanking, FrozenStanding
from campaign.reporting import actions as reporting
from campaign.reporting import cells as report_cells
from campaign.reporting import queries as reports
from campaign.reporting.models import Report
from campaign.reporting.rules import ReportState, from_snapshot
from campaign.scheme.models import IndicatorOwner
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, OwnerPart
from campaign.units.models import Letterhead
from campaign.verification import actions as verification
from campaign.verification import cells as verified_cells
from campaign.verification import checks
from campaign.verification import queries as verified
from campaign.voting import actions as voting
from campaign.voting import casting
from campaign.voting import queries as votes
from campaign.voting.rules import Choice
from tests import build
from tests.council_room import come_together

AT = build.NOW
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


class World(SimpleNamespace):
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
        typed = {
            f"v:{indicator}:value": "99,82",
            f"v:{indicator}:kind": "estimated",
            f"v:{indicator}:source": "Cục Thống kê",
            f"n:{self.task.id}:text": "Đã làm.",
            f"s:{criterion}:points": "0",
        }
        report_cells.save_fields(
            self.report,
            self.demands,
            [report_cells.Typed(field, text, "") for field, text in typed.items()],
            by=self.officer,
            at=AT,
        )

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
            for sentence, _ in checks.missing(
                self.scheme, self.applicable, self.content, *verified.checked_of(row.id)
            )
        ]


SCAN = ("quyết định.pdf", StoredContent("s" * 32, 10, "0" * 64, "application/pdf"))


def awards():
    """A campaign at the meeting, its ranking frozen: three units ranked 1, 2, 2; a kind for
    collectives, one for people.
    """
    secretariat = build.user(Role.SECRETARIAT)
    build.rule_set(legal_basis="Luật Thi đua, khen thưởng")
    db.session.add(Letterhead(id=1, code="SCT"))
    db.session.add(BaseSalary(from_on=date(2019, 7, 1), amount=1_490_000, source="NĐ 38/2019"))
    campaign = build.campaign(phase=Phase.MEETING, rule_set_code="RS-THU")
    block, period = build.block(campaign), build.period(campaign)
    entries = []
    ranking = FrozenRanking(
        campaign_id=campaign.id,
        at=build.NOW,
        by_id=secretariat.id,
        settings={},
        audit_number=0,
        audit_hash="",
        sha256="",
    )
    db.session.add(ranking)
    db.session.flush()
    for rank in (1, 2, 2):
        entry = build.participation(campaign, unit=build.unit(), block=block)
        build.verified(of=entry, period=period, by=secretariat)
        db.session.add(
            FrozenStanding(
                ranking_id=ranking.id,
                participation_id=entry.id,
                block_id=block.id,
                rank=rank,
                total=Decimal(90),
                explanation={"tied_with": [], "reason": ""},
            )
        )
        entries.append(entry)
    collective = build.award_kind(campaign)
    person = build.award_kind(campaign, subject=Subject.INDIVIDUAL)
    db.session.commit()
    return SimpleNamespace(
        campaign=campaign,
        block=block,
        entries=entries,
        collective=collective,
        person=person,
        by=secretariat,
    )


def council(field, size=3):
    functions = [
        CouncilFunction.CHAIR,
        CouncilFunction.SECRETARY,
        *[CouncilFunction.MEMBER] * (size - 2),
    ]
    members = [
        build.member(field.campaign, user=build.user(Role.COUNCIL_MEMBER), function=function)
        for function in functions
    ]
    return members, meeting_actions.call_meeting(
        field.campaign,
        members,
        place="Phòng họp",
        starts_at=build.NOW,
        opinions_until=None,
        agenda="",
        at=build.NOW,
    )


def elect(field, choice=Choice.YES):
    """Put what is proposed before a council of three, which votes all alike."""
    members, meeting = council(field)
    before_council.put_before_council(field.campaign, meeting)
    come_together(meeting, members)
    for ballot in votes.ballots(meeting.id):
        voting.open_ballot(meeting, ballot, at=build.NOW)
        for member in members:
            allowed = votes.may_vote_on(ballot, member.id)
            casting.cast_open(
                ballot, member.id, {line.id: choice for line in allowed}, by=member.user
            )
        voting.close_ballot(meeting, ballot, at=build.NOW)
    return meeting


def drafted(field, nominees=1, on=build.TODAY):
    """A draft whose list holds the first units."""
    for entry in field.entries[:nominees]:
        build.nominee(
            field.campaign,
            of=entry,
            kind=field.collective,
            name=f"Đơn vị {entry.id}",
            state=NomineeState.PROPOSED,
        )
    elect(field)
    field.campaign.phase = Phase.DECIDING
    decision = deciding.draft_decision(field.campaign, on=on)
    deciding.edit_decision(field.campaign, decision, {"signer_name": "Phạm Minh Đức"})
    return decision


def drafted_once(field, held, nominees=1):
    """The draft of a world that is built once: `field` stands in it from now on."""

    def built():
        own = awards()
        return SimpleNamespace(field=own, decision=drafted(own, nominees))

    made = held(f"drafted-{nominees}", built)
    vars(field).update(vars(made.field))
    return made.decision


def edit_award_type(row, values):
    """Edit an award type, told what its page is told."""
    honours.edit_award_type(
        row, values, is_in_use=reliance.is_in_use(row.id), chosen=nominations.chosen_in(row.id)
    )


def add_salary(from_on, amount, source):
    """Add a base salary, told what its page is told."""
    return honours.add_salary(
        from_on,
        amount,
        source,
        is_in_use=reliance.salary_is_in_use(from_on),
        last_signed_on=reliance.last_signed_on(),
    )


def signed(field, decision, **more):
    facts = {
        "number": "45",
        "signed_on": build.TODAY,
        "today": build.TODAY,
        "at": build.NOW,
        "scan": None,
    } | more
    signing.sign(
        field.campaign, decision, by=facts.pop("by", None) or build.user(Role.DIRECTOR), **facts
    )
    return decision


def annulled(field):
    """A proposed line whose ballot was opened and annulled; the row, its meeting and that
    ballot.
    """
    row = build.nominee(
        field.campaign,
        of=field.entries[0],
        kind=field.collective,
        name="Phòng Một",
        state=NomineeState.PROPOSED,
    )
    members, meeting = council(field)
    before_council.put_before_council(field.campaign, meeting)
    come_together(meeting, members)
    (ballot,) = votes.ballots(meeting.id)
    voting.open_ballot(meeting, ballot, at=build.NOW)
    voting.annul_ballot(meeting, ballot, reason="nhầm danh sách", at=build.NOW)
    return row, meeting, ballot
