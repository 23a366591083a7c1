"""Đăng nhập một lần: linking, sessions that begin with the provider, and their end."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from campaign.accounts import queries as accounts
from campaign.accounts.models import EndedSession, User
from campaign.accounts.sign_on import queries, rules
from campaign.accounts.sign_on.models import (
    SignOnDemand,
    SignOnLink,
    SignOnSession,
    SpentSignOn,
)
from campaign.accounts.sign_on.rules import Identity, SignInWay
from campaign.core.errors import refuse
from campaign.extensions import db, flush_or_refuse

LONGEST_SESSION = timedelta(days=30)
"""A session of the provider's is ended after so long, so that none is ever forgotten."""
MARKS_KEPT = timedelta(days=2)


def spend(mark: str, *, now: datetime) -> bool:
    """Dùng một lần: whether nobody has before; of two at once the database takes one."""
    db.session.execute(delete(SpentSignOn).where(SpentSignOn.at < now - MARKS_KEPT))
    try:
        with db.session.begin_nested():
            db.session.add(SpentSignOn(mark=mark, at=now))
    except IntegrityError:
        return False
    return True


def link(user: User, identity: Identity, *, by_id: int, now: datetime) -> None:
    """Liên kết một tài khoản với một người của nhà cung cấp."""
    _refuse_linked(user, identity)
    with _keeping_an_admin():
        db.session.add(
            SignOnLink(
                user_id=user.id,
                issuer=identity.issuer,
                subject=identity.subject,
                linked_at=now,
                linked_by_id=by_id,
            )
        )
        if user.password_hash is None:
            user.must_change_password = False
        flush_or_refuse("Mã này vừa được liên kết với một tài khoản khác.", "subject")


def _refuse_linked(user: User, identity: Identity) -> None:
    """An account has one link, and so has a person of the provider's."""
    if queries.link_of(user.id) is not None:
        refuse("Tài khoản này đã được liên kết. Hãy bỏ liên kết cũ trước.", "subject")
    if queries.linked_to(identity) is not None:
        refuse("Mã này đã được liên kết với một tài khoản khác ở đây.", "subject")


def unlink(user: User, *, now: datetime) -> None:
    """Bỏ liên kết: what began with the provider ends, and the password is good again."""
    found = queries.link_of(user.id)
    if found is None:
        refuse("Tài khoản này chưa được liên kết.")
    db.session.delete(found)
    if user.sign_in_way is SignInWay.SINGLE:
        user.sign_in_way = SignInWay.COMMON
    _end(select(SignOnSession).where(SignOnSession.user_id == user.id), now=now)
    db.session.flush()


def choose_way(user: User, way: SignInWay) -> None:
    """Đặt cách đăng nhập của một tài khoản; where its password ends, so do its sessions."""
    if way is SignInWay.SINGLE and queries.link_of(user.id) is None:
        refuse("Hãy liên kết tài khoản này với nhà cung cấp trước.", "sign_in_way")
    with _keeping_an_admin():
        if way is SignInWay.SINGLE and user.sign_in_way is not way:
            user.session_version += 1
        user.sign_in_way = way
        db.session.flush()


def demand(*, is_on: bool) -> None:
    """Đặt quy định chung."""
    with _keeping_an_admin():
        row = db.session.get(SignOnDemand, 1)
        if row is None:
            db.session.add(SignOnDemand(is_on=is_on))
        else:
            row.is_on = is_on
        db.session.flush()


@contextmanager
def _keeping_an_admin() -> Iterator[None]:
    """Whatever is done inside leaves an administrator who can come in by password."""
    before = accounts.password_admins()
    yield
    rules.refuse_losing_password_admins(before, accounts.password_admins())


def begin_session(user: User, identity: Identity, *, now: datetime) -> str:
    """Phiên mới của người này, under a token that the provider's log-out finds again."""
    _end(select(SignOnSession).where(SignOnSession.began_at < now - LONGEST_SESSION), now=now)
    token = secrets.token_urlsafe(16)
    db.session.add(
        SignOnSession(
            token=token, user_id=user.id, issuer=identity.issuer, sid=identity.sid, began_at=now
        )
    )
    return token


def end_sessions(issuer: str, subject: str | None, sid: str | None, *, now: datetime) -> list[int]:
    """Nhà cung cấp báo đã đăng xuất: of this session, or all of this person; whose they were."""
    sessions = select(SignOnSession).where(SignOnSession.issuer == issuer)
    if sid is not None and subject is not None:
        nameless = SignOnSession.sid.is_(None)
        sessions = sessions.where((SignOnSession.sid == sid) | nameless)
    elif sid is not None:
        sessions = sessions.where(SignOnSession.sid == sid)
    if subject is not None:
        of_person = select(SignOnLink.user_id).where(
            SignOnLink.issuer == issuer, SignOnLink.subject == subject
        )
        sessions = sessions.where(SignOnSession.user_id.in_(of_person))
    return _end(sessions, now=now)


def _end(sessions: Select[Any], *, now: datetime) -> list[int]:
    """Kết thúc các phiên này on every machine; gives whose each was."""
    rows = db.session.scalars(sessions).all()
    for row in rows:
        db.session.merge(EndedSession(token=row.token, ended_at=now))
        db.session.delete(row)
    db.session.flush()
    return [row.user_id for row in rows]
