"""Ký: the signature freezes figures and numbers certificates; its record can be corrected."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, text

from campaign.accounts.models import User
from campaign.audit import queries as audit
from campaign.audit.rules import digest
from campaign.core.dates import local_date
from campaign.core.errors import refuse, stated_reason
from campaign.core.permissions import Role
from campaign.core.text import one_line, search_key
from campaign.decision import queries
from campaign.decision.actions import demand_complete
from campaign.decision.amending import demand_corrected
from campaign.decision.figures import refigure
from campaign.decision.law import law_warnings
from campaign.decision.models import (
    Decision,
    DecisionLine,
    SignatureCorrection,
)
from campaign.decision.numbering import DecisionNumber, clean_symbol, numbered, plain_number
from campaign.decision.rules import (
    Correction,
    DecisionKind,
    DecisionState,
    ObjectionState,
    signature,
)
from campaign.decision.subjects import organiser_name
from campaign.extensions import db
from campaign.files.storage import StoredContent
from campaign.honours import queries as catalogue
from campaign.honours.rules import base_salary_on
from campaign.meeting import queries as meetings
from campaign.planning.models import Campaign
from campaign.units.queries import office_names

REGISTER_LOCK = 7_019_512_022
"""The advisory lock under which certificates are numbered on PostgreSQL."""


def sign(
    campaign: Campaign,
    decision: Decision,
    *,
    number: str,
    signed_on: date,
    today: date,
    at: datetime,
    by: User,
    scan: tuple[str, StoredContent] | None,
    takes_other: bool = False,
    heeds_law: bool = False,
) -> None:
    """Ghi việc ký: number, date and scan; the decision is frozen with its figures, and certificates
    get their numbers.

    It is recorded by the signer's side, or by others with the scan of what was signed; which of the
    two stays with it. The money is that of the day of signing. An open notice must be over.
    """
    _hold_register()
    typed = numbered(number, decision.symbol, takes_other=takes_other) if one_line(number) else None
    _demand_signable(decision, typed, signed_on=signed_on, today=today)
    _demand_ground(decision, by=by, has_scan=scan is not None)
    if not heeds_law:
        _demand_lawful(decision, signed_on=signed_on)
    if typed is not None:
        decision.number, decision.symbol = typed.number, typed.symbol
    decision.planned_on, decision.signed_on = signed_on, signed_on
    refigure(campaign, decision)
    lines = queries.lines_of(decision.id)
    if decision.kind is not DecisionKind.REVOCATION:
        _register(lines, signed_on.year)
    if scan is not None:
        _keep_scan(decision, *scan)
    decision.figures = _figures(campaign, decision, lines)
    decision.sha256 = signed_digest(decision)
    decision.state, decision.signed_at = DecisionState.SIGNED, at
    if decision.amends_id is not None:
        _end_lines(decision, lines)
    db.session.flush()


def _demand_lawful(decision: Decision, *, signed_on: date) -> None:
    """Of what the day of signing contradicts, and the page could not tell for the planned day,
    whoever records it is asked.
    """
    told = law_warnings(decision)
    if untold := [words for words in law_warnings(decision, signed_on) if words not in told]:
        refuse(
            f"{' '.join(untold)} Hãy sửa dự thảo hoặc ngày ký; nếu văn bản đã ký đúng như vậy, hãy "
            "đánh dấu vào đây.",
            "heeds_law",
        )


def _demand_ground(decision: Decision, *, by: User, has_scan: bool) -> None:
    """Căn cứ ghi việc ký stands with the decision: the signer's side, or the scan."""
    decision.signature = signature(by_signers_side=Role.DIRECTOR in by.roles, has_scan=has_scan)
    if decision.signature is None:
        refuse(
            "Chỉ lãnh đạo ghi được việc ký mà không có bản chụp; hãy kèm bản chụp quyết định "
            "đã ký.",
            "scan",
        )
    decision.recorded_by_id = by.id


def _keep_scan(decision: Decision, name: str, stored: StoredContent) -> None:
    decision.scan_name = name
    decision.scan_key, decision.scan_type = stored.storage_key, stored.media_type
    decision.scan_size, decision.scan_sha256 = stored.size, stored.sha256


def _figures(
    campaign: Campaign, decision: Decision, lines: Sequence[DecisionLine]
) -> dict[str, Any]:
    """Số liệu của quyết định as it was signed, by which office, and where the record stood then."""
    corrected = queries.corrections_of(decision)
    last, head = audit.head()
    return {
        "office": asdict(office_names(campaign.organiser_id)),
        "organiser": organiser_name(campaign),
        "rule_set": decision.rule_set_code,
        "base_salary": decision.base_salary,
        "rounding": decision.rounding.value,
        "lines": [_line_figures(line, corrected.get(line.nominee_id, ())) for line in lines],
        "total": sum(line.amount for line in lines),
        "recover": decision.recover,
        "signature": decision.signature,
        "audit_number": last,
        "audit_hash": head,
    }


def _line_figures(line: DecisionLine, corrected: Sequence[Correction]) -> dict[str, Any]:
    """Một dòng as it was signed: who, for what, how much, and under which number; what a decision
    takes back has none of its own.
    """
    register = f"{line.register_number}/{line.register_year}" if line.register_number else ""
    return {
        "name": line.name,
        "unit": line.unit_name,
        "form": line.form_name,
        "subject": line.subject.value,
        "amount": line.amount,
        "steps": line.steps,
        "register": register,
        "corrected": [correction.words for correction in corrected],
    }


def signed_digest(decision: Decision) -> str:
    """Mã băm of what was signed: number, day and figures."""
    day = decision.signed_on.isoformat() if decision.signed_on else ""
    return digest([decision.title, day, decision.figures])


def _demand_signable(
    decision: Decision, typed: DecisionNumber | None, *, signed_on: date, today: date
) -> None:
    if decision.state is DecisionState.SIGNED:
        refuse("Quyết định đã ký.")
    if typed is None:
        refuse("Hãy ghi số quyết định.", "number")
    if signed_on > today:
        refuse("Ngày ký không được ở tương lai.", "signed_on")
    demand_complete(decision)
    _demand_time(decision, signed_on=signed_on, today=today)
    if any(row.state is ObjectionState.OPEN for row in queries.objections_of(decision.id)):
        refuse("Còn ý kiến chưa trả lời.")
    _demand_still_in_force(decision)
    demand_corrected(decision)
    _demand_free_number(decision, typed, signed_on)


def _demand_time(decision: Decision, *, signed_on: date, today: date) -> None:
    """Its notice was held and is over, and it bears a day on which it could be signed."""
    if decision.state is DecisionState.DRAFT and decision.notice_days:
        refuse(
            f"Dự thảo ghi lấy ý kiến {decision.notice_days} ngày mà chưa đưa ra; hãy đưa ra "
            "lấy ý kiến, hoặc sửa thành 0 ngày."
        )
    if decision.notice_until is not None and today <= decision.notice_until:
        refuse(f"Thời gian lấy ý kiến đến hết ngày {decision.notice_until:%d/%m/%Y}; chưa ký được.")
    _demand_not_before(decision, signed_on)


def _demand_not_before(decision: Decision, signed_on: date) -> None:
    """The day it bears is one on which it could be signed."""
    if earliest := _signable_from(decision):
        day, because = earliest
        if signed_on < day:
            refuse(f"Ngày ký không được trước ngày {day:%d/%m/%Y}: {because}.", "signed_on")


def _demand_free_number(decision: Decision, typed: DecisionNumber, signed_on: date) -> None:
    taken = queries.numbered_in(signed_on.year, without=decision.id)
    wanted = (plain_number(typed.number), search_key(typed.symbol))
    if wanted in {(plain_number(number), search_key(symbol)) for number, symbol in taken}:
        refuse("Số quyết định này đã dùng trong năm.", "number")


def correct_signature(
    decision: Decision,
    *,
    number: str,
    symbol: str,
    signed_on: date,
    reason: str,
    by: User,
    at: datetime,
    today: date,
) -> SignatureCorrection:
    """Sửa bản ghi việc ký: a number, symbol or day recorded wrongly; the document is right.

    Money, list and register stay as signed; drafts that amend it cite it anew.
    """
    why = stated_reason(reason, "Hãy ghi lý do sửa.")
    _hold_register()
    if decision.state is not DecisionState.SIGNED or decision.signed_on is None:
        refuse("Chỉ sửa được bản ghi của quyết định đã ký.")
    typed = numbered(number, clean_symbol(symbol))
    _demand_same_figures(decision, signed_on=signed_on, today=today)
    _demand_free_number(decision, typed, signed_on)
    recorded = (decision.number, decision.symbol, decision.signed_on)
    if (typed.number, typed.symbol, signed_on) == recorded:
        refuse("Số, ký hiệu, ngày ký vẫn như đã ghi.", "number")
    row = SignatureCorrection(
        decision_id=decision.id,
        number=decision.number,
        symbol=decision.symbol,
        signed_on=decision.signed_on,
        sha256=decision.sha256,
        reason=why,
        at=at,
        by_id=by.id,
    )
    db.session.add(row)
    _number_anew(decision, typed, signed_on)
    db.session.flush()
    return row


def _number_anew(decision: Decision, typed: DecisionNumber, signed_on: date) -> None:
    """Số, ký hiệu, ngày ký mới, in the drafts that cite the decision too."""
    cited = decision.cited
    decision.number, decision.symbol, decision.signed_on = typed.number, typed.symbol, signed_on
    decision.planned_on = signed_on
    decision.sha256 = signed_digest(decision)
    named, now_cited = re.compile(rf"(?<!\w){re.escape(cited)}"), decision.cited
    for draft in queries.decisions(decision.campaign_id):
        if draft.amends_id is not None and draft.state is not DecisionState.SIGNED:
            draft.legal_basis = named.sub(lambda _: now_cited, draft.legal_basis)


def _demand_same_figures(decision: Decision, *, signed_on: date, today: date) -> None:
    """Another year or other money is no slip of the pen."""
    if signed_on > today:
        refuse("Ngày ký không được ở tương lai.", "signed_on")
    _demand_not_before(decision, signed_on)
    _demand_before_amendments(decision, signed_on)
    if decision.signed_on is not None and signed_on.year != decision.signed_on.year:
        refuse(
            "Ngày ký thuộc năm khác thì số vào sổ cũng phải khác; hãy thu hồi và ban hành lại "
            "quyết định.",
            "signed_on",
        )
    _demand_same_salary(decision, signed_on)


def _demand_before_amendments(decision: Decision, signed_on: date) -> None:
    """What corrects or revokes it was signed no earlier than it."""
    signed = [(row.signed_on, row) for row in queries.amendments_of(decision.id) if row.signed_on]
    day, amending = min(signed, key=lambda pair: pair[0], default=(None, None))
    if day is not None and amending is not None and day < signed_on:
        refuse(
            f"Ngày ký không được sau ngày {day:%d/%m/%Y}: là ngày ký quyết định "
            f"{amending.kind.label} số {amending.title}.",
            "signed_on",
        )


def _demand_same_salary(decision: Decision, signed_on: date) -> None:
    """The base salary of the day is that which the money was worked out from."""
    salary = base_salary_on(catalogue.salary_table(), signed_on)
    if decision.kind is DecisionKind.AWARD and (
        salary is None or salary[1] != decision.base_salary
    ):
        refuse(
            "Ngày này áp dụng mức lương cơ sở khác nên tiền thưởng cũng khác; hãy ban hành "
            "quyết định điều chỉnh.",
            "signed_on",
        )


def _signable_from(decision: Decision) -> tuple[date, str] | None:
    """The first day it may bear, and why: after its notice, not before the Council closed or what
    it amends was signed.
    """
    bounds: list[tuple[date, str]] = []
    if decision.notice_until is not None:
        bounds.append(
            (decision.notice_until + timedelta(days=1), "khi đó mới hết thời gian lấy ý kiến")
        )
    if decision.amends_id is not None:
        old = queries.decision(decision.campaign_id, decision.amends_id)
        bounds += (
            [(old.signed_on, f"là ngày ký quyết định số {old.title}")] if old.signed_on else []
        )
    elif closed := meetings.last_closed_at(decision.campaign_id):
        bounds.append((local_date(closed), "là ngày Hội đồng họp xong"))
    return max(bounds, default=None)


def _demand_still_in_force(decision: Decision) -> None:
    """What an amending decision names may not have been ended by another since."""
    named = {line.nominee_id for line in queries.lines_of(decision.id)}
    if any(
        line.ended_by_id
        for line in queries.lines_of(decision.amends_id or 0)
        if line.nominee_id in named
    ):
        refuse(
            "Có dòng đã được một quyết định khác điều chỉnh hoặc thu hồi; hãy bỏ dòng đó khỏi "
            "dự thảo."
        )


def _hold_register() -> None:
    """One signature at a time: the next one finds the numbers this one took, of the decision and of
    the certificates.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(text(str(REGISTER_LOCK)))))


def _register(lines: Sequence[DecisionLine], year: int) -> None:
    """Vào sổ: the next numbers of the year, without gaps."""
    number = queries.last_register_number(year)
    for line in lines:
        number += 1
        line.register_year, line.register_number = year, number
    db.session.flush()


def _end_lines(decision: Decision, lines: Sequence[DecisionLine]) -> None:
    named = {line.nominee_id for line in lines}
    for line in queries.lines_of(decision.amends_id or 0):
        if line.nominee_id in named and line.ended_by_id is None:
            line.ended_by_id = decision.id
