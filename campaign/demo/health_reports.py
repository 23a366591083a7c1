"""Diễn tập, Sở Y tế: what a unit reports, and what the secretariat finds."""

from datetime import date, datetime

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core import cells
from campaign.counts import actions as counts
from campaign.demo.cast import Cast, act
from campaign.demo.checks import take_reported
from campaign.demo.content import health as content
from campaign.demo.content.people import head_of, officer_of
from campaign.demo.content.words import MADE_UP
from campaign.demo.files import word_file
from campaign.demo.reports import (
    FILE_LIMIT,
    REPORT_LIMIT,
    Draft,
    hand_in,
    period_of,
    submit,
    whole_report,
)
from campaign.demo.stages import Progress
from campaign.extensions import db
from campaign.files import storage
from campaign.planning.models import Campaign
from campaign.planning.queries import scheme_of
from campaign.reporting import actions as reporting
from campaign.reporting import queries as reports
from campaign.reporting.evidence import actions as evidence
from campaign.reporting.models import Occurrence, Report
from campaign.reporting.rules import Demands, from_snapshot
from campaign.scheme.rules.counts import CountRule
from campaign.scheme.rules.table import ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, JudgedBy, ValueKind
from campaign.verification import actions as verification
from campaign.verification import cells as verified_cells
from campaign.verification import checks
from campaign.verification import queries as verified


def report_unit(
    cast: Cast,
    campaign: Campaign,
    code: str,
    filed: Progress,
    at: datetime,
    *,
    is_final: bool = False,
) -> None:
    """Báo cáo của một đơn vị, as far as it has come."""
    if filed is Progress.NONE:
        return
    head, officer = cast.users[head_of(code)], cast.users[officer_of(code)]
    period, scheme = period_of(campaign, is_final=is_final), scheme_of(campaign.id)
    with act("report.save", officer, campaign):
        opened = reporting.open_report(campaign, cast.participations[code], period)
        report = whole_report(opened.id)
        demands = reports.demands_of(report, scheme)
        _write(campaign, report, demands, code, officer, at, is_whole=filed is not Progress.DRAFT)
    written = reports.content_of(report.id)
    if filed.has(Progress.PREPARED):
        with act("report.prepare", officer, campaign):
            reporting.prepare(campaign, report, written, demands, by=officer, at=at)
    if filed.has(Progress.SUBMITTED):
        submit(campaign, report, written, demands, scheme, head, at)
    if filed is Progress.RETURNED:
        _return(cast, campaign, report, at)


def _write(
    campaign: Campaign,
    report: Report,
    demands: Demands,
    code: str,
    officer: User,
    at: datetime,
    *,
    is_whole: bool,
) -> None:
    """Fill in a report as its officer would; an unfinished one lacks its last parts."""
    draft: Draft = {}
    _write_numbers(draft, demands, code, is_final=report.period.is_final)
    _write_words(draft, demands, is_whole=is_whole)
    if report.period.is_final and is_whole:
        _judge_oneself(draft, report, demands, code, officer, at)
        _list(campaign, report, officer, at)
    hand_in(draft, report, demands, officer, at)


def _write_numbers(draft: Draft, demands: Demands, code: str, *, is_final: bool) -> None:
    for indicator in demands.indicators:
        numbers = content.RESULTS[code].numbers.get(indicator.short_name)
        if numbers is None:
            continue
        draft[f"v:{indicator.id}:value"] = numbers[is_final]
        draft[f"v:{indicator.id}:kind"] = ValueKind.ESTIMATED.value
        draft[f"v:{indicator.id}:source"] = f"Báo cáo thống kê của đơn vị {MADE_UP}"


def _write_words(draft: Draft, demands: Demands, *, is_whole: bool) -> None:
    for task, text in zip(demands.tasks, content.NARRATIVES, strict=True):
        if is_whole or text is content.NARRATIVES[0]:
            draft[f"n:{task}:text"] = text


def _judge_oneself(
    draft: Draft, report: Report, demands: Demands, code: str, officer: User, at: datetime
) -> None:
    """The full points where the unit gives them itself, and evidence where it must."""
    for criterion in demands.criteria:
        if not criterion.is_worked_out and criterion.kind is CriterionKind.BASE:
            draft[f"s:{criterion.id}:points"] = cells.shown(criterion.maximum)
            draft[f"s:{criterion.id}:explanation"] = f"Theo hướng dẫn chấm {MADE_UP}"
        if criterion.evidence_required:
            _attach(report, criterion, code, officer, at)


def _attach(
    report: Report, criterion: ScoredCriterion, code: str, officer: User, at: datetime
) -> None:
    evidence.attach(
        report,
        storage.keep(word_file(criterion.name, f"Đơn vị: {code}", MADE_UP), limit=FILE_LIMIT),
        f"{criterion.name}.docx",
        criterion_id=criterion.id,
        indicator_id=None,
        report_limit=REPORT_LIMIT,
        by=officer,
        at=at,
    )


def _list(campaign: Campaign, report: Report, officer: User, at: datetime) -> None:
    """What is counted: talks and awards, each with its day."""
    for criterion in scheme_of(campaign.id).counted:
        for day, kind, text in _listed(criterion.code):
            counts.save(
                None,
                {"held_on": day, "kind": kind, "text": f"{text} {MADE_UP}"},
                campaign,
                report,
                criterion_id=criterion.id,
                rule=criterion.count_rule or CountRule(),
                by=officer,
                at=at,
            )


def _listed(code: str) -> tuple[tuple[date, str, str], ...]:
    """What happened that a criterion counts: its day, its kind, its words."""
    if code == "I.2.3":
        return tuple((day, "", text) for day, text in content.TALKS)
    return content.AWARDS if code == "III.1.2" else ()


def _return(cast: Cast, campaign: Campaign, report: Report, at: datetime) -> None:
    version = reports.latest_version(report.id)
    if version is None:
        return
    with act("verification.return", cast.users[content.SECRETARY], campaign):
        verification.return_report(
            campaign,
            report,
            version,
            due_on=date(2026, 11, 10),
            by=cast.users[content.SECRETARY],
            at=at,
            reason=f"Số ca sốt xuất huyết chưa khớp với số giám sát; đề nghị đối chiếu. {MADE_UP}",
        )


def verify_unit(cast: Cast, campaign: Campaign, code: str, at: datetime, *, is_final: bool) -> None:
    """Thẩm định báo cáo của một đơn vị: numbers as claimed, occurrences recognised."""
    period, scheme = period_of(campaign, is_final=is_final), scheme_of(campaign.id)
    taking, by = cast.participations[code], cast.users[content.SECRETARY]
    filed = reports.report_of(taking.id, period.id)
    version = reports.latest_version(filed.id) if filed else None
    if filed is None or version is None:
        return
    claimed, report = from_snapshot(version.snapshot), whole_report(filed.id)
    applicable = scheme.maxima_for(taking.unit_id, taking.block_id) if is_final else {}
    with act("verification.save", by, campaign):
        opened = verification.begin(campaign, report, by=by)
        take_reported(opened, claimed, by, at)
        for criterion in scheme.criteria:
            is_given = criterion.judged_by is JudgedBy.SECRETARIAT and criterion.id in applicable
            if not is_given or criterion.maximum is None:
                continue
            for part, text in (
                ("points", cells.shown(criterion.maximum - (code == "BVSN") * 10)),
                ("comment", f"Theo sổ theo dõi của Thường trực {MADE_UP}"),
            ):
                verified_cells.save_field(
                    opened, scheme, applicable, f"p:{criterion.id}:{part}", text, "", by=by, at=at
                )
        if is_final:
            _recognise(report, by, at)
    with act("verification.finish", by, campaign):
        values, points = verified.checked_of(opened.id)
        left = checks.missing(scheme, applicable, claimed, values, points)
        verification.finish(opened, report, left, by=by, at=at)


def _recognise(report: Report, by: User, at: datetime) -> None:
    """Công nhận những lần đã kê."""
    listed = db.session.scalars(
        select(Occurrence).where(Occurrence.report_id == report.id).order_by(Occurrence.id)
    ).all()
    counts.accept(listed, by=by, at=at)
