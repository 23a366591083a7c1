"""Báo cáo thành tích of each nominee."""

from typing import Any

from campaign.accounts.models import User
from campaign.core.dates import local_date
from campaign.core.text import name_key
from campaign.extensions import db
from campaign.honours.queries import award_type_on
from campaign.honours.rules import Subject
from campaign.nomination import queries as nominations
from campaign.nomination.models import Nominee
from campaign.office.heads import Asker, common, unit_office
from campaign.office.rules import STAFF, Item, PaperContent, listed, signing_title
from campaign.papers.rules import drive_words
from campaign.planning.models import Campaign
from campaign.units.models import Unit


def achievements(asker: Asker, campaign: Campaign) -> list[Item]:
    """Báo cáo thành tích: all for the staff, else of their own units."""
    rows = nominations.nominees(
        campaign.id, unit_ids=None if asker.is_any(*STAFF) else asker.sight.own
    )
    return [Item(row.id, row.name, _is_signed(row)) for row in rows]


def _is_signed(row: Nominee) -> bool:
    """Signed by the head of its unit: of what the Standing Committee added nobody there is."""
    return row.signed_by_id is not None and not row.added_reason


_PARTS = (
    ("Thành tích trong phong trào", "achievements"),
    ("Biện pháp thực hiện", "measures"),
    ("Hiệu quả", "effects"),
    ("Các hình thức khen thưởng đã được tặng", "earlier_awards"),
)


def achievement(asker: Asker, campaign: Campaign, subject_id: int) -> PaperContent:
    """Nội dung báo cáo thành tích."""
    row = nominations.nominee(campaign.id, subject_id)
    unit, is_final = row.participation.unit, _is_signed(row)
    received = local_date(row.signed_at or campaign.published_at or asker.now)
    signer = db.session.get(User, row.signed_by_id) if is_final else None
    fields = common(
        campaign,
        unit_office(unit, signer),
        about=f"Đề nghị tặng {row.kind.award_type.name} trong {drive_words(campaign.title)}",
        day=local_date(row.signed_at) if is_final and row.signed_at else None,
        **_reported_by(row, unit, signer),
    )
    fields |= _facts(row, unit) | _achieved(row, is_final=is_final)
    fields |= _confirmed_by(row, unit, signer)
    fields["report_form"] = award_type_on(row.kind.award_type, received).report_form
    return PaperContent(fields, f"Bản {row.version}", row.signed_at if is_final else None)


def _facts(row: Nominee, unit: Unit) -> dict[str, Any]:
    """Ai báo cáo: their name, and of a person or a part of a unit what else is known of them."""
    is_person = row.kind.subject is Subject.INDIVIDUAL
    is_whole_unit = not is_person and name_key(row.name) in {
        name_key(unit.name),
        name_key(unit.short_name),
    }
    facts = [
        (_whose(row), unit.name if is_whole_unit else f"{row.honorific} {row.name}".strip()),
        ("Năm sinh", str(row.birth_year) if row.birth_year else ""),
        ("Chức vụ", row.job),
        ("Đơn vị", "" if is_whole_unit else unit.name),
        ("Hình thức đề nghị", row.kind.award_type.name),
    ]
    told = [{"name": name, "text": text} for name, text in facts if text]
    return {"facts": told, "is_person": is_person}


def _whose(row: Nominee) -> str:
    """Tên của ai, as the first line of the facts calls it."""
    return {Subject.INDIVIDUAL: "Họ và tên", Subject.HOUSEHOLD: "Tên hộ gia đình"}.get(
        row.kind.subject, "Tên tập thể"
    )


def _achieved(row: Nominee, *, is_final: bool) -> dict[str, Any]:
    """Các phần của báo cáo: each by its name, and those that were written with their heading."""
    parts = {name: listed(getattr(row, name), is_final=is_final) for _, name in _PARTS}
    written = [
        {"heading": heading, "lines": parts[name]} for heading, name in _PARTS if parts[name]
    ]
    return {**parts, "parts": written}


def _reported_by(row: Nominee, unit: Unit, signer: User | None) -> dict[str, str]:
    """Người báo cáo: the person themselves; of a collective the head of the unit."""
    if row.kind.subject is Subject.INDIVIDUAL:
        return {"signer_title": "NGƯỜI BÁO CÁO", "signer_name": row.name}
    return {
        "signer_title": signing_title(unit.signs_as, signer.position if signer else ""),
        "signer_name": signer.full_name if signer else " ",
    }


def _confirmed_by(row: Nominee, unit: Unit, signer: User | None) -> dict[str, str]:
    """Xác nhận: of a person by the head of the unit; of a unit and its head by the level above."""
    is_own_head = signer is not None and signer.full_name == row.name
    if row.kind.subject is not Subject.INDIVIDUAL or is_own_head:
        return {"confirm_title": "XÁC NHẬN CỦA CẤP TRÊN TRỰC TIẾP", "confirm_name": ""}
    title = signing_title(unit.signs_as, signer.position if signer else "")
    return {
        "confirm_title": f"XÁC NHẬN CỦA ĐƠN VỊ\n{title}",
        "confirm_name": signer.full_name if signer else "",
    }
