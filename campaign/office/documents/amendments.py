"""Quyết định điều chỉnh, thu hồi."""

from collections.abc import Iterable, Mapping, Sequence

from campaign.core.amounts import dong, in_words
from campaign.core.errors import NotVisible
from campaign.decision import queries
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import Correction, DecisionKind, DecisionState
from campaign.decision.subjects import amended_words
from campaign.office.documents.decisions import (
    decisions_seen,
    fields_of_list,
    frame_of,
    head_of,
    item_of,
    version_of,
)
from campaign.office.heads import Asker
from campaign.office.rules import Item, PaperContent, unended
from campaign.planning.models import Campaign

Corrected = Mapping[int, Sequence[Correction]]
"""Điều chỉnh theo người: nominee → what is corrected of them."""


def amendments(asker: Asker, campaign: Campaign) -> list[Item]:
    """Quyết định điều chỉnh, thu hồi."""
    return [
        item_of(row, is_final=row.state is DecisionState.SIGNED)
        for row in decisions_seen(asker, campaign)
        if row.kind is not DecisionKind.AWARD
    ]


def amendment(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung quyết định điều chỉnh, thu hồi."""
    del asker
    row = queries.decision(campaign.id, subject_id)
    head = head_of(campaign, row)
    if row.amends_id is None:
        raise NotVisible
    shared = fields_of_list(campaign, row, head)
    corrected, whom = queries.corrections_of(row), queries.about_whom_of(row)
    shared["lines"] = _with_changes(shared["lines"], queries.lines_of(row.id), corrected)
    changes = _changes_by_name(queries.lines_of(row.amends_id), corrected)
    fields = frame_of(campaign, row, head) | shared
    fields |= {
        "whom": whom,
        "is_revocation": row.kind is DecisionKind.REVOCATION,
        "changes": changes,
    }
    fields |= _articles(row, shared["forms"], corrected)
    return PaperContent(fields, version_of(row), row.signed_at)


def _with_changes(
    listed: Iterable[dict[str, str]], lines: Iterable[DecisionLine], corrected: Corrected
) -> list[dict[str, str]]:
    """Danh sách, each line with what is changed of it."""
    return [
        fields | {"change": _changes_of(corrected.get(line.nominee_id, ()))}
        for fields, line in zip(listed, lines, strict=True)
    ]


def _changes_by_name(amended: Iterable[DecisionLine], corrected: Corrected) -> list[str]:
    """Từng người được điều chỉnh, by the name that the amended decision has of them."""
    names = {line.nominee_id: line.full_name for line in amended}
    return [
        f"{names[nominee_id]}: {_changes_of(changes)}"
        for nominee_id, changes in corrected.items()
        if changes
    ]


def _articles(row: Decision, forms: str, corrected: Corrected) -> dict[str, str]:
    """Các điều: what is done, of which decision, why, and what becomes of the money."""
    return {
        "what": _what(row, forms),
        "amended": amended_words(row),
        "reason": unended(row.reason),
        "money": _money(row, corrected),
    }


def _what(row: Decision, forms: str) -> str:
    """What the first article does."""
    if row.kind is DecisionKind.REVOCATION:
        return f"Thu hồi {forms} đã tặng theo"
    return "Điều chỉnh thông tin trong danh sách kèm theo"


def _changes_of(changes: Iterable[Correction]) -> str:
    return "; ".join(change.words for change in changes)


UNPAID = "Việc khen thưởng này không kèm tiền thưởng."


def _money(row: Decision, corrected: Corrected) -> str:
    """Tiền thưởng, as what amends says of it: what is paid back, what changes, or nothing."""
    if row.recover:
        return f"Thu hồi số tiền thưởng {dong(row.recover)} đồng ({in_words(row.recover)})."
    if row.kind is DecisionKind.REVOCATION:
        return "Không phát sinh việc thu hồi tiền thưởng."
    is_changed = any(change.is_money for changes in corrected.values() for change in changes)
    if is_changed:
        return "Tiền thưởng điều chỉnh như tại Điều 1."
    is_paid = any(line.amount for line in queries.lines_of(row.id))
    return "Tiền thưởng không thay đổi." if is_paid else UNPAID
