"""Việc của Thường trực: what waits for it, and what it waits for."""

from collections.abc import Iterable
from datetime import date

from flask import url_for
from sqlalchemy import func, select

from campaign.accounts.models import User
from campaign.charts.drawn import Drawn
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.home.clarification_work import of_settling
from campaign.home.counts import count_of, report_count
from campaign.home.divergence_work import of_overseeing
from campaign.home.exemplar_work import of_register
from campaign.home.rules import Todo
from campaign.planning.models import Campaign
from campaign.planning.queries import periods_of, scheme_of
from campaign.planning.rules import Phase
from campaign.reporting.deadlines.queries import dates_of
from campaign.reporting.models import Report
from campaign.reporting.pictures import filings
from campaign.reporting.queries import filed
from campaign.reporting.rules import OPEN_PHASES, ReportState, may_extend
from campaign.reporting.wishes.queries import open_count
from campaign.scoring.progress import unlocked_sheets
from campaign.verification.cases import next_waiting


def of_secretariat(user: User, campaign: Campaign, today: date) -> Iterable[Todo]:
    """Việc của Thường trực trong một phong trào."""
    yield from _of_filed(user, campaign)
    yield from _of_enrolments(campaign)
    yield from of_settling(campaign, today)
    yield from of_register(campaign, today)
    yield from _of_late(campaign, today)
    yield from _of_wishes(campaign)
    yield from _of_unlocked(campaign)
    yield from of_overseeing(campaign, today)
    yield Todo(
        f"Phong trào đang ở bước “{campaign.phase.label}”",
        "xem việc còn thiếu cho bước tiếp",
        url_for("conduct.index", campaign_id=campaign.id),
        3,
    )


def _of_late(campaign: Campaign, today: date) -> Iterable[Todo]:
    """Báo cáo quá hạn chưa nộp."""
    late = _late_count(campaign, today) if campaign.phase in OPEN_PHASES else 0
    if late:
        yield Todo(
            "Báo cáo quá hạn chưa nộp",
            "nhắc đơn vị, hoặc gia hạn có lý do",
            url_for("reporting.index", campaign_id=campaign.id, state="overdue"),
            0,
            late,
        )


def _of_wishes(campaign: Campaign) -> Iterable[Todo]:
    """Đơn vị xin thêm thời gian."""
    wished = open_count(campaign.id) if may_extend(campaign.phase) else 0
    if wished:
        yield Todo(
            "Đề nghị gia hạn chờ trả lời",
            "gia hạn hoặc trả lời lý do",
            url_for("wishes.index", campaign_id=campaign.id),
            1,
            wished,
        )


def _of_unlocked(campaign: Campaign) -> Iterable[Todo]:
    """Phiếu chấm chưa khoá, while sheets are marked."""
    unlocked = (
        unlocked_sheets(campaign.id, scheme_of(campaign.id))
        if campaign.phase is Phase.SCORING
        else 0
    )
    if unlocked:
        yield Todo(
            "Phiếu chấm chưa khoá",
            "xem thành viên nào còn thiếu",
            url_for("scoring.index", campaign_id=campaign.id),
            2,
            unlocked,
        )


def _of_filed(user: User, campaign: Campaign) -> Iterable[Todo]:
    """Báo cáo đã nộp, other than their own unit's, and those that went back."""
    waiting = report_count(
        campaign.id,
        Report.state == ReportState.SUBMITTED,
        Participation.unit_id.not_in(user.own_unit_ids),
    )
    if waiting:
        first = next_waiting(campaign.id, user.own_unit_ids)
        yield Todo(
            "Báo cáo đã nộp chờ thẩm định",
            "mở báo cáo chờ tiếp theo",
            url_for("verification.show", campaign_id=campaign.id, report_id=first),
            2,
            waiting,
        )
    yield from _of_returned(campaign)


def _of_returned(campaign: Campaign) -> Iterable[Todo]:
    """Báo cáo đã trả lại, that its unit has not mended yet."""
    returned = report_count(campaign.id, Report.state == ReportState.RETURNED)
    if returned:
        state = ReportState.RETURNED.value
        yield Todo(
            "Báo cáo đã trả lại, chờ đơn vị sửa",
            "xem đơn vị nào chưa nộp lại",
            url_for("verification.index", campaign_id=campaign.id, state=state),
            2,
            returned,
        )


def _of_enrolments(campaign: Campaign) -> Iterable[Todo]:
    proposed = count_of(
        select(func.count())
        .select_from(Participation)
        .where(
            Participation.campaign_id == campaign.id,
            Participation.state == ParticipationState.PROPOSED,
        )
    )
    if proposed:
        yield Todo(
            "Đăng ký chờ xác nhận và xếp khối",
            "xem giao ước rồi xếp vào khối",
            url_for("enrolment.index", campaign_id=campaign.id),
            2,
            proposed,
        )


def completeness(campaign: Campaign, today: date) -> Drawn | None:
    """Báo cáo các kỳ của mọi đơn vị, as long as reports are taken."""
    if campaign.phase not in OPEN_PHASES:
        return None
    rows, periods = _expected(campaign), periods_of(campaign.id)
    return filings(
        rows,
        periods,
        filed(campaign.id),
        dates_of(rows, periods),
        today,
        name=str(campaign.id),
    )


def _expected(campaign: Campaign) -> list[int]:
    """Những đơn vị phải báo cáo."""
    return list(
        db.session.scalars(
            select(Participation.id).where(
                Participation.campaign_id == campaign.id,
                Participation.state == ParticipationState.CONFIRMED,
            )
        )
    )


def _late_count(campaign: Campaign, today: date) -> int:
    rows = _expected(campaign)
    periods = [period for period in periods_of(campaign.id) if period.due_on < today]
    reports, dates = filed(campaign.id), dates_of(rows, periods)
    return sum(
        due.due_on < today and not (key in reports and reports[key].is_sent)
        for key, due in dates.items()
    )
