"""Ô nhập dùng chung: numbers, dates and choices as Vietnamese forms know them."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import Field, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from campaign.core.dates import format_date, format_moment, parse_date, parse_moment
from campaign.core.errors import RuleViolation, refuse
from campaign.core.majorities import Majority, majority_text, parse_majority
from campaign.core.numbers import format_decimal, known_id, parse_decimal, typed_decimal
from campaign.core.text import nfc, one_line
from campaign.web.sentences import VIETNAMESE, VietnameseSentences

SHORT = 300
LONG = 20_000


class VietnameseForm(FlaskForm):
    """Biểu mẫu: WTForms has no Vietnamese catalogue, so its own messages are given here.

    Made over what stands already (`obj`, or `data` where a field is no attribute of it) it carries
    a mark of what stood
    there when it was opened, so that of two who save the second sees what the first wrote. What is
    merely proposed for
    something new is given by keyword.
    """

    opened = HiddenField()

    class Meta(FlaskForm.Meta):
        """Say WTForms' own sentences in Vietnamese."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What a form sends, and nothing else: JSON fills no field of ours."""
            return (
                ImmutableMultiDict()
                if request.is_json and request.method == "POST"
                else super().wrap_formdata(form, formdata)
            )

        def get_translations(self, form: Any) -> VietnameseSentences:
            """One catalogue for all."""
            del form
            return VIETNAMESE

    def process(
        self,
        formdata: Any = None,
        obj: Any = None,
        data: Any = None,
        extra_filters: Any = None,
        **proposed: Any,
    ) -> None:
        """Fill the fields, and remember what stands; a form for something new has none."""
        super().process(formdata, obj, data, extra_filters, **proposed)
        self.differing: list[tuple[str, str, str]] = []
        self._standing = {
            name: field.object_data
            for name, field in self._fields.items()
            if name in (data or {}) or hasattr(obj, name)
        }
        self._mark_opened(is_new=obj is None and data is None)

    def _mark_opened(self, *, is_new: bool) -> None:
        """What stood when the form was opened goes with it, and comes back with what is sent."""
        if is_new:
            del self.opened
        elif self.opened.raw_data is None:
            self.opened.data = _mark(self._standing)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it may be written: what was typed is in order, and overwrites nothing unseen."""
        return super().validate(extra_validators) and not self._overwrites()

    def _overwrites(self) -> bool:
        """Whether somebody saved something else since the form was opened.

        It then says so, keeps in `differing` what the two differ in (label, as typed here, as it
        stands now), and starts
        from what stands now; nothing to tell where both say the same.
        """
        if not (self.opened and self.opened.raw_data) or self.opened.data == _mark(self._standing):
            return False
        self.opened.data, self.opened.raw_data = _mark(self._standing), None
        self.differing = self._differences()
        if self.differing:
            self.form_errors.append(
                "Người khác vừa sửa nội dung này. Hãy so hai bản ở dưới rồi lưu lại."
            )
        return bool(self.differing)

    def _differences(self) -> list[tuple[str, str, str]]:
        """Of each field that differs: its label, what was typed here, what stands now."""
        compared = (
            (field.label.text, _shown(field, field.data), _shown(field, self._standing[name]))
            for name, field in self._fields.items()
            if name in self._standing
        )
        return [(label, mine, theirs) for label, mine, theirs in compared if mine != theirs]

    @property
    def typed(self) -> dict[str, Any]:
        """Những gì đã gõ, by field, without what the form carries for itself."""
        return {
            name: value for name, value in self.data.items() if name not in {"csrf_token", "opened"}
        }

    def add_violation(self, violation: RuleViolation) -> None:
        """Gắn lời từ chối vào ô bị từ chối, or to the form."""
        field = self._fields.get(violation.field or "")
        if field is None:
            self.form_errors.append(str(violation))
        else:
            field.errors = [*field.errors, str(violation)]


def _mark(standing: Mapping[str, Any]) -> str:
    """Dấu của những gì đang được lưu: a number, so that nobody takes it for words."""
    values = [
        (
            name,
            sorted(map(str, value))
            if isinstance(value, Collection) and not isinstance(value, str)
            else str(value),
        )
        for name, value in sorted(standing.items())
    ]
    return str(int.from_bytes(sha256(repr(values).encode()).digest()[:8]))


def _shown(field: Field, value: Any) -> str:
    """A value as the form shows it."""
    if isinstance(field, SelectField):
        chosen = (
            {str(choice) for choice in value or ()}
            if isinstance(field, SelectMultipleField)
            else {str(value or "")}
        )
        choices: Any = field.choices or []
        return "; ".join(label for key, label in choices if str(key) in chosen)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(field, _Parsed):
        return field.show(value) if value or value == 0 else ""
    return "" if value is None else nfc(str(value)).strip()


class _Required(InputRequired):
    """Bắt buộc: white space alone is nothing."""

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse a field that is empty, or looks so."""
        sent = field.raw_data[0] if field.raw_data else ""
        if isinstance(sent, str) and not sent.strip():
            field.errors = []
            raise StopValidation(str(self.message))
        super().__call__(form, field)


def required(message: str = "Hãy điền ô này.") -> InputRequired:
    """Bắt buộc."""
    return _Required(message)


def at_most(length: int) -> Length:
    """Độ dài tối đa."""
    return Length(max=length, message=f"Nhiều nhất {format_decimal(Decimal(length))} ký tự.")


class LineField(StringField):
    """Một dòng chữ: NFC, white space folded; a line left out of what was sent is empty."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Normalise what was typed."""
        self.data = one_line(valuelist[0]) if valuelist else self.data or ""


class ProseField(TextAreaField):
    """Nhiều dòng chữ: NFC."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Normalise what was typed."""
        self.data = nfc(valuelist[0]).strip() if valuelist else self.data or ""


class _Parsed(StringField):
    """A field whose text is parsed; what was typed stays on screen."""

    data: Any

    def parse(self, text: str) -> Any:
        """Read the text; a RuleViolation is its error. Subclasses say how."""
        return text

    def show(self, value: Any) -> str:
        """Write the value."""
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse; an empty text is None."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = self.parse(valuelist[0])
            except RuleViolation as violation:
                raise ValueError(str(violation)) from violation


class NumberField(_Parsed):
    """Số kiểu Việt Nam, as Decimal or None."""

    def __init__(
        self,
        label: str,
        *,
        decimals: int = 4,
        minimum: Decimal | None = None,
        maximum: Decimal | None = None,
        **options: Any,
    ) -> None:
        """Bounds are part of the field."""
        super().__init__(label, **options)
        self.decimals, self.minimum, self.maximum = decimals, minimum, maximum

    def parse(self, text: str) -> Decimal:
        """Read strictly."""
        return parse_decimal(
            text, decimals=self.decimals, minimum=self.minimum, maximum=self.maximum
        )

    def show(self, value: Decimal | int) -> str:
        """Write as Vietnamese do."""
        return typed_decimal(Decimal(value))


class WholeField(_Parsed):
    """Số nguyên kiểu Việt Nam, as int or None; `outside` is said of one beyond the bounds."""

    def __init__(
        self, label: str, *, minimum: int, maximum: int, outside: str, **options: Any
    ) -> None:
        """Bounds are part of the field."""
        super().__init__(label, **options)
        self.minimum, self.maximum, self.outside = minimum, maximum, outside

    def parse(self, text: str) -> int:
        """Read strictly."""
        number = parse_decimal(text, decimals=0)
        if not self.minimum <= number <= self.maximum:
            refuse(self.outside)
        return int(number)

    def show(self, value: int) -> str:
        """Write as Vietnamese do."""
        return typed_decimal(Decimal(value))


class ShareField(_Parsed):
    """Tỷ lệ "70 %" hoặc "2/3", as two whole numbers or None."""

    def __init__(self, label: str, **options: Any) -> None:
        """A default is a share."""
        super().__init__(label, **options)

    def parse(self, text: str) -> Majority:
        """Read the share."""
        return parse_majority(text)

    def show(self, value: Majority) -> str:
        """Write the share."""
        return majority_text(*value)


class DayField(_Parsed):
    """Ngày dd/mm/yyyy, as date or None."""

    def parse(self, text: str) -> date:
        """Read the day."""
        return parse_date(text)

    def show(self, value: date) -> str:
        """Write the day."""
        return format_date(value)


class DaysField(_Parsed):
    """Các ngày dd/mm/yyyy, cách nhau bằng dấu phẩy, as ISO dates in order; none is empty."""

    def parse(self, text: str) -> list[str]:
        """Read the days."""
        return sorted(
            {parse_date(part).isoformat() for part in re.split(r"[,;\s]+", text.strip()) if part}
        )

    def show(self, value: list[str]) -> str:
        """Write the days."""
        return ", ".join(format_date(date.fromisoformat(day)) for day in value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse; an empty text is no day."""
        super().process_formdata(valuelist)
        self.data = self.data or []


class MomentField(_Parsed):
    """Giờ và ngày, as an aware moment or None."""

    def parse(self, text: str) -> datetime:
        """Read hour and day, in Vietnam."""
        return parse_moment(text)

    def show(self, value: datetime) -> str:
        """Write hour and day."""
        return format_moment(value)


def labelled(members: Iterable[Any]) -> list[tuple[str, str]]:
    """Lựa chọn từ một enum: (value, Vietnamese name)."""
    return [(member.value, member.label) for member in members]


def offered(prompt: str, choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Các lựa chọn sau lời mời: of several none is chosen by being first."""
    known = list(choices)
    return known if len(known) == 1 else [("", prompt), *known]


class EnumField(SelectField):
    """Chọn một thành viên của enum; data is the member."""

    def __init__(
        self, label: str, members: type[StrEnum], *, blank: str | None = None, **options: Any
    ) -> None:
        """With `blank` the empty choice means None."""
        self.members = members
        choices = ([("", blank)] if blank is not None else []) + labelled(members)
        super().__init__(label, choices=choices, coerce=self._coerce, **options)

    def _coerce(self, value: Any) -> Any:
        if value in {None, "", "None"}:
            return ""
        return self.members(value)


class RowField(SelectField):
    """Chọn một dòng theo mã số; the empty choice means None."""

    def __init__(self, label: str, **options: Any) -> None:
        """Choices arrive from the view: (id or "", name)."""
        super().__init__(label, coerce=str, **options)

    def process_data(self, value: Any) -> None:
        """Take the id as the choices write it."""
        self.data = "" if value is None else str(value)

    @property
    def chosen(self) -> int | None:
        """The id, or None."""
        return known_id(str(self.data or "")) or None


def same_as(other: str, message: str) -> Any:
    """Phải giống ô kia."""

    def check(form: Any, field: Field) -> None:
        if field.data != form[other].data:
            raise StopValidation(message)

    return check
