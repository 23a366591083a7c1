"""Tài khoản: the forms."""

from collections.abc import Callable
from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField, SelectMultipleField
from wtforms.validators import StopValidation

from campaign.accounts.rules import HONORIFICS, check_email, check_user_name
from campaign.core.errors import RuleViolation
from campaign.core.numbers import row_ids
from campaign.core.permissions import Role
from campaign.web.fields import (
    SHORT,
    LineField,
    RowField,
    VietnameseForm,
    at_most,
    required,
    same_as,
)

GIVEN_ROLES = tuple(role for role in Role if role is not Role.COUNCIL_MEMBER)
"""Vai trò do quản trị giao; council membership comes from the council."""


def follows(check: Callable[[str], None]) -> Any:
    """Phải theo quy tắc: its sentence stands at the field."""

    def followed(_form: Any, field: Any) -> None:
        try:
            check(field.data or "")
        except RuleViolation as violation:
            raise StopValidation(str(violation)) from violation

    return followed


class SignInForm(VietnameseForm):
    """Đăng nhập."""

    user_name = LineField("Tên đăng nhập", validators=[required("Hãy nhập tên đăng nhập.")])
    password = PasswordField("Mật khẩu", validators=[required("Hãy nhập mật khẩu.")])


class NewPasswordForm(VietnameseForm):
    """Đặt mật khẩu."""

    new_password = PasswordField("Mật khẩu mới", validators=[required("Hãy nhập mật khẩu mới.")])
    repeat_password = PasswordField(
        "Nhập lại mật khẩu mới",
        validators=[
            required("Hãy nhập lại mật khẩu."),
            same_as("new_password", "Hai lần nhập chưa giống nhau."),
        ],
    )


class ChangePasswordForm(NewPasswordForm):
    """Đổi mật khẩu."""

    current_password = PasswordField(
        "Mật khẩu hiện tại", validators=[required("Hãy nhập mật khẩu hiện tại.")]
    )


class CodeForm(VietnameseForm):
    """Mã xác thực."""

    second_code = LineField("Mã xác thực", validators=[required("Hãy nhập mã."), at_most(60)])


class SetUpForm(CodeForm):
    """Bật yếu tố thứ hai: `sealed` is the new secret, which only this server can open."""

    sealed = HiddenField()
    current_password = PasswordField(
        "Mật khẩu hiện tại", validators=[required("Hãy nhập mật khẩu hiện tại.")]
    )


class RemoveForm(VietnameseForm):
    """Tắt yếu tố thứ hai."""

    off_code = LineField("Mã xác thực", validators=[required("Hãy nhập mã."), at_most(60)])
    current_password = PasswordField(
        "Mật khẩu hiện tại", validators=[required("Hãy nhập mật khẩu hiện tại.")]
    )


class IdentityForm(VietnameseForm):
    """Một người: who they are and where they work."""

    user_name = LineField(
        "Tên đăng nhập",
        validators=[required("Hãy nhập tên đăng nhập."), at_most(60), follows(check_user_name)],
    )
    honorific = RowField(
        "Xưng hô", choices=[("", "—"), *[(word, word) for word in HONORIFICS]], validate_choice=True
    )
    full_name = LineField("Họ và tên", validators=[required("Hãy nhập họ và tên."), at_most(SHORT)])
    position = LineField("Chức vụ", validators=[at_most(SHORT)])
    email = LineField("Thư điện tử", validators=[at_most(SHORT), follows(check_email)])
    unit_id = RowField("Đơn vị công tác")


class PersonForm(IdentityForm):
    """Người dùng: who they are, where they work, and what they are trusted with."""

    roles = SelectMultipleField(
        "Vai trò toàn hệ thống",
        choices=[(role.value, role.label) for role in GIVEN_ROLES if not role.belongs_to_unit],
    )
    officer_of = SelectMultipleField("Cán bộ của đơn vị")
    head_of = SelectMultipleField("Thủ trưởng của đơn vị")
    is_active = BooleanField("Được đăng nhập", default=True)

    def granted(self) -> list[tuple[Role, int | None]]:
        """Vai trò đã chọn: (role, unit or None)."""
        of_units = [(Role.UNIT_OFFICER, unit) for unit in row_ids(self.officer_of.data or [])]
        of_units += [(Role.UNIT_HEAD, unit) for unit in row_ids(self.head_of.data or [])]
        whole: list[tuple[Role, int | None]] = [
            (Role(role), None) for role in self.roles.data or []
        ]
        return whole + list(of_units)
