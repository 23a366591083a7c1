"""Phát động: what a plan is made of, and how an indicator becomes points."""

from decimal import Decimal

from campaign.core.labelled import Labelled
from campaign.core.points import HUNDRED


class Phase(Labelled):
    """Bước của phong trào: the furthest that has been opened."""

    DRAFT = "draft", "Dự thảo"
    LAUNCHED = "launched", "Phát động"
    REPORTING = "reporting", "Báo cáo"
    VERIFYING = "verifying", "Thẩm định"
    SCORING = "scoring", "Chấm điểm"
    MEETING = "meeting", "Họp Hội đồng"
    DECIDING = "deciding", "Quyết định"
    PUBLISHED = "published", "Công bố"

    @property
    def place(self) -> int:
        """Thứ tự của bước, from 0."""
        return _PLACES[self]


_PLACES = {phase: place for place, phase in enumerate(Phase)}


class Aggregation(Labelled):
    """Cách tổng hợp điểm Hội đồng (design decision 11)."""

    MEAN = "mean", "trung bình"
    MEDIAN = "median", "trung vị"
    TRIMMED_MEAN = (
        "trimmed_mean",
        "trung bình bỏ một điểm cao nhất, một điểm thấp nhất (từ 5 phiếu)",
    )


class TieBreak(Labelled):
    """Tiêu chí phụ khi bằng điểm, tried in the configured order."""

    GROUP = "group", "điểm một nhóm cao hơn"
    FEWER_PENALTIES = "fewer_penalties", "điểm trừ ít hơn"
    EARLIER_REPORT = "earlier_report", "nộp báo cáo đầy đủ sớm hơn"
    COUNCIL_VOTE = "council_vote", "Hội đồng biểu quyết"


DEFAULT_TIE_BREAKS = tuple(member.value for member in TieBreak if member is not TieBreak.GROUP)
"""Bằng điểm lúc mới lập: what needs no group; the default scoring table adds its own groups."""


class Rescaling(Labelled):
    """Khi cả một nhóm không áp dụng cho đơn vị: how its total stands beside the others'."""

    FULL_SCALE = "full_scale", "quy đổi về thang điểm đầy đủ"
    SHARE = "share", "xếp theo tỷ lệ % của phần áp dụng"

    @property
    def ranked_on(self) -> Decimal | None:
        """Thang của con số dùng để xếp hạng: 100 for a share; None for the table's own."""
        return HUNDRED if self is Rescaling.SHARE else None


class DivergenceEnd(Labelled):
    """Ai kết thúc việc xem lại một ô có điểm chênh lệch."""

    MEMBERS = "members", "thành viên đã chấm giữ hoặc đổi điểm của mình, kèm một câu"
    CHAIR = (
        "chair",
        "thành viên giữ hoặc đổi điểm, kèm một câu, rồi Chủ tịch Hội đồng quyết định",
    )


REPORT_PARTS = (
    ("Tuyên truyền và nhân rộng điển hình", "Đã tuyên truyền gì, học theo ai, ai học theo."),
    (
        "Khen thưởng tại đơn vị",
        "Đã khen ai, bằng hình thức nào; bao nhiêu người trực tiếp lao động, bao nhiêu nữ.",
    ),
    ("Hạn chế, tồn tại", "Việc chưa làm được, làm chậm."),
    ("Nguyên nhân", "Nguyên nhân chủ quan, nguyên nhân khách quan."),
    ("Bài học kinh nghiệm", "Điều nên giữ, điều nên tránh."),
    ("Phương hướng thời gian tới", "Việc tiếp theo, kiến nghị với Thường trực."),
)
"""Các phần của báo cáo ngoài nhiệm vụ chuyên môn, as the closing report of the drive has them:
names, with what a unit writes under each.
"""
PART_NAMES = frozenset(name for name, _ in REPORT_PARTS)
