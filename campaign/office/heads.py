"""Phần đầu văn bản: whose paper it is, and the fields every template has."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from campaign.accounts.models import RoleGrant, User
from campaign.core.permissions import Role
from campaign.extensions import db
from campaign.office.rules import Head, dated, drive_words, may, numbered, place_of, titled
from campaign.papers.rules import date_words
from campaign.planning.instruments import basis_lines
from campaign.planning.models import Campaign, RuleSet
from campaign.reporting.queries import Sight
from campaign.units.models import Unit
from campaign.units.queries import letterhead, office_names


@dataclass(frozen=True)
class Asker:
    """Người lập văn bản: his roles, and the units he sees."""

    user: User
    sight: Sight
    now: datetime

    def is_any(self, *roles: Role) -> bool:
        """Whether he holds one of them."""
        return may(self.user.roles, roles)


def office(campaign: Campaign) -> Head:
    """Cơ quan phát động; what its letterhead leaves open follows from the table of units."""
    row, names = letterhead(), office_names(campaign.organiser_id)
    recipients = [line.strip().removeprefix("-").strip() for line in row.recipients.splitlines() if line.strip()]
    return Head(names.above, names.issuer, names.place, names.code, row.leader_job, row.leader_name, recipients or Head().recipients)


def unit_office(unit: Unit, leader: str) -> Head:
    """Đơn vị tham gia as the one who issues."""
    parent = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
    above = parent.name if parent else ""
    return Head(above, unit.name, place_of(above, letterhead().place), unit.code, "Thủ trưởng đơn vị", leader,
                ("Thường trực Hội đồng Thi đua - Khen thưởng", "Lưu: VT"))


def head_of_unit(unit_id: int) -> str:
    """Tên thủ trưởng đơn vị; nothing where nobody, or more than one, holds that role for it."""
    names = db.session.scalars(select(User.full_name).join(RoleGrant, RoleGrant.user_id == User.id).where(
        RoleGrant.unit_id == unit_id, RoleGrant.role == Role.UNIT_HEAD, User.is_active).limit(2)).all()
    return names[0] if len(names) == 1 else ""


def unchecked_bases(rule_set_code: str | None, *, is_final: bool) -> str:
    """Căn cứ chưa đối chiếu: of a rule set nobody confirmed, for a draft to mark; a final paper marks nothing."""
    row = db.session.get(RuleSet, rule_set_code) if rule_set_code and not is_final else None
    is_doubted = row is not None and row.checked_on is None
    return "\n".join(basis_lines(f"{row.power_basis}\n{row.legal_basis}")) if row is not None and is_doubted else ""


def common(campaign: Campaign, head: Head, *, about: str, symbol: str = "", number: str = "",
           day: date | None = None, place: str = "", signer_title: str = "", signer_name: str = "") -> dict[str, Any]:
    """Các trường chung: head, date, trích yếu, who signs, who receives."""
    return {
        "above": head.above, "issuer": head.issuer, "number": numbered(number, symbol) if symbol else "",
        "dated": dated(place or head.place, day, campaign.ends_on.year), "about": about,
        "campaign": campaign.title, "drive": drive_words(campaign.title),
        "period": f"từ {date_words(campaign.starts_on)} đến {date_words(campaign.ends_on)}",
        "recipients": [f"{line}{';' if place_in < len(head.recipients) else '.'}"
                       for place_in, line in enumerate(head.recipients, start=1)],
        "signer_title": signer_title or titled(head.leader_job), "signer_name": signer_name or head.leader_name}
