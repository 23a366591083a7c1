"""Chữ người dùng gửi: what forms, cells and searches send is made one where it comes in."""

from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict

from campaign.core.text import nfc
from campaign.web.bodies import is_own

AS_TYPED = "password"
"""Mật khẩu is taken letter by letter, as it was when it was set."""
PASTED = "lines"
"""Danh sách dán vào: tabs part its cells, and letters of an old font are told by what is not seen;
its field makes it one, cell by cell.
"""


class TypedText(ImmutableMultiDict[str, Any]):
    """Chữ đã chuẩn hoá, by field: letters that look alike or are not seen differ no longer."""

    def __init__(self, pairs: Any = None) -> None:
        """Take what was sent, in its order; files come through as they are."""
        sent = ImmutableMultiDict(pairs or ())
        super().__init__([(name, _clean(name, value)) for name, value in sent.items(multi=True)])


def _clean(name: str, value: Any) -> Any:
    is_kept = name == PASTED or name.endswith(AS_TYPED)
    return nfc(value) if isinstance(value, str) and not is_kept else value


class TypedRequest(Request):
    """Yêu cầu whose form and query hold normalised text."""

    parameter_storage_class = TypedText

    @property
    def want_form_data_parsed(self) -> bool:
        """Not where the view reads the body itself."""
        return super().want_form_data_parsed and not is_own(self.endpoint)


def init_app(app: Flask) -> None:
    """Read every request that way."""
    app.request_class = TypedRequest
