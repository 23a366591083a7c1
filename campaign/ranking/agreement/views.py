"""Độ đồng thuận của Hội đồng: advice, never the score."""

from io import BytesIO

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from campaign.core.errors import NotVisible
from campaign.core.permissions import Permission
from campaign.planning.models import Block, Campaign
from campaign.planning.queries import campaign_for, row_of
from campaign.ranking import workbook
from campaign.ranking.access import Asker, explains_all
from campaign.ranking.agreement.compared import Compared, compared_in
from campaign.ranking.agreement.sheet import agreement_sheet
from campaign.ranking.sight import asker_who_sees, sight_of
from campaign.web.access import requires
from campaign.web.files import send_stored
from campaign.web.spreadsheets import send_tables

agreement = Blueprint("agreement", __name__)


@agreement.get("/agreement/<int:block_id>")
@requires(Permission.RANKING_READ)
def show(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Độ đồng thuận của Hội đồng: advice, never the score; after scoring is closed."""
    campaign, block, asker, compared = _agreed(campaign_id, block_id)
    return render_template(
        "agreement/show.html",
        campaign=campaign,
        block=block,
        is_member=asker.is_member,
        names=compared.orders.names,
        places=compared.orders.places,
        changed=compared.orders.changed,
        w=compared.w,
        left_out=compared.left_out,
        judged=compared.judged,
        spreads=compared.spreads,
    )


@agreement.get("/agreement/<int:block_id>/excel")
@requires(Permission.RANKING_READ)
def spreadsheet(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """Độ đồng thuận của Hội đồng ra Excel, for whoever sees its page."""
    campaign, block, _, compared = _agreed(campaign_id, block_id)
    return send_tables(
        workbook.agreement(compared),
        title=f"Độ đồng thuận của Hội đồng, {block.name}",
        name="do-dong-thuan",
        state="để tham khảo, không làm thay đổi điểm",
        notes=[("Phong trào", campaign.title)],
        points_places=max(campaign.points_places, 2),
    )


@agreement.get("/agreement/<int:block_id>/print")
@requires(Permission.RANKING_READ)
def print_sheet(campaign_id: int, block_id: int) -> ResponseReturnValue:
    """In độ đồng thuận của Hội đồng, for whoever sees its page."""
    campaign, block, _, compared = _agreed(campaign_id, block_id)
    return send_stored(
        BytesIO(agreement_sheet(campaign, block, compared)),
        name=f"Độ đồng thuận {block.name}.pdf",
        media_type="application/pdf",
    )


def _agreed(campaign_id: int, block_id: int) -> tuple[Campaign, Block, Asker, Compared]:
    """What the page of agreement shows, and to whom; not visible to those kept from it."""
    campaign = campaign_for(current_user, campaign_id)
    asker = asker_who_sees(campaign)
    block: Block = row_of(Block, campaign_id, block_id)
    sight = sight_of(campaign, asker, by_criterion=True)
    if not explains_all(asker) or not sight.shows(block_id):
        raise NotVisible
    return campaign, block, asker, compared_in(campaign, block, sight.withheld.units)
