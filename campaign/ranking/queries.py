"""Xếp hạng: totals computed from marks on read, never kept; and the frozen ones."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from campaign.audit.memory import remembered
from campaign.council.named import required_marks
from campaign.enrolment.models import Participation
from campaign.enrolment.rules import ParticipationState
from campaign.extensions import db
from campaign.planning.models import Band, Block, Campaign, ReportingPeriod
from campaign.planning.queries import rows_of, scheme_of
from campaign.planning.rules import Aggregation, TieBreak
from campaign.planning.ties import step_words, tie_chain
from campaign.ranking.counting import Counting, entry_of, fill, sum_up
from campaign.ranking.order import Standing, rank
from campaign.ranking.rules import (
    BandRule,
    Tally,
    tally_of,
)
from campaign.ranking.table import Row, Table
from campaign.ranking.tallies import counted_tallies, with_rulings
from campaign.reporting.models import Report, ReportVersion
from campaign.scheme.rules.table import Scheme
from campaign.units.models import Unit
from campaign.verification.queries import verified_results
from campaign.verification.rules import UnitResult
from campaign.voting import results

_TAKING = Participation.__table__.c
_NAMED = Unit.__table__.c
_UNITS = (
    select(_TAKING.id, _TAKING.unit_id, _NAMED.name, _NAMED.short_name)
    .where(
        _NAMED.id == _TAKING.unit_id,
        _TAKING.block_id == bindparam("block_id"),
        _TAKING.state == ParticipationState.CONFIRMED,
    )
    .order_by(_NAMED.sort_key, _TAKING.id)
)


def _units(block_id: int) -> dict[int, Row]:
    return {
        row[0]: Row(row[0], row[1], row[2], row[3])
        for row in db.session.execute(_UNITS, {"block_id": block_id})
    }


def table(
    campaign: Campaign,
    block: Block,
    *,
    method: Aggregation | None = None,
    scheme: Scheme | None = None,
    counted: Mapping[tuple[int, int], Tally] | None = None,
    verified: Mapping[int, UnitResult] | None = None,
) -> Table:
    """Bảng xếp hạng của khối, computed now; `counted` and `verified` spare their queries."""
    scheme = scheme or scheme_of(campaign.id)
    chosen = method or campaign.aggregation
    rows = _units(block.id)
    verified = verified if verified is not None else verified_results(campaign.id, scheme, block.id)
    counted = counted if counted is not None else counted_tallies(campaign, block.id, chosen)
    way = _way(campaign, scheme, counted, chosen)
    ready = _summed_up(rows.values(), verified, way)
    return _ordered(campaign, block, rows, ready, way, scheme)


def _summed_up(rows: Iterable[Row], verified: Mapping[int, UnitResult], way: Counting) -> list[Row]:
    """Các đơn vị đủ điểm để xếp hạng; of each other one it is said why not."""
    ready: list[Row] = []
    for row in rows:
        result = verified.get(row.id)
        if result is None:
            row.reason = "báo cáo cuối kỳ chưa thẩm định xong"
            continue
        fill(row, result, way)
        if not row.reason:
            sum_up(row, way)
            ready.append(row)
    return ready


def _ordered(
    campaign: Campaign,
    block: Block,
    rows: Mapping[int, Row],
    ready: Sequence[Row],
    way: Counting,
    scheme: Scheme,
) -> Table:
    """Bảng của khối, in the order of those that are `ready`."""
    standings = _placed(campaign, block, ready, way, scheme)
    for standing in standings:
        rows[standing.id].standing = standing
        rows[standing.id].decided_by = decided_words(standing, scheme)
    ranked = [rows[standing.id] for standing in standings]
    unranked = [row for row in rows.values() if row.standing is None]
    return Table(block, scheme, ranked, unranked, campaign.rescaling)


def _placed(
    campaign: Campaign, block: Block, ready: Sequence[Row], way: Counting, scheme: Scheme
) -> list[Standing]:
    """The units in order; what decides between equals is read only where there are equals."""
    steps = tie_chain(campaign.tie_breaks, scheme.groups)
    kinds = {step.kind for step in steps}
    has_ties = len({row.counted.exact for row in ready if row.counted}) < len(ready)
    reported = _reported_at(block.id) if has_ties and TieBreak.EARLIER_REPORT in kinds else {}
    asks_council = has_ties and TieBreak.COUNCIL_VOTE in kinds
    votes = results.votes_between_units(campaign.id) if asks_council else ()
    entries = [entry_of(row, way, reported) for row in ready]
    return rank(entries, steps, votes, places=scheme.places)


def decided_words(standing: Standing | None, scheme: Scheme) -> str:
    """Vì sao đứng trên hay dưới đơn vị cùng tổng điểm; empty where nothing had to decide."""
    if standing is None:
        return ""
    if standing.decided_by is not None:
        words = step_words(standing.decided_by, scheme.groups)
        return f"{words}, so trên phần áp dụng" if standing.is_stretched else words
    return "tổng điểm chưa làm tròn" if standing.is_close else ""


def standings_of(campaign: Campaign, block: Block) -> dict[int, Standing]:
    """Thứ hạng của các đơn vị được xếp trong khối, once for each state of the record."""

    def work_out() -> dict[int, Standing]:
        return {row.id: row.standing for row in table(campaign, block).ranked if row.standing}

    return remembered("standings", (campaign.id, block.id), work_out)


def row_alone(
    campaign: Campaign,
    entry: Participation,
    scheme: Scheme,
    result: UnitResult,
    marks: Mapping[int, Sequence[Decimal]],
) -> Row:
    """Một đơn vị as the table has it, from its own marks; its standing is the block's to give."""
    row = Row(entry.id, entry.unit_id, entry.unit.name, entry.unit.short_name)
    given = {(entry.id, criterion_id): tally_of(points) for criterion_id, points in marks.items()}
    counted = with_rulings(campaign, given)
    way = _way(campaign, scheme, counted, campaign.aggregation)
    fill(row, result, way)
    if not row.reason:
        sum_up(row, way)
    return row


def _way(
    campaign: Campaign,
    scheme: Scheme,
    counted: Mapping[tuple[int, int], Tally],
    method: Aggregation,
) -> Counting:
    required = required_marks(campaign, scheme)
    votes = results.band_votes(campaign.id) if campaign.band_share else None
    bands = bands_of(campaign.id)
    return Counting(scheme, counted, method, required, bands, votes, campaign.rescaling)


def bands_of(campaign_id: int) -> Sequence[BandRule]:
    """Các mức xếp loại, the highest first."""
    return [
        BandRule(row.name, row.from_points, row.floor_percent) for row in rows_of(Band, campaign_id)
    ]


def _reported_at(block_id: int) -> dict[int, datetime]:
    """When each unit's counted final report was submitted."""
    statement = (
        select(Report.participation_id, func.max(ReportVersion.submitted_at))
        .join(ReportVersion, ReportVersion.report_id == Report.id)
        .join(ReportingPeriod, ReportingPeriod.id == Report.period_id)
        .join(Participation, Participation.id == Report.participation_id)
        .where(ReportingPeriod.is_final, Participation.block_id == block_id)
        .group_by(Report.participation_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def blocks(campaign_id: int) -> Sequence[Block]:
    """Các khối, in order."""
    rows: Sequence[Block] = rows_of(Block, campaign_id)
    return rows


def participation_row(campaign_id: int, participation_id: int) -> Participation | None:
    """Đơn vị tham gia, with unit and block."""
    return db.session.scalars(
        select(Participation)
        .where(Participation.id == participation_id, Participation.campaign_id == campaign_id)
        .options(joinedload(Participation.unit, innerjoin=True), joinedload(Participation.block))
    ).one_or_none()
