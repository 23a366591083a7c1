"""Thời hạn lưu: the rules in force, and what is due."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from campaign.accounts.models import OneTimeLink, User
from campaign.api.models import ApiKey
from campaign.audit.models import AuditEntry
from campaign.core.dates import local_date
from campaign.extensions import db
from campaign.nomination.models import Nominee
from campaign.nomination.rules import NomineeState
from campaign.notices.models import Mail
from campaign.notices.rules import MailState
from campaign.planning.models import Campaign
from campaign.planning.rules import Phase
from campaign.readings.models import DossierReading
from campaign.retention.models import RetentionRule, RetentionRun
from campaign.retention.rules import SHIPPED, Kind, Term, due_before

MOST_RUNS = 50
PAPERS: Mapping[str, InstrumentedAttribute[str]] = {
    "job": Nominee.job,
    "achievements": Nominee.achievements,
    "measures": Nominee.measures,
    "effects": Nominee.effects,
    "earlier_awards": Nominee.earlier_awards,
    "discipline": Nominee.discipline,
    "complaint": Nominee.complaint,
}
"""Cột văn bản của một đề nghị that are emptied; whom it named, and that it was, stays."""


def terms() -> list[Term]:
    """Các quy tắc đang dùng, in the order of the kinds."""
    decided = {
        row.kind: Term(row.kind, row.months, row.basis, row.is_checked)
        for row in db.session.scalars(select(RetentionRule))
    }
    return [decided.get(kind, SHIPPED[kind]) for kind in Kind]


def runs() -> Sequence[RetentionRun]:
    """Các lần dọn gần nhất."""
    newest = select(RetentionRun).order_by(RetentionRun.id.desc()).limit(MOST_RUNS)
    return db.session.scalars(newest).all()


_TOLD = Mail.body != ""


def _old_mail(before: datetime) -> ColumnElement[bool]:
    return Mail.state.in_((MailState.SENT, MailState.DROPPED)) & (Mail.at < before) & _TOLD


def _dead_keys(before: datetime) -> ColumnElement[bool]:
    return (ApiKey.revoked_at < before) | (ApiKey.expires_on < local_date(before))


ROWS: Mapping[Kind, tuple[type[Any], Callable[[datetime], ColumnElement[bool]]]] = {
    Kind.READINGS: (DossierReading, lambda before: DossierReading.at < before),
    Kind.MAIL: (Mail, _old_mail),
    Kind.LINKS: (OneTimeLink, lambda before: OneTimeLink.expires_at < before),
    Kind.KEYS: (ApiKey, _dead_keys),
}
"""Loại tính theo dòng của một bảng: the table, and which rows are due."""


def closed_accounts(before: datetime) -> list[User]:
    """Tài khoản đã khoá từ trước một lúc that still say more than who somebody was."""
    rows = db.session.scalars(
        select(User)
        .where(~User.is_active, (User.email != "") | (User.position != ""))
        .order_by(User.id)
    ).all()
    closed = _closed_at() if rows else {}
    return [row for row in rows if row.id in closed and closed[row.id] < before]


def _closed_at() -> dict[int, datetime]:
    """Lúc mỗi tài khoản bị khoá, as the record says; the last time counts."""
    entries = db.session.execute(
        select(AuditEntry.at, AuditEntry.changes)
        .where(AuditEntry.act == "account.edit", AuditEntry.changes.contains('"is_active"'))
        .order_by(AuditEntry.number)
    )
    return {
        int(change["key"]): at
        for at, changes in entries
        for change in json.loads(changes)
        if change["table"] == "user_account" and (change["after"] or {}).get("is_active") is False
    }


def unproposed(before: datetime) -> Sequence[Nominee]:
    """Đề nghị không được đề xuất of campaigns that were published before a moment."""
    filled = or_(Nominee.birth_year.is_not(None), *(PAPERS[name] != "" for name in PAPERS))
    return db.session.scalars(
        select(Nominee)
        .join(Campaign, Campaign.id == Nominee.campaign_id)
        .where(
            Campaign.phase == Phase.PUBLISHED,
            Campaign.published_at < before,
            Nominee.state.in_((NomineeState.DRAFT, NomineeState.LEFT_OUT)),
            filled,
        )
        .order_by(Nominee.id)
    ).all()


def due(term: Term, today: date) -> int:
    """Số dòng đến hạn của một loại."""
    if term.months is None:
        return 0
    before = due_before(today, term.months)
    if term.kind is Kind.ACCOUNTS:
        return len(closed_accounts(before))
    if term.kind is Kind.NOMINEES:
        return len(unproposed(before))
    table, is_due = ROWS[term.kind]
    return db.session.scalar(select(func.count()).select_from(table).where(is_due(before))) or 0
