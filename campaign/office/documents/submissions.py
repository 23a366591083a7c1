"""Tờ trình of the Council's Standing Committee to whoever decides."""

from campaign.council.models import CouncilMember
from campaign.council.rules import CouncilFunction
from campaign.decision import queries
from campaign.decision.models import Decision
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.office.documents.decisions import (
    decisions_seen,
    fields_of_list,
    head_of,
    item_of,
    version_of,
)
from campaign.office.heads import Asker, common, council_member, council_signature
from campaign.office.rules import STAFF, STANDING, Item, PaperContent, routed
from campaign.papers.rules import drive_words
from campaign.planning.models import Campaign


def submissions(asker: Asker, campaign: Campaign) -> list[Item]:
    """Tờ trình of each award decision, for the staff; final once decided and signed by somebody."""
    if not asker.is_any(*STAFF):
        return []
    return [
        item_of(
            row, is_final=row.state is DecisionState.SIGNED and _proposer(campaign, row) is not None
        )
        for row in decisions_seen(asker, campaign)
        if row.kind is DecisionKind.AWARD
    ]


def _proposer(campaign: Campaign, row: Decision) -> CouncilMember | None:
    """Người ký tờ trình for the Standing Committee: never whoever is asked to decide."""
    return council_member(
        campaign.id,
        CouncilFunction.VICE_CHAIR,
        CouncilFunction.SECRETARY,
        day=row.signed_on,
        but=row.signer_name,
    )


def submission(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung tờ trình: the Council's Standing Committee asks whoever decides."""
    del asker
    row = queries.decision(campaign.id, subject_id)
    head = head_of(campaign, row)
    shared, signs = fields_of_list(campaign, row, head), _proposer(campaign, row)
    is_final = row.state is DecisionState.SIGNED and signs is not None
    fields = common(
        campaign,
        head.council,
        about=f"Về việc đề nghị khen thưởng trong {drive_words(campaign.title)}",
        symbol=head.council.symbol("TTr"),
        place=row.place,
        recipients=routed(head.recipients, "Như trên", is_only=True),
        **council_signature(signs, before="TM. THƯỜNG TRỰC HỘI ĐỒNG"),
    )
    fields |= shared | {"to": shared["authority"], "number_words": f"của {STANDING}"}
    return PaperContent(fields, version_of(row), row.signed_at if is_final else None)
