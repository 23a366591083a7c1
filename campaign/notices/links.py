"""Liên kết dùng một lần: people are told that one was given to them, or used, never what it is; the
word comes from the links' own rows, since accounts stand below notices.
"""

from collections.abc import Collection
from datetime import datetime

from flask import current_app
from sqlalchemy import select

from campaign.accounts.models import OneTimeLink, User
from campaign.accounts.rules import is_usable
from campaign.accounts.sign_on.models import SignOnLink
from campaign.core.dates import format_moment
from campaign.extensions import db
from campaign.notices.actions import About, read, tell
from campaign.notices.models import Notice
from campaign.notices.roles import WINDOW
from campaign.notices.rules import NoticeKind

_ALARM = "Nếu Ông/Bà không biết việc này, hãy báo ngay quản trị hệ thống."


def tell_links(*, at: datetime) -> int:
    """Báo người được cấp liên kết đặt mật khẩu, while it opens; and, once it was used, that their
    password was set. Whoever takes an account over by a link cannot keep its owner from this.
    """
    about = _of_passwords(at) | _of_sign_on(at)
    told = db.session.scalars(
        select(Notice).where(Notice.kind == NoticeKind.LINK, Notice.key.startswith("link:"))
    ).all()
    for notice in told:
        if notice.key.endswith(":given") and notice.key not in about:
            read(notice, at=at)
    new = set(about) - {notice.key for notice in told}
    return sum(tell([about[key][0]], about[key][1], at=at) for key in sorted(new))


def _of_passwords(at: datetime) -> dict[str, tuple[int, About]]:
    """Liên kết đặt mật khẩu that were used, or still open: each by its key, with whose it is."""
    links = db.session.scalars(
        select(OneTimeLink).where(OneTimeLink.expires_at >= at - WINDOW).order_by(OneTimeLink.id)
    ).all()
    givers = _names({row.created_by_id for row in links if row.created_by_id})
    return {
        _key(row): (row.user_id, _about(row, givers.get(row.created_by_id)))
        for row in links
        if row.used_at or is_usable(row.expires_at, row.used_at, at)
    }


def _of_sign_on(at: datetime) -> dict[str, tuple[int, About]]:
    """Ai vừa được người khác liên kết với tài khoản đăng nhập một lần: whoever links an account to
    a person of the provider lets that person in.
    """
    rows = db.session.scalars(
        select(SignOnLink)
        .where(
            SignOnLink.linked_at >= at - WINDOW,
            SignOnLink.linked_by_id.is_distinct_from(SignOnLink.user_id),
        )
        .order_by(SignOnLink.user_id)
    ).all()
    names = _names({row.linked_by_id for row in rows if row.linked_by_id})
    told = [_about_sign_on(row, names.get(row.linked_by_id)) for row in rows]
    return {about.key: (row.user_id, about) for row, about in zip(rows, told, strict=True)}


def _about_sign_on(link: SignOnLink, linker: str | None) -> About:
    return About(
        NoticeKind.LINK,
        f"link:sso:{link.user_id}:{link.linked_at.timestamp():.0f}",
        "Tài khoản của Ông/Bà vừa được liên kết với tài khoản đăng nhập một lần",
        current_app.url_map.bind("localhost").build("accounts.profile"),
        f"{linker or 'Quản trị hệ thống'} đã liên kết lúc "
        f"{format_moment(link.linked_at)}. {_ALARM}",
    )


def _key(link: OneTimeLink) -> str:
    return f"link:{link.id}:{'used' if link.used_at else 'given'}"


def _names(ids: Collection[int]) -> dict[int | None, str]:
    rows = db.session.execute(select(User.id, User.full_name).where(User.id.in_(ids)))
    return {row.id: row.full_name for row in rows}


def _about(link: OneTimeLink, giver: str | None) -> About:
    if link.used_at:
        addresses = current_app.url_map.bind("localhost")
        return About(
            NoticeKind.LINK,
            _key(link),
            "Mật khẩu của Ông/Bà vừa được đặt bằng liên kết dùng một lần",
            addresses.build("home.index"),
            f"Lúc {format_moment(link.used_at)}. {_ALARM}",
        )
    return _about_given(link, f"{giver} đã cấp" if giver else "Đã cấp")


def _about_given(link: OneTimeLink, by: str) -> About:
    addresses = current_app.url_map.bind("localhost")
    return About(
        NoticeKind.LINK,
        _key(link),
        "Đã cấp cho Ông/Bà một liên kết đặt mật khẩu",
        addresses.build("accounts.sign_in"),
        f"{by}; người cấp chuyển liên kết tận tay, thư này không có liên kết ấy. Dùng được một "
        "lần, đến "
        f"{format_moment(link.expires_at)}. {_ALARM}",
    )
