"""Thiết lập ban đầu: what is still missing; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.core.labelled import Labelled
from campaign.core.listing import first_few
from campaign.core.permissions import Permission

MOST_NAMED = 3
"""So many units without a head are called by their names."""


class Part(Labelled):
    """Bước thiết lập."""

    OFFICE = "office", "Cơ quan"
    UNITS = "units", "Đơn vị"
    PEOPLE = "people", "Người dùng"
    CAMPAIGN = "campaign", "Phong trào đầu tiên"

    @property
    def permission(self) -> Permission:
        """Quyền của ai được nhắc bước này: who administers, and for the campaign who plans."""
        return {
            Part.OFFICE: Permission.ACCOUNT_MANAGE,
            Part.UNITS: Permission.ACCOUNT_MANAGE,
            Part.PEOPLE: Permission.ACCOUNT_MANAGE,
            Part.CAMPAIGN: Permission.CAMPAIGN_PLAN,
        }[self]


@dataclass(frozen=True, slots=True)
class Facts:
    """Dữ liệu đang có, as far as the set-up asks for it."""

    has_office: bool = False
    letterhead: Mapping[str, str] | None = None
    units: int = 0
    has_secretariat: bool = False
    has_director: bool = False
    headless: Sequence[str] = ()
    """Đơn vị chưa có thủ trưởng, by name."""
    campaigns: int = 0
    is_launched: bool = False
    """A campaign was launched: whatever is missing, this is no beginning any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """Một bước: what is still missing of it; nothing where it is done."""

    part: Part
    missing: tuple[str, ...]

    @property
    def is_done(self) -> bool:
        """Đã xong."""
        return not self.missing

    @property
    def note(self) -> str:
        """Còn thiếu gì, in one line."""
        return "đã xong" if self.is_done else f"còn thiếu: {'; '.join(self.missing)}"


_LETTERHEAD = {
    "above": "cơ quan chủ quản",
    "place": "địa danh",
    "code": "chữ viết tắt trong ký hiệu",
    "leader_job": "chức vụ người đứng đầu",
    "leader_name": "họ và tên người đứng đầu",
}


def steps(facts: Facts) -> list[Step]:
    """Các bước thiết lập, in order, each with what is missing."""
    return [
        Step(Part.OFFICE, tuple(_of_office(facts))),
        Step(Part.UNITS, () if facts.units else ("danh sách đơn vị",)),
        Step(Part.PEOPLE, tuple(_of_people(facts))),
        Step(Part.CAMPAIGN, () if facts.campaigns else ("dự thảo kế hoạch phong trào",)),
    ]


def _of_office(facts: Facts) -> list[str]:
    if not facts.has_office:
        return ["tên và mã cơ quan", *_LETTERHEAD.values()]
    held = facts.letterhead or {}
    return [words for name, words in _LETTERHEAD.items() if not held.get(name)]


def _of_people(facts: Facts) -> list[str]:
    missing = []
    if not facts.has_secretariat:
        missing.append("người giữ vai trò Thường trực Hội đồng")
    if not facts.has_director:
        missing.append("người giữ vai trò Giám đốc")
    if not facts.units:
        missing.append("thủ trưởng và cán bộ của các đơn vị")
    elif facts.headless:
        named = first_few(facts.headless, MOST_NAMED, "đơn vị nữa")
        missing.append(f"thủ trưởng của {named}")
    return missing
