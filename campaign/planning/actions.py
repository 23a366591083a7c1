"""Phát động: writing a plan; what the launch froze is refused here, whatever the page shows."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.inspection import inspect

from campaign.core.errors import refuse
from campaign.core.listing import first_few
from campaign.core.numbers import format_decimal
from campaign.core.points import round_points
from campaign.extensions import db, flush_or_refuse
from campaign.planning.models import Band, Block, Campaign, ReportingPeriod, Task
from campaign.planning.queries import planned, scheme_of
from campaign.planning.rules import DEFAULT_TIE_BREAKS, REPORT_PARTS, Phase, TieBreak
from campaign.planning.ties import TieStep, is_missing
from campaign.scheme.models import (
    Criterion,
    CriterionGroup,
    CriterionScope,
    Indicator,
)
from campaign.scheme.queries import penalties_on
from campaign.scheme.rules.decimals import demand_decimals, finer, points_in
from campaign.scheme.rules.terms import TakesFrom

FIXED_BY_LAUNCH = ("starts_on", "ends_on", "counted_by", "rule_set_code")
"""Đã chốt khi phát động: what of the campaign itself no longer changes."""

Row = Block | Task | ReportingPeriod | Band | Indicator | CriterionGroup | Criterion

TIE_WITHOUT_GROUP = (
    "Tiêu chí phụ khi bằng điểm theo một nhóm không còn trong bảng điểm; hãy chọn lại."
)


def hold(campaign: Campaign) -> None:
    """Giữ phong trào: of two people whose acts depend on its step or its plan the second waits,
    then finds both as the first left them. Who only names the campaign in a row of theirs goes on.
    """
    db.session.flush()
    db.session.refresh(campaign, with_for_update={"key_share": True})


def refuse_if_frozen(campaign: Campaign) -> None:
    """Trọng số, thang điểm, cách tổng hợp are fixed by the launch (issue: launch freezes), which
    waits for whoever writes in the plan.
    """
    hold(campaign)
    refuse_held_if_frozen(campaign)


def refuse_held_if_frozen(campaign: Campaign) -> None:
    """The same of a campaign that is held already, as it is by whoever writes row after row."""
    if campaign.is_frozen:
        refuse(
            "Phong trào đã phát động: không sửa được chỉ tiêu, tiêu chí, thang điểm và cách "
            "tổng hợp nữa."
        )


def create_campaign(values: Mapping[str, Any]) -> Campaign:
    """Lập phong trào: a draft with the usual bands and tie-breaks."""
    campaign = Campaign(**values, tie_breaks=list(DEFAULT_TIE_BREAKS))
    _refuse_wrong_order(campaign.starts_on, campaign.ends_on)
    db.session.add(campaign)
    db.session.flush()
    for name, from_points in _usual_bands(campaign.scale).items():
        band = Band(campaign_id=campaign.id, name=name, from_points=from_points)
        band.floor_percent = _USUAL_FLOORS.get(name)
        db.session.add(band)
    return campaign


def _usual_bands(scale: Decimal) -> dict[str, Decimal]:
    """Mức xếp loại thường dùng, of a table of this scale."""
    shares = (("Xuất sắc", 90), ("Tốt", 80), ("Khá", 70), ("Trung bình", 50))
    return {name: scale * share / 100 for name, share in shares}


_USUAL_FLOORS = {"Xuất sắc": Decimal(85), "Tốt": Decimal(80)}
"""Không tiêu chí nào dưới mức này, %."""


def set_scale(campaign: Campaign, scale: Decimal) -> None:
    """Thang điểm; with it go the usual bands, as long as nobody has written others."""
    bands = db.session.scalars(select(Band).where(Band.campaign_id == campaign.id)).all()
    if {row.name: row.from_points for row in bands} == _usual_bands(campaign.scale):
        for row in bands:
            row.from_points = round_points(_usual_bands(scale)[row.name], campaign.points_places)
    campaign.scale = scale


def edit_campaign(campaign: Campaign, values: Mapping[str, Any]) -> None:
    """Sửa phong trào: after the launch only what the public reads, not period or rule set."""
    hold(campaign)
    if campaign.is_frozen and any(
        values[name] != getattr(campaign, name) for name in FIXED_BY_LAUNCH if name in values
    ):
        refuse("Phong trào đã phát động: không sửa được thời gian và bộ quy định.")
    if not campaign.is_frozen:
        _refuse_wrong_order(values["starts_on"], values["ends_on"])
    for name, value in values.items():
        setattr(campaign, name, value)


def edit_settings(campaign: Campaign, values: Mapping[str, Any]) -> None:
    """Sửa cách chấm: aggregation, marks, re-scaling, tie-breaks; frozen by the launch."""
    refuse_if_frozen(campaign)
    places = values.get("points_places", campaign.points_places)
    demand_decimals(values, places)
    if places < campaign.points_places:
        _demand_none_finer(campaign, places)
    groups = scheme_of(campaign.id).groups
    if any(is_missing(step, groups) for step in values.get("tie_breaks", ())):
        refuse(TIE_WITHOUT_GROUP, "tie_breaks")
    if values.get("divergence_points") is not None and values.get("divergence_percent"):
        refuse("Chỉ chọn một: chênh lệch theo điểm hoặc theo %.", "divergence_percent")
    if (scale := values.get("scale")) is not None:
        set_scale(campaign, scale)
    for name, value in values.items():
        setattr(campaign, name, value)


FINER_NAMED = 3
"""Kể ra mấy số điểm còn chi tiết hơn."""


def _demand_none_finer(campaign: Campaign, places: int) -> None:
    """Bớt chữ số thập phân: only where nothing that stands in the plan needs them."""
    found = [
        f"{name} ({format_decimal(points)})"
        for name, values in planned(campaign.id)
        for _, points in finer(points_in(values), places)
    ]
    if found:
        listed = first_few(found, FINER_NAMED, "số khác")
        refuse(f"Kế hoạch còn số điểm chi tiết hơn: {listed}.", "points_places")


def _refuse_wrong_order(starts_on: date, ends_on: date, field: str = "ends_on") -> None:
    if ends_on < starts_on:
        refuse("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field)


_IN_USE = "Dự thảo này đã có đơn vị đăng ký hoặc Hội đồng; hãy gỡ trước khi xoá."


def delete_campaign(campaign: Campaign) -> None:
    """Xoá dự thảo: only a draft, with everything planned in it."""
    hold(campaign)
    if campaign.phase is not Phase.DRAFT:
        refuse("Chỉ xoá được dự thảo; phong trào đã phát động thuộc về hồ sơ.")
    _loosen_table(campaign)
    for model in (Criterion, CriterionGroup, Indicator, Block, Task, ReportingPeriod, Band):
        for row in db.session.scalars(select(model).where(model.campaign_id == campaign.id)):
            db.session.delete(row)
        flush_or_refuse(_IN_USE)
    db.session.delete(campaign)
    flush_or_refuse(_IN_USE)


def _loosen_table(campaign: Campaign) -> None:
    """So that its rows can go in any order: none stands below or takes from another."""
    for section in db.session.scalars(
        select(CriterionGroup).where(CriterionGroup.campaign_id == campaign.id)
    ):
        section.parent_id = None
    for criterion in db.session.scalars(
        select(Criterion).where(Criterion.campaign_id == campaign.id)
    ):
        criterion.takes_from, criterion.taken_criterion_id = TakesFrom.TOTAL, None
    db.session.flush()


def save_row(
    campaign: Campaign, row: Row, values: Mapping[str, Any], *, frozen: bool = True
) -> None:
    """Ghi một dòng của kế hoạch (new rows go last); a name used twice is refused."""
    if frozen:
        refuse_if_frozen(campaign)
    demand_decimals(values, campaign.points_places)
    for name, value in values.items():
        setattr(row, name, value)
    if not _is_kept(row):
        row.campaign_id = campaign.id
        if hasattr(row, "position"):
            row.position = _next_position(type(row), campaign.id)
        db.session.add(row)
    flush_or_refuse(
        "Tên hoặc mã này đã có trong phong trào.", field="name" if "name" in values else None
    )


def add_report_parts(campaign: Campaign) -> int:
    """Thêm các phần của báo cáo, so that a unit's report has those of the closing one; how many."""
    refuse_if_frozen(campaign)
    held = set(db.session.scalars(select(Task.name).where(Task.campaign_id == campaign.id)))
    missing = [part for part in REPORT_PARTS if part[0] not in held]
    if not missing:
        refuse("Kế hoạch đã có đủ các phần của báo cáo.")
    for name, guidance in missing:
        save_row(campaign, Task(), {"name": name, "guidance": guidance})
    return len(missing)


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
    if isinstance(row, Criterion):
        _refuse_taken(row)
    db.session.delete(row)
    flush_or_refuse("Mục này đang được dùng ở chỗ khác nên không xoá được.")


def _refuse_scope_lost(block: Block) -> None:
    """A criterion for this block alone would silently apply to everybody."""
    codes = db.session.scalars(
        select(Criterion.code)
        .join(CriterionScope, CriterionScope.criterion_id == Criterion.id)
        .where(CriterionScope.block_id == block.id)
        .order_by(Criterion.code)
    ).all()
    if codes:
        refuse(
            f"Khối này nằm trong phạm vi áp dụng của tiêu chí {', '.join(codes)}; hãy sửa phạm "
            "vi trước khi xoá khối."
        )


def _refuse_taken(criterion: Criterion) -> None:
    """A penalty that takes from this criterion would silently take from nothing."""
    codes = penalties_on(criterion)
    if codes:
        refuse(
            f"Điểm trừ {', '.join(codes)} trừ vào tiêu chí này; hãy chọn chỗ trừ khác trước khi "
            "xoá."
        )


def _refuse_group_named(campaign: Campaign, group: CriterionGroup) -> None:
    """A bonus or a tie-break that goes by this group would silently be lost."""
    names = db.session.scalars(
        select(Indicator.name)
        .where(Indicator.bonus_group_id == group.id)
        .order_by(Indicator.position, Indicator.id)
    ).all()
    if names:
        refuse(
            f"Điểm thưởng vượt chỉ tiêu của “{'”, “'.join(names)}” được tính vào nhóm này; "
            "hãy chọn nhóm khác cho chỉ tiêu trước khi xoá."
        )
    if TieStep(TieBreak.GROUP, group.id).stored in campaign.tie_breaks:
        refuse("Tiêu chí phụ khi bằng điểm đang theo nhóm này; hãy sửa cách chấm trước khi xoá.")


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
    """Ghi kỳ báo cáo: one final period; after the launch dates only move later."""
    hold(campaign)
    if campaign.phase is Phase.PUBLISHED:
        refuse("Phong trào đã công bố kết quả: kỳ báo cáo không sửa được nữa.")
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
            refuse("Phong trào đã có kỳ cuối; chỉ một kỳ là kỳ cuối.", "is_final")
    fixed = {name: getattr(period, name) for name in _SHARES} if campaign.is_frozen else {}
    save_row(campaign, period, {**values, **fixed}, frozen=False)


_SHARES = ("expected_share", "campaign_share")
"""Tiến độ phải đạt as typed; blank where the calendar gives it."""


def _refuse_early_dates(values: Mapping[str, Any]) -> None:
    if values["due_on"] < values["ends_on"]:
        refuse("Hạn nộp phải từ ngày cuối kỳ trở đi.", "due_on")
    if values["locks_on"] < values["due_on"]:
        refuse("Ngày đóng nhận báo cáo phải từ hạn nộp trở đi.", "locks_on")


def _refuse_unfair_change(period: ReportingPeriod, values: Mapping[str, Any]) -> None:
    """After the launch a date may only be moved later: nobody loses time they were promised."""
    if not _is_kept(period):
        refuse("Phong trào đã phát động: không thêm kỳ báo cáo nữa.")
    same = ("starts_on", "ends_on", "is_final")
    is_same = all(values[name] == getattr(period, name) for name in same)
    is_moved = any(values.get(name) not in {None, getattr(period, name)} for name in _SHARES)
    if not is_same or is_moved:
        refuse("Phong trào đã phát động: chỉ được lùi hạn nộp và ngày đóng nhận báo cáo.")
    for name in ("due_on", "locks_on"):
        if values[name] < getattr(period, name):
            refuse("Sau khi phát động, hạn chỉ được lùi lại sau, không được sớm hơn.", name)
