"""Ký: pages of the signature and of its scan."""

from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from campaign.core.errors import NotVisible, RuleViolation
from campaign.core.permissions import Permission
from campaign.decision import queries
from campaign.decision.forms import SignatureForm, SignForm
from campaign.decision.loading import done, loaded
from campaign.decision.models import Decision
from campaign.decision.rules import DecisionState
from campaign.decision.signing import actions
from campaign.decision.views import decision_page
from campaign.files import storage
from campaign.notices import events
from campaign.planning.models import Campaign
from campaign.web import clock
from campaign.web.access import begin_writing, looks_first, requires
from campaign.web.files import send_stored
from campaign.web.pages import form_page, tell_refusal

signing = Blueprint("signing", __name__)


@signing.post("/<int:decision_id>/sign")
@looks_first
@requires(Permission.DECISION_SIGN)
def sign(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Ghi việc ký: number, date, scan; the scan is in the store before the decision is held."""
    loaded(campaign_id, decision_id, for_change=False)
    form = SignForm()
    if not form.validate_on_submit():
        return decision_page(campaign_id, decision_id, form)
    begin_writing()
    try:
        scan = _kept_scan(request.files.get("scan"))
        campaign, decision = loaded(campaign_id, decision_id)
        _sign(campaign, decision, form, scan)
    except RuleViolation as violation:
        tell_refusal(form, violation)
        return decision_page(campaign_id, decision_id, form)
    events.decision_signed(
        campaign_id, decision_id, decision.title, queries.units_named(decision_id), at=clock.now()
    )
    message = f"Đã ghi việc ký quyết định số {decision.title}."
    return done(campaign_id, decision_id, "decision.sign", message)


def _kept_scan(upload: FileStorage | None) -> tuple[str, storage.StoredContent] | None:
    """Bản chụp that was sent, by its name; none where none was."""
    if upload is None or not upload.filename:
        return None
    limit = current_app.config["EVIDENCE_FILE_LIMIT"]
    return storage.clean_name(upload.filename), storage.keep(upload.stream, limit=limit)


def _sign(
    campaign: Campaign,
    decision: Decision,
    form: SignForm,
    scan: tuple[str, storage.StoredContent] | None,
) -> None:
    actions.sign(
        campaign,
        decision,
        number=form.number.data or "",
        signed_on=form.signed_on.data,
        today=clock.today(),
        at=clock.now(),
        by=current_user,
        scan=scan,
        takes_other=form.takes_other.data,
        heeds_law=form.heeds_law.data,
    )


@signing.route("/<int:decision_id>/signature", methods=["GET", "POST"])
@requires(Permission.DECISION_SIGN)
def correct(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Sửa bản ghi việc ký: number, symbol and day, with the reason."""
    campaign, decision = loaded(campaign_id, decision_id)
    if decision.state is not DecisionState.SIGNED:
        raise NotVisible
    form = SignatureForm(data=_recorded(decision))
    if form.validate_on_submit():
        try:
            _correct_signature(decision, form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
            campaign, decision = loaded(campaign_id, decision_id)
        else:
            message = f"Đã sửa bản ghi việc ký; nay là quyết định số {decision.cited}."
            return done(campaign_id, decision_id, "decision.correct_signature", message)
    return form_page("signing/correct.html", form, campaign=campaign, decision=decision)


def _recorded(decision: Decision) -> dict[str, Any]:
    """What stands on record of the signature, as the form begins with it."""
    return {
        "number": decision.number,
        "symbol": decision.symbol,
        "signed_on": decision.signed_on,
    }


def _correct_signature(decision: Decision, form: SignatureForm) -> None:
    actions.correct_signature(
        decision,
        number=form.number.data or "",
        symbol=form.symbol.data or "",
        signed_on=form.signed_on.data,
        reason=form.reason.data or "",
        by=current_user,
        at=clock.now(),
        today=clock.today(),
    )


@signing.get("/<int:decision_id>/scan")
@requires(Permission.AWARD_READ)
def scan(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Tải bản chụp quyết định."""
    _, decision = loaded(campaign_id, decision_id, for_change=False)
    if not decision.scan_key:
        raise NotVisible
    return send_stored(
        storage.open_file(decision.scan_key), name=decision.scan_name, media_type=decision.scan_type
    )
