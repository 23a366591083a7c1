"""Thể thức ký: in whose name, and by whom, a decision is signed."""

from campaign.decision.models import Decision
from campaign.decision.rules import SignerForm
from campaign.extensions import db
from campaign.planning.models import Campaign
from campaign.units.queries import letterhead, other_office

_DEPUTY = "Phó "


def authority(decision: Decision) -> str:
    """Người đứng đầu: in whose name the certificate is given, whoever signs for them."""
    job = decision.signer_job
    if decision.signer_form is SignerForm.SELF:
        return job
    head, deputy_of = _head_of(decision), job.removeprefix(_DEPUTY)
    is_deputy = decision.signer_form is SignerForm.ON_BEHALF and deputy_of != job
    # "Phó Chủ tịch Thường trực" signs for the Chủ tịch
    if not is_deputy or f"{deputy_of} ".casefold().startswith(f"{head} ".casefold()):
        return head
    return deputy_of[:1].upper() + deputy_of[1:]


def _head_of(decision: Decision) -> str:
    """Chức vụ người đứng đầu cơ quan phát động."""
    campaign = db.session.get_one(Campaign, decision.campaign_id)
    other = other_office(campaign.organiser_id)
    return (other.signs_as if other else letterhead().leader_job) or "Giám đốc"


def signer_title(decision: Decision) -> str:
    """Quyền hạn, chức vụ của người ký, as Nghị định 30/2020/NĐ-CP writes it: KT., TL. and TUQ. on a
    line of their own.
    """
    if decision.signer_form is SignerForm.SELF:
        return decision.signer_job.upper()
    return (
        f"{decision.signer_form.value.upper()}. "
        f"{authority(decision).upper()}\n{decision.signer_job.upper()}"
    )
