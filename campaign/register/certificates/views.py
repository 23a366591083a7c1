"""Giấy khen: pages of the stock, and the print."""

from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.permissions import Permission
from campaign.decision.loading import loaded
from campaign.extensions import db
from campaign.papers.stock import CertificatePart, Spot, demand_on_page
from campaign.register.certificates import actions, printing
from campaign.register.certificates.forms import SpotForm
from campaign.register.certificates.models import StockScan
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.pages import form_page, tell_refusal

certificates = Blueprint("certificates", __name__)


@certificates.get("/campaigns/<int:campaign_id>/decisions/<int:decision_id>/certificates")
@requires(Permission.CERTIFICATE_PRINT)
def print_certificates(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """In giấy khen của mọi người trong quyết định đã ký."""
    campaign, decision = loaded(campaign_id, decision_id, for_change=False)
    printed = printing.certificates(campaign, decision)
    return send_stored(
        BytesIO(printed), name=f"Giấy khen {decision.title}.pdf", media_type="application/pdf"
    )


@certificates.get("/campaigns/<int:campaign_id>/decisions/<int:decision_id>/certificates/stock")
@requires(Permission.CERTIFICATE_PRINT)
def print_on_stock(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """In giấy khen lên phôi có sẵn."""
    campaign, decision = loaded(campaign_id, decision_id, for_change=False)
    printed = printing.certificates_on_stock(campaign, decision)
    return send_stored(
        BytesIO(printed),
        name=f"Giấy khen {decision.title} (phôi).pdf",
        media_type="application/pdf",
    )


@certificates.get("/awards/certificate-layout")
@requires(Permission.AWARD_PLAN)
def layout() -> ResponseReturnValue:
    """Phôi giấy khen: where each text stands, with a picture of it."""
    return _layout_page()


def _layout_page(error: str = "") -> ResponseReturnValue:
    page = render_template(
        "certificates/layout.html",
        layout=actions.layout(),
        scan=db.session.get(StockScan, 1),
        error=error,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK


@certificates.post("/awards/certificate-layout/scan")
@requires(Permission.AWARD_PLAN)
def keep_scan() -> ResponseReturnValue:
    """Đặt hoặc bỏ bản chụp phôi làm nền."""
    sent = request.files.get("scan")
    try:
        if request.form.get("act") == "drop":
            actions.drop_scan()
        elif sent is None or not sent.filename:
            return _layout_page("Hãy chọn ảnh chụp phôi.")
        else:
            actions.keep_scan(sent.filename, sent.stream.read(actions.LARGEST_SCAN + 1))
    except RuleViolation as violation:
        db.session.rollback()
        return _layout_page(str(violation))
    recorder.act("award.catalogue")
    db.session.commit()
    flash("Đã cập nhật ảnh nền của phôi.", "success")
    return redirect(url_for(".layout"), HTTPStatus.SEE_OTHER)


@certificates.get("/awards/certificate-layout/scan")
@requires(Permission.AWARD_PLAN)
def show_scan() -> ResponseReturnValue:
    """Ảnh chụp phôi, as a picture."""
    row = db.session.get(StockScan, 1)
    if row is None:
        raise NotVisible
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    return Response(row.content, mimetype=row.media_type, headers=headers)


@certificates.get("/awards/certificate-layout/preview")
@requires(Permission.AWARD_PLAN)
def preview() -> ResponseReturnValue:
    """Ảnh xem trước của phôi; with what is being typed for one part, before it is kept."""
    part, tried = request.args.get("part", ""), {}
    if part in set(CertificatePart):
        form = SpotForm(formdata=request.args, meta={"csrf": False})
        if not form.validate():
            refuse(next(iter(form.errors.values()))[0])
        spot = _spot_of(form)
        demand_on_page(spot)
        tried = {CertificatePart(part): spot}
    return Response(
        printing.preview(tried),
        mimetype="image/png",
        headers={"Cache-Control": "private, no-store"},
    )


def _spot_of(form: SpotForm) -> Spot:
    return Spot(**form.typed)


@certificates.get("/awards/certificate-layout/trial")
@requires(Permission.AWARD_PLAN)
def print_trial() -> ResponseReturnValue:
    """In thử với thước mi-li-mét."""
    return send_stored(
        BytesIO(printing.trial_print()),
        name="In thử giấy khen.pdf",
        media_type="application/pdf",
    )


@certificates.route("/awards/certificate-layout/parts/<string:name>", methods=["GET", "POST"])
@requires(Permission.AWARD_PLAN)
def place_part(name: str) -> ResponseReturnValue:
    """Đặt vị trí một nội dung trên phôi."""
    if name not in set(CertificatePart):
        raise NotVisible
    part = CertificatePart(name)
    form = SpotForm(obj=actions.layout()[part])
    if form.validate_on_submit():
        try:
            actions.place_part(part, _spot_of(form))
        except RuleViolation as violation:
            tell_refusal(form, violation)
        else:
            recorder.act("award.catalogue")
            db.session.commit()
            flash(f"Đã lưu vị trí “{part.label}”.", "success")
            return redirect(url_for(".layout"), HTTPStatus.SEE_OTHER)
    scan = db.session.get(StockScan, 1)
    return form_page("certificates/place_part.html", form, part=part, scan=scan)
