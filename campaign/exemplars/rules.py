"""Điển hình tiên tiến: the four steps, the facts each rests on, and who sees what; pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from campaign.core.dates import format_date
from campaign.core.labelled import Labelled


class Step(Labelled):
    """Bước: Phát hiện – Bồi dưỡng – Tổng kết – Nhân rộng."""

    FOUND = "found", "Phát hiện"
    HELPED = "helped", "Bồi dưỡng"
    SUMMED_UP = "summed_up", "Tổng kết"
    FOLLOWED = "followed", "Nhân rộng"


class Subject(Labelled):
    """Loại điển hình."""

    COLLECTIVE = "collective", "tập thể"
    PERSON = "person", "cá nhân"
    HOUSEHOLD = "household", "hộ gia đình"


class Standing(Labelled):
    """Vị trí của cá nhân: who leads is told apart from who does the work."""

    LEADER = "leader", "lãnh đạo, quản lý"
    WORKER = "worker", "trực tiếp lao động"


class State(Labelled):
    """Trạng thái đăng ký: proposed by a unit, then decided by the Standing Committee."""

    PROPOSED = "proposed", "chờ quyết định"
    REGISTERED = "registered", "đã đăng ký"
    DECLINED = "declined", "không đăng ký"


class Fact(NamedTuple):
    """Điều một bước dựa vào: its field, and what it is called."""

    field: str
    name: str


FACTS: Mapping[Step, tuple[Fact, ...]] = {
    Step.FOUND: (
        Fact("name", "tên điển hình"),
        Fact("reason", "lý do, thành tích"),
        Fact("found_by", "ai phát hiện"),
    ),
    Step.HELPED: (
        Fact("helper", "ai theo dõi, bồi dưỡng"),
        Fact("measures", "biện pháp bồi dưỡng"),
        Fact("help_until", "thời hạn bồi dưỡng"),
    ),
    Step.SUMMED_UP: (
        Fact("result", "kết quả đạt được"),
        Fact("summary", "nội dung tổng kết"),
    ),
    Step.FOLLOWED: (Fact("spread", "cách nhân rộng, nơi học theo"),),
}
STILL = timedelta(days=30)
"""Không có chuyển động lâu thế này thì nhắc Thường trực."""


def _place(step: Step) -> int:
    return list(Step).index(step)


def next_step(step: Step) -> Step | None:
    """Bước kế tiếp; None after the last."""
    return next(iter(list(Step)[_place(step) + 1 :]), None)


def earlier_steps(step: Step) -> list[Step]:
    """Các bước đã qua, to which one may go back."""
    return list(Step)[: _place(step)]


def is_back(before: Step, after: Step) -> bool:
    """Quay lại bước trước."""
    return _place(after) < _place(before)


class Stop(NamedTuple):
    """Một bước trên đường của điển hình, as the strip of steps draws it."""

    label: str
    note: str
    state: str


def path(here: Step, reached: Mapping[Step, date]) -> list[Stop]:
    """Bốn bước, and on which day the example came to each that it has reached."""
    return [_stop(step, here, reached.get(step)) for step in Step]


def _stop(step: Step, here: Step, day: date | None) -> Stop:
    if _place(step) > _place(here):
        return Stop(step.label, "chưa đến", "todo")
    said = f"từ {format_date(day)}" if day else ""
    return Stop(step.label, said, "current" if step is here else "done")


def missing(step: Step, values: Mapping[str, Any]) -> list[Fact]:
    """Những điều còn thiếu để đứng ở bước này: of it and of all steps before."""
    return [
        fact for at in (*earlier_steps(step), step) for fact in FACTS[at] if not values[fact.field]
    ]


def no_move(state: State, before: Step, after: Step, reason: str, lacks: list[Fact]) -> str:
    """Vì sao không chuyển bước được; empty where one may: forward step by step with the facts of
    the next, back to any with a reason.
    """
    if state is not State.REGISTERED:
        return "Điển hình chưa được đăng ký nên chưa chuyển bước được."
    if after is before:
        return f"Điển hình đang ở bước {before.label} rồi."
    if is_back(before, after):
        return "" if reason else "Hãy ghi lý do quay lại bước trước."
    if after is not next_step(before):
        return f"Bước kế tiếp của {before.label} không phải {after.label}."
    if lacks:
        names = "; ".join(fact.name for fact in lacks)
        return f"Chưa chuyển sang {after.label} được, còn thiếu: {names}."
    return ""


def reached_on(
    step: Step, registered_on: date, moves: Iterable[tuple[Step, Step, date]]
) -> date | None:
    """Ngày đến bước này, the last time it was reached (moves: from, to, on); none where the moves
    do not tell.
    """
    if step is Step.FOUND:
        return registered_on
    days = [on for before, after, on in moves if _place(before) < _place(step) <= _place(after)]
    return max(days, default=None)


def is_still(state: State, step: Step, uses: int, moved_on: date, today: date) -> bool:
    """Không chuyển động từ 30 ngày trở lên; one that units follow has arrived."""
    has_arrived = step is Step.FOLLOWED and uses > 0
    return state is State.REGISTERED and not has_arrived and today - moved_on >= STILL


def still_keys(exemplar_id: int | None = None) -> str:
    """Lời nhắc về điển hình chưa chuyển động bắt đầu thế này: of all of them, or of one."""
    return "model-still:" if exemplar_id is None else f"model-still:{exemplar_id}:"


def still_key(exemplar_id: int, moved_on: date, today: date) -> str:
    """Lời nhắc về một điển hình: another one with every 30 days since it moved."""
    return f"{still_keys(exemplar_id)}{moved_on}:{(today - moved_on) // STILL}"


def followed_words(uses: int, units: int) -> str:
    """Bao nhiêu đơn vị xác nhận đã áp dụng: "3 trong 10 đơn vị đã áp dụng"."""
    return f"{uses} trong {units} đơn vị đã áp dụng"
