"""Độ đồng thuận của Hội đồng: advice, never the score."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission
from campaign.papers.workbook import Table
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, row_of, scheme_of
from campaign.planning.rules import Aggregation
from campaign.ranking import queries, tallies, workbook
from campaign.ranking.access import explains_all
from campaign.ranking.agreement.sheet import agreement_sheet
from campaign.ranking.rules import Spread, Tally, kendalls_w, order_changes, spread
from campaign.ranking.sight import asker_who_sees, sight_of
from campaign.scheme.rules.table import Scheme, ScoredCriterion
from campaign.scheme.rules.terms import JudgedBy
from campaign.verification.queries import finished_units
from campaign.verification.rules import block_results
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.spreadsheets import send_tables

agreement = Blueprint("agreement", __name__)


@agreement.get("/agreement/<int:block_id>")
@requires(Permission.RANKING_READ)
def show(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Độ đồng thuận của Hội đồng: advice, never the score; after scoring is closed."""
    return render_template("agreement/show.html", **_agreed(campaign_id, block_id))


@agreement.get("/agreement/<int:block_id>/excel")
@requires(Permission.RANKING_READ)
def spreadsheet(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Độ đồng thuận của Hội đồng ra Excel, for whoever sees its page."""
    agreed = _agreed(campaign_id, block_id)
    return send_tables(
        _tables(agreed),
        title=f"Độ đồng thuận của Hội đồng, {agreed['block'].name}",
        name="do-dong-thuan",
        state="để tham khảo, không làm thay đổi điểm",
        notes=[("Phong trào", agreed["campaign"].title)],
        points_places=max(agreed["campaign"].points_places, 2),
    )


def _tables(agreed: Mapping[str, Any]) -> list[Table]:
    """Bảng tính của điều trang cho thấy."""
    return workbook.agreement(
        agreed["spreads"],
        agreed["changed"],
        agreed["places"],
        agreed["names"],
        agreed["w"],
        agreed["left_out"],
    )


@agreement.get("/agreement/<int:block_id>/print")
@requires(Permission.RANKING_READ)
def print_sheet(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """In độ đồng thuận của Hội đồng, for whoever sees its page."""
    agreed = _agreed(campaign_id, block_id)
    return send_stored(
        BytesIO(agreement_sheet(**agreed)),
        name=f"Độ đồng thuận {agreed['block'].name}.pdf",
        media_type="application/pdf",
    )


def _agreed(campaign_id: int, block_id: int) -> dict[str, Any]:
    """What the page of agreement shows; not visible to those kept from it."""
    campaign = campaign_for(current_user, campaign_id)
    asker = asker_who_sees(campaign)
    block: Block = row_of(Block, campaign_id, block_id)
    sight = sight_of(campaign, asker, by_criterion=True)
    if not explains_all(asker) or not sight.shows(block_id):
        raise NotVisible
    return {
        "campaign": campaign,
        "block": block,
        "is_member": asker.is_member,
        **_compared(campaign, block, sight.withheld.units),
    }


def _compared(campaign: Campaign, block: Block, withheld: Collection[int]) -> dict[str, Any]:
    """Các phép so trong một khối: orders, members of the Council, marks of each criterion."""
    scheme = scheme_of(campaign.id)
    given = tallies.tallies(block.id, campaign.aggregation, in_full=True)
    counted = tallies.with_rulings(campaign, given)
    units = finished_units(campaign.id, block.id)
    results = block_results(scheme, units)
    own = {unit.participation_id for unit in units if unit.unit_id in withheld}
    orders = _orders(campaign, block, counted, results, own)
    w = kendalls_w(tallies.member_totals(scheme, block.id, results))
    return orders | {
        "w": w,
        "left_out": [orders["names"][number] for number in results if number not in w.compared],
        "judged": len(results),
        "spreads": _spreads(scheme, given),
    }


def _orders(
    campaign: Campaign, block: Block, counted: Any, results: Any, own: Collection[int]
) -> dict[str, Any]:
    """Thứ hạng hiện tại, and where other ways to aggregate would move a unit; not one's `own`."""
    ranks = _ranks(campaign, block, counted, results)
    scheme = scheme_of(campaign.id)
    table = queries.table(campaign, block, scheme=scheme, counted=counted, verified=results)
    return {
        "names": {row.id: row.short_name for row in (*table.ranked, *table.unranked)},
        "places": ranks[campaign.aggregation],
        "changed": {
            method: {unit: place for unit, place in moved.items() if unit not in own}
            for method, moved in order_changes(ranks, campaign.aggregation).items()
        },
    }


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


def _ranks(
    campaign: Campaign, block: Block, counted: Any, results: Any
) -> dict[Aggregation, dict[int, int]]:
    scheme = scheme_of(campaign.id)
    return {
        method: {
            row.id: row.standing.rank
            for row in queries.table(
                campaign, block, method=method, scheme=scheme, counted=counted, verified=results
            ).ranked
            if row.standing
        }
        for method in Aggregation
    }
