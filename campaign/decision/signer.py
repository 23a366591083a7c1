"""Thể thức ký: in whose name, and by whom, a decision is signed."""

from campaign.decision.models import Decision
from campaign.decision.rules import SignerForm

_DEPUTY = "Phó "


def authority(decision: Decision) -> str:
    """Người đứng đầu: in whose name the certificate is given, whoever signs for them."""
    job = decision.signer_job
    if decision.signer_form is SignerForm.SELF:
        return job
    deputy_of = job.removeprefix(_DEPUTY)
    return (
        deputy_of[:1].upper() + deputy_of[1:]
        if decision.signer_form is SignerForm.ON_BEHALF and deputy_of != job
        else "Giám đốc"
    )


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
