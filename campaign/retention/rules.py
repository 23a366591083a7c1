"""Thời hạn lưu: kinds of data, how long each is kept as shipped, and from when on it is due; pure.

How many months a law or an office demands nobody has checked for what is shipped here: each rule
says so until somebody has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from campaign.core.dates import VIETNAM, moved_by_months
from campaign.core.labelled import Labelled

MOST_MONTHS = 1200


class Kind(Labelled):
    """Loại dữ liệu có thời hạn lưu."""

    READINGS = "readings", "Lượt đọc hồ sơ của cá nhân"
    MAIL = "mail", "Địa chỉ và nội dung của thư đã gửi"
    LINKS = "links", "Liên kết dùng một lần đã hết hạn"
    KEYS = "keys", "Khoá giao diện dữ liệu đã thu hồi hoặc hết hạn"
    ACCOUNTS = "accounts", "Thư điện tử và chức vụ của tài khoản đã khoá"
    NOMINEES = "nominees", "Nội dung đề nghị không được đề xuất, sau khi công bố kết quả"


@dataclass(frozen=True)
class Term:
    """Quy tắc lưu một loại dữ liệu: months, none for as long as the system stands, and by what."""

    kind: Kind
    months: int | None
    basis: str
    is_checked: bool = False

    @property
    def is_doubted(self) -> bool:
        """Chưa ai đối chiếu: what was shipped; a term that the office gave its own basis is its."""
        return not self.is_checked and self.basis == SHIPPED[self.kind].basis

    @property
    def words(self) -> str:
        """Giữ bao lâu, in words."""
        return "không tự xoá" if self.months is None else f"{self.months} tháng"


_LAW = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15: chỉ lưu trong thời hạn cần cho mục đích"
SHIPPED: Mapping[Kind, Term] = {
    term.kind: term
    for term in (
        Term(Kind.READINGS, 24, _LAW),
        Term(Kind.MAIL, 12, _LAW),
        Term(Kind.LINKS, 1, "Liên kết hết hạn không mở được gì"),
        Term(Kind.KEYS, 24, "Khoá hết hạn không mở được gì; Nhật ký giữ việc cấp và thu hồi"),
        Term(Kind.ACCOUNTS, 24, _LAW),
        Term(Kind.NOMINEES, 60, _LAW),
    )
}
"""Đề xuất ban đầu, in force until the office writes its own."""


def due_before(today: date, months: int) -> datetime:
    """Đến hạn: what is older than this moment, the beginning of a day in Vietnam."""
    day = moved_by_months(today, -months)
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)
