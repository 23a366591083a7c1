"""Cuộc họp Hội đồng: its states, who is on the roll, and the quorum."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from campaign.core.labelled import Labelled
from campaign.core.vote_rules import Base, VoteRule


class MeetingState(Labelled):
    """Trạng thái cuộc họp."""

    CALLED = "called", "Đã mời"
    OPEN = "open", "Đang họp"
    CLOSED = "closed", "Đã bế mạc"
    CONFIRMED = "confirmed", "Đã xác nhận biên bản"
    CANCELLED = "cancelled", "Đã huỷ"

    @property
    def is_over(self) -> bool:
        """Không còn gì để làm trong phòng họp: closed, or called off before it opened."""
        return self in {MeetingState.CLOSED, MeetingState.CONFIRMED, MeetingState.CANCELLED}


class Presence(Labelled):
    """Sự có mặt của một thành viên."""

    INVITED = "invited", "được mời"
    PRESENT = "present", "có mặt"
    ABSENT = "absent", "vắng mặt"
    WRITTEN = "written", "vắng mặt, gửi phiếu lấy ý kiến"
    LEFT = "left", "rời họp"
    REPLACED = "replaced", "đã có người thay"


def is_quorate(present: int, total: int, numerator: int = 2, denominator: int = 3) -> bool:
    """Đủ điều kiện họp: at least two thirds of the members, unless the campaign says otherwise."""
    return total > 0 and present > 0 and present * denominator >= numerator * total


@dataclass(frozen=True, slots=True)
class Roll:
    """Danh sách dự họp: presence of each member who counts, by member id."""

    presence: Mapping[int, Presence]

    @property
    def total(self) -> int:
        """Tổng số thành viên; one who was replaced counts through the replacement."""
        return sum(presence is not Presence.REPLACED for presence in self.presence.values())

    @property
    def present(self) -> frozenset[int]:
        """Thành viên có mặt."""
        return frozenset(
            member for member, presence in self.presence.items() if presence is Presence.PRESENT
        )

    @property
    def written(self) -> frozenset[int]:
        """Thành viên gửi ý kiến."""
        return frozenset(
            member for member, presence in self.presence.items() if presence is Presence.WRITTEN
        )

    def took_part(self, voted: Collection[int]) -> frozenset[int]:
        """Thành viên có mặt, or `voted` before leaving; not who was replaced."""
        return self.present | {
            member for member in voted if self.presence[member] is not Presence.REPLACED
        }

    def base(self, rule: VoteRule, voted: Collection[int], recused: Collection[int]) -> int:
        """Mẫu số của một dòng: present at closing or voted before; recused as the rule says."""
        counted = {
            member
            for member, presence in self.presence.items()
            if presence is not Presence.REPLACED
        }
        if rule.base is not Base.TOTAL:
            counted = set(self.present) | set(voted)
            if rule.base is Base.PRESENT_WRITTEN:
                counted |= set(self.written)
        return len(counted if rule.keeps_recused else counted - set(recused))
