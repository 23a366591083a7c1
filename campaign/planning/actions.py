"""Phát động: writing a plan; what the launch froze is refused here, whatever the page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.inspection import inspect

from campaign.core.errors import RuleViolation
from campaign.extensions import db
from campaign.planning.models import Band, Block, Campaign, ReportingPeriod, Task
from campaign.planning.queries import scheme_of
from campaign.planning.rules import DEFAULT_TIE_BREAKS, Phase, TieBreak
from campaign.planning.ties import TieStep, is_missing, renamed_chain
from campaign.scheme.measure_units import MEASURE_UNITS
from campaign.scheme.models import (
    Allocation,
    Criterion,
    CriterionGroup,
    CriterionScope,
    Indicator,
    IndicatorOwner,
    MeasureUnit,
)
from campaign.scheme.queries import bonus_groups_of
from campaign.scheme.rules.points_rule import points_rule_from_data

FIXED_BY_LAUNCH = ("starts_on", "ends_on", "counted_by", "rule_set_code")
"""Đã chốt khi phát động: what of the campaign itself no longer changes."""


class Frozen(RuleViolation):
    """Đã phát động: không sửa được nữa."""


Row = Block | Task | ReportingPeriod | Band | Indicator | CriterionGroup | Criterion


TIE_WITHOUT_GROUP = (
    "Tiêu chí phụ khi bằng điểm theo một nhóm không còn trong bảng điểm; hãy chọn lại."
)


def refuse_if_frozen(campaign: Campaign) -> None:
    """Trọng số, thang điểm, cách tổng hợp are fixed by the launch (issue: launch freezes)."""
    if campaign.is_frozen:
        message = (
            "Phong trào đã phát động: không sửa được chỉ tiêu, tiêu chí, thang điểm và cách "
            "tổng hợp nữa."
        )
        raise Frozen(message)


def create_campaign(values: Mapping[str, Any]) -> Campaign:
    """Lập phong trào: a draft with the usual bands and tie-breaks."""
    campaign = Campaign(**values, tie_breaks=list(DEFAULT_TIE_BREAKS))
    _refuse_wrong_order(campaign.starts_on, campaign.ends_on)
    db.session.add(campaign)
    db.session.flush()
    for name, start, floor in (
        ("Xuất sắc", 90, 85),
        ("Tốt", 80, 80),
        ("Khá", 70, None),
        ("Trung bình", 50, None),
    ):
        db.session.add(
            Band(
                campaign_id=campaign.id,
                name=name,
                from_points=Decimal(start),
                floor_percent=None if floor is None else Decimal(floor),
            )
        )
    return campaign


def edit_campaign(campaign: Campaign, values: Mapping[str, Any]) -> None:
    """Sửa phong trào: after the launch only what the public reads, not the period or the
    rule set.
    """
    if campaign.is_frozen and any(
        values[name] != getattr(campaign, name) for name in FIXED_BY_LAUNCH if name in values
    ):
        message = "Phong trào đã phát động: không sửa được thời gian và bộ quy định."
        raise Frozen(message)
    if not campaign.is_frozen:
        _refuse_wrong_order(values["starts_on"], values["ends_on"])
    for name, value in values.items():
        setattr(campaign, name, value)


def edit_settings(campaign: Campaign, values: Mapping[str, Any]) -> None:
    """Sửa cách chấm: aggregation, mark step, minimum marks, re-scaling, tie-breaks; frozen by the
    launch.
    """
    refuse_if_frozen(campaign)
    groups = scheme_of(campaign.id).groups
    if any(is_missing(step, groups) for step in values.get("tie_breaks", ())):
        raise RuleViolation(TIE_WITHOUT_GROUP, field="tie_breaks")
    for name, value in values.items():
        setattr(campaign, name, value)


def _refuse_wrong_order(starts_on: date, ends_on: date, field: str = "ends_on") -> None:
    if ends_on < starts_on:
        message = "Ngày kết thúc phải từ ngày bắt đầu trở đi."
        raise RuleViolation(message, field=field)


_IN_USE = "Dự thảo này đã có đơn vị đăng ký hoặc Hội đồng; hãy gỡ trước khi xoá."


def delete_campaign(campaign: Campaign) -> None:
    """Xoá dự thảo: only a draft, with everything planned in it."""
    if campaign.phase is not Phase.DRAFT:
        message = "Chỉ xoá được dự thảo; phong trào đã phát động thuộc về hồ sơ."
        raise RuleViolation(message)
    for model in (Criterion, CriterionGroup, Indicator, Block, Task, ReportingPeriod, Band):
        for row in db.session.scalars(select(model).where(model.campaign_id == campaign.id)):
            db.session.delete(row)
        _flush_or(_IN_USE)
    db.session.delete(campaign)
    _flush_or(_IN_USE)


def _flush_or(sentence: str, field: str | None = None) -> None:
    """Flush; what the database forbids becomes the sentence."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise RuleViolation(sentence, field=field) from error


def save_row(
    campaign: Campaign, row: Row, values: Mapping[str, Any], *, frozen: bool = True
) -> None:
    """Ghi một dòng của kế hoạch (new rows go last); a name used twice is refused."""
    if frozen:
        refuse_if_frozen(campaign)
    for name, value in values.items():
        setattr(row, name, value)
    if not _is_kept(row):
        row.campaign_id = campaign.id
        if hasattr(row, "position"):
            row.position = _next_position(type(row), campaign.id)
        db.session.add(row)
    _flush_or("Tên hoặc mã này đã có trong phong trào.", field="name" if "name" in values else None)


def _is_kept(row: object) -> bool:
    """Whether the row is in the database already."""
    state: Any = inspect(row)
    return bool(state.persistent)


def _next_position(model: Any, campaign_id: int) -> int:
    positions = db.session.scalars(
        select(model.position).where(model.campaign_id == campaign_id)
    ).all()
    return max(positions, default=0) + 1


def delete_row(campaign: Campaign, row: Row, *, frozen: bool = True) -> None:
    """Xoá một dòng của kế hoạch; refused when something uses it."""
    if frozen:
        refuse_if_frozen(campaign)
    if isinstance(row, Block):
        _refuse_scope_lost(row)
    if isinstance(row, CriterionGroup):
        _refuse_group_named(campaign, row)
    db.session.delete(row)
    _flush_or("Mục này đang được dùng ở chỗ khác nên không xoá được.")


def _refuse_scope_lost(block: Block) -> None:
    """A criterion for this block alone would silently apply to everybody."""
    codes = db.session.scalars(
        select(Criterion.code)
        .join(CriterionScope, CriterionScope.criterion_id == Criterion.id)
        .where(CriterionScope.block_id == block.id)
        .order_by(Criterion.code)
    ).all()
    if codes:
        message = (
            f"Khối này nằm trong phạm vi áp dụng của tiêu chí {', '.join(codes)}; hãy sửa phạm "
            "vi trước khi xoá khối."
        )
        raise RuleViolation(message)


def _refuse_group_named(campaign: Campaign, group: CriterionGroup) -> None:
    """A bonus or a tie-break that goes by this group would silently be lost."""
    names = db.session.scalars(
        select(Indicator.name)
        .where(Indicator.bonus_group_id == group.id)
        .order_by(Indicator.position, Indicator.id)
    ).all()
    if names:
        message = (
            f"Điểm thưởng vượt chỉ tiêu của “{'”, “'.join(names)}” được tính vào nhóm này; "
            "hãy chọn nhóm khác cho chỉ tiêu trước khi xoá."
        )
        raise RuleViolation(message)
    if TieStep(TieBreak.GROUP, group.id).stored in campaign.tie_breaks:
        message = "Tiêu chí phụ khi bằng điểm đang theo nhóm này; hãy sửa cách chấm trước khi xoá."
        raise RuleViolation(message)


_CHECKED = (
    "name",
    "measure_unit_id",
    "direction",
    "target_of",
    "year_target",
    "growth_target",
    "previous_year_value",
    "source",
)
"""Những gì được đối chiếu với văn bản gốc."""


def save_indicator(campaign: Campaign, indicator: Indicator, values: Mapping[str, Any]) -> bool:
    """Ghi chỉ tiêu; where what was checked with the document changed it waits to be checked again,
    and True comes back.

    A bonus names its bonus group, as soon as the plan has one; without a bonus no group is named.
    """
    named = {"bonus_group_id": _bonus_group(campaign, values)} if "points_rule" in values else {}
    is_stale = indicator.checked_on is not None and any(
        getattr(indicator, name) != values.get(name, getattr(indicator, name)) for name in _CHECKED
    )
    unchecked = {"checked_by_id": None, "checked_on": None} if is_stale else {}
    save_row(campaign, indicator, {**values, **named, **unchecked, "is_carried_over": False})
    return is_stale


def _bonus_group(campaign: Campaign, values: Mapping[str, Any]) -> int | None:
    """The group named to take the bonus of an indicator; none where its rule gives no bonus."""
    if points_rule_from_data(values["points_rule"]).bonus_per_percent <= 0:
        return None
    group_id: int | None = values.get("bonus_group_id")
    if group_id is None and bonus_groups_of(campaign.id):
        message = "Hãy chọn nhóm nhận điểm thưởng vượt chỉ tiêu."
        raise RuleViolation(message, field="bonus_group_id")
    return group_id


def move_row(rows: Sequence[Any], row_id: int, *, up: bool) -> None:
    """Chuyển một dòng lên hoặc xuống một bậc; at the end of the list nothing happens."""
    order = [row.id for row in rows]
    place = order.index(row_id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    places = {row: number for number, row in enumerate(order, start=1)}
    for row in rows:
        row.position = places[row.id]


def save_period(campaign: Campaign, period: ReportingPeriod, values: Mapping[str, Any]) -> None:
    """Ghi kỳ báo cáo: "đúng hạn đến" before "đóng nhận báo cáo sau", one final period; after the
    launch dates only move later.
    """
    if campaign.phase is Phase.PUBLISHED:
        message = "Phong trào đã công bố kết quả: kỳ báo cáo không sửa được nữa."
        raise Frozen(message)
    _refuse_wrong_order(values["starts_on"], values["ends_on"])
    _refuse_early_dates(values)
    if campaign.is_frozen:
        _refuse_unfair_change(period, values)
    if values["is_final"]:
        others = select(ReportingPeriod).where(
            ReportingPeriod.campaign_id == campaign.id,
            ReportingPeriod.is_final,
            ReportingPeriod.id != (period.id or 0),
        )
        if db.session.scalars(others).first() is not None:
            message = "Phong trào đã có kỳ cuối; chỉ một kỳ là kỳ cuối."
            raise RuleViolation(message, field="is_final")
    fixed = {name: getattr(period, name) for name in _SHARES} if campaign.is_frozen else {}
    save_row(campaign, period, {**values, **fixed}, frozen=False)


_SHARES = ("expected_share", "campaign_share")
"""Tiến độ phải đạt as typed; blank where the calendar gives it."""


def _refuse_early_dates(values: Mapping[str, Any]) -> None:
    if values["due_on"] < values["ends_on"]:
        message = "Hạn nộp phải từ ngày cuối kỳ trở đi."
        raise RuleViolation(message, field="due_on")
    if values["locks_on"] < values["due_on"]:
        message = "Ngày đóng nhận báo cáo phải từ hạn nộp trở đi."
        raise RuleViolation(message, field="locks_on")


def _refuse_unfair_change(period: ReportingPeriod, values: Mapping[str, Any]) -> None:
    """After the launch a date may only be moved later: nobody loses time he was promised."""
    if not _is_kept(period):
        message = "Phong trào đã phát động: không thêm kỳ báo cáo nữa."
        raise Frozen(message)
    same = ("starts_on", "ends_on", "is_final")
    is_same = all(values[name] == getattr(period, name) for name in same)
    is_moved = any(values.get(name) not in {None, getattr(period, name)} for name in _SHARES)
    if not is_same or is_moved:
        message = "Phong trào đã phát động: chỉ được lùi hạn nộp và ngày đóng nhận báo cáo."
        raise Frozen(message)
    for name in ("due_on", "locks_on"):
        if values[name] < getattr(period, name):
            message = "Sau khi phát động, hạn chỉ được lùi lại sau, không được sớm hơn."
            raise Frozen(message, field=name)


def save_allocations(
    campaign: Campaign,
    indicator: Indicator,
    owners: Mapping[int, Any],
    targets: Mapping[int, Mapping[str, Decimal | bool | None]],
    *,
    frozen: bool = True,
) -> None:
    """Ghi đơn vị chủ trì, phối hợp và chỉ tiêu giao: what is not named any more is taken away."""
    if frozen:
        refuse_if_frozen(campaign)
    held_owners = {
        row.unit_id: row
        for row in db.session.scalars(
            select(IndicatorOwner).where(IndicatorOwner.indicator_id == indicator.id)
        )
    }
    held = {
        row.unit_id: row
        for row in db.session.scalars(
            select(Allocation).where(Allocation.indicator_id == indicator.id)
        )
    }
    for unit_id in set(held_owners) - set(owners):
        db.session.delete(held_owners[unit_id])
    for unit_id, part in owners.items():
        row = held_owners.get(unit_id)
        if row is None:
            db.session.add(IndicatorOwner(indicator_id=indicator.id, unit_id=unit_id, part=part))
        else:
            row.part = part
    for unit_id in set(held) - set(targets):
        db.session.delete(held[unit_id])
    for unit_id, values in targets.items():
        given = held.get(unit_id) or Allocation(indicator_id=indicator.id, unit_id=unit_id)
        for name, value in values.items():
            setattr(given, name, value)
        db.session.add(given)


def save_allocation(
    campaign: Campaign, given: Allocation, values: Mapping[str, Decimal | None]
) -> None:
    """Ghi chỉ tiêu giao cho một đơn vị, new or known; the others keep theirs."""
    refuse_if_frozen(campaign)
    for name, value in values.items():
        setattr(given, name, value)
    db.session.add(given)


def save_scope(criterion: Criterion, blocks: Sequence[int], units: Sequence[int]) -> None:
    """Ghi phạm vi áp dụng of a criterion; nothing chosen means everybody."""
    for row in db.session.scalars(
        select(CriterionScope).where(CriterionScope.criterion_id == criterion.id)
    ):
        db.session.delete(row)
    db.session.flush()
    db.session.add_all(
        [CriterionScope(criterion_id=criterion.id, block_id=block) for block in blocks]
    )
    db.session.add_all([CriterionScope(criterion_id=criterion.id, unit_id=unit) for unit in units])


def confirm(row: Indicator, *, by_id: int, on: date) -> None:
    """Xác nhận đã đối chiếu with the document: who and when; the mark "chưa đối chiếu" goes."""
    row.checked_by_id, row.checked_on = by_id, on
    row.is_carried_over = False
    campaign = db.session.get_one(Campaign, row.campaign_id)
    campaign.version += 1


def install_catalogue() -> None:
    """Cài danh mục đơn vị đo: the units that are not there yet."""
    held = set(db.session.scalars(select(MeasureUnit.name)))
    for place, (name, symbol) in enumerate(MEASURE_UNITS, start=1):
        if name not in held:
            db.session.add(MeasureUnit(name=name, symbol=symbol, position=place))
    db.session.flush()


def add_measure_unit(name: str, symbol: str) -> MeasureUnit:
    """Thêm đơn vị đo vào danh mục."""
    row = MeasureUnit(name=name, symbol=symbol, position=1000)
    db.session.add(row)
    _flush_or(f"Danh mục đã có “{name}”.", field="name")
    return row


@dataclass
class _Copied:
    """Mã số mới of what was copied, by the old one."""

    blocks: dict[int, int]
    indicators: dict[int, int]
    groups: dict[int, int]


def copy_campaign(source: Campaign, *, title: str, starts_on: date) -> Campaign:
    """Sao chép kế hoạch: everything planned, its dates shifted; no enrolment, council or report.

    The targets are an earlier year's: they wait to be checked again.
    """
    shift = starts_on - source.starts_on
    kept = (
        "occasion",
        "organiser_id",
        "legal_basis",
        "announcement",
        "rule_set_code",
        "aggregation",
        "mark_step",
        "quorum_numerator",
        "quorum_denominator",
        "award_quorum_numerator",
        "award_quorum_denominator",
        "minimum_marks",
        "rescaling",
        "progress_is_public",
        "is_illustrative",
        "counted_by",
    )
    campaign = Campaign(
        title=title,
        starts_on=starts_on,
        ends_on=source.ends_on + shift,
        **{name: getattr(source, name) for name in kept},
    )
    db.session.add(campaign)
    db.session.flush()
    for model in (Band, Task):
        _copy_rows(model, source.id, campaign.id)
    new = _Copied(
        blocks=_copy_rows(Block, source.id, campaign.id),
        indicators=_copy_rows(Indicator, source.id, campaign.id, "bonus_group_id"),
        groups=_copy_rows(CriterionGroup, source.id, campaign.id),
    )
    campaign.tie_breaks = renamed_chain(source.tie_breaks, new.groups)
    _copy_periods(source.id, campaign.id, shift)
    _copy_criteria(source.id, campaign.id, new)
    _copy_links(new)
    _copy_bonus_groups(source.id, new)
    return campaign


def _values(row: Any, *without: str) -> dict[str, Any]:
    skipped = {"id", "campaign_id", *without}
    return {
        column.key: getattr(row, column.key)
        for column in inspect(row).mapper.column_attrs
        if column.key not in skipped
    }


def _copy_rows(model: Any, source_id: int, target_id: int, *without: str) -> dict[int, int]:
    pairs = []
    for row in db.session.scalars(
        select(model).where(model.campaign_id == source_id).order_by(model.id)
    ):
        twin = model(campaign_id=target_id, **_values(row, "checked_by_id", "checked_on", *without))
        if isinstance(twin, Indicator):
            twin.is_carried_over = True
        db.session.add(twin)
        pairs.append((row.id, twin))
    db.session.flush()
    return {old: twin.id for old, twin in pairs}


def _copy_periods(source_id: int, target_id: int, shift: timedelta) -> None:
    dates = ("starts_on", "ends_on", "due_on", "locks_on")
    for row in db.session.scalars(
        select(ReportingPeriod).where(ReportingPeriod.campaign_id == source_id)
    ):
        moved = {name: getattr(row, name) + shift for name in dates}
        db.session.add(
            ReportingPeriod(campaign_id=target_id, **_values(row, *dates, *_SHARES), **moved)
        )
    db.session.flush()


def _copy_criteria(source_id: int, target_id: int, new: _Copied) -> None:
    pairs = []
    for row in db.session.scalars(
        select(Criterion).where(Criterion.campaign_id == source_id).order_by(Criterion.id)
    ):
        twin = Criterion(
            campaign_id=target_id,
            group_id=new.groups[row.group_id],
            indicator_id=new.indicators.get(row.indicator_id or 0),
            **_values(row, "group_id", "indicator_id"),
        )
        db.session.add(twin)
        pairs.append((row.id, twin))
    db.session.flush()
    for old, twin in pairs:
        for scope in db.session.scalars(
            select(CriterionScope).where(CriterionScope.criterion_id == old)
        ):
            db.session.add(
                CriterionScope(
                    criterion_id=twin.id,
                    block_id=new.blocks.get(scope.block_id or 0),
                    unit_id=scope.unit_id,
                )
            )


def _copy_bonus_groups(source_id: int, new: _Copied) -> None:
    named = select(Indicator).where(
        Indicator.campaign_id == source_id, Indicator.bonus_group_id.is_not(None)
    )
    for row in db.session.scalars(named):
        twin = db.session.get_one(Indicator, new.indicators[row.id])
        twin.bonus_group_id = new.groups.get(row.bonus_group_id or 0)


def _copy_links(new: _Copied) -> None:
    models: tuple[type[Any], ...] = (IndicatorOwner, Allocation)
    for model in models:
        for row in db.session.scalars(select(model).where(model.indicator_id.in_(new.indicators))):
            db.session.add(
                model(indicator_id=new.indicators[row.indicator_id], **_values(row, "indicator_id"))
            )
