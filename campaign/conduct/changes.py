"""Đã khác gì từ phong trào trước: what law, units and table changed since a plan was copied."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from campaign.audit.models import AuditEntry
from campaign.conduct.differences import table_differences
from campaign.core.dates import format_date, local_date
from campaign.core.numbers import format_decimal
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.honours.queries import award_types
from campaign.nomination import queries as nominations
from campaign.planning import queries as plans
from campaign.planning.copy_parts import CopyPart
from campaign.planning.models import Campaign, PlanCopy
from campaign.planning.problems import Problem, law_problems
from campaign.units import queries as units
from campaign.units.models import Unit, UnitKind
from campaign.units.rules import absence, is_valid_on


class Changes(NamedTuple):
    """Những gì đã khác, in three parts."""

    source: Campaign
    law: list[Problem]
    units: list[Problem]
    table: list[Problem]


def copy_of(campaign_id: int) -> PlanCopy | None:
    """Bản sao của kế hoạch nào, if it is a copy of one that still exists."""
    row = db.session.get(PlanCopy, campaign_id)
    return row if row is not None and row.source_id is not None else None


def changes_since(campaign: Campaign, copied: PlanCopy) -> Changes:
    """Những gì đã khác từ phong trào được sao chép."""
    source = db.session.get_one(Campaign, copied.source_id)
    return Changes(
        source,
        list(_law(campaign, source, set(copied.parts))),
        list(_units(campaign, source)),
        list(_table(campaign, source, set(copied.parts))),
    )


def _law(campaign: Campaign, source: Campaign, parts: set[str]) -> Iterator[Problem]:
    if source.rule_set_code != campaign.rule_set_code:
        yield Problem(
            f"Phong trào trước theo bộ quy định {source.rule_set_code or '(chưa chọn)'}; phong "
            f"trào này bắt đầu {format_date(campaign.starts_on)}, theo bộ "
            f"{campaign.rule_set_code or '(chưa chọn)'}.",
            "planning.edit",
        )
        if CopyPart.AWARDS in parts:
            yield from _awards(campaign, source)
    yield from law_problems(campaign, plans.periods_of(campaign.id))


def _awards(campaign: Campaign, source: Campaign) -> Iterator[Problem]:
    """Hình thức của phong trào trước beside the catalogue of the new rule set."""
    offered = {row.code: row for row in award_types(campaign.rule_set_code)}
    for kind in nominations.kinds(source.id):
        before, after = kind.award_type, offered.get(kind.award_type.code)
        if after is None:
            yield Problem(
                f"{before.name} không có trong bộ quy định {campaign.rule_set_code} nên không sao "
                "chép.",
                "kinds.index",
            )
        elif before.coefficient != after.coefficient:
            yield Problem(
                f"{before.name}: hệ số tiền thưởng {format_decimal(before.coefficient)} → "
                f"{format_decimal(after.coefficient)}.",
                "kinds.index",
            )


def _units(campaign: Campaign, source: Campaign) -> Iterator[Problem]:
    """Đơn vị của phong trào trước that ceased or are called otherwise now, and new ones."""
    taking = select(Participation.unit_id).where(
        Participation.campaign_id == source.id,
        Participation.state == ParticipationState.CONFIRMED,
    )
    before = set(db.session.scalars(taking))
    for unit in units.absent_on(campaign.starts_on, taking):
        why = absence(campaign.starts_on, unit.valid_from, unit.valid_to)
        yield Problem(f"{unit.name} {why}.", "enrolment.index")
    yield from _renamed_units(source, before)
    yield from _new_units(campaign, source, before)


def _renamed_units(source: Campaign, before: set[int]) -> Iterator[Problem]:
    """Đơn vị đổi tên since the plan of the earlier campaign was frozen."""
    renamed = _names_since(source.frozen_at) if source.frozen_at else {}
    for unit in db.session.scalars(
        select(Unit).where(Unit.id.in_(before & renamed.keys())).order_by(Unit.sort_key, Unit.id)
    ):
        if renamed[unit.id] != unit.name:
            yield Problem(f"“{renamed[unit.id]}” nay là “{unit.name}”.", "enrolment.index")


def _new_units(campaign: Campaign, source: Campaign, before: set[int]) -> Iterator[Problem]:
    """Đơn vị mới that competes and stands on the first day of this campaign."""
    for unit in db.session.scalars(
        select(Unit)
        .join(UnitKind, UnitKind.code == Unit.kind)
        .where(UnitKind.competes, Unit.id.not_in(before), Unit.valid_from > source.starts_on)
        .order_by(Unit.sort_key, Unit.id)
    ):
        if unit.valid_from and is_valid_on(campaign.starts_on, unit.valid_from, unit.valid_to):
            day = format_date(unit.valid_from)
            yield Problem(f"{unit.name} là đơn vị mới từ {day}.", "enrolment.index")


def _names_since(since: datetime) -> dict[int, str]:
    """Tên đơn vị lúc ấy, of those that were called otherwise since: unit → name, by the record."""
    entries = db.session.scalars(
        select(AuditEntry.changes)
        .where(
            AuditEntry.campaign_id.is_(None),
            AuditEntry.at >= since,
            AuditEntry.changes.contains('"table":"unit"', autoescape=True),
        )
        .order_by(AuditEntry.number)
    )
    names: dict[int, str] = {}
    for change in (change for text in entries for change in json.loads(text)):
        if change["table"] == "unit" and change["after"] and "name" in (change["before"] or {}):
            names.setdefault(int(change["key"]), change["before"]["name"])
    return names


def _table(campaign: Campaign, source: Campaign, parts: set[str]) -> Iterator[Problem]:
    """Đính chính của phong trào trước, and what of the copied table was changed since."""
    if CopyPart.TABLE not in parts:
        return
    for row in plans.corrections(source.id):
        yield Problem(
            f"Đính chính ngày {format_date(local_date(row.at))}, {row.subject}: "
            f"{row.before or '(trống)'} → {row.after or '(bỏ)'}.",
            "criteria.index",
        )
    for sentence in table_differences(plans.scheme_of(source.id), plans.scheme_of(campaign.id)):
        yield Problem(sentence, "criteria.index")
