"""Nhận số đơn vị báo: pages."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.audit import recorder
from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.extensions import db
from campaign.verification import actions as verifying
from campaign.verification.claims import actions
from campaign.verification.claims.rules import Claim, claims, if_taken, open_scores, open_values
from campaign.verification.models import Verification
from campaign.verification.opened import OpenVerification, opened_report
from campaign.web import clock
from campaign.web.access import requires

claims_pages = Blueprint("claims", __name__)


def _claims(opened: OpenVerification) -> list[Claim]:
    """Những chỗ còn trống mà đơn vị có báo, beside the points they would give."""
    unit = opened.unit
    values = open_values(opened.scheme, unit, opened.content)
    scores = open_scores(opened.scheme, opened.applicable, unit, opened.claimed)
    results = opened.results_of(if_taken(unit, values, scores)).results if opened.applicable else {}
    return claims(opened.scheme, values, scores, opened.content, results)


@claims_pages.get("/<int:report_id>/claims")
@requires(Permission.VERIFICATION_WRITE)
def index(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Xem trước khi nhận: what the unit reported, those that agree chosen beforehand."""
    opened = opened_report(campaign_id, report_id)
    if not opened.is_writable:
        raise NotVisible
    return _page(opened)


def _page(
    opened: OpenVerification, chosen: set[str] | None = None, refused: str = ""
) -> ResponseReturnValue:
    shown = _claims(opened)
    return render_template(
        "claims/index.html",
        campaign=opened.campaign,
        unit=opened.report.participation.unit,
        claims=shown,
        chosen={claim.field for claim in shown if claim.is_equal} if chosen is None else chosen,
        refused=refused,
        url={"campaign_id": opened.campaign.id, "report_id": opened.report.id},
    ), HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK


def _begun(opened: OpenVerification) -> Verification:
    return verifying.begin(opened.campaign, opened.report, by=current_user)


@claims_pages.post("/<int:report_id>/claims")
@requires(Permission.VERIFICATION_WRITE)
def take(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Nhận các chỗ đã chọn; what somebody filled meanwhile is left as it is."""
    row = _begun(opened_report(campaign_id, report_id))
    opened = opened_report(campaign_id, report_id)
    fields = set(request.form.getlist("field"))
    chosen = [claim.field for claim in _claims(opened) if claim.field in fields]
    try:
        actions.take(row, opened.claimed, chosen, by=current_user, at=clock.now())
    except RuleViolation as violation:
        db.session.rollback()
        return _page(opened_report(campaign_id, report_id), fields, str(violation))
    return _done(
        opened,
        f"Đã nhận số đơn vị báo ở {len(chosen)} chỗ.",
        taken=chosen,
    )


@claims_pages.post("/<int:report_id>/claims/give-back")
@requires(Permission.VERIFICATION_WRITE)
def give_back(campaign_id: int, report_id: int) -> ResponseReturnValue:
    """Hoàn tác việc nhận: blank again, where nobody changed it since."""
    row = _begun(opened_report(campaign_id, report_id))
    opened = opened_report(campaign_id, report_id)
    emptied = actions.give_back(
        row, opened.claimed, set(request.form.getlist("field")), by=current_user, at=clock.now()
    )
    return _done(opened, f"Đã hoàn tác, {emptied} chỗ lại để trống.")


def _done(
    opened: OpenVerification, message: str, taken: list[str] | None = None
) -> ResponseReturnValue:
    recorder.act("verification.save", campaign_id=opened.campaign.id)
    db.session.commit()
    flash(message, "success")
    address = url_for(
        "verification.show",
        campaign_id=opened.campaign.id,
        report_id=opened.report.id,
        taken=taken,
    )
    return redirect(address, HTTPStatus.SEE_OTHER)
