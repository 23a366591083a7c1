"""Giải trình đầy đủ: why a unit got its points, with what was said of them on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from campaign.clarification.telling import Clarified, clarified
from campaign.divergence.queries import threshold_of, told_by_code
from campaign.divergence.rules import Threshold, Told
from campaign.planning.models import Block, Campaign
from campaign.planning.rules import Phase, TieBreak
from campaign.ranking.explanation import (
    explain,
    with_clarification,
    with_divergence,
    with_own_scale,
    with_plan,
)
from campaign.ranking.models import FrozenRanking
from campaign.ranking.table import Row
from campaign.reporting.rules import Content
from campaign.scheme.rules.table import Scheme
from campaign.units.models import Unit
from campaign.verification.queries import Finisher
from campaign.verification.rules import UnitResult, VerifiedUnit


@dataclass(frozen=True, slots=True)
class Case:
    """Hồ sơ của một đơn vị: its row of the table, what was verified and reported, its marks."""

    row: Row
    unit: VerifiedUnit
    result: UnitResult
    content: Content
    marks: Mapping[int, list[Decimal]]
    finished: Finisher | None


@dataclass(frozen=True)
class Explained:
    """Giải trình như trang cho thấy: of which unit, what is told, frozen or as of now."""

    campaign: Campaign
    unit: Unit
    block: Block
    participation_id: int
    data: Mapping[str, Any]
    frozen: FrozenRanking | None
    ranked: int
    """Khối có bao nhiêu đơn vị được xếp hạng."""


def tie_sentences(campaign: Campaign, data: Mapping[str, Any]) -> list[str]:
    """Bằng điểm với đơn vị khác: with how many, and who still decides; or what decided."""
    if others := len(data["tied_with"]):
        is_open = campaign.phase.place <= Phase.MEETING.place
        votes = is_open and TieBreak.COUNCIL_VOTE.value in campaign.tie_breaks
        rest = "Hội đồng biểu quyết nếu cần phân định" if votes else "đồng hạng"
        return [f"bằng điểm với {others} đơn vị khác; {rest}"]
    if data["decided_by"]:
        return [f"bằng tổng điểm; phân định theo: {data['decided_by']}"]
    return []


@dataclass(frozen=True, slots=True)
class Said:
    """Điều đã nói về điểm của các đơn vị: what they answered, and which marks were looked at."""

    answered: Mapping[int, Clarified]
    looked_at: Mapping[int, Mapping[str, Told]]
    apart: Threshold | None


def said_of(campaign: Campaign, scheme: Scheme, today: date) -> Said:
    """Điều đã nói về điểm của mọi đơn vị của phong trào."""
    return Said(
        clarified(campaign, scheme, today),
        told_by_code(campaign, scheme),
        threshold_of(campaign),
    )


def told_in_full(campaign: Campaign, scheme: Scheme, case: Case, said: Said) -> dict[str, Any]:
    """Giải trình đầy đủ của một đơn vị, as its page tells it and as it is frozen."""
    number = case.row.id
    data = with_own_scale(_points(campaign, scheme, case), scheme, case.unit)
    data = with_clarification(data, said.answered.get(number))
    data = with_divergence(data, said.apart, said.looked_at.get(number, {}))
    return with_plan(data, recuses_block=campaign.recuses_block)


def _points(campaign: Campaign, scheme: Scheme, case: Case) -> dict[str, Any]:
    """Giải trình điểm của một đơn vị."""
    return explain(
        case.row,
        scheme,
        case.result,
        case.content,
        case.unit.values,
        case.unit.points,
        case.marks,
        campaign.aggregation,
        case.finished,
    )
