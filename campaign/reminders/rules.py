"""Nhắc báo cáo: on which day which step is due, whom it reaches, and what it says; pure."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from campaign.core.dates import format_date
from campaign.core.labelled import Labelled
from campaign.core.listing import first_few
from campaign.core.permissions import Role
from campaign.notices.rules import is_day_off
from campaign.reporting.rules import Dates, ReportState

DAY = timedelta(days=1)


class Step(Labelled):
    """Bước nhắc một báo cáo."""

    SEVEN_DAYS = "seven_days", "trước 7 ngày"
    THREE_DAYS = "three_days", "trước 3 ngày"
    ONE_DAY = "one_day", "trước 1 ngày"
    LAST_DAY = "last_day", "ngày cuối"
    TO_OFFICER = "to_officer", "quá hạn, nhắc cán bộ"
    TO_HEAD = "to_head", "quá hạn, nhắc thủ trưởng"
    TO_SECRETARIAT = "to_secretariat", "quá hạn, báo Thường trực"
    BY_HAND = "by_hand", "Thường trực nhắc"


BEFORE = {Step.LAST_DAY: 0, Step.ONE_DAY: 1, Step.THREE_DAYS: 3, Step.SEVEN_DAYS: 7}
"""Nhắc trước hạn bao nhiêu ngày, the nearest first."""
ESCALATION = (Step.TO_OFFICER, Step.TO_HEAD, Step.TO_SECRETARIAT)
"""Chuyển lên từng cấp khi chậm, one on a working day, and then no more."""


class Done(NamedTuple):
    """Một bước đã nhắc: when, and who was told, by name."""

    on: date
    told: str


def next_working_day(day: date, days_off: Collection[date]) -> date:
    """Ngày làm việc tiếp theo."""
    following = day + DAY
    while is_day_off(following, days_off):
        following += DAY
    return following


def step_due(
    today: date, due_on: date, done: Mapping[Step, Done], days_off: Collection[date]
) -> Step | None:
    """Bước phải nhắc hôm nay: none on a day off; what falls on days off goes on the working day
    before them; a night that was missed is caught up with the one step that holds today.
    """
    if is_day_off(today, days_off):
        return None
    if today > due_on:
        return _escalated(today, done)
    left = (due_on - next_working_day(today, days_off) + DAY).days
    step = next((step for step, days in BEFORE.items() if left <= days), None)
    return None if step in done else step


def _escalated(today: date, done: Mapping[Step, Done]) -> Step | None:
    """Cấp tiếp theo: the first not told yet, if no step was told today."""
    if any(done[step].on >= today for step in ESCALATION if step in done):
        return None
    return next((step for step in ESCALATION if step not in done), None)


def roles_told(step: Step, state: ReportState | None) -> tuple[Role, ...]:
    """Nhắc ai trong đơn vị: who writes it, or who signs it where it waits for that; on the last
    day and by hand both; the secretariat hears of it in what it gets once a day.
    """
    if step is Step.TO_SECRETARIAT:
        return ()
    if step in {Step.LAST_DAY, Step.BY_HAND}:
        return (Role.UNIT_OFFICER, Role.UNIT_HEAD)
    if step is Step.TO_HEAD or state is ReportState.AWAITING_SIGNATURE:
        return (Role.UNIT_HEAD,)
    return (Role.UNIT_OFFICER,)


def title_of(subject: str, due_on: date, today: date) -> str:
    """Câu nhắc về một báo cáo (“Kỳ 1 – Phòng Một”), as it stands today."""
    days = (due_on - today).days
    if days < 0:
        return f"Báo cáo quá hạn {-days} ngày: {subject}"
    return f"Còn {days} ngày nộp báo cáo: {subject}" if days else f"Hạn hôm nay: báo cáo {subject}"


_STATES = {
    None: "Đơn vị chưa bắt đầu báo cáo.",
    ReportState.DRAFT: "Báo cáo đang soạn, chưa trình ký.",
    ReportState.AWAITING_SIGNATURE: "Báo cáo chờ thủ trưởng ký nộp.",
    ReportState.RETURNED: "Báo cáo bị trả lại, chưa nộp lại.",
}


def reason_of(
    state: ReportState | None, dates: Dates, done: Mapping[Step, Done], today: date
) -> str:
    """Vì sao nhắc: how far the report is, who was told before, and what may still be done."""
    words = [_STATES[state]]
    if told := told_before(done):
        words.append(f"{told[0].upper()}{told[1:]}.")
    if today > dates.locks_on:
        words.append(
            f"Đã đóng nhận báo cáo sau {format_date(dates.locks_on)}; muốn nộp, hãy xin gia hạn."
        )
    return " ".join(words)


_WHOM = {Step.TO_OFFICER: "cán bộ", Step.TO_HEAD: "thủ trưởng"}


def told_before(done: Mapping[Step, Done]) -> str:
    """Đã nhắc những ai khi chậm, step by step; empty where nobody was."""
    return ", ".join(
        f"đã nhắc {whom} {done[step].told} ngày {format_date(done[step].on)}"
        if done[step].told
        else f"đơn vị không có {whom} để nhắc"
        for step, whom in _WHOM.items()
        if step in done
    )


class Told(NamedTuple):
    """Một báo cáo trong tổng hợp: its unit and its period."""

    unit: str
    period: str


MOST_NAMES = 30
"""Nêu tên nhiều nhất bao nhiêu đơn vị, of one kind and period."""


def named(rows: Collection[Told]) -> str:
    """Tên các đơn vị theo kỳ: “Kỳ 1: Sở A, Sở B; Kỳ 2: Sở A”."""
    units_of: dict[str, list[str]] = {}
    for row in rows:
        units_of.setdefault(row.period, []).append(row.unit)
    return "; ".join(
        f"{period}: {first_few(units, MOST_NAMES, 'đơn vị khác')}"
        for period, units in units_of.items()
    )


class Digest(NamedTuple):
    """Tổng hợp trong ngày: what is late, what was passed on today, what waits."""

    late: Collection[Told] = ()
    passed_on: Collection[str] = ()
    waiting: Collection[Told] = ()
    wishes: Collection[Told] = ()

    @property
    def title(self) -> str:
        """Bao nhiêu việc mỗi loại."""
        counts = {
            "báo cáo chậm": self.late,
            "báo cáo chờ thẩm định": self.waiting,
            "đề nghị gia hạn": self.wishes,
        }
        return ", ".join(f"{len(rows)} {words}" for words, rows in counts.items() if rows)

    @property
    def reason(self) -> str:
        """Những việc ấy, with names; empty where there is nothing to say."""
        parts = {
            "Xin gia hạn": named(self.wishes),
            "Chuyển Thường trực xử lý": "; ".join(self.passed_on),
            "Chậm": named(self.late),
            "Chờ thẩm định": named(self.waiting),
        }
        return " ".join(f"{words} – {text}." for words, text in parts.items() if text)
