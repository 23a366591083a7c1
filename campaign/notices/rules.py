"""Nhắc việc: what is told, what of it binds, when mail may go, and what follows a failure; pure."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from campaign.core.dates import FIXED_HOLIDAYS, local
from campaign.core.labelled import Labelled

SATURDAY = 5
MORNING, EVENING = time(7), time(19)
"""Giờ được gửi thư, in Vietnam: not at night."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""Chờ bao lâu sau mỗi lần máy chủ thư chưa nhận, growing; after the last it is given up."""
CLAIM = timedelta(minutes=15)
"""Một thư đang gửi lâu hơn thế này: the one that sent it was killed, and nobody knows how far."""


class NoticeKind(Labelled):
    """Loại nhắc việc."""

    LAUNCHED = "launched", "Phát động phong trào"
    ENROLLED = "enrolled", "Xác nhận đăng ký"
    REPORT_DUE = "report_due", "Báo cáo đến hạn"
    REPORT_LATE = "report_late", "Báo cáo chậm"
    EXTENSION = "extension", "Gia hạn báo cáo"
    REPORT_RETURNED = "report_returned", "Báo cáo bị trả lại"
    VERIFIED = "verified", "Thẩm định xong"
    CLARIFICATION = "clarification", "Đề nghị giải trình"
    SHEET_OPEN = "sheet_open", "Mở chấm điểm"
    MEETING_CALLED = "meeting_called", "Mời họp Hội đồng, dời hoặc huỷ họp"
    MINUTES = "minutes", "Xác nhận biên bản"
    AWARD_NOTICE = "award_notice", "Lấy ý kiến về khen thưởng"
    OBJECTION_ANSWERED = "objection_answered", "Trả lời ý kiến"
    DECISION = "decision", "Quyết định khen thưởng"
    ROLE = "role", "Vai trò được giao"
    LINK = "link", "Liên kết đặt mật khẩu"
    DIGEST = "digest", "Tổng hợp trong ngày"
    MODEL = "model", "Điển hình tiên tiến"
    DIRECTIVE = "directive", "Văn bản cần quán triệt"


BINDING = frozenset(
    {
        NoticeKind.DECISION,
        NoticeKind.LINK,
        NoticeKind.MEETING_CALLED,
        NoticeKind.REPORT_RETURNED,
    }
)
"""Nhắc việc bắt buộc gửi thư: a person cannot choose to be told of these on the page alone."""


class MailChoice(Labelled):
    """Cách nhận thư của một người."""

    AT_ONCE = "at_once", "gửi ngay"
    DAILY = "daily", "mỗi ngày một thư"
    NONE = "none", "không gửi thư"


class MailState(Labelled):
    """Trạng thái của thư."""

    WAITING = "waiting", "chờ gửi"
    SENDING = "sending", "đang gửi"
    SENT = "sent", "đã gửi"
    FAILED = "failed", "không gửi được"
    DROPPED = "dropped", "không còn cần gửi"


class Outcome(Labelled):
    """Kết quả một lần gửi."""

    SENT = "sent", "máy chủ thư đã nhận"
    LATER = "later", "máy chủ thư chưa nhận"
    REFUSED = "refused", "máy chủ thư từ chối"
    UNKNOWN = "unknown", "không rõ máy chủ thư đã nhận chưa"


def is_hour_of_mail(moment: datetime) -> bool:
    """Giờ được gửi thư."""
    return MORNING <= local(moment).time() < EVENING


def is_day_off(day: date, days_off: Collection[date]) -> bool:
    """Ngày nghỉ: a week-end, a holiday of a fixed day, or a day of the office's list."""
    return day.weekday() >= SATURDAY or (day.month, day.day) in FIXED_HOLIDAYS or day in days_off


def goes_now(
    kind: NoticeKind,
    choice: MailChoice,
    *,
    now: datetime,
    days_off: Collection[date],
    mailed_today: bool,
) -> bool:
    """Gửi thư lúc này: never at night; what binds at any day, the rest on working days and as the
    person chose: at once, or, once a day, together.
    """
    if not is_hour_of_mail(now):
        return False
    if kind in BINDING:
        return True
    if choice is MailChoice.NONE or is_day_off(local(now).date(), days_off):
        return False
    return choice is MailChoice.AT_ONCE or not mailed_today


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Lần gửi lại sau `attempts` lần chưa được; none where it is given up."""
    return now + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def reports_key(participation_id: int) -> str:
    """Mọi nhắc việc về các báo cáo của một đơn vị tham gia."""
    return f"report:{participation_id}:"


def report_key(participation_id: int, period_id: int) -> str:
    """Mọi nhắc việc về một báo cáo bắt đầu như vậy: so all of them can be withdrawn at once."""
    return f"{reports_key(participation_id)}{period_id}:"


def feed_hash(token: str) -> str:
    """Mã băm của địa chỉ lịch riêng: what is kept of it."""
    return sha256(token.encode()).hexdigest()


def subject_words(titles: Collection[str]) -> str:
    """Tiêu đề thư: what the one notice says, or how many there are."""
    if len(titles) == 1:
        return next(iter(titles))
    return f"{len(titles)} việc cần biết"
