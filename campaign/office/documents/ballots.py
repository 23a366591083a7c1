"""Phiếu biểu quyết: a paper ballot of each vote of a meeting."""

from typing import Any

from campaign.core.dates import local_date
from campaign.core.errors import NotVisible
from campaign.core.vote_rules import Mode
from campaign.meeting.models import Meeting
from campaign.office.documents.invitations import meetings_seen, words_of
from campaign.office.heads import Asker, common, office
from campaign.office.rules import Item, PaperContent
from campaign.planning.models import Campaign
from campaign.voting import queries
from campaign.voting.models import Ballot
from campaign.voting.protocol import rule_words
from campaign.voting.rules import BallotType

_GUIDANCE = {
    Mode.SECRET: "Đánh dấu × vào một ô ở mỗi dòng. Phiếu không ghi tên, không ký tên; dòng "
    "không đánh dấu hoặc đánh dấu cả hai ô là không hợp lệ.",
    Mode.OPEN: "Đánh dấu × vào một ô ở mỗi dòng và ký tên.",
}


def ballots_seen(asker: Asker, campaign: Campaign) -> list[tuple[Meeting, Ballot]]:
    """Các lượt biểu quyết trong tầm nhìn, each with its meeting."""
    rows = {row.id: row for row in meetings_seen(asker, campaign)}
    return [(rows[vote.meeting_id], vote) for vote in queries.ballots_of(list(rows))]


def ballots(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các lượt biểu quyết."""
    return [
        Item(
            vote.id,
            f"{words_of(meeting)}, lượt {vote.number}: {vote.title}",
            vote.opened_at is not None,
        )
        for meeting, vote in ballots_seen(asker, campaign)
    ]


def meeting_of(asker: Asker, campaign: Campaign, ballot_id: int) -> tuple[Meeting, Ballot]:
    """Một lượt biểu quyết and its meeting. Raises NotVisible."""
    for meeting, vote in ballots_seen(asker, campaign):
        if vote.id == ballot_id:
            return meeting, vote
    raise NotVisible


def ballot(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung phiếu biểu quyết: nothing on a secret one tells whose it is."""
    meeting, vote = meeting_of(asker, campaign, subject_id)
    lines = queries.lines_of([vote.id])[vote.id]
    fields = common(
        campaign,
        office(campaign).council,
        about=f"Cuộc họp số {meeting.number} của Hội đồng Thi đua - Khen thưởng",
        day=local_date(meeting.starts_at),
    )
    fields |= _question(vote) | {
        "lines": [{"label": line.label, "detail": line.detail} for line in lines]
    }
    return PaperContent(fields, f"Lượt {vote.number}", vote.opened_at)


def _question(vote: Ballot) -> dict[str, Any]:
    """Lượt biểu quyết: what is voted on, by which rule, and how the paper is filled in."""
    rule = rule_words(vote)
    return {
        "ballot": str(vote.number),
        "subject": vote.title,
        "rule": rule[:1].upper() + rule[1:],
        "guidance": _guidance(vote),
        **column_words(vote.form is BallotType.CHOOSE),
        "signed": vote.mode is Mode.OPEN,
    }


def _guidance(vote: Ballot) -> str:
    """Cách đánh phiếu, and what makes a paper blank or invalid."""
    if vote.form is not BallotType.CHOOSE:
        return _GUIDANCE[vote.mode]
    return (
        f"Đánh dấu × vào ô “Chọn” của nhiều nhất {vote.places} dòng. Phiếu không đánh dấu ô "
        "“Chọn” nào là phiếu trắng, phiếu chọn quá số đó là không hợp lệ."
    )


def column_words(chooses: bool) -> dict[str, str]:  # noqa: FBT001 - what a ballot is
    """Hai cột của phiếu: consent, or on a paper of choice whether it was chosen."""
    return {
        "yes_word": "Chọn" if chooses else "Đồng ý",
        "no_word": "Không chọn" if chooses else "Không đồng ý",
    }
