"""Thông báo: the list for opinions, or the result."""

from collections.abc import Mapping
from typing import Any

from campaign.core.errors import NotVisible
from campaign.decision import queries
from campaign.decision.models import Decision
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.decision.signer import signer_title
from campaign.office.documents.decisions import (
    decisions_seen,
    fields_of_list,
    head_of,
    item_of,
    version_of,
)
from campaign.office.documents.upward import morning
from campaign.office.heads import Asker, common
from campaign.office.rules import Head, Item, PaperContent
from campaign.papers.rules import date_words, drive_words
from campaign.planning.models import Campaign


def notices(asker: Asker, campaign: Campaign) -> list[Item]:
    """Thông báo: of a draft that is posted for opinions, or of a decision that is signed."""
    return [
        item_of(row, is_final=True)
        for row in decisions_seen(asker, campaign)
        if row.state is not DecisionState.DRAFT and row.kind is DecisionKind.AWARD
    ]


def notice(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung thông báo: the list for opinions, or the result."""
    del asker
    row = queries.decision(campaign.id, subject_id)
    head = head_of(campaign, row)
    if row.state is DecisionState.DRAFT:
        raise NotVisible
    shared = fields_of_list(campaign, row, head)
    body = _body(campaign, row, head, shared)
    fields = _frame_of(campaign, row, head)
    fields |= shared | {"body": body, "number_words": f"của {head.issuer}"}
    posted_at = morning(row.posted_on) if row.posted_on else None
    return PaperContent(fields, version_of(row), row.signed_at or posted_at)


def _frame_of(campaign: Campaign, row: Decision, head: Head) -> dict[str, Any]:
    """Thể thức thông báo, under whoever signs the decision."""
    is_signed = row.state is DecisionState.SIGNED
    about = "Kết quả khen thưởng" if is_signed else "Lấy ý kiến về danh sách đề nghị khen thưởng"
    return common(
        campaign,
        head,
        about=about,
        symbol=head.symbol("TB"),
        day=row.signed_on or row.posted_on,
        place=row.place,
        signer_title=signer_title(row),
        signer_name=row.signer_name,
    )


def _body(campaign: Campaign, row: Decision, head: Head, shared: Mapping[str, Any]) -> list[str]:
    """Điều được thông báo: the result once it is signed; before, what is asked of the readers."""
    if row.state is DecisionState.SIGNED:
        return _result(campaign, head, shared)
    return _asked(campaign, row, head, shared)


def _result(campaign: Campaign, head: Head, shared: Mapping[str, Any]) -> list[str]:
    return [
        f"{head.issuer} thông báo kết quả khen thưởng trong {drive_words(campaign.title)} theo "
        f"Quyết định {shared['number_words']}: tặng {shared['forms']} cho {shared['counted']}."
    ]


def _asked(campaign: Campaign, row: Decision, head: Head, shared: Mapping[str, Any]) -> list[str]:
    until = date_words(row.notice_until) if row.notice_until else "ngày ……"
    return [
        f"{head.issuer} thông báo lấy ý kiến về việc dự kiến tặng {shared['forms']} cho "
        f"{shared['counted']} trong {drive_words(campaign.title)}.",
        f"Ý kiến gửi về Thường trực Hội đồng Thi đua - Khen thưởng đến hết {until}. Quá thời hạn "
        "trên, không có ý kiến được hiểu là đồng ý.",
    ]
