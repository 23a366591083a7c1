"""Văn bản khen thưởng: tờ trình, quyết định with its list, thông báo, and what amends a
decision.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from campaign.core.amounts import dong, in_words
from campaign.core.dates import VIETNAM, local_date
from campaign.core.errors import NotVisible
from campaign.core.text import name_key
from campaign.council.models import CouncilMember
from campaign.council.queries import withheld_from
from campaign.council.rules import CouncilFunction
from campaign.decision import queries
from campaign.decision.models import Decision, DecisionLine
from campaign.decision.rules import DecisionKind, DecisionState
from campaign.decision.signer import authority, signer_title
from campaign.decision.upward import queries as upward_requests
from campaign.extensions import db
from campaign.honours.models import RuleSet
from campaign.honours.rules import Level, Subject
from campaign.nomination.models import Nominee
from campaign.office.heads import (
    Asker,
    common,
    council_member,
    council_signature,
    office,
    unchecked_bases,
)
from campaign.office.rules import (
    COUNCIL,
    STAFF,
    STANDING,
    Drawn,
    Head,
    Item,
    asked_office,
    bases,
    counted,
    drive_words,
    number_words,
    proposed,
    routed,
    without_asides,
)
from campaign.papers.rules import date_words
from campaign.planning.models import Campaign
from campaign.register.certificates.printing import registered

_PROPOSED = "Theo đề nghị của Hội đồng Thi đua - Khen thưởng"


def _seen(asker: Asker, campaign: Campaign) -> list[Decision]:
    """Signed decisions for everybody who draws papers; drafts for staff, and for those of the
    council
    whom nothing in them is withheld from.
    """
    rows = list(reversed(queries.decisions(campaign.id)))
    if asker.is_any(*STAFF):
        return rows
    if not asker.is_any(*COUNCIL):
        return [row for row in rows if row.state is DecisionState.SIGNED]
    withheld = withheld_from(asker.user, campaign, local_date(asker.now))
    return [row for row in rows if not queries.is_withheld(row, withheld)]


def _item(row: Decision, *, is_final: bool) -> Item:
    return Item(row.id, f"Quyết định {row.kind.label} số {row.title}", is_final)


def submissions(asker: Asker, campaign: Campaign) -> list[Item]:
    """Tờ trình of each award decision, for the staff; final once decided and signed by somebody."""
    if not asker.is_any(*STAFF):
        return []
    return [
        _item(
            row, is_final=row.state is DecisionState.SIGNED and _proposer(campaign, row) is not None
        )
        for row in _seen(asker, campaign)
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


def decisions(asker: Asker, campaign: Campaign) -> list[Item]:
    """Quyết định khen thưởng."""
    return [
        _item(row, is_final=row.state is DecisionState.SIGNED)
        for row in _seen(asker, campaign)
        if row.kind is DecisionKind.AWARD
    ]


def amendments(asker: Asker, campaign: Campaign) -> list[Item]:
    """Quyết định điều chỉnh, thu hồi."""
    return [
        _item(row, is_final=row.state is DecisionState.SIGNED)
        for row in _seen(asker, campaign)
        if row.kind is not DecisionKind.AWARD
    ]


def notices(asker: Asker, campaign: Campaign) -> list[Item]:
    """Thông báo: of a draft that is posted for opinions, or of a decision that is signed."""
    return [
        _item(row, is_final=True)
        for row in _seen(asker, campaign)
        if row.state is not DecisionState.DRAFT and row.kind is DecisionKind.AWARD
    ]


def _rows(lines: Sequence[DecisionLine], rules: RuleSet) -> list[dict[str, str]]:
    return [
        {
            "name": f"{line.honorific} {line.name}".strip()
            + (" (minh hoạ)" if line.is_illustrative else ""),
            "place": _place(line),
            "form": line.form_name,
            "amount": dong(line.amount),
            "register": registered(line, rules) if line.register_number else "",
        }
        for line in lines
    ]


def _place(line: DecisionLine) -> str:
    """Chức vụ, đơn vị of a person; of a collective the unit it is part of."""
    if line.subject is Subject.COLLECTIVE:
        return "" if name_key(line.name) == name_key(line.unit_name) else line.unit_name
    return ", ".join(filter(None, (line.job, line.unit_name)))


def _counted(lines: Sequence[DecisionLine]) -> str:
    return _counted_subjects([line.subject for line in lines])


def _counted_subjects(subjects: Sequence[Subject]) -> str:
    return counted(
        subjects.count(Subject.COLLECTIVE),
        subjects.count(Subject.INDIVIDUAL),
        subjects.count(Subject.HOUSEHOLD),
    )


def _shared(campaign: Campaign, row: Decision, head: Head) -> dict[str, Any]:
    lines = queries.lines_of(row.id)
    total = sum(line.amount for line in lines)
    rules = db.session.get_one(RuleSet, row.rule_set_code)
    who = f"{authority(row)} {head.issuer}".strip()
    text = (
        proposed(row.legal_basis, _PROPOSED) if row.kind is DecisionKind.AWARD else row.legal_basis
    )
    is_signed = row.state is DecisionState.SIGNED
    return {
        "lines": _rows(lines, rules),
        "counted": _counted(lines),
        "total": dong(total),
        "total_words": in_words(total),
        "fund": row.fund,
        "basis": bases(text, unchecked_bases(row.rule_set_code, is_final=is_signed)),
        "register_title": "Số sổ vàng" if rules.has_golden_book else "Số vào sổ",
        "forms": " và ".join(dict.fromkeys(line.form_name for line in lines)) or "…",
        "authority": who,
        "number_words": number_words(
            row.number, row.symbol, row.signed_on, campaign.ends_on.year, who
        ),
    }


def _signed(row: Decision) -> dict[str, Any]:
    return {
        "day": row.signed_on,
        "place": row.place,
        "signer_title": signer_title(row),
        "signer_name": row.signer_name or " ",
    }


def _version(row: Decision) -> str:
    return (
        f"Quyết định số {row.title}"
        if row.state is DecisionState.SIGNED
        else f"Bản thảo {row.version}"
    )


def decision(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung quyết định khen thưởng."""
    del asker
    row, head = queries.decision(campaign.id, subject_id), office(campaign)
    shared = _shared(campaign, row, head)
    about = f"Về việc tặng {shared['forms']} trong {drive_words(campaign.title)}"
    fields = (
        common(
            campaign,
            head,
            about=about,
            symbol=row.symbol,
            number=row.number,
            recipients=routed(head.recipients, "Như Điều 3"),
            **_signed(row),
        )
        | shared
    )
    return Drawn(fields, _version(row), row.signed_at)


def submission(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung tờ trình: the Council's Standing Committee asks whoever decides."""
    del asker
    row, head = queries.decision(campaign.id, subject_id), office(campaign)
    shared, signs, council = _shared(campaign, row, head), _proposer(campaign, row), head.council
    is_final = row.state is DecisionState.SIGNED and signs is not None
    del shared["basis"]
    fields = (
        common(
            campaign,
            council,
            about=f"Về việc đề nghị khen thưởng trong {drive_words(campaign.title)}",
            symbol=council.symbol("TTr"),
            place=row.place,
            recipients=routed(head.recipients, "Như trên", is_only=True),
            **council_signature(signs, before="TM. THƯỜNG TRỰC HỘI ĐỒNG"),
        )
        | shared
        | {"to": shared["authority"], "number_words": f"của {STANDING}"}
    )
    return Drawn(fields, _version(row), row.signed_at if is_final else None)


def _upward(campaign: Campaign) -> list[tuple[str, date | None, list[Nominee]]]:
    """Đề nghị cấp trên by level: what was sent, by letter and day, then what waits."""
    sent: dict[tuple[Level, str, date | None], list[Nominee]] = {}
    for row in upward_requests.upward(campaign.id):
        sent.setdefault((row.nominee.kind.award_type.level, row.letter, row.sent_on), []).append(
            row.nominee
        )
    for nominee in upward_requests.waiting_upward(campaign.id):
        sent.setdefault((nominee.kind.award_type.level, "", None), []).append(nominee)
    return [
        (letter, day, rows)
        for (_, letter, day), rows in sorted(
            sent.items(), key=lambda one: (list(Level).index(one[0][0]), one[1][0].id)
        )
    ]


def upwards(asker: Asker, campaign: Campaign) -> list[Item]:
    """Tờ trình gửi cấp trên: one for each level and letter; final once sent."""
    if not asker.is_any(*STAFF):
        return []
    return [
        Item(
            rows[0].id,
            f"{rows[0].kind.award_type.level.label}, {letter or 'chưa gửi'}",
            day is not None,
        )
        for letter, day, rows in _upward(campaign)
    ]


def upward(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung tờ trình gửi cấp trên, by its letter and day once sent."""
    del asker
    found = next((one for one in _upward(campaign) if one[2][0].id == subject_id), None)
    if found is None:
        raise NotVisible
    letter, day, rows = found
    head = office(campaign)
    number, _, symbol = letter.partition("/")
    symbol = without_asides(symbol) or head.symbol("TTr")
    fields = common(
        campaign,
        head,
        about=f"Về việc đề nghị khen thưởng trong {drive_words(campaign.title)}",
        symbol=symbol,
        number=number.strip(),
        day=day,
        recipients=routed(head.recipients, "Như trên", is_only=True),
    ) | {
        "to": asked_office(rows[0].kind.award_type.signatory, head.above),
        "sender": head.issuer,
        "signatory": rows[0].kind.award_type.signatory,
        "counted": _counted_subjects([row.kind.subject for row in rows]),
        "forms": " và ".join(dict.fromkeys(row.kind.award_type.name for row in rows)),
        "number_words": number_words(number, symbol, day, campaign.ends_on.year, head.issuer)
        if day
        else f"của {head.issuer}",
        "lines": [
            {
                "name": f"{row.honorific} {row.name}".strip()
                + (" (minh hoạ)" if row.is_illustrative else ""),
                "place": _place_of(row),
                "form": row.kind.award_type.name,
            }
            for row in rows
        ],
    }
    return Drawn(
        fields, f"Tờ trình số {letter}" if letter else "Chưa gửi", _morning(day) if day else None
    )


def _place_of(row: Nominee) -> str:
    unit = row.participation.unit
    if row.kind.subject is Subject.COLLECTIVE:
        return "" if name_key(row.name) == name_key(unit.name) else unit.name
    return ", ".join(filter(None, (row.job, unit.name)))


def _morning(day: date) -> datetime:
    """Đầu ngày: of what is known by its day alone."""
    return datetime.combine(day, time(), VIETNAM)


def notice(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung thông báo: the list for opinions, or the result."""
    del asker
    row, head = queries.decision(campaign.id, subject_id), office(campaign)
    if row.state is DecisionState.DRAFT:
        raise NotVisible
    shared, symbol = _shared(campaign, row, head), head.symbol("TB")
    day = row.signed_on or row.posted_on
    if row.state is DecisionState.SIGNED:
        about = "Kết quả khen thưởng"
        body = [
            f"{head.issuer} thông báo kết quả khen thưởng trong {drive_words(campaign.title)} "
            "theo Quyết định "
            f"{shared['number_words']}: tặng {shared['forms']} cho {shared['counted']}."
        ]
    else:
        about = "Lấy ý kiến về danh sách đề nghị khen thưởng"
        until = date_words(row.notice_until) if row.notice_until else "ngày ……"
        body = [
            f"{head.issuer} thông báo lấy ý kiến về việc dự kiến tặng {shared['forms']} cho "
            f"{shared['counted']} trong "
            f"{drive_words(campaign.title)}.",
            f"Ý kiến gửi về Thường trực Hội đồng Thi đua - Khen thưởng đến hết {until}. Quá "
            "thời hạn trên, không có ý kiến được "
            "hiểu là đồng ý.",
        ]
    del shared["basis"]
    fields = (
        common(
            campaign,
            head,
            about=about,
            symbol=symbol,
            day=day,
            place=row.place,
            signer_title=signer_title(row),
            signer_name=row.signer_name,
        )
        | shared
        | {"body": body, "number_words": f"của {head.issuer}"}
    )
    return Drawn(
        fields, _version(row), row.signed_at or (_morning(row.posted_on) if row.posted_on else None)
    )


def _amended_money(row: Decision, changes: bool) -> str:  # noqa: FBT001 - asked in one place
    """Tiền thưởng, as what amends says of it: what is paid back, what changes, or that nothing
    does.
    """
    if row.recover:
        return f"Thu hồi số tiền thưởng {dong(row.recover)} đồng ({in_words(row.recover)})."
    if row.kind is DecisionKind.REVOCATION:
        return "Không phát sinh việc thu hồi tiền thưởng."
    return "Tiền thưởng điều chỉnh như tại Điều 1." if changes else "Tiền thưởng không thay đổi."


def amendment(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung quyết định điều chỉnh, thu hồi."""
    del asker
    row, head = queries.decision(campaign.id, subject_id), office(campaign)
    if row.amends_id is None:
        raise NotVisible
    old = queries.decision(campaign.id, row.amends_id)
    shared = _shared(campaign, row, head)
    is_revocation = row.kind is DecisionKind.REVOCATION
    corrected, whom = queries.corrections_of(row), queries.about_whom_of(row.id)
    what = (
        f"Thu hồi {shared['forms']} đã tặng theo"
        if is_revocation
        else "Điều chỉnh thông tin trong danh sách kèm theo"
    )
    about = (
        f"Về việc thu hồi {shared['forms']} của {whom} theo Quyết định số {old.cited}"
        if is_revocation
        else f"Về việc điều chỉnh thông tin về {whom} trong Quyết định số {old.cited}"
    )
    money = _amended_money(row, any(one.is_money for found in corrected.values() for one in found))
    names = {line.nominee_id: line.full_name for line in queries.lines_of(row.id)}
    shared["lines"] = [
        told | {"change": "; ".join(one.words for one in corrected.get(line.nominee_id, ()))}
        for told, line in zip(shared["lines"], queries.lines_of(row.id), strict=True)
    ]
    shared |= {
        "whom": whom,
        "is_revocation": is_revocation,
        "changes": [
            f"{names[number]}: {'; '.join(one.words for one in found)}"
            for number, found in corrected.items()
            if found
        ],
    }
    fields = (
        common(
            campaign,
            head,
            about=about,
            symbol=row.symbol,
            number=row.number,
            recipients=routed(head.recipients, "Như Điều 3"),
            **_signed(row),
        )
        | shared
        | {"what": what, "amended": old.cited, "reason": row.reason.rstrip("."), "money": money}
    )
    return Drawn(fields, _version(row), row.signed_at)
