"""Giao diện đọc dữ liệu: rows as the description has them, put together from what is public."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, ScalarSelect, Select, Subquery, func, or_, select

from campaign.api.rules import EVERYTHING, Changed, moment_text, number_text, percent_text
from campaign.audit.models import AuditEntry
from campaign.core.errors import NotVisible
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.queries import published_decisions
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.exemplars.stories.queries import published as published_stories
from campaign.extensions import db
from campaign.planning.models import Block, Campaign, ReportingPeriod
from campaign.planning.rules import Phase
from campaign.publicity.queries import PublicValue, public_campaign
from campaign.publicity.queries import progress as public_values
from campaign.ranking.frozen_tables import published_ranking
from campaign.reporting.models import Extension, Report, ReportVersion
from campaign.scheme.queries import indicators_of
from campaign.scheme.rules.indicators import MeasuredIndicator
from campaign.units.models import Unit

Row = dict[str, Any]
Page = Callable[[int], str]
"""Địa chỉ trang công khai của một phong trào."""
MOST_ENTRIES = 5_000
"""Số dòng nhật ký đọc để biết điều gì đã đổi; past them everything counts as changed."""


def changed_since(moment: datetime | None, campaign_id: int | None = None) -> Changed:
    """Những dòng đã đổi từ `moment`, as the record tells; of a campaign, or of all of them."""
    if moment is None:
        return EVERYTHING
    conditions: list[ColumnElement[bool]] = [AuditEntry.at >= moment, AuditEntry.settles.is_(True)]
    if campaign_id is not None:
        conditions.append(
            or_(AuditEntry.campaign_id == campaign_id, AuditEntry.campaign_id.is_(None))
        )
    entries = db.session.scalars(
        select(AuditEntry.changes).where(*conditions).limit(MOST_ENTRIES + 1)
    ).all()
    if len(entries) > MOST_ENTRIES:
        return EVERYTHING
    changes = (change for entry in entries for change in json.loads(entry))
    return Changed(frozenset((change["table"], str(change["key"])) for change in changes))


def campaigns(since: datetime | None, page: Page) -> list[Row]:
    """Các phong trào đã phát động, with when the record last told of each."""
    moved = _last_told()
    rows = db.session.execute(
        select(Campaign, Unit.name, moved.c.at)
        .outerjoin(Unit, Unit.id == Campaign.organiser_id)
        .outerjoin(moved, moved.c.campaign_id == Campaign.id)
        .where(Campaign.phase != Phase.DRAFT)
    ).all()
    told = [(row, name, at or row.frozen_at) for row, name, at in rows]
    return [
        _campaign(row, name, at, page)
        for row, name, at in told
        if since is None or at is None or at >= since
    ]


def _last_told() -> Subquery:
    """When the record last told of each campaign."""
    return (
        select(AuditEntry.campaign_id, func.max(AuditEntry.at).label("at"))
        .where(AuditEntry.settles.is_(True), AuditEntry.campaign_id.is_not(None))
        .group_by(AuditEntry.campaign_id)
        .subquery()
    )


def campaign(campaign_id: int, page: Page) -> Row:
    """Một phong trào đã phát động."""
    for row in campaigns(None, page):
        if row["id"] == campaign_id:
            return row
    raise NotVisible


def _campaign(row: Campaign, organiser: str | None, updated_at: datetime | None, page: Page) -> Row:
    return {
        "id": row.id,
        "title": row.title,
        "occasion": row.occasion,
        "organiser": organiser or "",
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "phase": row.phase.value,
        "scale": number_text(row.scale),
        "published_at": moment_text(row.published_at),
        "is_illustrative": row.is_illustrative,
        "updated_at": moment_text(updated_at),
        "page": page(row.id),
    }


def blocks(campaign_id: int) -> list[Row]:
    """Các khối thi đua."""
    public_campaign(campaign_id)
    rows = db.session.scalars(select(Block).where(Block.campaign_id == campaign_id))
    return [{"id": row.id, "name": row.name, "position": row.position} for row in rows]


def units(campaign_id: int) -> list[Row]:
    """Các đơn vị tham gia đã được xác nhận."""
    public_campaign(campaign_id)
    rows = db.session.execute(
        select(Participation.block_id, Unit)
        .join(Unit, Unit.id == Participation.unit_id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
    )
    return [_unit(unit, block_id) for block_id, unit in rows]


def _unit(unit: Unit, block_id: int | None) -> Row:
    return {
        "id": unit.id,
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "block_id": block_id,
        "is_illustrative": unit.is_illustrative,
    }


def indicators(campaign_id: int) -> list[Row]:
    """Các chỉ tiêu và mục tiêu."""
    public_campaign(campaign_id)
    return [
        {
            "id": row.id,
            "name": row.name,
            "measure_unit": row.measure_unit or row.symbol,
            "direction": row.direction.value,
            "judgement": row.judgement.value,
            "target_of": row.target_of.value,
            "target": number_text(row.year_target),
            "growth_target": number_text(row.growth_target),
            "source": row.source,
            "is_checked": not row.is_doubted,
        }
        for row in indicators_of(campaign_id).values()
    ]


def progress(campaign_id: int, *, sees_all: bool) -> list[Row]:
    """Số liệu đã thẩm định mới nhất của từng đơn vị; none where the plan does not publish it."""
    row = public_campaign(campaign_id)
    if not row.progress_is_public and not sees_all:
        return []
    shown = indicators_of(campaign_id)
    values = public_values(row, shown).newest
    return [
        _reached(shown[number], value) for number, of_units in values.items() for value in of_units
    ]


def _reached(indicator: MeasuredIndicator, value: PublicValue) -> Row:
    return {
        "id": value.id,
        "indicator_id": indicator.id,
        "unit_id": value.unit_id,
        "period": value.period,
        "period_ends_on": value.ends_on.isoformat(),
        "value": number_text(value.value),
        "measure_unit": indicator.measure_unit or indicator.symbol,
        "kind": value.kind.value if value.kind else None,
        "reached_percent": percent_text(value.reached.percent),
        "is_met": value.reached.is_met,
    }


def ranking(campaign_id: int) -> list[Row]:
    """Kết quả xếp hạng; empty before publication."""
    places = public_campaign(campaign_id).points_places
    return [
        {
            "id": row.id,
            "block_id": row.block_id,
            "unit_id": row.participation.unit_id,
            "rank": row.rank,
            "is_tied": bool(row.explanation.get("tied_with")),
            "points": number_text(row.total, places),
            "band": row.band,
        }
        for row in published_ranking(campaign_id)
    ]


def awards(campaign_id: int) -> list[Row]:
    """Danh sách khen thưởng của các quyết định đã ký; empty before publication."""
    if public_campaign(campaign_id).phase is not Phase.PUBLISHED:
        return []
    return [
        _award(entry.decision, line)
        for entry in published_decisions(campaign_id)
        for line in entry.lines
    ]


def _award(decision: Decision, line: DecisionLine) -> Row:
    return {
        "id": line.id,
        "decision": decision.title,
        "decision_kind": decision.kind.value,
        "signed_on": decision.signed_on.isoformat() if decision.signed_on else None,
        "subject": line.subject.value,
        "name": line.full_name,
        "job": line.job,
        "unit": line.unit_name,
        "form": line.form_name,
        "ended": line.ended_words,
        "is_illustrative": line.is_illustrative,
    }


def examples(campaign_id: int) -> list[Row]:
    """Câu chuyện về điển hình đã đăng, each with a consent that stands."""
    public_campaign(campaign_id)
    return [
        {
            "id": row.exemplar_id,
            "title": row.title,
            "name": row.exemplar.name,
            "subject": row.exemplar.subject.value,
            "field": row.exemplar.field,
            "unit_id": row.exemplar.participation.unit_id,
            "step": row.exemplar.step.value,
            "published_at": moment_text(row.published_at),
            "text": row.body,
        }
        for row in published_stories(campaign_id)
    ]


def reports(campaign_id: int) -> list[Row]:
    """Tình hình nộp báo cáo: of the units that opened one, when each was due and handed in."""
    public_campaign(campaign_id)
    rows = db.session.execute(_opened_reports(campaign_id))
    return [
        {
            "id": row.id,
            "unit_id": row.unit_id,
            "period": row.period,
            "due_on": row.due_on.isoformat(),
            "state": row.state.value,
            "submitted_at": moment_text(row.submitted_at),
        }
        for row in rows
    ]


def _opened_reports(campaign_id: int) -> Select[Any]:
    """Of each report of a unit that takes part whose it is, of which period, when it was due and
    last handed in.
    """
    return (
        select(
            Report.id,
            Participation.unit_id,
            ReportingPeriod.name.label("period"),
            func.coalesce(_extended(), ReportingPeriod.due_on, type_=Date).label("due_on"),
            Report.state,
            _handed_in().label("submitted_at"),
        )
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .join(Participation, Participation.id == Report.participation_id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.state == ParticipationState.CONFIRMED,
        )
    )


def _extended() -> ScalarSelect[Any]:
    """The latest day to which a report was given more time."""
    return (
        select(func.max(Extension.due_on))
        .where(
            Extension.participation_id == Report.participation_id,
            Extension.period_id == Report.period_id,
        )
        .scalar_subquery()
    )


def _handed_in() -> ScalarSelect[Any]:
    """When the last version of a report was signed."""
    return (
        select(func.max(ReportVersion.submitted_at))
        .where(ReportVersion.report_id == Report.id)
        .scalar_subquery()
    )


RESTS_ON: dict[str, tuple[str, Sequence[str]]] = {
    "blocks": ("block", ()),
    "units": ("unit", ("participation",)),
    "indicators": ("indicator", ("measure_unit", "campaign")),
    "progress": ("verified_value", ("verification", "allocation", "given_target", "indicator")),
    "ranking": ("frozen_standing", ("campaign",)),
    "awards": ("decision_line", ("decision", "campaign")),
    "examples": ("exemplar", ("exemplar_story", "exemplar_picture")),
    "reports": ("report", ("reporting_period", "extension", "report_version")),
}
"""Mỗi danh sách dựa vào bảng nào: its own, row by row, and those that may change all of it."""
