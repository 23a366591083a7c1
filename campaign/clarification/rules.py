"""Giải trình sau thẩm định: the state of a round, and the sentences that tell of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from campaign.core.dates import format_date
from campaign.core.labelled import Labelled
from campaign.core.numbers import format_points
from campaign.core.text import one_line
from campaign.scheme.rules.rescaling import rescaled


class Outcome(Labelled):
    """Kết luận thẩm định lần hai về một ý kiến giải trình."""

    AGREED = "agreed", "đồng ý với giải trình"
    KEPT = "kept", "không đồng ý, giữ kết quả lần một"


class Stage(Labelled):
    """Trạng thái đợt giải trình của một đơn vị."""

    UNOPENED = "unopened", "chưa mở giải trình"
    ANSWERING = "answering", "đơn vị đang xem kết quả"
    SETTLING = "settling", "chờ thẩm định lần hai"
    ACCEPTED = "accepted", "đơn vị chấp nhận"
    SILENT = "silent", "hết hạn không có ý kiến, coi như chấp nhận"
    SETTLED = "settled", "đã thẩm định lần hai"

    @property
    def is_over(self) -> bool:
        """Đã xong giải trình: only now the unit is marked."""
        return self in {Stage.ACCEPTED, Stage.SILENT, Stage.SETTLED}

    @property
    def tone(self) -> str:
        """Màu của trạng thái."""
        return "ok" if self.is_over else "neutral" if self is Stage.UNOPENED else "warn"


def last_day(opened_on: date, days: int) -> date:
    """Ngày cuối được giải trình: so many days after the day on which the round was opened."""
    return opened_on + timedelta(days=days)


def stage(*, due_on: date, answers: int, has_replied: bool, is_closed: bool, today: date) -> Stage:
    """Trạng thái của đợt: the unit has until the end of `due_on`, unless it replies earlier; what
    it answered is settled by the second verification, and silence is acceptance.
    """
    if is_closed:
        return Stage.SETTLED
    if not has_replied and today <= due_on:
        return Stage.ANSWERING
    if answers:
        return Stage.SETTLING
    return Stage.ACCEPTED if has_replied else Stage.SILENT


def is_first(
    typed: Decimal,
    value: Decimal | None,
    points: Decimal | None,
    scales: tuple[Decimal, Decimal],
    places: int,
) -> bool:
    """Số vừa nhập bằng số lần một: the number or the points that were given; points that were
    worked out stand on the unit's own maximum, while those of the plan are typed.
    """
    return typed == value if value is not None else rescaled(typed, *scales, places) == points


@dataclass(frozen=True)
class Told:
    """Ý kiến giải trình về một tiêu chí, with both verifications, as it is told to readers."""

    first_points: Decimal | None
    first_facts: str
    answer: str
    files: int
    outcome: Outcome | None
    second_points: Decimal | None
    second_facts: str
    sentence: str
    places: int
    """Số chữ số thập phân của điểm."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Ba câu: first verification, the unit's answer, second verification."""
        evidence = f" (kèm {self.files} minh chứng)" if self.files else ""
        second = (
            f"Thẩm định lần hai: {_result(self.second_points, self.second_facts, self.places)}; "
            f"{self.outcome.label}: {self.sentence.rstrip('.')}"
            if self.outcome
            else "Chưa thẩm định lần hai"
        )
        return (
            f"Thẩm định lần một: {_result(self.first_points, self.first_facts, self.places)}",
            f"Đơn vị giải trình: {one_line(self.answer).rstrip('.')}{evidence}",
            second,
        )


def _result(points: Decimal | None, facts: str, places: int) -> str:
    counted = "chưa có điểm" if points is None else f"{format_points(points, places)} điểm"
    return f"{counted} ({facts})" if facts else counted


def over_words(at: Stage, due_on: date) -> str:
    """Đợt giải trình kết thúc ra sao, in a sentence."""
    match at:
        case Stage.ACCEPTED:
            return "Đơn vị chấp nhận kết quả thẩm định."
        case Stage.SILENT:
            return (
                f"Đến hết ngày {format_date(due_on)} đơn vị không có ý kiến, coi như chấp nhận "
                "kết quả thẩm định."
            )
        case Stage.SETTLED:
            return "Đơn vị đã giải trình; kết quả thẩm định lần hai là kết quả cuối cùng."
        case Stage.UNOPENED:
            return "Chưa mở giải trình."
        case _:
            return "Chưa xong giải trình."
