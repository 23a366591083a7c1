"""Bản ký số: pages."""

from io import BytesIO

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.errors import NotVisible, RuleViolation, refuse
from campaign.core.permissions import Permission
from campaign.decision.loading import done, loaded
from campaign.decision.queries import lines_of
from campaign.decision.rules import DecisionState
from campaign.decision.signed_copy import actions, queries
from campaign.decision.signed_copy.forms import SignedCopyForm
from campaign.decision.signed_copy.models import SignedCopy
from campaign.files import storage
from campaign.nomination.access import STAFF
from campaign.papers.signatures import Seen, looked_through, roots_in
from campaign.web import clock
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.outside import looked_at
from campaign.web.pages import form_page, tell_refusal

signed_copy = Blueprint("signed_copy", __name__)
_PDF = "application/pdf"


@signed_copy.route("/<int:decision_id>/signed-copy", methods=["GET", "POST"])
@requires(Permission.DECISION_SIGN)
def attach(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Gắn bản ký số; another one with its reason."""
    campaign, decision = loaded(campaign_id, decision_id, for_change=False)
    if decision.state is not DecisionState.SIGNED:
        raise NotVisible
    standing = queries.standing_copies([decision_id]).get(decision_id)
    form = _form(standing)
    if form.validate_on_submit():
        try:
            row = _attached(campaign_id, decision_id, form)
        except RuleViolation as violation:
            tell_refusal(form, violation)
            campaign, decision = loaded(campaign_id, decision_id, for_change=False)
        else:
            return _told(campaign_id, decision_id, f"Đã gắn “{row.file_name}”", row)
    return form_page(
        "signed_copy/attach.html", form, campaign=campaign, decision=decision, standing=standing
    )


def _form(standing: SignedCopy | None) -> SignedCopyForm:
    """The reason is asked where another copy stands already."""
    form = SignedCopyForm()
    if standing is None:
        del form.reason
    return form


def _attached(campaign_id: int, decision_id: int, form: SignedCopyForm) -> SignedCopy:
    upload = form.file.data
    content = actions.demand_pdf(upload.stream, limit=current_app.config["EVIDENCE_FILE_LIMIT"])
    reason = (form.reason.data or "") if form.reason else ""
    return _kept(campaign_id, decision_id, content, upload.filename, reason)


def _kept(
    campaign_id: int, decision_id: int, content: bytes, file_name: str | None, reason: str = ""
) -> SignedCopy:
    """The file is looked through before anything is locked or kept."""
    seen = _looked_through(content)
    _, decision = loaded(campaign_id, decision_id)
    return actions.attach(
        decision,
        lines_of(decision_id),
        queries.standing_copies([decision_id]).get(decision_id),
        BytesIO(content),
        file_name,
        seen,
        reason=reason,
        limit=len(content),
        by=current_user,
        at=clock.now(),
    )


@signed_copy.post("/<int:decision_id>/signed-copy/from-scan")
@requires(Permission.DECISION_SIGN)
def take_scan(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Lấy bản chụp đã kèm khi ghi việc ký làm bản ký số, where it is a PDF and none stands yet."""
    _, decision = loaded(campaign_id, decision_id, for_change=False)
    name = decision.scan_name
    if decision.scan_type != _PDF or queries.standing_copies([decision_id]):
        raise NotVisible
    with storage.open_file(decision.scan_key) as source:
        row = _kept(campaign_id, decision_id, source.read(), name)
    return _told(campaign_id, decision_id, f"Đã gắn “{name}”", row)


def _told(campaign_id: int, decision_id: int, what: str, row: SignedCopy) -> ResponseReturnValue:
    message = f"{what}: {row.examination.verdict.label}."
    return done(campaign_id, decision_id, "decision.signed_copy", message)


def _looked_through(content: bytes) -> Seen:
    roots = roots_in(current_app.config["SIGNATURE_ROOTS"])
    with looked_at():
        return looked_through(content, roots)


@signed_copy.post("/<int:decision_id>/signed-copy/check")
@requires(Permission.DECISION_SIGN)
def check(campaign_id: int, decision_id: int) -> ResponseReturnValue:
    """Kiểm tra lại bản ký số đang gắn, by today's roots and today's record of the signature."""
    loaded(campaign_id, decision_id, for_change=False)
    looked_at_key = _standing(decision_id).storage_key
    with storage.open_file(looked_at_key) as source:
        seen = _looked_through(source.read())
    _, decision = loaded(campaign_id, decision_id)
    row = _standing(decision_id)
    if row.storage_key != looked_at_key:
        refuse("Bản ký số vừa được thay bằng bản khác. Hãy kiểm tra lại bản mới.")
    actions.note(row, decision, lines_of(decision_id), seen, at=clock.now())
    return _told(campaign_id, decision_id, f"Đã kiểm tra lại “{row.file_name}”", row)


def _standing(decision_id: int) -> SignedCopy:
    row = queries.standing_copies([decision_id]).get(decision_id)
    if row is None:
        raise NotVisible
    return row


@signed_copy.get("/<int:decision_id>/signed-copy/<int:copy_id>")
@requires(Permission.AWARD_READ)
def download(campaign_id: int, decision_id: int, copy_id: int) -> ResponseReturnValue:
    """Tải bản ký số; one that was replaced only for who prepares decisions."""
    loaded(campaign_id, decision_id, for_change=False)
    row = queries.copy_of(decision_id, copy_id)
    if row is not queries.standing_copies([decision_id]).get(decision_id) and not (
        current_user.roles & STAFF
    ):
        raise NotVisible
    return send_stored(storage.open_file(row.storage_key), name=row.file_name, media_type=_PDF)
