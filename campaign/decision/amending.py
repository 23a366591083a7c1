"""Điều chỉnh, thu hồi: a new decision that names the old one."""

from collections.abc import Sequence
from datetime import date

from campaign.core.errors import refuse, stated_reason
from campaign.core.text import one_line, search_key
from campaign.decision import queries
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import (
    DecisionKind,
    DecisionState,
)
from campaign.extensions import db
from campaign.planning.models import Campaign


def demand_corrected(decision: Decision) -> None:
    """Each line of a correction puts something right: nobody is named anew, under a new number, for
    nothing.
    """
    found = queries.corrections_of(decision)
    for line in queries.lines_of(decision.id):
        if found.get(line.nominee_id, True) == ():
            refuse(f"Dòng “{line.full_name}” chưa sửa gì; hãy sửa dòng đó, hoặc bỏ khỏi dự thảo.")


def amend(
    campaign: Campaign,
    old: Decision,
    kind: DecisionKind,
    nominee_ids: Sequence[int],
    *,
    reason: str,
    on: date,
) -> Decision:
    """Lập quyết định điều chỉnh hoặc thu hồi: a new decision that names the old one; the old one
    stays as it is.
    """
    why = stated_reason(reason)
    if old.state is not DecisionState.SIGNED or old.kind is DecisionKind.REVOCATION:
        refuse("Chỉ điều chỉnh hoặc thu hồi quyết định khen thưởng đã ký.")
    lines = [
        line
        for line in queries.lines_of(old.id)
        if line.nominee_id in set(nominee_ids) and line.ended_by_id is None
    ]
    if not lines:
        refuse("Hãy chọn ít nhất một dòng còn hiệu lực.", "lines")
    recover = sum(line.amount for line in lines) if kind is DecisionKind.REVOCATION else 0
    made = Decision(
        campaign_id=campaign.id,
        kind=kind,
        amends_id=old.id,
        reason=why,
        planned_on=on,
        rule_set_code=old.rule_set_code,
        base_salary=old.base_salary,
        rounding=old.rounding,
        legal_basis=f"{old.legal_basis}\nQuyết định số {old.cited}",
        fund=old.fund,
        place=old.place,
        signer_form=old.signer_form,
        signer_job=old.signer_job,
        signer_name=old.signer_name,
        symbol=old.symbol,
        order=old.order,
        recover=recover,
    )
    db.session.add(made)
    db.session.flush()
    copied = (
        "nominee_id",
        "kind_id",
        "form_name",
        "subject",
        "honorific",
        "name",
        "search_key",
        "job",
        "unit_name",
        "block_name",
        "is_leader",
        "is_illustrative",
        "position",
    )
    for line in lines:
        db.session.add(
            DecisionLine(
                decision_id=made.id,
                amount=line.amount,
                steps=line.steps,
                **{name: getattr(line, name) for name in copied},
            )
        )
    db.session.flush()
    return made


CORRECTED_AMOUNT = "số tiền đúng, ghi tại quyết định điều chỉnh"
"""Cách tính of an amount that a correction puts right."""


def correct_line(
    decision: Decision,
    nominee_id: int,
    *,
    name: str,
    honorific: str,
    job: str,
    amount: int | None = None,
) -> None:
    """Sửa thông tin của một dòng trong quyết định điều chỉnh đang soạn; without an `amount` the
    money stays.
    """
    if decision.state is not DecisionState.DRAFT or decision.kind is not DecisionKind.CORRECTION:
        refuse("Chỉ sửa dòng trong dự thảo quyết định điều chỉnh.")
    line = next(
        (one for one in queries.lines_of(decision.id) if one.nominee_id == nominee_id), None
    )
    if line is None or not one_line(name):
        refuse("Hãy ghi tên.", "name")
    else:
        line.name, line.honorific, line.job = (
            one_line(name),
            honorific if honorific in {"Ông", "Bà"} else "",
            one_line(job),
        )
        line.search_key = search_key(line.name)
        if amount is not None and amount != line.amount:
            line.amount, line.steps = amount, CORRECTED_AMOUNT
        db.session.flush()
