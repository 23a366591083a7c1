"""Đính chính: the words of a launched plan put right, with a reason; points and rules never."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from campaign.accounts.models import User
from campaign.core.errors import refuse
from campaign.core.numbers import format_decimal
from campaign.core.text import one_line
from campaign.extensions import db
from campaign.planning import actions
from campaign.planning.indicators.actions import save_allocations
from campaign.planning.models import Block, Campaign, PlanCorrection, Task
from campaign.planning.rules import Phase
from campaign.scheme import queries as tables
from campaign.scheme.models import Criterion, CriterionGroup, Indicator
from campaign.scheme.rules.terms import OwnerPart
from campaign.units.models import Unit

CORRECTABLE: dict[type[Any], tuple[str, ...]] = {
    Task: ("name", "guidance"),
    Criterion: ("name", "guidance"),
    CriterionGroup: ("name",),
    Indicator: ("name", "short_name", "source"),
    Block: ("name", "short_name"),
}
"""Lời văn sửa được sau phát động."""
_ROWS = {
    Task: "Nhiệm vụ",
    Criterion: "Tiêu chí",
    CriterionGroup: "Nhóm",
    Indicator: "Chỉ tiêu",
    Block: "Khối",
}
_NAMES = {
    "name": "tên",
    "short_name": "tên ngắn",
    "guidance": "hướng dẫn",
    "source": "nguồn giao chỉ tiêu",
    "title": "Tên phong trào",
    "occasion": "Dịp",
    "legal_basis": "Căn cứ pháp lý",
    "announcement": "Nội dung phát động",
}
TEXTS = ("title", "occasion", "legal_basis", "announcement")
"""Lời văn của chính phong trào."""


def correct(
    campaign: Campaign, row: Any, values: Mapping[str, Any], *, reason: str, by: User, at: datetime
) -> None:
    """Đính chính lời văn của một dòng; what gives points does not change."""
    _refuse_unless_running(campaign)
    changed = _changed(row, values, CORRECTABLE[type(row)])
    if not changed:
        refuse("Chưa có gì thay đổi so với bản đã phát động.")
    place = f"{_ROWS[type(row)]} “{row.name}”"
    for name, value in changed.items():
        subject = f"{place}: {_NAMES[name]}"
        _note(campaign, subject, getattr(row, name), value, reason=reason, by=by, at=at)
    actions.save_row(campaign, row, changed, frozen=False)
    campaign.version += 1


def note_texts(
    campaign: Campaign, values: Mapping[str, Any], *, reason: str, by: User, at: datetime
) -> None:
    """Ghi đính chính lời văn của phong trào, before they are changed."""
    for name, value in _changed(campaign, values, TEXTS).items():
        _note(campaign, _NAMES[name], getattr(campaign, name), value, reason=reason, by=by, at=at)


def correct_allocations(
    campaign: Campaign,
    indicator: Indicator,
    owners: Mapping[int, OwnerPart],
    targets: Mapping[int, Mapping[str, Decimal | None]],
    *,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Đính chính chỉ tiêu giao until reporting opens; afterwards only units that enrolled late are
    given theirs.
    """
    _refuse_unless_running(campaign)
    if campaign.phase.place >= Phase.MEETING.place:
        refuse("Đã đóng chấm điểm: chỉ tiêu giao không sửa được nữa.")
    before = _given(indicator.id)
    after = {
        unit_id: _told(owners.get(unit_id), targets.get(unit_id, {}))
        for unit_id in {*owners, *targets}
    }
    changed = [key for key in {*before, *after} if before.get(key, "") != after.get(key, "")]
    if not changed:
        refuse("Chưa có gì thay đổi so với bản đã phát động.")
    if campaign.phase is not Phase.LAUNCHED:
        _refuse_moved_goals(before, changed)
    for unit in db.session.scalars(
        select(Unit).where(Unit.id.in_(changed)).order_by(Unit.sort_key, Unit.id)
    ):
        _note(
            campaign,
            f"Chỉ tiêu giao “{indicator.name}”: {unit.name}",
            before.get(unit.id, ""),
            after.get(unit.id, ""),
            reason=reason,
            by=by,
            at=at,
        )
    save_allocations(campaign, indicator, owners, targets, frozen=False)
    campaign.version += 1


def _refuse_moved_goals(before: Mapping[int, str], changed: Sequence[int]) -> None:
    """Đã mở báo cáo: what units were given stands, and who has to report stays who it was."""
    if any(before.get(unit_id) for unit_id in changed):
        refuse(
            "Đã mở báo cáo: chỉ tiêu đã giao không sửa được nữa; chỉ giao thêm được cho đơn vị "
            "chưa được giao."
        )
    if not any(before.values()):
        refuse(
            "Đã mở báo cáo và chỉ tiêu này mọi đơn vị cùng báo: giao riêng bây giờ thì các đơn vị "
            "khác không còn được tính."
        )


def _refuse_unless_running(campaign: Campaign) -> None:
    actions.hold(campaign)
    if campaign.is_correcting:
        refuse("Kế hoạch đang được đính chính: hãy sửa thẳng trong kế hoạch.")
    if not campaign.is_frozen:
        refuse("Phong trào chưa phát động: hãy sửa thẳng trong kế hoạch.")
    if campaign.phase is Phase.PUBLISHED:
        refuse("Phong trào đã công bố kết quả: kế hoạch không đính chính được nữa.")


def note_awards(
    campaign: Campaign,
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Ghi đính chính hình thức và chỉ tiêu khen thưởng: by name, where the words differ."""
    for name in {**before, **after}:
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            subject = f"Hình thức khen thưởng “{name}”"
            _note(campaign, subject, was, now, reason=reason, by=by, at=at)
            campaign.version += 1


def _changed(row: Any, values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: values[name]
        for name in names
        if name in values and values[name] != getattr(row, name)
    }


def _note(
    campaign: Campaign,
    subject: str,
    before: str,
    after: str,
    *,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    text = one_line(reason)
    if not text:
        refuse("Phong trào đã phát động: hãy ghi lý do đính chính.", "reason")
    db.session.add(
        PlanCorrection(
            campaign_id=campaign.id,
            subject=subject,
            before=before,
            after=after,
            reason=text,
            at=at,
            by_id=by.id,
        )
    )


def _given(indicator_id: int) -> dict[int, str]:
    """Chỉ tiêu đang giao, by unit, in words."""
    owners, held = tables.owners_of(indicator_id), tables.allocations_of(indicator_id)
    return {
        unit_id: _told(owners.get(unit_id), _values(held.get(unit_id)))
        for unit_id in {*owners, *held}
    }


def _values(row: Any) -> dict[str, Decimal | None]:
    return (
        {name: getattr(row, name) for name in ("target", "growth_target", "previous_year_value")}
        if row
        else {}
    )


def _told(part: OwnerPart | None, values: Mapping[str, Decimal | None]) -> str:
    """Một dòng giao bằng lời: part, target, growth, last year."""
    words = [part.label] if part else []
    for name, word in (
        ("target", "mục tiêu"),
        ("growth_target", "tăng (%)"),
        ("previous_year_value", "năm trước"),
    ):
        if (value := values.get(name)) is not None:
            words.append(f"{word} {format_decimal(value)}")
    return "; ".join(words)
