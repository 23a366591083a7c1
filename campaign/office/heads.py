"""Phần đầu văn bản: whose paper it is, and the fields every template has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from campaign.accounts.models import RoleGrant, User
from campaign.accounts.queries import director_of
from campaign.core.permissions import Role
from campaign.council.models import CouncilMember
from campaign.council.queries import members
from campaign.council.rules import CouncilFunction
from campaign.extensions import db
from campaign.honours.instruments import basis_lines
from campaign.honours.models import RuleSet
from campaign.office.rules import (
    COUNCIL,
    STAFF,
    STANDING,
    Head,
    council_title,
    dated,
    may,
    numbered,
    place_of,
    routed,
    signing_title,
    titled,
)
from campaign.papers.rules import date_words, drive_words
from campaign.planning.models import Campaign
from campaign.reporting.queries import Sight
from campaign.units.models import Letterhead, Unit
from campaign.units.queries import letterhead, office_names, other_office


@dataclass(frozen=True)
class Asker:
    """Người lập văn bản: their roles, and the units they see."""

    user: User
    sight: Sight
    now: datetime

    def is_any(self, *roles: Role) -> bool:
        """Whether they hold one of them."""
        return may(self.user.roles, roles)

    @property
    def is_of_council(self) -> bool:
        """Thường trực, Giám đốc, or a member of the council of this campaign and no other."""
        return self.is_any(*STAFF) or (self.is_any(*COUNCIL) and self.sight.sees_others)


def office(campaign: Campaign) -> Head:
    """Cơ quan phát động; what its letterhead leaves open follows from units and the Director. One
    beside the office of the letterhead issues and signs its papers itself.
    """
    row, names = letterhead(), office_names(campaign.organiser_id)
    if other := other_office(campaign.organiser_id):
        leader = director_of(other.id)
        return Head(names.above, names.issuer, names.place, names.code, other.signs_as, leader)
    leader = row.leader_name or director_of(campaign.organiser_id)
    return Head(
        names.above,
        names.issuer,
        names.place,
        names.code,
        row.leader_job,
        leader,
        _recipients(row) or Head().recipients,
    )


def _recipients(row: Letterhead) -> list[str]:
    """Nơi nhận of the letterhead: one a line, with or without a dash before it."""
    return [
        line.strip().removeprefix("-").strip()
        for line in row.recipients.splitlines()
        if line.strip()
    ]


def unit_office(unit: Unit, signer: User | None) -> Head:
    """Đơn vị tham gia as the one who issues; its own head signs, or whoever signs for them."""
    parent = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
    above = parent.name if parent else ""
    title = signing_title(unit.signs_as, signer.position if signer else "")
    return Head(
        above,
        unit.name,
        place_of(above, letterhead().place),
        unit.code,
        title,
        signer.full_name if signer else "",
        (STANDING, "Lưu: VT"),
    )


def heads_of(unit_ids: Collection[int]) -> dict[int, list[User]]:
    """Thủ trưởng các đơn vị: those who hold that role for each now."""
    rows = db.session.execute(
        select(RoleGrant.unit_id, User)
        .join(User, RoleGrant.user_id == User.id)
        .where(RoleGrant.unit_id.in_(unit_ids), RoleGrant.role == Role.UNIT_HEAD, User.is_active)
        .order_by(User.id)
    )
    heads: dict[int, list[User]] = {}
    for unit_id, user in rows:
        heads.setdefault(unit_id or 0, []).append(user)
    return heads


def council_member(
    campaign_id: int, *functions: CouncilFunction, day: date | None = None, but: str = ""
) -> CouncilMember | None:
    """Người ký của Hội đồng: the first with one of the functions; never whoever is addressed."""
    here = [
        row
        for row in members(campaign_id)
        if row.user.full_name != but
        and (row.left_on is None or (day is not None and row.left_on > day))
    ]
    return next((row for function in functions for row in here if row.function is function), None)


def council_signature(member: CouncilMember | None, *, before: str = "") -> dict[str, Any]:
    """Chữ ký của Hội đồng: in whose name, the post there, the post in the office, and the name."""
    title = council_title(member.function.label, member.user.position) if member else ""
    return {
        "signer_title": "\n".join(filter(None, (before, title))),
        "signer_name": member.user.full_name if member else " ",
    }


def unchecked_bases(rule_set_code: str | None, *, is_final: bool) -> str:
    """Căn cứ chưa đối chiếu: of a rule set nobody confirmed, marked in drafts alone."""
    row = db.session.get(RuleSet, rule_set_code) if rule_set_code and not is_final else None
    is_doubted = row is not None and row.checked_on is None
    return (
        "\n".join(basis_lines(f"{row.power_basis}\n{row.legal_basis}"))
        if row is not None and is_doubted
        else ""
    )


def common(
    campaign: Campaign,
    head: Head,
    *,
    about: str,
    symbol: str = "",
    number: str = "",
    day: date | None = None,
    place: str = "",
    signer_title: str = "",
    signer_name: str = "",
    recipients: Sequence[str] = (),
) -> dict[str, Any]:
    """Các trường chung: head, date, trích yếu, who signs, who receives."""
    sent_to = recipients or routed(head.recipients)
    return {
        "above": head.above,
        "issuer": head.issuer,
        "number": numbered(number, symbol) if symbol else "",
        "dated": dated(place or head.place, day, campaign.ends_on.year),
        "about": about,
        "campaign": campaign.title,
        "drive": drive_words(campaign.title),
        "period": f"từ {date_words(campaign.starts_on)} đến {date_words(campaign.ends_on)}",
        "recipients": [
            f"{line}{';' if place_in < len(sent_to) else '.'}"
            for place_in, line in enumerate(sent_to, start=1)
        ],
        "signer_title": signer_title or titled(head.leader_job),
        "signer_name": (signer_name or head.leader_name).strip(),
    }
