"""Minh chứng: pages."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from campaign.audit import recorder
from campaign.core.errors import RuleViolation, refuse
from campaign.core.numbers import row_id
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.files import storage
from campaign.planning.queries import campaign_for
from campaign.reporting import following
from campaign.reporting.evidence import actions, queries
from campaign.reporting.evidence.queries import Place
from campaign.reporting.models import Evidence
from campaign.reporting.opened import OpenReport, done, editable_report, sight_here
from campaign.reporting.queries import content_of
from campaign.web.access import begin_writing, end_writing, looks_first, requires, wants_json
from campaign.web.files import send_stored, show_stored
from campaign.web.saving import saved

evidence = Blueprint("evidence", __name__)


@evidence.post("/<int:report_id>/evidence")
@looks_first
@requires(Permission.REPORT_PREPARE)
def attach(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Gắn một hay nhiều minh chứng vào một tiêu chí, chỉ tiêu; each refused one says why.

    A file is in the store before the lock of its row is taken; then all is asked once more.
    """
    opened, _ = editable_report(campaign_id, report_id)
    uploads = [upload for upload in request.files.getlist("file") if upload.filename]
    criterion_id = request.form.get("criterion_id", type=row_id)
    indicator_id = request.form.get("indicator_id", type=row_id)
    place, anchor = _place(opened, criterion_id, indicator_id)
    where = Place(criterion_id, None if criterion_id else indicator_id)
    begin_writing()
    if wants_json():
        return _sent_one_by_one(campaign_id, report_id, uploads, where, anchor)
    _attach_each(campaign_id, report_id, uploads, where, place)
    return redirect(url_for("reporting.show", **opened.url, _anchor=anchor), HTTPStatus.SEE_OTHER)


def _attach_each(
    campaign_id: int, report_id: int, uploads: Sequence[FileStorage], where: Place, at: str
) -> None:
    """Gắn từng tệp của biểu mẫu; what is refused is said where the files were chosen."""
    if not uploads:
        flash("Hãy chọn một tệp.", f"at:{at}")
    for upload in uploads:
        try:
            stored = _keep(upload)
            row = _attach(*editable_report(campaign_id, report_id), stored, upload.filename, where)
        except storage.FileRefused as refusal:  # said where the file was chosen: the page is long
            db.session.rollback()
            name = storage.clean_name(upload.filename)
            flash(f"“{name}” chưa gắn được. {refusal}", f"at:{at}")
            continue
        recorder.act("evidence.attach", campaign_id=campaign_id)
        db.session.commit()
        flash(f"Đã gắn “{row.file_name}”.", "success")


def _keep(upload: FileStorage) -> storage.StoredContent:
    return storage.keep(upload.stream, limit=current_app.config["EVIDENCE_FILE_LIMIT"])


def _attach(
    opened: OpenReport,
    at: datetime,
    stored: storage.StoredContent,
    file_name: str | None,
    where: Place,
) -> Evidence:
    return actions.attach(
        opened.report,
        stored,
        file_name,
        criterion_id=where.criterion_id,
        indicator_id=where.indicator_id,
        report_limit=current_app.config["EVIDENCE_REPORT_LIMIT"],
        by=current_user,
        at=at,
    )


def _sent_one_by_one(
    campaign_id: int,
    report_id: int,
    uploads: Sequence[FileStorage],
    where: Place,
    anchor: str,
) -> ResponseReturnValue:
    """Trả lời cho tệp mà trang tự gửi: one that is there already has arrived, for whoever got no
    answer sends it again.
    """
    if not uploads:
        refuse("Hãy chọn một tệp.")
    opened, at = _attached_at_once(campaign_id, report_id, uploads, where)
    end_writing()
    follows, drawn = following.attached(
        opened, content_of(opened.report.id), anchor, where.attached_at
    )
    return saved(at, "", derived=follows, parts=drawn)


def _attached_at_once(
    campaign_id: int, report_id: int, uploads: Sequence[FileStorage], where: Place
) -> tuple[OpenReport, datetime]:
    """The report with the files, and the moment; they are in the store before its row is held."""
    kept = [(_keep(upload), upload.filename) for upload in uploads]
    opened, at = editable_report(campaign_id, report_id)
    for stored, file_name in kept:
        try:
            _attach(opened, at, stored, file_name, where)
        except actions.AlreadyAttached:
            continue
        recorder.act("evidence.attach", campaign_id=campaign_id)
    db.session.commit()
    return opened, at


def _place(
    opened: OpenReport, criterion_id: int | None, indicator_id: int | None
) -> tuple[str, str]:
    """Chỗ chọn tệp trên trang and the anchor to go back to; no other report's exist."""
    if criterion_id not in {None, *(row.id for row in opened.demands.criteria)} or (
        indicator_id not in {None, *(row.id for row in opened.demands.indicators)}
    ):
        abort(404)
    if criterion_id:
        return f"file-{criterion_id}", f"e-{criterion_id}"
    if indicator_id:
        return f"file-v-{indicator_id}", f"v-{indicator_id}"
    return "file-general", "file-general"


@evidence.get("/evidence/<int:evidence_id>")
@requires(Permission.EVIDENCE_READ)
def download(campaign_id: int, evidence_id: int) -> ResponseReturnValue:
    """Tải một minh chứng, if it exists for whoever asks."""
    campaign_for(current_user, campaign_id)
    row = queries.evidence_for(campaign_id, evidence_id, sight_here(campaign_id))
    return send_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )


@evidence.get("/evidence/<int:evidence_id>/view")
@requires(Permission.EVIDENCE_READ)
def view(campaign_id: int, evidence_id: int) -> ResponseReturnValue:
    """Xem một minh chứng bên cạnh trang, if it exists for whoever asks."""
    campaign_for(current_user, campaign_id)
    row = queries.evidence_for(campaign_id, evidence_id, sight_here(campaign_id))
    return show_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )


@evidence.route("/<int:report_id>/evidence/<int:evidence_id>/share", methods=["GET", "POST"])
@requires(Permission.REPORT_PREPARE)
def share(campaign_id: int, report_id: int, evidence_id: int) -> ResponseReturnValue:
    """Dùng một tệp cho nhiều mục: chosen from those of the report, where it is not yet."""
    opened, at = editable_report(campaign_id, report_id)
    row = _own_evidence(campaign_id, report_id, evidence_id)
    if request.method != "POST":
        return _sharing(opened, row)
    named = _places(opened)
    chosen = [named[key][0] for key in request.form.getlist("place") if key in named]
    try:
        made = actions.share(row, chosen, by=current_user, at=at)
    except RuleViolation as violation:
        return _sharing(opened, row, str(violation))
    words = f"Đã gắn “{row.file_name}” vào {len(made)} mục nữa."
    return done(opened, "evidence.share", words)


def _sharing(opened: OpenReport, row: Evidence, error: str = "") -> ResponseReturnValue:
    """The page that shows where the file is, and where else it may be."""
    return render_template(
        "reporting/share.html",
        campaign=opened.campaign,
        evidence=row,
        title=opened.title,
        url=opened.url,
        places=_places(opened),
        taken=queries.places_of(row),
        error=error,
    ), HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK


def _places(opened: OpenReport) -> dict[str, tuple[Place, str]]:
    """Các mục gắn được tệp, by their key in the form: the place and its name."""
    demands = opened.demands
    indicators = {f"v-{row.id}": (Place(None, row.id), row.name) for row in demands.indicators}
    criteria = {
        f"e-{row.id}": (Place(row.id, None), f"{row.code}. {row.name}")
        for row in demands.criteria
        if row.checklist or not row.is_worked_out
    }
    return {**indicators, **criteria, "all": (Place(None, None), "Minh chứng chung")}


def _own_evidence(campaign_id: int, report_id: int, evidence_id: int) -> Evidence:
    """Minh chứng của báo cáo này; another report's does not exist here, nor one taken off."""
    row = queries.evidence_for(campaign_id, evidence_id, sight_here(campaign_id))
    if row.report_id != report_id or row.removed_at is not None:
        abort(404)
    return row


@evidence.post("/<int:report_id>/evidence/<int:evidence_id>/remove")
@requires(Permission.REPORT_PREPARE)
def remove(campaign_id: int, report_id: int, evidence_id: int) -> ResponseReturnValue:
    """Gỡ minh chứng."""
    opened, at = editable_report(campaign_id, report_id)
    row = queries.evidence_for(campaign_id, evidence_id, sight_here(campaign_id))
    if row.report_id != report_id:
        abort(404)
    actions.remove(row, at=at)
    return done(opened, "evidence.remove", f"Đã gỡ “{row.file_name}”.")
