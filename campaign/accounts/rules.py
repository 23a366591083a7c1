"""Tài khoản: passwords, links and the brakes on guessing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from campaign.core.errors import refuse
from campaign.core.permissions import Role

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 200
COMMON = frozenset(
    {"1234567890", "matkhau123", "password123", "0123456789", "qwertyuiop", "abcdefghij"}
)
LINK_LIFETIME = timedelta(hours=72)
WINDOW = timedelta(minutes=15)
FREE_HERE = 3
FREE_FROM_ADDRESS = 60
FREE_FROM_ADDRESS_IN_ALL = 200
LONGEST_WAIT_HERE = timedelta(minutes=5)
LONGEST_WAIT_AT_ADDRESS = timedelta(seconds=15)
HONORIFICS = ("Ông", "Bà")
WOMAN = "Bà"
_USER_NAME = re.compile(r"[a-z0-9._-]+")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
WRONG_PASSWORD = "Tên đăng nhập hoặc mật khẩu không đúng."  # noqa: S105 - a sentence


def check_user_name(name: str) -> None:
    """Kiểm tra tên đăng nhập, whatever its case: what every keyboard types alike."""
    if not name:
        message = "Hãy nhập tên đăng nhập."
    elif not _USER_NAME.fullmatch(name.lower()):
        message = (
            "Tên đăng nhập chỉ gồm chữ a–z không dấu, chữ số, dấu chấm, gạch nối và gạch dưới."
        )
    else:
        return
    refuse(message, "user_name")


def check_email(address: str) -> None:
    """Kiểm tra thư điện tử; it may be empty."""
    if address and not _EMAIL.fullmatch(address):
        refuse("Thư điện tử phải có dạng ten@coquan.vn.", "email")
    if not address.isascii():
        refuse("Thư điện tử viết bằng chữ không dấu, như ten@coquan.vn.", "email")


def check_password(password: str, user_name: str) -> None:
    """Kiểm tra mật khẩu mới: long enough, not the name, not a common one."""
    if len(password) < MINIMUM_LENGTH:
        message = f"Mật khẩu cần ít nhất {MINIMUM_LENGTH} ký tự."
    elif len(password) > MAXIMUM_LENGTH:
        message = f"Mật khẩu dài nhất {MAXIMUM_LENGTH} ký tự."
    elif password.lower() in COMMON or len(set(password)) < 4:  # noqa: PLR2004 - aaaa… and the like
        message = "Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác."
    elif user_name and user_name in password.lower():
        message = "Mật khẩu không được chứa tên đăng nhập."
    else:
        return
    refuse(message, "new_password")


@dataclass(frozen=True)
class Failures:
    """Các lần sai gần đây: how many, and when the last one was."""

    count: int = 0
    last: datetime | None = None


def free_from(failures: Failures, *, free: int, longest: timedelta) -> datetime | None:
    """Lúc được thử lại: each failure beyond the `free` ones doubles the wait, up to `longest`."""
    if failures.last is None or failures.count < free:
        return None
    doubled = min(failures.count - free + 1, 20)
    return failures.last + min(longest, timedelta(seconds=2**doubled))


def seconds_to_wait(
    here: Failures, from_address: Failures, from_address_in_all: Failures, *, now: datetime
) -> int:
    """Số giây phải chờ: for what this browser did to the account and, less, its address."""
    moments = (
        free_from(here, free=FREE_HERE, longest=LONGEST_WAIT_HERE),
        free_from(from_address, free=FREE_FROM_ADDRESS, longest=LONGEST_WAIT_AT_ADDRESS),
        free_from(
            from_address_in_all, free=FREE_FROM_ADDRESS_IN_ALL, longest=LONGEST_WAIT_AT_ADDRESS
        ),
    )
    last = max((moment for moment in moments if moment is not None), default=now)
    return max(0, ceil((last - now).total_seconds()))


def is_usable(expires_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """Liên kết còn dùng được: never used, not expired."""
    return used_at is None and now < expires_at


def safe_target(target: str | None) -> str | None:
    """Địa chỉ tiếp theo: only a path of this very site; everything else is dropped."""
    if not target or "\\" in target or any(ord(letter) < ord(" ") for letter in target):
        return None
    return target if target.startswith("/") and not target.startswith("//") else None


def refuse_losing_last_admin(
    other_active_admins: int, roles_after: Sequence[Role], *, was_admin: bool, is_active_after: bool
) -> None:
    """Nobody can lock out the last administrator."""
    stays = Role.ADMIN in roles_after and is_active_after
    if was_admin and not stays and other_active_admins == 0:
        refuse(
            "Đây là quản trị viên cuối cùng đang hoạt động; hãy giao quyền quản trị cho người "
            "khác trước."
        )
