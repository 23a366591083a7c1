"""Nối tiếp của đơn vị: which step is possible on which day, and whose history a unit carries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.core.dates import format_date
from campaign.core.errors import refuse
from campaign.core.labelled import Labelled
from campaign.units.rules import absence

_DAY = timedelta(days=1)


class SuccessionKind(Labelled):
    """Cách nối tiếp: how a unit passed into another, or that nothing came after it."""

    MERGED = "merged", "Sáp nhập, hợp nhất"
    SPLIT = "split", "Chia, tách"
    RENAMED = "renamed", "Đổi tên"
    ENDED = "ended", "Chấm dứt hoạt động"

    @property
    def before(self) -> str:
        """Nhãn của những năm thuộc về đơn vị cũ: "trước khi sáp nhập"."""
        return {
            SuccessionKind.MERGED: "trước khi sáp nhập",
            SuccessionKind.SPLIT: "trước khi chia, tách",
            SuccessionKind.RENAMED: "trước khi đổi tên",
            SuccessionKind.ENDED: "trước khi chấm dứt hoạt động",
        }[self]

    @property
    def ends(self) -> bool:
        """Đơn vị cũ thôi hoạt động; one that is split may go on beside the new ones."""
        return self is not SuccessionKind.SPLIT


@dataclass(frozen=True, slots=True)
class Step:
    """Một lần nối tiếp: from the old unit to the new one, from a day on."""

    predecessor_id: int
    successor_id: int | None
    kind: SuccessionKind
    effective_on: date


@dataclass(frozen=True, slots=True)
class Forebear:
    """Một đơn vị cũ whose history, until a day, is carried by a later one."""

    unit_id: int
    until: date
    kind: SuccessionKind


@dataclass(frozen=True, slots=True)
class Standing:
    """Một đơn vị với những ngày hoạt động, as a refusal names it."""

    name: str
    valid_from: date | None
    valid_to: date | None


def forebears(steps: Sequence[Step], unit_id: int) -> tuple[Forebear, ...]:
    """Các đơn vị cũ của một đơn vị, nearest first; each only until the earliest day on the way.

    One that is reached by two ways is carried until the later of the two days.
    """
    carried: dict[int, Forebear] = {}
    queue: list[tuple[int, date]] = [(unit_id, date.max)]
    while queue:
        later, limit = queue.pop(0)
        for step in steps:
            if step.successor_id != later:
                continue
            until = min(limit, step.effective_on)
            known = carried.get(step.predecessor_id)
            if known is None or known.until < until:
                carried[step.predecessor_id] = Forebear(step.predecessor_id, until, step.kind)
                queue.append((step.predecessor_id, until))
    return tuple(carried.values())


def refuse_step(step: Step, others: Sequence[Step], old: Standing, new: Standing | None) -> None:
    """Từ chối một lần nối tiếp that cannot be: a circle, two ends, a day on which there is none."""
    if step.kind is SuccessionKind.ENDED:
        if step.successor_id is not None:
            refuse(
                "Đơn vị chấm dứt hoạt động thì không có đơn vị mới; hãy bỏ trống.", "successor_id"
            )
    elif new is None or step.successor_id is None:
        refuse("Hãy chọn đơn vị mới.", "successor_id")
    else:
        _refuse_successor(step, others, old, new)
    own = [other for other in others if other.predecessor_id == step.predecessor_id]
    _refuse_second_end(step, own, old)
    _refuse_day(step, old)


def _refuse_successor(step: Step, others: Sequence[Step], old: Standing, new: Standing) -> None:
    if step.successor_id == step.predecessor_id:
        refuse("Đơn vị mới phải là một đơn vị khác.", "successor_id")
    if step.successor_id in {row.unit_id for row in forebears(others, step.predecessor_id)}:
        refuse(
            f"{new.name} là đơn vị cũ của {old.name}, không thể nối tiếp đơn vị ấy.", "successor_id"
        )
    if any(
        (other.predecessor_id, other.successor_id) == (step.predecessor_id, step.successor_id)
        for other in others
    ):
        refuse(f"Đã ghi {new.name} nối tiếp {old.name}.", "successor_id")
    why = absence(step.effective_on, new.valid_from, new.valid_to)
    if why:
        refuse(f"Ngày này chưa có hoặc không còn {new.name}: {why}.", "effective_on")


def _refuse_second_end(step: Step, own: Collection[Step], old: Standing) -> None:
    """A unit ends once, and what was split from it was split before."""
    for other in own:
        if step.kind.ends and other.kind.ends:
            refuse(
                f"Đã ghi {old.name} “{other.kind.label.lower()}” "
                f"từ ngày {format_date(other.effective_on)}.",
                "kind",
            )
        last, first = (step, other) if step.kind.ends else (other, step)
        if last.kind.ends and last.effective_on < first.effective_on:
            refuse(
                f"{old.name} thôi hoạt động từ ngày {format_date(last.effective_on)}, "
                "nên chỉ chia, tách được trước ngày ấy.",
                "effective_on",
            )


def _refuse_day(step: Step, old: Standing) -> None:
    eve = step.effective_on - _DAY
    if old.valid_from is not None and eve < old.valid_from:
        refuse(f"{old.name} đến ngày {format_date(old.valid_from)} mới thành lập.", "effective_on")
    if old.valid_to is None:
        return
    if eve > old.valid_to or (step.kind.ends and eve != old.valid_to):
        refuse(
            f"{old.name} hoạt động đến hết ngày {format_date(old.valid_to)}, "
            f"nên ngày nối tiếp là {format_date(old.valid_to + _DAY)}.",
            "effective_on",
        )


def last_day(steps: Sequence[Step], unit_id: int) -> date | None:
    """Ngày hoạt động cuối cùng as the step that ended the unit says; None where none did."""
    ended = [row for row in steps if row.predecessor_id == unit_id and row.kind.ends]
    return ended[0].effective_on - _DAY if ended else None


def refuse_other_days(
    steps: Sequence[Step], unit_id: int, valid_from: date | None, valid_to: date | None
) -> None:
    """Hiệu lực của đơn vị must fit what is written of what it became, and of what it came from."""
    last = last_day(steps, unit_id)
    if last is not None and valid_to != last:
        refuse(
            f"Đã ghi đơn vị thôi hoạt động sau ngày {format_date(last)}; "
            "hãy sửa ở mục “Đơn vị cũ và đơn vị mới”.",
            "valid_to",
        )
    begun = [row.effective_on for row in steps if row.successor_id == unit_id]
    if begun and valid_from is not None and valid_from > min(begun):
        refuse(
            f"Đơn vị đã nối tiếp đơn vị khác từ ngày {format_date(min(begun))}, "
            "nên phải có từ ngày ấy.",
            "valid_from",
        )
