"""Biên bản kiểm phiếu, and how the lines of a count are content."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from campaign.core.dates import local_date
from campaign.core.errors import NotVisible
from campaign.meeting.models import Meeting
from campaign.office.documents.ballots import ballots_seen, column_words, meeting_of
from campaign.office.heads import Asker, common, office
from campaign.office.rules import Head, Item, PaperContent, routed, unended
from campaign.papers.rules import drive_words, spelled
from campaign.planning.models import Campaign
from campaign.voting.protocol import minutes_of

MEMBERS = "Các thành viên Hội đồng"


def counts(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các lượt đã kiểm phiếu."""
    return [
        Item(
            ballot.id,
            f"Cuộc họp số {meeting.number}, lượt {ballot.number}: {ballot.title}",
            is_final=True,
        )
        for meeting, ballot in ballots_seen(asker, campaign)
        if ballot.closed_at is not None and not ballot.annulled_reason
    ]


def minuted_content(
    campaign: Campaign, meeting: Meeting
) -> tuple[dict[str, Any], Head, dict[str, str]]:
    """Nội dung biên bản, whose paper it is and its campaign's title: as confirmed, once it is."""
    content = minutes_of(meeting)
    head = replace(office(campaign), **content["office"]).council
    return (
        content,
        head,
        {"campaign": content["campaign"], "drive": drive_words(content["campaign"])},
    )


def frame_of_minutes(
    campaign: Campaign, head: Head, content: dict[str, Any], *, about: str, at: datetime
) -> dict[str, Any]:
    """Thể thức biên bản: head, trích yếu, day; the chair signs and the members receive it."""
    return common(
        campaign,
        head,
        about=about,
        symbol=head.symbol("BB"),
        day=local_date(at),
        signer_title="CHỦ TỌA",
        signer_name=content.get("confirmed_by", content["chair"]),
        recipients=routed(head.recipients, MEMBERS, is_only=True),
    )


def line_fields(counted: dict[str, Any]) -> list[dict[str, Any]]:
    """Số liệu kiểm phiếu of each line."""
    return [
        {
            "label": line["label"],
            "issued": line["issued"],
            "returned": line["returned"],
            "valid": line["valid"],
            "invalid": line["invalid"],
            "yes": line["yes"],
            "no": line["no"],
            "share": f"{line['yes']}/{line['base']} = {line['percent']}",
            "outcome": line["outcome"],
        }
        for line in counted["lines"]
    ]


def is_choice(counted: dict[str, Any]) -> bool:
    """Whether the paper ballot asked whom to choose."""
    return any(line.get("chosen") for line in counted["lines"])


def _of_those(counted: dict[str, Any]) -> dict[str, int]:
    turnout = counted.get("turnout") or {}
    return {name: turnout[name] for name in ("entitled", "voted") if name in turnout}


def _turnout(counted: dict[str, Any]) -> list[str]:
    """Ai có mặt, được biểu quyết, đã bỏ phiếu; nothing of minutes that did not keep it yet."""
    turnout = counted.get("turnout")
    if not turnout:
        return []
    said = [
        f"Khi kiểm phiếu: có mặt {turnout['present']}/{turnout['total']}, được biểu quyết "
        f"{turnout['entitled']}, đã bỏ phiếu {turnout['voted']}."
    ]
    return said + [
        f"{name} không tham gia lượt này: {unended(why)}."
        for name, why in turnout["declined"].items()
    ]


def remarks_of(counted: dict[str, Any]) -> list[str]:
    """Điều cần ghi thêm of a count: who took part, who did not and why, and opinions in writing."""
    said = _turnout(counted) + _notes(counted)
    for line in counted["lines"]:
        if line.get("written"):
            said.append(f"{line['label']}: ý kiến bằng văn bản của {_choices(line['written'])}.")
    return said


def _choices(chosen: Mapping[str, str]) -> str:
    """Ai chọn gì: each by name."""
    return "; ".join(f"{name} {choice.lower()}" for name, choice in chosen.items())


def _notes(counted: dict[str, Any]) -> list[str]:
    """Điều cần ghi of the vote: how many places, what it repeats and why, then line by line."""
    said = []
    if counted.get("places"):
        said.append(f"Số suất của lượt này: {counted['places']}.")
    if counted["repeats"]:
        why = unended(counted["repeat_reason"])
        said.append(f"Lượt này bỏ phiếu lại lượt {counted['repeats']} vì: {why}.")
    return said + [note for line in counted["lines"] for note in _notes_of_line(line)]


def _notes_of_line(line: dict[str, Any]) -> Iterator[str]:
    """Điều cần ghi of a line: the chair's word, opinions in writing, who kept away, open votes."""
    if line.get("chair"):
        yield f"{line['label']}: {line['chair']}."
    if line["written_yes"] or line["written_no"]:
        yield (
            f"{line['label']}: ý kiến bằng văn bản {line['written_yes']} đồng ý, "
            f"{line['written_no']} không đồng ý."
        )
    for name, why in line["recused"].items():
        yield f"{name} không biểu quyết dòng “{line['label']}”: {unended(why)}."
    if line["votes"]:
        yield f"{line['label']}: {_choices(line['votes'])}."


def count(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung biên bản kiểm phiếu."""
    meeting, ballot = meeting_of(asker, campaign, subject_id)
    content, head, named = minuted_content(campaign, meeting)
    counted = next((row for row in content["ballots"] if row["number"] == ballot.number), None)
    if counted is None or ballot.closed_at is None:
        raise NotVisible
    fields = frame_of_minutes(campaign, head, content, about=ballot.title, at=ballot.closed_at)
    fields |= named | _held(content, counted)
    fields |= {
        "meeting": str(meeting.number),
        "ballot": str(ballot.number),
        "subject": ballot.title,
    }
    return PaperContent(fields, f"Lượt {ballot.number}", ballot.closed_at)


def _held(content: dict[str, Any], counted: dict[str, Any]) -> dict[str, Any]:
    """Lượt biểu quyết as it was held: where, by which rule, how many there were, what came out."""
    there = counted.get("turnout") or content["quorum"]
    return {
        "place": content["place"],
        "opened_at": spelled(content["opened_at"]),
        "mode": counted["mode"].lower(),
        "rule": counted["rule"],
        "members": there["total"],
        "present": there["present"],
        "turnout": _of_those(counted),
        **column_words(is_choice(counted)),
        "secretary": content["secretary"],
        "lines": line_fields(counted),
        "remarks": remarks_of(counted),
    }
