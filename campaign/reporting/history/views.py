"""Lịch sử báo cáo: pages."""

from collections.abc import Sequence

from flask import (
    Blueprint,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.numbers import row_id
from campaign.core.permissions import Permission
from campaign.reporting.deadlines import queries as deadlines
from campaign.reporting.history import queries, said, workbook
from campaign.reporting.history.compare import Change, changes
from campaign.reporting.models import ReportVersion
from campaign.reporting.opened import OpenReport, done, editable_report, opened_report, shared
from campaign.reporting.queries import content_of
from campaign.reporting.rules import (
    from_snapshot,
)
from campaign.web.access import requires
from campaign.web.spreadsheets import send_tables

report_history = Blueprint("report_history", __name__)


@report_history.get("/<int:report_id>/history")
@requires(Permission.REPORT_READ)
def show(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Lịch sử: versions, returns, extensions."""
    opened = opened_report(campaign_id, report_id)
    report = opened.report
    return render_template(
        "reporting/history.html",
        campaign=opened.campaign,
        report=report,
        unit=report.participation.unit,
        url=opened.url,
        versions=queries.versions(report_id),
        returns=queries.returns(report_id),
        extensions=deadlines.extensions(report.participation_id, report.period_id),
        dates=deadlines.dates(report),
    )


@report_history.get("/<int:report_id>/history/excel")
@requires(Permission.REPORT_READ)
def spreadsheet(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Lịch sử một báo cáo ra Excel."""
    opened = opened_report(campaign_id, report_id)
    report = opened.report
    tables = workbook.history(
        queries.versions(report_id),
        queries.returns(report_id),
        deadlines.extensions(report.participation_id, report.period_id),
    )
    return send_tables(tables, title=opened.title, state=report.state.label, name="lich-su-bao-cao")


@report_history.get("/<int:report_id>/versions/<int:number>")
@requires(Permission.REPORT_READ)
def version(campaign_id: int, report_id: int, number: int) -> ResponseReturnValue:
    """Một bản nộp, as it was frozen."""
    opened = opened_report(campaign_id, report_id)
    row = queries.version(report_id, number)
    return render_template(
        "reporting/show.html",
        **shared(opened, from_snapshot(row.snapshot)),
        latest=row,
        number=number,
        dates=deadlines.dates(opened.report),
        is_head=False,
        is_draft=False,
        returned=None,
    )


@report_history.get("/<int:report_id>/compare")
@requires(Permission.REPORT_READ)
def compare(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """So sánh hai bản nộp."""
    opened = opened_report(campaign_id, report_id)
    rows = queries.versions(report_id)
    old, new, differences = _compared(opened, rows)
    return render_template(
        "reporting/compare.html",
        campaign=opened.campaign,
        report=opened.report,
        unit=opened.report.participation.unit,
        url=opened.url,
        versions=rows,
        old=old,
        new=new,
        changes=differences,
    )


@report_history.get("/<int:report_id>/compare/excel")
@requires(Permission.REPORT_READ)
def comparison_spreadsheet(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """So sánh hai bản nộp ra Excel."""
    opened = opened_report(campaign_id, report_id)
    old, new, differences = _compared(opened, queries.versions(report_id))
    return send_tables(
        workbook.comparison(differences),
        title=opened.title,
        state=f"bản số {old.number} và bản số {new.number}",
        name="so-sanh-bao-cao",
    )


@report_history.post("/<int:report_id>/take-over")
@requires(Permission.REPORT_PREPARE)
def take_over(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Lấy nội dung kỳ trước vào các ô còn trống của một mục."""
    opened, at = editable_report(campaign_id, report_id)
    count = said.take_over(
        opened.report,
        opened.demands,
        content_of(report_id),
        request.form.getlist("field"),
        by=current_user,
        at=at,
    )
    return done(
        opened, "report.save", f"Đã lấy nội dung kỳ trước vào {count} ô; hãy đọc và sửa lại."
    )


def _compared(
    opened: OpenReport, rows: Sequence[ReportVersion]
) -> tuple[ReportVersion, ReportVersion, list[Change]]:
    """Hai bản được hỏi, the first and the last where none is named, and where they differ."""
    numbers = [row.number for row in rows]
    first = request.args.get("a", min(numbers, default=1), type=row_id)
    second = request.args.get("b", max(numbers, default=1), type=row_id)
    old, new = queries.version(opened.report.id, first), queries.version(opened.report.id, second)
    names = {f"v:{row.id}": row.name for row in opened.scheme.indicators.values()}
    names |= {f"n:{key}": name for key, name in opened.demands.tasks.items()}
    names |= {f"s:{row.id}": f"{row.code}. {row.name}" for row in opened.scheme.criteria}
    return (
        old,
        new,
        changes(from_snapshot(old.snapshot), from_snapshot(new.snapshot), names),
    )
