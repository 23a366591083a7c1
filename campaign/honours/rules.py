"""Danh mục khen thưởng: for whom an award type is, when it may be given, and on what it rests."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.core.dates import MONTHS
from campaign.core.labelled import Labelled


class Subject(Labelled):
    """Đối tượng khen thưởng."""

    COLLECTIVE = "collective", "tập thể"
    HOUSEHOLD = "household", "hộ gia đình"
    INDIVIDUAL = "individual", "cá nhân"


class Level(Labelled):
    """Cấp khen thưởng."""

    DEPARTMENT = "department", "cấp sở"
    PROVINCE = "province", "cấp tỉnh"
    MINISTRY = "ministry", "cấp bộ"
    STATE = "state", "cấp Nhà nước"


class Fact(Labelled):
    """Mục có căn cứ riêng of an entry of the catalogue."""

    MONEY = "money", "mức thưởng"
    VOTE = "vote", "biểu quyết"
    REPORT = "report", "mẫu báo cáo"


class Ground(Labelled):
    """Loại căn cứ."""

    LAW = "law", "theo văn bản quy phạm pháp luật"
    OFFICE = "office", "quy định của cơ quan"
    PROPOSAL = "proposal", "đề xuất, không phải quy định của pháp luật"


@dataclass(frozen=True, slots=True)
class FactGround:
    """Căn cứ của một mục: its source, of which kind, and who compared it when."""

    fact: Fact
    source: str
    ground: Ground
    checked_by_id: int | None
    checked_on: date | None

    @property
    def is_doubted(self) -> bool:
        """Chưa ai đối chiếu: nobody compared the law; what the office typed is theirs."""
        if self.checked_on is not None or self.ground is Ground.PROPOSAL:
            return False
        return self.ground is Ground.LAW or not self.source.strip()

    @property
    def words(self) -> str:
        """Nguồn bằng lời; a proposal says that it is one."""
        if self.ground is Ground.PROPOSAL:
            return f"{self.ground.label}; {self.source}" if self.source else self.ground.label
        return self.source or "—"


@dataclass(frozen=True, slots=True)
class AwardTypeFacts:
    """Điều kiện của một hình thức khen thưởng, as the catalogue has them."""

    name: str
    is_annual: bool = False
    minimum_months: int | None = None
    by_launcher_only: bool = False
    subjects: frozenset[Subject] = frozenset(Subject)


@dataclass(frozen=True, slots=True)
class CampaignChoice:
    """Nơi đang dùng một hình thức: the campaign that chose it, its days, and for whom."""

    campaign: str
    starts_on: date
    ends_on: date
    subject: Subject


def _length(months: int) -> str:
    return f"{months} tháng" if months % 12 else f"{months // 12} năm"


def award_type_problem(
    award_type: AwardTypeFacts, subject: Subject, starts_on: date, ends_on: date
) -> str | None:
    """Hình thức có hợp với phong trào không: the sentence names the rule that forbids it."""
    name = award_type.name
    if award_type.is_annual:
        return f"{name} là danh hiệu xét hằng năm, không xét cho một phong trào theo đợt."
    if award_type.minimum_months is not None and not _lasts(
        starts_on, ends_on, award_type.minimum_months
    ):
        length = _length(award_type.minimum_months)
        return f"{name} chỉ xét cho phong trào từ {length} trở lên."
    if award_type.by_launcher_only:
        return f"{name} chỉ xét cho phong trào hoặc khối thi đua do chính cấp đó tổ chức."
    if subject not in award_type.subjects:
        return f"{name} không tặng {subject.label}."
    return None


def _lasts(starts_on: date, ends_on: date, months: int) -> bool:
    """Đủ bấy nhiêu tháng: to the day before the same day; where a month has no such day, to its
    last one.
    """
    year, month = divmod(starts_on.year * MONTHS + starts_on.month - 1 + months, MONTHS)
    days = calendar.monthrange(year, month + 1)[1]
    after = date(year, month + 1, min(starts_on.day, days))
    return ends_on + timedelta(1) >= after + timedelta(starts_on.day > days)


def base_salary_on(table: Mapping[date, int], day: date) -> tuple[date, int] | None:
    """Lương cơ sở theo ngày quyết định: the newest entry not after `day`; None before the first."""
    earlier = [start for start in table if start <= day]
    return (max(earlier), table[max(earlier)]) if earlier else None


class Rounding(Labelled):
    """Làm tròn tiền thưởng: which way a rule set rounds."""

    CEIL_10000 = "ceil_10000", "làm tròn lên hàng chục nghìn đồng"
    NEAREST_10000 = "nearest_10000", "làm tròn đến hàng chục nghìn đồng gần nhất"
    NONE = "none", "không làm tròn"

    @property
    def choice(self) -> str:
        """Lựa chọn bằng lời: what no law knows says so."""
        return self.label if self is Rounding.CEIL_10000 else f"{self.label} (không có trong luật)"
