"""Thời hạn lưu: to decide how long, and to take away what is due; nothing here commits."""

from datetime import datetime

from sqlalchemy import delete, update

from campaign.audit import recorder, tables
from campaign.core.dates import local_date
from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.notices.models import Mail
from campaign.retention import queries
from campaign.retention.models import RetentionRule, RetentionRun
from campaign.retention.rules import Kind, Term, due_before


def decide(kind: Kind, *, months: int | None, basis: str, is_checked: bool) -> RetentionRule:
    """Đặt thời hạn lưu một loại."""
    if not basis:
        refuse("Hãy ghi căn cứ của thời hạn này.", "basis")
    row = db.session.get(RetentionRule, kind)
    if row is None:
        row = RetentionRule(kind=kind)
        db.session.add(row)
    row.months, row.basis, row.is_checked = months, basis, is_checked
    db.session.flush()
    return row


def take_away(term: Term, *, at: datetime) -> int:
    """Dọn những dòng đến hạn của một loại; how many, which the record keeps."""
    if term.months is None:
        return 0
    before = due_before(local_date(at), term.months)
    count = _take(term.kind, before)
    if count:
        db.session.add(
            RetentionRun(
                at=at, kind=term.kind, due_before=before, months=term.months, row_count=count
            )
        )
        db.session.flush()
    return count


def _empty_accounts(before: datetime) -> int:
    """Of accounts that were closed only the name stays."""
    accounts = queries.closed_accounts(before)
    for account in accounts:
        account.email = account.position = ""
    return len(accounts)


def _empty_nominees(before: datetime) -> int:
    """Of people who were never proposed the year of birth and their papers go."""
    nominees = queries.unproposed(before)
    for nominee in nominees:
        nominee.birth_year = None
        for name in queries.PAPERS:
            setattr(nominee, name, "")
    return len(nominees)


def _take(kind: Kind, before: datetime) -> int:
    if kind is Kind.ACCOUNTS:
        return _empty_accounts(before)
    if kind is Kind.NOMINEES:
        return _empty_nominees(before)
    model, is_due = queries.ROWS[kind]
    if kind is Kind.MAIL:  # its row stays: a notice in it would go out again
        emptied = update(Mail).where(is_due(before)).values(address="", body="", calendar="")
        return int(db.session.execute(emptied).rowcount)  # type: ignore[attr-defined]
    statement = delete(model).where(is_due(before))
    if tables.is_audited(model.__table__):
        return recorder.run(statement)
    return int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]
