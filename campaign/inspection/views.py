"""Kiểm tra thực tế: pages."""

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
from campaign.core.numbers import row_ids
from campaign.core.permissions import Permission
from campaign.enrolment import queries as enrolment
from campaign.enrolment.models import Participation
from campaign.extensions import db
from campaign.files import storage
from campaign.inspection import actions, queries, workbook
from campaign.inspection.forms import InspectionForm
from campaign.inspection.listing import asked_visits, units_here, visits_here
from campaign.inspection.models import Inspection
from campaign.inspection.rules import no_more_inspections, not_theirs_to_inspect
from campaign.planning.models import Campaign
from campaign.planning.queries import campaign_for, scheme_of
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.lists import page_of
from campaign.web.pages import tell_refusal
from campaign.web.paging import page_number
from campaign.web.spreadsheets import send_tables

inspection = Blueprint("inspection", __name__)
inspection.add_app_template_global(queries.inspected_of)


@inspection.get("")
@requires(Permission.VERIFICATION_READ)
def index(campaign_id: int) -> ResponseReturnValue:
    """Các cuộc kiểm tra thực tế."""
    campaign, taking = campaign_for(current_user, campaign_id), enrolment.confirmed(campaign_id)
    own, here = current_user.own_unit_ids, asked_visits()
    units = units_here(here, taking)
    return render_template(
        "inspection/index.html",
        campaign=campaign,
        asked=here,
        page=page_of(visits_here(here, queries.inspections(campaign_id)), number=page_number()),
        units=units,
        over=no_more_inspections(campaign.phase),
        barred={row.id: not_theirs_to_inspect(row.unit_id, own) for row in units.rows},
    )


@inspection.get("/excel")
@requires(Permission.VERIFICATION_READ)
def spreadsheet(campaign_id: int) -> ResponseReturnValue:
    """Các cuộc kiểm tra thực tế ra Excel."""
    campaign, here = campaign_for(current_user, campaign_id), asked_visits()
    return send_tables(
        workbook.inspections(visits_here(here, queries.inspections(campaign_id))),
        title=f"Kiểm tra thực tế, {campaign.title}",
        state=campaign.phase.label,
        name="kiem-tra-thuc-te",
        notes=here.told(),
    )


@inspection.route("/new/<int:participation_id>", methods=["GET", "POST"])
@requires(Permission.INSPECTION_WRITE)
def new(campaign_id: int, participation_id: int) -> ResponseReturnValue:
    """Lập biên bản kiểm tra một đơn vị."""
    campaign = campaign_for(current_user, campaign_id)
    participation = enrolment.participation(campaign_id, participation_id)
    if barred := _barred(campaign, participation):
        refuse(barred)
    return _page(campaign, participation, None, writes=True)


@inspection.route("/<int:inspection_id>", methods=["GET", "POST"])
@requires(Permission.VERIFICATION_READ)
def edit(campaign_id: int, inspection_id: int) -> ResponseReturnValue:
    """Biên bản kiểm tra: read by all who verify, edited by those who inspect."""
    campaign = campaign_for(current_user, campaign_id)
    visit = queries.inspection(campaign_id, inspection_id)
    inspects = Permission.INSPECTION_WRITE in current_user.permissions
    if request.method == "POST" and not inspects:
        abort(403)
    barred = _barred(campaign, visit.participation)
    if request.method == "POST" and barred:
        refuse(barred)
    return _page(campaign, visit.participation, visit, writes=inspects and not barred)


def _barred(campaign: Campaign, participation: Participation) -> str:
    """Vì sao người này không lập biên bản về đơn vị này; empty where they may."""
    return no_more_inspections(campaign.phase) or not_theirs_to_inspect(
        participation.unit_id, current_user.own_unit_ids
    )


def _page(
    campaign: Campaign, participation: Participation, visit: Inspection | None, *, writes: bool
) -> ResponseReturnValue:
    unit, form = participation.unit, _form(campaign, visit)
    saved = _written(form, participation, visit) if form.validate_on_submit() else None
    if saved is not None:
        return _done(campaign, saved)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(
        "inspection/edit.html",
        campaign=campaign,
        form=form,
        unit=unit,
        files=queries.files_of(visit.id) if visit else [],
        writes=writes,
    ), status


def _form(campaign: Campaign, visit: Inspection | None) -> InspectionForm:
    """Biên bản để điền, with the indicators and criteria of the plan to choose from."""
    form = InspectionForm(obj=visit, data=_subjects(visit) if visit else None)
    scheme = scheme_of(campaign.id)
    form.indicators.choices = [(str(row.id), row.name) for row in scheme.indicators.values()]
    form.criteria.choices = [(str(row.id), f"{row.code}. {row.name}") for row in scheme.criteria]
    return form


def _written(
    form: InspectionForm, participation: Participation, visit: Inspection | None
) -> Inspection | None:
    """Biên bản đã ghi; none where it is refused, and the form tells why."""
    try:
        return _save(form, participation, visit)
    except RuleViolation as violation:
        tell_refusal(form, violation)
    return None


def _done(campaign: Campaign, saved: Inspection) -> ResponseReturnValue:
    recorder.act("inspection.save", campaign_id=campaign.id)
    db.session.commit()
    flash("Đã lưu biên bản kiểm tra.", "success")
    return redirect(
        url_for(".edit", campaign_id=campaign.id, inspection_id=saved.id), HTTPStatus.SEE_OTHER
    )


def _subjects(visit: Inspection) -> dict[str, list[int]]:
    """Chỉ tiêu, tiêu chí đã ghi là liên quan, as the form takes them."""
    subjects = queries.subjects_of(visit.id)
    return {
        "indicators": [row.indicator_id for row in subjects if row.indicator_id],
        "criteria": [row.criterion_id for row in subjects if row.criterion_id],
    }


def _save(
    form: InspectionForm, participation: Participation, visit: Inspection | None
) -> Inspection:
    """The visit as the form tells it, with the file that came along."""
    names = ("held_on", "team", "checked", "findings", "conclusion")
    saved = actions.save(
        visit,
        participation,
        {name: form[name].data for name in names},
        row_ids(form.indicators.data or []),
        row_ids(form.criteria.data or []),
        by=current_user,
        at=clock.now(),
    )
    if form.file.data:
        _attach(saved, form.file.data)
    return saved


def _attach(visit: Inspection, upload: FileStorage) -> None:
    """Gắn tệp; one that is refused is told where it was chosen."""
    try:
        actions.attach(
            visit,
            upload.stream,
            upload.filename,
            by=current_user,
            at=clock.now(),
            limit=current_app.config["EVIDENCE_FILE_LIMIT"],
        )
    except storage.FileRefused as refusal:
        refuse(f"“{storage.clean_name(upload.filename)}” chưa gắn được. {refusal}", "file")


@inspection.get("/files/<int:file_id>")
@requires(Permission.VERIFICATION_READ)
def download(campaign_id: int, file_id: int) -> ResponseReturnValue:
    """Tải tệp của biên bản kiểm tra."""
    campaign_for(current_user, campaign_id)
    row = queries.inspection_file(campaign_id, file_id)
    return send_stored(
        storage.open_file(row.storage_key), name=row.file_name, media_type=row.media_type
    )
