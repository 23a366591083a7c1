"""Biên bản cuộc họp."""

from typing import Any

from campaign.core.errors import NotVisible
from campaign.meeting import queries as meetings
from campaign.office.documents.ballots import column_words
from campaign.office.documents.counts import (
    frame_of_minutes,
    is_choice,
    line_fields,
    minuted_content,
    remarks_of,
)
from campaign.office.documents.invitations import meetings_seen
from campaign.office.heads import Asker
from campaign.office.rules import Item, PaperContent, listed, unended
from campaign.papers.rules import spelled
from campaign.planning.models import Campaign


def minuted(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các cuộc họp có biên bản: from the opening on; final once the chair confirmed."""
    return [
        Item(row.id, f"Cuộc họp số {row.number}", row.confirmed_at is not None)
        for row in meetings_seen(asker, campaign)
        if row.opened_at is not None
    ]


_INSTEAD = "thay "
"""Cách ghi người dự thay: "thay Nguyễn Văn A"."""


def _person(row: dict[str, Any]) -> str:
    """Một người dự họp: who, whose seat they took and why, when they came late or left."""
    instead = row["presence"] if row["presence"].startswith(_INSTEAD) else ""
    why = ": ".join(filter(None, (instead, row["reason"])))
    return spelled(
        ", ".join(filter(None, (row["name"], row["position"], row["function"])))
        + (f" ({why})" if why else "")
        + (f", rời họp lúc {row['left_at']}" if row["left_at"] else "")
    )


def _annulled(counted: dict[str, Any]) -> str:
    """Lượt đã huỷ: which, and why its papers were never counted."""
    return f"Lượt {counted['number']}. {counted['title']}: {unended(counted['annulled'])}."


def _merits(counted: dict[str, Any]) -> list[str]:
    """Tóm tắt thành tích of each line, as the Council had it before it."""
    texts = (
        (line["label"], "; ".join(filter(None, (line["detail"], line["merit"]))))
        for line in counted["lines"]
    )
    return [f"{label}: {unended(words)}." for label, words in texts if words]


def minutes(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung biên bản họp: frozen once the chair confirmed it."""
    del asker
    meeting = meetings.meeting(campaign.id, subject_id)
    if meeting.opened_at is None:
        raise NotVisible
    content, head, named = minuted_content(campaign, meeting)
    about = f"Cuộc họp số {meeting.number}, {named['drive']}"
    fields = frame_of_minutes(campaign, head, content, about=about, at=meeting.opened_at)
    own_fields = _course(content) | {
        "agenda": listed(content["agenda"], is_final=meeting.confirmed_at is not None),
        "notes": _notes(content),
        "ballots": [_ballot(counted) for counted in content["ballots"] if not counted["annulled"]],
        "annulled": [_annulled(counted) for counted in content["ballots"] if counted["annulled"]],
    }
    title = f"Biên bản cuộc họp số {meeting.number}"
    return PaperContent(fields | named | own_fields, title, meeting.confirmed_at)


def _course(content: dict[str, Any]) -> dict[str, Any]:
    """Khi nào, ở đâu, ai có mặt, and whether they were enough to meet."""
    quorum = content["quorum"]
    return {
        "opened_at": spelled(content["opened_at"]),
        "closed_at": spelled(content["closed_at"]) or "……",
        "place": content["place"],
        "chair": content["chair"],
        "secretary": content["secretary"],
        "members": quorum["total"],
        "opening": quorum["present"],
        "quorum": "đủ số thành viên để họp"
        if quorum["is_met"]
        else "không đủ số thành viên để họp",
        "present": [_person(member) for member in content["present"]],
        "absent": [_person(member) for member in content["absent"]],
        "replaced": [_person(member) for member in content.get("replaced", ())],
    }


def _notes(content: dict[str, Any]) -> list[str]:
    """Diễn biến khác: what was written down, what was clarified and which marks were looked at."""
    return [
        *(listed(content["notes"]) if content["notes"].strip() else []),
        *(f"Giải trình sau thẩm định: {line}" for line in content.get("clarifications", ())),
        *(f"{content[name]}." for name in ("confirmed",) if name in content),
        *(f"Xem lại ô có điểm chênh lệch: {line}" for line in content.get("divergences", ())),
    ]


def _ballot(counted: dict[str, Any]) -> dict[str, Any]:
    rule = counted["rule"]
    return {
        "number": str(counted["number"]),
        "title": counted["title"],
        "rule": rule[:1].upper() + rule[1:],
        "standards": counted["standards"],
        "merits": _merits(counted),
        **column_words(is_choice(counted)),
        "lines": line_fields(counted),
        "remarks": remarks_of(counted),
    }
