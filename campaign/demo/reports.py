"""Diễn tập, báo cáo: what each unit reports of a period."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.accounts.models import User
from campaign.core import cells
from campaign.demo.beginning import competing_units
from campaign.demo.cast import HALF, Cast, act, moment
from campaign.demo.content.indicators import INDICATORS
from campaign.demo.content.people import head_of, officer_of
from campaign.demo.content.units import DISTRICTS
from campaign.demo.content.words import EVIDENCE, MADE_UP, NARRATIVES
from campaign.demo.files import pdf_file, word_file
from campaign.demo.stages import Filing, Progress
from campaign.extensions import db
from campaign.files import storage
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import scheme_of, shares_of
from campaign.reporting import actions as reporting
from campaign.reporting import cells as report_cells
from campaign.reporting import queries as reports
from campaign.reporting.deadlines import actions as extending
from campaign.reporting.evidence import actions as evidence
from campaign.reporting.models import Report
from campaign.reporting.rules import Content, Demands
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import CriterionKind, ValueKind
from campaign.verification import actions as verification

FILE_LIMIT, REPORT_LIMIT = 20 * 1024 * 1024, 200 * 1024 * 1024


def extend_period(cast: Cast, campaign: Campaign) -> None:
    """Gia hạn for one unit that asked."""
    period = period_of(campaign, is_final=False)
    with act("report.extend", cast.secretary, campaign):
        extending.grant_extensions(
            [cast.participations["MC"]],
            period,
            due_on=date(2021, 4, 12),
            locks_on=date(2021, 4, 15),
            reason=(f"Cán bộ báo cáo đi chống hạn tại xã, đơn vị có văn bản xin lùi {MADE_UP}"),
            by=cast.secretary,
            at=moment(date(2021, 4, 1), 10),
        )


def period_of(campaign: Campaign, *, is_final: bool) -> ReportingPeriod:
    """Kỳ báo cáo: the first one, or the final one."""
    return db.session.scalars(
        select(ReportingPeriod).where(
            ReportingPeriod.campaign_id == campaign.id, ReportingPeriod.is_final == is_final
        )
    ).one()


def whole_report(report_id: int) -> Report:
    """Báo cáo with the unit that makes it and its period."""
    return db.session.scalars(
        select(Report)
        .where(Report.id == report_id)
        .options(joinedload(Report.participation), joinedload(Report.period))
    ).one()


def report_period(
    cast: Cast, campaign: Campaign, *, is_final: bool, filing: Callable[[str], Filing]
) -> None:
    """Báo cáo của một kỳ, unit by unit, as far as each has come."""
    period, scheme = period_of(campaign, is_final=is_final), scheme_of(campaign.id)
    for place, row in enumerate(competing_units()):
        filed = filing(row.code)
        if filed.progress is Progress.NONE:
            continue
        head, officer = cast.users[head_of(row.code)], cast.users[officer_of(row.code)]
        at = moment(filed.submitted_on, 15, place * 3)
        with act("report.save", officer, campaign):
            opened = reporting.open_report(campaign, cast.participations[row.code], period)
            report = whole_report(opened.id)
            demands = reports.demands_of(report, scheme)
            is_whole = filed.progress.has(Progress.PREPARED)
            _write(cast, report, demands, row.code, place, officer, at, is_whole=is_whole)
        content = reports.content_of(report.id)
        if is_whole:
            with act("report.prepare", officer, campaign):
                reporting.prepare(campaign, report, content, demands, by=officer, at=at)
        if filed.progress.has(Progress.SUBMITTED):
            submit(campaign, report, content, demands, scheme, head, at)
        if filed.progress is Progress.RETURNED:
            _return(cast, campaign, report, at)


def _write(
    cast: Cast,
    report: Report,
    demands: Demands,
    code: str,
    place: int,
    officer: User,
    at: datetime,
    *,
    is_whole: bool,
) -> None:
    """Fill in a report as its officer would; an unfinished one lacks its last parts."""
    draft: Draft = {}
    _write_numbers(cast, draft, demands, code, is_final=report.period.is_final)
    _write_words(draft, demands, place, is_whole=is_whole)
    if report.period.is_final:
        _judge_oneself(draft, report, demands, code, place, officer, at, is_whole=is_whole)
    hand_in(draft, report, demands, officer, at)


Draft = dict[str, str]
"""Tờ nháp của người soạn: fields of one report, and the text for each."""


def hand_in(draft: Draft, report: Report, demands: Demands, officer: User, at: datetime) -> None:
    """Chép tờ nháp vào báo cáo, in which nothing stands yet."""
    typed = [report_cells.Typed(field, text, "") for field, text in draft.items()]
    report_cells.save_fields(report, demands, typed, by=officer, at=at)


def _write_numbers(
    cast: Cast, draft: Draft, demands: Demands, code: str, *, is_final: bool
) -> None:
    for indicator in demands.indicators:
        key = next(name for name, row in cast.indicators.items() if row.id == indicator.id)
        value, comparison = _claimed(key, code, is_final=is_final)
        for part, text in (
            ("value", value),
            ("comparison", comparison),
            ("kind", ValueKind.ESTIMATED.value),
            ("source", f"Cục Thống kê và báo cáo của cơ sở {MADE_UP}"),
        ):
            if text:
                draft[f"v:{indicator.id}:{part}"] = text


def _write_words(draft: Draft, demands: Demands, place: int, *, is_whole: bool) -> None:
    tasks = list(demands.tasks) if is_whole else list(demands.tasks)[:2]
    for number, task in enumerate(tasks):
        text = NARRATIVES[number].format(n=6 + (place * 5 + number * 3) % 17)
        draft[f"n:{task}:text"] = text


def _judge_oneself(
    draft: Draft,
    report: Report,
    demands: Demands,
    code: str,
    place: int,
    officer: User,
    at: datetime,
    *,
    is_whole: bool,
) -> None:
    for criterion in _judged(demands, is_whole=is_whole):
        points = criterion.maximum - HALF * ((place + criterion.id) % 3)
        draft[f"s:{criterion.id}:points"] = cells.shown(points)
        draft[f"s:{criterion.id}:explanation"] = f"Hoàn thành theo hướng dẫn chấm {MADE_UP}"
        if criterion.code in EVIDENCE:
            _attach(report, criterion, code, officer, at)


def _judged(demands: Demands, *, is_whole: bool) -> list[ScoredCriterion]:
    """What the unit gives itself points for; of an unfinished report the first two."""
    scored = [
        row for row in demands.criteria if not row.is_worked_out and row.kind is CriterionKind.BASE
    ]
    return scored if is_whole else scored[:2]


def _attach(
    report: Report, criterion: ScoredCriterion, code: str, officer: User, at: datetime
) -> None:
    """One file of evidence for a criterion."""
    name, text = EVIDENCE[criterion.code]
    evidence.attach(
        report,
        storage.keep(_file(name, text, code), limit=FILE_LIMIT),
        name,
        criterion_id=criterion.id,
        indicator_id=None,
        report_limit=REPORT_LIMIT,
        by=officer,
        at=at,
    )


def _file(name: str, text: str, code: str) -> IO[bytes]:
    if name.endswith(".pdf"):
        return pdf_file(code)
    return word_file(name.removesuffix(".docx"), f"Đơn vị: {code}", text, MADE_UP)


def _claimed(key: str, code: str, *, is_final: bool) -> tuple[str, str]:
    """Value and comparison, as an officer types them."""
    district = next((row for row in DISTRICTS if row.code == code), None)
    if district is None:
        return _claimed_of_all(key, is_final=is_final)
    match key:
        case "iip":
            return _typed(district.index - (0 if is_final else Decimal("0.8"))), "100"
        case "retail":
            share = (district.retail * district.retail_share / (300 if is_final else 400)).quantize(
                Decimal("0.01")
            )
            return _typed(share), ""
        case _:
            return _typed(district.households), ""


def _claimed_of_all(key: str, *, is_final: bool) -> tuple[str, str]:
    """What an office of the department says of the whole province."""
    planned = next(row for row in INDICATORS if row.key == key)
    comparison = planned.comparison[is_final] if planned.comparison else ""
    value = _typed(Decimal(planned.reported[is_final]))
    return value, _typed(Decimal(comparison)) if comparison else ""


def _typed(value: Decimal) -> str:
    return cells.shown(value)


def submit(
    campaign: Campaign,
    report: Report,
    content: Content,
    demands: Demands,
    scheme: Scheme,
    head: User,
    at: datetime,
) -> None:
    """Thủ trưởng ký nộp, with the points that the rules give."""
    with act("report.submit", head, campaign):
        typed = reporting.with_rule_points(
            content,
            demands,
            scheme,
            report.participation.unit_id,
            shares_of(campaign, report.period),
        )
        reporting.submit(campaign, report, typed, demands, by=head, at=at)


def _return(cast: Cast, campaign: Campaign, report: Report, at: datetime) -> None:
    version = reports.latest_version(report.id)
    if version is None:
        return
    with act("verification.return", cast.secretary, campaign):
        verification.return_report(
            campaign,
            report,
            version,
            due_on=date(2021, 4, 30),
            by=cast.secretary,
            at=at,
            reason="Số hộ dùng điện chưa khớp với số của ngành điện; đề nghị đối chiếu và ghi rõ "
            "nguồn. "
            f"{MADE_UP}",
        )
