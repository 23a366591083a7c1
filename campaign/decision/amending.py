"""Điều chỉnh, thu hồi: a new decision that names the old one."""

from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from campaign.core.errors import NotVisible, refuse, stated_reason
from campaign.core.text import one_line, search_key
from campaign.decision import queries
from campaign.decision.law import drafted_basis
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import (
    DecisionKind,
    DecisionState,
)
from campaign.decision.subjects import cited_in_full
from campaign.extensions import db
from campaign.honours.models import RuleSet
from campaign.planning.models import Campaign


def demand_corrected(decision: Decision) -> None:
    """Each line of a correction puts something right: nobody is named anew for nothing."""
    corrected = queries.corrections_of(decision)
    for line in queries.lines_of(decision.id):
        if corrected.get(line.nominee_id, True) == ():
            refuse(f"Dòng “{line.full_name}” chưa sửa gì; hãy sửa dòng đó, hoặc bỏ khỏi dự thảo.")


_COPIED_HEAD = (
    "rule_set_code",
    "base_salary",
    "rounding",
    "fund",
    "place",
    "signer_form",
    "signer_job",
    "signer_name",
    "symbol",
    "order",
)
_COPIED_LINE = (
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
    "amount",
    "steps",
)


def amend(
    campaign: Campaign,
    old: Decision,
    kind: DecisionKind,
    nominee_ids: Sequence[int],
    *,
    reason: str,
    on: date,
) -> Decision:
    """Lập quyết định điều chỉnh hoặc thu hồi: a new decision names the old one, which stays; the
    same asked for twice is one draft.
    """
    why = stated_reason(reason)
    if old.state is not DecisionState.SIGNED or old.kind is DecisionKind.REVOCATION:
        refuse("Chỉ điều chỉnh hoặc thu hồi quyết định khen thưởng đã ký.")
    lines = _standing_lines(old, nominee_ids)
    if same := _drafted_before(old, kind, lines, why):
        return same
    draft = Decision(
        campaign_id=campaign.id,
        kind=kind,
        amends_id=old.id,
        reason=why,
        planned_on=on,
        received_on=old.received_on,
        legal_basis=f"{_basis_on(old, on)}\n{cited_in_full(campaign, old)}",
        recover=sum(line.amount for line in lines) if kind is DecisionKind.REVOCATION else 0,
        **{name: getattr(old, name) for name in _COPIED_HEAD},
    )
    db.session.add(draft)
    db.session.flush()
    for line in lines:
        copied = {name: getattr(line, name) for name in _COPIED_LINE}
        db.session.add(DecisionLine(decision_id=draft.id, **copied))
    db.session.flush()
    return draft


def _drafted_before(
    old: Decision, kind: DecisionKind, lines: Sequence[DecisionLine], reason: str
) -> Decision | None:
    """Dự thảo đã lập cho đúng những dòng này; of a line that stands in another draft none is made
    beside it.
    """
    wanted = {line.nominee_id: line for line in lines}
    for draft in queries.amendments_of(old.id):
        named = {line.nominee_id for line in queries.lines_of(draft.id)}
        if draft.state is DecisionState.SIGNED or not named & wanted.keys():
            continue
        if (draft.kind, draft.reason, named) == (kind, reason, set(wanted)):
            return draft
        twice = next(line for nominee_id, line in wanted.items() if nominee_id in named)
        _refuse_second_draft(draft, twice)
    return None


def _refuse_second_draft(draft: Decision, line: DecisionLine) -> NoReturn:
    refuse(
        f"Dòng “{line.full_name}” đã có trong một dự thảo quyết định {draft.kind.label} chưa "
        "ký; hãy mở dự thảo đó, hoặc bỏ dòng này.",
        "lines",
    )


def _basis_on(old: Decision, on: date) -> str:
    """Căn cứ of a decision of that day, under the rules of the one it amends; what somebody wrote
    stays.
    """
    rules, signed = db.session.get_one(RuleSet, old.rule_set_code), old.signed_on or old.planned_on
    was = drafted_basis(rules, signed)
    rest = old.legal_basis.removeprefix(was)
    is_drafted = old.legal_basis.startswith(was) and rest[:1] in {"", "\n"}
    return drafted_basis(rules, on) + rest if is_drafted else old.legal_basis


def _standing_lines(old: Decision, nominee_ids: Sequence[int]) -> list[DecisionLine]:
    """The chosen lines that no decision has ended."""
    lines = [
        line
        for line in queries.lines_of(old.id)
        if line.nominee_id in set(nominee_ids) and line.ended_by_id is None
    ]
    return lines or refuse("Hãy chọn ít nhất một dòng còn hiệu lực.", "lines")


CORRECTED_AMOUNT = "số tiền đúng, ghi tại quyết định điều chỉnh"
"""Cách tính of an amount that a correction puts right."""


def correctable_line(decision: Decision, nominee_id: int) -> DecisionLine:
    """Dòng sửa được: of the draft of a correction, while it stands there."""
    lines = (row for row in queries.lines_of(decision.id) if row.nominee_id == nominee_id)
    line = next(lines, None)
    if decision.state is not DecisionState.DRAFT or decision.kind is not DecisionKind.CORRECTION:
        if line is None:
            raise NotVisible
        refuse("Chỉ sửa dòng trong dự thảo quyết định điều chỉnh.")
    return line or refuse("Dòng này không còn trong dự thảo.")


def correct_line(
    decision: Decision,
    nominee_id: int,
    *,
    name: str,
    honorific: str,
    job: str,
    amount: int | None = None,
) -> None:
    """Sửa thông tin của một dòng trong quyết định điều chỉnh; with no `amount` it stays."""
    line = correctable_line(decision, nominee_id)
    line.name = one_line(name) or refuse("Hãy ghi tên.", "name")
    line.job = one_line(job)
    line.honorific = honorific if honorific in {"Ông", "Bà"} else ""
    line.search_key = search_key(line.name)
    if amount is not None and amount != line.amount:
        line.amount, line.steps = amount, CORRECTED_AMOUNT
    db.session.flush()
