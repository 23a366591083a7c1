"""Các phép so trong một khối: the Council's members with each other, and ways to aggregate."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from campaign.planning.models import Block, Campaign
from campaign.planning.queries import scheme_of
from campaign.planning.rules import Aggregation
from campaign.ranking import queries, tallies
from campaign.ranking.rules import Agreement, Spread, Tally, kendalls_w, order_changes, spread
from campaign.ranking.table import Table
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.queries import finished_units
from campaign.verification.rules import block_results


@dataclass(frozen=True)
class Orders:
    """Thứ hạng hiện tại của các đơn vị, and where other ways to aggregate would move them."""

    names: Mapping[int, str]
    places: Mapping[int, int]
    changed: Mapping[Aggregation, Mapping[int, int]]


@dataclass(frozen=True)
class Compared:
    """Các phép so trong một khối: orders, how far members agree, how far apart their marks lie."""

    orders: Orders
    w: Agreement
    left_out: Sequence[str]
    """Đơn vị không so được, by name."""
    judged: int
    spreads: Sequence[tuple[ScoredCriterion, Spread | None]]


def compared_in(campaign: Campaign, block: Block, withheld: Collection[int]) -> Compared:
    """Các phép so trong một khối; no move of a `withheld` unit is told."""
    scheme = scheme_of(campaign.id)
    given = tallies.tallies(block.id, campaign.aggregation, in_full=True)
    counted = tallies.with_rulings(campaign, given)
    units = finished_units(campaign.id, block.id)
    results = block_results(scheme, units)
    own = {unit.participation_id for unit in units if unit.unit_id in withheld}
    tables = {
        method: queries.table(
            campaign, block, method=method, scheme=scheme, counted=counted, verified=results
        )
        for method in Aggregation
    }
    orders = _orders(tables, campaign.aggregation, own)
    w = kendalls_w(tallies.member_totals(scheme, block.id, results))
    return Compared(
        orders,
        w,
        [orders.names[number] for number in results if number not in w.compared],
        len(results),
        _spreads(scheme, given),
    )


def _orders(
    tables: Mapping[Aggregation, Table], chosen: Aggregation, own: Collection[int]
) -> Orders:
    """Thứ hạng hiện tại, and where other ways to aggregate would move a unit; not one's `own`."""
    ranks = {method: _places(table) for method, table in tables.items()}
    changed = order_changes(ranks, chosen)
    return Orders(
        {row.id: row.short_name for row in (*tables[chosen].ranked, *tables[chosen].unranked)},
        ranks[chosen],
        {
            method: {unit: place for unit, place in moved.items() if unit not in own}
            for method, moved in changed.items()
        },
    )


def _places(table: Table) -> dict[int, int]:
    """Thứ hạng theo đơn vị tham gia."""
    return {row.id: row.standing.rank for row in table.ranked if row.standing}


def _spreads(
    scheme: Scheme, counted: Mapping[tuple[int, int], Tally]
) -> list[tuple[ScoredCriterion, Spread | None]]:
    """Độ phân tán of each criterion that the Council marks."""
    by_criterion: dict[int, list[Tally]] = defaultdict(list)
    for (_, criterion_id), tally in counted.items():
        by_criterion[criterion_id].append(tally)
    return [
        (criterion, spread(criterion.id, by_criterion[criterion.id], scheme.places))
        for criterion in scheme.criteria
        if criterion.judged_by is JudgedBy.COUNCIL
    ]
