"""Đăng nhập một lần: the forms."""

from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import StopValidation

from campaign.accounts.sign_on.rules import SignInWay, check_subject
from campaign.core.errors import RuleViolation
from campaign.web.fields import VietnameseForm, required


class OwnPasswordForm(VietnameseForm):
    """Mật khẩu của chính mình, before an account is linked or set free."""

    current_password = PasswordField(
        "Mật khẩu hiện tại", validators=[required("Hãy nhập mật khẩu hiện tại.")]
    )


class LinkForm(VietnameseForm):
    """Liên kết một tài khoản bằng mã ở nhà cung cấp: as it was typed, letter by letter."""

    subject = StringField("Mã ở nhà cung cấp (sub)")

    def validate_subject(self, field: StringField) -> None:
        """Nothing of it is cut or folded; what cannot be one is told."""
        try:
            check_subject(field.data or "")
        except RuleViolation as violation:
            raise StopValidation(str(violation)) from violation


class WayForm(VietnameseForm):
    """Cách đăng nhập của một tài khoản."""

    sign_in_way = SelectField(
        "Cách đăng nhập", choices=[(way.value, way.label) for way in SignInWay]
    )


class DemandForm(VietnameseForm):
    """Quy định chung."""

    is_on = BooleanField("Mọi tài khoản đã liên kết phải đăng nhập một lần")
