"""Văn bản khen thưởng: tờ trình, quyết định with its list, thông báo, and what amends a decision."""

from collections.abc import Sequence
from typing import Any

from campaign.awarding import queries
from campaign.awarding.certificates import authority, signer_title
from campaign.awarding.models import Decision, DecisionLine
from campaign.awarding.rules import DecisionKind, DecisionState, Subject, dong, in_words
from campaign.core.errors import NotVisible
from campaign.office.heads import Asker, common, office, unchecked_bases
from campaign.office.rules import COUNCIL, STAFF, Drawn, Head, Item, bases, counted, drive_words, number_words, proposed
from campaign.papers.rules import date_words
from campaign.planning.models import Campaign

_PROPOSED = "Theo đề nghị của Hội đồng Thi đua - Khen thưởng"


def _seen(asker: Asker, campaign: Campaign) -> list[Decision]:
    """Signed decisions for everybody who draws papers; drafts for staff and council."""
    rows = list(reversed(queries.decisions(campaign.id)))
    return rows if asker.is_any(*COUNCIL) else [row for row in rows if row.state is DecisionState.SIGNED]


def _item(row: Decision, *, is_final: bool) -> Item:
    return Item(row.id, f"Quyết định {row.kind.label} số {row.title}", is_final)


def submissions(asker: Asker, campaign: Campaign) -> list[Item]:
    """Tờ trình of each award decision, for the staff."""
    if not asker.is_any(*STAFF):
        return []
    return [_item(row, is_final=row.state is DecisionState.SIGNED) for row in _seen(asker, campaign) if row.kind is DecisionKind.AWARD]


def decisions(asker: Asker, campaign: Campaign) -> list[Item]:
    """Quyết định khen thưởng."""
    return [_item(row, is_final=row.state is DecisionState.SIGNED) for row in _seen(asker, campaign) if row.kind is DecisionKind.AWARD]


def amendments(asker: Asker, campaign: Campaign) -> list[Item]:
    """Quyết định điều chỉnh, thu hồi."""
    return [_item(row, is_final=row.state is DecisionState.SIGNED) for row in _seen(asker, campaign) if row.kind is not DecisionKind.AWARD]


def notices(asker: Asker, campaign: Campaign) -> list[Item]:
    """Thông báo: of a draft that is posted for opinions, or of a decision that is signed."""
    return [_item(row, is_final=row.state is DecisionState.SIGNED) for row in _seen(asker, campaign)
            if row.state is not DecisionState.DRAFT and row.kind is DecisionKind.AWARD]


def _rows(lines: Sequence[DecisionLine]) -> list[dict[str, str]]:
    return [{"name": f"{line.honorific} {line.name}".strip() + (" (minh hoạ)" if line.is_illustrative else ""),
             "place": ", ".join(filter(None, (line.job, line.unit_name if line.subject is Subject.INDIVIDUAL else line.block_name))),
             "form": line.form_name, "amount": dong(line.amount),
             "register": f"{line.register_number}/{line.register_year}" if line.register_number else ""} for line in lines]


def _counted(lines: Sequence[DecisionLine]) -> str:
    collectives = sum(line.subject is Subject.COLLECTIVE for line in lines)
    return counted(collectives, len(lines) - collectives)


def _shared(campaign: Campaign, row: Decision, head: Head) -> dict[str, Any]:
    lines = queries.lines_of(row.id)
    total = sum(line.amount for line in lines)
    who = f"{authority(row)} {head.issuer}".strip()
    text = proposed(row.legal_basis, _PROPOSED) if row.kind is DecisionKind.AWARD else row.legal_basis
    return {"lines": _rows(lines), "counted": _counted(lines), "total": dong(total), "total_words": in_words(total), "fund": row.fund,
            "forms": " và ".join(dict.fromkeys(line.form_name for line in lines)) or "…", "authority": who,
            "basis": bases(text, unchecked_bases(row.rule_set_code, is_final=row.state is DecisionState.SIGNED)),
            "number_words": number_words(row.number, row.symbol, row.signed_on, campaign.ends_on.year, who)}


def _signed(row: Decision) -> dict[str, Any]:
    return {"day": row.signed_on, "place": row.place, "signer_title": signer_title(row), "signer_name": row.signer_name}


def _version(row: Decision) -> str:
    return f"Quyết định số {row.title}" if row.state is DecisionState.SIGNED else f"Bản thảo {row.version}"


def decision(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung quyết định khen thưởng."""
    del asker
    row, head = queries.decision(campaign.id, subject_id), office(campaign)
    shared = _shared(campaign, row, head)
    about = f"Về việc tặng {shared['forms']} trong {drive_words(campaign.title)}"
    fields = common(campaign, head, about=about, symbol=row.symbol, number=row.number, **_signed(row)) | shared
    return Drawn(fields, _version(row), row.signed_at)


def submission(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung tờ trình: to whoever signs, with the list of the decision."""
    del asker
    row, head = queries.decision(campaign.id, subject_id), office(campaign)
    shared, symbol = _shared(campaign, row, head), head.symbol("TTr")
    who = "Thường trực Hội đồng Thi đua - Khen thưởng"
    fields = common(campaign, head, about=f"Về việc đề nghị khen thưởng trong {drive_words(campaign.title)}", symbol=symbol,
                    place=row.place, signer_title="TM. THƯỜNG TRỰC HỘI ĐỒNG", signer_name=" ") | shared | {
        "to": shared["authority"], "number_words": number_words("", symbol, None, campaign.ends_on.year, who)}
    return Drawn(fields, _version(row), row.signed_at)


def notice(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung thông báo: the list for opinions, or the result."""
    del asker
    row, head = queries.decision(campaign.id, subject_id), office(campaign)
    if row.state is DecisionState.DRAFT:
        raise NotVisible
    shared, symbol = _shared(campaign, row, head), head.symbol("TB")
    if row.state is DecisionState.SIGNED:
        about = "Kết quả khen thưởng"
        body = [f"{head.issuer} thông báo kết quả khen thưởng trong {drive_words(campaign.title)} theo Quyết định "
                f"{shared['number_words']}: tặng {shared['forms']} cho {shared['counted']}."]
    else:
        about = "Lấy ý kiến về danh sách đề nghị khen thưởng"
        until = date_words(row.notice_until) if row.notice_until else "ngày ……"
        body = [f"{head.issuer} thông báo lấy ý kiến về việc dự kiến tặng {shared['forms']} cho {shared['counted']} trong "
                f"{drive_words(campaign.title)}.",
                f"Ý kiến gửi về Thường trực Hội đồng Thi đua - Khen thưởng đến hết {until}. Quá thời hạn trên, không có ý kiến được "
                "hiểu là đồng ý."]
    who = f"{authority(row)} {head.issuer}".strip()
    fields = common(campaign, head, about=about, symbol=symbol, place=row.place, signer_title=signer_title(row),
                    signer_name=row.signer_name) | shared | {
        "body": body, "number_words": number_words("", symbol, None, campaign.ends_on.year, who)}
    return Drawn(fields, _version(row), row.signed_at)


def amendment(asker: Asker, campaign: Campaign, subject_id: int) -> Drawn:
    """Nội dung quyết định điều chỉnh, thu hồi."""
    del asker
    row, head = queries.decision(campaign.id, subject_id), office(campaign)
    if row.amends_id is None:
        raise NotVisible
    old = queries.decision(campaign.id, row.amends_id)
    shared = _shared(campaign, row, head)
    is_revocation = row.kind is DecisionKind.REVOCATION
    what = "Thu hồi kết quả khen thưởng theo" if is_revocation else "Điều chỉnh thông tin trong danh sách kèm theo"
    money = (f"Thu hồi số tiền thưởng {dong(row.recover)} đồng ({in_words(row.recover)})." if row.recover else
             "Không phát sinh việc thu hồi tiền thưởng.")
    fields = common(campaign, head, about=f"Về việc {row.kind.label} Quyết định số {old.cited}", symbol=row.symbol, number=row.number,
                    **_signed(row)) | shared | {
        "what": what, "amended": old.cited, "reason": row.reason.rstrip("."), "money": money}
    return Drawn(fields, _version(row), row.signed_at)
