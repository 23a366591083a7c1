"""Sao chép phong trào: the plan, with the council, awards and results of what was its campaign."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlalchemy import Select, select

from campaign.accounts.models import User
from campaign.core.dates import moved_by_months
from campaign.council.models import CouncilMember
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.honours.instruments import rule_set_for
from campaign.honours.models import AwardType, RuleSet
from campaign.honours.queries import award_types, rule_sets
from campaign.nomination import queries as nominations
from campaign.nomination.models import AwardKind, AwardQuota
from campaign.planning.copy_parts import CopyPart
from campaign.planning.copying import Copied, copy_campaign
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.reporting.models import Report
from campaign.scheme.models import Allocation
from campaign.verification.models import Verification, VerifiedValue


def copy_plan(
    source: Campaign, *, title: str, months: int, parts: Collection[CopyPart]
) -> Campaign:
    """Sao chép phong trào: the chosen parts, under the rule set that stands on the new days."""
    copied = copy_campaign(source, title=title, months=months, parts=parts)
    _take_rule_set_in_force(copied.campaign)
    if CopyPart.AWARDS in parts:
        _copy_awards(source, copied)
    if CopyPart.COUNCIL in parts:
        _copy_council(source, copied.campaign, months)
    if CopyPart.RESULTS in parts:
        _copy_results(source, copied)
    db.session.flush()
    return copied.campaign


def _take_rule_set_in_force(campaign: Campaign) -> None:
    """Bộ quy định của ngày bắt đầu mới, where the earlier one no longer stands."""
    own = db.session.get(RuleSet, campaign.rule_set_code) if campaign.rule_set_code else None
    if own is not None:
        campaign.rule_set_code = rule_set_for(own, rule_sets(), campaign.starts_on).code


def _copy_awards(source: Campaign, copied: Copied) -> None:
    """Hình thức by their code in the new rule set; what it does not have stays behind."""
    offered = {row.code: row for row in award_types(copied.campaign.rule_set_code)}
    quotas = nominations.quotas(source.id)
    for row in nominations.kinds(source.id):
        award_type = offered.get(row.award_type.code)
        if award_type is None:
            continue
        twin = _twin_kind(row, award_type, copied.campaign)
        db.session.add(twin)
        db.session.flush()
        for (kind_id, block_id), quota in quotas.items():
            if kind_id == row.id and block_id in copied.blocks:
                db.session.add(_twin_quota(quota, twin.id, copied.blocks[block_id]))


def _twin_kind(row: AwardKind, award_type: AwardType, campaign: Campaign) -> AwardKind:
    """The same kind; a vote that was the catalogue's own is the new catalogue's."""
    is_taken_over = row.vote == row.award_type.vote
    return AwardKind(
        campaign_id=campaign.id,
        form_id=award_type.id,
        subject=row.subject,
        leader_limit=row.leader_limit,
        overall_limit=row.overall_limit,
        vote=award_type.vote if is_taken_over else row.vote,
        gates=dict(row.gates),
        position=row.position,
    )


def _twin_quota(quota: AwardQuota, kind_id: int, block_id: int) -> AwardQuota:
    return AwardQuota(
        kind_id=kind_id,
        block_id=block_id,
        count=quota.count,
        percent=quota.percent,
        numerator=quota.numerator,
        denominator=quota.denominator,
        rounds_half_up=quota.rounds_half_up,
    )


def _copy_council(source: Campaign, campaign: Campaign, months: int) -> None:
    """Thành viên đang làm việc whose account still stands; recusals are declared anew."""
    for row in db.session.scalars(_serving(source.id)):
        db.session.add(
            CouncilMember(
                campaign_id=campaign.id,
                user_id=row.user_id,
                function=row.function,
                position=row.position,
                term_from=row.term_from and moved_by_months(row.term_from, months),
                term_to=row.term_to and moved_by_months(row.term_to, months),
            )
        )


def _serving(campaign_id: int) -> Select[CouncilMember]:
    return (
        select(CouncilMember)
        .join(User, User.id == CouncilMember.user_id)
        .where(
            CouncilMember.campaign_id == campaign_id,
            CouncilMember.left_on.is_(None),
            User.is_active,
        )
        .order_by(CouncilMember.position, CouncilMember.id)
    )


def _copy_results(source: Campaign, copied: Copied) -> None:
    """Kết quả kỳ cuối as last year's value of each unit; who answers for it does not change."""
    held = {
        (row.indicator_id, row.unit_id): row
        for row in db.session.scalars(
            select(Allocation).where(Allocation.indicator_id.in_(copied.indicators.values()))
        )
    }
    for key, value in _results(source.id).items():
        indicator_id = copied.indicators.get(key[0])
        if indicator_id is None:
            continue
        row = held.get((indicator_id, key[1]))
        if row is None:
            row = Allocation(indicator_id=indicator_id, unit_id=key[1])
            db.session.add(row)
        row.previous_year_value = value


def _results(campaign_id: int) -> Mapping[tuple[int, int], Decimal]:
    """Số được tính của kỳ cuối: (indicator, unit) → the official value, else the verified one."""
    rows = db.session.execute(
        select(
            VerifiedValue.indicator_id,
            Participation.unit_id,
            VerifiedValue.official_value,
            VerifiedValue.value,
        )
        .join(Verification, Verification.id == VerifiedValue.verification_id)
        .join(Report, Report.id == Verification.report_id)
        .join(Participation, Participation.id == Report.participation_id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .where(
            ReportingPeriod.campaign_id == campaign_id,
            ReportingPeriod.is_final,
            Verification.finished_at.is_not(None),
            VerifiedValue.not_applicable_reason == "",
        )
    )
    return {
        (row.indicator_id, row.unit_id): official
        for row in rows
        if (official := row.value if row.official_value is None else row.official_value) is not None
    }
