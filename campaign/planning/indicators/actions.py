"""Chỉ tiêu: writing the indicators of a plan and what is given to each unit."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from campaign.core.errors import refuse
from campaign.extensions import db
from campaign.planning.actions import refuse_held_if_frozen, refuse_if_frozen, save_row
from campaign.planning.models import Campaign
from campaign.scheme.models import (
    Allocation,
    GivenTarget,
    Indicator,
    IndicatorOwner,
)
from campaign.scheme.queries import allocations_of, bonus_groups_of, given_targets_of
from campaign.scheme.rules.reading import points_rule_from_data
from campaign.scheme.rules.targets import GivenTo

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
    """Ghi chỉ tiêu; True where what was checked has changed and waits to be checked again.

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
        refuse("Hãy chọn nhóm nhận điểm thưởng vượt chỉ tiêu.", "bonus_group_id")
    return group_id


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
    held_owners, held = _owner_rows(indicator), allocations_of(indicator.id)
    _save_owners(indicator, held_owners, owners)
    _save_targets(indicator, held, targets)


def _owner_rows(indicator: Indicator) -> dict[int, IndicatorOwner]:
    """Đơn vị chủ trì, phối hợp đang ghi, by unit."""
    return {
        row.unit_id: row
        for row in db.session.scalars(
            select(IndicatorOwner).where(IndicatorOwner.indicator_id == indicator.id)
        )
    }


def _save_owners(
    indicator: Indicator, held: Mapping[int, IndicatorOwner], owners: Mapping[int, Any]
) -> None:
    for unit_id in set(held) - set(owners):
        db.session.delete(held[unit_id])
    for unit_id, part in owners.items():
        row = held.get(unit_id)
        if row is None:
            db.session.add(IndicatorOwner(indicator_id=indicator.id, unit_id=unit_id, part=part))
        else:
            row.part = part


def _save_targets(
    indicator: Indicator,
    held: Mapping[int, Allocation],
    targets: Mapping[int, Mapping[str, Decimal | bool | None]],
) -> None:
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
    """Ghi chỉ tiêu giao cho một đơn vị, new or known, in a campaign that is held; the others keep
    theirs.
    """
    refuse_held_if_frozen(campaign)
    for name, value in values.items():
        setattr(given, name, value)
    db.session.add(given)


def save_given_targets(
    campaign: Campaign,
    indicator: Indicator,
    name: str,
    numbers: Mapping[GivenTo, Decimal | None],
) -> None:
    """Ghi mục tiêu (hoặc mức tăng) theo khối, theo kỳ; `numbers` of those that are asked about."""
    refuse_if_frozen(campaign)
    held = given_targets_of(indicator.id)
    for key, number in numbers.items():
        save_given_target(indicator, held.get(key), key, {name: number})


def save_given_target(
    indicator: Indicator,
    row: GivenTarget | None,
    key: GivenTo,
    numbers: Mapping[str, Decimal | None],
) -> GivenTarget | None:
    """Ghi một mục tiêu theo khối, theo kỳ; a row that gives nothing any more is taken away."""
    if row is None:
        if all(number is None for number in numbers.values()):
            return None
        row = GivenTarget(indicator_id=indicator.id, **key._asdict())
    for name, number in numbers.items():
        setattr(row, name, number)
    if row.target is None and row.growth_target is None:
        db.session.delete(row)
        return None
    db.session.add(row)
    return row


def confirm_indicator(row: Indicator, *, by_id: int, on: date) -> None:
    """Xác nhận đã đối chiếu with the document: who and when; the mark "chưa đối chiếu" goes."""
    row.checked_by_id, row.checked_on = by_id, on
    row.is_carried_over = False
    campaign = db.session.get_one(Campaign, row.campaign_id)
    campaign.version += 1
