"""Báo cáo: pages."""

from datetime import datetime
from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import format_moment
from campaign.core.errors import Conflict
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission
from campaign.enrolment import queries as enrolment
from campaign.extensions import db
from campaign.notices.actions import withdraw_all
from campaign.notices.rules import report_key
from campaign.planning.models import ReportingPeriod
from campaign.planning.queries import campaign_for, row_of, shares_of
from campaign.reporting import actions, following, queries, workbook
from campaign.reporting import cells as report_cells
from campaign.reporting.checks import blocking, findings
from campaign.reporting.contents import contents, contents_words
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.history import queries as history
from campaign.reporting.history.said import said_before
from campaign.reporting.listing import seen_board
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.opened import (
    OpenReport,
    done,
    editable_report,
    opened_report,
    shared,
    sight_here,
)
from campaign.reporting.pictures import filings
from campaign.reporting.rules import (
    EDITABLE,
    OPEN_PHASES,
    UNSENT,
    Content,
    Dates,
    from_snapshot,
    is_locked,
    may_extend,
)
from campaign.reporting.wishes.actions import settle
from campaign.reporting.wishes.queries import open_wishes
from campaign.reporting.wishes.rules import WishState
from campaign.scheme.rules.checklist import ItemAnswer
from campaign.scheme.rules.terms import ValueKind
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.lists import page_of
from campaign.web.paging import page_number
from campaign.web.saving import conflicting, refusal_words, saved
from campaign.web.spreadsheets import send_tables

reporting = Blueprint("reporting", __name__)


@reporting.get("/")
@requires(Permission.REPORT_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Báo cáo trong tầm nhìn: units × periods."""
    campaign = campaign_for(current_user, campaign_id)
    sight, today = sight_here(campaign_id), clock.today()
    seen = seen_board(campaign_id, sight, today)
    page = page_of(seen.rows, number=page_number())
    return render_template(
        "reporting/index.html",
        campaign=campaign,
        asked=seen.asked,
        page=page,
        wishes=open_wishes([row.id for row in page.rows]),
        periods=seen.periods,
        sight=sight,
        filed=seen.filed,
        dates=seen.dates,
        today=today,
        is_open=campaign.phase in OPEN_PHASES,
        extends=may_extend(campaign.phase),
        picture=filings(
            [row.id for row in seen.rows],
            seen.periods,
            seen.filed,
            seen.dates,
            today,
            name=str(campaign_id),
        )
        if sight.sees_others and not seen.asked.is_narrowed
        else None,
    )


@reporting.get("/excel")
@requires(Permission.REPORT_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Bảng báo cáo ra Excel: the units in one's sight, with the conditions of the page in force."""
    campaign, today = campaign_for(current_user, campaign_id), clock.today()
    seen = seen_board(campaign_id, sight_here(campaign_id), today)
    named = ((row, row.unit.name) for row in seen.rows)
    return send_tables(
        workbook.board(named, seen.periods, seen.filed, seen.dates, today),
        title=f"Báo cáo, {campaign.title}",
        state=campaign.phase.label,
        name="bao-cao",
        notes=seen.asked.told(),
    )


@reporting.post("/open")
@requires(Permission.REPORT_PREPARE)
def open_report(campaign_id: int) -> ResponseReturnValue:
    """Bắt đầu báo cáo."""
    campaign = campaign_for(current_user, campaign_id)
    participation = enrolment.participation(
        campaign_id,
        request.form.get("participation_id", 0, type=row_id),
        units=sight_here(campaign_id).own,
    )
    period = row_of(ReportingPeriod, campaign_id, request.form.get("period_id", 0, type=row_id))
    report = actions.open_report(campaign, participation, period)
    recorder.act("report.open", campaign_id=campaign_id)
    db.session.commit()
    return redirect(
        url_for(".show", campaign_id=campaign_id, report_id=report.id), HTTPStatus.SEE_OTHER
    )


@reporting.get("/<int:report_id>")
@requires(Permission.REPORT_READ)
def show(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Một báo cáo: the editor while its own unit may edit, else the last submitted version."""
    opened = opened_report(campaign_id, report_id)
    dates = deadlines.dates(opened.report)
    if _may_edit(opened, dates):
        return _editor(opened, queries.content_of(report_id), dates)
    latest = queries.latest_version(report_id)
    return render_template(
        "reporting/show.html",
        **shared(opened, _content_shown(opened, latest, is_draft=opened.is_own)),
        latest=latest,
        dates=dates,
        number=None,
        is_head=opened.is_head,
        is_draft=opened.is_own and opened.report.state in UNSENT,
        returned=history.last_return(report_id),
    )


def _may_edit(opened: OpenReport, dates: Dates) -> bool:
    """Đơn vị của người đang xem còn sửa được báo cáo này hôm nay."""
    return (
        opened.is_own
        and opened.report.state in EDITABLE
        and opened.campaign.phase in OPEN_PHASES
        and not is_locked(clock.today(), dates.locks_on)
    )


def _content_shown(opened: OpenReport, latest: ReportVersion | None, *, is_draft: bool) -> Content:
    """Nội dung đang soạn, or that of a version; others than the unit find none before the first."""
    if latest is None and not opened.is_own:
        abort(404)
    if is_draft:
        return queries.content_of(opened.report.id)
    return from_snapshot(latest.snapshot if latest else {})


@reporting.get("/<int:report_id>/excel")
@requires(Permission.REPORT_READ)
def report_spreadsheet(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Một báo cáo ra Excel: what its page shows this reader, or the version that is asked for."""
    opened = opened_report(campaign_id, report_id)
    number, latest = request.args.get("version", type=row_id), queries.latest_version(report_id)
    if number is not None:
        latest = history.version(report_id, number)
    is_draft = opened.is_own and number is None
    page = shared(opened, _content_shown(opened, latest, is_draft=is_draft))
    state = opened.report.state.label
    if latest and not is_draft:
        state = f"bản số {latest.number}, nộp {format_moment(latest.submitted_at)}"
    return send_tables(
        workbook.one_report(opened.demands, page["content"], page["progress"], page["answered"]),
        title=opened.title,
        state=state,
        name="bao-cao-don-vi",
        points_places=opened.scheme.places,
    )


def _editor(
    opened: OpenReport,
    content: Content,
    dates: Dates,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> ResponseReturnValue:
    seen = findings(content, opened.demands)
    remaining = blocking(seen, content.answers)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    parts = contents(opened.demands, content, remaining)
    return render_template(
        "reporting/edit.html",
        **shared(opened, content, seen),
        parts=parts,
        contents_words=contents_words(parts),
        kinds=ValueKind,
        item_answers=ItemAnswer,
        findings=seen,
        remaining=remaining,
        left=following.left_text(len(remaining), is_head=opened.is_head),
        dates=dates,
        is_head=opened.is_head,
        returned=history.last_return(opened.report.id),
        said=said_before(opened.report, opened.demands, content),
        errors=errors or {},
        typed=typed or {},
    ), status


@reporting.post("/<int:report_id>/fields")
@requires(Permission.REPORT_PREPARE)
def save_field(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Ghi một ô, as it is typed."""
    opened, at = editable_report(campaign_id, report_id)
    field, text, base = (request.form.get(name, "") for name in ("field", "value", "base"))
    try:
        value = report_cells.save_field(
            opened.report, opened.demands, field, text, base, by=current_user, at=at
        )
    except Conflict as conflict:
        return conflicting(conflict)
    recorder.act("report.save", campaign_id=campaign_id)
    content = queries.content_of(report_id)
    db.session.commit()
    seen = findings(content, opened.demands)
    return saved(
        at,
        value,
        derived=following.texts(opened, content, seen, field),
        parts=following.parts(opened, content, seen, field),
    )


@reporting.post("/<int:report_id>/save")
@requires(Permission.REPORT_PREPARE)
def save(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Ghi cả báo cáo từ một biểu mẫu, without a script; what is wrong stays typed."""
    opened, at = editable_report(campaign_id, report_id)
    errors = _write_all(opened, at)
    recorder.act("report.save", campaign_id=campaign_id)
    db.session.commit()
    if errors:
        return _editor(
            opened,
            queries.content_of(report_id),
            deadlines.dates(opened.report),
            errors,
            {field: request.form[field] for field in errors},
        )
    flash("Đã lưu báo cáo.", "success")
    return redirect(url_for(".show", **opened.url), HTTPStatus.SEE_OTHER)


def _write_all(opened: OpenReport, at: datetime) -> dict[str, str]:
    """Ghi mọi ô của biểu mẫu; gives what was refused, by field."""
    typed = [
        report_cells.Typed(field, text, request.form.get(f"base-{field}", text))
        for field, text in request.form.items()
        if field[:2] in {"v:", "n:", "s:", "w:"}
    ]
    refused = report_cells.save_each(opened.report, opened.demands, typed, by=current_user, at=at)
    return {field: refusal_words(refusal) for field, refusal in refused.items()}


@reporting.post("/<int:report_id>/prepare")
@requires(Permission.REPORT_PREPARE)
def prepare(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Trình thủ trưởng ký."""
    opened = opened_report(campaign_id, report_id, own=True)
    actions.prepare(
        opened.campaign,
        opened.report,
        queries.content_of(report_id),
        opened.demands,
        by=current_user,
        at=clock.now(),
    )
    return done(opened, "report.prepare", "Đã trình thủ trưởng đơn vị ký.")


@reporting.post("/<int:report_id>/give-back")
@requires(Permission.REPORT_SUBMIT)
def give_back(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Thủ trưởng chuyển lại người soạn."""
    opened = opened_report(campaign_id, report_id, own=True)
    _refuse_unless_head(opened)
    actions.give_back(opened.report)
    return done(opened, "report.give_back", "Đã chuyển lại người soạn.")


def _refuse_unless_head(opened: OpenReport) -> None:
    if not opened.is_head:
        abort(403)


@reporting.post("/<int:report_id>/submit")
@requires(Permission.REPORT_SUBMIT)
def submit(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Thủ trưởng ký nộp."""
    opened = opened_report(campaign_id, report_id, own=True)
    _refuse_unless_head(opened)
    content = actions.with_rule_points(
        queries.content_of(report_id),
        opened.demands,
        opened.scheme,
        opened.report.participation.unit_id,
        shares_of(opened.campaign, opened.report.period),
    )
    version = actions.submit(
        opened.campaign, opened.report, content, opened.demands, by=current_user, at=clock.now()
    )
    _end_what_waited(opened.report, version.submitted_at)
    timing = "đúng hạn" if version.is_on_time else "muộn"
    return done(opened, "report.submit", f"Đã ký nộp bản số {version.number}, {timing}.")


def _end_what_waited(report: Report, at: datetime) -> None:
    """Báo cáo đã nộp: no wish for more time and no reminder waits any longer."""
    entry_id, period_id = report.participation_id, report.period_id
    settle([entry_id], period_id, WishState.DROPPED, "", by=current_user, at=at)
    withdraw_all(report_key(entry_id, period_id), at=at)
