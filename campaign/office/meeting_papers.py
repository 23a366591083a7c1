"""Văn bản của cuộc họp: invitation, papers to vote on, the count and the minutes."""

from dataclasses import replace
from typing import Any

from campaign.core.dates import local_date
from campaign.core.errors import NotVisible
from campaign.core.vote_rules import Mode
from campaign.council.rules import CouncilFunction
from campaign.meeting import queries as meetings
from campaign.meeting.models import Meeting
from campaign.meeting.rules import Presence
from campaign.office.heads import Asker, common, council_member, council_signature, office
from campaign.office.rules import COUNCIL, Drawn, Head, Item, drive_words, listed, routed
from campaign.papers.rules import moment_words, spelled
from campaign.planning.models import Campaign
from campaign.voting import queries
from campaign.voting.models import Ballot
from campaign.voting.protocol import minutes_of, rule_words
from campaign.voting.rules import Form

_GUIDANCE = {
    Mode.SECRET: "Đánh dấu × vào một ô ở mỗi dòng. Phiếu không ghi tên, không ký tên; dòng "
    "không đánh dấu hoặc đánh dấu cả hai ô là không hợp lệ.",
    Mode.OPEN: "Đánh dấu × vào một ô ở mỗi dòng và ký tên.",
}

_MEMBERS = "Các thành viên Hội đồng"


def _meetings(asker: Asker, campaign: Campaign) -> list[Meeting]:
    return list(reversed(meetings.meetings(campaign.id))) if asker.is_any(*COUNCIL) else []


def called(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các cuộc họp đã triệu tập."""
    return [
        Item(row.id, f"Cuộc họp số {row.number}", is_final=True)
        for row in _meetings(asker, campaign)
    ]


def asked(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các cuộc họp lấy ý kiến bằng phiếu: final once there are lines to ask about."""
    rows = _meetings(asker, campaign)
    ready = {one.meeting_id for one in queries.ballots_of([row.id for row in rows])}
    return [Item(row.id, f"Cuộc họp số {row.number}", row.id in ready) for row in rows]


def minuted(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các cuộc họp có biên bản: from the opening on; final once the chair confirmed."""
    return [
        Item(row.id, f"Cuộc họp số {row.number}", row.confirmed_at is not None)
        for row in _meetings(asker, campaign)
        if row.opened_at is not None
    ]


def _ballots(asker: Asker, campaign: Campaign) -> list[tuple[Meeting, Ballot]]:
    rows = {row.id: row for row in _meetings(asker, campaign)}
    return [(rows[one.meeting_id], one) for one in queries.ballots_of(list(rows))]


def ballots(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các lượt biểu quyết."""
    return [
        Item(
            one.id,
            f"Cuộc họp số {meeting.number}, lượt {one.number}: {one.title}",
            one.opened_at is not None,
        )
        for meeting, one in _ballots(asker, campaign)
    ]


def counts(asker: Asker, campaign: Campaign) -> list[Item]:
    """Các lượt đã kiểm phiếu."""
    return [
        Item(one.id, f"Cuộc họp số {meeting.number}, lượt {one.number}: {one.title}", is_final=True)
        for meeting, one in _ballots(asker, campaign)
        if one.closed_at is not None and not one.annulled_reason
    ]


def _meeting_of(asker: Asker, campaign: Campaign, ballot_id: int) -> tuple[Meeting, Ballot]:
    for meeting, one in _ballots(asker, campaign):
        if one.id == ballot_id:
            return meeting, one
    raise NotVisible


def invitation(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung giấy mời."""
    del asker
    meeting, head = meetings.meeting(campaign.id, subject_id), office(campaign)
    rows = [
        row for row in meetings.attendances(meeting.id) if row.presence is not Presence.REPLACED
    ]
    names = {row.member_id: row.member.user for row in rows}
    chair = names.get(meeting.chair_id)
    signs = council_member(campaign.id, CouncilFunction.CHAIR, day=local_date(meeting.called_at))
    signs = signs or next((row.member for row in rows if row.member_id == meeting.chair_id), None)
    fields = common(
        campaign,
        head.council,
        about="Họp Hội đồng Thi đua - Khen thưởng",
        symbol=head.council.symbol("GM"),
        day=local_date(meeting.called_at),
        recipients=routed(head.recipients, "Như trên", is_only=True),
        **council_signature(signs, before="TM. HỘI ĐỒNG"),
    ) | {
        "meeting": str(meeting.number),
        "at": moment_words(meeting.starts_at),
        "place": meeting.place,
        "chair": f"{chair.honorific} {chair.full_name}".strip() if chair else "",
        "agenda": listed(meeting.agenda, is_final=True),
        "opinions_until": moment_words(meeting.opinions_until) if meeting.opinions_until else "",
        "invited": [
            {
                "name": f"{row.member.user.honorific} {row.member.user.full_name}".strip(),
                "position": row.member.user.position,
                "function": row.member.function.label,
            }
            for row in rows
        ],
    }
    return Drawn(fields, f"Cuộc họp số {meeting.number}", meeting.called_at)


def ballot(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung phiếu biểu quyết: nothing on a secret one tells whose it is."""
    meeting, one = _meeting_of(asker, campaign, subject_id)
    lines = queries.lines_of([one.id])[one.id]
    rule = rule_words(one)
    guidance = _GUIDANCE[one.mode]
    if one.form is Form.CHOOSE:
        guidance = (
            f"Đánh dấu × vào ô “Chọn” của nhiều nhất {one.places} dòng. Phiếu không đánh dấu ô "
            "“Chọn” nào là phiếu trắng, phiếu chọn quá số đó là không hợp lệ."
        )
    fields = common(
        campaign,
        office(campaign).council,
        about=f"Cuộc họp số {meeting.number} của Hội đồng Thi đua - Khen thưởng",
        day=local_date(meeting.starts_at),
    ) | {
        "ballot": str(one.number),
        "subject": one.title,
        "rule": rule[:1].upper() + rule[1:],
        "guidance": guidance,
        **_words(one.form is Form.CHOOSE),
        "signed": one.mode is Mode.OPEN,
        "lines": [{"label": line.label, "detail": line.detail} for line in lines],
    }
    return Drawn(fields, f"Lượt {one.number}", one.opened_at)


def opinion(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung phiếu lấy ý kiến: every line of the meeting's ballots that are not repeats."""
    del asker
    meeting = meetings.meeting(campaign.id, subject_id)
    firsts = [
        one
        for one in queries.ballots(meeting.id)
        if one.repeats_id is None and one.form is Form.APPROVE
    ]
    lines = queries.lines_of([one.id for one in firsts])
    fields = common(
        campaign,
        office(campaign).council,
        about=f"Thành viên Hội đồng vắng mặt tại cuộc họp số {meeting.number}",
        day=None,
        signer_title="NGƯỜI CHO Ý KIẾN",
        signer_name=" ",
    ) | {
        "meeting": str(meeting.number),
        "at": moment_words(meeting.starts_at),
        "opinions_until": moment_words(meeting.opinions_until) if meeting.opinions_until else "",
        "lines": [
            {"label": line.label, "detail": one.title} for one in firsts for line in lines[one.id]
        ],
    }
    return Drawn(
        fields,
        f"Cuộc họp số {meeting.number}",
        (meeting.opened_at or meeting.called_at) if firsts else None,
    )


def _told(campaign: Campaign, meeting: Meeting) -> tuple[dict[str, Any], Head, dict[str, str]]:
    """Nội dung biên bản, whose paper it is and how its campaign is called: as confirmed, once it
    is.
    """
    told = minutes_of(meeting)
    head = replace(office(campaign), **told["office"]).council
    return told, head, {"campaign": told["campaign"], "drive": drive_words(told["campaign"])}


def _lines(found: dict[str, Any]) -> list[dict[str, Any]]:
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
        for line in found["lines"]
    ]


def _words(chooses: bool) -> dict[str, str]:  # noqa: FBT001 - what a ballot is
    """Hai cột của phiếu: consent, or on a paper of choice whether it was chosen."""
    return {
        "yes_word": "Chọn" if chooses else "Đồng ý",
        "no_word": "Không chọn" if chooses else "Không đồng ý",
    }


def _chooses(found: dict[str, Any]) -> bool:
    return any(line.get("chosen") for line in found["lines"])


def _of_those(found: dict[str, Any]) -> dict[str, int]:
    told = found.get("turnout") or {}
    return {name: told[name] for name in ("entitled", "voted") if name in told}


def _turnout(found: dict[str, Any]) -> list[str]:
    """Ai có mặt, được biểu quyết, đã bỏ phiếu; nothing of minutes that did not keep it yet."""
    told = found.get("turnout")
    if not told:
        return []
    said = [
        f"Khi kiểm phiếu: có mặt {told['present']}/{told['total']}, được biểu quyết "
        f"{told['entitled']}, đã bỏ phiếu {told['voted']}."
    ]
    return said + [
        f"{name} không tham gia lượt này: {why}." for name, why in told["declined"].items()
    ]


def _remarks(found: dict[str, Any]) -> list[str]:
    said = _turnout(found) + _notes(found)
    for line in found["lines"]:
        if line.get("written"):
            said.append(
                f"{line['label']}: ý kiến bằng văn bản của "
                + "; ".join(f"{name} {choice.lower()}" for name, choice in line["written"].items())
                + "."
            )
    return said


def _notes(found: dict[str, Any]) -> list[str]:
    said = (
        [f"Lượt này bỏ phiếu lại lượt {found['repeats']} vì: {found['repeat_reason']}."]
        if found["repeats"]
        else []
    )
    for line in found["lines"]:
        if line["written_yes"] or line["written_no"]:
            said.append(
                f"{line['label']}: ý kiến bằng văn bản {line['written_yes']} đồng ý, "
                f"{line['written_no']} không đồng ý."
            )
        said += [
            f"{name} không biểu quyết dòng “{line['label']}”: {why}."
            for name, why in line["recused"].items()
        ]
        if line["votes"]:
            said.append(
                f"{line['label']}: "
                + "; ".join(f"{name} {choice.lower()}" for name, choice in line["votes"].items())
                + "."
            )
    return said


def count(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung biên bản kiểm phiếu."""
    meeting, one = _meeting_of(asker, campaign, subject_id)
    told, head, named = _told(campaign, meeting)
    found = next((row for row in told["ballots"] if row["number"] == one.number), None)
    if found is None or one.closed_at is None:
        raise NotVisible
    fields = (
        common(
            campaign,
            head,
            about=one.title,
            symbol=head.symbol("BB"),
            day=local_date(one.closed_at),
            signer_title="CHỦ TỌA",
            signer_name=told["chair"],
            recipients=routed(head.recipients, _MEMBERS, is_only=True),
        )
        | named
        | {
            "meeting": str(meeting.number),
            "place": told["place"],
            "opened_at": spelled(told["opened_at"]),
            "ballot": str(one.number),
            "subject": one.title,
            "mode": found["mode"].lower(),
            "rule": found["rule"],
            "members": (found.get("turnout") or told["quorum"])["total"],
            "present": (found.get("turnout") or told["quorum"])["present"],
            "turnout": _of_those(found),
            **_words(_chooses(found)),
            "secretary": told["secretary"],
            "lines": _lines(found),
            "remarks": _remarks(found),
        }
    )
    return Drawn(fields, f"Lượt {one.number}", one.closed_at)


def _person(row: dict[str, Any]) -> str:
    return (
        ", ".join(filter(None, (row["name"], row["position"], row["function"])))
        + (f" ({row['reason']})" if row["reason"] else "")
        + (f", rời họp lúc {spelled(row['left_at'])}" if row["left_at"] else "")
    )


def _merits(found: dict[str, Any]) -> list[str]:
    """Tóm tắt thành tích of each line, as the Council had it before it."""
    told = (
        (line["label"], "; ".join(filter(None, (line["detail"], line["merit"]))))
        for line in found["lines"]
    )
    return [f"{label}: {words.rstrip('.;')}." for label, words in told if words]


def minutes(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung biên bản họp: frozen once the chair confirmed it."""
    del asker
    meeting = meetings.meeting(campaign.id, subject_id)
    if meeting.opened_at is None:
        raise NotVisible
    told, head, named = _told(campaign, meeting)
    fields = (
        common(
            campaign,
            head,
            about=f"Cuộc họp số {meeting.number}, {named['drive']}",
            symbol=head.symbol("BB"),
            day=local_date(meeting.opened_at),
            signer_title="CHỦ TỌA",
            signer_name=told["chair"],
            recipients=routed(head.recipients, _MEMBERS, is_only=True),
        )
        | named
        | {
            "opened_at": spelled(told["opened_at"]),
            "closed_at": spelled(told["closed_at"]) or "……",
            "place": told["place"],
            "chair": told["chair"],
            "secretary": told["secretary"],
            "members": told["quorum"]["total"],
            "opening": told["quorum"]["present"],
            "quorum": "đủ số thành viên để họp"
            if told["quorum"]["is_met"]
            else "không đủ số thành viên để họp",
            "present": [_person(row) for row in told["present"]],
            "absent": [_person(row) for row in told["absent"]],
            "agenda": listed(told["agenda"], is_final=meeting.confirmed_at is not None),
            "notes": listed(told["notes"]) if told["notes"].strip() else [],
            "ballots": [
                {
                    "number": str(row["number"]),
                    "title": row["title"],
                    "rule": row["rule"][:1].upper() + row["rule"][1:],
                    "standards": row["standards"],
                    "merits": _merits(row),
                    **_words(_chooses(row)),
                    "lines": _lines(row),
                    "remarks": _remarks(row),
                }
                for row in told["ballots"]
                if not row["annulled"]
            ],
        }
    )
    return Drawn(fields, f"Biên bản cuộc họp số {meeting.number}", meeting.confirmed_at)
