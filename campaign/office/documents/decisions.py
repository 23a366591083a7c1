"""Quyết định khen thưởng with its list, and what other papers tell of that list."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from campaign.core.amounts import dong, in_words
from campaign.core.dates import local_date
from campaign.core.text import name_key
from campaign.council.queries import withheld_from
from campaign.decision import queries
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.decision.signer import authority, signer_title
from campaign.decision.subjects import about, forms_of, issuer_of
from campaign.extensions import db
from campaign.honours.models import RuleSet
from campaign.honours.rules import Subject
from campaign.office.heads import Asker, common, office, unchecked_bases
from campaign.office.rules import (
    STAFF,
    Head,
    Item,
    PaperContent,
    bases,
    counted,
    number_words,
    proposed,
    routed,
)
from campaign.planning.models import Campaign
from campaign.register.certificates.printing import registered

_PROPOSED = "Theo đề nghị của Hội đồng Thi đua - Khen thưởng"


def decisions_seen(asker: Asker, campaign: Campaign) -> list[Decision]:
    """Signed decisions for everybody who draws papers; drafts for staff, and for those of the
    council whom nothing in them is withheld from.
    """
    rows = list(reversed(queries.decisions(campaign.id)))
    if asker.is_any(*STAFF):
        return rows
    if not asker.is_of_council:
        return [row for row in rows if row.state is DecisionState.SIGNED]
    withheld = withheld_from(asker.user, campaign, local_date(asker.now))
    return [row for row in rows if not queries.is_withheld(row, withheld)]


def item_of(row: Decision, *, is_final: bool) -> Item:
    """Một quyết định in the list of papers."""
    return Item(row.id, f"Quyết định {row.kind.label} số {row.title}", is_final)


def decisions(asker: Asker, campaign: Campaign) -> list[Item]:
    """Quyết định khen thưởng."""
    return [
        item_of(row, is_final=row.state is DecisionState.SIGNED)
        for row in decisions_seen(asker, campaign)
        if row.kind is DecisionKind.AWARD
    ]


def _rows(lines: Sequence[DecisionLine], rules: RuleSet) -> list[dict[str, str]]:
    return [
        {
            "name": f"{line.honorific} {line.name}".strip()
            + (" (minh hoạ)" if line.is_illustrative else ""),
            "place": _place(line),
            "form": line.form_name,
            "amount": dong(line.amount),
            "register": registered(line, rules) if line.register_number else "",
        }
        for line in lines
    ]


def _place(line: DecisionLine) -> str:
    """Chức vụ, đơn vị of a person; of a collective the unit it is part of."""
    if line.subject is Subject.COLLECTIVE:
        return "" if name_key(line.name) == name_key(line.unit_name) else line.unit_name
    return ", ".join(filter(None, (line.job, line.unit_name)))


def _counted(lines: Sequence[DecisionLine]) -> str:
    return counted_subjects([line.subject for line in lines])


def counted_subjects(subjects: Sequence[Subject]) -> str:
    """Bao nhiêu tập thể, cá nhân, hộ gia đình."""
    return counted(
        subjects.count(Subject.COLLECTIVE),
        subjects.count(Subject.INDIVIDUAL),
        subjects.count(Subject.HOUSEHOLD),
    )


def head_of(campaign: Campaign, row: Decision) -> Head:
    """Phần đầu của một quyết định: once it is signed the office as it was called then."""
    return replace(office(campaign), **asdict(issuer_of(campaign, row)))


def fields_of_list(campaign: Campaign, row: Decision, head: Head) -> dict[str, Any]:
    """Danh sách và những gì kể về danh sách: every paper about a decision tells the same."""
    lines = queries.lines_of(row.id)
    rules = db.session.get_one(RuleSet, row.rule_set_code)
    who = f"{authority(row)} {head.issuer}".strip()
    return _total(lines) | {
        "lines": _rows(lines, rules),
        "counted": _counted(lines),
        "fund": row.fund,
        "register_title": "Số sổ vàng" if rules.has_golden_book else "Số vào sổ",
        "forms": forms_of(row) or "…",
        "authority": who,
        "number_words": number_words(
            row.number, row.symbol, row.signed_on, campaign.ends_on.year, who
        ),
    }


def _total(lines: Sequence[DecisionLine]) -> dict[str, Any]:
    """Tổng tiền thưởng, in figures and in words."""
    total = sum(line.amount for line in lines)
    return {"total": dong(total), "total_words": in_words(total), "is_paid": total > 0}


def _basis(row: Decision) -> list[str]:
    """Căn cứ của quyết định; of an award also who proposed it, and in drafts what is in doubt."""
    text = (
        proposed(row.legal_basis, _PROPOSED) if row.kind is DecisionKind.AWARD else row.legal_basis
    )
    is_signed = row.state is DecisionState.SIGNED
    return bases(text, unchecked_bases(row.rule_set_code, is_final=is_signed))


def signature_of(row: Decision) -> dict[str, Any]:
    """Nơi, ngày và người ký."""
    return {
        "day": row.signed_on,
        "place": row.place,
        "signer_title": signer_title(row),
        "signer_name": row.signer_name or " ",
    }


def version_of(row: Decision) -> str:
    """Bản nào của quyết định."""
    return (
        f"Quyết định số {row.title}"
        if row.state is DecisionState.SIGNED
        else f"Bản thảo {row.version}"
    )


def frame_of(campaign: Campaign, row: Decision, head: Head) -> dict[str, Any]:
    """Thể thức quyết định: head, number, trích yếu, căn cứ, who signs and receives it."""
    fields = common(
        campaign,
        head,
        about=f"Về việc {about(campaign, row)}",
        symbol=row.symbol,
        number=row.number,
        recipients=routed(head.recipients, "Như Điều 3"),
        **signature_of(row),
    )
    return fields | {"basis": _basis(row)}


def decision(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung quyết định khen thưởng."""
    del asker
    row = queries.decision(campaign.id, subject_id)
    head = head_of(campaign, row)
    shared = fields_of_list(campaign, row, head)
    return PaperContent(frame_of(campaign, row, head) | shared, version_of(row), row.signed_at)
