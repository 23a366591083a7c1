"""Tài khoản: signing in, passwords, links, and people's roles."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from campaign.accounts import passwords, queries
from campaign.accounts.models import EndedSession, FailedSignIn, OneTimeLink, RoleGrant, User
from campaign.accounts.rules import (
    LINK_LIFETIME,
    LONGEST_WAIT_HERE,
    WINDOW,
    Failures,
    check_email,
    check_password,
    check_user_name,
    is_usable,
    refuse_losing_last_admin,
    seconds_to_wait,
)
from campaign.accounts.sign_on.models import SignOnSession
from campaign.audit import recorder
from campaign.core.errors import refuse
from campaign.core.permissions import Role
from campaign.core.text import name_sort_key, one_line, search_key
from campaign.extensions import db


def begin_attempt(user_name: str, *, device: str, address: str, now: datetime) -> int:
    """Ghi một lần thử trước khi xem mật khẩu: of many sent at once each counts those before it.

    The caller commits before the password is looked at, and takes the attempt back where it was
    right. `address` is empty for a browser the person is known in: strangers never make it wait.
    What a clock wrote that has been set back since, nobody waits for.
    """
    name = user_name[:200]
    _one_after_another(name)
    _forget_old_failures(now)
    seconds = _seconds_to_wait(name, device, address, now)
    if seconds:
        refuse(f"Đã nhập sai nhiều lần ở trình duyệt này. Hãy thử lại sau {seconds} giây.")
    attempt = FailedSignIn(user_name=name, device=device, address=address, at=now)
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def _one_after_another(user_name: str) -> None:
    """Attempts at one name wait for each other, till the end of the transaction."""
    if db.engine.dialect.name == "postgresql":  # SQLite lets in one writer at a time anyway
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(user_name, 1))))


def _forget_old_failures(now: datetime) -> None:
    """Of what nobody waits for any more nothing is kept."""
    db.session.execute(
        delete(FailedSignIn).where(
            or_(FailedSignIn.at < now - WINDOW, FailedSignIn.at > now + LONGEST_WAIT_HERE)
        )
    )


def _seconds_to_wait(user_name: str, device: str, address: str, now: datetime) -> int:
    """So long this browser waits, after what failed here, at this name and from this address."""
    nobody = Failures()
    return seconds_to_wait(
        queries.failures(now, user_name=user_name, device=device),
        queries.failures(now, user_name=user_name, address=address) if address else nobody,
        queries.failures(now, address=address) if address else nobody,
        now=now,
    )


def code_attempts(user_name: str) -> str:
    """Tên để đếm các mã nhập sai of this account; no account can be called so."""
    return f"code:{user_name}"


def take_back_attempt(attempt_id: int) -> None:
    """Lần thử đúng không phải lần sai."""
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.id == attempt_id))


def forgive(user_name: str, *, device: str | None = None) -> None:
    """Xoá các lần sai of this account: of one browser, or all of them."""
    failed = delete(FailedSignIn).where(
        FailedSignIn.user_name.in_([user_name, code_attempts(user_name)])
    )
    db.session.execute(failed if device is None else failed.where(FailedSignIn.device == device))


def record_success(user: User, password: str, *, device: str) -> None:
    """Xoá các lần sai của trình duyệt này, and renew an outdated hash."""
    forgive(user.user_name, device=device)
    if user.password_hash and passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)


def end_session(user: User, token: str, *, lifetime: timedelta, now: datetime) -> None:
    """Đăng xuất: this session alone ends; where it has no token of its own, all of this person's
    do.

    Ended sessions are remembered for as long as a copied cookie could still be taken for fresh.
    """
    db.session.execute(delete(EndedSession).where(EndedSession.ended_at < now - 2 * lifetime))
    if not token:
        user.session_version += 1
        return
    db.session.execute(delete(SignOnSession).where(SignOnSession.token == token))
    try:
        with db.session.begin_nested():
            db.session.add(EndedSession(token=token, ended_at=now))
    except IntegrityError:  # a double click: it has ended already
        return


def set_password(user: User, password_hash: str) -> None:
    """Đặt mật khẩu: every other session of this person ends."""
    user.password_hash = password_hash
    user.must_change_password = False
    user.session_version += 1


def new_password_hash(user_name: str, password: str) -> str:
    """Băm mật khẩu mới, after the rules for passwords."""
    check_password(password, user_name)
    return passwords.hashed(password)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def give_link(user: User, *, by_id: int | None, now: datetime) -> str:
    """Cấp liên kết dùng một lần: earlier ones end; the token is shown once, only its hash kept."""
    unused = update(OneTimeLink).where(
        OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None)
    )
    recorder.run(unused.values(expires_at=now))
    token = secrets.token_urlsafe(32)
    db.session.add(
        OneTimeLink(
            user_id=user.id,
            token_hash=_token_hash(token),
            created_by_id=by_id,
            expires_at=now + LINK_LIFETIME,
        )
    )
    return token


def usable_link(token: str, *, now: datetime) -> OneTimeLink:
    """Liên kết còn dùng được; else the sentence that says what to do."""
    link = queries.link_by_hash(_token_hash(token))
    if link is None or not is_usable(link.expires_at, link.used_at, now):
        refuse("Liên kết này đã dùng hoặc đã hết hạn. Hãy xin quản trị hệ thống liên kết mới.")
    return link


def use_link(link: OneTimeLink, user: User, password_hash: str, *, now: datetime) -> None:
    """Dùng liên kết: one statement decides who was first."""
    unused = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
    if recorder.run(unused.values(used_at=now)) != 1:
        refuse("Liên kết này vừa được dùng.")
    forgive(user.user_name)
    set_password(user, password_hash)


def create_person(
    *,
    user_name: str,
    full_name: str,
    honorific: str = "",
    position: str = "",
    email: str = "",
    unit_id: int | None = None,
    is_demo: bool = False,
) -> User:
    """Thêm người dùng, without a password: a one-time link lets them set their own."""
    name = one_line(user_name).lower()
    check_user_name(name)
    if queries.by_name(name) is not None:
        refuse(f"Tên đăng nhập “{name}” đã có người dùng.", "user_name")
    user = new_person(name, is_demo=is_demo)
    describe(
        user,
        full_name=full_name,
        honorific=honorific,
        position=position,
        email=email,
        unit_id=unit_id,
    )
    db.session.flush()
    return user


def new_person(user_name: str, *, is_demo: bool = False) -> User:
    """Người mới, whose name nobody has, to be described before the next flush."""
    user = User(
        user_name=user_name,
        sort_key="",
        search_key="",
        full_name="",
        password_hash=None,
        email="",
        is_demo=is_demo,
        grants=[],
    )
    db.session.add(user)
    return user


def describe(
    user: User, *, full_name: str, honorific: str, position: str, email: str, unit_id: int | None
) -> None:
    """Sửa thông tin một người; an address kept from before is not looked at again."""
    if one_line(email) != user.email:
        check_email(one_line(email))
    user.full_name = one_line(full_name)
    user.honorific, user.position, user.email = honorific, one_line(position), one_line(email)
    user.unit_id = unit_id
    user.sort_key, user.search_key = name_sort_key(user.full_name), search_key(user.full_name)


def set_roles(
    user: User,
    roles: Iterable[tuple[Role, int | None]],
    *,
    is_active: bool,
    with_demo: bool = False,
) -> None:
    """Giao vai trò and the right to sign in; council membership is the council's to give;
    `with_demo`: demo people can sign in.
    """
    wanted = {(role, unit_id if role.belongs_to_unit else None) for role, unit_id in roles}
    wanted |= _given_by_council(user)
    was_admin = Role.ADMIN in user.roles and user.is_active
    others = queries.other_active_admins(user.id, with_demo=with_demo) if was_admin else 0
    left = [role for role, _ in wanted]
    refuse_losing_last_admin(others, left, was_admin=was_admin, is_active_after=is_active)
    _exchange_grants(user, wanted)
    _let_in(user, is_active=is_active)


def _given_by_council(user: User) -> set[tuple[Role, int | None]]:
    """What the council gave this person."""
    return {
        (grant.role, grant.unit_id) for grant in user.grants if grant.role is Role.COUNCIL_MEMBER
    }


def _exchange_grants(user: User, wanted: set[tuple[Role, int | None]]) -> None:
    """What is not wanted goes, what is not held yet comes; the rest stays the row it is."""
    held = {(grant.role, grant.unit_id): grant for grant in user.grants}
    for key, grant in held.items():
        if key not in wanted:
            user.grants.remove(grant)
    for role, unit_id in sorted(wanted - held.keys(), key=str):
        user.grants.append(RoleGrant(role=role, unit_id=unit_id))


def _let_in(user: User, *, is_active: bool) -> None:
    """The right to sign in; where it ends, so do the sessions."""
    if user.is_active and not is_active:
        user.session_version += 1
    user.is_active = is_active


def grant_council_role(user: User) -> None:
    """Giao vai trò thành viên Hội đồng."""
    if Role.COUNCIL_MEMBER not in user.roles:
        user.grants.append(RoleGrant(role=Role.COUNCIL_MEMBER, unit_id=None))


def revoke_council_role(user: User) -> None:
    """Thôi vai trò thành viên Hội đồng."""
    for grant in [grant for grant in user.grants if grant.role is Role.COUNCIL_MEMBER]:
        user.grants.remove(grant)
