"""Báo cáo: pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.dates import format_moment, format_time, local_date
from campaign.core.errors import Conflict, RuleViolation
from campaign.core.numbers import known_id, row_id
from campaign.core.permissions import Permission, Role
from campaign.enrolment import queries as enrolment
from campaign.extensions import db
from campaign.files import storage
from campaign.planning.models import Campaign, ReportingPeriod
from campaign.planning.queries import campaign_for, periods_of, row_of, scheme_of, shares_of
from campaign.reporting import actions, compare, queries, workbook
from campaign.reporting.forms import ExtensionForm
from campaign.reporting.models import Report, ReportVersion
from campaign.reporting.rules import (
    EDITABLE,
    OPEN_PHASES,
    UNSENT,
    Claimed,
    Content,
    Dates,
    Demands,
    Finding,
    Scored,
    answered,
    blocking,
    findings,
    from_snapshot,
    is_locked,
    may_extend,
    progress_text,
    rule_points_text,
)
from campaign.scheme.rules.table import Scheme
from campaign.scheme.rules.terms import ValueKind
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored, show_stored
from campaign.web.spreadsheets import send_tables

reporting = Blueprint("reporting", __name__)


@dataclass(frozen=True)
class Opened:
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


def _sight(campaign_id: int) -> queries.Sight:
    return queries.sight_of(current_user, campaign_id, clock.today())


def opened_report(campaign_id: int, report_id: int, *, own: bool = False) -> Opened:
    """The report in one's sight; `own` asks for a report of one's own unit."""
    campaign = campaign_for(current_user, campaign_id)
    sight = _sight(campaign_id)
    report = queries.report(campaign_id, report_id, sight)
    is_own = report.participation.unit_id in sight.own
    if own and not is_own:
        abort(404)
    scheme = scheme_of(campaign_id)
    return Opened(campaign, report, scheme, queries.demands_of(report, scheme), is_own)


@reporting.get("/")
@requires(Permission.REPORT_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Báo cáo trong tầm nhìn: units × periods."""
    campaign = campaign_for(current_user, campaign_id)
    sight = _sight(campaign_id)
    participations = queries.participations_seen(campaign_id, sight)
    periods = periods_of(campaign_id)
    ids = [row.id for row in participations]
    return render_template(
        "reporting/index.html",
        campaign=campaign,
        participations=participations,
        periods=periods,
        sight=sight,
        filed=queries.filed(campaign_id, ids),
        dates=queries.dates_of(ids, periods),
        today=clock.today(),
        is_open=campaign.phase in OPEN_PHASES,
        extends=may_extend(campaign.phase),
    )


@reporting.get("/excel")
@requires(Permission.REPORT_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Bảng báo cáo ra Excel: the units in his sight."""
    campaign = campaign_for(current_user, campaign_id)
    participations = queries.participations_seen(campaign_id, _sight(campaign_id))
    periods, ids = periods_of(campaign_id), [row.id for row in participations]
    tables = workbook.board(
        ((row, row.unit.name) for row in participations),
        periods,
        queries.filed(campaign_id, ids),
        queries.dates_of(ids, periods),
        clock.today(),
    )
    return send_tables(
        tables, title=f"Báo cáo, {campaign.title}", state=campaign.phase.label, name="bao-cao"
    )


@reporting.post("/open")
@requires(Permission.REPORT_PREPARE)
def open_report(campaign_id: int) -> ResponseReturnValue:
    """Bắt đầu báo cáo."""
    campaign = campaign_for(current_user, campaign_id)
    participation = enrolment.participation(
        campaign_id,
        request.form.get("participation_id", 0, type=row_id),
        units=_sight(campaign_id).own,
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
    """Một báo cáo: the editor for its own unit while it may be edited, else the last submitted
    version.
    """
    opened = opened_report(campaign_id, report_id)
    dates = queries.dates(opened.report)
    may_edit = (
        opened.is_own
        and opened.report.state in EDITABLE
        and opened.campaign.phase in OPEN_PHASES
        and not is_locked(clock.today(), dates.locks_on)
    )
    if may_edit:
        return _editor(opened, queries.content_of(report_id), dates)
    latest = queries.latest_version(report_id)
    if not opened.is_own and latest is None:
        abort(404)
    content = (
        queries.content_of(report_id)
        if opened.is_own
        else from_snapshot(latest.snapshot if latest else {})
    )
    return render_template(
        "reporting/show.html",
        **_shared(opened, content),
        latest=latest,
        dates=dates,
        number=None,
        is_head=_is_head(opened),
        is_draft=opened.is_own and opened.report.state in UNSENT,
        returned=queries.last_return(report_id),
    )


@reporting.get("/<int:report_id>/excel")
@requires(Permission.REPORT_READ)
def report_spreadsheet(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Một báo cáo ra Excel: what its page shows this reader, or the version that is asked for."""
    opened = opened_report(campaign_id, report_id)
    number, latest = request.args.get("version", type=row_id), queries.latest_version(report_id)
    if number is not None:
        latest = queries.version(report_id, number)
    if latest is None and not opened.is_own:
        abort(404)
    is_draft = opened.is_own and number is None
    content = (
        queries.content_of(report_id)
        if is_draft
        else from_snapshot(latest.snapshot if latest else {})
    )
    found = _shared(opened, content)
    state = (
        f"bản số {latest.number}, nộp {format_moment(latest.submitted_at)}"
        if latest and not is_draft
        else opened.report.state.label
    )
    return send_tables(
        workbook.one_report(opened.demands, found["content"], found["progress"], found["answered"]),
        title=_title(opened),
        state=state,
        name="bao-cao-don-vi",
    )


def _is_head(opened: Opened) -> bool:
    return opened.report.participation.unit_id in current_user.units_as(Role.UNIT_HEAD)


def _shared(
    opened: Opened, content: Content, found: Sequence[Finding] | None = None
) -> dict[str, Any]:
    report = opened.report
    shares, unit_id = shares_of(opened.campaign, report.period), report.participation.unit_id
    with_points = actions.with_rule_points(content, opened.demands, opened.scheme, unit_id, shares)
    progress = {}
    for indicator in opened.demands.indicators:
        claimed = content.values.get(indicator.id, Claimed())
        progress[indicator.id] = progress_text(
            indicator.reached(unit_id, claimed.value, claimed.comparison, shares)
        )
    return {
        "campaign": opened.campaign,
        "report": report,
        "unit": report.participation.unit,
        "shares": shares,
        "demands": opened.demands,
        "content": with_points,
        "progress": progress,
        "shown": actions.shown,
        "unit_id": unit_id,
        "no_value": Claimed(),
        "no_score": Scored(),
        "rule_text": rule_points_text,
        "url": opened.url,
        "is_own": opened.is_own,
        "answered": answered(
            findings(content, opened.demands) if found is None else found, content.answers
        ),
    }


def _editor(
    opened: Opened,
    content: Content,
    dates: Dates,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> ResponseReturnValue:
    found = findings(content, opened.demands)
    remaining = blocking(found, content.answers)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render_template(
        "reporting/edit.html",
        **_shared(opened, content, found),
        kinds=ValueKind,
        findings=found,
        remaining=remaining,
        left=_left_text(len(remaining), is_head=_is_head(opened)),
        dates=dates,
        is_head=_is_head(opened),
        returned=queries.last_return(opened.report.id),
        errors=errors or {},
        typed=typed or {},
    ), status


@reporting.post("/<int:report_id>/fields")
@requires(Permission.REPORT_PREPARE)
def save_field(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Ghi một ô, as it is typed."""
    opened = opened_report(campaign_id, report_id, own=True)
    at = clock.now()
    actions.refuse_unless_editable(opened.campaign, opened.report, today=local_date(at))
    field = request.form.get("field", "")
    try:
        saved = actions.save_field(
            opened.report,
            opened.demands,
            field,
            request.form.get("value", ""),
            request.form.get("base", ""),
            by=current_user,
            at=at,
        )
    except Conflict as conflict:
        db.session.rollback()
        return jsonify(
            conflict={"value": conflict.theirs, "by": conflict.by, "at": conflict.at}
        ), HTTPStatus.CONFLICT
    recorder.act("report.save", campaign_id=campaign_id)
    content = queries.content_of(report_id)
    db.session.commit()
    found = findings(content, opened.demands)
    return jsonify(
        saved_at=format_time(at),
        value=saved.value,
        derived=_derived(opened, content, found, field),
        parts=_parts(content, found, field),
    )


def _derived(opened: Opened, content: Content, found: list[Finding], field: str) -> dict[str, str]:
    """Texts of the page that follow from what was just typed."""
    texts = {"left": _left_text(len(blocking(found, content.answers)), is_head=_is_head(opened))}
    if not field.startswith("v:"):
        return texts
    number, unit_id = known_id(field.split(":")[1]), opened.report.participation.unit_id
    shares, claimed = (
        shares_of(opened.campaign, opened.report.period),
        content.values.get(number, Claimed()),
    )
    texts[f"progress-{number}"] = progress_text(
        opened.scheme.indicators[number].reached(unit_id, claimed.value, claimed.comparison, shares)
    )
    scores = actions.with_rule_points(
        content, opened.demands, opened.scheme, unit_id, shares
    ).scores
    for criterion in opened.demands.criteria:
        if criterion.indicator_id == number:
            texts[f"rule-{criterion.id}"] = rule_points_text(scores[criterion.id])
            texts[f"rule-steps-{criterion.id}"] = scores[criterion.id].explanation
    return texts


def _parts(content: Content, found: list[Finding], field: str) -> dict[str, str]:
    """Parts of the page drawn anew: what is left to see to, and the warnings about what was just
    typed.
    """
    parts = {
        "findings": render_template(
            "reporting/_findings.html", remaining=blocking(found, content.answers)
        )
    }
    subject = ":".join(field.split(":")[:2])
    if subject.startswith("v:"):
        parts[f"warnings-{subject.removeprefix('v:')}"] = render_template(
            "reporting/_warnings.html",
            findings=found,
            subject=subject,
            content=content,
            typed={},
            errors={},
        )
    return parts


def _left_text(number: int, *, is_head: bool) -> str:
    if number:
        return f"Còn {number} chỗ phải xử lý trước khi nộp"
    return "Đã đủ, có thể ký nộp" if is_head else "Đã đủ, có thể trình ký"


@reporting.post("/<int:report_id>/save")
@requires(Permission.REPORT_PREPARE)
def save(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Ghi cả báo cáo từ một biểu mẫu, where the browser runs no script; what is wrong stays
    typed.
    """
    opened = opened_report(campaign_id, report_id, own=True)
    at = clock.now()
    actions.refuse_unless_editable(opened.campaign, opened.report, today=local_date(at))
    errors: dict[str, str] = {}
    for field in request.form:
        if field[:2] not in {"v:", "n:", "s:", "w:"}:
            continue
        text = request.form[field]
        try:
            actions.save_field(
                opened.report,
                opened.demands,
                field,
                text,
                request.form.get(f"base-{field}", text),
                by=current_user,
                at=at,
            )
        except Conflict as conflict:
            errors[field] = (
                f"{conflict.by} đã sửa lúc {conflict.at}: “{conflict.theirs}”. Hãy chọn lại "
                "rồi lưu."
            )
        except RuleViolation as violation:
            errors[field] = str(violation)
    recorder.act("report.save", campaign_id=campaign_id)
    db.session.commit()
    if errors:
        return _editor(
            opened,
            queries.content_of(report_id),
            queries.dates(opened.report),
            errors,
            {field: request.form[field] for field in errors},
        )
    flash("Đã lưu báo cáo.", "success")
    return redirect(url_for(".show", **opened.url), HTTPStatus.SEE_OTHER)


def _done(opened: Opened, act: str, message: str) -> ResponseReturnValue:
    recorder.act(act, campaign_id=opened.campaign.id)
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".show", **opened.url), HTTPStatus.SEE_OTHER)


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
    return _done(opened, "report.prepare", "Đã trình thủ trưởng đơn vị ký.")


@reporting.post("/<int:report_id>/give-back")
@requires(Permission.REPORT_SUBMIT)
def give_back(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Thủ trưởng chuyển lại người soạn."""
    opened = opened_report(campaign_id, report_id, own=True)
    _refuse_unless_head(opened)
    actions.give_back(opened.report)
    return _done(opened, "report.give_back", "Đã chuyển lại người soạn.")


def _refuse_unless_head(opened: Opened) -> None:
    if not _is_head(opened):
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
    timing = "đúng hạn" if version.is_on_time else "muộn"
    return _done(opened, "report.submit", f"Đã ký nộp bản số {version.number}, {timing}.")


@reporting.get("/<int:report_id>/history")
@requires(Permission.REPORT_READ)
def history(campaign_id: int, report_id: int) -> ResponseReturnValue:
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
        extensions=queries.extensions(report.participation_id, report.period_id),
        dates=queries.dates(report),
    )


@reporting.get("/<int:report_id>/history/excel")
@requires(Permission.REPORT_READ)
def history_spreadsheet(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Lịch sử một báo cáo ra Excel."""
    opened = opened_report(campaign_id, report_id)
    report = opened.report
    tables = workbook.history(
        queries.versions(report_id),
        queries.returns(report_id),
        queries.extensions(report.participation_id, report.period_id),
    )
    return send_tables(
        tables, title=_title(opened), state=report.state.label, name="lich-su-bao-cao"
    )


@reporting.get("/<int:report_id>/versions/<int:number>")
@requires(Permission.REPORT_READ)
def version(campaign_id: int, report_id: int, number: int) -> ResponseReturnValue:
    """Một bản nộp, as it was frozen."""
    opened = opened_report(campaign_id, report_id)
    row = queries.version(report_id, number)
    return render_template(
        "reporting/show.html",
        **_shared(opened, from_snapshot(row.snapshot)),
        latest=row,
        number=number,
        dates=queries.dates(opened.report),
        is_head=False,
        is_draft=False,
        returned=None,
    )


@reporting.get("/<int:report_id>/compare")
@requires(Permission.REPORT_READ)
def compare_versions(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """So sánh hai bản nộp."""
    opened = opened_report(campaign_id, report_id)
    rows = queries.versions(report_id)
    old, new, found = _compared(opened, rows)
    return render_template(
        "reporting/compare.html",
        campaign=opened.campaign,
        report=opened.report,
        unit=opened.report.participation.unit,
        url=opened.url,
        versions=rows,
        old=old,
        new=new,
        changes=found,
    )


@reporting.get("/<int:report_id>/compare/excel")
@requires(Permission.REPORT_READ)
def comparison_spreadsheet(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """So sánh hai bản nộp ra Excel."""
    opened = opened_report(campaign_id, report_id)
    old, new, found = _compared(opened, queries.versions(report_id))
    return send_tables(
        workbook.comparison(found),
        title=_title(opened),
        state=f"bản số {old.number} và bản số {new.number}",
        name="so-sanh-bao-cao",
    )


def _title(opened: Opened) -> str:
    return (
        f"{opened.report.period.name}: {opened.report.participation.unit.name}, "
        f"{opened.campaign.title}"
    )


def _compared(
    opened: Opened, rows: Sequence[ReportVersion]
) -> tuple[ReportVersion, ReportVersion, list[compare.Change]]:
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
        compare.changes(from_snapshot(old.snapshot), from_snapshot(new.snapshot), names),
    )


@reporting.post("/<int:report_id>/evidence")
@requires(Permission.REPORT_PREPARE)
def attach(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Gắn minh chứng vào một tiêu chí hoặc chỉ tiêu."""
    opened = opened_report(campaign_id, report_id, own=True)
    at = clock.now()
    actions.refuse_unless_editable(opened.campaign, opened.report, today=local_date(at))
    upload = request.files.get("file")
    criterion_id, indicator_id = (
        request.form.get("criterion_id", type=row_id),
        request.form.get("indicator_id", type=row_id),
    )
    if criterion_id not in {None, *(row.id for row in opened.demands.criteria)} or (
        indicator_id not in {None, *(row.id for row in opened.demands.indicators)}
    ):
        abort(404)
    place, anchor = (
        (f"file-{criterion_id}", f"e-{criterion_id}")
        if criterion_id
        else (f"file-v-{indicator_id}", f"v-{indicator_id}")
        if indicator_id
        else ("file-general", "file-general")
    )
    back = redirect(url_for(".show", **opened.url, _anchor=anchor), HTTPStatus.SEE_OTHER)
    if upload is None or not upload.filename:
        flash("Hãy chọn một tệp.", f"at:{place}")
        return back
    limits = (
        current_app.config["EVIDENCE_FILE_LIMIT"],
        current_app.config["EVIDENCE_REPORT_LIMIT"],
    )
    try:
        row = actions.attach(
            opened.report,
            upload.stream,
            upload.filename,
            criterion_id=criterion_id,
            indicator_id=None if criterion_id else indicator_id,
            limits=limits,
            by=current_user,
            at=at,
        )
    except storage.FileRefused as refusal:  # said where the file was chosen: the page is long
        db.session.rollback()
        flash(f"“{storage.clean_name(upload.filename)}” chưa gắn được. {refusal}", f"at:{place}")
        return back
    recorder.act("evidence.attach", campaign_id=campaign_id)
    db.session.commit()
    flash(f"Đã gắn “{row.file_name}”.", "success")
    return back


@reporting.get("/evidence/<int:evidence_id>")
@requires(Permission.EVIDENCE_READ)
def download(campaign_id: int, evidence_id: int) -> ResponseReturnValue:
    """Tải một minh chứng, if it exists for whoever asks."""
    campaign_for(current_user, campaign_id)
    row = queries.evidence_for(campaign_id, evidence_id, _sight(campaign_id))
    return send_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )


@reporting.get("/evidence/<int:evidence_id>/view")
@requires(Permission.EVIDENCE_READ)
def view_evidence(campaign_id: int, evidence_id: int) -> ResponseReturnValue:
    """Xem một minh chứng bên cạnh trang, if it exists for whoever asks."""
    campaign_for(current_user, campaign_id)
    row = queries.evidence_for(campaign_id, evidence_id, _sight(campaign_id))
    return show_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )


@reporting.post("/<int:report_id>/evidence/<int:evidence_id>/remove")
@requires(Permission.REPORT_PREPARE)
def remove(campaign_id: int, report_id: int, evidence_id: int) -> ResponseReturnValue:
    """Gỡ minh chứng."""
    opened = opened_report(campaign_id, report_id, own=True)
    at = clock.now()
    actions.refuse_unless_editable(opened.campaign, opened.report, today=local_date(at))
    row = queries.evidence_for(campaign_id, evidence_id, _sight(campaign_id))
    if row.report_id != report_id:
        abort(404)
    actions.remove_evidence(row, at=at)
    return _done(opened, "evidence.remove", f"Đã gỡ “{row.file_name}”.")


@reporting.route("/extend/<int:participation_id>/<int:period_id>", methods=["GET", "POST"])
@requires(Permission.EXTENSION_GRANT)
def extend(campaign_id: int, participation_id: int, period_id: int) -> ResponseReturnValue:
    """Gia hạn cho một đơn vị."""
    campaign = campaign_for(current_user, campaign_id)
    participation = enrolment.participation(campaign_id, participation_id)
    period = row_of(ReportingPeriod, campaign_id, period_id)
    form = ExtensionForm()
    if form.validate_on_submit():
        try:
            # not a rollback of all: the page still shows people, the one at the screen among them
            with db.session.begin_nested():
                actions.refuse_extension_after_reporting(campaign)
                actions.grant_extension(
                    participation,
                    period,
                    due_on=form.due_on.data,
                    locks_on=form.locks_on.data,
                    reason=form.reason.data,
                    by=current_user,
                    at=clock.now(),
                )
        except RuleViolation as violation:
            form.add_violation(violation)
        else:
            recorder.act("report.extend", campaign_id=campaign_id)
            db.session.commit()
            flash(f"Đã gia hạn cho {participation.unit.name}.", "success")
            return redirect(url_for(".index", campaign_id=campaign_id), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "reporting/extend.html",
        campaign=campaign,
        participation=participation,
        period=period,
        form=form,
        dates=queries.dates_of([participation_id], [period])[participation_id, period_id],
        extensions=queries.extensions(participation_id, period_id),
    ), status
